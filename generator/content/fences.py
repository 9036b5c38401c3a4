"""The two lines `---` around front matter, and what editors and their programs write or put in their place."""

import re
from typing import NamedTuple

FENCE = "---"
# As other programs turn it, or know it: `—`, `--`, `----`, `- - -`, ` ---`, `***`, `...`; a dash alone is an item of a list.
_NEARLY = re.compile(r"[ \t]*+(?:[–—]|(?:[-–—_*=~][ \t]*+){2,}+|\.{3})[ \t]*+")
_CODE = re.compile(r"\s*+(`{3,}|~{3,}) *+[a-z]*+[ \t]*+\n\s*+---")
_KEY = re.compile(r"[a-z_]+:(?:\s|\Z)")
_LATER = re.compile(rf"^{FENCE}[ \t]*\n[a-z_]+:", re.MULTILINE)
# Text above front matter is a note or two; a rule further down is one.
_LINES_ABOVE = 20


class Said(NamedTuple):
    """What is wrong with a fence, and what to do; the line counts from 1."""

    line: int
    message: str
    hint: str = ""


def tell_start(text: str) -> Said:
    """Return what is wrong with a text that does not begin with a fence."""
    first = text.partition("\n")[0].rstrip()
    begin = f'begin the file with the line "{FENCE}"'
    if found := _CODE.match(text):
        said = "the front matter stands in a block of code"
        return Said(1, said, f'{begin}, and take out the "{found[1]}" above and below')
    if text.lstrip().startswith(f"{FENCE}\n"):
        return Said(1, "a space or an empty line stands above the front matter", begin)
    message = f'the file does not start with front matter (a line "{FENCE}")'
    if _NEARLY.fullmatch(first):
        return Said(1, message, f'write "{FENCE}" in the place of "{first.strip()}"')
    if _LATER.search("\n".join(text.split("\n", _LINES_ABOVE)[:_LINES_ABOVE])):
        return Said(1, "something stands above the front matter", begin)
    return Said(1, message, f'write "{FENCE}" above this line' if _KEY.match(first) else "")


def tell_end(text: str) -> Said:
    """Return what is wrong with a text whose front matter is not closed."""
    return find_near_end(text) or Said(1, f'the front matter is not closed by a second line "{FENCE}"')


def find_near_end(text: str) -> Said | None:
    """Return what is wrong where front matter ends in a line that is nearly a fence: no line of it is empty."""
    start = text.find("\n") + 1
    for number, line in enumerate(text[start:].partition("\n\n")[0].split("\n"), 2) if start else ():
        if _NEARLY.fullmatch(line):
            is_indented = line.strip() == FENCE
            hint = "begin this line without a space" if is_indented else f'write "{FENCE}" in the place of "{line.strip()}"'
            return Said(number, f'the front matter is not closed by a second line "{FENCE}"', hint)
    return None


def find_open_end(text: str, line: int) -> Said | None:
    """Return what is wrong where a line, counted from 1, begins the text already, so that the fence behind it is a rule."""
    lines = text.split("\n")
    is_below_blank = 1 < line <= len(lines) and not lines[line - 2].strip()
    behind = "\n".join(lines[line - 1 :]).partition(f"\n{FENCE}")[0]
    if not is_below_blank or any(map(_KEY.match, behind.split("\n"))):
        return None
    return Said(line, "the front matter is not closed above this line", f'write "{FENCE}" there')
