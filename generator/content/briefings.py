"""Markdown file ⇄ `Briefing`: the one format at which both halves of the generator meet.

Reading and writing are exact: what is written reads back as an equal value. All problems of a file are reported at once.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.content.fields import BRIEFING, PAGE, Converter
from generator.content.flat_yaml import Fields
from generator.content.front_matter import Flow, Moment, dump_front_matter, read_front_matter, read_stem
from generator.content.known_terms import KnownTerms, find_unknown_terms, place_of
from generator.content.merge_marks import find_marks, may_hold_marks
from generator.content.values import WrongValueError, text_of
from generator.content.yaml_faults import find_odd_space
from generator.errors import ContentError, Location, Problem, did_you_mean, error
from generator.fingerprint import digest_named
from generator.model import Briefing, ContentPage, Notice, Ruling, SeedStamp, Source

_COMMENT = 'what begins with "#" is a comment: put the whole text in quotes'


def _convert(fields: Fields, known: Mapping[str, tuple[Converter, str]], path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the converted fields, and a problem for each that could not be converted."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, (key, node) in fields.items():
        try:
            if name not in known:
                raise WrongValueError(key, "unknown-key", f'unknown key "{name.strip()}"', _advise_key(name, known))
            converter, field = known[name]
            values[field] = converter(node)
        except WrongValueError as wrong:
            problems += (error(one.code, place_of(one.found, path), str(one), one.hint) for one in (wrong, *wrong.others))
    return values, problems


def _advise_key(name: str, known: Mapping[str, object]) -> str:
    return "type plain spaces before it, not no-break spaces" if find_odd_space(name) == 0 else did_you_mean(name, known)


def _tell_misplaced(fields: Fields, path: str) -> Problem | None:
    """Return what is to be said of a briefing that lies among the pages, once for all its keys."""
    foreign = [key for key in BRIEFING if key in fields and key not in PAGE]
    if "date" not in foreign or len(foreign) < 2:
        return None
    year = text_of(fields["date"][1])[:4]
    folder = f"{path.rpartition('/pages/')[0]}/briefings/{year if year.isdecimal() else ''}".rstrip("/")
    where = place_of(fields[foreign[0]][0], path)
    return error(
        "unknown-key", where, f'this is a briefing, since it has "{foreign[0]}" and "{foreign[1]}"', f"move it to {folder}/"
    )


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
    values, problems = _convert(fields, BRIEFING, path)
    for key in ("title", "date") if not values.get("draft") else ():
        if key not in fields or (key in values and not values[key]):
            is_cut = re.search(rf"^{key}: +#\S".encode(), raw, re.MULTILINE)
            hint = _COMMENT if is_cut else 'write it, or say "draft: true"'
            problems.append(_tell_missing(fields, path, key, hint))
    problems += _find_early(fields, values, path)
    problems += _find_conflict(body, body_line, path)
    if known is not None:
        problems += find_unknown_terms(fields, values, known, path)
    if problems:
        raise ContentError(*sorted(problems, key=lambda problem: problem.sort_key))
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


def _find_early(fields: Fields, values: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield a problem where something was corrected or taken back before it was published."""
    if "corrections" not in values and "withdrawn" not in values:
        return  # As in nearly all files.
    day, withdrawal = values.get("date"), values.get("withdrawn")
    told = {"corrections": values.get("corrections", ()), "withdrawn": (withdrawal,) if withdrawal else ()}
    for key, notices in told.items():
        if day and any(notice.date < day for notice in notices):
            what = "the withdrawal" if key == "withdrawn" else "a correction"
            message = f"{what} is from before {day}, the date of the briefing"
            yield error("invalid-date", place_of(fields[key][0], path), message, "mend one of the two days")


def _find_conflict(body: str, line: int, path: str) -> Iterator[Problem]:
    """Yield a problem where a text holds the marks that a merge leaves around two versions of some lines."""
    for mark in find_marks(body) if may_hold_marks(body) else ():
        said, hint = mark.said
        yield error("conflict-marks", Location(path, line + mark.line, 1), said, hint)


def _tell_missing(fields: Mapping[str, object], path: str, key: str, hint: str) -> Problem:
    said = "is empty" if key in fields else "is missing"
    return error("missing-key", Location(path, 1), f'"{key}" {said}', hint)


def parse_page(raw: bytes, path: str) -> ContentPage:
    """Return the page that a file of `content/pages/` holds.

    Raises: ContentError with every problem of the front matter.
    """
    stem = read_stem(path)
    fields, body, body_line = read_front_matter(raw, path, located=True)
    if misplaced := _tell_misplaced(fields, path):
        raise ContentError(misplaced)
    values, problems = _convert(fields, PAGE, path)
    if not values.get("title"):
        problems.append(_tell_missing(fields, path, "title", "write it"))
    problems += _find_conflict(body, body_line, path)
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
        "translation_of": briefing.translation_of,
        "source": sources[0] if len(sources) == 1 else sources,
        "caption": _sparse(text=briefing.caption.text, credit=briefing.caption.credit) if briefing.caption else None,
        "rights": briefing.rights,
        "seed": _plain_stamp(briefing.seed),
        "confirmed": _plain_ruling(briefing.confirmed),
        "rejected": _plain_ruling(briefing.rejected),
        "aliases": list(briefing.aliases),
        "corrections": [_plain_notice(notice) for notice in briefing.corrections],
        "draft": True if briefing.draft else None,
        "withdrawn": _plain_notice(briefing.withdrawn) if briefing.withdrawn else None,
    }


def _sparse(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _plain_moment(value: date | None) -> Moment | None:
    return Moment(value.isoformat()) if value else None


def _plain_source(source: Source) -> dict[str, Any]:
    published = _plain_moment(source.published)
    authors = [_sparse(family=one.family, given=one.given) if one.given else one.family for one in source.authors]
    author = authors[0] if len(authors) == 1 else authors
    return _sparse(publisher=source.publisher, title=source.title, url=source.url, published=published, author=author)


def _plain_notice(notice: Notice) -> dict[str, Any]:
    return {"date": _plain_moment(notice.date), "text": notice.text}


def _plain_stamp(stamp: SeedStamp | None) -> dict[str, str] | None:
    return {"file": stamp.file, "digest": stamp.digest, "generated": stamp.generated} if stamp else None


def _plain_ruling(ruling: Ruling) -> dict[str, Any]:
    return _sparse(
        countries=Flow(ruling.countries),
        pairs=Flow(pair.slug for pair in ruling.pairs),
        sectors=Flow(ruling.sectors),
        people=list(ruling.people),
        organisations=list(ruling.organisations),
        kind=Flow(ruling.kinds),
    )
