"""The lines above an article, read until the first sentence: each is taken for what it says, or left to the article."""

import re
from collections.abc import Callable

from generator.ingest.clean.captions import caption_key, find_caption
from generator.ingest.clean.crumbs import is_crumbs, leads_to_headline, looks_like_crumbs
from generator.ingest.clean.findings import Findings
from generator.ingest.clean.furniture import is_furniture
from generator.ingest.clean.headlines import Line, is_head, is_sentence, take_title, take_title_rest
from generator.ingest.clean.lines import (
    is_like_section,
    is_name_line,
    is_outlet,
    parse_byline,
    parse_doubtful_stamp,
    parse_field,
    parse_header,
    parse_stamp_line,
)
from generator.ingest.clean.markdown import strip_images
from generator.ingest.clean.mastheads import OFFICES, is_masthead_line, stands_above_headline
from generator.ingest.clean.rows import Row
from generator.ingest.prose import Block
from generator.ingest.words import fold_word

# No page has more lines above its article than this; a limit keeps a list of short lines from being read as a head.
_ROWS = 24
# So many lines that say nothing may stand in a head (a standfirst, a section): with more of them the article has begun.
_UNKNOWN_MAX = 3


def read_opening(rows: list[Row], found: Findings) -> list[Row]:
    """Return the rows from the first line of the article on, and note what the lines above it say."""
    keys = [caption_key(row.plain) for row in rows[:_ROWS]]
    kept: list[Row] = []
    for index, row in enumerate(rows[:_ROWS]):
        text, image = strip_images(row.text) if row.markdown else (row.text, "")
        text = Block(row.kind, text).plain.strip() if row.markdown else text.strip()
        line = Line(
            row,
            text,
            image,
            first=not found.last,
            topmost=not kept and found.last in ("", "furniture"),
            repeated=keys.count(keys[index]) > 1,
            following=rows[index + 1] if index + 1 < len(rows) else None,
            beyond=tuple(rows[index + 2 : index + 4]),
        )
        taken = next(filter(None, (recognise(line, found) for recognise in _RECOGNISERS)), "")
        if taken and taken != "text":
            found.last = taken
            continue
        if taken or is_sentence(line) or len(kept) >= _UNKNOWN_MAX:
            return kept + rows[index:]
        kept.append(row)
    return kept + rows[_ROWS:]


def _take_image(line: Line, found: Findings) -> str:
    return "caption" if line.image and found.note_image(line.image, line.row.text, line.text) else ""


def _take_furniture(line: Line, found: Findings) -> str:
    """Take what belongs to the page; while the headline is missing, `Watch: …` may be it, and so may a first heading."""
    if not line.text:
        return "furniture"
    if line.row.kind == "heading" and line.first:
        return ""
    return "furniture" if is_furniture(line.text, sure=not found.named("title")) else ""


def _take_structure(line: Line, _: Findings) -> str:
    return "text" if line.row.kind in ("table", "code", "item", "quote") else ""


def _take_header(line: Line, found: Findings) -> str:
    if found.title and not line.first:
        return ""
    if header := parse_header(line.text):
        found.note("date", header[0])
        found.note("title", header[1])
    return "header" if header else ""


def _take_caption(line: Line, found: Findings) -> str:
    finding = find_caption(line.text, line.row.tags)
    if finding and (finding.proven or line.repeated):
        found.note_caption(finding)
        return "caption"
    return "caption" if any(caption_key(line.text) == known.key for known in found.captions) else ""


def _take_crumbs(line: Line, found: Findings) -> str:
    if leads_to_headline(line.text, [row.plain for row in (line.following, *line.beyond) if row]):
        return "crumbs"
    if is_crumbs(line.text):
        if found.named("publisher") or not is_like_section(line.text):
            return "crumbs"
        found.note("publisher", line.text)
        return "publisher"
    is_above = not found.named("title") and (line.first or found.last in ("header", "crumbs"))
    if not is_above or line.following is None or is_head(line.following.plain, found):
        return ""
    return "crumbs" if looks_like_crumbs(line.text, line.following.plain) else ""


def _take_stamp(line: Line, found: Findings) -> str:
    stamp = parse_stamp_line(line.text, order=found.order, place=found.place)
    if stamp is None:
        doubtful = parse_doubtful_stamp(line.text)
        if doubtful:
            found.note("doubtful_date", doubtful)
        return "stamp" if doubtful else ""
    found.stamps += stamp.stamps
    found.note("author", stamp.byline)
    found.note("publisher", stamp.publisher)
    return "stamp"


def _take_field(line: Line, found: Findings) -> str:
    named = parse_field(line.text)
    if named:
        found.note(*named)
    return "field" if named else ""


def _take_known_title(line: Line, found: Findings) -> str:
    title = caption_key(found.named("title"))
    key = caption_key(line.text)
    return "title" if title and (key == title or (len(key) >= 20 and title.endswith(key))) else ""


def _take_publisher(line: Line, found: Findings) -> str:
    known = found.named("publisher")
    words = line.text.split()
    if known and caption_key(line.text) == caption_key(known):
        return "publisher"
    is_above = not found.named("title") and stands_above_headline(line, found)
    if not is_outlet(line.text) and not is_above:
        return ""
    is_masthead = is_above or (not found.named("title") and is_masthead_line(words, line.following))
    if known:
        # Under the office that publishes stands the government that it belongs to, or the ministry that it speaks for.
        is_second = found.last in ("publisher", "crumbs") and len(words) <= _MASTHEAD_OFFICE_WORDS
        return "publisher" if is_second and fold_word(words[0]) in OFFICES and is_masthead else ""
    # Before the headline a long name with "Bank" or "Government" in it may be the headline itself.
    if not (found.named("title") or (found.fields and len(words) <= 5) or (is_masthead and (line.first or line.topmost))):
        return ""
    found.note("publisher", line.text)
    return "publisher"


def _take_byline(line: Line, found: Findings) -> str:
    author = parse_byline(line.text)
    # "예시일보 김민수 기자": the paper, and then the reporter.
    paper, _, reporter = author.partition(" ")
    if reporter and not paper.isascii() and is_outlet(paper) and not found.named("publisher"):
        found.note("publisher", paper)
        author = reporter
    found.note("author", author)
    behind = line.text.partition(author)[2].strip(" ,|–—-") if author else ""
    if is_outlet(behind) and not parse_byline(behind):
        found.note("publisher", behind)
    return "byline" if author else ""


_MASTHEAD_OFFICE_WORDS = 6

_TITLED_NAME = re.compile(
    r"(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Sir|Dame|Amb(?:assador)?|Gen(?:eral)?|Lt|Col|Adm(?:iral)?|Shri|Smt)\.?\s"
)


def _take_bare_name(line: Line, found: Findings) -> str:
    """Take a name on a line of its own: after a stamp the publisher's, after the publisher the author's, with a title, too."""
    if not is_name_line(line.text):
        return ""
    if found.last == "title" and not found.named("author") and _TITLED_NAME.match(line.text):
        found.note("author", line.text)
        return "byline"
    if line.row.gap:
        return ""
    if not found.named("publisher") and found.last in ("stamp", "byline"):
        found.note("publisher", line.text)
        return "publisher"
    if found.named("publisher") and not found.author and found.last in ("publisher", "stamp") and " " in line.text:
        found.note("author", line.text)
        return "byline"
    return ""


_RECOGNISERS: tuple[Callable[[Line, Findings], str], ...] = (
    _take_image,
    _take_furniture,
    _take_structure,
    _take_header,
    _take_caption,
    _take_stamp,
    _take_crumbs,
    _take_field,
    _take_known_title,
    _take_publisher,
    _take_byline,
    take_title,
    take_title_rest,
    _take_bare_name,
)
