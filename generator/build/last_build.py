"""What a build leaves behind for the next one of the same output: what it was asked and found, and what stands in its site."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.cache import Kept, pack, unpack
from generator.keeping import drop_kept, read_kept, write_kept
from generator.places import Places, Stat

BUILD_CACHE = "build"
VERSION = 8


class LastPages(NamedTuple):
    """What one build made: its pages and what they were made of; an empty one knows nothing.

    `front` is the digest of all but the texts, `stamp` that of all records. By path, `digests` has that of each briefing's file.
    By address, `manifest` has the digests of what each page shows, `reasons` why some were made; `wholes` are the addresses of
    what shows all texts.
    """

    front: bytes = b""
    stamp: bytes = b""
    digests: Mapping[str, bytes] = MappingProxyType({})
    manifest: Mapping[str, bytes] = MappingProxyType({})
    wholes: Iterable[str] = ()
    reasons: Mapping[str, str] = MappingProxyType({})


class LastBuild(NamedTuple):
    """One build: its options, inputs and site; an empty one knows nothing.

    `key` is what `make_key` returned, `state` what a scan found of the inputs; by path, `sizes` has the bytes of each file of the
    site. `pages` returns the rest, which a build that finds nothing changed does not load.
    """

    key: Sequence[Any] = ()
    output: str = ""
    state: Mapping[str, Stat] = MappingProxyType({})
    sizes: Mapping[str, int] = MappingProxyType({})
    briefings: int = 0
    drafts: int = 0
    problems: Sequence[Kept] = ()
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
    return LastBuild(**kept)._replace(pages=cache(lambda: LastPages(**unpack(kept["pages"]))))


def write_last_build(last: LastBuild, cache: Path) -> None:
    """Keep a build for the next one."""
    pages = last.pages()
    values = last._asdict()
    write_kept(cache / BUILD_CACHE, values | {"pages": pack(pages._asdict())})


def forget_last_build(cache: Path) -> None:
    """Remove what is kept of the last build, before another site takes the place of its own: a kill then costs time only."""
    drop_kept(cache / BUILD_CACHE)
