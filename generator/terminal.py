"""Where sentences go: plain lines, or colours and a moving line of progress where a person is watching.

Problems and results go to standard output, so that they can be piped; what is said to a person who waits goes to standard error.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from generator.errors import Problem, Severity


class Terminal:
    """Prints sentences as the person or program at the other end can use them."""

    def __init__(self, *, quiet: bool, verbose: bool, color: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        is_plain = not color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.is_colored = not is_plain and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR")))
        self.has_progress = not is_plain and not quiet and sys.stderr.isatty() and not os.environ.get("CI")

    def show(self, problems: Sequence[Problem]) -> None:
        """Print problems, one a line, in the order given."""
        for problem in problems:
            if not (self.quiet and problem.severity is Severity.WARNING):
                print(self._paint(problem))
        sys.stdout.flush()

    def _paint(self, problem: Problem) -> str:
        line = _printable(str(problem))
        if not self.is_colored:
            return line if problem.severity is Severity.ERROR else f"{line} (warning)"
        place, _, rest = line.partition(": ")
        color = "31" if problem.severity is Severity.ERROR else "33"
        return f"\033[1m{place}\033[0m: \033[{color}m{rest}\033[0m"

    def tell(self, *pieces: str) -> None:
        """Print a line of a result: what was asked for. Every second piece of it is marked, by brackets off a terminal."""
        marks = ("\033[1m", "\033[0m") if self.is_colored else ("[", "]")
        shown = (
            f"{marks[0]}{_printable(piece)}{marks[1]}" if place % 2 else _printable(piece) for place, piece in enumerate(pieces)
        )
        print("".join(shown), flush=True)

    def dump(self, text: str) -> None:
        """Print what another program will read, as it is."""
        print(text, flush=True)

    def say(self, line: str) -> None:
        """Print a line for the person who waits, unless asked to be quiet."""
        if not self.quiet:
            print(_printable(line), file=sys.stderr, flush=True)

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
