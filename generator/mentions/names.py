"""All names by which texts call countries and leaders, as patterns for the automaton: of the vocabulary, CLDR and languages."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.text import fold
from generator.vocabulary import Country, Language, Vocabulary

# A chain of `replace` takes 3 µs for a page with curly quotes, one `translate` 500. Double ones are in no name: they are here
# since `lower` takes an eighth of the time where only ASCII is left.
_PLAIN = (
    ("İ", "I"),
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("‑", " "),
    ("–", " "),
    ("—", " "),
    ("\u00a0", " "),
    ("\u202f", " "),
)


class Name(NamedTuple):
    """One pattern of the automaton: what it means, how sure a match of it is, and what its letters must look like.

    `kind` is name, alias, demonym, capital, city, body, historic, prefix, leader, surname, mask, short (a character for each of
    several countries), or behind (a name that a character of another word stands before). A mask means nothing, a country, or
    several of them (`KP-KR`), and so does a short. `exact` patterns are acronyms and match in this very case; `small` ones may be
    written in small letters; `open` ones may go on with further letters; `doubtful` ones may mean something else. `surname` is
    the folded one of a leader.
    """

    term: str
    kind: str
    text: str
    exact: bool = False
    small: bool = False
    open: bool = False
    doubtful: bool = False
    surname: str = ""


def fold_case(text: str) -> str:
    """Return `text` in the form in which names are compared: as `fold_signs` does, and in small letters.

    Every character keeps its place, so that a match needs no map of offsets: `lower()` changes the length of one letter only, the
    Turkish dotted capital I.
    """
    return fold_signs(text).lower()


def fold_signs(text: str) -> str:
    """Return `text` with plain apostrophes and quotation marks, and with hyphens and breaks as spaces."""
    text = text.replace("-", " ").replace("\n", " ")
    if not text.isascii():
        for char, plain in _PLAIN:
            text = text.replace(char, plain)
    return text


def all_names(vocabulary: Vocabulary, language: Language, lang: str) -> Iterator[Name]:
    """Yield every name; of two with the same letters the first is the one that is meant, so the text's own language is first."""
    for code, phrases in language.masks.items():
        if code not in ("before", "after"):
            yield from (_foreign_name("" if code == "none" else code, "mask", phrase) for phrase in phrases)
    for phrase, code in vocabulary.masks.items():
        yield Name(code, "mask", phrase)
    if lang != "en":
        yield from _foreign_names(vocabulary, language, lang)
    for country in vocabulary.countries.values():
        yield from _country_names(country)
    for leader in vocabulary.leaders:
        surname = fold_case(leader.surname)
        for spelling in spell(leader.name):
            yield Name(leader.country, "leader", spelling, surname=surname)
        yield Name(leader.country, "surname", leader.surname, surname=surname)


def spell(name: str) -> Iterator[str]:
    """Yield a leader's name as texts write it: there are four common ways to write Mohammed."""
    given = re.match(r"(?:Moh?ammed|Mohamed|Mohammad|Muhammad)\b", name)
    if given:
        yield from (other + name[given.end() :] for other in ("Mohammed", "Mohamed", "Mohammad", "Muhammad"))
    else:
        yield name


def _country_names(country: Country) -> Iterator[Name]:
    code = country.code
    yield _name(code, "name", country.name, doubtful=country.doubtful == country.name)
    groups = {
        "alias": (*filter(None, (country.official,)), *country.aliases),
        "capital": country.capitals,
        "city": country.cities,
    }
    groups |= {"body": country.bodies, "historic": country.historic, "prefix": country.prefixes}
    for kind, names in groups.items():
        for name in names:
            yield _name(code, kind, name, doubtful=country.doubtful == name)
    for demonym in country.demonyms:
        yield _name(code, "demonym", demonym)
        if not demonym.endswith(("s", "sh", "ch", "ese", "men")):
            yield _name(code, "demonym", demonym + "s")


def _name(code: str, kind: str, text: str, *, doubtful: bool = False) -> Name:
    """Return a pattern; one without small letters is an acronym and must stand in capitals."""
    return Name(code, kind, text, exact=text.isupper(), doubtful=doubtful)


def _foreign_names(vocabulary: Vocabulary, language: Language, lang: str) -> Iterator[Name]:
    """Yield CLDR's names of the countries in `lang`, inflected where they are, and the vocabulary's further words."""
    inflect = _INFLECTIONS.get(lang, _keep)
    territories = {code: name for code, name in _cldr_names(lang).items() if code in vocabulary.countries}
    known = {fold(name) for name in territories.values()}
    # A capital comes before the further words, among which it may stand as well; one that is called as a
    # country is that: without vowel signs Amman and Oman are spelt alike in Arabic.
    names = [
        Name(code, "capital", form)
        for city, code in _cldr_capitals(vocabulary, lang)
        if fold(city) not in known
        for form in inflect(city)
    ]
    names += (_foreign_name(code, "alias", word) for code, words in language.countries.items() for word in words)
    names += (Name(code, "name", form) for code, name in territories.items() for form in inflect(name))
    yield from names
    yield from _compounds(language, names)


def _foreign_name(code: str, kind: str, word: str) -> Name:
    """Return the pattern of a word of another language; a star at its end lets further letters follow."""
    stem = word.rstrip("*")
    return Name(code, kind, stem, exact=stem.isupper() and stem.lower() != stem, small=True, open=word.endswith("*"))


def _compounds(language: Language, names: list[Name]) -> Iterator[Name]:
    """Yield the compounds of characters that stand for countries: 中日, and with a third one behind it 中日韩.

    In 今日韩国 the first character belongs to another word: what follows is a name, and longer than the compound.
    """
    by_char = {char: code for code, chars in language.shorts.items() if code != "together" for char in chars}
    compounds = [*language.shorts.get("together", ())]
    compounds += (pair + char for pair in compounds if len(pair) == 2 for char in by_char if char not in pair)
    for compound in compounds:
        codes = [by_char[char] for char in compound]
        if len(set(codes)) == len(codes):
            yield Name("-".join(codes), "short", compound, small=True)
    for name in names:
        if name.text[0] in by_char and len(name.text) > 1:
            yield from (Name(name.term, "behind", char + name.text, small=True) for char in by_char if char != name.text[0])


def _cldr_names(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # 40 ms to import, and most texts are English.

    try:
        territories = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: re.sub(r"\s*\(.*\)$", "", name) for code, name in territories.items() if len(code) == 2}


def _cldr_capitals(vocabulary: Vocabulary, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the capitals after which CLDR calls a time zone, as they are called in `lang`, each with the code of its country."""
    from babel import Locale, UnknownLocaleError

    codes = {city.lower(): country.code for country in vocabulary.countries.values() for city in country.capitals}
    try:
        zones, english = Locale.parse(lang).time_zones, Locale("en").time_zones
    except (UnknownLocaleError, ValueError):
        return
    for zone, words in zones.items():
        # In English a zone has a city of its own only where that is not the last part of its name.
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in words and city.lower() in codes:
            yield words["city"], codes[city.lower()]


def _keep(name: str) -> Iterator[str]:
    yield name


def _inflect_german(name: str) -> Iterator[str]:
    """Yield a German name and its genitive: Polen, Polens."""
    yield name
    if name[-1] not in "sxzß" and " " not in name:
        yield name + "s"


# The last letter of a Russian name in the nominative, and what stands for it in the other cases.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "я": ("и", "ю", "ей"),
    "ь": ("и", "ю", "я", "ем"),
    "а": ("ы", "и", "у", "е", "ой"),
    "й": ("я", "ю", "ем", "е"),
}


def _inflect_russian(name: str) -> Iterator[str]:
    """Yield a Russian name in its cases: Индия, Индии, Индию, Индией."""
    yield name
    if " " in name or name[-1] in "оеиу":
        return
    stem, endings = name[:-1], _ENDINGS.get(name[-1], ())
    if not endings:
        stem, endings = name, ("а", "у", "ом", "е")
    for ending in endings:
        yield stem + ending


def _inflect_hindi(name: str) -> Iterator[str]:
    """Yield a Hindi name as it is spelt and as it is printed mostly, without the dots below its letters."""
    yield name
    if "\u093c" in name:
        yield name.replace("\u093c", "")


_INFLECTIONS = {"de": _inflect_german, "hi": _inflect_hindi, "ru": _inflect_russian}
