"""People with their offices and organisations with their abbreviations, from how English news texts introduce them.

Precision before recall: a name counts only beside an office, a body only by its form. A wrong person on a page is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model import Organisation, Person
from generator.text import fold

# Names stand near the top of a text; a file of 5 MB is not searched to its end.
_SEARCHED = 60_000
_MOST = 12

_HEAD = (
    r"(?:(?:First\s+|Deputy\s+|Vice[\s-])*(?:Prime\s+Minister|President|Premier|Chancellor|Minister|Chair(?:man|woman|person)?|Governor|Speaker)"
    r"|(?:Foreign|Home|Cabinet|Permanent|Chief)\s+Secretary|Secretary[\s-]General|General\s+Secretary|Secretary\s+of\s+(?:State|Defen[cs]e|Commerce|Energy|the\s+Treasury)|Secretary"
    r"|Advis[eo]r|Trade\s+Representative|High\s+Representative|High\s+Commissioner|Commissioner|Ambassador|Special\s+Envoy|Envoy|Chief\s+Executive(?:\s+Officer)?|CEO"
    r"|Managing\s+Director|Director[\s-]General|Director|Crown\s+Prince|King|Queen|Emir|Sultan|Taoiseach|Spokes(?:man|woman|person)|State\s+Councill?or)"
)
_LOWER_HEAD = (
    r"(?:(?:deputy\s+|vice[\s-])?(?:prime\s+minister|president|premier|chancellor)|(?:foreign|finance|defen[cs]e|trade|commerce|energy|economy|interior|home|environment|climate|agriculture|health|external\s+affairs)\s+(?:minister|secretary)"
    r"|foreign\s+secretary|national\s+security\s+advis[eo]r|ambassador|high\s+commissioner|central\s+bank\s+governor|chief\s+executive(?:\s+officer)?|managing\s+director|chair(?:man|woman|person)?|spokes(?:man|woman|person)|director[\s-]general)"
)
_TOKEN = (
    r"(?:[A-ZÀ-ÞŚŞČŁ](?:[\w’']*[a-zà-ÿğışčćńłş](?:-[\w]+)?|[\w]*-[A-Za-z]\w*|\.)?|Mc[A-Z]\w+|(?:al|el|ad|as|ash|an)-[A-Z]\w+)"
)
_PARTICLE = r"(?:de|da|do|dos|del|della|di|la|le|van|von|der|den|bin|bint|ibn|al|el|ul|Al|El|Bin|Le|Touq)"
_NAME = rf"{_TOKEN}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_TOKEN}){{1,4}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Shri|Sheikh|Smt|Sir|Gen|Lt|Adm|Sen|Rep|Hon)\.?\s+)*"
_OFFICE_NAME = re.compile(
    rf"(?<![\w-])(?P<head>{_HEAD}|{_LOWER_HEAD})\s+{_HONORIFIC}(?P<name>{_NAME})(?:\s+of\s+(?P<of>(?:the\s+)?{_TOKEN}(?:\s{_TOKEN}){{0,2}}))?"
)
_PLURAL = re.compile(
    rf"(?<![\w-])(?P<head>Prime Minister|President|(?:Foreign|Defen[cs]e|Finance|Trade|Energy|Commerce) Minister|National Security Advis[eo]r|Chancellor)s,?\s+(?P<one>{_NAME})(?:\s+of\s+(?P<of>(?:the\s+)?{_TOKEN}(?:\s{_TOKEN}){{0,2}}))?\s+and\s+(?P<two>{_NAME})(?:\s+of\s+(?P<of2>(?:the\s+)?{_TOKEN}(?:\s{_TOKEN}){{0,2}}))?"
)
_CAPITALS = r"[A-Z][\w’'-]+"
_OWNERLESS = r"[A-Z][\w-]+(?![’'\w-])"
_PHRASE = rf"(?:the\s+)?{_OWNERLESS}(?:(?:,\s+|\s+and\s+|,\s+and\s+|\s+&\s+|\s+of\s+|\s+for\s+|\s+){_OWNERLESS})*"
_LONG_OFFICE = (
    rf"(?:{_CAPITALS}\s+(?:and\s+|&\s+)?){{0,4}}{_HEAD}(?:\s+of\s+State)?(?:\s+\([A-Z][\w ]+\))?(?:\s+(?:of|for|to)\s+{_PHRASE})?"
)
_NAME_OFFICE = re.compile(
    rf"(?P<name>{_NAME})(?=,\s+(?:(?:the|its|their|his|her|who\s+is)\s+|(?P<whose>{_CAPITALS}(?:\s{_CAPITALS})?)[’']s\s+)?(?P<office>{_LONG_OFFICE})(?=\s*(?:[,.;:)]|$|and\s|who\s|at\s|in\s|on\s|said\s|signed\s)))"
)
_OFFICE_COMMA_NAME = re.compile(rf"(?P<office>{_LONG_OFFICE}),\s+(?P<name>{_NAME})(?=\s*(?:[,.;:)]|$|and\s))")
_COUNTERPART = re.compile(rf"(?P<whose>(?:{_CAPITALS}\s){{0,3}})counterpart,?\s+{_HONORIFIC}(?P<name>{_NAME})")

_PORTFOLIO = frozenset(
    """external affairs foreign defence defense trade commerce commercial industry industries finance financial energy economy economic environment climate change agriculture
    food health home interior national security technology science digital natural resources business treasury state deputy vice first second chief prime cabinet
    union federal general permanent under assistant senior special labour labor transport transportation infrastructure petroleum gas oil coal mines mining power steel railways railway
    shipping ports waterways education culture cultural tourism justice law parliamentary development cooperation international planning investment water fisheries
    space communications telecommunications information electronics broadcasting ict women social welfare housing urban rural immigration employment migration european planning
    entrepreneurship skills skill innovation research veterans homeland attorney acting former interim minister secretary trade-related strategic overseas pacific commonwealth
    unification reunification maritime marine oceans civil aviation nuclear atomic electricity renewable new consumer public works sports youth armed forces armaments army navy revenue customs taxation budget reconstruction regional""".split()
)
_LINKS = frozenset({"and", "of", "for", "the", "&"})
_NO_NAME = frozenset(
    """ministry minister department council bank university summit agreement statement dialogue partnership committee commission government parliament assembly office
    house agency company group force forces union nations monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december the in on at to of for and but with from by after before during this that these those he she it they we you i meanwhile however both also
    north south east west northern southern eastern western central street palace airport hotel hall centre center square city state states republic kingdom island sea ocean
    bay river declaration treaty act plan framework initiative forum conference meeting talks day week year general special strategic joint""".split()
)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A person as one sentence introduces them."""

    name: str
    office: str
    position: int


def find_people(text: str, places: frozenset[str]) -> tuple[Person, ...]:
    """Return the people whom a text introduces with their office, in order of appearance, one entry each under the fullest name.

    `places` holds the folded names and adjectives of countries, which stand before offices and never in names.
    """
    text = text[:_SEARCHED]
    sightings = sorted(_find_sightings(text, places), key=lambda sighting: sighting.position)
    people: list[Person] = []
    for sighting in sightings:
        index = next((n for n, known in enumerate(people) if _is_same(known.name, sighting.name)), -1)
        if index < 0:
            people.append(Person(sighting.name, sighting.office))
            continue
        known = people[index]
        fuller = max(
            known.name, sighting.name, key=lambda name: (sum(len(part) > 2 for part in name.split()), name == known.name)
        )
        people[index] = Person(fuller, known.office or sighting.office)
    return tuple(people[:_MOST])


def _find_sightings(text: str, places: frozenset[str]) -> Iterator[_Sighting]:
    for match in _OFFICE_NAME.finditer(text):
        if name := _trim_name(match["name"], places):
            yield _Sighting(name, _office(text, match, places, name), match.start("name"))
    for match in _PLURAL.finditer(text):
        for key, of in (("one", "of"), ("two", "of2")):
            if name := _trim_name(match[key], places):
                country = f" of {match[of]}" if match[of] and fold(match[of]).removeprefix("the ") in places else ""
                yield _Sighting(name, match["head"] + country, match.start(key))
    for pattern in (_NAME_OFFICE, _OFFICE_COMMA_NAME):
        for match in pattern.finditer(text):
            name = _trim_name(match["name"], places)
            if name == match["name"] and (office := _trim_office(match["office"], places)):
                whose = match.groupdict().get("whose") or ""
                yield _Sighting(
                    name,
                    f"{office} of {whose}" if fold(whose) in places and " of " not in office else office,
                    match.start("name"),
                )
    yield from _find_counterparts(text, places)


def _find_counterparts(text: str, places: frozenset[str]) -> Iterator[_Sighting]:
    """Yield the people introduced as somebody's counterpart: what office that is stands beside the other name before it."""
    for match in _COUNTERPART.finditer(text):
        name = _trim_name(match["name"], places)
        before = [found for found in _OFFICE_NAME.finditer(text, max(0, match.start() - 200), match.start())]
        if not name or not before:
            continue
        whose = " ".join(word for word in match["whose"].split() if fold(word) in places or fold(match["whose"]) in places)
        office = _office(text, before[-1], places, _trim_name(before[-1]["name"], places), bare=True)
        yield _Sighting(name, f"{whose} counterpart of the {office}".strip(), match.start("name"))


def _trim_name(name: str, places: frozenset[str]) -> str:
    """Return a name without the capitalised words that follow it, or nothing when it is none."""
    kept: list[str] = []
    for word in name.split():
        if fold(word.strip(".")) in _NO_NAME or (fold(word) in places and kept):
            break
        kept.append(re.sub(r"[’']s$", "", word))
        if word.endswith(("’s", "'s")):
            break
    while kept and kept[-1] in ("de", "van", "von", "bin", "al", "el", "la", "le", "der", "da", "Al", "El", "Bin"):
        kept.pop()
    if len(kept) < 2 or fold(kept[0]) in places or fold(" ".join(kept)) in places or fold(kept[0]) in _PORTFOLIO:
        return ""
    return " ".join(kept) if any(len(word) > 2 for word in kept) else ""


def _office(text: str, match: re.Match[str], places: frozenset[str], name: str, *, bare: bool = False) -> str:
    """Return the whole office in front of a name: portfolio and country before its head, or the country behind the name."""
    head = match["head"]
    words = text[max(0, text.rfind("\n", 0, match.start()) + 1, match.start() - 90) : match.start()].split()
    taken: list[str] = []
    while words:
        word = words[-1]
        plain_word = fold(word.strip(",")).removesuffix("'s")
        pair = fold(" ".join(words[-2:]))
        if (plain_word in _PORTFOLIO and (word[:1].isupper() or head[:1].islower())) or (taken and plain_word in _LINKS and len(words) > 1 and fold(words[-2].strip(",")) in _PORTFOLIO):
            taken.insert(0, words.pop())
        elif bare or word.endswith(","):
            break
        elif plain_word in places and not (len(words) > 1 and pair in places):
            taken.insert(0, words.pop())
            break
        elif pair in places:
            taken[:0] = words[-2:]
            break
        else:
            break
    while taken and (fold(taken[0]) in _LINKS or not taken[0][0].isalnum()):
        taken.pop(0)
    office = " ".join((*taken, head)).removeprefix("the ")
    of = match.groupdict().get("of") or ""
    follows = of and match["name"] == name and fold(of).removeprefix("the ") in places
    if follows and not bare and not (taken and fold(taken[0]).removesuffix("'s") in places):
        return f"{office} of {of}"
    return re.sub(r"^(\S+(?: \S+)?)[’']s ", r"\1 ", office)


def _trim_office(office: str, places: frozenset[str]) -> str:
    """Return an office without what does not belong to it, or nothing where its words are of no office."""
    if owner := re.match(rf"(?P<whose>{_CAPITALS}?(?:\s{_CAPITALS}?)?)[’']s\s", office):
        if fold(owner["whose"]) not in places:
            return ""
        office = office[owner.end() :]
    head = re.search(_HEAD, office)
    if head is None:
        return ""
    before = office[: head.start()].split()
    known = [
        word
        for word in before
        if fold(word.strip(",")) in _PORTFOLIO
        or fold(word) in _LINKS
        or fold(word) in places
        or fold(" ".join(before[:2])) in places
    ]
    if len(known) != len(before):
        return ""
    if of := re.search(r"\s(?:of|for|to)\s", office[head.end() - 1 :]):
        office = _trim_portfolios(office, head.end() - 1 + of.end(), places)
        if office.endswith((" of", " for", " to")):
            return ""
    return office if not owner or " of " in office else f"{office} of {owner['whose']}"


def _is_same(one: str, other: str) -> bool:
    """Say whether two names are one person's: the same words, or the same last name with initials that agree."""
    a, b = fold(one).replace(".", "").split(), fold(other).replace(".", "").split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]


_ORGANISATION_END = r"Agency|Corporation|Commission|Authority|Organi[sz]ation|Fund|Bank|Limited|Ltd|Inc|Association|Federation|Institute|University|Foundation|Board|Bureau|Company|Secretariat|Heavy\s+Industries|Aerospace|Electronics|Motors|Airlines|Shipyard|Shipyards|Laboratory|Laboratories|Chamber\s+of\s+Commerce"
_ORGANISATION_START = r"Ministry|Department|Directorate|Directorate\s+General|Office|Embassy|Bank|Board|Bureau|Institute|University|Secretariat|Chamber|Federation|Confederation|Organi[sz]ation|Association"
_OF_BODY = re.compile(
    rf"(?<![\w-])(?P<name>(?:{_ORGANISATION_START})\s+(?:of|for)\s+(?:the\s+)?{_CAPITALS}(?:(?:,\s+|\s+|,?\s+and\s+|\s+&\s+|\s+of\s+|\s+for\s+(?:the\s+)?){_CAPITALS})*)(?:\s+\((?P<short>[A-Z][A-Za-z&.-]{{1,11}})\))?"
)
_END_BODY = re.compile(
    rf"(?<![\w-])(?P<name>(?:[A-Z][\w&’'-]*(?:\s+(?:of|and|for|&)\s+|\s+)){{1,6}}(?:{_ORGANISATION_END})(?:\s+of\s+(?:the\s+)?{_CAPITALS}(?:\s{_CAPITALS}){{0,2}})?)(?![\w-])(?:\s+\((?P<short>[A-Z][A-Za-z&.-]{{1,11}})\))?"
)
_SHORT_BODY = re.compile(
    r"(?P<name>(?:[A-Z][\w&’'-]*(?:\s+(?:of|and|for|on|the|in|&)(?:\s+the)?\s+|\s+)){2,9})\((?P<short>[A-Z][A-Z&]{1,9})\)"
)
_NOT_A_BODY = re.compile(
    r"\b(?:Agreement|Partnership|Initiative|Framework|Treaty|Dialogue|Statement|Memorandum|Programme|Program|Plan|Act|Strategy|Zone|Talks|Summit|Convention|Protocol|Accord|Declaration|Arrangement|Vision|Region|Interface|Consultations|Mechanism|Regime|Understanding|Project|System|Product|Corridor|Pact|Network|Economy|Gas|Intelligence|Investment|Offer|Rights|Change|Vehicles?|Route|Package|Joint\s+(?:Commission|Committee|Board))$"
)
_COMPANY = re.compile(
    r"^(?:Limited|Ltd|Inc|Company|Industries|Aerospace|Electronics|Motors|Airlines|Shipyards?|Corporation|Bank|Group)$"
)
# "The Reserve Bank of India" is called so; "the Joint Commission of India and South Korea" is only spoken of so.
_OWNED = re.compile(
    r"(?:Commission|Fund|Agency|Company|Limited|Ltd|Inc|Foundation|Organi[sz]ation|Aerospace|Electronics|Motors|Airlines|Shipyards?|Laborator\w+)(?P<of>\sof\s.*)$"
)
_SENTENCE_START = frozenset(
    {
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "its",
        "this",
        "that",
        "both",
        "and",
        "when",
        "while",
        "after",
        "under",
        "as",
        "if",
        "of",
        "to",
        "but",
    }
)


def find_organisations(text: str, places: frozenset[str]) -> tuple[Organisation, ...]:
    """Return the bodies that a text names, in order of appearance, with the abbreviation that it gives in brackets."""
    text = text[:_SEARCHED]
    found: list[tuple[int, int, Organisation]] = []
    for match in _SHORT_BODY.finditer(text):
        if name := _match_initials(match["name"].strip(), match["short"]):
            end = match.start("short") - 1
            found.append((end - len(name), end, Organisation(name, match["short"])))
    for pattern in (_END_BODY, _OF_BODY):
        for match in pattern.finditer(text):
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


def _match_initials(phrase: str, short: str) -> str:
    """Return the last words of a phrase whose initials spell the abbreviation, when they name a body."""
    words = phrase.split()
    wanted = [letter for letter in short if letter.isalpha()]
    for start in range(len(words) - 1, -1, -1):
        initials = [part[0] for word in words[start:] for part in re.split("-", word) if part[:1].isupper()]
        if initials == wanted and words[start][0].isupper():
            name = " ".join(words[start:])
            return (
                ""
                if _NOT_A_BODY.search(name)
                or not re.search(
                    rf"\b(?:{_ORGANISATION_END}|{_ORGANISATION_START}|Council|Society|Centre|Center|Forum|Union|Service|Services|Command|Administration|Group|Committee|Mission)\b",
                    name,
                )
                else name
            )
    return ""


def _fits(short: str, name: str) -> bool:
    """Say whether an abbreviation can be of a name: it starts with the same letter."""
    return bool(short) and short[0] == name[0] and len(short) < len(name)


def _trim_body(name: str, places: frozenset[str]) -> str:
    """Return the name of a body without the words that a sentence put before or behind it, or nothing."""
    words = name.split()
    while words and fold(words[0]) in _SENTENCE_START:
        words.pop(0)
    if len(words) < 2 or re.match(r"^\S+[’']s$", words[0]) or any(word.endswith(("’s", "'s")) for word in words[:-1]):
        return ""
    if "and" in words and _COMPANY.search(words[-1]) and fold(words[words.index("and") - 1]) not in _PORTFOLIO:
        words = words[words.index("and") + 1 :]
    if re.match(rf"{_HEAD}\b", " ".join(words)) and "of" in words:
        words = words[words.index("of") + 1 :]
        words = words[1:] if words[:1] == ["the"] else words
    if len(words) < 2:
        return ""
    name = " ".join(words)
    if start := re.match(rf"(?:{_ORGANISATION_START})\s+(?:of|for)\s", name):
        name = _trim_portfolios(name, start.end(), places)
    if owned := _OWNED.search(name):
        name = name[: owned.start("of")]
    words = name.split()
    if (
        _NOT_A_BODY.search(name)
        or re.match(rf"{_HEAD}\b", name)
        or len(words) > 10
        or all(fold(word) in places for word in words[:-1])
    ):
        return ""
    return name


def _trim_portfolios(name: str, start: int, places: frozenset[str]) -> str:
    """Return `Ministry of Commerce and Industry`, but only `Ministry of Defence` of `Ministry of Defence and Hanwha`."""
    kept, pending = name[:start].split(), list[str]()
    size = len(kept)
    for word in name[start:].split():
        known = fold(word.strip(",")) in _PORTFOLIO or fold(word.strip(",")) in places or len(kept) == size
        if fold(word) in _LINKS:
            pending.append(word)
        elif not pending or known:
            kept += [*pending, word]
            pending = []
            if not known and word.endswith(","):
                break
        else:
            break
        if kept[-1].endswith(",") and not known:
            break
    return " ".join(kept).rstrip(",")


def _merge(bodies: Sequence[Organisation]) -> tuple[Organisation, ...]:
    merged: dict[str, Organisation] = {}
    for body in bodies:
        key = fold(body.name)
        longer = next(
            (known for known in merged if key != known and (known.endswith(f" {key}") or known.startswith(f"{key} "))), ""
        )
        known = merged.get(longer or key)
        if known is None:
            merged[key] = body
        elif not known.abbreviation and body.abbreviation:
            merged[longer or key] = replace(known, abbreviation=body.abbreviation)
    return tuple(list(merged.values())[:_MOST])
