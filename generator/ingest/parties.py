"""Who takes part: from the countries that a text names to the parties of what it reports.

Every mention plays a role: it acts, is joined with another, is visited or dealt with, is a place, or is only spoken about. Roles count
by where they stand, title and lead before the rest, so that the country of a passing word does not fill somebody's pair page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.mentions import Found

# What a role is worth in the title, in the lead, in the rest of the opening, and in the body (where each mention counts).
ROLES: Mapping[str, tuple[float, float, float, float]] = {
    "speaker": (3.0, 3.0, 3.0, 3.0),
    "actor": (3.0, 3.0, 1.6, 0.45),
    "joint": (3.0, 3.0, 1.6, 0.45),
    "leader": (3.0, 3.0, 1.5, 0.3),
    "subject": (3.0, 2.6, 1.2, 0.25),
    "target": (2.6, 2.3, 1.0, 0.2),
    "plain": (2.2, 1.6, 0.7, 0.15),
    "place": (1.2, 0.7, 0.4, 0.08),
    "listed": (1.4, 0.7, 0.3, 0.04),
    "topic": (0.9, 0.5, 0.2, 0.04),
}
BODY_MAX = 2.0
SHARE = 1.5
PARTY_MIN = 2.85
RELATIVE_MIN = 0.4
STRONG = 7.0
PUBLISHER = 3.2
DATELINE = 0.8
HOME = 3.0
ACTS = 2.5
UNNAMED = 2.0
BYSTANDER_MIN = 4.0
PARTIES_MAX = 5

_OFFICES = frozenset(
    "president presidents premier premiers minister ministers chancellor king queen emir sultan prince secretary secretaries adviser advisor "
    "advisers advisors ambassador ambassadors envoy leader leaders government governments delegation delegations counterpart counterparts official "
    "officials ministry ministries foreign parliament senate congress administration embassy navy army military coast air defence defense central bank "
    "representative representatives spokesman spokesperson spokeswoman authorities department agency republic kingdom people's majesty excellency "
    "treasury federal firm firms company companies exporters negotiators diplomat diplomats lawmakers legislators commerce trade agriculture finance "
    "director general chief office council bureau commander deputy premier's president's minister-designate consortium state-owned shipbuilder shipbuilders investors banks exports imports goods products minister's forces force warships team side".split()
)
_TOPIC_WORDS = frozenset(
    "about regarding concerning including include includes like toward towards despite amid during since condemned condemning condemns "
    "discussed".split()
)
_TOPIC_NOUNS = frozenset(
    "war wars invasion aggression situation crisis conflict developments support sovereignty attack attacks assault threat threats sanctions "
    "commitment defense occupation fight stability security independence integrity people children refugees hostages violence unrest coup earthquake "
    "clashes fighting border tension tensions dispute boundary issue issues question events assistance aid peace ceasefire role influence neighbours neighbors activities nuclear".split()
)
_PLACE_WORDS = frozenset("in at near across inside outside within throughout around off".split())
_JOINT_WORDS = frozenset("with between joined alongside".split())
_TARGET_WORDS = frozenset(
    "to into visit visited visiting tells told urges urged accuses accused accusing by against over for toward upon from".split()
)
_RELATED = frozenset({"-related", "-focused", "-linked", "-style"})
_ENVOYS = frozenset("envoy envoys representative coordinator director rapporteur office bureau".split())
_IMPOSED = frozenset(
    "tariff tariffs duty duties sanctions curbs ban embargo restrictions levies quota quotas limits pressure imposed impose imposes visit call calls "
    "controls attack attacks penalties taxes".split()
)
_SKIPPED = frozenset("the a an its their his her our both visiting neighbouring neighboring fellow some most".split())
_AUXILIARIES = frozenset(
    "has have had will would is are was were may might can could should must said says plans agreed agrees sign signs signed sold bought buys "
    "sells rejects rejected denies denied seeks sought wants faces told met meets expects announced accused accuses".split()
)
_GAP = re.compile(
    r"(?:,? (?:and|&|et|und|y|e|и|και|en|og|och|और|एवं|तथा|و|as well as)(?: the| of| le| la| les| der| die)? ?|, (?:the )?| ?[-–—/·・、] ?|和|与|與|及|と|와 ?|과 ?|, | و)$"
)
# What comes after these words is what the parties speak about: "spoke with Modi of India to discuss the trip to Poland".
_SCOPE = re.compile(
    r"\b(?:to (?:discuss|exchange (?:views|perspectives)|address|condemn|congratulate|express|review|support|prepare|consult on|coordinate on)|discuss(?:ed|ing|es)"
    r"|regarding|concerning|with regard to|related to|in light of|in response to|following|ahead of|amid|including|particularly|such as"
    r"|exchanged (?:views|perspectives)|developments (?:in|on|related)|preparations for|condemn(?:ed|s|ing)|reaffirmed|underscored|reiterated|support for)\b",
    re.IGNORECASE,
)
_SCOPED = {"actor": 0.6, "speaker": 1.0, "leader": 0.5}
_UNNAMED = re.compile(
    r"(?:Today,? |This \w+,? )?(?:The|Our) (?:Vice |Deputy |Acting )?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Secretary|Minister|Foreign"
    r"|National Security|Defen[cs]e|Trade|Finance|Taoiseach)(?: \w+){0,3}? (?:spoke|met|held|welcomed|hosted|received|called|visited|will|today|signed|had)\b"
)
_PARTNER = re.compile(
    r"\b(?:with|met|called|hosted|welcomed|received) (?:H\.?E\.? |His Excellency |Her Excellency |today |Mr\.? |Dr\.? |the )*"
    r"(?:President|(?:Deputy |Vice )?Prime Minister|(?:Deputy )?Foreign (?:Minister|Secretary)|Minister|Chancellor|King|Queen|Crown Prince|Defen[cs]e Minister)\b"
)
_QUESTION = re.compile(r"(?:Q|QUESTION|REPORTER|Question|Q\.)[ :]\s")
_LABEL = re.compile(r"(?:^|\n)[^\n:a-z]{4,70}$")
_CLAUSE = re.compile(
    r"[,;:()—–!?]|\.\s|\s(?:to|and|or|in|with|on|at|of|for|from|by|that|which|who|as|has|have|had|is|are|was|were|will|would|said)\s",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r" ?[-–—/·・] ?$")
_WORD = re.compile(r"[\w'’.&-]+")
_VERB = re.compile(r"[a-z]{2,}(?:ed|es)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text with a position of its own: 0 title, 1 lead, 2 opening, 3 body."""

    start: int
    end: int
    place: int


@dataclass(frozen=True, slots=True)
class Party:
    """A country with the strength of its part in the text, and the reasons, strongest first."""

    code: str
    score: float
    acts: bool
    reasons: tuple[str, ...] = field(default=())


def score_parties(
    text: str,
    found: Sequence[Found],
    parts: Sequence[Part],
    *,
    publisher: str,
    dateline: str,
    words: Mapping[str, tuple[str, ...]],
) -> tuple[Party, ...]:
    """Return all countries of a text, strongest party first.

    `publisher` and `dateline` are the countries that they stand for, or empty. `words` are those of office and grammar in the text's
    language. A dateline is only where the reporter sat, unless nobody in title and lead acts for a country: a firm's news comes from
    the firm's home.
    """
    slots: dict[str, list[float]] = {}
    reasons: dict[str, list[tuple[float, str]]] = {}
    shares: dict[str, float] = {}
    for mention, role, place, scope in _place_roles(text, found, parts, words):
        weight = ROLES[role][place] * scope
        best = slots.setdefault(mention.term, [0.0] * 5)
        slot = 4 if role == "speaker" else place
        best[slot] = best[slot] + weight if slot == 3 else max(best[slot], weight)
        shares[mention.term] = shares.get(mention.term, 0.0) + (0.3 if role in ("topic", "listed", "place") else 1.0)
        reasons.setdefault(mention.term, []).append(
            (weight, f"{('title', 'lead', 'opening', 'body')[place]}: {role} “{text[mention.start : mention.end]}”")
        )
    _add_unnamed(text, parts, slots, reasons)
    acted = any(max(best[0], best[1], best[4]) >= ACTS for best in slots.values())
    given = {dateline: ("dateline", DATELINE if acted else HOME), publisher: ("publisher", PUBLISHER)}
    given.pop("", None)
    for code, (reason, weight) in given.items():
        slots.setdefault(code, [0.0] * 5)
        reasons.setdefault(code, []).append((weight, reason))
    total = sum(shares.values()) or 1.0
    parties = []
    for code, best in slots.items():
        score = (
            sum(best)
            - best[3]
            + min(best[3], BODY_MAX)
            + SHARE * shares.get(code, 0.0) / total
            + (given[code][1] if code in given else 0.0)
        )
        why = dict.fromkeys(reason for _, reason in sorted(reasons[code], key=lambda item: -item[0]))
        parties.append(Party(code, round(score, 3), max(best[0], best[1], best[4]) >= ACTS, tuple(why)[:3]))
    return tuple(sorted(parties, key=lambda party: (-party.score, party.code)))


def _add_unnamed(
    text: str, parts: Sequence[Part], slots: Mapping[str, list[float]], reasons: Mapping[str, list[tuple[float, str]]]
) -> None:
    """Credit the country of a party whom the lead names by office only ("The Prime Minister met …", "met Foreign Minister Hassoumi").

    It is the one that acts most in the sentences that follow.
    """
    lead = next((part for part in parts if part.place == 1), None)
    if lead is None:
        return
    acting = [code for code, best in slots.items() if max(best[0], best[1], best[4]) >= ACTS]
    unnamed = _UNNAMED.match(text, lead.start) or _PARTNER.search(text, lead.start, lead.end)
    if not unnamed or len(acting) != 1:
        return
    others = [(best[2], code) for code, best in slots.items() if code not in acting and best[2] >= 0.7]
    if others:
        code = min(others, key=lambda item: (-item[0], item[1]))[1]
        slots[code][1] += UNNAMED
        reasons[code].append((UNNAMED, "lead: an office without its country"))


def choose_parties(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Return the countries that take part: those whose evidence is enough by itself and not dwarfed by the strongest."""
    if not parties:
        return ()
    least = max(PARTY_MIN, RELATIVE_MIN * min(parties[0].score, STRONG))
    # Where two countries act in title and lead, a third one that does not is most likely what they speak about.
    bystander = BYSTANDER_MIN if sum(party.acts for party in parties) > 1 else least
    return tuple(party for party in parties if party.score >= (least if party.acts else bystander))


def _place_roles(
    text: str, found: Sequence[Found], parts: Sequence[Part], words: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Found, str, int, float]]:
    """Yield each mention with its role, the place of its part, and a factor; members of an enumeration share a role."""
    offices = _OFFICES | {word.lower() for word in words.get("office", ())}
    joint = _JOINT_WORDS | {word.lower() for word in (*words.get("with", ()), *words.get("between", ()))}
    part_at, scoped_part, scope_from = 0, -1, 0
    for chain in _chains(text, found, parts):
        while part_at + 1 < len(parts) and parts[part_at].end <= chain[0].start:
            part_at += 1
        part = parts[part_at]
        if part_at != scoped_part:
            scoped_part, scope_from = part_at, _scope_start(text, part)
        roles = [_role(text, mention, part, offices, joint) for mention in chain]
        for mention, role in zip(chain, _share(text, chain, roles), strict=True):
            yield mention, role, part.place, _SCOPED.get(role, 0.35) if chain[0].start >= scope_from else 1.0


def _scope_start(text: str, part: Part) -> int:
    """Return where a sentence turns to what its parties speak about; a reporter's question does so from its first word."""
    if _QUESTION.match(text, part.start):
        return part.start
    # "Following talks in Oslo, Norway and Germany signed …": a sentence may open with the occasion and then name who acts.
    scope = _SCOPE.search(text, part.start + 12, part.end) if part.place else None
    return scope.end() if scope else part.end


def _chains(text: str, found: Sequence[Found], parts: Sequence[Part]) -> Iterator[tuple[Found, ...]]:
    """Yield runs of mentions that an enumeration or a hyphen joins: "Japan, South Korea and the United States"."""
    ends = {part.end for part in parts}
    chain: list[Found] = []
    for mention in found:
        gap = text[chain[-1].end : mention.start] if chain else ""
        if chain and (len(gap) > 12 or not _GAP.match(gap) or any(chain[-1].end <= end <= mention.start for end in ends)):
            yield tuple(chain)
            chain = []
        chain.append(mention)
    if chain:
        yield tuple(chain)


def _share(text: str, chain: Sequence[Found], roles: Sequence[str]) -> Iterable[str]:
    """Return the roles of an enumeration: its members do together what its first one does, or what the verb after it says."""
    head, last = roles[0], roles[-1]
    different = len({mention.term for mention in chain})
    if different < 2:
        return [head] * len(chain) if head == "place" else roles
    if any(_COMPOUND.match(text[one.end : two.start]) for one, two in pairwise(chain)):
        return ["joint"] * len(chain)
    if head in ("topic", "target", "place"):
        return [head] * len(chain)
    if different > PARTIES_MAX:
        return ["listed"] * len(chain)
    together = head in ("joint", "actor", "leader", "subject") or last == "subject"
    return ["joint" if role in ("plain", "subject", "target") and together else role for role in roles]


def _role(text: str, mention: Found, part: Part, offices: frozenset[str], joint: frozenset[str]) -> str:
    if text[mention.end : mention.end + 1] == ":" and _LABEL.search(text[max(0, mention.start - 70) : mention.end]):
        return "speaker"
    before = _words(text[max(part.start, mention.start - 72) : mention.start])
    while before and before[-1] in _SKIPPED:
        before.pop()
    after = text[mention.end : min(part.end, mention.end + 48)]
    following = _words(_CLAUSE.split(after, maxsplit=1)[0])[:4]
    previous = before[-1] if before else ""
    if mention.kind == "leader":
        return "topic" if previous in _TOPIC_WORDS else "leader"
    return (
        _role_after(mention, previous, following, offices)
        or _role_before(mention, before, offices, joint)
        or _role_plain(mention, _words(after[:24])[:1])
    )


def _words(text: str) -> list[str]:
    """Return the words of `text` in small letters, without the possessive."""
    words = (word.removesuffix("'s").rstrip("'.") for word in _WORD.findall(text.replace("’", "'").lower()))
    return [word for word in words if word and word != "s"]


def _role_after(mention: Found, previous: str, following: Sequence[str], offices: frozenset[str]) -> str:
    near = set(following[:4])
    if following and following[0] in _RELATED:
        return "topic"
    if mention.kind != "city" and near & offices:
        return "actor" if previous not in _TOPIC_WORDS else "topic"
    return "topic" if following and following[0] in _TOPIC_NOUNS else ""


def _role_before(mention: Found, before: Sequence[str], offices: frozenset[str], joint: frozenset[str]) -> str:
    previous = before[-1] if before else ""
    if previous == "for" and set(before[-4:-1]) & _ENVOYS:
        return "topic"
    if previous in ("of", "from") and set(before[-9:-1]) & offices:
        return "actor"
    if previous == "on":
        return "target" if set(before[-3:-1]) & _IMPOSED else "topic"
    if previous in ("of", "for", "from", "to", "in", "against") and set(before[-4:-1]) & _TOPIC_NOUNS:
        return "topic"
    if previous in joint:
        return "target" if previous == "between" and set(before[-3:-1]) & _TOPIC_NOUNS else "joint"
    if previous in _TOPIC_WORDS:
        return "topic"
    if previous in _PLACE_WORDS or (mention.kind == "city" and previous == "from"):
        return "place"
    return "target" if previous in _TARGET_WORDS else ""


def _role_plain(mention: Found, following: Sequence[str]) -> str:
    if mention.kind == "city":
        return "place"
    if mention.kind == "body":
        return "actor"
    if following and (following[0] in _AUXILIARIES or _VERB.match(following[0])):
        return "subject"
    return "plain"
