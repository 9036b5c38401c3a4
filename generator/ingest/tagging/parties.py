"""Who takes part: from the countries that a text names to the parties of what it reports.

Roles count by where they stand, title and lead before the rest, so that the country of a passing word does not fill somebody's
pair page. In title, lead and opening only a country's best role counts, or long texts would make parties of all their topics.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from generator.ingest.tagging.grammar import Role
from generator.ingest.tagging.roles import DOING, read_roles
from generator.ingest.tagging.stories import find_quiet
from generator.ingest.tagging.survey import Part, Place, Survey

# What a role is worth in the title, in the lead, in the opening, and in the body, where each mention counts.
WORTH: Mapping[Role, tuple[float, float, float, float]] = {
    "speaker": (3.0, 3.0, 3.0, 3.0),
    "actor": (3.0, 3.0, 1.6, 0.45),
    "joint": (3.0, 3.0, 1.6, 0.45),
    "leader": (3.0, 3.0, 1.5, 0.3),
    "subject": (3.0, 2.6, 1.2, 0.25),
    "target": (2.6, 2.3, 1.0, 0.2),
    "named": (2.6, 2.0, 1.0, 0.2),
    "plain": (2.2, 1.6, 0.7, 0.15),
    "site": (2.4, 1.5, 0.7, 0.15),
    "place": (1.6, 0.7, 0.4, 0.08),
    "listed": (1.4, 0.7, 0.3, 0.04),
    "topic": (0.9, 0.5, 0.2, 0.04),
}
BODY_MAX = 2.0
# What an editor is told of a role and its place; `it` is the country.
_DOES: Mapping[Role, str] = {
    "speaker": "speaks for itself",
    "actor": "acts through its officials or bodies",
    "joint": "acts together with another",
    "leader": "is named by its leader",
    "subject": "does something",
    "target": "is dealt with",
    "named": "is named",
    "plain": "is named",
    "site": "is where something is built or owned",
    "place": "is where it happens",
    "listed": "is one of a long list",
    "topic": "is spoken about",
}
_WHERE = ("in the title", "in the lead", "in the opening", "further down")
# For a country that is the only one mentioned; others have their share of it.
SHARE = 1.5
PUBLISHER = 3.2
DATELINE = 0.8
HOME = 3.0
UNNAMED = 2.0
# From this worth in title or lead on, a country does something.
ACTS = 2.5
# A party needs this much: one role in the lead, and little else.
PARTY_MIN = 2.85
# It also needs this part of the strongest party, whose score counts up to STRONG.
RELATIVE_MIN = 0.4
STRONG = 7.0
BYSTANDER_MIN = 4.0
HOST_MIN = 6.0

_UNNAMED = re.compile(
    r"(?:Today,? |This \w+,? )?(?:I|We|(?:The|Our) (?:Vice |Deputy |Acting )?(?:President|Prime Minister|Premier|Chancellor|King"
    r"|Queen|Secretary|Minister|Foreign|National Security|Defen[cs]e|Trade|Finance|Taoiseach)(?: \w+){0,3}?)"
    r" (?:spoke|met|held|welcomed|hosted|received|called|visited|will|today|signed|had)\b"
)
_PARTNER = re.compile(
    r"\b(?:with|met|called|hosted|welcomed|received) (?:H\.?E\.? |His Excellency |Her Excellency |today |Mr\.? |Dr\.? |the )*"
    r"(?:President|(?:Deputy |Vice )?Prime Minister|(?:Deputy )?Foreign (?:Minister|Secretary)|Minister|Chancellor|King|Queen"
    r"|Crown Prince|Defen[cs]e Minister)\b"
)


class Party(Struct, frozen=True):
    """A country with the strength of its part in the text, and the reasons, strongest first, each as what one says of "it".

    `acts` says that it does something in title or lead, or speaks; one that takes part does so anywhere, or is meant by office or
    publisher. In a venue title or lead say that it happened.
    """

    code: str
    score: float
    acts: bool
    takes_part: bool
    is_venue: bool
    reasons: tuple[str, ...]


class _Account(Struct):
    """What speaks for one country: its best worth in title, lead and opening, its sum in the body, and what is known beside."""

    best: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    body: float = 0.0
    spoken: float = 0.0
    beside: float = 0.0
    mentions: float = 0.0
    takes_part: bool = False
    is_venue: bool = False
    reasons: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def acts(self) -> bool:
        return max(self.best[Place.TITLE], self.best[Place.LEAD], self.spoken) >= ACTS

    def add(self, role: Role, place: Place, worth: float) -> None:
        if role == "speaker":
            self.spoken = max(self.spoken, worth)
        elif place == Place.BODY:
            self.body += worth
        else:
            self.best[place] = max(self.best[place], worth)
        # Being spoken about, however often, is not taking part.
        self.mentions += 0.3 if role in ("topic", "listed", "place") else 1.0
        self.takes_part |= role in DOING
        self.is_venue |= role == "place" and place <= Place.LEAD

    def credit(self, worth: float, reason: str, *, takes_part: bool) -> None:
        self.beside += worth
        self.takes_part |= takes_part
        self.reasons.append((worth, reason, ""))


def score_parties(survey: Survey, *, publisher: str, dateline: str) -> tuple[Party, ...]:
    """Return all countries of a text, strongest party first.

    `publisher` and `dateline` are the codes of the countries that these stand for, or empty.
    """
    accounts: dict[str, _Account] = {}
    quiet = find_quiet(survey)
    for mention, role, place, factor in read_roles(survey, quiet):
        worth = WORTH[role][place] * factor
        account = accounts.setdefault(mention.term, _Account())
        account.add(role, place, worth)
        account.reasons.append((worth, _DOES[role], f"{_WHERE[place]} (“{survey.text[mention.start : mention.end]}”)"))
    _credit_unnamed(survey.text, survey.parts, accounts)
    home = DATELINE if _is_from_elsewhere(survey, accounts, dateline) else HOME
    beside = ((dateline, home, "is where the report was sent from"), (publisher, PUBLISHER, "is what the publisher speaks for"))
    for code, worth, reason in beside:
        if code:
            accounts.setdefault(code, _Account()).credit(worth, reason, takes_part=worth > DATELINE and not quiet)
    total = sum(account.mentions for account in accounts.values()) or 1.0
    parties = (_close(code, account, total) for code, account in accounts.items())
    return tuple(sorted(parties, key=lambda party: (-party.score, party.code)))


def _is_from_elsewhere(survey: Survey, accounts: Mapping[str, _Account], dateline: str) -> bool:
    """Say whether a dateline is only where the reporter sat; where no country has a part, a firm's news comes from its home.

    Two countries that meet in the title need none to act: a match is played in a third one. And what a body of many countries
    does is nothing that its seat does.
    """
    titled = sum(account.best[Place.TITLE] >= WORTH["plain"][Place.TITLE] for account in accounts.values())
    leads = any(code != dateline and account.best[Place.LEAD] >= WORTH["plain"][Place.LEAD] for code, account in accounts.items())
    end = survey.find_end(Place.LEAD)
    is_of_many = any(not found.body.country and found.start < end for found in survey.bodies)
    return titled > 1 or leads or is_of_many or any(account.acts for account in accounts.values())


def choose_parties(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Return the countries that take part: those whose evidence is enough by itself and not dwarfed by the strongest."""
    return tuple(party for party in parties if party.score >= find_party_minimum(party, parties))


def find_party_minimum(party: Party, parties: Sequence[Party]) -> float:
    """Return the score that one of the countries of a text needs to be a party."""
    least = max(PARTY_MIN, RELATIVE_MIN * min(parties[0].score, STRONG))
    # Where two countries act in title and lead, a third one that does not is most likely what they speak about.
    is_bystander = not party.acts and sum(other.acts for other in parties) > 1
    # So is the host of their meeting, however kindly it welcomes them, unless it is said to bring them together.
    return (HOST_MIN if party.is_venue else BYSTANDER_MIN) if is_bystander else least


def _credit_unnamed(text: str, parts: Sequence[Part], accounts: Mapping[str, _Account]) -> None:
    """Credit the country of a party whom the lead names by office only: "The Prime Minister met …", "met Minister Hassoumi".

    It is the one that acts most in the sentences that follow.
    """
    lead = next((part for part in parts if part.place == Place.LEAD), None)
    if lead is None or sum(account.acts for account in accounts.values()) != 1:
        return
    if _UNNAMED.match(text, lead.start) or _PARTNER.search(text, lead.start, lead.end):
        # 0.7 is a plain mention in the opening; less is a topic.
        others = [(-a.best[Place.OPENING], code) for code, a in accounts.items() if not a.acts and a.best[Place.OPENING] >= 0.7]
        if others:
            reason = "has the office that the lead names without a country"
            accounts[min(others)[1]].credit(UNNAMED, reason, takes_part=True)


def _close(code: str, account: _Account, total: float) -> Party:
    score = sum(account.best) + min(account.body, BODY_MAX) + account.spoken + account.beside + SHARE * account.mentions / total
    return Party(code, round(score, 3), account.acts, account.takes_part, account.is_venue, tuple(_tell(account.reasons)))


def _tell(reasons: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    """Yield the three best reasons, each thing that a country does with all the places in which it does it."""
    best = dict.fromkeys((does, where) for _, does, where in sorted(reasons, key=lambda item: -item[0]))
    places: dict[str, list[str]] = {}
    for does, where in [*best][:3]:
        places.setdefault(does, []).append(where)
    yield from (f"{does} {' and '.join(filter(None, wheres))}".rstrip() for does, wheres in places.items())


def join_reasons(reasons: Sequence[str]) -> str:
    """Return reasons as what one says of "it": "acts in the title, and is named in the lead"."""
    return ", and ".join(reasons)
