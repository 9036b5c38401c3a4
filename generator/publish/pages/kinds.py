"""A page for each kind of event, and the index of all kinds."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, family_crumb, plan_plain_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.urls import HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each kind that has a briefing, its parts and feeds, and the index."""
    if not site.families.kinds:
        return
    root = family_crumb("kind")
    definitions = {slug: kind.definition for slug, kind in archive.vocabulary.kinds.items()}
    yield from plan_index(root, archive.by_kind, site, lead="What happened, by its kind.", planner="kinds", notes=definitions)
    for kind, cards in archive.by_kind.items():
        heading = Heading(kind.url, kind.name, "Kind of event", definitions.get(kind.key, ""), (Crumb("Home", HOME), root))
        yield from plan_plain_list(heading, cards, archive, site, planner="kinds")
