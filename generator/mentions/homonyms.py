"""Who or what else bears a country's name in a text: a person, a town of the United States, or a currency.

What is shown once holds for the whole text: "Bryan Washington … Washington said", "in Lebanon, Tennessee … Lebanon has lost …".
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from generator.vocabulary import load_homonyms

Bearer = Literal["person", "town"]

# As far back as a title or a first name is looked for.
_BEFORE = 24
_FOLLOWING = re.compile(r" ([A-Z][\w’']+)(,? [JS]r\b|, \d\d,)?(?=(?P<more> (?:[A-Z]|and [A-Z]))?)")
_PREVIOUS = re.compile(r"(?<!\w)([A-Z][\w’']+)(\.?)(?: [A-Z]\.)? $")
# To look one word up takes half as long as to try the names of all currencies.
_CURRENCY = re.compile(r"\$| ?(\w+)")
# A town lies somewhere; "Mexico, Texas and Arizona" are three of a kind.
_LIES = re.compile(r"\b(?:in|at|near|from|of|outside) $")
_LISTED = re.compile(r",? (?:and|or)\b")
_SPEAKS = re.compile(r" (?:said|says|told|tells|is|was|has|had|will|who|also|added|joined|won|wrote)\b")
_ALONE = re.compile(r"(?:[.!?”\",;] |\n|\b(?!the )[a-z]+ |^)$")


class _Patterns(NamedTuple):
    """The words of `homonyms.toml`, ready to be asked."""

    given: frozenset[str]
    borne: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    common_surnames: frozenset[str]
    not_surnames: frozenset[str]
    state: re.Pattern[str]
    currencies: frozenset[str]


@cache
def _patterns() -> _Patterns:
    """Return the words, read once a process: 2 ms."""
    words = load_homonyms()
    states = [*map(re.escape, words["states"]), *(rf"{re.escape(word)}(?=\.|$)" for word in words["words"])]
    return _Patterns(
        given=frozenset(words["given"]),
        borne=frozenset((*words["given"], *words["rarely_given"], *words["surnames"])),
        first_names=frozenset(words["first_names"]),
        titles=frozenset(words["titles"]),
        common_surnames=frozenset(words["common_surnames"]),
        not_surnames=frozenset(words["not_surnames"]),
        state=re.compile(rf",\s+(?:{'|'.join(states)})\b"),
        currencies=frozenset(words["currencies"]),
    )


def is_state(words: str) -> bool:
    """Say whether words name a place with the state of the United States in which it lies: `Peoria, Ill.`."""
    return _patterns().state.search(words) is not None


def is_money(text: str, end: int) -> bool:
    """Say whether a currency follows: in "two billion Singapore dollars" Singapore is no party."""
    following = _CURRENCY.match(text, end)
    return following is not None and (following[1] is None or following[1].casefold() in _patterns().currencies)


def find_bearer(text: str, start: int, end: int) -> Bearer | None:
    """Return who bears the name `text[start:end]` at this place, if not a country."""
    if text[end : end + 1] == "," and _patterns().state.match(text, end):
        return "town"
    return "person" if text[start:end].title() in _patterns().borne and _is_person(text, start, end) else None


def is_lasting(text: str, start: int, end: int, bearer: Bearer) -> bool:
    """Say whether a bearer is shown here so clearly that the bare name means it in the whole text."""
    if bearer == "town":
        state = _patterns().state.match(text, end)
        lies = _LIES.search(text, max(0, start - _BEFORE), start)
        return state is not None and lies is not None and not _LISTED.match(text, state.end())
    following = _find_following(text, end)
    return _is_named_after(text, start) or (following is not None and _is_surname(text, following))


def _is_person(text: str, start: int, end: int) -> bool:
    """Say whether a title or first name stands before the name, or a surname behind it."""
    if _is_named_after(text, start):
        return True
    following = _find_following(text, end)
    if following is None or text[start:end].isupper() or following[1] in _patterns().not_surnames:
        return False
    if text[start:end] in _patterns().given and not following["more"]:
        return True
    return _is_surname(text, following)


def _find_following(text: str, end: int) -> re.Match[str] | None:
    # Most names stand before a small letter: to see that takes a tenth of the pattern's time.
    return _FOLLOWING.match(text, end) if text[end + 1 : end + 2].isupper() else None


def _is_named_after(text: str, start: int) -> bool:
    """Say whether a title or a first name stands before a name: "Mr. Jordan", "Booker T. Washington"."""
    if text[start - 1 : start] != " ":
        return False
    words = text[max(0, start - _BEFORE) : start].split()
    if not words or not words[-1][0].isupper():
        return False
    previous = _PREVIOUS.search(text, max(0, start - _BEFORE), start)
    if previous is None:
        return False
    return previous[1] in _patterns().titles or (previous[1] in _patterns().first_names and not previous[2])


def _is_surname(text: str, following: re.Match[str]) -> bool:
    """Say whether a word behind a name is a surname: a common one, one before an age or "Jr.", or one that speaks elsewhere."""
    word = following[1]
    if word in _patterns().common_surnames or following[2]:
        return True
    return not following["more"] and _speaks(text, word)


def _speaks(text: str, word: str) -> bool:
    """Say whether a word stands somewhere by itself with a verb of people behind it, and neither "the" nor a name before it."""
    at = text.find(word)
    while at >= 0:
        # The word is searched and what is around it looked at: one pattern for both took 80 µs for each name.
        if _SPEAKS.match(text, at + len(word)) and _ALONE.search(text, max(0, at - 12), at):
            return True
        at = text.find(word, at + 1)
    return False
