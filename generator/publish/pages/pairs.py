"""The dossier of each country pair, what it has on each sector, and the index of all pairs."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.model import CountryPair
from generator.publish.archive import Archive
from generator.publish.cards import Card, Term
from generator.publish.charts import draw_pair_map, draw_strip, draw_timeline
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import Crumb, Facet, Heading, family_crumb, plan_list, plan_redirect
from generator.publish.page import Later, Page
from generator.publish.site import Site
from generator.publish.urls import HOME, pair_sector_url, part_url, reversed_pair_url

ROOT = family_crumb("pair")
LATEST = 3
NEIGHBOURS = 8
GAPS = 12


class Reach(Struct, frozen=True):
    """What each country has: the sectors of its briefings, and its foremost pairs; `rank` is the order of all pairs."""

    sectors: Mapping[Term, frozenset[Term]]
    pairs: Mapping[Term, tuple[Term, ...]]
    rank: Mapping[Term, int]


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the dossier of each country pair, its parts and feeds, its sectors, and the index of all pairs.

    `/pairs/kr-in/` leads to `/pairs/in-kr/`.
    """
    if not site.families.pairs:
        return
    yield from plan_index(
        ROOT, archive.by_pair, site, lead="Every pair of countries with at least one briefing.", planner="pairs"
    )
    reach = _find_reach(archive)
    for pair in archive.by_pair:
        sectors = _count_sectors(pair, archive, site)
        yield from _plan_dossier(pair, sectors, archive, site, reach=reach)
        yield plan_redirect(reversed_pair_url(CountryPair.of(*pair.key.split("-"))), pair.url, site)
        if site.families.pair_sectors:
            yield from _plan_sectors(pair, sectors, archive, site)


def _plan_dossier(pair: Term, sectors: tuple[Facet, ...], archive: Archive, site: Site, *, reach: Reach) -> Iterator[Page]:
    cards = archive.by_pair[pair]
    heading = Heading(pair.url, pair.name, "Country pair", crumbs=(Crumb("Home", HOME), ROOT))
    yield from plan_list(
        heading,
        cards,
        archive,
        site,
        template="pages/pair.html",
        planner="pairs",
        countries=archive.pair_countries[pair],
        latest=cards[:LATEST],
        sectors=sectors,
        neighbours=_find_neighbours(pair, archive, reach),
        gaps=_find_gaps(pair, archive, reach),
        places=_draw_places(pair, archive, site),
        strip=Later(draw_strip, (cards, "sectors", site.lists.split, pair if site.families.pair_sectors else None)),
        timeline=_draw_timeline(pair, cards, site),
        **find_parts(cards),
    )


def _draw_timeline(pair: Term, cards: tuple[Card, ...], site: Site) -> Later | None:
    """Return the picture of the events of a list that is split, whose marks lead to its parts."""
    if len(cards) <= site.lists.split:
        return None
    years = dict.fromkeys(card.date.year for card in cards)
    return Later(draw_timeline, (cards, {str(year): part_url(pair.url, year) for year in years}, site.lists.split))


def _plan_sectors(pair: Term, sectors: tuple[Facet, ...], archive: Archive, site: Site) -> Iterator[Page]:
    crumbs = (Crumb("Home", HOME), ROOT, Crumb(pair.name, pair.url))
    for sector, cards in archive.by_pair_sector[pair].items():
        heading = Heading(
            pair_sector_url(pair.key, sector.key), f"{pair.name}: {sector.name}", "Country pair and sector", crumbs=crumbs
        )
        yield from plan_list(
            heading,
            cards,
            archive,
            site,
            template="pages/pair_sector.html",
            planner="pairs",
            pair=pair,
            sector=sector,
            sectors=sectors,
            places=_draw_places(pair, archive, site),
            **find_parts(cards),
        )


def _draw_places(pair: Term, archive: Archive, site: Site) -> Later | None:
    return Later(draw_pair_map, archive.pair_countries[pair]) if site.families.maps else None


def _count_sectors(pair: Term, archive: Archive, site: Site) -> tuple[Facet, ...]:
    """Return the sectors of a pair, heaviest first, each with the address of what the pair has on it."""
    found = archive.by_pair_sector[pair]
    order = sorted(found, key=lambda sector: (-len(found[sector]), sector.name))
    split = site.families.pair_sectors
    return tuple(
        Facet(sector.name, pair_sector_url(pair.key, sector.key) if split else sector.url, len(found[sector])) for sector in order
    )


def _find_reach(archive: Archive) -> Reach:
    """Return the reach of all countries; pairs come by size, by powers of two, and by name.

    Else a new briefing would change the dossiers of all pairs of both countries, of 10,000 briefings 116.
    """
    order = sorted(archive.by_pair, key=lambda pair: (-len(archive.by_pair[pair]).bit_length(), pair.name))
    rank = {pair: number for number, pair in enumerate(order)}
    return Reach(
        {
            country: frozenset([sector for card in cards for sector in card.sectors])
            for country, cards in archive.by_country.items()
        },
        # One more than is shown: the pair in question is among them.
        {country: tuple(sorted(pairs, key=rank.__getitem__)[: NEIGHBOURS + 1]) for country, pairs in archive.pairs_of.items()},
        rank,
    )


def _find_neighbours(pair: Term, archive: Archive, reach: Reach) -> tuple[Term, ...]:
    """Return the other pairs of both countries, the large ones first: where a reader goes on."""
    first, second = archive.pair_countries[pair]
    others = {*reach.pairs[first], *reach.pairs[second]} - {pair}
    return tuple(sorted(others, key=reach.rank.__getitem__)[:NEIGHBOURS])


def _find_gaps(pair: Term, archive: Archive, reach: Reach) -> tuple[Term, ...]:
    """Return sectors on which both countries have briefings, but none together, by name."""
    first, second = archive.pair_countries[pair]
    nothing: frozenset[Term] = frozenset()
    apart = (reach.sectors.get(first, nothing) & reach.sectors.get(second, nothing)) - archive.by_pair_sector[pair].keys()
    return tuple([sector for sector in archive.by_sector if sector in apart][:GAPS])
