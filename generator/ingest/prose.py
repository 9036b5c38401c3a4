"""The text of an article as blocks: what the passes of ingest hand on, and what becomes the body of a briefing.

A block's text is Markdown on one line (a table or code block has several); `plain` is the same without marks.
"""

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from generator.ingest.dates import Stamp
from generator.model import Caption

Kind = Literal["paragraph", "heading", "item", "quote", "table", "code"]


class Block(Struct, frozen=True):
    """One paragraph, heading, list item, quotation, table or code block.

    `level` is that of a heading (from 2) or the depth of a list item (from 0). The text of an item includes its mark where the
    mark says something (`3.`), not where it is a bullet.
    """

    kind: Kind
    text: str
    level: int = 0

    @property
    def plain(self) -> str:
        """The text without marks; a table as lines of cells."""
        if self.kind == "code":
            return self.text
        if self.kind == "table":
            rows = (line for line in self.text.split("\n") if not _TABLE_RULE.fullmatch(line))
            return "\n".join(" | ".join(map(plain, _cells(row))) for row in rows)
        return plain(self.text)


class Article(Struct, frozen=True):
    """What is left of a seed when the dirt is gone: the text in blocks, and what the dirt said about it.

    `stamps` are the dates found outside the text, in order; `place` and `agency` come from the dateline.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    stamps: tuple[Stamp, ...] = ()
    publisher: str = ""
    author: str = ""
    place: str = ""
    agency: str = ""
    caption: Caption | None = None
    fields: tuple[tuple[str, str], ...] = ()


_MARK = re.compile(r"[*_`\[\]<>\\&]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_CODE = re.compile(r"(`+)(.+?)\1")
# What stands before a mark is looked at behind its first sign: a pattern that begins with a sign skips all other letters.
_EMPHASIS = re.compile(r"(\*(?<!\\\*)\*{0,2}|_(?<!\\_)(?<!\w_)_{0,2})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|~:])")
# A template is expanded by Python code: for a run of a million escaped stars that took three seconds.
_GROUP, _SECOND_GROUP = itemgetter(1), itemgetter(2)
_ENTITY = re.compile(r"&(lt|gt|amp|quot|nbsp|#39);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " ", "#39": "'"}
_TABLE_RULE = re.compile(r"[|\s:-]+")


# Each mark is searched to the end of its line: 100,000 stars or backticks on one line took minutes.
_MARKS_REACH = 2_000_000


def plain(markdown: str) -> str:
    """Return one line of Markdown without emphasis, links, images, code marks, footnote marks, tags and escapes."""
    if not _MARK.search(markdown):
        return markdown
    text = markdown
    if "[" in text:
        text = _NOTE.sub("", _LINK.sub(r"\1", text))
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if 1 < text.count("`") < _MARKS_REACH // len(text):
        text = _CODE.sub(r"\2", text)
    marks = text.count("*") + text.count("_")
    for _ in range(3 if 1 < marks < _MARKS_REACH // len(text) else 0):  # Emphasis within emphasis: "**bold *and* slanted**".
        text, count = _EMPHASIS.subn(_SECOND_GROUP, text)
        if not count:
            break
    if "\\" in text:
        text = _ESCAPED.sub(_GROUP, text)
    return _ENTITY.sub(lambda match: _ENTITIES[match[1]], text) if "&" in text else text


def _cells(row: str) -> Iterator[str]:
    for cell in re.split(r"(?<!\\)\|", row.strip().strip("|")):
        yield cell.strip()


_STAR_PAIR = re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\s*])([^*\n]+)(?<=[^\s*])\1(?![\w*])")
_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY_START = re.compile(r"&(?=#?\w{1,30};)")
_BRACKET = re.compile(r"\[(?=\^)|\](?=[\[(:])")
_ESCAPABLE = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!])")
_LINE_START = re.compile(r"(?:#{1,6}(?!\w)|[-+](?=\s)|:(?=\s)|={2,}$|-{2,}$|~{3}|>)")
_NUMBER_START = re.compile(r"(\d{1,9})\.(?=\s)")


def escape(text: str) -> str:
    """Return plain text as Markdown that shows the same: only what would be read as a mark is escaped.

    `*Pairs of stars*` around whole words stay: that is how emphasis survives in scraped text, and how readers expect it.
    """
    if _MARK.search(text):
        text = _ESCAPABLE.sub(r"\\\\", text).replace("`", "\\`")
        text = _UNDERSCORE.sub(r"\\_", _escape_stars(text))
        text = _TAG_START.sub("&lt;", _ENTITY_START.sub("&amp;", text))
        text = _BRACKET.sub(r"\\\g<0>", text)
    if _LINE_START.match(text):
        return f"&gt;{text[1:]}" if text[0] == ">" else f"\\{text}"
    return _NUMBER_START.sub(r"\1\\.", text, count=1) if _NUMBER_START.match(text) else text


def _escape_stars(text: str) -> str:
    """Return the text with every star escaped that is not one of a pair around words."""
    parts: list[str] = []
    done = 0
    for match in _STAR_PAIR.finditer(text):
        parts += (text[done : match.start()].replace("*", "\\*"), match.group())
        done = match.end()
    return "".join((*parts, text[done:].replace("*", "\\*")))


def dump_blocks(blocks: Iterable[Block]) -> str:
    """Return the blocks as the Markdown body of a file: a blank line between them, none between the items of a list."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append("\n" if before.kind == block.kind == "item" else "\n\n")
        parts.append(_dump_block(block))
        before = block
    return "".join(parts) + "\n" if parts else ""


def dump_code(code: str, language: str = "") -> str:
    """Return code as a block of Markdown, between fences that are longer than any within it."""
    fence = "`" * max([3, *(len(found) + 1 for found in _BACKTICKS.findall(code))])
    return f"{fence}{language}\n{code}\n{fence}"


_BACKTICKS = re.compile("`{3,}")
_ORDERED = re.compile(r"\d{1,3}[.)]\s")


def _dump_block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * max(2, min(block.level, 6))} {block.text}"
        case "item":
            mark = "" if _ORDERED.match(block.text) else "- "
            return f"{'    ' * block.level}{mark}{block.text}"
        case "quote":
            return f"> {block.text}"
        case _:
            return block.text


def strip_marks(blocks: Iterable[Block]) -> str:
    """Return the blocks as plain text, a paragraph a line, list items behind `- `."""
    return "\n".join(f"- {block.plain}" if _is_bullet(block) else block.plain for block in blocks)


def _is_bullet(block: Block) -> bool:
    return block.kind == "item" and not _ORDERED.match(block.text)
