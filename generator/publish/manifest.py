"""What was written last time, and what is therefore stale, fresh or gone, and why: a pure comparison of digests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.publish.page import Page, View, page_parts

Parts = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build has to do: `stale` maps the address of each page to be made to its reason, `fresh` stays, `gone` goes."""

    stale: Mapping[str, str]
    fresh: frozenset[str]
    gone: frozenset[str]


def fingerprint_pages(pages: Iterable[Page], *, engine: bytes, closures: Mapping[str, bytes]) -> dict[str, Parts]:
    """Return, by address, the digest of each thing that a page shows: its template's closure, its context, the engine.

    `engine` covers the generator's own source and the versions of the libraries that shape the bytes.
    """
    memo: dict[int, bytes] = {}
    manifest: dict[str, Parts] = {}
    for page in pages:
        parts = page_parts(page, memo)
        if isinstance(page.body, View):
            parts["template"] = closures.get(page.body.template, b"")
        parts["engine"] = engine
        manifest[page.url] = parts
    return manifest


def find_changes(old: Mapping[str, Parts], new: Mapping[str, Parts]) -> Changes:
    """Compare two manifests: a page is stale when anything that it shows has another digest, and the reason names what."""
    stale = {url: reason for url, parts in new.items() if (reason := _find_reason(old.get(url), parts))}
    return Changes(stale, frozenset(new.keys() - stale.keys()), frozenset(old.keys() - new.keys()))


def _find_reason(old: Parts | None, new: Parts) -> str:
    if old is None:
        return "new"
    if old == new:
        return ""
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return "changed: " + ", ".join(names)
