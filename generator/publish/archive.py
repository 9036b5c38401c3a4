"""Briefings → `Archive`: in order, indexed by every taxonomy, checked as a whole, and already without what rights forbid to show.

Whatever follows sees only what may be published: a text that is withheld is not in the archive at all, so no feed, download or
search index can let it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from generator.config import Config, PageSettings, RightsSettings
from generator.errors import Problem, error, warning
from generator.fingerprint import fingerprint
from generator.model import Briefing, Card, ContentPage, CountryPair, Term, Text
from generator.publish.urls import RESERVED, briefing_url, is_made, term_slug, term_url
from generator.vocabulary import Vocabulary

Index = Mapping[Term, tuple[Card, ...]]


@dataclass(frozen=True, slots=True)
class Article:
    """A briefing as it may be shown: the parts that rights withhold are empty.

    `text` is what evidence is quoted from: the whole body unless even quotations are withheld. `briefing` need not hold its body.
    """

    card: Card
    briefing: Briefing
    text: Text
    rights: str
    digest: bytes

    def body(self) -> str:
        """Return the body if it may be shown, else an empty text."""
        return self.text.read() if self.rights == "full" else ""


@dataclass(frozen=True, slots=True)
class Archive:
    """All published briefings, newest first, and their cards by every term; indexes are in the order of the terms' names.

    `withdrawn` are those of which only the title and the reason are shown, at their addresses and nowhere else. `by_pair_sector`
    maps a pair to what it has on each sector, `pairs_of` a country to its pairs. Every list of cards is newest first, ties by id.
    """

    articles: tuple[Article, ...]
    withdrawn: tuple[Article, ...]
    cards: tuple[Card, ...]
    pages: tuple[ContentPage, ...]
    vocabulary: Vocabulary
    by_country: Index
    by_pair: Index
    by_sector: Index
    by_year: Index
    by_person: Index
    by_organisation: Index
    by_kind: Index
    by_pair_sector: Mapping[Term, Index]
    pair_countries: Mapping[Term, tuple[Term, Term]]
    offices: Mapping[Term, tuple[str, ...]]
    abbreviations: Mapping[Term, str]
    by_id: Mapping[str, Article]
    terms_by_url: Mapping[str, Term]
    pairs_of: Mapping[Term, tuple[Term, ...]]

    def by_family(self, family: str) -> Index:
        """Return the index of one family of terms."""
        index: Index = getattr(self, f"by_{family}")
        return index


def make_archive(
    briefings: Iterable[Briefing],
    pages: Iterable[ContentPage],
    *,
    vocabulary: Vocabulary,
    config: Config,
    drafts: bool = False,
    texts: Mapping[str, Text] = MappingProxyType({}),
) -> tuple[Archive, list[Problem]]:
    """Return the archive of all briefings that are no drafts, and what is wrong with it; with `drafts`, of all that have a date.

    `texts` gives the bodies, by path, of the briefings that do not hold theirs.

    Problems: two files with one id, two with one address.
    """
    shown = [briefing for briefing in briefings if briefing.date and (drafts or not briefing.draft)]
    terms = _Terms(vocabulary, config.pages)
    articles = sorted(
        (
            _make_article(briefing, texts.get(briefing.location.path), terms, config.rights)
            for briefing in shown
            if not briefing.withdrawn
        ),
        key=lambda article: (article.card.date, article.card.id),
        reverse=True,
    )
    withdrawn = tuple(_make_article(briefing, None, terms, config.rights) for briefing in shown if briefing.withdrawn)
    contents = tuple(sorted(pages, key=lambda page: page.id))
    problems = _find_clashes(shown, contents)
    return _index(tuple(articles), withdrawn, contents, terms), problems


class _Terms:
    """Makes each term once, so that 100,000 cards share some hundred of them.

    A term of a family without pages has no address. Whatever shows a term goes by that alone: nothing leads to what is not made.
    """

    def __init__(self, vocabulary: Vocabulary, families: PageSettings) -> None:
        self.vocabulary = vocabulary
        self.families = families
        self.known: dict[tuple[str, str], Term] = {}
        self.names: dict[str, Mapping[str, str]] = {
            "country": {code: country.name for code, country in vocabulary.countries.items()},
            "sector": {slug: sector.name for slug, sector in vocabulary.sectors.items()},
            "kind": {slug: kind.name for slug, kind in vocabulary.kinds.items()},
        }

    def term(self, family: str, key: str, name: str = "") -> Term:
        # People and organisations are one where their slugs are one: "Cho Hyun" and "CHO HYUN" share an address.
        known = self.known.get((family, key))
        if known is None:
            slug = term_slug(family, key)
            label = name or self.names.get(family, {}).get(key, key)
            url = term_url(family, key)
            term = Term(family, slug, label, url if is_made(url, self.families) else "")
            known = self.known.setdefault((family, slug), term)
            self.known[family, key] = known
        return known

    def pair(self, pair: CountryPair) -> Term:
        first, second = self.term("country", pair.first), self.term("country", pair.second)
        one, other = sorted((first.name, second.name))
        return self.term("pair", pair.slug, f"{one}–{other}")


def _make_article(briefing: Briefing, text: Text | None, terms: _Terms, rights: RightsSettings) -> Article:
    allowed = briefing.rights or next(
        (rights.publishers[source.publisher] for source in briefing.sources if source.publisher in rights.publishers),
        rights.default,
    )
    if briefing.withdrawn:
        allowed = "link"
    text = text or Text(briefing.digest, partial(str, briefing.body))
    if allowed == "link":
        text = Text(b"", str)
        briefing = replace(briefing, body="", summary="", key_points=(), caption=None)
    elif allowed == "excerpt":
        briefing = replace(briefing, body="", caption=None)
    card = _make_card(briefing, terms)
    digest = fingerprint((briefing.digest, allowed, card.digest))
    return Article(card, briefing, text, allowed, digest)


def _make_card(briefing: Briefing, terms: _Terms) -> Card:
    assert briefing.date is not None, "drafts without a date are left out before"  # noqa: S101
    card = Card(
        id=briefing.id,
        title=briefing.title,
        summary=briefing.summary,
        date=briefing.date,
        url=briefing_url(briefing.id),
        kind=terms.term("kind", briefing.kind) if briefing.kind else None,
        countries=tuple(terms.term("country", code) for code in briefing.countries),
        pairs=tuple(terms.pair(pair) for pair in briefing.pairs),
        sectors=tuple(terms.term("sector", slug) for slug in briefing.sectors),
        people=tuple(dict.fromkeys(terms.term("person", person.name) for person in briefing.people)),
        organisations=tuple(dict.fromkeys(terms.term("organisation", body.name) for body in briefing.organisations)),
        publisher=briefing.sources[0].publisher if briefing.sources else "",
        lang=briefing.lang,
        digest=b"",
    )
    shown = tuple(getattr(card, name) for name in Card.__slots__ if name != "digest")
    return replace(card, digest=fingerprint(shown))


def _index(
    articles: tuple[Article, ...], withdrawn: tuple[Article, ...], pages: tuple[ContentPage, ...], terms: _Terms
) -> Archive:
    families = ("country", "pair", "sector", "year", "person", "organisation", "kind")
    lists: dict[str, dict[Term, list[Card]]] = {family: {} for family in families}
    lattice: dict[Term, dict[Term, list[Card]]] = {}
    for article in articles:
        card = article.card
        for family, found in _terms_of(card, terms):
            by_term = lists[family]
            for term in found:
                if term in by_term:
                    by_term[term].append(card)
                else:
                    by_term[term] = [card]
        for pair in card.pairs:
            by_sector = lattice.setdefault(pair, {})
            for sector in card.sectors:
                by_sector.setdefault(sector, []).append(card)
    indexes = {f"by_{family}": _freeze(lists[family]) for family in families}
    by_pair_sector = MappingProxyType({pair: _freeze(lattice.get(pair, {})) for pair in indexes["by_pair"]})
    codes = {term: CountryPair.of(*term.key.split("-")) for term in indexes["by_pair"]}
    pair_countries = {
        term: (terms.term("country", pair.first), terms.term("country", pair.second)) for term, pair in codes.items()
    }
    pairs_of: dict[Term, list[Term]] = {}
    for pair, countries in pair_countries.items():
        for country in countries:
            pairs_of.setdefault(country, []).append(pair)
    return Archive(
        articles=articles,
        withdrawn=withdrawn,
        cards=tuple(article.card for article in articles),
        pages=pages,
        vocabulary=terms.vocabulary,
        by_pair_sector=by_pair_sector,
        pair_countries=pair_countries,
        pairs_of={country: tuple(pairs) for country, pairs in pairs_of.items()},
        terms_by_url=MappingProxyType({term.url: term for index in indexes.values() for term in index if term.url}),
        by_id=MappingProxyType({article.card.id: article for article in articles}),
        offices=_collect_offices(articles, terms),
        abbreviations={
            terms.term("organisation", body.name): body.abbreviation
            for article in reversed(articles)
            for body in article.briefing.organisations
            if body.abbreviation
        },
        **indexes,
    )


def _terms_of(card: Card, terms: _Terms) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    return (
        ("country", card.countries),
        ("pair", card.pairs),
        ("sector", card.sectors),
        ("year", (terms.term("year", str(card.date.year)),)),
        ("person", card.people),
        ("organisation", card.organisations),
        ("kind", (card.kind,) if card.kind else ()),
    )


def _freeze(lists: Mapping[Term, list[Card]]) -> Index:
    """Return the index in the order of names, which is the order in which readers look for them."""
    return MappingProxyType(
        {term: tuple(lists[term]) for term in sorted(lists, key=lambda term: (term.name.casefold(), term.key))}
    )


def _collect_offices(articles: Iterable[Article], terms: _Terms) -> Mapping[Term, tuple[str, ...]]:
    """Return the offices in which the archive met each person, the latest first."""
    offices: dict[Term, dict[str, None]] = {}
    for article in articles:
        for person in article.briefing.people:
            if person.office:
                offices.setdefault(terms.term("person", person.name), {})[person.office] = None
    return MappingProxyType({term: tuple(found) for term, found in offices.items()})


def _find_clashes(briefings: Iterable[Briefing], pages: Iterable[ContentPage]) -> list[Problem]:
    problems = []
    first: dict[str, Briefing] = {}
    for briefing in sorted(briefings, key=lambda item: item.location.path):
        other = first.setdefault(briefing.id, briefing)
        if other is not briefing:
            message = f'the id "{briefing.id}" is already that of {other.location.path}'
            problems.append(error("duplicate-id", briefing.location, message, "rename the newer file"))
        codes = {code for pair in briefing.pairs for code in (pair.first, pair.second)}
        for code in sorted(codes - set(briefing.countries)):
            message = f'"pairs" names {code}, which is not among "countries"'
            problems.append(
                warning("pair-without-country", briefing.location, message, f"add {code} to countries, or take out the pair")
            )
    for page in pages:
        if page.id in RESERVED:
            message = f'the address "/{page.id}/" belongs to a list of the site'
            problems.append(error("reserved-address", page.location, message, "rename the file"))
    return problems
