"""What describes the downloads: a data package, and checksums."""

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from generator.publish.exports.records import About, describe_licence
from generator.publish.exports.tables import COLUMNS, INSTEAD, SEPARATOR
from generator.publish.urls import make_uri

LINE_SCHEMA = "briefing.schema.json"


class Download(Struct, frozen=True):
    """A file to take away, as the data package and the checksums tell of it."""

    name: str
    size_bytes: int
    sha256: str


def describe_download(name: str, content: bytes) -> Download:
    """Return size and checksum of a file."""
    return Download(name, len(content), hashlib.sha256(content).hexdigest())


def render_checksums(downloads: Iterable[Download]) -> bytes:
    """Return the lines that `sha256sum --check` reads, in the order of names."""
    lines = sorted((download.name, download.sha256) for download in downloads)
    return "".join(f"{digest}  {name}\n" for name, digest in lines).encode()


class _Form(Struct, frozen=True):
    """What the data package says of files with one ending; one without `encoding` is no text."""

    mediatype: str
    description: str
    encoding: str = "utf-8"
    more: Mapping[str, object] = MappingProxyType({})


_FORMS: Mapping[str, _Form] = {
    "csv": _Form(
        "text/csv",
        f"A row for each briefing, without its text. Several values of a cell stand with {SEPARATOR} between them, and {INSTEAD} "
        "in its place within one. An apostrophe stands before a cell that a spreadsheet would take for a formula, since it "
        "begins with =, +, - or @.",
        more={
            "type": "table",
            "schema": {
                "fields": [column.describe() for column in COLUMNS],
                "primaryKey": ["id"],
                "foreignKeys": [{"fields": ["translation_of"], "reference": {"fields": ["id"]}}],
            },
        },
    ),
    "jsonl": _Form(
        "application/x-ndjson",
        "A briefing on each line, with its text. The JSON Schema of a line is the file that jsonSchema names.",
        more={"jsonSchema": LINE_SCHEMA},
    ),
    "sqlite": _Form(
        "application/vnd.sqlite3",
        "A table of the briefings with their texts, tables of what a briefing has several of, and a search in titles, summaries "
        "and texts (briefings_fts). What the archive is stands in the table metadata.",
        encoding="",
    ),
    "bib": _Form("application/x-bibtex", "How to cite each briefing, for BibTeX and BibLaTeX."),
    "ris": _Form("application/x-research-info-systems", "How to cite each briefing, for EndNote, Zotero and Mendeley."),
    "json": _Form("application/vnd.citationstyles.csl+json", "How to cite each briefing, for Zotero, Pandoc and citeproc."),
}
MEDIA_TYPES: Mapping[str, str] = {suffix: form.mediatype for suffix, form in _FORMS.items()}


def make_datapackage(about: About, downloads: Iterable[Download]) -> dict[str, object]:
    """Return the Frictionless descriptor (Data Package 2.0) of files beside it; CSV comes with the meaning of its columns."""
    # A moment is asked for. Noon is on the same day nearly everywhere.
    dated = {"version": about.version, "created": f"{about.changed}T12:00:00Z"} if about.changed else {}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "briefings",
        "title": about.title,
        "description": describe_licence(about.description, about.licence),
        **dated,
        "homepage": make_uri(about.base_url),
        "resources": [_describe_resource(download) for download in downloads],
    }


def _describe_resource(download: Download) -> dict[str, object]:
    suffix = download.name.rpartition(".")[2]
    form = _FORMS[suffix]
    resource = {
        "name": download.name.replace(".", "-"),
        "description": form.description,
        "path": download.name,
        "format": suffix,
        "mediatype": form.mediatype,
        "encoding": form.encoding,
        "bytes": download.size_bytes,
        "hash": f"sha256:{download.sha256}",
        **form.more,
    }
    return {name: value for name, value in resource.items() if value != ""}
