"""Markdown file ⇄ `Briefing`: the one format at which both halves of the generator meet.

Reading and writing are exact: what is written reads back as an equal value. All problems of a file are reported at once.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import yaml

from generator.errors import ContentError, Location, Problem, did_you_mean, error
from generator.fingerprint import digest_bytes
from generator.front_matter import Fields, Flow, Moment, dump_front_matter, read_front_matter
from generator.model import Briefing, Caption, ContentPage, CountryPair, Organisation, Person, Rejected, SeedStamp, Source
from generator.text import squeeze


class _WrongValueError(Exception):
    """A value that cannot be converted; becomes a located problem of the file."""

    def __init__(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.node, self.code, self.hint = node, code, hint


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "null", "~", "Null", "NULL")


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _WrongValueError(node, "wrong-type", "expected a text, found a list or a mapping")
    return "" if _is_null(node) else squeeze(node.value)


def _flag(node: yaml.Node) -> bool:
    value = _text(node)
    if value not in ("true", "false"):
        raise _WrongValueError(node, "wrong-type", f'expected true or false, found "{value}"')
    return value == "true"


def _date(node: yaml.Node) -> date | None:
    value = _text(node)
    if not value:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise _WrongValueError(node, "invalid-date", f'"{value}" is not a date', "write YYYY-MM-DD, such as 2025-08-16") from None


def _moment(node: yaml.Node) -> datetime | date | None:
    value = _text(node)
    if len(value) <= 10:
        return _date(node)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        hint = "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+05:30"
        raise _WrongValueError(node, "invalid-date", f'"{value}" is not a date or a moment', hint) from None


def _list(node: yaml.Node) -> list[yaml.Node]:
    if _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise _WrongValueError(node, "wrong-type", "expected a list", "write [one, two], or one item a line behind a dash")
    items: list[yaml.Node] = node.value
    return items


def _texts(node: yaml.Node) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, _list(node))))


def _codes(node: yaml.Node) -> tuple[str, ...]:
    return tuple(code.upper() for code in _texts(node))


def _slugs(node: yaml.Node) -> tuple[str, ...]:
    return tuple(slug.lower() for slug in _texts(node))


def _pairs(node: yaml.Node) -> tuple[CountryPair, ...]:
    return tuple(map(_pair, _list(node)))


def _pair(node: yaml.Node) -> CountryPair:
    value = _text(node)
    one, _, other = value.partition("-")
    try:
        if len(one) != 2 or len(other) != 2:
            raise ValueError
        return CountryPair.of(one, other)
    except ValueError:
        raise _WrongValueError(
            node, "invalid-pair", f'"{value}" is not a pair of two countries', "write two codes, such as in-kr"
        ) from None


def _mapping(node: yaml.Node, converters: Mapping[str, Callable[[yaml.Node], Any]]) -> dict[str, Any]:
    """Return the converted values of a mapping whose keys are all known."""
    if not isinstance(node, yaml.MappingNode):
        raise _WrongValueError(node, "wrong-type", f"expected a mapping with {', '.join(converters)}")
    values: dict[str, Any] = {}
    for key, value in node.value:
        if key.value not in converters:
            raise _WrongValueError(key, "unknown-key", f'unknown key "{key.value}"', did_you_mean(key.value, converters))
        if key.value in values:
            raise _WrongValueError(key, "duplicate-key", f'"{key.value}" stands here a second time')
        values[key.value] = converters[key.value](value)
    return values


def _people(node: yaml.Node) -> tuple[Person, ...]:
    return tuple(Person(**_named(item, {"name": _text, "office": _text})) for item in _list(node))


def _organisations(node: yaml.Node) -> tuple[Organisation, ...]:
    return tuple(Organisation(**_named(item, {"name": _text, "abbreviation": _text})) for item in _list(node))


def _named(node: yaml.Node, converters: Mapping[str, Callable[[yaml.Node], Any]]) -> dict[str, Any]:
    """Return the fields of an entry that is a bare name or a mapping with a name."""
    values = {"name": _text(node)} if isinstance(node, yaml.ScalarNode) else _mapping(node, converters)
    if not values.get("name"):
        raise _WrongValueError(node, "wrong-type", "this entry has no name")
    return values


_SOURCE = {"publisher": _text, "title": _text, "url": _text, "published": _moment, "author": _text}


def _sources(node: yaml.Node) -> tuple[Source, ...]:
    items = [node] if isinstance(node, yaml.MappingNode) else _list(node)
    return tuple(Source(**_mapping(item, _SOURCE)) for item in items)


def _caption(node: yaml.Node) -> Caption | None:
    return None if _is_null(node) else Caption(**_mapping(node, {"text": _text, "credit": _text}))


def _stamp(node: yaml.Node) -> SeedStamp | None:
    if _is_null(node):
        return None
    values = _mapping(node, {"file": _text, "digest": _text, "generated": _text})
    return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))


def _rejected(node: yaml.Node) -> Rejected:
    known = {"countries": _codes, "pairs": _pairs, "sectors": _slugs, "people": _texts, "organisations": _texts}
    return Rejected(**_mapping(node, known))


def _rights(node: yaml.Node) -> str:
    value = _text(node)
    if value not in ("", "full", "excerpt", "link"):
        raise _WrongValueError(node, "wrong-type", f'"{value}" is not a kind of rights', 'write "full", "excerpt" or "link"')
    return value


# Every key of a briefing's front matter, in the order in which it is written: (converter, field of `Briefing`).
_BRIEFING: dict[str, tuple[Callable[[yaml.Node], Any], str]] = {
    "title": (_text, "title"),
    "date": (_date, "date"),
    "summary": (_text, "summary"),
    "key_points": (_texts, "key_points"),
    "kind": (_text, "kind"),
    "countries": (_codes, "countries"),
    "pairs": (_pairs, "pairs"),
    "sectors": (_slugs, "sectors"),
    "people": (_people, "people"),
    "organisations": (_organisations, "organisations"),
    "lang": (_text, "lang"),
    "source": (_sources, "sources"),
    "caption": (_caption, "caption"),
    "rights": (_rights, "rights"),
    "seed": (_stamp, "seed"),
    "rejected": (_rejected, "rejected"),
    "aliases": (_texts, "aliases"),
    "draft": (_flag, "draft"),
}
_PAGE: dict[str, tuple[Callable[[yaml.Node], Any], str]] = {"title": (_text, "title"), "summary": (_text, "summary")}

BRIEFING_KEYS = tuple(_BRIEFING)
PAGE_KEYS = tuple(_PAGE)


def _convert(
    fields: Fields, known: Mapping[str, tuple[Callable[[yaml.Node], Any], str]], path: str
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the converted fields, and a problem for each that could not be converted."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, (key, node) in fields.items():
        try:
            if name not in known:
                raise _WrongValueError(key, "unknown-key", f'unknown key "{name}"', did_you_mean(name, known))
            converter, field = known[name]
            values[field] = converter(node)
        except _WrongValueError as wrong:
            mark = wrong.node.start_mark
            problems.append(error(wrong.code, Location(path, mark.line + 2, mark.column + 1), str(wrong), wrong.hint))
    return values, problems


def parse_briefing(raw: bytes, path: str) -> Briefing:
    """Return the briefing that a file of `content/briefings/` holds; `path` is relative to the archive, and its stem is the id.

    Raises: ContentError with every problem of the front matter, each with its line and column.
    """
    fields, body, body_line = read_front_matter(raw, path)
    values, problems = _convert(fields, _BRIEFING, path)
    if not values.get("title") and "title" not in {p.code for p in problems}:
        problems += _missing(fields, path, "title", values.get("draft", False))
    if "date" not in fields or ("date" in values and values["date"] is None):
        problems += _missing(fields, path, "date", values.get("draft", False))
    if problems:
        raise ContentError(*problems)
    stem = path.rpartition("/")[2].removesuffix(".md")
    title = values.pop("title", "")
    return Briefing(
        id=stem,
        title=title,
        date=values.pop("date", None),
        body=body,
        location=Location(path),
        body_line=body_line,
        digest=digest_bytes(stem.encode() + b"\0" + raw),
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
    fields, body, body_line = read_front_matter(raw, path)
    values, problems = _convert(fields, _PAGE, path)
    if not values.get("title"):
        problems += _missing(fields, path, "title", draft=False)
    if problems:
        raise ContentError(*problems)
    stem = path.rpartition("/")[2].removesuffix(".md")
    digest = digest_bytes(stem.encode() + b"\0" + raw)
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
