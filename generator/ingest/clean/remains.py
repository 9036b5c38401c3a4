"""What is left of an article when the furniture between and behind its paragraphs is gone."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.ingest.clean.captions import caption_key, find_caption
from generator.ingest.clean.findings import Findings
from generator.ingest.clean.furniture import is_furniture, is_headline, opens_comments, opens_links, strip_links
from generator.ingest.clean.lines import is_outlet, is_published, parse_byline, parse_field, parse_stamp_line
from generator.ingest.clean.markdown import strip_images
from generator.ingest.clean.rows import Row
from generator.ingest.prose import Block, plain

# So many linked titles may follow a bare "Also read"; the same number of last rows may say who published the article.
_LINKS_MAX = 5
_COLOPHON_ROWS = 4
_STANDFIRST_ROWS = 4
# Behind so many paragraphs the readers may have the word, though they say more than the article.
_SAID = 2
_PARAGRAPH = 60
_ONLY_LINKS = re.compile(r"[\W_]*(?:\[[^\[\]]{1,120}\]\([^()\s]+\)[\W_]*)+")


def drop_furniture(rows: Sequence[Row], found: Findings) -> Iterator[Row]:
    """Yield the rows of the article, in order, without what the page put between and behind them."""
    names = {caption_key(name) for name in (found.named("publisher"), found.named("title"), found.named("author")) if name}
    links = said = 0
    for index, row in enumerate(rows):
        if row.kind in ("table", "code"):
            yield row
            continue
        text, image = strip_images(row.text) if row.markdown else (row.text, "")
        visible = Block(row.kind, text).plain.strip() if row.markdown else text.strip()
        if opens_comments(visible) and (index * 2 >= len(rows) or said >= _SAID):
            return
        said += len(visible) >= _PARAGRAPH
        if row.markdown and row.kind == "heading":
            links = 0
        if links and (is_headline(visible) or row.kind == "item") and not visible.endswith("."):
            links -= 1
            continue
        links = _LINKS_MAX if opens_links(visible) else 0
        is_last = index >= max(1, len(rows) - _COLOPHON_ROWS)
        is_noise = caption_key(visible) in names or _is_noise(row, text, visible, found)
        is_noise = is_noise or (index < _STANDFIRST_ROWS and _take_late_stamp(visible, found))
        if is_noise or (image and found.note_image(image, row.text, visible)) or (is_last and _take_colophon(visible, found)):
            continue
        kept = strip_links(text if row.markdown else visible)
        yield row if kept == row.text else replace(row, text=kept)


def _is_noise(row: Row, text: str, visible: str, found: Findings) -> bool:
    """Say whether a row is furniture, a caption, or nothing but links."""
    if not visible:
        return "![" not in row.text
    if is_furniture(visible) or any(caption_key(visible) == finding.key for finding in found.captions):
        return True
    if row.markdown and _ONLY_LINKS.fullmatch(text) and is_headline(plain(f"x x {text}")):
        return True
    finding = find_caption(visible, row.tags) if row.kind == "paragraph" else None
    if finding is None or not finding.proven:
        return False
    found.note_caption(finding)
    return True


def _take_late_stamp(text: str, found: Findings) -> bool:
    """Say whether a line says when the article was published, and note it: it may stand under the standfirst."""
    stamp = parse_stamp_line(text, order=found.order, place=found.place) if is_published(text) else None
    found.stamps += stamp.stamps if stamp else ()
    return stamp is not None


def _take_colophon(text: str, found: Findings) -> bool:
    """Say whether one of the last lines names who wrote or published the article, or when, and note it."""
    if len(text) >= 90 or re.search(r"[.!?।。]$", text):
        return False
    if not found.named("publisher") and is_outlet(text):
        found.note("publisher", text)
    elif named := parse_field(text):
        found.note(*named)
    elif stamp := parse_stamp_line(text, order=found.order, place=found.place):
        found.stamps += stamp.stamps
    elif author := parse_byline(text):
        found.note("author", author)
    else:
        return False
    return True
