"""Charts over years: a heat strip of sectors or pairs, and a bar for each year.

Coordinates are units of CSS pixels at natural size; a theme scrolls a chart sideways rather than make its text smaller. Years run
from the first to the last without gaps, since a year without a briefing says something too. Every row and bar holds the count and
address that a table beside the chart shows.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from generator.publish.cards import Card, Term
from generator.publish.charts.scale import Band, find_bands, find_level, find_ticks, say_count
from generator.publish.urls import pair_sector_url, part_url, term_url, year_anchor

BARS_WIDTH = 600
BARS_HEIGHT = 200
BAR_MOST = 48
BAR_LEAST = 26
YEARS_HEIGHT = 24
# The axis is at the right, where the latest years are and where a narrow screen begins to look.
AXIS_WIDTH = 40


class Cell(Struct, frozen=True):
    """What a row has in a year; `url` is empty where a cell leads nowhere."""

    count: int = 0
    level: int = 0
    label: str = ""
    url: str = ""


# Most cells of most strips are empty.
_EMPTY = Cell()


class StripRow(Struct, frozen=True):
    """A sector or pair with its cells, one for each year."""

    term: Term
    url: str
    total: int
    cells: tuple[Cell, ...]


class Tick(Struct, frozen=True):
    """A mark of an axis, and what it says there."""

    label: str
    place: int


class HeatStrip(Struct, frozen=True):
    """Terms by years, heaviest first: a table, which is what screen readers, printers and narrow screens can take."""

    years: tuple[int, ...]
    rows: tuple[StripRow, ...]
    bands: tuple[Band, ...]


class Bar(Struct, frozen=True):
    """The briefings of a year, as a bar that stands on the axis."""

    year: int
    count: int
    label: str
    url: str
    x: int
    y: int
    width: int
    height: int


class YearBars(Struct, frozen=True):
    """Briefings a year in the box `0 0 width height`: bars, lines across to `right` at `steps`, and years below at `ticks`."""

    width: int
    height: int
    right: int
    baseline: int
    bars: tuple[Bar, ...]
    steps: tuple[Tick, ...]
    ticks: tuple[Tick, ...]


def draw_strip(
    cards: Sequence[Card], taxonomy: str, split: int, here: Term | str | None = None, most_rows: int | None = None
) -> HeatStrip:
    """Return the heat strip of a list of briefings by their `"sectors"` or `"pairs"`, at most the heaviest `most_rows` of them.

    `here` is the pair or sector whose list it is: its rows lead to what both have; or the address of a list that has nothing of
    the kind. A cell leads to its briefing when it has just one, else to its year on its row's page, if that has no briefings of
    others, or of the list at that address; one of more than `split` has pages of its years.
    """
    found: dict[Term, dict[int, list[Card]]] = {}
    for card in cards:
        for term in getattr(card, taxonomy):
            found.setdefault(term, {}).setdefault(card.date.year, []).append(card)
    years = _span(cards)
    totals = {term: sum(map(len, by_year.values())) for term, by_year in found.items()}
    order = sorted(found, key=lambda term: (-totals[term], term.name, term.key))[:most_rows]
    counts = {len(some) for term in order for some in found[term].values()}
    span = (max(counts, default=0), min(counts, default=1))
    # Counts are few and cells many, and a strip is drawn for every pair.
    levels = {count: find_level(count, *span) for count in counts}
    rows = []
    for term in order:
        url = _cross(term, here) if isinstance(here, Term) else ""
        # A list of one year alone is where the reader is.
        target = here if isinstance(here, str) and len(years) > 1 else url
        size = totals[term] if url else len(cards)
        find_list = part_url if size > split else _anchor_url if not url or len(found[term]) > 1 else _whole_url
        cells = {
            year: _make_cell(term, year, some, levels=levels, url=target, find_list=find_list)
            for year, some in found[term].items()
        }
        rows.append(StripRow(term, url or term.url, totals[term], tuple([cells.get(year, _EMPTY) for year in years])))
    return HeatStrip(years, tuple(rows), find_bands(*span))


def _cross(term: Term, here: Term) -> str:
    pair, sector = (here, term) if here.family == "pair" else (term, here)
    return pair_sector_url(pair.key, sector.key)


def draw_year_bars(cards: Sequence[Card], urls: Mapping[str, str] | None = None) -> YearBars:
    """Return a bar for each year of a list of briefings.

    `urls` gives the addresses of the years' parts of a long list (`{"2025": "/pairs/in-kr/2025/"}`); without them, bars lead to
    the pages of the years.
    """
    counts: dict[int, int] = {}
    for card in cards:
        counts[card.date.year] = counts.get(card.date.year, 0) + 1
    years = _span(cards)
    steps = find_ticks(max(counts.values(), default=0))
    baseline = BARS_HEIGHT - YEARS_HEIGHT
    # The topmost line needs half of its label's height above it.
    unit = (baseline - 8) / steps[-1]
    size = max(BAR_LEAST, min(BAR_MOST, BARS_WIDTH // max(1, len(years))))
    bars = []
    for column, year in enumerate(years):
        count = counts.get(year, 0)
        url = (urls or {}).get(str(year), "" if urls else term_url("year", str(year))) if count else ""
        height = round(count * unit)
        label = f"{year}: {say_count(count)}"
        bars.append(Bar(year, count, label, url, column * size + 2, baseline - height, size - 4, height))
    return YearBars(
        width=len(years) * size + AXIS_WIDTH,
        height=BARS_HEIGHT,
        right=len(years) * size,
        baseline=baseline,
        bars=tuple(bars),
        steps=tuple(Tick(f"{step:,}", baseline - round(step * unit)) for step in steps),
        ticks=_name_years(years, size),
    )


def _anchor_url(url: str, year: int) -> str:
    return f"{url}#{year_anchor(year)}"


def _whole_url(url: str, _: int) -> str:
    return url


def _make_cell(
    term: Term, year: int, cards: Sequence[Card], *, levels: Mapping[int, int], url: str, find_list: Callable[[str, int], str]
) -> Cell:
    """Return a cell; `find_list` says where the page at `url` has a year. It is asked for cells of several alone."""
    count = len(cards)
    target = cards[0].url if count == 1 else find_list(url, year) if url else ""
    return Cell(count, levels[count], f"{term.name}, {year}: {say_count(count)}", target)


def _span(cards: Sequence[Card]) -> tuple[int, ...]:
    years = [card.date.year for card in cards]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _name_years(years: Sequence[int], size: int) -> tuple[Tick, ...]:
    """Return the years that are named: all, or every second where columns are narrower than four digits and some air."""
    step = 1 if size >= 36 else 2
    return tuple(
        Tick(str(year), column * size + size // 2) for column, year in enumerate(years) if year % step == years[-1] % step
    )
