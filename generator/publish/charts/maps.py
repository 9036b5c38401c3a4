"""Geometry of maps: the world shaded by coverage, and small maps of one pair, a country with its partners, the pairs of a sector.

Values only, for a template to loop over; the one thing made here that SVG reads is path data. Coordinates are whole units. The
world is 2,000 units wide; the map of a pair 400, with less than 6 kB of path data whatever it shows, since what is far is drawn
coarsely; that of a country or a sector 640, with 12 kB.

Each list beside a map is complete; a map may leave out what has no place on it (`elsewhere`).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from generator.publish.archive import Archive
from generator.publish.cards import Term, find_term
from generator.publish.charts.marks import Link, MapArc, MapDot, MapShape, draw_arcs, find_elsewhere, make_dot, make_shape
from generator.publish.charts.scale import Band, find_bands
from generator.publish.charts.sheet import Sheet, fit_sheet, make_world_sheet
from generator.publish.charts.world import COARSEST, Shape, read_shapes, shapes_by_code

WORLD = make_world_sheet(2000)

# A small map shows at least 26° of longitude at the equator, so that two neighbours are seen somewhere and not just anywhere;
# twice that where both are specks in the sea.
LEAST_EXTENT = 0.45


class _Format(Struct, frozen=True):
    """Size of a small map, and how much path data it may have, in characters."""

    width: int
    height: int
    size: int


_OF_PAIR = _Format(400, 250, 5600)
_OF_COUNTRY = _Format(640, 400, 12000)


class WorldMap(Struct, frozen=True):
    """The world in the box `0 0 width height`: draw shapes, then dots, then arcs.

    `columns` says where each country with briefings lies across, and `middle` where most of them do, in percent of the width.
    """

    width: int
    height: int
    columns: Mapping[str, int]
    middle: int
    shapes: tuple[MapShape, ...]
    dots: tuple[MapDot, ...]
    arcs: tuple[MapArc, ...]
    bands: tuple[Band, ...]
    elsewhere: tuple[str, ...]

    def arcs_of(self, code: str) -> tuple[MapArc, ...]:
        """Return the arcs of one country."""
        return tuple(arc for arc in self.arcs if code in arc.codes)


class SmallMap(Struct, frozen=True):
    """A part of the world in the box `0 0 width height`: draw `land` (all that the map is not about), then shapes, arcs and dots.

    Every country that the map is about has a dot, where its name may be written below.
    """

    width: int
    height: int
    land: str
    shapes: tuple[MapShape, ...]
    arcs: tuple[MapArc, ...]
    dots: tuple[MapDot, ...]
    elsewhere: tuple[str, ...]


class Coverage(Struct, frozen=True):
    """How many briefings each country and each pair has: what a map of the world depends on, and nothing more."""

    countries: tuple[tuple[Term, int], ...]
    pairs: tuple[Link, ...]


def count_coverage(archive: Archive) -> Coverage:
    """Return how many briefings each country and each pair of the archive has, in the order of names."""
    return Coverage(
        countries=tuple((country, len(cards)) for country, cards in archive.by_country.items()),
        pairs=tuple((pair, *archive.pair_countries[pair], len(cards)) for pair, cards in archive.by_pair.items()),
    )


def draw_world(coverage: Coverage, names: Mapping[str, str]) -> WorldMap:
    """Return the map of the world shaded by coverage, with an arc for each pair.

    `names` are those of all countries by code (`IN`), for shapes that no briefing is about. Where there is a dot it is the link.
    Both come by name, as in the list below the map, since the keyboard walks through their links in this order; but of the dots
    those with briefings come last, so that in the Caribbean they lie on top.
    """
    most = max((count for _, count in coverage.countries), default=0)
    covered = {country.key: (country, count) for country, count in coverage.countries}
    shapes, dots, columns = [], [], {}
    for shape, path in _world_paths():
        name = shape.name or names.get(shape.code.upper(), shape.code.upper())
        country, count = covered.get(shape.code, (find_term("country", shape.code, name, ""), 0))
        if count:
            columns[shape.code] = WORLD.place(shape)[0] * 100 // WORLD.width
        if path:
            outline = make_shape(country, count, most, path)
            shapes.append(replace(outline, url="") if shape.small else outline)
        if shape.small:
            dots.append(make_dot(country, count, most, WORLD.place(shape)))
    return WorldMap(
        width=WORLD.width,
        height=WORLD.height,
        columns=columns,
        middle=_find_middle([columns[code] for code, (_, count) in covered.items() if code in columns for _ in range(count)]),
        shapes=tuple(sorted(shapes, key=lambda shape: (shape.name.casefold(), shape.code))),
        dots=tuple(sorted(dots, key=lambda dot: (dot.count > 0, dot.name.casefold(), dot.code))),
        arcs=draw_arcs(coverage.pairs, WORLD),
        bands=find_bands(most),
        elsewhere=find_elsewhere(country for country, _ in coverage.countries),
    )


def _find_middle(columns: list[int]) -> int:
    """Return the median: one far partner leaves it where it is."""
    return sorted(columns)[len(columns) // 2] if columns else 50


@cache
def _world_paths() -> tuple[tuple[Shape, str], ...]:
    """Return each shape with its path on the map of the world: 15 ms the first time, and the same for every archive."""
    return tuple((shape, WORLD.outline(shape)) for shape in read_shapes())


@cache
def draw_pair_map(first: Term, second: Term) -> SmallMap:
    """Return the small map of two countries, the arc between them and what lies around, by the shorter way around the globe.

    It counts nothing: all levels are 0. Kept, since it takes 2 to 11 ms and every briefing of a pair shows the same.
    """
    pair = find_term("pair", f"{first.key}-{second.key}", f"{first.name}–{second.name}", "")
    return _draw_small((first, second), ((pair, first, second, 0),), _OF_PAIR)


def draw_country_map(country: Term, links: tuple[Link, ...]) -> SmallMap:
    """Return the small map of a country, its partners and the arcs to them; `links` are its pairs, as `Coverage` has them."""
    return _draw_small((country, *_find_parties(links, country)), links, _OF_COUNTRY)


def draw_sector_map(links: tuple[Link, ...]) -> SmallMap:
    """Return the small map of the whole world with the pairs of a sector."""
    return _draw_focus(_find_parties(links), links, *_outline_small_world())


@cache
def _outline_small_world() -> tuple[Sheet, list[tuple[Shape, str]]]:
    """Return the sheet of all sectors: 10 ms the first time."""
    return _outline(_find_sheet((), _OF_COUNTRY), _OF_COUNTRY.size)


def _find_parties(links: tuple[Link, ...], *but: Term) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(party for _, one, two, _ in links for party in (one, two) if party not in but))


def _draw_small(countries: tuple[Term, ...], links: tuple[Link, ...], form: _Format) -> SmallMap:
    known = shapes_by_code()
    shapes = [known[country.key] for country in countries if country.key in known]
    return _draw_focus(countries, links, *_outline(_find_sheet(shapes, form), form.size))


def _draw_focus(
    countries: tuple[Term, ...], links: tuple[Link, ...], sheet: Sheet, outlines: Iterable[tuple[Shape, str]]
) -> SmallMap:
    known = shapes_by_code()
    focus = {country.key: country for country in countries if country.key in known}
    counts = {country: sum(count for _, one, two, count in links if country in (one, two)) for country in countries}
    # The country of a map is in each of its pairs; compared with it all partners would be at level 1.
    most = max((counts[country] for country in countries[1:]), default=0)
    land, shapes, dots = [], [], []
    for shape, path in outlines:
        country = focus.get(shape.code)
        if country is None:
            land.append(path)
        elif path:
            shapes.append(make_shape(country, counts[country], most, path))
    for code, country in focus.items():
        dots.append(make_dot(country, counts[country], most, sheet.place(known[code])))
    return SmallMap(
        width=sheet.width,
        height=sheet.height,
        land="".join(land),
        shapes=tuple(shapes),
        arcs=draw_arcs(links, sheet),
        dots=_part_names(dots, sheet.width),
        elsewhere=find_elsewhere(countries),
    )


def _find_sheet(shapes: Sequence[Shape], form: _Format) -> Sheet:
    if not shapes:
        return make_world_sheet(form.width)
    least = LEAST_EXTENT * (2 if all(shape.small for shape in shapes) else 1)
    return fit_sheet(shapes, width=form.width, height=form.height, least=least)


def _outline(sheet: Sheet, size: int) -> tuple[Sheet, list[tuple[Shape, str]]]:
    """Return the outlines of all shapes, and the sheet, coarsened until they fit into a page that is not about the map."""
    while sheet.grade < COARSEST:
        outlines, room = [], size
        for shape in read_shapes():
            path = sheet.outline(shape)
            outlines.append((shape, path))
            room -= len(path)
            if room < 0:  # Most sheets are coarsened twice or more: the rest of this one would be drawn for nothing.
                break
        else:
            return sheet, outlines
        sheet = sheet.coarsen()
    return sheet, [(shape, sheet.outline(shape)) for shape in read_shapes()]


def _part_names(dots: Sequence[MapDot], width: int) -> tuple[MapDot, ...]:
    """Return the dots with the places of their names: inside the sheet, and of two close ones the upper name above."""
    placed = []
    for dot in dots:
        anchor = "start" if dot.x < width / 5 else "end" if dot.x > width * 4 / 5 else "middle"
        crowded = any((other.y, other.x) > (dot.y, dot.x) and _are_close(dot, other) for other in dots)
        placed.append(replace(dot, anchor=anchor, below=not crowded))
    return tuple(placed)


def _are_close(dot: MapDot, other: MapDot) -> bool:
    """Say whether a name below one dot would touch the other dot or its name: names are 14 high and some 80 wide."""
    return abs(other.y - dot.y) < 28 and abs(other.x - dot.x) < 80
