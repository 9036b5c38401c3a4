"""The controlled vocabulary: countries, sectors, kinds and leaders, as frozen values.

What ships with the package is TOML beside this module; an archive overlays `countries.toml`, `sectors.toml` and `kinds.toml` in its
`content/vocabulary/`. In an overlay a key replaces the shipped one, lists of names are added to, and a name written with a hyphen in
front is taken out (`cities = ["-Victoria"]`).

Names stand in one text, separated by semicolons, because reading them as TOML arrays took four times as long (61 ms instead of 14).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from generator.errors import Location, VocabularyError, did_you_mean, error
from generator.fingerprint import digest_bytes

Table = Mapping[str, object]

OVERLAYS = ("countries.toml", "sectors.toml", "kinds.toml")
_SHIPPED = (*OVERLAYS, "masks.toml", "leaders.toml", "languages.toml")


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the words that mean it.

    `name` is what readers say, `demonyms` are adjectives and nouns for its people, `bodies` its government and institutions as
    metonyms ("the Kremlin"), `historic` names of states that it follows, `prefixes` the first half of "Sino-Indian". Where `doubtful`
    is a name that means something else beside any of the words `unless`, the words `needs` settle it in the country's favour.
    """

    code: str
    name: str
    official: str = ""
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    historic: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    doubtful: str = ""
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sector:
    """A policy sector, what it covers, and the phrases that speak for it: strong ones, plain ones, and weak ones that only add."""

    slug: str
    name: str
    definition: str
    strong: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a briefing reports: a summit, a contract, a launch."""

    slug: str
    name: str
    plural: str
    definition: str
    strong: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who spoke for a country: `offices` such as `president` or `foreign`, in texts of the years `first` to `last`."""

    country: str
    name: str
    surname: str
    offices: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Language:
    """Words of one language beside English: further names of countries, phrases for sectors, and words of grammar and office."""

    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All controlled terms of an archive; `digest` covers everything that it was read from.

    `masks` are longer phrases in which a name does not mean its country ("Indian Ocean"), each with the code that it means, or "".
    """

    countries: Mapping[str, Country]
    sectors: Mapping[str, Sector]
    kinds: Mapping[str, Kind]
    leaders: tuple[Leader, ...]
    masks: Mapping[str, str]
    digest: bytes


def fingerprint_vocabulary(overlays: Mapping[str, bytes] | None = None) -> bytes:
    """Return the digest that the vocabulary of these overlays will have, without reading them: the key for keeping it in a cache."""
    parts = [_read(name) for name in _SHIPPED]
    for name, raw in sorted((overlays or {}).items()):
        parts += (name.encode(), raw)
    return digest_bytes(b"\0".join(digest_bytes(part) for part in parts))


def load_vocabulary(overlays: Mapping[str, bytes] | None = None) -> Vocabulary:
    """Return the shipped vocabulary with the archive's overlays (file name within `content/vocabulary/` → bytes) laid over it.

    Raises: VocabularyError for a file that cannot be read, an unknown file, an unknown key, or a value of the wrong form.
    """
    if not overlays:
        return _shipped_vocabulary()
    tables = {name: dict(_parse(_read(name), name)) for name in OVERLAYS}
    for name, raw in sorted(overlays.items()):
        path = f"content/vocabulary/{name}"
        if name not in OVERLAYS:
            hint = did_you_mean(name, OVERLAYS) or "known files: " + ", ".join(OVERLAYS)
            raise VocabularyError(error("unknown-vocabulary", Location(path), f'unknown vocabulary file "{name}"', hint))
        _overlay(tables[name], _parse(raw, path), raw=raw, path=path)
    return _assemble(tables, fingerprint_vocabulary(overlays))


@cache
def _shipped_vocabulary() -> Vocabulary:
    """Return the vocabulary without overlays, read once a process: 20 ms."""
    return _assemble({name: _parse(_read(name), name) for name in OVERLAYS}, fingerprint_vocabulary())


@cache
def load_language(lang: str) -> Language:
    """Return the words of a language (`ko`, `pt-BR`); those of English stand in the vocabulary, and an unknown language has none."""
    table = _parse(_read("languages.toml"), "languages.toml").get(lang.partition("-")[0].lower(), {})
    assert isinstance(table, Mapping)
    return Language(**{family: {key: _names(value) for key, value in entries.items()} for family, entries in table.items()})


@cache
def _read(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def _parse(raw: bytes, path: str) -> Table:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as cause:
        line = raw.count(b"\n", 0, cause.start) + 1
        raise VocabularyError(
            error("bad-vocabulary", Location(path, line), "the file is not UTF-8", "save it as UTF-8")
        ) from cause
    except tomllib.TOMLDecodeError as cause:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(cause))
        where = Location(path, int(place[1]), int(place[2])) if place else Location(path)
        sentence = str(cause)[: place.start()] if place else str(cause)
        sentence = sentence[:1].lower() + sentence[1:]
        raise VocabularyError(error("bad-vocabulary", where, f"not readable as TOML: {sentence}", "mend the line")) from cause


def _assemble(tables: Mapping[str, Table], digest: bytes) -> Vocabulary:
    masks = {
        phrase: "" if code == "none" else code
        for code, phrases in _parse(_read("masks.toml"), "masks.toml").items()
        for phrase in _names(phrases)
    }
    leaders = _parse(_read("leaders.toml"), "leaders.toml")
    return Vocabulary(
        countries={code: Country(code, **_fields(entry)) for code, entry in tables["countries.toml"].items()},
        sectors={slug: Sector(slug, **_fields(entry)) for slug, entry in tables["sectors.toml"].items()},
        kinds={slug: Kind(slug, **_fields(entry)) for slug, entry in tables["kinds.toml"].items()},
        leaders=tuple(leader for code, lines in leaders.items() for leader in _leaders(code, str(lines))),
        masks=masks,
        digest=digest,
    )


def _names(value: object) -> tuple[str, ...]:
    """Return a list of names, written as an array or as one text with semicolons."""
    items = value.split(";") if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []
    return tuple(stripped for item in items if (stripped := item.strip()))


_PLAIN_KEYS = frozenset({"name", "official", "doubtful", "definition", "plural"})
_LIST_KEYS = {
    "countries.toml": frozenset(
        {"aliases", "demonyms", "capitals", "cities", "bodies", "historic", "prefixes", "unless", "needs"}
    ),
    "sectors.toml": frozenset({"strong", "phrases", "weak"}),
    "kinds.toml": frozenset({"strong", "phrases"}),
}
_REQUIRED = {"countries.toml": ("name",), "sectors.toml": ("name", "definition"), "kinds.toml": ("name", "plural", "definition")}
_PLAIN = {
    "countries.toml": frozenset({"name", "official", "doubtful"}),
    "sectors.toml": frozenset({"name", "definition"}),
    "kinds.toml": frozenset({"name", "plural", "definition"}),
}
_KEY_FORMS = {"countries.toml": r"[A-Z]{2}", "sectors.toml": r"[a-z0-9]+(-[a-z0-9]+)*", "kinds.toml": r"[a-z0-9]+(-[a-z0-9]+)*"}


def _fields(entry: object) -> dict[str, object]:
    assert isinstance(entry, Mapping)
    return {key: value if key in _PLAIN_KEYS else _names(value) for key, value in entry.items()}


def _leaders(country: str, lines: str) -> Iterator[Leader]:
    """Yield the leaders of a country: a line is `Luiz Inácio LULA da Silva president 2003-2027`, the surname in capitals."""
    for line in lines.strip().splitlines():
        name, offices, years = line.rsplit(" ", 2)
        first, last = years.split("-")
        capitals = [word for word in name.split() if len(word) > 1 and word.isupper() and "." not in word]
        surname = " ".join(capitals)
        yield Leader(country, name, surname, tuple(offices.split(",")), int(first), int(last))


def _overlay(table: dict[str, object], overlay: Table, *, raw: bytes, path: str) -> None:
    """Lay the entries of an archive's file over the shipped ones, in place."""
    file = path.rpartition("/")[2]
    for key, entry in overlay.items():
        where = Location(path, _find_line(raw, key))
        if not re.fullmatch(_KEY_FORMS[file], key):
            form = "two capital letters" if file == "countries.toml" else "small letters, digits and hyphens"
            raise VocabularyError(error("bad-vocabulary", where, f'"{key}" cannot be a key of {file}', f"a key is {form}"))
        if not isinstance(entry, Mapping):
            raise VocabularyError(
                error("bad-vocabulary", where, f'"{key}" stands outside a table', "write it below a line such as [KR]")
            )
        shipped = table.get(key, {})
        assert isinstance(shipped, Mapping)
        merged = dict(shipped)
        for name, value in entry.items():
            place = Location(path, _find_line(raw, name, after=where.line))
            merged[name] = _merge(name, merged.get(name), value, file=file, where=place)
        missing = [name for name in _REQUIRED[file] if not merged.get(name)]
        if missing:
            raise VocabularyError(
                error("bad-vocabulary", where, f'the new entry "{key}" has no {missing[0]}', f"add {missing[0]} = '…'")
            )
        table[key] = merged


def _merge(name: str, shipped: object, value: object, *, file: str, where: Location) -> object:
    plain, lists = _PLAIN[file], _LIST_KEYS[file]
    if name in plain and isinstance(value, str):
        return value
    if name in lists and (isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))):
        gone = {item[1:].strip() for item in _names(value) if item.startswith("-")}
        added = [item for item in _names(value) if not item.startswith("-")]
        return [item for item in dict.fromkeys([*_names(shipped), *added]) if item not in gone]
    if name in plain or name in lists:
        raise VocabularyError(
            error("bad-vocabulary", where, f'"{name}" must be text' + (" or a list of texts" if name in lists else ""))
        )
    hint = did_you_mean(name, plain | lists) or "known keys: " + ", ".join(sorted(plain | lists))
    raise VocabularyError(error("unknown-key", where, f'unknown key "{name}"', hint))


def _find_line(raw: bytes, key: str, *, after: int = 0) -> int:
    """Return the line on which a table or a key is written, since the TOML reader of the standard library does not tell."""
    wanted = re.compile(rf"\s*\[?\s*['\"]?{re.escape(key)}['\"]?\s*[\]=.]")
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if number > after and wanted.match(line)), after)
