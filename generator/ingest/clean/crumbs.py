"""Section names in front of a headline, glued or with arrows: `Business NewsBusinessIndia, …`, `Home > World > India, …`."""

import re
from collections.abc import Sequence

from generator.ingest.words import any_of, word_set
from generator.text import fold

_SECTIONS = word_set("head", "section_words")
_CASELESS_SECTION = re.compile(rf"^{any_of('head', 'caseless_sections')}(?=\S)")
_LINKS = frozenset("and & of the in on for".split())
_GLUE = re.compile(
    r"(?<=[^\W\d_A-Z])(?=[A-Z\u00c0-\u00de])|(?<=[a-z])(?=[‘“'\"₹$€£]?[A-Z0-9‘“])|(?<=[A-Z]{3})(?=[A-Z][a-z]{2})|(?<=[)\]])(?=[A-Z])"
)
_ARROWS = re.compile(r"\s*(?:[>»›→]+|(?<=\s)[/|·](?=\s))\s*")


def strip_crumbs(line: str, body: str) -> str:
    """Return a headline without the section names in front of it: `Business NewsBusinessIndia, …` or `Home > World > India, …`.

    `body` decides in doubt: a word such as `BrahMos` that stands in the text is a name and no seam between two words.
    """
    # In "Le ministre «assume» sa méthode" the closing mark is no arrow.
    pieces = [piece for piece in _ARROWS.split(line) if piece] if "«" not in line else [line]
    if len(pieces) > 1:
        *crumbs, title = pieces
        arrows = re.search(r"[>»›→]", line)
        if all(is_section(crumb) or (arrows and len(crumb.split()) <= 4) for crumb in crumbs) and not is_section(title):
            line = title
    rest = line
    while (seam := _find_seam(rest, body)) > 0:
        rest = rest[seam:].lstrip()
    while caseless := _CASELESS_SECTION.match(rest):
        rest = rest[caseless.end() :]
    return rest if len(rest) >= 8 else line


def _find_seam(line: str, body: str) -> int:
    """Return where the first segment of a glued breadcrumb ends, or 0."""
    for match in _GLUE.finditer(line, 1):
        seam = match.start()
        segment = line[:seam]
        if len(segment) > 40 or len(segment.split()) > 4 or re.search(r"[,:;.!?]\s", segment):
            return 0
        token = _token_at(line, seam)
        if len(token) > 2 and re.search(rf"(?<!\w){re.escape(token)}(?!\w)", body):
            continue
        if is_section(segment):
            return seam
        following = re.match(r"[‘“'\"]?([\w.-]+)", line[seam:])
        is_name = segment[:1].isupper() and all(word[:1].isupper() or word in _LINKS for word in segment.split())
        if is_name and len(segment) >= 4 and following and _holds_word(body, following[1]):
            return seam
    return 0


def _token_at(line: str, position: int) -> str:
    start = line.rfind(" ", 0, position) + 1
    end = line.find(" ", position)
    return line[start : end if end >= 0 else len(line)].strip(".,:;!?'\"‘’“”()")


def _holds_word(body: str, word: str) -> bool:
    return len(word) >= 2 and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body) is not None


def is_section(segment: str) -> bool:
    """Say whether words are the name of a section of a news site: `World`, `Business News`."""
    words = [word.strip("()").casefold() for word in re.split(r"[\s&/]+|(?<=[a-z])-(?=[a-z])", segment) if word]
    return 0 < len(words) <= 4 and all(word in _SECTIONS or word in _LINKS for word in words) and not set(words) <= _LINKS


def is_crumbs(line: str) -> bool:
    """Say whether a line is nothing but section names: `Home > World > Asia`, `Business News`."""
    if len(line) > 120:
        return False
    pieces = [piece for piece in _ARROWS.split(line) if piece]
    if len(pieces) > 1:
        return all(len(piece.split()) <= 4 for piece in pieces) and any(is_section(piece) for piece in pieces)
    rest = line
    while rest and not is_section(rest):
        seam = next((match.start() for match in _GLUE.finditer(rest, 1) if is_section(rest[: match.start()])), 0)
        if not seam:
            return False
        rest = rest[seam:]
    return bool(rest)


def leads_to_headline(line: str, following: Sequence[str]) -> bool:
    """Say whether a line is a breadcrumb that ends in the headline, which one of the next lines is: `Home » Talks open`."""
    *crumbs, last = (piece for piece in _ARROWS.split(line) if piece) if re.search(r"[>»›→]", line) else [line]
    return bool(crumbs) and all(len(crumb.split()) <= 4 for crumb in crumbs) and fold(last) in map(fold, following)


# What no section name holds: ends of sentences, quotation marks, digits.
_UNLIKE_SECTION = re.compile(r"[.,:;!?。，：；！？।؟،«»“”\"'’\d]")


def looks_like_crumbs(line: str, following: str) -> bool:
    """Say whether a line reads like a breadcrumb in any script: short pieces between signs, over a longer line, the headline.

    Only an arrow tells alone: under `India | Japan` the text itself may stand, and that is then the headline.
    """
    pieces = [piece for piece in _ARROWS.split(line) if piece]
    if len(pieces) < 2 or len(line) > 60 or len(following) <= len(line):
        return False
    is_short = all(len(piece.split()) <= 3 and len(piece) <= 20 and not _UNLIKE_SECTION.search(piece) for piece in pieces)
    return is_short and (re.search(r"[>›→]", line) is not None or not re.search(r"[.!?。।؟][\"'”’)]*$", following))
