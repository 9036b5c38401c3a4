"""A page for each person whom the briefings name, with the office that they give, and the index of all people."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.publish.archive import Archive
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, family_crumb, plan_plain_list
from generator.publish.page import Page
from generator.publish.site import Site
from generator.publish.urls import HOME
from generator.text import fold


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each person, its feeds, and the index."""
    if not site.families.people:
        return
    root = family_crumb("person")
    known = archive.vocabulary.countries.values()
    countries = {fold(name) for country in known for name in (country.name, *country.aliases)}
    # "US Secretary of State" is said as "Indian Foreign Minister" is, and "Japan" may begin the name of an airline.
    short = (name for country in known for name in country.aliases if name.isupper())
    adjectives = {fold(name) for name in (*short, *(name for country in known for name in country.demonyms))}
    spans = {term.key: trace_offices(found, countries, adjectives) for term, found in archive.offices.items()}
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
        yield from plan_plain_list(heading, cards, archive, site, planner="people", **find_parts(cards, person))


class Span(NamedTuple):
    """An office in the fullest form that the briefings give it, and the years from which and until which they do."""

    name: str
    first: int
    last: int


def trace_offices(
    offices: Iterable[tuple[str, int]], countries: Collection[str] = (), adjectives: Collection[str] = ()
) -> tuple[Span, ...]:
    """Return the offices in which a person was met, the latest first; `offices` are those of briefings, each with the year.

    "Prime Minister", "Prime Minister of India" and "Indian Prime Minister" are one office, told in the longest form, and so are
    "Minister of Trade" and "Trade Minister"; `countries` are folded names, and `adjectives` what else stands before an office.
    Who came back to an office after another has two spans of it.
    """
    spans: list[Span] = []
    for name, year in offices:
        if spans and not _read_office(name, countries, adjectives).isdisjoint(
            _read_office(spans[-1].name, countries, adjectives)
        ):
            spans[-1] = Span(max(spans[-1].name, name, key=len), min(spans[-1].first, year), max(spans[-1].last, year))
        else:
            spans.append(Span(name, year, year))
    return tuple(spans)


def _read_office(office: str, countries: Collection[str], adjectives: Collection[str]) -> frozenset[frozenset[str]]:
    """Return the folded words of an office, as they are and without the country that it belongs to.

    That one owns the office, at its front or behind its last "of": "Ambassador in Japan" and "Korea Desk" name their countries.
    """
    words, to, post = fold(office).replace("’", "'").partition(" to ")
    title, mark, country = words.rpartition(" of ")
    parts = title.split() if mark and country.removeprefix("the ") in countries else words.split()
    for length in range(min(_OWNER_MAX, len(parts) - 1), 0, -1):
        front = " ".join(parts[:length]).removeprefix("the ")
        owner = front.removesuffix("'s").removesuffix("'")
        if front in adjectives or (owner != front and owner in countries):
            parts = parts[length:]
            break
    # Both, since "Reserve Bank of India Governor" has its country in the middle.
    return frozenset(frozenset(found).difference(_LINKS) | {to + post} for found in (words.split(), parts))


# How many words the name of a country may have that stands before an office: "the People's Republic of China's Premier".
_OWNER_MAX = 5
_LINKS = frozenset(("of", "the", "for"))


def _tell_offices(spans: Sequence[Span]) -> str:
    """Return the offices in a line, with their years where there are several."""
    if len(spans) < 2:
        return "".join(span.name for span in spans)
    years = (str(span.first) if span.first == span.last else f"{span.first}–{span.last}" for span in spans)
    return "; ".join(f"{span.name} ({year})" for span, year in zip(spans, years, strict=True))
