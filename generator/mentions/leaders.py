"""Whom a surname means: a leader counts only by full name, or by a title that agrees with the office that he or she held."""

import re

from generator.mentions.index import Index
from generator.mentions.names import fold_case

# The offices in which a title lets a surname count: "Secretary Baker" is the foreign minister, "King Baker" is nobody.
_TITLES: dict[str, tuple[str, ...]] = {
    "president": ("president", "deputy", "monarch"),
    "presidents": ("president", "deputy"),
    "premier": ("premier",),
    "minister": ("premier", "foreign", "defence", "finance", "trade", "energy", "agriculture", "security"),
    "ministers": ("premier", "foreign", "defence", "finance", "trade", "energy"),
    "pm": ("premier",),
    "taoiseach": ("premier",),
    "chancellor": ("chancellor", "finance"),
    "secretary": ("foreign", "defence", "finance", "trade", "energy", "agriculture"),
    "secretaries": ("foreign", "defence", "finance", "trade"),
    "state": ("foreign",),
    "eam": ("foreign",),
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
    "governor": ("bank",),
}
_WORD = re.compile("[A-Za-z]+")
# From the start of a word, and that as a whole: otherwise it is tried from each of the letters.
_TITLE_BEFORE = re.compile(
    r"(?<![A-Za-z])([A-Za-z]++)(?:-elect)?(?:\s+(?:Dr|Mr|Mrs|Ms|Shri|Smt|Gen|General)\.?)?\s+"
    r"(?:[A-Z][\w'’.-]+(?:, [A-Z][\w'’.-]+)*,? and\s+)?$"
)
_RULE_AFTER = re.compile(r"['’]?s?\s+(?:[Aa]dministration|[Gg]overnment)\b")


def find_leader_country(text: str, start: int, end: int, *, index: Index, named: frozenset[str], year: int) -> str:
    """Return the country of the leader whom `text[start:end]`, a surname, means beside its title, or an empty text.

    `named` are the countries that the text names otherwise: they decide between leaders of the same surname and office.
    """
    offices = _offices_beside(text, start, end)
    if not offices:
        return ""
    people = [leader for leader in index.leaders.get(fold_case(text[start:end]), ()) if offices & set(leader.offices)]
    if year:
        # A year of grace on either side: ministers are spoken of before they take office and after they leave it.
        people = [leader for leader in people if leader.first - 1 <= year <= leader.last + 1]
    possible = {leader.country for leader in people}
    possible = possible & named or possible
    return min(possible) if len(possible) == 1 else ""


def _offices_beside(text: str, start: int, end: int) -> set[str]:
    around = text[max(0, start - 60) : start]
    # Most surnames are other words, such as "may" and "li"; the pattern takes 17 µs to say so, the words 3.
    if any(word.lower() in _TITLES for word in _WORD.findall(around)):
        before = _TITLE_BEFORE.search(around)
        if before and before[1].lower() in _TITLES:
            return set(_TITLES[before[1].lower()])
    return {"president", "premier"} if _RULE_AFTER.match(text, end) else set()
