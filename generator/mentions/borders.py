"""Whether a match is a word of its own, by the rules of its script.

No library does this: Korean writes its particles on to the noun, Arabic its conjunctions before it, Chinese has no spaces at all,
and in Hindi a vowel sign that follows is a mark, not a letter.
"""

import re
import unicodedata

# How many letters may follow the stem of an adjective: "индийск|ого", "chinesisch|en", "الهندي|ة".
_ENDING_MAX = 7
_ARABIC_ENDING_MAX = 3
_ARABIC_PREFIX = re.compile(r"(?:^|[^\w])(?:[وفبكل]|وال|بال|ال|لل|ول|وب)?$")
_LETTERS = re.compile(r"\w*")
_HANGUL = re.compile(r"[가-힣·]*")
# What may follow a Korean noun within its word: particles, and nouns that are written on.
_KOREAN_TAIL = re.compile(
    r"(?:측|간|정상|양국|관계|정부|대통령|총리|외교|외교부|장관|군|산|인|인들|식|계|당국|대사|대사관|기업|내|발|행|양국|·.*)?"
    r"(?:은|는|이|가|을|를|의|와|과|에|에서|에게|으로|로|도|만|및|까지|부터|보다|이나|나|라)?"
    r"(?:은|는|도|만|의)?$"
)


def is_word(text: str, start: int, end: int, *, is_open: bool) -> bool:
    """Say whether `text[start:end]` is a word; `is_open` says that an ending may follow it."""
    first = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if first < "\u0590":
        return not before.isalnum() and (not after.isalnum() or (is_open and _count_letters(text, end) <= _ENDING_MAX))
    if first <= "\u06ff":
        is_free = bool(_ARABIC_PREFIX.search(text[max(0, start - 4) : start]))
        return is_free and (not after.isalpha() or (is_open and _count_letters(text, end) <= _ARABIC_ENDING_MAX))
    if "\uac00" <= first <= "\ud7a3":
        tail = _HANGUL.match(text, end)
        return not "\uac00" <= before <= "\ud7a3" and bool(_KOREAN_TAIL.match(tail.group() if tail else ""))
    if "\u0900" <= first <= "\u0dff":
        return not _joins(before) and not _joins(after)
    return True


def is_name(text: str, start: int, end: int, *, is_open: bool) -> bool:
    """Say whether `text[start:end]` is a word, and in Katakana a whole one: スバ, which is Suva, is not in スバル."""
    if "\u30a1" <= text[start] <= "\u30fa" and (_is_katakana(text[start - 1 : start]) or _is_katakana(text[end : end + 1])):
        return False
    return is_word(text, start, end, is_open=is_open)


def _is_katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


def _count_letters(text: str, at: int) -> int:
    ending = _LETTERS.match(text, at)
    return len(ending.group()) if ending else 0


def _joins(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
