"""What pages show, by digests; and held against the last build what is therefore stale, fresh or gone, and why."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.fingerprint import SIZE_BYTES, digest_bytes
from generator.publish.page import Page, View, page_parts

Parts = bytes
"""The names of the things that a page shows, and their digests, in one piece: of 110,000 pages most are only compared."""


def dump_parts(parts: Mapping[str, bytes]) -> Parts:
    """Return the digests of a page in one piece; equal ones in the same order are equal bytes."""
    return b"".join((",".join(parts).encode(), b"\n", *parts.values()))


def load_parts(parts: Parts) -> Mapping[str, bytes]:
    """Return by name the digests that `dump_parts` made one piece of."""
    head, _, digests = parts.partition(b"\n")
    return {name: digests[place * SIZE_BYTES : (place + 1) * SIZE_BYTES] for place, name in enumerate(head.decode().split(","))}


class Changes(Struct, frozen=True):
    """What a build has to do: `stale` maps the address of each page to be made to its reason, `fresh` stays, `gone` goes."""

    stale: Mapping[str, str]
    fresh: frozenset[str]
    gone: frozenset[str]


class Fingerprinter:
    """Tells what the pages of one plan show, by digests; `engine` covers the generator's source and what its libraries shape.

    `closures` maps each template to the digest of all that it needs. Digests of what many pages show are remembered by identity,
    so this may not outlive the pages.
    """

    def __init__(self, engine: bytes, closures: Mapping[str, bytes]) -> None:
        self.engine = engine
        self.closures = closures
        self._memo: dict[int, bytes] = {}

    def fingerprint(self, page: Page) -> Parts:
        """Return the digest of each thing that a page shows: its template's closure, its context, the engine."""
        parts = page_parts(page, self._memo)
        if isinstance(page.body, View):
            parts["template"] = self.closures.get(page.body.template, _NO_TEMPLATE)
        parts["engine"] = self.engine
        return dump_parts(parts)

    def fingerprint_all(self, pages: Iterable[Page]) -> dict[str, Parts]:
        """Return the same of each page by its address."""
        return {page.url: self.fingerprint(page) for page in pages}


_NO_TEMPLATE = digest_bytes(b"")  # Rendering will say that there is none.


def compare_manifests(old: Mapping[str, Parts], new: Mapping[str, Parts]) -> Changes:
    """Compare two manifests: a page is stale when anything that it shows has another digest, and the reason names what."""
    stale = {url: reason for url, parts in new.items() if (reason := _find_reason(old.get(url), parts))}
    return Changes(stale, frozenset(new.keys() - stale.keys()), frozenset(old.keys() - new.keys()))


def _find_reason(old: Parts | None, new: Parts) -> str:
    if old is None:
        return "new"
    if old == new:
        return ""
    before, now = load_parts(old), load_parts(new)
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return "changed: " + ", ".join(names)


def explain_page(url: str, reasons: Mapping[str, str], changes: Changes) -> tuple[str, ...]:
    """Return in sentences why the last build made a page or left it, and what the next one would do; none for no page of ours.

    `reasons` are those of the last build, `changes` what has changed since.
    """
    if url in changes.gone:
        return (f"{url} stands in the site, and the next build would take it away: nothing in the archive asks for it any more.",)
    reason = changes.stale.get(url, "")
    if reason == "new":
        return (f"{url} is not in the site as it stands, so the next build would make it.",)
    if not reason and url not in changes.fresh:
        return ()
    last = reasons.get(url, "")
    if last == "new":
        past = f"The last build made {url}, because it was not there before."
    elif last:
        past = f"The last build made {url} again, because something that it shows had changed: {_name_parts(last)}."
    else:
        past = f"The last build left {url} as it was, because nothing that it shows had changed."
    if reason:
        return (past, f"The next build would make it again, because something has changed since: {_name_parts(reason)}.")
    return (past, "The next build would leave it as it is, because nothing that it shows has changed since.")


_SPOKEN = {
    "engine": "the generator itself",
    "template": "its template",
    "site": "what every page shows",
    "bytes": "its bytes",
    "value": "its values",
    "function": "how it is made",
    "arguments": "what it is made of",
}


def _name_parts(reason: str) -> str:
    """Return the parts of a reason in words: `changed: latest, template` is `its template, what it calls "latest"`."""
    names = reason.removeprefix("changed: ").split(", ")
    spoken = sorted(_SPOKEN[name] for name in names if name in _SPOKEN)
    others = " and ".join(f'"{name}"' for name in sorted(names) if name not in _SPOKEN)
    return ", ".join([*spoken, *([f"what its template calls {others}"] if others else [])])
