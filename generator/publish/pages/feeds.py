"""The page of all feeds, and OPML files of them: all, one for each family of lists, and by a script of what a reader chooses.

No counts stand here, so that page and files change only when a list of the site comes or goes.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.config import Link
from generator.publish.archive import Archive
from generator.publish.listing import Crumb, Heading
from generator.publish.page import Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import CHANGES, FAMILIES, FAMILY_TITLES, FEEDS, HOME, is_made, pair_sector_url

ORDER = ("pair", "country", "sector", "kind", "organisation", "person", "year")
# An archive names thousands of people: the page then leads to their file. 400 names are 10 kB after gzip. Pairs are what readers
# come for, and are always there to be chosen.
LISTED = 400
ALWAYS_LISTED = frozenset({"pair", "country", "sector", "kind", "year"})


class FeedGroup(Struct, frozen=True):
    """The lists of one family, each with a feed in its folder, and the address of the OPML file of them.

    `is_listed` says that the page names them: all families, but for those too many to be chosen from.
    """

    title: str
    url: str
    lists: tuple[Link, ...]
    is_listed: bool = True


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page and the OPML files."""
    if not is_made(FEEDS, site.families):
        return
    groups = tuple(group for group in _find_groups(archive, site) if group.lists)
    lead = (
        "Every list of this site has a feed of its latest briefings, so that you hear of what concerns you and of nothing else."
    )
    heading = Heading(FEEDS, "Feeds", "Subscribe", lead, (Crumb("Home", HOME),))
    everything = Link(site.title, HOME)
    changes = (Link("Corrections and withdrawals", CHANGES),) if archive.has_changes else ()
    context = {"site": site, "heading": heading, "everything": everything, "changes": changes, "groups": groups}
    yield Page(FEEDS, View("pages/feeds.html", context), "feeds")
    yield _plan_opml(f"{FEEDS}all.opml", site.title, (FeedGroup("Everything", "", (everything, *changes)), *groups))
    for group in groups:
        yield _plan_opml(group.url, f"{site.title}: {group.title}", (group,))


def _plan_opml(url: str, title: str, groups: tuple[FeedGroup, ...]) -> Page:
    return Page(url, View("feeds/opml.xml", {"title": title, "groups": groups}), "feeds")


def _find_groups(archive: Archive, site: Site) -> Iterator[FeedGroup]:
    for family in ORDER:
        if has_family(site, family):
            lists = tuple(Link(term.name, term.url) for term in archive.by_family(family))
            is_listed = family in ALWAYS_LISTED or len(lists) <= LISTED
            yield FeedGroup(FAMILY_TITLES[family], f"{FEEDS}{FAMILIES[family].strip('/')}.opml", lists, is_listed)
    if site.families.pair_sectors:
        crossings = tuple(
            Link(f"{pair.name}: {sector.name}", pair_sector_url(pair.key, sector.key))
            for pair, by_sector in archive.by_pair_sector.items()
            for sector in by_sector
        )
        yield FeedGroup("Country pairs by sector", f"{FEEDS}pairs-by-sector.opml", crossings, len(crossings) <= LISTED)
