"""Structs → JSON Schema (2020-12): types, and what `Annotated` says of a field, become what a program can check.

A class of its own for each schema would be a second contract beside the first.
"""

import types
import typing
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from msgspec import Struct

Schema = Mapping[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: Mapping[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    types.NoneType: {"type": "null"},
}


class Format(Struct, frozen=True):
    """What a text is more than a text: the `format` of JSON Schema, such as "uri"."""

    name: str


class Choice:
    """The values that a text may have."""

    def __init__(self, *values: str) -> None:
        """Keep the values in the order in which a reader is told of them."""
        self.values = values


def make_schema(kind: type, url: str, *, without: Collection[str] = ()) -> dict[str, object]:
    """Return the schema of a struct as a document of its own, which stands at `url`; its fields `without` are left out."""
    definitions = make_definitions((kind,), "#/$defs/", without)
    root = definitions.pop(schema_name(kind))
    return {"$schema": DIALECT, "$id": url, "title": schema_name(kind), **root, "$defs": definitions}


def make_definitions(kinds: tuple[type, ...], prefix: str, without: Collection[str] = ()) -> dict[str, Schema]:
    """Return the schemas of structs and of all that they hold, by name in order; each refers to others as `prefix` + name.

    The fields `without` of `kinds` themselves are left out.
    """
    found: dict[type, Mapping[str, object]] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found[kind] = {name: hint for name, hint in _hints(kind).items() if kind not in kinds or name not in without}
            waiting += [part for hint in found[kind].values() for part in _find_structs(hint)]
    return {schema_name(kind): _describe_class(kind, found[kind], prefix) for kind in sorted(found, key=schema_name)}


def schema_name(kind: type) -> str:
    """Return the name under which consumers know a class: `BriefingRecord` is `Briefing`."""
    return kind.__name__.removesuffix("Record")


def _hints(kind: type) -> Mapping[str, object]:
    return typing.get_type_hints(kind, include_extras=True)


def _find_structs(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for part in typing.get_args(hint):
        yield from _find_structs(part)


def _describe_class(kind: type[Struct], hints: Mapping[str, object], prefix: str) -> Schema:
    names = [name for name in kind.__struct_fields__ if name in hints]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {name: _describe(hints[name], prefix) for name in names},
        "required": names,
    }


def _describe(hint: typing.Any, prefix: str) -> Schema:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return {**_describe(parts[0], prefix), **dict(_annotate(note) for note in parts[1:])}
    if origin is tuple:
        return {"type": "array", "items": _describe(parts[0], prefix)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_describe(part, prefix) for part in parts]}
    if isinstance(hint, type) and issubclass(hint, Struct):
        return {"$ref": prefix + schema_name(hint)}
    return _SCALARS[hint]


def _annotate(note: Format | Choice | str) -> tuple[str, object]:
    match note:
        case Format(name=name):
            return "format", name
        case Choice(values=values):
            return "enum", list(values)
        case str():
            return "description", note
