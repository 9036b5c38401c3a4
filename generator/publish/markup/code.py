"""A fence of code → the HTML that Python-Markdown makes of it by Pygments, without all that it does for other texts."""

from functools import cache
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


def colour(code: str, language: str) -> str:
    """Return what stands in the `div` of a fence: the code in a language that it names, or as plain text."""
    html: str = highlight(code.strip("\n"), _find_lexer(language)(), _find_formatter())
    return html.removeprefix('<div class="codehilite">').removesuffix("</div>\n")


@cache
def _find_lexer(language: str) -> type[Lexer]:
    """Return the lexer of a language; a new one is made for each text, since some remember what they read."""
    try:
        return type(get_lexer_by_name(language or "text"))
    except ClassNotFound:
        return _find_lexer("text")


@cache
def _find_formatter() -> HtmlFormatter[Any]:
    return HtmlFormatter(cssclass="codehilite", wrapcode=True)
