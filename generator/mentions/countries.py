"""Which countries a text certainly names, and where; and which names in it only look like a country's.

A match of the automaton is only a candidate. It has to stand between word borders of its script, in the right case, and must not
be the bird, the person, the currency or the US state of the same name.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from generator.mentions.bodies import find_bodies, serves_body
from generator.mentions.borders import is_name
from generator.mentions.homonyms import Bearer, find_bearer, is_lasting, is_money
from generator.mentions.index import Index, find_matches
from generator.mentions.leaders import find_leader_country
from generator.mentions.names import Name, fold_case


class Found(Struct, frozen=True, order=True):
    """A certain mention of a country: `text[start:end]` are its words; `name` is the vocabulary's form and `kind` its sort."""

    term: str
    kind: str
    start: int
    end: int
    name: str


Reason = Literal["mask", "beside", "doubtful", "surname", "served"] | Bearer


class Dismissed(Struct, frozen=True):
    """A name that might have meant a country and does not, and why; `term` is empty for a mask, whose words hide the name."""

    term: str
    start: int
    end: int
    why: Reason


class _Candidate(NamedTuple):
    """Words that may name countries, and the folded surname where they are a leader's."""

    start: int
    end: int
    meanings: tuple[Name, ...]
    surname: str


_MONEYED = frozenset({"name", "alias", "demonym"})
# What a person or a town may be called.
_BORNE = frozenset({"name", "alias", "city", "capital"})
# What makes a sea or a river of what stands beside it.
_MASKED = frozenset({"name", "alias", "demonym", "historic", "capital"})
_BESIDE = 40
_WRITTEN_TOGETHER = frozenset({"short", "behind", "mask"})
_SHOWN_KINDS = {"surname": "leader", "mask": "alias", "behind": "name"}


def find_countries(text: str, index: Index, terms: Collection[str] | None = None) -> list[Found]:
    """Return the certain mentions of countries in `text`, in order of appearance; only "Koreas" is one of two in the same place.

    With `terms`, only those of these countries.
    """
    candidates = _find_candidates(text, index)
    if terms is None:
        return _judge(text, candidates, index)[0]
    # Other names count for what they say of these: where there is none of these, nothing has to be judged.
    if not any(code in terms for candidate in candidates for name in candidate.meanings for code in name.term.split("-")):
        return []
    return [found for found in _judge(text, candidates, index)[0] if found.term in terms]


def read_names(text: str, index: Index, *, year: int = 0, beside: str = "") -> tuple[list[Found], list[Dismissed]]:
    """Return the mentions of countries as `find_countries` does, and beside them the names that only look like one.

    `year` is that of the text, where it is known: it tells apart leaders of the same surname. `beside` is its dateline, which may
    settle a doubtful name.
    """
    return _judge(text, _find_candidates(text, index), index, year=year, beside=beside)


def _judge(
    text: str, candidates: Sequence[_Candidate], index: Index, *, year: int = 0, beside: str = ""
) -> tuple[list[Found], list[Dismissed]]:
    """Tell the candidates that mean a country from those that only look like it."""
    certain = frozenset(
        names[0].term for _, _, names, _ in candidates if len(names) == 1 and names[0].kind not in ("surname", "mask", "city")
    )
    people = [candidate for candidate in candidates if candidate.surname]
    known = _find_known_surnames(text, people, index, certain=certain, year=year)
    # A doubtful name means the same throughout a text, so that each is judged once.
    context = f"{text}\n{beside.title()}" if beside else text
    doubtful = {name.term for _, _, names, _ in candidates for name in names if name.doubtful}
    unmeant = {code for code in doubtful if not _is_meant(context, index, code)}
    bearers = _find_bearers(text, candidates)
    served = _find_served(text, people, index)
    found: list[Found] = []
    dismissed: list[Dismissed] = []
    why: Reason | None
    for start, end, meanings, surname in candidates:
        if surname in served:
            name, why = None, "served"
        elif meanings[0].kind == "surname":
            name = next((name for name in meanings if known.get(surname) == name.term), None)
            why = None if name else "surname"
        else:
            name = meanings[0] if len(meanings) == 1 else _choose(meanings, certain)
            why = _dismiss(text, start, end, name=name, index=index, unmeant=unmeant, bearers=bearers)
        if name and not why:
            if name.kind in _WRITTEN_TOGETHER:
                found += _part(text, start, end, name)
            else:
                found.append(Found(name.term, _SHOWN_KINDS.get(name.kind, name.kind), start, end, name.text))
        if why or (name and name.kind == "mask"):
            dismissed.append(Dismissed(meanings[0].term if why else "", start, end, why or "mask"))
    return found, dismissed


def _part(text: str, start: int, end: int, name: Name) -> list[Found]:
    """Return the countries in words that name several of them, or none, or stand behind a character of another word."""
    codes = name.term.split("-") if name.term else ()
    if name.kind == "short":
        # 日米 is Japan and the United States, a character each.
        return [Found(code, "short", at, at + 1, text[at]) for at, code in enumerate(codes, start)]
    first = start + 1 if name.kind == "behind" else start
    return [Found(code, _SHOWN_KINDS[name.kind], first, end, name.text) for code in codes]


def _dismiss(
    text: str, start: int, end: int, *, name: Name, index: Index, unmeant: Collection[str], bearers: Mapping[int, Bearer]
) -> Reason | None:
    """Return why a name does not mean its country here, or nothing."""
    if name.doubtful and name.term in unmeant:
        return "doubtful"
    if start in bearers and name.kind in _BORNE:
        return bearers[start]
    return "beside" if index.lang != "en" and name.kind in _MASKED and _is_masked(text, start, end, index) else None


def _is_masked(text: str, start: int, end: int, index: Index) -> bool:
    """Say whether what stands right beside a name makes another word of it: "golfe du", "океан"."""
    return bool(index.masks_after.match(text, end) or index.masks_before.search(text, max(0, start - _BESIDE), start))


def _find_bearers(text: str, candidates: Sequence[_Candidate]) -> Mapping[int, Bearer]:
    """Return where in the text a person or a town bears a name, and which of the two.

    A clear case holds for the whole text, unless that names the country in other words, too.
    """
    bearers: dict[int, Bearer] = {}
    lasting: dict[str, Bearer] = {}
    for start, end, names, _ in candidates:
        if names[0].kind in _BORNE and (bearer := find_bearer(text, start, end)):
            bearers[start] = bearer
            if is_lasting(text, start, end, bearer):
                lasting[fold_case(text[start:end])] = bearer
        elif names[0].kind == "mask" and names[0].term and ", " in text[start:end]:
            # "Rome, Georgia" is one phrase of the vocabulary, and Rome the town in it.
            lasting[fold_case(text[start:end].partition(", ")[0])] = "town"
    if lasting:
        spans = [(start, fold_case(text[start:end]), names) for start, end, names, _ in candidates]
        named = {
            (names[0].term, word) for _, word, names in spans if len(names) == 1 and names[0].kind not in ("surname", "mask")
        }
        for start, word, names in spans:
            if word in lasting and not any(term == names[0].term and other != word for term, other in named):
                bearers[start] = lasting[word]
    return bearers


def _find_served(text: str, people: Sequence[_Candidate], index: Index) -> frozenset[str]:
    """Return the surnames of those who speak for a body of many countries in this text, and so for none of these."""
    bodies = find_bodies(text, index) if people else ()
    return frozenset(
        surname for start, end, _, surname in people if bodies and serves_body(text, start, end, bodies, is_person=True)
    )


def _find_candidates(text: str, index: Index) -> list[_Candidate]:
    candidates = []
    # Four of five matches are words such as "he" and "may"; no English name is written in small letters.
    has_small = index.lang != "en"
    for number, start, end in find_matches(index.name_automaton, text):
        if not has_small and text[start:end].islower():
            continue
        names = index.names[number]
        if is_name(text, start, end, is_open=names[0].open):
            meanings = _read_letters(text, start, end, names)
            if meanings:
                candidates.append(_Candidate(start, end, meanings, meanings[0].surname))
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
    if not names or (after in ("$", " ") and names[0].kind in _MONEYED and is_money(text, end)):
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
    text: str, people: Sequence[_Candidate], index: Index, *, certain: frozenset[str], year: int
) -> dict[str, str]:
    """Return the surnames that this text introduces, by full name or by title, each with its country."""
    known: dict[str, str] = {}
    for start, end, meanings, surname in people:
        if meanings[0].kind == "leader":
            known.setdefault(surname, meanings[0].term)
        elif surname not in known:
            country = find_leader_country(text, start, end, index=index, named=certain, year=year)
            if country:
                known[surname] = country
    return known


def _choose(meanings: Sequence[Name], certain: frozenset[str]) -> Name:
    """Return which country a name means: one that the text names otherwise, or the first that claims it."""
    # "Korea" is the South, and the North only where that alone is named: its file has the name among the historic ones.
    places = sorted((name for name in meanings if name.kind != "surname"), key=lambda name: name.kind == "historic")
    return next((name for name in places if name.term in certain), places[0])


def _is_meant(text: str, index: Index, code: str) -> bool:
    """Say whether a doubtful name means its country: a word that settles it, or no word that speaks against it."""
    country = index.countries[code]
    return any(_has(text, word) for word in country.needs) or not any(_has(text, word) for word in country.unless)


def _has(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(words) : at + len(words) + 1].isalpha()
