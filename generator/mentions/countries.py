"""Which countries a text certainly names, and where.

A match of the automaton is only a candidate. It has to stand between word borders of its script, in the right case, and must not
be the bird, the person, the currency or the US state of the same name.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.mentions.borders import is_word
from generator.mentions.index import Index, Name, fold_case, mark_words
from generator.mentions.leaders import find_leader_country


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


_PERSON_BEFORE = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Sen|Senator|Rep|Representative|Congressman|Congresswoman|Judge|Justice|Gov|Governor|Coach|Prof|Professor"
    r"|Sir|Lady)\.?|Michael|Vernon|Denzel|George|Jim|James|John|David|Barbara|Robert|William|Mary|Sarah|Kerry|Booker T\.|Martha"
    r"|Thomas|Peter)\s+$"
)
_SURNAME_AFTER = re.compile(r" ([A-Z][a-z]+)\b(?! (?:[A-Z]|and [A-Z]))")
# Names of places that are also given names or surnames; behind the first group a capitalised word is a surname.
_GIVEN = frozenset({"jordan", "chad", "georgia", "kenya"})
_BORNE = _GIVEN | {"israel", "paris", "sydney", "sofia", "washington", "santiago"}
_NOT_SURNAMES = frozenset(
    "River Valley Ministry Minister Prime Foreign King President Government Times Post Army Navy Parliament Embassy "
    "Ambassador Air Airways Airlines Television Defense Defence Central National Bank Officials Peace Club Declaration "
    "Treaty Office Street Day Summit Opera Airport University School".split()
)
STATES = re.compile(
    r",\s+(?:Ala|Ariz|Ark|Calif|Cal|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.H|N\.J|N\.M"
    r"|N\.Y|N\.C|N\.D|Okla|Ore|Pa|R\.I|S\.C|S\.D|Tenn|Tex|Vt|Va|Wash|W\.Va|Wis|Wyo|Alabama|Arizona|Arkansas|California|Colorado"
    r"|Connecticut|Delaware|Florida|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan"
    r"|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina"
    r"|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont"
    r"|Virginia|West Virginia|Wisconsin|Wyoming)\b"
)
# "US$50 million" and "two billion Singapore dollars" name a currency, not a party.
_MONEYED = frozenset({"name", "alias", "demonym"})
_CURRENCY = re.compile(
    r"\$| ?(?:dollars?|dlrs?|pounds?|francs?|pesos?|crowns?|kron[ae]r?|marks?|rupees?|rials?|riyals?|dinars?|lira|yen|yuan)\b",
    re.IGNORECASE,
)


def find_countries(text: str, index: Index, *, year: int = 0, beside: str = "") -> list[Found]:
    """Return the certain mentions of countries in `text`, in order of appearance.

    `year` is that of the text, where it is known: it tells apart leaders of the same surname. `beside` is its dateline, which may
    settle a doubtful name.
    """
    candidates = _find_candidates(text, index)
    certain = frozenset(
        names[0].term for _, _, names in candidates if len(names) == 1 and names[0].kind not in ("surname", "mask", "city")
    )
    known = _find_known_surnames(text, candidates, index, certain, year)
    # A doubtful name means the same throughout a text, so that each is judged once.
    context = f"{text}\n{beside.title()}" if beside else text
    doubtful = {name.term for _, _, names in candidates for name in names if name.doubtful}
    unmeant = {code for code in doubtful if not _is_meant(context, index, code)}
    found: list[Found] = []
    for start, end, meanings in candidates:
        if meanings[0].kind == "surname":
            surname = fold_case(text[start:end])
            name = next((name for name in meanings if known.get(surname) == name.term), None)
        else:
            name = _choose(text, start, end, meanings=meanings, certain=certain)
        if name and name.kind == "pair":
            # 日米 is Japan and the United States, a character each.
            found += (Found(code, "alias", start + at, start + at + 1, name.text) for at, code in enumerate(name.term.split("-")))
        elif name and name.term and not (name.doubtful and name.term in unmeant):
            found.append(Found(name.term, _SHOWN_KINDS.get(name.kind, name.kind), start, end, name.text))
    return found


_SHOWN_KINDS = {"surname": "leader", "mask": "alias"}


def _find_candidates(text: str, index: Index) -> list[_Candidate]:
    candidates = []
    for number, start, end in index.name_automaton.find_matches_as_indexes(mark_words(text)):
        names = index.names[number]
        if is_word(text, start, end, is_open=names[0].open):
            meanings = _read_letters(text, start, end, names)
            if meanings:
                candidates.append(_Candidate(start, end, meanings))
    return candidates


def _read_letters(text: str, start: int, end: int, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return what a match may mean by its letters: small ones are the bird, an acronym needs its capitals."""
    words = text[start:end]
    after = text[end : end + 1]
    if words.islower():
        names = tuple(name for name in names if name.small)
    elif names[0].exact:
        names = tuple(name for name in names if name.text == words)
        # "<UK>" is the ticker of a share, Union Carbide's.
        if (words == "US" and _shouts(text, start, end)) or (after == ">" and text[start - 1 : start] == "<"):
            return ()
    if not names or (after in ("$", " ") and names[0].kind in _MONEYED and _CURRENCY.match(text, end)):
        return ()
    if names[0].kind == "prefix" and after not in ("-", "–", "‑"):
        return ()
    return names


def _shouts(text: str, start: int, end: int) -> bool:
    """Say whether "US" may be the pronoun: in a line of capitals it needs a comma, hyphen or slash beside it."""
    # Eighty letters on either side are a headline; a text without breaks would be read anew for each mention.
    line = text[max(0, start - 80) : start].rpartition("\n")[2] + text[start : end + 80].partition("\n")[0]
    beside = {text[end : end + 1], text[start - 1 : start]} & {",", "-", "/", "–"}
    return line.isupper() and len(line) > 4 and not beside


def _find_known_surnames(
    text: str, candidates: Sequence[_Candidate], index: Index, certain: frozenset[str], year: int
) -> dict[str, str]:
    """Return the surnames that this text introduces, by full name or by title, each with its country."""
    known: dict[str, str] = {}
    for start, end, meanings in candidates:
        surname = fold_case(text[start:end])
        if meanings[0].kind == "leader":
            known.setdefault(index.surnames[fold_case(meanings[0].text)], meanings[0].term)
        elif meanings[0].kind == "surname" and surname not in known:
            country = find_leader_country(text, start, end, index=index, named=certain, year=year)
            if country:
                known[surname] = country
    return known


def _choose(text: str, start: int, end: int, *, meanings: Sequence[Name], certain: frozenset[str]) -> Name | None:
    """Return which country a name means: one that the text names otherwise, or the first that claims it."""
    # "Korea" is the South, and the North only where that alone is named: its file has the name among the historic ones.
    places = sorted((name for name in meanings if name.kind != "surname"), key=lambda name: name.kind == "historic")
    name = next((name for name in places if name.term in certain), places[0])
    if name.kind in ("name", "city", "capital") and (_is_person(text, start, end) or STATES.match(text, end)):
        return None
    return name


def _is_person(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if word.lower() not in _BORNE:
        return False
    if _PERSON_BEFORE.search(text[max(0, start - 24) : start]):
        return True
    following = _SURNAME_AFTER.match(text, end)
    return word.lower() in _GIVEN and not word.isupper() and following is not None and following[1] not in _NOT_SURNAMES


def _is_meant(text: str, index: Index, code: str) -> bool:
    """Say whether a doubtful name means its country: a word that settles it, or no word that speaks against it."""
    country = index.countries[code]
    return any(_has(text, word) for word in country.needs) or not any(_has(text, word) for word in country.unless)


def _has(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(words) : at + len(words) + 1].isalpha()
