"""Facets: the values of each family of terms, with the briefings that have them."""

import json
from collections.abc import Iterable, Mapping, Sequence

from generator.languages import name_language, spell_tag
from generator.publish.articles import Article
from generator.publish.search.codec import dump_json, encode_ascending
from generator.publish.search.part import Part, make_part

FACETS = ("country", "pair", "sector", "kind", "source", "year", "language")


def group_facets(articles: Iterable[Article]) -> dict[str, str]:
    """Return the values of each facet of some briefings, as JSON: key, name, and the places of the briefings that have it."""
    slots: dict[str, dict[tuple[str, str], list[int]]] = {family: {} for family in FACETS}
    for slot, article in enumerate(articles):
        for family, values in _find_values(article).items():
            for value in dict.fromkeys(values):
                slots[family].setdefault(value, []).append(slot)
    return {family: json.dumps([[*value, places] for value, places in values.items()]) for family, values in slots.items()}


def _find_values(article: Article) -> dict[str, list[tuple[str, str]]]:
    """Return the key and the name of each value that a briefing has, by facet; a source goes by its publisher."""
    card = article.card
    kinds = (card.kind,) if card.kind else ()
    terms = {"country": card.countries, "pair": card.pairs, "sector": card.sectors, "kind": kinds}
    names = {"source": [source.publisher for source in article.briefing.sources], "year": [str(card.date.year)]}
    found = {family: [(term.key, term.name) for term in values] for family, values in terms.items()}
    languages = [(spell_tag(card.lang), name_language(card.lang))] if card.lang else []
    return found | {"language": languages} | {family: [(name, name) for name in own if name] for family, own in names.items()}


def plan_facet(family: str, bases: Sequence[int], facets: Sequence[Mapping[str, str]]) -> Part[tuple[tuple[int, str], ...]]:
    """Return what a facet is made of: its values in each segment, with the base of the segment."""
    return make_part(tuple((base, values[family]) for base, values in zip(bases, facets, strict=True)))


def make_facet(part: Part[tuple[tuple[int, str], ...]]) -> bytes:
    """Return the values of one facet by name, each with its key, its name and the numbers of its briefings."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for base, values in part.value:
        for key, name, slots in json.loads(values):
            numbers.setdefault((key, name), []).extend(base + slot for slot in slots)
    ordered = sorted(numbers, key=lambda value: (value[1], value[0]))
    return dump_json({"values": [[key, name, encode_ascending(numbers[key, name])] for key, name in ordered]})
