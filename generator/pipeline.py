"""The passes of publishing in their order: read, parse, index, plan, compare. What is slow to import is imported here.

**When only texts have changed,** and the front matter of all briefings, the theme, the settings and everything else is as it was,
no list can have changed. Then only what shows a changed text is planned, and what shows all texts at once. The rule is the one by
which each page is judged, that equal inputs give equal pages, for all lists together; their inputs are digested as the `front`.
Where nothing shows all texts at once, an archive of the changed briefings and those beside them is enough for that plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

import jinja2

from generator.clock import Clock
from generator.config import Config
from generator.errors import GeneratorError, Problem, Severity
from generator.files import prune, read_file, walk
from generator.fingerprint import digest_bytes, fingerprint
from generator.inputs import Content, Files, Known, read_config, read_content, read_theme, read_vocabulary
from generator.keeping import read_kept, write_kept
from generator.model import Briefing, ContentPage
from generator.places import PACKAGE, Places, Stat
from generator.publish.archive import Archive, change_texts, make_archive
from generator.publish.manifest import Parts, fingerprint_pages
from generator.publish.page import Page
from generator.publish.pages import plan_site, plan_texts, plan_wholes
from generator.publish.search import Segment, make_segments, plan_search, plan_segments
from generator.publish.site import Site, make_site, plan_assets
from generator.publish.vicinity import find_beside, find_names, gather
from generator.theme import compile_templates, digest_theme, keep_theme, prepare_theme
from generator.vocabulary import Vocabulary

RECORDS_CACHE = "records"
SEARCH_CACHE = "segments"


@dataclass(slots=True)
class Memory:
    """What a process that builds again and again keeps of its last build: a preview would load it all anew after every save.

    `last` is what the build left in the cache.
    """

    last: Mapping[str, Any] = field(default_factory=dict)
    key: bytes = b""
    content: Content | None = None
    front: bytes = b""
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """What is known of the last build: `state` is what a scan has now found of the inputs, `front` the digest that its plan had.

    `front` is empty where the pages of that build do not stand any more; the plan cannot be partial then. `files` are those
    of which these pages were made. Files of the cache that cannot be used join `damaged`.
    """

    state: Mapping[str, Stat]
    front: bytes = b""
    files: Files = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    damaged: list[Path] = field(default_factory=list)

    def digest_of(self, path: str) -> bytes:
        """Return the digest of a file of which the last pages were made, nothing if there was none."""
        return self.files[path][1] if path in self.files else b""


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
    files: Files = field(default_factory=dict)
    is_partial: bool = False
    known: Known | None = None
    key: bytes = b""


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
    files = clock.run("theme", read_theme, places.templates)
    engine = clock.run("engine", _digest_engine)
    content, known = clock.run("parse", _read_content, places, vocabulary, problems, last=last, key=engine + vocabulary.digest)
    front = _digest_front(content, config, vocabulary, digest_theme(files), engine=engine, options=(drafts, search))
    edited = _find_edited(content, config, front, last)
    needs_all = edited is None or known.front != front or config.pages.downloads or (search and config.pages.search)
    near = None if needs_all or edited is None else gather(edited, known.beside)
    archive, found = clock.run(
        "index", _make_archive, content, known, vocabulary, config, drafts=drafts, front=front, last=last, near=near
    )
    problems += found
    failed = Plan(config.base_url.rstrip("/") + "/", () if last else (*content.briefings.values(), *content.pages))
    if any(problem.severity is Severity.ERROR for problem in found):
        return failed
    assets = plan_assets(files)
    site = make_site(config, assets=assets, pages=archive.pages, search=search and config.pages.search)
    folder, damaged = (places.cache, last.damaged) if last else (None, [])
    try:
        theme, compiled = clock.run(
            "templates", prepare_theme, files, base_url=site.base_url, engine=engine, cache=folder, damaged=damaged
        )
        has_search = site.families.search
        index = (
            clock.run("search", _plan_search, archive, site, cache=folder, damaged=damaged, jobs=jobs, engine=engine)
            if has_search
            else ()
        )
        wholes = (*plan_wholes(archive, site), *index)
        if edited is not None:
            ids = {PurePath(path).stem for path in edited}
            changed = [archive.by_id[name] for name in sorted(ids & archive.by_id.keys())]
            pages = (*clock.run("plan", lambda: tuple(plan_texts(changed, archive, site))), *wholes)
        else:
            pages = clock.run("plan", plan_site, archive, site, assets, wholes)
    except GeneratorError as failure:
        problems += failure.problems
        return failed
    clock.run("templates", compile_templates, theme, pages)
    if folder:
        keep_theme(theme, compiled, files, engine=engine, cache=folder)
    kept = _know_archive(content.known, archive, b"" if found else front) if last else known
    if last:
        last.memory.content = replace(content, known=kept)
    closures = {name: digest for name, (digest, _) in theme.closures.items()}
    manifest = clock.run("compare", fingerprint_pages, pages, engine=engine, closures=closures)
    return Plan(
        failed.base_url,
        failed.sources,
        briefings=len(known.beside) if near is not None else len(archive.cards),
        pages=pages,
        wholes=frozenset(page.url for page in wholes),
        manifest=manifest,
        environment=theme.environment,
        front=front,
        files=content.known.files,
        is_partial=edited is not None,
        known=kept if kept.records != known.records or kept.front != known.front else None,
        key=engine + vocabulary.digest,
    )


def _read_content(
    places: Places, vocabulary: Vocabulary, problems: list[Problem], *, last: Last | None, key: bytes
) -> tuple[Content, Known]:
    """Return what `content/` holds, and what the last build knew of it."""
    if last is None:
        return read_content(places, vocabulary, problems, state={}, known=Known()), Known()
    memory = last.memory
    known = Known()
    if memory.key == key and memory.content:
        known = memory.content.known
    else:
        memory.content = None
        kept = read_kept(places.cache / RECORDS_CACHE, last.damaged)
        if kept.get("key") == key:
            known = Known(last.files, kept["records"], kept["front"], kept["beside"], kept["names"])
    content = read_content(places, vocabulary, problems, state=last.state, known=known, last=memory.content)
    memory.key, memory.content = key, content
    return content, known


def _know_archive(known: Known, archive: Archive, front: bytes) -> Known:
    """Return what is known of the briefings together with what the next build may know of the archive that has this `front`."""
    return known if known.front == front else replace(known, front=front, beside=find_beside(archive), names=find_names(archive))


def keep_records(made: Plan, cache: Path) -> None:
    """Keep what the next build may know of the briefings, where that is more or other than the last build knew."""
    if made.known is not None:
        names = ("records", "front", "beside", "names")
        write_kept(cache / RECORDS_CACHE, {"key": made.key, **{name: getattr(made.known, name) for name in names}})


def _find_edited(content: Content, config: Config, front: bytes, last: Last | None) -> list[str] | None:
    """Return the paths of the briefings whose texts have changed, where nothing else has; None where all has to be planned."""
    has_whole_feeds = config.pages.feeds and config.feeds.content == "full"
    if last is None or not last.front or front != last.front or has_whole_feeds:
        return None
    return [path for path, (_, digest) in content.known.files.items() if digest != last.digest_of(path)]


def _make_archive(
    content: Content,
    known: Known,
    vocabulary: Vocabulary,
    config: Config,
    *,
    drafts: bool,
    front: bytes,
    last: Last | None,
    near: list[str] | None,
) -> tuple[Archive, list[Problem]]:
    """Return the archive, and what is wrong with it; where only texts have changed since the last one, that with these texts.

    Where briefings that are `near` to edited ones are enough, it is one of these.
    """
    memory = last.memory if last else Memory()
    if memory.archive is not None and memory.front == front:
        by_id = memory.archive.by_id
        changed = [
            item for item in content.briefings.values() if item.id in by_id and by_id[item.id].briefing.digest != item.digest
        ]
        memory.archive = change_texts(memory.archive, changed, content.texts)
        return memory.archive, []
    briefings = content.briefings.values() if near is None else [content.briefings[path] for path in near]
    archive, problems = make_archive(
        briefings,
        content.pages,
        vocabulary=vocabulary,
        config=config,
        drafts=drafts,
        texts=content.texts,
        names=known.names if near is not None else {},
    )
    if near is not None:
        return archive, problems
    memory.front, memory.archive = (front, archive) if not problems else (b"", None)
    return archive, problems


def _digest_front(
    content: Content, config: Config, vocabulary: Vocabulary, theme: bytes, *, engine: bytes, options: Sequence[Any]
) -> bytes:
    """Return the digest of all that a site is made of but the bodies of its briefings."""
    records = b"".join([front for front, _ in content.known.records.values()])
    pages = tuple(page.digest for page in content.pages)
    return digest_bytes(records + fingerprint((config, vocabulary.digest, pages, theme, engine, tuple(options))))


def _plan_search(
    archive: Archive, site: Site, *, cache: Path | None, damaged: list[Path], jobs: int, engine: bytes
) -> tuple[Page, ...]:
    """Return the pages of the search index; the words of a period whose briefings are as they were come from the cache."""
    plans = plan_segments(archive.articles)
    # A file for each period: in one they would all be written after every edit, of 10,000 briefings 19 MB.
    paths = [cache / SEARCH_CACHE / digest_bytes(engine + plan.digest).hex() for plan in plans] if cache else []
    segments: list[Segment | None] = [read_kept(path, damaged) or None for path in paths] or [None] * len(plans)
    new = [place for place, segment in enumerate(segments) if segment is None]
    for place, segment in zip(new, make_segments([plans[place] for place in new], jobs=jobs), strict=True):
        segments[place] = segment
        if cache:
            write_kept(paths[place], dict(segment))
    if cache:
        prune(cache / SEARCH_CACHE, {path.name for path in paths})
    return tuple(plan_search(archive, site, plans, [segment for segment in segments if segment is not None]))


@cache
def _digest_engine() -> bytes:
    """Return the digest of what shapes the bytes besides the inputs: this program's sources and its libraries' versions.

    A process that goes on runs the sources that it began with.
    """
    names = ("jinja2", "markdown", "markupsafe", "nh3", "pygments", "python-slugify", "resvg-py", "snowballstemmer")
    versions = " ".join(f"{name} {version(name)}" for name in names)
    sources = b"".join(read_file(PACKAGE / name) or b"" for name in walk(PACKAGE, ".py", ".toml", ".json"))
    return digest_bytes(versions.encode() + sources)
