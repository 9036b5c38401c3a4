"""The command line: arguments in, sentences and exit codes out. Problems go to standard output, progress to standard error."""

import argparse
import difflib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator import __version__
from generator.errors import Exit, GeneratorError, Problem, Severity
from generator.places import Places, find_places

DESCRIPTION = "Turn scraped articles into a tagged, citable archive of policy briefings, and the archive into a static site."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code of the process."""
    signal.signal(signal.SIGTERM, _terminate)
    options = _make_parser().parse_args(arguments)
    terminal = Terminal(quiet=options.quiet, verbose=options.verbose, color=not options.no_color)
    try:
        return int(options.run(options, terminal))
    except GeneratorError as failure:
        terminal.show(failure.problems)
        return int(failure.exit)
    except BrokenPipeError:
        # The reader of our output has gone (`bilateral check | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.CLEAN)
    except OSError as failure:
        from generator.build import translate

        terminal.show(translate(failure, _places(options)).problems)
        return int(Exit.INPUT_OUTPUT)
    except KeyboardInterrupt:
        terminal.say("interrupted; the old site stands")
        return int(Exit.INTERRUPTED)


def _terminate(*_: object) -> None:
    raise SystemExit(int(Exit.TERMINATED))


class Terminal:
    """Where sentences go: plain lines, or colours and a moving line of progress where a person is watching."""

    def __init__(self, *, quiet: bool, verbose: bool, color: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        is_plain = not color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.is_colored = not is_plain and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR")))
        self.has_progress = not is_plain and not quiet and sys.stderr.isatty() and not os.environ.get("CI")

    def show(self, problems: Sequence[Problem]) -> None:
        """Print problems, one a line, in the order of their places."""
        for problem in problems:
            if self.quiet and problem.severity is Severity.WARNING:
                continue
            print(self._paint(problem))

    def _paint(self, problem: Problem) -> str:
        line = _printable(str(problem))
        if not self.is_colored:
            return line if problem.severity is Severity.ERROR else f"{line} (warning)"
        place, _, rest = line.partition(": ")
        color = "31" if problem.severity is Severity.ERROR else "33"
        return f"\033[1m{place}\033[0m: \033[{color}m{rest}\033[0m"

    def say(self, line: str) -> None:
        """Print a line for the person who waits, unless asked to be quiet."""
        if not self.quiet:
            print(_printable(line), file=sys.stderr)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Give a function that shows which pass is running: a moving line on a terminal, plain lines with `-v`, else nothing."""
        if not self.has_progress:
            yield (lambda step: self.say(f"  {step}")) if self.verbose else (lambda _: None)
            return
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield status.update


def _printable(line: str) -> str:
    """Return a line without control characters: a title must not move the cursor or paint the terminal."""
    return "".join(char if char.isprintable() or char == "\t" else "�" for char in line)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _count_problems(problems: Sequence[Problem]) -> Iterator[str]:
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        number = sum(problem.severity is severity for problem in problems)
        if number:
            yield _count(number, word)


def _places(options: argparse.Namespace, *, must_exist: bool = True) -> Places:
    return find_places(
        Path(options.directory or "."),
        content=options.content,
        seeds=options.seeds,
        templates=options.templates,
        output=getattr(options, "output", None),
        cache=options.cache,
        must_exist=must_exist,
    )


def _run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    from generator.build import Options, build
    from generator.intake import as_warnings, ingest

    start = time.perf_counter()
    places = _places(options)
    problems: list[Problem] = []
    wanted = Options(base_url=options.base_url or "", drafts=options.drafts, jobs=options.jobs)
    with terminal.progress() as report:
        if not options.no_ingest:
            report("ingest")
            problems += as_warnings(ingest(places, jobs=wanted.processes).problems)
        outcome = build(places, wanted, report)
    problems += outcome.problems
    terminal.show(problems)
    if options.timings:
        for name, seconds in outcome.timings.items():
            print(f"{name:<12} {seconds:8.3f} s")
    seconds = time.perf_counter() - start
    parts = [_count(outcome.briefings, "briefing"), _count(outcome.pages, "page"), f"{seconds:.1f} s", *_count_problems(problems)]
    if outcome.is_unchanged:
        parts.insert(2, "nothing changed")
    terminal.say(", ".join(parts))
    if outcome.failed:
        terminal.say(f"nothing was published: {places.shown(places.output)} is as it was")
    return int(Exit.FINDINGS if outcome.failed else Exit.CLEAN)


def _run_ingest(options: argparse.Namespace, terminal: Terminal) -> int:
    from generator.build import Options
    from generator.intake import documents, ingest

    start = time.perf_counter()
    jobs = Options(jobs=options.jobs).processes
    if options.format == "jsonl":
        places = _places(options, must_exist=not options.paths)
        refused = False
        for found in documents(places, options.paths, jobs):
            refused = refused or found["status"] != "ok"
            print(json.dumps(found, ensure_ascii=False))
        return int(Exit.FINDINGS if refused else Exit.CLEAN)
    places = _places(options)
    result = ingest(places, paths=options.paths, dry_run=options.dry_run, jobs=jobs)
    if options.dry_run:
        for writing in result.writings:
            sys.stdout.writelines(_diff(f"{places.shown(places.content)}/{writing.path}", writing.before, writing.after))
    terminal.show(result.problems)
    would = "would be written" if options.dry_run else "written"
    seconds = time.perf_counter() - start
    parts = [_count(result.seeds, "seed"), f"{_count(result.briefings, 'briefing')} {would}", f"{seconds:.1f} s"]
    terminal.say(", ".join([*parts, *_count_problems(result.problems)]))
    is_stale = options.exit_code and result.writings
    has_errors = any(problem.severity is Severity.ERROR for problem in result.problems)
    return int(Exit.FINDINGS if is_stale or has_errors else Exit.CLEAN)


def _diff(name: str, before: bytes | None, after: bytes) -> Iterator[str]:
    old, new = ((text or b"").decode("utf-8", "replace").splitlines(keepends=True) for text in (before, after))
    yield from difflib.unified_diff(old, new, f"a/{name}" if before is not None else "/dev/null", f"b/{name}")


def _run_version(_: argparse.Namespace, __: Terminal) -> int:
    print(f"bilateral {__version__}")
    return int(Exit.CLEAN)


def _make_parser() -> argparse.ArgumentParser:
    common = _make_common(is_root=False)
    parser = argparse.ArgumentParser(prog="bilateral", description=DESCRIPTION, parents=[_make_common(is_root=True)])
    parser.add_argument("--version", action="version", version=f"bilateral {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[argparse.Namespace, Terminal], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", parents=[common])
        command.set_defaults(run=run)
        return command

    intake = add("ingest", _run_ingest, "turn new seeds into briefings")
    intake.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: all seeds)")
    intake.add_argument("--dry-run", action="store_true", help="write nothing; show what would be written")
    intake.add_argument("--format", choices=("diff", "jsonl"), default="diff", help="jsonl: one object for every document read")
    intake.add_argument("--exit-code", action="store_true", help="exit with 1 when something is, or would be, written")
    intake.add_argument("--jobs", type=int, default=0, metavar="N", help="number of processes (default: all cores)")
    build = add("build", _run_build, "ingest new seeds and build the site")
    _add_build_options(build)
    build.add_argument("--timings", action="store_true", help="print the seconds of each pass")
    add("version", _run_version, "print the version")
    return parser


def _add_build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="FOLDER", help="where the site is written (default: site)")
    command.add_argument("-b", "--base-url", metavar="URL", help="where the site will stand, instead of base_url in archive.toml")
    command.add_argument("--drafts", action="store_true", help="show drafts too")
    command.add_argument("--no-ingest", action="store_true", help="leave the seeds alone")
    command.add_argument("--jobs", type=int, default=0, metavar="N", help="number of processes (default: all cores)")


def _make_common(*, is_root: bool) -> argparse.ArgumentParser:
    """Return the options that work before and after the command.

    Only those before it set defaults, or the ones behind it would undo them.
    """
    default = None if is_root else argparse.SUPPRESS
    flag = False if is_root else argparse.SUPPRESS
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("everywhere")
    group.add_argument("-C", "--directory", metavar="FOLDER", default=default, help="the archive (default: this folder)")
    group.add_argument("-q", "--quiet", action="store_true", default=flag, help="print errors only")
    group.add_argument("-v", "--verbose", action="store_true", default=flag, help="print each step")
    group.add_argument("--no-color", action="store_true", default=flag, help="print without colours and progress bars")
    for name in ("content", "seeds", "templates", "cache"):
        group.add_argument(f"--{name}", metavar="FOLDER", default=default, help=f"another place for {name}")
    return common
