"""A paragraph of plain prose → HTML and words: letters, bold, italics and links that stand apart from each other."""

import re

# A line that starts with one of these is a line of prose, unless it is the item of a list.
_START = r"""(?!\d+\. )(?:[^\W_]|["'“”‘’«(£$¥₩€₹])"""
_LINE = rf"{_START}.*(?<! )"
_PROSE = re.compile(rf"{_LINE}(?:\n{_LINE})*")

# Links become tags first, and no emphasis reaches over a tag.
_SPANNED = r"(?![\s^])([^*_\[\]<]*[^\s*_\[\]<])"
_BEFORE, _AFTER = r"""[^\s("]""", r"""(?![^\s.,;:)?!"])"""
NOTE_MARK = "\ue001"
# A reference to a note is a link, and none may stand in another.
_LABEL = _SPANNED.replace(r"*_\[\]", rf"*_\[\]{NOTE_MARK}")
# Each begins with its own letter, or the search would try both patterns at every letter.
_LINK = re.compile(rf"\[(?<!!\[){_LABEL}\]\(([A-Za-z/#][A-Za-z0-9/._~%#?=:@+,-]*)\)")
_EMPHASIS = re.compile(rf"\*(?:\*(?<!{_BEFORE}\*\*){_SPANNED}\*\*{_AFTER}|(?<!{_BEFORE}\*){_SPANNED}\*{_AFTER})")
_TAG = re.compile("<[^>]*>")


# A stretch of text as HTML, and in plain words.
Prose = tuple[str, str]


def convert_prose(text: str) -> Prose | None:
    """Return a paragraph, or None where it may be more than prose; `text` holds no control characters but line feeds."""
    if "\\" in text or "`" in text or "|" in text or not _PROSE.fullmatch(text):
        return None
    return convert_spans(text)


def convert_spans(text: str) -> Prose | None:
    """Return the HTML of a text of letters, bold, italics and links that stand apart from each other, or None of any other.

    `text` holds no `<`.
    """
    words = text.replace("\n", " ") if "\n" in text else text
    if "&" in text:
        if ";" in text or "&#" in text:
            return None
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if not _is_marked(text):
        return text, words
    if "[" in text:
        text = _LINK.sub(lambda link: f'<a href="{link[2]}">{link[1]}</a>', text)
    if "*" in text:
        text = _EMPHASIS.sub(lambda span: f"<strong>{span[1]}</strong>" if span[1] else f"<em>{span[2]}</em>", text)
    words = _TAG.sub("", text)
    if _is_marked(words):
        return None
    if "&" in words:
        words = words.replace("&gt;", ">").replace("&amp;", "&")
    return text, words.replace("\n", " ")


def _is_marked(text: str) -> bool:
    return "*" in text or "[" in text or "_" in text or "]" in text  # A loop takes five times as long.
