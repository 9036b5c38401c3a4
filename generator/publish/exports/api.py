"""The files of `/api/v1/`: one for each briefing, country, pair and sector, and one that lists everything.

A file of the first kinds changes with what it is about and with nothing else; a program that wants all of it takes the downloads.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain

from msgspec import Struct
from msgspec.structs import asdict

from generator.mentions import TermEvidence, find_evidence, limit_quotes
from generator.model import Mention, Source
from generator.publish.articles import Article
from generator.publish.cards import Card, Term, count_terms
from generator.publish.changes import Change
from generator.publish.exports.records import (
    BriefingRecord,
    CaptionRecord,
    ChangeRecord,
    ChangesRecord,
    CorrectionRecord,
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
from generator.publish.urls import absolute, make_uri, term_slug
from generator.vocabulary import Vocabulary

API = "/api/v1/"
_FOLDERS: Mapping[str, str] = {"briefing": "briefings", "country": "countries", "pair": "pairs", "sector": "sectors"}


class Host(Struct, frozen=True):
    """Where the addresses in records lead: below `base_url`, and to files of the API only where that is made."""

    base_url: str
    has_api: bool = True

    def address(self, url: str) -> str:
        """Return the whole address of a page."""
        return make_uri(absolute(self.base_url, url))

    def page_address(self, term: Term) -> str | None:
        """Return the whole address of the page of a term, where the archive makes one."""
        return self.address(term.url) if term.url else None

    def api_address(self, family: str, key: str) -> str | None:
        """Return the whole address of a file of the API."""
        return self.address(api_url(family, key)) if self.has_api and family in _FOLDERS else None


def api_url(family: str, key: str) -> str:
    """Return the address of a briefing, country, pair or sector in the API: `/api/v1/pairs/in-kr.json`."""
    return f"{API}{_FOLDERS[family]}/{key}.json"


def render_briefing(article: Article, host: Host, vocabulary: Vocabulary) -> bytes:
    """Return the file of a briefing, with the evidence of its terms."""
    briefing = article.briefing
    text = article.text.read()
    evidence = find_evidence((*briefing.countries, *briefing.sectors), text, vocabulary, article.card.lang)
    if article.rights != "full":
        evidence = limit_quotes(evidence, text)
    return dump_record(make_briefing_record(article, host, evidence))


def render_listing(term: Term, cards: tuple[Card, ...], host: Host) -> bytes:
    """Return the file of a country, a pair or a sector; `cards` are all its briefings, newest first."""
    return dump_record(make_listing_record(term, cards, host))


def render_index(title: str, cards: tuple[Card, ...], host: Host, changed: date | None) -> bytes:
    """Return the file that lists everything; `cards` are all that the archive shows, newest first; it last `changed` on a day."""
    return dump_record(make_index_record(title, cards, host, changed))


def render_changes(changes: Iterable[Change], host: Host) -> bytes:
    """Return the file of all corrections and withdrawals, which are given with the latest first."""
    told = tuple(
        ChangeRecord(
            date=change.date,
            kind="withdrawal" if change.is_withdrawal else "correction",
            id=change.card.id,
            title=change.title,
            url=host.address(change.card.url),
            text=change.text,
        )
        for change in changes
    )
    return dump_record(ChangesRecord(len(told), told))


def make_briefing_record(
    article: Article, host: Host, evidence: Iterable[TermEvidence] = (), *, has_body: bool = True
) -> BriefingRecord:
    """Return what the API says of a briefing; its text is read only where the record is to have it."""
    briefing, caption = article.briefing, article.briefing.caption
    pages = {(term.family, term.key): host.page_address(term) for term in (*article.card.people, *article.card.organisations)}
    return BriefingRecord(
        **asdict(_summarise(article.card, host)),
        rights=article.rights,
        key_points=briefing.key_points,
        people=tuple(
            PersonRecord(key, person.name, pages["person", key], person.office or None)
            for person in briefing.people
            for key in (term_slug("person", person.name),)
        ),
        organisations=tuple(
            OrganisationRecord(key, body.name, pages["organisation", key], body.abbreviation or None)
            for body in briefing.organisations
            for key in (term_slug("organisation", body.name),)
        ),
        sources=tuple(_make_source(source) for source in briefing.sources),
        caption=CaptionRecord(caption.text, caption.credit or None) if caption else None,
        corrections=tuple(CorrectionRecord(item.date, item.text) for item in briefing.corrections),
        aliases=tuple(host.address(alias) for alias in briefing.aliases),
        base_url=host.address("/"),
        evidence=tuple(_make_evidence(found.term, mention) for found in evidence for mention in found.mentions),
        body=(article.body() or None) if has_body else None,
    )


def make_listing_record(term: Term, cards: tuple[Card, ...], host: Host) -> ListingRecord:
    """Return what the API says of a country, a pair or a sector, which has at least one briefing."""
    return ListingRecord(
        family=term.family,
        term=_make_term(term, host),
        count=len(cards),
        first=cards[-1].date,
        latest=cards[0].date,
        countries=_count((card.countries for card in cards), host),
        pairs=_count((card.pairs for card in cards), host),
        sectors=_count((card.sectors for card in cards), host),
        briefings=tuple(_summarise(card, host) for card in cards),
    )


def make_index_record(title: str, cards: tuple[Card, ...], host: Host, changed: date | None) -> IndexRecord:
    """Return what the API says of the archive as a whole."""
    originals = [card for card in cards if not card.translation_of]
    return IndexRecord(
        title=title,
        changed=changed,
        url=host.address("/"),
        openapi_url=host.address(f"{API}openapi.json"),
        count=len(originals),
        countries=_count((card.countries for card in originals), host),
        pairs=_count((card.pairs for card in originals), host),
        sectors=_count((card.sectors for card in originals), host),
        briefings=tuple(_summarise(card, host) for card in cards),
    )


def _summarise(card: Card, host: Host) -> SummaryRecord:
    def terms(found: tuple[Term, ...]) -> tuple[TermRecord, ...]:
        return tuple(_make_term(term, host) for term in found)

    return SummaryRecord(
        id=card.id,
        title=card.title,
        date=card.date,
        changed=card.changed,
        url=host.address(card.url),
        api_url=host.api_address("briefing", card.id),
        summary=card.summary or None,
        kind=_make_term(card.kind, host) if card.kind else None,
        countries=terms(card.countries),
        pairs=terms(card.pairs),
        sectors=terms(card.sectors),
        publisher=card.publisher or None,
        language=card.lang,
        translation_of=card.translation_of or None,
    )


@cache  # 10,000 briefings name terms 65,000 times: to describe each of them once takes a fifth off their records.
def _make_term(term: Term, host: Host) -> TermRecord:
    api_url = host.api_address(term.family, term.key) if term.is_listed else None
    return TermRecord(term.key, term.name, host.page_address(term), api_url)


def _count(groups: Iterable[tuple[Term, ...]], host: Host) -> tuple[CountRecord, ...]:
    return tuple([CountRecord(_make_term(term, host), count) for term, count in count_terms(chain.from_iterable(groups))])


def _make_source(source: Source) -> SourceRecord:
    return SourceRecord(
        publisher=source.publisher or None,
        title=source.title or None,
        url=source.url if source.url.startswith(("http://", "https://")) else None,
        published=source.published.isoformat() if source.published else None,
        author=source.byline or None,
    )


def _make_evidence(term: str, mention: Mention) -> EvidenceRecord:
    return EvidenceRecord(term.lower(), mention.quote, mention.start, mention.end, mention.rule)
