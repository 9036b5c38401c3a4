"""One value of front matter: from what was read to a text, a date, a list… Every fault keeps its node, which knows its place."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import yaml

from generator.content.flat_yaml import NULLS, Value
from generator.errors import did_you_mean
from generator.languages import is_language
from generator.text import NAME_BYTES, find_full_stop, is_web_address, normalise, parse_day, squeeze

Item = TypeVar("Item")
Converted = TypeVar("Converted")


class WrongValueError(Exception):
    """A value that cannot be converted, as it was `found`, and `others` of the same list; become located problems of the file."""

    def __init__(self, found: Value, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.found, self.code, self.hint = found, code, hint
        self.others: tuple[WrongValueError, ...] = ()


def convert_all(items: Collection[Item], convert: Callable[[Item], Converted]) -> tuple[Converted, ...]:
    """Return the converted items.

    Raises: WrongValueError for the first that is wrong, with those for all others.
    """
    try:
        return tuple([convert(item) for item in items])
    except WrongValueError:
        wrong = [failure for item in items for failure in _find_wrong(item, convert)]
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0] from None


def _find_wrong(item: Item, convert: Callable[[Item], Converted]) -> tuple[WrongValueError, ...]:
    try:
        convert(item)
    except WrongValueError as failure:
        return (failure, *failure.others)
    return ()


def text_of(value: Value) -> str:
    """Return a key or a text as it stands."""
    return value if isinstance(value, str) else str(getattr(value, "value", ""))


def is_null(value: Value) -> bool:
    """Say whether a value was left empty."""
    return value == "" or (isinstance(value, yaml.ScalarNode) and not value.style and value.value in NULLS)


def is_text(value: Value) -> bool:
    """Say whether a value is one text, or was left empty."""
    return isinstance(value, (str, yaml.ScalarNode))


def is_list(value: Value) -> bool:
    """Say whether a value is a list, or was left empty."""
    return isinstance(value, (list, yaml.SequenceNode)) or is_null(value)


def as_text(value: Value) -> str:
    """Return a text on one line; empty for an empty value."""
    if isinstance(value, str) and "  " not in value:
        return value.strip()  # As in nearly all files; what is read line by line is printable.
    if not is_text(value):
        raise WrongValueError(value, "wrong-type", "expected a text, found a list or a mapping", _advise_quotes(value))
    text = "" if is_null(value) else squeeze(text_of(value))
    # YAML's escapes ("\\u0001") bring back characters that a feed must not hold.
    return text if text.isprintable() else squeeze(normalise(text))


def _advise_quotes(value: Value) -> str:
    """Return what to do where a colon has made a mapping of a text."""
    if not isinstance(value, yaml.MappingNode) or value.flow_style or not value.value:
        return ""
    return f'a colon stands behind "{text_of(value.value[0][0])}": put the whole text in quotes'


_CURLY = "“”„‟«»‘’‚‛"


def strip_curly(text: str) -> str:
    """Return a value without the curly quotation marks around it, which are a part of it for YAML."""
    return text.strip(_CURLY)


def advise_curly(text: str) -> str:
    """Return what to do where a value stands in curly quotation marks, or nothing."""
    return "take out the curly quotation marks" if strip_curly(text) != text else ""


def as_flag(node: Value) -> bool:
    """Return true or false."""
    value = as_text(node)
    if value not in ("true", "false"):
        raise WrongValueError(node, "wrong-type", f'expected true or false, found "{value}"')
    return value == "true"


def as_date(node: Value) -> date | None:
    """Return a date, or None for an empty value."""
    value = as_text(node)
    if not value:
        return None
    try:
        return parse_day(value)
    except ValueError:
        hint = advise_curly(value) or "write YYYY-MM-DD, such as 2025-08-16"
        raise WrongValueError(node, "invalid-date", f'"{value}" is not a date', hint) from None


def as_moment(node: Value) -> datetime | date | None:
    """Return a moment, a plain date, or None."""
    value = as_text(node)
    if len(value) <= 10:
        return as_date(node)
    try:
        parse_day(value[:10])
        return datetime.fromisoformat(value)
    except ValueError:
        hint = "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+05:30"
        raise WrongValueError(node, "invalid-date", f'"{value}" is not a date or a moment', hint) from None


def as_list(value: Value) -> list[Value]:
    """Return the items of a list, none for an empty value."""
    if isinstance(value, list):
        return value
    if not is_list(value):
        hint = "write [one, two], or one item a line behind a dash"
        if re.match(r"[-*•·–—▪‣◦]", text_of(value)):
            hint = 'begin each item with "- ", a dash and a space'
        elif not find_full_stop(text_of(value)):
            hint = 'write each on a line of its own, behind "- "'
        raise WrongValueError(value, "wrong-type", "expected a list", hint)
    return value.value if isinstance(value, yaml.SequenceNode) else []


def as_texts(node: Value) -> tuple[str, ...]:
    """Return a list of texts, without empty ones."""
    return tuple(filter(None, convert_all(as_list(node), as_text)))


# Of an address below the site: no step upwards, no host, nothing that a line of `_redirects` would be cut at.
_ADDRESS = re.compile(r"/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*\.html?)?")


def as_addresses(node: Value) -> tuple[str, ...]:
    """Return a list of addresses of the site, each once: folders, or pages that end in `.html`."""
    return tuple(dict.fromkeys(filter(None, convert_all(as_list(node), _as_address))))


def is_alias(address: str) -> bool:
    """Say whether an address of the site may be an alias: a folder, or a page that ends in `.html`, of names of usual length."""
    return bool(_ADDRESS.fullmatch(address)) and all(len(name.encode()) <= NAME_BYTES for name in address.split("/"))


def _as_address(node: Value) -> str:
    value = as_text(node)
    if any(len(name.encode()) > NAME_BYTES for name in value.split("/")):
        raise WrongValueError(node, "invalid-alias", f"a part of this address has more than {NAME_BYTES} bytes", "take it out")
    if value and not _ADDRESS.fullmatch(value):
        hint = "write it from the root of the site, such as /a/former/address/"
        if _ADDRESS.fullmatch(f"{value}/"):
            hint = f'write "{value}/", with a slash at its end'
        elif "?" in value:
            hint = 'take out "?" and what is behind it, by which hosts tell no files apart'
        raise WrongValueError(node, "invalid-alias", f'"{value}" is not an address of the site', hint)
    return value


def as_web_address(node: Value) -> str:
    """Return a whole address of the web, empty for an empty value."""
    value = as_text(node)
    if value and not is_web_address(value):
        hint = "write it whole, such as https://example.org/article"
        raise WrongValueError(node, "wrong-type", f'"{value}" is not a whole address', hint)
    return value


def as_language(node: Value) -> str:
    """Return the code of a language, empty for an empty value."""
    value = as_text(node)
    if value and not is_language(value):
        hint = advise_language(value) or "write its code, such as en, ko or pt-BR"
        raise WrongValueError(node, "wrong-type", f'"{value}" is not the code of a language', hint)
    return value


def advise_language(value: str) -> str:
    """Return which language somebody may have meant by the code of a country, or nothing."""
    from babel.languages import get_official_languages  # No build without a fault has a use for it.

    country = value.upper()
    found = get_official_languages(country) or get_official_languages(country, de_facto=True)
    return f"{country} is a country: write the code of the language, such as {found[0]}" if found else ""


def as_mapping(value: Value, converters: Mapping[str, Callable[[Value], Any]]) -> dict[str, Any]:
    """Return the converted values of a mapping whose keys are all known."""
    if not isinstance(value, (dict, yaml.MappingNode)):
        one, *_ = converters
        hint = f"write {{{one}: …}}, or one key a line below it"
        raise WrongValueError(value, "wrong-type", f"expected a mapping with {', '.join(converters)}", hint)
    if isinstance(value, dict) and value.keys() <= converters.keys():
        return {name: converters[name](item) for name, item in value.items()}
    values: dict[str, Any] = {}
    entries: dict[str, object] = {}

    def convert(entry: tuple[Value, Value]) -> None:
        key, item = entry
        if not is_text(key):
            raise WrongValueError(key, "wrong-type", "a key is no text")
        name = text_of(key)
        if name not in converters:
            # In `{text: It went, and nobody knows why.}` the comma begins the next key, which has no value.
            is_cut = isinstance(item, yaml.ScalarNode) and is_null(item) and " " in name
            hint = "a comma ends the text before it: put that in quotes" if is_cut else did_you_mean(name, converters)
            raise WrongValueError(key, "unknown-key", f'unknown key "{name}"', hint)
        if entries.setdefault(name, entry) is not entry:
            raise WrongValueError(key, "duplicate-key", f'"{name}" stands here a second time')
        values[name] = converters[name](item)

    convert_all(list(value.items()) if isinstance(value, dict) else value.value, convert)
    return values
