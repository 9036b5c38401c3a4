"""Recognising what a web page says about itself between the sentences of an article: links, buttons, notices, tags.

A line is furniture only when it looks like it twice: by its words, and by being short, imperative or without a full stop. A
sentence about cookies or newspapers stays.
"""

import re

from generator.ingest.words import any_of

_FLAGS = re.IGNORECASE
_LINKS = any_of("furniture", "links")
# The last alternative is a label glued to its headline: `Also ReadGermany and Norway open …`, the label in bold type or not.
_MARK = r"(?:\s*(?:[:：|»›>→▶…]+|\.{3}|[–—-](?=\s)|$)|(?-i:[*_]{0,3}(?<!\s)(?=[A-Z])))"
_LINK_LABEL = re.compile(rf"^\W{{0,4}}{_LINKS}{_MARK}", _FLAGS)
_LIKELY_LABEL = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'likely_links')}\s*(?:[:：|»›>→▶…]+|[–—-](?=\s))", _FLAGS)
_GOES_ON = re.compile(r"\W{0,4}[^\W\d]+:\s+(?=[a-zà-ÿ])")
_BARE_LABEL = re.compile(rf"^\W{{0,4}}{_LINKS}\s*[:：|»›>→▶…–—-]*\s*$", _FLAGS)
_OPENS_NO_LIST = re.compile(r"(?:more|rest|here|full|المزيد|पढ़ें)\W*$", _FLAGS)
_BUTTON = any_of("furniture", "buttons")
_BUTTONS = re.compile(rf"^\W*{_BUTTON}(?:[\W_]+{_BUTTON})*\W*$", _FLAGS)
_ASKED = any_of("furniture", "asked_for")
_SITE = re.compile(rf"^\W{{0,4}}(?:{any_of('furniture', 'site')}|{any_of('furniture', 'asks')}\b.*\b{_ASKED}\b)", _FLAGS)
_LINE = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'lines')}\W{{0,4}}$", _FLAGS)
_TAGS = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'tags')}\s*(?:[:|]|//)\s*\S", _FLAGS)
_HASHTAGS = re.compile(r"^\W{0,2}(?:#[\w&-]+[\s,|/·]*)+$")
_RIGHTS = re.compile(rf"^\W{{0,3}}{any_of('furniture', 'rights')}", _FLAGS)
_NOTICE = re.compile(rf"^\W{{0,3}}{any_of('furniture', 'notices')}", _FLAGS)
_NOTICE_LABEL = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'notice_labels')}\s*[:：|]", _FLAGS)
_SHORT = re.compile(rf"\b{any_of('furniture', 'short')}\b", _FLAGS)
_ASKED_BRIEFLY = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'asks')}\b.*\b{any_of('furniture', 'asked_briefly')}\b", _FLAGS)
_COMMENTS = re.compile(rf"^\W{{0,4}}{any_of('furniture', 'comments')}\W{{0,4}}$", _FLAGS)
_BRACKETED_LINK = re.compile(rf"[(\[]{_LINKS}\s*[:|–—-][^()\[\]]{{0,200}}[)\]]", _FLAGS)
_GLUED_LINK = re.compile(rf"(?<=[.!?”\"’'])\s*{any_of('furniture', 'glued')}\s*[:|–—-]\s*[^.!?]{{0,200}}$", _FLAGS)
_TAIL_SIZE = 300
_FULL_STOP = re.compile(r"[.!?।。؟][\"'”’)\]]*$")
# Longer lines are paragraphs whatever their words: the longest notice seen in the wild had 34 words.
_WORDS_MAX = 22
_NOTICE_WORDS_MAX = 45
_SHORT_WORDS_MAX = 7


def is_furniture(text: str, *, sure: bool = False) -> bool:
    """Say whether a line or paragraph belongs to the page and not to the article.

    `sure` asks for certainty: headlines, too, start with `Watch:`, and `Topics:` may open a paragraph.
    """
    if len(text) > 400:
        return False
    if not any(char.isalnum() for char in text):
        return True
    ends = _FULL_STOP.search(text) is not None
    words = len(text.split())
    if words > _NOTICE_WORDS_MAX or (ends and text[0] in "\"“'‘«"):
        return False
    if _NOTICE.match(text) or _HASHTAGS.match(text) or _LINE.match(text):
        return True
    if words <= _WORDS_MAX and _is_short_furniture(text, labels=not ends and not sure):
        return True
    # "Serbia did not sign up." says something; "Sign up today." asks for it.
    brief = words <= _SHORT_WORDS_MAX and (
        _SHORT.search(text) if not ends else _SHORT.match(text.lower().removeprefix("please "))
    )
    asks = words <= (_SHORT_WORDS_MAX if ends else _WORDS_MAX) and _ASKED_BRIEFLY.match(text)
    return bool(brief or asks)


def _is_short_furniture(text: str, *, labels: bool) -> bool:
    if _NOTICE_LABEL.match(text) or _RIGHTS.match(text):
        return True
    # "Related: talks on visas went on too, he added.": a linked title begins with a capital.
    is_sentence = _GOES_ON.match(text) is not None and _FULL_STOP.search(text) is not None
    if (_LINK_LABEL.match(text) and not is_sentence) or _BUTTONS.match(text) or _SITE.match(text):
        return True
    return labels and (_LIKELY_LABEL.match(text) is not None or _TAGS.match(text) is not None)


def opens_links(text: str) -> bool:
    """Say whether a line is a bare label (`Also Read`, `Related stories`) whose links follow on lines of their own."""
    return len(text) < 60 and _BARE_LABEL.match(text) is not None and not _OPENS_NO_LIST.search(text)


def opens_comments(text: str) -> bool:
    """Say whether everything from this line on is what readers wrote."""
    return len(text) < 60 and _COMMENTS.match(text) is not None


def is_headline(text: str) -> bool:
    """Say whether a line reads like the title of a linked article: some words and no full stop."""
    return 3 <= len(text.split()) <= _WORDS_MAX and not _FULL_STOP.search(text) and not text.endswith((":", ",", ";"))


def strip_links(text: str) -> str:
    """Return a paragraph without the links to other articles that were glued into it."""
    if "(" in text or "[" in text:
        text = _BRACKETED_LINK.sub("", text).rstrip()
    # Only behind its last sentence may a paragraph carry one: a search through all of it took half of the cleaning's time.
    start = max(0, len(text) - _TAIL_SIZE)
    glued = _GLUED_LINK.search(text, start)
    return text[: glued.start()] if glued else text
