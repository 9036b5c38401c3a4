"""Each briefing with its evidence, its neighbours and its Markdown; and the list of all."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.config import Link
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.cards import Card, Term
from generator.publish.charts import draw_pair_map
from generator.publish.citations import CITATION_FILES, Imprint, make_citation_file, make_imprint, pack_citation
from generator.publish.emptied import find_living, plan_emptied
from generator.publish.images import render_share_card, say_share_card
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Heading, plan_plain_list, plan_redirect
from generator.publish.markdown_file import make_markdown
from generator.publish.page import Later, Made, Page, View
from generator.publish.reading import locate_countries, locate_sectors, read_article, show_text
from generator.publish.site import Site
from generator.publish.urls import BRIEFINGS, HOME, absolute, pair_sector_url
from generator.text import long_date

RELATED = 6


class Neighbour(Struct, frozen=True):
    """The briefings before and after this one in the course of a pair."""

    pair: Term
    earlier: Card | None
    later: Card | None


class Related(Struct, frozen=True):
    """A briefing that a reader of this one may want, and why."""

    card: Card
    reason: str


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the list of all briefings, what stands in the place of withdrawn ones, and redirects from former addresses."""
    for article in archive.withdrawn:
        context = {"site": site, "article": article, "lists": find_living(article.card, archive, site)}
        yield Page(article.card.url, View("pages/withdrawn.html", context), "briefings")
    for article in (*archive.articles, *archive.withdrawn):
        for alias in article.briefing.aliases:
            yield plan_redirect(alias, article.card.url, site)
    root = Crumb("All briefings", BRIEFINGS)
    if not archive.cards and archive.withdrawn:
        yield from plan_emptied(Link(root.name, BRIEFINGS), archive, site)
    elif not archive.cards:
        yield from plan_index(root, {}, site, lead="There are no briefings yet.", planner="briefings", may_be_empty=True)
    else:
        heading = Heading(BRIEFINGS, root.name, "Archive", "Everything in the archive, newest first.", (Crumb("Home", HOME),))
        yield from plan_plain_list(heading, archive.cards, archive, site, planner="briefings", has_changes=archive.has_changes)


def plan_texts(articles: Iterable[Article], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page and the Markdown of briefings, their share cards and citations."""
    around = _Around(archive)
    imprint = make_imprint(site.title, site.publisher.name, site.base_url, site.publisher.url)
    for article in articles:
        card = article.card
        # A translation stands in no list: those beside its original are beside it.
        listed = archive.by_id[card.translation_of].card if card.translation_of else card
        neighbours = _find_neighbours(listed, around)
        picture = f"{card.url}card.png" if site.families.cards else ""
        shown = Later(show_text, (article, site.base_path))
        countries = Later(locate_countries, (article, shown, archive.vocabulary))
        sectors = Later(locate_sectors, (article, shown, archive.vocabulary))
        context = {
            "site": site,
            "article": article,
            "reading": Later(read_article, (article, shown, countries, sectors)),
            "citation": Later(pack_citation, (article, imprint, absolute(site.base_url, picture))),
            "pictured": Later(say_card, (card, site)) if picture else "",
            "places": _draw_places(card, archive, site),
            "neighbours": neighbours,
            "related": Later(explain_related, (listed, *_find_related(listed, neighbours, around))),
            "lattice": Later(cross_terms, (listed,)) if site.families.pair_sectors else (),
        }
        yield Page(card.url, View("pages/briefing.html", context), "briefings", card.changed)
        if site.families.markdown:
            vocabulary = archive.vocabulary if article.rights == "excerpt" else None
            yield Page(f"{card.url}index.md", Made(make_markdown, (article, imprint, site.licence, vocabulary)), "briefings")
        if picture:
            yield Page(picture, Made(render_share_card, _shown_on_card(card, site)), "briefings")
        if site.families.citations:
            yield from _plan_citations(article, imprint)


def say_card(card: Card, site: Site) -> str:
    """Return in words what the share card of a briefing shows."""
    return say_share_card(*_shown_on_card(card, site))


def _shown_on_card(card: Card, site: Site) -> tuple[str, str, str, str]:
    kicker = ", ".join(term.name for term in card.pairs[:3] or card.countries)
    return card.title, kicker, long_date(card.date), site.title


def _plan_citations(article: Article, imprint: Imprint) -> Iterator[Page]:
    for name in CITATION_FILES:
        yield Page(article.card.url + name, Made(make_citation_file, (name, article, imprint)), "briefings")


def _draw_places(card: Card, archive: Archive, site: Site) -> Later | None:
    """Return the small map of a briefing's one pair, if that is listed; several pairs would need several."""
    countries = archive.pair_countries.get(card.pairs[0]) if site.families.maps and len(card.pairs) == 1 else None
    return Later(draw_pair_map, countries) if countries else None


class _Around:
    """Finds what stands beside a briefing in the lists of an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.lists: dict[Term, tuple[tuple[Card, ...], dict[str, int]]] = {}

    def find(self, term: Term, card: Card) -> tuple[Card | None, Card | None]:
        """Return the next older and the next newer card of a term's list, which is newest first and holds `card`."""
        if term not in self.lists:
            cards = self.archive.by_family(term.family)[term]
            self.lists[term] = (cards, {other.id: place for place, other in enumerate(cards)})
        cards, places = self.lists[term]
        place = places[card.id]
        return (cards[place + 1] if place + 1 < len(cards) else None, cards[place - 1] if place else None)


def _find_neighbours(card: Card, around: _Around) -> tuple[Neighbour, ...]:
    beside = [(pair, *around.find(pair, card)) for pair in card.pairs]
    return tuple([Neighbour(pair, earlier, later) for pair, earlier, later in beside if earlier or later])


def _find_related(card: Card, neighbours: Iterable[Neighbour], around: _Around) -> tuple[Card, ...]:
    """Return up to six briefings near in time that share a sector; its neighbours stand elsewhere.

    Neighbours in time, never "the newest": a new briefing then changes the pages beside it and no others.
    """
    beside = {other.id for item in neighbours for other in (item.earlier, item.later) if other}
    found: dict[str, Card] = {}
    for sector in card.sectors:
        for other in around.find(sector, card):
            if other is not None and other.id not in beside:
                found.setdefault(other.id, other)
    return tuple(found.values())[:RELATED]


def explain_related(card: Card, *others: Card) -> tuple[Related, ...]:
    """Return the briefings that a reader of this one may want, each with the reason."""
    return tuple([Related(other, _explain(card, other)) for other in others])


def _explain(card: Card, other: Card) -> str:
    pairs = [term.name for term in card.pairs if term in other.pairs]
    sectors = [term.name for term in card.sectors if term in other.sectors]
    parts = []
    if pairs:
        parts.append("the same pair, " + " and ".join(pairs[:2]))
    if sectors:
        parts.append("also on " + ", ".join(sectors[:3]).lower())
    if not pairs and (people := [term.name for term in card.people if term in other.people]):
        parts.append("also names " + people[0])
    return "; ".join(parts)


def cross_terms(card: Card) -> tuple[Crumb, ...]:
    """Return links to what the pairs of a briefing have on its main sectors."""
    return tuple(
        [
            Crumb(f"{pair.name} on {sector.name.lower()}", pair_sector_url(pair.key, sector.key))
            for pair in card.pairs
            for sector in card.sectors[:3]
        ]
    )
