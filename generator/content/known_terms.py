"""The terms of the vocabulary that front matter may name, and those that it names all the same, each at its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from generator.content.flat_yaml import Fields, Value
from generator.content.values import advise_curly, as_list, is_list, is_text, strip_curly, text_of
from generator.errors import Location, Problem, did_you_mean, error

_RULINGS = ("confirmed", "rejected")


class KnownTerms(Struct, frozen=True):
    """The terms of the vocabulary that front matter may name, and the `folder` with those of the archive itself.

    `find_code` returns that of a country's name, or nothing.
    """

    countries: frozenset[str]
    sectors: frozenset[str]
    kinds: frozenset[str]
    find_code: Callable[[str], str]
    folder: str = "content/vocabulary"


def place_of(value: Value, path: str) -> Location:
    """Return where a value of front matter, which starts on the second line, stands in its file, as far as it knows."""
    if not isinstance(value, yaml.Node):
        return Location(path)
    return Location(path, value.start_mark.line + 2, value.start_mark.column + 1)


def find_unknown_terms(fields: Fields, values: Mapping[str, Any], known: KnownTerms, path: str) -> Iterator[Problem]:
    """Yield a problem for each term that the vocabulary does not know, and for each pair of a country that is no party.

    `values` are those that could be converted. Whatever stands in a list that could not is looked at all the same.
    """
    pairs = values.get("pairs", ())
    countries, named = values.get("countries", ()), {code for pair in pairs for code in (pair.first, pair.second)}
    sectors, kind = values.get("sectors", ()), values.get("kind")
    has_all = values.keys() >= fields.keys() & {"countries", "pairs", "sectors", "kind"} and fields.keys().isdisjoint(_RULINGS)
    are_known = known.countries.issuperset(countries) and known.sectors.issuperset(sectors) and (not kind or kind in known.kinds)
    if has_all and are_known and named.issubset(countries):
        return  # As in nearly all files: looking at every value takes longer.
    yield from _find_unknown_terms(fields, known, path)
    for key in _RULINGS:
        yield from _find_unknown_terms(_fields_of(fields, key), known, path)
    parties = {strip_curly(code) for code in countries}
    for item, code in _find_codes(fields) if _tells_countries(fields, values) else ():
        if code in known.countries and code not in parties:
            message = f'the pair "{text_of(item)}" names {code}, which is not among "countries"'
            hint = f"add {code} to countries, or take out the pair"
            yield error("pair-without-country", place_of(item, path), message, hint)


def _tells_countries(fields: Fields, values: Mapping[str, Any]) -> bool:
    """Say whether the countries are those that were meant: they could be read, and stand under no key that is misspelt."""
    if "countries" in fields:
        return "countries" in values
    return not any(did_you_mean(name, ("countries",)) for name in fields.keys() - values.keys())


def _find_unknown_terms(fields: Fields, known: KnownTerms, path: str) -> Iterator[Problem]:
    yield from _find_unknown("country", _items(fields, "countries"), known.countries, path=path, known=known)
    yield from _find_unknown("sector", _items(fields, "sectors"), known.sectors, path=path, known=known)
    yield from _find_unknown("kind", _items(fields, "kind"), known.kinds, path=path, known=known)
    for item, code in _find_codes(fields):
        if code not in known.countries:
            message = f'unknown country "{code}" in the pair "{text_of(item)}"'
            yield error("unknown-country", place_of(item, path), message, _advise(code, "country", known.countries, known))


def _find_codes(fields: Fields) -> Iterator[tuple[Value, str]]:
    """Yield both codes of each pair, with the pair."""
    for item in _items(fields, "pairs"):
        codes = [code.strip() for code in text_of(item).upper().split("-")]
        yield from ((item, code) for code in codes if [len(code) for code in codes] == [2, 2])


def _fields_of(fields: Fields, key: str) -> Fields:
    """Return the keys of a mapping within front matter, and what stands under them."""
    found = fields[key][1] if key in fields else {}
    if isinstance(found, yaml.MappingNode):
        return {str(name.value): (name, value) for name, value in found.value}
    return {name: (name, value) for name, value in found.items()} if isinstance(found, dict) else {}


def _items(fields: Fields, key: str) -> Sequence[Value]:
    """Return the plain values of a key: those of its list, or its own."""
    found = fields[key][1] if key in fields else ""
    items = as_list(found) if is_list(found) else [found] if key == "kind" else []
    return [item for item in items if is_text(item)]


def _find_unknown(
    singular: str, items: Sequence[Value], terms: frozenset[str], *, path: str, known: KnownTerms
) -> Iterator[Problem]:
    for item in items:
        value = text_of(item).strip()
        if value and value.upper() not in terms and value.lower() not in terms:
            message = f'unknown {singular} "{value}"'
            yield error(f"unknown-{singular}", place_of(item, path), message, _advise(value, singular, terms, known))


def _advise(value: str, singular: str, terms: frozenset[str], known: KnownTerms) -> str:
    """Return what to write instead: the code of a country that is named, the nearest term, or else where all of them are."""
    if hint := advise_curly(value):
        return hint
    if singular == "country":
        code = known.find_code(value)
        return f"write {code}" if code else "write a code of ISO 3166-1, such as IN"
    near = did_you_mean(value, terms)
    return near or f"the README lists all {singular}s; {known.folder}/{singular}s.toml adds others"
