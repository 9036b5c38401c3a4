"""The archive as a whole, in three pictures: the map, the matrix of pairs by sectors, and the timeline."""

from collections.abc import Iterator
from itertools import groupby

from generator.publish.archive import Archive
from generator.publish.charts import count_coverage, count_lattice, draw_matrix, draw_timeline, draw_world, name_lanes
from generator.publish.listing import LATEST_OF_LONG_LISTS, Crumb, Group, Heading
from generator.publish.page import Later, Page, View
from generator.publish.site import Site
from generator.publish.urls import HOME, MAP, MATRIX, TIMELINE, is_made, term_url, year_anchor


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the three overviews, as far as the families of pages to which they lead are made; none of an empty archive."""
    for url, planner in ((MAP, _plan_map), (MATRIX, _plan_matrix), (TIMELINE, _plan_timeline)):
        if archive.cards and is_made(url, site.families):
            yield planner(archive, site)


def _plan_map(archive: Archive, site: Site) -> Page:
    heading = _head(MAP, "Map", "Countries by the number of their briefings, and the pairs between them.")
    names = {code: country.name for code, country in archive.vocabulary.countries.items()}
    coverage = count_coverage(archive)
    context = {"site": site, "heading": heading, "world": Later(draw_world, (coverage, names)), "coverage": coverage}
    return Page(MAP, View("pages/map.html", context), "overviews")


def _plan_matrix(archive: Archive, site: Site) -> Page:
    heading = _head(MATRIX, "Matrix", "What each pair of countries has on each sector.")
    matrix = Later(draw_matrix, (count_lattice(archive),))
    return Page(MATRIX, View("pages/matrix.html", {"site": site, "heading": heading, "matrix": matrix}), "overviews")


def _plan_timeline(archive: Archive, site: Site) -> Page:
    """Return the timeline with all events below it; those of a long list stand on the pages of its years, but for the latest."""
    cards, split = archive.cards, site.lists.split
    lanes = name_lanes(cards)
    heading = _head(TIMELINE, "Timeline", f"Every briefing on its day{f', by {lanes}' if lanes else ''}.")
    is_whole = len(cards) <= split or not site.families.years
    groups = [] if is_whole else [Group("Latest", "", LATEST_OF_LONG_LISTS, cards[:LATEST_OF_LONG_LISTS])]
    lists = {}
    for year, found in groupby(cards, key=lambda card: card.date.year):
        shown = tuple(found)
        url = term_url("year", str(year)) if site.families.years else ""
        groups.append(Group(str(year), url, len(shown), shown if is_whole else (), year_anchor(year) if is_whole else ""))
        if not is_whole:
            lists[str(year)] = url
    timeline = Later(draw_timeline, (cards, lists, split))
    context = {"site": site, "heading": heading, "timeline": timeline, "groups": tuple(groups)}
    return Page(TIMELINE, View("pages/timeline.html", context), "overviews")


def _head(url: str, title: str, lead: str) -> Heading:
    return Heading(url, title, "Overview", lead, (Crumb("Home", HOME),))
