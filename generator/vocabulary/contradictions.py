"""What files of an archive's own vocabulary say that does not go with the rest of it."""

from collections.abc import Iterator, Mapping

from generator.errors import Problem, error
from generator.vocabulary.overlays import Overlay, parse_names
from generator.vocabulary.terms import Kind, Sector, Vocabulary


def find_unknown_countries(organisations: Overlay, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each organisation whose country the vocabulary does not have."""
    for slug in organisations.table:
        code = vocabulary.bodies[slug].country
        if code and code not in vocabulary.countries:
            known = vocabulary.find_code(code) or (code.upper() if code.upper() in vocabulary.countries else "")
            hint = f"write {known}" if known else "write a code of ISO 3166-1, such as IN"
            yield error("unknown-country", organisations.where(slug, "country"), f'unknown country "{code}"', hint)


def find_shared_names(countries: Overlay, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each name given to a country that is another one's: texts would be of the one that comes first.

    Capitals, cities and demonyms may be shared: Georgetown is one of two countries, and Dominicans live in two.
    """
    owners: dict[str, dict[str, None]] = {}
    for country in vocabulary.countries.values():
        for name in (country.name, country.official, *country.aliases):
            owners.setdefault(name.casefold(), {})[country.code] = None
    given = [
        (code, key, name)
        for code, entry in countries.table.items()
        if isinstance(entry, dict)
        for key, value in entry.items()
        if key in ("name", "official", "aliases")
        for name in parse_names(value)
    ]
    for code, key, name in given:
        other = next((owner for owner in owners.get(name.casefold(), ()) if owner != code), "")
        if other:
            hint = f"take it out of [{code}] or of [{other}]"
            yield error("bad-vocabulary", countries.where(code, key), f'"{name}" is a name of {other} already', hint)


def find_equal_names(overlay: Overlay, terms: Mapping[str, Sector] | Mapping[str, Kind]) -> Iterator[Problem]:
    """Yield a problem for each sector or kind that is called as another one: readers could not tell their lists apart."""
    owners: dict[str, dict[str, None]] = {}
    for slug, term in terms.items():
        owners.setdefault(term.name.casefold(), {})[slug] = None
    for slug in overlay.table:
        name = terms[slug].name
        other = next((owner for owner in owners.get(name.casefold(), ()) if owner != slug), "")
        if other:
            yield error("bad-vocabulary", overlay.where(slug, "name"), f'"{name}" is the name of [{other}] already', "rename one")
