"""What maps are drawn of: countries as outlines and dots, pairs as arcs, each with its count, its level and its sentence."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.publish.cards import Term
from generator.publish.charts.scale import find_level, say_count
from generator.publish.charts.sheet import Pixel, Sheet
from generator.publish.charts.world import shapes_by_code

Link = tuple[Term, Term, Term, int]


class MapShape(Struct, frozen=True):
    """A country's outline; without briefings, `url` is empty and `level` 0. `code` is `in`, or empty where there is none."""

    code: str
    name: str
    count: int
    level: int
    label: str
    url: str
    path: str


class MapDot(Struct, frozen=True):
    """A country as a point: because it is too small to be seen or hit, or to bear an arc and its name.

    Where a name is written, it is `below` the point, or else above it, and its `anchor` is that of SVG: start, middle or end.
    """

    code: str
    name: str
    count: int
    level: int
    label: str
    url: str
    x: int
    y: int
    anchor: str = "middle"
    below: bool = True


class MapArc(Struct, frozen=True):
    """A line between the two countries of a pair; `codes` say which, `level` compares it with the other arcs."""

    codes: tuple[str, str]
    name: str
    count: int
    level: int
    label: str
    url: str
    path: str


def draw_arcs(links: Sequence[Link], sheet: Sheet) -> tuple[MapArc, ...]:
    """Return the arc of each pair whose two countries are on the map, bent to the north by a tenth of its length."""
    known = shapes_by_code()
    most = max((count for *_, count in links), default=0)
    arcs = []
    for pair, one, two, count in links:
        if one.key not in known or two.key not in known:
            continue
        (x, y), (u, v) = sorted((sheet.place(known[one.key]), sheet.place(known[two.key])))
        # The control point of a quadratic curve lies twice as far from the chord as the curve itself.
        bend_x, bend_y = round((x + u) / 2 + (v - y) / 5), round((y + v) / 2 - (u - x) / 5)
        path = f"M{x} {y}Q{bend_x} {bend_y} {u} {v}"
        label = _label(pair, count, most)
        arcs.append(MapArc((one.key, two.key), pair.name, count, find_level(count, most), label, pair.url, path))
    return tuple(arcs)


def make_shape(country: Term, count: int, most: int, path: str) -> MapShape:
    """Return a country's outline, shaded as its count compares with the `most` that one has."""
    label = _label(country, count, most)
    return MapShape(country.key, country.name, count, find_level(count, most), label, country.url, path)


def make_dot(country: Term, count: int, most: int, place: Pixel) -> MapDot:
    """Return a country as a point, shaded as its outline is."""
    label = _label(country, count, most)
    return MapDot(country.key, country.name, count, find_level(count, most), label, country.url, *place)


def _label(term: Term, count: int, most: int) -> str:
    """Return the name and the count; the name alone on a map that counts nothing, such as that of a pair."""
    return f"{term.name}: {say_count(count)}" if most else term.name


def find_elsewhere(countries: Iterable[Term]) -> tuple[str, ...]:
    """Return the names of what has briefings but no place on a map, such as the European Union."""
    return tuple(country.name for country in countries if country.key not in shapes_by_code())
