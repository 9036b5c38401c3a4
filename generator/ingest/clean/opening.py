"""The lines above an article, read until the first sentence: each is taken for what it says, or left to the article."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from generator.ingest.clean.captions import caption_key, find_caption
from generator.ingest.clean.crumbs import is_crumbs, looks_like_crumbs
from generator.ingest.clean.findings import Findings
from generator.ingest.clean.furniture import is_furniture
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
from generator.ingest.clean.rows import Row
from generator.ingest.prose import Block
from generator.ingest.words import fold_word, word_set

# No page has more lines above its article than this; a limit keeps a list of short lines from being read as a head.
_ROWS = 24
# So many lines that say nothing may stand in a head (a standfirst, a section): with more of them the article has begun.
_UNKNOWN_MAX = 3
_TITLE_WORDS = 40
_SENTENCE_END = re.compile(r"[.!?।。؟][\"'”’)]*$")
# What a headline of two words calls its text: "Joint Statement".
_DOCUMENTS = word_set("head", "document_words")


class _Line(Struct, frozen=True):
    """One row of the head, its text without marks, and what stands around it."""

    row: Row
    text: str
    image: str
    first: bool
    repeated: bool
    following: Row | None


def read_opening(rows: list[Row], found: Findings) -> list[Row]:
    """Return the rows from the first line of the article on, and note what the lines above it say."""
    keys = [caption_key(row.plain) for row in rows[:_ROWS]]
    kept: list[Row] = []
    for index, row in enumerate(rows[:_ROWS]):
        text, image = strip_images(row.text) if row.markdown else (row.text, "")
        text = Block(row.kind, text).plain.strip() if row.markdown else text.strip()
        following = rows[index + 1] if index + 1 < len(rows) else None
        line = _Line(row, text, image, not found.last, keys.count(keys[index]) > 1, following)
        taken = next(filter(None, (recognise(line, found) for recognise in _RECOGNISERS)), "")
        if taken and taken != "text":
            found.last = taken
            continue
        if taken or _is_prose(row) or len(kept) >= _UNKNOWN_MAX:
            return kept + rows[index:]
        kept.append(row)
    return kept + rows[_ROWS:]


def _is_prose(row: Row) -> bool:
    """Say whether a row is a sentence or more: where one stands, the article has begun."""
    text = row.plain
    ends = _SENTENCE_END.search(text) is not None
    return len(text) > 140 or (ends and len(text.split()) >= 8) or (len(text) > 40 and re.search(r"[。।]", text) is not None)


def _take_image(line: _Line, found: Findings) -> str:
    return "caption" if line.image and found.note_image(line.image, line.row.text, line.text) else ""


def _take_furniture(line: _Line, found: Findings) -> str:
    """Take what belongs to the page; while the headline is missing, `Watch: …` may be it, and so may a first heading."""
    if not line.text:
        return "furniture"
    if line.row.kind == "heading" and line.first:
        return ""
    return "furniture" if is_furniture(line.text, sure=not found.named("title")) else ""


def _take_structure(line: _Line, _: Findings) -> str:
    return "text" if line.row.kind in ("table", "code", "item", "quote") else ""


def _take_header(line: _Line, found: Findings) -> str:
    if found.title and not line.first:
        return ""
    if header := parse_header(line.text):
        found.note("date", header[0])
        found.note("title", header[1])
    return "header" if header else ""


def _take_caption(line: _Line, found: Findings) -> str:
    finding = find_caption(line.text, line.row.tags)
    if finding and (finding.proven or line.repeated):
        found.note_caption(finding)
        return "caption"
    return "caption" if any(caption_key(line.text) == known.key for known in found.captions) else ""


def _take_crumbs(line: _Line, found: Findings) -> str:
    if is_crumbs(line.text):
        if found.named("publisher") or not is_like_section(line.text):
            return "crumbs"
        found.note("publisher", line.text)
        return "publisher"
    is_above = not found.named("title") and (line.first or found.last in ("header", "crumbs"))
    if not is_above or line.following is None or _is_head(line.following.plain, found):
        return ""
    return "crumbs" if looks_like_crumbs(line.text, line.following.plain) else ""


def _take_stamp(line: _Line, found: Findings) -> str:
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


def _take_field(line: _Line, found: Findings) -> str:
    named = parse_field(line.text)
    if named:
        found.note(*named)
    return "field" if named else ""


def _take_known_title(line: _Line, found: Findings) -> str:
    title = caption_key(found.named("title"))
    key = caption_key(line.text)
    return "title" if title and (key == title or (len(key) >= 20 and title.endswith(key))) else ""


def _take_publisher(line: _Line, found: Findings) -> str:
    known = found.named("publisher")
    words = line.text.split()
    if known and caption_key(line.text) == caption_key(known):
        return "publisher"
    if not is_outlet(line.text):
        return ""
    is_masthead = not found.named("title") and _is_masthead(words, line.following)
    if known:
        # Under the office that publishes stands the government that it belongs to, or the ministry that it speaks for.
        is_second = found.last in ("publisher", "crumbs") and len(words) <= _MASTHEAD_OFFICE_WORDS
        return "publisher" if is_second and fold_word(words[0]) in _OFFICES and is_masthead else ""
    # Before the headline a long name with "Bank" or "Government" in it may be the headline itself.
    if not (found.named("title") or (found.fields and len(words) <= 5) or (line.first and is_masthead)):
        return ""
    found.note("publisher", line.text)
    return "publisher"


def _is_masthead(words: Sequence[str], following: Row | None) -> bool:
    """Say whether an outlet stands over the headline: short or an office, over a longer line, another office or a notice."""
    is_short = len(words) <= _MASTHEAD_WORDS or not _OFFICES.isdisjoint(map(fold_word, (words[0], words[-1])))
    if following is None or not is_short or _is_prose(following):
        return False
    text = following.plain
    is_head = is_furniture(text, sure=True) or fold_word(text.split()[0]) in _OFFICES
    return is_head or len(text.split()) > max(len(words), _MASTHEAD_WORDS)


_MASTHEAD_WORDS = 3
_MASTHEAD_OFFICE_WORDS = 6
_OFFICES = frozenset({"ministry", "department", "embassy", "office", "government", "prime"})


def _take_byline(line: _Line, found: Findings) -> str:
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


def _take_title(line: _Line, found: Findings) -> str:
    """Take the headline: the first heading of Markdown, or a line of some words that no full stop closes.

    Where a header gave a date and left the headline's place empty, what follows may be the text itself: a headline has then more
    of the head right under it.
    """
    row, text, following = line.row, line.text, line.following
    if found.named("title") or following is None or (_is_prose(row) and not _is_long_headline(line, found)):
        return ""
    if row.kind == "heading":
        # In plain text a heading is but a short line between blank ones: right behind a date or a section it is the headline.
        if row.level > 1 and found.last and (row.markdown or found.last not in ("stamp", "furniture", "publisher", "crumbs")):
            return ""
    elif (row.markdown and not row.gap) or (found.last == "header" and (following.gap or text.startswith("*"))):
        return ""
    words = len(text.split())
    spaceless = words < 3 and not text.isascii() and 8 <= len(text) <= 60
    is_document = words == 2 and line.first and fold_word(text.split()[1]) in _DOCUMENTS
    closed = re.search(r"[.।。:;,][\"'”’)]*$", text)
    # "1:20 P.M. EDT" has three words and says nothing.
    says = not text.isascii() or len(re.findall(r"[A-Za-z]{3,}", text)) >= 2
    if (
        closed
        or len(text) > 240
        or not ((says and 3 <= words <= _TITLE_WORDS) or spaceless or is_document or row.kind == "heading")
    ):
        return ""
    found.note("title", text)
    return "title"


def _is_long_headline(line: _Line, found: Findings) -> bool:
    """Say whether a line as long as a sentence is the headline: a heading, or the first line with more of the head under it."""
    is_early = line.first or found.last in ("header", "field", "stamp", "publisher")
    if line.row.kind == "heading" or not is_early or line.following is None:
        return line.row.kind == "heading"
    return _is_head(line.following.plain, found) and _SENTENCE_END.search(line.text) is None


def _is_head(text: str, found: Findings) -> bool:
    """Say whether a line names the outlet, the day or the author: what stands over it is the headline, or part of the head."""
    return is_outlet(text) or bool(parse_stamp_line(text, order=found.order, place=found.place) or parse_byline(text))


_TITLED_NAME = re.compile(
    r"(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Sir|Dame|Amb(?:assador)?|Gen(?:eral)?|Lt|Col|Adm(?:iral)?|Shri|Smt)\.?\s"
)


def _take_bare_name(line: _Line, found: Findings) -> str:
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


_RECOGNISERS: tuple[Callable[[_Line, Findings], str], ...] = (
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
    _take_title,
    _take_bare_name,
)
