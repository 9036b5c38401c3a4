"""Plain text of a seed → rows: one for each paragraph, heading or list item, with hard-wrapped lines joined again."""

import html
import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.ingest.clean.crumbs import is_section
from generator.ingest.clean.tables import make_table
from generator.ingest.dates import is_day_line
from generator.ingest.prose import Block, Kind
from generator.text import normalise, squeeze


class Row(Struct, frozen=True):
    """One line of a seed that may become a block.

    `gap` says that a blank line stood before it; `tags` are the HTML tags that it was wrapped in, which give captions away.
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    gap: bool = False
    tags: str = ""
    markdown: bool = False

    @property
    def plain(self) -> str:
        """The text without marks."""
        return Block(self.kind, self.text).plain if self.markdown else self.text


_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Joiners have a job in Indic and Arabic script and none between Latin letters, where they only break words for searching.
_JOINER = re.compile(r"(?<=[A-Za-z0-9])[\u200c\u200d]+(?=[A-Za-z0-9])")
# "U.S.&nbsp;-India": an editing program kept a space at the seam of two pieces; nobody types one before a hyphen within a word.
_LOOSE_HYPHEN = re.compile(r"(?<=\S)\xa0-(?=\w)")
_BLOCK_TAG = re.compile(
    r"</?(?:div|p|br|figure|figcaption|section|article|header|footer|h[1-6]|ul|ol|li|table|tr|blockquote|img|picture)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,12}(?:\s[^<>]{0,500})?/?>|<!--.{0,500}?-->")
_SCRIPTS = tuple(
    (re.compile(rf"<{tag}\b[^<>]{{0,200}}>", re.IGNORECASE), re.compile(rf"</{tag}\s*>", re.IGNORECASE))
    for tag in ("script", "style")
)


def tidy(text: str, *, markdown: bool = False) -> str:
    """Return the text with line ends, Unicode and entities in their plain forms; doubly encoded entities too.

    In Markdown `&lt;` stays, for there a bare `<` may begin a tag.
    """
    text = normalise(text)
    if "&" in text:
        unescape = _unescape_text if markdown else _unescape
        text = _ENTITY.sub(unescape, _ENTITY.sub(unescape, text.replace("&amp;", "&")))
        text = normalise(text)
    if "\xa0-" in text:
        text = _LOOSE_HYPHEN.sub("-", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub("", text)
    return text


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def _unescape_text(match: re.Match[str]) -> str:
    said = _unescape(match)
    return "&lt;" if said == "<" else said


def cut_out(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Return the text without everything from an opening mark to the next closing one; what is never closed stays.

    One pattern for both would search to the end of the text from every opening mark.
    """
    parts: list[str] = []
    done = 0
    while (start := opening.search(text, done)) and (end := closing.search(text, start.end())):
        parts.append(text[done : start.start()])
        done = end.end()
    return "".join((*parts, text[done:])) if parts else text


def read_text_rows(body: str) -> list[Row]:
    """Return the rows of plain text, in which HTML may have been left."""
    for opening, closing in _SCRIPTS if "<" in body else ():
        body = cut_out(body, opening, closing)
    rows = list(_split_lines(body))
    if "\t" in body:
        rows = list(_gather_tables(rows))
    width = find_width([row.text for row in rows])
    return list(_mark_headings(_join(rows, width) if width else _without_blanks(rows)))


def _split_lines(body: str) -> Iterator[Row]:
    """Yield a row for each line, an empty one for a blank line; lines of HTML are split at their block tags."""
    for line in body.split("\n"):
        if "<" not in line or not _ANY_TAG.search(line):
            text = tidy(line)
            yield Row(text.rstrip())
            continue
        tags = " ".join(_ANY_TAG.findall(line))
        pieces = [squeeze(tidy(_ANY_TAG.sub("", piece))) for piece in _BLOCK_TAG.split(line)]
        found = [piece for piece in pieces if piece]
        yield from (Row(piece, tags=tags) for piece in found)
        if not found:
            yield Row("")


def _gather_tables(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows with those that are a table's as one."""
    for is_tabbed, group in groupby(rows, key=lambda row: "\t" in row.text.strip() and not _BULLET.match(row.text.strip())):
        lines = list(group)
        table = make_table([row.text for row in lines]) if is_tabbed else ""
        yield from (Row(table, "table", markdown=True),) if table else lines


# Word's marks, of its fonts for signs, come with a tab or a wide gap.
_BULLET = re.compile(r"^(?:[-•◦▪●‣∙\uf0a7\uf0b7]\s+|(?:[·§–—]|o(?=\t|\s{3}))(?:\t|\s{2})\s*|\*\s+(?=[^*]+$))(?=\S)")
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
_INLINE_ITEM = re.compile(r"(?<=[.;:!?”\"’),d])\s+[-•]\s{2,}(?=\S)")
_COLUMNS = re.compile(r"\S\s{3,}\S")
_ENDS = re.compile(r"[.!?:;।。؟…][\"'”’)\]]*$")


def find_width(lines: list[str]) -> int:
    """Return the width at which a text was wrapped by hand or machine, or 0 where each line is a paragraph of its own.

    Wrapped lines end within a sentence, near one width, and the next often goes on in lower case; the lines of a head do neither.
    """
    wrapped = pairs = lower = 0
    widths: list[int] = []
    for line, following in pairwise(lines):
        if not line.strip() or not following.strip():
            continue
        pairs += 1
        widths.append(len(line.rstrip()))
        if 40 <= len(line) <= 130 and not _ENDS.search(line) and not _COLUMNS.search(following.strip()):
            wrapped += 1
            lower += following.lstrip()[:1].islower()
    if wrapped * 10 < pairs * 4 or not ((wrapped >= 3 and lower >= 2) or wrapped >= 12):
        return 0
    widths.sort()
    width = widths[len(widths) * 9 // 10]
    return width if width <= 130 else 0


def _join(rows: list[Row], width: int) -> Iterator[Row]:
    """Yield the paragraphs of a wrapped text: a blank line, an indent, a list mark or a short last line starts the next."""
    parts: list[str] = []
    gap = blank = False
    last = ""
    for row in rows:
        text = row.text.strip()
        if parts and (not text or _starts_paragraph(row, last, width)):
            yield from _items(Row(_glue(parts), gap=gap))
            parts = []
        if not text:
            blank = True
            continue
        if not parts:
            gap, blank = blank or row.text[:2].isspace(), False
        if row.tags or row.kind == "table":
            yield replace(row, gap=gap)
            continue
        parts.append(text)
        last = row.text
    if parts:
        yield from _items(Row(_glue(parts), gap=gap))


def _starts_paragraph(row: Row, last: str, width: int) -> bool:
    """Say whether a line of a wrapped text opens a paragraph, given the line before it."""
    text = row.text
    if row.tags or row.kind == "table" or _BULLET.match(text.strip()):
        return True
    indent, before = len(text) - len(text.lstrip()), len(last) - len(last.lstrip())
    if indent >= 2 and indent > before:
        return True
    if _COLUMNS.search(text.strip()) and _COLUMNS.search(last.strip()):
        return True
    if len(last) > width / 3 and text[:1].islower() and not _ENDS.search(last.rstrip()):
        return False
    # A line was broken because the next word had no room: where it had, the break was meant.
    return len(last.rstrip()) + 1 + len(text.split(maxsplit=1)[0]) < width * 0.9


def _glue(parts: list[str]) -> str:
    """Return the lines as one; a hyphen at a line's end keeps its word together."""
    text = parts[0]
    for part in parts[1:]:
        text += part if text.endswith("-") and not text.endswith(" -") and part[:1].islower() else f" {part}"
    return text


def _without_blanks(rows: list[Row]) -> Iterator[Row]:
    gap = False
    for row in rows:
        if row.text.strip():
            yield from _items(replace(row, gap=True) if gap else row)
            gap = False
        else:
            gap = True


def _items(row: Row) -> Iterator[Row]:
    """Yield the row as paragraph or list item; items that a scraper ran together on one line come apart."""
    if row.kind == "table":
        yield row
        return
    pieces = _INLINE_ITEM.split(row.text) if " -  " in row.text or " •  " in row.text else [row.text]
    for index, piece in enumerate(pieces):
        text = piece.strip()
        if index or _BULLET.match(text):
            yield replace(row, text=squeeze(_BULLET.sub("", text)), kind="item", gap=row.gap and not index)
        elif _NUMBER.match(text) and not is_day_line(text):
            yield replace(row, text=squeeze(text), kind="item")
        else:
            # The width of a gap says which of two columns a word stands in, and is all that is left of a table, or of a menu.
            text = _part_menu(text) if "  " in text else squeeze(text)
            yield row if text == row.text else replace(row, text=text)


def _part_menu(text: str) -> str:
    """Return a line with one space for each gap, or with bars where short words stand far apart and sections are among them."""
    pieces = [squeeze(piece) for piece in re.split(r"\s{2,}", text)]
    is_short = len(pieces) >= _MENU_PIECES and all(len(piece.split()) <= 3 and piece[:1].isupper() for piece in pieces)
    return squeeze(" | ".join(pieces) if is_short and sum(map(is_section, pieces)) * 2 > len(pieces) else text)


_MENU_PIECES = 4
_SPEAKER = re.compile(r"^[A-Z][A-Z .’'-]{3,40}:")


def _mark_headings(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows with sub-headings marked: short lines between blank ones, open like a title, before a longer one."""
    known = list(rows)
    speech = any(_SPEAKER.match(row.text) for row in known)
    for index, row in enumerate(known):
        following = known[index + 1] if index + 1 < len(known) else None
        is_heading = (
            row.kind == "paragraph"
            and index > 0
            and row.gap
            and not row.tags
            and following is not None
            and following.gap
            and len(following.text) > len(row.text)
            and len(row.text.split()) <= 9
            and len(row.text) <= 80
            and not (speech and row.text.endswith("?"))
            and bool(_HEADING.match(row.text))
        )
        yield replace(row, kind="heading", level=2) if is_heading else row


_HEADING = re.compile(r"^[^\W_a-z][^.!…:;,]*(?:[\w)%’'\"”]|\?)$")
