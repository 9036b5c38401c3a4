"""The home page: what is new, what is most covered, and more ways in."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from generator.publish.archive import Archive, Index
from generator.publish.images import render_share_card
from generator.publish.listing import Facet, FacetGroup, Heading, plan_feeds
from generator.publish.page import Made, Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import DATA, FAMILIES, FAMILY_TITLES, FEEDS, HOME, MAP, MATRIX, TIMELINE, is_made

LATEST = 8
LARGEST = 10

# More ways in, by what a reader is after, besides the pairs, sectors and countries that are most covered.
STARTS = (
    ("Map", MAP, "Which countries the briefings are about, and with whom."),
    ("Matrix", MATRIX, "Every pair of countries by every sector."),
    ("Timeline", TIMELINE, "Every briefing on its day."),
    (FAMILY_TITLES["year"], FAMILIES["year"], "The archive year by year."),
    (FAMILY_TITLES["kind"], FAMILIES["kind"], "Summits, contracts, agreements and what else happened."),
    (FAMILY_TITLES["person"], FAMILIES["person"], "Who met, in which office."),
    (FAMILY_TITLES["organisation"], FAMILIES["organisation"], "Ministries, agencies and firms."),
    ("Feeds", FEEDS, "Hear of new briefings on what concerns you."),
    ("Data", DATA, "The whole archive as files to work with."),
)


class Start(Struct, frozen=True):
    """A part of the site, its address, and what a reader finds there, in the language `lang`."""

    name: str
    url: str
    note: str
    lang: str


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the home page, the picture of the site where a page has none of its own, and the feeds of the whole archive."""
    heading = Heading(HOME, site.title, lead=site.description)
    entrances = tuple(
        FacetGroup(FAMILY_TITLES[family], _largest(archive.by_family(family)), FAMILIES[family])
        for family in ("pair", "sector", "country")
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
        "entrances": entrances,
        "sizes": sizes,
        "total": len(archive.cards),
        "starts": tuple(_find_starts(archive, site)),
    }
    yield Page(HOME, View("pages/home.html", context), "home")
    if site.families.cards:
        yield Page(
            "/card.png",
            Made(render_share_card, (site.description or site.title, urlsplit(site.base_url).netloc, "", site.title)),
            "home",
        )
    if site.families.feeds:
        yield from plan_feeds(heading, archive.cards, archive, site)


def _find_starts(archive: Archive, site: Site) -> Iterator[Start]:
    """Yield the parts of the site that are made and hold something."""
    families = {url: family for family, url in FAMILIES.items()}
    for name, url, note in STARTS:
        is_filled = bool(archive.by_family(families[url])) if url in families else bool(archive.cards)
        if is_filled and is_made(url, site.families):
            yield Start(name, url, note, site.frame_language)
    for page in archive.pages:
        if page.summary:
            yield Start(page.title, f"/{page.id}/", page.summary, site.language)


def _largest(index: Index) -> tuple[Facet, ...]:
    order = sorted(index, key=lambda term: (-len(index[term]), term.name))
    return tuple(Facet(term.name, term.url, len(index[term])) for term in order[:LARGEST])
