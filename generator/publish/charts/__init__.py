"""Archive → geometry of charts and maps: frozen values that a template loops over to write inline SVG or a table.

No HTML and no colour is made here. A level from 0 to 5 becomes a class, which the style sheet colours for light, dark and forced
colours; every mark has a `label`, a sentence for its accessible name, and the counts that the table beside the chart shows.

Each `draw_` takes what its picture depends on and nothing more (a list of cards, two terms, or counts taken by `count_…`), so
that it can wait in a page's context until the page is rendered: a briefing that changes no count leaves the map as it was.
"""

from generator.publish.charts.maps import count_coverage, draw_country_map, draw_pair_map, draw_sector_map, draw_world
from generator.publish.charts.matrix import count_lattice, draw_matrix
from generator.publish.charts.timeline import draw_timeline, name_lanes
from generator.publish.charts.years import draw_strip, draw_year_bars

__all__ = [
    "count_coverage",
    "count_lattice",
    "draw_country_map",
    "draw_matrix",
    "draw_pair_map",
    "draw_sector_map",
    "draw_strip",
    "draw_timeline",
    "draw_world",
    "draw_year_bars",
    "name_lanes",
]
