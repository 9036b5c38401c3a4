"""Safe HTML → plain text, as it is searched, quoted and shown on a terminal."""

import re
from html import unescape

# What stands in the text for reading on the screen only: the numbers of notes and the way back from them.
_APPARATUS = re.compile(r'<sup id="s-fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
_IMAGE = re.compile(r'<img (?:[^>]* )?alt="([^"]*)"[^>]*>')
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh][ >])")
_BREAK = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|caption|tr|div|hr|details|summary|figure|figcaption)(?: [^>]*)?>"
)
_TAG = re.compile(r"<[^>]*>")
# What only some texts have, and what the first three patterns are for: one look takes a fifth of looking for each.
_RARE = re.compile("<(?:img|t[dh]|sup|a class)")
# Within a line, what would have to become one space: two of them, or white space of another kind.
_WIDE_SPACES = (
    "  ",
    *"\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
)
_WIDE_ASCII_SPACES = tuple(filter(str.isascii, _WIDE_SPACES))


def plain_text(html: str) -> str:
    """Return the words of what `render_markdown` returned: a line for each paragraph, item or row, ` | ` between its cells."""
    text = html.replace("\n", " ")
    if _RARE.search(text):
        text = _CELL_END.sub(" | ", _IMAGE.sub(r"\1", _APPARATUS.sub("", text)))
    text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    text = "\n".join(lines)
    if any(space in text for space in (_WIDE_ASCII_SPACES if text.isascii() else _WIDE_SPACES)):
        text = "\n".join([" ".join(line.split()) for line in lines])
    return text
