"""What editors have told readers of published briefings: every correction and every withdrawal, the latest first.

A list whose only briefings were withdrawn keeps its address, which readers have, and says so.
"""

from collections.abc import Iterator
from itertools import groupby

from generator.model import CountryPair
from generator.publish.archive import Archive
from generator.publish.changes import find_told_once
from generator.publish.emptied import find_emptied, plan_emptied
from generator.publish.listing import Crumb, Heading, plan_feeds_of, plan_redirect
from generator.publish.page import Page, View
from generator.publish.site import Site
from generator.publish.urls import BRIEFINGS, CHANGES, HOME, reversed_pair_url


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the list of all changes and its feeds, and what stands in the place of emptied lists; none without any change."""
    if not archive.has_changes:
        return
    changes = find_told_once(archive)
    crumbs = (Crumb("Home", HOME), Crumb("All briefings", BRIEFINGS))
    lead = "What was set right in published briefings, and which of them were withdrawn."
    heading = Heading(CHANGES, "Corrections and withdrawals", "Archive", lead, crumbs)
    years = tuple([(year, tuple(found)) for year, found in groupby(changes, key=lambda change: change.date.year)])
    yield Page(CHANGES, View("pages/changes.html", {"site": site, "heading": heading, "years": years}), "changes")
    if site.families.feeds:
        latest = tuple(dict.fromkeys(change.card for change in changes))[: site.feeds.limit]
        yield from plan_feeds_of(heading, latest, archive, site)
    for link in find_emptied(archive.withdrawn, archive, site):
        yield from plan_emptied(link, archive, site)
    yield from _plan_reversed(archive, site)


def _plan_reversed(archive: Archive, site: Site) -> Iterator[Page]:
    pairs = dict.fromkeys(pair for article in archive.withdrawn for pair in article.card.pairs if pair.url)
    for pair in pairs.keys() - archive.by_pair.keys():
        yield plan_redirect(reversed_pair_url(CountryPair.of(*pair.key.split("-"))), pair.url, site)
