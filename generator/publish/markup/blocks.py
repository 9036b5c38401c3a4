"""The blocks of a text that need no parser: plain paragraphs, headings, lists, quotes, tables and fences of code.

Python-Markdown takes 1.4 ms for a briefing, and most of its letters stand in such blocks. They are converted here, and
each run of them is left in the text as one marked word, which Python-Markdown makes a paragraph and which `write` replaces. So
whatever depends on its neighbours stays Python-Markdown's business: a block is taken only when neither it nor its neighbours can
tell, and what is not known to be harmless is not taken. The promise, which the tests hold against random text: the same HTML.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, groupby, zip_longest

from msgspec import Struct

from generator.publish.markup.prose import Prose, convert_prose, convert_spans
from generator.publish.markup.reading import plain_text
from generator.publish.markup.safety import CLASSES, safe_id
from generator.text import slugify

_MARK = "\ue000"
FOOTNOTES_HERE = "///Footnotes Go Here///"
_FILLED = re.compile(f"<p>{_MARK}([0-9]+)</p>")
# What can change blocks far away, so that all of the text goes to Python-Markdown: raw HTML, our own mark, white space that is
# rewritten. Other control characters are no prose either, and are looked for here once, not in each block. One regular expression
# for all took ten times as long.
_FAR = ("<", _MARK, *map(chr, (*range(10), *range(11, 32), 127)))
# What can besides, and cannot where it stands in a block that was taken: half character references (the HTML parser stops at the
# second one), fences, the markers of contents and footnotes. So can definitions, which take the paragraph before them.
_FAR_IN_REST = ("&#", "~~~", "[TOC]", FOOTNOTES_HERE)
# A fence is a block, if nothing but blank lines stands beside it; any other is far. It is looked for by its own letters first.
_FENCED = re.compile(r"(```(?:(?<=\A```)|(?<=\n\n```))[a-z]*\n(?:[^\n`][^\n]*\n|\n)*```)(?=\n\n|\n*\Z)")
_FENCE = re.compile(r"```([a-z]*)\n(.*)```", re.DOTALL)
_CLASS = re.compile(r'(?<=<span class=")[^"]*')
_FAR_DEFINITION = re.compile(r"\n {0,3}: ")
# It takes half as long as `str.split`.
_BETWEEN = re.compile("\n\n")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")

_HEADING = re.compile(r"(#{1,6}) +([^\s#\\`*_\[\]\ue001][^\n#\\`*_\[\]\ue001]*)(?<!\s)(?:\n|$)")
_BULLET = re.compile(r"\n- ")
_NUMBER = re.compile(r"\n[0-9]+\. ")
# A table with a border on both sides, two columns or more, and at least one row.
_CELLS = r"\|(?:[^\\`|\n]*\|){2,}"
_TABLE = re.compile(rf"({_CELLS})\n(\|(?: *:?-+:? *\|){{2,}})((?:\n{_CELLS})+)")
_GOING_ON = frozenset({"blockquote", "ul", "ol"})
# A line that a text could be a heading by, seen from outside: "#" or an underline.
_MAY_HOLD_HEADING = re.compile(r"#|[=-] *$", re.MULTILINE)

# By whether there is a colon on the left and on the right of a column's rule.
_ALIGNMENTS = {
    (False, False): "",
    (True, False): ' class="align-left"',
    (False, True): ' class="align-right"',
    (True, True): ' class="align-center"',
}


class Element(Struct, frozen=True):
    """A block that was converted: the HTML between its tags, and its words, of a list or table a line for each item or row.

    A heading has a slug, which becomes its id. All footnotes are one element.
    """

    tag: str
    inner: str
    words: str
    slug: str = ""


FOOTNOTES = 'div class="footnote"'
CODE = 'div class="codehilite"'


class Outline(Struct, frozen=True):
    """A text without its simple blocks: what is left to be parsed (empty if nothing), and each run of elements taken out."""

    rest: str
    runs: tuple[tuple[Element, ...], ...]


def find_outline(text: str) -> Outline | None:
    """Return the outline of `text`, or None where something in it may reach from one block into another."""
    blocks = _split_blocks(text)
    if blocks is None:
        return None
    taken = [_convert_block(block.lstrip("\n")) for block in blocks]
    if not all(taken):
        # A block that was taken holds nothing of all this, and no line of spaces.
        if any(sign in text for sign in _FAR_IN_REST) or _holds_definition(text):
            return None
        cleaned = _BLANK_LINE.sub("\n", text) if " \n" in text else text
        if cleaned != text:
            return find_outline(cleaned)
    _give_back(blocks, taken)
    return _assemble(blocks, taken)


def _split_blocks(text: str) -> list[str] | None:
    """Return the blocks of a text, or None where something in it may reach from one into another."""
    if any(map(text.__contains__, _FAR)):
        return None
    if "`" not in text or "```" not in text:
        return _BETWEEN.split(text.strip("\n"))
    between, fences = (_FENCED.split(text)[start::2] for start in (0, 1))
    if any("```" in piece for piece in between):
        return None
    pieces = chain.from_iterable(zip_longest(between, fences, fillvalue=""))
    blocks = [[piece] if piece.startswith("```") else _BETWEEN.split(piece.strip("\n")) for piece in pieces]
    return list(filter(None, chain.from_iterable(blocks)))


def find_prose(text: str) -> Prose | None:
    """Return the HTML of a paragraph, without its tags, and its words, or None where it is more than prose."""
    return convert_prose(text) if _split_blocks(text) else None


def _holds_definition(text: str) -> bool:
    # It may stand in the first line. An abbreviation changes words wherever they stand.
    return bool(_FAR_DEFINITION.search(f"\n{text}")) or ("*[" in text and ("]:" in text or "] :" in text))


def write(outline: Outline, convert: Callable[[str], str]) -> str:
    """Return the HTML of an outline, of which `convert` parses the rest."""
    slugs: set[str] = set()
    runs = ["\n".join([_write_element(element, slugs) for element in run]) for run in outline.runs]
    html = _FILLED.sub(lambda match: runs[int(match[1])], convert(outline.rest)) if outline.rest else "".join(runs)
    return html.rstrip("\n")


def _write_element(element: Element, slugs: set[str]) -> str:
    tag, slug = element.tag, element.slug
    opening = f'{tag} id="{number_slug(slug, slugs)}"' if slug else tag
    return f"<{opening}>{element.inner}</{tag.partition(' ')[0]}>" + ("\n" if tag == CODE else "")


def number_slug(slug: str, slugs: set[str]) -> str:
    """Return a slug as no heading of a text before had it: the second of a name gets `_1`, as the extension `toc` counts."""
    found, number = slug, 0
    while found in slugs:
        number += 1
        found = f"{slug}_{number}"
    slugs.add(found)
    return found


def _convert_block(block: str) -> tuple[Element, ...] | None:
    find = _BY_FIRST.get(block[:1])
    if find:
        return find(block)
    if block.startswith("1. "):  # A list that begins with another number says so.
        return _convert_list(block, "ol", _NUMBER)
    prose = convert_prose(block)
    return prose and (Element("p", prose[0], prose[1]),)


def _convert_heading(block: str) -> tuple[Element, ...] | None:
    """Return the heading and, since no blank line need follow it, the paragraph below."""
    heading = _HEADING.match(block)
    title = convert_spans(heading[2]) if heading else None
    if not heading or not title:
        return None
    first = Element(f"h{len(heading[1])}", *title, safe_id(slugify(" ".join(heading[2].split()))))
    following = block[heading.end() :]
    if not following:
        return (first,)
    prose = convert_prose(following)
    return prose and (first, Element("p", *prose))


def _convert_quote(block: str) -> tuple[Element, ...] | None:
    _, *lines = f"\n{block}".split("\n> ")
    prose = convert_prose("\n".join(lines)) if len(lines) == block.count("\n") + 1 else None
    return prose and (Element("blockquote", f"\n<p>{prose[0]}</p>\n", prose[1]),)


def _convert_list(block: str, tag: str, mark: re.Pattern[str]) -> tuple[Element, ...] | None:
    items = [convert_prose(item) for item in mark.split(f"\n{block}")[1:]]
    lines = [f"<li>{html}</li>\n" for html, _ in filter(None, items)]
    words = [words for _, words in filter(None, items)]
    return (Element(tag, "\n" + "".join(lines), "\n".join(words)),) if len(words) == len(items) else None


def _convert_table(block: str) -> tuple[Element, ...] | None:
    table = _TABLE.fullmatch(block)
    if not table:
        return None
    rule = _split_row(table[2])
    if len(rule) != len(_split_row(table[1])):
        return None
    classes = [_ALIGNMENTS[cell.startswith(":"), cell.endswith(":")] for cell in rule]
    head = _convert_row(table[1], "th", classes)
    rows = list(filter(None, [_convert_row(row, "td", classes) for row in table[3][1:].split("\n")]))
    if head is None or len(rows) < table[3].count("\n"):
        return None
    body = "\n".join([html for html, _ in rows])
    inner = f"\n<thead>\n{head[0]}\n</thead>\n<tbody>\n{body}\n</tbody>\n"
    return (Element("table", inner, "\n".join([words for _, words in (head, *rows)])),)


def _convert_fence(block: str) -> tuple[Element, ...] | None:
    fence = _FENCE.fullmatch(_BLANK_LINE.sub("\n", block))
    # Not a paragraph that begins with code, nor letters that a parser drops.
    if not fence or not block.replace("\n", "").isprintable():
        return None
    from generator.publish.markup.code import colour  # Pygments takes 6 ms, and one text in fifty has any code.

    inner = colour(fence[2], fence[1])
    # Some languages have classes of their own, which the sanitiser takes out.
    is_plain = set(_CLASS.findall(inner)) <= CLASSES["span"]
    return (Element(CODE, inner, plain_text(inner)),) if is_plain else None


# What a block is by its first letter; none of these begins a line of prose.
_BY_FIRST: Mapping[str, Callable[[str], tuple[Element, ...] | None]] = {
    "#": _convert_heading,
    ">": _convert_quote,
    "-": lambda block: _convert_list(block, "ul", _BULLET) if block.startswith("- ") else None,
    "|": _convert_table,
    "`": _convert_fence,
}


def _convert_row(row: str, tag: str, classes: Sequence[str]) -> Prose | None:
    """Return a row of as many cells as the header has: what is missing is empty, what is too much is dropped."""
    cells = [convert_spans(cell) for cell in _split_row(row)[: len(classes)]]
    if None in cells:
        return None
    whole = [cell or ("", "") for _, cell in zip_longest(classes, cells)]
    lines = [f"<{tag}{name}>{html}</{tag}>" for name, (html, _) in zip(classes, whole, strict=True)]
    return "\n".join(("<tr>", *lines, "</tr>")), " | ".join([words for _, words in whole]).strip(" ")


def _split_row(row: str) -> list[str]:
    return [cell.strip(" ") for cell in row[1:-1].split("|")]


def _give_back(blocks: Sequence[str], taken: list[tuple[Element, ...] | None]) -> None:
    """Undo what the neighbours forbid: a list or quote beside anything but prose, headings where others may take their ids.

    A list goes on in the next block, if that is a list or indented; so does a quote. A paragraph or a heading ends what stood
    before it.
    """
    for index in [index for index, block in enumerate(taken) if block and block[0].tag in _GOING_ON]:
        beside = taken[max(0, index - 1) : index + 2]
        if any(block is None or block[0].tag in _GOING_ON for block in beside if block is not taken[index]):
            taken[index] = None
    if all(taken):
        return
    left = [text for text, block in zip(blocks, taken, strict=True) if block is None]
    if any(map(_MAY_HOLD_HEADING.search, left)):
        taken[:] = [None if block and block[0].slug else block for block in taken]


def _assemble(blocks: Sequence[str], taken: Sequence[tuple[Element, ...] | None]) -> Outline:
    if all(taken):
        return Outline("", (tuple([element for block in taken if block for element in block]),))
    rest: list[str] = []
    runs: list[tuple[Element, ...]] = []
    for simple, group in groupby(zip(blocks, taken, strict=True), lambda pair: pair[1] is not None):
        if simple:
            rest.append(f"{_MARK}{len(runs)}")
            runs.append(tuple([element for _, block in group if block for element in block]))
        else:
            rest.extend(text for text, _ in group)
    return Outline("\n\n".join(rest), tuple(runs))
