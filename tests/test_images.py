"""Share cards: the same bytes everywhere, every word inside the card, no boxes."""

import os
import struct
import subprocess
import sys
import zlib
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import MissingProgramError
from generator.publish.images import lay_out_share_card, render_share_card, say_share_card
from generator.publish.images.fonts import Line, read_font
from generator.publish.images.picture import (
    DATE_COLUMN,
    FOOT_BAND,
    HEIGHT,
    KICKER_BAND,
    MARGIN,
    RULE_BAND,
    TITLE_BAND,
    WIDTH,
    draw_share_card,
)
from generator.publish.images.png import SHADES, make_palette

TITLE = "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors"
KICKER = "India–South Korea, India–Japan"
REST = (KICKER, "16 August 2025", "Bilateral")


def drawn_lines(*shown: str) -> list[Line]:
    card = lay_out_share_card(*shown)
    return [line for line in (card.kicker, *card.title, card.site_title, card.date) if line.text]


def title_lines(title: str) -> list[str]:
    return [line.text for line in lay_out_share_card(title, *REST).title]


def read_rows(card: bytes) -> list[bytes]:
    """Return the rows of a PNG of 8 bits a pixel that filters nothing."""
    start = card.index(b"IDAT")
    (length,) = struct.unpack(">L", card[start - 4 : start])
    pixels = zlib.decompress(card[start + 4 : start + 4 + length])
    rows = [pixels[place : place + WIDTH + 1] for place in range(0, len(pixels), WIDTH + 1)]
    assert {row[0] for row in rows} == {0}
    return [row[1:] for row in rows]


def test_a_card_is_a_png_of_1200_by_630_and_about_27_kb() -> None:
    card = render_share_card(TITLE, *REST)
    assert card.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", card[16:24]) == (WIDTH, HEIGHT)
    assert [len(row) for row in read_rows(card)] == [WIDTH] * HEIGHT
    assert len(card) < 28_000


def test_a_card_has_the_same_bytes_in_another_process_place_and_locale() -> None:
    program = (
        "import sys; from hashlib import sha256; from generator.publish.images import render_share_card as r;"
        f"print(sha256(r({TITLE!r}, *{REST!r})).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Seoul", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd="/", env=env, text=True)
    assert other.stdout.strip() == sha256(render_share_card(TITLE, *REST)).hexdigest()


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=30), st.text(max_size=60))
@example("W" * 300, "W" * 300, "W" * 300, "W" * 300)
@example("word " * 80, "word " * 80, "word " * 80, "word " * 80)
@example("Ministers agree on chips " * 8, "", "", "")
@example("", "", "", "")
@settings(deadline=None, max_examples=200)
def test_whatever_a_card_says_fits_and_can_be_drawn(title: str, kicker: str, date: str, site_title: str) -> None:
    for line in drawn_lines(title, kicker, date, site_title):
        width = line.font.measure(line.text, line.size)
        start = line.x - width if line.from_right else line.x
        assert start >= MARGIN
        assert start + width <= WIDTH - MARGIN
        assert set(line.text) <= line.font.widths.keys()
        # The rule between title and foot is at 532.
        assert line.y == 584 or line.y < 510
    card = lay_out_share_card(title, kicker, date, site_title)
    site_title_end = card.site_title.x + card.site_title.font.measure(card.site_title.text, card.site_title.size)
    assert site_title_end < DATE_COLUMN < card.date.x - card.date.font.measure(card.date.text, card.date.size)
    assert render_share_card(title, kicker, date, site_title)


@pytest.mark.parametrize("title", [TITLE, "W" * 200, "VAT AWAY TOYOTA " * 12, "fi ffl Łódź ĲĲ Đà Nẵng " * 9, "— … “” " * 40])
def test_nothing_is_drawn_beyond_the_margin(title: str) -> None:
    for row, empty in zip(read_rows(render_share_card(title, *REST)), read_rows(render_share_card("", "", "", "")), strict=True):
        assert row[WIDTH - MARGIN + 2 :] == empty[WIDTH - MARGIN + 2 :]


@pytest.mark.parametrize("title", [TITLE, "Ẵ" * 200, "ẵgjpq Ǻ " * 40])
def test_no_line_is_cut_off_where_a_band_or_column_ends(title: str) -> None:
    card = lay_out_share_card(title, "Ẵg" * 60, "Ẵ" * 60, "Ẵg" * 60)
    rows = read_rows(draw_share_card(card))
    for edge in (KICKER_BAND, TITLE_BAND, RULE_BAND, FOOT_BAND):
        # The row above is the last of the stripe, of one colour all along.
        assert set(rows[edge]) == {0}
        assert len(set(rows[edge - 1])) == 1
    assert {number for row in rows[FOOT_BAND:] for number in row[DATE_COLUMN - 1 : DATE_COLUMN + 1]} == {0}


def test_a_letter_is_drawn_where_its_line_stands_and_in_its_colour() -> None:
    rows = read_rows(render_share_card("I", "I", "I", "I"))
    numbers = {
        name: {number for row in rows[top:bottom] for number in row[left:right]} - {0}
        for name, (top, bottom, left, right) in {
            "kicker": (90, 117, MARGIN, 100),
            "title": (170, 232, MARGIN, 120),
            "site title": (560, 585, 140, 160),
            "date": (560, 585, 1100, WIDTH - MARGIN),
        }.items()
    }
    assert {name: max(found) for name, found in numbers.items()} == {
        "kicker": 2 * SHADES,
        "title": SHADES,
        "site title": SHADES,
        "date": 3 * SHADES,
    }
    # Below the lines there is nothing.
    assert not any(any(row) for row in (*rows[118:150], *rows[235:520], *rows[590:]))


def test_a_palette_goes_from_white_to_each_colour() -> None:
    palette, numbers = make_palette((0x000000, 0x0B5C63))
    colours = [palette[place : place + 3] for place in range(0, len(palette), 3)]
    assert len(colours) == 1 + 2 * SHADES
    for colour in (0x000000, 0x0B5C63):
        assert colours[numbers[colour][0]] == b"\xff\xff\xff"
        assert colours[numbers[colour][255]] == colour.to_bytes(3, "big")
        assert list(numbers[colour]) == sorted(numbers[colour])
    assert colours[numbers[0x000000][128]] == bytes([255 - 128] * 3)


def test_a_title_is_set_in_lines_of_about_the_same_length() -> None:
    assert title_lines(TITLE) == ["India, South Korea Resolve To", "Set 'New Industrial Ambition'", "In High-Tech Sectors"]


def test_a_title_that_is_too_long_ends_with_an_ellipsis() -> None:
    lines = title_lines("Ministers agree on many things " * 12)
    assert len(lines) == 4
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    "title", ["भारत और कोरिया ने समझौता किया", "한국과 인도가 합의했다", "中国和印度会谈", "اتفاق بين مصر والهند", "🚀", ""]
)
def test_a_title_that_the_fonts_cannot_draw_gives_way_to_its_pairs(title: str) -> None:
    assert " ".join(title_lines(title)) == KICKER
    assert [line.text for line in drawn_lines(title, *REST)].count(KICKER) == 1


def test_without_title_and_kicker_a_card_names_the_archive() -> None:
    assert [line.text for line in drawn_lines("한국", "인도", "", "Bilateral") if line.text] == ["Bilateral"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Cho Hyun (조현) visits Delhi today", "Cho Hyun … visits Delhi today"),
        ("Talks on chips 🚀 and ships ⚓️", "Talks on chips and ships"),
        ("Bora Bora and Bora Bora meet", "Bora Bora and Bora Bora meet"),
        ("Ｆｕｌｌ width ﬁsh at 20 °C", "Full width ﬁsh at 20 °C"),
        ("Soft\u00adhyphen and zero\u200bwidth", "Softhyphen and zerowidth"),
    ],
)
def test_single_words_that_cannot_be_drawn_leave_an_ellipsis_and_symbols_nothing(title: str, shown: str) -> None:
    assert " ".join(title_lines(title)) == shown


def test_a_missing_package_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingProgramError, match=r"pip install no-such-font"):
        read_font("no_such_font", "Font.ttf")
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    read_font.cache_clear()
    with pytest.raises(MissingProgramError, match=r"the package uharfbuzz is not installed \(pip install uharfbuzz\)"):
        render_share_card(TITLE, *REST)


@given(st.text(max_size=120), st.text(max_size=40), st.text(max_size=30), st.text(max_size=40))
@example("भारत और दक्षिण कोरिया: सेमीकंडक्टर", *REST)
@example("اتفاق بين الهند وكوريا", "India–South Korea", "16 August 2025", "أرشيف")
@example(TITLE, *REST)
@settings(deadline=None, max_examples=200)
def test_the_words_for_a_card_are_those_that_are_drawn(title: str, kicker: str, date: str, site_title: str) -> None:
    drawn = "".join(line.text for line in drawn_lines(title, kicker, date, site_title))
    said = say_share_card(title, kicker, date, site_title)
    # A long word is broken and a long line is cut in drawing, not in what is said of it.
    assert set(said) - set(drawn) <= {" ", "·"} or "…" in drawn


@pytest.mark.parametrize("words", ["Ministers agree on many things ", "MINISTERS AND ENVOYS MEET WITH "])
def test_what_a_card_cuts_off_is_not_said(words: str) -> None:
    title = (words * 12).strip()
    said = say_share_card(title, *REST).split(" · ")[0]
    assert said == " ".join(title_lines(title))
    assert said.endswith("…")
    assert say_share_card(title[:90], *REST).startswith(title[:90])


def test_a_card_whose_title_cannot_be_drawn_says_the_pair_the_day_and_the_archive() -> None:
    assert say_share_card("한국과 인도, 반도체 협력 강화", *REST) == f"{KICKER} · 16 August 2025 · Bilateral"
    assert (
        say_share_card("한국과 인도", "India–South Korea", "16 August 2025", "아카이브") == "India–South Korea · 16 August 2025"
    )
    assert say_share_card(TITLE, *REST) == f"{TITLE} · {KICKER} · 16 August 2025 · Bilateral"
