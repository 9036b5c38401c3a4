"""The front matter of a file as YAML nodes that still know their lines: the splitting, the guard and the reading.

Every scalar stays a text, so `NO` is Norway and `0123` a text; a duplicate key is a located problem. The loaders that come with
YAML would read `country: NO` as false, let the last of two equal keys win, lose the front matter behind a byte-order mark, and
die of 50,000 nested brackets.
"""

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any, cast

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.content.fences import FENCE, Said, find_near_end, find_open_end, tell_end, tell_start
from generator.content.flat_yaml import Fields, find_flat_fields
from generator.content.merge_marks import find_marks, may_hold_marks
from generator.content.yaml_faults import tell_fault
from generator.errors import ContentError, Location, Problem, error, show_name
from generator.text import NAME_BYTES, normalise, squeeze

FILE_SIZE_BYTES = 12 << 20
FRONT_MATTER_SIZE = 1 << 16
DEPTH = 16


class _Unlocated(Exception):  # noqa: N818  # Never leaves this module: it becomes a ContentError as soon as the path is known.
    """A problem whose line is known, raised where the path is not."""

    def __init__(self, code: str, line: int, message: str, hint: str = "", *, column: int = 0) -> None:
        super().__init__(message)
        self.code, self.line, self.hint, self.column = code, line, hint, column

    def at(self, path: str) -> Problem:
        """Return the problem, now with its path."""
        return error(self.code, Location(path, self.line, self.column), str(self), self.hint)


class _Handler(YAMLHandler):
    """Lets python-frontmatter read our fences, and YAML as nodes: `located` ones still know their lines."""

    def __init__(self, *, located: bool) -> None:
        super().__init__()
        self.located = located

    def split(self, text: str) -> tuple[str, str]:
        head, body = _find_fences(text)
        return text[head : body[0]], text[body[1] :]

    def load(self, fm: str, **_: object) -> Fields:
        fields = None if self.located or len(fm) > FRONT_MATTER_SIZE else find_flat_fields(fm)
        return _compose(fm) if fields is None else fields


def _start_otherwise(text: str) -> _Unlocated:
    said = tell_start(text)
    return _Unlocated("no-front-matter", said.line, said.message, said.hint, column=1)


def _end_open(said: Said) -> _Unlocated:
    return _Unlocated("unclosed-front-matter", said.line, said.message, said.hint, column=1)


def _find_cause(fault: _Unlocated, text: str) -> _Unlocated:
    """Return what a fault of front matter comes from: the marks of a merge, or a line that was to close it."""
    head = text.partition(f"\n{FENCE}\n")[0]
    if may_hold_marks(head) and (mark := next(find_marks(head), None)):
        said, hint = mark.said
        return _Unlocated("conflict-marks", mark.line + 1, said, hint, column=1)
    if fault.code != "front-matter-syntax":
        return fault
    near = find_near_end(text)
    end = near if near and near.line <= fault.line else find_open_end(text, fault.line)
    return _end_open(end) if end else fault


def _find_fences(text: str) -> tuple[int, tuple[int, int]]:
    """Return where the front matter starts, and where it ends and the body starts.

    Raises: _Unlocated, since python-frontmatter would take a ValueError for a file without front matter.
    """
    first = text.find("\n")
    if first < 0 and text.rstrip() == FENCE:
        raise _end_open(tell_end(text))
    if first < 0 or text[:first].rstrip() != FENCE:
        raise _start_otherwise(text)
    start = first + 1
    # Of the lines only those that begin as one are looked at: 1 instead of 3 µs.
    position = text.find(f"\n{FENCE}", first)
    while position >= 0:
        end = text.find("\n", position + 1)
        end = len(text) if end < 0 else end
        if text[position + 1 : end].rstrip() == FENCE:
            return start, (position + 1, min(end + 1, len(text)))
        position = text.find(f"\n{FENCE}", end)
    raise _end_open(tell_end(text))


def _compose(front_matter: str) -> Fields:
    """Return key → (key node, value node) of front matter, which starts on line 2 of its file."""
    if len(front_matter) > FRONT_MATTER_SIZE:
        raise _Unlocated("front-matter-size", 1, f"the front matter is longer than {FRONT_MATTER_SIZE} characters")
    try:
        if _needs_guard(front_matter):
            _guard(front_matter)
        root = yaml.compose(front_matter, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as problem:
        line, column, said, hint = tell_fault(problem, front_matter)
        message = f"the front matter is not valid YAML: {said}"
        raise _Unlocated("front-matter-syntax", line + 2, message, hint, column=column + 1) from problem
    except yaml.YAMLError as problem:
        said = squeeze(str(problem).splitlines()[0])
        raise _Unlocated("front-matter-syntax", 1, f"the front matter is not valid YAML: {said}") from problem
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise _Unlocated("front-matter-syntax", 2, 'the front matter is not a list of "key: value" lines')
    fields: Fields = {}
    lines: dict[str, int] = {}
    for key, value in root.value:
        line, column = key.start_mark.line + 2, key.start_mark.column + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _Unlocated("front-matter-syntax", line, "the front matter is not valid YAML: a key is no text", column=column)
        if key.value in fields:
            message, hint = f'"{key.value}" stands here a second time', f"first on line {lines[key.value]}"
            raise _Unlocated("duplicate-key", line, message, hint, column=column)
        fields[key.value] = (key, value)
        lines[key.value] = line
    return fields


def _needs_guard(front_matter: str) -> bool:
    """Say whether front matter may hold what the guard refuses; the guard takes 0.17 ms and the reading 0.09."""
    return (
        any(mark in front_matter for mark in ("&", "*", "!", "- - ", "? "))
        or front_matter.count("[") + front_matter.count("{") > 100
        or " " * 2 * DEPTH in front_matter
    )


def _guard(front_matter: str) -> None:
    """Refuse nesting that would end the process, and anchors, aliases and tags, which no front matter of ours needs."""
    depth = 0
    for event in yaml.parse(front_matter, Loader=yaml.CBaseLoader):
        line, column = (event.start_mark.line + 2, event.start_mark.column + 1) if event.start_mark else (1, 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message, hint = "anchors and aliases (& and *) are not read here", "write the value out, or put it in quotes"
            raise _Unlocated("yaml-alias", line, message, hint, column=column)
        if tag := getattr(event, "tag", None):
            message, hint = f"the tag {tag} is not read here", "write a plain value, or put it in quotes"
            raise _Unlocated("yaml-tag", line, message, hint, column=column)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                raise _Unlocated("yaml-depth", line, f"the front matter is nested more than {DEPTH} deep", column=column)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


_HANDLERS = {located: _Handler(located=located) for located in (False, True)}


_STEM = re.compile(r"\w(?:[\w.~+,-]*\w)?")


def read_stem(path: str) -> str:
    """Return the name of a file without its suffix, which becomes a part of an address.

    Raises: ContentError for one that would need quoting there, such as `a#b`, is not UTF-8, or leaves no room for a suffix.
    """
    stem = path.rpartition("/")[2].removesuffix(".md")
    if len(stem) > NAME_BYTES // 4 and len(stem.encode(errors="replace")) > NAME_BYTES:
        message = f"the name of this file has more than {NAME_BYTES} bytes: no file of the site could be called so"
        raise ContentError(error("file-name", Location(show_name(path)), message, "give it a shorter one"))
    if not _STEM.fullmatch(stem):
        message, hint = "the name of this file cannot stand in an address", "name it with letters, digits, hyphens and dots"
        letters = unicodedata.normalize("NFC", stem)
        if _STEM.fullmatch(letters):
            # Git and file systems keep both forms apart, so that one address would belong to two files.
            message = "this name has its accents apart from the letters (NFD), as a Mac writes them"
            plain = "".join(char for char in unicodedata.normalize("NFD", stem) if not unicodedata.combining(char))
            hint = f'name it "{plain}.md", or with the letters as one sign each (NFC)'
        raise ContentError(error("file-name", Location(show_name(path)), message, hint))
    return stem


def _decode(raw: bytes, path: str) -> str:
    if len(raw) > FILE_SIZE_BYTES:
        raise ContentError(error("file-size", Location(path), f"the file is larger than {FILE_SIZE_BYTES} bytes", "split it"))
    raw = raw.removeprefix(BOM_UTF8)  # The codec that does it is written in Python: 1.5 µs a file.
    try:
        text = raw.decode()
    except UnicodeDecodeError as problem:
        head = raw[: problem.start].decode(errors="replace")
        where = Location(path, head.count("\n") + 1, len(head) - head.rfind("\n"))
        raise ContentError(
            error("not-utf-8", where, "the file is not UTF-8 text", "save it with the encoding UTF-8")
        ) from problem
    text = normalise(text)
    if "\0" in text:
        raise ContentError(error("not-utf-8", Location(path), "the file holds NUL bytes: it is not text"))
    return text


def read_front_matter(raw: bytes, path: str, *, located: bool) -> tuple[Fields, str, int]:
    """Return the fields of the front matter, the body, and the line on which the body starts.

    Only with `located` do all nodes know where they stand, which takes five times as long.

    Raises: ContentError when the file is not text with front matter.
    """
    text = _decode(raw, path).rstrip()
    try:
        if text[:1].isspace():  # The parser would take it away, and no line would be where we say.
            raise _start_otherwise(text)
        parsed, body = frontmatter.parse(text, handler=_HANDLERS[located])
    except _Unlocated as problem:
        raise ContentError(_find_cause(problem, text).at(path)) from problem
    return cast("Fields", parsed), body, text.count("\n", 0, len(text) - len(body)) + 1


def read_body(raw: bytes, path: str) -> str:
    """Return what `read_front_matter` returns as the body, without looking at the rest.

    Raises: ContentError when the file is not text with front matter.
    """
    text = _decode(raw, path)
    try:
        return text[_find_fences(text)[1][1] :].strip()
    except _Unlocated as problem:
        raise ContentError(problem.at(path)) from problem


class Flow(list[Any]):
    """A list that is written on one line."""


class Moment(str):
    """A date or a moment, written without quotation marks."""

    __slots__ = ()


class _Dumper(yaml.CSafeDumper):
    """Writes our two special values; everything else as YAML does."""


class _PatientDumper(yaml.SafeDumper):
    """Writes the same ten times slower, and every character as itself."""


def _write_flow(dumper: yaml.representer.BaseRepresenter, value: Flow) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _write_moment(dumper: yaml.representer.BaseRepresenter, value: Moment) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(value))


for _kind in (_Dumper, _PatientDumper):
    _kind.add_representer(Flow, _write_flow)
    _kind.add_representer(Moment, _write_moment)


def _dump(fields: Mapping[str, object], dumper: type[_Dumper | _PatientDumper]) -> str:
    written: str = yaml.dump(dict(fields), Dumper=dumper, sort_keys=False, allow_unicode=True, width=1 << 30)
    return written


def dump_front_matter(fields: Mapping[str, object], body: str) -> str:
    """Return a whole file: fields in the order given, each text on one line so that a change of it is one line of a diff."""
    head = _dump(fields, _Dumper)
    # The C emitter writes an emoji as \U0001F60A: nobody can read that, and an accent behind it would join its last digit.
    if "\\U" in head:
        head = _dump(fields, _PatientDumper)
    return f"{FENCE}\n{head}{FENCE}\n\n{body.strip()}\n"
