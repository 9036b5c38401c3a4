"""Markdown → HTML by Python-Markdown: the dialect that editors are promised, and nothing else.

The dialect is `extra` without `attr_list` and `md_in_html`, with heading ids and coloured code. What comes out holds whatever raw
HTML the text held: it is not safe before it has been sanitised.

Converters are kept and reset for each text: building one anew took 0.65 ms, half as long as a conversion.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from generator.publish.markup.safety import safe_id
from generator.text import slugify

# Code needs a fence, or four spaces in a row: whatever it is nested in, Python-Markdown only takes prefixes of lines away.
_MAY_HOLD_CODE = re.compile(r"```|~~~| {4}|\t")
# Without one of these no inline pattern matches; \x02 opens the placeholders of Python-Markdown.
_MAY_HOLD_MARKUP = re.compile(r"[`\\\[*_<&\x02]|  \n")


def convert(text: str) -> str:
    """Return the HTML of `text`, not yet safe; as `convert_stock`, leaving out work that cannot change it.

    Text without any sign of markup is not run through the fifteen inline patterns (0.5 of 0.8 ms on a table with its text), and
    only a text that may hold code pays for Pygments (6 ms of imports; one text in fifty has any).
    """
    return _run(text, code=bool(_MAY_HOLD_CODE.search(text)), shortcuts=True)


def convert_stock(text: str) -> str:
    """Return the HTML of `text`, not yet safe, by Python-Markdown's own way through all extensions: what tests compare with."""
    return _run(text, code=True, shortcuts=False)


def _run(text: str, *, code: bool, shortcuts: bool) -> str:
    try:
        return _find_converter(code=code, shortcuts=shortcuts).reset().convert(text)
    except BaseException:
        # A converter that was interrupted (a list too deep, Ctrl-C) keeps half a parse, and `reset` does not forget it.
        _find_converter.cache_clear()
        raise


class _Blocks(deque[str]):
    """The blocks that are left to be parsed, as Python-Markdown asks for them: it takes the first and may put one back, always.

    In a list all others move each time: 90,000 short blocks took 4 of 5 s that way.
    """

    def pop(self, _: int = 0) -> str:
        return self.popleft()


class _Parser(BlockParser):
    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 (Python-Markdown's name)
        self.parseBlocks(parent, cast("list[str]", _Blocks(text.split("\n\n"))))


@cache
def _find_converter(*, code: bool, shortcuts: bool) -> Markdown:
    converter = Markdown(
        extensions=[
            *(_make_code_extensions() if code else ()),
            FootnoteExtension(),
            DefListExtension(),
            SaneListExtension(),  # The clauses of an agreement keep their numbers, whatever list they follow.
            TableExtension(use_align_attribute=True),
            AbbrExtension(),
            TocExtension(slugify=lambda value, _separator: safe_id(slugify(value))),
        ]
    )
    converter.parser.__class__ = _Parser  # Its processors know it already, so that another one would be too late.
    converter.treeprocessors.register(_AlignToClass(converter), "align_to_class", 4)
    if shortcuts:
        converter.treeprocessors.register(_SettlePlainText(converter), "settle_plain_text", 21)
    return converter


class _AlignToClass(Treeprocessor):
    """Makes `align="right"` of a table cell, which HTML has dropped, a class; the extension's other form is an inline style."""

    def run(self, root: Element) -> None:
        for tag in ("th", "td"):
            for cell in root.iter(tag):
                align = cell.attrib.pop("align", None)
                if align:
                    cell.set("class", f"align-{align}")


class _SettlePlainText(Treeprocessor):
    """Marks text that no inline pattern can match as done. Not where abbreviations are defined, since they skip what is done."""

    def run(self, root: Element) -> None:
        abbreviations = self.md.treeprocessors["abbr"]
        if isinstance(abbreviations, AbbrTreeprocessor) and abbreviations.abbrs:
            return
        for element in root.iter():
            if element.text and not _MAY_HOLD_MARKUP.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _MAY_HOLD_MARKUP.search(element.tail):
                element.tail = AtomicString(element.tail)


def _make_code_extensions() -> Iterator[Extension]:
    from markdown.extensions.codehilite import CodeHiliteExtension
    from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension

    class LanguageOnly(FencedBlockPreprocessor):
        """Keeps the language and the marked lines of `{.python hl_lines="2"}`.

        All other words would become options of Pygments: `tabsize=999999999` asks for gigabytes, `noclasses=true` for inline
        styles, `pygments_formatter=img` for bytes, and an unknown `encoding` is a traceback.
        """

        def handle_attrs(self, attrs: Iterable[tuple[str, str]]) -> tuple[str, list[str], dict[str, Any]]:
            _, classes, config = super().handle_attrs(attrs)
            return "", classes[:1], {key: value for key, value in config.items() if key == "hl_lines"}

    class LanguageOnlyExtension(FencedCodeExtension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
            super().extendMarkdown(md)
            md.preprocessors.register(LanguageOnly(md, self.getConfigs()), "fenced_code_block", 25)

    yield LanguageOnlyExtension()
    yield CodeHiliteExtension(guess_lang=False, linenums=False, pygments_formatter=_find_formatter)


def _find_formatter(**options: Any) -> Any:
    """Return a formatter with these options; making one takes half as long as colouring a dozen lines."""
    from pygments.formatters.html import HtmlFormatter

    # Only the numbers of marked lines are a list, which cannot be looked up.
    return HtmlFormatter(**options) if "hl_lines" in options else _keep_formatter(HtmlFormatter, tuple(options.items()))


@cache
def _keep_formatter(kind: Callable[..., Any], options: tuple[tuple[str, object], ...]) -> Any:
    return kind(**dict(options))
