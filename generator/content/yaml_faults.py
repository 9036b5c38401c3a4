"""What YAML's parser found, in the words of somebody who wrote it by hand: what is wrong, where it begins, and what to do.

The parser speaks of tokens and contexts, and points at the end of what it could not read: at the last line of a file whose first
has an open quotation mark.
"""

import re
from typing import NamedTuple

import yaml

_IN_QUOTES = "put the whole value in quotes"
_INSIDE = r":.+"  # The parser stopped in the value of a line that has a key.
# What the parser says; a pattern for the line as far as it came; whether the fault is where the thing began; message; hint.
_RULES = (
    ("mapping values are not allowed in this context", _INSIDE, False, "a colon stands within a value", _IN_QUOTES),
    (
        "mapping values are not allowed in this context",
        "",
        False,
        "this key continues the line before it",
        "begin each key at the start of its line",
    ),
    ("found character that cannot start any token", r"\t$", False, "a tab stands here", "use spaces, not a tab"),
    ("found character that cannot start any token", "", False, 'a value cannot begin with "{char}"', _IN_QUOTES),
    (
        "found unexpected end of stream",
        "",
        True,
        "the quotation mark that opens here is never closed",
        "close it, or take it out",
    ),
    (
        "did not find expected ',' or ']'",
        "",
        True,
        "the list that opens here is never closed",
        "write [one, two], and what holds a comma in quotes",
    ),
    (
        "did not find expected ',' or '}'",
        "",
        True,
        "the mapping that opens here is never closed",
        "write {{key: one, other: two}}",
    ),
    ("did not find expected node content", "", False, "a value is missing here", "write it, or close the list that is open"),
    ("did not find expected key", _INSIDE, False, "something stands behind the end of a value", _IN_QUOTES),
    (
        "did not find expected key",
        "",
        False,
        "this line is indented otherwise than those around it",
        "use as many spaces as they do",
    ),
    ("could not find expected ':'", "", True, "this line has no key", 'write "key: value", with a space behind the colon'),
    (
        "block sequence entries are not allowed in this context",
        "",
        False,
        "a list with dashes begins on the line below its key",
        "write [one, two], or begin a new line",
    ),
    (
        "found unknown escape character",
        "",
        False,
        "a backslash in double quotes says how to read the next sign",
        "write two of them",
    ),
)


class Fault(NamedTuple):
    """A fault of front matter; line and column count from 0 within it."""

    line: int
    column: int
    message: str
    hint: str = ""


def tell_fault(problem: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return what a parser's failure means in the front matter `text`."""
    at, start = ((mark.line, mark.column) if mark else None for mark in (problem.problem_mark, problem.context_mark))
    line, column = at or start or (0, 0)
    read = [*text.split("\n"), ""][line][: column + 1]
    for said, pattern, is_at_start, message, hint in _RULES:
        if said == problem.problem and re.search(pattern, read):
            place = start if is_at_start and start else (line, column)
            return Fault(*place, message.format(char=read[-1:]), hint.format())
    return Fault(line, column, problem.problem or problem.context or "it cannot be read")
