"""Dirty text → `Article`: the title, dates, publisher, byline and caption taken out of the text, the page's furniture thrown away.

No rule knows a site. A line is taken for what it says by its form, its place and its neighbours; in doubt it stays, since a line too
many is seen by the editor and a sentence too few is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.errors import SeedError, error
from generator.ingest.clean.captions import Finding, caption_key, find_caption
from generator.ingest.clean.furniture import is_furniture, is_headline, opens_comments, opens_links, strip_links
from generator.ingest.clean.head import (
    find_dateline,
    is_crumbs,
    is_name_line,
    is_outlet,
    parse_byline,
    parse_field,
    parse_header,
    parse_stamp_line,
    strip_crumbs,
)
from generator.ingest.clean.rows import Row, read_markdown_rows, read_text_rows, strip_images, tidy
from generator.ingest.dates import Stamp
from generator.ingest.prose import Article, Block, escape, plain
from generator.model import Caption, Seed
from generator.text import fold, split_sentences, squeeze

# No page has more lines above its article than this; a limit keeps a list of short lines from being read as a head.
_HEAD_ROWS = 24
# A paragraph longer than this is broken at a sentence's end: a file with one line of 5 MB is no text that an editor can work on.
_PARAGRAPH_SIZE = 8_000
_TITLE_WORDS = 40


@dataclass(slots=True)
class _Findings:
    """What has been found so far; lives only while one seed is read."""

    seed: Seed
    order: str
    place: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    stamps: list[Stamp] = field(default_factory=list)
    captions: list[Finding] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def named(self, name: str) -> str:
        """Return a field from the seed's container, else the one found in the text."""
        known: str = getattr(self.seed, name)
        return known or getattr(self, name)


def clean(seed: Seed, *, order: str = "", place: str = "") -> Article:
    """Return the article that a seed holds.

    `order` (`dmy`, `mdy` or open) and `place` (a country code in lower case) say how the source writes its dates.

    Raises: SeedError when nothing is left of it.
    """
    rows = read_markdown_rows(seed.body) if seed.format == "markdown" else read_text_rows(seed.body)
    found = _Findings(seed, order, place)
    rows = _read_head(rows, found)
    rows = list(_drop_furniture(rows, found))
    place_name, agency, rows = _strip_dateline(rows)
    blocks = tuple(_make_blocks(rows))
    if not any(block.kind != "heading" for block in blocks):
        said = "it holds nothing but a header" if found.named("title") or found.stamps else "it holds no text"
        raise SeedError(error("seed-empty", seed.location, said, "save the page again with its article"))
    author = found.named("author")
    caption = next((finding.caption for finding in found.captions if finding.caption.text), None)
    return Article(
        blocks,
        title=_clean_title(found.named("title"), found.named("publisher"), "\n".join(block.plain for block in blocks)),
        stamps=tuple(found.stamps),
        publisher=found.named("publisher"),
        author=parse_byline(author) or author,
        place=place_name,
        agency=agency,
        caption=caption or next((Caption(f.caption.credit) for f in found.captions), None),
        fields=tuple(found.fields.items()),
    )


def _clean_title(title: str, publisher: str, body: str) -> str:
    """Return a headline without breadcrumbs in front and the site's name behind it."""
    title = squeeze(tidy(title))
    pieces = re.split(r"\s+[|–—·»-]\s+", title)
    if len(pieces) > 1 and len(pieces[-1].split()) <= 6:
        last = pieces[-1]
        if (publisher and fold(last) in fold(publisher)) or (publisher and fold(publisher) in fold(last)) or is_outlet(last):
            title = title[: title.rindex(last)].rstrip(" |–—·»-")
    return strip_crumbs(title, body)


def _read_head(rows: list[Row], found: _Findings) -> list[Row]:
    """Return the rows from the first line of the article on, and note what the lines above it say."""
    keys = [caption_key(row.plain) for row in rows[:_HEAD_ROWS]]
    kept: list[Row] = []
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        repeated = keys.count(keys[index]) > 1
        following = rows[index + 1] if index + 1 < len(rows) else None
        taken = _take_row(row, found, first=index == 0 or not found.last, repeated=repeated, following=following)
        if taken:
            found.last = taken
            continue
        if _is_prose(row) or row.kind in ("table", "code", "item") or (kept and len(kept) > 2):
            return kept + rows[index:]
        kept.append(row)
    return kept + rows[_HEAD_ROWS:]


def _is_prose(row: Row) -> bool:
    """Say whether a row is a sentence or more: where one stands, the article has begun."""
    text = row.plain
    return (
        len(text) > 140
        or (len(text.split()) >= 8 and bool(re.search(r"[.!?।。؟][\"'”’)]*$", text)))
        or (len(text) > 40
        and bool(re.search(r"[。।]", text)))
    )


def _take_row(row: Row, found: _Findings, *, first: bool, repeated: bool, following: Row | None) -> str:
    """Note what a row of the head says and return what it was; nothing when it belongs to the article."""
    text, image = strip_images(row.text) if row.markdown else (row.text, "")
    text = Block(row.kind, text).plain.strip() if row.markdown else text.strip()
    if image and _note_image(found, image, row.text, text):
        return "caption"
    if not text or (is_furniture(text) and not (first and row.kind == "heading")):
        return "furniture"
    if row.kind in ("table", "code", "item", "quote"):
        return ""
    if (first or not found.title) and (header := parse_header(text)):
        return _take_header(*header, found)
    if finding := find_caption(text, row.tags):
        if finding.proven or repeated:
            return _note_caption(found, finding)
    elif any(caption_key(text) == finding.key for finding in found.captions):
        return "caption"
    if is_crumbs(text):
        return "crumbs"
    if stamp := parse_stamp_line(text, order=found.order, place=found.place):
        found.stamps += stamp.stamps
        found.author = found.author or stamp.byline
        found.publisher = found.publisher or stamp.publisher
        return "stamp"
    if named := parse_field(text):
        return _take_field(*named, found)
    return _take_name(row, text, found, following)


def _note_image(found: _Findings, alternative: str, whole: str, text: str) -> bool:
    """Note the alternative text of an image as caption, and say whether the row holds nothing else but that text in italics."""
    finding = find_caption(alternative, "figure") or Finding(Caption(alternative), caption_key(alternative), proven=False)
    _note_caption(found, finding)
    return caption_key(text) in ("", finding.key) or bool(re.search(r"\)\s*([*_])[^*_]+\1$", whole))


def _note_caption(found: _Findings, finding: Finding) -> str:
    if all(finding.key != known.key for known in found.captions):
        found.captions.append(finding)
    return "caption"


def _take_header(day: str, rest: str, found: _Findings) -> str:
    found.fields.setdefault("date", day)
    found.title = found.title or rest
    return "header"


def _take_field(name: str, value: str, found: _Findings) -> str:
    """Note a labelled line; `Source:` and `By:` may stand in an article, so only the head is asked."""
    if name == "title":
        found.title = found.title or value
    elif name == "publisher":
        found.publisher = found.publisher or value
    elif name == "author":
        found.author = found.author or value
    else:
        found.fields.setdefault(name, value)
    return "field"


def _take_name(row: Row, text: str, found: _Findings, following: Row | None) -> str:
    """Note a row that is publisher, byline or headline, by its form and by what stood before it."""
    title = found.named("title")
    if title and _is_same_title(text, title):
        return "title"
    known = found.named("publisher")
    if known and caption_key(text) == caption_key(known):
        return "publisher"
    if (title or found.fields) and not known and is_outlet(text) and (title or len(text.split()) <= 5):
        found.publisher = text
        return "publisher"
    if author := parse_byline(text):
        found.author = found.author or author
        return "byline"
    if not title and following is not None and not _is_prose(row) and _is_title(row, following, text, found):
        found.title = text
        return "title"
    if not known and found.last in ("stamp", "byline") and not row.gap and is_name_line(text):
        found.publisher = text
        return "publisher"
    if (
        not found.author
        and known
        and found.last in ("publisher", "stamp")
        and not row.gap
        and is_name_line(text)
        and len(text.split()) > 1
    ):
        found.author = text
        return "byline"
    return ""


def _is_same_title(text: str, title: str) -> bool:
    one, other = caption_key(text), caption_key(title)
    return one == other or (len(one) >= 20 and other.endswith(one))


def _is_title(row: Row, following: Row, text: str, found: _Findings) -> bool:
    """Say whether a row is the headline: the first heading of Markdown, or a line of some words that no full stop closes.

    Where a header gave a date and left the headline's place empty, what follows may be the text itself: a headline has then more
    of the head right under it.
    """
    if row.kind == "heading":
        return row.level <= 1 or not found.last
    if (row.markdown and not row.gap) or (found.last == "header" and (following.gap or text.startswith("*"))):
        return False
    words = len(text.split())
    spaceless = words < 4 and not text.isascii() and 8 <= len(text) <= 60
    closed = re.search(r"[.।。:;,][\"'”’)]*$", text)
    return (3 <= words <= _TITLE_WORDS or spaceless) and not closed and len(text) <= 240


def _drop_furniture(rows: Sequence[Row], found: _Findings) -> Iterator[Row]:
    """Yield the rows of the article, in order, without what the page put between and behind them."""
    known = {finding.key for finding in found.captions}
    names = {caption_key(name) for name in (found.named("publisher"), found.named("title"), found.named("author")) if name}
    links = 0
    for index, row in enumerate(rows):
        if row.kind in ("table", "code"):
            yield row
            continue
        text, image = strip_images(row.text) if row.markdown else (row.text, "")
        visible = Block(row.kind, text).plain.strip() if row.markdown else text.strip()
        if image and _note_image(found, image, row.text, visible):
            known.add(caption_key(image))
            continue
        if opens_comments(visible) and index * 2 >= len(rows):
            return
        if links and (is_headline(visible) or row.kind == "item") and not row.text.endswith("."):
            links -= 1
            continue
        links = 5 if opens_links(visible) and not row.kind == "heading" else 0
        key = caption_key(visible)
        if not visible or is_furniture(visible) or key in known or key in names or (row.markdown and _is_only_links(text)):
            continue
        if index >= max(1, len(rows) - 4) and len(visible) < 90 and _is_colophon(visible, found):
            continue
        finding = find_caption(visible, row.tags)
        if finding and finding.proven and row.kind == "paragraph":
            known.add(_keep_caption(found, finding))
            continue
        if image or row.markdown:
            yield replace(row, text=strip_links(text))
        else:
            yield replace(row, text=strip_links(visible))


_ONLY_LINKS = re.compile(r"[\W_]*(?:\[[^\[\]]{1,120}\]\([^()\s]+\)[\W_]*)+")


def _is_only_links(text: str) -> bool:
    """Say whether a paragraph is a link or several and nothing else: a promotion, not a sentence."""
    return _ONLY_LINKS.fullmatch(text) is not None and is_headline(plain(f"x x {text}"))


def _keep_caption(found: _Findings, finding: Finding) -> str:
    _note_caption(found, finding)
    return finding.key


def _is_colophon(text: str, found: _Findings) -> bool:
    """Say whether one of the last lines names who wrote or published the article, or when."""
    if re.search(r"[.!?।。]$", text):
        return False
    if not found.named("publisher") and is_outlet(text):
        found.publisher = text
        return True
    if field_ := parse_field(text):
        _take_field(*field_, found)
        return True
    if stamp := parse_stamp_line(text, order=found.order, place=found.place):
        found.stamps += stamp.stamps
        return True
    if author := parse_byline(text):
        found.author = found.author or author
        return True
    return False


def _strip_dateline(rows: list[Row]) -> tuple[str, str, list[Row]]:
    """Return place and agency of the dateline, and the rows without it."""
    for index, row in enumerate(rows):
        if row.kind != "paragraph":
            continue
        # Emphasis around a dateline ("**NEW DELHI** —") goes with it.
        text = re.sub(r"^(\*{1,2}|_)([^*_]{3,60}?)\1", r"\2", row.text) if row.markdown else row.text
        if dateline := find_dateline(text):
            rest = replace(row, text=text[dateline.end :])
            return dateline.place, dateline.agency, [*rows[:index], rest, *rows[index + 1 :]]
        break
    return "", "", rows


def _make_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield the blocks of the article; a heading with nothing under it is left out."""
    for index, row in enumerate(rows):
        if row.kind == "heading" and (
            index + 1 == len(rows) or (rows[index + 1].kind == "heading" and rows[index + 1].level <= row.level)
        ):
            if row.markdown:
                continue
            row = replace(row, kind="paragraph", level=0)
        if len(row.text) > _PARAGRAPH_SIZE and row.kind not in ("table", "code"):
            for piece in _break_paragraph(row.text):
                yield Block(row.kind, piece if row.markdown else escape(piece), row.level)
            continue
        numbered = row.kind == "item" and row.text[:1].isdigit()
        text = row.text if row.markdown or numbered else escape(row.text)
        yield Block(row.kind, text, max(2, row.level) if row.kind == "heading" else row.level)


def _break_paragraph(text: str) -> Iterator[str]:
    """Yield an overlong paragraph in pieces that end with a sentence, or with a word where no sentence ends."""
    start = end = 0
    for _, stop in split_sentences(text):
        if stop - start > _PARAGRAPH_SIZE and end > start:
            yield text[start:end].strip()
            start = end
        end = stop
        while end - start > 2 * _PARAGRAPH_SIZE:
            cut = text.rfind(" ", start, start + _PARAGRAPH_SIZE) + 1 or start + _PARAGRAPH_SIZE
            yield text[start:cut].strip()
            start = cut
    if text[start:].strip():
        yield text[start:].strip()
