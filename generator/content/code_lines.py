"""Which lines of a text are code between fences, by the rule of Python-Markdown, which makes the pages.

A fence opens and closes at the very start of a line, so that none stands in a list or a quotation, and it closes only with
itself: four backticks do not close three. One that never closes is text, and so is one with more behind it than a language,
attributes in braces or the lines to be marked. Other programs read otherwise; what the page shows counts. Python-Markdown has the
rule as one pattern over the whole text, which looks for its end anew at each fence that stays open; here each line is looked at
once.

Code that is indented is none of this: it depends on the list that it may be a part of.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping

_FENCES = ("```", "~~~")
# Spaces that were given back would be tried again as those behind the language, each number of them with each other.
_OPENING = re.compile(r"""(`{3,}+|~{3,}+) *+(?:\{(.*)\}|\.?[\w#.+-]* *(?:hl_lines=(["'])(.*))?)""")
# What stands in braces is read as far as it can be; another brace behind that makes the line text.
_ATTRIBUTES = re.compile(r"""(?>[^ =}]+=".*?"|[^ =}]+='.*?'|[^ =}]+=[^ =}]+|[^ =}]+| )*+[^}]*""")


def split_code(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of a text, as `normalise` leaves it, and whether it is code between fences or one of these."""
    blocks = find_code(text)
    block = next(blocks, None)
    for number, line in enumerate(text.split("\n")):
        if block and number >= block.stop:
            block = next(blocks, None)
        yield line, block is not None and number in block


def find_code(text: str) -> Iterator[range]:
    """Yield the lines of each block of code of a text, as `normalise` leaves it, with its fences; they count from 0."""
    if not any(fence in text for fence in _FENCES):
        return
    lines = text.split("\n")
    ends = _find_ends(lines)
    stop = 0
    for number, line in enumerate(lines):
        opening = _find_opening(line) if number >= stop and line.startswith(_FENCES) else None
        if not opening:
            continue
        fence, quote, marked = opening
        # The numbers of marked lines go on until a line ends in their quotation mark.
        is_open = quote and not marked.rstrip(" ").endswith(quote)
        first = _find_next(ends.get(quote, []), number) if is_open else number
        last = None if first is None else _find_next(ends.get(fence, []), first)
        if last is not None:
            stop = last + 1
            yield range(number, stop)


def _find_opening(line: str) -> tuple[str, str, str] | None:
    """Return the fence that a line opens, and the quotation mark before marked lines with all that follows it."""
    found = _OPENING.fullmatch(line.expandtabs(4))
    if not found or not _ATTRIBUTES.fullmatch(found[2] or ""):
        return None
    return found[1], found[3] or "", found[4] or ""


def _find_ends(lines: list[str]) -> Mapping[str, list[int]]:
    """Return the numbers of the lines that are nothing but a certain fence, and of those that end in a quotation mark."""
    ends: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        bare = line.rstrip(" \t")
        last = bare[-1:]
        if last in ("'", '"'):
            ends[last].append(number)
        elif bare.startswith(_FENCES) and not bare.strip(last):
            ends[bare].append(number)
    return ends


def _find_next(numbers: list[int], number: int) -> int | None:
    """Return the first of some numbers, in their order, that is greater than another."""
    index = bisect_right(numbers, number)
    return numbers[index] if index < len(numbers) else None
