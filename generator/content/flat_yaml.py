"""The flat part of YAML in which front matter is written, read line by line: in 30 µs a file where the C loader takes 120.

A line is `key: value`, one step below a key, or an item of its list; a value is plain, quoted, or a list on one line. Whatever
else a text holds (comments, deeper nesting, texts over several lines) makes it none of this, and YAML reads it. The promise which
the tests hold against random texts: what is read here is what YAML reads. Only where it stands is not known.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import yaml

Value = yaml.Node | str | list[Any] | dict[str, str]
"""What a key holds: a node, which knows its place; read line by line a printable text, a mapping, or a list of both."""
Fields = dict[str, tuple[Value, Value]]
"""Key → (the key, its value)."""

# YAML stops looking for the colon after 1,024 letters.
_KEY_MAX = 100
# What stands between the pieces of two keys: whatever else begins a line goes on with the piece above it.
_NEXT_KEY = re.compile(r"\n(?!- |  )")
# An item of a list on one line that needs no quotation marks.
_WORD = re.compile(r"[^\W_](?:[\w ./-]*[\w./-])?")
NULLS = frozenset(("", "null", "~", "Null", "NULL"))
"""What is empty without quotation marks. Within them it is none, and of a plain text that cannot be told."""


def find_flat_fields(front_matter: str) -> Fields | None:
    """Return the fields of `front_matter`, or None where it takes more than a look at each line to read it."""
    if not front_matter.replace("\n", "").isprintable():
        return None
    fields: Fields = {}
    for piece in _NEXT_KEY.split(front_matter.removesuffix("\n")):
        key, colon, rest = piece.partition(":")
        value = _find_value(rest[1:]) if rest[:1] == " " and "\n" not in rest else _find_block(rest)
        if value is None or not colon or not _is_key(key) or key in fields:
            return None
        fields[key] = (key, value)
    return fields


# The same few keys stand in every file.
@lru_cache(maxsize=128)
def _is_key(key: str) -> bool:
    return len(key) <= _KEY_MAX and key.isidentifier() and key.isascii()


def _make_list(items: list[Value | None]) -> Value | None:
    return None if None in items else items


def _find_block(text: str) -> Value | None:
    """Return what stands on the lines below a key: its items, its mapping, or nothing."""
    beside, *items = text.split("\n- ")
    if items:
        return None if beside else _make_list([_find_item(item) for item in items])
    beside, *lines = text.split("\n  ")
    return None if beside else _find_mapping(lines) if lines else ""


def _find_item(text: str) -> Value | None:
    is_value = "\n" not in text and (": " not in text or text[0] in "\"'[")
    return _find_value(text) if is_value else _find_mapping(text.split("\n  "))


def _find_mapping(lines: Sequence[str]) -> Value | None:
    values: dict[str, Any] = {}
    for line in lines:
        key, _, rest = line.partition(": ")
        value = _find_value(rest)
        if value is None or not _is_key(key) or key in values:
            return None
        values[key] = value
    return values


def _find_value(text: str) -> Value | None:
    first, inner, last = text[:1], text[1:-1], text[-1:]
    if first in ('"', "'"):
        return _unquote(inner, first) if last == first and inner not in NULLS else None
    if first == "[":
        return _find_list(inner) if last == "]" else None
    is_plain = first.isalnum() and last not in ": " and ": " not in text and " #" not in text
    return text if is_plain and text not in NULLS else None


def _unquote(inner: str, mark: str) -> str | None:
    """Return the text between two quotation marks, or None where it holds more than such marks that are escaped."""
    if mark not in inner and "\\" not in inner:
        return inner
    escaped = '\\"' if mark == '"' else "''"
    rest = inner.replace(escaped, "")
    is_whole = mark not in rest and (mark == "'" or "\\" not in rest)
    return inner.replace(escaped, mark) if is_whole else None


def _find_list(inner: str) -> Value | None:
    if not inner:
        return []
    if inner[0] == '"' == inner[-1]:
        # Where no item holds a quotation mark, or is nothing, all are found at once.
        items = inner[1:-1].split('", "')
        if inner.count('"') == 2 * len(items) and "\\" not in inner and NULLS.isdisjoint(items):
            return items
    return _make_list([_find_list_item(item) for item in inner.split(", ")])


# The same countries and sectors stand in many files.
@lru_cache(maxsize=4096)
def _find_list_item(text: str) -> Value | None:
    return _find_value(text) if text[:1] in ('"', "'") or _WORD.fullmatch(text) else None
