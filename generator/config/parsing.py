"""`content/archive.toml` → `Config`.

A key that is not known is an error, since a misspelt setting that is silently ignored costs its author an afternoon.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from msgspec import Struct

from generator.config import Config, Licence, Link
from generator.config.toml_places import advise_fault, find_place, find_places, read_fault
from generator.content.budget import check_budget
from generator.content.values import advise_language, is_alias
from generator.errors import ConfigError, ContentError, Location, Problem, did_you_mean, error, locate
from generator.languages import is_language
from generator.text import fold, is_web_address

Section = TypeVar("Section", bound=Struct)

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "feeds.content": ("full", "summary"),
    "rights.default": ("full", "excerpt", "link"),
    "ingest.duplicates": ("report", "merge"),
}


_EXAMPLES: Mapping[str, str] = {
    "rights.publishers": '"NDTV Profit" = "excerpt"',
    "moved": '"/sectors/chips/" = "/sectors/semiconductors/"',
}


def _is_local(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/") and not value.startswith("//")


def _is_link(value: str) -> bool:
    return _is_local(value) or value.startswith("mailto:") or is_web_address(value)


_LINK = (
    _is_link,
    "an address of the site such as /about/, or a whole one such as https://example.org/ or mailto:desk@example.org",
)
_WEB_ADDRESS = (is_web_address, "a whole address such as https://example.org/")
# What a text has to be besides a text; an empty one says nothing, and is right where its default is empty.
_FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "language": (is_language, "the code of a language, such as en, ko or pt-BR"),
    "corrections": _LINK,
    "repository": _WEB_ADDRESS,
    "publisher.url": _WEB_ADDRESS,
    "rights.licence.url": _WEB_ADDRESS,
    "navigation.url": _LINK,
}


def _find_fault(name: str, value: object) -> str:
    """Return what a value of the right type would have to be, or an empty text if it is right."""
    key = re.sub(r"\[\d+\]", "", name)
    if key in _CHOICES and value not in _CHOICES[key]:
        return "one of " + ", ".join(f'"{choice}"' for choice in _CHOICES[key])
    if key in ("feeds.limit", "lists.split") and isinstance(value, int) and value < 1:
        return "at least 1"
    if key in _FORMS and isinstance(value, str) and (value or key in ("language", "navigation.url")):
        is_right, expected = _FORMS[key]
        return "" if is_right(value) else f'{expected}, not "{value}"'
    return ""


class _Reader:
    """Turns tables into sections and collects what is wrong, with the place of each key."""

    def __init__(self, text: str, path: str) -> None:
        self.places = find_places(text)
        self.path = path
        self.problems: list[Problem] = []

    def report(self, name: str, message: str, hint: str = "") -> None:
        place = Location(self.path, *find_place(self.places, name))
        self.problems.append(error("invalid-setting", place, message, hint))

    def section(self, kind: type[Section], table: Mapping[str, Any], prefix: str = "") -> Section:
        known = get_type_hints(kind)
        values: dict[str, Any] = {}
        for key, value in table.items():
            name = prefix + key
            if key not in known:
                # A key belongs to the table above it, be there an empty line between them or not.
                is_below = prefix and key in Config.__struct_fields__
                below = f"it stands below [{prefix[:-1]}]: put it above the first line in square brackets"
                self.report(name, f'unknown setting "{name}"', below if is_below else did_you_mean(key, known, prefix))
            else:
                values[key] = self.value(known[key], value, name)
        defaults = set(kind.__struct_fields__) - values.keys()
        wanted = {key: value for key, value in values.items() if value is not None}
        if kind is Link and defaults:
            self.report(prefix.rstrip("."), 'an entry of "navigation" needs "name" and "url"')
        if kind is Licence and (defaults or "" in values.values()):
            example = 'such as {name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/"}'
            self.report("rights.licence", f'"rights.licence" needs "name" and "url", {example}')
        # What has no default and is wrong is reported; the value is made all the same, so that everything else is checked too.
        return kind(**({"name": "", "url": "", **wanted} if kind is Link else wanted))

    def value(self, kind: Any, value: Any, name: str) -> Any:
        if isinstance(kind, type) and issubclass(kind, Struct):
            return self.section(kind, self.table(value, name), f"{name}.")
        if kind in (tuple[Link, ...], tuple[str, ...]):
            return self.links(value, name) if kind == tuple[Link, ...] else self.addresses(value, name)
        if kind == Mapping[str, str]:
            if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
                return MappingProxyType(value)
            self.wrong(name, f"a table of texts, such as {_EXAMPLES[name]}")
            return None
        if type(value) is not kind:
            self.wrong(name, {str: "a text", bool: "true or false", int: "a whole number"}[kind])
        elif expected := _find_fault(name, value):
            is_mail = _LINK[1] in expected and re.fullmatch(r"[^\s/:@]+@[^\s/:@]+", value)
            hint = f'write "mailto:{value}"' if is_mail else advise_language(value) if name == "language" else ""
            self.wrong(name, expected, hint)
        else:
            return value
        return None

    def links(self, value: Any, name: str) -> tuple[Link, ...] | None:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(name, 'a list of tables, such as {name = "About", url = "/about/"}')
            return None
        return tuple(self.section(Link, item, f"{name}[{number}].") for number, item in enumerate(value, 1))

    def addresses(self, value: Any, name: str) -> tuple[str, ...] | None:
        wrong = [f'"{item}" is none' for item in value if not _is_local(item)] if isinstance(value, list) else ["write it as one"]
        if wrong:
            self.wrong(name, 'a list of addresses of the site, such as ["/a/former/address/"]', wrong[0])
        return None if wrong else tuple(value)

    def table(self, value: Any, name: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.wrong(name, "a table")
        return {}

    def wrong(self, name: str, expected: str, hint: str = "") -> None:
        self.report(name, f'"{name}" must be {expected}', hint)


def parse_config(raw: bytes, path: str) -> Config:
    """Return the settings that `archive.toml` holds, with defaults for what it does not say.

    Raises: ConfigError with every unknown key, wrong type and wrong choice, and with a notice that asks for too much.
    """
    text = ""
    try:
        text = raw.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as problem:
        where = locate(path, raw.decode(errors="replace"), len(raw[: problem.start].decode(errors="replace")))
        hint = "save it with the encoding UTF-8"
        raise ConfigError(error("invalid-setting", where, "the file is not UTF-8 text", hint)) from problem
    except tomllib.TOMLDecodeError as problem:
        said, place = read_fault(problem)
        where, hint = Location(path, *place), advise_fault(text, place)
        raise ConfigError(error("invalid-setting", where, f"the file is not valid TOML: {said}", hint)) from problem
    reader = _Reader(text, path)
    config = reader.section(Config, table)
    check_base_url(config.base_url, lambda message, hint: reader.report("base_url", message, hint))
    _check_publishers(config.rights.publishers, reader)
    _check_moved(config.moved, reader)
    try:
        check_budget(config.notice, Location(path, *find_place(reader.places, "notice")))
    except ContentError as failure:
        reader.problems += failure.problems
    if reader.problems:
        raise ConfigError(*reader.problems)
    return config


def _check_publishers(publishers: Mapping[str, str], reader: _Reader) -> None:
    names: dict[str, str] = {}
    for publisher, rights in publishers.items():
        name = f"rights.publishers.{publisher}"
        if (other := names.setdefault(fold(publisher), publisher)) is not publisher:
            hint = "take one of them out: case, accents and spaces make no difference"
            reader.report(name, f'"{publisher}" is the same publisher as "{other}"', hint)
        if rights not in _CHOICES["rights.default"]:
            reader.report(name, f'rights of "{publisher}" must be "full", "excerpt" or "link", not "{rights}"')


def _check_moved(moved: Mapping[str, str], reader: _Reader) -> None:
    for source, target in moved.items():
        for address in (source, target):
            if not is_alias(address):
                hint = f"write it so: {_EXAMPLES['moved']}"
                reader.report(f"moved.{source}", f'"{address}" is not an address of the site that pages can have', hint)
        if source in (target, moved.get(target)):
            reader.report(f"moved.{source}", f'"{source}" leads back to itself', "take it out")
        elif target in moved:
            hint = f'write "{moved[target]}" there, if both lead on to it'
            reader.report(f"moved.{source}", f'"{target}" is led on from, too', hint)


# No question, fragment, user or second slash: every address of the site begins so, and a browser would mend some of these.
_BASE = re.compile(r"https?://[^\s/?#@\\]+(?:/[^\s/?#\\]+)*/?", re.IGNORECASE)


def check_base_url(base_url: str, report: Callable[[str, str], None]) -> None:
    """Call `report(message, hint)` when `base_url` is not the address of a folder on the web."""
    is_plain = _BASE.fullmatch(base_url) and not {".", ".."} & set(base_url.split("/"))
    if not is_plain or not is_web_address(base_url):
        message = f'"base_url" must be the address of the site, not "{base_url}"'
        report(message, 'write it whole and plain, without user, spaces, "//" or "..", such as "https://example.org/briefings/"')
