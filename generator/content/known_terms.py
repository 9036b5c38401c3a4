"""The terms of the vocabulary that front matter may name, and those that it names all the same, each at its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.content.flat_yaml import Fields
from generator.errors import Location, Problem, did_you_mean, error


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """The terms of the vocabulary that front matter may name; `find_code` returns that of a country's name, or nothing."""

    countries: frozenset[str]
    sectors: frozenset[str]
    kinds: frozenset[str]
    find_code: Callable[[str], str] | None = None


def place_of(node: yaml.Node, path: str) -> Location:
    """Return where a node of front matter, which starts on the second line, stands in its file."""
    return Location(path, node.start_mark.line + 2, node.start_mark.column + 1)


def find_unknown_terms(fields: Fields, values: Mapping[str, Any], known: KnownTerms, path: str) -> Iterator[Problem]:
    """Yield a problem for each term that the vocabulary does not know, and for each pair of a country that is no party.

    `values` are those that could be converted. Whatever stands in a list that could not is looked at all the same.
    """
    pairs = values.get("pairs", ())
    countries, named = values.get("countries", ()), {code for pair in pairs for code in (pair.first, pair.second)}
    sectors, kinds = set(values.get("sectors", ())), {values.get("kind") or ""}
    has_all = values.keys() >= fields.keys() & {"countries", "pairs", "sectors", "kind"} and "rejected" not in fields
    if has_all and named <= set(countries) <= known.countries and sectors <= known.sectors and kinds <= known.kinds | {""}:
        return  # As in nearly all files: looking at every node takes longer.
    yield from _find_unknown_terms(fields, known, path)
    yield from _find_unknown_terms(_fields_of(fields, "rejected"), known, path)
    for node in _items(fields, "pairs"):
        codes = [code.strip() for code in str(node.value).upper().split("-")]
        for code in codes if [len(code) for code in codes] == [2, 2] else ():
            if code not in known.countries:
                message = f'unknown country "{code}" in the pair "{node.value}"'
                yield error("unknown-country", place_of(node, path), message, _advise(code, known.countries, known.find_code))
            elif code not in countries and ("countries" in values or "countries" not in fields):
                message = f'the pair "{node.value}" names {code}, which is not among "countries"'
                hint = f"add {code} to countries, or take out the pair"
                yield error("pair-without-country", place_of(node, path), message, hint)


def _find_unknown_terms(fields: Fields, known: KnownTerms, path: str) -> Iterator[Problem]:
    yield from _find_unknown("country", _items(fields, "countries"), known.countries, path, known.find_code)
    yield from _find_unknown("sector", _items(fields, "sectors"), known.sectors, path)
    yield from _find_unknown("kind", _items(fields, "kind"), known.kinds, path)


def _fields_of(fields: Fields, key: str) -> Fields:
    """Return the keys of a mapping within front matter, and what stands under them."""
    node = fields[key][1] if key in fields else None
    return {str(name.value): (name, value) for name, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(fields: Fields, key: str) -> Sequence[yaml.Node]:
    """Return the plain values of a key: those of its list, or its own."""
    node = fields[key][1] if key in fields else None
    items = node.value if isinstance(node, yaml.SequenceNode) else [node] if key == "kind" else []
    return [item for item in items if isinstance(item, yaml.ScalarNode)]


def _find_unknown(
    singular: str, nodes: Sequence[yaml.Node], terms: frozenset[str], path: str, find_code: Callable[[str], str] | None = None
) -> Iterator[Problem]:
    for node in nodes:
        value = str(node.value).strip()
        if value and value.upper() not in terms and value.lower() not in terms:
            message = f'unknown {singular} "{value}"'
            yield error(f"unknown-{singular}", place_of(node, path), message, _advise(value, terms, find_code, f"{singular}s"))


def _advise(value: str, terms: frozenset[str], find_code: Callable[[str], str] | None, plural: str = "") -> str:
    """Return what to write instead: the code of a country that is named, the nearest term, or else where all of them are."""
    if find_code:
        code = find_code(value)
        return f"write {code}" if code else "write a code of ISO 3166-1, such as IN"
    near = did_you_mean(value, terms)
    return near or f"the README lists all {plural}; content/vocabulary/{plural}.toml adds others"
