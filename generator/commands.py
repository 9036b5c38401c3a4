"""What each command does: calls the passes, prints what they found, and returns the exit code."""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.clock import silent
from generator.errors import ConfigError, Exit, Location, Problem, Severity, error
from generator.files import read_file
from generator.keeping import claim_cache, remove_cache
from generator.places import Places, find_places
from generator.terminal import Terminal, count, count_problems

if TYPE_CHECKING:  # Each command imports what it runs, so that `bilateral version` does not load a web server.
    from generator.build.outcome import Options, Outcome
    from generator.build.recall import Memory
    from generator.intake import Intake


def places_of(options: argparse.Namespace, *, must_exist: bool = True) -> Places:
    """Return the places that the command line names.

    Raises: ConfigError.
    """
    return find_places(
        Path(options.directory or "."),
        content=options.content,
        seeds=options.seeds,
        templates=options.templates,
        output=getattr(options, "output", None),
        cache=options.cache,
        must_exist=must_exist,
    )


def options_of(options: argparse.Namespace, **changes: Any) -> "Options":
    """Return what the command line wants of a build."""
    from generator.build.outcome import Options
    from generator.workers import count_processes

    return Options(
        **{
            "base_url": options.base_url or "",
            "drafts": options.drafts,
            "search": not options.no_search,
            "jobs": count_processes(options.jobs),
            **changes,
        }
    )


def publish_archive(
    places: Places,
    wanted: "Options",
    *,
    ingest_from: Places | None,
    report: Callable[[str], None] = silent,
    terminal: Terminal,
    memory: "Memory | None" = None,
) -> "Outcome":
    """Ingest the new seeds of `ingest_from`, if there is any, and build; return what was done with the problems of both."""
    from generator.build import build

    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    if ingest_from is not None:
        from generator.intake import as_warnings, ingest

        report("ingest")
        taken = ingest(ingest_from, jobs=wanted.jobs)
        problems, notices = as_warnings(taken.problems), taken.notices
        _tell_written(taken, ingest_from, terminal)
    outcome = build(places, wanted, report, memory)
    told = {problem._replace(severity=Severity.WARNING) for problem in outcome.problems}
    problems = tuple(problem for problem in problems if problem not in told)
    return outcome._replace(problems=(*problems, *outcome.problems), notices=(*notices, *outcome.notices))


def summarise(outcome: "Outcome", start: float, terminal: Terminal, *, drafts: bool) -> None:
    """Say in a line what a build did, and since `start` in how many seconds; with `drafts`, it showed these too."""
    seconds = f"{time.perf_counter() - start:.1f} s"
    done = (
        [f"{count(outcome.written, 'file')} written" + (" in place" if outcome.written and outcome.how == "in place" else "")]
        if outcome.how
        else []
    )
    made = [count(outcome.briefings, "briefing"), count(outcome.pages, "page")]
    # What no list has a place for is left out among drafts, too.
    without = ' without a date left out, which "bilateral check --drafts" names' if drafts else " left out"
    left_out = [f"{count(outcome.drafts, 'draft')}{without}"] if outcome.drafts else []
    # After an error there is no site of which to count anything, but for a check, which has it in memory.
    unchanged = ["nothing changed"] if outcome.is_unchanged else []
    parts = [*([*made, *left_out] if outcome.rendered or not outcome.failed else ()), *unchanged, *done, seconds]
    _tell_notices(outcome.notices, terminal)
    terminal.say(", ".join([*parts, *count_problems(outcome.problems)]))


def _tell_notices(notices: Iterable[str], terminal: Terminal) -> None:
    for notice in notices:
        terminal.say(f"notice: {notice}")


def run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Ingest new seeds and build the site."""
    start = time.perf_counter()
    places = places_of(options)
    claim_cache(places.cache)
    with terminal.progress() as report:
        source = None if options.no_ingest else places
        outcome = publish_archive(places, options_of(options), ingest_from=source, report=report, terminal=terminal)
    terminal.show(outcome.problems)
    if options.timings:
        for name, seconds in outcome.timings.items():
            terminal.dump(f"{name:<12} {seconds:8.3f} s")
    summarise(outcome, start, terminal, drafts=options.drafts)
    if outcome.failed:
        stands = f": {places.shown(places.output)} is as it was" if places.output.exists() else ""
        terminal.say(f"nothing was published{stands}")
    return int(Exit.FINDINGS if outcome.failed else Exit.CLEAN)


def run_check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print all problems of the content and of the site as it would be built; write nothing."""
    from msgspec.structs import replace

    from generator.build import build
    from generator.build.inputs import read_ledger, read_texts
    from generator.check import check_site
    from generator.check.formats import REPORTS
    from generator.check.site import Ledger, read_site
    from generator.check.sitemap import read_sitemap

    start = time.perf_counter()
    places = places_of(options)
    published = read_sitemap(options.published, partial(_read_named, places)) if options.published else None
    with terminal.progress() as report:
        outcome = build(places, options_of(options, publish=False), report)
        report("check")
        seeds, moved, broken = read_ledger(places)
        site = read_site(
            outcome.rendered,
            base_url=outcome.base_url,
            planned=outcome.reasons,
            sources=outcome.sources,
            texts=read_texts(places),
            ledger=Ledger(seeds, moved),
            content=places.shown(places.content),
            latest=datetime.now().astimezone().date() + timedelta(days=1),  # Somewhere it is tomorrow already.
        )
        found = check_site(replace(site, published=published, drafts=options.drafts), (*outcome.problems, *broken))
        outcome = outcome._replace(problems=tuple(found))
    if options.format == "concise":
        terminal.show(outcome.problems)
    else:
        base = os.environ.get("GITHUB_WORKSPACE", "") if options.format == "github" else ""
        told = outcome.problems if options.format == "json" else terminal.locate(outcome.problems, base)
        terminal.dump(REPORTS[options.format](told))
    summarise(outcome, start, terminal, drafts=options.drafts)
    return int(Exit.FINDINGS if outcome.failed else Exit.CLEAN)


def _read_named(places: Places, name: str) -> bytes | None:
    """Return the bytes of a file that the command line names, or None where there is none."""
    file = places.root / name
    return None if file.is_dir() else read_file(file)


def run_ingest(options: argparse.Namespace, terminal: Terminal) -> int:
    """Turn new seeds into briefings, or say what that would write."""
    from generator.intake import ingest
    from generator.workers import count_processes

    start = time.perf_counter()
    jobs = count_processes(options.jobs)
    if options.format == "jsonl":
        return _print_documents(options, terminal, jobs)
    places = places_of(options)
    if not options.dry_run:
        claim_cache(places.cache)
    result = ingest(places, paths=options.paths, dry_run=options.dry_run, allow_deletions=options.allow_deletions, jobs=jobs)
    for writing in result.writings if options.dry_run else ():
        terminal.dump(
            "".join(_diff(f"{places.shown(places.content)}/{writing.path}", writing.before, writing.after)).rstrip("\n")
        )
    if not options.dry_run:
        _tell_written(result, places, terminal)
    terminal.show(result.problems)
    _tell_notices(result.notices, terminal)
    would = "would be written" if options.dry_run else "written"
    seconds = time.perf_counter() - start
    repeated = f" ({result.repeated:,} of them twice)" if result.repeated else ""
    parts = [count(result.seeds, "seed") + repeated, f"{count(result.briefings, 'briefing')} {would}", f"{seconds:.1f} s"]
    terminal.say(", ".join([*parts, *count_problems(result.problems)]))
    is_stale = options.exit_code and result.paths
    has_errors = any(problem.severity is Severity.ERROR for problem in result.problems)
    return int(Exit.FINDINGS if is_stale or has_errors else Exit.CLEAN)


def _check_useful(options: argparse.Namespace) -> None:
    """Raise ConfigError for what `ingest` is asked in vain beside documents, which are printed and change nothing."""
    useless = {"--allow-deletions": options.allow_deletions, "--exit-code": options.exit_code}
    said = [(f"--format jsonl has no use for {name}", f"leave out {name}") for name, is_set in useless.items() if is_set]
    if not options.dry_run:
        hint = "add --dry-run to print them, or leave --format out to write briefings"
        said.append(("--format jsonl prints documents and writes nothing", hint))
    if said:
        raise ConfigError(*[error("vain-option", Location("ingest"), *words) for words in said])


def _print_documents(options: argparse.Namespace, terminal: Terminal, jobs: int) -> int:
    """Print what is read in each document, as an object of JSON on a line of its own."""
    import json

    from generator.intake import documents

    _check_useful(options)
    places = places_of(options, must_exist=not options.paths)
    refused = False
    for found in documents(places, options.paths, jobs):
        refused = refused or found["status"] != "ok"
        terminal.dump(json.dumps(found, ensure_ascii=False))
        if terminal.is_cut:
            break
    return int(Exit.FINDINGS if refused else Exit.CLEAN)


def _tell_written(result: "Intake", places: Places, terminal: Terminal) -> None:
    """Say which briefings were written, since an editor has to read them next."""
    for path in result.paths:
        if path.endswith(".md"):
            terminal.say(f"wrote {places.shown(places.content)}/{path}")


def _diff(name: str, before: bytes | None, after: bytes) -> Iterator[str]:
    from difflib import unified_diff

    old, new = ((text or b"").decode("utf-8", "replace").splitlines(keepends=True) for text in (before, after))
    yield from unified_diff(old, new, f"a/{name}" if before is not None else "/dev/null", f"b/{name}")


def run_new(options: argparse.Namespace, terminal: Terminal) -> int:
    """Begin a briefing without a seed, and print its file."""
    from generator.content.drafts import write_draft

    places = places_of(options)
    day = options.date or datetime.now().astimezone().date()
    terminal.tell(places.shown(write_draft(places, " ".join(options.title), day)))
    terminal.say("it is a draft: build and serve show it with --drafts only")
    return int(Exit.CLEAN)


def run_retag(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show as a diff what today's vocabulary would change in the terms of briefings, and change it when asked to."""
    from generator.intake.editing import retag

    if bool(options.files) == options.all:
        hint = "name the files of some briefings, or say --all"
        raise ConfigError(error("no-choice", Location("retag"), "it is not clear which briefings are meant", hint))
    places = places_of(options)
    result = retag(places, options.files, drop=options.drop, write=options.write)
    for item in result.found:
        for key, terms in item.kept:
            terminal.say(f"{item.path}: keeps {key} {', '.join(terms)}, which would not be proposed")
        if item.before != item.after:
            terminal.dump("".join(_diff(item.path, item.before, item.after)).rstrip("\n"))
    terminal.show(result.problems)
    kept = sum(len(terms) for item in result.found for _, terms in item.kept)
    parts = [count(result.briefings, "briefing"), f"{result.changed:,} {'changed' if options.write else 'would change'}"]
    if kept:
        parts.append(f"{count(kept, 'term')} kept that would not be proposed (--drop takes out what is not confirmed)")
    terminal.say(", ".join([*parts, *count_problems(result.problems)]))
    is_stale = options.exit_code and result.changed
    return int(Exit.FINDINGS if is_stale or result.problems else Exit.CLEAN)


def run_clean(options: argparse.Namespace, terminal: Terminal) -> int:
    """Remove the site and the cache, which the next build makes again."""
    from generator.build.exchange import remove_output

    places = places_of(options)
    shown = places.shown(places.output)
    foreign = remove_output(places.output)
    if foreign is not None:
        terminal.say(f"removed what builds wrote in {shown}; {', '.join(foreign)} stays there" if foreign else f"removed {shown}")
    if remove_cache(places.cache):
        terminal.say(f"removed {places.shown(places.cache)}")
    return int(Exit.CLEAN)


def run_version(_: argparse.Namespace, terminal: Terminal) -> int:
    """Print the version."""
    terminal.tell(f"bilateral {__version__}")
    return int(Exit.CLEAN)
