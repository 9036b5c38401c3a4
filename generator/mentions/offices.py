"""Whether a word stands in the name of an office: a "Trade, Industry and Energy Minister" speaks for none of the three."""

import re
from typing import Literal

# What an office is called, with a capital as the names of offices have it; "Secretary General" heads a body of another name.
_HEAD = (
    r"(?:Ministers?|Ministry|Ministries|(?:Under-?)?[Ss]ecretary(?![- ]General)|Secretaries|Secretariat|Departments?|Office"
    r"|Advis[eo]rs?|Agency|Agencies|Bureau|Commissioners?|Envoy|Representative|Authority|Directorate|Administration)\b"
)
# One way to read a word: a pattern that could divide a chain of hyphens would try every way to.
_NAME = r"(?!Prime\b|Deputy\b|Vice\b|First\b|Chief\b)[A-Z][\w’']*+(?:-[\w’']++)*+"
# Few phrases have an office before them: a search that begins with a letter tells so in a tenth of the time.
_ANY_HEAD = re.compile(_HEAD.replace("(?:Under-?)?[Ss]ecretary", "Secretary|secretary"))
# "Defence Secretary", but "Business and Trade Secretary".
_BESIDE_HEAD = re.compile(f" {_HEAD}")
_OTHER_PRECEDES = re.compile(rf"(?<!\w){_NAME},? (?:and|&) $")
# "National Security Office", "Trade-Investment Promotion Agency"; "Trade, Industry and Energy Minister".
_BEFORE_HEAD = re.compile(
    rf"(?:-{_NAME})?+(?: {_NAME}){{0,3}} {_HEAD}|(?:,(?: {_NAME}){{1,3}}){{0,6}},? (?:and|&)(?: {_NAME}){{1,3}} {_HEAD}"
)
# "Ministry of Defence", "Secretary of State for Defence", but "Minister of Trade, Industry and Energy".
_BESIDE_HEAD_OF = re.compile(rf"\b{_HEAD}(?: of State)? (?:of|for) (?:the )?(?:National )?$")
_OTHER_FOLLOWS = re.compile(rf"(?:,(?: {_NAME}){{1,3}}){{0,6}},? (?:and|&) {_NAME}")
# "Minister of Economy, Trade and Industry", "Ministry of New and Renewable Energy".
_BEHIND_HEAD_OF = re.compile(rf"\b{_HEAD}(?: of State)? (?:of|for|on)(?: the)?(?:,?(?: and| &)? {_NAME})*,?(?: and| &)?[ -]$")
# A headline has capitals throughout, "Modi Hails Trade Pact With UK Trade Secretary": there only a list of single words tells.
_LIST_BEFORE_HEAD = re.compile(rf"(?:, {_NAME}){{1,6}},? (?:and|&) {_NAME} {_HEAD}")
_LIST_BEHIND_HEAD_OF = re.compile(rf"\b{_HEAD}(?: of State)? (?:of|for|on)(?: the)? {_NAME}(?:, {_NAME})*(?:,|,? (?:and|&)) $")
_SMALL = re.compile(r"(?<![\w’'-])(?!(?:an?|and|as|at|but|by|for|from|in|into|of|on|or|over|than|the|to|up|via|vs?|with)\b)[a-z]")
_REACH = 90

# Who holds an office, rather than the office; what stands in small letters before them is asked about, too.
_HOLDERS = (" Minister", " Secretary")
SMALL_HOLDERS = (" minister", " secretary")

Share = Literal["", "sole", "charge", "part"]


def find_share(text: str, start: int, end: int) -> Share:
    """Return which share of the name of an office `text[start:end]` has: all that is in its charge, a part of it, or none.

    What a person is in charge of is a `charge`: the climate minister opens gas pipelines, too, and the climate agency does not.
    """
    if text.startswith(SMALL_HOLDERS, end):
        return "charge"
    before, behind = max(0, start - _REACH), end + _REACH
    if _BESIDE_HEAD.match(text, end):
        return "part" if _OTHER_PRECEDES.search(text, before, start) else "charge" if text.startswith(_HOLDERS, end) else "sole"
    if _BEFORE_HEAD.match(text, end, behind):
        return "part" if _LIST_BEFORE_HEAD.match(text, end, behind) or not _is_headline(text, start, end) else ""
    has_head = _ANY_HEAD.search(text, before, start)
    if has_head and _BESIDE_HEAD_OF.search(text, before, start):
        return "part" if _OTHER_FOLLOWS.match(text, end, behind) else "sole"
    if has_head and _BEHIND_HEAD_OF.search(text, before, start):
        return "part" if _LIST_BEHIND_HEAD_OF.search(text, before, start) or not _is_headline(text, start, end) else ""
    return ""


def _is_headline(text: str, start: int, end: int) -> bool:
    """Say whether the words around `text[start:end]` in its line have capitals, all but the small ones."""
    first = max(text.rfind("\n", 0, start) + 1, start - 2 * _REACH)
    last = text.find("\n", end, end + 2 * _REACH)
    return not _SMALL.search(text, first, end + 2 * _REACH if last < 0 else last)
