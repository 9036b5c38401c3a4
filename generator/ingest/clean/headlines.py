"""Which line above an article is its headline, and where the article begins: told by a line's form and what stands under it."""

import re

from msgspec import Struct

from generator.ingest.clean.findings import Findings
from generator.ingest.clean.lines import is_outlet, parse_byline, parse_stamp_line
from generator.ingest.clean.rows import Row
from generator.ingest.words import fold_word, word_set

_TITLE_WORDS = 40
# Behind a sentence may stand the marks of its notes.
_SENTENCE_END = re.compile(r"(?:[.!?।。؟][\"'”’)]*(?:\s?\(\d{1,2}\))*|\[\d{1,2}\])$")
# Without a stop such a mark may also count the parts of a series, in a headline.
_NOTE_END = re.compile(r"\(\d{1,2}\)$")
_SENTENCE_WORDS = 8
# What a headline of two words calls its text: "Joint Statement".
_DOCUMENTS = word_set("head", "document_words")


class Line(Struct, frozen=True):
    """One row of the head, its text without marks, and what stands around it.

    `first`: nothing above it said anything; `topmost`: nothing but furniture stands above it.
    """

    row: Row
    text: str
    image: str
    first: bool
    repeated: bool
    following: Row | None
    beyond: tuple[Row, ...]
    topmost: bool


def is_prose(row: Row) -> bool:
    """Say whether a row is a sentence or more: where one stands, the article has begun."""
    text = row.plain
    ends = _SENTENCE_END.search(text) is not None
    return len(text) > 140 or (ends and _is_long(row)) or (len(text) > 40 and re.search(r"[。।]", text) is not None)


def is_sentence(line: Line) -> bool:
    """Say whether a line of the head is a sentence, which under another line may end with a note's mark and no stop."""
    return is_prose(line.row) or (not line.topmost and _NOTE_END.search(line.row.plain) is not None and _is_long(line.row))


def _is_long(row: Row) -> bool:
    return len(row.plain.split()) >= _SENTENCE_WORDS


def take_title(line: Line, found: Findings) -> str:
    """Take the headline: the first heading of Markdown, or a line of some words that no full stop closes.

    Where a header gave a date and left the headline's place empty, what follows may be the text itself: a headline has then more
    of the head right under it.
    """
    row, text, following = line.row, line.text, line.following
    if found.named("title") or following is None or (is_sentence(line) and not _is_long_headline(line, found)):
        return ""
    if row.kind == "heading":
        # In plain text a heading is but a short line between blank ones: right behind a date, a label or a section it is the
        # headline.
        if row.level > 1 and found.last and (row.markdown or found.last not in _OVER_HEADLINE):
            return ""
    elif (row.markdown and not row.gap) or (found.last == "header" and (following.gap or text.startswith("*"))):
        return ""
    words = len(text.split())
    spaceless = words < 3 and not text.isascii() and 8 <= len(text) <= 60
    is_named = words == 2 or (words == 1 and _goes_on(following))
    is_document = is_named and line.first and fold_word(text.split()[-1]) in _DOCUMENTS
    closed = re.search(r"[.।。:;,][\"'”’)]*$", text)
    # "1:20 P.M. EDT" has three words and says nothing.
    says = not text.isascii() or len(re.findall(r"[A-Za-z]{3,}", text)) >= 2
    if (
        closed
        or len(text) > 240
        or not (
            (says and 3 <= words <= _TITLE_WORDS) or spaceless or is_document or row.kind == "heading" or _is_brief(line, found)
        )
    ):
        return ""
    found.note("title", text)
    return "title"


def take_title_rest(line: Line, found: Findings) -> str:
    """Take the second line of a headline that was broken: "Joint Communiqué" and, in small letters, whose it is."""
    if found.last != "title" or not found.title or found.seed.title or not _goes_on(line.row) or is_prose(line.row):
        return ""
    following = line.following
    is_whole = following is not None and (following.gap or is_head(following.plain, found))
    if not is_whole or len(line.text.split()) > _REST_WORDS or re.search(r"[.。:;,][\"'”’)]*$", line.text):
        return ""
    found.title = f"{found.title} {line.text}"
    return "title"


def _goes_on(row: Row) -> bool:
    """Say whether a row stands right under another one and begins with a small letter, or in capitals with such a word."""
    text = row.plain
    return not row.gap and row.kind == "paragraph" and (text[:1].islower() or (text.isupper() and _SMALL.match(text) is not None))


_SMALL = re.compile(r"(?:OF|BETWEEN|ON|FOR|AND|FROM|TO|WITH|IN)\b")
_REST_WORDS = 16
_OVER_HEADLINE = ("stamp", "field", "furniture", "publisher", "crumbs")


def _is_brief(line: Line, found: Findings) -> bool:
    """Say whether a first line of two words is the headline ("Border rivers"): over the day, and over no longer headline.

    Two capitalised words name the paper as often, and a headline that nobody took is an editor's to write.
    """
    words = line.text.split()
    if len(words) != len(_BRIEF.findall(line.text)) or not line.topmost or line.following is None or not line.beyond:
        return False
    behind, *rest = line.beyond
    is_over_headline = not is_prose(behind) and bool(rest) and len(rest[0].plain) > len(behind.plain)
    is_dated = parse_stamp_line(line.following.plain, order=found.order, place=found.place) is not None
    return len(words) == 2 and is_dated and not line.following.gap and not is_over_headline


_BRIEF = re.compile(r"^[^\W\d_]{3,}|(?<=\s)[a-zà-ÿ]{3,}$")


def _is_long_headline(line: Line, found: Findings) -> bool:
    """Say whether a line as long as a sentence is the headline: a heading, or the first line with more of the head under it."""
    is_early = line.first or found.last in ("header", "field", "stamp", "publisher")
    if line.row.kind == "heading" or not is_early or line.following is None:
        return line.row.kind == "heading"
    return is_head(line.following.plain, found) and _SENTENCE_END.search(line.text) is None


def is_head(text: str, found: Findings) -> bool:
    """Say whether a line names the outlet, the day or the author: what stands over it is the headline, or part of the head."""
    return is_outlet(text) or bool(parse_stamp_line(text, order=found.order, place=found.place) or parse_byline(text))
