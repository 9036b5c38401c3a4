"""What feeds say of a briefing, and their JSON form; the Atom form is a template.

The id of a feed or an entry is made of its address without the host, so that it stays the same when an archive moves.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from html import escape, unescape
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from generator.errors import Location
from generator.languages import find_direction
from generator.model import Notice
from generator.publish.articles import Article, find_original
from generator.publish.cards import Card
from generator.publish.markup import render_markdown
from generator.publish.site import Site
from generator.publish.urls import absolute
from generator.text import long_date

_TAG = re.compile(r"<[^>]*>")
_RELATIVE = re.compile(r'( (?:href|src)=")(?!https?:|mailto:)([^"]*)')

# A text stands in twenty feeds or more, which readers fetch every hour: 40 pages at most.
TEXT_MAX = 100_000


@cache  # A briefing stands in a dozen feeds, each in two formats.
def feed_id(url: str) -> str:
    """Return the id of the feed or entry with this address, for ever: a name-based UUID."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'bilateral:' + url)}"


def make_json_feed(site: Site, url: str, title: str, lead: str, entries: tuple[Article | Card, ...]) -> bytes:
    """Return a list's latest briefings as JSON Feed 1.1; `lead` says what they are. Source: jsonfeed.org/version/1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title if url == "/" else f"{title} – {site.title}",
        "home_page_url": absolute(site.base_url, url),
        "feed_url": absolute(site.base_url, f"{url}feed.json"),
        "description": lead,
        "language": site.language,
        "authors": [{"name": site.publisher.name or site.title}],
        "items": [_make_item(site, entry) for entry in entries],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _make_item(site: Site, entry: Article | Card) -> dict[str, object]:
    card = entry.card if isinstance(entry, Article) else entry
    item: dict[str, object] = {
        "id": feed_id(card.url),
        "url": absolute(site.base_url, card.url),
        "title": card.title,
        "date_published": say_moment(card.date),
        "language": card.lang,
        "tags": [term.name for term in (*card.pairs, *card.countries, *card.sectors)],
    }
    if card.authors:
        item["authors"] = [{"name": name} for name in card.authors]
    if isinstance(entry, Article) and (original := find_original(entry.briefing, (site.publisher.name, site.title))):
        item |= {"external_url": original.url} if original.url else {}
    if card.revision:
        item["date_modified"] = say_moment(card.changed, card.revision)
    if card.summary:
        item["summary"] = card.summary
    if html := show_in_feed(entry, site):
        item["content_html"] = html
    else:
        item["content_text"] = card.summary or card.title
    return item


@cache
def say_moment(day: date, revision: int = 0) -> str:
    """Return a moment of a day for feeds, which know no days: noon UTC, on which it is that day from Honolulu to Sydney.

    Midnight was the day before in all of America. `revision` counts the changes made on that day, in seconds: who follows a feed
    is shown again what has another moment, and no clock says when it was changed.
    """
    minutes, seconds = divmod(min(revision, 3599), 60)
    return f"{day.isoformat()}T12:{minutes:02}:{seconds:02}Z"


def find_latest_change(entries: Iterable[Article | Card]) -> str:
    """Return the moment at which one of some entries was last published or corrected.

    Whatever else is published or corrected on the latest day moves it, so that a reader who asks a feed for no more hears of
    that. Where one entry is of that day, it is the moment of this entry, and never an earlier one.
    """
    cards = [entry.card if isinstance(entry, Article) else entry for entry in entries]
    latest = max([card.changed for card in cards])
    revisions = [card.revision for card in cards if card.changed == latest]
    return say_moment(latest, sum(revisions) + len(revisions) - 1)


def find_addresses(entry: Article | Card) -> tuple[str, ...]:
    """Return where the sources of a briefing stand; a feed of summaries does not say it."""
    return () if isinstance(entry, Card) else tuple([source.url for source in entry.briefing.sources if source.url])


def show_in_feed(entry: Article | Card, site: Site) -> str:
    """Return the text of an entry as HTML, what was corrected in it first, in the archive's words, which no rights withhold.

    It is empty where nothing was corrected and the feed is one of summaries, the text is not handed out, or is so long that its
    summary has to do.
    """
    card = entry.card if isinstance(entry, Article) else entry
    body, text = entry.body() if isinstance(entry, Article) else "", ""
    if isinstance(entry, Article) and 0 < len(body) <= TEXT_MAX:
        text = _render_body(body, site.base_url, card.url, entry.briefing.body_location)
    if not (text or card.corrections):
        return ""
    text = text or f"<p>{escape(card.summary or card.title)}</p>\n"
    language = site.language if card.withdrawn else card.lang
    if find_direction(language) == "rtl":  # Readers that take the language from the entry do not take from it which way it runs.
        text = f"<div{_tongue(language)}>\n{text}</div>\n"
    return "".join([_tell(note, card, site) for note in card.corrections]) + text


def _tell(note: Notice, card: Card, site: Site) -> str:
    """Return what was corrected in a briefing: a text in the archive's language among words of the frame's."""
    said = escape(note.text)
    if site.language != site.frame_language:
        said = f"<span{_tongue(site.language)}>{said}</span>"
    tongue = _tongue(site.frame_language) if card.lang != site.frame_language else ""
    return f"<p{tongue}><em>Corrected, {long_date(note.date)}: {said}</em></p>\n"


def _tongue(language: str) -> str:
    return f' lang="{escape(language)}" dir="{find_direction(language)}"'


# A briefing stands in the feeds of some twenty lists: kept, 2,400 conversions for the example archive become 150.
@lru_cache(maxsize=2048)
def _render_body(body: str, base_url: str, url: str, location: Location) -> str:
    """Return the body of the briefing at `url` for readers outside the site: its links and pictures are whole addresses."""
    html = render_markdown(body, location=location, base_path=base_url)
    if not _RELATIVE.search(html):
        return html
    page = absolute(base_url, url)
    return _TAG.sub(lambda tag: _RELATIVE.sub(lambda found: found[1] + escape(urljoin(page, unescape(found[2]))), tag[0]), html)
