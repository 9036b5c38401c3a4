"""The archive's memory of what was ingested: two files of `content/`, committed like everything else there.

A deletion leaves no trace in what is left, and a rule that reads the repository's history fails in a shallow clone. So ingest
keeps `ingested.toml`, the seeds behind the briefings that stood when it last ran. Where the briefing of such a seed is gone,
an editor deleted it: the entry moves to `declined.toml`, and the seed is not written again until somebody takes it out there.
Where it stands under another name, the list remembers the former one, which is an address that readers have.
A seed may have several digests in the list: it was scraped again with other dirt, or is another outlet's version of one story.

Each entry keeps a sketch of its text, 128 letters long: a version of a deleted text is known by it under any name and headline.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from msgspec import Struct

from generator.config.toml_places import Place, read_fault
from generator.errors import ContentError, Location, error
from generator.ingest.settling.duplicates import read_brief

_INGESTED_HEAD = """\
# Which seeds the briefings of this archive were made from, written by `bilateral ingest`. Commit it.
# A seed listed here whose briefing is gone counts as deleted by an editor and moves to declined.toml.
"""
_DECLINED_HEAD = """\
# Seeds whose briefings an editor deleted: `bilateral ingest` does not write them again.
# To undo a deletion, take the entries with its id out, or restore the briefing.
"""
_MOVED_HEAD = """\
# Where briefings stood before their files were renamed: an address is for ever, see `aliases` in front matter.
"""


class Declined(Struct, frozen=True):
    """A seed whose briefing was deleted: its digest, its file, the id that the briefing had, and the sketch of its text."""

    digest: str
    file: str
    id: str
    sketch: str = ""


class Entry(Struct, frozen=True):
    """A seed that stands behind a briefing: the briefing's id, the seed's file as it was when it was ingested, its sketch.

    `duplicate_of` is the id of another briefing that holds a version of the same text, and `unnamed` the source that an edited
    briefing does not name although its text came from there too: both are told until they are settled. `former` says that a newer
    version from the same place was taken over: where this one lies there again, it is a change like any other.
    """

    id: str
    file: str
    sketch: str = ""
    duplicate_of: str = ""
    unnamed: str = ""
    former: bool = False


_OPTIONAL = ("sketch", "duplicate_of", "unnamed")


def parse_ingested(raw: bytes | None, path: str) -> dict[str, Entry]:
    """Return digest → entry of the list of ingested seeds; no file means nothing was ingested yet.

    Raises: ContentError when the file cannot be read: guessing could bring deleted briefings back.
    """
    entries = _parse(raw, path, "seeds", "moved").get("seeds", {})
    if not isinstance(entries, dict):
        raise _broken(path, '"seeds" is not a table')
    found: dict[str, Entry] = {}
    for digest, value in entries.items():
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            raise _broken(path, f'the entry "{digest}" has no "id"')
        _check_sketch(value, path)
        more = {name: str(value[name]) for name in _OPTIONAL if name in value}
        found[digest] = Entry(value["id"], str(value.get("file", "")), **more, former=value.get("former") is True)
    return found


def parse_moved(raw: bytes | None, path: str) -> dict[str, str]:
    """Return former id → id of the briefings whose files were renamed.

    Raises: ContentError when the file cannot be read.
    """
    if not raw or b"moved" not in raw:  # Most lists have none, and to read 10,000 lines twice would take half a second.
        return {}
    moved = _parse(raw, path, "seeds", "moved").get("moved", {})
    if not isinstance(moved, dict) or not all(isinstance(now, str) for now in moved.values()):
        raise _broken(path, '"moved" is not a table of former ids, each with the one that it is now')
    return moved


def dump_ingested(entries: Mapping[str, Entry], moved: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the file that lists the ingested seeds, sorted by briefing, so that two branches merge line by line."""
    lines = [
        f"{_quote(digest)} = {_dump_entry(entry)}\n"
        for digest, entry in sorted(entries.items(), key=lambda item: (item[1].id, item[0]))
    ]
    former = [f"{_quote(old)} = {_quote(now)}\n" for old, now in sorted(moved.items())]
    tail = f"\n{_MOVED_HEAD}\n[moved]\n{''.join(former)}" if former else ""
    return f"{_INGESTED_HEAD}\n[seeds]\n{''.join(lines)}{tail}"


def _dump_entry(entry: Entry) -> str:
    names = ("id", "file", *(name for name in _OPTIONAL if getattr(entry, name)))
    said = [f"{name} = {_quote(getattr(entry, name))}" for name in names]
    return f"{{ {', '.join((*said, 'former = true') if entry.former else said)} }}"


def parse_declined(raw: bytes | None, path: str) -> dict[str, Declined]:
    """Return digest → the declined seed.

    Raises: ContentError when the file cannot be read.
    """
    items = _parse(raw, path, "declined").get("declined", [])
    if not isinstance(items, list):
        raise _broken(path, '"declined" is not a list of entries: each begins with [[declined]]')
    found: dict[str, Declined] = {}
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("digest"), str):
            raise _broken(path, 'an entry has no "digest"')
        _check_sketch(item, path)
        sketch = str(item.get("sketch", ""))
        found[item["digest"]] = Declined(item["digest"], str(item.get("file", "")), str(item.get("id", "")), sketch)
    return found


def amend_declined(raw: bytes | None, entries: Mapping[str, Declined], path: str) -> str:
    """Return the file that lists the declined seeds: what an editor wrote in it stays, entries are put in and taken out.

    New entries stand where their ids sort, so that two branches merge.

    Raises: ContentError where the file is written in a form to which nothing can be added for certain.
    """
    text = raw.decode("utf-8-sig") if raw else _DECLINED_HEAD
    known = parse_declined(raw, path).keys()
    if raw and known == entries.keys():
        return text
    starts = [match.start() for match in _ENTRY.finditer(text)]
    head, *blocks = (text[start:end] for start, end in pairwise((0, *starts, len(text))))
    if parse_declined(head.encode(), path):
        raise _broken(path, "nothing can be added to it as it is written: each entry begins with a line [[declined]]")
    listed = [next(iter(parse_declined(block.encode(), path).values())) for block in blocks]
    kept = [(entry.id, _keep(block, entry, entries)) for entry, block in zip(listed, blocks, strict=True)]
    new = [entry for digest, entry in entries.items() if digest not in known]
    for entry in sorted(new, key=lambda entry: (entry.id, entry.digest)):
        place = next((number for number, (other, _) in enumerate(kept) if other > entry.id), len(kept))
        kept.insert(place, (entry.id, _dump_declined(entry)))
    parts = (part.strip("\r\n") for part in (head, *(part for _, part in kept)))
    return "\n\n".join(part for part in parts if part) + "\n"


# Comments right over an entry are about it.
_ENTRY = re.compile(r"^(?:[ \t]*#[^\n]*\n)*[ \t]*\[\[[ \t]*declined[ \t]*\]\]", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*#.*\n?", re.MULTILINE)


def _keep(block: str, entry: Declined, entries: Mapping[str, Declined]) -> str:
    """Return what stays of an entry: all of it, or its comments when its briefing stands again."""
    return block if entry.digest in entries else "".join(_COMMENT.findall(block))


def _dump_declined(entry: Declined) -> str:
    names = ("id", "file", "digest", *(("sketch",) if entry.sketch else ()))
    return "[[declined]]\n" + "\n".join(f"{name} = {_quote(getattr(entry, name))}" for name in names)


def _parse(raw: bytes | None, path: str, *keys: str) -> dict[str, object]:
    if raw is None:
        return {}
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise _broken(path, "it is not UTF-8 text") from problem
    except tomllib.TOMLDecodeError as problem:
        said, place = read_fault(problem)
        raise _broken(path, f"it is not valid TOML: {said}", place) from problem
    if unknown := sorted(table.keys() - set(keys)):
        raise _broken(path, f'it holds "{unknown[0]}", which nothing reads')
    return table


def _check_sketch(item: Mapping[str, object], path: str) -> None:
    try:
        read_brief(str(item.get("sketch", "")))
    except ValueError as problem:
        raise _broken(path, 'the "sketch" of an entry is none') from problem


def _broken(path: str, message: str, place: Place = (0, 0)) -> ContentError:
    return ContentError(error("broken-ledger", Location(path, *place), message, "mend it, or restore it from the repository"))


def _quote(text: str) -> str:
    """Return a text as a TOML string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
