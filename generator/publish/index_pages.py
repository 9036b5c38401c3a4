"""Index pages: all terms of a taxonomy with the number of their briefings."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct

from generator.publish.archive import Index
from generator.publish.listing import Crumb, Heading
from generator.publish.page import Page, View
from generator.publish.site import Site
from generator.publish.urls import HOME
from generator.text import first_letter, fold

LEAST_OF_LETTERS = 60


class TermRow(Struct, frozen=True):
    """One term of an index: its name and address, how many briefings it has, and from when to when."""

    name: str
    url: str
    count: int
    first: date
    latest: date
    note: str = ""


class Letter(Struct, frozen=True):
    """The terms of a long index that begin with a letter; of a short one, all of them without a name."""

    name: str
    rows: tuple[TermRow, ...]


def plan_index(
    root: Crumb,
    index: Index,
    site: Site,
    *,
    lead: str,
    planner: str,
    notes: Mapping[str, str] = MappingProxyType({}),
    may_be_empty: bool = False,
) -> Iterator[Page]:
    """Yield the index of a taxonomy; `notes` says something of a term by its key, such as a definition or an office.

    None is made of an empty taxonomy, since nothing leads there, unless the navigation does.
    """
    if not (index or may_be_empty or any(link.url == root.url for link in site.navigation)):
        return
    rows = tuple(
        TermRow(term.name, term.url, len(cards), cards[-1].date, cards[0].date, notes.get(term.key, ""))
        for term, cards in index.items()
    )
    heading = Heading(root.url, root.name, "Index", lead, (Crumb("Home", HOME),))
    yield Page(root.url, View("pages/index.html", {"site": site, "heading": heading, "letters": _by_letter(rows)}), planner)


def _by_letter(rows: tuple[TermRow, ...]) -> tuple[Letter, ...]:
    """Return the rows by first letters, where they are many names; accents do not make letters of their own, years have none."""
    if len(rows) < LEAST_OF_LETTERS or rows[0].name.isdecimal():
        return (Letter("", rows),) if rows else ()
    in_order = sorted(rows, key=lambda row: (fold(row.name), row.url))
    return tuple(Letter(letter, tuple(found)) for letter, found in groupby(in_order, key=lambda row: first_letter(row.name)))
