"""Tables that were pasted as lines of cells with tabs between them → Markdown."""

import re
from collections.abc import Sequence

from generator.ingest.prose import escape
from generator.text import squeeze

# A label and its value, line by line, are a table only where the values are figures.
_COLUMNS_SURE = 3
_ROWS_OF_PAIRS = 3
_CELL_SIZE = 120


def make_table(lines: Sequence[str]) -> str:
    """Return the Markdown of a table whose rows are lines, or nothing where they are none: rows agree in the number of cells."""
    rows = [[squeeze(cell) for cell in line.rstrip().split("\t")] for line in lines]
    width = len(rows[0]) if rows else 0
    # Of an empty last cell nothing is left where its line ends.
    rows = [[*cells, ""] if len(cells) == width - 1 >= _COLUMNS_SURE - 1 else cells for cells in rows]
    if len(rows) < 2 or width < 2 or any(len(cells) != width for cells in rows):
        return ""
    if width < _COLUMNS_SURE and not _are_figures(rows):
        return ""
    is_sparse = any(sum(map(bool, cells)) * 2 < width for cells in rows)
    if is_sparse or any(len(cell) > _CELL_SIZE for cells in rows for cell in cells):
        return ""
    head, *rest = (f"| {' | '.join(escape(cell).replace('|', chr(92) + '|') for cell in cells)} |" for cells in rows)
    return "\n".join((head, f"|{' --- |' * width}", *rest))


def _are_figures(rows: Sequence[Sequence[str]]) -> bool:
    figures = sum(_FIGURE.match(cells[1]) is not None for cells in rows[1:])
    is_labelled = any(cells[0].endswith(":") for cells in rows)
    return len(rows) >= _ROWS_OF_PAIRS and figures == len(rows) - 1 and not is_labelled


_FIGURE = re.compile(r"[^\w]{0,3}\d[\d.,\s]*(?:\s?(?:%|[^\W\d]{1,12}))?$|[–—-]$|n/?a$", re.IGNORECASE)
