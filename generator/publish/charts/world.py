"""The shapes of the world, as an outline to point at: which country is where, and how its border runs, roughly.

Shapes are drawn as Natural Earth draws them, mostly by who holds a territory: Crimea with Russia, Kashmir with three countries,
but Abkhazia with Georgia. They are no statement on borders or on anyone's status, as the page of the map says.

`world.json` was derived from Natural Earth 1:50m (public domain) in the form of `countries-50m.json` of the npm package
world-atlas 2.0.2 (ISC), in this way:

1. Each TopoJSON arc is unwrapped, so that longitudes run on beyond 180° (only those of eastern Chukotka do), and each of its
   points gets a grade by Douglas–Peucker on an Equal Earth map 2,000 units wide: n when the point stays up to a tolerance of
   0.35·2ⁿ units, 5 at most and for the ends of arcs; what does not reach 0 is dropped. Arcs, not rings: two neighbours keep one
   common border at every grade.
2. Rings are put together, rounded to tenths of a degree, and dropped where they have less than 0.7 square units.
3. Numeric ids become alpha-2 codes by ISO 3166-1; Kosovo has XK; Ashmore and Cartier are one with Australia. Three shapes without
   a code keep their name. Antarctica is left out: it is no state, and a tenth of the map's height.
4. `at` is the point for dots, arcs and labels: inside the largest ring, near its centroid, and not near its border where that is
   possible. Fourteen territories that Natural Earth 1:50m does not draw by themselves (Gibraltar, Tuvalu, French Guiana…) have
   only that.
5. Rings are sorted by area. The first `main` of them, of at least a quarter of the area of the largest, are what a picture of the
   country must show: without Alaska, Svalbard and French Guiana, or France would be a country of the Atlantic. `small` is a
   country of less than 30 square units: without a dot nobody would find it.

252 entries, 21,150 points, 147 kB, 45 kB compressed. A ring is the grades of its points, one digit each, its first point in
tenths of a degree (longitude, latitude), and steps from point to point.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

Point = tuple[float, float]

# The grades of points: a tolerance of 0.35·2ⁿ units of a map that is 2,000 units wide.
GRADED_WIDTH = 2000
FINEST = 0.35
COARSEST = 5


class Ring(Struct, frozen=True):
    """A closed line on the globe, its points (longitude, latitude) in degrees at each grade, and how far it reaches.

    `by_grade[0]` has all points. They are kept ready: choosing among 21,150 points took a third of the time of a small map. So
    are its extremes on an Equal Earth map, which say for most rings that they are off a small map: `top` and `bottom`, and how
    wide a degree is on the narrowest and the widest of its parallels.
    """

    by_grade: tuple[tuple[Point, ...], ...]
    west: float
    east: float
    top: float
    bottom: float
    narrow: float
    wide: float


class Shape(Struct, frozen=True):
    """A country or territory: its code in lower case (`in`; empty where it has none, and then a name) and its rings.

    The first `main` rings are the bulk of the country; holes are rings too. `at` is (longitude, latitude).
    """

    code: str
    name: str
    at: Point
    main: int
    small: bool
    rings: tuple[Ring, ...]


@cache
def read_shapes() -> tuple[Shape, ...]:
    """Return all shapes, by code; kept, since reading them takes 45 ms and every briefing has a map."""
    text = files(__package__).joinpath("world.json").read_text("utf-8")
    return tuple(
        Shape(
            code=key.lower() if len(key) == 2 else "",
            name="" if len(key) == 2 else key,
            at=(entry["at"][0] / 10, entry["at"][1] / 10),
            main=entry["main"],
            small=bool(entry["small"]),
            rings=tuple(make_ring(tuple(_walk(steps)), grades) for grades, *steps in entry["rings"]),
        )
        for key, entry in json.loads(text).items()
    )


@cache
def shapes_by_code() -> dict[str, Shape]:
    """Return the shapes that have a code, by it."""
    return {shape.code: shape for shape in read_shapes() if shape.code}


def make_ring(points: tuple[Point, ...], grades: str) -> Ring:
    """Return a ring of its points and their grades, one digit each."""
    needed = [int(grade) for grade in grades]
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    north, south = max(latitudes), min(latitudes)
    stretches = [find_parallel(latitude)[0] for latitude in (north, south, min(max(0.0, south), north))]
    return Ring(
        by_grade=tuple(
            tuple(point for point, grade in zip(points, needed, strict=True) if grade >= least) for least in range(COARSEST + 1)
        ),
        west=min(longitudes),
        east=max(longitudes),
        top=find_parallel(north)[1],
        bottom=find_parallel(south)[1],
        narrow=min(stretches),
        wide=max(stretches),
    )


def _walk(steps: Sequence[int]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 10, y / 10


def project(point: Point, centre: float) -> Point:
    """Return the place of (longitude, latitude) on an Equal Earth map around the meridian `centre`: x to the right, y down.

    The whole map is 5.41 wide and 2.63 high. Equal areas, since a map shaded by country says more of large shapes than of small
    ones. Longitudes beyond ±180° of the centre run on, off the map. Source: Šavrič, Patterson and Jenny, "The Equal Earth map
    projection", 2018.
    """
    longitude, latitude = point
    stretch, y = find_parallel(latitude)
    return (longitude - centre) * stretch, y


@cache
def find_parallel(latitude: float) -> tuple[float, float]:
    """Return how wide a degree is on a parallel of the map, and its y; kept: 1,381 parallels serve all 21,150 points."""
    theta = math.asin(_HALF_ROOT_3 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    stretch = math.radians(1) * math.cos(theta) / (_HALF_ROOT_3 * slope)
    return stretch, -theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


_HALF_ROOT_3 = math.sqrt(3) / 2
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def turn(longitude: float, centre: float) -> float:
    """Return the same meridian, within 180° of `centre`."""
    return (longitude - centre + 180) % 360 - 180 + centre


def find_centre(spans: Iterable[tuple[float, float]]) -> float:
    """Return the meridian around which all spans of longitude (west, east) lie closest together: opposite the widest gap.

    So the United States and Japan meet across the Pacific, not across Europe.
    """
    around = sorted((west % 360, east - west) for west, east in spans)
    reach, gaps = around[0][0], []
    for start, width in [*around, (around[0][0] + 360, 0.0)]:
        gaps.append((start - reach, reach, start))
        reach = max(reach, start + width)
    _, west, east = max(gaps)
    return turn((west + east) / 2 + 180, 0)
