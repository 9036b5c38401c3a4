"""The lines above an article: section names glued to its headline, time stamps, publisher, byline, dateline."""

import re
from dataclasses import dataclass

from generator.ingest.dates import Stamp, find_stamps
from generator.text import squeeze

# Words that name sections of news sites. A segment of a breadcrumb is made of these; regions and large countries have sections too.
_SECTIONS = frozenset(
    """home homepage main index front page news latest top stories story headlines world national nation international global domestic
    regional region local state states city cities politics political policy policies government parliament elections election diplomacy
    diplomatic foreign affairs external relations bilateral multilateral summits summit agreements treaties business economy economic
    economics finance financial markets market money banking banks stocks shares commodities companies company corporate industry
    industries startups investing investment investments trade commerce exports tariffs energy power oil gas nuclear renewables climate
    environment water agriculture farming food health science technology tech digital ai cyber telecom space defence defense military army
    navy security terror maritime shipping ports aviation transport infrastructure railways auto autos automobile manufacturing
    semiconductors chips minerals mining metals education jobs careers labour law legal courts crime society culture arts entertainment
    lifestyle travel tourism sport sports opinion opinions editorial editorials comment columns analysis explained explainers explainer features feature
    insight insights special specials reports report research papers press release releases statement statements briefing briefings room
    updates update live breaking exclusive video videos photos pictures gallery podcast podcasts topics tags category archive archives desk
    blog web english edition asia asian europe european africa african america americas american pacific indo-pacific gulf mideast middle
    east west north south central southeast northeast southern northern eastern western eurasia atlantic latin oceania arab eu un asean g20
    g7 brics quad india indian us usa u.s. uk china chinese japan japanese korea korean russia russian pakistan australia canada germany
    france britain brazil israel ukraine taiwan singapore vietnam indonesia nigeria kenya
    actualités actualité accueil monde politique économie internationale nachrichten startseite politik wirtschaft welt inicio noticias
    mundo política economía economia internacional notizie berita beranda dunia ekonomi""".split()
)
_CASELESS_SECTION = re.compile(
    r"^(?:होम|समाचार|खबरें|देश|दुनिया|विदेश|राजनीति|कारोबार|बिज़नेस|व्यापार|홈|뉴스|정치|경제|국제|세계|사회|산업|首页|新闻|国际|国內|国内|财经|政治|经济|ホーム|ニュース|国際|経済|社会|الرئيسية|أخبار|سياسة|اقتصاد|عالم)(?=\S)"
)
_LINKS = frozenset("and & of the in on for".split())
_GLUE = re.compile(
    r"(?<=[^\W\d_A-Z])(?=[A-Z\u00c0-\u00de])|(?<=[a-z])(?=[‘“'\"₹$€£]?[A-Z0-9‘“])|(?<=[A-Z]{3})(?=[A-Z][a-z]{2})|(?<=[)\]])(?=[A-Z])"
)
_ARROWS = re.compile(r"\s*(?:[>»›→]+|(?<=\s)[/|·](?=\s))\s*")


def strip_crumbs(line: str, body: str) -> str:
    """Return a headline without the section names in front of it: `Business NewsBusinessIndia, …` or `Home > World > India, …`.

    `body` decides in doubt: a word such as `BrahMos` that stands in the text is a name and no seam between two words.
    """
    pieces = [piece for piece in _ARROWS.split(line) if piece]
    if len(pieces) > 1:
        *crumbs, title = pieces
        arrows = re.search(r"[>»›→]", line)
        if all(_is_section(crumb) or (arrows and len(crumb.split()) <= 4) for crumb in crumbs) and not _is_section(title):
            line = title
    rest = line
    while (seam := _find_seam(rest, body)) > 0:
        rest = rest[seam:].lstrip()
    while caseless := _CASELESS_SECTION.match(rest):
        rest = rest[caseless.end() :]
    return rest if len(rest) >= 8 else line


def _find_seam(line: str, body: str) -> int:
    """Return where the first segment of a glued breadcrumb ends, or 0."""
    for match in _GLUE.finditer(line, 1):
        seam = match.start()
        segment = line[:seam]
        if len(segment) > 40 or len(segment.split()) > 4 or re.search(r"[,:;.!?]\s", segment):
            return 0
        token = _token_at(line, seam)
        if len(token) > 2 and re.search(rf"(?<!\w){re.escape(token)}(?!\w)", body):
            continue
        if _is_section(segment):
            return seam
        following = re.match(r"[‘“'\"]?([\w.-]+)", line[seam:])
        is_name = segment[:1].isupper() and all(word[:1].isupper() or word in _LINKS for word in segment.split())
        if is_name and len(segment) >= 4 and following and _holds_word(body, following[1]):
            return seam
    return 0


def _token_at(line: str, position: int) -> str:
    start = line.rfind(" ", 0, position) + 1
    end = line.find(" ", position)
    return line[start : end if end >= 0 else len(line)].strip(".,:;!?'\"‘’“”()")


def _holds_word(body: str, word: str) -> bool:
    return len(word) >= 2 and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body) is not None


def _is_section(segment: str) -> bool:
    words = [word.strip("()").casefold() for word in re.split(r"[\s&/]+|(?<=[a-z])-(?=[a-z])", segment) if word]
    return 0 < len(words) <= 4 and all(word in _SECTIONS or word in _LINKS for word in words) and not set(words) <= _LINKS


def is_crumbs(line: str) -> bool:
    """Say whether a line is nothing but section names: `Home > World > Asia`, `Business News`."""
    if len(line) > 120:
        return False
    pieces = [piece for piece in _ARROWS.split(line) if piece]
    if len(pieces) > 1:
        return all(len(piece.split()) <= 4 for piece in pieces) and any(_is_section(piece) for piece in pieces)
    rest = line
    while rest and not _is_section(rest):
        seam = next((match.start() for match in _GLUE.finditer(rest, 1) if _is_section(rest[: match.start()])), 0)
        if not seam:
            return False
        rest = rest[seam:]
    return bool(rest)


_HEADER = re.compile(
    r"^\s*(?:date|published|publication\s+date|pubdate)?\s*[:=]?\s*(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?:\s+|$)(?![-–—|/,]?\s*\d)(.*)$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\s*(title|headline|date|published(?:\s+(?:on|at|by))?|publication\s+date|publisher|source|author|writer|byline|url|link|lang|language|outlet|website|agency)\s*[:=]\s*(\S.*)$",
    re.IGNORECASE,
)
_FIELDS = {
    "headline": "title", "published": "date", "published on": "date", "published at": "date", "publication date": "date", "source": "publisher",
    "published by": "publisher", "outlet": "publisher", "website": "publisher", "writer": "author", "byline": "author", "link": "url", "language": "lang",
}  # fmt: skip


def parse_header(line: str) -> tuple[str, str] | None:
    """Return the date and the rest of a first line such as ` date 2025-08-16 Business NewsBusinessIndia, …`."""
    match = _HEADER.match(line)
    return (match[1], squeeze(match[2])) if match else None


def parse_field(line: str) -> tuple[str, str] | None:
    """Return name and value of a line such as `Source: NDTV Profit`; the names are title, date, publisher, author, url, lang, agency."""
    match = _LABELLED.match(line)
    if not match or len(line) > 300:
        return None
    name = squeeze(match[1]).lower()
    return _FIELDS.get(name, name), squeeze(match[2])


@dataclass(frozen=True, slots=True)
class StampLine:
    """A line that is a time stamp, and whom else it names: `By Jane Doe | Updated 16 Aug 2025 | New Delhi`."""

    stamps: tuple[Stamp, ...]
    byline: str = ""
    publisher: str = ""


# What may stand around a date without making the line a sentence.
_AROUND = re.compile(
    r"""\b(?:first|last|originally)?\s*(?:published|updated|posted|modified|created|issued|released|uploaded|edited|reviewed|filed|dated?|time|am|pm|hrs|hours|ist|on|at|by|in|as\s+of|from
    |mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b | \b\d{1,3}\s*[- ]?min(?:ute)?s?(?:\s+read)?\b | \b(?:publié|mis\s+à\s+jour|le|à|publicado|actualizado|el|veröffentlicht|aktualisiert|am|um|uhr
    |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b
    | 입력 | 수정 | 등록 | 송고(?:시간)? | 최종 | 기사 | [월화수목금토일]요일 | 発行 | 更新 | 公開 | 发布(?:时间)? | 来源 | 时间 | 星期[一二三四五六日] | प्रकाशित | अपडेट(?:ेड)? | पब्लिश | ش?نشر | آخر\s+تحديث | опубликовано | обновлено
    | \([^()]{0,30}\) | (?:\w+\s+)?(?:standard|daylight|summer|local)\s+time | [\s|,.:;·•/@()\[\]–—-]+""",
    re.IGNORECASE | re.VERBOSE,
)
_BY = re.compile(
    r"^\W{0,3}(?:(?:reported|written|filed|posted|published|edited|compiled|from)\s+)?(?:by|from\s+the|par|por|von|oleh|di|автор)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_AFTER_NAME = r"\s*[|•·]\s*|\s+[-–—]\s+|,\s|\s+reports?$"
_DESK = re.compile(
    r"\b(?:desk|staff|bureau|reporter|reporters|correspondents?|editor|editors|team|newsroom|writers?|journalist|agencies|기자|特派員|記者|记者|ब्यूरो|डेस्क)\b|기자|記者|记者",
    re.IGNORECASE,
)


def parse_stamp_line(line: str, *, order: str = "", place: str = "") -> StampLine | None:
    """Return the stamps of a line that holds little else than a date, or nothing."""
    if len(line) > 160:
        return None
    stamps = tuple(find_stamps(line, order=order, place=place))
    if not stamps:
        return None
    kept, done = [], 0
    for stamp in stamps:
        kept.append(line[done : stamp.start])
        done = stamp.end
    pieces = [piece for part in (*kept, line[done:]) for piece in re.split(r"\s*[|•·–—]\s*|\s+[-/]\s+|,\s", part) if piece]
    left = [piece.strip(" ,.:;-/|()") for piece in pieces if _AROUND.sub("", piece)]
    byline = next(
        (parse_byline(piece) for piece in left if _BY.match(piece) or (parse_byline(piece) and not is_outlet(piece))), ""
    )
    publisher = next((piece for piece in left if is_outlet(piece)), "")
    others = [piece for piece in left if not parse_byline(piece) and piece not in (byline, publisher)]
    if sum(len(_AROUND.sub(" ", piece).split()) for piece in others) > 3 or line.rstrip().endswith((".”", '."')):
        return None
    return StampLine(stamps, byline, publisher)


def parse_byline(line: str) -> str:
    """Return whom a line such as `By Jane Doe, New Delhi` or `Example Desk staff` names as author, or nothing."""
    if (
        len(line) > 120
        or len(line.split()) > 14
        or (line.rstrip().endswith((".", ":", "?", "!", ";"))
        and not line.rstrip().endswith(("Jr.", "Sr.")))
    ):
        return ""
    if match := _BY.match(line):
        name = line[match.end() :].strip(" ,|-–—")
        return re.split(_AFTER_NAME, name)[0] if name[:1].isupper() or not name[:1].isascii() else ""
    words = line.split()
    if _DESK.search(line) and len(words) <= 10 and (line[:1].isupper() or not line[:1].isascii()):
        return re.split(_AFTER_NAME, line)[0]
    return ""


_OUTLET_WORDS = frozenset(
    """times post news herald tribune express today journal gazette daily press agency wire newswire profit online live tv chronicle
    guardian standard observer mirror mail telegraph review bulletin network broadcasting radio channel economist weekly monthly
    magazine media digest monitor dispatch inquirer examiner independent sun star globe mint reuters bloomberg ndtv bbc cnn cnbc
    afp ap pti ani ians upi xinhua yonhap kyodo tass interfax anadolu bernama antara efe ansa dpa nikkei asahi mainichi yomiuri hankyoreh joongang chosun
    dong-a hindu hindustan jazeera arabiya politico axios forbes fortune scroll quint firstpost moneycontrol businessline livemint
    outlook rediff wion businessworld dawn ministry government office department embassy consulate house commission council bureau
    secretariat parliament institute foundation university desk gov zeitung spiegel welt presse monde figaro país mundo folha corriere
    repubblica pravda jagran bhaskar समाचार टाइम्स 신문 일보 뉴스 新聞 新闻 通信 通讯社 日报""".split()
)
_OUTLET_LINKS = frozenset("of the and for in & de la le el der die das du".split())
_DOMAIN = re.compile(
    r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|in|news|info|tv|eu|int|gov|(?:co|com|gov|org|nic|go|or)\.[a-z]{2}|[a-z]{2})$",
    re.IGNORECASE,
)
_ASIAN_OUTLET = re.compile(r"(?:신문|일보|뉴스|통신|방송|新聞|新闻|日報|日报|通信|通讯社|新华社|社)$")


def is_outlet(line: str) -> bool:
    """Say whether a short line reads like the name of a publisher: `The Hindu`, `NDTV Profit`, `Ministry of External Affairs`."""
    words = line.split()
    if (
        not words
        or len(words) > 8
        or len(line) > 70
        or _BY.match(line)
        or (line.endswith((".", ":", "?", "!", ",", ";"))
        and not line.endswith(("Inc.", "Ltd.")))
    ):
        return False
    if _DOMAIN.match(line) or (len(line) <= 16 and _ASIAN_OUTLET.search(line)):
        return True
    if not all(word[0].isupper() or word[0].isdigit() or word in _OUTLET_LINKS for word in words):
        return False
    return any(word.strip(",()").casefold() in _OUTLET_WORDS for word in words)


def is_name_line(line: str) -> bool:
    """Say whether a line could be a name and nothing else: a few capitalised words, or a short word of a script without capitals."""
    words = line.split()
    if not words or len(words) > 5 or len(line) > 50 or re.search(r"[.:?!,;\"“”]$", line):
        return False
    return all(word[0].isupper() or not word[0].isascii() or word in _OUTLET_LINKS or word[0].isdigit() for word in words)


_AGENCIES = "Reuters|AP|AFP|PTI|ANI|IANS|UNI|UPI|Xinhua|Yonhap|Kyodo|TASS|Interfax|dpa|DPA|EFE|ANSA|Bloomberg|BERNAMA|Bernama|ANTARA|Antara|Anadolu|AA|VNA|PNA|WAM|SPA|KUNA|QNA|MENA|NNN|CNA|APP|BSS"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\s?{_MONTH})(?:,?\s?\d{{4}})?"
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{1,40}(?:,\s[A-ZÀ-Þ][\w.À-ÿ ]{1,25}?)?(?:/[A-ZÀ-Þ][A-ZÀ-Þ ]{1,30})?"
_MIXED_PLACE = r"[A-ZÀ-Þ][\wÀ-ÿ.’'-]+(?:[ /][A-ZÀ-Þ][\wÀ-ÿ.’'-]+){0,3}(?:,\s[A-ZÀ-Þ][\wÀ-ÿ.]+(?:\s[A-Z][\w.]+)?)?"
_AGENCY = r"\(\s?(?P<agency>[A-Z][\w./& -]{1,40}?)\s?\)"
_DASH = r"\s*(?:--|[-–—―])\s*"
_DATELINES = (
    re.compile(
        rf"^(?P<place>{_PLACE}),?\s+(?:(?P<day>{_DAY})\s*,?\s*)?(?:{_AGENCY}\s*)?(?:{_DASH}(?=\S)|(?<=\))\s*:\s*)(?=[\"“‘'A-ZÀ-Þ0-9₹$€£])"
    ),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+(?:(?P<day>{_DAY})\s*,?\s*)?{_AGENCY}\s*(?:{_DASH}|:\s*)(?=\S)"),
    re.compile(rf"^(?P<place>{_MIXED_PLACE}),?\s+(?P<day>{_DAY})\s*,?\s*(?:{_AGENCY}\s*)?(?:{_DASH}(?=[A-Z\"“‘'])|:\s+)(?=\S)"),
    re.compile(rf"^\(?(?P<agency>{_AGENCIES})\)?{_DASH}(?=[A-Z\"“‘'])"),
    re.compile(r"^[\[(【](?P<place>[^\]\[)(】]{1,15}?)\s*=\s*(?P<agency>[^\]\[)(】]{2,12}?)[\])】]\s*(?:[^=]{2,20}기자\s*=\s*)?"),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before a first sentence: `NEW DELHI, March 6 (PTI) -`; `end` is where the sentence starts."""

    place: str
    agency: str
    end: int


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline of a first paragraph, or nothing: a place in capitals or with a day or agency, closed by a dash."""
    for pattern in _DATELINES:
        match = pattern.match(paragraph)
        if match and len(paragraph) - match.end() >= 20:
            parts = match.groupdict()
            agency = squeeze(parts.get("agency") or "")
            place = re.sub(rf",?\s*{_DAY}\s*$", "", squeeze(parts.get("place") or ""))
            return Dateline(place.strip(" ,"), "" if re.fullmatch(_DAY, agency) else agency, match.end())
    return None
