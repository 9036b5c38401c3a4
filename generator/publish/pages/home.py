"""The home page: what is new, what is big, where to start."""

from collections.abc import Iterator

from generator.publish.archive import Archive, Index
from generator.publish.listing import Facet, FacetGroup, Heading, plan_feeds
from generator.publish.page import Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import FAMILIES, HOME

LATEST = 8
LARGEST = 12


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the home page and the feeds of the whole archive."""
    heading = Heading(HOME, site.title, lead=site.description)
    entrances = tuple(
        FacetGroup(title, _largest(archive.by_family(family)))
        for title, family in (("Country pairs", "pair"), ("Sectors", "sector"), ("Countries", "country"), ("Kinds", "kind"))
        if archive.by_family(family) and has_family(site, family)
    )
    sizes = tuple(
        Facet(name, FAMILIES[family], len(archive.by_family(family)))
        for name, family in (("country", "country"), ("country pair", "pair"), ("sector", "sector"))
        if has_family(site, family)
    )
    context = {
        "site": site,
        "heading": heading,
        "latest": archive.cards[:LATEST],
        "entrances": entrances,
        "sizes": sizes,
        "total": len(archive.cards),
        "years": tuple(Facet(term.name, term.url, len(cards)) for term, cards in archive.by_year.items()),
    }
    yield Page(HOME, View("pages/home.html", context), "home")
    if site.families.feeds:
        yield from plan_feeds(heading, archive.cards, archive, site)


def _largest(index: Index) -> tuple[Facet, ...]:
    order = sorted(index, key=lambda term: (-len(index[term]), term.name))
    return tuple(Facet(term.name, term.url, len(index[term])) for term in order[:LARGEST])
