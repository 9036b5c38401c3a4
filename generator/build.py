"""The shell of publishing: reads, runs the passes in order, collects all problems, times them, and writes the site or nothing."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from generator.cache import dump_cache, parse_cache
from generator.config import Config, check_base_url, parse_config
from generator.errors import ConfigError, GeneratorError, Location, OutputError, Problem, Severity, error
from generator.files import check_output, lock, publish, read_file, walk, write_file
from generator.fingerprint import digest_bytes
from generator.model import Briefing, ContentPage
from generator.places import PACKAGE, Places, read_theme, scan

Value = TypeVar("Value")

BUILD_CACHE = "build"
CACHE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may change about a build."""

    base_url: str = ""
    drafts: bool = False
    jobs: int = 0
    publish: bool = True

    @property
    def processes(self) -> int:
        """How many processes to use: as asked, else as many as this process may run on."""
        return self.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.jobs or os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did. `reasons` maps each page that was made to why; `timings` maps each pass to its seconds."""

    briefings: int = 0
    pages: int = 0
    written: int = 0
    problems: tuple[Problem, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    rendered: Mapping[str, bytes] = field(default_factory=dict)
    is_unchanged: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error stopped publication."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


Report = Callable[[str], None]


def _silent(_: str) -> None:
    """Report nothing."""


class _Clock:
    """Times the passes of a build."""

    def __init__(self, report: Report) -> None:
        self.timings: dict[str, float] = {}
        self.report = report

    def run(self, name: str, function: Callable[..., Value], *arguments: Any, **named: Any) -> Value:
        self.report(name)
        start = time.perf_counter()
        value = function(*arguments, **named)
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - start
        return value


def build(places: Places, options: Options, report: Report = _silent) -> Outcome:
    """Build the site of an archive; return what was done, with all problems of all files.

    The output holds the new site when the outcome has no error, and is untouched otherwise.

    Raises: ConfigError, VocabularyError, OutputError, OSError.
    """
    clock = _Clock(report)
    if not options.publish:
        return _build(places, options, clock, {})
    check_output(places.output)
    with lock(places.output):
        cached = _read_cache(places)
        key = _make_key(options)
        state = clock.run("scan", scan, places)
        if cached.get("key") == key and cached.get("scan") == state and _is_intact(places.output, cached["sizes"]):
            return Outcome(briefings=cached["briefings"], pages=len(cached["sizes"]), timings=clock.timings, is_unchanged=True)
        outcome = _build(places, options, clock, cached, state=state, key=key)
    return replace(outcome, timings=clock.timings)


def _make_key(options: Options) -> list[Any]:
    return [CACHE_VERSION, options.base_url, options.drafts, sys.version]


def _read_cache(places: Places) -> Mapping[str, Any]:
    raw = read_file(places.cache / BUILD_CACHE)
    return parse_cache(raw) or {} if raw else {}


def _is_intact(output: Path, sizes: Mapping[str, int]) -> bool:
    """Say whether every file that the last build wrote is still there in its size."""
    try:
        return all(os.stat(f"{output}/{path}").st_size == size for path, size in sizes.items())  # noqa: PTH116
    except OSError:
        return False


def _build(
    places: Places,
    options: Options,
    clock: _Clock,
    cached: Mapping[str, Any],
    *,
    state: Mapping[str, Any] | None = None,
    key: list[Any] | None = None,
) -> Outcome:
    from generator.publish.archive import make_archive
    from generator.publish.manifest import find_changes, fingerprint_pages
    from generator.publish.pages import plan_site
    from generator.publish.render import render_pages
    from generator.publish.site import make_site, plan_assets
    from generator.publish.templating import find_closures, make_environment
    from generator.publish.urls import output_path

    config = read_config(places, options.base_url)
    vocabulary = clock.run("vocabulary", read_vocabulary, places)
    theme = clock.run("theme", read_theme, places.templates)
    templates = {name: data.decode() for name, data in theme.items() if not name.startswith("assets/")}
    problems: list[Problem] = []
    briefings, contents = clock.run("parse", read_content, places, vocabulary, problems)
    archive, found = clock.run(
        "index", make_archive, briefings, contents, vocabulary=vocabulary, config=config, drafts=options.drafts
    )
    problems += found
    if any(problem.severity is Severity.ERROR for problem in found):
        return _fail(problems, clock)
    assets = plan_assets(theme)
    site = make_site(config, assets=assets, pages=archive.pages)
    environment = make_environment(templates, base_url=site.base_url)
    try:
        pages = clock.run("plan", plan_site, archive, site, assets)
        closures = find_closures(environment, templates)
    except GeneratorError as failure:
        return _fail(problems + list(failure.problems), clock)
    manifest = clock.run("compare", fingerprint_pages, pages, engine=_engine_digest(), closures=closures)
    old = cached.get("manifest", {}) if _is_intact(places.output, cached.get("sizes", {})) else {}
    changes = find_changes(old, manifest)
    stale = [page for page in pages if page.url in changes.stale]
    rendered, failures = clock.run("render", render_pages, stale, environment, jobs=options.processes)
    problems += failures
    outcome = Outcome(
        briefings=len(archive.cards),
        pages=len(pages),
        problems=tuple(sorted(problems, key=lambda problem: problem.sort_key)),
        reasons=changes.stale,
        timings=clock.timings,
        rendered=rendered,
    )
    if outcome.failed or not options.publish:
        return outcome
    written = {output_path(url): data for url, data in rendered.items()}
    kept = [output_path(url) for url in changes.fresh]
    count = clock.run("write", publish, places.output, written, kept)
    sizes = {path: cached["sizes"][path] for path in kept} | {path: len(data) for path, data in written.items()}
    values = {"key": key, "scan": state, "manifest": manifest, "sizes": sizes, "briefings": len(archive.cards)}
    write_file(places.cache / BUILD_CACHE, dump_cache(values))
    return replace(outcome, written=count)


def _fail(problems: Iterable[Problem], clock: _Clock) -> Outcome:
    return Outcome(problems=tuple(sorted(problems, key=lambda problem: problem.sort_key)), timings=clock.timings)


def read_config(places: Places, base_url: str = "") -> Config:
    """Return the archive's settings; `base_url` of the command line wins over that of the file.

    Raises: ConfigError.
    """
    path = places.content / "archive.toml"
    raw = read_file(path)
    config = parse_config(raw, places.shown(path)) if raw is not None else Config()
    if not base_url:
        return config

    def refuse(message: str, hint: str) -> None:
        raise ConfigError(error("invalid-setting", Location("--base-url"), message, hint))

    check_base_url(base_url, refuse)
    return replace(config, base_url=base_url)


def read_vocabulary(places: Places) -> Any:
    """Return the shipped vocabulary with the archive's overlays.

    Raises: VocabularyError.
    """
    from generator.vocabulary import load_vocabulary

    folder = places.content / "vocabulary"
    return load_vocabulary({name: read_file(folder / name) or b"" for name in walk(folder, ".toml")})


def read_content(places: Places, vocabulary: Any, problems: list[Problem]) -> tuple[list[Briefing], list[ContentPage]]:
    """Return all briefings and pages that can be read, and append the problems of the others."""
    from generator.content import KnownTerms, parse_briefing, parse_page

    known = KnownTerms(frozenset(vocabulary.countries), frozenset(vocabulary.sectors), frozenset(vocabulary.kinds))
    briefings = _read_each(places, "briefings", lambda raw, path: parse_briefing(raw, path, known), problems)
    return briefings, _read_each(places, "pages", parse_page, problems)


def _read_each(places: Places, name: str, parse: Callable[[bytes, str], Value], problems: list[Problem]) -> list[Value]:
    folder = places.content / name
    prefix = places.shown(folder)
    values = []
    for path in walk(folder, ".md"):
        try:
            values.append(parse(read_file(folder / path) or b"", f"{prefix}/{path}"))
        except GeneratorError as failure:
            problems.extend(failure.problems)
    return values


def _engine_digest() -> bytes:
    """Return the digest of what shapes the bytes besides the inputs: this program's sources and its libraries' versions."""
    from importlib.metadata import version

    names = ("jinja2", "markdown", "markupsafe", "nh3", "pygments", "python-slugify")
    versions = " ".join(f"{name} {version(name)}" for name in names)
    sources = b"".join(read_file(PACKAGE / name) or b"" for name in walk(PACKAGE, ".py", ".toml", ".json"))
    return digest_bytes(versions.encode() + sources)


def translate(problem: OSError, places: Places) -> OutputError:
    """Return a failure of the disk as a sentence; the old site stands."""
    path = str(problem.filename or places.output)
    return OutputError(
        error(
            "disk-refused",
            Location(path),
            f"{problem.strerror or problem}",
            "the old site is untouched; make room or rights, and build again",
        )
    )
