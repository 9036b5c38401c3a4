"""The values of `/api/v1/`: what a program is told of the archive, and how that is written as JSON.

The classes below are the contract. The JSON Schemas and the OpenAPI document are made from them, so that they cannot tell another
story; within version 1 a field may be added, and none is taken away or changes its meaning. A field that has no value is null.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Struct

from generator.config import Licence
from generator.publish.exports.schemas import Choice, Format

TermKey = Annotated[str, "As in addresses: in, in-kr, semiconductors."]
NameKey = Annotated[str, "As in addresses: of several spellings the same."]
PageAddress = Annotated[str, Format("uri"), "Its page."]
ApiAddress = Annotated[str, Format("uri"), "Where this API says more."]


class TermRecord(Struct, frozen=True):
    """A term of a taxonomy: a country, a pair of countries, a sector, or what kind of event a briefing reports."""

    key: TermKey
    name: str
    url: PageAddress | None
    api_url: ApiAddress | None


class CountRecord(Struct, frozen=True):
    """How many briefings of a list have a term."""

    term: TermRecord
    count: int


# What is said alike of a briefing in a list and of the whole of it.
BriefingId = Annotated[
    str, "The name of its file, never reused. An editor may rename the file; `aliases` then have the former address."
]
PublicationDay = Annotated[date, "Of publication."]
ChangeDay = Annotated[date, "Of the last correction, or else of publication."]
ShownSummary = Annotated[str | None, "Plain text; null where there is none, or where its publisher's rights withhold it."]
Parties = Annotated[tuple[TermRecord, ...], "The parties."]
SectorsByWeight = Annotated[tuple[TermRecord, ...], "The heaviest first."]
FirstPublisher = Annotated[str | None, "Of the first source."]
Language = Annotated[str | None, "BCP 47."]
OriginalId = Annotated[str | None, "The id of the briefing of which this one is a version in another language."]
BaseAddress = Annotated[str, Format("uri"), "The home page of the site."]
Body = Annotated[
    str | None,
    (
        "Markdown as the editor wrote it: raw HTML in it is not sanitised, links in it are relative to `url`, and those that "
        "begin with / are below `base_url`. Null where there is none, or where rights withhold it."
    ),
]


class SummaryRecord(Struct, frozen=True):
    """A briefing as lists have it, without its text."""

    id: BriefingId
    title: str
    date: PublicationDay
    changed: ChangeDay
    url: PageAddress
    api_url: ApiAddress | None
    summary: ShownSummary
    kind: TermRecord | None
    countries: Parties
    pairs: tuple[TermRecord, ...]
    sectors: SectorsByWeight
    publisher: FirstPublisher
    language: Language
    translation_of: OriginalId


class SourceRecord(Struct, frozen=True):
    """An article that a briefing was made from."""

    publisher: str | None
    title: str | None
    url: Annotated[str | None, "As the source has it; only http and https."]
    published: Annotated[str | None, "ISO 8601: a day, or a moment with its zone where the source gives it."]
    author: Annotated[str | None, "The byline, given names first."]


class PersonRecord(Struct, frozen=True):
    """A person whom the text names."""

    key: NameKey
    name: str
    url: PageAddress | None
    office: Annotated[str | None, "As the text gives it."]


class OrganisationRecord(Struct, frozen=True):
    """A body that the text names."""

    key: NameKey
    name: str
    url: PageAddress | None
    abbreviation: str | None


class CaptionRecord(Struct, frozen=True):
    """The words under a picture that the archive does not hold."""

    text: str
    credit: str | None


class CorrectionRecord(Struct, frozen=True):
    """What was wrong after the briefing was published, and is right now."""

    date: date
    text: str


class EvidenceRecord(Struct, frozen=True):
    """A sentence of the text that speaks for a term."""

    term: TermKey
    quote: Annotated[str, "The words of the text."]
    start: Annotated[int, "Where the words that matched start in the quote, in code points."]
    end: int
    rule: Annotated[str, "What matched, such as country:alias/Seoul."]


class BriefingRecord(Struct, frozen=True):
    """A briefing with all that its publisher's rights allow to show."""

    id: BriefingId
    title: str
    date: PublicationDay
    changed: ChangeDay
    url: PageAddress
    api_url: ApiAddress | None
    summary: ShownSummary
    kind: TermRecord | None
    countries: Parties
    pairs: tuple[TermRecord, ...]
    sectors: SectorsByWeight
    publisher: FirstPublisher
    language: Language
    translation_of: OriginalId
    rights: Annotated[str, Choice("full", "excerpt", "link"), "How much of the text may be shown."]
    key_points: tuple[str, ...]
    people: tuple[PersonRecord, ...]
    organisations: tuple[OrganisationRecord, ...]
    sources: tuple[SourceRecord, ...]
    caption: CaptionRecord | None
    corrections: tuple[CorrectionRecord, ...]
    aliases: Annotated[tuple[Annotated[str, Format("uri")], ...], "Former addresses, which lead to `url`."]
    base_url: BaseAddress
    evidence: tuple[EvidenceRecord, ...]
    body: Body


class ListingRecord(Struct, frozen=True):
    """All that the archive has on a country, a pair or a sector, newest first."""

    family: Annotated[str, Choice("country", "pair", "sector")]
    term: TermRecord
    count: int
    first: Annotated[date, "Of the oldest briefing."]
    latest: date
    countries: tuple[CountRecord, ...]
    pairs: tuple[CountRecord, ...]
    sectors: Annotated[tuple[CountRecord, ...], "Counts are in descending order, ties by name."]
    briefings: tuple[SummaryRecord, ...]


class IndexRecord(Struct, frozen=True):
    """The whole archive, newest first: the place to start from.

    The briefings include translations, which no count and no other list has.
    """

    title: str
    changed: Annotated[date | None, "Of the latest briefing, correction or withdrawal."]
    url: Annotated[str, Format("uri"), "The home page."]
    openapi_url: Annotated[str, Format("uri"), "The description of this API."]
    count: int
    countries: tuple[CountRecord, ...]
    pairs: tuple[CountRecord, ...]
    sectors: tuple[CountRecord, ...]
    briefings: tuple[SummaryRecord, ...]


# A line of JSON must stay one line for readers that split at every line end of Unicode.
_LINE_ENDS = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "\x85\u2028\u2029")


class ChangeRecord(Struct, frozen=True):
    """What editors told readers of a published briefing: what they set right in it, or why they took it back."""

    date: Annotated[date, "Of the correction or withdrawal."]
    kind: Annotated[str, Choice("correction", "withdrawal"), "A withdrawn briefing is in no other file of this API."]
    id: BriefingId
    title: Annotated[str, "Of the briefing."]
    url: PageAddress
    text: Annotated[str, "What was wrong and is right now, or why the briefing was taken back."]


class ChangesRecord(Struct, frozen=True):
    """Every correction and every withdrawal, the latest first: what a mirror has to follow."""

    count: int
    changes: tuple[ChangeRecord, ...]


class About(Struct, frozen=True):
    """What files of the whole archive say of it: its name, what it is about, where it stands, the terms of its own words.

    `changed` is the day of the latest briefing, correction or withdrawal, since a clock would give other bytes each time.
    """

    title: str
    description: str
    base_url: str
    licence: Licence = Licence()
    changed: date | None = None

    @property
    def version(self) -> str:
        """The day as a version in the form of semver.org: `2025.8.16`."""
        return f"{self.changed.year}.{self.changed.month}.{self.changed.day}" if self.changed else ""


def describe_licence(description: str, licence: Licence) -> str:
    """Return what a file of all texts says of itself, with the licence of some: as a field it would hold for those of others."""
    return f"{description} What the archive wrote itself: {licence.name}, {licence.url}" if licence.url else description


def dump_record(record: object) -> bytes:
    """Return a record, or a value of plain JSON types, as one line of JSON; fields are in the order of their class.

    A record holds what `schemas` can describe, and so no set, whose order would be another in each process.
    """
    line = msgspec.json.encode(record)
    for char, escape in _LINE_ENDS:
        line = line.replace(char, escape)
    return line + b"\n"
