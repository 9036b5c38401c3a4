"""Tags with their evidence: the parties of a text, their pairs, its sectors and its kind, and what nearly became a tag.

One set of thresholds serves readouts of talks and wire stories alike. Each tagger is a pure function of the text and the vocabulary.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.ingest.parties import PARTIES_MAX, Part, choose_parties, score_parties
from generator.mentions import Found, FoundPhrase, compile_index, find_countries, choose_evidence, find_phrases
from generator.mentions.countries import STATES
from generator.mentions.index import Index
from generator.model import CountryPair, Mention
from generator.text import split_sentences
from generator.vocabulary import Vocabulary

SECTORS_MAX = 9


@dataclass(frozen=True, slots=True)
class Tag:
    """A proposed term with its score, the sentences that bear it out, and the reasons in words."""

    term: str
    score: float
    mentions: tuple[Mention, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A term that nearly became a tag, and why it did not."""

    family: str
    term: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class TagProposal:
    """What the ingest proposes for one text, best first; `kind` has an empty term where none is clear."""

    countries: tuple[Tag, ...]
    pairs: tuple[Tag, ...]
    sectors: tuple[Tag, ...]
    kind: Tag
    near_misses: tuple[NearMiss, ...]

    @property
    def country_pairs(self) -> tuple[CountryPair, ...]:
        """The pairs as values."""
        return tuple(CountryPair.of(*tag.term.split("-")) for tag in self.pairs)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once for all taggers: title and body in one string, its parts, and everything that was found in it."""

    text: str
    parts: tuple[Part, ...]
    found: tuple[Found, ...]
    phrases: tuple[FoundPhrase, ...]
    index: Index
    vocabulary: Vocabulary
    publisher: str
    dateline: str
    year: int


Tagger = Callable[[Reading], tuple[tuple[Tag, ...], tuple[NearMiss, ...]]]


def propose_tags(
    title: str,
    text: str,
    vocabulary: Vocabulary,
    *,
    lang: str = "en",
    publisher: str = "",
    dateline: str = "",
    year: int = 0,
) -> TagProposal:
    """Return the tags of an article with their evidence.

    `text` is the plain body, a paragraph a line, without its dateline; `dateline` is what was taken from it ("NEW DELHI, March 6").
    `publisher` and `year` help where they are known and are never needed.
    """
    reading = _read(title, text, vocabulary, lang=lang, publisher=publisher, dateline=dateline, year=year)
    results = {name: tagger(reading) for name, tagger in TAGGERS}
    countries, sectors, kinds = (results[name][0] for name in ("countries", "sectors", "kind"))
    terms = [tag.term for tag in (*countries, *sectors)]
    evidence = {item.term: item.mentions for item in choose_evidence(terms, reading.text, reading.found, reading.phrases)}
    return TagProposal(
        countries=tuple(Tag(tag.term, tag.score, evidence[tag.term], tag.reasons) for tag in countries),
        pairs=_pairs(countries),
        sectors=tuple(Tag(tag.term, tag.score, evidence[tag.term], tag.reasons) for tag in sectors),
        kind=kinds[0] if kinds else Tag("", 0.0),
        near_misses=tuple(miss for _, misses in results.values() for miss in misses),
    )


_DATELINE = re.compile(r"([A-Z][A-Z .,'’()-]{2,40}?),? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\([A-Z][\w ]+\))(?: \([\w ]+\))? ?[-–—]+ ")


def _read(title: str, text: str, vocabulary: Vocabulary, *, lang: str, publisher: str, dateline: str, year: int) -> Reading:
    index = compile_index(vocabulary, lang)
    start = _DATELINE.match(text)
    if start:
        dateline, text = dateline or start[1], text[start.end() :]
    whole = f"{title}\n{text}" if title else text
    return Reading(
        text=whole,
        parts=_split_parts(whole, has_title=bool(title)),
        found=tuple(find_countries(whole, index, year=year, beside=dateline)),
        phrases=tuple(find_phrases(whole, index)),
        index=index,
        vocabulary=vocabulary,
        publisher=publisher,
        dateline=dateline,
        year=year,
    )


_SPEAKER = re.compile(r"^[A-Z][A-Z .,'’-]{3,60}:", re.MULTILINE)


def _split_parts(text: str, *, has_title: bool) -> tuple[Part, ...]:
    """Return the stretches of a text: title, lead sentence, opening (to the fourth sentence of some length), body.

    In the transcript of a conversation nobody wrote a lead: there all is opening and body, and its speakers are marked otherwise.
    """
    parts = []
    at = 0
    if has_title:
        at = text.find("\n") + 1
        parts.append(Part(0, at - 1, 0))
    speakers = [match.start() for match in _SPEAKER.finditer(text, at)]
    spoken = speakers[0] if len(speakers) > 1 else len(text)
    sentences = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        for first, last in split_sentences(line) if sentences < 4 else ((0, len(line)),):
            place = 1 if sentences == 0 and at < spoken else 2 if sentences < 4 else 3
            parts.append(Part(at + first, at + last, place))
            sentences += len(line[first:last].split()) > 5
        at = end + 1
    return tuple(parts)


def _tag_countries(reading: Reading) -> tuple[tuple[Tag, ...], tuple[NearMiss, ...]]:
    scored = score_parties(
        reading.text,
        reading.found,
        reading.parts,
        publisher=_country_of(reading.publisher, reading.index) if _is_official(reading.publisher, reading.index) else "",
        dateline=_country_of(reading.dateline, reading.index),
        words=reading.index.words,
    )
    chosen = choose_parties(scored) or scored[:1]
    tags = tuple(Tag(party.code, party.score, (), party.reasons) for party in chosen)
    misses = tuple(
        NearMiss("country", p.code, p.score, "; ".join(p.reasons)) for p in scored if p not in chosen and p.score >= 1.0
    )
    return tags, misses[:5]


def _country_of(words: str, index: Index) -> str:
    """Return the country that a dateline or the name of a publisher stands for, or an empty text."""
    if STATES.search(words):
        return "US"
    named = words.title() if words.isupper() else words
    return next((mention.term for mention in find_countries(named, index) if mention.kind != "leader"), "")


_OFFICIAL = re.compile(
    r"\b(?:Ministry|Minister|Government|Govt|Embassy|Department|Presiden\w+|Cabinet|Office|Secretariat|Mission|Consulate|Chancell\w+|Bureau)\b"
)


def _is_official(publisher: str, index: Index) -> bool:
    """Say whether a publisher speaks for a country: a ministry does, a newspaper that carries the country in its name does not."""
    return bool(_OFFICIAL.search(publisher)) or any(mention.kind == "body" for mention in find_countries(publisher, index))


def _pairs(countries: Sequence[Tag]) -> tuple[Tag, ...]:
    if len(countries) > PARTIES_MAX:
        return ()
    pairs = [Tag(CountryPair.of(one.term, two.term).slug, min(one.score, two.score)) for one, two in combinations(countries, 2)]
    return tuple(sorted(pairs, key=lambda tag: (-tag.score, tag.term)))


SECTOR_MIN = 2.9
WEAK_MAX = 1.5
SECTOR_RELATIVE = 0.25


def _tag_sectors(reading: Reading) -> tuple[tuple[Tag, ...], tuple[NearMiss, ...]]:
    """Return the sectors of a text: phrases by weight and place, repeated ones with less and less effect."""
    counts: dict[tuple[str, str], list[float]] = {}
    lead_end = next((part.end for part in reversed(reading.parts) if part.place <= 1), 0)
    opening_end = next((part.end for part in reversed(reading.parts) if part.place <= 2), 0)
    title_end = reading.parts[0].end if reading.parts and reading.parts[0].place == 0 else 0
    for phrase in reading.phrases:
        at = phrase.start
        factor = 2.5 if at < title_end else 1.8 if at < lead_end else 1.3 if at < opening_end else 1.0
        counts.setdefault((phrase.term, phrase.name.casefold().rstrip("s")), []).append(phrase.weight * factor)
    scores: dict[str, float] = {}
    weak: dict[str, float] = {}
    for (term, _), weights in counts.items():
        weights.sort(reverse=True)
        worth = sum(weight / (n + 1) for n, weight in enumerate(weights))
        if weights[0] < 2.0 or (weights[0] == 2.5 and worth < 4):
            weak[term] = weak.get(term, 0.0) + worth
        else:
            scores[term] = scores.get(term, 0.0) + worth
    scores = {term: score + min(weak.get(term, 0.0), WEAK_MAX) for term, score in scores.items()}
    length = max(1.0, math.sqrt(len(reading.text) / 2500))
    ranked = sorted(((round(score / length, 3), term) for term, score in scores.items()), key=lambda item: (-item[0], item[1]))
    relative = SECTOR_RELATIVE * min(1.0, len(reading.text) / 8000)
    least = max(SECTOR_MIN, relative * ranked[0][0]) if ranked else 0.0
    tags = tuple(Tag(term, score) for score, term in ranked if score >= least)[:SECTORS_MAX]
    taken = {tag.term for tag in tags}
    misses = tuple(
        NearMiss("sector", term, score, f"{score:.1f} of the {least:.1f} that a sector needs here")
        for score, term in ranked
        if term not in taken
    )
    return tags, misses[:5]


def _tag_kind(reading: Reading) -> tuple[tuple[Tag, ...], tuple[NearMiss, ...]]:
    folded = reading.text[:2500].casefold()
    title_end = reading.parts[0].end if reading.parts and reading.parts[0].place == 0 else 0
    lead_end = next((part.end for part in reversed(reading.parts) if part.place <= 1), 0)
    scores: dict[str, float] = {}
    for kind in reading.vocabulary.kinds.values():
        for weight, phrases in ((3.0, kind.strong), (1.0, kind.phrases)):
            for phrase in phrases:
                at = folded.find(phrase.casefold())
                if at >= 0:
                    factor = 2.0 if at < title_end else 1.5 if at < lead_end else 0.5
                    scores[kind.slug] = scores.get(kind.slug, 0.0) + weight * factor
    ranked = sorted(((score, slug) for slug, score in scores.items()), key=lambda item: (-item[0], item[1]))
    tags = tuple(Tag(slug, score) for score, slug in ranked[:1] if score >= 3.0)
    misses = tuple(NearMiss("kind", slug, score, "another kind is clearer") for score, slug in ranked[len(tags) : 3])
    return tags, misses


# The taggers, in the order in which their findings are shown. To add one, write its function and a line here.
TAGGERS: tuple[tuple[str, Tagger], ...] = (("countries", _tag_countries), ("sectors", _tag_sectors), ("kind", _tag_kind))
