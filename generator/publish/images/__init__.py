"""Share cards: the picture that a link to a page shows elsewhere, 1200 × 630, the same bytes on every machine.

Drawn by HarfBuzz with the fonts of two packages and none of the machine's. These have Latin, Greek and Cyrillic; the other
scripts of the world would be some tens of megabytes. So that no card shows boxes, a word that cannot be drawn becomes "…", and
where that would be a third of the title, as in Hindi or Korean, the kicker stands in its place: the pairs or countries of a
briefing, in English, and the host of an archive. What is drawn is also told, for those who do not see it.
"""

import re
import unicodedata

from msgspec import Struct

from generator.publish.images.fonts import Font, Line, read_font
from generator.publish.images.picture import MARGIN, WIDTH, ShareCard, draw_share_card
from generator.text import squeeze

MEASURE = WIDTH - 2 * MARGIN
TITLE_TOP = 168
# Four lines at the smallest size hold 170 characters.
TITLE_SIZES = (64, 56, 48)
TITLE_LINES = 4
# Even of capitals they hold so many: no shorter title is cut.
TITLE_FITS = 100
LEADING = 1.18
SMALL_SIZE = 31


class _Words(Struct, frozen=True):
    """What a card says, each part as far as the fonts can draw it."""

    title: str
    kicker: str
    date: str
    site_title: str


def render_share_card(title: str, kicker: str, date: str, site_title: str) -> bytes:
    """Return the PNG of a card; `date` is text, as readers see it.

    Raises: MissingProgramError when uharfbuzz or a font package is not installed.
    """
    return draw_share_card(lay_out_share_card(title, kicker, date, site_title))


def say_share_card(title: str, kicker: str, date: str, site_title: str) -> str:
    """Return in words what the card of these arguments shows, each thing once: its alternative text."""
    words = _choose_words(title, kicker, date, site_title)
    drawn = words.title if len(words.title) <= TITLE_FITS else _cut_title(words.title)
    return " · ".join(dict.fromkeys(filter(None, (drawn, words.kicker, words.date, words.site_title))))


def lay_out_share_card(title: str, kicker: str, date: str, site_title: str) -> ShareCard:
    """Return the lines of a card."""
    words = _choose_words(title, kicker, date, site_title)
    size, lines = _fit_title(words.title)
    return ShareCard(
        kicker=_set_small(words.kicker, MARGIN, 116, MEASURE),
        title=tuple(
            Line(line, MARGIN, TITLE_TOP + round((number + 0.82) * size * LEADING), size, _serif())
            for number, line in enumerate(lines)
        ),
        site_title=_set_small(words.site_title, MARGIN + 60, 584, MEASURE - 360),
        date=_set_small(words.date, WIDTH - MARGIN, 584, 280, from_right=True),
    )


def _set_small(text: str, x: int, y: int, measure: int, *, from_right: bool = False) -> Line:
    return Line(_cut(text, _sans(), SMALL_SIZE, measure), x, y, SMALL_SIZE, _sans(), from_right=from_right)


def _serif() -> Font:
    return read_font("font_source_serif_pro", "SourceSerifPro-Semibold.ttf")


def _sans() -> Font:
    return read_font("font_source_sans_pro", "SourceSansPro-Semibold.ttf")


def _choose_words(title: str, kicker: str, date: str, site_title: str) -> _Words:
    shown = _Words(
        title=_find_drawable(title, _serif()),
        kicker=_find_drawable(kicker, _sans()),
        date=_find_drawable(date, _sans()),
        site_title=_find_drawable(site_title, _sans()),
    )
    if shown.title:
        return shown
    # A card without any words still has the mark and the colours.
    instead = _find_drawable(kicker, _serif()) or _find_drawable(site_title, _serif())
    return _Words(instead, "", shown.date, shown.site_title if shown.site_title != instead else "")


def _find_drawable(text: str, font: Font) -> str:
    """Return a text as the font can draw it, with "…" for other words; empty when these are a third of it or more."""
    words = [_find_drawable_word(word, font) for word in squeeze(unicodedata.normalize("NFC", text)).split(" ")]
    if 3 * words.count(None) >= len(words):
        return ""
    shown = ("…" if word is None else word for word in words if word != "")
    return re.sub("…( …)+", "…", " ".join(shown))


def _find_drawable_word(word: str, font: Font) -> str | None:
    """Return a word in characters that the font has, or none; emoji and what is invisible fall away, unknown accents too."""
    chars = []
    for char in word:
        if char in font.widths and char.isprintable():
            chars.append(char)
        elif unicodedata.category(char) not in _DROPPED and not "\ufe00" <= char <= "\ufe0f":
            plain = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
            if not plain or any(part not in font.widths for part in plain):
                return None
            chars += plain
    return "".join(chars)


# Controls, invisible and private characters, symbols; beside them the variation selectors of emoji.
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "So", "Sk"})


def _fit_title(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits, and its lines; at the smallest, what is too long is cut."""
    for size in TITLE_SIZES:
        lines = _break_lines(title, size, MEASURE)
        if len(lines) <= TITLE_LINES:
            return size, _balance(title, size, lines)
    return size, _cut_lines(lines)


def _cut_lines(lines: list[str]) -> list[str]:
    """Return as many lines of the smallest size as a card has room for."""
    return [*lines[: TITLE_LINES - 1], _cut(" ".join(lines[TITLE_LINES - 1 :]), _serif(), TITLE_SIZES[-1], MEASURE)]


def _cut_title(title: str) -> str:
    """Return as much of a title as a card has room for."""
    lines = _break_lines(title, TITLE_SIZES[-1], MEASURE)
    if len(lines) <= TITLE_LINES:
        return title
    shown = " ".join(_cut_lines(lines))
    # A word that is wider than a line is broken in drawing, and said as it is.
    return shown if title.startswith(shown.removesuffix("…")) else title


def _balance(title: str, size: int, lines: list[str]) -> list[str]:
    """Return the lines set as narrow as their number and the longest word allow: no single word is left for the last."""
    longest = max((_serif().measure(word, size) for word in title.split(" ")), default=0)
    for measure in range(MEASURE, int(longest), -24):
        narrower = _break_lines(title, size, measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _break_lines(text: str, size: int, measure: int) -> list[str]:
    """Return the lines of a text; a word that is wider than a line is broken anywhere."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if _serif().measure(joined, size) <= measure:
            lines[-1] = joined
            continue
        lines.append("")
        for char in word:
            if _serif().measure(lines[-1] + char, size) > measure:
                lines.append("")
            lines[-1] += char
    return [line for line in lines if line]


def _cut(text: str, font: Font, size: int, measure: int) -> str:
    """Return a text in one line, ended with "…" at a word where it is too long."""
    if font.measure(text, size) <= measure:
        return text
    while text and font.measure(text + "…", size) > measure:
        text = text.rpartition(" ")[0] or text[:-1]
    return text.rstrip(" ,;:–—-·") + "…"
