"""A paragraph of plain prose → HTML and words: letters, bold, italics and links that stand apart from each other."""

import re

# A line that starts with one of these is a line of prose, unless it is the item of a list.
_START = r"""(?!\d+\. )(?:[^\W_]|["'“”‘’«(£$¥₩€₹])"""
_LINE = rf"{_START}.*(?<! )"
_PROSE = re.compile(rf"{_LINE}(?:\n{_LINE})*")

# Each begins with its own letter, or the search would try all three at every letter.
_SPANNED = r"(?![\s^])([^*_\[\]]*[^\s*_\[\]])"
_BEFORE, _AFTER = r"""[^\s("]""", r"""(?![^\s.,;:)?!"])"""
NOTE_MARK = "\ue001"
# A reference to a note is a link, and none may stand in another.
_LABEL = _SPANNED.replace(r"*_\[\]", rf"*_\[\]{NOTE_MARK}")
_SPAN = re.compile(
    rf"\*\*(?<!{_BEFORE}\*\*){_SPANNED}\*\*{_AFTER}"
    rf"|\*(?<!{_BEFORE}\*){_SPANNED}\*{_AFTER}"
    rf"|\[(?<!!\[){_LABEL}\]\(([A-Za-z/#][A-Za-z0-9/._~%#?=:@+,-]*)\)"
)


# A stretch of text as HTML, and in plain words.
Prose = tuple[str, str]


def convert_prose(text: str) -> Prose | None:
    """Return a paragraph without control characters, or None where it may be more than prose."""
    if "\\" in text or "`" in text or "|" in text or not _PROSE.fullmatch(text):
        return None
    return convert_spans(text)


def convert_spans(text: str) -> Prose | None:
    """Return the HTML of a text of letters, bold, italics and links that stand apart from each other, or None of any other."""
    words = text.replace("\n", " ") if "\n" in text else text
    if "&" in text:
        if ";" in text or "&#" in text:
            return None
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if not _is_marked(text):
        return text, words
    pieces = _SPAN.split(text)
    if _is_marked("".join(pieces[::5])):
        return None
    shown, said = [pieces[0]], [pieces[0]]
    for strong, emphasis, label, address, after in zip(*[iter(pieces[1:])] * 5, strict=True):
        if strong:
            shown += ("<strong>", strong, "</strong>", after)
        elif emphasis:
            shown += ("<em>", emphasis, "</em>", after)
        else:
            shown += (f'<a href="{address}">', label, "</a>", after)
        said += (strong or emphasis or label, after)
    words = "".join(said)
    if "&" in text:
        words = words.replace("&gt;", ">").replace("&amp;", "&")
    return "".join(shown), words.replace("\n", " ")


def _is_marked(text: str) -> bool:
    return "*" in text or "[" in text or "_" in text or "]" in text  # A loop takes five times as long.
