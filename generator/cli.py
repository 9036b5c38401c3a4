"""The command line: its commands and options, and what becomes of a failure."""

import argparse
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NoReturn

from generator import __version__, commands, explaining, previewing
from generator.errors import Exit, GeneratorError, OutputError, did_you_mean, show_name
from generator.terminal import Terminal, open_streams

DESCRIPTION = "Turn scraped articles into a tagged, citable archive of policy briefings, and the archive into a static site."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code of the process."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # As `nohup` lets it be.
            signal.signal(number, _terminate)
    options, unknown = _make_parser().parse_known_args(arguments)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    folder = options.directory or "."
    terminal = Terminal(quiet=options.quiet, verbose=options.verbose, color=not options.no_color, folder=folder)
    try:
        return _run(options, terminal)
    except GeneratorError as failure:
        try:
            terminal.show(failure.problems)
        except OutputError:
            terminal.show(failure.problems)  # Now on standard error.
            return int(Exit.INPUT_OUTPUT)
        return int(failure.exit)
    except KeyboardInterrupt:
        # Python takes an interruption within an `eval` of text, by which named tuples are made, for one that nobody handles: it
        # would end with the signal instead of our code. The next `exec` makes it forget that.
        exec("")  # noqa: S102
        stands = "; the old site stands" if options.run is commands.run_build else ""
        terminal.say("the preview has ended" if options.run is previewing.run_serve else f"interrupted{stands}")
        return int(Exit.INTERRUPTED)
    except Exception:  # noqa: BLE001  # The last border: whatever comes here is a bug, and keeps its traceback.
        import traceback  # 7 ms, for what never happens.

        traceback.print_exc()
        terminal.say("this is a bug in bilateral; please report it with the lines above")
        return int(Exit.BUG)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Run one command and return its exit code.

    Raises: GeneratorError, also for what the system refuses.
    """
    try:
        return int(options.run(options, terminal))
    except OSError as failure:
        from generator.refusals import translate

        is_build = options.run in (commands.run_build, previewing.run_serve)
        raise translate(failure, commands.places_of(options, must_exist=False), is_build=is_build) from failure


def run() -> NoReturn:
    """Run the command of this process and end it, without taking apart what is left: after 10,000 briefings that takes 0.1 s."""
    try:
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # Until here, `__main__` had another one.
        open_streams()
        code = main()
    except KeyboardInterrupt:
        code = int(Exit.INTERRUPTED)
    with suppress(OSError):
        sys.stderr.flush()
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


def _terminate(number: int, _: object) -> None:
    raise SystemExit(int(Exit.TERMINATED if number == signal.SIGTERM else Exit.HUNG_UP))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one sentence, instead of below a block of all that could be written."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)  # `--draft` would be taken for `--drafts`, until there is `--drafting`.

    def error(self, message: str) -> NoReturn:
        choice = re.fullmatch(r"argument (.+): invalid choice: '(.*?)' \(choose from (.+)\)", message, re.DOTALL)
        unknown = re.match(r"unrecognized arguments: (\S+)", message)
        if choice:
            known = [word.strip(" '") for word in choice[3].split(",")]
            hint = did_you_mean(choice[2], known) or f"there are {', '.join(known)}"
            message = f'argument {choice[1]}: there is no "{choice[2]}" ({hint})'
        elif unknown and (hint := did_you_mean(unknown[1], self._option_string_actions)):
            message = f"{message} ({hint})"
        self.exit(int(Exit.USAGE), f"{self.prog}: {message}; {self.prog} --help lists what there is\n")


Run = Callable[[argparse.Namespace, Terminal], int]
Add = Callable[[str, Run | None, str], argparse.ArgumentParser]


def _parse_text(text: str) -> str:
    """Return words, which the system hands over as bytes of any kind."""
    if (shown := show_name(text)) != text:
        raise argparse.ArgumentTypeError(f'"{shown}" is not UTF-8')
    return text


def _parse_file(text: str) -> str:
    """Return the name of a file, which a variable that is not set has none of."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty: name a file")
    return _parse_text(text)


def _parse_jobs(text: str) -> int:
    """Return a number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of processes: write 1 or more")
    return int(text)


def _parse_port(text: str) -> int:
    """Return the number of a port."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port: write a number up to 65535")
    return int(text)


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="bilateral", description=DESCRIPTION, parents=[_make_common(is_root=True)])
    parser.add_argument("--version", action="version", version=f"bilateral {__version__}")
    add = _make_group(parser, "commands", "COMMAND")
    _add_editing(add)
    _add_publishing(add)
    explain = _make_group(add("explain", None, "say why something is as it is"), "what to explain", "WHAT")
    tags = explain(
        "tags", explaining.run_explain_tags, "say why a briefing or a seed is tagged as it is, and what nearly was a tag"
    )
    tags.add_argument("file", metavar="FILE", help="a briefing, or a seed (of a file of many: seeds/x.jsonl#3)")
    tags.add_argument("--format", choices=("text", "json"), default="text", help="json: for other programs")
    page = explain("page", explaining.run_explain_page, "say why a page was made again or left, and what the next build would do")
    page.add_argument("address", metavar="ADDRESS", help="the address of a page, such as /pairs/in-kr/")
    _add_build_options(page)
    add("clean", commands.run_clean, "remove the site and the cache").add_argument(
        "-o", "--output", metavar="FOLDER", help="the site to remove, if a build wrote it (default: site)"
    )
    add("version", commands.run_version, "print the version")
    return parser


def _make_group(parser: argparse.ArgumentParser, title: str, name: str) -> Add:
    """Return a function that adds a command to a parser: its name, what it runs (None: a group), and a sentence about it."""
    group = parser.add_subparsers(title=title, metavar=name, required=True)

    def add(name: str, run: Run | None, text: str) -> argparse.ArgumentParser:
        common = _make_common(is_root=False)
        command = group.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", parents=[common])
        # What is not known is told by the command that does not know it.
        command.set_defaults(run=run, parser=command)
        return command

    return add


def _add_editing(add: Add) -> None:
    ingest = add("ingest", commands.run_ingest, "turn new seeds into briefings")
    ingest.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: all seeds)")
    ingest.add_argument("--dry-run", action="store_true", help="write nothing; show what would be written")
    ingest.add_argument("--allow-deletions", action="store_true", help="most briefings are missing because you have deleted them")
    ingest.add_argument("--format", choices=("diff", "jsonl"), default="diff", help="jsonl, with --dry-run: an object a document")
    ingest.add_argument("--exit-code", action="store_true", help="exit with 1 when something is, or would be, written")
    ingest.add_argument("--jobs", type=_parse_jobs, default=0, metavar="N", help="number of processes (default: all cores)")
    new = add("new", commands.run_new, "begin a briefing that no seed stands behind, as a draft")
    new.add_argument(
        "title", nargs="+", type=_parse_text, metavar="TITLE", help="its title; its address is made of it, and stays"
    )
    new.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the date of publication (default: today)")
    retag = add("retag", commands.run_retag, "propose tags anew for briefings, and show what would change")
    retag.add_argument("files", nargs="*", metavar="FILE", help="briefings, or folders of them")
    retag.add_argument("--all", action="store_true", help="all briefings")
    retag.add_argument(
        "--drop", action="store_true", help="take out what is neither proposed nor confirmed (default: add terms, take out none)"
    )
    retag.add_argument("--write", action="store_true", help="change the files; only these keys of their front matter change")
    retag.add_argument("--exit-code", action="store_true", help="exit with 1 when something changes, or would")


def _add_publishing(add: Add) -> None:
    build = add("build", commands.run_build, "ingest new seeds and build the site")
    build.add_argument("-o", "--output", metavar="FOLDER", help="where the site is written (default: site)")
    build.add_argument("--no-ingest", action="store_true", help="leave the seeds alone")
    build.add_argument("--timings", action="store_true", help="print the seconds of each pass")
    _add_build_options(build)
    serve = add("serve", previewing.run_serve, "preview the site, and build it again at every save")
    preview = "where the preview is written (default: .cache/preview, so that it is never deployed by mistake)"
    serve.add_argument("-o", "--output", metavar="FOLDER", help=preview)
    serve.add_argument("--no-ingest", action="store_true", help="leave the seeds alone")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default: only this machine)")
    serve.add_argument(
        "--port", type=_parse_port, default=8000, metavar="N", help="the port, or the next free one (default: 8000)"
    )
    serve.add_argument("--allowed-host", action="append", default=[], metavar="NAME", help="answer to this name too")
    serve.add_argument("--open", action="store_true", help="open the preview in a browser")
    _add_build_options(serve)
    check = add("check", commands.run_check, "print all problems of the content and of the pages; write nothing")
    check.add_argument("--format", choices=("concise", "json", "github"), default="concise", help="github: for workflows")
    published = "the sitemap of the site as it is published: tell which of its addresses would lead nowhere"
    check.add_argument("--published", type=_parse_file, metavar="FILE", help=published)
    _add_build_options(check)


def _add_build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-b", "--base-url", type=_parse_text, metavar="URL", help="where the site will stand, instead of base_url in archive.toml"
    )
    command.add_argument("--drafts", action="store_true", help="show drafts too")
    command.add_argument("--no-search", action="store_true", help="leave out the search index")
    command.add_argument("--jobs", type=_parse_jobs, default=0, metavar="N", help="number of processes (default: all cores)")


def _date(text: str) -> date:
    from generator.text import parse_day  # `new` alone needs it.

    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date; write YYYY-MM-DD') from None


def _make_common(*, is_root: bool) -> argparse.ArgumentParser:
    """Return the options that work before and after the command.

    Only those before it set defaults, or the ones behind it would undo them.
    """
    default = None if is_root else argparse.SUPPRESS
    flag = False if is_root else argparse.SUPPRESS
    common = _Parser(add_help=False)
    group = common.add_argument_group("everywhere")
    group.add_argument("-C", "--directory", metavar="FOLDER", default=default, help="the archive (default: this folder)")
    group.add_argument("-q", "--quiet", action="store_true", default=flag, help="print errors only")
    group.add_argument("-v", "--verbose", action="store_true", default=flag, help="print each step")
    group.add_argument("--no-color", action="store_true", default=flag, help="print without colours and progress bars")
    for name in ("content", "seeds", "templates", "cache"):
        group.add_argument(f"--{name}", metavar="FOLDER", default=default, help=f"another place for {name}")
    return common
