"""A page for each year, and the index of all years."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, family_crumb, plan_plain_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.urls import HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each year that has a briefing, its months where they are many, its feeds, and the index."""
    if not site.families.years:
        return
    root = family_crumb("year")
    latest_first = dict(reversed(list(archive.by_year.items())))
    yield from plan_index(root, latest_first, site, lead="The archive by year, the latest first.", planner="years")
    for year, cards in archive.by_year.items():
        heading = Heading(year.url, year.name, "Year", crumbs=(Crumb("Home", HOME), root))
        yield from plan_plain_list(heading, cards, archive, site, planner="years", is_year=True, **find_parts(cards))
