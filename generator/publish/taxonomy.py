"""Terms: what a vocabulary and briefings name, with the address of each that has a page."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping
from copy import copy
from types import MappingProxyType
from typing import Self

from generator.config import PageSettings
from generator.model import CountryPair
from generator.publish.cards import Term, find_term
from generator.publish.urls import is_made, term_slug, term_url
from generator.vocabulary import Vocabulary

Names = Mapping[str, Mapping[str, str]]


class Terms:
    """Makes each term once, so that 100,000 cards share some hundred of them.

    A term of a family without pages has no address. Whatever shows a term goes by that alone: nothing leads to what is not made.
    `names` are those of people and organisations, by family and slug, where they are known to be spelled so; else the spelling
    that is met first holds.
    """

    def __init__(self, vocabulary: Vocabulary, families: PageSettings, names: Names = MappingProxyType({})) -> None:
        self.vocabulary = vocabulary
        self.families = families
        self.known: MutableMapping[tuple[str, str], Term] = {}
        self.is_listed = True
        self.names: Names = {
            **names,
            "country": {term_slug("country", code): country.name for code, country in vocabulary.countries.items()},
            "sector": {slug: sector.name for slug, sector in vocabulary.sectors.items()},
            "kind": {slug: kind.name for slug, kind in vocabulary.kinds.items()},
        }

    def unlisted(self) -> Self:
        """Return the terms of a translation, which stands in no list: what only that bears has neither list nor address."""
        terms = copy(self)
        # Those of another translation are not known to it: how that spells a name is its own affair.
        terms.known, terms.is_listed = ChainMap({}, self.known), False
        return terms

    def term(self, family: str, key: str, name: str = "") -> Term:
        """Return the term of a family; `name` is for one that the vocabulary does not name."""
        # People and organisations are one where their slugs are one: "Cho Hyun" and "CHO HYUN" share an address.
        known = self.known.get((family, key))
        if known is None:
            slug = term_slug(family, key)
            label = name or self.names.get(family, {}).get(slug, key)
            url = term_url(family, key)
            has_page = self.is_listed and is_made(url, self.families)
            term = find_term(family, slug, label, url if has_page else "", is_listed=self.is_listed)
            known = self.known.setdefault((family, slug), term)
            self.known[family, key] = known
        return known

    def all(self, family: str, keys: Iterable[str]) -> tuple[Term, ...]:
        """Return the terms of a family with some keys."""
        known = self.known  # Nearly every term has been made before.
        return tuple([known.get((family, key)) or self.term(family, key) for key in keys])

    def pair(self, pair: CountryPair) -> Term:
        """Return the term of a pair, named by its countries in the order of the alphabet."""
        known = self.known.get(("pair", pair.slug))
        if known is not None:
            return known
        first, second = self.term("country", pair.first), self.term("country", pair.second)
        one, other = sorted((first.name, second.name))
        return self.term("pair", pair.slug, f"{one}–{other}")
