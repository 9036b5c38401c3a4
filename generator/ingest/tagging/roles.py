"""What a country does in its sentence: whether it acts, is dealt with, is a place, or is only spoken about.

What stands beside its name says so, what it is enumerated with, and where the sentence turns to what its parties speak about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.ingest.tagging.grammar import JOINT_WORDS, OFFICES, Role, is_place, read_foreign, read_role
from generator.ingest.tagging.survey import Part, Place, Survey
from generator.mentions import Found

# The roles in which a country takes part in what is told.
DOING: frozenset[Role] = frozenset({"speaker", "actor", "joint", "leader", "subject", "named"})
# More countries than this in one enumeration are a list, not parties.
PARTIES_MAX = 5


class Played(NamedTuple):
    """A mention in its role and part; `factor` is below 1 where the sentence has turned to what its parties speak about."""

    mention: Found
    role: Role
    place: Place
    factor: float


_ARTICLE = "(?:the|le|la|les|el|los|las|der|die|das|o|a|os|as) |l['’]"
_GAP = re.compile(
    rf"(?:|,? (?:and|&|et|und|y|e|и|और|एवं|तथा|व|as well as) (?:of |{_ARTICLE})?|, (?:{_ARTICLE})?| ?[-–—/·・、] ?| vs?\.? "
    r"|和|与|與|及|と|와 ?|과 ?| و)\Z"
)
_COMPOUND = re.compile(r"(?: ?[-–—/·・] ?| vs?\.? )?\Z")
# What comes after these words is what the parties speak about: "spoke with Modi of India to discuss the trip to Poland".
_SCOPE = re.compile(
    r"\b(?:to (?:discuss|exchange (?:views|perspectives)|address|condemn|congratulate|express|review|support|prepare|consult on"
    r"|coordinate on)|discuss(?:ed|ing|es)|regarding|concerning|with regard to|related to|in light of|in response to|following"
    r"|ahead of|amid|including|particularly|such as|exchanged (?:views|perspectives)|developments (?:in|on|related)"
    r"|preparations for|condemn(?:ed|s|ing)|reaffirmed|underscored|reiterated|support for)\b",
    re.IGNORECASE,
)
# So does what comes after these, once two of them have done something.
_TURN = re.compile(
    r"\b(?:before|after|ahead of|amid|despite|until|since|while|over|about|near|along|on (?:the|its|their))\b", re.IGNORECASE
)
_STAGE = re.compile(r", (?:[^\W\d_]{1,3}['’ ])?")
_OCCASION = re.compile(r"\W*(?:Following|After|Ahead of|Amid|During|Before|In|On|At)\b[^,.]*,\s")
_SCOPED: Mapping[Role, float] = {"actor": 0.6, "speaker": 1.0, "leader": 0.5}
_SCOPED_OTHERS = 0.35
_QUESTION = re.compile(r"(?:Q\.?|QUESTION|REPORTER|Question):\s|Q\.?\s+(?=[A-Z—–(“\"])")


def read_roles(survey: Survey, quiet: Mapping[Part, Role]) -> Iterator[Played]:
    """Yield each mention with its role; in the parts of `quiet` nobody acts, and a country has the role given there."""
    text, parts, words = survey.text, survey.parts, survey.index.words
    offices = OFFICES | {part.lower() for word in words.get("office", ()) for part in word.split()}
    joint = JOINT_WORDS | {word.lower() for word in (*words.get("with", ()), *words.get("between", ()))}
    foreign = tuple(word.lower() for word in words.get("office", ()))
    at, scoped_at, scope = 0, -1, 0
    doers: dict[str, int] = {}
    stage: Found | None = None
    for chain in _chains(text, survey.found):
        while at + 1 < len(parts) and parts[at].end <= chain[0].start:
            at += 1
        part = parts[at]
        if at != scoped_at:
            scoped_at, scope, doers = at, _find_scope(text, part), {}
        roles = [read_role(survey, mention, part, offices=offices, joint=joint) for mention in chain]
        if quiet and part in quiet:
            yield from _hush(chain, roles, quiet[part], part.place)
            continue
        if words:
            roles = [
                read_foreign(text, mention, part, role=role, offices=foreign) for mention, role in zip(chain, roles, strict=True)
            ]
            roles = ["place" if is_place(text, mention, words) else role for mention, role in zip(chain, roles, strict=True)]
        # "à Doha, au Qatar": the country of a place is one, too.
        if stage and stage.term == chain[0].term and _STAGE.fullmatch(text, stage.end, chain[0].start):
            roles[0] = "place"
        stage = chain[-1] if roles[-1] == "place" else None
        # Six characters are room for an article or a quotation mark.
        shared = tuple(_share(text, chain, roles, is_first=chain[0].start - part.start <= 6))
        is_scoped = chain[0].start >= scope or _is_beside(text, chain, doers)
        for mention, role in zip(chain, shared, strict=True):
            yield Played(mention, role, part.place, _SCOPED.get(role, _SCOPED_OTHERS) if is_scoped else 1.0)
            if role in DOING and not is_scoped:
                doers[mention.term] = mention.end


def _hush(chain: Sequence[Found], roles: Sequence[Role], told: Role, place: Place) -> Iterator[Played]:
    """Yield mentions in a part where nobody acts: whose officials or leaders are named counts before what they had to do with."""
    for mention, role in zip(chain, roles, strict=True):
        yield Played(mention, told, place, 1.0 if role in ("actor", "leader") or told == "place" else _SCOPED_OTHERS)


def _is_beside(text: str, chain: Sequence[Found], doers: Mapping[str, int]) -> bool:
    """Say whether two others do something before a word that turns away from them: "… signed a pact after talks with"."""
    if len(doers) < 2 or any(mention.term in doers for mention in chain):
        return False
    return _TURN.search(text, max(doers.values()), chain[0].start) is not None


def _find_scope(text: str, part: Part) -> int:
    """Return where a sentence turns to what its parties speak about; a reporter's question does so from its first word."""
    if _QUESTION.match(text, part.start):
        return part.start
    # "Following talks ahead of the summit, Norway and Germany signed …": a sentence may open with the occasion.
    occasion = _OCCASION.match(text, part.start, part.end)
    start = occasion.end() if occasion else part.start + 12
    scope = _SCOPE.search(text, start, part.end) if part.place != Place.TITLE else None
    return scope.end() if scope else part.end


def _chains(text: str, found: Sequence[Found]) -> Iterator[tuple[Found, ...]]:
    """Yield runs of mentions that an enumeration or a hyphen joins: "Japan, South Korea and the United States"."""
    chain: list[Found] = []
    for mention in found:
        gap = text[chain[-1].end : mention.start] if chain else ""
        if chain and (len(gap) > 12 or not _GAP.match(gap)):
            yield tuple(chain)
            chain = []
        chain.append(mention)
    if chain:
        yield tuple(chain)


def _share(text: str, chain: Sequence[Found], roles: Sequence[Role], *, is_first: bool) -> Iterable[Role]:
    """Return the roles of an enumeration: its members do together what its first one does, or what the verb after it says."""
    head, last = roles[0], roles[-1]
    different = len({mention.term for mention in chain})
    if different < 2:
        return [head] * len(chain) if head == "place" else roles
    if any(_COMPOUND.match(text[one.end : two.start]) for one, two in pairwise(chain)):
        return ["joint"] * len(chain)
    if head in ("topic", "target", "site", "place"):
        return [head] * len(chain)
    if different > PARTIES_MAX:
        return ["listed"] * len(chain)
    together = is_first or head in ("joint", "actor", "leader", "subject") or last == "subject"
    return ["joint" if role in ("plain", "subject", "target", "named") and together else role for role in roles]
