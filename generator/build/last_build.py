"""What a build leaves behind for the next one of the same output: what it was asked and found, and what stands in its site."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.cache import Kept, pack, unpack
from generator.keeping import drop_kept, read_kept, write_kept
from generator.places import Places, Stat

BUILD_CACHE = "build"
VERSION = 7


@dataclass(frozen=True, slots=True)
class LastPages:
    """What one build made: its pages and what they were made of; an empty one knows nothing.

    `front` is the digest of all but the texts. By path, `files` has the state and digest of each briefing. By address, `manifest`
    has the digests of what each page shows, `reasons` why some were made; `wholes` are the addresses of what shows all texts.
    """

    front: bytes = b""
    files: Mapping[str, tuple[Stat, bytes]] = field(default_factory=dict)
    manifest: Mapping[str, bytes] = field(default_factory=dict)
    wholes: Iterable[str] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastBuild:
    """One build: its options, inputs and site; an empty one knows nothing.

    `key` is what `make_key` returned, `state` what a scan found of the inputs; by path, `sizes` has the bytes of each file of the
    site. `pages` returns the rest, which a build that finds nothing changed does not load.
    """

    key: list[Any] = field(default_factory=list)
    output: str = ""
    state: Mapping[str, Stat] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    briefings: int = 0
    drafts: int = 0
    problems: list[Kept] = field(default_factory=list)
    pages: Callable[[], LastPages] = LastPages


def make_key(shown: Mapping[str, Any]) -> list[Any]:
    """Return what a build must share with the last one to find nothing changed, besides its inputs: the options `shown`."""
    return [VERSION, dict(shown), sys.version]


def read_last_build(places: Places, damaged: list[Path]) -> LastBuild:
    """Return the last build of an output, an empty one where nothing of use is kept.

    A file that cannot be used joins `damaged`.
    """
    kept = read_kept(places.cache / BUILD_CACHE, damaged)
    # One cache may serve several outputs, and knows only the last of them; another version may keep other things of it.
    if kept.get("output") != str(places.output) or kept["key"][0] != VERSION:
        return LastBuild()
    return replace(LastBuild(**kept), pages=cache(lambda: LastPages(**unpack(kept["pages"]))))


def write_last_build(last: LastBuild, cache: Path) -> None:
    """Keep a build for the next one."""
    pages = last.pages()
    values = {item.name: getattr(last, item.name) for item in fields(last)}
    write_kept(cache / BUILD_CACHE, values | {"pages": pack({item.name: getattr(pages, item.name) for item in fields(pages)})})


def forget_last_build(cache: Path) -> None:
    """Remove what is kept of the last build, before another site takes the place of its own: a kill then costs time only."""
    drop_kept(cache / BUILD_CACHE)
