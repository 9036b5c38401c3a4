"""Pure work on strings: Unicode forms, white space, slugs, sentences, cutting, dates as readers read them.

Nothing here knows of countries, Markdown or files.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

SLUG_MAX = 70
SLUG_MIN = 3

_SPACES = re.compile(r"\s+")
# What moves, hides or reorders text without being seen: controls, zero-width marks, bidirectional overrides ("Trojan source").
# ZWNJ and ZWJ stay, since Persian, Hindi and other scripts need them inside words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_CONTROLS = "\r\x7f" + "".join(map(chr, (*range(9), 11, 12, *range(14, 32))))
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Names that Windows keeps for devices: a folder called `con` cannot be checked out there.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))})


def normalise(text: str) -> str:
    """Return `text` in NFC with line feeds as line ends and without invisible characters that hide or reorder words."""
    if text.isascii() and (text.isprintable() or not any(control in text for control in _CONTROLS)):
        return text  # Most are so: 3 instead of 16 µs a briefing, a tenth of that for a line.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def squeeze(text: str) -> str:
    """Return `text` on one line, with every run of white space (non-breaking ones too) as one space."""
    if text.isprintable() and "  " not in text:  # All other white space is no printable character: 0.2 instead of 2 µs.
        return text.strip()
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return `text` for comparing words: case folded, accents dropped, typographic quotation marks and dashes plain, one line."""
    text = unicodedata.normalize("NFKD", squeeze(text).translate(_PLAIN)).casefold()
    if text.isascii():
        return text
    # A text has few accents of few kinds: taking out each kind costs a tenth of asking about every letter.
    for char in filter(unicodedata.combining, set(text)):
        text = text.replace(char, "")
    return text


_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
    }
)


def first_letter(text: str) -> str:
    """Return the letter under which a name stands in an index, without its accents; `#` where it has none."""
    # Folding takes a Korean syllable apart into its letters; the index shows the syllable.
    letters = unicodedata.normalize("NFC", fold(text))
    return next((char.upper() for char in letters if char.isalpha()), "#")


def slugify(text: str) -> str:
    """Return `text` as a piece of an address: `[a-z0-9-]`, 3 to 70 characters, cut at a word; never empty.

    Scripts other than Latin are transliterated; what leaves nothing behind (an emoji) becomes a hash, for an address must be.
    """
    latin = text
    if not text.isascii():
        from slugify import slugify as transliterate  # 9 ms to import, and most titles are ASCII.

        latin = transliterate(text)
    slug = _NOT_SLUG.sub("-", latin.lower().replace("'", "")).strip("-")
    if len(slug) > SLUG_MAX:
        cut = slug[: SLUG_MAX + 1].rpartition("-")[0]
        slug = cut if len(cut) >= SLUG_MIN else slug[:SLUG_MAX]
    if len(slug) < SLUG_MIN or slug in _RESERVED:
        slug = "-".join(filter(None, (slug, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6])))
    return slug


def join_name(family: str, given: str) -> str:
    """Return the name of a person as a reader says it: `Asha Rao`, `山田太郎`.

    In Chinese, Japanese and Korean the family comes first and no space follows.
    """
    if family.isascii():
        return f"{given} {family}"
    family_name, given_name = _compile_cjk()
    is_family_first = family_name.fullmatch(family) and given_name.fullmatch(given)
    return family + given if is_family_first else f"{given} {family}"


@cache  # They take 9 ms to compile, and most archives have no such name.
def _compile_cjk() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a family and a given name in these scripts match. A family in katakana alone is of another language."""
    rest = r"㐀-鿿豈-\ufaff가-힣\U00020000-\U0003ffff]+"
    return re.compile(r"[々ぁ-ゟ" + rest), re.compile(r"[々ぁ-ヿ" + rest)


def cut_words(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters, cut between words and ended with `…` where something is missing."""
    text = squeeze(text)
    if len(text) <= limit:
        return text
    cut = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return cut.rstrip(" ,;:–—-") + "…"


def count_words(text: str) -> int:
    """Return how many words a reader reads; a CJK character counts as half a word, since these scripts have no spaces."""
    ideographs = 0 if text.isascii() else sum(1 for char in text if "\u3040" <= char <= "\u9fff")
    return len(text.split()) + ideographs // 2


# What a name in an address may take: file systems take no more than 255 bytes, and the files of the site have suffixes.
NAME_BYTES = 250

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache  # Of 10,000 briefings half share their day with another, and each is shown a dozen times.
def long_date(day: date) -> str:
    """Return `16 August 2025`: the same on every machine, whatever its locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@cache
def short_date(day: date) -> str:
    """Return `16 Aug 2025`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


# A full stop after these does not end a sentence: titles, months, Latin, companies; initials are handled by their shape.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon gen lt col maj capt cmdr adm sgt gov sen rep pres st ste no nos vs etc e.g i.e cf al jr sr "
    "inc ltd co corp plc dept est fig art arts para vol ed eds approx bn mn u.s u.k u.n u.a.e d.c "
    "jan feb mar apr jun jul aug sep sept oct nov dec shri smt".split()
)
# What no abbreviation is as long as.
_LONG_WORD = "[a-z]" * (max(map(len, _ABBREVIATIONS)) + 1)
# One set of letters stands first, which the search looks for four times as fast as for two alternatives. A run of signs is tried
# once, from its first one: 300,000 of them took minutes. The group tells half of all ends without a further look: a long word, a
# full stop, a space and a capital.
_SENTENCE_END = re.compile(
    rf"""[.!?…。！？।؟](?:(?<=[.!?…])(?<![.!?…]{{2}})[.!?…]*+["'”’»)\]]*+(?=\s)((?<={_LONG_WORD}\.)(?=\s[A-Z]))?"""
    r"""|(?<=[。！？।؟])[。！？।؟]*["'”’」』）]*)"""
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_OPENING = re.compile(r"(?:The|This|It|He|She|They|But)\b")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of a paragraph, without the white space between them.

    A full stop ends a sentence unless it closes an abbreviation or an initial, or the next word starts in lower case.
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        dot, end = match.span()
        if match.lastindex or text[dot] not in ".…" or _is_end(text, dot, end):
            piece = text[start:end].lstrip()
            if piece:
                yield end - len(piece), end
            start = end
    piece = text[start:].lstrip()
    if piece:
        yield len(text) - len(piece), len(text.rstrip())


def _is_end(text: str, dot: int, end: int) -> bool:
    following = text[end : end + 40].lstrip()
    if following[:1].islower():
        return False
    words = text[max(0, dot - 20) : dot].rsplit(maxsplit=1)
    word = words[-1].lstrip("([\"'“‘") if words else ""
    if len(word) == 1 and word.isupper():
        return False
    # "U.S. President" goes on; "in the U.S. The talks" ends: decide by whether the next word commonly opens a sentence.
    if "." in word and _INITIALS.fullmatch(word):
        return bool(_OPENING.match(following))
    return word.lower() not in _ABBREVIATIONS


# What is dated before is a slip, or of no archive of briefings.
EARLIEST_YEAR = 1900


def parse_day(text: str) -> date:
    """Return the day that is written `2025-08-16`.

    Raises: ValueError for what is written otherwise: ISO 8601 also knows days without hyphens, and weeks, `2025-W33-6`.
    """
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError
    return date.fromisoformat(text)


# Addresses as nearly all are, whose parts need not be told apart: 0.5 instead of 6 µs.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]++(?:/|\Z)")


def is_web_address(text: str) -> bool:
    """Say whether a text is a whole address of the web, with its host."""
    if _PLAIN_ADDRESS.match(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:  # An opened `[` of an IPv6 host.
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def spell_host(address: str) -> str:
    """Return a whole address with its host as machines look it up: `https://münchen.example/` has `xn--mnchen-3ya.example`.

    Source: RFC 5891; what IDNA 2003 had made of ß is another host.
    """
    scheme, slashes, rest = address.partition("//")
    host, slash, path = rest.partition("/")
    labels = re.split(r"([.:])", unicodedata.normalize("NFKC", host).lower()) if not host.isascii() else [host]
    spelt = [label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels]
    return "".join((scheme, slashes, *spelt, slash, path))


def find_full_stop(text: str) -> str:
    """Return the full stop that a text needs, or nothing where it ends itself."""
    return "" if text.endswith((".", "?", "!", "…", "。", "？", "！", "।", "؟")) else "."
