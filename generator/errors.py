"""What can be wrong with an input, and where: the sentences that authors read.

A function that works on one file raises one of the errors below; a pass over many files catches them, collects their problems
and goes on, so that one run reports everything. Anything else that is raised is a bug and keeps its traceback.
"""

import re
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters: an error stops publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Exit(IntEnum):
    """What the process tells the shell when it ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    MISSING_PROGRAM = 3
    INPUT_OUTPUT = 4
    BUG = 70
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


# Named tuples, as all values of a build that finds nothing changed: others are structs of `msgspec`, and with its import such a
# build of 10,000 briefings would take a tenth longer.
class Location(NamedTuple):
    """A place in a file: path relative to the archive, line and column counted from 1; 0 where unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, without the parts that are unknown."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


def locate(path: str, text: str, offset: int) -> Location:
    """Return the place of a character in the text of a file."""
    return Location(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def locate_key(path: str, text: str, key: str) -> Location:
    """Return the place of a key of the front matter with which the text of a file begins."""
    found = re.search(rf"^{re.escape(key)}\s*:", text, re.MULTILINE)
    return locate(path, text, found.start()) if found else Location(path)


def show_name(name: str) -> str:
    """Return the name of a file as text that can be printed and stored: a byte that is not UTF-8 with its number."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Problem(NamedTuple):
    """One finding, as a sentence for the author: what is wrong, where, what to do, and a code that never changes."""

    severity: Severity
    code: str
    where: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the sentence as it is printed: `path:7:11: unknown sector "trad" (did you mean "trade"?) [unknown-sector]`."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.message}{hint} [{self.code}]"

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """Order of printing: by place, then by code and text, so that two runs print alike."""
        return (self.where, self.code, self.message)


def error(code: str, where: Location, message: str, hint: str = "") -> Problem:
    """Return a problem that stops publication."""
    return Problem(Severity.ERROR, code, where, message, hint)


def warning(code: str, where: Location, message: str, hint: str = "") -> Problem:
    """Return a problem that is reported and stops nothing."""
    return Problem(Severity.WARNING, code, where, message, hint)


def did_you_mean(word: str, known: Iterable[str], prefix: str = "", suffix: str = "") -> str:
    """Return the hint `did you mean "…"?` for the nearest known word, between `prefix` and `suffix`; empty when none is near."""
    from difflib import get_close_matches  # No build without a fault has a use for it.

    by_form = {name.casefold(): name for name in sorted(known)}
    near = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return f'did you mean "{prefix}{by_form[near[0]]}{suffix}"?' if near else ""


class GeneratorError(Exception):
    """The family of foreseen failures; carries all problems found in the one thing that failed. Never raised itself."""

    exit: Exit = Exit.FINDINGS

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, in the order in which they were found; there is at least one."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ContentError(GeneratorError):
    """A briefing or a page of `content/` cannot be read."""


class SeedError(GeneratorError):
    """A seed is refused: it holds no article."""


class VocabularyError(GeneratorError):
    """A vocabulary file is wrong."""

    exit = Exit.USAGE


class ConfigError(GeneratorError):
    """`archive.toml` or the command line is wrong."""

    exit = Exit.USAGE


class TemplateError(GeneratorError):
    """A template cannot be read or rendered."""


class PlanError(GeneratorError):
    """The pages of the site contradict each other: two planners claim one address."""


class OutputError(GeneratorError):
    """The site cannot be written; the old one stands."""

    exit = Exit.INPUT_OUTPUT


class MissingProgramError(GeneratorError):
    """A program or package that the command needs is not installed; the hint is the line that installs it."""

    exit = Exit.MISSING_PROGRAM
