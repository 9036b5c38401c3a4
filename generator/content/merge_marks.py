"""The marks that a merge leaves around two versions of some lines, until somebody decides between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.content.code_lines import split_code

_STARTS = ("<<<<<<< ", ">>>>>>> ")
_MIDDLE = "======="


class Mark(NamedTuple):
    """A line, counted from 0, at which a whole conflict begins, or else a mark without those that belong to it."""

    line: int
    is_whole: bool

    @property
    def said(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        if self.is_whole:
            said, hint = "two versions of this text stand here, between the marks of a merge", "keep one version"
        else:
            said, hint = "a merge has left this mark", "keep one version of the lines around it"
        return said, f"{hint}, and take out the lines <<<<<<<, ======= and >>>>>>>"


def may_hold_marks(text: str) -> bool:
    """Say whether a text may hold such a mark; nearly none does."""
    # A single letter is found twenty times as fast as eight.
    return ("<" in text and _STARTS[0] in text) or (">" in text and _STARTS[1] in text)


def find_marks(text: str) -> Iterator[Mark]:
    """Yield the marks of a text that stand outside code, in their order."""
    opened = divided = -1
    for line, start in _find_lines(text):
        if start == _MIDDLE:
            divided = line
        elif start == _STARTS[0]:
            if opened >= 0:
                yield Mark(opened, is_whole=False)
            opened = line
        elif 0 <= opened < divided:
            yield Mark(opened, is_whole=True)
            opened = -1
        else:
            if opened >= 0:
                yield Mark(opened, is_whole=False)
                opened = -1
            yield Mark(line, is_whole=False)
    if opened >= 0:
        yield Mark(opened, is_whole=False)


def _find_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and beginning of the lines that are marks, in text and not in code."""
    lines = list(split_code(text))
    for number, (line, is_code) in enumerate(lines):
        start = line[: len(_STARTS[0])]
        is_mark = line == _MIDDLE or (start in _STARTS and not _is_quoted(lines, number))
        if is_mark and not is_code:
            yield number, start


def _is_quoted(lines: Sequence[tuple[str, bool]], number: int) -> bool:
    """Say whether a line stands among others of a quotation: of the seventh degree, as in letters that went to and fro."""
    beside = lines[max(number - 1, 0) : number + 2 : 2]
    return lines[number][0].startswith(">") and any(line.startswith(">") for line, _ in beside)
