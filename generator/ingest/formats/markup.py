"""HTML → Markdown blocks: for the article that was found in a page, and for the fragments that records and feeds carry."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.ingest.formats.marks import settle_marks
from generator.ingest.prose import Block, dump_blocks, dump_code, escape
from generator.ingest.words import any_of, word_set
from generator.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What an element is, in HTML and in the tree that trafilatura gives; anything else is a box to be looked into.
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SKIPPED = word_set("pages", "skipped_tags")
_BOLD, _SLANTED = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
INLINE = word_set("pages", "inline_tags")
_FURNITURE_NAME = re.compile(rf"(?:^|[\s_-]){any_of('pages', 'furniture_names')}(?:$|[\s_-])", re.IGNORECASE)
_TYPED_BULLET = re.compile(r"(?:\\-|[•◦▪●])\s+(?=\S)")
_DEPTH = 60
_NAMES_SIZE = 400


def looks_like_html(text: str) -> bool:
    """Say whether a text is a fragment of HTML: tags that blocks are made of, opened and closed."""
    return (
        bool(re.search(r"<(p|div|h[1-6]|ul|ol|table|blockquote|article|figure)\b[^<>]*>", text[:20_000], re.IGNORECASE))
        and "</" in text
    )


def convert_fragment(html: str) -> str:
    """Return a fragment of HTML as Markdown; scripts, forms, navigation and boxes named as furniture are left out."""
    from lxml import html as parser  # 60 ms to import, for formats that need it.

    cleaned = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", html)
    root = parser.fragment_fromstring(cleaned, create_parent="div", parser=parser.HTMLParser(no_network=True, huge_tree=False))
    settle_marks(root)
    return dump_blocks(read_blocks(root))


def is_furniture_element(element: "HtmlElement") -> bool:
    """Say whether an element is no text of the article, by its tag, its role or the names its author gave it."""
    if not isinstance(element.tag, str):
        return True
    # Of a page `<head>` is no text; in the tree that trafilatura gives it is a sub-heading, with its level under `rend`.
    if element.tag in _SKIPPED and element.get("rend") is None:
        return True
    if element.get("role") in ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"):
        return True
    names = (element.get(name) or "" for name in ("class", "id"))
    return element.get("hidden") is not None or any(_is_furniture_name(name[:_NAMES_SIZE]) for name in names if name)


def _is_furniture_name(names: str) -> bool:
    """Say whether one of the names is furniture's; `relatedLinks` is two words, as `related-links` is."""
    return _FURNITURE_NAME.search(_HUMP.sub("-", names)) is not None


_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")


def read_blocks(root: "HtmlElement") -> Iterator[Block]:
    """Yield the blocks of an element, in order; text outside of any block becomes a paragraph."""
    yield from _walk(root, 0, 0)


def _walk(element: "HtmlElement", depth: int, list_depth: int) -> Iterator[Block]:
    pending: list[str] = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in INLINE) and not _holds_blocks(child):
            pending.append(_marked(child, _inline(child)))
        elif child.tag in ("br", "lb"):
            # One line break may stand inside a verse or an address; two part paragraphs.
            pending.append("\n")
        else:
            yield from _flush(pending)
            pending = []
            if not is_furniture_element(child) and depth < _DEPTH:
                yield from _block(child, depth + 1, list_depth)
        pending.append(_text(child.tail))
    yield from _flush(pending)


def _holds_blocks(element: "HtmlElement") -> bool:
    return (
        any(isinstance(child.tag, str) and child.tag not in INLINE and child.tag not in ("br", "lb") for child in element.iter())
        if len(element)
        else False
    )


def _flush(pending: list[str]) -> Iterator[Block]:
    for part in re.split(r"\s*\n\s*", "".join(pending)):
        text = squeeze(part)
        if _TYPED_BULLET.match(text):
            yield Block("item", _TYPED_BULLET.sub("", text))
        elif text:
            yield Block("paragraph", text)


def _block(element: "HtmlElement", depth: int, list_depth: int) -> Iterator[Block]:
    """Yield the blocks of one element that is a block or holds some."""
    tag = str(element.tag)
    if tag in _HEADINGS or tag == "head":
        level = _HEADINGS.get(str(element.get("rend") or tag), 2)
        if text := squeeze(_inline(element, mark=False)):
            yield Block("heading", text, level)
    elif tag in ("ul", "ol", "list"):
        yield from _list(element, depth, list_depth)
    elif tag == "table":
        yield from _table(element)
    elif tag in ("blockquote", "quote"):
        for block in _walk(element, depth, list_depth):
            yield Block("quote", block.text) if block.kind == "paragraph" else block
    elif tag == "pre":
        yield Block("code", dump_code(_read_code(element)))
    elif tag in ("figcaption", "caption"):
        # As an image's alternative text, which is what a caption is where there is no picture.
        if text := squeeze(_inline(element, mark=False)).replace("[", "(").replace("]", ")"):
            yield Block("paragraph", f"![{text}](picture)")
    else:
        yield from _walk(element, depth, list_depth)


def _read_code(element: "HtmlElement") -> str:
    """Return the text of an element with its line breaks, which it gets for good."""
    for line_break in element.iter("br", "lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    return "".join(element.itertext()).strip("\n")


def _list(element: "HtmlElement", depth: int, list_depth: int) -> Iterator[Block]:
    is_numbered = element.tag == "ol" or element.get("rend") == "ol"
    number = 0
    for child in element:
        if child.tag not in ("li", "item") or depth >= _DEPTH:
            continue
        number += 1
        for index, block in enumerate(_walk(child, depth + 1, list_depth + 1)):
            if block.kind == "paragraph" and not index:
                yield Block("item", f"{number}. {block.text}" if is_numbered else block.text, list_depth)
            elif block.kind == "paragraph":
                yield Block("item", block.text, list_depth + 1)
            else:
                yield block


def _table(element: "HtmlElement") -> Iterator[Block]:
    """Yield a table as Markdown; one used for layout, with a single column or row, as the blocks in its cells."""
    rows: list[list[str]] = []
    for row in element.iter("tr", "row"):
        cells = [squeeze(_inline(cell)).replace("|", "\\|") for cell in row if cell.tag in ("td", "th", "cell")]
        if any(cells):
            rows.append(cells)
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        yield from (Block("paragraph", cell) for row in rows for cell in row if cell)
        return
    lines = [f"| {' | '.join(cells + [''] * (width - len(cells)))} |" for cells in rows]
    yield Block("table", "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]))


def _text(text: str | None) -> str:
    """Return text of an element as Markdown, its line breaks as spaces, with the spaces at its ends kept as one."""
    if not text:
        return ""
    inner = squeeze(text)
    if not inner:
        return " "
    return f"{' ' if text[0].isspace() else ''}{escape(inner)}{' ' if text[-1].isspace() else ''}"


def _inline(element: "HtmlElement", *, mark: bool = True) -> str:
    """Return the text of an element with emphasis and links as Markdown."""
    parts = [_text(element.text)]
    for child in element:
        if child.tag in ("br", "lb"):
            parts.append(" ")
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            inner = _inline(child, mark=mark)
            parts.append(_marked(child, inner) if mark else inner)
            if child.tag not in INLINE:
                parts.append(" ")
        parts.append(_text(child.tail))
    return "".join(parts)


def _marked(element: "HtmlElement", inner: str) -> str:
    """Return the inner text of an element between the marks that its tag stands for, spaces left outside."""
    core = inner.strip()
    if not core:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    rend = element.get("rend") or ""
    if not after and (element.tail or " ")[0].isalnum() and (element.tag in _BOLD | _SLANTED or rend in ("#b", "#i")):
        # Markdown knows no mark in front of a letter: "**Q:**When" keeps its stars. Behind a colon a space was lost, too.
        if core[-1].isalnum():
            return inner
        after = " "
    if element.tag in _BOLD or rend == "#b":
        core = f"**{core}**" if "**" not in core else core
    elif element.tag in _SLANTED or rend == "#i":
        core = f"*{core}*" if "*" not in core else core
    elif element.tag in ("a", "ref"):
        target = element.get("href") or element.get("target") or ""
        if re.match(r"https?://[^\s()<>\"]+$", target):
            core = f"[{core}]({target})"
    return f"{before}{core}{after}"
