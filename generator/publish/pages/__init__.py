"""All pages of the site: one planner per family, in one place."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from generator.errors import Location, PlanError, Problem, error
from generator.publish.archive import Archive, Article
from generator.publish.listing import REDIRECTS
from generator.publish.page import Page
from generator.publish.pages.system import plan_system
from generator.publish.site import Site
from generator.publish.urls import output_path

# Each is a module of this package with `plan(archive, site)`, imported when it plans: a family that is switched off never is, nor
# is a list after an edit that changed none, in which case that is a fifth of all imports.
#
# These show what front matter says. Feeds with whole texts stand beside their lists, so they are the exception.
PLANNERS = (
    "home",
    "briefings",
    "countries",
    "pairs",
    "sectors",
    "years",
    "people",
    "organisations",
    "kinds",
    "overviews",
    "contents",
    "feeds",
    "api",
    "search",
)

# These have `plan_texts(articles, archive, site)` for the texts of the briefings that they are handed. Of others they may show
# those that stand next to one in `by_pair` and `by_sector`: the archive need not hold any more, see `vicinity`.
TEXT_PLANNERS = ("briefings", "api")

# These show the texts of all briefings at once.
WHOLE_PLANNERS = ("downloads",)


def _find_planners(names: Iterable[str], site: Site) -> Iterator[Any]:
    """Yield the modules of these names, but for families that the site does not have."""
    for name in names:
        if getattr(site.families, name, True):
            yield import_module(f"{__name__}.{name}")


def plan_texts(articles: Iterable[Article], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield all pages that show the text of one of `articles`, but for feeds and what `plan_wholes` yields."""
    chosen = tuple(articles)
    for planner in _find_planners(TEXT_PLANNERS, site):
        yield from planner.plan_texts(chosen, archive, site)


def plan_wholes(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the pages that show the texts of all briefings at once; the search index is another matter."""
    for planner in _find_planners(WHOLE_PLANNERS, site):
        yield from planner.plan(archive, site)


def plan_site(archive: Archive, site: Site, assets: Iterable[Page], wholes: Iterable[Page]) -> tuple[Page, ...]:
    """Return every page of the site, in the order of the planners; `wholes` are those of `plan_wholes` and the search index.

    Raises: PlanError when two planners claim one file, naming both.
    """
    pages = [*assets, *(page for planner in _find_planners(PLANNERS, site) for page in planner.plan(archive, site))]
    pages += [*plan_texts(archive.articles, archive, site), *wholes]
    pages += plan_system(pages, site)
    problems = [_say_collision(page, other, archive) for page, other in _find_collisions(pages)]
    if problems:
        raise PlanError(*problems)
    return tuple(pages if site.families.redirects else [page for page in pages if page.planner != REDIRECTS])


def _find_collisions(pages: list[Page]) -> Iterator[tuple[Page, Page]]:
    """Yield each two pages that claim one file, or of which one claims as its folder what is a file of the other.

    Names that differ only in case are one on some systems.
    """
    owners: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    for page in pages:
        path = output_path(page.url).casefold()
        other = owners.setdefault(path, page)
        if other is not page:
            yield page, other
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = page
            folder = folder.rpartition("/")[0]
    for folder, page in folders.items():
        if folder in owners:
            yield page, owners[folder]


def _say_collision(page: Page, other: Page, archive: Archive) -> Problem:
    """Return the problem at the file of the author who can solve it, for which the lists and files of the site have no need."""
    authors = {f"/{written.id}/": written.location for written in archive.pages}
    authors |= {
        alias: article.briefing.location
        for article in (*archive.articles, *archive.withdrawn)
        for alias in article.briefing.aliases
    }
    own = next((url for url in (page.url, other.url) if url in authors), "")
    if not own:
        message = f'"{page.url}" is claimed by the planners of {other.planner} ({other.url}) and {page.planner}'
        return error("address-collision", Location(page.url), message)
    taken = other.url if own == page.url else page.url
    said = "is" if own == taken else f'cannot stand beside "{taken}",'
    hint = "take the alias out, or rename the page"
    return error("address-collision", authors[own], f'"{own}" {said} an address of the site already', hint)
