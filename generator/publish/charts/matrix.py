"""The matrix: country pairs by sectors, with what the archive has where they meet.

It is a table, not a drawing: rows and columns are long, and a table is what screen readers, printers and narrow screens can take.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.publish.archive import Archive
from generator.publish.cards import Term
from generator.publish.charts.scale import Band, find_bands, find_level, say_count
from generator.publish.urls import pair_sector_url


class Crossing(Struct, frozen=True):
    """What a pair has on a sector; without briefings, `url` is empty and `level` 0."""

    count: int
    level: int
    label: str
    url: str


class Line(Struct, frozen=True):
    """The head of a row or column: its term, and how many briefings it has.

    That is no sum of its cells, since one briefing may have several sectors, or none.
    """

    term: Term
    total: int


class Matrix(Struct, frozen=True):
    """Pairs (`rows`) by sectors (`columns`), both the heaviest first, `cells[row][column]`, and the number of all briefings."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[tuple[Crossing, ...], ...]
    bands: tuple[Band, ...]
    total: int


class Lattice(Struct, frozen=True):
    """How many briefings each pair, each sector and each crossing has: what the matrix depends on, and nothing more."""

    pairs: tuple[tuple[Term, int], ...]
    sectors: tuple[tuple[Term, int], ...]
    crossings: Mapping[str, int]
    total: int


def count_lattice(archive: Archive) -> Lattice:
    """Return the counts of the matrix: pairs and sectors of briefings with a pair, and crossings by their address."""
    paired = [card for card in archive.cards if card.pairs]
    sectors: dict[Term, int] = {}
    for card in paired:
        for sector in card.sectors:
            sectors[sector] = sectors.get(sector, 0) + 1
    return Lattice(
        pairs=tuple((pair, len(cards)) for pair, cards in archive.by_pair.items()),
        sectors=tuple((sector, sectors[sector]) for sector in archive.by_sector if sector in sectors),
        crossings={
            pair_sector_url(pair.key, sector.key): len(cards)
            for pair, by_sector in archive.by_pair_sector.items()
            for sector, cards in by_sector.items()
        },
        total=len(paired),
    )


def draw_matrix(lattice: Lattice) -> Matrix:
    """Return the matrix; each crossing that has briefings leads to their page."""
    counts = lattice.crossings.values()
    span = (max(counts, default=0), min(counts, default=1))
    rows, columns = _order(lattice.pairs), _order(lattice.sectors)
    return Matrix(
        rows=rows,
        columns=columns,
        cells=tuple(tuple(_make_crossing(row.term, column.term, lattice.crossings, span) for column in columns) for row in rows),
        bands=find_bands(*span),
        total=lattice.total,
    )


def _order(terms: Iterable[tuple[Term, int]]) -> tuple[Line, ...]:
    return tuple(Line(term, count) for term, count in sorted(terms, key=lambda item: (-item[1], item[0].name)))


def _make_crossing(pair: Term, sector: Term, crossings: Mapping[str, int], span: tuple[int, int]) -> Crossing:
    url = pair_sector_url(pair.key, sector.key)
    count = crossings.get(url, 0)
    label = f"{pair.name}, {sector.name}: {say_count(count)}"
    return Crossing(count, find_level(count, *span), label, url if count else "")
