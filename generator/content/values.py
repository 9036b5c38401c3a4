"""One value of front matter: from a YAML node to a text, a date, a list… Every fault keeps its node, which knows its place."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import yaml

from generator.errors import did_you_mean
from generator.text import is_language, normalise, squeeze

Item = TypeVar("Item")
Value = TypeVar("Value")


class WrongValueError(Exception):
    """A value that cannot be converted, and `others` of the same list; becomes located problems of the file."""

    def __init__(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.node, self.code, self.hint = node, code, hint
        self.others: tuple[WrongValueError, ...] = ()


def convert_all(items: Collection[Item], convert: Callable[[Item], Value]) -> tuple[Value, ...]:
    """Return the converted items.

    Raises: WrongValueError for the first that is wrong, with those for all others.
    """
    try:
        return tuple([convert(item) for item in items])
    except WrongValueError:
        wrong = [failure for item in items for failure in _find_wrong(item, convert)]
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0] from None


def _find_wrong(item: Item, convert: Callable[[Item], Value]) -> tuple[WrongValueError, ...]:
    try:
        convert(item)
    except WrongValueError as failure:
        return (failure, *failure.others)
    return ()


_NULLS = frozenset(("", "null", "~", "Null", "NULL"))


def is_null(node: yaml.Node) -> bool:
    """Say whether a value was left empty."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def as_text(node: yaml.Node) -> str:
    """Return a text on one line; empty for an empty value."""
    if not isinstance(node, yaml.ScalarNode):
        raise WrongValueError(node, "wrong-type", "expected a text, found a list or a mapping")
    text: str = node.value
    if is_null(node):
        return ""
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = squeeze(text)
    # YAML's escapes ("\\u0001") bring back characters that a feed must not hold.
    return text if text.isprintable() else squeeze(normalise(text))


def as_flag(node: yaml.Node) -> bool:
    """Return true or false."""
    value = as_text(node)
    if value not in ("true", "false"):
        raise WrongValueError(node, "wrong-type", f'expected true or false, found "{value}"')
    return value == "true"


def as_date(node: yaml.Node) -> date | None:
    """Return a date, or None for an empty value."""
    value = as_text(node)
    if not value:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise WrongValueError(node, "invalid-date", f'"{value}" is not a date', "write YYYY-MM-DD, such as 2025-08-16") from None


def as_moment(node: yaml.Node) -> datetime | date | None:
    """Return a moment, a plain date, or None."""
    value = as_text(node)
    if len(value) <= 10:
        return as_date(node)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        hint = "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+05:30"
        raise WrongValueError(node, "invalid-date", f'"{value}" is not a date or a moment', hint) from None


def as_list(node: yaml.Node) -> list[yaml.Node]:
    """Return the items of a list, none for an empty value."""
    if is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise WrongValueError(node, "wrong-type", "expected a list", "write [one, two], or one item a line behind a dash")
    items: list[yaml.Node] = node.value
    return items


def as_texts(node: yaml.Node) -> tuple[str, ...]:
    """Return a list of texts, without empty ones."""
    return tuple(filter(None, convert_all(as_list(node), as_text)))


# Of an address below the site: no step upwards, no host, nothing that a line of `_redirects` would be cut at.
_ADDRESS = re.compile(r"/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*\.html?)?")


def as_addresses(node: yaml.Node) -> tuple[str, ...]:
    """Return a list of addresses of the site: folders, or pages that end in `.html`."""
    return tuple(filter(None, convert_all(as_list(node), _as_address)))


def _as_address(node: yaml.Node) -> str:
    value = as_text(node)
    if value and not _ADDRESS.fullmatch(value):
        hint = "write it from the root of the site, such as /a/former/address/"
        raise WrongValueError(node, "invalid-alias", f'"{value}" is not an address of the site', hint)
    return value


def as_language(node: yaml.Node) -> str:
    """Return the code of a language, empty for an empty value."""
    value = as_text(node)
    if value and not is_language(value):
        hint = "write its code, such as en, ko or pt-BR"
        raise WrongValueError(node, "wrong-type", f'"{value}" is not the code of a language', hint)
    return value


def as_reason(node: yaml.Node) -> str:
    """Return a sentence that says why, where a hurried author would write a flag."""
    value = as_text(node)
    if value.lower() in ("true", "false", "yes", "no"):
        raise WrongValueError(node, "wrong-type", f'expected the reason, found "{value}"', "say why, or take the key out")
    return value


def as_mapping(node: yaml.Node, converters: Mapping[str, Callable[[yaml.Node], Any]]) -> dict[str, Any]:
    """Return the converted values of a mapping whose keys are all known."""
    if not isinstance(node, yaml.MappingNode):
        one, *_ = converters
        hint = f"write {{{one}: …}}, or one key a line below it"
        raise WrongValueError(node, "wrong-type", f"expected a mapping with {', '.join(converters)}", hint)
    values: dict[str, Any] = {}
    entries: dict[str, object] = {}

    def convert(entry: tuple[yaml.Node, yaml.Node]) -> None:
        key, value = entry
        if key.value not in converters:
            raise WrongValueError(key, "unknown-key", f'unknown key "{key.value}"', did_you_mean(key.value, converters))
        if entries.setdefault(key.value, entry) is not entry:
            raise WrongValueError(key, "duplicate-key", f'"{key.value}" stands here a second time')
        values[key.value] = converters[key.value](value)

    convert_all(node.value, convert)
    return values
