"""The shell of publishing: reads, runs the passes in order, collects all problems, times them, and writes the site or nothing."""

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cache import dump_problems, load_problems
from generator.clock import Clock, Report, silent
from generator.errors import ContentError, Location, OutputError, Problem, Severity, error
from generator.files import check_output, lock, stage_of, sweep
from generator.keeping import drop_kept, read_kept, write_kept
from generator.outcome import Options, Outcome
from generator.places import Places, Stat, scan

if TYPE_CHECKING:  # A build that finds nothing changed never imports it.
    from generator.pipeline import Memory, Plan
    from generator.publish.manifest import Changes, Parts

BUILD_CACHE = "build"
CACHE_VERSION = 3


def build(places: Places, options: Options, report: Report = silent, memory: "Memory | None" = None) -> Outcome:
    """Build the site of an archive; return what was done, with all problems of all files.

    The output holds the new site when the outcome has no error, and is untouched otherwise. `memory` is for a process that builds
    the same places again and again, and is kept from build to build.

    Raises: ConfigError, VocabularyError, OutputError, OSError.
    """
    clock = Clock(report)
    if not options.publish:
        with _without_collector():
            return replace(_render(places, options, clock), timings=clock.timings)
    check_output(places.output)
    with lock(places.output), _without_collector():
        if stage_of(places.output).exists():
            from generator.exchange import heal

            heal(places.output)
        sweep(places.cache)
        damaged: list[Path] = []
        # Nobody but the preview writes into its folder, so that what it remembers need not be held against the disk.
        remembered = memory.last if memory else {}
        last = remembered or _read_cache(places, damaged)
        state = clock.run("scan", scan, places)
        is_intact = bool(remembered) or clock.run("check", _is_intact, places.output, last.get("sizes", {}))
        key = _make_key(options)
        if is_intact and last.get("key") == key and last["scan"] == state:
            return Outcome(
                briefings=last["briefings"],
                pages=len(last["sizes"]),
                problems=load_problems(last["problems"]),
                timings=clock.timings,
                is_unchanged=True,
            )
        refused = ""
        if memory:
            memory.last = {}  # Until this build has ended well.
        outcome, values, made = _publish(
            places, options, clock, state=state, last=last if is_intact else {}, memory=memory, damaged=damaged
        )
        if values:
            told = {"output": str(places.output), "problems": dump_problems(outcome.problems)}
            values |= {"key": key, "scan": state, **told}
        if memory:
            memory.last = values or last  # Without values nothing was written.
        if values:
            refused = clock.run("cache", _keep, places, made, values)
    notices = [f"{places.shown(file)} is damaged or of another version: what it held is made anew" for file in damaged]
    if refused:
        notices.append(f"{places.shown(places.cache)} cannot be written ({refused}): the next build will make everything anew")
    return replace(outcome, timings=clock.timings, notices=tuple(notices))


def _keep(places: Places, made: "Plan", values: dict[str, Any]) -> str:
    """Keep what the next build has to know; return why that was impossible. The site stands already, so it is no error."""
    from generator.pipeline import keep_records

    try:
        keep_records(made, places.cache)
        write_kept(places.cache / BUILD_CACHE, values)
    except OSError as problem:
        return problem.strerror or str(problem)
    return ""


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let nobody look for cycles meanwhile: a build makes millions of values and no cycle, and looking took a third of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # What was made stays out of the next search, which would begin at once.
        if was_enabled:
            gc.enable()


def _make_key(options: Options) -> list[Any]:
    return [CACHE_VERSION, dict(options.shown), sys.version]


def _read_cache(places: Places, damaged: list[Path]) -> Mapping[str, Any]:
    """Return what the last build of this output left behind, nothing if there is nothing of use."""
    last = read_kept(places.cache / BUILD_CACHE, damaged)
    # One cache may serve several outputs, and knows only the last of them.
    return last if last.get("output") == str(places.output) else {}


def _is_intact(output: Path, sizes: Mapping[str, int]) -> bool:
    """Say whether every file that the last build wrote is still there in its size."""
    try:
        return bool(sizes) and all(os.stat(f"{output}/{path}").st_size == size for path, size in sizes.items())  # noqa: PTH116
    except OSError:
        return False


def _render(places: Places, options: Options, clock: Clock) -> Outcome:
    """Return the whole site in memory, without pictures; nothing is written."""
    from generator.pipeline import plan
    from generator.publish.render import render_pages

    problems: list[Problem] = []
    made = plan(places, problems, **options.shown, jobs=options.processes, clock=clock)
    found = Outcome(problems=_sort(problems), sources=made.sources, base_url=made.base_url)
    if made.environment is None:
        return found
    shown = [page for page in made.pages if not page.url.endswith(".png")]
    rendered, failures = clock.run("render", render_pages, shown, made.environment, lambda _, data: data, jobs=options.processes)
    return replace(
        found,
        briefings=made.briefings,
        pages=len(made.pages),
        problems=_sort(problems + failures),
        reasons=dict.fromkeys(made.manifest, "new"),
        rendered=rendered,
    )


def _publish(
    places: Places,
    options: Options,
    clock: Clock,
    *,
    state: Mapping[str, Stat],
    last: Mapping[str, Any],
    memory: "Memory | None",
    damaged: list[Path],
) -> tuple[Outcome, dict[str, Any], "Plan"]:
    """Return what was done, what the next build has to know, and the plan; publish unless there is an error.

    `last` is what the last build left behind, and nothing when its site does not stand any more. Files of the cache that cannot
    be used join `damaged`.
    """
    # Imported here, since a build that finds nothing changed needs none of it: that saves 0.2 of 0.3 s.
    from generator.exchange import close_stage, exchange, open_stage
    from generator.pipeline import Last, Memory, plan
    from generator.publish.manifest import find_changes
    from generator.publish.render import render_pages
    from generator.publish.urls import output_path

    problems: list[Problem] = []
    made = plan(
        places,
        problems,
        **options.shown,
        last=Last(state, last.get("front", b""), last.get("files", {}), memory or Memory(), damaged),
        jobs=options.processes,
        clock=clock,
    )
    found = Outcome(problems=_sort(problems), sources=made.sources, base_url=made.base_url)
    if made.environment is None:
        return found, {}, made
    old: Mapping[str, Parts] = last.get("manifest", {})
    # Of a partial plan only what was planned is judged; all else of the last build stands.
    judged = {url: old[url] for url in (*made.manifest, *last["wholes"]) if url in old} if made.is_partial else old
    changes = find_changes(judged, made.manifest)
    manifest = {
        url: parts for url, parts in {**(old if made.is_partial else {}), **made.manifest}.items() if url not in changes.gone
    }
    stale = [page for page in made.pages if page.url in changes.stale]
    stage = open_stage(places.output)
    try:
        written, failures = clock.run(
            "render",
            render_pages,
            stale,
            made.environment,
            lambda url, data: stage.write(output_path(url), data),
            jobs=options.processes,
        )
        outcome = replace(
            found,
            briefings=made.briefings,
            pages=len(manifest),
            problems=_sort(problems + failures),
            reasons=changes.stale,
        )
        if outcome.failed:
            return outcome, {}, made
        changed = [output_path(url) for url, (_, is_changed) in written.items() if is_changed]
        gone = [output_path(url) for url in changes.gone]
        # Of a partial plan all that was not judged stays, else what was judged fresh.
        stays = last["sizes"].keys() - gone if made.is_partial else [output_path(url) for url in changes.fresh]
        sizes = {path: last["sizes"][path] for path in stays} | {output_path(url): size for url, (size, _) in written.items()}
        kept = sizes.keys() - changed
        # From here on it describes another site than the one that stands: a kill before the new one is written costs time only.
        drop_kept(places.cache / BUILD_CACHE)
        how = clock.run("write", exchange, stage, changed=changed, kept=kept, gone=gone, in_place=options.in_place)
    finally:
        close_stage(stage)
    values = {
        "manifest": manifest,
        "wholes": sorted(made.wholes),
        "front": made.front,
        "files": made.files,
        "sizes": sizes,
        "briefings": made.briefings,
        "reasons": changes.stale,
    }
    return replace(outcome, written=len(changed), how=how), values, made


def compare(places: Places, options: Options) -> "tuple[Mapping[str, str], Changes]":
    """Return why the last build made each of its pages, and what the next build would do; renders and writes nothing.

    Raises: ContentError with every error for which the next build would publish nothing, and what `build` raises.
    """
    from generator.pipeline import plan
    from generator.publish.manifest import find_changes

    last = _read_cache(places, [])
    problems: list[Problem] = []
    made = plan(places, problems, **options.shown)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(*_sort(errors))
    old = last["manifest"] if _is_intact(places.output, last.get("sizes", {})) else {}
    return last.get("reasons", {}), find_changes(old, made.manifest)


def _sort(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


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
