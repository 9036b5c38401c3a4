"""Markdown of a seed → rows: paragraphs on one line each, tables and code as they stand, images apart.

Seeds were written for other programs, most of which know code by the rule of CommonMark: a fence may be indented, have anything
behind it, and be closed by a longer one. Python-Markdown, which makes the pages, would read the text behind such a fence as code,
or the code as text, so that code gets a fence that both know. A fence that nothing closes is text.
"""

import re
from collections.abc import Iterator
from functools import cache

from generator.content.code_lines import find_code
from generator.ingest.clean.lines import parse_field
from generator.ingest.clean.rows import Row, cut_out, tidy
from generator.ingest.clean.tables import make_table
from generator.ingest.dates import is_day_line
from generator.ingest.prose import Kind, dump_code, plain
from generator.text import squeeze

_COMMENT = (re.compile("<!--"), re.compile("-->"))
# Backticks that are followed by another on their line are code within it.
_FENCE = re.compile(r"^([ \t]{0,3})(`{3,}+(?!.*`)|~{3,}+)\s*([\w#.+-]*)")
_CLOSING = re.compile(r"^[ \t]{0,3}(`{3,}+|~{3,}+)\s*$")
_ATX = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_LIST_MARK = re.compile(r"^(\s*)(?:[-*+]|(\d{1,3})[.)])\s+(?=\S)")
# Notes stand line under line, and in one paragraph the second would be a part of the first.
_NOTE = re.compile(r"^\s{0,3}(?:\[\^[^\[\]\s]{1,40}\]:|\[\d{1,3}\](?=\s))")
_UNDERLINE = re.compile(r"^\s{0,3}(={3,}|-{3,})\s*$")
_RULE = re.compile(r"^\s{0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$")


def read_markdown_rows(body: str) -> list[Row]:
    """Return the rows of Markdown: paragraphs on one line each, tables and code as they stand."""
    rows: list[Row] = []
    body = cut_out(body, *_COMMENT)
    for number, (chunk, kind, gap) in enumerate(_chunks(tidy(body, markdown=True).split("\n"))):
        if not number and len(chunk) > 1 and all(map(parse_field, chunk)):
            # Labels above the text, which no fence encloses, are lines and no paragraph.
            rows += [Row(squeeze(line), gap=gap and not at, markdown=True) for at, line in enumerate(chunk)]
            continue
        if kind in ("code", "table"):
            rows.append(Row(_settle_code(chunk) if kind == "code" else "\n".join(chunk), kind, gap=gap, markdown=True))
            continue
        table = make_table(chunk) if "\t" in chunk[0] and not _LIST_MARK.match(chunk[0]) else ""
        rows += [Row(table, "table", gap=gap, markdown=True)] if table else _read_chunk(chunk, gap)
    return rows


def _chunks(lines: list[str]) -> Iterator[tuple[list[str], Kind, bool]]:
    """Yield runs of lines that belong together: a code block, a table, or lines without a blank one between them."""
    chunk: list[str] = []
    kind: Kind = "paragraph"
    gap, fence = True, ""
    # Where each closing fence stands for the last time: what none below it closes is no fence but text.
    ends = {closing[1]: number for number, line in enumerate(lines) if (closing := _CLOSING.match(line))}

    @cache
    def find_end(fence: str) -> int:
        return max((number for closing, number in ends.items() if closing.startswith(fence)), default=-1)

    for number, line in enumerate(lines):
        if fence:
            chunk.append(line.rstrip())
            if (closing := _CLOSING.match(line)) and closing[1].startswith(fence):
                yield chunk, "code", gap
                chunk, fence, gap = [], "", False
            continue
        is_row = "|" in line and line.strip().startswith("|")
        opening = _FENCE.match(line)
        if opening and find_end(opening[2]) <= number:
            opening = None
        if chunk and (not line.strip() or opening or is_row != (kind == "table")):
            yield chunk, kind, gap
            chunk, gap = [], False
        if not line.strip():
            gap = True
            continue
        kind = "table" if is_row else "paragraph"
        fence = opening[2] if opening else ""
        chunk.append(line.rstrip())
    if chunk:
        yield chunk, kind, gap


def _settle_code(lines: list[str]) -> str:
    """Return a block of code with its fences, with others where Python-Markdown would not read it as one."""
    # None of the lines between the fences ends the block, so that both can be looked at alone.
    if any(find_code(f"{lines[0]}\n{lines[-1]}")):
        return "\n".join(lines)
    [(indent, _, language)] = _FENCE.findall(lines[0])
    code = [re.sub(f"^[{indent}]{{0,{len(indent)}}}", "", line) if indent else line for line in lines[1:-1]]
    return dump_code("\n".join(code), language)


def _read_chunk(lines: list[str], gap: bool) -> Iterator[Row]:
    """Yield the rows of lines without a blank one between them."""
    parts: list[str] = []
    kind: Kind = "paragraph"
    level = 0
    for line in lines:
        heading, item = _ATX.match(line), _LIST_MARK.match(line)
        item = None if item and item[2] and is_day_line(line.strip()) else item
        quote = line.lstrip().startswith(">")
        underline = _UNDERLINE.match(line) if parts and kind == "paragraph" else None
        starts = heading or item or _NOTE.match(line) or _RULE.match(line) or (quote and kind != "quote")
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
