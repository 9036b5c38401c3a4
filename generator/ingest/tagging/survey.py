"""A text surveyed once for all taggers: its parts, and everything that was found in it."""

import re
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from generator.mentions import Found, FoundPhrase, compile_index, find_countries, find_phrases
from generator.mentions.bodies import FoundBody, find_bodies
from generator.mentions.countries import Dismissed, read_names
from generator.mentions.index import Index
from generator.text import split_sentences
from generator.vocabulary import Vocabulary


class Place(IntEnum):
    """How prominent a stretch of text is."""

    TITLE = 0
    LEAD = 1
    OPENING = 2
    BODY = 3


class Part(Struct, frozen=True):
    """A stretch of a text: the title, a sentence of its lead or opening, or a whole line of its body."""

    start: int
    end: int
    place: Place


class Survey(Struct, frozen=True):
    """Title and body in one text, its parts, and the mentions and phrases in it; `dismissed` only look like mentions."""

    text: str
    parts: tuple[Part, ...]
    found: tuple[Found, ...]
    dismissed: tuple[Dismissed, ...]
    phrases: tuple[FoundPhrase, ...]
    bodies: tuple[FoundBody, ...]
    index: Index
    vocabulary: Vocabulary
    publisher: str
    dateline: str

    def find_end(self, place: Place) -> int:
        """Return where the parts end that are at least as prominent as `place`; 0 where there are none."""
        return max((part.end for part in self.parts if part.place <= place), default=0)


# "NEW DELHI, March 6 (Agency) - ", where the caller has not taken it off.
_DATELINE = re.compile(
    r"([A-Z][A-Z .,'’()/-]{2,40}?), ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\([A-Z][\w ]+\))(?: \([\w ]+\))? ?[-–—:]+ ?"
    r"|([A-Z][A-Z .'’-]{2,30}) ?[-–—:]+ "
)
_SPEAKER = re.compile(r"^[A-Z][A-Z .,'’-]{3,60}:", re.MULTILINE)
# A line of fewer words is a heading, a place or a time of day rather than a sentence.
_SENTENCE_MIN_WORDS = 5
_OPENING_SENTENCES = 4
# Talk begins with greetings.
_OPENING_SPOKEN = 8
# After so many of them it is the author's way of writing.
_HEADINGS_MAX = 3


def survey_article(
    title: str, text: str, vocabulary: Vocabulary, *, lang: str, publisher: str, dateline: str, year: int
) -> Survey:
    """Return the survey of an article; `year` is 0 where it is not known."""
    index = compile_index(vocabulary, lang)
    place, text = _split_dateline(text, index)
    dateline = dateline or place
    whole = f"{title}\n{text}" if title else text
    found, dismissed = read_names(whole, index, year=year, beside=dateline)
    return Survey(
        text=whole,
        parts=tuple(_split_parts(whole, title_end=len(title))),
        found=tuple(found),
        dismissed=tuple(dismissed),
        phrases=tuple(find_phrases(whole, index)),
        bodies=tuple(find_bodies(whole, index)),
        index=index,
        vocabulary=vocabulary,
        publisher=publisher,
        dateline=dateline,
    )


def _split_dateline(text: str, index: Index) -> tuple[str, str]:
    """Return the place that a text opens with, if any, and the text without it."""
    start = _DATELINE.match(text)
    if not start:
        return "", text
    # Without a date it is a dateline only if it is a place: "CANBERRA: " is one, "PRESIDENT BIDEN: " is a speaker.
    place = start[1] or start[2]
    if start[1] or any(mention.kind != "leader" for mention in find_countries(place.title(), index)):
        return place, text[start.end() :]
    return "", text


def _split_parts(text: str, *, title_end: int) -> Iterator[Part]:
    """Yield title, lead sentence, the next three sentences as the opening, and the lines of the body.

    In the transcript of a conversation nobody wrote a lead: what is said there is opening and body.
    """
    at = 0
    if title_end:
        yield Part(0, title_end, Place.TITLE)
        at = title_end + 1
    labels = [match.start() for match in _SPEAKER.finditer(text, at)]
    spoken = labels[0] if len(labels) > 1 else len(text)
    opening = _OPENING_SENTENCES if spoken == len(text) else _OPENING_SPOKEN
    sentences = headings = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        for first, last in split_sentences(text[at:end]) if sentences < opening else ((0, end - at),):
            is_lead = sentences == 0 and at < spoken
            yield Part(at + first, at + last, Place.LEAD if is_lead else Place.OPENING if sentences < opening else Place.BODY)
            headings += spoken == len(text)
            sentences += headings > _HEADINGS_MAX or len(text[at + first : at + last].split()) > _SENTENCE_MIN_WORDS
        at = end + 1
