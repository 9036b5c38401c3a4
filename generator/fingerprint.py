"""Any frozen value → digest: what makes "has this page changed?" a comparison of sixteen bytes.

A digest says that two values are equal without keeping either, and stays the same on every machine, unlike `hash()`. SHA-256 is
the fastest strong hash of the standard library where the processor has instructions for it, as most have: 2.5 µs a briefing, and
BLAKE2b takes 4.5.
"""

import marshal
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Any, BinaryIO

SIZE_BYTES = 16


def digest_bytes(data: bytes | memoryview) -> bytes:
    """Return the 16-byte digest of `data`."""
    return sha256(data).digest()[:SIZE_BYTES]


def digest_named(name: str, data: bytes) -> bytes:
    """Return the digest of a file's bytes together with the name that means something besides."""
    return digest_bytes(name.encode("utf-8", "surrogatepass") + b"\0" + data)


def dump_plain(value: Any) -> bytes:
    """Return an unambiguous form of texts, bytes, numbers, tuples and lists of such."""
    # Version 2 of the format knows no references, whose use would depend on which texts happen to be one object.
    return marshal.dumps(value, 2)


def digest_plain(value: Any) -> bytes:
    """Return the digest of texts, bytes, numbers, tuples and lists of such: a tenth of the time of `fingerprint`."""
    return digest_bytes(dump_plain(value))


def stamp_bytes(data: bytes) -> str:
    """Return `sha256:…` of `data`, the form that is written into front matter, where other tools may check it."""
    return "sha256:" + sha256(data).hexdigest()


def stamp_file(file: BinaryIO) -> str:
    """Return the same of what is left of an open file, which is not held in memory."""
    stamp = sha256()
    while piece := file.read(1 << 16):
        stamp.update(piece)
    return "sha256:" + stamp.hexdigest()


def fingerprint(value: object) -> bytes:
    """Return the 16-byte digest of a frozen value: the same in every process and on every machine.

    Accepts None, booleans, numbers, text, bytes, dates, enum members, tuples, frozensets, mappings with text keys, functions (by
    their qualified name), frozen structs and named tuples. A struct with a field `digest` is represented by it: that field
    promises to cover all the others.

    Raises: TypeError for anything else, since a mutable value could change after it was compared.
    """
    return digest_plain(_spell(value))


def _spell(value: Any) -> Any:
    """Return an unambiguous form of `value` that `dump_plain` takes: a list stands for all that is not plain, nor a tuple."""
    kind = type(value)
    return value if kind in PLAIN else (_SPELLERS.get(kind) or _find_speller(value))(value)


def _spell_tuple(values: tuple[Any, ...]) -> Any:
    kinds = set(map(type, values))
    if kinds <= PLAIN:
        return values
    if len(kinds) > 1 or not (get := _find_getter(kind := kinds.pop())):
        return tuple([_spell(value) for value in values])
    # A list of cards or facets: a tenth of the time that each by itself takes.
    if _has_digest(kind):
        return ["*", b"".join(map(get, values))]
    return ["*", kind.__name__, len(values), _spell_tuple(tuple(chain.from_iterable(map(get, values))))]


@cache
def _find_getter(kind: Any) -> Callable[[Any], Any] | None:
    """Return what gets the digest of a frozen struct, or all that it or a named tuple holds; None for other types."""
    if (names := _find_fields(kind)) is None:
        return None
    if _has_digest(kind):
        return attrgetter("digest")
    # Of one name it would return the value, and of none it is nothing.
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


@cache
def _has_digest(kind: type) -> bool:
    return hasattr(kind, "__struct_fields__") and "digest" in (_find_fields(kind) or ())


def _find_fields(kind: Any) -> tuple[str, ...] | None:
    """Return the names of what a frozen struct or a named tuple holds, or None for other types."""
    # Without `msgspec`, of which a build that finds nothing changed has no other use.
    if isinstance(getattr(kind, "__struct_fields__", None), tuple):  # Of a class of structs it is a descriptor.
        return kind.__struct_fields__ if kind.__struct_config__.frozen else None
    return getattr(kind, "_fields", None)


def _spell_set(value: frozenset[object]) -> list[object]:
    return ["<", *sorted([fingerprint(item) for item in value])]


def _spell_mapping(value: Mapping[str, object]) -> list[object]:
    return ["{", *[(key, _spell(value[key])) for key in sorted(value)]]


def _spell_date(value: date) -> list[object]:
    return ["-", value.isoformat()]


def _spell_enum(value: Enum) -> list[object]:
    return [".", type(value).__name__, value.name]


def _spell_function(value: Any) -> list[object]:
    return ["(", value.__module__, value.__qualname__]


PLAIN = frozenset((str, type(None), bool, int, float, bytes))

# Dispatch by exact type: a `match` over the same cases took 3 µs a value, this takes 0.4, and a build of 10,000 briefings asks
# for about 300,000 values.
_SPELLERS: dict[type, Callable[[Any], Any]] = {
    tuple: _spell_tuple,
    frozenset: _spell_set,
    dict: _spell_mapping,
    MappingProxyType: _spell_mapping,
    date: _spell_date,
    datetime: _spell_date,
}


def _find_speller(value: Any) -> Callable[[Any], Any]:
    """Return what spells a type seen for the first time; that of a struct or named tuple is kept for the next value."""
    kind: type = type(value)
    if isinstance(value, Enum):
        return _spell_enum
    if get := _find_getter(kind):
        return _SPELLERS.setdefault(kind, _make_speller(kind, get))
    if callable(value) and hasattr(value, "__qualname__"):
        return _spell_function
    if isinstance(value, str):  # Markup of the templates
        return str
    raise TypeError(f"a page may show only frozen values, not {kind.__name__}")


def _make_speller(kind: type, get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    if _has_digest(kind):
        return lambda value: [get(value)]
    return lambda value: [kind.__name__, _spell_tuple(get(value))]
