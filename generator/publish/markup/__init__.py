"""Markdown → HTML that is safe to publish: the one door to the dialect, the sanitiser and what articles add to plain HTML.

A text goes through three passes: conversion by `dialect`, which is Python-Markdown, the sanitiser, and what an article shows
besides (heading levels, tables that scroll, anchors). Most texts are so plain that they need no parser: `blocks` and `notes` make
the same elements, in which there is nothing to be sanitised but an address, in 0.08 instead of 1.6 ms.
"""

from generator.content.budget import check_budget, check_html_size, is_tame
from generator.errors import ContentError, Location, error
from generator.publish.markup import blocks, notes
from generator.publish.markup.colours import code_css
from generator.publish.markup.presentation import dress, dress_elements
from generator.publish.markup.reading import plain_text
from generator.publish.markup.safety import SCHEMES, safe_address, sanitise

__all__ = ["SCHEMES", "code_css", "plain_text", "read_markdown", "render_markdown", "safe_address"]

_ETX = "\x03"


def render_markdown(text: str, *, location: Location, base_path: str = "/", anchors: bool = False) -> str:
    """Return the HTML of a body, safe to publish.

    Root-relative addresses get `base_path` in front, the path of the site or, for readers elsewhere, its whole address. With
    `anchors`, every block of prose has an id made of its words. `location` is that of the first line, for the sentence of an
    error.

    Raises: ContentError for a text that asks for too much.
    """
    return _render(text, base_path=base_path, anchors=anchors, location=location)[0]


def read_markdown(text: str, *, location: Location, base_path: str = "/") -> tuple[str, str]:
    """Return the HTML of a body with anchors, as `render_markdown` does, and its words, as `plain_text` does."""
    html, words = _render(text, base_path=base_path, anchors=True, location=location)
    return html, plain_text(html) if words is None else words


def _render(text: str, *, base_path: str, anchors: bool, location: Location) -> tuple[str, str | None]:
    """Return the HTML of a text, and its words where no parser is needed to know them."""
    # A lone surrogate is no character and cannot be written; "\ud800" in JSON makes one.
    text = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    # What needs no parser is neither deep nor full of definitions, but for its code.
    is_suspect = "`" in text or not is_tame(text)
    if is_suspect:
        check_budget(text, location)
    outline = _find_outline(text)
    if outline and outline.runs and not outline.rest and (text.isascii() or text.replace("\n", "").isprintable()):
        shown = dress_elements(outline.runs[0], home=base_path, anchors=anchors)
        if shown:
            check_html_size(text, shown[0], location)
            return shown
    if not is_suspect:
        check_budget(text, location)
    try:
        html = _convert(text, outline)
    except RecursionError as problem:
        hint = "use fewer levels of lists, quotes and definitions"
        raise ContentError(error("markup-budget", location, "the text is nested too deep", hint)) from problem
    check_html_size(text, html, location)
    return dress(sanitise(html, base_path, raw="<" in text), home=base_path, anchors=anchors), None


def _find_outline(text: str) -> blocks.Outline | None:
    return ("[" in text and "[^" in text and notes.find_outline(text)) or blocks.find_outline(text)


def _convert(text: str, outline: blocks.Outline | None) -> str:
    from generator.publish.markup import dialect  # Most archives never need Python-Markdown, which takes 13 ms.

    html = dialect.convert(text) if outline is None else blocks.write(outline, dialect.convert)
    # In a few odd texts Python-Markdown loses a mark of its own, which has a number: that of the whole text.
    return dialect.convert_stock(text) if _ETX in html else html
