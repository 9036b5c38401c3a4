"""What a text may ask of Python-Markdown, found before it is asked: no content file can make a build hang or fill the memory.

Some inputs take quadratic time: 20 kB of `[` took 54 s, 45 kB of `<![CDATA[` 53 s, 12 kB of `[^1]` 5 s and became 517 kB. Nothing
can interrupt a regular expression, so the work is estimated, from above and in linear time. Each limit leaves an honest text of a
hundred pages in peace and holds the worst shape known to us to about a second.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.errors import ContentError, Location, error

LINE_MAX = 20_000
DEPTH_MAX = 20
OUTPUT_FACTOR, OUTPUT_ROOM_BYTES = 20, 64 * 1024
# An opening sign is looked for its closing one, letter by letter and by up to seven patterns: the letters looked at in a text.
REACH_MAX = 2_000_000
# Python-Markdown writes a block anew for each sign in it: the letters written, 10 of them in a nanosecond or more.
REWRITTEN_MAX = 20_000_000_000


class _Excess(Struct, frozen=True):
    """Too much of something, and where it begins."""

    position: int
    message: str
    hint: str = "split the text, or take out what is not meant as markup"


def check_budget(text: str, location: Location) -> None:
    """Return if `text` can be converted in reasonable time; `location` is that of its first line.

    Raises: ContentError for the first thing of which there is too much.
    """
    for find in _TAME_CHECKS if is_tame(text) else _CHECKS:
        excess = find(text)
        if excess:
            raise ContentError(error("markup-budget", _locate(text, excess.position, location), excess.message, excess.hint))


def check_html_size(text: str, html: str, location: Location) -> None:
    """Return if `html` is not out of all proportion to the `text` it was made from.

    Raises: ContentError otherwise.
    """
    limit = OUTPUT_FACTOR * len(text) + OUTPUT_ROOM_BYTES
    if len(html) > limit:
        message = f"{len(text)} characters of Markdown become {len(html)} of HTML, more than the {limit} allowed"
        raise ContentError(error("markup-budget", location, message, "use fewer notes, abbreviations or references"))


def is_tame(text: str) -> bool:
    """Return whether `text` is so short and plain that depth and definitions are all that is left to be looked at."""
    # A single letter is found ten times as fast as two, and as it is counted.
    if len(text) > LINE_MAX or any(sign in text and text.count(sign) > 100 for sign in "\n[`<|"):
        return False
    return not (("[" in text and "[TOC]" in text) or ("<" in text and "<![" in text))


def _locate(text: str, position: int, first: Location) -> Location:
    return Location(first.path, first.line + text.count("\n", 0, position)) if first.line else first


def _find_long_line(text: str) -> _Excess | None:
    position = 0
    for line in text.split("\n") if len(text) > LINE_MAX else ():
        if len(line) > LINE_MAX:
            return _Excess(position, f"a line of {len(line)} characters, more than the {LINE_MAX} allowed", "break the line")
        position += len(line) + 1
    return None


def _find_depth(text: str) -> _Excess | None:
    nested = _NESTED_LINE.search(f"\n{text}")
    if nested:
        return _Excess(nested.start(), f"lists or quotes nested more than {DEPTH_MAX} deep", "start a new list or quote")
    depth = 0
    # Below so many tags none can be nested that deep; prose has none at all.
    for tag in _RAW_TAG.finditer(text) if "<" in text and text.count("<") > RAW_DEPTH_MAX else ():
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > RAW_DEPTH_MAX:
            return _Excess(tag.start(), f"HTML tags nested more than {RAW_DEPTH_MAX} deep", "close the tags that are open")
    return None


def _find_stack(text: str) -> _Excess | None:
    """Return a block of many definitions or notes without a blank line: each is parsed within or after all that follow."""
    if text.count("\n:") <= STACKED_DEFINITIONS_MAX and text.count("[^") * len(text) <= 5 * REACH_MAX:
        return None
    position = 0
    for block in text.split("\n\n"):
        if block.count("\n:") > STACKED_DEFINITIONS_MAX or block.count("[^") * len(block) > 5 * REACH_MAX:
            return _Excess(position, "too many definitions or notes in one block", "put a blank line between them")
        position += len(block) + 2
    return None


def _find_crowd(text: str) -> _Excess | None:
    for needed, sign, limit, what in _CROWDS:
        if needed not in text or text.count(needed) < limit:
            continue
        places = [found.start() for found in sign.finditer(text)]
        if len(places) > limit:
            return _Excess(places[limit], f"more than {limit} {what}")
    return None


def _find_repeated_note(text: str) -> _Excess | None:
    """Return a note that is referred to too often: each reference is counted up from the first, and linked back to."""
    uses: dict[str, int] = {}
    for note in _NOTE.finditer(text) if text.count("[^") > NOTE_USES_MAX else ():
        uses[note[0]] = uses.get(note[0], 0) + 1
        if uses[note[0]] > NOTE_USES_MAX:
            return _Excess(note.start(), f"more than {NOTE_USES_MAX} references to one note")
    return None


def _find_reach(text: str) -> _Excess | None:
    """Return where looking for closing signs takes too long: brackets, addresses, code and tags that are left open."""
    for sign, measure in _REACHES:
        # No sign looks further than the end of the text, so that most texts need no closer look.
        if text.count(sign) * len(text) <= REACH_MAX:
            continue
        reach = 0
        for position, distance in measure(text):
            reach += distance
            if reach > REACH_MAX:
                return _Excess(
                    position, f"too many {sign!r} that are not closed soon", f"close each {sign!r}, or put code into a fence"
                )
    return None


def _measure_brackets(text: str) -> Iterator[tuple[int, int]]:
    return _measure_pairs(text, _BRACKET, "]")


def _measure_addresses(text: str) -> Iterator[tuple[int, int]]:
    return _measure_pairs(text, _PARENTHESIS, ")")


def _measure_pairs(text: str, sign: re.Pattern[str], closing: str) -> Iterator[tuple[int, int]]:
    """Yield each opening sign with the distance to the one that closes it, or to the end of its block."""
    opened: list[int] = []
    for found in sign.finditer(text):
        if found[0] == closing:
            if opened:
                position = opened.pop()
                yield position, found.start() - position
        elif found[0].startswith("\n"):
            yield from ((position, found.start() - position) for position in opened)
            opened.clear()
        else:
            opened.append(found.start())
    yield from ((position, len(text) - position) for position in opened)


def _measure_code(text: str) -> Iterator[tuple[int, int]]:
    following: dict[int, int] = {}
    end = len(text)
    for found in reversed(list(_TICKS.finditer(text))):
        if found[0].startswith("\n"):
            end = found.start()
            following.clear()
            continue
        length = found.end() - found.start()
        # A backslash takes one away from what opens, not from what closes.
        opening = length - (text[found.start() - 1 : found.start()] == "\\")
        yield found.start(), following.get(opening, end) - found.start()
        following[length] = found.start()


def _measure_fences(text: str) -> Iterator[tuple[int, int]]:
    closing: dict[str, int] = {}
    for found in reversed(list(_FENCE.finditer(text))):
        yield found.start(), closing.get(found[1], len(text)) - found.start()
        if not found[2]:
            closing[found[1]] = found.start()


def _measure_tags(text: str) -> Iterator[tuple[int, int]]:
    for found in _TAG_OPENING.finditer(text):
        tag = _WHOLE_TAG.match(text, found.start())
        yield found.start(), (tag.end() if tag else len(text)) - found.start()


def _find_table(text: str) -> _Excess | None:
    """Return a table that a few signs make huge: a row has as many cells as the header, whether they are written or not."""
    if text.count("|") * text.count("\n") <= CELLS_MAX:
        return None
    cells = position = 0
    for block in text.split("\n\n"):
        columns = max((line.count("|") + 1 for line in _TABLE_RULE.findall(block)), default=0)
        cells += columns * (block.count("\n") + 1)
        if cells > CELLS_MAX:
            return _Excess(position, f"tables of more than {CELLS_MAX} cells", "publish the data as a file and link to it")
        position += len(block) + 2
    return None


def _find_long_block(text: str) -> _Excess | None:
    """Return a block that is long and full of signs: for each of them all of the block is written anew."""
    if len(_SIGN.findall(text)) * len(text) <= REWRITTEN_MAX:
        return None
    rewritten = position = 0
    for block in text.split("\n\n"):
        # Each item of a list is by itself.
        for piece in _ITEM.split(block) if _ITEM.match(f"\n{block}") else (block,):
            rewritten += len(_SIGN.findall(piece)) * len(piece)
        if rewritten > REWRITTEN_MAX:
            return _Excess(position, "too many signs of markup in one block", "put a blank line between its paragraphs")
        position += len(block) + 2
    return None


def _find_expansion(text: str) -> _Excess | None:
    """Return a definition whose text is long and used so often that the page would be many times the text."""
    if "]" not in text or not _DEFINES.search(text):
        return None
    room = OUTPUT_FACTOR * len(text) + OUTPUT_ROOM_BYTES
    uses = Counter(map(_fold, _NAME.findall(text)))
    for definition in _DEFINITION.finditer(f"\n{text}"):
        # A text may hold 100,000 references, of which one look counts all; an abbreviation stands for itself.
        count = text.count(definition[2]) if definition[1] else uses[_fold(definition[2])]
        room -= len(definition[3]) * count
        if room < 0:
            return _Excess(definition.start(), "a definition too long for how often it is used", "shorten it")
    return None


def _fold(name: str) -> str:
    """Return the name of a reference as names are compared."""
    return " ".join(name.lower().split())


CELLS_MAX = 50_000
NOTE_USES_MAX = 300
STACKED_DEFINITIONS_MAX = 100
RAW_DEPTH_MAX = 200
# Tags that HTML closes by itself, or that hold nothing, are not counted.
_RAW_TAG = re.compile(
    r"<(/?)(?!/?(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|rp|rt)\b)[a-zA-Z]",
    re.IGNORECASE,
)
# It begins with a letter to look for, not with "^", which would be tried at every letter: 3 instead of 30 µs a briefing. What it
# looks at first behind that tells the lines of prose, in half the time.
_NESTED_LINE = re.compile(
    rf"\n(?=[ >*+\d-])(?:(?: {{0,3}}(?:>|(?:[*+-]|\d+\.) ++)){{{DEPTH_MAX + 1}}}| {{{4 * DEPTH_MAX}}} *(?:[*+>-]|\d+\.) )"
)
_BRACKET = re.compile(r"[\[\]]|\n\n+")
_PARENTHESIS = re.compile(r"\]\(|[()]|\n\n+")
_NOTE = re.compile(r"\[\^[^\]\n]*\]")
_TICKS = re.compile(r"`+|\n\n+")
_TAG_OPENING = re.compile(r"<[a-zA-Z/!?]")
_WHOLE_TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_FENCE = re.compile(r"^(`{3,}|~{3,}) *(.*)$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[|: >-]*\|[|: >-]*$", re.MULTILINE)
# Address and title may stand on the two lines that follow.
_DEFINES = re.compile(r"\] ?:")
_DEFINITION = re.compile(r"\n {0,3}(\*?)\[(?!\^)([^\]\n]+)\] ?:(?=((?:.*\n?){0,3}))")
_NAME = re.compile(r"\[([^\[\]\n]+)(?=\])")
_SIGN = re.compile(r"[*_`\[<&\\]")
_ITEM = re.compile(r"\n {0,3}(?:[*+-]|\d+\.) ")
_HEADING = re.compile(r"^(?=[ >*+\d#=_-])(?=.*[#=_*-])(?:[ >*+-]|\d+\.)*+(?:#|[=_][=_* -]*+$|$)", re.MULTILINE)
# What is quadratic in the number of times that it stands in a text, or slow each time. First the letters without which there is
# none of it: counting them takes a tenth of the time.
_CROWDS = (
    ("\n", _HEADING, 1_000, "headings and rules"),
    ("\n", re.compile(r"^(?:```|~~~)", re.MULTILINE), 1_000, "fences of code"),
    ("*[", re.compile(r"^ {0,3}\*\[", re.MULTILINE), 300, "abbreviations"),
    ("[^", re.compile(r"\[\^"), 2_000, "footnotes and references to them"),
    ("[TOC]", re.compile(r"\[TOC\]"), 3, "tables of contents"),
    ("<![", re.compile(r"<!\[CDATA\[", re.IGNORECASE), 0, "CDATA sections, which mean nothing in HTML"),
    ("", _SIGN, 200_000, "signs of markup"),
    ("\n", re.compile(r"\n"), 200_000, "lines"),
)
_REACHES: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("[", _measure_brackets),
    ("](", _measure_addresses),
    ("`", _measure_code),
    ("```", _measure_fences),
    ("~~~", _measure_fences),
    ("<", _measure_tags),
)
_TAME_CHECKS: tuple[Callable[[str], _Excess | None], ...] = (_find_depth, _find_expansion)
_CHECKS: tuple[Callable[[str], _Excess | None], ...] = (
    _find_depth,
    _find_long_line,
    _find_stack,
    _find_crowd,
    _find_repeated_note,
    _find_reach,
    _find_table,
    _find_long_block,
    _find_expansion,
)
