"""Index pages: all terms of a taxonomy with the number of their briefings."""

from dataclasses import dataclass
from datetime import date

from generator.publish.archive import Index
from generator.publish.listing import Crumb, Heading
from generator.publish.page import Page, View
from generator.publish.site import Site
from generator.publish.urls import HOME


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term of an index: its name and address, how many briefings it has, and from when to when."""

    name: str
    url: str
    count: int
    first: date
    latest: date
    note: str = ""


def plan_index(root: Crumb, index: Index, site: Site, *, lead: str, planner: str, notes: dict[str, str] | None = None) -> Page:
    """Return the index of a taxonomy; `notes` says something of a term by its key, such as a definition or an office."""
    notes = notes or {}
    rows = tuple(
        TermRow(term.name, term.url, len(cards), cards[-1].date, cards[0].date, notes.get(term.key, ""))
        for term, cards in index.items()
    )
    heading = Heading(root.url, root.name, "Index", lead, (Crumb("Home", HOME),))
    return Page(root.url, View("pages/index.html", {"site": site, "heading": heading, "rows": rows}), planner)
