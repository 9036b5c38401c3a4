"""A saved web page → what its metadata says of the article: JSON-LD first, then Open Graph and other tags, then `<time>`."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.ingest.dates import find_stamps
from generator.ingest.formats.markup import is_furniture_element
from generator.ingest.words import word_list
from generator.text import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|BlogPosting|Report|PressRelease|Posting|WebPage)$", re.IGNORECASE)
_META = {name: word_list("pages", name) for name in ("title", "published", "publisher", "author", "url", "lang", "description")}
_MODIFIED = re.compile(r"modif|updat|edit|revis", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date\w*|dateline|pub(?:lished|date)?|posted|time(?:stamp)?|byline)(?:$|[\s_-])", re.IGNORECASE
)
_DATED_SIZE = 80
_JSON_SIZE = 500_000


def read_metadata(tree: "HtmlElement") -> dict[str, str]:
    """Return what a page says about its article under title, published, publisher, author, url, lang and description."""
    found = {**_read_meta(tree), **_read_json_ld(tree)}
    if "published" not in found and (moment := _find_time(tree)):
        found["published"] = moment
    if not found.get("url"):
        links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
        found["url"] = squeeze(str(links[0])) if links else ""
    # The attribute speaks of the whole page and its menus; still it is right more often than not.
    found.setdefault("lang", str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""))
    _choose_title(found, tree)
    if "publisher" not in found and (site := _find_site(tree)):
        found["publisher"] = site
    return {name: value for name, value in found.items() if value}


def _choose_title(found: dict[str, str], tree: "HtmlElement") -> None:
    """Put the headline under title, without the site's name, and that name under publisher when nothing else gave one.

    What the metadata say counts, whole where they have cut it. Otherwise a headline element that repeats in the page's title is
    the surest; the page's title alone is cut at its last bar or dash where what follows is not part of a headline.
    """
    heads = [squeeze(node.text_content()) for node in tree.xpath("//h1")[:6]]
    heads = [text for text in heads if 8 <= len(text) <= 300]
    pages = [squeeze(node.text_content()) for node in tree.xpath("//head/title | //title")[:1]]
    page = pages[0] if pages else ""
    names = (found.get("publisher", ""), found.get("author", ""))
    title, site = split_site(page, names, heads)
    if said := found.get("title"):
        cut = split_site(said, (*names, site), heads, is_said=True)[0]
        start = fold(cut).rstrip(" .…")
        is_cut = cut.endswith(("...", "…"))
        found["title"] = next((text for text in (*heads, title) if is_cut and fold(text).startswith(start)), cut)
    else:
        agreeing = [head for head in heads if fold(head) in fold(page) or (title and fold(title) in fold(head))]
        found["title"] = (
            agreeing[0] if agreeing else heads[0] if len(heads) == 1 and not page else title or (heads[0] if heads else "")
        )
    if not found.get("publisher") and site and fold(site) not in fold(found.get("author", "")):
        found["publisher"] = site


_SITE_NAME = re.compile(
    r"(?:©|\(c\)|copyright|publisher\s*:)\s*(?:\d{4}\s*(?:[-–]\s*\d{4}\s*)?)?(?:by\s+)?([^|·.,©\n]{3,60})", re.IGNORECASE
)
_FIRST_PAGE = re.compile(r"(?:https?://[^/\s]+)?/?")
_HOME = re.compile(r"(?:home|start|front(?: page)?|menu|news|main|index|skip.*|back.*)$", re.IGNORECASE)


def _find_site(tree: "HtmlElement") -> str:
    """Return the site's name where no metadata gives it: the text of its logo, of the link to its first page, or its imprint."""
    logos = " or ".join(f"contains(@class, '{name}')" for name in ("logo", "site-title", "site-name", "brand"))
    homes = [node for node in tree.xpath("//header//a[@href]") if _FIRST_PAGE.fullmatch(node.get("href"))]
    nodes = [*tree.xpath(f"//*[{logos}]"), *homes]
    for node in nodes[:8]:
        text = squeeze(node.text_content()) or squeeze(node.get("alt") or "")
        if 3 <= len(text) <= 60 and len(text.split()) <= 7 and not _HOME.match(text):
            return text
    for node in tree.xpath("//footer")[:2]:
        if match := _SITE_NAME.search("\n".join(map(squeeze, node.itertext()))):
            return squeeze(match[1])
    return ""


_SEAM = re.compile(r"(\s+[|·•»›—–-]\s+|\s*\|\s*|\s+::\s+)")
_BARS = frozenset("|»:•")
_SMALL_WORDS = frozenset({"the", "and", "et", "und", "by", "www", "com", "org", "net", "co", "uk", "fr", "de", "es", "in"})


def split_site(title: str, names: Sequence[str] = (), heads: Sequence[str] = (), *, is_said: bool = False) -> tuple[str, str]:
    """Return headline and site name of a page's title such as `Talks open | The Example Times`; the latter may be empty.

    Pieces at either end go when what is left is a headline of the page, or when they are one of the `names`. Otherwise a short
    last piece goes by its looks; where the metadata say the title (`is_said`), only behind a bar: headlines have dashes too.
    """
    parts = _SEAM.split(title)
    if len(parts) < 3:
        return title, ""
    first, rest, last = parts[0], "".join(parts[:-2]), parts[-1]
    folded_heads = {fold(head) for head in heads}
    for size in range(len(parts) - 2, 0, -2):
        if fold("".join(parts[:size])) in folded_heads:
            return "".join(parts[:size]), last
        if fold("".join(parts[-size:])) in folded_heads:
            return "".join(parts[-size:]), first
    if _is_name(first, names):
        return "".join(parts[2:]), first
    is_bar = not _BARS.isdisjoint(parts[-2])
    if _is_name(last, names) or _looks_like_site(rest, last, is_bar=is_bar, is_said=is_said):
        return split_site(rest, names, heads, is_said=is_said)[0] if len(parts) > 3 and is_bar and "|" in rest else rest, last
    return title, ""


def _is_name(piece: str, names: Sequence[str]) -> bool:
    """Say whether a piece of a title is the name of the site or of the author, or the larger part of one."""
    words = _list_words(piece)
    return bool(words) and any(words <= known or known <= words for known in map(_list_words, names) if known)


def _list_words(text: str) -> set[str]:
    """Return the words of a name; `Slate.fr` is `Slate`, and two authors are the same two whatever stands between them."""
    return set(re.findall(r"\w\w+", fold(text))) - _SMALL_WORDS


def _looks_like_site(rest: str, last: str, *, is_bar: bool, is_said: bool) -> bool:
    is_headline = len(rest.split()) >= 3 or (not rest.isascii() and len(rest) >= 10)
    is_short = len(last.split()) <= (6 if is_bar else 4) and len(rest) > len(last) and is_headline
    return is_short and (is_bar or not (last[:1].islower() or is_said))


def _read_meta(tree: "HtmlElement") -> dict[str, str]:
    values: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = squeeze(meta.get("content") or "")
        if name and content:
            values.setdefault(name, content)
    found: dict[str, str] = {}
    for key, names in _META.items():
        value = next((values[name] for name in names if name in values), "")
        if value and not (key == "author" and value.startswith("http")):
            found[key] = value
    return found


def _find_time(tree: "HtmlElement") -> str:
    """Return the moment of the first `<time>` of the page that is not about a change."""
    for node in tree.xpath("//article//time | //time | //*[@itemprop='datePublished']"):
        said = " ".join(filter(None, (node.get("class"), node.get("itemprop"), node.get("id"))))
        moment = squeeze(node.get("datetime") or node.get("content") or node.text_content())
        if moment and re.search(r"\d{4}", moment) and not _MODIFIED.search(said):
            return moment
    return _find_dated(tree)


def _find_dated(tree: "HtmlElement") -> str:
    """Return the text of the first element behind the headline that is called a date and is one, or of the page's only one.

    Pages older than `<time>` say their date no other way; what stands in a box of links has the dates of other articles.
    """
    behind = next(_dated_texts(tree.xpath("//h1/following::*[@class or @id]")), "")
    texts = list(_dated_texts(tree.xpath("//body//*[@class or @id]"))) if not behind else []
    return behind or (texts[0] if len(set(texts)) == 1 else "")


def _dated_texts(nodes: Iterable["HtmlElement"]) -> Iterator[str]:
    for node in nodes:
        if not any(_DATED.search(node.get(name) or "") for name in ("class", "id")):
            continue
        text = squeeze(node.text_content())
        if len(text) > _DATED_SIZE or _MODIFIED.search(text) or not list(find_stamps(text)):
            continue
        if not any(is_furniture_element(box) for box in node.iterancestors("div", "section", "aside", "ul", "nav", "footer")):
            yield text


def _read_json_ld(tree: "HtmlElement") -> dict[str, str]:
    """Return what the first article of the page's JSON-LD says, one with a headline if there is any.

    A graph is searched, and a broken block passed over.
    """
    found: list[Mapping[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = (script.text_content() or "").strip()
        if not text or len(text) > _JSON_SIZE:
            continue
        try:
            value = json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", text), strict=False)
        except (ValueError, RecursionError):
            continue
        found += _find_things(value, 0)
    # Beside the article a graph describes its page, by a name for search engines.
    first = next((thing for thing in found if thing.get("headline")), found[0] if found else {})
    return _read_thing(first)


def _find_things(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the articles in JSON-LD, which comes as an object, a list of them or a graph."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find_things(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds) and (
            value.get("headline") or value.get("datePublished")
        ):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), (list, dict)):
                yield from _find_things(value[key], depth + 1)


def _read_thing(thing: Mapping[str, Any]) -> dict[str, str]:
    page = thing.get("mainEntityOfPage")
    url = thing.get("url") or (page if isinstance(page, str) else page.get("@id") if isinstance(page, dict) else "")
    found = {
        "title": _name(thing.get("headline") or thing.get("name")),
        "published": _name(thing.get("datePublished") or thing.get("dateCreated")),
        "publisher": _name(thing.get("publisher")),
        "author": _name(thing.get("author") or thing.get("creator")),
        "url": _name(url),
        "lang": _name(thing.get("inLanguage")),
        "description": _name(thing.get("description")),
    }
    return {key: value for key, value in found.items() if value}


def _name(value: Any) -> str:
    """Return the name of a thing that is a text, an object with a name, or a list of either."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:5])))
    return ""
