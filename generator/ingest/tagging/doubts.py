"""Which names only looked like a country's, and why they were not counted, in an editor's words."""

import re
from collections.abc import Sequence

from generator.ingest.tagging.survey import Survey
from generator.ingest.words import word_set
from generator.mentions import find_countries
from generator.mentions.countries import Dismissed, Reason
from generator.mentions.names import fold_case

# So many names of one country are told; the others mostly say the same.
_TOLD_MAX = 2
_MEANT: dict[Reason, str] = {
    "mask": "as a whole means something else",
    "person": "is the name of a person here",
    "town": "is a town in the United States here",
    "served": "speaks for an organisation of many countries here",
}
_WORDS = word_set("sentences", "common_words")
_BEFORE = re.compile(r"\S{1,14}\s?$")
_AFTER = re.compile(r"\s?\S{1,14}")


def tell_doubts(survey: Survey) -> dict[str, str]:
    """Return, for each country whose names were passed over, what is to be said of them."""
    told: dict[str, list[str]] = {}
    for name in survey.dismissed:
        for code in _hidden(survey, name):
            sentence = _tell(survey, name, code)
            if sentence and sentence not in told.setdefault(code, []):
                told[code].append(sentence)
    return {code: "; ".join(sentences[:_TOLD_MAX]) for code, sentences in told.items() if sentences}


def _hidden(survey: Survey, name: Dismissed) -> Sequence[str]:
    """Return the countries that a name might have meant; within a mask they are found once a letter of it is missing."""
    if name.why != "mask":
        return (name.term,)
    pieces = (survey.text[name.start : name.end - 1], survey.text[name.start + 1 : name.end])
    meant = {found.term for found in survey.found if found.start == name.start}
    codes = dict.fromkeys(found.term for piece in pieces for found in find_countries(piece, survey.index))
    return [code for code in codes if code not in meant]


def _tell(survey: Survey, name: Dismissed, code: str) -> str:
    words = survey.text[name.start : name.end]
    if name.why in _MEANT:
        return f"“{words}” {_MEANT[name.why]}"
    match name.why:
        case "beside":
            return f"“{words}” is part of another name in “{_around(survey.text, name)}”"
        case "doubtful":
            against = next((f", as “{word}” suggests" for word in survey.index.countries[code].unless if word in survey.text), "")
            return f"“{words}” means something else here{against}"
        case _:
            return _tell_surname(survey, words, code)


def _tell_surname(survey: Survey, words: str, code: str) -> str:
    """Return what is to be said of a bare surname; "He" and "May" are words before they are names."""
    people = [leader.name for leader in survey.index.leaders.get(fold_case(words), ()) if leader.country == code]
    if not people or words.lower() in _WORDS or re.search(rf"\b{re.escape(words.lower())}\b", survey.text):
        return ""
    return f"“{words}” stands without an office or a first name, and need not be {people[-1]}"


def _around(text: str, name: Dismissed) -> str:
    """Return a name with the words right beside it."""
    before = _BEFORE.search(text, max(0, name.start - 15), name.start)
    after = _AFTER.match(text, name.end)
    start, end = before.start() if before else name.start, after.end() if after else name.end
    return text[start:end].strip().rstrip(".,;:。，、")
