"""What surrounds the words of the index: what results show, other names, and the quick jump."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from generator.languages import name_language
from generator.publish.archive import Archive
from generator.publish.cards import Card, Term
from generator.publish.search.codec import dump_json
from generator.publish.search.part import Part
from generator.publish.search.segments import Segment
from generator.publish.search.words import STOP_WORDS, split_words
from generator.publish.urls import BRIEFINGS, FAMILIES, FAMILY_TITLES
from generator.vocabulary import Vocabulary, load_abbreviations, load_language

# Results to a file: ten results are in ten files at worst, so these are small.
BLOCK = 16
Documents = tuple[tuple[Card, tuple[str, ...]], ...]


def make_documents(block: Part[Documents]) -> bytes:
    """Return what results show of some briefings: id, title, language, pairs, summary and key points.

    Beside the pairs stands the name of the language where a text is there in several, since each version is a result of its own.
    """
    documents = []
    for card, key_points in block.value:
        about = [term.name for term in card.pairs or card.countries]
        about += [f"in {name_language(card.lang)}"] if card.versions else []
        documents.append([card.id, card.title, card.lang, " · ".join(about), card.summary, *key_points])
    return dump_json({"documents": documents})


Reading = tuple[str, str, str, str]


def find_readings(archive: Archive) -> tuple[Reading, ...]:
    """Return (family, key, name, other names) of each country and sector, and of each kind and organisation with other names.

    The most frequent come first, and win a shared name. Other names are split into words as a query is, without stop words; codes
    are in capitals. The last reading has no family: its names are those of countries that the archive does not have, so that
    "North Korea" is not read as "Korea", and "Portugal" is no slip of "portal".
    """
    vocabulary = archive.vocabulary
    languages = sorted({card.lang for card in archive.shown} - {"en"})
    readings: list[Reading] = []
    for index in (archive.by_country, archive.by_sector):
        for term in sorted(index, key=lambda term: (-len(index[term]), term.key)):
            if term.family == "country":
                names = _name_country(term.key.upper(), vocabulary, languages)
            else:
                names = list(sector.synonyms) if (sector := vocabulary.sectors.get(term.key)) else []
            codes = _find_codes(term.key.upper(), vocabulary) if term.family == "country" else []
            readings.append((term.family, term.key, term.name, "|".join([*_reduce_names([term.name, *names]), *codes])))
    known = {name for reading in readings for name in reading[3].split("|")}
    absent = sorted(vocabulary.countries.keys() - {term.key.upper() for term in archive.by_country})
    foreign = _reduce_names(name for code in absent for name in _name_country(code, vocabulary, languages))
    blocking = [name for name in foreign if name not in known and (_may_be_slip(name) or not known.isdisjoint(_find_parts(name)))]
    return (*readings, *_read_kinds(archive), *_read_organisations(archive, languages), ("", "", "", "|".join(blocking)))


def find_span(archive: Archive) -> str:
    """Return the sentence for whoever asks for another time: what time the archive covers."""
    days = [card.date for card in archive.shown]
    return f"The archive covers {min(days)} to {max(days)}." if days else "The archive has no briefings."


def find_abbreviations(archive: Archive, segments: Sequence[Segment]) -> Iterator[Reading]:
    """Yield ("", "", words, abbreviations) of each abbreviation whose words the texts of the archive have."""
    if not any(card.lang.partition("-")[0] in ("", "en") for card in archive.shown):
        return
    # Only words of four letters and more are listed.
    known = {word for segment in segments for words in segment["words"].values() for word in words.split(" ")}
    for name, abbreviations in load_abbreviations().items():
        if all(word in known for word in split_words(name) if len(word) > 3):
            yield "", "", name, "|".join(_reduce_names(abbreviations))


def _read_kinds(archive: Archive) -> Iterator[Reading]:
    for term in archive.by_kind:
        kind = archive.vocabulary.kinds.get(term.key)
        if kind and kind.synonyms:
            yield term.family, term.key, term.name, "|".join(_reduce_names([term.name, *kind.synonyms]))


def _read_organisations(archive: Archive, languages: Sequence[str]) -> Iterator[Reading]:
    """Yield the organisations that are also called otherwise: by the vocabulary, or short by a briefing."""
    index = archive.by_organisation
    for term in sorted(index, key=lambda term: (-len(index[term]), term.key)):
        body = archive.vocabulary.bodies.get(term.key)
        others = [name for lang in ("en", *languages) for name in body.names.get(lang, ())] if body else []
        names = _reduce_names([term.name, *others, archive.abbreviations.get(term, "")])
        if len(names) > 1:
            yield term.family, term.key, term.name, "|".join(names)


def _may_be_slip(name: str) -> bool:
    # The browser takes no shorter word for a slip.
    return any(len(word) > 4 for word in name.split(" "))


def _find_parts(name: str) -> Iterator[str]:
    words = name.split(" ")
    for start, end in combinations(range(len(words) + 1), 2):
        yield " ".join(words[start:end])


def _reduce_names(names: Iterable[str]) -> list[str]:
    # The letter of "N. Korea" stays.
    words = (" ".join(word for word in split_words(name) if word not in STOP_WORDS or len(word) == 1) for name in names)
    return list(filter(None, dict.fromkeys(words)))


def _name_country(code: str, vocabulary: Vocabulary, languages: Sequence[str]) -> list[str]:
    country = vocabulary.countries.get(code)
    names = [country.name, country.official, *country.aliases, *country.demonyms] if country else []
    for lang in languages:
        names.append(_find_territories(lang).get(code, ""))
        names += load_language(lang).countries.get(code, ())
    return [name.rstrip("*") for name in names]


def _find_codes(code: str, vocabulary: Vocabulary) -> list[str]:
    """Return the codes of a country, in capitals, in which no word of a query stands; "AND" is a word also there."""
    country = vocabulary.countries.get(code)
    others = [country.alpha3] if country and country.alpha3.lower() not in STOP_WORDS else []
    return [code, *filter(None, others)]


def _find_territories(lang: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError  # 40 ms to import, and many archives are in English alone.

    try:
        return Locale.parse(lang, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}


_JUMP_ORDER = ("country", "pair", "sector", "person", "organisation", "year")
# The quick jump has little room for a name beside each of its entries.
JUMP_FAMILIES = {family: FAMILY_TITLES[family] for family in _JUMP_ORDER} | {"pair": "Pairs"}
JUMP_MOST = {"person": 1000, "organisation": 500}
JUMP_BRIEFINGS = 300


def make_jump(archive: Archive, families: Sequence[str], readings: Sequence[Reading]) -> dict[str, object]:
    """Return what the quick jump offers: all countries, pairs and sectors, the people and organisations met most often, and more.

    Of each family there are the title, the folder, the entries and its own name. An entry is a name and the end of its address;
    what has other names has all of them, a person the words to be asked for by, and a pair none but the number of its briefings,
    which the search page tells.
    """
    names = {(family, key): others for family, key, _, others in readings}
    groups: list[tuple[object, ...]] = []
    for family in families:
        index = archive.by_family(family)
        by_weight = sorted(index, key=lambda term: (-len(index[term]), term.name))
        terms = list(index)[::-1] if family == "year" else by_weight[: JUMP_MOST.get(family)]
        groups.append(
            (
                JUMP_FAMILIES[family],
                FAMILIES[family],
                tuple(_make_entry(term, names, len(index[term])) for term in terms),
                family,
            )
        )
    groups.append(("Briefings", BRIEFINGS, tuple((card.title, card.id) for card in archive.cards[:JUMP_BRIEFINGS])))
    return {"groups": tuple(groups)}


def _name_person(name: str) -> str:
    """Return by which words somebody is asked for: "moon jaein" is Moon Jae-in; "da", "J." and "Jr." are no names."""
    words = ("".join(split_words(word)) for word in name.split() if not word[0].islower())
    return " ".join(word for word in words if word not in STOP_WORDS | {"", "jr", "sr"})


def _make_entry(term: Term, names: Mapping[tuple[str, str], str], count: int) -> tuple[object, ...]:
    if term.family == "pair":
        return (term.name, term.key, "", count)
    others = _name_person(term.name) if term.family == "person" else names.get((term.family, term.key))
    return (term.name, term.key, others) if others else (term.name, term.key)
