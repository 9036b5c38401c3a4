"""A page for each sector, with its definition and the pairs that work on it, and the index of all sectors."""

from collections.abc import Iterable, Iterator, Mapping

from generator.publish.archive import Archive
from generator.publish.cards import Term
from generator.publish.charts import draw_sector_map, draw_strip
from generator.publish.charts.marks import Link
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Facet, Heading, family_crumb, find_facets, plan_list
from generator.publish.page import Later, Page
from generator.publish.site import Site
from generator.publish.urls import HOME, pair_sector_url

# A sector has hundreds of pairs: the strip shows the busiest, the bars beside the list all.
ROWS = 12


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each sector that has a briefing, its parts and feeds, and the index."""
    if not site.families.sectors:
        return
    root = family_crumb("sector")
    definitions = {slug: sector.definition for slug, sector in archive.vocabulary.sectors.items()}
    lead = "What the briefings are about, in the terms of the archive's vocabulary."
    yield from plan_index(root, archive.by_sector, site, lead=lead, planner="sectors", notes=definitions)
    links = _find_links(archive)
    for sector, cards in archive.by_sector.items():
        heading = Heading(sector.url, sector.name, "Sector", definitions.get(sector.key, ""), (Crumb("Home", HOME), root))
        yield from plan_list(
            heading,
            cards,
            archive,
            site,
            template="pages/sector.html",
            planner="sectors",
            pairs=_count_pairs(sector, links.get(sector, ()), site),
            places=Later(draw_sector_map, (tuple(links[sector]),)) if site.families.maps and sector in links else None,
            strip=Later(
                draw_strip, (cards, "pairs", site.lists.split, sector if site.families.pair_sectors else sector.url, ROWS)
            ),
            facets=find_facets(sector.url, cards, site, {"country": "Countries", "sector": "Also on", "kind": "Kinds"}),
            **find_parts(cards),
        )


def _find_links(archive: Archive) -> Mapping[Term, list[Link]]:
    """Return the pairs of each sector with their countries and the number of their briefings on it, in the order of names."""
    links: dict[Term, list[Link]] = {}
    for pair, by_sector in archive.by_pair_sector.items():
        for sector, cards in by_sector.items():
            links.setdefault(sector, []).append((pair, *archive.pair_countries[pair], len(cards)))
    return links


def _count_pairs(sector: Term, links: Iterable[Link], site: Site) -> tuple[Facet, ...]:
    """Return the pairs of a sector, largest first, each with the address of what it has on the sector."""
    split = site.families.pair_sectors
    pairs = (Facet(pair.name, pair_sector_url(pair.key, sector.key) if split else pair.url, count) for pair, _, _, count in links)
    return tuple(sorted(pairs, key=lambda pair: (-pair.count, pair.name)))
