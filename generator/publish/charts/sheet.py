"""A sheet of paper with a part of the globe on it: shapes → outlines in whole units, as coarse as the sheet allows.

What is far is drawn with few points: the map of a pair is 6 kB at most, whether of Belgium and the Netherlands or of Spain and
New Zealand. With every point the latter took 19 kB.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from generator.publish.charts.world import (
    COARSEST,
    FINEST,
    GRADED_WIDTH,
    Point,
    Ring,
    Shape,
    find_centre,
    find_parallel,
    make_ring,
    project,
    turn,
)

Pixel = tuple[int, int]

# North and south of these is ice and water. Around 11° east the edge runs through the Bering Strait and cuts no country.
_NORTH, _SOUTH = 84, -58
_CENTRE = 11

# Where an outline leaves the sheet it runs along this far outside, so that its stroke is not seen.
MARGIN = 4


class Sheet(Struct, frozen=True):
    """Where a map lies: its size in units, its central meridian, and how the globe is scaled and shifted.

    `grade` is that of the outlines' points; rings of less than `speck` square units are left out.
    """

    width: int
    height: int
    centre: float
    left: float
    top: float
    scale: float
    grade: int
    speck: float

    def place(self, shape: Shape) -> Pixel:
        """Return where the dot of a shape lies."""
        longitude, latitude = shape.at
        x, y = project((turn(longitude, self.centre), latitude), self.centre)
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def outline(self, shape: Shape) -> str:
        """Return the rings of a shape, as far as they lie on the sheet, as the `d` of an SVG path; empty when none does."""
        rings = (round_ring(points) for ring in shape.rings if (points := self._place(ring)))
        return path_data(ring for ring in rings if find_area(ring) >= self.speck)

    def coarsen(self) -> Self:
        """Return the same sheet with half the points and without the smaller islands."""
        return replace(self, grade=self.grade + 1, speck=self.speck * 2)

    def _place(self, ring: Ring) -> Sequence[Point]:
        """Return the points of a ring in units of the sheet, cut at its edges; none when the ring is elsewhere."""
        points = ring.by_grade[self.grade]
        shift = _find_shift(ring, self.centre) - self.centre
        left, right, top, bottom = self._find_box(ring, shift)
        if len(points) < 3 or right < 0 or left > self.width or bottom < 0 or top > self.height:
            return ()
        placed = []
        for longitude, latitude in points:
            stretch, y = find_parallel(latitude)
            placed.append((((longitude + shift) * stretch - self.left) * self.scale, (y - self.top) * self.scale))
        if left >= 0 and right <= self.width and top >= 0 and bottom <= self.height:
            return placed
        return _cut(placed, self.width, self.height)

    def _find_box(self, ring: Ring, shift: float) -> tuple[float, float, float, float]:
        """Return left, right, top and bottom of a box that holds a ring: most rings are off a small map, and that tells it."""
        west, east = ring.west + shift, ring.east + shift
        return (
            (west * (ring.wide if west < 0 else ring.narrow) - self.left) * self.scale,
            (east * (ring.narrow if east < 0 else ring.wide) - self.left) * self.scale,
            (ring.top - self.top) * self.scale,
            (ring.bottom - self.top) * self.scale,
        )


def make_world_sheet(width: int) -> Sheet:
    """Return the sheet with the whole world, as far as there is land."""
    stretch, _ = find_parallel(0)
    scale = width / (360 * stretch)
    _, top = find_parallel(_NORTH)
    _, bottom = find_parallel(_SOUTH)
    return Sheet(
        width=width,
        height=round((bottom - top) * scale),
        centre=_CENTRE,
        left=-180 * stretch,
        top=top,
        scale=scale,
        grade=_find_grade(scale, 1),
        speck=1,
    )


def fit_sheet(shapes: Sequence[Shape], *, width: int, height: int, least: float) -> Sheet:
    """Return the sheet that shows the main parts of all shapes with some air around them, and at least `least` of the globe.

    `least` is a width in radii of the earth.
    """
    bulks = [shape.rings[: shape.main] or (make_ring((shape.at,), "0"),) for shape in shapes]
    rings = [ring for bulk in bulks for ring in bulk]
    centre = find_centre((ring.west, ring.east) for ring in rings)
    points = [
        project((longitude + shift, latitude), centre)
        for ring in rings
        for shift in (_find_shift(ring, centre),)
        for longitude, latitude in ring.by_grade[2] or ring.by_grade[0]
    ]
    across, down = [x for x, _ in points], [y for _, y in points]
    extent = max((max(across) - min(across)) * 1.16, (max(down) - min(down)) * 1.2 * width / height, least)
    scale = width / extent
    return Sheet(
        width=width,
        height=height,
        centre=centre,
        left=(min(across) + max(across) - extent) / 2,
        top=(min(down) + max(down) - extent * height / width) / 2,
        scale=scale,
        grade=_find_grade(scale, 2),
        speck=6,
    )


def _find_grade(scale: float, tolerance: float) -> int:
    """Return the coarsest grade that keeps outlines within so many units of the sheet."""
    stretch, _ = find_parallel(0)
    unit = scale * 360 * stretch / GRADED_WIDTH
    return max(grade for grade in range(COARSEST + 1) if grade == 0 or FINEST * 2**grade * unit <= tolerance)


def _find_shift(ring: Ring, centre: float) -> float:
    """Return by how much a ring moves, as a whole, to the side of the map where its middle is, so that no edge tears it."""
    middle = (ring.west + ring.east) / 2
    return turn(middle, centre) - middle


def _cut(ring: Sequence[Point], width: float, height: float) -> Sequence[Point]:
    """Return the part of a ring on the sheet and its margin; what the sheet tears apart stays joined along its edge.

    Source: Sutherland and Hodgman, 1974.
    """
    for axis, limit, sign in ((0, -MARGIN, 1), (0, width + MARGIN, -1), (1, -MARGIN, 1), (1, height + MARGIN, -1)):
        kept: list[Point] = []
        for here, before in zip(ring, (*ring[-1:], *ring[:-1]), strict=True):
            inside, was_inside = (here[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
            if inside:
                kept.append(here)
        ring = kept
    return ring


def round_ring(ring: Iterable[Point]) -> list[Pixel]:
    """Return a ring in whole units, without points that rounding made one or put on a straight line."""
    kept: list[Pixel] = []
    for x, y in ring:
        pixel = (round(x), round(y))
        while len(kept) > 1 and _is_straight(kept[-2], kept[-1], pixel):
            kept.pop()
        if not kept or kept[-1] != pixel:
            kept.append(pixel)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _is_straight(first: Pixel, second: Pixel, third: Pixel) -> bool:
    return (second[0] - first[0]) * (third[1] - second[1]) == (third[0] - second[0]) * (second[1] - first[1])


def find_area(ring: Sequence[Pixel]) -> float:
    """Return how many square units a ring surrounds."""
    turned = (*ring[1:], *ring[:1])
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, turned, strict=True))) / 2


def path_data(rings: Iterable[Sequence[Pixel]]) -> str:
    """Return rings as the `d` of an SVG path, in relative steps: `M12 30l4-1 0 3z`."""
    parts: list[str] = []
    for ring in rings:
        (x, y), *rest = ring
        steps: list[str] = []
        for u, v in rest:
            steps.append(f"{u - x} {v - y}")
            x, y = u, v
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(parts)
