"""Where sentences go: plain lines, or colours and a moving line of progress where a person is watching.

Problems and results go to standard output, so that they can be piped; what is said to a person who waits goes to standard error.
"""

import codecs
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from generator.errors import Location, OutputError, Problem, Severity, error


def open_streams() -> None:
    """Let nothing that is printed fail for what it is: open what is closed (`>&-`), and escape what an encoding does not have."""
    codecs.register_error("bilateral", _escape)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # The first file that is opened would take its number, and be written into.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w", encoding="utf-8"))
        elif name != "stdin":
            stream.reconfigure(errors="bilateral")


def _escape(problem: UnicodeError) -> tuple[str, int]:
    """Return letters as JSON writes them, since what is printed may be JSON: as a pair where 65,536 are not enough."""
    assert isinstance(problem, UnicodeEncodeError)  # noqa: S101
    pairs = problem.object[problem.start : problem.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2)), problem.end


class Terminal:
    """Prints sentences as the person or program at the other end can use them.

    `is_cut` says that whoever read the results has gone (`bilateral check | head`): nothing is wrong, and no more is printed.
    """

    def __init__(self, *, quiet: bool, verbose: bool, color: bool, folder: str = ".") -> None:
        self.quiet, self.verbose, self.folder = quiet, verbose, folder
        self.is_cut = False
        is_plain = not color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.is_colored = not is_plain and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR")))
        self.has_progress = not is_plain and not quiet and sys.stderr.isatty() and not os.environ.get("CI")

    def show(self, problems: Sequence[Problem]) -> None:
        """Print problems, one a line, in the order given."""
        for problem in self.locate(problems):
            if not (self.quiet and problem.severity is Severity.WARNING):
                self._print(self._paint(problem))
        self._flush()

    def locate(self, problems: Sequence[Problem], base: str = "") -> Sequence[Problem]:
        """Return problems with their files as they are found from a folder, or from where the command runs.

        From beside the archive there is no good way to them: they are as the archive has them.
        """
        try:
            way = os.path.relpath(self.folder, base or os.curdir)
        except FileNotFoundError:  # The folder in which the command runs is gone.
            return problems
        if way == os.curdir or way.startswith(os.pardir):
            return problems
        return [
            problem._replace(where=problem.where._replace(path=f"{way}/{problem.where.path}"))
            if not os.path.isabs(problem.where.path) and os.path.lexists(f"{self.folder}/{problem.where.path}")  # noqa: PTH117
            else problem
            for problem in problems
        ]

    def _paint(self, problem: Problem) -> str:
        line = _printable(str(problem)) + ("" if problem.severity is Severity.ERROR else " (warning)")
        if not self.is_colored:
            return line
        place, _, rest = line.partition(": ")
        color = "31" if problem.severity is Severity.ERROR else "33"
        return f"\033[1m{place}\033[0m: \033[{color}m{rest}\033[0m"

    def tell(self, *pieces: str) -> None:
        """Print a line of a result: what was asked for. Every second piece of it is marked, by brackets off a terminal."""
        marks = ("\033[1m", "\033[0m") if self.is_colored else ("[", "]")
        shown = (
            f"{marks[0]}{_printable(piece)}{marks[1]}" if place % 2 else _printable(piece) for place, piece in enumerate(pieces)
        )
        self._print("".join(shown))
        self._flush()

    def dump(self, text: str) -> None:
        """Print what another program will read, as it is."""
        self._print(text)
        self._flush()

    def say(self, line: str) -> None:
        """Print a line for the person who waits, unless asked to be quiet."""
        if not self.quiet:
            with suppress(OSError):  # There is nobody left to tell.
                print(_printable(line), file=sys.stderr, flush=True)

    def _print(self, line: str) -> None:
        with self._watch():
            print(line)

    def _flush(self) -> None:
        with self._watch():
            sys.stdout.flush()

    @contextmanager
    def _watch(self) -> Iterator[None]:
        """Go on where the reader of the results has gone, so that the exit code is the true one.

        Raises: OutputError when they cannot be written otherwise; what is printed then goes to standard error.
        """
        try:
            yield
        except OSError as problem:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Where what is still in the buffer goes.
            if isinstance(problem, BrokenPipeError):
                self.is_cut = True
                return
            if sys.stdout is sys.stderr:
                return
            sys.stdout = sys.stderr
            said, where = f"this cannot be written: {problem.strerror}", Location("standard output")
            raise OutputError(error("disk-refused", where, said, "make room, or print elsewhere")) from problem

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Give a function that shows which pass is running: a moving line on a terminal, plain lines with `-v`, else nothing."""
        if not self.has_progress:
            yield (lambda step: self.say(f"  {step}")) if self.verbose else (lambda _: None)
            return
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield status.update


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 page`, `1,706 pages`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def count_problems(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield how many errors and how many warnings there are, where there are any."""
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        number = sum(problem.severity is severity for problem in problems)
        if number:
            yield count(number, word)


def _printable(line: str) -> str:
    """Return a line without control characters: a title must not move the cursor or paint the terminal."""
    return "".join(char if char.isprintable() or char == "\t" else "�" for char in line)
