"""Which phrases of the sectors a text holds, and where."""

from collections.abc import Collection

from msgspec import Struct

from generator.mentions.borders import is_word
from generator.mentions.index import Index, find_matches
from generator.mentions.offices import SMALL_HOLDERS, Share, find_share


class FoundPhrase(Struct, frozen=True, order=True):
    """A phrase of a sector: `text[start:end]` are its words; `weight` is 3 for a strong phrase, 1 for one that only adds.

    `office` says which share it has of the name of an office: what that is in charge of hardly shows what the text is about.
    """

    term: str
    start: int
    end: int
    name: str
    weight: int
    office: Share


def find_phrases(text: str, index: Index, terms: Collection[str] | None = None) -> list[FoundPhrase]:
    """Return the phrases of sectors in `text`, in order of appearance; one phrase may speak for several sectors.

    With `terms`, only those of these sectors. A part of the name of an office, and what its holder is in charge of, only add, as
    a weak phrase does; what is weak itself adds nothing there. Phrases that name an office ("defence minister") speak for it.
    """
    phrases = index.phrases
    return [
        FoundPhrase(phrase.term, start, end, phrase.text, 1 if office in ("part", "charge") else phrase.weight, office)
        for number, start, end in find_matches(index.phrase_automaton, text)
        for phrase in phrases[number]
        if (terms is None or phrase.term in terms)
        and phrase.weight
        and (not phrase.exact or text[start:end] == phrase.text)
        and is_word(text, start, end, is_open=phrases[number][0].open)
        and (
            # Names are written with capitals, and an acronym is no charge. A call for every phrase would take a twentieth longer.
            not (
                office := phrase.office
                or (
                    (text[start].isupper() or text.startswith(SMALL_HOLDERS, end))
                    and not phrase.exact
                    and find_share(text, start, end)
                )
                or ""
            )
            or phrase.office
            or phrase.weight > 1
        )
    ]


def find_grounds(text: str, index: Index, terms: Collection[str]) -> list[FoundPhrase]:
    """Return the phrases in `text` that bear out these sectors: all but the parts of names of offices."""
    return [phrase for phrase in find_phrases(text, index, terms) if phrase.office != "part"]
