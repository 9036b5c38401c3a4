"""Briefings that are missing together: a folder that is not mounted, not checked out or a link is no deletion by an editor."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.errors import ContentError, Location, Problem, error
from generator.files import read_file
from generator.places import LINKED, Places, Stat

# So many an editor may delete at once, whatever their share of a small archive.
FEW = 4
_ENTRY = b"{ id = "
_ID = re.compile(rb'^"[^"]*" = \{ id = ("(?:[^"\\]|\\.)*")', re.MULTILINE)


def find_absence(places: Places, state: Mapping[str, Stat]) -> Problem | None:
    """Return the error that most briefings of an archive are missing; `state` is what a scan found, by whole paths.

    Only the list of what was ingested tells how many there were, so briefings without a seed are not counted.
    """
    raw = read_file(places.ingested) or b""
    start = f"{places.briefings}/"
    standing = sum(path.startswith(start) and path.endswith(".md") for path in state)
    # A briefing may have several entries. To count them takes no time, to read 10,000 of them takes some milliseconds.
    if raw.count(_ENTRY) <= 2 * standing:
        return None
    known = len(set(_ID.findall(raw)))
    return _tell(places, known - standing, known)


def check_deletions(
    places: Places, state: Mapping[str, Stat], gone: Collection[str], known: Collection[str], *, allow_most: bool
) -> None:
    """Raise ContentError where briefings may be `gone` by no editor's will: behind a link, or most of those `known` by id."""
    start = str(places.briefings)
    links = sorted(path for path, now in state.items() if now == LINKED and (path == start or path.startswith(f"{start}/")))
    if links and (gone or links[0] == start):
        number = f"{len(gone):,} of the briefings are missing that may lie behind it" if gone else "briefings may lie behind it"
        said = f"nothing follows this symbolic link, and {number}"
        hint = "put what it leads to in its place"
        raise ContentError(*(error("unread-file", Location(places.shown(Path(link))), said, hint) for link in links))
    if not allow_most and (problem := _tell(places, len(gone), len(known))):
        raise ContentError(problem)


def _tell(places: Places, missing: int, known: int) -> Problem | None:
    folder = places.briefings
    if missing * 2 <= known or (missing <= FEW and folder.is_dir()):
        return None
    ledger = places.shown(places.ingested)
    said = f"{missing:,} of the {known:,} briefings that {ledger} knows are missing: no editor deletes so many at once"
    hint = (
        "bring the folder back, which may not be mounted or checked out; "
        'if you have deleted them, say so once with "bilateral ingest --allow-deletions"'
    )
    return error("missing-briefings", Location(places.shown(folder)), said, hint)
