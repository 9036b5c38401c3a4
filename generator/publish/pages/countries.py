"""A page for each country, with its partners, sectors and gaps, and the index of all countries."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.cards import Card, Term
from generator.publish.charts import count_coverage, draw_country_map, draw_strip
from generator.publish.dossier import find_parts
from generator.publish.index_pages import plan_index
from generator.publish.listing import LEAST_OF_CHARTS, Crumb, Facet, Heading, family_crumb, find_facets, plan_list
from generator.publish.page import Later, Page
from generator.publish.site import Site
from generator.publish.urls import HOME


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the page of each country, its parts and feeds, and the index."""
    if not site.families.countries:
        return
    root = family_crumb("country")
    yield from plan_index(
        root, archive.by_country, site, lead="Every country that is a party to a briefing.", planner="countries"
    )
    coverage = count_coverage(archive)
    for country, cards in archive.by_country.items():
        heading = Heading(country.url, country.name, "Country", crumbs=(Crumb("Home", HOME), root))
        yield from plan_list(
            heading,
            cards,
            archive,
            site,
            template="pages/country.html",
            planner="countries",
            partners=_find_partners(country, archive),
            places=Later(draw_country_map, (country, tuple(link for link in coverage.pairs if country in link)))
            if site.families.maps
            else None,
            strip=Later(draw_strip, (cards, "sectors", site.lists.split, country.url)),
            gaps=_find_gaps(cards, archive) if len(cards) >= LEAST_OF_CHARTS else (),
            facets=find_facets(country.url, cards, site, {"kind": "Kinds"}),
            **find_parts(cards),
        )


def _find_partners(country: Term, archive: Archive) -> tuple[Facet, ...]:
    """Return the other country of each of this country's pairs, with the address of the pair, largest first."""
    partners = []
    for pair in archive.pairs_of.get(country, ()):
        first, second = archive.pair_countries[pair]
        partners.append(Facet(second.name if first == country else first.name, pair.url, len(archive.by_pair[pair])))
    return tuple(sorted(partners, key=lambda partner: (-partner.count, partner.name)))


def _find_gaps(cards: tuple[Card, ...], archive: Archive) -> tuple[Term, ...]:
    """Return the sectors on which other countries have briefings and this one has none, by name.

    Not all that the vocabulary has: of a sector without a briefing nothing says that it was looked for.
    """
    met = {sector for card in cards for sector in card.sectors}
    return tuple([sector for sector in archive.by_sector if sector not in met])
