"""The passes of publishing in their order: read, parse, index, plan, compare. What is slow to import is imported here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import jinja2

from generator.cache import dump_cache, parse_cache
from generator.clock import Clock
from generator.errors import GeneratorError, Problem, Severity
from generator.files import read_file, walk, write_file
from generator.fingerprint import digest_bytes
from generator.inputs import read_config, read_content, read_theme, read_vocabulary
from generator.model import Briefing, ContentPage
from generator.places import PACKAGE, Places
from generator.publish.archive import Archive, make_archive
from generator.publish.manifest import Parts, fingerprint_pages
from generator.publish.page import Page
from generator.publish.pages import plan_site
from generator.publish.search import make_segment, plan_search, plan_segments
from generator.publish.site import Site, make_site, plan_assets
from generator.publish.templating import find_closures, make_environment

SEARCH_CACHE = "search"


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page of the site with the digests of what it shows, and the environment in which it is rendered.

    `sources` are the files of `content/` that could be read. Without an environment no plan could be made of them.
    """

    base_url: str
    sources: tuple[Briefing | ContentPage, ...]
    briefings: int = 0
    pages: tuple[Page, ...] = ()
    manifest: Mapping[str, Parts] = field(default_factory=dict)
    environment: jinja2.Environment | None = None


def plan(
    places: Places,
    problems: list[Problem],
    *,
    base_url: str = "",
    drafts: bool = False,
    search: bool = True,
    keep: bool = False,
    clock: Clock | None = None,
) -> Plan:
    """Return the plan of the site, and append what is wrong with its inputs; it is empty when no plan can be made of them.

    With `keep`, what was worked out for the search index is kept in the cache for the next build.

    Raises: ConfigError, VocabularyError.
    """
    clock = clock or Clock()
    config = read_config(places, base_url)
    vocabulary = clock.run("vocabulary", read_vocabulary, places)
    theme = clock.run("theme", read_theme, places.templates)
    briefings, contents = clock.run("parse", read_content, places, vocabulary, problems)
    archive, found = clock.run("index", make_archive, briefings, contents, vocabulary=vocabulary, config=config, drafts=drafts)
    problems += found
    failed = Plan(config.base_url.rstrip("/") + "/", (*briefings, *contents))
    if any(problem.severity is Severity.ERROR for problem in found):
        return failed
    assets = plan_assets(theme)
    has_search = search and config.pages.search
    site = make_site(config, assets=assets, pages=archive.pages, search=has_search)
    templates = {name: data.decode() for name, data in theme.items() if not name.startswith("assets/")}
    environment = make_environment(templates, base_url=site.base_url)
    try:
        closures = find_closures(environment, templates)
        index = clock.run("search", _plan_search, archive, site, places.cache if keep else None) if has_search else ()
        pages = clock.run("plan", plan_site, archive, site, (*assets, *index))
    except GeneratorError as failure:
        problems += failure.problems
        return failed
    manifest = clock.run("compare", fingerprint_pages, pages, engine=_engine_digest(), closures=closures)
    return replace(failed, briefings=len(archive.cards), pages=pages, manifest=manifest, environment=environment)


def _plan_search(archive: Archive, site: Site, cache: Path | None) -> tuple[Page, ...]:
    """Return the pages of the search index; the words of a period whose briefings are as they were come from the cache."""
    plans = plan_segments(archive.articles)
    raw = read_file(cache / SEARCH_CACHE) if cache else None
    known = (parse_cache(raw) if raw else None) or {}
    segments = {plan.digest.hex(): known.get(plan.digest.hex()) or make_segment(plan.articles) for plan in plans}
    if cache and segments.keys() != known.keys():
        write_file(cache / SEARCH_CACHE, dump_cache(segments))
    return tuple(plan_search(archive, site, plans, [segments[plan.digest.hex()] for plan in plans]))


def _engine_digest() -> bytes:
    """Return the digest of what shapes the bytes besides the inputs: this program's sources and its libraries' versions."""
    names = ("jinja2", "markdown", "markupsafe", "nh3", "pygments", "python-slugify", "resvg-py", "snowballstemmer")
    versions = " ".join(f"{name} {version(name)}" for name in names)
    sources = b"".join(read_file(PACKAGE / name) or b"" for name in walk(PACKAGE, ".py", ".toml", ".json"))
    return digest_bytes(versions.encode() + sources)
