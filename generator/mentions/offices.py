"""Whether a word stands in the name of an office: a "Trade, Industry and Energy Minister" speaks for none of the three."""

import re
from typing import Literal

# What an office is called, with a capital as the names of offices have it; "Secretary General" heads a body of another name.
_HEAD = (
    r"(?:Ministers?|Ministry|Ministries|(?:Under-?)?[Ss]ecretary(?![- ]General)|Secretaries|Secretariat|Departments?|Office"
    r"|Advis[eo]rs?|Agency|Agencies|Bureau|Commissioners?|Envoy|Representative|Authority|Directorate|Administration)\b"
)
_NAME = r"(?!Prime\b|Deputy\b|Vice\b|First\b|Chief\b)[A-Z][\w’'-]*"
# "Defence Secretary", but "Business and Trade Secretary".
_BESIDE_HEAD = re.compile(f" {_HEAD}")
_OTHER_PRECEDES = re.compile(rf"(?<!\w){_NAME},? (?:and|&) $")
# "National Security Office", "Trade-Investment Promotion Agency"; "Trade, Industry and Energy Minister".
_BEFORE_HEAD = re.compile(
    rf"(?:[ -]{_NAME}){{0,3}} {_HEAD}|(?:,(?: {_NAME}){{1,3}}){{0,6}},? (?:and|&)(?: {_NAME}){{1,3}} {_HEAD}"
)
# "Ministry of Defence", "Secretary of State for Defence", but "Minister of Trade, Industry and Energy".
_BESIDE_HEAD_OF = re.compile(rf"\b{_HEAD}(?: of State)? (?:of|for) (?:the )?(?:National )?$")
_OTHER_FOLLOWS = re.compile(rf"(?:,(?: {_NAME}){{1,3}}){{0,6}},? (?:and|&) {_NAME}")
# "Minister of Economy, Trade and Industry", "Ministry of New and Renewable Energy".
_BEHIND_HEAD_OF = re.compile(rf"\b{_HEAD}(?: of State)? (?:of|for|on)(?: the)?(?:,?(?: and| &)? {_NAME})*,?(?: and| &)?[ -]$")
_REACH = 90

Share = Literal["", "sole", "part"]


def find_share(text: str, start: int, end: int) -> Share:
    """Return which share of the name of an office `text[start:end]` has: all that is in its charge, a part of it, or none."""
    before = max(0, start - _REACH)
    if _BESIDE_HEAD.match(text, end):
        return "part" if _OTHER_PRECEDES.search(text, before, start) else "sole"
    if _BEFORE_HEAD.match(text, end):
        return "part"
    if _BESIDE_HEAD_OF.search(text, before, start):
        return "part" if _OTHER_FOLLOWS.match(text, end) else "sole"
    return "part" if _BEHIND_HEAD_OF.search(text, before, start) else ""
