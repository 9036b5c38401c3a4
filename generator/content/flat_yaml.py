"""The flat part of YAML in which front matter is written, read line by line: in 30 µs a file where the C loader takes 120.

A line is `key: value`, one step below a key, or an item of its list; a value is plain, quoted, or a list on one line. Whatever
else a text holds (comments, deeper nesting, texts over several lines) makes it none of this, and YAML reads it. The promise which
the tests hold against random texts: what is read here is what YAML reads. Only where it stands is not known.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import yaml

Fields = dict[str, tuple[yaml.Node, yaml.Node]]
"""Key → (the node of the key, the node of its value)."""

# YAML stops looking for the colon after 1,024 letters.
_KEY_MAX = 100
# An item of a list on one line that needs no quotation marks.
_WORD = re.compile(r"[^\W_](?:[\w ./-]*[\w./-])?")
_NOWHERE = yaml.Mark("", 0, 0, 0, None, 0)


class _Text(yaml.ScalarNode):
    """A text without a place: a file has 24 of them, and YAML's own takes 0.8 µs to be made."""

    tag = ""
    start_mark = end_mark = _NOWHERE

    def __init__(self, value: str, style: str | None = None) -> None:
        self.value = value
        self.style = style


def find_flat_fields(front_matter: str) -> Fields | None:
    """Return the fields of `front_matter`, or None where it takes more than a look at each line to read it."""
    if not front_matter.replace("\n", "").isprintable():
        return None
    fields: Fields = {}
    lines = front_matter.removesuffix("\n").split("\n")
    at = 0
    while at < len(lines):
        key, colon, rest = lines[at].partition(":")
        start = at = at + 1
        while at < len(lines) and lines[at].startswith(("- ", "  ")):
            at += 1
        name = _find_key(key)
        value = _find_block(lines[start:at]) if not rest else _find_value(rest[1:]) if rest[0] == " " and at == start else None
        if value is None or name is None or not colon or key in fields:
            return None
        fields[key] = (name, value)
    return fields


# The same few keys stand in every file: 8 of 38 µs.
@lru_cache(maxsize=128)
def _find_key(key: str) -> yaml.Node | None:
    return _Text(key) if len(key) <= _KEY_MAX and key.isidentifier() and key.isascii() else None


def _make_list(items: Sequence[yaml.Node | None]) -> yaml.Node | None:
    return None if None in items else yaml.SequenceNode("", items, _NOWHERE, _NOWHERE)


def _find_block(lines: Sequence[str]) -> yaml.Node | None:
    """Return what stands below a key: its items, its mapping, or nothing."""
    starts = [number for number, line in enumerate(lines) if line[0] == "-"]
    if starts:
        return None if starts[0] else _make_list([_find_item(lines[one:two]) for one, two in pairwise((*starts, len(lines)))])
    return _find_mapping(lines) if lines else _Text("")


def _find_item(lines: Sequence[str]) -> yaml.Node | None:
    text = lines[0][2:]
    if len(lines) == 1 and (": " not in text or text[0] in "\"'["):
        return _find_value(text)
    return _find_mapping(lines)


def _find_mapping(lines: Sequence[str]) -> yaml.Node | None:
    pairs = []
    for line in lines:
        key, _, rest = line[2:].partition(": ")
        name, value = _find_key(key), _find_value(rest)
        if value is None or name is None:
            return None
        pairs.append((name, value))
    return yaml.MappingNode("", pairs, _NOWHERE, _NOWHERE)


def _find_value(text: str) -> yaml.Node | None:
    first, inner, last = text[:1], text[1:-1], text[-1:]
    if first == '"':
        rest = inner.replace('\\"', "") if "\\" in inner else inner
        is_whole = len(text) > 1 and last == first and first not in rest and "\\" not in rest
        return _Text(inner.replace('\\"', first), first) if is_whole else None
    if first == "'":
        is_whole = len(text) > 1 and last == first and first not in inner.replace("''", "")
        return _Text(inner.replace("''", first), first) if is_whole else None
    if first == "[":
        items = inner.split(", ") if inner else ()
        return _make_list([_find_list_item(item) for item in items]) if last == "]" else None
    is_plain = first.isalnum() and last not in ": " and ": " not in text and " #" not in text
    return _Text(text) if is_plain else None


# The same countries, sectors and people stand in many files.
@lru_cache(maxsize=4096)
def _find_list_item(text: str) -> yaml.Node | None:
    return _find_value(text) if text[:1] in ('"', "'") or _WORD.fullmatch(text) else None
