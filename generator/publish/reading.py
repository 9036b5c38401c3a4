"""What the page of a briefing makes of its text: HTML, evidence, how long it takes to read, and who is named in which office."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from generator.mentions import (
    Found,
    FoundPhrase,
    Index,
    TermEvidence,
    compile_index,
    find_countries,
    find_grounds,
    limit_quotes,
    weigh_evidence,
)
from generator.publish.articles import Article
from generator.publish.cards import Term
from generator.publish.markup import read_markdown
from generator.publish.urls import term_slug
from generator.vocabulary import Vocabulary


class Shown(NamedTuple):
    """A text as HTML, and its words, a paragraph, item or row a line: empty where not even quotations of it may be shown."""

    html: str
    words: str


Mark = tuple[int, int]


class Quotation(Struct, frozen=True):
    """A sentence of a text, the words in it that matched (start, end; in order and apart), and the terms for which it speaks."""

    quote: str
    marks: tuple[Mark, ...]
    terms: tuple[Term, ...]


Mentioned = TypeVar("Mentioned", Found, FoundPhrase)


class Located(Struct, Generic[Mentioned], frozen=True):
    """Where a text bears out the terms of its briefing, in order of appearance, and the terms that only its title bears out."""

    found: Sequence[Mentioned]
    by_title: frozenset[str]


class Named(Struct, frozen=True):
    """A person or organisation of a briefing, with the office or abbreviation that the text gives."""

    term: Term
    note: str


class Reading(Struct, frozen=True):
    """A text as it is shown and understood: safe HTML, empty where rights withhold it; evidence; minutes to read; who is named.

    `quotations` come in the order of the text. `named` are terms that the text bears out and no quotation does, `by_title` those
    that only the title bears out, `decided` those that an editor added without a trace in either.
    """

    html: str
    quotations: tuple[Quotation, ...]
    named: tuple[Term, ...]
    by_title: tuple[Term, ...]
    decided: tuple[Term, ...]
    minutes: int
    people: tuple[Named, ...]
    organisations: tuple[Named, ...]


def show_text(article: Article, base_path: str) -> Shown:
    """Return the text of a briefing as its page shows it, an anchor on every block; the site's own addresses get `base_path`."""
    return Shown(*read_markdown(article.text.read(), location=article.briefing.body_location, base_path=base_path))


def locate_countries(article: Article, shown: Shown, vocabulary: Vocabulary) -> Located[Found]:
    """Return where a text that is `shown` names the countries of its briefing."""
    return _locate(find_countries, article, shown, vocabulary, terms=article.briefing.countries)


def locate_sectors(article: Article, shown: Shown, vocabulary: Vocabulary) -> Located[FoundPhrase]:
    """Return where a text that is `shown` speaks of the sectors of its briefing."""
    return _locate(find_grounds, article, shown, vocabulary, terms=article.briefing.sectors)


def _locate(
    find: Callable[[str, Index, Collection[str]], Sequence[Mentioned]],
    article: Article,
    shown: Shown,
    vocabulary: Vocabulary,
    *,
    terms: Collection[str],
) -> Located[Mentioned]:
    index = compile_index(vocabulary, article.card.lang)
    found = find(shown.words, index, terms)
    absent = set(terms).difference([mention.term for mention in found])
    return Located(found, frozenset([mention.term for mention in find(article.card.title, index, absent)] if absent else ()))


def read_article(article: Article, shown: Shown, countries: Located[Found], sectors: Located[FoundPhrase]) -> Reading:
    """Return what the page makes of a text that is `shown`: evidence quotes what readers see.

    `countries` and `sectors` are where they were located. Of many texts, either is done for all before the other: the two
    automatons have no room beside each other near the processor, and take a third longer in turns.
    """
    html, text = shown
    briefing = article.briefing
    terms = {term.key: term for term in (*article.card.countries, *article.card.sectors)}
    evidence = weigh_evidence((*briefing.countries, *briefing.sectors), text, countries.found, sectors.found) if text else ()
    if article.rights != "full":
        evidence = limit_quotes(evidence, text)
    quotations = _quote(evidence, terms)
    rest = [(terms[found.term.lower()], found) for found in evidence if not found.mentions]
    by_title = countries.by_title | sectors.by_title
    return Reading(
        html=html if article.rights == "full" else "",
        quotations=quotations,
        named=tuple([term for term, found in rest if found.count]),
        by_title=tuple([term for term, found in rest if not found.count and found.term in by_title]),
        decided=tuple([term for term, found in rest if not found.count and found.term not in by_title]),
        minutes=estimate_minutes(text),
        people=_note(article.card.people, [(person.name, person.office) for person in briefing.people]),
        organisations=_note(article.card.organisations, [(body.name, body.abbreviation) for body in briefing.organisations]),
    )


def _quote(evidence: Iterable[TermEvidence], terms: Mapping[str, Term]) -> tuple[Quotation, ...]:
    """Return each sentence once, with all terms for which it speaks: ten terms are often borne out by the same three."""
    found: dict[tuple[int, str], tuple[list[Mark], dict[Term, None]]] = {}
    for term_evidence in evidence:
        term = terms[term_evidence.term.lower()]
        for mention in term_evidence.mentions:
            marks, spoken = found.setdefault((mention.offset - mention.start, mention.quote), ([], {}))
            marks.append((mention.start, mention.end))
            spoken[term] = None
    return tuple([Quotation(quote, _part(marks), tuple(spoken)) for (_, quote), (marks, spoken) in sorted(found.items())])


def _part(marks: list[Mark]) -> tuple[Mark, ...]:
    """Return marks in order, those that overlap as one."""
    parted: list[Mark] = []
    for start, end in sorted(marks):
        if parted and start < parted[-1][1]:
            parted[-1] = (parted[-1][0], max(end, parted[-1][1]))
        else:
            parted.append((start, end))
    return tuple(parted)


def estimate_minutes(text: str) -> int:
    """Return how long a plain text takes to read: 230 words a minute, or 500 signs of scripts that set no spaces."""
    signs = 0 if text.isascii() else len(_compile_signs().findall(text))
    # As `show_text` returns it, there is one space or line feed between two words.
    words = text.count(" ") + text.count("\n") + bool(text)
    return max(1, round(words / 230 + signs / 500))


@cache  # It takes 3 ms to compile, and most texts have none of them.
def _compile_signs() -> re.Pattern[str]:
    """Return what finds the signs of scripts that set no spaces."""
    return re.compile("[\u0e00-\u0eff\u2e80-\u9fff]")


def _note(terms: Sequence[Term], named: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Return terms with the office or abbreviation that goes with the name, where there is one."""
    notes = {term_slug(terms[0].family, name): note for name, note in named if note} if terms else {}
    return tuple([Named(term, notes.get(term.key, "")) for term in terms])
