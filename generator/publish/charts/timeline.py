"""The timeline: every briefing at its day, in a lane for each kind of event.

Coordinates are units of CSS pixels at natural size. Briefings too close to be told apart share one mark, so that a timeline of
10,000 has at most 40 marks a lane; the list beside the chart has each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Card, Term
from generator.publish.charts.scale import find_level, say_count
from generator.text import long_date

WIDTH = 800
# Half a mark at either end.
MARGIN = 12
LANE_HEIGHT = 32
AXIS_HEIGHT = 28
# Marks are at most 18 wide and stand at least this far apart.
NEAR = 20
RADII = (0, 5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Mark:
    """A briefing, or several that lie close together: `url` is empty for several."""

    x: int
    y: int
    radius: int
    count: int
    first: date
    last: date
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The briefings of one kind, oldest first, in the middle of the lane; `kind` is none for those without."""

    kind: Term | None
    count: int
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """A line through all lanes: the start of a year, or of a quarter where years are few."""

    label: str
    x: int
    is_year: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes in the box `0 0 width height`, each 32 high, largest first; the axis is below them.

    Their names are no part of the drawing: they stand beside it and stay when it is moved.
    """

    width: int
    height: int
    baseline: int
    lanes: tuple[Lane, ...]
    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Whole years from `first` to `last`, both included, laid on the paper."""

    first: int
    last: int

    def place(self, day: date) -> int:
        start = date(self.first, 1, 1).toordinal()
        end = date(self.last, 12, 31).toordinal()
        return MARGIN + round((day.toordinal() - start) * (WIDTH - 2 * MARGIN) / (end - start))


def draw_timeline(cards: Sequence[Card]) -> Timeline:
    """Return the timeline of a list of briefings; briefings without a kind come last."""
    days = [card.date for card in cards]
    axis = _Axis(min(days).year, max(days).year) if days else _Axis(1, 1)
    by_kind: dict[Term | None, list[Card]] = {}
    for card in sorted(cards, key=lambda card: (card.date, card.id)):
        by_kind.setdefault(card.kind, []).append(card)
    order = sorted(by_kind, key=lambda kind: (kind is None, -len(by_kind[kind]), kind.name if kind else ""))
    lanes = []
    for place, kind in enumerate(order):
        y = place * LANE_HEIGHT + LANE_HEIGHT // 2
        groups = tuple(_group(by_kind[kind], axis))
        most = max(map(len, groups))
        marks = tuple(_make_mark(group, axis, y=y, most=most) for group in groups)
        lanes.append(Lane(kind, len(by_kind[kind]), y, marks))
    baseline = len(lanes) * LANE_HEIGHT
    return Timeline(WIDTH, baseline + AXIS_HEIGHT, baseline, tuple(lanes), tuple(_find_seasons(axis)) if days else ())


def _group(cards: Iterable[Card], axis: _Axis) -> Iterable[list[Card]]:
    """Yield the briefings of each mark: a mark stands at its first, and takes in what would touch it."""
    group: list[Card] = []
    for card in cards:
        if group and axis.place(card.date) - axis.place(group[0].date) >= NEAR:
            yield group
            group = []
        group.append(card)
    if group:
        yield group


def _make_mark(cards: Sequence[Card], axis: _Axis, *, y: int, most: int) -> Mark:
    first, last, count = cards[0].date, cards[-1].date, len(cards)
    days = long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"
    return Mark(
        x=axis.place(first),
        y=y,
        radius=RADII[find_level(count, most)],
        count=count,
        first=first,
        last=last,
        label=f"{days}: {cards[0].title if count == 1 else say_count(count)}",
        url=cards[0].url if count == 1 else "",
    )


def _find_seasons(axis: _Axis) -> Iterable[Season]:
    """Yield the lines of the axis: quarters up to two years, then years; every n-th where more than twelve would stand."""
    span = axis.last - axis.first + 1
    step = -(-span // 12)
    for year in range(axis.first, axis.last + 1):
        if (axis.last - year) % step == 0:
            yield Season(str(year), axis.place(date(year, 1, 1)), is_year=True)
        if span <= 2:
            for month, name in ((4, "Apr"), (7, "Jul"), (10, "Oct")):
                yield Season(name, axis.place(date(year, month, 1)), is_year=False)
