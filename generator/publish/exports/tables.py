"""The archive as text to take away: CSV and JSON Lines.

The table has no bodies, for a spreadsheet cuts a cell at 32,767 characters; JSON Lines and the database have them.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import asdict

from generator.publish.exports.records import BriefingRecord, dump_record
from generator.publish.exports.schemas import make_schema
from generator.text import normalise


class Column(Struct, frozen=True):
    """A column of the table: what it is called, what its cells mean, and how they are found in a briefing.

    A cell of a `list` has any number of values, one that is not known is empty there; another has at most one.
    """

    name: str
    kind: str
    meaning: str
    find: Callable[[BriefingRecord], Iterable[str | None]]
    form: str = ""

    def write(self, record: BriefingRecord) -> str:
        """Return the cell of a briefing."""
        values = [value or "" for value in self.find(record)]
        if self.kind == "list":
            values = [value.replace(SEPARATOR, INSTEAD) for value in values]
        return guard_cell(SEPARATOR.join(values) if any(values) else "")

    def describe(self) -> dict[str, object]:
        """Return the column as a field of Table Schema 2.0."""
        field: dict[str, object] = {"name": self.name, "type": self.kind, "description": self.meaning}
        if self.form:
            field["format"] = self.form
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
    Column("url", "string", "The briefing's page.", lambda record: (record.url,), form="uri"),
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


LEFT_OUT = "evidence"


class Lines:
    """One line of JSON for each briefing: what the API says of it, evidence left out."""

    def __init__(self) -> None:
        """Start with none."""
        self._lines: list[bytes] = []

    def add(self, record: BriefingRecord) -> None:
        """Write one more line."""
        self._lines.append(dump_record({name: value for name, value in asdict(record).items() if name != LEFT_OUT}))

    def finish(self) -> bytes:
        """Return the file."""
        return b"".join(self._lines)


def make_line_schema(url: str) -> dict[str, object]:
    """Return the JSON Schema of a line, which stands at `url`: that of a briefing in the API, evidence left out."""
    return make_schema(BriefingRecord, url, without=(LEFT_OUT,))
