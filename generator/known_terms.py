"""The terms of the vocabulary that front matter may name, and those that it names all the same, each at its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.errors import Location, Problem, did_you_mean, error
from generator.flat_yaml import Fields
from generator.front_matter import as_list


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """The terms of the vocabulary that front matter may name."""

    countries: frozenset[str]
    sectors: frozenset[str]
    kinds: frozenset[str]


def find_unknown_terms(fields: Fields, values: Mapping[str, Any], known: KnownTerms, path: str) -> Iterator[Problem]:
    """Yield a problem for each country, sector or kind that the vocabulary does not know, at its place in the file."""
    countries = (*values.get("countries", ()), *(code for pair in values.get("pairs", ()) for code in (pair.first, pair.second)))
    sectors, kinds = set(values.get("sectors", ())), {values.get("kind") or ""}
    if not (set(countries) - known.countries or sectors - known.sectors or kinds - known.kinds - {""}):
        return
    for key, singular, terms in (
        ("countries", "country", known.countries),
        ("sectors", "sector", known.sectors),
        ("kind", "kind", known.kinds),
    ):
        node = fields[key][1] if key in fields else None
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
        for item in items:
            value = str(item.value).strip()
            if value and value.upper() not in terms and value.lower() not in terms:
                where = Location(path, item.start_mark.line + 2, item.start_mark.column + 1)
                yield error(f"unknown-{singular}", where, f'unknown {singular} "{value}"', did_you_mean(value, terms))
    for item in as_list(fields["pairs"][1]) if "pairs" in fields and "pairs" in values else []:
        for code in str(item.value).upper().split("-"):
            if code not in known.countries:
                where = Location(path, item.start_mark.line + 2, item.start_mark.column + 1)
                yield error("unknown-country", where, f'unknown country "{code}" in the pair "{item.value}"')
