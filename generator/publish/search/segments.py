"""Briefings → one segment of the index: all that depends on the texts of a few months, and on nothing else.

A segment is kept by the digest of its plan, so that an edit costs the reading of some hundred texts instead of all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, count, groupby
from math import log2, sqrt
from operator import sub
from types import MappingProxyType
from typing import Any, TypedDict

from msgspec import Struct

from generator.fingerprint import digest_bytes, fingerprint
from generator.publish.articles import Article
from generator.publish.search.codec import encode_number, encode_numbers
from generator.publish.search.facets import group_facets
from generator.publish.search.words import find_home, make_stemmer, split_words
from generator.workers import share_out

# How much a word counts by where it stands. The mean reciprocal rank of 503 queries for known briefings was 0.969 with 10 for a
# title, 0.962 with 6 and 0.966 with 16.
TITLE, TERM, SUMMARY, BODY = 10, 3, 2, 1

# BM25F: how fast further occurrences stop to count, how far long texts are held back, and what counts as a usual length in words.
SATURATION = 2.0
LENGTH_SHARE = 0.6
USUAL_LENGTH = 400
LEVELS = 31

# Months that one segment may span: so many that it holds at least 64 briefings where the archive allows, since every segment
# repeats its words (84 quarters of 10,000 briefings: 22 MB; 252 months: 30 MB) and every edit reads one segment anew.
PERIODS = (1, 3, 12, 48)
ENOUGH = 64

# A line starts at the next multiple but the one where the last ends, so that an edit moves the places of its own line only and no
# phrase reaches from one line into the next.
STRIDE = 64

_DIGIT = re.compile(r"\d")
# Longer words than this are kept together.
LONGEST = 16

# Addresses and HTML are no words of the text.
_MARKS = ("](", "://", "<", "[^")
_NO_TEXT = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\))?[^()]*\)|https?://\S+|<[^<>]{1,2000}>|\[\^[^\]]{1,80}\]")

# Of longer texts the beginning is searched, 300 pages: a second's work, and an index of 3 MB.
SEARCHED = 1_000_000

# Starting processes takes 50 ms, a briefing 0.3 ms.
BRIEFINGS_WORTH_PROCESSES = 1000


class SegmentPlan(Struct, frozen=True):
    """The briefings of one period, by date and id; `label` is its first month, `2025-07`."""

    label: str
    articles: tuple[Article, ...]
    digest: bytes


# A stem and one of its forms.
Key = tuple[str, str]

# From where to where the rows of a home stand, and their digest.
Span = tuple[int, int, bytes]


class Segment(TypedDict):
    """What `make_segment` returns: plain values, to be kept.

    `rows` are lines, see `_dump_row`, home after home, and `homes` says where: one text for all is read in a third of the time of
    a text for each. `words` are by length (`07` → all of seven letters), `facets` by family, `stems` by language, each after its
    word.
    """

    rows: str
    homes: dict[str, Span]
    words: dict[str, str]
    facets: dict[str, str]
    stems: dict[str, str]


def find_capacity(count: int) -> int:
    """Return how many numbers a period of so many briefings takes: a power of two, so that it can grow and move no other."""
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


def make_segments(
    plans: Sequence[SegmentPlan], *, known: Mapping[str, str] = MappingProxyType({}), jobs: int = 1
) -> Iterator[Segment]:
    """Yield the segment of each plan, made in several processes where that pays.

    `known` are the stems of another segment: most words are in both, and working out their stems takes a third of the time.
    """
    articles = [plan.articles for plan in plans]
    pays = sum(map(len, articles)) >= BRIEFINGS_WORTH_PROCESSES
    return share_out(lambda place: make_segment(articles[place], known), len(articles), jobs=jobs if pays else 1)


def make_segment(articles: Sequence[Article], known: Mapping[str, str]) -> Segment:
    """Return the words of some briefings, each briefing by its place in the sequence."""
    rows: defaultdict[Key, list[Any]] = defaultdict(list)
    known_stems = {lang: dict(zip(*[iter(text.split())] * 2, strict=True)) for lang, text in known.items()}
    stems: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for slot, article in enumerate(articles):
        lang = article.card.lang
        lines = list(_read_lines(article))
        own, kept, find_stem = stems[lang], known_stems.get(lang, {}), make_stemmer(lang)
        for word in set().union(*(words for _, words in lines)) - own.keys():
            own[word] = kept.get(word) or find_stem(word)
        _add_lines(rows, slot, lines, own.__getitem__)
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(rows):
        homes[find_home(key[0])].append(_dump_row(key, rows[key]))
    text, spans = join_homes({home: "".join(lines) for home, lines in homes.items()})
    return {
        "rows": text,
        "homes": spans,
        "words": _group_lengths({word for _, word in rows}),
        "facets": group_facets(articles),
        "stems": {lang: " ".join(f"{word} {stem}" for word, stem in sorted(own.items()) if stem) for lang, own in stems.items()},
    }


def join_homes(texts: Mapping[str, str]) -> tuple[str, dict[str, Span]]:
    """Return the rows of all homes as one text, and the span of each home there."""
    ends = accumulate(map(len, texts.values()))
    spans = {
        home: (end - len(text), end, digest_bytes(text.encode())) for end, (home, text) in zip(ends, texts.items(), strict=True)
    }
    return "".join(texts.values()), spans


def _group_lengths(words: Iterable[str]) -> dict[str, str]:
    """Return the words that spelling may suggest by length: those of four characters and more, without digits."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) > 3 and not _DIGIT.search(word):
            groups[f"{min(len(word), LONGEST):02}"].append(word)
    return {length: " ".join(groups[length]) for length in sorted(groups)}


def _read_lines(article: Article) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the words of each line of what may be shown of a briefing, with their weight."""
    briefing = article.briefing
    yield TITLE, split_words(briefing.title)
    for line in (briefing.summary, *briefing.key_points):
        yield SUMMARY, split_words(line)
    card = article.card
    named = (*card.countries, *card.sectors, *filter(None, (card.kind,)), *card.people, *card.organisations)
    abbreviations = (organisation.abbreviation for organisation in briefing.organisations)
    publishers = (source.publisher for source in briefing.sources)
    names = (*(term.name for term in named), *abbreviations, *publishers)
    yield TERM, [word for name in names for word in _split_name(name)]
    body = article.body()[:SEARCHED]
    if any(mark in body for mark in _MARKS):
        body = _NO_TEXT.sub(" ", body)
    for paragraph in body.split("\n\n"):
        yield BODY, split_words(paragraph)


@cache
def _split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name, also all as one, which other names lead to; a hole keeps it apart from the next name."""
    words = split_words(name)
    return (*words, "", "".join(words), "") if len(words) > 1 else (*words, "")


def _add_lines(
    rows: dict[Key, list[Any]], slot: int, lines: Iterable[tuple[int, Sequence[str]]], find_stem: Callable[[str], str]
) -> None:
    """Append to the row of each word that a briefing has: its slot, the level of its stem there, and the places of the word."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    weighty: list[str] = []
    start = length = 0
    for weight, words in lines:
        for word, place in zip(words, map(encode_number, count(start)), strict=False):
            places[word].append(place)
        weighty += [*map(find_stem, words)] * weight
        start += (len(words) // STRIDE + 1) * STRIDE
        length += len(words)
    weights = Counter(weighty)
    step = _find_step(length)
    for word, found in places.items():
        if stem := find_stem(word):
            rows[stem, word] += (slot, _find_level(weights[stem], step), "".join(found))


def _find_step(length: int) -> int:
    """Return the length of a text in steps of the square root of two, so that small edits change no level."""
    return max(-4, min(4, round(2 * log2(max(length, 1) / USUAL_LENGTH))))


@cache
def _find_level(weight: int, step: int) -> str:
    """Return the level of a word of some weight, in texts of one length."""
    norm = 1 - LENGTH_SHARE + LENGTH_SHARE * sqrt(2) ** step
    return encode_number(int(LEVELS * weight / (weight + SATURATION * norm)))


def _dump_row(key: Key, row: Sequence[Any]) -> str:
    """Return a row as a line: stem, word, first and last slot, what lies between slots, levels, places of each posting."""
    slots = row[::3]
    gaps = encode_numbers(map(sub, slots[1:], slots))
    stem, word = key
    return f"{stem}\t{word}\t{slots[0]}\t{slots[-1]}\t{gaps}\t{''.join(row[1::3])}\t{' '.join(row[2::3])}\n"
