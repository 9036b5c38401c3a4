"""The vocabulary compiled for searching: one automaton for names of countries and leaders, one for the phrases of sectors.

Leftmost-longest matching is what keeps "Guinea" out of "Equatorial Guinea" and "Indian" out of "Indian Ocean": the longer name
simply wins. 7,900 patterns compile in 12 ms and search 3,000 characters in 20 µs; a loop over names took 6,400 times as long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

import ahocorasick_rs

from generator.vocabulary import Country, Language, Leader, Sector, Vocabulary, load_language

Meaning = TypeVar("Meaning")

# A chain of `replace` takes 20 µs for a page with curly quotes, one `translate` 500.
_PLAIN = (("İ", "I"), ("’", "'"), ("‘", "'"), ("‑", " "), ("–", " "), ("—", " "), ("\u00a0", " "), ("\u202f", " "))


class Name(NamedTuple):
    """One pattern of the automaton: what it means, how sure a match of it is, and what its letters must look like.

    `kind` is name, alias, demonym, capital, city, body, historic, prefix, leader, surname, mask or pair (`term` is then
    two codes, `name` two characters). `exact` patterns are acronyms
    and match in this very case; `small` ones may be written in small letters; `open` ones may go on with further letters;
    `doubtful` ones may mean something else than the country.
    """

    term: str
    kind: str
    text: str
    exact: bool = False
    small: bool = False
    open: bool = False
    doubtful: bool = False


class Phrase(NamedTuple):
    """One phrase of a sector: an acronym (`exact`) matches in this very case."""

    term: str
    text: str
    weight: int
    exact: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """A compiled vocabulary. `names[i]` and `phrases[i]` are all meanings of the i-th pattern of their automaton.

    `kinds[i]` is the only one: slug, phrase, weight. `leaders` are by folded surname, `surnames` by folded full name.
    """

    names: tuple[tuple[Name, ...], ...]
    name_automaton: ahocorasick_rs.AhoCorasick
    phrases: tuple[tuple[Phrase, ...], ...]
    phrase_automaton: ahocorasick_rs.AhoCorasick
    kinds: tuple[tuple[str, str, float], ...]
    kind_automaton: ahocorasick_rs.AhoCorasick
    leaders: Mapping[str, tuple[Leader, ...]]
    surnames: Mapping[str, str]
    countries: Mapping[str, Country]
    words: Mapping[str, tuple[str, ...]]
    lang: str


def fold_case(text: str) -> str:
    """Return `text` in the form in which it is searched: small letters, plain apostrophes, hyphens and breaks as spaces.

    Every character keeps its place, so that a match needs no map of offsets: `lower()` changes the length of one letter only, the
    Turkish dotted capital I.
    """
    text = text.replace("-", " ").replace("\n", " ")
    if not text.isascii():
        for char, plain in _PLAIN:
            text = text.replace(char, plain)
    return text.lower()


# Countries and phrases are looked for in the same text, one after the other: 9 of 60 µs.
@lru_cache(maxsize=1)
def mark_words(text: str) -> str:
    """Return `text` as the automatons search it: its case folded, and a capital where a word of Latin letters begins.

    So a name is not even looked at inside a word: of 150 matches in a briefing 130 were syllables, "he" in "the" and "ng" in
    "during". It works on bytes, since `str.title` changes the length of some letters and takes ten times as long.
    """
    return fold_case(text).encode().title().decode()


def compile_index(vocabulary: Vocabulary, lang: str) -> Index:
    """Return the index of a vocabulary for texts in `lang`; English names are always part of it."""
    key = (vocabulary.digest, lang.partition("-")[0].lower() or "en")
    if key not in _INDEXES:
        if len(_INDEXES) >= _INDEXES_MAX:
            _INDEXES.clear()
        _INDEXES[key] = _compile(vocabulary, key[1])
    return _INDEXES[key]


# Building takes 40 ms, so an index is kept by the digest of its vocabulary and its language. Sixteen leave room for the languages
# of an archive, and for its vocabulary before and after an edit.
_INDEXES: dict[tuple[bytes, str], Index] = {}
_INDEXES_MAX = 16


def _compile(vocabulary: Vocabulary, lang: str) -> Index:
    language = load_language(lang) if lang != "en" else Language()
    names: dict[str, list[Name]] = {}
    for name in _all_names(vocabulary, language, lang):
        _add(names, fold_case(name.text), name)
    phrases: dict[str, list[Phrase]] = {}
    for phrase in _all_phrases(vocabulary, language):
        _add(phrases, fold_case(phrase.text), phrase)
    kinds = tuple(
        (kind.slug, phrase, weight)
        for kind in vocabulary.kinds.values()
        for weight, phrases_of_kind in ((3.0, kind.strong), (1.0, kind.phrases))
        for phrase in phrases_of_kind
    )
    leaders: dict[str, list[Leader]] = {}
    for leader in vocabulary.leaders:
        leaders.setdefault(fold_case(leader.surname), []).append(leader)
    return Index(
        names=tuple(tuple(meanings) for meanings in names.values()),
        name_automaton=_automaton(names),
        phrases=tuple(tuple(meanings) for meanings in phrases.values()),
        phrase_automaton=_automaton(phrases),
        kinds=kinds,
        kind_automaton=ahocorasick_rs.AhoCorasick([phrase.casefold() for _, phrase, _ in kinds]),
        leaders={surname: tuple(people) for surname, people in leaders.items()},
        surnames={
            fold_case(spelling): fold_case(leader.surname)
            for leader in vocabulary.leaders
            for spelling in _spellings(leader.name)
        },
        countries=vocabulary.countries,
        words=language.words,
        lang=lang,
    )


def _add(table: dict[str, list[Meaning]], pattern: str, meaning: Meaning) -> None:
    if pattern and meaning not in table.setdefault(pattern, []):
        table[pattern].append(meaning)


def _automaton(patterns: Mapping[str, object]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(map(mark_words, patterns)), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _all_names(vocabulary: Vocabulary, language: Language, lang: str) -> Iterator[Name]:
    for phrase, code in vocabulary.masks.items():
        yield Name(code, "mask", phrase)
    for country in vocabulary.countries.values():
        yield from _country_names(country)
    if lang != "en":
        yield from _foreign_names(vocabulary, language, lang)
    for leader in vocabulary.leaders:
        for spelling in _spellings(leader.name):
            yield Name(leader.country, "leader", spelling)
        yield Name(leader.country, "surname", leader.surname)


def _spellings(name: str) -> Iterator[str]:
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
    """Yield CLDR's names of the countries in `lang`, with their case endings in Russian, and the vocabulary's further words."""
    for code, names in language.countries.items():
        for name in names:
            stem = name.rstrip("*")
            yield Name(code, "alias", stem, exact=stem.isupper() and stem.lower() != stem, small=True, open=name.endswith("*"))
    for codes, names in language.pairs.items():
        for name in names:
            yield Name(codes, "pair", name, small=True)
    for code, name in _cldr_names(lang).items():
        if code in vocabulary.countries:
            for form in _inflect(name) if lang == "ru" else (name,):
                yield Name(code, "name", form)


def _cldr_names(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # 40 ms to import, and most texts are English.

    try:
        territories = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: re.sub(r"\s*\(.*\)$", "", name) for code, name in territories.items() if len(code) == 2}


# The last letter of a Russian name in the nominative, and what stands for it in the other cases.
_ENDINGS = {"я": ("и", "ю", "ей"), "ь": ("и", "ю", "я", "ем"), "а": ("ы", "и", "у", "е", "ой"), "й": ("я", "ю", "ем", "е")}


def _inflect(name: str) -> Iterator[str]:
    """Yield a Russian name in its cases: Индия, Индии, Индию, Индией."""
    yield name
    if " " in name or name[-1] in "оеиу":
        return
    stem, endings = name[:-1], _ENDINGS.get(name[-1], ())
    if not endings:
        stem, endings = name, ("а", "у", "ом", "е")
    for ending in endings:
        yield stem + ending


def _all_phrases(vocabulary: Vocabulary, language: Language) -> Iterator[Phrase]:
    for sector in vocabulary.sectors.values():
        yield from _sector_phrases(sector)
    for slug, phrases in language.sectors.items():
        if slug in vocabulary.sectors:
            for phrase in phrases:
                stem = phrase.rstrip("*")
                yield Phrase(
                    slug, stem, 3 if len(stem) > 3 else 2, exact=stem.isupper() and stem.isascii(), open=phrase.endswith("*")
                )


def _sector_phrases(sector: Sector) -> Iterator[Phrase]:
    for weight, phrases in ((3, sector.strong), (2, sector.phrases), (1, sector.weak)):
        for phrase in phrases:
            exact = phrase.isupper()
            yield Phrase(sector.slug, phrase, weight, exact=exact)
            if exact or phrase.endswith("s"):
                continue
            yield Phrase(sector.slug, phrase + "s", weight)
            if phrase.endswith("y") and phrase[-2] not in "aeiou":
                yield Phrase(sector.slug, phrase[:-1] + "ies", weight)
