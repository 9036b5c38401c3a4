"""The archive as an SQLite database with full-text search, which opens in Datasette as it is; the same bytes on every machine."""

from collections.abc import Iterator, Sequence
from contextlib import closing

from generator.publish.exports.records import About, BriefingRecord, TermRecord
from generator.publish.urls import make_uri

# The number of a briefing is a column of its own, since VACUUM may renumber rows that have none, and the search goes by it.
# Datasette and sqlite-utils know the search of a table by the words `content="briefings"` with these quotation marks.
# Chinese and Japanese have no spaces, so that a whole clause is one word. The tokenizer that knows parts of words (trigram, three
# letters at least) came with SQLite 3.34: with an older one nobody could open the table, and two signs are a word in Chinese.
# Words of Hindi and Thai hold vowel signs (Mc, Mn), which the tokenizer by itself would take for their ends.
_SCHEMA = """
CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kinds (key TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE TABLE briefings (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT NOT NULL, changed TEXT NOT NULL,
    url TEXT NOT NULL, kind TEXT REFERENCES kinds (key), language TEXT, translation_of TEXT REFERENCES briefings (id),
    rights TEXT NOT NULL, summary TEXT, body TEXT
);
CREATE INDEX briefings_date ON briefings (date);
CREATE TABLE key_points (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, text TEXT NOT NULL,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE TABLE people (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, key TEXT NOT NULL, name TEXT NOT NULL, url TEXT,
    office TEXT,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE TABLE organisations (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, key TEXT NOT NULL, name TEXT NOT NULL, url TEXT,
    abbreviation TEXT,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE TABLE sources (
    briefing INTEGER REFERENCES briefings (number), position INTEGER,
    publisher TEXT, title TEXT, url TEXT, published TEXT, author TEXT,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE TABLE corrections (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, date TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE TABLE aliases (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, url TEXT NOT NULL,
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE briefings_fts USING fts5 (
    title, summary, body, content="briefings", content_rowid="number",
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
);
"""
_TERM_SCHEMA = """
CREATE TABLE {family} (key TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE TABLE briefings_{family} (
    briefing INTEGER REFERENCES briefings (number), position INTEGER, {term} TEXT REFERENCES {family} (key),
    PRIMARY KEY (briefing, position)
) WITHOUT ROWID;
CREATE INDEX briefings_{family}_{term} ON briefings_{family} ({term}, briefing);
"""
_FAMILIES = (("countries", "country"), ("pairs", "pair"), ("sectors", "sector"))

Rows = list[Sequence[object]]


class Database:
    """The tables: `briefings`, numbered from the first that is added, those of what each has several of, and `briefings_fts`."""

    def __init__(self, about: About) -> None:
        """Start with tables that are empty, but for what the archive is; those come first to which others refer."""
        self._about = about
        self._terms: dict[str, dict[str, TermRecord]] = {"kinds": {}, **{family: {} for family, _ in _FAMILIES}}
        parts = ("key_points", "people", "organisations", "sources", "corrections", "aliases")
        self._rows: dict[str, Rows] = {table: [] for table in ("briefings", *parts)}
        self._rows |= {f"briefings_{family}": [] for family, _ in _FAMILIES}

    def add(self, record: BriefingRecord) -> None:
        """Add the rows of one more briefing."""
        number = len(self._rows["briefings"]) + 1
        self._rows["briefings"].append(_make_row(number, record))
        for table, found in _find_parts(record):
            self._rows[table] += [(number, position, *part) for position, part in enumerate(found, 1)]
        for family, met in _find_terms(record):
            self._terms[family].update((term.key, term) for term in met)

    def finish(self) -> bytes:
        """Return the file."""
        import sqlite3

        terms = {
            family: [(key, known[key].name, known[key].url) for key in sorted(known)] for family, known in self._terms.items()
        }
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript("PRAGMA page_size = 4096;" + _SCHEMA)
            for family, term in _FAMILIES:
                database.executescript(_TERM_SCHEMA.format(family=family, term=term))
            for table, rows in ({"metadata": _find_metadata(self._about)} | terms | self._rows).items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  # Names are those of this module.
            database.execute("INSERT INTO briefings_fts (briefings_fts) VALUES ('rebuild')")
            database.execute("INSERT INTO briefings_fts (briefings_fts) VALUES ('optimize')")
            database.commit()
            database.execute("VACUUM")
            return _without_traces(database.serialize())


def _find_metadata(about: About) -> Rows:
    told = {
        "title": about.title,
        "description": about.description,
        "base_url": make_uri(about.base_url),
        "licence": about.licence.name,
        "licence_url": about.licence.url,
        "changed": about.changed.isoformat() if about.changed else "",
    }
    return [(key, value) for key, value in sorted(told.items()) if value]


def _make_row(number: int, record: BriefingRecord) -> Sequence[object]:
    kind = record.kind.key if record.kind else None
    told = (record.id, record.title, record.date.isoformat(), record.changed.isoformat(), record.url)
    return (number, *told, kind, record.language, record.translation_of, record.rights, record.summary, record.body)


def _find_parts(record: BriefingRecord) -> Iterator[tuple[str, Rows]]:
    yield "key_points", [(point,) for point in record.key_points]
    yield "people", [(person.key, person.name, person.url, person.office) for person in record.people]
    yield "organisations", [(body.key, body.name, body.url, body.abbreviation) for body in record.organisations]
    yield "sources", [(item.publisher, item.title, item.url, item.published, item.author) for item in record.sources]
    yield "corrections", [(note.date.isoformat(), note.text) for note in record.corrections]
    yield "aliases", [(url,) for url in record.aliases]
    for family, terms in _find_terms(record):
        if family != "kinds":
            yield f"briefings_{family}", [(term.key,) for term in terms]


def _find_terms(record: BriefingRecord) -> Iterator[tuple[str, tuple[TermRecord, ...]]]:
    yield "kinds", (record.kind,) if record.kind else ()
    yield "countries", record.countries
    yield "pairs", record.pairs
    yield "sectors", record.sectors


def _without_traces(database: bytes) -> bytes:
    """Return a database whose header says neither how often it was written nor by which version of SQLite.

    These twelve bytes are the only ones in which the same tables, written by two versions, must differ.
    Source: sqlite.org/fileformat2.html, 1.3 (offsets 24, 92 and 96; the first two have to be equal).
    """
    once = (1).to_bytes(4, "big")
    # Of 10,000 briefings it has 50 MB, of which a slice would be another copy.
    return b"".join((database[:24], once, database[28:92], once, bytes(4), memoryview(database)[100:]))
