"""The front matter of somebody else's Markdown, in YAML or TOML: what it says, and on which line.

One that is broken is a located problem. What stands between two lines `---` and does not begin like front matter is text.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from generator.config.toml_places import read_fault
from generator.content.yaml_faults import tell_fault

_FENCED = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BEGINS = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[\"']?[\w.-]+(?: [\w.-]+){0,2}[\"']?\s*(?:=|:(?=\s|\Z))")
_SIZE = 65_536


class BrokenFrontMatterError(ValueError):
    """Front matter cannot be read; line and column are where in the file, the column 0 where it is not known."""

    def __init__(self, message: str, line: int, column: int = 0, hint: str = "mend it") -> None:
        super().__init__(message)
        self.line, self.column, self.hint = line, column, hint


def has_fences(text: str) -> bool:
    """Say whether a text starts with something between fences."""
    return _FENCED.match(text.replace("\r\n", "\n")) is not None


def split_front_matter(text: str) -> tuple[Mapping[str, Any], Mapping[str, int], str]:
    """Return the fields of front matter, the lines of the file on which their keys stand, and the body.

    Raises: BrokenFrontMatterError.
    """
    normal = text.replace("\r\n", "\n")
    match = _FENCED.match(normal)
    if not match or len(match[2]) > _SIZE or not _BEGINS.match(match[2]):
        return {}, {}, text
    first = normal.count("\n", 0, match.start(2)) + 1
    fields, lines = _read_toml(match[2], first) if match[1] == "+++" else _read_yaml(match[2], first)
    return fields, lines, normal[match.end() :]


def _read_toml(text: str, first: int) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    try:
        return tomllib.loads(text), {}
    except tomllib.TOMLDecodeError as problem:
        said, (line, column) = read_fault(problem)
        where = (first + line - 1, column) if line else (first, 0)
        raise BrokenFrontMatterError(f"the front matter is not valid TOML: {said}", *where) from problem
    except RecursionError as problem:
        raise BrokenFrontMatterError("the front matter is nested too deep", first) from problem


def _read_yaml(text: str, first: int) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    if text.count("[") + text.count("{") > 200 or re.search(r"(?m)^\s{64}|:\s*[&*]\w", text):
        raise BrokenFrontMatterError("the front matter holds anchors, or brackets nested too deep", first)
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
        # Every scalar stays a text: YAML would make a country of Norway's `NO` false and lose the zone of a moment.
        value = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # The base loader makes texts, lists and mappings only.
    except yaml.MarkedYAMLError as problem:
        line, column, said, hint = tell_fault(problem, text)
        message = f"the front matter is not valid YAML: {said}"
        raise BrokenFrontMatterError(message, first + line, column + 1, hint or "mend it") from problem
    except yaml.YAMLError as problem:
        raise BrokenFrontMatterError("the front matter is not valid YAML", first) from problem
    if not isinstance(root, yaml.MappingNode):
        raise BrokenFrontMatterError('the front matter is not a list of "key: value" lines', first)
    lines: dict[str, int] = {}
    for key, _ in root.value:
        line = first + key.start_mark.line
        if str(key.value) in lines:
            said = f'"{key.value}" stands in the front matter a second time, first on line {lines[key.value]}'
            raise BrokenFrontMatterError(said, line)
        lines[str(key.value)] = line
    return value, lines
