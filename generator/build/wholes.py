"""What shows all briefings at once, and what of it is kept from build to build: an edit makes anew only what it changes there."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec.structs import astuple

from generator.files import prune
from generator.fingerprint import digest_bytes
from generator.keeping import read_kept, write_kept
from generator.publish.archive import Archive
from generator.publish.page import Page
from generator.publish.pages import plan_wholes
from generator.publish.pages.downloads import Packed, pack_textless
from generator.publish.site import Site

if TYPE_CHECKING:
    from generator.publish.search import Segment

DOWNLOADS_CACHE = "downloads"
SEARCH_CACHE = "segments"


def plan_downloads(archive: Archive, site: Site, *, cards: bytes, cache: Path | None, damaged: list[Path]) -> tuple[Page, ...]:
    """Return the pages of the downloads; `cards` is the digest of all that they are made of, but for the texts.

    Those that hold no texts come from the cache where only texts have changed: with 10,000 briefings an edit made them in 3.5 of
    the 8.3 s that it took for all pages.
    """
    if not site.families.downloads:
        if cache:
            with suppress(OSError):  # A disk that cannot be written keeps what was kept for a site with downloads.
                (cache / DOWNLOADS_CACHE).unlink(missing_ok=True)
        return ()
    kept = read_kept(cache / DOWNLOADS_CACHE, damaged) if cache else {}
    if kept.get("cards") == cards:
        packed = tuple([Packed(*values) for values in kept["packed"]])
    else:
        packed = pack_textless(archive, site)
        if cache:
            write_kept(cache / DOWNLOADS_CACHE, {"cards": cards, "packed": [astuple(item) for item in packed]})
    return tuple(plan_wholes(archive, site, packed))


def plan_index(
    archive: Archive, site: Site, *, cache: Path | None, damaged: list[Path], jobs: int, engine: bytes
) -> tuple[Page, ...]:
    """Return the pages of the search index; the words of a period whose briefings are as they were come from the cache."""
    from generator.publish.search import make_segments, plan_search, plan_segments  # 15 ms, for sites that have a search.

    plans = plan_segments(archive.articles)
    # A file for each period: in one they would all be written after every edit, of 10,000 briefings 23 MB.
    paths = [cache / SEARCH_CACHE / digest_bytes(engine + plan.digest).hex() for plan in plans] if cache else []
    segments = [cast("Segment | None", read_kept(path, damaged) or None) for path in paths] or [None] * len(plans)
    new = [place for place, segment in enumerate(segments) if segment is None]
    richest = max(filter(None, segments), key=lambda segment: len(segment["rows"]), default=None)
    made = make_segments([plans[place] for place in new], known=richest["stems"] if richest else {}, jobs=jobs)
    for place, segment in zip(new, made, strict=True):
        segments[place] = segment
        if cache:
            write_kept(paths[place], dict(segment))
    if cache:
        prune(cache / SEARCH_CACHE, {path.name for path in paths})
    return tuple(plan_search(archive, site, plans=plans, segments=[segment for segment in segments if segment is not None]))
