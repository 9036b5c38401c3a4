"""Mentions: where a text names a country or speaks of a sector, with the sentence that shows it.

The same pure functions serve the ingest, which decides on terms, and the site, which shows why a briefing carries the terms that
its front matter holds. Text is the plain body, a paragraph a line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.mentions.countries import Found, find_countries
from generator.mentions.index import Index, compile_index
from generator.mentions.sectors import FoundPhrase, find_phrases
from generator.model import Mention
from generator.text import split_sentences
from generator.vocabulary import Vocabulary

__all__ = [
    "Found",
    "FoundPhrase",
    "TermEvidence",
    "compile_index",
    "find_countries",
    "find_evidence",
    "find_mentions",
    "find_phrases",
]

QUOTE_MAX = 240
SHOWN_MAX = 3

# How well a kind of name shows that a country is meant; a city shows it least.
_WEIGHTS = {
    "name": 1.0,
    "alias": 1.0,
    "demonym": 0.9,
    "historic": 0.9,
    "leader": 0.8,
    "prefix": 0.8,
    "body": 0.7,
    "capital": 0.7,
    "city": 0.4,
}


@dataclass(frozen=True, slots=True)
class TermEvidence:
    """Where a text bears out one term: its best mentions, in order of appearance, and how many there are in all.

    No mentions means that the term is the editor's own.
    """

    term: str
    mentions: tuple[Mention, ...]
    count: int


def find_mentions(text: str, vocabulary: Vocabulary, lang: str = "en") -> tuple[Mention, ...]:
    """Return all certain mentions of countries and sectors in `text`, in order of appearance."""
    index = compile_index(vocabulary, lang)
    spans = [*_country_spans(text, index), *_sector_spans(text, index)]
    return tuple(_quote(text, span) for span in sorted(spans))


def find_evidence(terms: Iterable[str], text: str, vocabulary: Vocabulary, lang: str = "en") -> tuple[TermEvidence, ...]:
    """Return, for each term (`KR`, `shipbuilding`), its at most three best mentions in `text`, each from a sentence of its own."""
    wanted = tuple(dict.fromkeys(terms))
    index = compile_index(vocabulary, lang)
    by_term: dict[str, list[_Span]] = {term: [] for term in wanted}
    for span in (*_country_spans(text, index), *_sector_spans(text, index)):
        if span[2] in by_term:
            by_term[span[2]].append(span)
    return tuple(TermEvidence(term, _best(text, by_term[term]), len(by_term[term])) for term in wanted)


# (start, end, term, rule, weight): a bare tuple, since a page of evidence is made of some hundred of them.
_Span = tuple[int, int, str, str, float]


def _country_spans(text: str, index: Index) -> list[_Span]:
    return [(f.start, f.end, f.term, f"country:{f.kind}/{f.name}", _WEIGHTS[f.kind]) for f in find_countries(text, index)]


def _sector_spans(text: str, index: Index) -> list[_Span]:
    return [(f.start, f.end, f.term, f"sector:phrase/{f.name}", f.weight / 3) for f in find_phrases(text, index)]


def _best(text: str, spans: Sequence[_Span]) -> tuple[Mention, ...]:
    """Return the mentions of the heaviest spans, the earlier ones first among equals, no two from one sentence."""
    chosen: dict[int, Mention] = {}
    for span in sorted(spans, key=lambda span: (-span[4], span[0])):
        mention = _quote(text, span)
        sentence = mention.offset - mention.start
        if sentence not in chosen:
            chosen[sentence] = mention
        if len(chosen) == SHOWN_MAX:
            break
    return tuple(sorted(chosen.values(), key=lambda mention: mention.offset))


def _quote(text: str, span: _Span) -> Mention:
    """Return a span with the sentence around it, in the words of the text and in at most 240 characters."""
    start, end, term, rule, weight = span
    first, last = _sentence(text, start, end)
    if last - first > QUOTE_MAX:
        first, last = _window(text, first, last, start=start, end=end)
    return Mention(
        term=term, rule=rule, quote=text[first:last], start=start - first, end=end - first, offset=start, weight=round(weight, 3)
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    for first, last in split_sentences(text[line:stop]):
        if line + last >= end:
            return (line + first, line + last) if line + first <= start else (start, end)
    return start, end


def _window(text: str, first: int, last: int, *, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of a long sentence around a span, cut between words."""
    room = max(0, QUOTE_MAX - (end - start))
    left = max(first, min(start - room // 2, last - QUOTE_MAX))
    right = min(last, left + QUOTE_MAX)
    while first < left < start and not text[left - 1].isspace():
        left += 1
    while last > right > end and not text[right].isspace():
        right -= 1
    return left, max(end, right)
