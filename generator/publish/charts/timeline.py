"""The timeline: every briefing at its day, in a lane for each kind of event, or for the largest sectors where no kind is known.

Across, coordinates are thousandths of a width that is the theme's, so that a drawing fills its column and its text keeps its
size; down, they are CSS pixels. Briefings too close to be told apart share one mark, so that a timeline of 10,000 has at most 31
marks a lane. A mark of one leads to its briefing, a mark of many to the list of its year or month, which has each of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from generator.publish.cards import Card, Term, count_terms
from generator.publish.charts.scale import find_level, say_count
from generator.publish.urls import year_anchor
from generator.text import long_date

WIDTH = 1000
# Half a mark at either end.
MARGIN = 20
LANE_HEIGHT = 32
AXIS_HEIGHT = 28
# Marks are at most 18 pixels wide and stand at least this far apart: as much where the theme's drawing is narrowest, 576 pixels.
NEAR = 32
RADII = (0, 5, 6, 7, 8, 9)
SECTORS = 8


class Mark(Struct, frozen=True):
    """A briefing, or several that lie close together."""

    x: int
    y: int
    radius: int
    count: int
    first: date
    last: date
    label: str
    url: str


class Lane(Struct, frozen=True):
    """The briefings of one kind or main sector, oldest first, in the middle of the lane; `term` is none for all others."""

    term: Term | None
    count: int
    y: int
    marks: tuple[Mark, ...]


class Season(Struct, frozen=True):
    """A line through all lanes: the start of a year, or of a quarter where years are few."""

    label: str
    x: int


class Timeline(Struct, frozen=True):
    """Lanes in a box of this height, each 32 high, largest first; the axis is below them. `by` says what they stand for.

    Their names are no part of the drawing: they stand beside it and stay when it is moved.
    """

    by: str
    height: int
    baseline: int
    lanes: tuple[Lane, ...]
    seasons: tuple[Season, ...]


class _Axis(Struct, frozen=True):
    """Whole years from `first` to `last`, both included, laid on the paper."""

    first: int
    last: int

    def place(self, day: date) -> int:
        start = date(self.first, 1, 1).toordinal()
        end = date(self.last, 12, 31).toordinal()
        return MARGIN + round((day.toordinal() - start) * (WIDTH - 2 * MARGIN) / (end - start))


class _Lists(Struct, frozen=True):
    """Where the briefings of a mark are listed: the addresses of years, and which of these are split by month."""

    urls: Mapping[str, str]
    split_years: frozenset[int]

    def find(self, cards: Sequence[Card]) -> str:
        """Return where most of the briefings are: in a year of this page unless the year has an address."""
        day = cards[len(cards) // 2].date
        url = self.urls.get(str(day.year), "")
        if not url:
            return f"#{year_anchor(day.year)}"
        months = {(card.date.year, card.date.month) for card in cards}
        return f"{url}{day.month:02}/" if day.year in self.split_years and len(months) == 1 else url


def name_lanes(cards: Iterable[Card]) -> str:
    """Return what the lanes of these briefings stand for; empty where there is only one for all."""
    taxonomies = {"kind": "kind of event", "sectors": "main sector"}
    return next((name for key, name in taxonomies.items() if any(getattr(card, key) for card in cards)), "")


def draw_timeline(cards: Sequence[Card], urls: Mapping[str, str] | None = None, split: int = 0) -> Timeline:
    """Return the timeline of a list of briefings; those without a kind, or of smaller sectors, come last.

    `urls` gives the addresses of the years' lists (`{"2025": "/pairs/in-kr/2025/"}`), which lead to those of months where a year
    has more than `split`; without them, marks of many lead to the years of the page.
    """
    days = [card.date for card in cards]
    axis = _Axis(min(days).year, max(days).year) if days else _Axis(1, 1)
    years = Counter(day.year for day in days)
    lists = _Lists(urls or {}, frozenset(year for year, count in years.items() if count > split))
    by = name_lanes(cards)
    lanes = []
    for place, (term, found) in enumerate(_part(cards, by)):
        y = place * LANE_HEIGHT + LANE_HEIGHT // 2
        groups = tuple(_group(found, axis))
        most = max(map(len, groups))
        marks = tuple(_make_mark(group, axis, lists, y=y, most=most) for group in groups)
        lanes.append(Lane(term, len(found), y, marks))
    baseline = len(lanes) * LANE_HEIGHT
    return Timeline(by, baseline + AXIS_HEIGHT, baseline, tuple(lanes), tuple(_find_seasons(axis)) if days else ())


def _part(cards: Iterable[Card], by: str) -> list[tuple[Term | None, list[Card]]]:
    """Return the briefings of each lane, oldest first: the largest lane first, all without a lane of their own last."""
    find_term: Callable[[Card], Term | None] = (
        (lambda card: next(iter(card.sectors), None)) if by == "main sector" else (lambda card: card.kind)
    )
    order = [term for term, _ in count_terms(filter(None, map(find_term, cards)))]
    if by == "main sector":
        order = order[:SECTORS]
    lanes: dict[Term | None, list[Card]] = {term: [] for term in (*order, None)}
    for card in sorted(cards, key=lambda card: (card.date, card.id)):
        term = find_term(card)
        lanes[term if term in lanes else None].append(card)
    return [(term, found) for term, found in lanes.items() if found]


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


def _make_mark(cards: Sequence[Card], axis: _Axis, lists: _Lists, *, y: int, most: int) -> Mark:
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
        url=cards[0].url if count == 1 else lists.find(cards),
    )


def _find_seasons(axis: _Axis) -> Iterable[Season]:
    """Yield the lines of the axis: quarters up to two years, then years; every n-th where more than twelve would stand."""
    span = axis.last - axis.first + 1
    step = -(-span // 12)
    for year in range(axis.first, axis.last + 1):
        if (axis.last - year) % step == 0:
            yield Season(str(year), axis.place(date(year, 1, 1)))
        if span <= 2:
            for month, name in ((4, "Apr"), (7, "Jul"), (10, "Oct")):
                yield Season(name, axis.place(date(year, month, 1)))
