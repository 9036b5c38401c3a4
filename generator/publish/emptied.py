"""Lists of which all briefings were withdrawn: their addresses, which readers have, stay and say so."""

from collections.abc import Iterable, Iterator
from itertools import product

from generator.config import Link
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.cards import Card
from generator.publish.listing import Crumb, Heading, plan_feeds
from generator.publish.page import Page, View
from generator.publish.site import Site
from generator.publish.urls import BRIEFINGS, HOME, pair_sector_url, term_url


def find_emptied(withdrawn: Iterable[Article], archive: Archive, site: Site) -> tuple[Link, ...]:
    """Return the lists in which some withdrawn briefings stood and in which nothing is left."""
    # A translation stood in no list.
    cards = [article.card for article in withdrawn if not article.card.translation_of]
    return tuple({link.url: link for card in cards for link in _find_emptied_by(card, archive, site)}.values())


def _find_emptied_by(card: Card, archive: Archive, site: Site) -> Iterator[Link]:
    """Yield the lists in which a withdrawn briefing stood and in which nothing is left."""
    yield from (Link(term.name, term.url) for term in card.terms if term.url and term not in archive.by_family(term.family))
    yield from (link for link, is_empty in _find_crossings(card, archive, site) if is_empty)
    year = str(card.date.year)
    if site.families.years and all(term.key != year for term in archive.by_year):
        yield Link(year, term_url("year", year))


def _find_crossings(card: Card, archive: Archive, site: Site) -> Iterator[tuple[Link, bool]]:
    """Yield each list of a pair within a sector in which a withdrawn briefing stood, and whether it is empty now."""
    for pair, sector in product(card.pairs, card.sectors) if site.families.pair_sectors else ():
        link = Link(f"{pair.name}: {sector.name}", pair_sector_url(pair.key, sector.key))
        yield link, sector not in archive.by_pair_sector.get(pair, {})


def find_living(card: Card, archive: Archive, site: Site) -> tuple[Link, ...]:
    """Return the lists in which a withdrawn briefing stood, or would have, and in which others are left."""
    crossings = [link for link, is_empty in _find_crossings(card, archive, site) if not is_empty]
    pairs, others = (
        [Link(term.name, term.url) for term in terms if term.url and term in archive.by_family(term.family)]
        for terms in (card.pairs, card.terms[len(card.pairs) :])
    )
    return (*pairs, *crossings, *others)


def plan_emptied(link: Link, archive: Archive, site: Site) -> Iterator[Page]:
    """Yield what stands in the place of a list of which all briefings were withdrawn, and its feeds."""
    crumbs = (Crumb("Home", HOME), Crumb("All briefings", BRIEFINGS))
    heading = Heading(link.url, link.name, "Nothing left", "What stood here has been withdrawn.", crumbs)
    context = {"site": site, "heading": heading, "articles": archive.withdrawn_in[link.url]}
    yield Page(link.url, View("pages/emptied.html", context), "changes")
    if site.families.feeds:
        yield from plan_feeds(heading, (), archive, site)
