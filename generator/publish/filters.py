"""What templates can ask for: pure filters of the values that they were handed."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache, partial
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from generator.languages import find_direction, name_language
from generator.model import ContentPage
from generator.publish.cards import Card
from generator.publish.citations import style_citation
from generator.publish.escaping import escape_text, make_html
from generator.publish.feeds import feed_id, find_addresses, find_latest_change, say_moment, show_in_feed
from generator.publish.json_ld import breadcrumb_json_ld, website_json_ld
from generator.publish.markup import SCHEMES, render_markdown, safe_address
from generator.publish.site import Site
from generator.publish.urls import absolute, make_uri
from generator.text import MONTHS, find_full_stop, long_date, short_date, split_sentences


def make_filters(base_url: str) -> dict[str, Callable[..., object]]:
    """Return the filters of a site at `base_url` by their names in templates."""
    base_path = urlsplit(base_url).path.rstrip("/") + "/"
    return {
        "url": make_absolute(base_path),
        "absolute": make_absolute(base_url),
        "uri": lambda url: make_uri(absolute(base_url, url)),
        "article_html": partial(show_page, base_path),
        "feed_html": show_in_feed,
        "feed_id": feed_id,
        "feed_sources": find_addresses,
        "long_date": long_date,
        "short_date": short_date,
        "iso_date": cache(date.isoformat),  # It formats numbers, which takes ten times as long as finding the text.
        "direction": find_direction,
        "language": name_language,
        "period": period,
        "without": lambda items, url: [item for item in items if item.url != url],
        "first_sentence": first_sentence,
        "ended": lambda text: text + find_full_stop(text),
        "latest_change": find_latest_change,
        "moment": say_moment,
        "way": lambda heading: breadcrumb_json_ld(
            [(step.name, absolute(base_url, step.url)) for step in heading.crumbs]
            + [(heading.title, absolute(base_url, heading.url))]
        ),
        "website": website_json_ld,
        "count": count,
        "size": size,
        "safe_link": safe_link,
        "standing": find_standing,
        "marked": mark_words,
        "styled": style_citation,
        "report_address": partial(find_report_address, base_url),
        "path_data": Markup,  # Only for what `charts` draws: path data made of numbers.
    }


def show_page(base_path: str, page: ContentPage) -> Markup:
    """Return the text of a page of the archive's own as HTML."""
    html = render_markdown(page.body, location=page.body_location, base_path=base_path, anchors=True)
    return Markup(html)  # noqa: S704  # Sanitised there.


def make_absolute(base: str) -> Callable[[str], str]:
    """Return what puts an address of the site below `base` as `absolute` does, in half the time: a page has thirty addresses."""
    stem = base.removesuffix("/")
    return lambda url: stem + url if url[:1] == "/" else url


@lru_cache(maxsize=None, typed=True)  # Most are of one or two: to format each anew took ten times as long.
def count(number: int, one: str, many: str = "") -> str:
    """Return `1 briefing` or `2 briefings`, with thousands separated by a thin space."""
    return f"{number:,}".replace(",", "\u202f") + " " + (one if number == 1 else many or one + "s")


def period(first: date, last: date) -> str:
    """Return `March 2019 to May 2024`, or the month alone if both days lie in one."""
    months = dict.fromkeys(f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    return " to ".join(months)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return next((text[start:end] for start, end in split_sentences(text)), "")


def size(number: int) -> str:
    """Return a number of bytes as readers say it: `812 bytes`, `14 kB`, `1.2 MB`."""
    if number < 1000:
        return count(number, "byte")
    return f"{number / 1e6:.1f} MB" if number >= 999_500 else f"{number / 1000:.0f} kB"


def find_standing(here: str, site: Site) -> str:
    """Return what the frame of a page has to know of its address: all of it where the frame may lead there, else its section.

    `/pairs/in-kr/` is `/pairs/*`, so that one frame serves all pairs.
    """
    links = _find_frame_links(site)
    if here in links or here.count("/") <= 2:
        return here
    return next(filter(here.startswith, links), "") + "*"


# A preview meets another site with each change of the settings.
@lru_cache(maxsize=8)
def _find_frame_links(site: Site) -> tuple[str, ...]:
    """Return where the frame leads, the longest address first."""
    return tuple(sorted({link.url for link in (*site.navigation, *site.footer)}, key=len, reverse=True))


def mark_words(quote: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Return a sentence with the words that matched marked."""
    parts, last = [], 0
    for start, end in marks:
        parts += [escape_text(quote[last:start]), "<mark>", escape_text(quote[start:end]), "</mark>"]
        last = end
    return make_html("".join(parts) + escape_text(quote[last:]))


def safe_link(url: str) -> str:
    """Return a whole address that a reader may follow, or an empty text for what is none."""
    address = safe_address(url, "/") or ""
    return address if address.partition(":")[0] in SCHEMES else ""


def find_report_address(base_url: str, address: str, card: Card) -> str:
    """Return where errors are reported, told which page: as subject and text of a mail, or as a question to a page.

    The question goes behind those that the address asks itself, and before its `#…`, which no server is sent.
    """
    page = absolute(base_url, card.url)
    is_mail = address.startswith("mailto:")
    if not is_mail:
        base_path = urlsplit(base_url).path.rstrip("/") + "/"
        address = absolute(base_path, address) if address.startswith("/") else safe_link(address)
    told = urlencode({"subject": card.title, "body": page} if is_mail else {"page": page}, quote_via=quote, safe="")
    asked, mark, fragment = address.partition("#")
    return f"{asked}{'&' if '?' in asked else '?'}{told}{mark}{fragment}"
