"""A page for each person whom the briefings name, with the office that they give, and the index of all people."""

from collections.abc import Iterator, Sequence

from generator.publish.archive import Archive
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, plan_plain_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.urls import FAMILIES, HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each person, its feeds, and the index."""
    if not site.families.people:
        return
    root = Crumb("People", FAMILIES["person"])
    offices = {term.key: choose_office(found) for term, found in archive.offices.items()}
    yield from plan_index(
        root,
        archive.by_person,
        site,
        lead="People named in the briefings, in the order of their names as they are written.",
        planner="people",
        notes=offices,
    )
    for person, cards in archive.by_person.items():
        heading = Heading(person.url, person.name, "Person", offices.get(person.key, ""), (Crumb("Home", HOME), root))
        yield from plan_plain_list(heading, cards, archive, site, "people", **find_parts(cards, person))


def choose_office(offices: Sequence[str]) -> str:
    """Return the office by which a person is known: of `offices`, the latest first, the fullest form of the latest.

    Of "Prime Minister" and "Prime Minister of India" that is the second, whichever came first.
    """
    latest = set(offices[0].casefold().split())
    forms = [office for office in offices if latest <= set(office.casefold().split())]
    return max(forms, key=len)
