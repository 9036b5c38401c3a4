"""Which format a file is in: by its content first, since scrapers save pages as `.txt`, and by its suffix where several fit."""

import json
import re
from itertools import pairwise

from generator.ingest.decoding import NotTextError, decode
from generator.ingest.formats.fences import has_fences
from generator.ingest.formats.mail import looks_like_mail

_SUFFIXES = {
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "md": "markdown",
    "markdown": "markdown",
    "rss": "feed",
    "atom": "feed",
    "xml": "feed",
}
_XML_HEAD = r"(?:<\?.*?\?>\s*|<!--.*?-->\s*)*"
_FEED = re.compile(
    rf"{_XML_HEAD}(?:<!doctype\s+(?:rss|feed|rdf)\b.{{0,2000}}?>\s*)?{_XML_HEAD}<(?:rss|feed|rdf:rdf)\b", re.DOTALL
)
_PAGE = re.compile(rf"{_XML_HEAD}<(?:!doctype\s+html|html|head|body)\b", re.DOTALL)


# So much of a file tells its format.
HEAD_SIZE_BYTES = 20_000


def find_format(raw: bytes, path: str) -> str:
    """Return the name of the format of a file, going by how it starts and then by its suffix."""
    suffix = _SUFFIXES.get(path.rpartition(".")[2].lower(), "")
    try:
        start = decode(raw[:HEAD_SIZE_BYTES]).lstrip("\ufeff \t\r\n")
    except NotTextError:
        return "text"
    lowered = start[:3000].lower()
    if _PAGE.match(lowered) or looks_like_mail(start, path):
        return "html" if start[0] == "<" else "mail"
    if _FEED.match(lowered) or lowered.startswith(("<?xml", "<!doctype")) or (suffix == "feed" and start.startswith("<")):
        return "feed"
    if start[:1] in ("{", "[") and (kind := _find_json(start, suffix)):
        return kind
    if suffix == "markdown" or has_fences(start) or looks_like_markdown(start):
        return "markdown"
    return "html" if _is_page(start) else "text"


def _find_json(start: str, suffix: str) -> str:
    """Return which kind of JSON a text is, or nothing when it only starts with a bracket (`[NEW DELHI] …`)."""
    if suffix == "json":
        return "jsonl" if are_lines(start) else "json"
    if start[0] == "[":
        return "json" if re.match(r"\[\s*(?:\{|\])", start) else ""
    if not re.match(r"\{\s*[\"}]", start):
        return ""
    if suffix == "jsonl":
        return "jsonl"
    return "jsonl" if are_lines(start) else "json"


def are_lines(start: str) -> bool:
    """Say whether a first line is a record by itself, and another one follows it."""
    first, _, rest = start.partition("\n")
    try:
        json.loads(first, strict=False)
    except (ValueError, RecursionError):
        return False
    return rest.lstrip().startswith("{")


_MARKDOWN_SIGNS = re.compile(
    r"(?m)^#{1,4} [^\W_]|\[[^\[\]\n]{1,300}\]\(https?://[^)\s]+\)|^\s{0,3}\|(?:\s*:?-{3,}:?\s*\|)+\s*$|^\*\*[^*\n]+\*\*\s*$"
)


# The first line of a scraper's text file; its lines are no paragraphs of Markdown, whatever signs stand further down.
_HEADER_LINE = re.compile(r"\s*(?:date|published)\b\W{0,3}\d{4}-\d{2}-\d{2}", re.IGNORECASE)


def looks_like_markdown(text: str) -> bool:
    """Say whether a text bears marks that only Markdown has, and is no scraper's file, each line of which says something."""
    # Most plain texts hold none of its marks, which is told in a hundredth of the search's time.
    start = text[:HEAD_SIZE_BYTES]
    if not any(mark in start for mark in "#|[*") or not _MARKDOWN_SIGNS.search(start):
        return False
    return not _HEADER_LINE.match(text) and not _is_line_by_line(start)


# Longer lines are no parts of a wrapped paragraph, shorter ones in a head are title, day and name of the paper.
_WRAPPED_MAX = 130
_HEAD_LINES = 4
_HEAD_LINE_MAX = 50


def _is_line_by_line(text: str) -> bool:
    """Say whether lines without a blank one between them are paragraphs, or parts of a head: Markdown would make one of them."""
    lines = text.split("\n")
    long = sum(len(line) > _WRAPPED_MAX and _is_prose(line) and _is_prose(following) for line, following in pairwise(lines))
    head = lines[:_HEAD_LINES]
    short = sum(len(line) < _HEAD_LINE_MAX for line in head)
    return long > 1 or (len(head) == _HEAD_LINES and short > 1 and all(map(_is_prose, head)))


def _is_prose(line: str) -> bool:
    return line[:1].isalnum() or line.startswith(('"', "“", "'", "‘", "«"))


def _is_page(start: str) -> bool:
    """Say whether text is mostly tags: a saved piece of a page without its `<html>`."""
    tags = re.findall(r"</?(?:p|div|h1|h2|article|section|span|li|ul|a|meta|title)\b[^<>]{0,500}>", start)
    return start.startswith("<") and len(tags) >= 6 and sum(map(len, tags)) * 8 > len(start)
