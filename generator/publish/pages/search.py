"""The search page: what it is without JavaScript, which is a directory of all facets and an index from A to Z."""

from collections.abc import Iterator

from msgspec import Struct

from generator.publish.archive import Archive
from generator.publish.cards import Term
from generator.publish.listing import Crumb, Facet, Heading
from generator.publish.page import Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import BRIEFINGS, FAMILIES, FAMILY_TITLES, HOME, SEARCH
from generator.text import first_letter, fold

ORDER = ("country", "sector", "pair", "kind", "year", "person", "organisation")
# Everybody pays for the directory, also those who search: 400 names are 8 kB after gzip.
GROUP_SIZE = 40
INDEX_SIZE = 400


class DirectoryGroup(Struct, frozen=True):
    """The terms of one family with the most briefings; `rest` is how many more its own index has."""

    title: str
    url: str
    entries: tuple[Facet, ...]
    rest: int = 0


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the search page, and the description by which browsers offer it in their address bar, where the site has a search."""
    if not site.families.search:
        return
    families = tuple(family for family in ORDER if has_family(site, family) and archive.by_family(family))
    groups = tuple(_make_group(family, archive) for family in families)
    everything = Facet("All briefings", BRIEFINGS, len(archive.cards))
    named = [family for family in families if family not in ("pair", "kind", "year")]
    counts = [(term, count) for family in named for term, count in _count(archive, family)]
    context = {
        "site": site,
        "heading": Heading(SEARCH, "Search", "Archive", "Find briefings by words, terms and dates.", (Crumb("Home", HOME),)),
        "groups": (DirectoryGroup("Everything", "", (everything,)), *groups) if archive.cards else (),
        "letters": _make_letters(counts),
        "unlisted": max(0, len(counts) - INDEX_SIZE),
    }
    yield Page(SEARCH, View("pages/search.html", context), "search")
    yield Page(f"{SEARCH}opensearch.xml", View("feeds/opensearch.xml", {"site": site}), "search")


def _count(archive: Archive, family: str) -> list[tuple[Term, int]]:
    """Return the terms of a family with their numbers of briefings: those with most first, years by time."""
    counts = [(term, len(cards)) for term, cards in archive.by_family(family).items()]
    if family == "year":
        return sorted(counts, key=lambda item: item[0].key, reverse=True)
    return sorted(counts, key=lambda item: (-item[1], item[0].name, item[0].key))


def _make_group(family: str, archive: Archive) -> DirectoryGroup:
    counts = _count(archive, family)
    entries = tuple(Facet(term.name, term.url, count) for term, count in counts[:GROUP_SIZE])
    return DirectoryGroup(FAMILY_TITLES[family], FAMILIES[family], entries, max(0, len(counts) - GROUP_SIZE))


def _make_letters(counts: list[tuple[Term, int]]) -> tuple[DirectoryGroup, ...]:
    """Return the names met most often by their first letter; accents do not make letters of their own."""
    kept = sorted(counts, key=lambda item: -item[1])[:INDEX_SIZE]
    letters: dict[str, list[Facet]] = {}
    for term, count in sorted(kept, key=lambda item: (fold(item[0].name), item[0].url)):
        letters.setdefault(first_letter(term.name), []).append(Facet(term.name, term.url, count))
    return tuple(DirectoryGroup(letter, "", tuple(entries)) for letter, entries in letters.items())
