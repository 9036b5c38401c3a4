"""Briefings → one segment of the index: all that depends on the texts of a few months, and on nothing else.

A segment is kept by the digest of its plan, so that an edit costs the reading of some hundred texts instead of all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import log2, sqrt
from operator import itemgetter, sub
from typing import Any

from generator.fingerprint import fingerprint
from generator.publish.archive import Article
from generator.publish.search.codec import SMALL, encode_ascending, encode_number
from generator.publish.search.words import STOP_WORDS, find_cell, find_stem, fold_text, split_folded, split_words

# How much a word counts by where it stands: a title is six times a line of the body.
TITLE, TERM, SUMMARY, BODY = 6.0, 3.0, 2.0, 1.0

# BM25F: how fast further occurrences stop to count, how far long texts are held back, and what counts as a usual length in words.
SATURATION = 2.0
LENGTH_SHARE = 0.6
USUAL_LENGTH = 400
LEVELS = 31

# Months that one segment may span: so many that it holds at least 64 briefings where the archive allows, since every segment
# repeats its words (84 quarters of 10,000 briefings: 9 MB; 252 months: 16 MB) and every edit reads one segment anew.
PERIODS = (1, 3, 12, 48)
ENOUGH = 64

# A line starts at the next multiple, so that an edit moves the positions of its own line only.
STRIDE = 64

_DIGIT = re.compile(r"\d")
# Longer words than this are kept together.
LONGEST = 16

# Addresses and HTML are no words of the text.
_MARKS = ("](", "://", "<", "[^")
_NO_TEXT = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\))?[^()]*\)|https?://\S+|<[^<>]{1,2000}>|\[\^[^\]]{1,80}\]")


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """The briefings of one period, by date and id; `label` is its first month, `2025-07`."""

    label: str
    articles: tuple[Article, ...]
    digest: bytes

    @property
    def capacity(self) -> int:
        """How many numbers the segment takes: the next power of two, so that later segments keep theirs while it grows."""
        return find_capacity(len(self.articles))


# What `make_segment` returns: cell → its rows, one a line, see `_dump_row`; and `=07` → all words of seven letters.
Segment = Mapping[str, str]


def find_capacity(count: int) -> int:
    """Return the power of two, at least 16, that holds `count`."""
    return max(16, 1 << (count - 1).bit_length())


def plan_segments(articles: Sequence[Article]) -> tuple[SegmentPlan, ...]:
    """Return the segments of an archive in order of time; `articles` are newest first, as the archive has them."""
    ordered = articles[::-1]
    if not ordered:
        return ()
    first, last = _month(ordered[0]), _month(ordered[-1])
    density = len(ordered) / (last - first + 1)
    period = next((months for months in PERIODS if months * density >= ENOUGH), PERIODS[-1])
    plans = []
    for start, group in groupby(ordered, key=lambda article: _month(article) // period * period):
        members = tuple(group)
        digest = fingerprint(tuple(article.digest for article in members))
        plans.append(SegmentPlan(f"{start // 12:04}-{start % 12 + 1:02}", members, digest))
    return tuple(plans)


def _month(article: Article) -> int:
    return article.card.date.year * 12 + article.card.date.month - 1


class _Stems(dict[str, str]):
    """Word → stem in one language, of the words that a segment holds; stop words have the stem "", which is thrown away."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __missing__(self, word: str) -> str:
        stem = self[word] = "" if word in STOP_WORDS else find_stem(word, self.lang)
        return stem


def make_segment(articles: Sequence[Article]) -> Segment:
    """Return the words of some briefings, each briefing by its place in the sequence."""
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    languages: dict[str, _Stems] = {}
    for slot, article in enumerate(articles):
        lang = article.card.lang or "en"
        stems = languages.setdefault(lang, _Stems(lang))
        _add_article(rows, slot, article, stems)
    forms: dict[str, set[str]] = {}
    for stems in languages.values():
        for word, stem in stems.items():
            if stem:
                forms.setdefault(stem, set()).add(word)
    cells: dict[str, list[str]] = {}
    for stem in sorted(rows):
        cells.setdefault(find_cell(stem), []).append(_dump_row(stem, forms[stem], rows[stem]))
    segment = {cell: "".join(lines) for cell, lines in cells.items()}
    for length, words in _group_lengths(word for found in forms.values() for word in found):
        segment[length] = " ".join(words)
    return segment


def _group_lengths(words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the words that spelling may suggest, by length: of four characters and more, and without digits."""
    spelt = sorted((length_key(len(word)), word) for word in words if len(word) > 3 and not _DIGIT.search(word))
    for length, group in groupby(spelt, key=itemgetter(0)):
        yield length, [word for _, word in group]


def length_key(length: int) -> str:
    """Return the key under which a segment keeps its words of a length; `=` stands in no word, so in no cell."""
    return f"={min(length, LONGEST):02}"


def _add_article(rows: defaultdict[str, list[Any]], slot: int, article: Article, stems: _Stems) -> None:
    """Append to the row of each stem: the briefing's slot, its level there, and where in the text the stem stands."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    extras: defaultdict[str, float] = defaultdict(float)
    place = 0
    for weight, words in _find_lines(article):
        for position, stem in enumerate(map(stems.__getitem__, words), place):
            places[stem].append(position)
            if weight != BODY:
                extras[stem] += weight - BODY
        place += -(-len(words) // STRIDE) * STRIDE
    for word in _find_terms(article):
        extras[stems[word]] += TERM
        places[stems[word]] += ()  # A term need not stand in the text.
    places.pop("", None)
    norm = _find_norm(place)
    for stem, found in places.items():
        weight = (len(found) + extras[stem]) / norm if stem in extras else len(found) / norm
        level = SMALL[int(LEVELS * weight / (weight + SATURATION))]
        rows[stem] += (slot, level, _encode_places(found))


def _encode_places(found: list[int]) -> str:
    """Return how often a word stands in a text, and where."""
    try:
        if len(found) == 1:
            return SMALL[1] + SMALL[found[0]]
        return SMALL[len(found)] + "".join(map(SMALL.__getitem__, (*found[:1], *map(sub, found[1:], found))))
    except IndexError:  # A text of more than 4,000 words.
        return encode_number(len(found)) + encode_ascending(found)


def _find_lines(article: Article) -> Iterator[tuple[float, list[str]]]:
    """Yield the words of each line of what may be shown of a briefing, with their weight."""
    briefing = article.briefing
    yield TITLE, split_words(briefing.title)
    yield SUMMARY, split_words(briefing.summary)
    for point in briefing.key_points:
        yield SUMMARY, split_words(point)
    body = article.body()
    if any(mark in body for mark in _MARKS):
        body = _NO_TEXT.sub(" ", body)
    for paragraph in fold_text(body).split("\n\n"):
        yield BODY, split_folded(paragraph)


def _find_terms(article: Article) -> Iterator[str]:
    """Yield the words of a briefing's terms; names of several words also as one, which is what their synonyms lead to."""
    card = article.card
    kinds = (card.kind,) if card.kind else ()
    for term in (*card.countries, *card.sectors):
        yield from split_words(term.name)
        yield join_words(term.name)
    names = [term.name for term in (*kinds, *card.people, *card.organisations)]
    names += [body.abbreviation for body in article.briefing.organisations]
    for name in (*names, card.publisher):
        yield from split_words(name)


@cache
def join_words(name: str) -> str:
    """Return the one word under which a name of several words is found as a whole: `southkorea`."""
    return "".join(split_words(name))


@cache
def _find_norm(length: int) -> float:
    """Return the divisor of a text's weights; in steps of the square root of two, so that small edits change nothing."""
    steps = max(-4, min(4, round(2 * log2(max(length, 1) / USUAL_LENGTH))))
    return 1 - LENGTH_SHARE + LENGTH_SHARE * sqrt(2) ** steps


def _dump_row(stem: str, forms: set[str], row: list[Any]) -> str:
    """Return a row as a line: stem, forms, first and last slot, postings from the first one's level on, positions."""
    slots, levels = row[::3], row[1::3]
    gaps = map(encode_number, map(sub, slots[1:], slots))
    postings = levels[0] + "".join(map("".join, zip(gaps, levels[1:], strict=True)))
    return f"{stem}\t{' '.join(sorted(forms))}\t{slots[0]}\t{slots[-1]}\t{postings}\t{''.join(row[2::3])}\n"
