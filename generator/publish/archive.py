"""Briefings → `Archive`: in order, indexed by every taxonomy, checked as a whole, and already without what rights forbid to show.

Whatever follows sees only what may be published: a text that is withheld is not in the archive at all, so no feed, download or
search index can let it out.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config, RightsSettings
from generator.errors import Problem, error
from generator.fingerprint import digest_bytes, digest_plain
from generator.model import Briefing, Card, ContentPage, CountryPair, Source, Term, Text
from generator.publish.taxonomy import Names, Terms
from generator.publish.urls import RESERVED, briefing_url
from generator.text import fold
from generator.vocabulary import Vocabulary

Index = Mapping[Term, tuple[Card, ...]]


class Article(Struct, frozen=True):
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


class Archive(Struct, frozen=True):
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
    offices: Mapping[Term, tuple[tuple[str, int], ...]]
    abbreviations: Mapping[Term, str]
    by_id: Mapping[str, Article]
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
    names: Names = MappingProxyType({}),
) -> tuple[Archive, list[Problem]]:
    """Return the archive of all briefings that are no drafts, and what is wrong with it; with `drafts`, of all that have a date.

    `texts` gives the bodies, by path, of the briefings that do not hold theirs; `names` are those of `Terms`.

    Problems: two files with one id, two with one address.
    """
    config = replace(config, rights=fold_rights(config.rights))
    shown = [briefing for briefing in briefings if briefing.date and (drafts or not briefing.draft)]
    terms = Terms(vocabulary, config.pages, names)
    articles = sorted(
        (
            _make_article(briefing, texts.get(briefing.location.path), terms, config)
            for briefing in shown
            if not briefing.withdrawn
        ),
        key=lambda article: (article.card.date, article.card.id),
        reverse=True,
    )
    withdrawn = tuple(_make_article(briefing, None, terms, config) for briefing in shown if briefing.withdrawn)
    contents = tuple(sorted(pages, key=lambda page: page.id))
    problems = _find_clashes(shown, contents)
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


def _make_article(briefing: Briefing, text: Text | None, terms: Terms, config: Config) -> Article:
    allowed = "link" if briefing.withdrawn else find_rights(briefing, config.rights)
    text = text or Text(briefing.digest, partial(str, briefing.body))
    if allowed == "link":
        text = Text(b"", str)
        briefing = replace(briefing, body="", summary="", key_points=(), caption=None)
    elif allowed == "excerpt":
        briefing = replace(briefing, body="", caption=None)
    if briefing.corrections:
        latest = sorted(briefing.corrections, key=lambda correction: correction.date, reverse=True)
        briefing = replace(briefing, corrections=tuple(latest))
    card = _make_card(briefing, terms, config)
    return Article(card, briefing, text, allowed, digest_bytes(briefing.digest + card.digest + allowed.encode()))


def fold_rights(rights: RightsSettings) -> RightsSettings:
    """Return the settings as `find_rights` reads them: a name written otherwise must not publish what its owner keeps."""
    return replace(rights, publishers={fold(name): allowed for name, allowed in rights.publishers.items()})


def find_rights(briefing: Briefing, rights: RightsSettings) -> str:
    """Return how much may be shown of the text of a briefing: what it says itself, or what folded settings say of its sources."""
    if briefing.rights:
        return briefing.rights
    if rights.publishers:
        for source in briefing.sources:
            if (name := fold(source.publisher)) in rights.publishers:
                return rights.publishers[name]
    return rights.default


def _make_card(briefing: Briefing, terms: Terms, config: Config) -> Card:
    assert briefing.date is not None, "drafts without a date are left out before"  # noqa: S101
    kinds = terms.all("kind", (briefing.kind,) if briefing.kind else ())
    countries = terms.all("country", briefing.countries)
    pairs = tuple([terms.pair(pair) for pair in briefing.pairs])
    sectors = terms.all("sector", briefing.sectors)
    people = tuple(dict.fromkeys(terms.all("person", [person.name for person in briefing.people])))
    organisations = tuple(dict.fromkeys(terms.all("organisation", [body.name for body in briefing.organisations])))
    publisher = briefing.sources[0].publisher if briefing.sources else ""
    original = find_original(briefing, (config.publisher.name, config.title))
    outlet = original.publisher if original else ""
    lang = briefing.lang or config.language
    named = b"".join([term.digest for term in (*kinds, *countries, *pairs, *sectors, *people, *organisations)])
    changed = max([briefing.date, *[correction.date for correction in briefing.corrections]])
    days = briefing.date.isoformat(), changed.isoformat()
    told = (briefing.id, briefing.title, briefing.summary, days, publisher, outlet, lang)
    return Card(
        id=briefing.id,
        title=briefing.title,
        summary=briefing.summary,
        date=briefing.date,
        url=briefing_url(briefing.id),
        kind=kinds[0] if kinds else None,
        countries=countries,
        pairs=pairs,
        sectors=sectors,
        people=people,
        organisations=organisations,
        publisher=publisher,
        outlet=outlet,
        lang=lang,
        changed=changed,
        digest=digest_plain((told, named)),
    )


def find_original(briefing: Briefing, own: Collection[str]) -> Source | None:
    """Return the article of another publisher that a text is, by its title in whatever case; `own` are names of the archive."""
    title = fold(briefing.title)
    original = next((source for source in briefing.sources if source.title and fold(source.title) == title), None)
    return original if original and original.publisher and original.publisher not in own else None


def _index(
    articles: tuple[Article, ...], withdrawn: tuple[Article, ...], pages: tuple[ContentPage, ...], terms: Terms
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


def _freeze(lists: Mapping[Term, list[Card]]) -> Index:
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
