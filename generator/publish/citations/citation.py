"""What a citation of a briefing says: the one model from which all its forms come.

A briefing is cited as this archive's own publication, and the article that it was made from beside it. A reprint, which has the
title of an article of another publisher and so its text, is that article: as in a repository of deposited papers, all forms name
its author and outlet, and the archive as the place of the copy. A citation of such a page as the archive's own would claim a text
of others; so there is none.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Author, Source, join_authors
from generator.publish.articles import Article, find_original
from generator.publish.cards import Card
from generator.publish.urls import absolute
from generator.text import normalise, squeeze

# What RFC 3987 keeps out of an address, or what ends one in BibTeX, Markdown or a shell; letters of all scripts may stay.
_UNSAFE = re.compile(r"""[\x00-\x20"'<>\\^`{|}\x7f-\xa0]""")
_PLAIN_ADDRESS = re.compile(r"https?://[a-z\d][!#-&(-;=?-Z_a-z~]*", re.ASCII)


class Citation(Struct, frozen=True):
    """Something that can be cited: a briefing (`form` is "webpage"), or an article that it is or was made from ("article").

    All texts are on one line, and empty where nothing is known. `key` begins with the briefing's id, and is as lasting;
    `container` is the site or the outlet; `lang` is that of the text, and empty for what a briefing is based on, of which nobody
    has said it; `published` is None where the source gives no date; `modified` is the day on which the page was last corrected,
    or None; `sources` are what a briefing is based on. The page of the briefing stands at `page_url` on the site `site`;
    `archive` is that name where the page holds a copy of an article, whose `url` is its own, or else that of the copy.
    """

    key: str
    form: str
    title: str
    authors: tuple[Author, ...]
    container: str
    publisher: str
    url: str
    published: date | None
    modified: date | None = None
    lang: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    publisher_url: str = ""
    site: str = ""
    site_url: str = ""
    page_url: str = ""
    archive: str = ""
    sources: tuple["Citation", ...] = ()

    @property
    def author(self) -> str:
        """The authors as a reader says them."""
        return join_authors(self.authors)


class Imprint(Struct, frozen=True):
    """What all citations of an archive say of it, made once: the site, and who publishes it, or else the site itself."""

    site: str
    site_url: str
    publisher: str
    publisher_url: str


def make_imprint(site_title: str, publisher: str, base_url: str, publisher_url: str = "") -> Imprint:
    """Return what citations say of a site at `base_url`, which ends with a slash."""
    site = _line(site_title)
    return Imprint(site, find_web_address(base_url), _line(publisher) or site, find_web_address(publisher_url))


def make_citation(article: Article, imprint: Imprint) -> Citation:
    """Return how to cite a briefing: a reprint as its source's, else as the archive's, whose author is its publisher."""
    key = article.card.id
    sources = [source for source in article.briefing.sources if source.publisher or source.title or source.url]
    are_many = len(sources) > 1
    cited = [
        _cite_source(source, f"{key}-source-{number}" if are_many else f"{key}-source")
        for number, source in enumerate(sources, 1)
    ]
    own = _cite_page(article.card, imprint, key=key, sources=tuple(cited))
    original = find_original(article.briefing, (imprint.publisher, imprint.site))
    if original is None:
        return own
    return _cite_reprint(own, cited[sources.index(original)], is_copy=article.rights == "full")


def _cite_page(card: Card, imprint: Imprint, *, key: str, sources: tuple[Citation, ...]) -> Citation:
    """Return how to cite a briefing as the archive's own."""
    page_url = find_web_address(absolute(imprint.site_url, card.url))
    return Citation(
        key=key,
        form="webpage",
        title=_line(card.title),
        authors=(Author(imprint.publisher),),
        container=imprint.site,
        publisher=imprint.publisher,
        url=page_url,
        published=card.date,
        modified=card.changed if card.revision else None,
        lang=card.lang,
        abstract=_line(card.summary),
        keywords=_collect_keywords(card),
        countries=tuple([term.name for term in card.countries]),
        publisher_url=imprint.publisher_url,
        site=imprint.site,
        site_url=imprint.site_url,
        page_url=page_url,
        sources=sources,
    )


def _cite_reprint(own: Citation, source: Citation, *, is_copy: bool) -> Citation:
    """Return how to cite a page that is an article of `source`, of which it holds a copy or leads to it."""
    return replace(
        own,
        form=source.form,
        authors=source.authors,
        container=source.container,
        publisher=source.publisher,
        publisher_url="",
        url=source.url or (own.page_url if is_copy else ""),
        published=source.published or own.published,
        archive=own.site if is_copy else "",
        sources=(),
    )


def find_source_citation(citation: Citation) -> Citation | None:
    """Return how to cite the article behind a briefing, or None where it has no source of a known title, or several sources."""
    return citation.sources[0] if len(citation.sources) == 1 and citation.sources[0].title else None


def _cite_source(source: Source, key: str) -> Citation:
    """Return how to cite what a briefing is based on."""
    publisher = _line(source.publisher)
    return Citation(
        key=key,
        form="article",
        title=_line(source.title),
        authors=tuple([Author(_line(author.family), _line(author.given)) for author in source.authors]),
        container=publisher,
        publisher=publisher,
        url=find_web_address(source.url),
        published=_find_day(source),
    )


def _find_day(source: Source) -> date | None:
    """Return the day in the zone of the source, which is the day that its readers saw."""
    return source.published.date() if isinstance(source.published, datetime) else source.published


def _line(text: str) -> str:
    return squeeze(normalise(text))


def _collect_keywords(card: Card) -> tuple[str, ...]:
    return tuple(dict.fromkeys([term.name for term in (*card.sectors, *card.pairs, *card.countries)]))


def find_web_address(text: str) -> str:
    """Return a whole http or https address with unsafe characters escaped, or an empty text for anything else."""
    return text if _PLAIN_ADDRESS.fullmatch(text) else _escape_address(text)  # 0.4 µs for most, instead of 3.


def _escape_address(text: str) -> str:
    url = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), text.strip())
    try:
        parts = urlsplit(url)
    except ValueError:  # An opened `[` of an IPv6 host.
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
