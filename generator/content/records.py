"""What a build keeps of a briefing until the next: its front matter as plain values, which load far faster than they parse.

A record holds no body. Most bodies are never asked for again, and those of 100,000 briefings would fill 350 MB. It is in marshal
form by itself, since most records are never asked for either: after the edit of one text, those of its neighbours.
"""

import marshal
from datetime import date, datetime
from typing import Any

from generator.errors import Location
from generator.fingerprint import digest_bytes, dump_plain
from generator.model import (
    NO_RULING,
    Author,
    Briefing,
    Caption,
    CountryPair,
    Notice,
    Organisation,
    Person,
    Ruling,
    SeedStamp,
    Source,
)

Record = bytes


def dump_record(briefing: Briefing) -> Record:
    """Return all of a briefing but its body and digest; equal ones are equal bytes."""
    caption, seed = briefing.caption, briefing.seed
    values = (
        briefing.id,
        briefing.title,
        _dump_moment(briefing.date),
        briefing.location.path,
        briefing.summary,
        briefing.key_points,
        briefing.kind,
        briefing.countries,
        tuple([(pair.first, pair.second) for pair in briefing.pairs]),
        briefing.sectors,
        tuple([(person.name, person.office) for person in briefing.people]),
        tuple([(body.name, body.abbreviation) for body in briefing.organisations]),
        briefing.lang,
        briefing.translation_of,
        tuple([_dump_source(source) for source in briefing.sources]),
        (caption.text, caption.credit) if caption else None,
        briefing.rights,
        (seed.file, seed.digest, seed.generated) if seed else None,
        _dump_ruling(briefing.confirmed),
        _dump_ruling(briefing.rejected),
        briefing.aliases,
        tuple([_dump_notice(notice) for notice in briefing.corrections]),
        briefing.draft,
        _dump_notice(briefing.withdrawn) if briefing.withdrawn else None,
        briefing.body_line,
    )
    return dump_plain(values)


def load_record(record: Record, digest: bytes) -> Briefing:
    """Return the briefing of a record; `digest` is that of its file, which alone holds the body."""
    values = iter(marshal.loads(record))  # noqa: S302  # The file of the cache that holds it has a digest.
    return Briefing(
        id=next(values),
        title=next(values),
        date=_load_date(next(values)),
        location=Location(next(values)),
        summary=next(values),
        key_points=next(values),
        kind=next(values),
        countries=next(values),
        pairs=_load_pairs(next(values)),
        sectors=next(values),
        people=tuple([Person(*person) for person in next(values)]),
        organisations=tuple([Organisation(*body) for body in next(values)]),
        lang=next(values),
        translation_of=next(values),
        sources=tuple([_load_source(*source) for source in next(values)]),
        caption=_load_caption(next(values)),
        rights=next(values),
        seed=_load_seed(next(values)),
        confirmed=_load_ruling(next(values)),
        rejected=_load_ruling(next(values)),
        aliases=next(values),
        corrections=tuple([_load_notice(*notice) for notice in next(values)]),
        draft=next(values),
        withdrawn=_load_withdrawal(next(values)),
        body_line=next(values),
        body="",
        digest=digest,
    )


def digest_record(record: Record) -> bytes:
    """Return the digest of a record: that of the whole front matter, and of where the body begins."""
    return digest_bytes(record)


def _dump_moment(moment: date | None) -> str:
    return moment.isoformat() if moment else ""


def _load_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _dump_source(source: Source) -> tuple[str, str, str, str, list[tuple[str, str]]]:
    authors = [(author.family, author.given) for author in source.authors]
    return source.publisher, source.title, source.url, _dump_moment(source.published), authors


def _load_source(publisher: str, title: str, url: str, published: str, authors: list[tuple[str, str]]) -> Source:
    moment = datetime.fromisoformat(published) if "T" in published else _load_date(published)
    return Source(publisher, title, url, moment, tuple([Author(*author) for author in authors]))


def _load_pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[CountryPair, ...]:
    return tuple([CountryPair(*pair) for pair in pairs])


def _dump_notice(notice: Notice) -> tuple[str, str]:
    return notice.date.isoformat(), notice.text


def _load_notice(day: str, text: str) -> Notice:
    return Notice(date.fromisoformat(day), text)


def _load_withdrawal(values: tuple[str, str] | None) -> Notice | None:
    return _load_notice(*values) if values else None


def _load_caption(values: tuple[str, str] | None) -> Caption | None:
    return Caption(*values) if values else None


def _load_seed(values: tuple[str, str, str] | None) -> SeedStamp | None:
    return SeedStamp(*values) if values else None


def _dump_ruling(ruling: Ruling) -> tuple[Any, ...]:
    if ruling == NO_RULING:
        return ()
    pairs = tuple([(pair.first, pair.second) for pair in ruling.pairs])
    return ruling.countries, pairs, ruling.sectors, ruling.people, ruling.organisations, ruling.kinds


def _load_ruling(values: tuple[Any, ...]) -> Ruling:
    if not values:
        return NO_RULING
    countries, pairs, sectors, *names = values
    return Ruling(countries, _load_pairs(pairs), sectors, *names)
