"""A page for each sector, with its definition and the pairs that work on it, and the index of all sectors."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.listing import Crumb, Heading, plan_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.terms import plan_index
from generator.publish.urls import FAMILIES, HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each sector that has a briefing, its parts and feeds, and the index."""
    if not site.families.sectors:
        return
    root = Crumb("Sectors", FAMILIES["sector"])
    definitions = {slug: sector.definition for slug, sector in archive.vocabulary.sectors.items()}
    lead = "What the briefings are about, in the terms of the archive's vocabulary."
    yield plan_index(root, archive.by_sector, site, lead=lead, planner="sectors", notes=definitions)
    for sector, cards in archive.by_sector.items():
        heading = Heading(sector.url, sector.name, "Sector", definitions.get(sector.key, ""), (Crumb("Home", HOME), root))
        yield from plan_list(heading, cards, archive, site, template="pages/list.html", planner="sectors")
