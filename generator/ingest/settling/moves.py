"""Addresses that briefings had before their files were renamed: an address is for ever, and only its editor can let it lead on.

The name of a file is the address of its briefing. Whoever renames it may not know that, and nothing that is left tells of the
old name but the list of what was ingested. So the list remembers each former id for as long as its briefing stands, and every run
tells of those that lead nowhere.
"""

from collections.abc import Callable, Container, Iterable, Mapping

from generator.errors import Location, Problem, warning
from generator.model import Briefing
from generator.places import INGESTED_PATH
from generator.publish.urls import briefing_url


def trace_moves(
    known: Mapping[str, str],
    listed: Iterable[tuple[str, str]],
    *,
    owner: Callable[[str], str],
    standing: Container[str],
    is_kept: Callable[[str], bool],
) -> dict[str, str]:
    """Return former id → id of all briefings that were renamed: those that are `known`, and what has happened since.

    `listed` are the digests of seeds, each with the id that its briefing had, and `owner` gives the id that it has now. An id of
    which the briefing neither stands nor `is_kept`, since a deletion can be undone, is forgotten.
    """
    steps = dict(known)
    for digest, old in listed:
        now = owner(digest)
        if now and now != old and old not in standing:
            steps[old] = now
    ends = {old: _follow(old, steps, standing) for old in steps}
    return {old: now for old, now in sorted(ends.items()) if now != old and (now in standing or is_kept(now))}


def _follow(old: str, steps: Mapping[str, str], standing: Container[str]) -> str:
    now, passed = steps[old], {old}
    while now not in standing and now in steps and now not in passed:
        passed.add(now)
        now = steps[now]
    return now


def group_moves(moved: Mapping[str, str], standing: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the former ids of each briefing that stands, but for those under which another stands now."""
    former: dict[str, tuple[str, ...]] = {}
    for old, now in moved.items():
        if now in standing and old not in standing:
            former[now] = (*former.get(now, ()), old)
    return former


def find_lost(briefing: Briefing, path: str, former: Iterable[str], folder: str) -> Problem | None:
    """Return the warning that addresses at which a briefing stood lead nowhere, with the line to write; `folder` is `content/`.

    A draft has no address to which one could lead.
    """
    lost = [url for url in map(briefing_url, former) if url not in briefing.aliases]
    if not lost or briefing.draft:
        return None
    what, has, where = ("address", "leads", "it") if len(lost) == 1 else ("addresses", "lead", "them")
    said = f"this file was renamed, and its former {what} {', '.join(lost)} {has} nowhere"
    hint = (
        f'write "aliases: [{", ".join((*briefing.aliases, *lost))}]" into its front matter, '
        f"or, where no reader ever had {where}, ingest and take {where} out of [moved] in {folder}/{INGESTED_PATH}"
    )
    return warning("lost-address", Location(path, 1), said, hint)
