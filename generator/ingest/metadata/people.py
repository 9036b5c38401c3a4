"""People with their offices, from how English news texts introduce them.

Precision before recall: a name counts only beside an office. A wrong person on a page is worse than none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.ingest.metadata.passages import Marks
from generator.ingest.metadata.portfolios import PORTFOLIO
from generator.ingest.metadata.titles import bare_title, own, read_title, trim_office
from generator.ingest.words import CAPITAL, SMALL, any_of, fold_word, is_small, plain_list, word_set
from generator.model import Person

# Names stand near the top of a text; a file of 5 MB is not searched to its end.
_SEARCHED = 60_000
_MOST = 12
# So far behind an office stands whose counterpart somebody is, and behind the ministers of some countries who they are.
_COUNTERPART_REACH = 250
_ROLL_REACH = 300
# So far before an office its holder's name begins.
_NAME_REACH = 80

_HEAD = any_of("names", "offices")
_LOWER_HEAD = any_of("names", "lower_offices")
# A name that ends within a word is none: "Jan K" of "Jan KOVÁŘ", "Abbas U" of "Abbas U.S.".
_PART = (
    rf"(?:[{CAPITAL}](?:[\w’']*[{SMALL}](?:-\w+)?|\w*-[A-Za-z]\w*|\.(?:[A-Z]\.)*)?(?!\w|(?<=\b[A-Z])\.\w)"
    r"|(?:al|el|ad|as|ash|an)-[A-Z]\w+)"
)
_PARTICLE = r"(?:de|da|do|dos|del|della|di|la|le|van|von|der|den|bin|bint|ibn|al|el|ul|Al|El|Bin|Le|Touq)"
_NAME = rf"{_PART}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_PART}){{1,4}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Shri|Sheikh|Smt|Sir|Gen|Lt|Adm|Sen|Rep|Hon)\.?\s+)*"
# "Ambassador Shinsuke Sugiyama signed for Japan": who does so holds the office there. A friend, too, "spoke for Ukraine".
_ACTS_FOR = r"signed(?:\s+(?:it|the\s+(?:text|agreement|treaty)))?\s+for"
_OFFICE_NAME = re.compile(
    rf"(?<![\w-])(?P<head>{_HEAD}|{_LOWER_HEAD})\s+{_HONORIFIC}(?P<name>{_NAME})(?:\s+(?:of|{_ACTS_FOR})\s+(?P<of>(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}}))?"
)
_OF = rf"(?:\s+of\s+(?P<%s>(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}}))?"
_PLURAL_HEAD = rf"(?<![\w-])(?P<head>{any_of('names', 'plural_offices')})s\b"
_PLURAL = re.compile(
    rf"{_PLURAL_HEAD},?\s+(?P<one>{_NAME}){_OF % 'of'}"
    rf"\s+and\s+(?P<two>{_NAME}){_OF % 'of2'}"
)
_CAPITALS = r"[A-Z][\w’'-]+"
_OWNERLESS = r"[A-Z][\w-]+(?![’'\w-])"
_PHRASE = rf"(?:the\s+)?{_OWNERLESS}(?:(?:,\s+|\s+and\s+|,\s+and\s+|\s+&\s+|\s+of\s+|\s+for\s+|\s+){_OWNERLESS}){{0,9}}"
_LONG_OFFICE = (
    rf"(?:{_CAPITALS}\s+(?:and\s+|&\s+)?){{0,4}}{_HEAD}(?:\s+of\s+State)?(?:\s+\([A-Z][\w ]+\))?(?:\s+(?:of|for|to)\s+{_PHRASE})?"
)
_NAME_OFFICE = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME})(?=,\s+(?:(?:the|its|their|his|her|who\s+is)\s+|(?P<whose>{_CAPITALS}(?:\s{_CAPITALS})?)[’']s\s+)?(?P<office>{_LONG_OFFICE})(?=\s*(?:[,.;:)]|$|and\s|who\s|at\s|in\s|on\s|said\s|signed\s)))"
)
_OFFICE_COMMA_NAME = re.compile(
    rf"(?<![\w’'-])(?=[A-Z])(?P<office>{_LONG_OFFICE}),\s+(?P<name>{_NAME})(?=\s*(?:[,.;:)]|$|and\s))"
)
_COUNTERPART = re.compile(rf"(?<![\w’'-])(?P<whose>(?:{_CAPITALS}\s){{0,3}})counterpart,?\s+{_HONORIFIC}(?P<name>{_NAME})")
# "the Peruvian defence minister, Ana Rojas, …" and "Ana Rojas, the defence minister of Peru, …".
_LOWER_OFFICE = re.compile(
    rf"(?<![\w-])(?P<head>{_LOWER_HEAD})(?P<to>\s+to\s+(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}})?{_OF % 'of'}(?=[,.;:)]|\s+and\s|$)"
)
_NAME_BEHIND = re.compile(rf",\s+{_HONORIFIC}(?P<name>{_NAME})(?=\s*(?:[,.;:)]|$|and\s))")
_NAME_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME}),\s+(?:(?:the|an?|its|their|his|her|who\s+is(?:\s+the)?|now)\s+)?$")
_HEADED = re.compile(rf"{_HEAD}\b")
# "The foreign ministers met. Ana Rojas of Peru and Jone Vula of Fiji signed": one alone might be anybody.
_PLURAL_OFFICE = re.compile(_PLURAL_HEAD)
_NAME_OF = rf"{_NAME}\s+of\s+(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}}"
_ROLL = re.compile(rf"(?:(?<=[,:–—(]\s)|(?<=[.!?]\s)|(?<=\n)){_NAME_OF}(?:(?:,\s+and|,|\s+and)\s+{_NAME_OF})+")
_IN_ROLL = re.compile(rf"(?P<name>{_NAME}){_OF % 'of'}(?:,\s+and|,|\s+and|$)")

# "Ana Rojas: We agreed.", a line of an interview.
_SAID = re.compile(rf"^(?P<name>{_NAME}): .*?(?P<asks>[?？]?)[”\"’']?$", re.MULTILINE)

_MARKS = Marks(plain_list("names", "office_marks"))
_NAMELESS = word_set("names", "nameless_words")


class _Sighting(Struct, frozen=True):
    """A person as one sentence introduces them."""

    name: str
    office: str
    position: int


def find_people(text: str, places: frozenset[str]) -> tuple[Person, ...]:
    """Return the people whom a text introduces with their office, in order of appearance, one entry each under the fullest name.

    `places` holds the folded names and adjectives of countries, which stand before offices and never in names.
    """
    text = text[:_SEARCHED]
    found = [sighting for start, end in _MARKS.find_passages(text) for sighting in _find_sightings(text, start, end, places)]
    found += _find_interviewed(text, places)
    sightings = sorted(found, key=lambda sighting: sighting.position)
    if "counterpart" in text:
        sightings += _find_counterparts(text, sightings, places)
        sightings.sort(key=lambda sighting: sighting.position)
    people: list[Person] = []
    for sighting in sightings:
        index = next((n for n, known in enumerate(people) if _is_same(known.name, sighting.name)), -1)
        if index < 0:
            people.append(Person(sighting.name, sighting.office))
            continue
        known = people[index]
        fuller = max(
            known.name, sighting.name, key=lambda name: (sum(len(part) > 2 for part in name.split()), name == known.name)
        )
        is_told_more = sighting.office.startswith(f"{known.office} of ")
        people[index] = Person(fuller, sighting.office if is_told_more or not known.office else known.office)
    return tuple(people[:_MOST])


def _find_sightings(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[_Sighting]:
    for match in _OFFICE_NAME.finditer(text, start, end):
        if name := _trim_name(match["name"], places):
            of = _country(match["of"], places) if name == match["name"] else ""
            yield _Sighting(name, read_title(text, match, places, of=of).office, match.start("name"))
    for match in _PLURAL.finditer(text, start, end):
        for key, of in (("one", "of"), ("two", "of2")):
            if name := _trim_name(match[key], places):
                yield _Sighting(name, _hold(match["head"], _country(match[of], places)), match.start(key))
    for match in _LOWER_OFFICE.finditer(text, start, end):
        yield from _find_apposed(text, match, start=start, end=end, places=places)
    for match in _PLURAL_OFFICE.finditer(text, start, end):
        yield from _find_roll(text, match, places)
    yield from _find_capital(text, start, end, places)


def _find_capital(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield who is told apart by commas from an office with capitals."""
    for pattern in (_NAME_OFFICE, _OFFICE_COMMA_NAME):
        for match in pattern.finditer(text, start, end):
            name = _trim_name(match["name"], places)
            if name == match["name"] and (office := trim_office(match["office"], places)):
                whose = match.groupdict().get("whose") or ""
                yield _Sighting(name, own(office, whose, places) if fold_word(whose) in places else office, match.start("name"))


def _find_apposed(text: str, match: re.Match[str], *, start: int, end: int, places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield who holds an office in small letters, between commas before it or behind; between two names it is either's."""
    of = _country(match["of"], places)
    if match["of"] and not of:
        return
    title = read_title(text, match, places, of=of)
    before = _NAME_BEFORE.search(text, max(start, title.start - _NAME_REACH), title.start)
    behind = _NAME_BEHIND.match(text, match.end(), end)
    found = None if before and behind else before or behind
    if found and _trim_name(found["name"], places) == found["name"] and not _HEADED.match(found["name"]):
        office = f"{title.office}{match['to']}" if match["to"] else title.office
        yield _Sighting(found["name"], office, found.start("name"))


def _find_roll(text: str, match: re.Match[str], places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield the ministers whom a text lists by their countries right behind their office."""
    if roll := _ROLL.search(text, match.end(), match.end() + _ROLL_REACH):
        for one in _IN_ROLL.finditer(text, *roll.span()):
            name, of = _trim_name(one["name"], places), _country(one["of"], places)
            if of and name == one["name"]:
                yield _Sighting(name, _hold(match["head"], of), one.start("name"))


def _hold(head: str, country: str) -> str:
    """Return the office of one of several; what begins a sentence with "Foreign ministers" is small all the same."""
    is_small = head.rpartition(" ")[2][0].islower()
    return f"{head.lower() if is_small else head}{f' of {country}' if country else ''}"


def _country(of: str | None, places: frozenset[str]) -> str:
    return of if of and fold_word(of).removeprefix("the ") in places else ""


def _find_counterparts(text: str, sightings: Sequence[_Sighting], places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield the people introduced as somebody's counterpart: what office that is stands beside the other name before it."""
    starts = [sighting.position for sighting in sightings]
    for match in _COUNTERPART.finditer(text):
        name = _trim_name(match["name"], places)
        last = bisect_left(starts, match.start()) - 1
        if not name or last < 0 or starts[last] < match.start() - _COUNTERPART_REACH or not sightings[last].office:
            continue
        whose = " ".join(
            word for word in match["whose"].split() if fold_word(word) in places or fold_word(match["whose"].strip()) in places
        )
        office = bare_title(sightings[last].office, places)
        yield _Sighting(name, f"{whose} counterpart of the {office}".strip(), match.start("name"))


def _find_interviewed(text: str, places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield who is interviewed: of those who speak by turns, the ones who answer and never ask; who asks may be a newspaper.

    "In an interview with" is followed by the newspaper as often as by the person, and tells neither.
    """
    lines: dict[str, list[re.Match[str]]] = {}
    for line in _SAID.finditer(text):
        lines.setdefault(line["name"], []).append(line)
    asking = {name for name, said in lines.items() if any(line["asks"] for line in said)}
    for name, said in lines.items() if asking else ():
        if name not in asking and len(said) > 1 and _trim_name(name, places) == name and not _HEADED.match(name):
            yield _Sighting(name, "", said[0].start())


def _trim_name(name: str, places: frozenset[str]) -> str:
    """Return a name without the capitalised words that follow it, or nothing when it is none."""
    kept: list[str] = []
    for word in name.split():
        if is_small(word) or fold_word(word.strip(".")) in _NAMELESS or (fold_word(word) in places and kept):
            break
        kept.append(re.sub(r"[’']s$", "", word))
        if word.endswith(("’s", "'s")):
            break
    while kept and kept[-1] in ("de", "van", "von", "bin", "al", "el", "la", "le", "der", "da", "Al", "El", "Bin"):
        kept.pop()
    if len(kept) < 2 or fold_word(kept[0]) in places or fold_word(" ".join(kept)) in places or fold_word(kept[0]) in PORTFOLIO:
        return ""
    return " ".join(kept) if any(len(word) > 2 for word in kept) else ""


def _is_same(one: str, other: str) -> bool:
    """Say whether two names are one person's: the same words, or the same last name with initials that agree."""
    a, b = fold_word(one).replace(".", "").split(), fold_word(other).replace(".", "").split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]
