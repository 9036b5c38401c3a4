"""What the tags of a page say about pieces of its text, before it is read: what was deleted or hidden, and what stands raised.

Both extractors, and records and feeds, would else make `2023<sup>2</sup>` the number 20232, and publish what was struck out.
"""

import re
from typing import TYPE_CHECKING

from generator.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STRUCK = ("del", "s", "strike")
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEPT_TAGS = frozenset({"html", "head", "body", "article", "main", "script", "style"})
# A window over the page hides all of it from programs that read aloud, and so do pages that show themselves by a script.
_HIDDEN_SHARE = 0.4

_NOTE = re.compile(r"[\[(]?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)[\])]?")
_LINKED_NOTE = re.compile(r"[\[(]?([a-z]|[ivx]{1,4})[\])]?")
_POWER = re.compile(r"[-−]?\d{1,3}")
_BASE_OF_TEN = re.compile(r"(?<![\d.,])10$")
# Before a small number: "120 km", "kg/m", "x"; in other words it is a note's.
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmµ]?m|ft|in|yd|mi|s|h|[xyznrRc]|CO)$")
_UNIT_POWERS = frozenset({"2", "3", "-1", "-2", "-3", "−1", "−2", "−3"})
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


def settle_marks(tree: "HtmlElement") -> None:
    """Take out of a tree what is deleted or hidden, and write raised numbers as what they are: notes `[1]`, powers `²`."""
    for element in list(tree.iter(*_STRUCK)):
        _drop(element)
    whole = len("".join(tree.itertext()))
    for element in tree.xpath(".//*[@hidden or @style or @aria-hidden]"):
        if _is_hidden(element) and len("".join(element.itertext())) <= whole * _HIDDEN_SHARE:
            _drop(element)
    for element in list(tree.iter("sup")):
        _settle_raised(element)
    for element in list(tree.iter("caption")):
        _put_above(element)


def _is_hidden(element: "HtmlElement") -> bool:
    if element.tag in _KEPT_TAGS:
        return False
    is_marked = (element.get("hidden") or "hidden") != "until-found" and element.get("hidden") is not None
    is_silent = (element.get("aria-hidden") or "").lower() == "true"
    return is_marked or is_silent or _NOT_SHOWN.search(element.get("style") or "") is not None


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _settle_raised(element: "HtmlElement") -> None:
    """Put a text in the place of a raised number; other raised letters ("21st", "XXe") stay as they stand."""
    said = squeeze(element.text_content())
    parent = element.getparent()
    if parent is None or not said:
        return
    link = parent if parent.tag == "a" and squeeze(parent.text_content()) == said else None
    is_linked = link is not None or element.find(".//a") is not None
    outer = element if link is None else link
    before = _text_before(outer)
    note = _NOTE.fullmatch(said) or (_LINKED_NOTE.fullmatch(said) if is_linked else None)
    if not is_linked and _POWER.fullmatch(said) and _is_power(said, before, outer.tail or ""):
        _replace(outer, said.translate(_RAISED))
    elif note and not (note[1].isalpha() and before[-1:].isdigit()):
        _replace(outer, f"[{note[1]}]")


def _is_power(said: str, before: str, after: str) -> bool:
    """Say whether a raised number is a power or the weight of an isotope, going by what stands before and behind it."""
    if _BASE_OF_TEN.search(before):
        return True
    if not before.strip() or before[-1].isspace():
        return len(said) > 1 and _ISOTOPE.match(after) is not None
    return said in _UNIT_POWERS and _UNIT.search(before) is not None


def _text_before(element: "HtmlElement") -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or (previous.text_content() if isinstance(previous.tag, str) else "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _put_above(caption: "HtmlElement") -> None:
    """Put what a table is called above it: the extractor makes it the first row, and the head of the columns a second one."""
    table = caption.getparent()
    if table is None or table.tag != "table" or table.getparent() is None:
        return
    table.addprevious(table.makeelement("p"))
    table.getprevious().text = squeeze(caption.text_content())
    caption.drop_tree()


def _replace(element: "HtmlElement", text: str) -> None:
    """Put a text in the place of an element."""
    for child in list(element):
        element.remove(child)
    element.text = text
    element.drop_tag()
