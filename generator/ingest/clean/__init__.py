"""Dirty text → `Article`: title, dates, publisher, byline and caption taken out of the text, the page's furniture thrown away.

No rule knows a site. A line is taken for what it says by its form, its place and its neighbours; in doubt it stays, since a line
too many is seen by the editor and a sentence too few is not.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from generator.errors import SeedError, error
from generator.ingest.clean.crumbs import strip_crumbs
from generator.ingest.clean.datelines import Dateline, find_dateline
from generator.ingest.clean.findings import Findings
from generator.ingest.clean.lines import is_outlet, parse_byline
from generator.ingest.clean.markdown import read_markdown_rows
from generator.ingest.clean.opening import read_opening
from generator.ingest.clean.remains import drop_furniture
from generator.ingest.clean.rows import Row, read_text_rows, tidy
from generator.ingest.dates import find_stamps
from generator.ingest.prose import Article, Block, escape
from generator.model import Seed
from generator.text import fold, split_sentences, squeeze

# A paragraph longer than this is broken at a sentence's end: one line of 5 MB is no text that an editor can work on.
_PARAGRAPH_SIZE = 8_000
# A text of 5 MB has some 80,000 lines when it was wrapped; a million lines are a table or a log, and took 50 s.
_LINES_MAX = 200_000


def clean(seed: Seed, *, order: str = "", place: str = "", is_place: Callable[[str], bool] = lambda _: False) -> Article:
    """Return the article that a seed holds.

    `order` (`dmy`, `mdy` or open) and `place` (a country code in lower case) say how the source writes its dates; `is_place` says
    whether words are the name of a place, which settles a doubtful dateline.

    Raises: SeedError when nothing is left of it.
    """
    if seed.body.count("\n") > _LINES_MAX:
        raise SeedError(error("seed-size", seed.location, f"it has more than {_LINES_MAX:,} lines", "split it"))
    rows = read_markdown_rows(seed.body) if seed.format == "markdown" else read_text_rows(seed.body)
    found = Findings(seed, order, place)
    rows = list(drop_furniture(read_opening(rows, found), found))
    dateline, rows = _strip_dateline(rows, is_place)
    blocks = tuple(_make_blocks(rows))
    if not any(block.kind != "heading" for block in blocks):
        said = "it holds nothing but a header" if found.named("title") or found.stamps else "it holds no text"
        raise SeedError(error("seed-empty", seed.location, said, "save the page again with its article"))
    author = found.named("author")
    return Article(
        blocks,
        title=_clean_title(found.named("title"), found.named("publisher"), "\n".join(block.plain for block in blocks)),
        # A dateline says when it was written; what stands above it says when it was published.
        stamps=(*found.stamps, *find_stamps(dateline.text, order=order, place=place)),
        publisher=found.named("publisher"),
        author=parse_byline(author) or author,
        place=dateline.place,
        agency=dateline.agency,
        caption=found.caption,
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


def _strip_dateline(rows: list[Row], is_place: Callable[[str], bool]) -> tuple[Dateline, list[Row]]:
    """Return the dateline, and the rows without it."""
    for index, row in enumerate(rows):
        if row.kind != "paragraph":
            continue
        # Emphasis around a dateline ("**NEW DELHI** —") goes with it.
        text = re.sub(r"^(\*{1,2}|_)([^*_]{3,60}?)\1", r"\2", row.text) if row.markdown else row.text
        if dateline := find_dateline(text, is_place):
            rest = replace(row, text=text[len(dateline.text) :])
            return dateline, [*rows[:index], rest, *rows[index + 1 :]]
        break
    return Dateline(), rows


def _make_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield the blocks of the article; a heading with nothing under it is left out."""
    for index, row in enumerate(rows):
        if row.kind == "heading" and (
            index + 1 == len(rows) or (rows[index + 1].kind == "heading" and rows[index + 1].level <= row.level)
        ):
            if row.markdown:
                continue
            yield Block("paragraph", escape(row.text))
            continue
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
