"""Markdown file ⇄ `Briefing`: the one format at which both halves of the generator meet.

Reading and writing are exact: what is written reads back as an equal value. All problems of a file are reported at once.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import yaml

from generator.errors import ContentError, Location, Problem, did_you_mean, error
from generator.fingerprint import digest_named
from generator.flat_yaml import Fields
from generator.front_matter import (
    Flow,
    Moment,
    WrongValueError,
    as_addresses,
    as_date,
    as_flag,
    as_list,
    as_mapping,
    as_moment,
    as_text,
    as_texts,
    dump_front_matter,
    is_null,
    read_front_matter,
    read_stem,
)
from generator.known_terms import KnownTerms, find_unknown_terms
from generator.model import Briefing, Caption, ContentPage, CountryPair, Organisation, Person, Rejected, SeedStamp, Source


def _codes(node: yaml.Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.upper() for code in as_texts(node)))


def _slugs(node: yaml.Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug.lower() for slug in as_texts(node)))


def _pairs(node: yaml.Node) -> tuple[CountryPair, ...]:
    return tuple(dict.fromkeys(map(_pair, as_list(node))))


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
    return tuple(Person(**_named(item, {"name": as_text, "office": as_text})) for item in as_list(node))


def _organisations(node: yaml.Node) -> tuple[Organisation, ...]:
    return tuple(Organisation(**_named(item, {"name": as_text, "abbreviation": as_text})) for item in as_list(node))


def _named(node: yaml.Node, converters: Mapping[str, Callable[[yaml.Node], Any]]) -> dict[str, Any]:
    """Return the fields of an entry that is a bare name or a mapping with a name."""
    values = {"name": as_text(node)} if isinstance(node, yaml.ScalarNode) else as_mapping(node, converters)
    if not values.get("name"):
        raise WrongValueError(node, "wrong-type", "this entry has no name")
    return values


_SOURCE = {"publisher": as_text, "title": as_text, "url": as_text, "published": as_moment, "author": as_text}


def _sources(node: yaml.Node) -> tuple[Source, ...]:
    items = [node] if isinstance(node, yaml.MappingNode) else as_list(node)
    return tuple(Source(**as_mapping(item, _SOURCE)) for item in items)


def _caption(node: yaml.Node) -> Caption | None:
    return None if is_null(node) else Caption(**as_mapping(node, {"text": as_text, "credit": as_text}))


def _stamp(node: yaml.Node) -> SeedStamp | None:
    if is_null(node):
        return None
    values = as_mapping(node, {"file": as_text, "digest": as_text, "generated": as_text})
    return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))


def _rejected(node: yaml.Node) -> Rejected:
    known = {"countries": _codes, "pairs": _pairs, "sectors": _slugs, "people": as_texts, "organisations": as_texts}
    return Rejected(**as_mapping(node, known))


def _rights(node: yaml.Node) -> str:
    value = as_text(node)
    if value not in ("", "full", "excerpt", "link"):
        raise WrongValueError(node, "wrong-type", f'"{value}" is not a kind of rights', 'write "full", "excerpt" or "link"')
    return value


# Every key of a briefing's front matter, in the order in which it is written: (converter, field of `Briefing`).
_BRIEFING: dict[str, tuple[Callable[[yaml.Node], Any], str]] = {
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
    "lang": (as_text, "lang"),
    "source": (_sources, "sources"),
    "caption": (_caption, "caption"),
    "rights": (_rights, "rights"),
    "seed": (_stamp, "seed"),
    "rejected": (_rejected, "rejected"),
    "aliases": (as_addresses, "aliases"),
    "draft": (as_flag, "draft"),
    "withdrawn": (as_text, "withdrawn"),
}
_PAGE: dict[str, tuple[Callable[[yaml.Node], Any], str]] = {"title": (as_text, "title"), "summary": (as_text, "summary")}

BRIEFING_KEYS = tuple(_BRIEFING)


def _convert(
    fields: Fields, known: Mapping[str, tuple[Callable[[yaml.Node], Any], str]], path: str
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the converted fields, and a problem for each that could not be converted."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, (key, node) in fields.items():
        try:
            if name not in known:
                raise WrongValueError(key, "unknown-key", f'unknown key "{name}"', did_you_mean(name, known))
            converter, field = known[name]
            values[field] = converter(node)
        except WrongValueError as wrong:
            mark = wrong.node.start_mark
            problems.append(error(wrong.code, Location(path, mark.line + 2, mark.column + 1), str(wrong), wrong.hint))
    return values, problems


def parse_briefing(raw: bytes, path: str, known: KnownTerms | None = None) -> Briefing:
    """Return the briefing that a file of `content/briefings/` holds; `path` is relative to the archive, and its stem is the id.

    Raises: ContentError with every problem of the front matter, each with its line and column; with `known`, also unknown terms.
    """
    try:
        return _parse_briefing(raw, path, known, located=False)
    except ContentError:
        return _parse_briefing(raw, path, known, located=True)  # Now with the places of the problems.


def _parse_briefing(raw: bytes, path: str, known: KnownTerms | None, *, located: bool) -> Briefing:
    stem = read_stem(path)
    fields, body, body_line = read_front_matter(raw, path, located=located)
    values, problems = _convert(fields, _BRIEFING, path)
    for key in ("title", "date"):
        if key not in fields or (key in values and not values[key]):
            problems += _missing(fields, path, key, values.get("draft", False))
    if known is not None:
        problems += find_unknown_terms(fields, values, known, path)
    if problems:
        raise ContentError(*problems)
    return Briefing(
        id=stem,
        title=values.pop("title", ""),
        date=values.pop("date", None),
        body=body,
        location=Location(path),
        body_line=body_line,
        digest=digest_named(stem, raw),
        **values,
    )


def _missing(fields: Mapping[str, object], path: str, key: str, draft: bool) -> list[Problem]:
    """Return the problem of a missing title or date; a draft may lack both."""
    if draft:
        return []
    said = "is empty" if key in fields else "is missing"
    return [error("missing-key", Location(path, 1), f'"{key}" {said}', 'write it, or say "draft: true"')]


def parse_page(raw: bytes, path: str) -> ContentPage:
    """Return the page that a file of `content/pages/` holds.

    Raises: ContentError with every problem of the front matter.
    """
    stem = read_stem(path)
    fields, body, body_line = read_front_matter(raw, path, located=True)
    values, problems = _convert(fields, _PAGE, path)
    if not values.get("title"):
        problems += _missing(fields, path, "title", draft=False)
    if problems:
        raise ContentError(*problems)
    digest = digest_named(stem, raw)
    return ContentPage(id=stem, body=body, location=Location(path), body_line=body_line, digest=digest, **values)


def dump_briefing(briefing: Briefing) -> str:
    """Return the file that holds `briefing`: reading it again gives an equal value, location and digest aside."""
    fields = {key: value for key, value in _plain_fields(briefing).items() if value not in (None, "", [], {})}
    return dump_front_matter(fields, briefing.body)


def _plain_fields(briefing: Briefing) -> dict[str, Any]:
    sources: Any = [_plain_source(source) for source in briefing.sources]
    return {
        "title": briefing.title,
        "date": _plain_moment(briefing.date),
        "summary": briefing.summary,
        "key_points": list(briefing.key_points),
        "kind": briefing.kind,
        "countries": Flow(briefing.countries),
        "pairs": Flow(pair.slug for pair in briefing.pairs),
        "sectors": Flow(briefing.sectors),
        "people": [_sparse(name=person.name, office=person.office) for person in briefing.people],
        "organisations": [_sparse(name=body.name, abbreviation=body.abbreviation) for body in briefing.organisations],
        "lang": briefing.lang,
        "source": sources[0] if len(sources) == 1 else sources,
        "caption": _sparse(text=briefing.caption.text, credit=briefing.caption.credit) if briefing.caption else None,
        "rights": briefing.rights,
        "seed": _plain_stamp(briefing.seed),
        "rejected": _plain_rejected(briefing.rejected),
        "aliases": list(briefing.aliases),
        "draft": True if briefing.draft else None,
        "withdrawn": briefing.withdrawn,
    }


def _sparse(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _plain_moment(value: date | None) -> Moment | None:
    return Moment(value.isoformat()) if value else None


def _plain_source(source: Source) -> dict[str, Any]:
    published = _plain_moment(source.published)
    return _sparse(publisher=source.publisher, title=source.title, url=source.url, published=published, author=source.author)


def _plain_stamp(stamp: SeedStamp | None) -> dict[str, str] | None:
    return {"file": stamp.file, "digest": stamp.digest, "generated": stamp.generated} if stamp else None


def _plain_rejected(rejected: Rejected) -> dict[str, Any]:
    return _sparse(
        countries=Flow(rejected.countries),
        pairs=Flow(pair.slug for pair in rejected.pairs),
        sectors=Flow(rejected.sectors),
        people=list(rejected.people),
        organisations=list(rejected.organisations),
    )
