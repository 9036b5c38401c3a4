"""The blocks of a text that need no parser: plain paragraphs, headings, lists, quotes and tables, with bold, italics and links.

Python-Markdown takes 1.4 ms for a briefing, and most of its letters stand in such blocks. They are converted here, and
each run of them is left in the text as one marked word, which Python-Markdown makes a paragraph and which `fill` replaces. So
whatever depends on its neighbours stays Python-Markdown's business: a block is taken only when neither it nor its neighbours can
tell, and what is not known to be harmless is not taken. The promise, which the tests hold against random text: the same HTML.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from generator.publish.markup.safety import safe_id
from generator.text import slugify

_MARK = "\ue000"
NOTE_MARK = "\ue001"
_FILLED = re.compile(f"<p>{_MARK}([0-9]+)</p>")
# What can change blocks far away, so that all of the text goes to Python-Markdown: raw HTML, half character references (the HTML
# parser stops at the second one), fences, the markers of contents and footnotes, definitions (they take the
# paragraph before them), white space that is rewritten, our own mark. One regular expression for all took four times as long, and
# looking for the first letter first, twenty times as fast as for two, makes it 2 of 30 µs.
_FAR = ("<", "&#", "~~~", "[TOC]", "///Footnotes Go Here///", "\t", "\r", "\x02", "\x03", _MARK)
# A fence is left to Python-Markdown as one block, if nothing but blank lines stands beside it; any other is far.
_FENCED = re.compile(r"(?:\A|(?<=\n\n))(```[a-z]*\n(?:[^\n`][^\n]*\n|\n)*```)(?=\n\n|\n*\Z)")
_FAR_DEFINITION = re.compile(r"\n {0,3}: ")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")

# A line that starts with one of these is a line of prose, unless it is the item of a list.
_START = r"""(?!\d+\. )(?:[^\W_]|["'“”‘’«(£$¥₩€₹])"""
# Within a line these are nothing but letters, or one of `*_[]`, which are looked at later.
_LINE = rf"{_START}[^\\`|\x00-\x1f\x7f]*(?<! )"
_PROSE = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_HEADING = re.compile(r"(#{1,6}) +([^\s#\\`*_\[\]\x00-\x1f\x7f\ue001][^\n#\\`*_\[\]\x00-\x1f\x7f\ue001]*)(?<!\s)(?:\n|$)")
_BULLET = re.compile(r"^- ", re.MULTILINE)
_NUMBER = re.compile(r"^[0-9]+\. ", re.MULTILINE)
_QUOTE = re.compile(r"^> ", re.MULTILINE)
# A table with a border on both sides, two columns or more, and at least one row.
_CELLS = r"\|(?:[^\\`|\x00-\x1f\x7f]*\|){2,}"
_TABLE = re.compile(rf"({_CELLS})\n(\|(?: *:?-+:? *\|){{2,}})((?:\n{_CELLS})+)")
_ACTIVE = re.compile(r"[*_\[\]]")
# A line that a text could be a heading by, seen from outside: "#" or an underline.
_MAY_HOLD_HEADING = re.compile(r"#|[=-] *$", re.MULTILINE)

# Each begins with its own letter, or the search would try all three at every letter.
_SPANNED = r"(?![\s^])([^*_\[\]]*[^\s*_\[\]])"
_BEFORE, _AFTER = r"""[^\s("]""", r"""(?![^\s.,;:)?!"])"""
_SPAN = re.compile(
    rf"\*\*(?<!{_BEFORE}\*\*){_SPANNED}\*\*{_AFTER}"
    rf"|\*(?<!{_BEFORE}\*){_SPANNED}\*{_AFTER}"
    rf"|\[(?<!!\[){_SPANNED}\]\(([A-Za-z/#][A-Za-z0-9/._~%#?=:@+,-]*)\)"
)


# By whether there is a colon on the left and on the right of a column's rule.
_ALIGNMENTS = {
    (False, False): "",
    (True, False): ' class="align-left"',
    (False, True): ' class="align-right"',
    (True, True): ' class="align-center"',
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A text without its simple blocks: what is left to be parsed (empty if nothing), and the HTML of each run taken out."""

    rest: str
    runs: tuple[str, ...]


def find_outline(text: str) -> Outline | None:
    """Return the outline of `text`, or None where something in it may reach from one block into another."""
    blocks = _split_blocks(text)
    if blocks is None:
        return None
    taken = [_convert_block(block.lstrip("\n")) for block in blocks]
    if not all(taken):
        # A block that was taken holds no definition and no line of spaces.
        if _holds_definition(text):
            return None
        cleaned = _BLANK_LINE.sub("\n", text) if " \n" in text else text
        if cleaned != text:
            return find_outline(cleaned)
    _give_back(blocks, taken)
    return _assemble(blocks, taken)


def _split_blocks(text: str) -> list[str] | None:
    """Return the blocks of a text, or None where something in it may reach from one into another."""
    if any(sign[0] in text and sign in text for sign in _FAR):
        return None
    if "`" not in text or "```" not in text:
        return text.strip("\n").split("\n\n")
    between, fences = (_FENCED.split(text)[start::2] for start in (0, 1))
    if any("```" in piece for piece in between):
        return None
    pieces = chain.from_iterable(zip_longest(between, fences, fillvalue=""))
    blocks = [[piece] if piece.startswith("```") else piece.strip("\n").split("\n\n") for piece in pieces]
    return list(filter(None, chain.from_iterable(blocks)))


def find_prose(text: str) -> str | None:
    """Return the HTML of a paragraph, without its tags, or None where it is more than prose."""
    blocks = _split_blocks(text)
    return _convert_prose(text) if blocks else None


def _holds_definition(text: str) -> bool:
    # It may stand in the first line. An abbreviation changes words wherever they stand.
    return bool(_FAR_DEFINITION.search(f"\n{text}")) or ("*[" in text and ("]:" in text or "] :" in text))


def fill(html: str, runs: Sequence[str]) -> str:
    """Return the HTML of an outline's rest with the runs where they belong."""
    return _FILLED.sub(lambda match: runs[int(match[1])], html)


class _Taken(NamedTuple):
    """A block that was converted: pieces of HTML, a slug where its heading's id belongs, and whether neighbours may touch it.

    A list goes on in the next block, if that is a list or indented; so does a quote. A paragraph or a heading ends what stood
    before it.
    """

    html: str
    slug: str = ""
    rest: str = ""
    open: bool = False


def _convert_block(block: str) -> _Taken | None:
    find = _BY_FIRST.get(block[:1])
    if find:
        return find(block)
    if _NUMBER.match(block):
        return _convert_list(block, "ol", _NUMBER)
    html = _convert_prose(block)
    return None if html is None else _Taken(f"<p>{html}</p>")


def _convert_heading(block: str) -> _Taken | None:
    """Return the heading and, since no blank line need follow it, the paragraph below."""
    heading = _HEADING.match(block)
    if not heading:
        return None
    following = block[heading.end() :]
    html = _convert_spans(heading[2])
    prose = _convert_prose(following) if following else ""
    if html is None or prose is None:
        return None
    tag = f"h{len(heading[1])}"
    end = f'">{html}</{tag}>' + (f"\n<p>{prose}</p>" if prose else "")
    return _Taken(f'<{tag} id="', safe_id(slugify(" ".join(heading[2].split()))), end)


def _convert_quote(block: str) -> _Taken | None:
    inner, count = _QUOTE.subn("", block)
    html = _convert_prose(inner) if count == block.count("\n") + 1 else None
    return None if html is None else _Taken(f"<blockquote>\n<p>{html}</p>\n</blockquote>", open=True)


def _convert_list(block: str, tag: str, mark: re.Pattern[str]) -> _Taken | None:
    items = mark.split(block)[1:]
    lines = []
    for item in items:
        html = _convert_prose(item.removesuffix("\n"))
        if html is None:
            return None
        lines.append(f"<li>{html}</li>")
    return _Taken("\n".join((f"<{tag}>", *lines, f"</{tag}>")), open=True)


def _convert_table(block: str) -> _Taken | None:
    table = _TABLE.fullmatch(block)
    if not table:
        return None
    rule = _split_row(table[2])
    if len(rule) != len(_split_row(table[1])):
        return None
    classes = [_ALIGNMENTS[cell.startswith(":"), cell.endswith(":")] for cell in rule]
    head = _convert_row(table[1], "th", classes)
    rows = [_convert_row(row, "td", classes) for row in table[3][1:].split("\n")]
    if head is None or None in rows:
        return None
    body = "\n".join(filter(None, rows))
    return _Taken(f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>")


# What a block is by its first letter; none of these begins a line of prose.
_BY_FIRST: Mapping[str, Callable[[str], _Taken | None]] = {
    "#": _convert_heading,
    ">": _convert_quote,
    "-": lambda block: _convert_list(block, "ul", _BULLET) if block.startswith("- ") else None,
    "|": _convert_table,
}


def _convert_row(row: str, tag: str, classes: Sequence[str]) -> str | None:
    """Return a row of as many cells as the header has: what is missing is empty, what is too much is dropped."""
    cells = [_convert_spans(cell) for cell in _split_row(row)[: len(classes)]]
    if None in cells:
        return None
    lines = (f"<{tag}{name}>{cell or ''}</{tag}>" for name, cell in zip_longest(classes, cells))
    return "\n".join(("<tr>", *lines, "</tr>"))


def _split_row(row: str) -> list[str]:
    return [cell.strip(" ") for cell in row[1:-1].split("|")]


def _convert_prose(text: str) -> str | None:
    return _convert_spans(text) if _PROSE.fullmatch(text) else None


def _convert_spans(text: str) -> str | None:
    """Return the HTML of a text of letters, bold, italics and links that stand apart from each other, or None of any other."""
    if "&" in text:
        if ";" in text:
            return None
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "*" not in text and "[" not in text and "_" not in text and "]" not in text:  # A loop takes five times as long.
        return text
    pieces = _SPAN.split(text)
    if _ACTIVE.search("".join(pieces[::5])):
        return None
    return "".join(_render_spans(pieces))


def _render_spans(pieces: Sequence[str | None]) -> Iterator[str]:
    for start in range(0, len(pieces) - 1, 5):
        before, strong, emphasis, label, address = pieces[start : start + 5]
        yield before or ""
        if strong:
            yield f"<strong>{strong}</strong>"
        elif emphasis:
            yield f"<em>{emphasis}</em>"
        else:
            yield f'<a href="{address}">{label}</a>'
    yield pieces[-1] or ""


def _give_back(blocks: Sequence[str], taken: list[_Taken | None]) -> None:
    """Undo what the neighbours forbid: a list or quote beside anything but prose, headings where others may take their ids."""
    for index in [index for index, block in enumerate(taken) if block and block.open]:
        beside = taken[max(0, index - 1) : index + 2]
        if any(block is None or block.open for block in beside if block is not taken[index]):
            taken[index] = None
    if any(_MAY_HOLD_HEADING.search(text) for text, block in zip(blocks, taken, strict=True) if block is None):
        taken[:] = [None if block and block.slug else block for block in taken]


def _assemble(blocks: Sequence[str], taken: Sequence[_Taken | None]) -> Outline:
    slugs: set[str] = set()
    if all(taken):
        return Outline("", ("\n".join([_render(block, slugs) for block in taken if block]),))
    rest: list[str] = []
    runs: list[str] = []
    for simple, group in groupby(zip(blocks, taken, strict=True), lambda pair: pair[1] is not None):
        if simple:
            rest.append(f"{_MARK}{len(runs)}")
            runs.append("\n".join(_render(block, slugs) for _, block in group if block))
        else:
            rest.extend(text for text, _ in group)
    return Outline("\n\n".join(rest), tuple(runs))


def _render(block: _Taken, slugs: set[str]) -> str:
    """Return the HTML of a block; the second heading of a name gets `_1`, as the extension `toc` counts."""
    if not block.slug:
        return block.html
    slug, number = block.slug, 0
    while slug in slugs:
        number += 1
        slug = f"{block.slug}_{number}"
    slugs.add(slug)
    return f"{block.html}{slug}{block.rest}"
