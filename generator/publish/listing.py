"""Lists of briefings, as every family of pages shows them: whole or split by time, their terms counted, and a feed of each.

Long lists are split by year and then by month, never by offset: a new briefing then touches one part instead of all. A list that
has lost briefings and is whole again keeps the addresses of its parts as redirects, and a year those of its months. The generator
has no memory of earlier sites, so every list and year between half the limit and the limit has them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from generator.publish.archive import Archive
from generator.publish.cards import Card, Term, count_terms
from generator.publish.charts import draw_year_bars
from generator.publish.feeds import make_json_feed
from generator.publish.page import Later, Made, Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import FAMILIES, FAMILY_TITLES, HOME, part_url, year_anchor
from generator.text import MONTHS

LATEST_OF_LONG_LISTS = 10
LEAST_OF_CHARTS = 8
LEAST_OF_MONTHS = 8
REDIRECTS = "redirects"
COUNTED = MappingProxyType({family: FAMILY_TITLES[family] for family in ("country", "pair", "sector")} | {"kind": "Kinds"})


class Crumb(Struct, frozen=True):
    """One step of the way from the home page to here."""

    name: str
    url: str


def family_crumb(family: str) -> Crumb:
    """Return the step of the way that is the index of a family of terms."""
    return Crumb(FAMILY_TITLES[family], FAMILIES[family])


class Facet(Struct, frozen=True):
    """How many briefings of a list have a term, and where these are."""

    name: str
    url: str
    count: int


class FacetGroup(Struct, frozen=True):
    """The facets of one taxonomy, the most frequent first, and the address of them all where that is shown."""

    title: str
    facets: tuple[Facet, ...]
    url: str = ""


class Heading(Struct, frozen=True):
    """What stands over a list, and the address that it is found at. `eyebrow` says what kind of page it is."""

    url: str
    title: str
    eyebrow: str = ""
    lead: str = ""
    crumbs: tuple[Crumb, ...] = ()


class Group(Struct, frozen=True):
    """The cards of one year or month, under its name; `url` is that of its own page, `id` that of a year that has none."""

    title: str
    url: str
    count: int
    cards: tuple[Card, ...]
    id: str = ""


class Listing(Struct, frozen=True):
    """A list as a template shows it: `groups` hold cards; groups without cards are links to parts."""

    count: int
    first: date
    latest: date
    groups: tuple[Group, ...]


def plan_plain_list(
    heading: Heading, cards: tuple[Card, ...], archive: Archive, site: Site, *, planner: str, **shown: Any
) -> Iterator[Page]:
    """Yield what `plan_list` does, with the terms of the list counted beside it."""
    facets = find_facets(heading.url, cards, site)
    yield from plan_list(heading, cards, archive, site, template="pages/list.html", planner=planner, facets=facets, **shown)


def plan_list(
    heading: Heading,
    cards: tuple[Card, ...],
    archive: Archive,
    site: Site,
    *,
    template: str,
    planner: str,
    is_year: bool = False,
    **shown: Any,
) -> Iterator[Page]:
    """Yield the page of a list, the pages of its parts where it is long, and its feeds.

    `is_year` says that the page is that of a year in the list of all years: its parts are months. `shown` is what the template
    shows besides the list.
    """
    listing = Later(make_listing, (heading.url, cards, site.lists.split, is_year))
    context = {"site": site, "heading": heading, "listing": listing, "years": _chart_years(heading, cards, site), **shown}
    yield Page(heading.url, View(template, context), planner, cards[0].date)
    yield from (_plan_months if is_year else _plan_parts)(heading, cards, site, planner)
    if site.families.feeds:
        yield from plan_feeds(heading, cards, archive, site)


def _chart_years(heading: Heading, cards: tuple[Card, ...], site: Site) -> Later | None:
    """Return the chart of a list's years, where it is long enough for one to tell more than the list itself.

    Bars lead to the list's own years where it is split, else to the pages of the years.
    """
    is_split = len(cards) > site.lists.split
    if len(cards) < LEAST_OF_CHARTS or cards[0].date.year - cards[-1].date.year < 2 or not (is_split or site.families.years):
        return None
    years = dict.fromkeys(card.date.year for card in cards) if is_split else ()
    return Later(draw_year_bars, (cards, {str(year): part_url(heading.url, year) for year in years}))


def make_listing(url: str, cards: tuple[Card, ...], split: int, is_year: bool) -> Listing:
    """Return the list of `cards` by year: whole years up to `split` cards, else the latest few and links to the years.

    A list that is all of one year is by month, unless it is short; beyond `split`, that of a year leads to its months.
    """
    years = [(year, tuple(group)) for year, group in groupby(cards, key=lambda card: card.date.year)]
    if len(years) == 1 and LEAST_OF_MONTHS <= len(cards) <= split:
        return make_year_listing(url, cards, split)
    if len(cards) <= split:
        groups = tuple(Group(str(year), "", len(found), found, year_anchor(year)) for year, found in years)
    else:
        latest = Group("Latest", "", LATEST_OF_LONG_LISTS, cards[:LATEST_OF_LONG_LISTS])
        parts = (Group(str(year), part_url(url, year), len(found), ()) for year, found in years)
        groups = (latest, *(make_year_listing(FAMILIES["year"], cards, split).groups if is_year else parts))
    return Listing(len(cards), cards[-1].date, cards[0].date, groups)


def _plan_parts(heading: Heading, cards: tuple[Card, ...], site: Site, planner: str) -> Iterator[Page]:
    is_split = len(cards) > site.lists.split
    if not is_split and len(cards) <= site.lists.split // 2:
        return
    for year, group in groupby(cards, key=lambda card: card.date.year):
        found = tuple(group)
        if is_split:
            yield from _plan_year(heading, year, found, site, planner=planner)
        else:
            yield plan_redirect(part_url(heading.url, year), heading.url, site)
        if site.lists.split // 2 < len(found) <= site.lists.split:
            target = part_url(heading.url, year) if is_split else heading.url
            for month in dict.fromkeys(card.date.month for card in found):
                yield plan_redirect(part_url(heading.url, year, month), target, site)


def _plan_months(year: Heading, cards: tuple[Card, ...], site: Site, planner: str) -> Iterator[Page]:
    """Yield the parts of the page of a year, in the list of all years, which is at `/years/`."""
    split = site.lists.split
    for title, month, found in _by_month(cards):
        url = part_url(FAMILIES["year"], found[0].date.year, month)
        if len(cards) > split:
            yield _plan_part(year, url, title, cards=found, split=len(found), site=site, planner=planner)
        elif len(cards) > split // 2:
            yield plan_redirect(url, year.url, site)


def _by_month(cards: tuple[Card, ...]) -> Iterator[tuple[str, int, tuple[Card, ...]]]:
    """Yield the months of one year, each with its title and its number."""
    for month, group in groupby(cards, key=lambda card: card.date.month):
        found = tuple(group)
        yield f"{MONTHS[month - 1]} {found[0].date.year}", month, found


def _plan_year(heading: Heading, year: int, cards: tuple[Card, ...], site: Site, *, planner: str) -> Iterator[Page]:
    split = site.lists.split
    url, title = part_url(heading.url, year), f"{heading.title}, {year}"
    yield _plan_part(heading, url, title, cards=cards, split=split, site=site, planner=planner)
    for title, month, found in _by_month(cards) if len(cards) > split else ():
        url = part_url(heading.url, year, month)
        yield _plan_part(heading, url, f"{heading.title}, {title}", cards=found, split=len(found), site=site, planner=planner)


def make_year_listing(url: str, cards: tuple[Card, ...], split: int) -> Listing:
    """Return the part of the list at `url` that is of one year, by month: links to the months of more than `split` cards."""
    is_long = len(cards) > split
    groups = tuple(
        Group(title, part_url(url, found[0].date.year, month) if is_long else "", len(found), () if is_long else found)
        for title, month, found in _by_month(cards)
    )
    return Listing(len(cards), cards[-1].date, cards[0].date, groups)


def _plan_part(heading: Heading, url: str, title: str, *, cards: tuple[Card, ...], split: int, site: Site, planner: str) -> Page:
    crumbs = (*heading.crumbs, Crumb(heading.title, heading.url))
    part = Heading(url, title, heading.eyebrow, "", crumbs)
    listing = Later(make_year_listing, (heading.url, cards, split))
    # The feed of the whole list is offered on its parts too.
    context = {"site": site, "heading": part, "listing": listing, "whole": heading.url}
    return Page(url, View("pages/part.html", context), planner, cards[0].date)


def plan_redirect(url: str, target: str, site: Site) -> Page:
    """Return a page that leads to `target`; its address also stands in `_redirects`, for hosts that read it."""
    return Page(url, View("pages/redirect.html", {"site": site, "target": target}), REDIRECTS)


def plan_feeds(heading: Heading, cards: tuple[Card, ...], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the Atom feed and the JSON feed of a list: its latest briefings, newest first.

    One that was withdrawn stays in its place, since readers of the feed may have kept its text, and says so instead.
    """
    latest = cards[: site.feeds.limit]
    if withdrawn := archive.withdrawn_in.get(heading.url):
        told = sorted((*latest, *[article.card for article in withdrawn]), key=lambda card: (card.date, card.id), reverse=True)
        latest = tuple(told[: site.feeds.limit])
    yield from plan_feeds_of(heading, latest, archive, site)


def plan_feeds_of(heading: Heading, latest: tuple[Card, ...], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the Atom feed and the JSON feed of just these briefings, in their order."""
    is_full = site.feeds.content == "full"
    texts = tuple([card.id for card in latest if card.id in archive.by_id]) if is_full else ()
    shown = tuple([archive.find(card.id) for card in latest]) if is_full else latest
    told = site.description if heading.url == HOME else f"{heading.title}: the latest briefings of {site.title}."
    lead = heading.lead or told
    context = {"site": site, "heading": heading, "lead": lead, "entries": shown}
    yield Page(f"{heading.url}feed.xml", View("feeds/atom.xml", context), "feeds", texts=texts)
    if site.feeds.json:
        made = Made(make_json_feed, (site, heading.url, heading.title, lead, shown))
        yield Page(f"{heading.url}feed.json", made, "feeds", texts=texts)


def find_facets(url: str, cards: tuple[Card, ...], site: Site, families: Mapping[str, str] = COUNTED) -> Later:
    """Return what counts the terms of the list at `url`, by those `families` that the site has pages of, each with its title."""
    counted = tuple([(family, title) for family, title in families.items() if has_family(site, family)])
    return Later(count_facets, (url, cards, counted))


def count_facets(url: str, cards: tuple[Card, ...], counted: tuple[tuple[str, str], ...]) -> tuple[FacetGroup, ...]:
    """Return how often each term occurs in a list of several, but for the term whose page it is, which all have."""
    if len(cards) < 2:
        return ()
    groups = []
    for family, title in counted:
        counts = count_terms(chain.from_iterable([_terms(card, family) for card in cards]))
        facets = tuple([Facet(term.name, term.url, count) for term, count in counts if term.url != url])
        groups.append(FacetGroup(title, facets))
    return tuple([group for group in groups if group.facets])


def _terms(card: Card, family: str) -> Iterable[Term]:
    match family:
        case "country":
            return card.countries
        case "pair":
            return card.pairs
        case "sector":
            return card.sectors
        case _:
            return (card.kind,) if card.kind else ()
