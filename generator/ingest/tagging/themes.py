"""What a text is about: its sectors and its kind, by weighted phrases and where they stand."""

import math
import re
import sys
from bisect import bisect_right
from collections.abc import Sequence

from generator.ingest.tagging.denials import find_denials
from generator.ingest.tagging.survey import Place, Survey

SECTORS_MAX = 9
# A strong phrase in the body is just enough, and so are two plain ones; a passing word is not.
SECTOR_MIN = 2.9
# Weak phrases ("energy", "industry") only add to others, and no more than this.
WEAK_MAX = 1.5
# In a text of LONG characters a sector needs this part of the heaviest one; a short text names each of its sectors but once.
SECTOR_RELATIVE = 0.25
LONG = 8000
# Beyond this length a score shrinks with the root of the length, since longer texts touch on more.
USUAL = 2500
_TITLE, _LEAD, _OPENING = 2.5, 1.8, 1.3
# What the parties decide weighs as much as the title, wherever it stands: the rest of a readout is what they also touched on.
_DECIDED = 2.5
_DECISION = re.compile(r"\b(?:agree[ds]?|resolve[ds]?|decide[ds]?|sign(?:ed|s)?|pledge[ds]?|commit(?:ted|s)?)\b(?:[^.\n]|\.\w)*")

KIND_MIN = 2.5
# Leaders of two countries in the opening: with their offices it is a summit, with ministers only a ministerial meeting.
MEETING = 2.0
_HEADS = re.compile(r"\b(?:President|Prime Minister|Premier|Chancellor|King|Crown Prince|leaders)\b")
_MET = re.compile(r"\b(?:met|meet|meets|meeting|talks|summit|visit|visited|hosted|welcomed|received|spoke)\b")


# At "the sidelines of the NATO summit", or with "security around" it, that summit is not what is told.
_ASIDE = re.compile(
    r"\b(?:around|surrounding|(?:sidelines?|margins|fringes) of) (?:the|an?|this|last|next|[\w-]+['’]s) (?:[\w&/'’.-]+ ){0,6}?"
    r"(?:summits?|meetings?|conferences?|forum|assembly|gathering)\b",
    re.IGNORECASE,
)


def score_sectors(survey: Survey) -> tuple[tuple[float, str], ...]:
    """Return (score, slug) of all sectors that a text touches, heaviest first; a phrase that repeats counts less each time."""
    title, lead, opening = (survey.find_end(place) for place in (Place.TITLE, Place.LEAD, Place.OPENING))
    decisions, asides = _find_decisions(survey.text), _find_asides(survey.text)
    worths: dict[tuple[str, str, bool], list[float]] = {}
    for phrase in survey.phrases:
        at = phrase.start
        if _is_within(at, asides):
            continue
        factor = _TITLE if at < title else _LEAD if at < lead else _OPENING if at < opening else 1.0
        if factor < _DECIDED and _is_within(at, decisions):
            factor = _DECIDED
        key = (phrase.term, phrase.name.casefold().rstrip("s"), phrase.weight == 1)
        worths.setdefault(key, []).append(phrase.weight * factor)
    firm: dict[str, float] = {}
    weak: dict[str, float] = {}
    for (term, _, is_weak), values in worths.items():
        values.sort(reverse=True)
        sums = weak if is_weak else firm
        sums[term] = sums.get(term, 0.0) + sum(value / (place + 1) for place, value in enumerate(values))
    shrink = max(1.0, math.sqrt(len(survey.text) / USUAL))
    scores = ((round((score + min(weak.get(term, 0.0), WEAK_MAX)) / shrink, 3), term) for term, score in firm.items())
    return tuple(sorted(scores, key=lambda item: (-item[0], item[1])))


def _find_decisions(text: str) -> list[tuple[int, int]]:
    """Return the sentences in which somebody decides something, each from the full stop or line break before it.

    The verb is searched and the sentence found around it: a pattern that starts with the sentence took a third of a seed's time.
    """
    verbs = (match.span() for match in _DECISION.finditer(text))
    return [(max(text.rfind(".", 0, verb), text.rfind("\n", 0, verb)) + 1, end) for verb, end in verbs]


def _find_asides(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _ASIDE.finditer(text)]


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (at, sys.maxsize)) - 1
    return place >= 0 and at < spans[place][1]


def find_sector_minimum(survey: Survey, heaviest: float) -> float:
    """Return the score that a sector needs in this text."""
    return max(SECTOR_MIN, SECTOR_RELATIVE * min(1.0, len(survey.text) / LONG) * heaviest)


def score_kinds(survey: Survey) -> tuple[tuple[float, str, str], ...]:
    """Return (score, slug, reason) of all kinds that title and first paragraphs speak for, best first.

    What they say did not happen speaks for none.
    """
    folded = survey.text[:USUAL].casefold()
    title, lead = (len(survey.text[: survey.find_end(place)].casefold()) for place in (Place.TITLE, Place.LEAD))
    denied = list(find_denials(folded))
    met = _find_meeting(survey, denied)
    # Leaders who meet at the sidelines of a summit hold one of their own.
    aside = denied if met == "summit" else sorted([*denied, *_find_asides(folded)])
    scores: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    # One pass says which phrases are there at all: asking for each of 200 took a tenth of a seed's time.
    there = {number for number, _, _ in survey.index.kind_automaton.find_matches_as_indexes(folded, overlapping=True)}
    for number in sorted(there):
        slug, phrase, weight = survey.index.kinds[number]
        at = _find_words(folded, phrase.casefold(), aside)
        if at >= 0:
            factor = 3.0 if at < title else 1.5 if at < lead else 0.5
            scores[slug] = scores.get(slug, 0.0) + weight * factor
            words.setdefault(slug, []).append(f"“{phrase}”")
    if met:
        scores[met] = scores.get(met, 0.0) + MEETING
        words.setdefault(met, []).append("a meeting of leaders of two countries")
    found = ((score, slug, f"shows in {', '.join(words[slug])}") for slug, score in scores.items())
    return tuple(sorted(found, key=lambda item: (-item[0], item[1])))


def _find_words(text: str, words: str, denied: Sequence[tuple[int, int]]) -> int:
    """Return where `words` or their plural first stand in `text` between word borders and outside what is denied, or -1."""
    at = text.find(words)
    while at >= 0 and not (_stand_alone(text, at, at + len(words)) and not _is_within(at, denied)):
        at = text.find(words, at + 1)
    return at


def _stand_alone(text: str, start: int, end: int) -> bool:
    end += text.startswith("s", end)
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _find_meeting(survey: Survey, denied: Sequence[tuple[int, int]]) -> str:
    """Return the kind of a meeting of leaders of two countries in title and opening, or an empty text."""
    end = survey.find_end(Place.OPENING)
    opening = survey.text[:end]
    leaders = {mention.term for mention in survey.found if mention.kind == "leader" and mention.start < end}
    kind = "summit" if _HEADS.search(opening) else "ministerial-meeting"
    # What is denied stands in the folded text, where "ß" is two letters.
    met = any(not _is_within(match.start(), denied) for match in _MET.finditer(opening.casefold()))
    return kind if len(leaders) > 1 and met and kind in survey.vocabulary.kinds else ""
