"""Counts → levels, ticks and words: what every chart and map shares.

Colours are the theme's: a chart names a level from 0 (nothing) to 5 (most), and a style sheet says what that looks like in light,
dark and forced colours.
"""

from msgspec import Struct

LEVELS = 5


class Band(Struct, frozen=True):
    """What one level of a legend stands for: counts from `least` to `most`, both included."""

    level: int
    least: int
    most: int


def find_level(count: int, most: int, least: int = 1) -> int:
    """Return the level of `count` among counts from `least` to `most`: 0 only for nothing, 1 for the least.

    While there are five counts from the least to the most, each is a level of its own, so that a first briefing does not look
    like the most there can be, and a second leaves the others as they were. Beyond that the most is at level 5 and each level
    spans the same *ratio*: with equal steps one busy pair would leave all the others at level 1. Where all are busy, `least` is
    the smallest count that occurs, or 30 would look like 45. Whole numbers only: a power computed with floats differs between
    machines in its last bit.
    """
    if not count:
        return 0
    if most - least < LEVELS:
        return count - least + 1
    power, base = count**LEVELS, least**LEVELS
    return next((level for level in range(1, LEVELS) if power * least**level <= base * most**level), LEVELS)


def find_bands(most: int, least: int = 1) -> tuple[Band, ...]:
    """Return the legend of a chart with counts from `least` to `most`: the levels that these can have, from 1 up."""
    bands: list[Band] = []
    first = least
    for level in range(1, LEVELS + 1):
        last = _last_of(level, most, least)
        if last >= first:
            bands.append(Band(level, first, last))
            first = last + 1
    return tuple(bands)


def _last_of(level: int, most: int, least: int) -> int:
    """Return the largest count of a level, by bisection: the scale may reach millions."""
    low, high = least - 1, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle < least or find_level(middle, most, least) <= level else (low, middle - 1)
    return low


def find_ticks(most: int) -> tuple[int, ...]:
    """Return round numbers for an axis from 0 to at least `most`: steps of 1, 2 or 5 times a power of ten, at most four."""
    step, power = 1, 1
    while step * 4 < most:
        factor = {1: 2, 2: 5, 5: 10}[step // power]
        power, step = (power * 10, power * 10) if factor == 10 else (power, power * factor)
    last = max(1, -(-most // step))
    return tuple(step * n for n in range(last + 1))


def say_count(count: int) -> str:
    """Return the count as readers are told it: `no briefings`, `1 briefing`, `1,204 briefings`."""
    match count:
        case 0:
            return "no briefings"
        case 1:
            return "1 briefing"
        case _:
            return f"{count:,} briefings"
