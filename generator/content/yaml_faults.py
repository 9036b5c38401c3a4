"""What YAML's parser found, in the words of somebody who wrote it by hand: what is wrong, where it begins, and what to do.

The parser speaks of tokens and contexts, and points at the end of what it could not read: at the last line of a file whose first
has an open quotation mark.
"""

import re
from typing import NamedTuple

import yaml

_IN_QUOTES = "put the whole value in quotes"
_INSIDE = r":.+"  # The parser stopped in the value of a line that has a key.
_NO_BEGINNING = 'a value cannot begin with "{char}"'
_ITEM = ("an item of a list begins with a dash and a space", 'begin it with "- "')
_COMMENT = ('what stands behind " #" is a comment, so that this is never closed', "put the text in quotes")
# What the parser says; a pattern for the line as far as it came (or whole, where the thing began); whether the fault is there;
# message; hint.
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
    ("found a tab character that violates indentation", "", False, "a tab stands here", "use spaces, not a tab"),
    ("found character that cannot start any token", "", False, _NO_BEGINNING, _IN_QUOTES),
    ("did not find expected alphabetic or numeric character", r"^ *\* ", True, *_ITEM),
    ("did not find expected alphabetic or numeric character", "", True, _NO_BEGINNING, _IN_QUOTES),
    ("did not find expected comment or line break", "", True, _NO_BEGINNING, _IN_QUOTES),
    ("did not find expected whitespace or line break", "", True, _NO_BEGINNING, _IN_QUOTES),
    ("mapping keys are not allowed in this context", "", False, _NO_BEGINNING, _IN_QUOTES),
    (
        "found unexpected end of stream",
        "",
        True,
        "the quotation mark that opens here is never closed",
        "close it, or take it out",
    ),
    ("did not find expected ',' or ']'", " #", True, *_COMMENT),
    ("did not find expected ',' or '}'", " #", True, *_COMMENT),
    (
        "did not find expected ',' or ']'",
        "",
        True,
        "the list that opens here is never closed",
        "write [one, two], and what holds a comma in quotes",
    ),
    ("did not find expected ',' or '}'", r":.*:$", False, "a colon stands within a value", "put the text in quotes"),
    (
        "did not find expected ',' or '}'",
        "",
        True,
        "the mapping that opens here is never closed",
        'write {{key: one, other: "a text, in quotes"}}',
    ),
    ("did not find expected node content", "", False, "a value is missing here", "write it, or close the list that is open"),
    ("did not find expected key", r"[]}] *,\n$", False, "a comma stands behind the end of this value", "take it out"),
    ("did not find expected key", _INSIDE, False, "something stands behind the end of a value", _IN_QUOTES),
    (
        "did not find expected key",
        "",
        False,
        "this line is indented otherwise than those around it",
        "use as many spaces as they do",
    ),
    ("could not find expected ':'", r"^ *[-*•·–—▪‣◦]", True, *_ITEM),
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


# What looks like a space to everybody but YAML, where a space has a meaning: before a key, behind a colon or a dash.
_ODD_SPACE = re.compile(r"^(?: *|[^:]*: *| *- *)([\u00a0\u2000-\u200a\u202f\u205f\u3000])")


def find_odd_space(line: str) -> int:
    """Return where a line has a no-break space, or another that is none to YAML, in the place of one; -1 where it has none."""
    found = _ODD_SPACE.search(line)
    return found.start(1) if found else -1


def tell_fault(problem: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return what a parser's failure means in the front matter `text`."""
    at, start = ((mark.line, mark.column) if mark else None for mark in (problem.problem_mark, problem.context_mark))
    line, column = at or start or (0, 0)
    lines = [*text.split("\n"), ""]
    # A key that is none is taken for a part of the line before, and the fault is found in the line behind it.
    for number in range(max(line - 1, 0), line + 1):
        if (odd := find_odd_space(lines[number])) >= 0:
            return Fault(number, odd, "a no-break space stands here", "type a plain space in its place")
    for said, pattern, is_at_start, message, hint in _RULES:
        place = start if is_at_start and start else (line, column)
        whole = lines[place[0]]
        read = whole[: column + 1] if place == (line, column) else whole
        if said == problem.problem and re.search(pattern, f"{read}\n" if read == whole else read):
            advice = hint.replace("in quotes", 'in straight quotes (")') if re.search("[“”„]", whole) else hint
            return Fault(*place, message.format(char=whole[place[1] : place[1] + 1]), advice.format())
    return Fault(line, column, problem.problem or problem.context or "it cannot be read")
