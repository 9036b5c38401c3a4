"""The picture of a share card: bands one above the other, each of one colour on white.

A card takes 3 ms and 25 kB. Drawn by resvg from SVG it took 33 ms, of which 19 went into packing 3 MB of red, green, blue and
opacity, and 40 kB.
"""

from collections.abc import Iterable
from functools import cache
from math import dist

from msgspec import Struct

from generator.publish.images.fonts import Line, draw_lines
from generator.publish.images.png import make_palette, write_png

WIDTH = 1200
HEIGHT = 630
MARGIN = 80
# Where the bands begin below the stripe of colour: kicker; title; rule; foot with mark, archive and date.
KICKER_BAND = 14
TITLE_BAND = 150
RULE_BAND = 520
FOOT_BAND = 546
# Where the columns of the foot begin beside the mark.
SITE_TITLE_COLUMN = 132
DATE_COLUMN = 830

INK, ACCENT, QUIET = 0x111111, 0x0B5C63, 0x444444
PALETTE, NUMBERS = make_palette((INK, ACCENT, QUIET))

Rows = list[bytes]


class ShareCard(Struct, frozen=True):
    """The lines of a card, each in its place."""

    kicker: Line
    title: tuple[Line, ...]
    site_title: Line
    date: Line


def draw_share_card(card: ShareCard) -> bytes:
    """Return the PNG of a card."""
    stripe, rule, mark = _draw_frame()
    kicker = _draw_box([card.kicker], ACCENT, top=KICKER_BAND, bottom=TITLE_BAND)
    title = _draw_box(card.title, INK, top=TITLE_BAND, bottom=RULE_BAND)
    site_title = _draw_box([card.site_title], INK, top=FOOT_BAND, bottom=HEIGHT, left=SITE_TITLE_COLUMN, right=DATE_COLUMN)
    date = _draw_box([card.date], QUIET, top=FOOT_BAND, bottom=HEIGHT, left=DATE_COLUMN)
    foot = map(b"".join, zip(mark, site_title, date, strict=True))
    return write_png([*stripe, *kicker, *title, *rule, *foot], PALETTE)


def _draw_box(lines: Iterable[Line], colour: int, *, top: int, bottom: int, left: int = 0, right: int = WIDTH) -> Rows:
    """Return the rows of a part of the card, where lines of text stand in one colour."""
    return _colour(draw_lines(lines, left=left, top=top, width=right - left, height=bottom - top), colour, right - left)


def _colour(covered: bytes, colour: int, width: int) -> Rows:
    """Return rows of numbers in the palette, by how much of each pixel the colour covers."""
    numbers = covered.translate(NUMBERS[colour])
    return [numbers[start : start + width] for start in range(0, len(numbers), width)]


@cache
def _draw_frame() -> tuple[Rows, Rows, Rows]:
    """Return what all cards have: stripe, rule, and the mark in the foot. Kept, since drawing them takes 9 ms."""
    stripe = b"\xff" * WIDTH * KICKER_BAND
    space, stroke = bytes(MARGIN), b"\xbf" * (WIDTH - 2 * MARGIN)
    # One and a half pixels, which is three quarters of two.
    rule = b"".join(space + (stroke if y in (531, 532) else bytes(len(stroke))) + space for y in range(RULE_BAND, FOOT_BAND))
    mark = bytes(_cover_mark(x + 0.5, y + 0.5) for y in range(FOOT_BAND, HEIGHT) for x in range(SITE_TITLE_COLUMN))
    return _colour(stripe, ACCENT, WIDTH), _colour(rule, ACCENT, WIDTH), _colour(mark, ACCENT, SITE_TITLE_COLUMN)


def _cover_mark(x: float, y: float) -> int:
    """Return how much two linked rings cover of the pixel around a point: all, where it is within their strokes, to nothing."""
    distance = min(abs(dist((x, y), (centre, 573)) - 13) for centre in (MARGIN + 16, MARGIN + 30))
    return round(255 * min(max(3 - distance, 0), 1))
