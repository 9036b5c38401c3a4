"""Share cards: the picture that a link to a page shows elsewhere, 1200 × 630, the same bytes on every machine.

Drawn by resvg from SVG, with the fonts of two packages and none of the machine's. These have Latin, Greek and Cyrillic; the other
scripts of the world would be some tens of megabytes. So that no card shows boxes, a word that cannot be drawn becomes "…", and
where that would be a third of the title, as in Hindi or Korean, the kicker (countries and sector, in English) stands in its
place. What is drawn is also told, for those who do not see it. A card takes 60 ms, of which an empty picture is 25.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape

from generator.publish.images.fonts import Font, missing_package, read_font
from generator.text import squeeze

WIDTH = 1200
HEIGHT = 630
MARGIN = 80
MEASURE = WIDTH - 2 * MARGIN
TITLE_TOP = 168
# Four lines at the smallest size hold 170 characters. A picture of the text costs about 450 bytes a character: 40 kB for a
# headline of eighty, and ten per cent more if the paper were not white and the ink not nearly black.
TITLE_SIZES = (64, 56, 48)
TITLE_LINES = 4
LEADING = 1.18
SMALL_SIZE = 31

PAPER, INK, ACCENT, QUIET = "#fff", "#111", "#0b5c63", "#444"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a card says, each part as far as the fonts can draw it."""

    title: str
    kicker: str
    date: str
    site_title: str


def render_share_card(title: str, kicker: str, date: str, site_title: str) -> bytes:
    """Return the PNG of a card; `date` is text, as readers see it.

    Raises: MissingProgramError when resvg-py or a font package is not installed.
    """
    try:
        import resvg_py  # Only cards need it.
    except ModuleNotFoundError as problem:
        raise missing_package("resvg-py") from problem
    fonts = [_serif().path, _sans().path]
    # Without the machine's fonts: they would change the bytes. `resources_dir` is not set and the card has no <image>, so nothing
    # is read.
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=draw_share_card(title, kicker, date, site_title), skip_system_fonts=True, font_files=fonts
        )
    )


def say_share_card(title: str, kicker: str, date: str, site_title: str) -> str:
    """Return in words what the card of these arguments shows, each thing once: its alternative text."""
    words = _choose_words(title, kicker, date, site_title)
    shown = (part.replace("\N{NO-BREAK SPACE}", " ") for part in (words.title, words.kicker, words.date, words.site_title))
    return " · ".join(dict.fromkeys(filter(None, shown)))


def draw_share_card(title: str, kicker: str, date: str, site_title: str) -> str:
    """Return the SVG of a card."""
    words = _choose_words(title, kicker, date, site_title)
    size, lines = _fit_title(words.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect width="{WIDTH}" height="14" fill="{ACCENT}"/>',
        f'<g fill="none" stroke="{ACCENT}"><path stroke-width="1.5" d="M{MARGIN} 532H{WIDTH - MARGIN}"/>',
        f'<g stroke-width="5"><circle cx="{MARGIN + 16}" cy="573" r="13"/><circle cx="{MARGIN + 30}" cy="573" r="13"/></g></g>',
        _text(_cut(words.kicker, _sans(), SMALL_SIZE, MEASURE), MARGIN, 116, fill=ACCENT),
        *(
            _text(line, MARGIN, TITLE_TOP + round((number + 0.82) * size * LEADING), family="Source Serif Pro", size=size)
            for number, line in enumerate(lines)
        ),
        _text(_cut(words.site_title, _sans(), SMALL_SIZE, MEASURE - 360), MARGIN + 60, 584),
        _text(_cut(words.date, _sans(), SMALL_SIZE, 280), WIDTH - MARGIN, 584, fill=QUIET, anchor="end"),
        "</svg>",
    ]
    return "".join(parts)


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
    # No line starts with the dot between countries and sector. A card without any words still has the mark and the colours.
    instead = _find_drawable(kicker, _serif()).replace(" · ", "\N{NO-BREAK SPACE}· ") or _find_drawable(site_title, _serif())
    return _Words(instead, "", shown.date, shown.site_title)


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
    lines = [*lines[: TITLE_LINES - 1], _cut(" ".join(lines[TITLE_LINES - 1 :]), _serif(), size, MEASURE)]
    return size, lines


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


def _text(
    text: str, x: int, y: int, *, size: int = SMALL_SIZE, family: str = "Source Sans Pro", fill: str = INK, anchor: str = "start"
) -> str:
    face = f'font-family="{family}" font-weight="600" font-size="{size}"'
    return f'<text x="{x}" y="{y}" {face} fill="{fill}" text-anchor="{anchor}">{escape(text, quote=False)}</text>'
