"""The passes of publishing in their order: read, parse, index, plan, compare. What is slow to import is imported here.

**When only texts have changed,** and the front matter of all briefings, the theme, the settings and everything else is as it was,
no list can have changed. Then only what shows a changed text is planned, and what shows all texts at once. The rule is the one by
which each page is judged, that equal inputs give equal pages, for all lists together; their inputs are digested as the `front`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2

from generator.cache import dump_cache, parse_cache
from generator.clock import Clock
from generator.config import Config
from generator.errors import GeneratorError, Problem, Severity
from generator.files import prune, read_file, walk, write_file
from generator.fingerprint import digest_bytes, fingerprint
from generator.inputs import Content, Known, read_config, read_content, read_theme, read_vocabulary
from generator.model import Briefing, ContentPage
from generator.places import PACKAGE, Places, Stat
from generator.publish.archive import Archive, make_archive
from generator.publish.manifest import Parts, fingerprint_pages
from generator.publish.page import Page
from generator.publish.pages import plan_site, plan_texts, plan_wholes
from generator.publish.search import Segment, make_segments, plan_search, plan_segments
from generator.publish.site import Site, make_site, plan_assets
from generator.publish.templating import find_closures, make_environment
from generator.records import digest_record
from generator.vocabulary import Vocabulary

RECORDS_CACHE = "records"
SEARCH_CACHE = "segments"


@dataclass(frozen=True, slots=True)
class Last:
    """What is known of the last build: `state` is what a scan has now found of the inputs, `front` the digest that its plan had.

    `front` is empty where the pages of that build do not stand any more; the plan cannot be partial then.
    """

    state: Mapping[str, Stat]
    front: bytes = b""


@dataclass(frozen=True, slots=True)
class Plan:
    """Pages of the site with the digests of what they show, and the environment in which they are rendered.

    `wholes` are the addresses among them of what shows all texts at once. `is_partial` says that all other pages of the last
    build are as they were. `sources` are the files of `content/` that could be read. Without an environment no plan could be
    made.
    """

    base_url: str
    sources: tuple[Briefing | ContentPage, ...]
    briefings: int = 0
    pages: tuple[Page, ...] = ()
    wholes: frozenset[str] = frozenset()
    manifest: Mapping[str, Parts] = field(default_factory=dict)
    environment: jinja2.Environment | None = None
    front: bytes = b""
    is_partial: bool = False


def plan(
    places: Places,
    problems: list[Problem],
    *,
    base_url: str = "",
    drafts: bool = False,
    search: bool = True,
    last: Last | None = None,
    jobs: int = 1,
    clock: Clock | None = None,
) -> Plan:
    """Return the plan of the site, and append what is wrong with its inputs; it is empty when no plan can be made of them.

    With `last`, what was worked out for the last build is taken from the cache, and kept there for the next one.

    Raises: ConfigError, VocabularyError.
    """
    clock = clock or Clock()
    config = read_config(places, base_url)
    vocabulary = clock.run("vocabulary", read_vocabulary, places)
    theme = clock.run("theme", read_theme, places.templates)
    engine = clock.run("engine", _digest_engine)
    content, known = clock.run(
        "parse", _read_content, places, vocabulary, problems, last=last, key=engine + vocabulary.digest, jobs=jobs
    )
    archive, found = clock.run(
        "index",
        make_archive,
        content.briefings,
        content.pages,
        vocabulary=vocabulary,
        config=config,
        drafts=drafts,
        texts=content.texts,
    )
    problems += found
    failed = Plan(config.base_url.rstrip("/") + "/", (*content.briefings, *content.pages))
    if any(problem.severity is Severity.ERROR for problem in found):
        return failed
    assets = plan_assets(theme)
    site = make_site(config, assets=assets, pages=archive.pages, search=search and config.pages.search)
    templates = {name: data.decode() for name, data in theme.items() if not name.startswith("assets/")}
    environment = make_environment(templates, base_url=site.base_url)
    current = _digest_front(content, config, vocabulary, theme, engine=engine, options=(drafts, search))
    is_partial = last is not None and current == last.front and not (site.families.feeds and site.feeds.content == "full")
    try:
        closures = clock.run("templates", find_closures, environment, templates)
        cache = places.cache if last else None
        has_search = site.families.search
        index = clock.run("search", _plan_search, archive, site, cache=cache, jobs=jobs, engine=engine) if has_search else ()
        wholes = (*plan_wholes(archive, site), *index)
        if is_partial:
            changed = [article for article in archive.articles if _is_changed(article.briefing, known)]
            pages = (*clock.run("plan", lambda: tuple(plan_texts(changed, archive, site))), *wholes)
        else:
            pages = clock.run("plan", plan_site, archive, site, assets, wholes)
    except GeneratorError as failure:
        problems += failure.problems
        return failed
    manifest = clock.run("compare", fingerprint_pages, pages, engine=engine, closures=closures)
    return Plan(
        failed.base_url,
        failed.sources,
        briefings=len(archive.cards),
        pages=pages,
        wholes=frozenset(page.url for page in wholes),
        manifest=manifest,
        environment=environment,
        front=current,
        is_partial=is_partial,
    )


def _read_content(
    places: Places, vocabulary: Vocabulary, problems: list[Problem], *, last: Last | None, key: bytes, jobs: int
) -> tuple[Content, Known]:
    """Return what `content/` holds, and what the last build knew of it; with `last`, the cache has it for the next build."""
    if last is None:
        return read_content(places, vocabulary, problems, state={}, known={}, jobs=jobs), {}
    file = places.cache / RECORDS_CACHE
    raw = read_file(file)
    kept = (parse_cache(raw) if raw else None) or {}
    known: Known = kept["records"] if kept.get("key") == key else {}
    content = read_content(places, vocabulary, problems, state=last.state, known=known, jobs=jobs)
    if content.records != known:
        write_file(file, dump_cache({"key": key, "records": content.records}))
    return content, known


def _is_changed(briefing: Briefing, known: Known) -> bool:
    last = known.get(briefing.location.path)
    return last is None or last[1] != briefing.digest


def _digest_front(
    content: Content, config: Config, vocabulary: Vocabulary, theme: Mapping[str, bytes], *, engine: bytes, options: Sequence[Any]
) -> bytes:
    """Return the digest of all that a site is made of but the bodies of its briefings."""
    records = b"".join(digest_record(record) for _, _, record in content.records.values())
    pages = tuple(page.digest for page in content.pages)
    files = tuple((name, digest_bytes(data)) for name, data in sorted(theme.items()))
    return digest_bytes(records + fingerprint((config, vocabulary.digest, pages, files, engine, tuple(options))))


def _plan_search(archive: Archive, site: Site, *, cache: Path | None, jobs: int, engine: bytes) -> tuple[Page, ...]:
    """Return the pages of the search index; the words of a period whose briefings are as they were come from the cache."""
    plans = plan_segments(archive.articles)
    # A file for each period: in one they would all be written after every edit, of 10,000 briefings 19 MB.
    paths = [cache / SEARCH_CACHE / digest_bytes(engine + plan.digest).hex() for plan in plans] if cache else []
    segments: list[Segment | None] = [_read_segment(path) for path in paths] or [None] * len(plans)
    new = [place for place, segment in enumerate(segments) if segment is None]
    for place, segment in zip(new, make_segments([plans[place] for place in new], jobs=jobs), strict=True):
        segments[place] = segment
        if cache:
            write_file(paths[place], dump_cache(dict(segment)))
    if cache:
        prune(cache / SEARCH_CACHE, {path.name for path in paths})
    return tuple(plan_search(archive, site, plans, [segment for segment in segments if segment is not None]))


def _read_segment(path: Path) -> Segment | None:
    raw = read_file(path)
    return parse_cache(raw) if raw else None


def _digest_engine() -> bytes:
    """Return the digest of what shapes the bytes besides the inputs: this program's sources and its libraries' versions."""
    names = ("jinja2", "markdown", "markupsafe", "nh3", "pygments", "python-slugify", "resvg-py", "snowballstemmer")
    versions = " ".join(f"{name} {version(name)}" for name in names)
    sources = b"".join(read_file(PACKAGE / name) or b"" for name in walk(PACKAGE, ".py", ".toml", ".json"))
    return digest_bytes(versions.encode() + sources)
