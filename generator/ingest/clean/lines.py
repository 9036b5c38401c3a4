"""The lines above and below an article by their form: header, labelled fields, time stamps, bylines, publishers, datelines."""

import re

from msgspec import Struct

from generator.ingest.dates import Stamp, find_doubtful, find_stamps
from generator.ingest.words import any_of, plain_list, word_map, word_set
from generator.text import squeeze

_CLOCK = r"(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
_HEADER = re.compile(
    rf"^\s*(?:date|published|publication\s+date|pubdate)?\s*[:=]?\s*(\d{{4}}-\d{{2}}-\d{{2}}){_CLOCK}(?:\s+|$)(?![-–—|/,]?\s*\d)(.*)$",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"^\s*({any_of('head', 'field_names')})\s*[:=：]\s*(\S.*)$", re.IGNORECASE)
_FIELDS = word_map("fields")
_ADDRESS = re.compile(r"https?://[^\s<>]{4,500}")


def parse_header(line: str) -> tuple[str, str] | None:
    """Return the date and the rest of a first line such as ` date 2025-08-16 Business NewsBusinessIndia, …`."""
    match = _HEADER.match(line)
    return (match[1], squeeze(match[2])) if match else None


def parse_field(line: str) -> tuple[str, str] | None:
    """Return name and value of a line such as `Source: NDTV Profit`, or of a bare address.

    Names are title, date, publisher, author, url, lang, agency, and those of a mail's head.
    """
    if _ADDRESS.fullmatch(line.strip()):
        return "url", line.strip()
    match = _LABELLED.match(line)
    if not match or len(line) > 300:
        return None
    name = squeeze(match[1]).lower()
    return _FIELDS.get(name, name), squeeze(match[2])


class StampLine(Struct, frozen=True):
    """A line that is a time stamp, and whom else it names: `By Jane Doe | Updated 16 Aug 2025 | New Delhi`."""

    stamps: tuple[Stamp, ...]
    byline: str = ""
    publisher: str = ""


# What may stand around a date without making the line a sentence.
_AROUND = re.compile(rf"{any_of('head', 'around_dates')}|[\s|,.:;·•/@()\[\]–—-]+", re.IGNORECASE)
_SOURCE = re.compile(rf"^\s*{any_of('head', 'sources')}\s*[:：]\s*(?=\S)", re.IGNORECASE)
_BY = re.compile(rf"^\W{{0,3}}{any_of('head', 'by')}\s*:?\s+(?=\S)", re.IGNORECASE)
_AFTER_NAME = r"\s*[|•·]\s*|\s+/\s+|\s+[-–—]\s+|,\s|\s+(?:reports?|기자|특파원)$"
# "By Jane Doe in New Delhi and Juan Pérez in Lima"
_REPORTED_FROM = re.compile(r"\s+in\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}(?=\s*(?:$|[,|•·–—]|-\s|and\s))")
_DESK = re.compile(any_of("head", "desks"), re.IGNORECASE)


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
    source = next((piece[label.end() :].strip() for piece in pieces if (label := _SOURCE.match(piece))), "")
    left = [piece.strip(" ,.:;-/|()") for piece in pieces if _AROUND.sub("", piece) and not _SOURCE.match(piece)]
    byline = next(
        (parse_byline(piece) for piece in left if _BY.match(piece) or (parse_byline(piece) and not is_outlet(piece))), ""
    )
    publisher = source or next((piece for piece in left if is_outlet(piece)), "")
    others = [piece for piece in left if not parse_byline(piece) and piece not in (byline, publisher)]
    if sum(len(_AROUND.sub(" ", piece).split()) for piece in others) > 3 or line.rstrip().endswith((".”", '."', "。")):
        return None
    return StampLine(stamps, byline, publisher)


_PUBLISHED = re.compile(r"\W*(?:first |last )?(?:published|posted|issued|released|updated)\b", re.IGNORECASE)


def is_published(line: str) -> bool:
    """Say whether a line begins like one that says when an article was published."""
    return _PUBLISHED.match(line) is not None


_AGO = re.compile(any_of("head", "ago"), re.IGNORECASE)
_DOUBTFUL_SIZE = 80


def parse_doubtful_stamp(line: str) -> str:
    """Return the date of a line that says nothing else, and that nobody can know for certain: `03/04/2025`, `2 hours ago`."""
    if len(line) > _DOUBTFUL_SIZE:
        return ""
    ago = _AGO.search(line)
    said = find_doubtful(line) or (ago.group() if ago else "")
    return said if said and not _AROUND.sub("", line.replace(said, "", 1)) else ""


def parse_byline(line: str) -> str:
    """Return whom a line such as `By Jane Doe in New Delhi` or `Example Desk staff` names as author, or nothing."""
    if (
        len(line) > 120
        or len(line.split()) > 14
        or (line.rstrip().endswith((".", ":", "?", "!", ";", "。", "।", "؟")) and not line.rstrip().endswith(("Jr.", "Sr.")))
    ):
        return ""
    if match := _BY.match(line):
        name = _REPORTED_FROM.sub("", line[match.end() :]).strip(" ,|-–—")
        if len(name.split()) > 9:
            return ""
        return re.split(_AFTER_NAME, name)[0] if name[:1].isupper() or not name[:1].isascii() else ""
    words = line.split()
    if _DESK.search(line) and len(words) <= 10 and (line[:1].isupper() or not line[:1].isascii()):
        return re.split(_AFTER_NAME, line)[0]
    return ""


_OUTLET_WORDS = word_set("head", "outlet_words")
_OUTLET_LINKS = frozenset("of the and for in & de la le el der die das du".split())
_ELIDED = re.compile(r"(?:d|l|dell)['’][A-ZÀ-Þ]")
_DOMAIN = re.compile(
    r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|in|news|info|tv|eu|int|gov|(?:co|com|gov|org|nic|go|or)\.[a-z]{2}|[a-z]{2})$",
    re.IGNORECASE,
)
_GERMAN_OUTLET = re.compile(r"(?:zeitung|blatt|anzeiger|kurier|rundschau|nachrichten)$")
_ASIAN_OUTLET = re.compile(r"(?:신문|일보|뉴스|통신|방송|新聞|新闻|日報|日报|晚报|时报|[闻聞]网|通信|通讯社|新华社|社)$")


def is_outlet(line: str) -> bool:
    """Say whether a short line reads like the name of a publisher: `The Hindu`, `NDTV Profit`, `Ministry of External Affairs`."""
    words = line.split()
    if (
        not words
        or len(words) > 8
        or len(line) > 70
        or _BY.match(line)
        or (line.endswith((".", ":", "?", "!", ",", ";")) and not line.endswith(("Inc.", "Ltd.")))
    ):
        return False
    if _DOMAIN.match(line) or (len(line) <= 16 and _ASIAN_OUTLET.search(line)):
        return True
    if not all(word[0].isupper() or word[0].isdigit() or word in _OUTLET_LINKS or _ELIDED.match(word) for word in words):
        return False
    named = any(word.strip(",()").casefold() in _OUTLET_WORDS or _GERMAN_OUTLET.search(word) for word in words)
    return named or is_like_section(line)


_MASTHEADS = frozenset(plain_list("head", "mastheads"))
_MASTHEAD_WORDS = word_set("head", "masthead_words")
_MASTHEAD_SIZE = 4


def is_like_section(line: str) -> bool:
    """Say whether a line is the name of an outlet that reads like that of a section: `The East African`, `Arab News`.

    `Asia News` and `The World` are as often sections and stay such.
    """
    words = line.split()
    is_titled = 1 < len(words) <= _MASTHEAD_SIZE and words[0] == "The" and all(word[:1].isupper() for word in words)
    return line in _MASTHEADS or (is_titled and words[-1].casefold() in _MASTHEAD_WORDS)


def is_name_line(line: str) -> bool:
    """Say whether a line could be a name and nothing else: a few capitalised words, or some of a script without capitals."""
    words = line.split()
    if not words or len(words) > 5 or len(line) > 50 or re.search(r"[.:?!,;\"“”]$|^No\.? ?\d", line):
        return False
    return all(word[0].isupper() or not word[0].isascii() or word in _OUTLET_LINKS or word[0].isdigit() for word in words)
