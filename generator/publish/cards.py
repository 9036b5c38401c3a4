"""What lists show: terms and the cards of briefings, of which each is made once and told from others by its digest."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from generator.fingerprint import fingerprint
from generator.model import Notice


class Term(Struct, frozen=True, eq=False):
    """One value of a taxonomy, ready to be shown: its family, key and name, its address (without the base path), its digest.

    `url` is empty where the archive makes no page of the term; it is then shown as plain words. One that only a translation bears
    is not listed at all. Equal terms are one object, which `find_term` returns: an index of 10,000 briefings compares terms a
    million times, by identity in a tenth of the time.
    """

    family: str
    key: str
    name: str
    url: str
    is_listed: bool
    digest: bytes


def find_term(family: str, key: str, name: str, url: str, *, is_listed: bool = True) -> Term:
    """Return the term of these values, which is made once."""
    values = (family, key, name, url, is_listed)
    if values not in _TERMS:
        _TERMS[values] = Term(*values, digest=fingerprint(values))
    return _TERMS[values]


_TERMS: dict[tuple[str, str, str, str, bool], Term] = {}


def count_terms(terms: Iterable[Term]) -> list[tuple[Term, int]]:
    """Return each term with how often it occurs, the most frequent first, equally frequent ones by name and key."""
    return sorted(Counter(terms).items(), key=lambda item: (-item[1], item[0].name, item[0].key))


class Version(Struct, frozen=True):
    """A text in another language, as the pages of its other versions name it."""

    title: str
    lang: str
    url: str


class Card(Struct, frozen=True, eq=False):
    """What lists may show of a briefing: no body, so that an edit of a body leaves every list as it was.

    `changed` is the day of its latest correction, or else its date, and `revision` counts the corrections of that day. `authors`
    are those of the article of which it is a copy, or else its outlet; a text of the archive's own has none. One that is
    `withdrawn` has another title, and the reason as its summary, in the archive's language. `versions` are those in other
    languages, the original first. Cards of equal values have one `digest`, by which what is kept for one is found.
    """

    id: str
    title: str
    summary: str
    changed: date
    revision: int
    date: date
    url: str
    kind: Term | None
    countries: tuple[Term, ...]
    pairs: tuple[Term, ...]
    sectors: tuple[Term, ...]
    people: tuple[Term, ...]
    organisations: tuple[Term, ...]
    publisher: str
    authors: tuple[str, ...]
    lang: str
    translation_of: str
    versions: tuple[Version, ...]
    corrections: tuple[Notice, ...]
    withdrawn: bool
    digest: bytes

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms that have lists of their own, but for the year."""
        kinds = (self.kind,) if self.kind else ()
        return (*self.pairs, *self.countries, *self.sectors, *kinds, *self.people, *self.organisations)
