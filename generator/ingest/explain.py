"""Why a text is tagged as it is, in an editor's words: what is proposed, what the file says to it, and what nearly was a tag."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Literal

from msgspec import Struct

from generator.ingest.retag import TAG_KEYS, confirmed_terms, held_terms, proposed_tags, rejected_terms
from generator.ingest.tagging.parties import join_reasons
from generator.ingest.tagging.roles import PARTIES_MAX
from generator.ingest.tagging.tags import Tag, TagProposal
from generator.mentions import find_evidence, find_pair_evidence
from generator.model import Briefing, CountryPair, Mention
from generator.vocabulary import Vocabulary, reads_sentences

# What the file says to a proposal: both have the term, only the proposal has, the file rejects it, the file names another kind,
# or only the file has it, whose editor may have confirmed it. A seed has no file beside it yet: its terms are proposed.
Standing = Literal["proposed", "agreed", "new", "rejected", "yields", "own", "confirmed"]
Line = tuple[str, ...]
"""A line to be shown, in pieces: every second one is a stretch of words that matched."""


class Verdict(Struct, frozen=True):
    """One term that the machine proposes, or that the file holds or rejects.

    `score` is None for one that is not proposed, and `least` is what would be enough; `reasons` are what one says of "it".
    """

    key: str
    term: str
    name: str
    standing: Standing
    score: float | None
    least: float
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...]


class Missed(Struct, frozen=True):
    """A term that nearly became a tag, and why it did not."""

    key: str
    term: str
    name: str
    score: float
    reason: str


class Explanation(Struct, frozen=True):
    """Everything that is to be said of the tags of one text; `is_edited` tells an editor's term from one that ingest left.

    `unread` is the language of a text whose sentences are not read, or empty.
    """

    where: str
    title: str
    verdicts: tuple[Verdict, ...]
    missed: tuple[Missed, ...]
    is_edited: bool
    is_crowded: bool
    unread: str = ""


_KEYS = {"country": "countries", "pair": "pairs", "sector": "sectors", "kind": "kind"}


def explain_tags(
    briefing: Briefing,
    text: str,
    proposal: TagProposal,
    *,
    vocabulary: Vocabulary,
    where: str,
    is_seed: bool = False,
    is_edited: bool = True,
) -> Explanation:
    """Return why a briefing, or the one that a seed gives, has its tags; `text` is what the proposal was made of."""
    whole = f"{briefing.title}\n{text}" if briefing.title else text
    misses = {(_KEYS[miss.family], miss.term): miss for miss in proposal.near_misses}
    quote = partial(_quote, text=whole, vocabulary=vocabulary, lang=briefing.lang or "en")
    verdicts: list[Verdict] = []
    for key in TAG_KEYS:
        tags = _choose_tags(briefing, proposal, key)
        for tag in tags:
            standing = "proposed" if is_seed else _judge(briefing, key, tag.term)
            name = _name(key, tag.term, vocabulary)
            verdicts.append(Verdict(key, tag.term, name, standing, tag.score, tag.least, tag.reasons, quote(key, tag.term)))
            misses.pop((key, tag.term), None)
        for term, standing in () if is_seed else _find_unproposed(briefing, key, tags):
            miss = misses.pop((key, term), None)
            reasons = (miss.reason,) if miss else ()
            verdicts.append(Verdict(key, term, _name(key, term, vocabulary), standing, None, 0.0, reasons, quote(key, term)))
    missed = (Missed(key, term, _name(key, term, vocabulary), miss.score, miss.reason) for (key, term), miss in misses.items())
    is_crowded = len(proposal.countries) > PARTIES_MAX
    unread = "" if reads_sentences(briefing.lang or "") else briefing.lang or ""
    return Explanation(where, briefing.title, tuple(verdicts), tuple(missed), is_edited, is_crowded, unread)


def _quote(key: str, term: str, *, text: str, vocabulary: Vocabulary, lang: str) -> tuple[Mention, ...]:
    """Return the sentences that bear out a term, found as for its page."""
    if key == "pairs":
        return find_pair_evidence(CountryPair.of(*term.upper().split("-")), text, vocabulary, lang)
    (evidence,) = find_evidence((term,), text, vocabulary, lang)
    return evidence.mentions


def _choose_tags(briefing: Briefing, proposal: TagProposal, key: str) -> tuple[Tag, ...]:
    """Return the tags that are proposed under a key: one kind, behind those that would come before it and are rejected."""
    tags = proposed_tags(proposal, key)
    if key != "kind":
        return tags
    rejected = rejected_terms(briefing, key)
    first = next((place for place, tag in enumerate(tags) if tag.term not in rejected), len(tags))
    return tags[: first + 1]


def _judge(briefing: Briefing, key: str, term: str) -> Standing:
    held = held_terms(briefing, key)
    if term in held:
        return "agreed"
    if term in rejected_terms(briefing, key, (term,)):
        return "rejected"
    return "yields" if key == "kind" and held else "new"


def _find_unproposed(briefing: Briefing, key: str, tags: Sequence[Tag]) -> Iterator[tuple[str, Standing]]:
    """Yield the terms of the file that are not proposed: those that it holds, then those that it rejects."""
    proposed = {tag.term for tag in tags}
    held = held_terms(briefing, key)
    confirmed = confirmed_terms(briefing, key)
    yield from ((term, "confirmed" if term in confirmed else "own") for term in held if term not in proposed)
    yield from ((term, "rejected") for term in sorted(rejected_terms(briefing, key)) if term not in {*proposed, *held})


def _name(key: str, term: str, vocabulary: Vocabulary) -> str:
    if key == "pairs":
        return " and ".join(_name("countries", code.upper(), vocabulary) for code in term.split("-"))
    known: Any = {"countries": vocabulary.countries, "sectors": vocabulary.sectors, "kind": vocabulary.kinds}[key]
    return str(known[term].name) if term in known else term


_HEADINGS = {"countries": "Countries", "pairs": "Pairs", "sectors": "Sectors", "kind": "Kind"}
_NOUNS = {"countries": "a country", "pairs": "a pair", "sectors": "a sector", "kind": "a kind"}
_STANDINGS: dict[Standing, str] = {
    "proposed": "proposed",
    "agreed": "proposed, and in the file",
    "new": "proposed, and not in the file",
    "rejected": "proposed, but the file rejects it",
    "yields": "proposed, but the file names another kind",
}


_UNREAD = (
    "The sentences of this language ({}) are not read, so countries are found only by their names as dictionaries have them, and "
    "hardly a pair or a sector is."
)


def tell(explanation: Explanation) -> Iterator[Line]:
    """Yield an explanation as lines that read well aloud."""
    yield (explanation.title or "Without a title",)
    yield (explanation.where,)
    for key in TAG_KEYS:
        yield from (("",), (_HEADINGS[key],))
        if explanation.unread and key == "countries":
            yield (f"  {_UNREAD.format(explanation.unread)}",)
        verdicts = [verdict for verdict in explanation.verdicts if verdict.key == key]
        for verdict in verdicts:
            yield from _tell_verdict(verdict, is_edited=explanation.is_edited)
        if key == "pairs" and explanation.is_crowded:
            yield (f"  None is proposed, since more than {PARTIES_MAX} countries take part.",)
        elif not verdicts:
            yield ("  None.",)
    if explanation.missed:
        yield from (("",), ("Nearly",))
    for miss in explanation.missed:
        yield (f"  {_show(miss.name, miss.term)}, {_NOUNS[miss.key]}: {miss.reason}.",)


def _show(name: str, term: str) -> str:
    return name if name == term else f"{name} ({term})"


def _tell_verdict(verdict: Verdict, *, is_edited: bool) -> Iterator[Line]:
    shown = _show(verdict.name, verdict.term)
    if verdict.score is not None:
        yield (f"  {shown}, score {verdict.score:.1f} where {verdict.least:.1f} is enough: {_STANDINGS[verdict.standing]}.",)
        if verdict.reasons:
            yield (f"    It {join_reasons(verdict.reasons)}.",)
    else:
        why = f": {'; '.join(verdict.reasons)}" if verdict.reasons else ""
        yield (f"  {shown}: {_tell_unproposed(verdict.standing, is_edited=is_edited)}{why}.",)
    for mention in verdict.mentions:
        before, words, after = (
            mention.quote[: mention.start],
            mention.quote[mention.start : mention.end],
            mention.quote[mention.end :],
        )
        yield (f"    {tell_rule(mention, verdict.name)}: “{before}", words, f"{after}”")


def _tell_unproposed(standing: Standing, *, is_edited: bool) -> str:
    if standing == "rejected":
        return "the file rejects it, and it would not be proposed"
    if standing == "confirmed":
        return "an editor confirmed it; it would not be proposed"
    return "the editor's; it would not be proposed" if is_edited else "in the file; it would no longer be proposed"


_RULES: dict[str, Callable[[str, str], str]] = {
    "name": lambda words, name: f"{words}, by its name" if words == name else f"{words}, a name of {name}",
    "alias": lambda words, name: f"{words}, another name of {name}",
    "short": lambda words, name: f"{words}, short for {name}",
    "demonym": lambda words, name: f"{words}, of {name}",
    "historic": lambda words, name: f"{words}, a former name of {name}",
    "leader": lambda words, name: f"{words}, who speaks for {name}",
    "prefix": lambda words, name: f"{words}, {name} in a compound word",
    "body": lambda words, name: f"{words}, which stands for {name}",
    "capital": lambda words, name: f"{words}, capital of {name}",
    "city": lambda words, name: f"{words}, a city of {name}",
}


def tell_rule(mention: Mention, name: str) -> str:
    """Return the rule of a mention as an editor would say it: "Seoul, capital of South Korea"."""
    rule, _, words = mention.rule.partition("/")
    family, _, kind = rule.partition(":")
    if family == "country":
        return _RULES[kind](words, name)
    if family == "pair":
        return f"{words}, in one sentence"
    # Strong phrases weigh 1, plain ones two thirds, and those that only add a third.
    strength = "a strong word" if mention.weight > 0.9 else "a word" if mention.weight > 0.5 else "a weak word"
    return f"{words}, {strength} for {name}"


def dump_explanation(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation for other programs: `terms` with their standing and sentences, and `missed`."""
    return {
        "file": explanation.where,
        "title": explanation.title,
        "terms": [_dump_verdict(verdict) for verdict in explanation.verdicts],
        "missed": [
            {"key": miss.key, "term": miss.term, "name": miss.name, "score": miss.score, "reason": miss.reason}
            for miss in explanation.missed
        ],
    }


def _dump_verdict(verdict: Verdict) -> dict[str, Any]:
    mentions = [
        {
            "quote": mention.quote,
            "start": mention.start,
            "end": mention.end,
            "rule": mention.rule,
            "said": tell_rule(mention, verdict.name),
            "weight": mention.weight,
        }
        for mention in verdict.mentions
    ]
    return {
        "key": verdict.key,
        "term": verdict.term,
        "name": verdict.name,
        "standing": verdict.standing,
        "score": verdict.score,
        "least": None if verdict.score is None else verdict.least,
        "reasons": list(verdict.reasons),
        "mentions": mentions,
    }
