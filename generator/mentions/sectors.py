"""Which phrases of the sectors a text holds, and where."""

from collections.abc import Collection

from msgspec import Struct

from generator.mentions.borders import is_word
from generator.mentions.index import Index, mark_words


class FoundPhrase(Struct, frozen=True, order=True):
    """A phrase of a sector: `text[start:end]` are its words; `weight` is 3 for a strong phrase, 1 for one that only adds."""

    term: str
    start: int
    end: int
    name: str
    weight: int


def find_phrases(text: str, index: Index, terms: Collection[str] | None = None) -> list[FoundPhrase]:
    """Return the phrases of sectors in `text`, in order of appearance; one phrase may speak for several sectors.

    With `terms`, only those of these sectors.
    """
    phrases = index.phrases
    return [
        FoundPhrase(term, start, end, words, weight)
        for number, start, end in index.phrase_automaton.find_matches_as_indexes(mark_words(text))
        for term, words, weight, is_exact, _ in phrases[number]
        if (terms is None or term in terms)
        and (not is_exact or text[start:end] == words)
        and is_word(text, start, end, is_open=phrases[number][0].open)
    ]
