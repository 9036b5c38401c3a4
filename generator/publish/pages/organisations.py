"""A page for each organisation that the briefings name, and the index of all organisations."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, family_crumb, plan_plain_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.urls import HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each organisation, its feeds, and the index."""
    if not site.families.organisations:
        return
    root = family_crumb("organisation")
    notes = {term.key: abbreviation for term, abbreviation in archive.abbreviations.items()}
    lead = "Ministries, agencies, firms and other bodies named in the briefings."
    yield from plan_index(root, archive.by_organisation, site, lead=lead, planner="organisations", notes=notes)
    for body, cards in archive.by_organisation.items():
        heading = Heading(body.url, body.name, "Organisation", notes.get(body.key, ""), (Crumb("Home", HOME), root))
        yield from plan_plain_list(heading, cards, archive, site, planner="organisations", **find_parts(cards, body))
