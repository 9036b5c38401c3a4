"""Sanitised HTML → what the page shows: heading levels, links that leave, tables that scroll, anchors to point at.

All of it works on the form in which the sanitiser writes: attributes in double quotes, `<` and `>` nowhere but around tags, tags
balanced. Only constants and digests are added, so what was safe stays safe. Of elements the same is written at once, in the form
that a sanitiser would leave as it is: their text is escaped, their tags are few, and the address of each link is looked at.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from html import escape, unescape

from generator.publish.markup.blocks import CODE, FOOTNOTES, Element, number_slug
from generator.publish.markup.safety import place_address
from generator.text import cut_words, squeeze

_TAG_NAME = re.compile(r"<([a-z][a-z0-9]*)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADING = re.compile(r"(</?h)([1-6])")
_LINK = re.compile(r'<a (?=(?:[^>]* )?href="(https?:[^"]*)")')
_LINK_OR_IMAGE = re.compile(r"<(a|/a|img)(?: ([^>]*))?>")
_SOURCE = re.compile(r'(?:^| )src="([^"]*)"')
_ALT = re.compile(r'(?:^| )alt="([^"]*)"')
_SCHEME = re.compile(r"[a-z]+:")
_TABLE = re.compile(r"<(/?)table(?: [^>]*)?>")
_HEADER_CELL = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_ID = re.compile(r'(<[a-z][^>]*?) id="([^"]*)"')
_BLOCK = re.compile(r"<(/?)(p|blockquote|ul|ol|dl|pre|table|div|details|figure|h[1-6])(?: ([^>]*))?>")
_PROSE = frozenset({"p", "blockquote", "ul", "ol", "dl", "pre", "table"})
_PROSE_CLASSES = ('class="codehilite"', 'class="table"')
# The number of a footnote is not part of the text: it changes when an earlier one is added.
_NOT_TEXT = re.compile(r'<sup id="s-fnref[^>]*>.*?</sup>|<[^>]*>', re.DOTALL)
_LABEL_MAX = 100
_FRAMED = frozenset({"table", CODE, FOOTNOTES})


def dress(html: str, *, home: str, anchors: bool) -> str:
    """Return sanitised HTML as an article shows it.

    `home` is what addresses of the site itself begin with. With `anchors`, every block of prose on the top level has an id, `p-`
    and a digest of its text: an edit of another block leaves it as it was, and so does wrapping lines anew or setting a word in
    bold.
    """
    # One look at all tags costs as much as looking for two of them.
    tags = set(_TAG_NAME.findall(html))
    html = _start_at_h2(html, tags)
    if "a" in tags:
        html = _mark_links(html, home)
    if "img" in tags:
        html = _name_foreign_images(html, home)
    if "table" in tags:
        html = "".join(_wrap_tables(html))
    html = _drop_repeated_ids(html)
    return "".join(_anchor_blocks(html)) if anchors else html


def _start_at_h2(html: str, tags: AbstractSet[str]) -> str:
    """Return `html` with all headings moved so far that the highest is a second: the page's title is the first."""
    shift = 2 - int(min(tags & _HEADINGS, default="h2")[1])
    return _HEADING.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + shift)}", html) if shift else html


def _mark_links(html: str, home: str) -> str:
    return _LINK.sub(lambda tag: tag[0] if tag[1].startswith(home) else '<a rel="noopener" ', html)


def _name_foreign_images(html: str, home: str) -> str:
    """Return `html` with each image of another host as a link to it, or as its alternative text where it stands in a link.

    A published page loads nothing from third parties: its content security policy would leave a hole where the picture should be.
    """
    linked = False

    def replace(tag: re.Match[str]) -> str:
        nonlocal linked
        if tag[1] != "img":
            linked = tag[1] == "a"
            return tag[0]
        source, alt = _SOURCE.search(tag[2]), _ALT.search(tag[2])
        text = alt[1] if alt else ""
        if source is None:
            return text
        if source[1].startswith(home) or not _SCHEME.match(source[1]):
            return tag[0]
        return text if linked else f'<a rel="noopener" href="{source[1]}">{text or source[1]}</a>'

    return _LINK_OR_IMAGE.sub(replace, html)


def _wrap_tables(html: str) -> Iterator[str]:
    """Yield `html` with a box around each outermost table that a keyboard can reach and scroll, named by the header."""
    depth = start = done = 0
    for tag in _TABLE.finditer(html):
        if not tag[1]:
            if not depth:
                start = tag.start()
            depth += 1
            continue
        depth -= 1
        if not depth:
            table = html[start : tag.end()]
            yield html[done:start] + _open_box(table) + table + "</div>"
            done = tag.end()
    yield html[done:]


def _open_box(table: str) -> str:
    head = table.partition("</tr>")[0]
    names = (squeeze(unescape(_NOT_TEXT.sub("", cell))) for cell in _HEADER_CELL.findall(head))
    label = escape(cut_words(", ".join(filter(None, names)), _LABEL_MAX))
    # A region without a name is a fault of its own; the box can still be reached.
    return f'<div class="table" tabindex="0" role="region" aria-label="{label}">' if label else '<div class="table" tabindex="0">'


def _drop_repeated_ids(html: str) -> str:
    """Return `html` with each id only where it stands first: raw HTML may name what a heading is called by itself."""
    # A search that a text can fool, and twenty times as fast as the one below.
    ids = [piece.partition('"')[0] for piece in html.split(' id="')[1:]]
    if len(ids) == len(set(ids)):
        return html
    seen: set[str] = set()

    def keep_first(tag: re.Match[str]) -> str:
        if tag[2] in seen:
            return tag[1]
        seen.add(tag[2])
        return tag[0]

    return _ID.sub(keep_first, html)


def _anchor_blocks(html: str) -> Iterator[str]:
    depth = done = 0
    opening: re.Match[str] | None = None
    counts: dict[str, int] = {}
    for tag in _BLOCK.finditer(html):
        if not tag[1]:
            depth += 1
            if depth == 1:
                opening = tag
            continue
        depth -= 1
        if depth == 0 and opening and _is_prose(opening):
            anchor = _number(_digest_text(html[opening.end() : tag.start()]), counts)
            end = opening.end() - 1
            yield f'{html[done:end]} id="p-{anchor}"'
            done = end
    yield html[done:]


def dress_elements(elements: Sequence[Element], *, home: str, anchors: bool) -> tuple[str, str] | None:
    """Return the HTML that `dress` would make of the sanitised `elements`, and their words; None where that takes a parser."""
    shift = 2 - min([int(element.tag[1]) for element in elements if element.slug], default=2)
    slugs: set[str] = set()
    counts: dict[str, int] = {}
    pieces: list[str] = []
    for element in elements:
        tag, inner, words, slug = element.tag, element.inner, element.words, element.slug
        if slug:
            level = min(6, int(tag[1]) + shift)
            pieces.append(f'<h{level} id="{number_slug(slug, slugs)}">{inner}</h{level}>')
            continue
        opening, closing = tag, f"</{tag}>"
        if tag in _FRAMED:
            opening, inner, closing = _frame(tag, inner)
        if anchors and tag != FOOTNOTES:
            # Most are one and the same text, without markup.
            anchor = _digest(words) if inner is words else _digest_text(inner)
            opening = f'{opening} id="p-{_number(anchor, counts)}"'
        pieces.append(f"<{opening}>{inner}{closing}")
    html = "\n".join(pieces).rstrip("\n")
    placed = _place_links(html, home)
    if placed is None:
        return None
    words = "\n".join([element.words for element in elements if element.words])
    if "  " in words:
        words = "\n".join([" ".join(line.split()) for line in words.split("\n")])
    return placed, words


def _place_links(html: str, home: str) -> str | None:
    """Return the HTML of elements, its links as `dress` would leave them, or None where that takes a parser."""
    before, *links = html.split('<a href="')
    pieces = [before]
    for link in links:
        address, _, rest = link.partition('"')
        placed = place_address(address, home)
        if placed is None:
            return None
        opening = '<a href="' if placed.startswith(("/", home)) else '<a rel="noopener" href="'
        pieces.append(f'{opening}{placed}"{rest}')
    return "".join(pieces)


def _frame(tag: str, inner: str) -> tuple[str, str, str]:
    """Return the opening tag of an element that does not stand by itself, what is within it and what closes it."""
    if tag == "table":
        table = f"<table>{inner}</table>"
        return _open_box(table)[1:-1], table, "</div>"
    if tag == CODE:
        # The sanitiser writes quotation marks as they are, and Pygments does not.
        return tag, inner.replace("&quot;", '"').replace("&#39;", "'"), "</div>\n"
    return tag, inner, "</div>"


def _is_prose(opening: re.Match[str]) -> bool:
    attributes = opening[3] or ""
    if opening[2] == "div":
        return attributes.startswith(_PROSE_CLASSES)
    return opening[2] in _PROSE and ' id="' not in f" {attributes}"


def _number(anchor: str, counts: dict[str, int]) -> str:
    """Return an anchor, from the second of its kind on with a number."""
    count = counts[anchor] = counts.get(anchor, 0) + 1
    return f"{anchor}-{count}" if count > 1 else anchor


def _digest_text(html: str) -> str:
    """Return eight hexadecimal digits for the words of `html`, or for its tags where there are no words."""
    text = (_NOT_TEXT.sub("", html) if "<" in html else html).replace("\n", " ").strip() or html
    return _digest(text)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()
