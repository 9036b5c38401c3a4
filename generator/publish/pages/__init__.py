"""All pages of the site: one planner per family, in one place."""

from collections.abc import Callable, Iterator

from generator.errors import Location, PlanError, error
from generator.publish.archive import Archive
from generator.publish.page import Page
from generator.publish.pages import (
    api,
    briefings,
    contents,
    countries,
    downloads,
    home,
    kinds,
    organisations,
    overviews,
    pairs,
    people,
    search,
    sectors,
    years,
)
from generator.publish.pages.system import plan_system
from generator.publish.site import Site
from generator.publish.urls import output_path

Planner = Callable[[Archive, Site], Iterator[Page]]

PLANNERS: tuple[Planner, ...] = (
    home.plan,
    briefings.plan,
    countries.plan,
    pairs.plan,
    sectors.plan,
    years.plan,
    people.plan,
    organisations.plan,
    kinds.plan,
    overviews.plan,
    contents.plan,
    downloads.plan,
    api.plan,
    search.plan,
)


def plan_site(archive: Archive, site: Site, assets: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return every page of the site, in the order of the planners.

    Raises: PlanError when two planners claim one file, naming both.
    """
    pages = [*assets, *(page for planner in PLANNERS for page in planner(archive, site))]
    pages += plan_system(pages, site)
    _check_addresses(pages)
    return tuple(pages)


def _check_addresses(pages: list[Page]) -> None:
    """Raise PlanError for every file that two pages claim; names that differ only in case are one file on some systems."""
    owners: dict[str, Page] = {}
    problems = []
    for page in pages:
        path = output_path(page.url).casefold()
        other = owners.setdefault(path, page)
        if other is not page:
            message = f'"{page.url}" is claimed by the planners of {other.planner} ({other.url}) and {page.planner}'
            problems.append(error("address-collision", Location(page.url), message, "rename one of them, or take out the alias"))
    if problems:
        raise PlanError(*problems)
