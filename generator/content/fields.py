"""The keys of front matter: what each is called, how its value is read, and which field of a briefing or page it fills."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from generator.content.flat_yaml import Value
from generator.content.values import (
    WrongValueError,
    advise_curly,
    as_addresses,
    as_date,
    as_flag,
    as_language,
    as_list,
    as_mapping,
    as_moment,
    as_text,
    as_texts,
    as_web_address,
    convert_all,
    is_list,
    is_null,
    is_text,
)
from generator.model import Author, Caption, CountryPair, Notice, Organisation, Person, Ruling, SeedStamp, Source

Converter = Callable[[Value], Any]


def _codes(node: Value) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, convert_all(as_list(node), _code))))


def _code(node: Value) -> str:
    return as_text(node).upper()


def _slugs(node: Value) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, convert_all(as_list(node), _slug))))


def _slug(node: Value) -> str:
    return as_text(node).lower()


def _pairs(node: Value) -> tuple[CountryPair, ...]:
    return tuple(dict.fromkeys(convert_all(as_list(node), _pair)))


def _pair(node: Value) -> CountryPair:
    value = as_text(node)
    pair = _find_pair(value)
    if pair is None:
        hint = advise_curly(value) or "write two codes, such as in-kr"
        raise WrongValueError(node, "invalid-pair", f'"{value}" is not a pair of two countries', hint)
    return pair


# The same pairs stand in many files.
@lru_cache(maxsize=4096)
def _find_pair(text: str) -> CountryPair | None:
    one, _, other = text.partition("-")
    try:
        return CountryPair.of(one, other) if len(one) == len(other) == 2 else None
    except ValueError:
        return None


_PERSON = {"name": as_text, "office": as_text}
_ORGANISATION = {"name": as_text, "abbreviation": as_text}


def _people(node: Value) -> tuple[Person, ...]:
    return convert_all(as_list(node), _person)


def _person(node: Value) -> Person:
    return Person(**_named(node, _PERSON))


def _organisations(node: Value) -> tuple[Organisation, ...]:
    return convert_all(as_list(node), _organisation)


def _organisation(node: Value) -> Organisation:
    return Organisation(**_named(node, _ORGANISATION))


def _named(node: Value, converters: Mapping[str, Converter]) -> dict[str, Any]:
    """Return the fields of an entry that is a bare name or a mapping with a name."""
    values = {"name": as_text(node)} if is_text(node) else as_mapping(node, converters)
    if not values.get("name"):
        raise WrongValueError(node, "wrong-type", "this entry has no name")
    return values


def _authors(node: Value) -> tuple[Author, ...]:
    found = convert_all(as_list(node) if is_list(node) else [node], _author)
    return tuple([author for author in found if author.family])


def _author(node: Value) -> Author:
    if is_text(node):
        return Author(as_text(node))
    values = as_mapping(node, {"family": as_text, "given": as_text})
    if not values.get("family"):
        hint = "write {family: Rao, given: Asha}, or the name alone"
        raise WrongValueError(node, "wrong-type", "this author has no family name", hint)
    return Author(**values)


_SOURCE = {"publisher": as_text, "title": as_text, "url": as_web_address, "published": as_moment, "author": _authors}


def _sources(node: Value) -> tuple[Source, ...]:
    return convert_all(as_list(node) if is_list(node) else [node], _source)


def _source(node: Value) -> Source:
    values = as_mapping(node, _SOURCE)
    return Source(authors=values.pop("author", ()), **values)


def _caption(node: Value) -> Caption | None:
    if is_null(node):
        return None
    values = as_mapping(node, {"text": as_text, "credit": as_text})
    if not values.get("text"):
        raise WrongValueError(node, "wrong-type", "this caption has no text")
    return Caption(**values)


def _corrections(node: Value) -> tuple[Notice, ...]:
    return convert_all(as_list(node) if is_list(node) or is_null(node) else [node], _correction)


def _correction(node: Value) -> Notice:
    return _notice(node, "correction", "What was wrong, what is right.")


def _withdrawal(node: Value) -> Notice:
    return _notice(node, "withdrawal", "Why it was taken back.")


def _notice(node: Value, name: str, example: str) -> Notice:
    # A text alone has no day, and is not one either when it is a flag.
    values = _bare_text(node) if is_text(node) else as_mapping(node, {"date": as_date, "text": as_text})
    missing = [key for key in ("date", "text") if not values.get(key)]
    if missing:
        hint = f'write {{date: 2025-09-02, text: "{example}"}}'
        raise WrongValueError(node, "wrong-type", f"this {name} has no {' and no '.join(missing)}", hint)
    return Notice(**values)


def _bare_text(node: Value) -> dict[str, Any]:
    text = as_text(node)
    return {"text": "" if text.lower() in ("true", "false", "yes", "no") else text}


def _stamp(node: Value) -> SeedStamp | None:
    if is_null(node):
        return None
    values = as_mapping(node, {"file": as_text, "digest": as_text, "generated": as_text})
    return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))


def _confirmed(node: Value) -> Ruling:
    return _ruling(node, {"countries": _codes, "pairs": _pairs, "sectors": _slugs})


def _rejected(node: Value) -> Ruling:
    names: dict[str, Converter] = {"people": as_texts, "organisations": as_texts}
    return _ruling(node, {"countries": _codes, "pairs": _pairs, "sectors": _slugs, "kind": _kinds, **names})


def _ruling(node: Value, known: Mapping[str, Converter]) -> Ruling:
    values = as_mapping(node, known)
    return Ruling(kinds=values.pop("kind", ()), **values)


def _kinds(node: Value) -> tuple[str, ...]:
    """Return kinds, or the one that stands alone, as a briefing's own kind does."""
    return (as_text(node).lower(),) if is_text(node) and not is_null(node) else _slugs(node)


def _rights(node: Value) -> str:
    value = as_text(node)
    if value not in ("", "full", "excerpt", "link"):
        raise WrongValueError(node, "wrong-type", f'"{value}" is not a kind of rights', 'write "full", "excerpt" or "link"')
    return value


# Every key of a briefing's front matter, in the order in which it is written: (converter, field of `Briefing`).
BRIEFING: Mapping[str, tuple[Converter, str]] = {
    "title": (as_text, "title"),
    "date": (as_date, "date"),
    "summary": (as_text, "summary"),
    "key_points": (as_texts, "key_points"),
    "kind": (lambda node: as_text(node).lower(), "kind"),
    "countries": (_codes, "countries"),
    "pairs": (_pairs, "pairs"),
    "sectors": (_slugs, "sectors"),
    "people": (_people, "people"),
    "organisations": (_organisations, "organisations"),
    "lang": (as_language, "lang"),
    "translation_of": (as_text, "translation_of"),
    "source": (_sources, "sources"),
    "caption": (_caption, "caption"),
    "rights": (_rights, "rights"),
    "seed": (_stamp, "seed"),
    "confirmed": (_confirmed, "confirmed"),
    "rejected": (_rejected, "rejected"),
    "aliases": (as_addresses, "aliases"),
    "corrections": (_corrections, "corrections"),
    "draft": (as_flag, "draft"),
    "withdrawn": (_withdrawal, "withdrawn"),
}
PAGE: Mapping[str, tuple[Converter, str]] = {
    "title": (as_text, "title"),
    "summary": (as_text, "summary"),
    "aliases": (as_addresses, "aliases"),
}

BRIEFING_KEYS = tuple(BRIEFING)
