"""What surrounds the words of the index: the root that the browser reads first, what results show, facets, and the quick jump."""

from collections.abc import Iterable, Mapping, Sequence

from generator.model import Card, Term
from generator.publish.archive import Archive
from generator.publish.search.codec import dump_json, encode_ascending
from generator.publish.search.shards import Part
from generator.publish.search.words import STOP_WORDS, split_words
from generator.publish.urls import BRIEFINGS, FAMILIES
from generator.vocabulary import Vocabulary, load_language

FORMAT = 1
# Results to a file: ten results are in ten files at worst, so these are small.
BLOCK = 16

FACETS = ("country", "pair", "sector", "kind", "publisher", "year", "language")


def make_root(
    *, days: Sequence[str], versions: Mapping[str, Mapping[str, str]], readings: object, excerpts: bool
) -> dict[str, object]:
    """Return the root: what there is, in which version, and how words are read; see the package."""
    return {
        "format": FORMAT,
        "block": BLOCK,
        "briefings": BRIEFINGS,
        "days": days,
        "readings": readings,
        "excerpts": excerpts,
        **versions,
    }


def make_documents(block: Part[tuple[tuple[Card, tuple[str, ...]], ...]]) -> bytes:
    """Return what results show of some briefings: id, title, language, pairs, summary and key points."""
    documents = []
    for card, key_points in block.value:
        about = " · ".join(term.name for term in card.pairs or card.countries)
        documents.append([card.id, card.title, card.lang, about, card.summary, *key_points])
    return dump_json({"documents": documents})


def make_facet(family: str, numbered: Part[tuple[tuple[int, Card], ...]]) -> bytes:
    """Return the values of one facet, each with its key, its name and the numbers of its briefings."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, card in numbered.value:
        for value in _find_values(family, card):
            numbers.setdefault(value, []).append(number)
    return dump_json({"values": [[key, name, encode_ascending(numbers[key, name])] for key, name in sorted(numbers)]})


def _find_values(family: str, card: Card) -> Iterable[tuple[str, str]]:
    terms: tuple[Term, ...]
    match family:
        case "country":
            terms = card.countries
        case "pair":
            terms = card.pairs
        case "sector":
            terms = card.sectors
        case "kind":
            terms = (card.kind,) if card.kind else ()
        case "publisher":
            return [(card.publisher, card.publisher)] if card.publisher else []
        case "year":
            return [(year := str(card.date.year), year)]
        case _:
            return [(card.lang, card.lang)] if card.lang else []
    return dict.fromkeys((term.key, term.name) for term in terms)


def find_readings(archive: Archive) -> tuple[tuple[str, str, str, str], ...]:
    """Return (family, key, name, other names) of each country and sector; the most frequent first, which wins a shared name.

    Other names are split into words as a query is, without stop words.
    """
    vocabulary = archive.vocabulary
    languages = sorted({card.lang for card in archive.cards if card.lang} - {"en"})
    readings = []
    for index in (archive.by_country, archive.by_sector):
        for term in sorted(index, key=lambda term: (-len(index[term]), term.key)):
            names = [term.name, *_find_names(term, vocabulary, languages)]
            words = (" ".join(word for word in split_words(name) if word not in STOP_WORDS) for name in names)
            readings.append((term.family, term.key, term.name, "|".join(filter(None, dict.fromkeys(words)))))
    return tuple(readings)


def _find_names(term: Term, vocabulary: Vocabulary, languages: Sequence[str]) -> list[str]:
    if term.family == "sector":
        sector = vocabulary.sectors.get(term.key)
        return list(sector.synonyms) if sector else []
    code = term.key.upper()
    country = vocabulary.countries.get(code)
    names = [country.official, *country.aliases, *country.demonyms] if country else []
    for lang in languages:
        names.append(_find_territories(lang).get(code, ""))
        names += load_language(lang).countries.get(code, ())
    return [name.rstrip("*") for name in names]


def _find_territories(lang: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError  # 40 ms to import, and many archives are in English alone.

    try:
        return Locale.parse(lang, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}


JUMP_PEOPLE = 1000
JUMP_BRIEFINGS = 300


def make_jump(archive: Archive, families: Sequence[str]) -> dict[str, object]:
    """Return what the quick jump offers: all countries, pairs and sectors, the people met most often, the latest briefings."""
    titles = {"country": "Countries", "pair": "Pairs", "sector": "Sectors", "person": "People"}
    groups: list[tuple[object, ...]] = []
    for family in families:
        index = archive.by_family(family)
        terms = sorted(index, key=lambda term: (-len(index[term]), term.name))[: JUMP_PEOPLE if family == "person" else None]
        groups.append((titles[family], FAMILIES[family], tuple((term.name, term.key) for term in terms)))
    groups.append(("Briefings", BRIEFINGS, tuple((card.title, card.id) for card in archive.cards[:JUMP_BRIEFINGS])))
    return {"groups": tuple(groups)}
