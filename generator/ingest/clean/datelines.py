"""Datelines: place, day and agency before the first sentence of a report, as the papers of many countries write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.ingest.words import any_of
from generator.text import squeeze

_AGENCIES = any_of("head", "agencies")
_UPPER = "A-ZÀ-ÞА-ЯЁЄІЇҐ"
_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?)"
# With the day first any word may be the month: "3 mai", "9 июля", "5 de agosto".
_DAY_OF_MONTH = rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\s?{_MONTH}|(?:le\s)?\d{{1,2}}\.?\s(?:de\s)?[^\W\d_]{{3,10}}\.?)"
_DAY = rf"(?:{_DAY_OF_MONTH}(?:(?:,?\s?|\sde\s)\d{{4}})?|\d{{4}}-\d\d-\d\d)"
_PLACE = rf"[{_UPPER}][{_UPPER}.’' -]{{1,40}}(?:,\s[{_UPPER}][\w. ]{{1,40}}?)?(?:/[{_UPPER}][{_UPPER} ]{{1,30}})?"
_MIXED_PLACE = (
    rf"[{_UPPER}][\w.’'-]+(?:[ /][{_UPPER}][\w.’'-]+){{0,3}}(?:,\s[{_UPPER}][\w.]+(?:\s(?:of|and|the|[A-Z][\w.]+)){{0,5}})?"
)
_AGENCY = rf"\(\s?(?P<agency>[A-Z][\w./& -]{{1,40}}?|{_AGENCIES})\s?\)"
_DASH = r"\s*\.?\s?(?:--|[-–—―])\s*"
_FIRST = rf"(?=[\"“‘'«{_UPPER}0-9₹$€£])"
_SURE = (
    # "МОСКВА, 9 июля — РИА Новости. …", "МОСКВА, 5 марта /ТАСС/. …", "ТАШКЕНТ, 22 декабря. …"
    re.compile(
        r"^(?P<place>[А-ЯЁ][А-ЯЁ -]{2,30}), (?P<day>\d{1,2} [а-я]{3,9})\s*"
        r"(?:[-–—/]\s*(?P<agency>[А-ЯЁA-Z][\w ]{1,20}?)/?)?\.\s+(?=[«\"А-ЯЁ\d])"
    ),
    re.compile(
        rf"^(?P<place>{_PLACE}),?\s+(?:(?P<day>{_DAY})\s*,?\s*)?(?:{_AGENCY}\s*)?(?:{_DASH}(?=\S)|(?<=\))\s*:\s*|(?<=\))\.\s+){_FIRST}"
    ),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+(?:(?P<day>{_DAY})\s*,?\s*)?{_AGENCY}\s*(?:{_DASH}|:\s*)(?=\S)"),
    re.compile(
        rf"^(?P<place>{_MIXED_PLACE}),?\s+(?P<day>{_DAY})\s*,?\s*(?:{_AGENCY}\s*)?(?:{_DASH}(?=[{_UPPER}\"“‘'])|:\s+)(?=\S)"
    ),
    # "MOSCOW, April 7. /TASS/. …"
    re.compile(rf"^(?P<place>{_PLACE}),\s+(?P<day>{_DAY})\.?\s*/(?P<agency>[^/]{{2,20}})/\.?\s+{_FIRST}"),
    re.compile(rf"^\(?(?P<agency>{_AGENCIES})\)?{_DASH}(?=[A-Z\"“‘'])"),
    # "MADRID.- El Congreso …"
    re.compile(rf"^(?P<place>[{_UPPER}][{_UPPER} ]{{2,30}})\.\s?[-–—]\s*{_FIRST}"),
    # Japanese papers write 【マニラ共同】 and 【ソウル＝鈴木】, Korean ones (하노이=연합뉴스) or [서울=뉴시스] and a name.
    re.compile(r"^【(?P<place>[^】=＝]{2,8}?)\s*(?P<agency>共同|時事|ロイター|AFP|CNN)】\s*"),
    re.compile(
        r"^[\[(【](?P<place>[^\]\[)(】]{1,15}?)\s*[=＝]\s*(?P<agency>[^\]\[)(】]{2,12}?)[\])】]\s*(?:[^=]{2,20}기자\s*=\s*)?"
    ),
    # "新华社北京9月5日电（记者张三）…"
    re.compile(
        r"^(?P<agency>新华社|中新社|中新网|中央社)(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月)?(?:\d{1,2}日)?电\s*(?:[（(][^（()）]{2,30}[)）])?\s*"
    ),
    # Chinese papers write "本报北京5月27日电", Hindi ones "काठमांडू, 27 मई (एजेंसी)।".
    re.compile(
        r"^(?:本报|本網|本网)?(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月)?\d{1,2}日[电電讯訊]\s*(?:[（(][^（()）]{2,30}[)）])?\s*"
    ),
    re.compile(
        r"^(?P<place>[\u0900-\u097f]{2,}(?:\s[\u0900-\u097f]{2,}){0,2}), (?P<day>\d{1,2} [\u0900-\u097f]{2,10}(?:,? \d{4})?)\s*"
        r"(?:\((?P<agency>[^()]{2,20})\)\s*)?[:।–—|-]\s*"
    ),
    # Hindi papers write "नई दिल्ली: …" without day or dash.
    re.compile(r"^(?P<place>[\u0900-\u097f]{2,}(?:\s[\u0900-\u097f]{2,}){0,2})\s*[:।|-]\s+(?=[\u0900-\u097f])"),
)
# These may be a speaker or the first words of a sentence: what stands there has to be a place that is known.
_DOUBTFUL = (
    re.compile(rf"^(?P<place>{_MIXED_PLACE})\s*(?::|\s[-–—|]|\.(?=\s))\s*{_FIRST}"),
    re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,6})[:：]\s*"),
    re.compile(
        r"^(?P<place>[\u0600-\u06ff]{3,}(?:\s[\u0600-\u06ff]{2,}){0,2})\s*(?:\((?P<agency>[^()]{2,20})\)\s*)?[-–—:]+\s*(?=[\u0600-\u06ff«\"])"
    ),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before a first sentence: `NEW DELHI, March 6 (PTI) -`; `text` is all of it."""

    place: str = ""
    agency: str = ""
    text: str = ""


def find_dateline(paragraph: str, is_place: Callable[[str], bool] = lambda _: False) -> Dateline | None:
    """Return the dateline of a first paragraph, or nothing: a place in capitals or with a day or agency, closed by a dash.

    `is_place` says whether words are a place that is known: `Cairo: …` is then a dateline, too.
    """
    for pattern in (*_SURE, *_DOUBTFUL):
        match = pattern.match(paragraph)
        if match is None or len(paragraph) - match.end() < _REST_MIN:
            continue
        parts = match.groupdict()
        place = re.sub(rf",?\s*{_DAY}\s*$", "", squeeze(parts.get("place") or "")).strip(" ,")
        # "Moscow – Beijing trade grew": two places are no dateline.
        if pattern in _DOUBTFUL and (not is_place(place) or is_place(paragraph[match.end() : match.end() + _REST_MIN])):
            continue
        agency = squeeze(parts.get("agency") or "")
        return Dateline(place, "" if re.fullmatch(_DAY, agency) else agency, match.group())
    return None


_REST_MIN = 20
