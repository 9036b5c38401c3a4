"""What a story tells as a whole, where that leaves no parties: what nature did to countries, or the life of somebody who died."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from generator.ingest.tagging.survey import Part, Place, Survey
from generator.vocabulary import load_language

_EVENT = re.compile(
    r"\b(?:(?:earth|sea)?quakes?|aftershocks?|tsunamis?|volcano(?:es)?|landslides?|mudslides?|cyclones?|hurricanes?|typhoons?"
    r"|tornado(?:es)?|(?:snow|sand|dust|hail|wind|rain)?storms?|blizzards?|(?:flash )?floods?|flooding|torrential rains?"
    r"|monsoons?|droughts?|heat ?waves?|cold (?:snap|spell)s?|(?:wild|bush|forest )fires?|locusts?|virus(?:es)?|epidemics?"
    r"|pandemic|flu|influenza|measles|cholera|malaria|dengue|ebola|mpox|polio|swine fever)\b(?! (?:of|over|about)\b)",
    re.IGNORECASE,
)
_DEALING = re.compile(
    r"\b(?:agree\w*|sign(?:s|ed|ing)?|deals?|pacts?|treaty|talks|meet(?:s|ing)?|met|summit|visit\w*|call(?:s|ed) on|thank\w*"
    r"|sen[dt]s?|sending|aid|help\w*|assist\w*|support\w*|offer\w*|pledg\w+|donat\w+|deliver\w*|condolences|relief|rescuers?|rescue"
    r"|buy(?:s|ing)?|bought|s[eo]lls?|sold|trade|imports?|exports?|invest\w*|lends?|loans?|bans?|banned|joint\w*|cooperat\w+"
    r"|accus\w+|clash\w*|blam\w+|attack\w*|war|troops|missiles?|sanctions|beat|match)\b",
    re.IGNORECASE,
)
_DIED = re.compile(r"\b(?:dies|died|passed away)\b|^Obituary\b", re.IGNORECASE | re.MULTILINE)
_AGE = re.compile(r"\b(?:at|aged|age of) \d\d\d?\b(?! ?[%.:]\d)|\b(?:He|She) was \d\d\d?\b|[A-Z]\w+, \d\d,")


def find_quiet(survey: Survey) -> Mapping[Part, Literal["place", "topic"]]:
    """Return the parts of a text in which nobody deals with anybody, each with all that a country named in it can be.

    Title and lead decide what is told. Where nature struck, a later sentence in which somebody sends aid has parties again; of
    the dead only their life is told, offices abroad included.
    """
    head = survey.text[: survey.find_end(Place.LEAD)]
    is_event, is_dealing = _patterns(survey.index.lang)
    if is_event.search(head) and not is_dealing.search(head):
        return {part: "place" for part in survey.parts if not is_dealing.search(survey.text, part.start, part.end)}
    if _DIED.search(head) and _AGE.search(survey.text, 0, survey.find_end(Place.OPENING)):
        return dict.fromkeys(survey.parts, "topic")
    return {}


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what nature does and how countries deal with each other, in the words of a language."""
    if lang == "en":
        return _EVENT, _DEALING
    words = load_language(lang).words
    return _any_of(words.get("event", ())), _any_of(words.get("dealing", ()))


def _any_of(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for words that start with one of some stems; in scripts that write prefixes or no spaces, anywhere."""
    return re.compile("|".join(stem if stem[0] > "\u0530" else rf"\b{stem}" for stem in stems) or "(?!)", re.IGNORECASE)
