"""What the page of a briefing makes of its text: HTML, evidence, how long it takes to read, and who is named in which office."""

import re
from dataclasses import dataclass

from generator.mentions import find_evidence
from generator.model import Mention, Term
from generator.publish.archive import Article
from generator.publish.markup import plain_text, render_markdown
from generator.publish.urls import term_slug
from generator.vocabulary import Vocabulary

# Of scripts that set no spaces.
_SIGN = re.compile("[\u0e00-\u0eff\u2e80-\u9fff]")


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a briefing has a term: its best mentions in the text, and how many there are in all.

    There are none when an editor added the term without a trace in the text.
    """

    term: Term
    mentions: tuple[Mention, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is shown and understood: safe HTML, empty where rights withhold it; the evidence; minutes to read."""

    html: str
    grounds: tuple[Grounds, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Named:
    """A person or organisation of a briefing, with the office or abbreviation that the text gives."""

    term: Term
    note: str


def show_text(article: Article, base_path: str) -> str:
    """Return the text of a briefing as HTML, with an anchor on every block of prose."""
    return render_markdown(article.text.read(), base_path=base_path, anchors=True)


def say_text(html: str) -> str:
    """Return the words of a text as evidence quotes them: the mark of a list item is no part of its sentence."""
    return plain_text(html).replace("\n- ", "\n").removeprefix("- ")


def read_article(article: Article, html: str, text: str, vocabulary: Vocabulary) -> Reading:
    """Return what the page shows of a text, given as `show_text` and `say_text` return it: evidence quotes what readers see."""
    briefing = article.briefing
    terms = {term.key: term for term in (*article.card.countries, *article.card.sectors)}
    evidence = find_evidence((*briefing.countries, *briefing.sectors), text, vocabulary, briefing.lang or "en") if text else ()
    grounds = tuple(Grounds(terms[found.term.lower()], found.mentions, found.count) for found in evidence)
    return Reading(html if article.rights == "full" else "", grounds, estimate_minutes(text))


def estimate_minutes(text: str) -> int:
    """Return how long a plain text takes to read: 230 words a minute, or 500 signs of scripts that set no spaces."""
    signs = 0 if text.isascii() else len(_SIGN.findall(text))
    # As `plain_text` returns it, there is one space or line feed between two words.
    words = text.count(" ") + text.count("\n") + bool(text)
    return max(1, round(words / 230 + signs / 500))


def name_people(article: Article) -> tuple[Named, ...]:
    """Return the people of a briefing with the office that its text gives."""
    notes = {term_slug("person", person.name): person.office for person in article.briefing.people}
    return tuple(Named(term, notes.get(term.key, "")) for term in article.card.people)


def name_organisations(article: Article) -> tuple[Named, ...]:
    """Return the organisations of a briefing with the abbreviation that its text gives."""
    notes = {term_slug("organisation", body.name): body.abbreviation for body in article.briefing.organisations}
    return tuple(Named(term, notes.get(term.key, "")) for term in article.card.organisations)
