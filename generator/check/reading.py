"""What a published file says and where it leads, as a browser, a feed reader or another tool would find it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from msgspec import Struct


class Document(Struct, frozen=True):
    """What a page says of itself; `links` are all addresses in it as written, each once, `ways` those that a reader can follow.

    `refresh` is where the page leads by itself, `repeated` are ids that two elements have, `data` the texts of its JSON-LD.
    One that `is_hidden` asks search engines to pass it over.
    """

    title: str = ""
    lang: str = ""
    canonical: str = ""
    refresh: str = ""
    is_hidden: bool = False
    headings: int = 0
    ids: frozenset[str] = frozenset()
    repeated: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


class Record(Struct, frozen=True):
    """What a file for machines says: its links into the site, and what keeps it from being read (line, column, words)."""

    links: tuple[str, ...] = ()
    fault: tuple[int, int, str] | None = None


_HTML = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def _path(expression: str) -> etree.XPath:
    return etree.XPath(expression, smart_strings=False)


_TITLE = _path("string(/html/head/title)")
_LANG = _path("string(/html/@lang)")
_CANONICAL = _path("string(//link[@rel='canonical']/@href)")
_REFRESH = _path("string(//meta[@http-equiv='refresh']/@content)")
_HIDDEN = _path("boolean(//meta[@name='robots'][contains(@content, 'noindex')])")
_HEADINGS = _path("count(//h1)")
_IDS = _path("//@id")
_LINKS = _path("//@href | //@src | //form/@action | //meta[@property='og:image' or @property='og:url']/@content")
_WAYS = _path("//a/@href")
_DATA = _path("//script[@type='application/ld+json']/text()")


def parse_document(data: bytes) -> Document:
    """Return what an HTML page says; a file without an element, empty or all one unclosed tag, says nothing."""
    tree = etree.fromstring(data, _HTML) if data.strip() else None
    if tree is None:
        return Document()
    refresh = re.sub(r"(?i)^[\d.]+\s*[;,]\s*(?:url\s*=\s*)?", "", _text(_REFRESH, tree)).strip("'\"")
    names = _texts(_IDS, tree)
    return Document(
        title=_text(_TITLE, tree),
        lang=_text(_LANG, tree),
        canonical=_text(_CANONICAL, tree),
        refresh=refresh,
        is_hidden=bool(_HIDDEN(tree)),
        headings=int(float(_text(_HEADINGS, tree))),
        ids=frozenset(names),
        repeated=tuple(name for name, count in Counter(names).items() if count > 1),
        links=tuple(dict.fromkeys([*_texts(_LINKS, tree), *filter(None, [refresh])])),
        ways=tuple(dict.fromkeys(_texts(_WAYS, tree))),
        data=tuple(_texts(_DATA, tree)),
    )


def _text(path: etree.XPath, tree: Any) -> str:
    return str(path(tree)).strip()


def _texts(path: etree.XPath, tree: Any) -> list[str]:
    found: Any = path(tree)
    return [str(item).strip() for item in found]


def parse_record(path: str, data: bytes, base_url: str, memo: dict[str, tuple[str, ...]]) -> Record | None:
    """Return what a file for machines says, by the end of its name; None for one that is not text.

    A body stands in the feed of every list that its briefing is in: `memo` keeps the links of texts that were read before.
    """
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    parse = _READERS.get(suffix)
    return parse(data, base_url, memo) if parse else None


def _parse_xml(data: bytes, _: str, memo: dict[str, tuple[str, ...]]) -> Record:
    try:
        tree = etree.fromstring(data, _XML)
    except etree.XMLSyntaxError as fault:
        return Record(fault=describe_fault(fault))
    links = [*_texts(_XML_LINKS, tree)]
    for text in _texts(_XML_BODIES, tree):
        links += _body_links(text, memo)
    return Record(tuple(dict.fromkeys(links)))


def describe_fault(fault: etree.XMLSyntaxError) -> tuple[int, int, str]:
    """Return line, column and words of what keeps XML from being read."""
    line, column = fault.position
    words = re.sub(r", line \d+, column \d+$", "", fault.msg or "")
    return line, column, f"it is not well-formed XML: {words}"


_XML_LINKS = _path(
    "//@href | //@xmlUrl | //@htmlUrl | //*[local-name()='loc' or local-name()='link' or local-name()='uri']/text()"
)
_XML_BODIES = _path("//*[local-name()='content' and @type='html']/text()")


def _parse_json(data: bytes, base_url: str, memo: dict[str, tuple[str, ...]]) -> Record:
    try:
        value = json.loads(data)
    except ValueError as fault:
        where = (fault.lineno, fault.colno) if isinstance(fault, json.JSONDecodeError) else (0, 0)
        words = fault.msg if isinstance(fault, json.JSONDecodeError) else "it is not UTF-8 text"
        return Record(fault=(*where, f"it is not valid JSON: {words}"))
    # Most files (shards of the search index) hold no address, and walking their texts would take longer than reading them.
    if base_url.encode() not in data:
        return Record()
    return Record(tuple(dict.fromkeys(_walk(value, "", base_url, memo))))


def _walk(value: Any, name: str, base_url: str, memo: dict[str, tuple[str, ...]]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, key, base_url, memo)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, name, base_url, memo)
    elif isinstance(value, str):
        if name == "content_html":
            yield from _body_links(value, memo)
        elif value.startswith(base_url) and "{" not in value:  # `{id}` is a blank that API documents leave open.
            yield value


def _body_links(html: str, memo: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if html not in memo:
        # A reader of a feed has no page around the body, so only whole addresses can be followed; others are judged on its page.
        memo[html] = tuple(link for link in parse_document(html.encode()).links if "://" in link)
    return memo[html]


def _parse_text(data: bytes, base_url: str, _: dict[str, tuple[str, ...]]) -> Record:
    found = re.findall(re.escape(base_url) + r"[\w/.~%+-]*", data.decode("utf-8", "replace"))
    return Record(tuple(dict.fromkeys(link.rstrip(".") for link in found)))


_Reader = Callable[[bytes, str, dict[str, tuple[str, ...]]], Record]
_READERS: dict[str, _Reader] = {
    "xml": _parse_xml,
    "svg": _parse_xml,
    "opml": _parse_xml,
    "json": _parse_json,
    "webmanifest": _parse_json,
    "md": _parse_text,
    "txt": _parse_text,
    "bib": _parse_text,
    "ris": _parse_text,
    "csv": _parse_text,
}
