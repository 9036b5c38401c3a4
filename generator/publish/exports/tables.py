"""The archive as files to take away: CSV, JSON Lines, and the data package and checksums that describe them.

The table has no bodies, for a spreadsheet cuts a cell at 32,767 characters; JSON Lines and the database have them.
"""

import csv
import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import asdict

from generator.config import Licence
from generator.publish.exports.records import BriefingRecord, describe_licence, dump_record
from generator.publish.urls import make_uri
from generator.text import normalise


class Column(Struct, frozen=True):
    """A column of the table: what it is called, what its cells mean, and how they are found in a briefing.

    A cell of a `list` has any number of values, one that is not known is empty there; another has at most one.
    """

    name: str
    kind: str
    meaning: str
    find: Callable[[BriefingRecord], Iterable[str | None]]

    def write(self, record: BriefingRecord) -> str:
        """Return the cell of a briefing."""
        values = [value or "" for value in self.find(record)]
        if self.kind == "list":
            values = [value.replace(SEPARATOR, INSTEAD) for value in values]
        return guard_cell(SEPARATOR.join(values) if any(values) else "")

    def describe(self) -> dict[str, object]:
        """Return the column as a field of Table Schema 2.0."""
        field: dict[str, object] = {"name": self.name, "type": self.kind, "description": self.meaning}
        return field | {"delimiter": SEPARATOR} if self.kind == "list" else field


SEPARATOR = "|"
# A name such as "Reuters | World" must not come apart. Addresses have a spelling of their own for the sign.
INSTEAD = "¦"
COLUMNS = (
    Column(
        "id",
        "string",
        "The name of the briefing's file, never reused; an editor may rename the file.",
        lambda record: (record.id,),
    ),
    Column("title", "string", "The headline.", lambda record: (record.title,)),
    Column("date", "date", "Of publication.", lambda record: (record.date.isoformat(),)),
    Column(
        "corrected", "date", "Of the last correction.", lambda record: (note.date.isoformat() for note in record.corrections[:1])
    ),
    Column("url", "string", "The briefing's page.", lambda record: (record.url,)),
    Column("aliases", "list", "Former addresses, which lead to url.", lambda record: record.aliases),
    Column("kind", "string", "What kind of event it reports.", lambda record: (record.kind.key if record.kind else None,)),
    # As in `pairs`, addresses and the API, so that all of them join; and "NA", Namibia, is a missing value to pandas and R.
    Column(
        "countries",
        "list",
        "The parties, ISO 3166-1 alpha-2 in lower case.",
        lambda record: (term.key for term in record.countries),
    ),
    Column(
        "pairs",
        "list",
        "Pairs of countries, two codes each in alphabetical order.",
        lambda record: (term.key for term in record.pairs),
    ),
    Column("sectors", "list", "The heaviest first.", lambda record: (term.key for term in record.sectors)),
    Column("people", "list", "People named.", lambda record: (person.name for person in record.people)),
    Column("organisations", "list", "Bodies named.", lambda record: (body.name for body in record.organisations)),
    Column("language", "string", "BCP 47.", lambda record: (record.language,)),
    Column(
        "translation_of",
        "string",
        "The id of the briefing of which this one is a version in another language.",
        lambda record: (record.translation_of,),
    ),
    Column(
        "publishers",
        "list",
        "Of the sources, one for each; empty where it is not known.",
        lambda record: (source.publisher for source in record.sources),
    ),
    Column(
        "source_urls",
        "list",
        "Of the sources, in the order of publishers; empty where there is none.",
        lambda record: (source.url and source.url.replace(SEPARATOR, "%7C") for source in record.sources),
    ),
    Column("rights", "string", "full, excerpt or link.", lambda record: (record.rights,)),
    Column("summary", "string", "Plain text.", lambda record: (record.summary,)),
    Column(
        "key_points",
        "list",
        "What the text says, in a few sentences: its own, or those of an editor.",
        lambda record: record.key_points,
    ),
)


class Download(Struct, frozen=True):
    """A file to take away, as the data package and the checksums tell of it."""

    name: str
    size_bytes: int
    sha256: str


class Table:
    """One row for each briefing, as RFC 4180 has it."""

    def __init__(self) -> None:
        """Start with the names of the columns."""
        self._text = io.StringIO()
        self._writer = csv.writer(self._text)
        self._writer.writerow(column.name for column in COLUMNS)

    def add(self, record: BriefingRecord) -> None:
        """Write one more row."""
        self._writer.writerow(column.write(record) for column in COLUMNS)

    def finish(self) -> bytes:
        """Return the file."""
        return self._text.getvalue().encode()


def guard_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before one that could start it.

    White space before the sign is no protection, since some programs drop it, and full-width signs count where readers type them.
    Source: OWASP, CSV injection.
    """
    text = normalise(text).strip()
    return "'" + text if unicodedata.normalize("NFKC", text[:1])[:1] in ("=", "+", "-", "@") else text


class Lines:
    """One line of JSON for each briefing: what the API says of it, evidence left out."""

    def __init__(self) -> None:
        """Start with none."""
        self._lines: list[bytes] = []

    def add(self, record: BriefingRecord) -> None:
        """Write one more line."""
        self._lines.append(dump_record({name: value for name, value in asdict(record).items() if name != "evidence"}))

    def finish(self) -> bytes:
        """Return the file."""
        return b"".join(self._lines)


def describe_download(name: str, content: bytes) -> Download:
    """Return size and checksum of a file."""
    return Download(name, len(content), hashlib.sha256(content).hexdigest())


def render_checksums(downloads: Iterable[Download]) -> bytes:
    """Return the lines that `sha256sum --check` reads, in the order of names."""
    lines = sorted((download.name, download.sha256) for download in downloads)
    return "".join(f"{digest}  {name}\n" for name, digest in lines).encode()


MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson", "sqlite": "application/vnd.sqlite3"}


def make_datapackage(
    title: str, description: str, base_url: str, downloads: Iterable[Download], licence: Licence
) -> dict[str, object]:
    """Return the Frictionless descriptor (Data Package 2.0) of files beside it; CSV comes with the meaning of its columns."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "briefings",
        "title": title,
        "description": describe_licence(description, licence),
        "homepage": make_uri(base_url),
        "resources": [_describe_resource(download) for download in downloads],
    }


def _describe_resource(download: Download) -> dict[str, object]:
    stem, _, suffix = download.name.rpartition(".")
    resource: dict[str, object] = {
        "name": f"{stem}-{suffix}",
        "path": download.name,
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
        "bytes": download.size_bytes,
        "hash": f"sha256:{download.sha256}",
    }
    if suffix == "sqlite":
        del resource["encoding"]
    if suffix == "csv":
        resource["description"] = (
            f"A row for each briefing, without its text. Several values of a cell stand with {SEPARATOR} between them, "
            f"and {INSTEAD} in its place within one."
        )
        original = {"fields": ["translation_of"], "reference": {"fields": ["id"]}}
        fields = [column.describe() for column in COLUMNS]
        resource |= {"type": "table", "schema": {"fields": fields, "primaryKey": ["id"], "foreignKeys": [original]}}
    return resource
