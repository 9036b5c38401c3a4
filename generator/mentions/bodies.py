"""Where a text names an organisation of the vocabulary, and who speaks for one: NATO's Dutch chief is no voice of his country."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from generator.mentions.borders import is_word
from generator.mentions.index import Index
from generator.vocabulary import Body


class FoundBody(NamedTuple):
    """A mention of an organisation: `text[start:end]` are its words."""

    body: Body
    start: int
    end: int


# Who heads or represents a body, in the languages that write the names of people in Latin letters.
_HEAD = (
    r"(?:chief|head|boss|leader|(?:vice[- ])?president[ea]?|secretary[- ]general|director(?:[- ]general)?|managing director"
    r"|commissioner|high representative|chair(?:man|woman|person)?|spokes(?:man|woman|person)|(?:special )?envoy|official"
    r"|special representative|economist|chef\w*|secrétaire général\w*|présidente?|directeur\w*|directrice\w*|generalsekretär\w*"
    r"|präsident\w*|direktor\w*|secretari[oa] general|secretári[oa][- ]geral|diretora?(?:[- ]geral)?|jef[ea]|chefe"
    r"|alt[oa] representante)"
)
_NAME_OF = r"(?-i:[A-Z])[\w.'’-]+(?: (?-i:[A-Z])[\w.'’-]+){0,3},? (?:of|from) "
_LINK = r"(?:(?:of|for|at|de|der|des|do|da|del|du) )?(?:the |la |les |l['’])?"
_REACH = 70


class _Patterns(NamedTuple):
    """How those who speak for a body stand beside its name, between the two or around them."""

    before: re.Pattern[str]
    said: re.Pattern[str]
    said_behind: re.Pattern[str]
    head_of: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns, compiled once a process: 7 ms, and many builds meet nobody of whom they are asked."""
    # "NATO Secretary General Mark Rutte", "the EU foreign policy chief, Josep Borrell", "EU's Borrell".
    before = rf"(?:['’]s)?(?:[ -](?:[\w-]+ ){{0,3}}{_HEAD},?)? (?:(?:Dr|Mr|Mrs|Ms|Sir)\.? )?"
    # "Jens Stoltenberg, now NATO …", "Christine Lagarde, the president of the …", "the German head of the …".
    behind = rf",? (?:now (?:the )?|(?:the |a |who (?:is|was) )*(?:[\w-]+ ){{0,2}}{_HEAD} {_LINK})"
    return _Patterns(
        before=re.compile(before, re.IGNORECASE),
        # "IMF head Rafael Diaz of Chile", "the head of the IMF, Rafael Diaz of Chile".
        said=re.compile(before + _NAME_OF, re.IGNORECASE),
        said_behind=re.compile(", " + _NAME_OF, re.IGNORECASE),
        # "le secrétaire général de l'Otan, Mark Rutte".
        head_of=re.compile(rf"\b{_HEAD} {_LINK}$", re.IGNORECASE),
        behind=re.compile(behind, re.IGNORECASE),
    )


def find_bodies(text: str, index: Index) -> list[FoundBody]:
    """Return the mentions of organisations in `text`, in order of appearance."""
    found = index.body_automaton.find_matches_as_indexes(text)
    return [
        FoundBody(index.bodies[number], start, end) for number, start, end in found if is_word(text, start, end, is_open=False)
    ]


def serves_body(text: str, start: int, end: int, bodies: Sequence[FoundBody], *, is_person: bool) -> bool:
    """Say whether a name or the adjective of a country, `text[start:end]`, stands beside an office of a body of many."""
    for first, last in _near(start, end, bodies):
        patterns = _patterns()
        between = text[last:start]
        if first >= end:
            is_served = patterns.behind.fullmatch(text, end, first)
        elif not is_person:
            behind = patterns.said_behind.fullmatch(between) and patterns.head_of.search(text, max(0, first - _REACH), first)
            is_served = behind or patterns.said.fullmatch(between)
        elif between == " ":
            is_served = patterns.head_of.search(text, max(0, first - _REACH), first)
        else:
            before = between == ", " and patterns.head_of.search(text, max(0, first - _REACH), first)
            is_served = before or patterns.before.fullmatch(between)
        if is_served:
            return True
    return False


def _near(start: int, end: int, bodies: Sequence[FoundBody]) -> Iterator[tuple[int, int]]:
    """Yield the last body before a name and the first behind it, where they are of many countries and not far."""
    at = bisect_left(bodies, start, key=lambda found: found.start)
    for found in bodies[max(0, at - 1) : at + 1]:
        is_near = found.start <= end + _REACH if found.start >= end else 0 <= start - found.end <= _REACH
        if is_near and not found.body.country:
            yield found.start, found.end
