"""All pages of the site: one planner per family, in one place."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.errors import PlanError
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.listing import REDIRECTS, plan_redirect
from generator.publish.page import Page
from generator.publish.pages import (
    api,
    briefings,
    changes,
    contents,
    countries,
    downloads,
    feeds,
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
from generator.publish.pages.collisions import Locate, find_collisions
from generator.publish.pages.system import plan_system
from generator.publish.site import Site

Planner = Callable[[Archive, Site], Iterator[Page]]
TextPlanner = Callable[[Iterable[Article], Archive, Site], Iterator[Page]]

# Of what front matter says. Feeds with whole texts stand beside their lists, so they are the exception.
PLANNERS: tuple[Planner, ...] = (
    home.plan,
    briefings.plan,
    changes.plan,
    countries.plan,
    pairs.plan,
    sectors.plan,
    years.plan,
    people.plan,
    organisations.plan,
    kinds.plan,
    overviews.plan,
    contents.plan,
    feeds.plan,
    api.plan,
    search.plan,
)

# Of the texts of the briefings that they are handed. Of others they may show those that stand next to one in `by_pair` and
# `by_sector`, and its other versions: the archive need not hold any more, see `vicinity`.
TEXT_PLANNERS: tuple[TextPlanner, ...] = (briefings.plan_texts, api.plan_texts)


def plan_texts(articles: Iterable[Article], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield all pages that show the text of one of `articles`, but for what `plan_text_feeds` and `plan_wholes` yield."""
    chosen = tuple(articles)
    for planner in TEXT_PLANNERS:
        yield from planner(chosen, archive, site)


def plan_text_feeds(articles: Iterable[Article], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the feeds that hold the text of one of `articles`: none, where feeds hold summaries."""
    if site.families.feeds and site.feeds.content == "full":
        ids = frozenset([article.card.id for article in articles])
        for planner in PLANNERS:
            yield from (page for page in planner(archive, site) if not ids.isdisjoint(page.texts))


def plan_wholes(archive: Archive, site: Site, packed: Iterable[downloads.Packed]) -> Iterator[Page]:
    """Yield the pages that show the texts of all briefings at once; the search index is another matter.

    `packed` are the downloads among them that hold no texts.
    """
    yield from downloads.plan(archive, site, packed)


def plan_site(
    archive: Archive,
    site: Site,
    assets: Iterable[Page],
    wholes: Iterable[Page],
    *,
    locate: Locate,
    moved: Mapping[str, str],
    settings: str,
) -> tuple[Page, ...]:
    """Return every page of the site, in the order of the planners; `wholes` are those of `plan_wholes` and the search index.

    `moved`, of the file `settings`, leads on from former addresses, but where a page stands: a list may come back with the
    next briefing.

    Raises: PlanError when two planners claim one file, naming both; `locate` finds where an author asked for one of them.
    """
    pages = [*assets, *(page for planner in PLANNERS for page in planner(archive, site))]
    pages += [*plan_texts(archive.articles, archive, site), *wholes]
    former: list[str] = []
    if moved:
        taken = {page.url for page in pages}
        former = [source for source in moved if source not in taken]
        pages += [plan_redirect(source, moved[source], site) for source in former]
    pages += plan_system(pages, site)
    if problems := find_collisions(pages, archive, locate, former=former, settings=settings):
        raise PlanError(*problems)
    return tuple(pages if site.families.redirects else [page for page in pages if page.planner != REDIRECTS])
