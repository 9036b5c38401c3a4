"""A page for each person whom the briefings name, with the office that they give, and the index of all people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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
    spans = {term.key: trace_offices(found) for term, found in archive.offices.items()}
    offices = {key: found[0].name for key, found in spans.items()}
    yield from plan_index(
        root,
        archive.by_person,
        site,
        lead="People named in the briefings, in the order of their names as they are written.",
        planner="people",
        notes=offices,
    )
    for person, cards in archive.by_person.items():
        held = _tell_offices(spans.get(person.key, ()))
        heading = Heading(person.url, person.name, "Person", held, (Crumb("Home", HOME), root))
        yield from plan_plain_list(heading, cards, archive, site, "people", **find_parts(cards, person))


class Span(NamedTuple):
    """An office in the fullest form that the briefings give it, and the years from which and until which they do."""

    name: str
    first: int
    last: int


def trace_offices(offices: Iterable[tuple[str, int]]) -> tuple[Span, ...]:
    """Return the offices in which a person was met, the latest first; `offices` are those of briefings, each with the year.

    "Prime Minister" and "Prime Minister of India" are one office, whose name is the second, whichever came first.
    """
    spans: list[Span] = []
    for name, year in offices:
        words = set(name.casefold().split())
        at = next((at for at, span in enumerate(spans) if _is_one(words, set(span.name.casefold().split()))), None)
        if at is None:
            spans.append(Span(name, year, year))
        else:
            spans[at] = Span(max(spans[at].name, name, key=len), min(spans[at].first, year), max(spans[at].last, year))
    return tuple(spans)


# What makes another office of one.
_RANKS = frozenset("acting assistant chief deputy ex former joint prime under vice".split())


def _is_one(words: set[str], others: set[str]) -> bool:
    return (words <= others or others <= words) and not (words ^ others) & _RANKS


def _tell_offices(spans: Sequence[Span]) -> str:
    """Return the offices in a line, with their years where there are several."""
    if len(spans) < 2:
        return "".join(span.name for span in spans)
    years = (str(span.first) if span.first == span.last else f"{span.first}–{span.last}" for span in spans)
    return "; ".join(f"{span.name} ({year})" for span, year in zip(spans, years, strict=True))
