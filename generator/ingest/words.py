"""The words by which ingest knows dirt, heads and names, from `words.toml`: phrases as regular expressions, lists as sets."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

from generator.text import fold

# The letters that a name in the Latin script may begin and end with. Beyond Latin-1 capitals and small letters alternate: to
# list them apart costs the patterns of names thrice the time to compile, so whoever takes a name asks for their case.
CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ"
SMALL = "a-zß-öø-ÿĀ-ɏḀ-ỿ"


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """Return the tables of the file, read once a process: 6 ms."""
    text = resources.files("generator.ingest").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(unicodedata.normalize("NFC", text))


def word_set(table: str, name: str) -> frozenset[str]:
    """Return a list of single words, as they stand in the file."""
    words: str = _tables()[table][name]
    return frozenset(words.split())


def any_of(table: str, *names: str) -> str:
    """Return the phrases of some lists as one group of a regular expression, which captures nothing.

    In a phrase a space stands for any white space, so that the file reads like what it finds.
    """
    phrases = [phrase for name in names for phrase in _tables()[table][name]]
    return f"(?:{'|'.join(map(_compile_phrase, phrases))})"


def _compile_phrase(phrase: str) -> str:
    """Return one phrase as a regular expression: its spaces widened, its groups made non-capturing."""
    widened = re.sub(r" (?=\?)", r"\\s", phrase)
    widened = re.sub(r"(?<!\[) (?![^\[\]]*\])", r"\\s+", widened)
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", widened)


def plain_list(table: str, name: str) -> tuple[str, ...]:
    """Return a list of letters that are looked for as they stand in the file."""
    return tuple(_tables()[table][name])


def word_list(table: str, name: str) -> tuple[str, ...]:
    """Return a list of single words in the order of the file."""
    words: str = _tables()[table][name]
    return tuple(words.split())


def word_map(table: str) -> dict[str, str]:
    """Return a table of texts by their keys."""
    return dict(_tables()[table])


def word_numbers(table: str) -> dict[str, int]:
    """Return a table of numbers by their keys."""
    return dict(_tables()[table])


def is_small(word: str) -> bool:
    """Say whether a word that `CAPITAL` let through begins with a small letter: "œuvre"."""
    return not word[:1].isascii() and word[:1].islower()


def fold_word(word: str) -> str:
    """Return a word for comparing: case and accents dropped; an ASCII word, as most are, costs a tenth of the full folding."""
    return word.lower() if word.isascii() else fold(word)
