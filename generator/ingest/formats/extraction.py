"""A saved web page → the Markdown of its article: trafilatura finds it, in a page from which furniture was cut out first.

Readability is asked as well, in the copy that trafilatura brings. It cuts articles short more often (by half or more in 7 of 64
pages, trafilatura in 1, whose paragraphs return), so it counts only where it finds all that trafilatura does and twice as much.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from generator.ingest.formats.marks import settle_marks
from generator.ingest.formats.markup import INLINE, is_furniture_element, read_blocks
from generator.ingest.prose import Block, dump_blocks
from generator.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_CONTAINERS = ("//article", "//main", "//*[@role='main']")
_NEXT_TO_NOTHING = 250
# The body of a page is full of furniture: it is read when there is no sentence of an article otherwise.
_NOTHING = 80
# A page's article of which the pruned page gives less than this part was cut in two by the pruning.
_SHORT_OF = 0.75
_READ_TWICE_SIZE = 300_000
_CUT_SHORT = 0.5


def parse_page(text: str) -> "HtmlElement | None":
    """Return the tree of a page, or None where there is no element in it."""
    from lxml import etree, html

    try:
        cleaned = re.sub(r"^\s*<\?xml[^>]*\?>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
        tree: HtmlElement = html.document_fromstring(cleaned, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    # The parser does not know that it has no content, and puts into it what follows: trafilatura throws away both.
    for element in tree.xpath("//embed"):
        element.drop_tag()
    return tree


def extract_article(tree: "HtmlElement") -> str:
    """Return the article of a page as Markdown.

    Boxes named as share buttons, promotions or related links are cut out first, for trafilatura takes links within an article for
    part of it. Now and then it finds less without them: then what it finds in the whole page counts, but for what stands in the
    boxes only. Where it finds next to nothing, the text of the article element, or of the body, is taken as it stands.
    """
    # What a page hides may still be what its metadata point to: the caller's tree stays whole.
    tree = deepcopy(tree)
    settle_marks(tree)
    pruned = _prune(tree)
    blocks = _ask_trafilatura(pruned)
    left = _squash(pruned.text_content())
    # A page beyond this size is read once: of 4 MB each reading takes four seconds.
    whole = _ask_trafilatura(tree) if len(left) < _READ_TWICE_SIZE else []
    outside = [block for block in whole if block.kind in ("table", "code") or _squash(block.plain) in left]
    if _size(blocks) < _SHORT_OF * _size(outside):
        blocks = outside
    if len(left) < _READ_TWICE_SIZE and _is_part(blocks, second := _ask_readability(pruned)):
        blocks = second
    if _size(blocks) < _NEXT_TO_NOTHING:
        blocks = max(blocks, _read_container(pruned, *_CONTAINERS), whole, key=_size)
    if _size(blocks) < _NOTHING:
        blocks = _read_container(pruned, *_CONTAINERS, "//body") or _read_container(tree, *_CONTAINERS, "//body")
    return dump_blocks([*_captions(tree), *blocks])


def _prune(tree: "HtmlElement") -> "HtmlElement":
    """Return a copy of a page without the boxes of its furniture."""
    pruned = deepcopy(tree)
    for element in list(pruned.iter()):
        if (
            element.tag not in ("html", "head", "body", "article", "main", "title")
            and _is_box(element)
            and element.getparent() is not None
        ):
            element.drop_tree()
    return pruned


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _squash(text: str) -> str:
    return "".join(text.split())


def _is_box(element: "HtmlElement") -> bool:
    """Say whether an element is a box of the page's furniture, and not a large part of the page under an unlucky name."""
    if not isinstance(element.tag, str) or element.tag in ("form", "header"):
        return False
    if element.tag in INLINE and re.search(r"\w", element.tail or ""):
        return False  # A link called "popup" within a sentence is a part of it.
    return is_furniture_element(element) and len(element.findall(".//p")) < 6


def _captions(tree: "HtmlElement") -> Iterator[Block]:
    """Yield the first caption of the article, so that its text is known for one wherever else it stands."""
    for node in tree.xpath("//figcaption | //*[contains(@class, 'caption')]")[:1]:
        if text := squeeze(node.text_content()).replace("[", "(").replace("]", ")"):
            yield Block("paragraph", f"![{text[:500]}](picture)")


def _ask_trafilatura(tree: "HtmlElement") -> list[Block]:
    import trafilatura  # 450 ms to import.

    found = trafilatura.bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=True, include_formatting=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    blocks = list(read_blocks(body)) if body is not None else []
    return _part_again(blocks, tree) if len(blocks) == 1 else blocks


def _ask_readability(tree: "HtmlElement") -> list[Block]:
    from lxml import etree, html
    from trafilatura.readability_lxml import Document

    try:
        summary = Document(deepcopy(tree)).summary()
        return list(read_blocks(html.fromstring(summary)))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []  # It found nothing, and says so by a text that is no HTML.


def _is_part(blocks: Sequence[Block], others: Sequence[Block]) -> bool:
    """Say whether blocks are part of others, and less than half of them."""
    whole = _squash("".join(block.plain for block in others))
    return 0 < _size(blocks) < _CUT_SHORT * _size(others) and all(_squash(block.plain) in whole for block in blocks)


def _part_again(blocks: list[Block], tree: "HtmlElement") -> list[Block]:
    """Return the blocks of an article that trafilatura, which knew no better, gave as one: headline, day and all paragraphs."""
    said = _squash(blocks[0].plain)
    for path in (*_CONTAINERS, "//body"):
        parts = _read_container(tree, path)
        if len(parts) > 1 and _squash("".join(part.plain for part in parts)) == said:
            return parts
    return blocks


def _read_container(tree: "HtmlElement", *paths: str) -> list[Block]:
    for path in paths:
        if nodes := tree.xpath(path):
            return list(read_blocks(max(nodes, key=lambda node: len(node.text_content()))))
    return []
