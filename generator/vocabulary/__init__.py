"""The controlled vocabulary: countries, sectors, kinds, organisations and leaders, as frozen values.

What ships with the package is TOML beside this module; an archive overlays `countries.toml`, `sectors.toml`, `kinds.toml` and
`organisations.toml` in its `content/vocabulary/`. There a text replaces the shipped one, names are added to the shipped ones, and
a name written with a hyphen in front is taken out (`cities = ["-Victoria"]`).

Names stand in one text, separated by semicolons, because reading them as TOML arrays took four times as long (61 ms, not 14).
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from generator.config.toml_places import advise_fault, find_places, read_fault
from generator.errors import Location, Problem, VocabularyError, did_you_mean, error
from generator.fingerprint import digest_bytes
from generator.vocabulary.contradictions import find_equal_names, find_shared_names, find_unknown_countries
from generator.vocabulary.overlays import LANGUAGES, OVERLAYS, Overlay, lay_over, parse_names
from generator.vocabulary.terms import Body, Country, Kind, Language, Leader, Sector, Vocabulary

__all__ = [
    "Body",
    "Country",
    "Language",
    "Leader",
    "Sector",
    "Vocabulary",
    "load_abbreviations",
    "load_homonyms",
    "load_language",
    "load_vocabulary",
]

Table = Mapping[str, object]

_SHIPPED = (*OVERLAYS, "masks.toml", "homonyms.toml", "leaders.toml", "languages.toml", "abbreviations.toml")


def _fingerprint(overlays: Mapping[str, bytes] | None = None) -> bytes:
    """Return the digest of the vocabulary with these overlays: that of the files it is read from."""
    parts = [_read(name) for name in _SHIPPED]
    for name, raw in sorted((overlays or {}).items()):
        parts += (name.encode(), raw)
    return digest_bytes(b"\0".join(digest_bytes(part) for part in parts))


def load_vocabulary(overlays: Mapping[str, bytes] | None = None, *, folder: str = "content/vocabulary") -> Vocabulary:
    """Return the shipped vocabulary with the archive's overlays (file name within their `folder` → bytes) laid over it.

    Raises: VocabularyError with all that is wrong: a file that cannot be read, an unknown file, an unknown key, a value of the
    wrong form, or what contradicts the rest.
    """
    if not overlays:
        return _shipped_vocabulary()
    tables = {name: _parse(_read(name), name) for name in OVERLAYS}
    read: dict[str, Overlay] = {}
    problems: list[Problem] = []
    for name, raw in sorted(overlays.items()):
        try:
            overlay = _read_overlay(f"{folder}/{name}", name, raw)
            tables[name] = lay_over(tables[name], overlay)
            read[name] = overlay
        except VocabularyError as failure:
            problems += failure.problems
    vocabulary = _assemble(tables, _fingerprint(overlays))
    if "countries.toml" in read:
        problems += find_shared_names(read["countries.toml"], vocabulary)
    if "sectors.toml" in read:
        problems += find_equal_names(read["sectors.toml"], vocabulary.sectors)
    if "kinds.toml" in read:
        problems += find_equal_names(read["kinds.toml"], vocabulary.kinds)
    # A country may be in the file that could not be read.
    if "organisations.toml" in read and ("countries.toml" in read or "countries.toml" not in overlays):
        problems += find_unknown_countries(read["organisations.toml"], vocabulary)
    if problems:
        raise VocabularyError(*problems)
    return vocabulary


def _read_overlay(path: str, name: str, raw: bytes) -> Overlay:
    if name not in OVERLAYS:
        # The ending that all have in common would make every name a near one.
        stems = [known.removesuffix(".toml") for known in OVERLAYS]
        near = did_you_mean(name.removesuffix(".toml"), stems, suffix=".toml")
        hint = near or "there are " + ", ".join(OVERLAYS)
        raise VocabularyError(error("unknown-vocabulary", Location(path), f'unknown vocabulary file "{name}"', hint))
    return Overlay(path, _parse(raw, path), find_places(raw.decode("utf-8-sig")))


@cache
def load_language(lang: str) -> Language:
    """Return the words of a language (`ko`, `pt-BR`); English stands in the vocabulary itself, an unknown language has none."""
    families = _subtable(_parse(_read("languages.toml"), "languages.toml"), lang.partition("-")[0].lower())
    by_family = {
        family: {key: parse_names(value) for key, value in _subtable(families, family).items()}
        for family in ("countries", "sectors", "words", "masks", "shorts")
    }
    return Language(**by_family)


def reads_sentences(lang: str) -> bool:
    """Say whether who deals with whom is read from texts in `lang`; in other languages only the names of countries are known."""
    return lang.partition("-")[0].lower() in ("", "en") or bool(load_language(lang).words)


@cache
def load_abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return the words that policy texts shorten, in English, each with its abbreviations."""
    return {words: parse_names(value) for words, value in _parse(_read("abbreviations.toml"), "abbreviations.toml").items()}


@cache
def load_homonyms() -> Mapping[str, tuple[str, ...]]:
    """Return the words that show that a country's name is a person's, a town's or a currency's, by what they are."""
    tables = _parse(_read("homonyms.toml"), "homonyms.toml")
    return {key: parse_names(value) for table in tables for key, value in _subtable(tables, table).items()}


@cache
def _shipped_vocabulary() -> Vocabulary:
    """Return the vocabulary without overlays, read once a process: 20 ms."""
    return _assemble({name: _parse(_read(name), name) for name in OVERLAYS}, _fingerprint())


@cache
def _read(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def _parse(raw: bytes, path: str) -> Table:
    text = ""
    try:
        text = raw.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as cause:
        where = Location(path, raw.count(b"\n", 0, cause.start) + 1)
        raise VocabularyError(error("bad-vocabulary", where, "the file is not UTF-8", "save it as UTF-8")) from cause
    except tomllib.TOMLDecodeError as cause:
        said, place = read_fault(cause)
        where = Location(path, *place)
        hint = advise_fault(text, place) or "mend the line"
        raise VocabularyError(error("bad-vocabulary", where, f"not readable as TOML: {said}", hint)) from cause


def _subtable(table: Table, key: str) -> Table:
    value = table.get(key)
    return value if isinstance(value, Mapping) else {}


def _assemble(tables: Mapping[str, Table], digest: bytes) -> Vocabulary:
    masks = _parse(_read("masks.toml"), "masks.toml")
    leaders = _parse(_read("leaders.toml"), "leaders.toml")
    countries, sectors, kinds, bodies = (tables[name] for name in OVERLAYS)
    return Vocabulary(
        countries={code: _country(code, _subtable(countries, code)) for code in countries},
        sectors={slug: _sector(slug, _subtable(sectors, slug)) for slug in sectors},
        kinds={slug: _kind(slug, _subtable(kinds, slug)) for slug in kinds},
        bodies={slug: _body(slug, _subtable(bodies, slug)) for slug in bodies},
        leaders=tuple(leader for code, lines in leaders.items() for leader in _leaders(code, str(lines))),
        masks={phrase: "" if code == "none" else code for code, phrases in masks.items() for phrase in parse_names(phrases)},
        digest=digest,
    )


def _country(code: str, entry: Table) -> Country:
    return Country(
        code,
        _text(entry, "name"),
        alpha3=_text(entry, "alpha3"),
        official=_text(entry, "official"),
        aliases=parse_names(entry.get("aliases")),
        demonyms=parse_names(entry.get("demonyms")),
        capitals=parse_names(entry.get("capitals")),
        cities=parse_names(entry.get("cities")),
        bodies=parse_names(entry.get("bodies")),
        historic=parse_names(entry.get("historic")),
        prefixes=parse_names(entry.get("prefixes")),
        doubtful=_text(entry, "doubtful"),
        unless=parse_names(entry.get("unless")),
        needs=parse_names(entry.get("needs")),
    )


def _sector(slug: str, entry: Table) -> Sector:
    names = {key: parse_names(entry.get(key)) for key in ("strong", "phrases", "weak", "masks", "synonyms")}
    return Sector(slug, _text(entry, "name"), _text(entry, "definition"), **names)


def _kind(slug: str, entry: Table) -> Kind:
    name, plural, definition = (_text(entry, key) for key in ("name", "plural", "definition"))
    strong, phrases, synonyms = (parse_names(entry.get(key)) for key in ("strong", "phrases", "synonyms"))
    return Kind(slug, name, plural, definition, strong=strong, phrases=phrases, synonyms=synonyms)


def _body(slug: str, entry: Table) -> Body:
    names = {lang: parse_names(entry[lang]) for lang in LANGUAGES if lang in entry}
    return Body(slug, _text(entry, "country"), names | {"en": (_text(entry, "name"), *parse_names(entry.get("aliases")))})


def _text(entry: Table, key: str) -> str:
    return str(entry.get(key, ""))


def _leaders(country: str, lines: str) -> Iterator[Leader]:
    """Yield the leaders of a country: a line is `Luiz Inácio LULA da Silva president 2003-2027`, the surname in capitals."""
    for line in lines.strip().splitlines():
        name, offices, years = line.rsplit(" ", 2)
        first, last = years.split("-")
        # One letter or a letter and a stop is an initial, not a surname.
        words = [(word, len(word) > 1 and word.isupper() and "." not in word) for word in name.split()]
        shown = " ".join(word.title() if is_surname else word for word, is_surname in words)
        surname = " ".join(word.title() for word, is_surname in words if is_surname)
        yield Leader(country, shown, surname, tuple(offices.split(",")), int(first), int(last))
