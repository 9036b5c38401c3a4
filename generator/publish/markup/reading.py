"""Safe HTML → plain text, as it is searched, quoted and shown on a terminal."""

import re
from html import unescape

# What stands in the text for reading on the screen only: the numbers of notes and the way back from them.
_APPARATUS = re.compile(r'<sup id="s-fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
_IMAGE = re.compile(r'<img (?:[^>]* )?alt="([^"]*)"[^>]*>')
_ITEM = re.compile(r"<li(?: [^>]*)?>\s*(?:<p(?: [^>]*)?>)?")
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh][ >])")
_BREAK = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|caption|tr|div|hr|details|summary|figure|figcaption)(?: [^>]*)?>"
)
_TAG = re.compile(r"<[^>]*>")


def plain_text(html: str) -> str:
    """Return the words of what `render_markdown` returned: a paragraph a line, `- ` before items, `a | b` for cells, no marks."""
    text = html.replace("\n", " ")
    if "footnote" in text:
        text = _APPARATUS.sub("", text)
    if "<img" in text:
        text = _IMAGE.sub(r"\1", text)
    if "<li" in text:
        text = _ITEM.sub("\n- ", text)
    if "<t" in text:
        text = _CELL_END.sub(" | ", text)
    text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
