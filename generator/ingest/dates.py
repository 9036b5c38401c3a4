"""Reading dates and moments as news sites write them, in the languages of the world, without ever inventing a part.

Own patterns come first, since they take microseconds and never guess; dateparser is asked for what they do not know.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

from msgspec import Struct

from generator.ingest.words import any_of, word_map, word_numbers
from generator.text import EARLIEST_YEAR

# A month's name may be cut after three letters or more ("Sept", "févr.").
_ACCENTS = str.maketrans(
    "áàâäãåçéèêëíìîïıñóòôöõúùûüśşžźżńłąčćďęěėįľňřšťýůūų", "aaaaaaceeeeiiiiinooooouuuusszzznlaccdeeeilnrstyuuu"
)
_MONTH_BY_NAME = {name: int(number) for number, names in word_map("months").items() for name in names.split()}
_MONTH_BY_START = {
    name[:length]: number for name, number in _MONTH_BY_NAME.items() if name.isascii() for length in range(3, len(name))
}
_MONTH_BY_START |= word_numbers("month_starts")
_MINUTES = word_numbers("zone_minutes")
_MINUTES_BY_PLACE = word_numbers("zone_minutes_by_place")
_ZONES_BY_NAME = word_map("zone_names")
_AMERICAN = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
# Agencies everywhere give the time of the world: it tells no order.
_DAY_FIRST_ZONES = _MINUTES.keys() - {"Z", "UTC", "GMT"}
_MONTH_FIRST_ZONES = frozenset("ET CT MT PT EST EDT CST CDT MST MDT PST PDT AKST AKDT HST".split())

_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০๐０" for n in range(10)}
# "मई", May in Hindi, has two signs.
_WORD = r"[^\s\d,.|/()\[\]:;-]{2,12}"
_ROMAN = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_BETWEEN = r"[\s.,/\-–]{0,3}"
_DATES = re.compile(
    rf"""(?<![A-Za-z\d/.:-])(?:
      (?P<y1>\d{{4}})(?P<sep>[-/.])\s?(?P<m1>\d{{1,2}})(?P=sep)\s?(?P<d1>\d{{1,2}})(?!\d)
    | (?P<y2>\d{{4}})\s?[年년]\s?(?P<m2>\d{{1,2}})\s?[月월]\s?(?P<d2>\d{{1,2}})\s?[日일]?
    | (?P<n1>\d{{1,2}})(?P<sep2>[/.-])\s?(?P<n2>\d{{1,2}})(?P=sep2)\s?(?P<y3>\d{{4}})(?!\.?\d)
    | (?P<d6>\d{{1,2}})[.\s]\s?(?P<m6>(?-i:{"|".join(_ROMAN)}))[.\s]\s?(?P<y6>\d{{4}})(?!:?\d)
    | (?P<y7>\d{{4}})(?:\.|\sm\.)?\s(?P<m7>{_WORD})\s(?P<d7>\d{{1,2}})(?:\.|\sd\.)
    | (?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|ère|º|ª|°)?{_BETWEEN}(?:(?:of|de|den)\s)?(?P<m4>{_WORD}){_BETWEEN}
      (?:(?:de|del|of)\s)?(?P<y4>\d{{4}})(?!:?\d)
    )
    | (?<!\w)(?P<m5>{_WORD}){_BETWEEN}(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s?|\s|-)\s?(?P<y5>\d{{4}})(?!:?\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_HALVES = {"오전": "a", "오후": "p", "午前": "a", "午後": "p", "上午": "a", "下午": "p", "पूर्वाह्न": "a", "अपराह्न": "p"}
_TIME = re.compile(
    rf"""(?<![\d.])(?P<early>{"|".join(_HALVES)})?\s?
    (?: (?P<h>\d{{1,2}})\s?(?::|\.|h|時|시|点)\s?(?P<min>\d{{2}})?(?:\s?[:.]?(?<=[:.])(?P<s>\d{{2}})(?:\.\d{{1,9}})?)?
        \s?(?:分|분|Uhr|hrs|hours|heures)?
        (?:\s?(?P<half>[ap])\.?\s?m\b\.?)?
      | (?P<h2>\d{{1,2}})\s?(?P<half2>[ap])\.?\s?m\b\.?
      | (?P<h3>[01]\d|2[0-3])(?P<min3>[0-5]\d)(?=\s?(?:hrs|hours|GMT|UTC|IST)\b)(?:\s?(?:hrs|hours))? )""",
    re.VERBOSE | re.IGNORECASE,
)
_ZONE = re.compile(
    r"""\s?[\[(]?
    (?: (?:(?:Z|[A-Z]{2,5})\b)?\s?(?P<offset>[+\-−]\s?\d{1,2}(?::?\d{2})?)(?!\d) | (?P<only>Z|[A-Z]{2,5})\b )
    [\])]?""",
    re.VERBOSE,
)
_LONG_ZONE = re.compile(r"\s?[\[(]?((?:\w+\s)?\w+)\s(?:Standard\s|Daylight\s|Summer\s)?Time\b[\])]?", re.IGNORECASE)
_BRIDGE = re.compile(r"[\s.,|·•/@–—\-(T]*(?:(?:at|à|um|às|kl|o['’]clock|klo|alle|pukul|jam|в|о)\b\.?)?[\s,]*", re.IGNORECASE)
_UPDATED = re.compile(rf"{any_of('head', 'updated')}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)


class Stamp(Struct, frozen=True):
    """A date in a text, with the time and zone beside it; `start` and `end` span all, `updated` says that it is a change."""

    day: date
    clock: time | None
    start: int
    end: int
    updated: bool = False

    @property
    def moment(self) -> datetime | date:
        """The moment, with its zone where the text gives one, or the date alone where it gives no time."""
        return datetime.combine(self.day, self.clock) if self.clock else self.day


def find_stamps(text: str, *, order: str = "", place: str = "") -> Iterator[Stamp]:
    """Yield the complete dates of a line, in order of appearance.

    `order` says how 04/03/2026 is meant where the source gives it away: `dmy` or `mdy`; else such a date is left out, unless a
    zone beside it tells or a number is beyond 12. `place` is the country of the source in lower case, for zones of two meanings.
    """
    text = text.translate(_DIGITS)
    done = 0
    for match in _DATES.finditer(text):
        if match.start() < done:
            continue
        start, end = match.span()
        clock, zone = None, ""
        if found := _find_clock(text, start, end):
            clock, zone, start, end = found
        day = _read_day(match, order or ("mdy" if zone in _MONTH_FIRST_ZONES else "dmy" if zone in _DAY_FIRST_ZONES else ""))
        if day is None:
            continue
        done = end
        updated = bool(_UPDATED.search(text, max(0, start - 40), start))
        yield Stamp(day, _with_zone(clock, zone, day, place) if clock else None, start, end, updated)


def is_day_line(text: str) -> bool:
    """Say whether a short line begins with a date: "14. März 2024" is no item of a list."""
    stamp = next(find_stamps(text), None) if len(text) <= _DAY_LINE_SIZE else None
    return stamp is not None and stamp.start == 0


_DAY_LINE_SIZE = 60


def find_doubtful(text: str) -> str:
    """Return the first date of a line that is none for certain, such as `03/04/2025` or `32 Dec 2024`, or nothing."""
    for match in _DATES.finditer(text.translate(_DIGITS)):
        word = match["m4"] or match["m5"] or match["m6"] or match["m7"]
        if (not word or _read_month(word)) and _read_day(match, "") is None:
            return text[match.start() : match.end()]
    return ""


def explain_doubt(text: str) -> str:
    """Return why a text gives no date: it may mean two days, or none."""
    match = _DATES.search(text.translate(_DIGITS))
    if match and match["n1"] and int(match["n1"]) <= _MONTHS and int(match["n2"]) <= _MONTHS:
        return f'"{text}" may be a day of month {int(match["n1"])} or of month {int(match["n2"])}'
    return f'"{text}" is no date'


_MONTHS = 12


def parse_moment(text: str, *, order: str = "", place: str = "", lang: str = "") -> datetime | date | None:
    """Return the moment or date that a field of a record holds, or nothing where it holds none for certain."""
    stripped = text.strip()
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        pass
    else:
        return moment if len(stripped) > 10 and _is_sane(moment.date()) else moment.date() if _is_sane(moment.date()) else None
    for stamp in find_stamps(stripped, order=order, place=place):
        return stamp.moment
    return _ask_dateparser(stripped, lang) if 6 <= len(stripped) <= 60 and re.search(r"\d{4}", stripped) else None


_LATIN = ["en", "fr", "de", "es", "pt", "it", "nl", "id", "tr", "pl"]


def _ask_dateparser(text: str, lang: str) -> date | None:
    """Return the date of a text in a form or language that the patterns do not know (`3 พฤศจิกายน 2025`)."""
    # Numbers alone, or without a day: the patterns have said all that can be said for certain.
    if re.search(r"\d\s?[/.-]\s?\d", text) or not re.search(r"(?<!\d)\d{1,2}(?!\d)", text.translate(_DIGITS)):
        return None
    import dateparser  # 190 ms, and seconds for a text that is tried in all its 200 languages.

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        found = dateparser.parse(text, languages=[lang] if lang else _LATIN if text.isascii() else None, settings=settings)
    except ValueError:
        return None
    return found.date() if found and _is_sane(found.date()) and str(found.year) in text.translate(_DIGITS) else None


def _is_sane(day: date) -> bool:
    return EARLIEST_YEAR <= day.year <= 2100


def _read_day(match: re.Match[str], order: str) -> date | None:
    """Return the date of a match, or nothing where there is no such date or its order is open."""
    part = match.groupdict()
    if part["n1"]:
        first, second, year = int(part["n1"]), int(part["n2"]), int(part["y3"])
        if part["sep2"] == "." or first > 12 or first == second:
            order = "dmy"
        elif second > 12:
            order = "mdy"
        if not order:
            return None
        month, number = (second, first) if order == "dmy" else (first, second)
    elif part["y1"] or part["y2"]:
        year, month, number = (int(part[f"{key}1"] or part[f"{key}2"]) for key in "ymd")
    else:
        form = next(form for form in "4567" if part[f"y{form}"])
        year, month, number = int(part[f"y{form}"]), _read_month(part[f"m{form}"]), int(part[f"d{form}"])
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    return day if _is_sane(day) else None


def _read_month(name: str) -> int:
    """Return the number of a month's name, whole or cut, or 0, which is no month."""
    if name in _ROMAN:
        return _ROMAN[name]
    folded = name.casefold().translate(_ACCENTS)
    return _MONTH_BY_NAME.get(folded) or _MONTH_BY_START.get(folded) or 0


def _find_clock(text: str, start: int, end: int) -> tuple[time, str, int, int] | None:
    """Return the time beside a date (behind it, else before it), its zone, and the span that now covers both."""
    bridge = _BRIDGE.match(text, end)
    after = _TIME.match(text, bridge.end() if bridge else end)
    if after and (clock := _read_clock(after)):
        zone, stop = _read_zone(text, after.end())
        return clock, zone, start, stop
    for before in _TIME.finditer(text, max(0, start - 30), start):
        zone, stop = _read_zone(text, before.end())
        bridge = _BRIDGE.match(text, stop)
        reaches = max(stop, bridge.end() if bridge else stop)
        if reaches >= start - 10 and _is_weekday(text[reaches:start]) and (clock := _read_clock(before)):
            return clock, zone, before.start(), end
    return None


def _is_weekday(text: str) -> bool:
    """Say whether nothing, a weekday or a preposition stands between a time and its date."""
    return not re.search(r"\d", text) and len(text.split()) <= 1


def _read_clock(match: re.Match[str]) -> time | None:
    part = match.groupdict()
    hour = int(part["h"] or part["h2"] or part["h3"])
    minute = int(part["min"] or part["min3"] or 0)
    half = (part["half"] or part["half2"] or _HALVES.get(part["early"] or "", "")).lower()
    if not (part["min"] or part["min3"] or half or re.search("[時시点]", match.group())):
        return None
    if half and hour > 12:
        half = ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, int(part["s"] or 0))
    except ValueError:
        return None


def _read_zone(text: str, position: int) -> tuple[str, int]:
    """Return the zone that stands at `position` as `IST`, `+05:30` or `GMT-4`, and where it ends; empty where there is none."""
    named = _LONG_ZONE.match(text, position)
    if named and (letters := _ZONES_BY_NAME.get(re.sub(r"\s(?:standard|daylight|summer)$", "", named[1].lower()))):
        return letters, named.end()
    match = _ZONE.match(text, position)
    if match is None:
        return "", position
    if match["offset"]:
        return match["offset"].replace("−", "-").replace(" ", ""), match.end()
    name = match["only"]
    return (name, match.end()) if name in _MINUTES or name in _AMERICAN else ("", position)


def _with_zone(clock: time, zone: str, day: date, place: str) -> time:
    if not zone:
        return clock
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").rjust(2, "0")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        total = (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
    elif zone in _AMERICAN:
        total = _AMERICAN[zone] + (60 if _is_american_summer(day) else 0)
    else:
        total = _MINUTES_BY_PLACE.get(f"{place} {zone}", _MINUTES[zone])
    return clock.replace(tzinfo=timezone(timedelta(minutes=total))) if abs(total) < 24 * 60 else clock


def _is_american_summer(day: date) -> bool:
    """Say whether clocks in the United States are put forward on a day, by the rule of 2007."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    start = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return start <= day < end
