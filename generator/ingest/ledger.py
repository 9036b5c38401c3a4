"""The archive's memory of what was ingested: two files of `content/`, committed like everything else there.

A deletion leaves no trace in what is left, and a rule that reads the repository's history fails in a shallow clone. So ingest
keeps `ingested.toml`, the seeds behind the briefings that stood when it last ran. Where the briefing of such a seed is gone,
an editor deleted it: the entry moves to `declined.toml`, and the seed is not written again until somebody takes it out there.
A seed may have several digests in the list: it was scraped again with other dirt, or is another outlet's version of one story.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import ContentError, Location, error

INGESTED_PATH = "ingested.toml"
DECLINED_PATH = "declined.toml"
_INGESTED_HEAD = """\
# Which seeds the briefings of this archive were made from, written by `bilateral ingest`. Commit it.
# A seed listed here whose briefing is gone counts as deleted by an editor and moves to declined.toml.
"""
_DECLINED_HEAD = """\
# Seeds whose briefings an editor deleted: `bilateral ingest` does not write them again.
# To undo a deletion, take its entry out, or restore the briefing.
"""


@dataclass(frozen=True, slots=True)
class Declined:
    """A seed whose briefing was deleted: its digest, its file, and the id that the briefing had."""

    digest: str
    file: str
    id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A seed that stands behind a briefing: the briefing's id, and the seed's file as it was when it was ingested."""

    id: str
    file: str


def parse_ingested(raw: bytes | None, path: str) -> dict[str, Entry]:
    """Return digest → entry of the list of ingested seeds; no file means nothing was ingested yet.

    Raises: ContentError when the file cannot be read: guessing could bring deleted briefings back.
    """
    table = _parse(raw, path)
    entries = table.get("seeds", {})
    if not isinstance(entries, dict):
        raise _broken(path, '"seeds" is not a table')
    found: dict[str, Entry] = {}
    for digest, value in entries.items():
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            raise _broken(path, f'the entry "{digest}" has no "id"')
        found[digest] = Entry(value["id"], str(value.get("file", "")))
    return found


def dump_ingested(entries: Mapping[str, Entry]) -> str:
    """Return the file that lists the ingested seeds, sorted by briefing, so that two branches merge line by line."""
    lines = [
        f"{_quote(digest)} = {{ id = {_quote(entry.id)}, file = {_quote(entry.file)} }}\n"
        for digest, entry in sorted(entries.items(), key=lambda item: (item[1].id, item[0]))
    ]
    return f"{_INGESTED_HEAD}\n[seeds]\n{''.join(lines)}"


def parse_declined(raw: bytes | None, path: str) -> dict[str, Declined]:
    """Return digest → the declined seed.

    Raises: ContentError when the file cannot be read.
    """
    found: dict[str, Declined] = {}
    items = _parse(raw, path).get("declined", [])
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("digest"), str):
            raise _broken(path, 'an entry has no "digest"')
        found[item["digest"]] = Declined(item["digest"], str(item.get("file", "")), str(item.get("id", "")))
    return found


def dump_declined(entries: Mapping[str, Declined]) -> str:
    """Return the file that lists the declined seeds, sorted by the id that the briefing had."""
    blocks = [
        f"\n[[declined]]\nid = {_quote(entry.id)}\nfile = {_quote(entry.file)}\ndigest = {_quote(entry.digest)}\n"
        for entry in sorted(entries.values(), key=lambda entry: (entry.id, entry.digest))
    ]
    return _DECLINED_HEAD + "".join(blocks)


def _parse(raw: bytes | None, path: str) -> dict[str, object]:
    if raw is None:
        return {}
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _broken(path, f"it is not valid TOML: {problem}") from problem


def _broken(path: str, message: str) -> ContentError:
    return ContentError(error("broken-ledger", Location(path), message, "mend it, or restore it from the repository"))


def _quote(text: str) -> str:
    """Return a text as a TOML string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
