"""Briefing → `Article`: what rights forbid to show is already gone, so no feed, download or search index can let it out."""

from collections.abc import Collection
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config, RightsSettings
from generator.fingerprint import digest_bytes, digest_plain
from generator.model import Briefing, Notice, Source, Text
from generator.publish.cards import Card, Version
from generator.publish.taxonomy import Terms
from generator.publish.urls import briefing_url
from generator.text import fold


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


def make_article(
    briefing: Briefing, text: Text | None, terms: Terms, config: Config, *, versions: tuple[Version, ...] = ()
) -> Article:
    """Return a briefing as it may be shown; `text` is its body where it does not hold that itself.

    The rights of `config` are folded.
    """
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
    told = _announce(briefing, briefing.withdrawn) if briefing.withdrawn else briefing
    card = _make_card(told, terms.unlisted() if told.translation_of else terms, config, versions)
    return Article(card, briefing, text, allowed, digest_bytes(briefing.digest + card.digest + allowed.encode()))


def _announce(briefing: Briefing, notice: Notice) -> Briefing:
    """Return a withdrawn briefing as feeds tell of it, in the archive's words. Source: NISO RP-45-2024, whose titles say it."""
    return replace(briefing, title=f"Withdrawn: {briefing.title}", summary=notice.text)


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


def _make_card(briefing: Briefing, terms: Terms, config: Config, versions: tuple[Version, ...]) -> Card:
    assert briefing.date is not None, "drafts without a date are left out before"  # noqa: S101
    kinds = terms.all("kind", (briefing.kind,) if briefing.kind else ())
    countries = terms.all("country", briefing.countries)
    pairs = tuple([terms.pair(pair) for pair in briefing.pairs])
    sectors = terms.all("sector", briefing.sectors)
    people = tuple(dict.fromkeys(terms.all("person", [person.name for person in briefing.people])))
    organisations = tuple(dict.fromkeys(terms.all("organisation", [body.name for body in briefing.organisations])))
    publisher = briefing.sources[0].publisher if briefing.sources else ""
    original = find_original(briefing, (config.publisher.name, config.title))
    authors = tuple([author.name for author in original.authors]) or (original.publisher,) if original else ()
    lang = briefing.lang or config.language
    named = b"".join([term.digest for term in (*kinds, *countries, *pairs, *sectors, *people, *organisations)])
    notices = briefing.corrections + ((briefing.withdrawn,) if briefing.withdrawn else ())
    changed = max([briefing.date, *[notice.date for notice in notices]])
    revision = sum([notice.date == changed for notice in notices])
    said = [(notice.date.isoformat(), notice.text) for notice in notices]
    others = tuple([(version.title, version.lang, version.url) for version in versions]) if versions else ()
    words = briefing.title, briefing.summary, publisher, authors, lang, said
    told = (briefing.id, briefing.date.isoformat(), words, briefing.translation_of, others)
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
        authors=authors,
        lang=lang,
        translation_of=briefing.translation_of,
        versions=versions,
        corrections=briefing.corrections,
        withdrawn=briefing.withdrawn is not None,
        changed=changed,
        revision=revision,
        digest=digest_plain((told, named)),
    )


def find_original(briefing: Briefing, own: Collection[str]) -> Source | None:
    """Return the article of another publisher that a text is, by its title in whatever case; `own` are names of the archive."""
    for source in briefing.sources:
        if source.title and fold(source.title) == fold(briefing.title):
            return source if source.publisher and source.publisher not in own else None
    return None
