"""Tags with their reasons: the parties of a text, their pairs, its sectors and its kind, and what nearly became a tag.

One set of thresholds serves readouts of talks and wire stories alike, since what is fitted to one of the two fails on the other.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from generator.ingest.tagging.doubts import tell_doubts
from generator.ingest.tagging.parties import Party, choose_parties, find_party_minimum, join_reasons, score_parties
from generator.ingest.tagging.roles import PARTIES_MAX
from generator.ingest.tagging.survey import Survey, survey_article
from generator.ingest.tagging.themes import KIND_MIN, SECTORS_MAX, find_sector_minimum, score_kinds, score_sectors
from generator.mentions import find_countries
from generator.mentions.homonyms import is_state
from generator.mentions.index import Index
from generator.model import CountryPair
from generator.vocabulary import Vocabulary, reads_sentences

NEAR_MISSES_MAX = 5
MISS_MIN = 1.0
# Where no country acts, the most mentioned one is taken if the next has less than this part of its score.
CLEAR = 0.9
# So much of a text is read: party and sector show in its first pages or nowhere.
TEXT_MAX = 40_000


class Tag(Struct, frozen=True):
    """A proposed term with its score, and the reasons, each as what one says of "it"; the sentences are those of its mentions.

    `least` is the score that is enough in this text: what a score is worth shows beside it. A country that only is a place, or is
    dealt with, takes no part: it makes no pair with another such.
    """

    term: str
    score: float
    least: float = 0.0
    reasons: tuple[str, ...] = ()
    takes_part: bool = True


class NearMiss(Struct, frozen=True):
    """A term that nearly became a tag, and why it did not."""

    family: str
    term: str
    score: float
    reason: str


class TagProposal(Struct, frozen=True):
    """What the ingest proposes for one text, best first; `kind` has an empty term where none is clear.

    `other_kinds` have enough to say for them, too: the first that is not rejected stands in for a kind that is.
    """

    countries: tuple[Tag, ...]
    pairs: tuple[Tag, ...]
    sectors: tuple[Tag, ...]
    kind: Tag
    near_misses: tuple[NearMiss, ...]
    other_kinds: tuple[Tag, ...] = ()

    @property
    def country_pairs(self) -> tuple[CountryPair, ...]:
        """The pairs as values."""
        return tuple(CountryPair.of(*tag.term.split("-")) for tag in self.pairs)


Finding = tuple[tuple[Tag, ...], tuple[NearMiss, ...]]
Tagger = Callable[[Survey], Finding]


def propose_tags(
    title: str,
    text: str,
    vocabulary: Vocabulary,
    *,
    lang: str,
    publisher: str,
    dateline: str,
    year: int,
) -> TagProposal:
    """Return the tags of an article.

    `text` is the plain body, a paragraph a line. `dateline` is what was taken off it ("NEW DELHI"); one that is still there is
    recognised. `publisher` and `year` help where they are known: else they are empty and 0.
    """
    survey = survey_article(title, text[:TEXT_MAX], vocabulary, lang=lang, publisher=publisher, dateline=dateline, year=year)
    findings = {family: tagger(survey) for family, tagger in TAGGERS}
    countries, sectors, kinds = (findings[family][0] for family in ("country", "sector", "kind"))
    return TagProposal(
        countries=countries,
        pairs=_pair(countries),
        sectors=sectors,
        kind=kinds[0] if kinds else Tag("", 0.0),
        near_misses=(*(miss for _, misses in findings.values() for miss in misses), *_miss_pairs(countries, lang)),
        other_kinds=kinds[1:],
    )


def _tag_countries(survey: Survey) -> Finding:
    scored = score_parties(
        survey,
        publisher=_find_publisher_country(survey.publisher, survey.index),
        dateline=_find_place_country(survey.dateline, survey.index),
    )
    # A text that names one country more than any other is about it, though nobody acts.
    chosen = choose_parties(scored) or tuple(
        party for party in scored[:1] if len(scored) == 1 or scored[1].score < CLEAR * party.score
    )
    tags = tuple(
        Tag(party.code, party.score, min(party.score, find_party_minimum(party, scored)), party.reasons, party.takes_part)
        for party in chosen
    )
    return tags, tuple(_miss_countries(survey, scored, taken={party.code for party in chosen}))


def _miss_countries(survey: Survey, parties: Sequence[Party], *, taken: Collection[str]) -> Iterator[NearMiss]:
    """Yield the countries whose part is too small, and then those that were not meant where a name looked like theirs."""
    doubts = tell_doubts(survey)
    missed = [party for party in parties if party.code not in taken and party.score >= MISS_MIN][:NEAR_MISSES_MAX]
    for party in missed:
        least = find_party_minimum(party, parties)
        reason = f"only {party.score:.1f} of the {least:.1f} that a party needs here: it {join_reasons(party.reasons)}"
        doubt = f"; {doubts[party.code]}" if party.code in doubts else ""
        yield NearMiss("country", party.code, party.score, reason + doubt)
    others = [code for code in doubts if code not in taken and code not in {party.code for party in missed}]
    yield from (NearMiss("country", code, 0.0, doubts[code]) for code in others[:NEAR_MISSES_MAX])


_OFFICIAL = re.compile(
    r"\b(?:Ministry|Minister|Government|Govt|Embassy|Department|Presiden\w+|Cabinet|Office|Secretariat|Mission|Consulate"
    r"|Chancell\w+|Bureau)\b"
)


def _find_publisher_country(publisher: str, index: Index) -> str:
    """Return the country that a publisher speaks for: a ministry does, a newspaper with a country in its name does not."""
    if _OFFICIAL.search(publisher) or any(mention.kind == "body" for mention in find_countries(publisher, index)):
        return _find_place_country(publisher, index)
    return ""


def _find_place_country(words: str, index: Index) -> str:
    if is_state(words):
        return "US"
    named = words.title() if words.isupper() else words
    return next((mention.term for mention in find_countries(named, index) if mention.kind != "leader"), "")


def _pair(countries: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return the pairs of the parties, heaviest first: of two at least one has to take part in what is told."""
    pairs = (pair for one, two, pair in _combine(countries) if one.takes_part or two.takes_part)
    return tuple(sorted(pairs, key=lambda tag: (-tag.score, tag.term)))


def _miss_pairs(countries: Sequence[Tag], lang: str) -> Iterator[NearMiss]:
    neither = "neither does anything" if reads_sentences(lang) else f"what they do is not read in this language ({lang})"
    for one, two, pair in _combine(countries):
        if not (one.takes_part or two.takes_part):
            yield NearMiss("pair", pair.term, pair.score, f"both are named, and {neither}")


def _combine(countries: Sequence[Tag]) -> Iterator[tuple[Tag, Tag, Tag]]:
    """Yield each two parties with their pair, which is as strong as the weaker one; more than a pair page can bear have none."""
    for one, two in combinations(countries, 2) if len(countries) <= PARTIES_MAX else ():
        weaker = min(one, two, key=lambda tag: tag.score)
        yield one, two, Tag(CountryPair.of(one.term, two.term).slug, weaker.score, weaker.least)


def _tag_sectors(survey: Survey) -> Finding:
    ranked = score_sectors(survey)
    least = find_sector_minimum(survey, ranked[0][0]) if ranked else 0.0
    tags = tuple(Tag(term, score, least) for score, term in ranked if score >= least)[:SECTORS_MAX]
    taken = {tag.term for tag in tags}
    missed = [NearMiss("sector", term, score, _miss_sector(score, least)) for score, term in ranked if term not in taken]
    return tags, tuple(missed)[:NEAR_MISSES_MAX]


def _miss_sector(score: float, least: float) -> str:
    return (
        f"only {score:.1f} of the {least:.1f} that a sector needs here" if score < least else f"{SECTORS_MAX} others weigh more"
    )


def _tag_kind(survey: Survey) -> Finding:
    ranked = score_kinds(survey)
    tags = tuple(Tag(term, score, KIND_MIN, reasons=(reason,)) for score, term, reason in ranked if score >= KIND_MIN)
    # A text has one kind: the others that have enough are missed, unless the file rejects the first.
    missed = [NearMiss("kind", term, score, _miss_kind(score, reason)) for score, term, reason in ranked[len(tags[:1]) : 3]]
    return tags, tuple(missed)


def _miss_kind(score: float, reason: str) -> str:
    why = (
        f"only {score:.1f} of the {KIND_MIN:.1f} that a kind needs" if score < KIND_MIN else "another kind has more to say for it"
    )
    return f"{why}: it {reason}"


# The taggers, in the order in which their near misses are shown. To add one, write its function, a line here, and what becomes of
# its tags in `propose_tags`: a proposal has a field for each family.
TAGGERS: tuple[tuple[str, Tagger], ...] = (("country", _tag_countries), ("sector", _tag_sectors), ("kind", _tag_kind))
