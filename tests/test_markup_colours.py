"""Coloured code can be read in both schemes, and every class of Pygments is one that the sanitiser lets through."""

import re
from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

from generator.publish.markup import code_css
from generator.publish.markup.colours import COLOURS
from generator.publish.markup.safety import CLASSES

TOKENS = Path(__file__).parent.parent / "templates/assets/css/tokens.css"


def read_papers() -> tuple[list[str], list[str]]:
    """Return the colours of the theme's paper, plain and tinted, by day and by night."""
    by_day, by_night, _by_switch = re.findall(r"--paper: (#\w+);\s+--paper-tint: (#\w+);", TOKENS.read_text(encoding="utf-8"))
    return list(by_day), list(by_night)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`. Source: WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_counts() -> None:
    assert (round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)) == (21, 4.48)


@pytest.mark.parametrize("kind", COLOURS)
def test_every_colour_can_be_read(kind: str) -> None:
    light, dark, _ = COLOURS[kind]
    light_papers, dark_papers = read_papers()
    marked = re.search(r"\.hll\{background:light-dark\((#\w+),(#\w+)\)", code_css())
    assert marked
    assert min(contrast(light, background) for background in (*light_papers, marked[1])) >= 4.5
    assert min(contrast(dark, background) for background in (*dark_papers, marked[2])) >= 4.5


def test_every_class_of_pygments_passes_the_sanitiser() -> None:
    assert {name for name in STANDARD_TYPES.values() if name} | {"hll"} == CLASSES["span"]


def test_every_class_has_one_colour_and_is_one_of_pygments() -> None:
    names = [name for _, _, classes in COLOURS.values() for name in classes.split()]
    assert len(names) == len(set(names))
    assert set(names) <= CLASSES["span"]


def test_the_sheet_holds_a_rule_a_line() -> None:
    assert all(re.fullmatch(r"\.codehilite [^{}]+\{[^{}]+\}", line) for line in code_css().split("\n"))
