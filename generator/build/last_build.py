"""What a build leaves behind for the next one of the same output: what it was asked and found, and what stands in its site."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from generator.cache import Kept
from generator.keeping import drop_kept, read_kept, write_kept
from generator.places import Places, Stat

BUILD_CACHE = "build"
VERSION = 5


@dataclass(frozen=True, slots=True)
class LastBuild:
    """One build: its options, inputs and pages; an empty one knows nothing.

    `key` is what `make_key` returned, `state` what a scan found of the inputs, `front` the digest of all but the texts. By
    address, `manifest` has the digests of what each page shows, `reasons` why some were made; by path, `files` has the state and
    digest of each briefing, `sizes` the bytes of each file of the site. `wholes` are the addresses of what shows all texts.
    """

    key: list[Any] = field(default_factory=list)
    output: str = ""
    state: Mapping[str, Stat] = field(default_factory=dict)
    front: bytes = b""
    files: Mapping[str, tuple[Stat, bytes]] = field(default_factory=dict)
    manifest: Mapping[str, bytes] = field(default_factory=dict)
    wholes: Iterable[str] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    briefings: int = 0
    drafts: int = 0
    problems: list[Kept] = field(default_factory=list)


def make_key(shown: Mapping[str, Any]) -> list[Any]:
    """Return what a build must share with the last one to find nothing changed, besides its inputs: the options `shown`."""
    return [VERSION, dict(shown), sys.version]


def read_last_build(places: Places, damaged: list[Path]) -> LastBuild:
    """Return the last build of an output, an empty one where nothing of use is kept.

    A file that cannot be used joins `damaged`.
    """
    kept = read_kept(places.cache / BUILD_CACHE, damaged)
    # One cache may serve several outputs, and knows only the last of them.
    if kept.get("output") != str(places.output) or kept.keys() != {item.name for item in fields(LastBuild)}:
        return LastBuild()
    return LastBuild(**kept)


def write_last_build(last: LastBuild, cache: Path) -> None:
    """Keep a build for the next one."""
    write_kept(cache / BUILD_CACHE, {item.name: getattr(last, item.name) for item in fields(last)})


def forget_last_build(cache: Path) -> None:
    """Remove what is kept of the last build, before another site takes the place of its own: a kill then costs time only."""
    drop_kept(cache / BUILD_CACHE)
