"""The home page: what is new, what is big, where to start."""

from collections.abc import Iterator

from generator.publish.archive import Archive, Index
from generator.publish.listing import Crumb, Facet, FacetGroup, Heading, plan_feeds
from generator.publish.page import Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import FAMILIES, HOME, MAP, MATRIX, TIMELINE, is_made

LATEST = 8
LARGEST = 10


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the home page and the feeds of the whole archive."""
    heading = Heading(HOME, site.title, lead=site.description)
    entrances = tuple(
        FacetGroup(title, _largest(archive.by_family(family)), FAMILIES[family])
        for title, family in (("Country pairs", "pair"), ("Sectors", "sector"), ("Countries", "country"), ("Kinds", "kind"))
        if archive.by_family(family) and has_family(site, family)
    )
    sizes = tuple(
        Facet(one if len(archive.by_family(family)) == 1 else many, FAMILIES[family], len(archive.by_family(family)))
        for one, many, family in (
            ("country pair", "country pairs", "pair"),
            ("country", "countries", "country"),
            ("sector", "sectors", "sector"),
        )
        if has_family(site, family) and archive.by_family(family)
    )
    context = {
        "site": site,
        "heading": heading,
        "latest": archive.cards[:LATEST],
        "entrances": entrances + _plan_years(archive, site),
        "sizes": sizes,
        "total": len(archive.cards),
        "overviews": _find_overviews(archive, site),
    }
    yield Page(HOME, View("pages/home.html", context), "home")
    if site.families.feeds:
        yield from plan_feeds(heading, archive.cards, archive, site)


def _find_overviews(archive: Archive, site: Site) -> tuple[Crumb, ...]:
    """Return the pictures of the whole archive that are made."""
    overviews = (Crumb("Map", MAP), Crumb("Matrix", MATRIX), Crumb("Timeline", TIMELINE))
    return tuple(crumb for crumb in overviews if archive.cards and is_made(crumb.url, site.families))


def _plan_years(archive: Archive, site: Site) -> tuple[FacetGroup, ...]:
    """Return the latest years, newest first; years are looked up in the order of time, not of size."""
    if not archive.by_year or not has_family(site, "year"):
        return ()
    years = tuple(Facet(term.name, term.url, len(cards)) for term, cards in reversed(tuple(archive.by_year.items())))
    return (FacetGroup("Years", years[:LARGEST], FAMILIES["year"]),)


def _largest(index: Index) -> tuple[Facet, ...]:
    order = sorted(index, key=lambda term: (-len(index[term]), term.name))
    return tuple(Facet(term.name, term.url, len(index[term])) for term in order[:LARGEST])
