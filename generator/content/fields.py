"""The keys of front matter: what each is called, how its value is read, and which field of a briefing or page it fills."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from generator.content.values import (
    WrongValueError,
    as_addresses,
    as_date,
    as_flag,
    as_language,
    as_list,
    as_mapping,
    as_moment,
    as_reason,
    as_text,
    as_texts,
    convert_all,
    is_null,
)
from generator.model import Caption, CountryPair, Organisation, Person, Rejected, SeedStamp, Source

Converter = Callable[[yaml.Node], Any]


def _codes(node: yaml.Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, convert_all(as_list(node), _code))))


# An item that stands in many files is one node, see `flat_yaml`.
@lru_cache(maxsize=4096)
def _code(node: yaml.Node) -> str:
    return as_text(node).upper()


def _slugs(node: yaml.Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, convert_all(as_list(node), _slug))))


@lru_cache(maxsize=4096)
def _slug(node: yaml.Node) -> str:
    return as_text(node).lower()


def _pairs(node: yaml.Node) -> tuple[CountryPair, ...]:
    return tuple(dict.fromkeys(convert_all(as_list(node), _pair)))


@lru_cache(maxsize=4096)
def _pair(node: yaml.Node) -> CountryPair:
    value = as_text(node)
    one, _, other = value.partition("-")
    try:
        if len(one) != 2 or len(other) != 2:
            raise ValueError
        return CountryPair.of(one, other)
    except ValueError:
        raise WrongValueError(
            node, "invalid-pair", f'"{value}" is not a pair of two countries', "write two codes, such as in-kr"
        ) from None


def _people(node: yaml.Node) -> tuple[Person, ...]:
    return convert_all(as_list(node), _person)


@lru_cache(maxsize=4096)
def _person(node: yaml.Node) -> Person:
    return Person(**_named(node, {"name": as_text, "office": as_text}))


def _organisations(node: yaml.Node) -> tuple[Organisation, ...]:
    return convert_all(as_list(node), _organisation)


@lru_cache(maxsize=4096)
def _organisation(node: yaml.Node) -> Organisation:
    return Organisation(**_named(node, {"name": as_text, "abbreviation": as_text}))


def _named(node: yaml.Node, converters: Mapping[str, Converter]) -> dict[str, Any]:
    """Return the fields of an entry that is a bare name or a mapping with a name."""
    values = {"name": as_text(node)} if isinstance(node, yaml.ScalarNode) else as_mapping(node, converters)
    if not values.get("name"):
        raise WrongValueError(node, "wrong-type", "this entry has no name")
    return values


_SOURCE = {"publisher": as_text, "title": as_text, "url": as_text, "published": as_moment, "author": as_text}


def _sources(node: yaml.Node) -> tuple[Source, ...]:
    is_list = isinstance(node, yaml.SequenceNode) or is_null(node)
    return convert_all(as_list(node) if is_list else [node], lambda item: Source(**as_mapping(item, _SOURCE)))


def _caption(node: yaml.Node) -> Caption | None:
    return None if is_null(node) else Caption(**as_mapping(node, {"text": as_text, "credit": as_text}))


def _stamp(node: yaml.Node) -> SeedStamp | None:
    if is_null(node):
        return None
    values = as_mapping(node, {"file": as_text, "digest": as_text, "generated": as_text})
    return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))


def _rejected(node: yaml.Node) -> Rejected:
    known: dict[str, Converter] = {
        "countries": _codes,
        "pairs": _pairs,
        "sectors": _slugs,
        "kind": _kinds,
        "people": as_texts,
        "organisations": as_texts,
    }
    values = as_mapping(node, known)
    return Rejected(kinds=values.pop("kind", ()), **values)


def _kinds(node: yaml.Node) -> tuple[str, ...]:
    """Return kinds, or the one that stands alone, as a briefing's own kind does."""
    return (as_text(node).lower(),) if isinstance(node, yaml.ScalarNode) and not is_null(node) else _slugs(node)


def _rights(node: yaml.Node) -> str:
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
    "source": (_sources, "sources"),
    "caption": (_caption, "caption"),
    "rights": (_rights, "rights"),
    "seed": (_stamp, "seed"),
    "rejected": (_rejected, "rejected"),
    "aliases": (as_addresses, "aliases"),
    "draft": (as_flag, "draft"),
    "withdrawn": (as_reason, "withdrawn"),
}
PAGE: Mapping[str, tuple[Converter, str]] = {"title": (as_text, "title"), "summary": (as_text, "summary")}

BRIEFING_KEYS = tuple(BRIEFING)
