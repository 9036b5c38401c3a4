"""Articles → `Archive`: in order, indexed by every taxonomy, and checked as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config
from generator.errors import Problem, error
from generator.fingerprint import digest_bytes
from generator.model import Briefing, ContentPage, CountryPair, Text
from generator.publish.articles import Article, fold_rights, make_article
from generator.publish.cards import Card, Term
from generator.publish.taxonomy import Names, Terms
from generator.publish.translations import find_versions, settle_translations
from generator.publish.urls import BRIEFINGS, HOME, RESERVED, pair_sector_url
from generator.vocabulary import Vocabulary

Index = Mapping[Term, tuple[Card, ...]]


class Archive(Struct, frozen=True):
    """All published briefings, newest first, and their cards by every term; indexes are in the order of the terms' names.

    `articles` are all versions of all texts, and `shown` their cards; `cards`, and all indexes of terms, have each text once, by
    its original.
    `withdrawn` are those of which only the title and the reason are shown, in feeds and at few addresses; `withdrawn_in` maps
    the address of a list to those that stood in it. `by_pair_sector` maps a pair to what it has on each sector, `pairs_of` a
    country to its pairs. Every list is newest first, ties by id.
    """

    articles: tuple[Article, ...]
    withdrawn: tuple[Article, ...]
    withdrawn_in: Mapping[str, tuple[Article, ...]]
    shown: tuple[Card, ...]
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
    offices: Mapping[Term, tuple[tuple[str, int], ...]]
    abbreviations: Mapping[Term, str]
    by_id: Mapping[str, Article]
    pairs_of: Mapping[Term, tuple[Term, ...]]

    def by_family(self, family: str) -> Index:
        """Return the index of one family of terms."""
        index: Index = getattr(self, f"by_{family}")
        return index

    @property
    def has_changes(self) -> bool:
        """Say whether anything was set right or taken back after it was published."""
        return bool(self.withdrawn) or any(article.briefing.corrections for article in self.articles)

    @property
    def changed(self) -> date | None:
        """The day of the latest briefing, correction or withdrawal."""
        return max((article.card.changed for article in (*self.articles, *self.withdrawn)), default=None)

    def find(self, briefing_id: str) -> Article:
        """Return the article of a briefing, be it withdrawn or not."""
        return self.by_id.get(briefing_id) or next(found for found in self.withdrawn if found.card.id == briefing_id)


def make_archive(
    briefings: Iterable[Briefing],
    pages: Iterable[ContentPage],
    *,
    vocabulary: Vocabulary,
    config: Config,
    drafts: bool = False,
    texts: Mapping[str, Text] = MappingProxyType({}),
    names: Names = MappingProxyType({}),
) -> tuple[Archive, list[Problem]]:
    """Return the archive of all briefings that are no drafts, and what is wrong with it; with `drafts`, of all that have a date.

    A translation is left out where its original is, see `settle_translations`.
    `texts` gives the bodies, by path, of the briefings that do not hold theirs; `names` are those of `Terms`.

    Problems: two files with one id, two with one address.
    """
    config = replace(config, rights=fold_rights(config.rights))
    dated = [briefing for briefing in briefings if briefing.date and (drafts or not briefing.draft)]
    shown = settle_translations(dated)
    versions = find_versions(shown, config.language)
    terms = Terms(vocabulary, config.pages, names)
    articles = sorted(
        (
            make_article(briefing, texts.get(briefing.location.path), terms, config, versions=versions.get(briefing.id, ()))
            for briefing in shown
            if not briefing.withdrawn
        ),
        key=lambda article: (article.card.date, article.card.id),
        reverse=True,
    )
    withdrawn = tuple([make_article(briefing, None, terms, config) for briefing in shown if briefing.withdrawn])
    contents = tuple(sorted(pages, key=lambda page: page.id))
    problems = _find_clashes(dated, contents)
    return _index(tuple(articles), withdrawn, contents, terms), problems


def change_texts(archive: Archive, briefings: Iterable[Briefing], texts: Mapping[str, Text]) -> Archive:
    """Return the archive with other texts of some of its briefings, whose front matter is as it was."""
    changed = {}
    for briefing in briefings:
        article = archive.by_id.get(briefing.id)
        if article is not None:
            text = texts[briefing.location.path] if article.rights != "link" else article.text
            digest = digest_bytes(briefing.digest + article.card.digest + article.rights.encode())
            changed[briefing.id] = replace(
                article, briefing=replace(article.briefing, digest=briefing.digest), text=text, digest=digest
            )
    articles = tuple([changed.get(article.card.id, article) for article in archive.articles])
    return replace(archive, articles=articles, by_id=MappingProxyType({**archive.by_id, **changed}))


def _index(
    articles: tuple[Article, ...], withdrawn: tuple[Article, ...], pages: tuple[ContentPage, ...], terms: Terms
) -> Archive:
    originals = tuple([article for article in articles if not article.card.translation_of])
    lists, lattice = _collect_cards(originals, terms)
    indexes: Any = {f"by_{family}": _freeze(found) for family, found in lists.items()}
    pair_countries = _find_countries(indexes["by_pair"], terms)
    return Archive(
        articles=articles,
        withdrawn=withdrawn,
        withdrawn_in=_place_withdrawn(withdrawn, terms),
        shown=tuple([article.card for article in articles]),
        cards=tuple([article.card for article in originals]),
        pages=pages,
        vocabulary=terms.vocabulary,
        by_pair_sector=MappingProxyType({pair: _freeze(lattice.get(pair, {})) for pair in indexes["by_pair"]}),
        pair_countries=pair_countries,
        pairs_of=_group_by_country(pair_countries),
        by_id=MappingProxyType({article.card.id: article for article in articles}),
        offices=_collect_offices(originals, terms),
        abbreviations=_collect_abbreviations(originals, terms),
        **indexes,
    )


Lists = dict[Term, list[Card]]
"""The cards of each term of one family, newest first."""


def _collect_cards(articles: Iterable[Article], terms: Terms) -> tuple[dict[str, Lists], dict[Term, Lists]]:
    """Return the lists of each family, and of each pair those of its sectors."""
    families = ("country", "pair", "sector", "year", "person", "organisation", "kind")
    lists: dict[str, Lists] = {family: {} for family in families}
    lattice: dict[Term, Lists] = {}
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
    return lists, lattice


def _find_countries(pairs: Iterable[Term], terms: Terms) -> Mapping[Term, tuple[Term, Term]]:
    codes = {term: CountryPair.of(*term.key.split("-")) for term in pairs}
    return {term: (terms.term("country", pair.first), terms.term("country", pair.second)) for term, pair in codes.items()}


def _group_by_country(pair_countries: Mapping[Term, tuple[Term, Term]]) -> Mapping[Term, tuple[Term, ...]]:
    pairs_of: dict[Term, list[Term]] = {}
    for pair, countries in pair_countries.items():
        for country in countries:
            pairs_of.setdefault(country, []).append(pair)
    return {country: tuple(pairs) for country, pairs in pairs_of.items()}


def _terms_of(card: Card, terms: Terms) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    return (
        ("country", card.countries),
        ("pair", card.pairs),
        ("sector", card.sectors),
        ("year", (terms.term("year", str(card.date.year)),)),
        ("person", card.people),
        ("organisation", card.organisations),
        ("kind", (card.kind,) if card.kind else ()),
    )


def _place_withdrawn(withdrawn: Iterable[Article], terms: Terms) -> Mapping[str, tuple[Article, ...]]:
    """Return the withdrawn briefings by the addresses of the lists in which they stood."""
    placed: dict[str, list[Article]] = {}
    for article in withdrawn:
        card = article.card
        if card.translation_of:
            continue  # It stood in no list.
        lists = [term.url for _, found in _terms_of(card, terms) for term in found]
        lists += [pair_sector_url(pair.key, sector.key) for pair in card.pairs for sector in card.sectors]
        for url in (HOME, BRIEFINGS, *lists):
            placed.setdefault(url, []).append(article)
    return {url: tuple(found) for url, found in placed.items()}


def _freeze(lists: Lists) -> Index:
    """Return the index in the order of names, which is the order in which readers look for them."""
    return MappingProxyType(
        {term: tuple(lists[term]) for term in sorted(lists, key=lambda term: (term.name.casefold(), term.key))}
    )


def _collect_offices(articles: Iterable[Article], terms: Terms) -> Mapping[Term, tuple[tuple[str, int], ...]]:
    """Return the offices in which the archive met each person, the latest first, each with the year."""
    offices: dict[Term, dict[tuple[str, int], None]] = {}
    for article in articles:
        for person in article.briefing.people:
            if person.office:
                offices.setdefault(terms.term("person", person.name), {})[person.office, article.card.date.year] = None
    return MappingProxyType({term: tuple(found) for term, found in offices.items()})


def _collect_abbreviations(articles: Sequence[Article], terms: Terms) -> Mapping[Term, str]:
    """Return the abbreviation of each organisation that has one, as the latest briefing gives it."""
    return {
        terms.term("organisation", body.name): body.abbreviation
        for article in reversed(articles)
        for body in article.briefing.organisations
        if body.abbreviation
    }


def _find_clashes(briefings: Iterable[Briefing], pages: Iterable[ContentPage]) -> list[Problem]:
    problems = []
    first: dict[str, Briefing] = {}
    for briefing in sorted(briefings, key=lambda item: item.location.path):
        other = first.setdefault(briefing.id, briefing)
        if other is not briefing:
            message = f'the id "{briefing.id}" is already that of {other.location.path}'
            problems.append(error("duplicate-id", briefing.location, message, "rename the newer file"))
    for page in pages:
        if page.id in RESERVED:
            message = f'the address "/{page.id}/" belongs to a list of the site'
            problems.append(error("reserved-address", page.location, message, "rename the file"))
    return problems
