"""Captions of pictures that a seed does not hold: told from sentences by their credit, their tag or their repetition."""

import re

from msgspec import Struct

from generator.ingest.words import any_of
from generator.model import Caption
from generator.text import fold

_STRONG = any_of("captions", "credits")
_WEAK = any_of("captions", "doubtful_credits")
_BY = r"(?:\s*(?:credits?|courtesy|source|by|via)\b)?(?:\s*[:：|]|/)"
_LEADING = r"(?:(?:representative|representational|file|stock|(?-i:[A-Z][\w.]+))\s+){0,3}"
_AFTER = rf"(?:{_BY}[^()\[\]]*|\s+(?:credit|courtesy|source|by|via)\b[^()\[\]]*|\s*$)"
# Behind "(source: customs)" a full stop ends a sentence.
_CREDIT = rf"{_LEADING}{_STRONG}{_AFTER}|{_WEAK}\s*[:：][^()\[\]]*(?![)\]]\.\s*$)|file"
_BRACKETED = re.compile(rf"^(?P<text>.*?)[\s.]*[(\[]\s*(?P<credit>{_CREDIT})\s*[)\]]\W*$", re.IGNORECASE | re.DOTALL)
_LABELLED = re.compile(
    rf"^(?P<text>.*?)[\s.|/–—-]+(?P<credit>{_STRONG}{_BY}\s*(?-i:(?![a-z]+\s+[a-z]))\S.*)$", re.IGNORECASE | re.DOTALL
)
_ONLY_CREDIT = re.compile(rf"^\W*(?P<credit>{_STRONG}{_BY}\s*\S.{{0,80}})$", re.IGNORECASE)
_PHOTOGRAPHER = rf"(?:via\s)?(?:{any_of('head', 'agencies')}|EPA|Getty(?:\sImages)?)/[A-Z][\w .’'-]{{2,40}}"
# Behind "(c)" an agency and a name sign the article, not a picture.
_AGENCY_NAME = re.compile(rf"^(?P<text>.{{10,400}}?)[\s.–—-]*\b(?<!\(c\))(?<!©)(?P<credit>{_PHOTOGRAPHER})\W*$", re.IGNORECASE)
_FILE_PICTURE = re.compile(
    r"^\W*(?P<text>(?:representative|representational|file|stock|generic|illustrative)\s+(?:image|photo|picture|pic|illustration|drawing)s?)\W*$",
    re.IGNORECASE,
)
# Each with the signs of which its lines hold one: most lines hold none, and the patterns read all of a line.
_SIGNS = re.compile("[])/:：|]|$")
_PATTERNS = (
    (_BRACKETED, ")]"),
    (_LABELLED, ":：|/"),
    (_AGENCY_NAME, "/"),
    (_ONLY_CREDIT, ":：|/"),
    (_FILE_PICTURE, ("",)),
)
_CREDIT_LABEL = re.compile(
    rf"^\W*(?:{_STRONG}|{_WEAK})(?:\s*(?:credits?|courtesy|source|by|via)\b)?\s*[:：/|]?\s*", re.IGNORECASE
)
_END_BRACKET = re.compile(r"^(?P<text>.*?)[\s.]*[(\[](?P<credit>[^()\[\]]{2,80})[)\]]\W*$", re.DOTALL)
_END_SLASH = re.compile(r"^(?P<text>.{8,}?)\s+[/|–—]\s+(?P<credit>[^/|]{2,60})$", re.DOTALL)
_CAPTION_TAG = re.compile(
    r"figcaption|<figure|caption|photo|image|img|picture|\bpic\b|-pic\b|\bcap\b|\"paragraphs\"", re.IGNORECASE
)
_SURE_TAG = re.compile("figcaption|<figure|caption|photo|pic")
_SURER_TAG = re.compile("figcaption|<figure|[\"' -]caption")
# A caption is a sentence or two; what is longer is a paragraph, whatever stands in the brackets at its end.
_MAX_WORDS = 60
_MAX_SIZE = 800
_KEY_SIZE = 500
_NOT_WORD = re.compile(r"[\W_]+")
# The same for ASCII, at a tenth of the cost.
_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


class Finding(Struct, frozen=True):
    """A caption, and how sure its own words make that: a credit proves it, a tag alone needs a repetition as well."""

    caption: Caption
    key: str
    proven: bool


def find_caption(text: str, tags: str = "") -> Finding | None:
    """Return the caption that a line is, going by its credit or by the HTML tags that it came in."""
    if len(text) > _MAX_SIZE or len(text.split()) > _MAX_WORDS:
        return None
    signs = set(_SIGNS.findall(text))
    for pattern, wanted in _PATTERNS:
        if not signs.isdisjoint(wanted) and (match := pattern.match(text)):
            parts = match.groupdict()
            return _make(text, parts.get("text") or "", parts.get("credit") or "", proven=True)
    return _find_tagged(text, tags) if tags and _CAPTION_TAG.search(tags) else None


def _find_tagged(text: str, tags: str) -> Finding:
    """Return the caption in a line whose tags are those of pictures; a credit may end it in brackets or behind a slash."""
    for pattern in (_END_BRACKET, _END_SLASH):
        if match := pattern.match(text):
            return _make(text, match["text"], match["credit"], proven=_SURE_TAG.search(tags) is not None)
    return _make(text, text, "", proven=_SURER_TAG.search(tags) is not None)


# Where a picture stands, and nothing of what it shows: "Main image credit: …".
_PLACES = frozenset({"main", "cover", "lead", "header", "featured", "feature", "top", "hero", "title", "front page"})


def _make(whole: str, text: str, credit: str, *, proven: bool) -> Finding:
    cleaned = _CREDIT_LABEL.sub("", credit).strip(" .|/")
    label = credit.strip(" .|/:")
    said = text.strip(" |/–—-")
    caption = Caption("" if said.lower() in _PLACES else said, cleaned or label)
    return Finding(caption, caption_key(whole), proven)


def caption_key(text: str) -> str:
    """Return what two copies of a caption share whatever happened to spaces and quotes; nothing for a whole paragraph."""
    if len(text) > _KEY_SIZE:
        return ""
    folded = text.lower() if text.isascii() else fold(text)
    return folded.translate(_ASCII_SIGNS) if folded.isascii() else _NOT_WORD.sub("", folded)
