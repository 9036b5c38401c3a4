"""Datelines: place, day and agency before the first sentence of a report, as the papers of many countries write them."""

import re
from collections.abc import Callable

from msgspec import Struct

from generator.ingest.words import any_of
from generator.text import squeeze

_AGENCIES = any_of("head", "agencies")
_UPPER = "A-ZÀ-ÞА-ЯЁЄІЇҐ"
_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?)"
# With the day first any word may be the month: "3 mai", "9 июля", "5 de agosto".
_DAY_OF_MONTH = (
    rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s?{_MONTH}|(?:le\s)?\d{{1,2}}[.º]?\s(?:de\s)?[^\W\d_]{{3,10}}\.?)"
)
_DAY = rf"(?:{_DAY_OF_MONTH}(?:(?:,?\s?|\sde\s|/)\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"
_PLACE = rf"[{_UPPER}][{_UPPER}.’' -]{{1,40}}(?:,\s[{_UPPER}][\w. ]{{1,40}}?)?(?:/[{_UPPER}][{_UPPER} ]{{1,30}})?"
_MIXED_PLACE = (
    rf"[{_UPPER}][\w.’'-]+(?:[ /](?:(?:de|do|da|del|am|an der)\s)?[{_UPPER}][\w.’'-]+){{0,3}}"
    rf"(?:,\s[{_UPPER}][\w.]+(?:\s(?:of|and|the|[A-Z][\w.]+)){{0,5}})?"
)
# Indian agencies name the country behind the city: "New Delhi [India]".
_COUNTRY = r"(?:\s\[[^\[\]]{2,30}\])?"
_AGENCY = rf"\(\s?(?P<agency>[A-ZÀ-Þ][\w./& -]{{1,40}}?|{_AGENCIES})\s?\)"
# Beside a day whatever stands in brackets is the agency, and so are small letters beside a place that is known.
_ANY_AGENCY = r"\(\s?(?P<agency>[^()]{2,40}?)\s?\)"
_DASH = r"\s*\.?\s?(?:--|[-–—―])\s*"
_FIRST = rf"(?=[\"“‘'«{_UPPER}0-9₹$€£])"
_ARABIC = "\u0600-\u06ff"
_ARABIC_PLACE = rf"(?P<place>[{_ARABIC}]{{3,}}(?:\s[{_ARABIC}]{{2,}}){{0,2}}?)"
_ARABIC_DAY = rf"(?:\d{{1,2}}\s(?!في)[{_ARABIC}]{{3,}}(?:\s?/\s?[{_ARABIC}]{{3,}})?(?:\s\d{{4}})?|\d{{1,2}}\s?[-/]\s?\d{{1,2}})"
_HINDI = "\u0900-\u097f"
_HINDI_PLACE = rf"(?P<place>[{_HINDI}]{{2,}}(?:\s[{_HINDI}]{{2,}}){{0,2}})"
_HINDI_DAY = rf"(?:\d{{1,2}}|[{_HINDI}]{{2,6}}) [{_HINDI}]{{2,10}}(?:,? \d{{4}})?"
_CHINESE_AGENCY = r"(?P<agency>新华社|中新社|中新网|中央社|法新社|路透社|路透|美联社|共同社)"
_CHINESE_DAY = r"(?:\d{1,2}月)?\d{1,2}日"
_REPORTER = r"(?:[（(][^（()）]{2,30}[)）])?\s*"
_SURE = (
    # "МОСКВА, 9 июля — РИА Новости. …", "МОСКВА, 5 марта /ТАСС/. …", "ТАШКЕНТ, 22 декабря. …"
    re.compile(
        r"^(?P<place>[А-ЯЁ][А-ЯЁ -]{2,30}), \d{1,2} [а-я]{3,9}\s*"
        r"(?:[-–—/]\s*(?P<agency>[А-ЯЁA-Z][\w ]{1,20}?)/?)?\.\s+(?=[«\"А-ЯЁ\d])"
    ),
    # "Москва. 6 марта. INTERFAX.RU - …", "Tehran, March 6, IRNA – …", "АСТАНА. КАЗИНФОРМ – …"
    re.compile(
        rf"^(?P<place>{_MIXED_PLACE})[.,]\s+(?:{_DAY}[.,]?\s+(?P<agency>[{_UPPER}][{_UPPER}.]{{2,14}}|{_AGENCIES}){_DASH})(?=\S)"
    ),
    re.compile(rf"^(?P<place>{_MIXED_PLACE})[.,]\s+(?:{_DAY}[.,]?\s+)?(?P<agency>{_AGENCIES})(?:{_DASH}|\s+){_FIRST}"),
    # "JAKARTA, KOMPAS.com - …"
    re.compile(rf"^(?P<place>{_MIXED_PLACE}|{_PLACE}),\s+(?P<agency>[A-Za-z][\w-]{{1,19}}\.[A-Za-z]{{2,4}}){_DASH}{_FIRST}"),
    # "6 марта, Минск /Корр. БЕЛТА/. …"
    re.compile(rf"^{_DAY}, (?P<place>{_MIXED_PLACE})\s?/(?:Корр\.\s)?(?P<agency>[^/]{{2,20}})/\.?\s+{_FIRST}"),
    # The agency stands first, "(ANSA) - ROMA, 06 MAR - …", or between bars, "Paris, France | AFP | …"; "CAIRO - 6 March 2024: …".
    re.compile(rf"^\((?P<agency>{_AGENCIES})\){_DASH}(?P<place>{_PLACE}),?\s+{_DAY}{_DASH}{_FIRST}"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE})\s*\|\s*(?P<agency>{_AGENCIES})\s*\|\s*(?=\S)"),
    re.compile(rf"^(?P<place>{_PLACE})\s*[-–—]\s*{_DAY}\s*[:–—-]\s*{_FIRST}"),
    # Where day and agency are both there, no sign has to follow: "HAVANA, Cuba, Mar 6 (ACN) …".
    re.compile(rf"^(?P<place>{_PLACE}){_COUNTRY},\s+{_DAY}\s*,?\s*{_ANY_AGENCY}\s*(?:{_DASH}|[:.]\s*)?(?=\S)"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}){_COUNTRY},?\s+{_DAY}\s*,?\s*{_AGENCY}\s*(?:{_DASH}|[:.]\s*)(?=\S)"),
    re.compile(rf"^(?P<place>{_PLACE}|{_MIXED_PLACE}),?\s+{_ANY_AGENCY}\s*,?\s*{_DAY}\s*(?:{_DASH}|:\s*){_FIRST}"),
    re.compile(
        rf"^(?=[^,(]*[{_UPPER}]{{3}})(?P<place>{_PLACE}),?\s+(?:{_DAY}\s*,?\s*)?(?:{_AGENCY}\s*)?(?:{_DASH}(?=\S)|(?<=\))\s*:\s*|(?<=\))\.\s+){_FIRST}"
    ),
    # "Olaf Scholz (SPD): …" is no dateline: without a day the agency has to be known, or the place.
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+\(\s?(?P<agency>{_AGENCIES})\s?\)\s*(?:{_DASH}|:\s*)(?=\S)"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+{_DAY}\s*(?:{_DASH}|:\s+){_FIRST}"),
    # "MOSCOW, April 7. /TASS/. …"
    re.compile(rf"^(?P<place>{_PLACE}),\s+{_DAY}\.?\s*/(?P<agency>[^/]{{2,20}})/\.?\s+{_FIRST}"),
    re.compile(rf"^\(?(?P<agency>{_AGENCIES})\)?{_DASH}(?=[A-Z\"“‘'])"),
    # "MADRID.- El Congreso …"
    re.compile(rf"^(?P<place>[{_UPPER}][{_UPPER} ]{{2,30}})\.\s?[-–—]\s*{_FIRST}"),
    # "BAKU, Azerbaijan, March 6. …"
    re.compile(rf"^(?P<place>[{_UPPER}]{{3,30}}(?:,\s[{_UPPER}]\w+)?),\s+{_DAY}\.\s+{_FIRST}"),
    # Japanese papers write 【マニラ共同】, [東京 6日 ロイター] and 【ソウル＝鈴木】, Korean ones (하노이=연합뉴스).
    re.compile(
        r"^[\[【](?P<place>[^】\]=＝\d\s]{2,8}?)?\s*(?:(?:\d{1,2}月)?\d{1,2}日\s)?(?P<agency>共同|時事|ロイター|AFP|CNN)[】\]]\s*(?:-\s*)?"
    ),
    re.compile(
        r"^[\[(【](?P<place>[^\]\[)(】]{1,15}?)\s*[=＝]\s*(?P<agency>[^\]\[)(】]{2,12}?)[\])】]\s*(?:[^=]{2,20}기자\s*=\s*)?"
    ),
    re.compile(r"^[\[【](?P<agency>[가-힣A-Z\d]{2,12})\s[가-힣]{2,4}\s?기자[\]】]\s*"),
    # "新华社北京9月5日电（记者张三）…", "（中央社記者王小明台北6日電）…", "路透北京3月6日 - …"
    re.compile(
        rf"^[（(【]?{_CHINESE_AGENCY}(?:記者[\u4e00-\u9fff]{{2,3}})?(?P<place>[\u4e00-\u9fff]{{2,6}}?)?{_CHINESE_DAY}"
        rf"(?:[电電][）)】]?|\s*-)\s*{_REPORTER}"
    ),
    re.compile(rf"^{_CHINESE_AGENCY}(?P<place>[\u4e00-\u9fff]{{2,6}}?)电\s*{_REPORTER}"),
    # Chinese papers write "本报北京5月27日电", Hindi ones "काठमांडू, 27 मई (एजेंसी)।".
    re.compile(rf"^(?:本报|本網|本网)?(?P<place>[\u4e00-\u9fff]{{2,6}}?){_CHINESE_DAY}[电電讯訊]\s*{_REPORTER}"),
    re.compile(rf"^{_HINDI_PLACE}, {_HINDI_DAY}\s*(?:\((?P<agency>[^()]{{2,20}})\)\s*)?[:।–—|-]\s*"),
    # Hindi papers write "नई दिल्ली: …" without day or dash.
    re.compile(rf"^{_HINDI_PLACE}\s*[:।|-]\s+(?=[{_HINDI}])"),
)
# These may be a speaker or the first words of a sentence: what stands there has to be a place that is known.
_DOUBTFUL = (
    # Latin America and India: "Havana, Mar 6 (Prensa Latina) …", "नई दिल्ली, छह मार्च (भाषा) …".
    re.compile(rf"^(?P<place>{_MIXED_PLACE}){_COUNTRY},?\s+{_DAY}\s*,?\s*{_ANY_AGENCY}\s*(?:{_DASH}|[:.]\s*)?(?=\S)"),
    re.compile(rf"^{_HINDI_PLACE}, {_HINDI_DAY}\s*\((?P<agency>[^()]{{2,20}})\)\s*"),
    # Arab agencies: "القاهرة في 6 مارس /أ ش أ/", "الكويت - 6 - 3 (كونا) --", "الرياض 06 مارس 2024 واس".
    re.compile(
        rf"^{_ARABIC_PLACE}(?:\s?[-–،]\s?|\sفي\s|\s){_ARABIC_DAY}\s?[-–]?\s?(?:[(/]\s?(?P<agency>[^()/]{{2,20}}?)\s?[)/])\s*[-–—:.]*\s*"
    ),
    re.compile(rf"^{_ARABIC_PLACE}\s{_ARABIC_DAY}\s(?P<agency>{_AGENCIES})\s[-–—:]*\s*"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+{_ANY_AGENCY}\s*(?:{_DASH}|:\s*)(?=\S)"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),\s+{_DAY}\.\s+{_FIRST}"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE})\s*(?::|\s[-–—|]|-(?=\s)|\.(?=\s))\s*{_FIRST}"),
    re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,6})[:：]\s*"),
    re.compile(rf"^{_ARABIC_PLACE}\s*[-–]?\s*[(/]\s?(?P<agency>[^()/]{{2,20}}?)\s?[)/]\s*[-–—:.]*\s*"),
    re.compile(rf"^{_ARABIC_PLACE}\s?-\s?(?P<agency>{_AGENCIES})\s[-–—:]*\s*"),
    re.compile(rf"^{_ARABIC_PLACE}\s*[-–—:]+\s*(?=[{_ARABIC}«\"])"),
)


class Dateline(Struct, frozen=True):
    """What stands before a first sentence: `NEW DELHI, March 6 (PTI) -`; `text` is all of it."""

    place: str = ""
    agency: str = ""
    text: str = ""


def find_dateline(paragraph: str, is_place: Callable[[str], bool] = lambda _: False) -> Dateline | None:
    """Return the dateline of a first paragraph, or nothing: a place in capitals or with a day or agency, closed by a dash.

    `is_place` says whether words are a place that is known: `Cairo: …` is then a dateline, too.
    """
    opening = paragraph[:_OPENING_SIZE]
    for pattern in (*_SURE, *_DOUBTFUL):
        match = pattern.match(opening)
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
# No dateline is longer; a word of 50,000 letters took the patterns a third of a second.
_OPENING_SIZE = 160
