"""Mentions: where a text names a country or speaks of a sector, with the sentence that shows it.

The same pure functions serve the ingest, which decides on terms, and the site, which shows why a briefing carries the terms that
its front matter holds. Text is the plain body, a paragraph a line.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.mentions.countries import Found, find_countries
from generator.mentions.index import Index, compile_index
from generator.mentions.sectors import FoundPhrase, find_grounds, find_phrases
from generator.model import CountryPair, Mention
from generator.text import split_sentences
from generator.vocabulary import Vocabulary

__all__ = [
    "Found",
    "FoundPhrase",
    "Index",
    "TermEvidence",
    "compile_index",
    "find_countries",
    "find_evidence",
    "find_grounds",
    "find_pair_evidence",
    "find_phrases",
    "limit_quotes",
    "weigh_evidence",
]

QUOTE_MAX = 240
SHOWN_MAX = 3

# How well a kind of name shows that a country is meant; a city shows it least.
_WEIGHTS = {
    "name": 1.0,
    "alias": 1.0,
    "short": 1.0,
    "demonym": 0.9,
    "historic": 0.9,
    "leader": 0.8,
    "prefix": 0.8,
    "body": 0.7,
    "capital": 0.7,
    "city": 0.4,
}


class TermEvidence(Struct, frozen=True):
    """Where a text bears out one term: its best mentions, in order of appearance, and how many there are in all.

    Without mentions the count says whether the text bears the term out and there was no room for a quotation, or not at all.
    """

    term: str
    mentions: tuple[Mention, ...]
    count: int


def find_evidence(terms: Iterable[str], text: str, vocabulary: Vocabulary, lang: str) -> tuple[TermEvidence, ...]:
    """Return, for each term (`KR`, `shipbuilding`), its best mentions in `text`, at most three, no two from one sentence."""
    index, wanted = compile_index(vocabulary, lang), tuple(terms)
    return weigh_evidence(wanted, text, find_countries(text, index, wanted), find_grounds(text, index, wanted))


def weigh_evidence(
    terms: Iterable[str], text: str, countries: Iterable[Found], phrases: Iterable[FoundPhrase]
) -> tuple[TermEvidence, ...]:
    """Return the same of what was found of the terms in the text already, in order of appearance."""
    by_term: dict[str, list[_Span]] = {term: [] for term in terms}
    for found in countries:
        by_term[found.term].append((-_WEIGHTS[found.kind], found.start, found.end, found))
    for phrase in phrases:
        rank = _WEAK if phrase.office else -phrase.weight / 3
        by_term[phrase.term].append((rank, phrase.start, phrase.end, phrase))
    sentences: _Sentences = {}
    return tuple([TermEvidence(term, _best(text, spans, sentences), len(spans)) for term, spans in by_term.items()])


def limit_quotes(evidence: Iterable[TermEvidence], text: str) -> tuple[TermEvidence, ...]:
    """Return the evidence of a text that may not be shown: one mention a term, and a quarter of the text or one sentence in all.

    A sentence that is quoted already speaks for the next term, too; where there is no room for another, a term keeps its count.
    """
    room = max(len(text) // 4, QUOTE_MAX)
    quoted: set[str] = set()
    limited = []
    for found in evidence:
        order = sorted(found.mentions, key=lambda mention: (mention.quote not in quoted, -mention.weight, mention.offset))
        chosen = tuple(mention for mention in order[:1] if mention.quote in quoted or len(mention.quote) <= room)
        room -= sum(len(mention.quote) for mention in chosen if mention.quote not in quoted)
        quoted.update(mention.quote for mention in chosen)
        limited.append(replace(found, mentions=chosen))
    return tuple(limited)


def find_pair_evidence(pair: CountryPair, text: str, vocabulary: Vocabulary, lang: str) -> tuple[Mention, ...]:
    """Return the first sentences of `text` that name both countries of a pair, at most three, marked from one to the other."""
    named = find_countries(text, compile_index(vocabulary, lang))
    found = [mention for mention in named if mention.term in (pair.first, pair.second)]
    sentences: _Sentences = {}
    chosen: dict[tuple[int, int], tuple[Found, Found]] = {}
    for one, two in pairwise(found):
        sentence = _sentence(text, one.start, one.end, sentences)
        is_one = sentence == _sentence(text, two.start, two.end, sentences) and two.end - one.start <= QUOTE_MAX
        if is_one and one.term != two.term and len(chosen) < SHOWN_MAX:
            chosen.setdefault(sentence, (one, two))
    return tuple(
        replace(
            _quote(text, (-1.0, one.start, two.end, one), sentence),
            term=pair.slug,
            rule=f"pair:together/{one.name} and {two.name}",
        )
        for sentence, (one, two) in chosen.items()
    )


# Weak phrases and offices bear a sector out only where nothing else does: "energy" and "Defence Minister" are in many texts.
_WEAK = -1 / 3

# (-rank, start, end, what was found): a bare tuple that sorts best first; a page of evidence is made of a hundred of them.
_Span = tuple[float, int, int, Found | FoundPhrase]
# By where a line starts: its sentences as far as they were asked for, and those still to come, counted from there.
_Sentences = dict[int, tuple[list[tuple[int, int]], Iterator[tuple[int, int]]]]


def _best(text: str, spans: list[_Span], sentences: _Sentences) -> tuple[Mention, ...]:
    """Return the mentions of the heaviest spans, the earlier ones first among equals, no two from one sentence."""
    if not spans:
        return ()
    chosen: dict[tuple[int, int], _Span] = {}
    ordered = sorted(spans)
    is_firm = ordered[0][0] < _WEAK
    for span in ordered:
        if is_firm and span[0] == _WEAK:
            break
        chosen.setdefault(_sentence(text, span[1], span[2], sentences), span)
        if len(chosen) == SHOWN_MAX:
            break
    return tuple([_quote(text, span, sentence) for sentence, span in sorted(chosen.items())])


def _quote(text: str, span: _Span, sentence: tuple[int, int]) -> Mention:
    """Return a span with the sentence around it, in the words of the text and in at most 240 characters."""
    rank, start, end, found = span
    first, last = sentence
    if last - first > QUOTE_MAX:
        first, last = _window(text, first, last, start=start, end=end)
    if isinstance(found, Found):
        rule, weight = f"country:{found.kind}/{found.name}", -rank
    else:
        rule, weight = f"sector:phrase/{found.name}", found.weight / 3
    return Mention(found.term, rule, text[first:last], start - first, end - first, start, round(weight, 3))


def _sentence(text: str, start: int, end: int, sentences: _Sentences) -> tuple[int, int]:
    line = text.rfind("\n", 0, start) + 1
    if line not in sentences:
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        sentences[line] = [], split_sentences(text[line:stop])
    known, coming = sentences[line]
    for sentence in known:
        if sentence[0] <= start and end <= sentence[1]:
            return sentence
    for first, last in coming:
        known.append((line + first, line + last))
        if line + first <= start and end <= line + last:
            return known[-1]
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
