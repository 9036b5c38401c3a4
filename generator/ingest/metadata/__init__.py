"""`Seed` and `Article` → what the front matter says of a text besides its tags: dates, source, language, summary, names."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from generator.ingest.dates import Stamp, parse_moment
from generator.ingest.metadata.digest import choose_points, list_sentences, make_summary
from generator.ingest.metadata.introductions import find_introduced
from generator.ingest.metadata.language import detect_language
from generator.ingest.metadata.organisations import find_known, find_organisations
from generator.ingest.metadata.people import find_people
from generator.ingest.prose import Article, strip_marks
from generator.ingest.words import any_of
from generator.languages import is_language
from generator.mentions import compile_index
from generator.model import Organisation, Person, Seed
from generator.text import fold, is_web_address, squeeze
from generator.vocabulary import Vocabulary


class Metadata(Struct, frozen=True):
    """What is known of an article; `day` is None and `title` empty where nothing says them for certain."""

    title: str
    day: date | None
    published: datetime | date | None
    publisher: str
    author: str
    url: str
    lang: str
    summary: str
    key_points: tuple[str, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


class Habits(Struct, frozen=True):
    """How a source writes dates: the order of numbers, and the country that its time zones are read for."""

    order: str = ""
    place: str = ""


_DAY_FIRST_PLACES = frozenset(
    "in uk gb au nz ie za sg my lk pk bd ng ke fr de es it nl be ch at pt br mx ar cl co ru ua tr id vn ae sa eg".split()
)
_DAY_FIRST_LANGUAGES = frozenset("fr de es pt it nl id tr vi hi ar fa ur ru uk pl cs ro el da nb no sv fi bn ta te ml".split())
_TWO_LETTER = re.compile(r"[a-z]{2}")


def find_habits(seed: Seed) -> Habits:
    """Return how the source of a seed writes dates, going by its locale (`en-GB`), its address (`.in`) and its language."""
    lang, _, region = seed.lang.lower().replace("_", "-").partition("-")
    host = re.match(r"https?://([^/:?#]+)", seed.url.lower())
    ending = host[1].rpartition(".")[2] if host else ""
    place = region if _TWO_LETTER.fullmatch(region) else ending if _TWO_LETTER.fullmatch(ending) else ""
    place = "gb" if place == "uk" else place
    if place == "us" or (host and host[1].endswith((".gov", ".mil"))):
        return Habits("mdy", "us")
    if not lang and _NUMBERS.search(seed.body, 0, _HEAD_SIZE):
        lang = detect_language(seed.body)
    order = "dmy" if place in _DAY_FIRST_PLACES or lang in _DAY_FIRST_LANGUAGES else ""
    return Habits(order, place)


# A date in numbers alone, and how far down the head of an article reaches.
_NUMBERS = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b")
_HEAD_SIZE = 3000


def make_metadata(seed: Seed, article: Article, vocabulary: Vocabulary, habits: Habits) -> Metadata:
    """Return everything about an article but its tags and its body."""
    fields = dict(article.fields)
    text = strip_marks(article.blocks[:400])
    lang = detect_language(f"{article.title}\n{text}") or _short_lang(seed.lang or fields.get("lang", ""))
    day, published = choose_moment(seed, article, habits, lang)
    sentences = list_sentences(article.blocks)
    summary = make_summary(sentences)
    is_english = lang in ("en", "")
    index = compile_index(vocabulary, lang or "en")
    places = _place_names(vocabulary) if is_english else frozenset[str]()
    return Metadata(
        title=article.title,
        day=day,
        published=published,
        publisher=article.publisher or article.agency if _is_agency(article.agency) else article.publisher,
        author="" if fold(article.author) == fold(article.publisher) else article.author,
        url=clean_url(seed.url or fields.get("url", "")),
        lang=lang,
        summary=summary,
        key_points=choose_points(sentences, summary),
        people=find_people(text, places) if is_english else find_introduced(text, lang),
        organisations=find_organisations(text, places, index) if is_english else find_known(text, index),
    )


def _short_lang(lang: str) -> str:
    match = re.match(r"[a-z]{2,3}(?=$|[-_])", lang.strip().lower())
    return match.group() if match and is_language(match.group()) else ""


_AGENCY = re.compile(any_of("head", "agencies"), re.IGNORECASE)


def _is_agency(name: str) -> bool:
    """Say whether a dateline's bracket names a news agency, which then stands in for a publisher that nothing else names."""
    return _AGENCY.fullmatch(name) is not None


_PLACES: dict[bytes, frozenset[str]] = {}


def _place_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the folded names and adjectives of all countries, kept by the vocabulary's digest: 3 ms for each text otherwise."""
    if vocabulary.digest in _PLACES:
        return _PLACES[vocabulary.digest]
    names = {"us", "u.s.", "uk", "u.k.", "eu", "european union", "european", "united nations"}
    for country in vocabulary.countries.values():
        names.update(map(fold, (country.name, country.official, *country.aliases, *country.demonyms)))
    _PLACES.clear()
    return _PLACES.setdefault(vocabulary.digest, frozenset(names - {""}))


def choose_moment(seed: Seed, article: Article, habits: Habits, lang: str) -> tuple[date | None, datetime | date | None]:
    """Return the day of publication and the moment, from the surest witness to the weakest.

    What the container says comes first (a header line, metadata, a record's field), then the stamps above the text, first
    those of no change; then the address (`/2025/08/16/`) and the file's name. A stamp of the same or the next day lends its time.
    """
    fields = dict(article.fields)
    said = [
        parse_moment(text, order=habits.order, place=habits.place, lang=lang)
        for text in (fields.get("date", ""), seed.published)
        if text
    ]
    known = [moment for moment in said if moment]
    stamp = _first_stamp(article.stamps)
    if not known:
        if stamp:
            return stamp.day, stamp.moment
        day = _day_of_path(seed.url or fields.get("url", "")) or _day_of_name(seed.location.path)
        return day, day
    day = _day(known[0])
    moments = [moment for moment in known if isinstance(moment, datetime)]
    if not moments and stamp and stamp.clock and abs((stamp.day - day).days) <= 1:
        moments = [stamp.moment] if isinstance(stamp.moment, datetime) else []
    return day, moments[0] if moments else day


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _first_stamp(stamps: Sequence[Stamp]) -> Stamp | None:
    """Return the stamp of publication: the first that is not of a change, else the earliest."""
    published = [stamp for stamp in stamps if not stamp.updated]
    return published[0] if published else min(stamps, key=lambda stamp: stamp.day, default=None)


_DAY_IN_PATH = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?=/|$|-)|/((?:19|20)\d{2})-(\d{2})-(\d{2})(?=/|-|$)")
_DAY_IN_NAME = re.compile(r"(?:^|/)((?:19|20)\d{2})-(\d{2})-(\d{2})[-_][^/]+$")


def _day_of_path(url: str) -> date | None:
    match = _DAY_IN_PATH.search(url)
    return _make_day(*(part for part in match.groups() if part)) if match else None


def _day_of_name(path: str) -> date | None:
    """Return the date that a file's name starts with, as static site generators have it: `2025-08-16-title.md`."""
    match = _DAY_IN_NAME.search(path)
    return _make_day(*match.groups()) if match else None


def _make_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_TRACKING = re.compile(r"(?:[?&])(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|ref|cmpid|ocid|smid)=[^&#]*", re.IGNORECASE)


def clean_url(url: str) -> str:
    """Return a web address without what tracks its readers, or nothing when it is none."""
    url = squeeze(url)
    if not re.match(r"https?://[^\s/<>\"]+\.[^\s<>\"]+$", url) or len(url) > 2000:
        return ""
    cleaned = _TRACKING.sub("", url)
    if not is_web_address(cleaned):
        return ""
    return cleaned if "?" in cleaned or "&" not in cleaned else cleaned.replace("&", "?", 1)
