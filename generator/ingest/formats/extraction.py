"""A saved web page → the Markdown of its article: trafilatura finds it, in a page from which furniture was cut out first."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from generator.ingest.formats.markup import is_furniture_element, read_blocks
from generator.ingest.prose import Block, dump_blocks
from generator.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def parse_page(text: str) -> "HtmlElement | None":
    """Return the tree of a page, or None where there is no element in it."""
    from lxml import etree, html

    try:
        cleaned = re.sub(r"^\s*<\?xml[^>]*\?>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
        return html.document_fromstring(cleaned, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def extract_article(tree: "HtmlElement") -> str:
    """Return the article of a page as Markdown.

    Boxes named as share buttons, promotions or related links are cut out first, for trafilatura takes links within an article for
    part of it. Where it finds next to nothing, the text of the article element, or of the body, is taken as it stands.
    """
    pruned = deepcopy(tree)
    for element in list(pruned.iter()):
        if (
            element.tag not in ("html", "head", "body", "article", "main", "title")
            and _is_box(element)
            and element.getparent() is not None
        ):
            element.drop_tree()
    blocks = _ask_trafilatura(pruned)
    size = sum(len(block.text) for block in blocks)
    if size < 250:
        plain = _read_container(pruned) or _read_container(tree)
        if sum(len(block.text) for block in plain) > size:
            blocks = plain
    return dump_blocks([*_captions(tree), *blocks])


def _is_box(element: "HtmlElement") -> bool:
    """Say whether an element is a box of the page's furniture, and not a large part of the page under an unlucky name."""
    if not isinstance(element.tag, str) or element.tag in ("form", "header"):
        return False
    return is_furniture_element(element) and len(element.findall(".//p")) < 6


def _captions(tree: "HtmlElement") -> Iterator[Block]:
    """Yield the first caption of the article, so that its text is known for one wherever else it stands."""
    for node in tree.xpath("//figcaption | //*[contains(@class, 'caption')]")[:1]:
        if text := squeeze(node.text_content()).replace("[", "(").replace("]", ")"):
            yield Block("paragraph", f"![{text[:500]}](picture)")


def _ask_trafilatura(tree: "HtmlElement") -> list[Block]:
    import trafilatura  # 450 ms to import.

    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return list(read_blocks(body)) if body is not None else []


def _read_container(tree: "HtmlElement") -> list[Block]:
    for path in ("//article", "//main", "//*[@role='main']", "//body"):
        if nodes := tree.xpath(path):
            return list(read_blocks(max(nodes, key=lambda node: len(node.text_content()))))
    return []
