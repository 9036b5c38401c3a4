"""Text → the words under which it is found. The browser cuts queries by the same rules, see `templates/assets/js/search/`.

Folding drops accents, case and typographic forms, so that "Türkiye" is found by "Turkiye"; runs of scripts that set no spaces
between words become overlapping pairs of characters. Stems are only made here: the index lists the forms of each stem that occur.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

# Marks that readers leave out when they type: accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic, the
# Arabic stretching line, the Devanagari dot and the joiners. Vowel signs of Indic scripts are letters to their readers and stay.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe20-\ufe2f"
)
_DROPPED = re.compile(f"[{_MARKS}]")
_PLAIN = str.maketrans("øđðłıςىة", "oddliσيه") | {ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}

# Thai to Lao, Myanmar, Khmer, kana, Han and Hangul. Korean does set spaces, but its particles stick to the words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_SIGNS = "\u0900-\u0963\u0966-\u0dff\u0f71-\u0fbc"
_WORD = re.compile(f"[{_UNSPACED}]+|(?:[^\\W_{_UNSPACED}]|[{_SIGNS}])+")
# Half the time of an expression that finds the words.
_ASCII_SPACES = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# "U.S." and "U.S" are "us"; "G-20", "KF-21" and "S-400" are one word each, as in "G20", and so are "L&T" and "R&D". "US$5" is
# "usd 5": whoever looks for the country does not want every sum of money.
_JOINED = re.compile(r"\b[a-z]\.(?:[a-z]\.){0,4}[a-z]\b|\b[a-z]{1,3}(?:-(?=[0-9])|\$)|\b[a-z]&[a-z]\b", re.ASCII)
_JOIN = str.maketrans({".": "", "-": "", "&": "", "$": "d "})
# Looking first for what begins with a plain character takes 5 % of the time, and few lines have any.
_MAY_BE_JOINED = re.compile(r"\.[a-z]\b|-[0-9]|&[a-z]|\$", re.ASCII)

# What says nothing on its own; single letters are remains of "India's" or "l'accord". "it" and "who" are left in: IT and WHO.
STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have in is its of on or than that the their this to was were which will "
    "with would".split()
) | frozenset("abcdefghijklmnopqrstuvwxyz")

# A stem is filed under the first letters that all its forms share: so many at most, so many at least where it has them.
HOME_LENGTH = 8
SHORTEST_HOME = 3

_STEMMERS = dict(
    pair.split(":")
    for pair in (
        "ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english es:spanish et:estonian fi:finnish fr:french "
        "hi:hindi hu:hungarian hy:armenian id:indonesian it:italian lt:lithuanian ne:nepali nl:dutch no:norwegian pl:polish "
        "pt:portuguese ro:romanian ru:russian sr:serbian sv:swedish ta:tamil tr:turkish"
    ).split()
)


def split_words(text: str) -> list[str]:
    """Return the words of `text` in order, folded, with stop words; runs of unspaced scripts as pairs of characters."""
    folded = _fold(text)
    if _MAY_BE_JOINED.search(folded):
        folded = _JOINED.sub(lambda match: match[0].translate(_JOIN), folded)
    if folded.isascii():
        return folded.translate(_ASCII_SPACES).split()
    words: list[str] = []
    for run in _WORD.findall(folded):
        if _IS_UNSPACED.match(run) and len(run) > 1:
            words += map("".join, pairwise(run))
        else:
            words.append(run)
    return words


def _fold(text: str) -> str:
    """Return `text` as words are compared: no case, no accents, compatibility forms plain."""
    if text.isascii():
        return text.lower()
    folded = _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower().translate(_PLAIN))
    return unicodedata.normalize("NFC", folded)


def name_rules(lang: str) -> str:
    """Return the name of the rules for the stems of a language (`ko`, `pt-BR`), empty where there are none."""
    return _STEMMERS.get(lang.partition("-")[0].lower(), "")


@cache
def make_stemmer(lang: str) -> Callable[[str], str]:
    """Return a function from a word to what its forms have in common in a language (`ko`, `pt-BR`), worked out once a process.

    It is the word itself where no rule is known, and "" for stop words, which are thrown away. A stem is filed where the browser
    looks for each of its forms, so "dying" keeps its own, whose stem would be "die".
    """
    rules = name_rules(lang)
    if not rules:
        return lambda word: "" if word in STOP_WORDS else word

    @cache  # 20 µs a word.
    def find_stem(word: str) -> str:
        if word in STOP_WORDS:
            return ""
        if len(word) < 4 or word[0].isdigit():
            return word
        stem: str = _load_rules(rules).stemWord(word)
        return stem if len(stem) > 2 and word.startswith(find_home(stem)) else word

    return find_stem


@cache
def _load_rules(name: str) -> Any:
    from snowballstemmer import stemmer  # 30 ms to import.

    return stemmer(name)


def find_home(stem: str) -> str:
    """Return under which letters a stem is filed: all but its last, as in "polic" of "policy" and "policies"."""
    return stem[: max(SHORTEST_HOME, min(HOME_LENGTH, len(stem) - 1))]
