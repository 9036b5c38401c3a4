"""What a citation of a briefing says: the one model from which all its forms come.

The briefing is cited as this archive's own publication, since the archive decided on its text and answers for its tags; the
article that it was made from is cited beside it. A byline stays as it was written: nothing in "Cho Hyun" or "Press Trust of
India" says which word is the family name, or whether it is a person at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from generator.model import Card, Source
from generator.publish.archive import Article
from generator.text import normalise, squeeze

# What RFC 3987 keeps out of an address, or what ends one in BibTeX, Markdown or a shell; letters of all scripts may stay.
_UNSAFE = re.compile(r"""[\x00-\x20"'<>\\^`{|}\x7f-\xa0]""")


@dataclass(frozen=True, slots=True)
class Citation:
    """Something that can be cited: a briefing (`form` is "webpage"), or an article it was made from ("article").

    All texts are on one line, and empty where nothing is known. `key` is made of the briefing's id and as lasting; `container` is
    the site or the outlet; `published` is None where the source gives no date; `sources` are what a briefing is based on.
    """

    key: str
    form: str
    title: str
    author: str
    container: str
    publisher: str
    url: str
    published: date | None
    lang: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    publisher_url: str = ""
    container_url: str = ""
    sources: tuple["Citation", ...] = ()


def make_citation(article: Article, site_title: str, publisher: str, url: str, publisher_url: str = "") -> Citation:
    """Return how to cite a briefing that stands at the whole address `url`; author is the publisher, or else the site itself.

    The arguments are plain, so that the work can be left to the moment at which a page is rendered.
    """
    card = article.card
    site_title = _line(site_title)
    author = _line(publisher) or site_title
    return Citation(
        key=_make_key(card.id),
        form="webpage",
        title=_line(card.title),
        author=author,
        container=site_title,
        publisher=author,
        url=find_web_address(url),
        published=card.date,
        lang=card.lang,
        abstract=_line(card.summary),
        keywords=_collect_keywords(card),
        countries=tuple(term.name for term in card.countries),
        publisher_url=find_web_address(publisher_url),
        container_url=find_web_address(url.removesuffix(card.url.removeprefix("/"))),
        sources=tuple(_cite_sources(article)),
    )


def find_source_citation(citation: Citation) -> Citation | None:
    """Return how to cite the article behind a briefing, or None where it has no source, or several."""
    return citation.sources[0] if len(citation.sources) == 1 else None


def is_reprint(citation: Citation) -> bool:
    """Say whether a briefing is an article of another publisher's: its only source has its title."""
    source = find_source_citation(citation)
    return source is not None and source.title == citation.title and source.publisher not in ("", citation.publisher)


def _cite_sources(article: Article) -> Iterable[Citation]:
    sources = [source for source in article.briefing.sources if source.publisher or source.title or source.url]
    for number, source in enumerate(sources, 1):
        suffix = "-source" if len(sources) == 1 else f"-source-{number}"
        publisher = _line(source.publisher)
        yield Citation(
            key=_make_key(article.card.id) + suffix,
            form="article",
            # A source without a title of its own has the headline that the briefing took over from it.
            title=_line(source.title) or _line(article.card.title),
            author=_line(source.author),
            container=publisher,
            publisher=publisher,
            url=find_web_address(source.url),
            published=_find_day(source),
            lang=article.card.lang,
        )


def _find_day(source: Source) -> date | None:
    """Return the day in the zone of the source, which is the day that its readers saw."""
    return source.published.date() if isinstance(source.published, datetime) else source.published


def _line(text: str) -> str:
    return squeeze(normalise(text))


def _make_key(briefing_id: str) -> str:
    """Return the id with what BibTeX refuses in a key taken out; ids that the archive made itself stay as they are."""
    return re.sub(r"[^A-Za-z0-9_.:-]", "", briefing_id) or "briefing"


def _collect_keywords(card: Card) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.name for term in (*card.sectors, *card.pairs, *card.countries)))


def find_web_address(text: str) -> str:
    """Return a whole http or https address with unsafe characters escaped, or an empty text for anything else."""
    url = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), text.strip())
    try:
        parts = urlsplit(url)
    except ValueError:  # An opened `[` of an IPv6 host.
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
