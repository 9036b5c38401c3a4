"""Share cards: the same bytes everywhere, every word inside the card, no boxes, no markup from a title."""

import os
import struct
import subprocess
import sys
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import MissingProgramError
from generator.publish.images import HEIGHT, MARGIN, MEASURE, WIDTH, draw_share_card, render_share_card, say_share_card
from generator.publish.images.fonts import read_font

SERIF = ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf")
SANS = ("font_source_sans_pro", "SourceSansPro-Semibold.ttf")
TITLE = "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors"
KICKER = "India–South Korea · Semiconductors"
REST = (KICKER, "16 August 2025", "Bilateral")


def texts(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}text")  # noqa: S314  # Our own text.


def title_lines(title: str) -> list[str]:
    return [text.text or "" for text in texts(draw_share_card(title, *REST)) if text.get("font-family") == "Source Serif Pro"]


def test_a_card_is_a_png_of_1200_by_630_and_about_40_kb() -> None:
    card = render_share_card(TITLE, *REST)
    assert card.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", card[16:24]) == (WIDTH, HEIGHT)
    assert len(card) < 42_000


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
    ends = {}
    for text in texts(draw_share_card(title, kicker, date, site_title)):
        font = read_font(*(SERIF if text.get("font-family") == "Source Serif Pro" else SANS))
        words, size = text.text or "", float(text.get("font-size", "0"))
        width = font.measure(words, size)
        assert width <= MEASURE
        assert set(words) <= font.widths.keys()
        # The rule between title and foot is at 532.
        assert float(text.get("y", "0")) == 584 or float(text.get("y", "0")) < 510
        ends[text.get("text-anchor"), text.get("y")] = float(text.get("x", "0")) + (
            width if text.get("text-anchor") == "start" else -width
        )
    assert ends["start", "584"] < ends["end", "584"]


@pytest.mark.parametrize("title", [TITLE, "W" * 200, "VAT AWAY TOYOTA " * 12, "fi ffl Łódź ĲĲ Đà Nẵng " * 9, "— … “” " * 40])
def test_nothing_is_drawn_beyond_the_margin(title: str) -> None:
    import resvg_py

    def right_margin(svg: str) -> bytes:
        start = WIDTH - MARGIN + 2
        cropped = svg.replace(
            f'width="{WIDTH}" height="{HEIGHT}">',
            f'width="{WIDTH - start}" height="{HEIGHT}" viewBox="{start} 0 {WIDTH - start} {HEIGHT}">',
            1,
        )
        fonts = [read_font(*SERIF).path, read_font(*SANS).path]
        return bytes(resvg_py.svg_to_bytes(svg_string=cropped, skip_system_fonts=True, font_files=fonts))

    assert right_margin(draw_share_card(title, *REST)) == right_margin(draw_share_card("", "", "", ""))


def test_a_title_is_set_in_lines_of_about_the_same_length() -> None:
    assert title_lines(TITLE) == ["India, South Korea Resolve To", "Set 'New Industrial Ambition'", "In High-Tech Sectors"]


def test_a_title_that_is_too_long_ends_with_an_ellipsis() -> None:
    lines = title_lines("Ministers agree on many things " * 12)
    assert len(lines) == 4
    assert lines[-1].endswith("…")


def test_markup_in_a_title_is_text() -> None:
    title = 'A & B <image href="file:///etc/passwd"/> ]]> "x"'
    svg = draw_share_card(title, *REST)
    assert "<image" not in svg
    assert " ".join(title_lines(title)) == title


@pytest.mark.parametrize(
    "title", ["भारत और कोरिया ने समझौता किया", "한국과 인도가 합의했다", "中国和印度会谈", "اتفاق بين مصر والهند", "🚀", ""]
)
def test_a_title_that_the_fonts_cannot_draw_gives_way_to_countries_and_sector(title: str) -> None:
    assert " ".join(title_lines(title)).replace("\N{NO-BREAK SPACE}", " ") == KICKER
    assert [text.text for text in texts(draw_share_card(title, *REST))].count(KICKER) == 0


def test_without_title_and_kicker_a_card_names_the_archive() -> None:
    lines = [text.text for text in texts(draw_share_card("한국", "인도", "", "Bilateral"))]
    assert lines.count("Bilateral") == 2


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
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingProgramError, match=r"the package resvg-py is not installed \(pip install resvg-py\)"):
        render_share_card(TITLE, *REST)
    with pytest.raises(MissingProgramError, match=r"pip install no-such-font"):
        read_font("no_such_font", "Font.ttf")


@given(st.text(max_size=120), st.text(max_size=40), st.text(max_size=30), st.text(max_size=40))
@example("भारत और दक्षिण कोरिया: सेमीकंडक्टर", *REST)
@example("اتفاق بين الهند وكوريا", "India–South Korea", "16 August 2025", "أرشيف")
@example(TITLE, *REST)
@settings(deadline=None, max_examples=200)
def test_the_words_for_a_card_are_those_that_are_drawn(title: str, kicker: str, date: str, site_title: str) -> None:
    drawn = "".join(text.text or "" for text in texts(draw_share_card(title, kicker, date, site_title)))
    said = say_share_card(title, kicker, date, site_title)
    # A long word is broken and a long line is cut in drawing, not in what is said of it.
    assert set(said) - set(drawn) <= {" ", "·"} or "…" in drawn


def test_a_card_whose_title_cannot_be_drawn_says_the_pair_the_day_and_the_archive() -> None:
    assert (
        say_share_card("한국과 인도, 반도체 협력 강화", *REST)
        == "India–South Korea · Semiconductors · 16 August 2025 · Bilateral"
    )
    assert (
        say_share_card("한국과 인도", "India–South Korea", "16 August 2025", "아카이브") == "India–South Korea · 16 August 2025"
    )
    assert say_share_card(TITLE, *REST) == f"{TITLE} · India–South Korea · Semiconductors · 16 August 2025 · Bilateral"
