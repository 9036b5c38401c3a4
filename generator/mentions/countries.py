"""Which countries a text certainly names, and where.

A match of the automaton is only a candidate. It has to stand between word borders of its script, in the right case, and must not
be the bird, the person or the US state of the same name; a surname counts only with a title or after the full name.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.mentions.index import Index, Name, fold_case


class Found(NamedTuple):
    """A certain mention of a country: `text[start:end]` are its words; `name` is the vocabulary's form and `kind` its sort."""

    term: str
    kind: str
    start: int
    end: int
    name: str


class _Candidate(NamedTuple):
    start: int
    end: int
    meanings: tuple[Name, ...]


# The offices in which a title lets a surname count: "Secretary Baker" is the foreign minister, "President Baker" is nobody.
_TITLES = {
    "president": ("president", "deputy", "monarch"),
    "presidents": ("president", "deputy"),
    "premier": ("premier",),
    "prime minister": ("premier",),
    "prime ministers": ("premier",),
    "pm": ("premier",),
    "taoiseach": ("premier",),
    "chancellor": ("chancellor", "finance"),
    "minister": ("foreign", "defence", "finance", "trade", "energy", "agriculture", "premier", "security"),
    "ministers": ("foreign", "defence", "finance", "trade", "energy", "premier"),
    "secretary": ("foreign", "defence", "finance", "trade", "energy", "agriculture"),
    "secretaries": ("foreign", "defence", "finance", "trade"),
    "state": ("foreign",),
    "advisor": ("security",),
    "adviser": ("security",),
    "nsa": ("security",),
    "representative": ("trade",),
    "king": ("monarch",),
    "queen": ("monarch",),
    "emir": ("monarch",),
    "amir": ("monarch",),
    "sultan": ("monarch",),
    "prince": ("heir", "monarch"),
    "sheikh": ("monarch", "president", "heir"),
    "pope": ("monarch",),
    "ayatollah": ("monarch",),
    "chairman": ("president", "bank"),
    "leader": ("president", "premier", "monarch"),
    "eam": ("foreign",),
    "governor": ("bank",),
    "administration": ("president",),
}
_TITLE_BEFORE = re.compile(
    r"([A-Za-z]+)(?:-elect)?(?:\s+(?:Dr|Mr|Mrs|Ms|Shri|Smt|Gen|General)\.?)?\s+(?:([A-Z][\w'’.-]+(?:, [A-Z][\w'’.-]+)*),? and\s+)?$"
)
_AFTER_ADMINISTRATION = re.compile(r"['’]?s?\s+[Aa]dministration|\s+[Gg]overnment")
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Senator|Rep|Representative|Congressman|Congresswoman|Judge|Justice|Gov|Governor|Coach|Prof|Professor|Sir|Lady)\.?"
    r"|\b(?:Michael|Vernon|Denzel|George|Jim|James|John|David|Barbara|Robert|William|Mary|Sarah|Kerry|Booker T\.|Martha|Thomas|Peter|Hamilton))\s+$"
)
_SURNAME_AFTER = re.compile(r" ([A-Z][a-z]+)\b(?! (?:[A-Z]|and [A-Z]))")
# Names of countries and cities that are also given names or surnames.
_GIVEN = frozenset(
    {"jordan", "chad", "georgia", "kenya", "israel", "paris", "sydney", "sofia", "washington", "victoria", "santiago"}
)
_NOT_SURNAMES = frozenset(
    "River Valley Ministry Minister Prime Foreign King President Government Times Post Army Navy Parliament Embassy Ambassador Air Airways Airlines "
    "Television Defense Defence Central National Bank Officials Peace Club Declaration Treaty Office Street Day Summit Opera Airport University School".split()
)
STATES = re.compile(
    r",\s+(?:Ala|Ariz|Ark|Calif|Cal|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.H|N\.J|N\.M|N\.Y|N\.C|N\.D|"
    r"Okla|Ore|Pa|R\.I|S\.C|S\.D|Tenn|Tex|Vt|Va|Wash|W\.Va|Wis|Wyo|Alabama|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Idaho|"
    r"Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    r"New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    r"South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming)\b"
)
# What may follow a Korean noun within its word: particles, and nouns that Korean writes on.
_KOREAN_TAIL = re.compile(
    r"(?:은|는|이|가|을|를|의|와|과|에|에서|에게|으로|로|도|만|측|간|정부|대통령|총리|외교|장관|군|산|인|인들|식|계|및|까지|부터|보다|이나|나|라|당국|대사|대사관|기업|내|발|행|양국|·.*)?"
    r"(?:은|는|이|가|을|를|의|와|과|에|에서|으로|로|도|만)?$"
)
_HANGUL_WORD = re.compile(r"[가-힣·]*")
_ARABIC_PREFIX = re.compile(r"(?:^|[^\w])(?:[وفبكل]|وال|بال|ال|لل|ول|وب|و ال)?$")


def find_countries(text: str, index: Index, *, year: int = 0, beside: str = "") -> list[Found]:
    """Return the certain mentions of countries in `text`, in order of appearance.

    `year` is that of the text, where it is known: it tells apart leaders of the same surname. `beside` is its dateline: a doubtful
    name may be settled by it.
    """
    candidates = []
    for number, start, end in index.name_automaton.find_matches_as_indexes(fold_case(text)):
        names = index.names[number]
        if _is_word(text, start, end, is_open=names[0].open):
            meanings = _meanings(text, start, end, names)
            if meanings:
                candidates.append(_Candidate(start, end, meanings))
    certain = {
        name.term
        for c in candidates
        for name in c.meanings
        if len(c.meanings) == 1 and name.kind not in ("surname", "mask", "city")
    }
    known = _known_surnames(text, candidates, index, year)
    found = []
    for candidate in candidates:
        name = _decide(text, candidate, index, certain, known, beside)
        if name:
            kind = "leader" if name.kind == "surname" else "alias" if name.kind == "mask" else name.kind
            found.append(Found(name.term, kind, candidate.start, candidate.end, name.text))
    return found


_MONEYED = frozenset({"name", "alias", "demonym"})
_CURRENCY_START = frozenset("$ ")
# "US$50 million" and "two billion Singapore dollars" name a currency, not a party.
_CURRENCY = re.compile(
    r"\$| ?(?:dollars?|dlrs?|pounds?|francs?|pesos?|crowns?|kron[ae]r?|marks?|rupees?|rials?|riyals?|dinars?|lira|yen|yuan)\b",
    re.IGNORECASE,
)


def _meanings(text: str, start: int, end: int, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return what a match may mean by its letters: small ones are the bird, an acronym needs its capitals, a currency is no country."""
    words = text[start:end]
    if words.islower():
        names = tuple(name for name in names if name.small)
    elif names[0].exact:
        names = tuple(name for name in names if name.text == words and not (words == "US" and _shouts(text, start, end)))
        if text[start - 1 : start] == "<" and text[end : end + 1] == ">":  # The ticker of a share: Union Carbide is <UK>.
            return ()
    if names and names[0].kind in _MONEYED and text[end : end + 1] in _CURRENCY_START and _CURRENCY.match(text, end):
        return ()
    return names


def _shouts(text: str, start: int, end: int) -> bool:
    """Say whether "US" stands in a line of capitals, where it may be the pronoun: there it needs a comma, hyphen or slash beside it."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return (
        line.isupper()
        and len(line) > 4
        and text[end : end + 1] not in (",", "-", "/", "–")
        and text[start - 1 : start] not in ("-", "/", "–")
    )


def _is_word(text: str, start: int, end: int, *, is_open: bool) -> bool:
    """Say whether `text[start:end]` is a word of its own by the rules of its script."""
    first = text[start]
    before, after = text[start - 1 : start], text[end : end + 1]
    if first < "\u0590":
        if before.isalnum():
            return False
        return not after.isalpha() or (is_open and not text[end + 7 : end + 8].isalpha()) if not after.isdigit() else False
    if "\u0600" <= first <= "\u06ff":
        free = bool(_ARABIC_PREFIX.search(text[max(0, start - 4) : start]))
        return free and (not after.isalpha() or (is_open and not text[end + 3 : end + 4].isalpha()))
    if "\uac00" <= first <= "\ud7a3":
        tail = _HANGUL_WORD.match(text, end)
        return not ("\uac00" <= before <= "\ud7a3") and bool(_KOREAN_TAIL.match(tail.group() if tail else ""))
    if "\u0900" <= first <= "\u0dff":
        return not _joins(before) and not _joins(after)
    return True


def _joins(char: str) -> bool:
    return char.isalnum() or (char != "" and unicodedata.category(char).startswith("M"))


def _known_surnames(text: str, candidates: list[_Candidate], index: Index, year: int) -> dict[str, str]:
    """Return the surnames that this text introduces, by full name or by title, each with its country."""
    known: dict[str, str] = {}
    countries = {name.term for c in candidates for name in c.meanings if name.kind not in ("surname", "leader", "mask")}
    for start, end, meanings in candidates:
        for name in meanings:
            if name.kind == "leader":
                for leader in _people(index, name):
                    known.setdefault(leader, name.term)
        if all(name.kind == "surname" for name in meanings):
            surname = fold_case(text[start:end])
            country = _titled_country(text, start, end, surname=surname, index=index, countries=countries, year=year)
            if country:
                known.setdefault(surname, country)
    return known


def _people(index: Index, name: Name) -> Iterator[str]:
    """Yield the surname within a full name of the vocabulary."""
    capitals = [word for word in name.text.split() if len(word) > 1 and word.isupper() and "." not in word]
    if capitals:
        yield fold_case(" ".join(capitals))


def _titled_country(text: str, start: int, end: int, *, surname: str, index: Index, countries: set[str], year: int) -> str:
    """Return the country of the leader whom a title and a surname name, or an empty text when that is not certain."""
    offices = _offices_beside(text, start, end)
    if not offices:
        return ""
    people = [leader for leader in index.leaders.get(surname, ()) if set(offices) & set(leader.offices)]
    if year:
        people = [leader for leader in people if leader.first - 1 <= year <= leader.last + 1]
    agreeing = {leader.country for leader in people if leader.country in countries}
    possible = agreeing or {leader.country for leader in people}
    return possible.pop() if len(possible) == 1 else ""


def _offices_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    before = _TITLE_BEFORE.search(text[max(0, start - 60) : start])
    if before and before[1].lower() in _TITLES:
        return _TITLES[before[1].lower()]
    if _AFTER_ADMINISTRATION.match(text, end):
        return ("president", "premier")
    return ()


def _decide(text: str, candidate: _Candidate, index: Index, certain: set[str], known: dict[str, str], beside: str) -> Name | None:
    """Return what a candidate means, or None where that is not certain."""
    start, end, meanings = candidate
    if meanings[0].kind == "prefix" and text[end : end + 1] not in ("-", "–", "‑"):
        return None
    if meanings[0].kind == "mask":
        return meanings[0] if meanings[0].term else None
    places = [name for name in meanings if name.kind != "surname"]
    if not places:
        surname = fold_case(text[start:end])
        return next((name for name in meanings if known.get(surname) == name.term), None)
    name = next((name for name in places if name.term in certain), places[0])
    if name.kind == "leader":
        return name
    if name.kind in ("name", "city", "capital") and (_is_person(text, start, end) or STATES.match(text, end)):
        return None
    country = index.countries.get(name.term)
    if (
        country
        and country.doubtful
        and country.doubtful == name.text
        and not _is_meant(f"{text}\n{beside.title()}", country.unless, country.needs)
    ):
        return None
    return name


def _is_person(text: str, start: int, end: int) -> bool:
    if text[start:end].lower() not in _GIVEN:
        return False
    if _PERSON_BEFORE.search(text[max(0, start - 24) : start]):
        return True
    following = _SURNAME_AFTER.match(text, end)
    return (
        bool(following)
        and following is not None
        and following[1] not in _NOT_SURNAMES
        and not text[start:end].isupper()
        and text[start:end] in ("Jordan", "Chad", "Georgia", "Kenya")
    )


def _is_meant(text: str, unless: tuple[str, ...], needs: tuple[str, ...]) -> bool:
    """Say whether a doubtful name means its country: a word that settles it, or no word that speaks against it."""
    return any(_has(text, word) for word in needs) or not any(_has(text, word) for word in unless)


def _has(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(words) : at + len(words) + 1].isalpha()
