"""The files of `/api/v1/`: one for each briefing, country, pair and sector, and one that lists everything.

A file of the first kinds changes with what it is about and with nothing else; a program that wants all of it takes the downloads.
"""

from collections.abc import Iterable, Mapping

from generator.mentions import TermEvidence, find_evidence
from generator.model import Card, Mention, Source, Term
from generator.publish.archive import Article
from generator.publish.exports.records import (
    BriefingRecord,
    CaptionRecord,
    CountRecord,
    EvidenceRecord,
    IndexRecord,
    ListingRecord,
    OrganisationRecord,
    PersonRecord,
    SourceRecord,
    SummaryRecord,
    TermRecord,
    dump_record,
)
from generator.vocabulary import Vocabulary

API = "/api/v1/"
_FOLDERS: Mapping[str, str] = {"briefing": "briefings", "country": "countries", "pair": "pairs", "sector": "sectors"}


def api_url(family: str, key: str) -> str:
    """Return the address of a briefing, country, pair or sector in the API: `/api/v1/pairs/in-kr.json`."""
    return f"{API}{_FOLDERS[family]}/{key}.json"


def render_briefing(article: Article, base_url: str, vocabulary: Vocabulary) -> bytes:
    """Return the file of a briefing, with the evidence of its terms."""
    briefing = article.briefing
    evidence = find_evidence((*briefing.countries, *briefing.sectors), article.text, vocabulary, briefing.lang or "en")
    return dump_record(make_briefing_record(article, base_url, evidence))


def render_listing(term: Term, cards: tuple[Card, ...], base_url: str) -> bytes:
    """Return the file of a country, a pair or a sector; `cards` are all its briefings, newest first."""
    return dump_record(make_listing_record(term, cards, base_url))


def render_index(title: str, cards: tuple[Card, ...], base_url: str) -> bytes:
    """Return the file that lists everything; `cards` are those of the archive, newest first."""
    return dump_record(make_index_record(title, cards, base_url))


def make_briefing_record(article: Article, base_url: str, evidence: Iterable[TermEvidence] = ()) -> BriefingRecord:
    """Return what the API says of a briefing."""
    briefing, caption = article.briefing, article.briefing.caption
    summary = _summarise(article.card, base_url)
    return BriefingRecord(
        id=summary.id,
        title=summary.title,
        date=summary.date,
        url=summary.url,
        api_url=summary.api_url,
        summary=summary.summary,
        kind=summary.kind,
        countries=summary.countries,
        pairs=summary.pairs,
        sectors=summary.sectors,
        publisher=summary.publisher,
        language=summary.language,
        rights=article.rights,
        key_points=briefing.key_points,
        people=tuple(PersonRecord(person.name, person.office or None) for person in briefing.people),
        organisations=tuple(OrganisationRecord(body.name, body.abbreviation or None) for body in briefing.organisations),
        sources=tuple(_make_source(source) for source in briefing.sources),
        caption=CaptionRecord(caption.text, caption.credit or None) if caption else None,
        evidence=tuple(_make_evidence(found.term, mention) for found in evidence for mention in found.mentions),
        body=briefing.body or None,
    )


def make_listing_record(term: Term, cards: tuple[Card, ...], base_url: str) -> ListingRecord:
    """Return what the API says of a country, a pair or a sector, which has at least one briefing."""
    return ListingRecord(
        family=term.family,
        term=_make_term(term, base_url),
        count=len(cards),
        first=cards[-1].date,
        latest=cards[0].date,
        countries=_count((card.countries for card in cards), base_url),
        pairs=_count((card.pairs for card in cards), base_url),
        sectors=_count((card.sectors for card in cards), base_url),
        briefings=tuple(_summarise(card, base_url) for card in cards),
    )


def make_index_record(title: str, cards: tuple[Card, ...], base_url: str) -> IndexRecord:
    """Return what the API says of the archive as a whole."""
    return IndexRecord(
        title=title,
        url=base_url,
        openapi_url=_absolute(f"{API}openapi.json", base_url),
        count=len(cards),
        countries=_count((card.countries for card in cards), base_url),
        pairs=_count((card.pairs for card in cards), base_url),
        sectors=_count((card.sectors for card in cards), base_url),
        briefings=tuple(_summarise(card, base_url) for card in cards),
    )


def _summarise(card: Card, base_url: str) -> SummaryRecord:
    def terms(found: tuple[Term, ...]) -> tuple[TermRecord, ...]:
        return tuple(_make_term(term, base_url) for term in found)

    return SummaryRecord(
        id=card.id,
        title=card.title,
        date=card.date,
        url=_absolute(card.url, base_url),
        api_url=_absolute(api_url("briefing", card.id), base_url),
        summary=card.summary or None,
        kind=_make_term(card.kind, base_url) if card.kind else None,
        countries=terms(card.countries),
        pairs=terms(card.pairs),
        sectors=terms(card.sectors),
        publisher=card.publisher or None,
        language=card.lang or None,
    )


def _make_term(term: Term, base_url: str) -> TermRecord:
    told = _absolute(api_url(term.family, term.key), base_url) if term.family in _FOLDERS else None
    return TermRecord(term.key, term.name, _absolute(term.url, base_url), told)


def _count(groups: Iterable[tuple[Term, ...]], base_url: str) -> tuple[CountRecord, ...]:
    counts: dict[Term, int] = {}
    for term in (term for group in groups for term in group):
        counts[term] = counts.get(term, 0) + 1
    ordered = sorted(counts, key=lambda term: (-counts[term], term.name, term.key))
    return tuple(CountRecord(_make_term(term, base_url), counts[term]) for term in ordered)


def _make_source(source: Source) -> SourceRecord:
    return SourceRecord(
        publisher=source.publisher or None,
        title=source.title or None,
        url=source.url if source.url.startswith(("http://", "https://")) else None,
        published=source.published.isoformat() if source.published else None,
        author=source.author or None,
    )


def _make_evidence(term: str, mention: Mention) -> EvidenceRecord:
    return EvidenceRecord(term.lower(), mention.quote, mention.start, mention.end, mention.rule)


def _absolute(url: str, base_url: str) -> str:
    return base_url + url.removeprefix("/")
