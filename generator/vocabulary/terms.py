"""What the vocabulary holds: countries, sectors, kinds, organisations, leaders and the words of languages."""

from collections.abc import Mapping

from msgspec import Struct, field


class Country(Struct, frozen=True):
    """A country and the words that mean it.

    `name` is what readers say, `demonyms` are adjectives and nouns for its people, `bodies` its government and institutions as
    metonyms ("the Kremlin"), `historic` names of states that it follows, `prefixes` the first half of "Sino-Indian". Where
    `doubtful` is a name that means something else beside any of the words `unless`, the words `needs` settle it in the country's
    favour.
    """

    code: str
    name: str
    alpha3: str = ""
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


class Sector(Struct, frozen=True):
    """A policy sector, what it covers, and the phrases that speak for it: strong, plain, and weak ones that only add.

    `masks` are longer phrases in which such a word means something else ("business climate"). `synonyms` tag no text: they are
    what readers who search call the sector.
    """

    slug: str
    name: str
    definition: str
    strong: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Kind(Struct, frozen=True):
    """What a briefing reports: a summit, a contract, a launch. `synonyms` are what readers who search call it."""

    slug: str
    name: str
    plural: str
    definition: str
    strong: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Body(Struct, frozen=True):
    """An organisation: its names by language, the one that is shown first; `country` is empty for a body of many countries."""

    slug: str
    country: str
    names: Mapping[str, tuple[str, ...]]


class Leader(Struct, frozen=True):
    """A person who spoke for a country: `offices` such as `president` or `foreign`, in texts of the years `first` to `last`."""

    country: str
    name: str
    surname: str
    offices: tuple[str, ...]
    first: int
    last: int


class Language(Struct, frozen=True):
    """Words of one language beside English: further names of countries, phrases for sectors, and words of grammar and office.

    `masks` say where a name is not its country, and `shorts` which character stands for a country in a compound: see the file.
    """

    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    masks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Vocabulary(Struct, frozen=True):
    """All controlled terms of an archive; `digest` covers everything that it was read from.

    `masks` are longer phrases in which a name does not mean its country ("Indian Ocean"), with the code that each means, or "";
    "Koreas" means two (`KP-KR`).
    """

    countries: Mapping[str, Country]
    sectors: Mapping[str, Sector]
    kinds: Mapping[str, Kind]
    bodies: Mapping[str, Body]
    leaders: tuple[Leader, ...]
    masks: Mapping[str, str]
    digest: bytes

    def find_code(self, name: str) -> str:
        """Return the code of the country that is called so, whatever the case; an empty text if none is."""
        wanted = name.casefold()
        for country in self.countries.values():
            names = (country.name, country.official, *country.aliases, *country.demonyms)
            if any(wanted == known.casefold() for known in names):
                return country.code
        return ""
