"""The pages that editors write (about, method, corrections and whatever else), and the page for lost readers."""

from collections.abc import Iterator

from generator.publish.archive import Archive
from generator.publish.listing import Crumb, Heading, family_crumb, plan_redirect
from generator.publish.page import Page, View
from generator.publish.site import Site, has_family
from generator.publish.urls import HOME, SEARCH


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield each page of `content/pages/` at `/<name>/`, redirects from its former addresses, and `/404.html`."""
    for page in archive.pages:
        heading = Heading(f"/{page.id}/", page.title, "", page.summary, (Crumb("Home", HOME),))
        yield Page(heading.url, View("pages/content.html", {"site": site, "heading": heading, "page": page}), "contents")
        for alias in page.aliases:
            yield plan_redirect(alias, heading.url, site)
    entrances = tuple(
        family_crumb(family) for family in ("pair", "country", "sector") if has_family(site, family) and archive.by_family(family)
    )
    if site.families.search:
        entrances += (Crumb("Search", SEARCH),)
    heading = Heading("/404.html", "This page is not here")
    yield Page("/404.html", View("pages/missing.html", {"site": site, "heading": heading, "entrances": entrances}), "contents")
