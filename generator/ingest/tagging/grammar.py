"""What the words right beside a country's name say of its part: "President Ghani of", "talks with", "near the border with".

Read from the few words before and after it. A parser would know more, and cost a hundred times as much for each seed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from generator.ingest.tagging.survey import Part, Place, Survey
from generator.mentions import Found
from generator.mentions.bodies import serves_body

Role = Literal["speaker", "actor", "joint", "leader", "subject", "target", "named", "plain", "site", "place", "listed", "topic"]

OFFICES = frozenset(
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
# Who held an office acts for nobody.
_FORMER = frozenset("former ex late retired onetime then".split())
_TOPIC_NOUNS = frozenset(
    "war wars invasion aggression situation crisis conflict developments support sovereignty attack attacks assault "
    "threat threats sanctions commitment defense occupation fight stability security independence integrity people "
    "children refugees hostages violence unrest coup earthquake clashes fighting border tension tensions dispute boundary "
    "issue issues question events assistance aid peace ceasefire role influence neighbours neighbors activities nuclear "
    "travellers travelers tourists".split()
)
_TOPIC_ENDINGS = frozenset({"-related", "-focused", "-linked", "-style", "-origin", "-born", "-made", "-educated"})
_STRAINS = frozenset({"tension", "tensions"})
# "Near the border with" tells where something is, and "on its talks with" what it is about; "closed its border with" acts.
_ASIDE = re.compile(
    r"\b(?:(?:on|over|about) (?:the|its|their|his|her|our) (?:[\w-]+ ){1,3}"
    r"|(?:on|near|along|at|from|across|off|over) (?:(?:the|its|their) )?(?:[\w-]+ )?(?:borders?|frontiers?|boundary) )with$"
)
_BORDERS = frozenset("border borders frontier frontiers boundary".split())
_PLACE_REACH = 4
_SPOKE = frozenset("spoke spoken speak speaks talked talk talks".split())
_PLACE_WORDS = frozenset("in at near across inside outside within throughout around off".split())
JOINT_WORDS = frozenset("with between joined alongside".split())
_TARGET_WORDS = frozenset(
    "to into visit visited visiting tells told urges urged accuses accused accusing by against over for toward upon from "
    "supply supplies supplied thanks thanked invites invited hosts hosted helps helped arms armed".split()
)
_ENVOYS = frozenset("envoy envoys representative coordinator director rapporteur office bureau".split())
_IMPOSED = frozenset(
    "tariff tariffs duty duties sanctions curbs ban embargo restrictions levies quota quotas limits pressure imposed "
    "impose imposes visit call calls controls attack attacks penalties taxes".split()
)
# Who builds or owns one of these in a country deals with it: that is more than the place of a meeting.
_ASSETS = frozenset(
    "plant plants factory factories refinery mine mines reactor reactors bridge railway port ports pipeline office offices "
    "branch branches stake base bases embassy consulate project projects field fields dam road hospital school airport "
    "terminal shipyard unit venture farm farms subsidiary operations".split()
)
_OBJECTS = frozenset({"name", "alias", "demonym"})
_SKIPPED = frozenset("the a an its their his her our both visiting neighbouring neighboring fellow some most".split())
_VERBS = frozenset(
    "has have had will would is are was were may might can could should must said says plans agreed agrees sign signs "
    "signed sold bought buys held began made took gave won struck fought left sent hit shot broke brought built sells "
    "rejects rejected denies denied seeks sought wants faces told met meets expects announced accused accuses beat beats drew "
    "became began came cut fell gets got grew hits keeps kept led lost loses paid ran rose saw set shut spent stood threw went "
    "won wins joins backs offers opens closes buys lifts bans".split()
)
_VERB = re.compile(r"[a-z]{2,}(?:ed|es)$")
_LABEL = re.compile(r"(?:^|\n)[^\n:a-z]{4,70}$")
_CLAUSE = re.compile(
    r"[,;:()—–!?]|\.\s|\s(?:to|and|or|in|with|on|at|of|for|from|by|that|which|who|as|has|have|had|is|are|was|were|will|would|said)\s",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:['’]s [\w&.-]+| [A-Z][\w&.-]+)((?: [\w&.-]+){1,3})")
# In a headline "to" is the future.
_WILL = re.compile(r"(?:(?:['’]s)?(?: [A-Z][\w&.-]+){1,3})? to [a-z]{2,}\b")
_FIRM = re.compile(r"['’]s [A-Z]")
_TOWN = re.compile(r"\b(?:in|at|near) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?, $")
_APART = re.compile(r", an? $")
_ALONE = re.compile(r",| (?:who|by birth|national|citizen)\b")
_BREAK = re.compile(r"[,;:.()!?、。，；：]")
_WORD = re.compile(r"[\w'&.-]+")


def read_role(survey: Survey, mention: Found, part: Part, *, offices: frozenset[str], joint: frozenset[str]) -> Role:
    """Return the role of a mention in its part; `offices` and `joint` are words of the text's language and of English."""
    text = survey.text
    if text[mention.end : mention.end + 1] == ":" and _LABEL.search(text[max(0, mention.start - 70) : mention.end]):
        return "speaker"
    if _is_descent(survey, mention, part):
        return "topic"
    before = _split_words(text[max(part.start, mention.start - 72) : mention.start])
    while before and before[-1] in _SKIPPED:
        before.pop()
    if mention.kind == "leader":
        return "topic" if before and before[-1] in _TOPIC_WORDS else "leader"
    after = text[mention.end : min(part.end, mention.end + 48)]
    following = _split_words(_CLAUSE.split(after, maxsplit=1)[0])[:4]
    role = _read_following(mention, before, following, offices) or _read_before(mention, before, offices, joint)
    if role == "target" and _FIRM.match(after):
        return "actor"  # "ordered from France's Airbus"
    return role or _read_alone(survey, mention, part, before)


def _read_alone(survey: Survey, mention: Found, part: Part, before: Sequence[str]) -> Role:
    """Return the role of a name beside which no word says it: by its place in the sentence, and by the verbs around it."""
    text = survey.text
    if mention.kind in _OBJECTS and _TOWN.search(text, max(part.start, mention.start - 48), mention.start):
        return "place"  # "met in Ohrid, North Macedonia"
    if mention.kind == "demonym" and mention.start - part.start <= 6:
        return "subject"  # "Indian airline IndiGo has ordered …"
    if (owned := _OWNED.match(text, mention.end, part.end)) and any(map(_is_verb, owned[1].split())):
        return "subject"  # "Germany's state railway ordered …", "Korea Electric Power signed …"
    if part.place == Place.TITLE and _WILL.match(text, mention.end, part.end):
        return "subject"  # "Norway to buy …", "Australia's Qantas to fly …"
    role = _read_plain(mention, _split_words(text[mention.end : min(part.end, mention.end + 24)])[:1])
    # "Britain briefed France": English verbs end so, and nouns of other languages.
    is_object = role == "plain" and not survey.index.words and mention.kind in _OBJECTS and _is_verb("".join(before[-1:]))
    return "target" if is_object else role


def _is_descent(survey: Survey, mention: Found, part: Part) -> bool:
    """Say whether a country is only where somebody is from: ", an Indian, said", or whoever heads a body of many countries."""
    if mention.kind not in _OBJECTS:
        return False
    start, end = mention.start, mention.end
    is_apart = _APART.search(survey.text, max(part.start, start - 8), start) and _ALONE.match(survey.text, end)
    return bool(is_apart) or serves_body(survey.text, start, end, survey.bodies, is_person=False)


def read_foreign(text: str, mention: Found, part: Part, *, role: Role, offices: Sequence[str]) -> Role:
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


def is_place(text: str, mention: Found, words: Mapping[str, tuple[str, ...]]) -> bool:
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
        return "topic" if before and before[-1] in _TOPIC_WORDS | _FORMER else "actor"
    return "topic" if following and following[0] in _TOPIC_NOUNS else None


def _read_before(mention: Found, before: Sequence[str], offices: frozenset[str], joint: frozenset[str]) -> Role | None:
    """Return the role that the words before a name give: "President Ghani of", "talks with", "the war in"."""
    previous = before[-1] if before else ""
    near, nearest = set(before[-4:-1]), set(before[-3:-1])
    role: Role | None = None
    if (previous == "of" and not offices.isdisjoint(before[-9:-1])) or (
        previous == "from" and not offices.isdisjoint(before[-4:-1])
    ):
        role = "topic" if near & _FORMER else "actor"
    elif previous == "on":
        role = "target" if nearest & _IMPOSED else "topic"
    elif (previous == "for" and near & _ENVOYS) or (
        previous in ("of", "for", "from", "to", "in", "against") and near & _TOPIC_NOUNS
    ):
        role = "topic"
    elif previous == "with":
        role = _read_with(before)
    elif previous in joint:
        role = "target" if previous == "between" and nearest & _TOPIC_NOUNS else "joint"
    elif previous in _TOPIC_WORDS or (previous == "of" and not _SPOKE.isdisjoint(before[-2:-1])):
        role = "topic"
    elif previous == "in" and mention.kind in _OBJECTS and not _ASSETS.isdisjoint(before[-2:-1]):
        role = "site"
    elif previous in _PLACE_WORDS or (mention.kind == "city" and previous == "from"):
        role = "place"
    elif previous in _TARGET_WORDS:
        role = "target"
    return role


def _read_with(before: Sequence[str]) -> Role:
    """Return the role of who stands behind "with": it takes part in "talks with", and not in "near the border with"."""
    noun = before[-2] if len(before) > 1 else ""
    if noun in _STRAINS or _ASIDE.search(" ".join(before[-7:])):
        return "topic"
    return "target" if noun in _BORDERS else "joint"


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
