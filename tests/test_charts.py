"""Charts and maps: they count what the archive holds, all of it is on the sheet, and the order of reading does not matter."""

import gzip
import random
import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fingerprint import fingerprint
from generator.model import Briefing, CountryPair
from generator.publish.archive import Archive
from generator.publish.cards import Term, find_term
from generator.publish.charts import (
    count_coverage,
    count_lattice,
    draw_country_map,
    draw_matrix,
    draw_pair_map,
    draw_strip,
    draw_timeline,
    draw_world,
    draw_year_bars,
)
from generator.publish.charts.maps import WorldMap
from generator.publish.charts.marks import MapShape
from generator.publish.charts.scale import find_bands, find_level, find_ticks, say_count
from generator.publish.charts.sheet import _find_shift, fit_sheet
from generator.publish.charts.timeline import NEAR, WIDTH, Mark
from generator.publish.charts.world import find_centre, project, read_shapes, shapes_by_code
from generator.publish.urls import pair_sector_url
from tests.factories import make_archive_of, make_briefing, shipped_vocabulary

SECTORS = ("semiconductors", "defence", "trade", "shipbuilding")
KINDS = ("summit", "dialogue", "")
SPLIT = 150
COUNTRIES = ("IN", "KR", "JP", "US", "FJ", "SG")
CODES = sorted(shapes_by_code())


def names() -> dict[str, str]:
    return {code: country.name for code, country in shipped_vocabulary().countries.items()}


def country(code: str) -> Term:
    return find_term("country", code, names().get(code.upper(), code), f"/countries/{code}/")


def make(number: int, day: date, countries: tuple[str, ...], sectors: tuple[str, ...] = (), kind: str = "") -> Briefing:
    pairs = (CountryPair.of(*countries),) if len(countries) == 2 else ()
    return make_briefing(id=f"{day}-number-{number}", date=day, countries=countries, pairs=pairs, sectors=sectors, kind=kind)


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """Return an archive of up to 30 briefings between 2010 and 2026, each on a pair and up to three sectors."""
    size = draw(st.integers(0, 30))
    lottery = random.Random(draw(st.integers(0, 1 << 32)))
    return make_archive_of(
        *(
            make(
                number,
                date(2010, 1, 1) + timedelta(days=lottery.randrange(6000)),
                tuple(lottery.sample(COUNTRIES, 2)),
                tuple(lottery.sample(SECTORS, lottery.randrange(4))),
                lottery.choice(KINDS),
            )
            for number in range(size)
        )
    )


@cache
def archive_of_all_countries() -> Archive:
    """Return an archive with one briefing for each country that the vocabulary knows."""
    return make_archive_of(*(make(number, date(2025, 1, 1), (code,)) for number, code in enumerate(sorted(names()))))


@cache
def world_of_all_countries() -> WorldMap:
    return draw_world(count_coverage(archive_of_all_countries()), names())


@given(archives())
@settings(deadline=None, max_examples=60)
def test_a_heat_strip_counts_what_the_archive_holds(archive: Archive) -> None:
    strip = draw_strip(archive.cards, "sectors", SPLIT)
    assert {row.term: row.total for row in strip.rows} == {term: len(cards) for term, cards in archive.by_sector.items()}
    for row in strip.rows:
        years = [card.date.year for card in archive.by_sector[row.term]]
        assert [cell.count for cell in row.cells] == [years.count(year) for year in strip.years]
        assert sum(cell.count for cell in row.cells) == row.total
        assert all(bool(cell.level) == bool(cell.count) and bool(cell.url) == (cell.count == 1) for cell in row.cells)
    assert list(strip.years) == list(range(strip.years[0], strip.years[-1] + 1)) if strip.years else strip.rows == ()


def test_a_cell_leads_to_its_only_briefing_or_else_to_its_year_of_the_pair_and_sector() -> None:
    once, twice = date(2023, 5, 1), date(2025, 5, 1)
    archive = make_archive_of(*(make(n, day, ("IN", "KR"), ("trade",)) for n, day in enumerate((once, twice, twice))))
    (pair,) = archive.by_pair
    (row,) = draw_strip(archive.cards, "sectors", SPLIT, pair).rows
    assert [cell.url for cell in row.cells] == [f"/briefings/{once}-number-0/", "", "/pairs/in-kr/trade/#y2025"]
    assert [cell.label for cell in row.cells] == ["Trade, 2023: 1 briefing", "", "Trade, 2025: 2 briefings"]
    assert row.url == pair_sector_url("in-kr", "trade")


def test_a_cell_of_a_split_list_leads_to_its_part_and_of_a_list_of_one_year_to_all_of_it() -> None:
    days = [(date(2023, 5, 1), "trade")] * 2 + [(date(2024, 5, 1), "trade")] * 2 + [(date(2024, 5, 1), "defence")] * 2
    archive = make_archive_of(*(make(n, day, ("IN", "KR"), (sector,)) for n, (day, sector) in enumerate(days)))
    (pair,) = archive.by_pair
    trade, defence = draw_strip(archive.cards, "sectors", 3, pair).rows
    assert [cell.url for cell in trade.cells] == ["/pairs/in-kr/trade/2023/", "/pairs/in-kr/trade/2024/"]
    assert [cell.url for cell in defence.cells] == ["", "/pairs/in-kr/defence/"]


def test_a_cell_without_a_list_of_its_own_leads_to_its_year_or_part_of_the_list_around_it() -> None:
    days = [(date(2023, 5, 1), "trade")] * 2 + [(date(2024, 5, 1), "defence")] * 2
    archive = make_archive_of(*(make(n, day, ("IN", "KR"), (sector,)) for n, (day, sector) in enumerate(days)))
    for split, there in ((4, "#y{}"), (3, "{}/")):
        defence, trade = draw_strip(archive.cards, "sectors", split, "/countries/in/").rows
        assert [cell.url for cell in trade.cells] == ["/countries/in/" + there.format(2023), ""]
        assert [cell.url for cell in defence.cells] == ["", "/countries/in/" + there.format(2024)]
    assert draw_strip(archive.cards[:2], "sectors", 4, "/countries/in/").rows[0].cells[0].url == ""


def test_a_strip_and_a_matrix_tell_busy_cells_apart_where_all_are_busy() -> None:
    counts = {"semiconductors": 30, "defence": 34, "trade": 39, "shipbuilding": 45}
    sectors = [sector for sector, count in counts.items() for _ in range(count)]
    archive = make_archive_of(*(make(n, date(2024, 5, 1), ("IN", "KR"), (sector,)) for n, sector in enumerate(sectors)))
    (strip, matrix) = draw_strip(archive.cards, "sectors", SPLIT), draw_matrix(count_lattice(archive))
    assert [row.cells[0].level for row in strip.rows] == [cell.level for cell in matrix.cells[0]] == [5, 4, 2, 1]
    assert strip.bands == matrix.bands
    assert (strip.bands[0].least, strip.bands[-1].most) == (30, 45)


@given(archives())
@settings(deadline=None, max_examples=60)
def test_bars_stand_for_every_year_and_every_briefing(archive: Archive) -> None:
    chart = draw_year_bars(archive.cards)
    assert {bar.year: bar.count for bar in chart.bars if bar.count} == {
        int(year.key): len(cards) for year, cards in archive.by_year.items()
    }
    assert {bar.url for bar in chart.bars if bar.count} == {year.url for year in archive.by_year}
    assert all(bar.y + bar.height == chart.baseline and bar.y >= 0 and bar.x + bar.width <= chart.right for bar in chart.bars)
    heights = [bar.height for bar in sorted(chart.bars, key=lambda bar: bar.count)]
    assert heights == sorted(heights)


def test_bars_of_a_split_list_lead_to_its_parts() -> None:
    archive = make_archive_of(make(1, date(2024, 1, 1), ("IN", "KR")), make(2, date(2025, 1, 1), ("IN", "KR")))
    chart = draw_year_bars(archive.cards, {"2025": "/pairs/in-kr/2025/"})
    assert [bar.url for bar in chart.bars] == ["", "/pairs/in-kr/2025/"]


@given(archives())
@settings(deadline=None, max_examples=60)
def test_the_matrix_counts_what_the_archive_holds_and_links_only_pages_that_exist(archive: Archive) -> None:
    matrix = draw_matrix(count_lattice(archive))
    found = {
        cell.url: cell.count
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, cells, strict=True)
        if cell.count or cell.url
    }
    assert found == {
        pair_sector_url(pair.key, sector.key): len(cards)
        for pair, index in archive.by_pair_sector.items()
        for sector, cards in index.items()
    }
    assert {row.term: row.total for row in matrix.rows} == {pair: len(cards) for pair, cards in archive.by_pair.items()}
    for lines in (matrix.rows, matrix.columns):
        assert list(lines) == sorted(lines, key=lambda line: (-line.total, line.term.name))
    assert matrix.total == len(archive.cards)


@given(archives())
@settings(deadline=None, max_examples=60)
def test_a_timeline_has_every_briefing_once_and_marks_that_do_not_touch(archive: Archive) -> None:
    timeline = draw_timeline(archive.cards)
    assert sum(mark.count for lane in timeline.lanes for mark in lane.marks) == len(archive.cards)
    for lane in timeline.lanes:
        assert timeline.by != "kind of event" or lane.count == len([card for card in archive.cards if card.kind == lane.term])
        places = [mark.x for mark in lane.marks]
        assert all(later - earlier >= NEAR for earlier, later in pairwise(places))
        assert all(mark.url.startswith("/briefings/" if mark.count == 1 else "#y") for mark in lane.marks)
        assert all(is_on(mark, timeline.baseline) for mark in lane.marks)


def is_on(mark: Mark, height: int) -> bool:
    """Say whether a mark is whole on the paper where the theme's drawing is narrowest."""
    return mark.radius <= mark.x * 576 / WIDTH <= 576 - mark.radius and mark.radius <= mark.y <= height - mark.radius


def test_a_mark_of_many_leads_to_its_year_or_to_its_month_where_the_year_is_long() -> None:
    days = [date(2021, 2, 1)] * 2 + [date(2023, 7, 1)] * 4 + [date(2025, 12, 30)] * 2
    archive = make_archive_of(*(make(n, day, ("IN", "KR"), kind="summit") for n, day in enumerate(days)))
    whole = draw_timeline(archive.cards)
    assert [mark.url for mark in whole.lanes[0].marks] == ["#y2021", "#y2023", "#y2025"]
    split = draw_timeline(archive.cards, {str(year): f"/pairs/in-kr/{year}/" for year in (2021, 2023, 2025)}, 3)
    assert [mark.url for mark in split.lanes[0].marks] == ["/pairs/in-kr/2021/", "/pairs/in-kr/2023/07/", "/pairs/in-kr/2025/"]


def test_without_kinds_the_lanes_are_the_largest_main_sectors_and_without_sectors_one() -> None:
    sectors = sorted(shipped_vocabulary().sectors)[:10]
    found = [(sector,) for place, sector in enumerate(sectors) for _ in range(20 - place)] + [()]
    by_sector = draw_timeline(make_archive_of(*(make(n, date(2025, 1, 1), ("IN",), s) for n, s in enumerate(found))).cards)
    assert by_sector.by == "main sector"
    assert [lane.term.key if lane.term else "" for lane in by_sector.lanes] == [*sectors[:8], ""]
    assert [lane.count for lane in by_sector.lanes] == [*range(20, 12, -1), 12 + 11 + 1]
    plain = draw_timeline(make_archive_of(make(1, date(2025, 1, 1), ("IN",))).cards)
    assert (plain.by, [lane.term for lane in plain.lanes]) == ("", [None])


@given(archives(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_no_chart_depends_on_the_order_of_cards_and_all_have_a_fingerprint(archive: Archive, lottery: random.Random) -> None:
    shuffled = list(archive.cards)
    lottery.shuffle(shuffled)
    for draw in (
        lambda cards: draw_strip(cards, "sectors", SPLIT),
        lambda cards: draw_strip(cards, "pairs", SPLIT),
        draw_year_bars,
        draw_timeline,
    ):
        assert fingerprint(draw(shuffled)) == fingerprint(draw(archive.cards))
    for value in (count_lattice(archive), count_coverage(archive), draw_matrix(count_lattice(archive))):
        fingerprint(value)


@given(st.lists(st.integers(1, 100_000), min_size=3, max_size=3))
@settings(deadline=None)
def test_levels_grow_with_counts_from_the_least_to_the_most(counts: list[int]) -> None:
    least, count, most = sorted(counts)
    level = find_level(count, most, least)
    assert find_level(0, most, least) == 0
    assert find_level(least, most, least) == 1 <= level <= find_level(most, most, least) == min(most - least + 1, 5)
    assert [band.level for band in find_bands(most, least) if band.least <= count <= band.most] == [level]


@given(st.integers(1, 100_000), st.integers(0, 10_000_000))
@settings(deadline=None)
def test_a_legend_covers_every_count_once(least: int, more: int) -> None:
    most = least + more
    bands = find_bands(most, least)
    assert bands[0].least == least
    assert bands[-1].most == most
    assert all(later.least == earlier.most + 1 for earlier, later in pairwise(bands))


@given(st.integers(0, 10_000_000))
@settings(deadline=None)
def test_an_axis_has_few_round_steps_from_nothing_to_the_most(most: int) -> None:
    ticks = find_ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert len(ticks) <= 5
    assert re.fullmatch("[125]0*", str(ticks[1]))


@pytest.mark.parametrize(("count", "words"), [(0, "no briefings"), (1, "1 briefing"), (1204, "1,204 briefings")])
def test_counts_are_said_as_readers_say_them(count: int, words: str) -> None:
    assert say_count(count) == words


def test_every_country_is_on_the_map_as_a_shape_or_a_dot() -> None:
    world = world_of_all_countries()
    drawn = {mark.code for mark in (*world.shapes, *world.dots)}
    missing = {name for code, name in names().items() if code.lower() not in drawn}
    assert missing == set(world.elsewhere) == {"Antarctica"}


def test_every_shape_and_dot_has_a_name_a_count_and_a_link() -> None:
    world = world_of_all_countries()
    for mark in (*world.shapes, *world.dots):
        assert len(mark.name) > 2
        assert mark.label.startswith(f"{mark.name}: ")
        assert mark.count == bool(mark.code)
    links = [mark.url for mark in (*world.shapes, *world.dots) if mark.url]
    assert sorted(links) == sorted({f"/countries/{mark.code}/" for mark in (*world.shapes, *world.dots) if mark.code})


def test_a_country_without_briefings_is_named_and_not_linked() -> None:
    world = draw_world(count_coverage(make_archive_of()), names())
    assert {mark.url for mark in (*world.shapes, *world.dots)} == {""}
    assert {mark.level for mark in (*world.shapes, *world.dots)} == {0}
    assert next(shape.name for shape in world.shapes if shape.code == "td") == "Chad"


@given(archives())
@settings(deadline=None, max_examples=30)
def test_the_map_counts_what_the_archive_holds(archive: Archive) -> None:
    world = draw_world(count_coverage(archive), names())
    marks = {mark.code: mark for mark in (*world.shapes, *world.dots) if mark.count}
    assert {code: mark.count for code, mark in marks.items()} == {
        term.key: len(cards) for term, cards in archive.by_country.items()
    }
    assert [(arc.url, arc.count) for arc in world.arcs] == [(pair.url, len(cards)) for pair, cards in archive.by_pair.items()]
    for term in archive.by_country:
        expected = [pair.url for pair, countries in archive.pair_countries.items() if term in countries]
        assert [arc.url for arc in world.arcs_of(term.key)] == expected
    covered = [dot.count > 0 for dot in world.dots]
    assert covered == sorted(covered)


def test_the_countries_of_the_map_come_by_name_as_in_the_list_below_it() -> None:
    world = world_of_all_countries()
    for marks in (world.shapes, world.dots):
        linked = [mark.name.casefold() for mark in marks if mark.url]
        assert linked == sorted(linked)


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each ring of a path."""
    rings = []
    for ring in re.findall(r"M([^z]*)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def test_path_data_holds_nothing_but_rings_of_whole_numbers() -> None:
    world = world_of_all_countries()
    assert all(re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", shape.path) for shape in world.shapes)


def test_no_outline_leaves_the_sheet_or_is_torn_across_it() -> None:
    world = world_of_all_countries()
    for shape in world.shapes:
        for ring in points_of(shape.path):
            across, down = [x for x, _ in ring], [y for _, y in ring]
            assert min(across) >= -5
            assert max(across) <= world.width + 5
            assert min(down) >= -5
            assert max(down) <= world.height + 5
            assert max(across) - min(across) < world.width / 3, shape.name


@pytest.mark.parametrize("codes", [("in", "kr"), ("us", "jp"), ("fj", "cl"), ("ke", "no")])
def test_every_point_of_a_ring_is_in_the_box_that_says_whether_it_is_on_the_sheet(codes: tuple[str, ...]) -> None:
    sheet = fit_sheet([shapes_by_code()[code] for code in codes], width=400, height=250, least=0.45)
    for ring in (ring for shape in read_shapes() for ring in shape.rings):
        shift = _find_shift(ring, sheet.centre) - sheet.centre
        left, right, top, bottom = sheet._find_box(ring, shift)
        placed = [project((longitude + shift, latitude), 0) for longitude, latitude in ring.by_grade[0]]
        across = [(x - sheet.left) * sheet.scale for x, _ in placed]
        down = [(y - sheet.top) * sheet.scale for _, y in placed]
        assert left - 1e-6 <= min(across)
        assert max(across) <= right + 1e-6
        assert [top, bottom] == pytest.approx([min(down), max(down)])


def area_of(shape: MapShape) -> float:
    return sum(
        abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, (*ring[1:], ring[0]), strict=True))) / 2
        for ring in points_of(shape.path)
    )


def test_areas_on_the_map_are_in_proportion_to_the_land() -> None:
    areas = {shape.code: area_of(shape) for shape in world_of_all_countries().shapes}
    square_km = {"in": 3.17e6, "us": 9.4e6, "br": 8.4e6, "fr": 6.3e5, "kr": 1.0e5, "no": 3.7e5, "cd": 2.3e6}
    for code, land in square_km.items():
        # The sheet has 369.7 units to a radius of the earth, 6,371 km.
        assert areas[code] == pytest.approx(land * (369.7 / 6371) ** 2, rel=0.12), code


def test_the_outlines_of_the_world_weigh_less_than_30_kb() -> None:
    paths = "".join(shape.path for shape in world_of_all_countries().shapes).encode()
    assert len(gzip.compress(paths)) < 30_000


@given(st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True))
@settings(deadline=None, max_examples=100)
def test_the_map_of_any_pair_shows_both_and_stays_small(codes: list[str]) -> None:
    picture = draw_pair_map(country(codes[0]), country(codes[1]))
    assert len(picture.land) + sum(len(shape.path) for shape in picture.shapes) < 6000
    assert [dot.code for dot in picture.dots] == codes
    assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.height for dot in picture.dots)
    assert {shape.code for shape in picture.shapes} <= set(codes)
    assert len(picture.arcs) == 1


@pytest.mark.parametrize(
    ("west", "east"),
    [("jp", "us"), ("us", "in"), ("fj", "cl"), ("nz", "cl"), ("ru", "us"), ("in", "kr"), ("ca", "fr"), ("fj", "ws")],
)
def test_a_pair_meets_by_the_shorter_way_around_the_globe(west: str, east: str) -> None:
    picture = draw_pair_map(country(west), country(east))
    left, right = picture.dots
    assert left.x < right.x
    assert picture.arcs[0].path.startswith(f"M{left.x} {left.y}Q")


def test_of_two_close_countries_the_upper_name_stands_above_its_dot() -> None:
    italy, vatican = draw_pair_map(country("it"), country("va")).dots
    assert 0 < vatican.y - italy.y < 28
    assert (italy.below, vatican.below) == (False, True)
    assert all(dot.below for dot in draw_pair_map(country("in"), country("kr")).dots)


def test_a_pair_with_what_is_no_country_has_a_map_of_the_other() -> None:
    union = find_term("country", "eu", "European Union", "/countries/eu/")
    picture = draw_pair_map(union, country("in"))
    assert [dot.code for dot in picture.dots] == ["in"]
    assert picture.elsewhere == ("European Union",)
    assert picture.arcs == ()


def test_a_pair_of_what_is_no_country_still_has_a_map() -> None:
    picture = draw_pair_map(find_term("country", "eu", "European Union", ""), find_term("country", "un", "United Nations", ""))
    assert picture.land
    assert picture.dots == picture.arcs == picture.shapes == ()


def test_a_country_map_has_an_arc_to_each_partner_and_compares_partners_with_each_other() -> None:
    day = date(2025, 1, 1)
    pairs = [("IN", "KR")] * 6 + [("IN", "US")] * 2 + [("IN", "MV")] + [("JP", "US")]
    archive = make_archive_of(*(make(number, day, pair) for number, pair in enumerate(pairs)))
    coverage = count_coverage(archive)
    india = next(term for term in archive.by_country if term.key == "in")
    picture = draw_country_map(india, tuple(link for link in coverage.pairs if india in link))
    assert {arc.url: arc.count for arc in picture.arcs} == {"/pairs/in-kr/": 6, "/pairs/in-us/": 2, "/pairs/in-mv/": 1}
    assert picture.dots[0].code == "in"
    assert {dot.code: dot.level for dot in picture.dots} == {"in": 5, "kr": 5, "us": 2, "mv": 1}


def test_a_country_without_partners_has_a_map_of_itself() -> None:
    picture = draw_country_map(country("in"), ())
    assert [shape.code for shape in picture.shapes] == ["in"]
    assert picture.shapes[0].label == "India"


@pytest.mark.parametrize(
    ("spans", "centre"),
    [([(70, 90), (126, 130)], 100), ([(130, 145), (-125, -67)], -148.5), ([(27, 190), (-141, -52)], 167.5), ([(10, 10)], 10)],
)
def test_a_map_is_centred_opposite_the_widest_gap(spans: list[tuple[float, float]], centre: float) -> None:
    assert find_centre(spans) == pytest.approx(centre)


@given(st.floats(-180, 180), st.floats(-90, 90))
@settings(deadline=None)
def test_the_projection_is_symmetric_and_within_its_frame(longitude: float, latitude: float) -> None:
    x, y = project((longitude, latitude), 0)
    assert abs(x) <= 2.71
    assert abs(y) <= 1.32
    assert project((-longitude, -latitude), 0) == pytest.approx((-x, -y))
