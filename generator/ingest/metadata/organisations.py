"""Organisations with their abbreviations: those of the vocabulary, and in English those that the form of a name shows.

Precision before recall: agreements and initiatives in capitals are no bodies, and a name that may be cut wrongly is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.ingest.metadata.passages import Marks
from generator.ingest.metadata.portfolios import PORTFOLIO, trim_portfolios
from generator.ingest.words import any_of, fold_word, plain_list
from generator.mentions.bodies import find_bodies
from generator.mentions.index import Index
from generator.model import Organisation

# Names stand near the top of a text; a file of 5 MB is not searched to its end.
_SEARCHED = 60_000
_MOST = 12

_END = any_of("names", "body_ends")
_START = any_of("names", "body_starts")
_CAPITALS = r"[A-Z][\w’'-]+"
_OF_BODY = re.compile(
    rf"(?<![\w-])(?P<name>(?:{_START})\s+(?:of|for)\s+(?:the\s+)?{_CAPITALS}(?:(?:,\s+|\s+|,?\s+and\s+|\s+&\s+|\s+of\s+|\s+for\s+(?:the\s+)?)(?!(?:{_START})\s+(?:of|for)\s){_CAPITALS})*)(?:\s+\((?P<short>[A-Z][A-Za-z&.-]{{1,11}})\))?"
)
_END_BODY = re.compile(
    rf"(?<![\w-])(?P<name>(?:[A-Z][\w&’'-]*(?:\s+(?:of|and(?!\s+(?:{_START})\s+of\s)|for|&)\s+|\s+)){{1,6}}(?:{_END})(?:\s+of\s+(?:the\s+)?{_CAPITALS}(?:\s{_CAPITALS}){{0,2}})?)(?![\w-])(?:\s+\((?P<short>[A-Z][A-Za-z&.-]{{1,11}})\))?"
)
_SHORT_BODY = re.compile(
    r"(?<![\w&’'-])(?P<name>(?:[A-Z][\w&’'-]*(?:\s+(?:of|and|for|on|the|in|&)(?:\s+the)?\s+|\s+)){2,9})\((?P<short>[A-Z][A-Z&]{1,9})\)"
)
_MARKS = Marks(plain_list("names", "body_marks"))
_BRACKET = Marks("(")
_ANY_BODY = re.compile(rf"\b{any_of('names', 'body_ends', 'body_starts', 'other_bodies')}\b")
_NOT_A_BODY = re.compile(rf"\b{any_of('names', 'not_bodies')}$")
_OFFICE = re.compile(rf"{any_of('names', 'offices')}\b")
_COMPANY = re.compile(
    r"^(?:Limited|Ltd|Inc|Company|Industries|Aerospace|Electronics|Motors|Airlines|Shipyards?|Corporation|Bank|Group)$"
)
# "The Reserve Bank of India" is called so; "the Joint Commission of India and South Korea" is only spoken of so.
_OWNED = re.compile(
    r"(?:Commission|Fund|Agency|Company|Limited|Ltd|Inc|Foundation|Organi[sz]ation|Aerospace|Electronics|Motors|Airlines|Shipyards?|Laborator\w+)(?P<of>\sof\s.*)$"
)
_SENTENCE_START = frozenset(
    "the a an in on at for with by from its this that both and when while after under as if of to but".split()
)


def find_known(text: str, index: Index) -> tuple[Organisation, ...]:
    """Return the organisations of the vocabulary that a text names, in order of appearance, as its language calls them."""
    return tuple(dict.fromkeys(body for _, _, body in _known(text[:_SEARCHED], index)))[:_MOST]


def _known(text: str, index: Index) -> Iterator[tuple[int, int, Organisation]]:
    for body, start, end in find_bodies(text, index):
        names = body.names[index.lang]
        short = next((name for name in names[1:] if name.isupper() and " " not in name), "")
        yield start, end, Organisation(names[0], short)


def find_organisations(text: str, places: frozenset[str], index: Index) -> tuple[Organisation, ...]:
    """Return the bodies that an English text names, in order of appearance, with the abbreviation that it gives in brackets."""
    text = text[:_SEARCHED]
    found = [*_known(text, index)]
    for match in _search((_SHORT_BODY,), _BRACKET, text):
        if name := _match_initials(match["name"].strip(), match["short"]):
            end = match.start("short") - 1
            found.append((end - len(name), end, Organisation(name, match["short"])))
    for match in _search((_END_BODY, _OF_BODY), _MARKS, text):
        short = match["short"] or ""
        if name := _trim_body(match["name"], places):
            start = match.start("name") + match["name"].find(name)
            found.append((start, start + len(name), Organisation(name, short if _fits(short, name) else "")))
    # Of two findings at one place the one that starts first is the whole name: "Reserve Bank of India", not "Bank of India".
    bodies: list[Organisation] = []
    done = -1
    for start, end, body in sorted(found, key=lambda item: (item[0], -item[1], not item[2].abbreviation)):
        if start >= done:
            bodies.append(body)
            done = end
    return _merge(bodies)


def _search(patterns: Iterable[re.Pattern[str]], marks: Marks, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of each pattern in turn, where the text holds its marks."""
    passages = tuple(marks.find_passages(text))
    for pattern in patterns:
        for start, end in passages:
            yield from pattern.finditer(text, start, end)


def _match_initials(phrase: str, short: str) -> str:
    """Return the last words of a phrase whose initials spell the abbreviation, when they name a body."""
    words = phrase.split()
    wanted = [letter for letter in short if letter.isalpha()]
    for start in range(len(words) - 1, -1, -1):
        initials = [part[0] for word in words[start:] for part in re.split("-", word) if part[:1].isupper()]
        if initials == wanted and words[start][0].isupper():
            name = " ".join(words[start:])
            return "" if _NOT_A_BODY.search(name) or not _ANY_BODY.search(name) else name
    return ""


def _fits(short: str, name: str) -> bool:
    """Say whether an abbreviation can be of a name: it starts with the same letter."""
    return bool(short) and short[0] == name[0] and len(short) < len(name)


def _trim_body(name: str, places: frozenset[str]) -> str:
    """Return the name of a body without the words that a sentence put before or behind it, or nothing."""
    words = name.split()
    while words and fold_word(words[0]) in _SENTENCE_START:
        words.pop(0)
    if len(words) < 2 or re.match(r"^\S+[’']s$", words[0]) or any(word.endswith(("’s", "'s")) for word in words[:-1]):
        return ""
    if "and" in words and _COMPANY.search(words[-1]) and fold_word(words[words.index("and") - 1]) not in PORTFOLIO:
        words = words[words.index("and") + 1 :]
    if _OFFICE.match(" ".join(words)) and "of" in words:
        words = words[words.index("of") + 1 :]
        words = words[1:] if words[:1] == ["the"] else words
    if len(words) < 2:
        return ""
    name = " ".join(words)
    if start := re.match(rf"(?:{_START})\s+(?:of|for)\s", name):
        name = trim_portfolios(name, start.end(), places)
    if owned := _OWNED.search(name):
        name = name[: owned.start("of")]
    words = name.split()
    if (
        _NOT_A_BODY.search(name)
        or _OFFICE.match(name)
        or len(words) > 10
        or all(fold_word(word) in places for word in words[:-1])
    ):
        return ""
    return name


def _merge(bodies: Sequence[Organisation]) -> tuple[Organisation, ...]:
    merged: dict[str, Organisation] = {}
    for body in bodies:
        key = fold_word(body.name)
        longer = next(
            (known for known in merged if key != known and (known.endswith(f" {key}") or known.startswith(f"{key} "))), ""
        )
        known = merged.get(longer or key)
        if known is None:
            merged[key] = body
        elif not known.abbreviation and body.abbreviation:
            merged[longer or key] = replace(known, abbreviation=body.abbreviation)
    return tuple(list(merged.values())[:_MOST])
