"""What an office is called beside a name: its portfolio, and the country that it belongs to."""

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.ingest.metadata.portfolios import LINKS, PORTFOLIO, trim_portfolios
from generator.ingest.words import any_of, fold_word

_HEAD = re.compile(any_of("names", "offices"))
_CAPITALS = r"[A-Z][\w’'-]+"
_OWNER = re.compile(rf"(?P<whose>{_CAPITALS}?(?:\s{_CAPITALS}?)?)[’']s\s")
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$")
# "Ambassador of Peru to Fiji", but "Secretary to the Treasury of Peru".
_SENT = re.compile(r"\b(?:[Aa]mbassador|Commissioner|Envoy|Representative|Observer|Delegate)$")
# So far before its head an office begins, and so many words have the names of countries: "Bosnia and Herzegovina".
_REACH = 90
_COUNTRY_WORDS = 5
# "Peru's foreign ministry spokesman": bodies that are part of an office in small letters.
_BODIES = frozenset({"government", "ministry"})


class Title(Struct, frozen=True):
    """An office with its country, and where in the text it begins."""

    office: str
    start: int


def read_title(text: str, head: re.Match[str], places: frozenset[str], *, of: str = "") -> Title:
    """Return the office whose head is the group `head`: with the portfolio and country before it, or the country `of` behind."""
    first = max(0, text.rfind("\n", 0, head.start("head")) + 1, head.start("head") - _REACH)
    found = list(re.finditer(r"\S+", text[first : head.start("head")]))
    words = [word.group() for word in found]
    size = _count_portfolios(words, is_lower=head["head"][:1].islower())
    country, length = _find_country(words[: len(words) - size], places)
    taken = words[len(words) - size :]
    # "Poland's new foreign minister" will not be new for long.
    while taken and (fold_word(taken[0]) in LINKS or taken[0] == "new" or not taken[0][0].isalnum()):
        taken.pop(0)
    start = first + found[len(words) - size - length].start() if size + length else head.start("head")
    office = " ".join((*taken, head["head"])).removeprefix("the ")
    if owner := _POSSESSIVE.search(country):
        article = "the " if words[: len(words) - size - length][-1:] in (["the"], ["The"]) else ""
        return Title(own(office, article + country[: owner.start()], places), start)
    if country:
        former = "former " if words[: len(words) - size - length][-1:] in (["former"], ["Former"]) else ""
        return Title(f"{former}{country} {office}", start - len(former))
    return Title(f"{office} of {of}" if of else office, start)


def _count_portfolios(words: Sequence[str], *, is_lower: bool) -> int:
    """Return how many words at the end are those of a portfolio; before a head in small letters they may be small, too."""
    size = 0
    while size < len(words):
        word = words[-1 - size]
        before = words[-2 - size] if size + 1 < len(words) else ""
        is_portfolio = (fold_word(word.strip(",")) in PORTFOLIO and (word[:1].isupper() or is_lower)) or (
            is_lower and word in _BODIES
        )
        if not is_portfolio and not (size and fold_word(word) in LINKS and fold_word(before.strip(",")) in PORTFOLIO):
            break
        size += 1
    return size


def _find_country(words: Sequence[str], places: frozenset[str]) -> tuple[str, int]:
    """Return the country that ends `words`, as it stands there, and of how many words it is."""
    for size in range(min(len(words), _COUNTRY_WORDS), 0, -1):
        country = " ".join(words[-size:])
        if country[0].isupper() and fold_word(_POSSESSIVE.sub("", country)) in places:
            return country, size
    return "", 0


def bare_title(office: str, places: frozenset[str]) -> str:
    """Return an office without its country."""
    title, of, country = office.rpartition(" of ")
    if of and fold_word(country).removeprefix("the ") in places:
        return title
    words = office.split()
    size = next(
        (size for size in range(min(len(words) - 1, _COUNTRY_WORDS), 0, -1) if fold_word(" ".join(words[:size])) in places), 0
    )
    return " ".join(words[size:])


def trim_office(office: str, places: frozenset[str]) -> str:
    """Return an office without what does not belong to it, or nothing where its words are of no office."""
    if owner := _OWNER.match(office):
        if fold_word(owner["whose"]) not in places:
            return ""
        office = office[owner.end() :]
    head = _HEAD.search(office)
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
    return own(office, owner["whose"], places) if owner else office


def own(office: str, whose: str, places: frozenset[str]) -> str:
    """Return an office with the country that it belongs to, unless it ends in one."""
    is_owned = fold_word(office.rpartition(" of ")[2]).removeprefix("the ") in places
    title, to, place = office.partition(" to ")
    is_sent = _SENT.search(title) or fold_word(place).removeprefix("the ") in places
    return office if is_owned else f"{title} of {whose}{to}{place}" if is_sent else f"{office} of {whose}"
