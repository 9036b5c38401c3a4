"""The vocabulary compiled for searching: one automaton for names of countries and leaders, one for the phrases of sectors.

Leftmost-longest matching is what keeps "Guinea" out of "Equatorial Guinea" and "Indian" out of "Indian Ocean": the longer name
simply wins. 7,900 patterns compile in 12 ms and search 3,000 characters in 20 µs; a loop over names took 6,400 times as long.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import ahocorasick_rs
from msgspec import Struct

from generator.mentions.names import Name, all_names, fold_case, fold_signs
from generator.mentions.offices import Share
from generator.vocabulary import Body, Country, Language, Leader, Sector, Vocabulary, load_language

Meaning = TypeVar("Meaning")


class Phrase(NamedTuple):
    """One phrase of a sector: an acronym (`exact`) matches in this very case, and "Defence Minister" names an `office`.

    One of weight 0 is a mask, in which the words of other phrases mean something else.
    """

    term: str
    text: str
    weight: int
    exact: bool = False
    open: bool = False
    office: Share = ""


class Index(Struct, frozen=True):
    """A compiled vocabulary. `names[i]` and `phrases[i]` are all meanings of the i-th pattern of their automaton.

    `kinds[i]` is the only one: slug, phrase, weight, and `bodies[i]` an organisation. `leaders` are by folded surname. What
    matches `masks_before` or `masks_after` right beside a name makes a sea, a river or another word of it.
    """

    names: tuple[tuple[Name, ...], ...]
    name_automaton: ahocorasick_rs.BytesAhoCorasick
    phrases: tuple[tuple[Phrase, ...], ...]
    phrase_automaton: ahocorasick_rs.BytesAhoCorasick
    bodies: tuple[Body, ...]
    body_automaton: ahocorasick_rs.AhoCorasick
    kinds: tuple[tuple[str, str, float], ...]
    kind_automaton: ahocorasick_rs.AhoCorasick
    leaders: Mapping[str, tuple[Leader, ...]]
    countries: Mapping[str, Country]
    words: Mapping[str, tuple[str, ...]]
    masks_before: re.Pattern[str]
    masks_after: re.Pattern[str]
    lang: str


def find_matches(automaton: ahocorasick_rs.BytesAhoCorasick, text: str) -> Sequence[tuple[int, int, int]]:
    """Return the matches of names or phrases in `text`, each with the number of its pattern, its start and its end.

    Bytes are searched: an automaton of strings makes a map of all offsets first, which takes nearly half as long as the search.
    """
    marked = mark_words(text)
    found = automaton.find_matches_as_indexes(marked)
    return found if len(marked) == len(text) else list(_place(found, marked))


def _place(found: Iterable[tuple[int, int, int]], marked: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield matches with their places among the characters instead of the bytes."""
    last = at = 0
    for number, start, end in found:
        first = at + len(marked[last:start].decode())
        last, at = end, first + len(marked[start:end].decode())
        yield number, first, at


def mark_words(text: str) -> bytes:
    """Return `text` as the automatons search it: its case folded, and a capital where a word of Latin letters begins.

    So a name is not even looked at inside a word: of 150 matches in a briefing 130 were syllables, "he" in "the" and "ng" in
    "during". It works on bytes, since `str.title` changes the length of some letters and takes ten times as long.
    """
    return _mark_kept(text) if len(text) < KEPT_MAX else _mark(text)


# Countries are looked for in 256 texts and titles, and then phrases in the same: 9 of 60 µs each. Long ones would fill memory.
KEPT_MAX = 20_000


@lru_cache(maxsize=512)
def _mark_kept(text: str) -> bytes:
    return _mark(text)


def _mark(text: str) -> bytes:
    # `title` makes small letters of the capitals of ASCII itself.
    signs = fold_signs(text)
    return (signs if signs.isascii() else signs.lower()).encode().title()


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
    for name in all_names(vocabulary, language, lang):
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
    bodies = {name: body for body in vocabulary.bodies.values() for name in _spell_body(body, lang)}
    leaders: dict[str, list[Leader]] = {}
    for leader in vocabulary.leaders:
        leaders.setdefault(fold_case(leader.surname), []).append(leader)
    return Index(
        names=tuple(tuple(meanings) for meanings in names.values()),
        name_automaton=_automaton(names),
        phrases=tuple(tuple(meanings) for meanings in phrases.values()),
        phrase_automaton=_automaton(phrases),
        bodies=tuple(bodies.values()),
        body_automaton=ahocorasick_rs.AhoCorasick(list(bodies), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        kinds=kinds,
        kind_automaton=ahocorasick_rs.AhoCorasick([phrase.casefold() for _, phrase, _ in kinds]),
        leaders={surname: tuple(people) for surname, people in leaders.items()},
        countries=vocabulary.countries,
        words=language.words,
        masks_before=_any_of(r"(?<!\w)(?:{})$", language.masks.get("before", ())),
        masks_after=_any_of("(?:{})", language.masks.get("after", ())),
        lang=lang,
    )


def _spell_body(body: Body, lang: str) -> Iterator[str]:
    """Yield the names of an organisation in a language as texts write them: at the start of a sentence with a capital."""
    for name in body.names.get(lang, ()):
        yield from dict.fromkeys((name, name[0].upper() + name[1:]))


def _any_of(pattern: str, words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some; for none of them it matches nothing."""
    return re.compile(pattern.format("|".join(words) or "(?!)"), re.IGNORECASE)


def _add(table: dict[str, list[Meaning]], pattern: str, meaning: Meaning) -> None:
    if pattern and meaning not in table.setdefault(pattern, []):
        table[pattern].append(meaning)


def _automaton(patterns: Mapping[str, object]) -> ahocorasick_rs.BytesAhoCorasick:
    # They are folded already, and marked all at once: one by one took 3 of the 26 ms of an index.
    marked = "\n".join(patterns).encode().title().split(b"\n") if patterns else []
    return ahocorasick_rs.BytesAhoCorasick(marked, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


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
    for weight, phrases in ((3, sector.strong), (2, sector.phrases), (1, sector.weak), (0, sector.masks)):
        for phrase in phrases:
            exact = phrase.isupper()
            office: Share = "sole" if _OFFICE.search(phrase) else ""
            yield Phrase(sector.slug, phrase, weight, exact=exact, office=office)
            if exact or phrase.endswith("s"):
                continue
            yield Phrase(sector.slug, phrase + "s", weight, office=office)
            if phrase.endswith("y") and phrase[-2] not in "aeiou":
                yield Phrase(sector.slug, phrase[:-1] + "ies", weight, office=office)


_OFFICE = re.compile(r"\b(?:minister|ministry|secretary|representative|department|agency|agencies)\b", re.IGNORECASE)
