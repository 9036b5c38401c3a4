"""What a country does in its sentence: whether it acts, is dealt with, is a place, or is only spoken about.

Read from the few words before and after its name. A parser would know more, and cost a hundred times as much for each seed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from generator.ingest.reading import Part, Place, Reading
from generator.mentions import Found

Role = Literal["speaker", "actor", "joint", "leader", "subject", "target", "named", "plain", "place", "listed", "topic"]

# More countries than this in one enumeration are a list, not parties.
PARTIES_MAX = 5


class Played(NamedTuple):
    """A mention in its role and part; `factor` is below 1 where the sentence has turned to what its parties speak about."""

    mention: Found
    role: Role
    place: Place
    factor: float


_OFFICES = frozenset(
    "president presidents premier premiers minister ministers chancellor king queen emir sultan prince secretary "
    "secretaries adviser advisor advisers advisors ambassador ambassadors envoy leader leaders government governments "
    "delegation delegations counterpart counterparts official officials ministry ministries foreign parliament senate "
    "congress administration embassy navy army military coast air defence defense central bank representative "
    "representatives spokesman spokesperson spokeswoman authorities department agency republic kingdom people majesty "
    "excellency treasury federal firm firms company companies exporters negotiators diplomat diplomats lawmakers "
    "legislators commerce trade agriculture finance director general chief office council bureau commander deputy "
    "consortium state-owned shipbuilder shipbuilders investors banks exports imports goods products forces force warships "
    "team side coach captain opposite".split()
)
_TOPIC_WORDS = frozenset(
    "about regarding concerning including include includes like toward towards despite amid during since condemned "
    "condemning condemns discussed".split()
)
_TOPIC_NOUNS = frozenset(
    "war wars invasion aggression situation crisis conflict developments support sovereignty attack attacks assault "
    "threat threats sanctions commitment defense occupation fight stability security independence integrity people "
    "children refugees hostages violence unrest coup earthquake clashes fighting border tension tensions dispute boundary "
    "issue issues question events assistance aid peace ceasefire role influence neighbours neighbors activities nuclear "
    "travellers travelers tourists".split()
)
_TOPIC_ENDINGS = frozenset({"-related", "-focused", "-linked", "-style", "-origin", "-born", "-made", "-educated"})
_STRAINS = frozenset({"tension", "tensions"})
_PLACE_REACH = 4
_SPOKE = frozenset("spoke spoken speak speaks talked talk talks".split())
_PLACE_WORDS = frozenset("in at near across inside outside within throughout around off".split())
_JOINT_WORDS = frozenset("with between joined alongside".split())
_TARGET_WORDS = frozenset(
    "to into visit visited visiting tells told urges urged accuses accused accusing by against over for toward upon from "
    "supply supplies supplied thanks thanked invites invited hosts hosted helps helped arms armed".split()
)
_ENVOYS = frozenset("envoy envoys representative coordinator director rapporteur office bureau".split())
_IMPOSED = frozenset(
    "tariff tariffs duty duties sanctions curbs ban embargo restrictions levies quota quotas limits pressure imposed "
    "impose imposes visit call calls controls attack attacks penalties taxes".split()
)
_SKIPPED = frozenset("the a an its their his her our both visiting neighbouring neighboring fellow some most".split())
_VERBS = frozenset(
    "has have had will would is are was were may might can could should must said says plans agreed agrees sign signs "
    "signed sold bought buys held began made took gave won struck fought left sent hit shot broke brought built sells "
    "rejects rejected denies denied seeks sought wants faces told met meets expects announced accused accuses beat beats drew "
    "became began came cut fell gets got grew hits keeps kept led lost loses paid ran rose saw set shut spent stood threw went "
    "won wins joins backs offers opens closes buys lifts bans".split()
)
_VERB = re.compile(r"[a-z]{2,}(?:ed|es)$")
_ARTICLE = "(?:the|le|la|les|el|los|las|der|die|das|o|a|os|as) |l['’]"
_GAP = re.compile(
    rf"(?:|,? (?:and|&|et|und|y|e|и|और|एवं|तथा|व|as well as) (?:of |{_ARTICLE})?|, (?:{_ARTICLE})?| ?[-–—/·・、] ?"
    r"|和|与|與|及|と|와 ?|과 ?| و)\Z"
)
_COMPOUND = re.compile(r"(?: ?[-–—/·・] ?)?\Z")
# What comes after these words is what the parties speak about: "spoke with Modi of India to discuss the trip to Poland".
_SCOPE = re.compile(
    r"\b(?:to (?:discuss|exchange (?:views|perspectives)|address|condemn|congratulate|express|review|support|prepare|consult on"
    r"|coordinate on)|discuss(?:ed|ing|es)|regarding|concerning|with regard to|related to|in light of|in response to|following"
    r"|ahead of|amid|including|particularly|such as|exchanged (?:views|perspectives)|developments (?:in|on|related)"
    r"|preparations for|condemn(?:ed|s|ing)|reaffirmed|underscored|reiterated|support for)\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"\W*(?:Following|After|Ahead of|Amid|During|Before|In|On|At)\b[^,.]*,\s")
_SCOPED: Mapping[Role, float] = {"actor": 0.6, "speaker": 1.0, "leader": 0.5}
_SCOPED_OTHERS = 0.35
_QUESTION = re.compile(r"(?:Q\.?|QUESTION|REPORTER|Question):\s|Q\.?\s+(?=[A-Z—–(“\"])")
_LABEL = re.compile(r"(?:^|\n)[^\n:a-z]{4,70}$")
_CLAUSE = re.compile(
    r"[,;:()—–!?]|\.\s|\s(?:to|and|or|in|with|on|at|of|for|from|by|that|which|who|as|has|have|had|is|are|was|were|will|would|said)\s",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s [\w&.-]+((?: [\w&.-]+){1,3})")
_BREAK = re.compile(r"[,;:.()!?、。，；：]")
_WORD = re.compile(r"[\w'&.-]+")


def read_roles(reading: Reading, quiet: Mapping[Part, Role]) -> Iterator[Played]:
    """Yield each mention with its role; in the parts of `quiet` nobody acts, and a country has the role given there."""
    text, parts, words = reading.text, reading.parts, reading.index.words
    offices = _OFFICES | {part.lower() for word in words.get("office", ()) for part in word.split()}
    joint = _JOINT_WORDS | {word.lower() for word in (*words.get("with", ()), *words.get("between", ()))}
    foreign = tuple(word.lower() for word in words.get("office", ()))
    at, scoped_at, scope = 0, -1, 0
    for chain in _chains(text, reading.found):
        while at + 1 < len(parts) and parts[at].end <= chain[0].start:
            at += 1
        part = parts[at]
        if at != scoped_at:
            scoped_at, scope = at, _find_scope(text, part)
        if quiet and part in quiet:
            yield from (Played(mention, quiet[part], part.place, 1.0) for mention in chain)
            continue
        roles = [_read_role(text, mention, part, offices, joint) for mention in chain]
        if words:
            roles = [_read_foreign(text, mention, part, role, foreign) for mention, role in zip(chain, roles, strict=True)]
            roles = ["place" if _is_place(text, mention, words) else role for mention, role in zip(chain, roles, strict=True)]
        # Six characters are room for an article or a quotation mark.
        shared = _share(text, chain, roles, is_first=chain[0].start - part.start <= 6)
        for mention, role in zip(chain, shared, strict=True):
            yield Played(mention, role, part.place, _SCOPED.get(role, _SCOPED_OTHERS) if chain[0].start >= scope else 1.0)


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
    if head in ("topic", "target", "place"):
        return [head] * len(chain)
    if different > PARTIES_MAX:
        return ["listed"] * len(chain)
    together = is_first or head in ("joint", "actor", "leader", "subject") or last == "subject"
    return ["joint" if role in ("plain", "subject", "target", "named") and together else role for role in roles]


def _read_role(text: str, mention: Found, part: Part, offices: frozenset[str], joint: frozenset[str]) -> Role:
    if text[mention.end : mention.end + 1] == ":" and _LABEL.search(text[max(0, mention.start - 70) : mention.end]):
        return "speaker"
    before = _split_words(text[max(part.start, mention.start - 72) : mention.start])
    while before and before[-1] in _SKIPPED:
        before.pop()
    if mention.kind == "leader":
        return "topic" if before and before[-1] in _TOPIC_WORDS else "leader"
    after = text[mention.end : min(part.end, mention.end + 48)]
    following = _split_words(_CLAUSE.split(after, maxsplit=1)[0])[:4]
    role = _read_following(mention, before, following, offices) or _read_before(mention, before, offices, joint)
    if not role and mention.kind == "demonym" and mention.start - part.start <= 6:
        return "subject"  # "Indian airline IndiGo has ordered …"
    if not role and (owned := _OWNED.match(text, mention.end, part.end)) and any(map(_is_verb, owned[1].split())):
        return "subject"  # "South Korea's Hyundai Motor signed …", "Germany's state railway ordered …"
    return role or _read_plain(mention, _split_words(after[:24])[:1])


def _read_foreign(text: str, mention: Found, part: Part, role: Role, offices: Sequence[str]) -> Role:
    """Return the role in a language whose grammar is not read: who stands beside an office acts, others are named."""
    if role != "plain":
        return role
    # In Hangul and in characters twelve signs are half a sentence.
    reach = 36 if text[mention.start] < "\u3000" else 12
    before, after = (
        text[max(part.start, mention.start - reach) : mention.start],
        text[mention.end : min(part.end, mention.end + 16)],
    )
    beside = (_BREAK.split(before)[-1] + " " + _BREAK.split(after)[0]).lower()
    return "actor" if any(office in beside for office in offices) else "named"


def _is_place(text: str, mention: Found, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a city is only where something happens: "à Genève", "에서" behind it."""
    if mention.kind not in ("capital", "city"):
        return False
    before = text[max(0, mention.start - _PLACE_REACH) : mention.start].lower()
    # Chinese has no spaces: its word of place is all that stands before the name.
    is_inside = any(re.search(rf"(?:\b|(?=[\u4e00-\u9fff])){word}\s?$", before) for word in words.get("in", ()))
    return is_inside or text[mention.end : mention.end + _PLACE_REACH].lstrip().startswith(words.get("inside", ()))


def _split_words(text: str) -> list[str]:
    """Return the words of `text` in small letters, without the possessive."""
    words = (word.removesuffix("'s").rstrip("'.") for word in _WORD.findall(text.replace("’", "'").lower()))
    return [word for word in words if word and word != "s"]


def _read_following(mention: Found, before: Sequence[str], following: Sequence[str], offices: frozenset[str]) -> Role | None:
    """Return the role that the words after a name give: "South Korean counterpart", "Russia's war"."""
    if following and following[0] in _TOPIC_ENDINGS:
        return "topic"
    if mention.kind != "city" and not offices.isdisjoint(following):
        return "topic" if before and before[-1] in _TOPIC_WORDS else "actor"
    return "topic" if following and following[0] in _TOPIC_NOUNS else None


def _read_before(mention: Found, before: Sequence[str], offices: frozenset[str], joint: frozenset[str]) -> Role | None:
    """Return the role that the words before a name give: "President Ghani of", "talks with", "the war in"."""
    previous = before[-1] if before else ""
    near, nearest = set(before[-4:-1]), set(before[-3:-1])
    role: Role | None = None
    if previous in ("of", "from") and not offices.isdisjoint(before[-9:-1]):
        role = "actor"
    elif previous == "on":
        role = "target" if nearest & _IMPOSED else "topic"
    elif (previous == "for" and near & _ENVOYS) or (
        previous in ("of", "for", "from", "to", "in", "against") and near & _TOPIC_NOUNS
    ):
        role = "topic"
    elif previous in joint:
        is_strained = previous == "with" and not _STRAINS.isdisjoint(before[-2:-1])
        role = "target" if previous == "between" and nearest & _TOPIC_NOUNS else "topic" if is_strained else "joint"
    elif previous in _TOPIC_WORDS or (previous == "of" and not _SPOKE.isdisjoint(before[-2:-1])):
        role = "topic"
    elif previous in _PLACE_WORDS or (mention.kind == "city" and previous == "from"):
        role = "place"
    elif previous in _TARGET_WORDS:
        role = "target"
    return role


def _is_verb(word: str) -> bool:
    return word in _VERBS or _VERB.match(word) is not None


def _read_plain(mention: Found, following: Sequence[str]) -> Role:
    if mention.kind == "city":
        return "place"
    if mention.kind == "body":
        return "actor"
    verb = following[0] if following else ""
    # Behind an adjective "lines" and "prices" are nouns.
    is_subject = verb in _VERBS or (_VERB.match(verb) is not None and not (mention.kind == "demonym" and verb.endswith("es")))
    return "subject" if is_subject else "plain"
