"""What pages on relations share, be they of a pair, a country, a sector, a year or a person: who was met, what was agreed.

All of it waits in a page's context until the page is rendered.
"""

from collections.abc import Sequence
from typing import TypedDict

from msgspec import Struct

from generator.publish.cards import Card, Term, count_terms
from generator.publish.listing import Facet
from generator.publish.page import Later

# What binds the parties or their firms. Joint statements and launches say what is meant to follow.
AGREEMENTS = frozenset({"agreement-signed", "entry-into-force", "memorandum", "contract"})
# The only list of a dossier that no year splits, and the only names: a pair of 400 briefings has 240 agreements.
LATEST_AGREEMENTS = 20
MOST_MET = 40


class Agreements(Struct, frozen=True):
    """The latest agreements of a list of briefings, and how many there are in all."""

    latest: tuple[Card, ...]
    count: int


class Roll(Struct, frozen=True):
    """Whom a list of briefings names most often, and how many are named in all."""

    most: tuple[Facet, ...]
    count: int


class Parts(TypedDict):
    """What a page shows of the agreements, people and organisations of its briefings, by the names that templates use."""

    agreements: Later
    people: Later
    organisations: Later


def find_parts(cards: tuple[Card, ...], own: Term | None = None) -> Parts:
    """Return the parts of some briefings; `own` is the person or organisation whose page it is."""
    return {
        "agreements": Later(find_agreements, (cards,)),
        "people": Later(call_roll, (cards, "people", own)),
        "organisations": Later(call_roll, (cards, "organisations", own)),
    }


def find_agreements(cards: Sequence[Card]) -> Agreements:
    """Return the agreements among some briefings."""
    found = [card for card in cards if card.kind and card.kind.key in AGREEMENTS]
    return Agreements(tuple(found[:LATEST_AGREEMENTS]), len(found))


def call_roll(cards: Sequence[Card], taxonomy: str, own: Term | None = None) -> Roll:
    """Return the people or the organisations that some briefings name, but for the `own` one of the page.

    `taxonomy` is the name of a card's tuple of terms.
    """
    counts = count_terms(term for card in cards for term in getattr(card, taxonomy) if term != own)
    return Roll(tuple([Facet(term.name, term.url, count) for term, count in counts[:MOST_MET]]), len(counts))
