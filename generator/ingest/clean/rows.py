"""Body text of a seed → rows: one for each paragraph, heading or list item, with hard-wrapped lines joined again."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.ingest.prose import Block, Kind, plain
from generator.text import normalise, squeeze


@dataclass(frozen=True, slots=True)
class Row:
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
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,200}>.{0,20000}?</\1\s*>", re.IGNORECASE | re.DOTALL)


def tidy(text: str) -> str:
    """Return the text with line ends, Unicode and entities in their plain forms; doubly encoded entities too."""
    text = normalise(text)
    if "&" in text:
        text = _ENTITY.sub(_unescape, _ENTITY.sub(_unescape, text.replace("&amp;", "&")))
        text = normalise(text)
    if "\xa0-" in text:
        text = _LOOSE_HYPHEN.sub("-", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub("", text)
    return text


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def read_text_rows(body: str) -> list[Row]:
    """Return the rows of plain text, in which HTML may have been left."""
    if "<" in body:
        body = _SCRIPT.sub("", body)
    rows = list(_split_lines(body))
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


_BULLET = re.compile(r"^(?:[-•◦▪●‣∙]\s+|\*\s+(?=[^*]+$))(?=\S)")
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
    for line, following in zip(lines, lines[1:], strict=False):
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
        if row.tags:
            yield replace(row, gap=gap)
            continue
        parts.append(text)
        last = row.text
    if parts:
        yield from _items(Row(_glue(parts), gap=gap))


def _starts_paragraph(row: Row, last: str, width: int) -> bool:
    """Say whether a line of a wrapped text opens a paragraph, given the line before it."""
    text = row.text
    if row.tags or _BULLET.match(text.strip()):
        return True
    indent, before = len(text) - len(text.lstrip()), len(last) - len(last.lstrip())
    if indent >= 2 and indent > before:
        return True
    if _COLUMNS.search(text.strip()) and _COLUMNS.search(last.strip()):
        return True
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
            yield from _items(replace(row, gap=gap))
            gap = False
        else:
            gap = True


def _items(row: Row) -> Iterator[Row]:
    """Yield the row as paragraph or list item; items that a scraper ran together on one line come apart."""
    pieces = _INLINE_ITEM.split(row.text) if " -  " in row.text or " •  " in row.text else [row.text]
    for index, piece in enumerate(pieces):
        text = piece.strip()
        if index or _BULLET.match(text):
            yield replace(row, text=squeeze(_BULLET.sub("", text)), kind="item", gap=row.gap and not index)
        elif _NUMBER.match(text):
            yield replace(row, text=squeeze(text), kind="item")
        else:
            # The width of a gap says which of two columns a word stands in, and is all that is left of a table.
            yield replace(row, text=squeeze(text))


_SPEAKER = re.compile(r"^[A-Z][A-Z .’'-]{3,40}:")


def _mark_headings(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows with sub-headings marked: short lines between blank ones, not closed like a sentence, before a longer one."""
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

_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_LIST_MARK = re.compile(r"^(\s*)(?:[-*+]|(\d{1,3})[.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"^\s{0,3}(={3,}|-{3,})\s*$")
_RULE = re.compile(r"^\s{0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$")


def read_markdown_rows(body: str) -> list[Row]:
    """Return the rows of Markdown: paragraphs on one line each, tables and code as they stand."""
    rows: list[Row] = []
    if "<!--" in body:
        body = _COMMENT.sub("", body)
    for chunk, kind, gap in _chunks(tidy(body).split("\n")):
        if kind in ("code", "table"):
            rows.append(Row("\n".join(chunk), kind, gap=gap, markdown=True))
            continue
        rows += _read_chunk(chunk, gap)
    return rows


def _chunks(lines: list[str]) -> Iterator[tuple[list[str], Kind, bool]]:
    """Yield runs of lines that belong together: a code block, a table, or lines without a blank one between them."""
    chunk: list[str] = []
    kind: Kind = "paragraph"
    gap, fence = True, ""
    for line in lines:
        if fence:
            chunk.append(line.rstrip())
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                yield chunk, "code", gap
                chunk, fence, gap = [], "", False
            continue
        is_row = "|" in line and line.strip().startswith("|")
        opening = _FENCE.match(line)
        if chunk and (not line.strip() or opening or is_row != (kind == "table")):
            yield chunk, kind, gap
            chunk, gap = [], False
        if not line.strip():
            gap = True
            continue
        kind = "table" if is_row else "paragraph"
        fence = opening[1] if opening else ""
        chunk.append(line.rstrip())
    if chunk:
        yield chunk, "code" if fence else kind, gap


def _read_chunk(lines: list[str], gap: bool) -> Iterator[Row]:
    """Yield the rows of lines without a blank one between them."""
    parts: list[str] = []
    kind: Kind = "paragraph"
    level = 0
    for line in lines:
        heading, item = _ATX.match(line), _LIST_MARK.match(line)
        quote = line.lstrip().startswith(">")
        underline = _UNDERLINE.match(line) if parts and kind == "paragraph" else None
        starts = heading or item or _RULE.match(line) or (quote and kind != "quote")
        if parts and (starts or underline):
            yield Row(squeeze(" ".join(parts)), "heading" if underline else kind, 2 if underline else level, gap, markdown=True)
            parts, kind, level, gap = [], "paragraph", 0, False
        if underline or _RULE.match(line):
            continue
        if heading:
            yield Row(squeeze(heading[2]), "heading", len(heading[1]), gap, markdown=True)
            gap = False
            continue
        if item:
            kind, level = "item", len(item[1].expandtabs(4)) // 2 if len(item[1]) < 4 else len(item[1].expandtabs(4)) // 4
            parts.append(f"{item[2]}. {line[item.end() :]}" if item[2] else line[item.end() :])
        elif quote:
            kind = "quote"
            parts.append(line.lstrip().lstrip("> "))
        else:
            parts.append(line.strip().removesuffix("\\"))
    if parts:
        yield Row(squeeze(" ".join(parts)), kind, level, gap, markdown=True)


def strip_images(text: str) -> tuple[str, str]:
    """Return Markdown without its images, and the alternative text of the first one."""
    found = _IMAGE.search(text)
    return (squeeze(_IMAGE.sub("", text)), plain(found[1])) if found else (text, "")


_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
