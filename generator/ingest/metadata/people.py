"""People with their offices, from how English news texts introduce them.

Precision before recall: a name counts only beside an office. A wrong person on a page is worse than none.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.ingest.metadata.passages import Marks
from generator.ingest.metadata.portfolios import LINKS, PORTFOLIO, trim_portfolios
from generator.ingest.words import CAPITAL, SMALL, any_of, fold_word, is_small, plain_list, word_set
from generator.model import Person

# Names stand near the top of a text; a file of 5 MB is not searched to its end.
_SEARCHED = 60_000
_MOST = 12

_HEAD = any_of("names", "offices")
_LOWER_HEAD = any_of("names", "lower_offices")
# A name that ends within a word is none: "Jan K" of "Jan KOVÁŘ".
_PART = rf"(?:[{CAPITAL}](?:[\w’']*[{SMALL}](?:-\w+)?|\w*-[A-Za-z]\w*|\.)?(?!\w)|(?:al|el|ad|as|ash|an)-[A-Z]\w+)"
_PARTICLE = r"(?:de|da|do|dos|del|della|di|la|le|van|von|der|den|bin|bint|ibn|al|el|ul|Al|El|Bin|Le|Touq)"
_NAME = rf"{_PART}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_PART}){{1,4}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Shri|Sheikh|Smt|Sir|Gen|Lt|Adm|Sen|Rep|Hon)\.?\s+)*"
# "Ambassador Shinsuke Sugiyama signed for Japan": who does so holds the office there. A friend, too, "spoke for Ukraine".
_ACTS_FOR = r"signed(?:\s+(?:it|the\s+(?:text|agreement|treaty)))?\s+for"
_OFFICE_NAME = re.compile(
    rf"(?<![\w-])(?P<head>{_HEAD}|{_LOWER_HEAD})\s+{_HONORIFIC}(?P<name>{_NAME})(?:\s+(?:of|{_ACTS_FOR})\s+(?P<of>(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}}))?"
)
_OF = rf"(?:\s+of\s+(?P<%s>(?:the\s+)?{_PART}(?:\s{_PART}){{0,2}}))?"
_PLURAL = re.compile(
    rf"(?<![\w-])(?P<head>{any_of('names', 'plural_offices')})s,?\s+(?P<one>{_NAME}){_OF % 'of'}"
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
    if "counterpart" in text:
        found += _find_counterparts(text, places)
    sightings = sorted(found, key=lambda sighting: sighting.position)
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
            yield _Sighting(name, _office(text, match, places, name), match.start("name"))
    for match in _PLURAL.finditer(text, start, end):
        for key, of in (("one", "of"), ("two", "of2")):
            if name := _trim_name(match[key], places):
                country = f" of {match[of]}" if match[of] and fold_word(match[of]).removeprefix("the ") in places else ""
                yield _Sighting(name, match["head"] + country, match.start(key))
    for pattern in (_NAME_OFFICE, _OFFICE_COMMA_NAME):
        for match in pattern.finditer(text, start, end):
            name = _trim_name(match["name"], places)
            if name == match["name"] and (office := _trim_office(match["office"], places)):
                whose = match.groupdict().get("whose") or ""
                yield _Sighting(name, _own(office, whose, places) if fold_word(whose) in places else office, match.start("name"))


def _find_counterparts(text: str, places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield the people introduced as somebody's counterpart: what office that is stands beside the other name before it."""
    for match in _COUNTERPART.finditer(text):
        name = _trim_name(match["name"], places)
        before = list(_OFFICE_NAME.finditer(text, max(0, match.start() - 200), match.start()))
        if not name or not before:
            continue
        whose = " ".join(
            word for word in match["whose"].split() if fold_word(word) in places or fold_word(match["whose"].strip()) in places
        )
        office = _office(text, before[-1], places, _trim_name(before[-1]["name"], places), bare=True)
        yield _Sighting(name, f"{whose} counterpart of the {office}".strip(), match.start("name"))


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


def _office(text: str, match: re.Match[str], places: frozenset[str], name: str, *, bare: bool = False) -> str:
    """Return the whole office in front of a name: portfolio and country before its head, or the country behind the name."""
    head = match["head"]
    words = text[max(0, text.rfind("\n", 0, match.start()) + 1, match.start() - 90) : match.start()].split()
    taken: list[str] = []
    while words:
        word = words[-1]
        plain_word = fold_word(word.strip(",")).removesuffix("'s")
        pair = fold_word(" ".join(words[-2:]))
        if (plain_word in PORTFOLIO and (word[:1].isupper() or head[:1].islower())) or (
            taken and plain_word in LINKS and len(words) > 1 and fold_word(words[-2].strip(",")) in PORTFOLIO
        ):
            taken.insert(0, words.pop())
        elif bare or word.endswith(","):
            break
        elif plain_word in places and not (len(words) > 1 and pair in places):
            taken.insert(0, words.pop())
            break
        elif pair in places:
            taken[:0] = words[-2:]
            break
        else:
            break
    while taken and (fold_word(taken[0]) in LINKS or not taken[0][0].isalnum()):
        taken.pop(0)
    office = " ".join((*taken, head)).removeprefix("the ")
    of = match.groupdict().get("of") or ""
    follows = of and match["name"] == name and fold_word(of).removeprefix("the ") in places
    if follows and not bare and not (taken and fold_word(taken[0]).removesuffix("'s") in places):
        return f"{office} of {of}"
    return re.sub(r"^(\S+(?: \S+)?)[’']s ", r"\1 ", office)


def _trim_office(office: str, places: frozenset[str]) -> str:
    """Return an office without what does not belong to it, or nothing where its words are of no office."""
    if owner := re.match(rf"(?P<whose>{_CAPITALS}?(?:\s{_CAPITALS}?)?)[’']s\s", office):
        if fold_word(owner["whose"]) not in places:
            return ""
        office = office[owner.end() :]
    head = re.search(_HEAD, office)
    if head is None:
        return ""
    before = office[: head.start()].split()
    known = [
        word
        for word in before
        if fold_word(word.strip(",")) in PORTFOLIO
        or fold_word(word) in LINKS
        or fold_word(word) in places
        or fold_word(" ".join(before[:2])) in places
    ]
    if len(known) != len(before):
        return ""
    if of := re.search(r"\s(?:of|for|to)\s", office[head.end() - 1 :]):
        office = trim_portfolios(office, head.end() - 1 + of.end(), places)
        if office.endswith((" of", " for", " to")):
            return ""
    return _own(office, owner["whose"], places) if owner else office


def _own(office: str, whose: str, places: frozenset[str]) -> str:
    """Return an office with the country that it belongs to, unless it ends in one."""
    is_owned = fold_word(office.rpartition(" of ")[2]).removeprefix("the ") in places
    title, to, place = office.partition(" to ")
    is_sent = _SENT.search(title) or fold_word(place).removeprefix("the ") in places
    return office if is_owned else f"{title} of {whose}{to}{place}" if is_sent else f"{office} of {whose}"


# "Ambassador of Peru to Fiji", but "Secretary to the Treasury of Peru".
_SENT = re.compile(r"\b(?:Ambassador|Commissioner|Envoy|Representative|Observer|Delegate)$")


def _is_same(one: str, other: str) -> bool:
    """Say whether two names are one person's: the same words, or the same last name with initials that agree."""
    a, b = fold_word(one).replace(".", "").split(), fold_word(other).replace(".", "").split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]
