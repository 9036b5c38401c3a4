"""The shell of publishing: reads, runs the passes in order, collects all problems, times them, and writes the site or nothing."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.last_build import LastBuild, LastPages, forget_last_build, make_key, read_last_build, write_last_build
from generator.build.outcome import Options, Outcome
from generator.cache import dump_problems, load_problems
from generator.clock import Clock, Report, silent
from generator.errors import ContentError, Problem, Severity
from generator.files import lock, sweep
from generator.keeping import tell_damaged
from generator.outputs import check_output, find_rests, find_standing, tell_foreign
from generator.places import Places, Stat, rescan, scan

if TYPE_CHECKING:  # A build that finds nothing changed never imports them: that saves 0.2 of 0.3 s.
    from generator.build.exchange import Files, Stage
    from generator.build.pipeline import Plan
    from generator.build.recall import Memory, Recall
    from generator.publish.manifest import Changes, Fingerprinter
    from generator.publish.page import Page, Ready


# What the last site was made of. Most processes end with it, and need not take it apart: 60 ms after 10,000 briefings.
_left: list[object] = []

# The size of a file that was made, whether it differs from the old one, and the digests of what it shows, where none were known.
_Staged = tuple[int, bool, bytes | None]


def build(places: Places, options: Options, report: Report = silent, memory: "Memory | None" = None) -> Outcome:
    """Build the site of an archive; return what was done, with all problems of all files.

    The output holds the new site when the outcome has no error, and is untouched otherwise. `memory` is for a process that builds
    the same places again and again, and is kept from build to build.

    Raises: ConfigError, VocabularyError, OutputError, OSError.
    """
    clock = Clock(report)
    with _without_collector():
        outcome = _build(places, options, clock, memory) if options.publish else _render(places, options, clock)
    return outcome._replace(timings=clock.timings)


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


def collect_rest() -> int:
    """Collect what builds have left behind, and return how many objects that were: 0.3 s after some of 10,000 briefings.

    For a process that builds again and again, when nobody waits: else each build would keep half a megabyte.
    """
    gc.unfreeze()
    found = gc.collect()
    gc.freeze()
    return found


def _render(places: Places, options: Options, clock: Clock) -> Outcome:
    """Return the whole site in memory, without pictures; nothing is written."""
    from generator.build.pipeline import plan
    from generator.publish.render import render_pages

    problems: list[Problem] = []
    made = plan(places, problems, **options.shown, jobs=options.jobs, clock=clock)
    found = Outcome(problems=_sort(problems), sources=made.sources, base_url=made.base_url)
    if made.environment is None:
        return found
    shown = [page for page in made.pages if not page.url.endswith(".png")]
    rendered, failures = clock.run("render", render_pages, shown, made.environment, lambda _, data: data, jobs=options.jobs)
    return found._replace(
        briefings=made.briefings,
        drafts=made.drafts,
        pages=len(made.pages),
        problems=_sort(problems + failures),
        reasons=_find_all_new(made).stale,
        rendered=rendered,
    )


def _build(places: Places, options: Options, clock: Clock, memory: "Memory | None") -> Outcome:
    """Publish what has changed since the last build, and keep what the next one has to know."""
    check_output(places.output)
    with lock(places.output):
        if find_rests(places.output):
            from generator.build.exchange import heal

            heal(places.output)
        sweep(places.cache)
        damaged: list[Path] = []
        # Nobody but the preview writes into its folder, so that what it remembers need not be held against the disk.
        remembered = memory.build if memory else None
        last = remembered or read_last_build(places, damaged)
        state = clock.run("scan", _look, places, memory)
        is_intact = remembered is not None or clock.run("check", _is_intact, places.output, last.sizes)
        key = make_key(options.shown)
        if is_intact and last.key == key and last.state == state:
            problems = load_problems(last.problems)
            return Outcome(last.briefings, last.drafts, len(last.sizes), problems=problems, is_unchanged=True)
        from generator.build.ahead import convert_ahead
        from generator.build.recall import Memory, Recall
        from generator.config import Config

        is_kept = memory is not None
        memory = memory or Memory()
        memory.build = None  # Until this build has ended well.
        standing = find_standing(places.output, last.sizes, is_intact=is_intact)
        recall = Recall(last if is_intact else LastBuild(), state, memory, damaged, standing)
        before = recall.build.state if recall.build.key == key else {}
        with convert_ahead(places, state, before, base_url=options.base_url, jobs=options.jobs) as end_ahead:
            outcome, now, made = _publish(places, options, clock, recall=recall, end_ahead=end_ahead)
        _left[:] = () if is_kept else (made, memory)
        notices = [tell_damaged(places.shown(file)) for file in damaged]
        # Without a new one nothing was written.
        memory.build = now._replace(key=key, output=str(places.output)) if now else recall.build
        if now and (refused := clock.run("cache", _keep, places, made, memory.build, memory)):
            shown = places.shown(places.cache)
            notices.append(f"{shown} cannot be written ({refused}): the next build will make everything anew")
        if not options.base_url and outcome.base_url == Config().base_url:
            notices.append(f"base_url is not set: feeds, citations and the sitemap name {outcome.base_url}")
        said = "cannot be removed: it holds the rest of the old site, which no build needs"
        notices += [f"{places.shown(rest)} {said}" for rest in find_rests(places.output)]
        return outcome._replace(notices=(*outcome.notices, *notices))


def _look(places: Places, memory: "Memory | None") -> Mapping[str, Stat]:
    """Return what is known of every input; of 10,000 briefings a preview looks only at the one that was saved."""
    known = rescan(memory.build.state, memory.saved) if memory and memory.build and memory.saved else None
    return scan(places) if known is None else known


def _is_intact(output: Path, sizes: Mapping[str, int]) -> bool:
    """Say whether every file that the last build wrote is still there in its size."""
    try:
        return bool(sizes) and all(os.stat(f"{output}/{path}").st_size == size for path, size in sizes.items())  # noqa: PTH116
    except OSError:
        return False


def _publish(
    places: Places,
    options: Options,
    clock: Clock,
    *,
    recall: "Recall",
    end_ahead: "Callable[[], Ready]",
) -> "tuple[Outcome, LastBuild | None, Plan]":
    """Return what was done, what the next build has to know of it, and the plan; publish unless there is an error."""
    from generator.build.exchange import close_stage, exchange, open_stage
    from generator.build.pipeline import plan
    from generator.publish.render import render_pages
    from generator.publish.urls import output_path

    problems: list[Problem] = []
    made = plan(places, problems, **options.shown, recall=recall, jobs=options.jobs, clock=clock)
    found = Outcome(problems=_sort(problems), sources=made.sources, base_url=made.base_url)
    if made.environment is None:
        return found, None, made
    last = recall.build.pages()
    is_first = not last.manifest
    changes, manifest = (_find_all_new(made), {}) if is_first else clock.run("compare", _judge, made, last)
    stale = [page for page in made.pages if page.url in changes.stale]
    stage = open_stage(places.output)
    # With nothing to compare them with, digests can wait for the processes that render.
    write = partial(_stage, stage, output_path, fingerprinter=made.fingerprinter if is_first else None)
    try:
        written, failures = clock.run(
            "render", render_pages, stale, made.environment, write, jobs=options.jobs, end_ahead=end_ahead
        )
        problems += failures
        if is_first:
            manifest = {url: parts for url, (_, _, parts) in written.items() if parts}
        outcome = found._replace(
            briefings=made.briefings,
            drafts=made.drafts,
            pages=len(manifest),
            problems=_sort(problems),
            reasons=changes.stale,
        )
        if outcome.failed:
            return outcome, None, made
        files = _find_files(made, changes, written, recall)
        forget_last_build(places.cache)  # It describes another site than the one that stands from here on.
        how, foreign = clock.run("write", exchange, stage, files, in_place=options.in_place)
    finally:
        close_stage(stage)
    shown = LastPages(made.front, made.known.stamp, made.known.digests, manifest, sorted(made.wholes), changes.stale)
    notices = tuple(tell_foreign(places.shown(places.output), foreign))
    done = outcome._replace(written=len(files.changed), how=how, notices=notices)
    return done, _remember(outcome, recall, files.sizes, shown), made


def _remember(outcome: Outcome, recall: "Recall", sizes: Mapping[str, int], shown: LastPages) -> LastBuild:
    """Return what the next build has to know of this one."""
    return LastBuild(
        state=recall.state,
        sizes=sizes,
        briefings=outcome.briefings,
        drafts=outcome.drafts,
        problems=dump_problems(outcome.problems),
        pages=lambda: shown,
    )


def _stage(
    stage: "Stage", output_path: Callable[[str], str], page: "Page", data: bytes, *, fingerprinter: "Fingerprinter | None"
) -> _Staged:
    return (*stage.write(output_path(page.url), data), fingerprinter.fingerprint(page) if fingerprinter else None)


def _find_all_new(made: "Plan") -> "Changes":
    from generator.publish.manifest import Changes

    return Changes(dict.fromkeys([page.url for page in made.pages], "new"), frozenset(), frozenset())


def _judge(made: "Plan", last: LastPages) -> "tuple[Changes, Mapping[str, bytes]]":
    """Return what has to be done, and the manifest of the site that will stand then."""
    from generator.publish.manifest import compare_manifests

    planned = made.fingerprinter.fingerprint_all(made.pages)
    if not made.is_partial:
        return compare_manifests(last.manifest, planned), planned
    # Of a partial plan only what was planned is judged; all else of the last build stands.
    judged = {url: last.manifest[url] for url in (*planned, *last.wholes) if url in last.manifest}
    changes = compare_manifests(judged, planned)
    manifest = {url: parts for url, parts in {**last.manifest, **planned}.items() if url not in changes.gone}
    return changes, manifest


def _find_files(made: "Plan", changes: "Changes", written: Mapping[str, _Staged], recall: "Recall") -> "Files":
    """Return what becomes of each file that was `written`, or that builds wrote before."""
    from generator.build.exchange import Files
    from generator.publish.urls import output_path

    old = recall.build.sizes
    made_files = {output_path(url): (size, is_changed) for url, (size, is_changed, _) in written.items()}
    changed = frozenset([path for path, (_, is_changed) in made_files.items() if is_changed])
    gone = frozenset(map(output_path, changes.gone))
    # Of a partial plan all that was not judged stays, else what was judged fresh.
    stays = old.keys() - gone if made.is_partial else map(output_path, changes.fresh)
    sizes = {path: old[path] for path in stays} | {path: size for path, (size, _) in made_files.items()}
    return Files(sizes, changed, recall.standing)


def _keep(places: Places, made: "Plan", now: LastBuild, memory: "Memory") -> str:
    """Keep what the next build has to know; return why that was impossible. The site stands already, so it is no error."""
    from generator.build.recall import keep_records

    try:
        keep_records(made.known, made.key, places.cache, memory)
        write_last_build(now, places.cache)
    except OSError as problem:
        return problem.strerror or str(problem)
    return ""


def compare(places: Places, options: Options) -> "tuple[Mapping[str, str], Changes, Mapping[str, str]]":
    """Return why the last build made each of its pages, what the next build would do, and where its redirects lead.

    Nothing is rendered or written.

    Raises: ContentError with every error for which the next build would publish nothing, and what `build` raises.
    """
    from generator.build.pipeline import plan
    from generator.publish.manifest import compare_manifests
    from generator.publish.pages.system import find_redirects

    last = read_last_build(places, [])
    problems: list[Problem] = []
    made = plan(places, problems, **options.shown)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(*_sort(errors))
    old = last.pages().manifest if _is_intact(places.output, last.sizes) else {}
    planned = made.fingerprinter.fingerprint_all(made.pages)
    return last.pages().reasons, compare_manifests(old, planned), find_redirects(made.pages)


def _sort(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))
