"""Changes of front matter that leave every other byte as it was: comments, order of keys, quotation marks, line ends, the text.

ruamel.yaml says where each value stands, and words are put in and taken out just there. Its own way of writing was tried and not
taken: it loses the comments inside a list in brackets, and moves those behind it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from generator.content.briefings import parse_briefing
from generator.content.fields import BRIEFING_KEYS
from generator.errors import ContentError, Location, error
from generator.ingest.settling.stamps import digest_generated, read_stamp
from generator.model import Briefing, CountryPair
from generator.text import normalise, squeeze


class Change(Struct, frozen=True):
    """What one key of the front matter holds, and what it is to hold: codes, slugs of pairs or sectors, or one kind.

    What both hold stands in the same order in both.
    """

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]


# A piece of front matter to be replaced: where it starts, where it ends, and what stands there then.
_Edit = tuple[int, int, str]
_Node = Any  # The nodes of ruamel.yaml say nothing of their types.

_FENCE = re.compile(r"^\ufeff?---[^\S\n]*$", re.MULTILINE)


def amend_briefing(raw: bytes, changes: Iterable[Change], path: str) -> bytes:
    """Return the file of a briefing with some of its terms changed; a file that was as generated still counts as such.

    Raises: ContentError when the file cannot be read, or is written in a way in which a change of it is not certain.
    """
    known = parse_briefing(raw, path)
    changes = tuple(changes)
    opening, head, rest = (part.decode() for part in split_file(raw))
    try:
        for change in changes:
            head = _amend_key(head, change)
        amended = (opening + head + rest).encode()
        found = parse_briefing(amended, path)
    except (ValueError, ContentError) as cause:
        raise _refuse(path) from cause
    if replace(found, body_line=known.body_line, digest=known.digest) != _expect(known, changes):
        raise _refuse(path)
    stamp = read_stamp(raw)
    if stamp is None or stamp.generated != digest_generated(raw):
        return amended
    return amended.replace(stamp.generated.encode(), digest_generated(amended).encode(), 1)


def split_file(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the first fence of a file, its front matter, and the rest from the second fence on; no front matter is empty."""
    text = raw.decode()
    fences = [match.span() for match in islice(_FENCE.finditer(text), 2)]
    if len(fences) < 2 or fences[0][0] != 0:
        return raw, b"", b""
    first, second = fences[0][1] + 1, fences[1][0]
    return text[:first].encode(), text[first:second].encode(), text[second:].encode()


def _refuse(path: str) -> ContentError:
    said = "the front matter is written in a way that cannot be changed without changing more of it"
    hint = "write each key on a line of its own, or make the change by hand"
    return ContentError(error("cannot-amend", Location(path, 1), said, hint))


def _expect(briefing: Briefing, changes: Iterable[Change]) -> Briefing:
    """Return what the amended file must read as."""
    values: dict[str, Any] = {change.key: change.after for change in changes}
    if "pairs" in values:
        values["pairs"] = tuple(CountryPair.of(*slug.split("-")) for slug in values["pairs"])
    if "kind" in values:
        values["kind"] = "".join(values["kind"])
    return replace(briefing, **values)


def _amend_key(head: str, change: Change) -> str:
    """Return front matter with one key changed, a term at a time: each edit is small, and is read again before the next."""
    for _ in range(len(change.before) + len(change.after) + 1):
        edit = _find_edit(head, change.key, change.after)
        if edit is None:
            break
        start, end, text = edit
        head = head[:start] + text + head[end:]
    return head


def _find_edit(head: str, key: str, terms: tuple[str, ...]) -> _Edit | None:
    """Return the next edit that brings a key nearer to `terms`, or None when it holds them.

    Raises: ValueError for a form of YAML in which there is no place for it.
    """
    entries = dict(_read_entries(head))
    if key not in entries:
        return _add_key(head, entries, key, terms) if terms else None
    name, value = entries[key]
    if value.id != "sequence":
        return _set_value(head, name, value, key=key, terms=terms)
    items = [_fold(key, item.value) for item in value.value]
    wanted = [_fold(key, term) for term in terms]
    for place, item in enumerate(items):
        if item not in wanted:
            return _remove(head, value, place)
    for place, term in enumerate(wanted):
        if items[place : place + 1] != [term]:
            return _insert(head, value, place, _quote(terms[place]))
    return None


def _read_entries(head: str) -> Iterator[tuple[str, tuple[_Node, _Node]]]:
    """Yield each key of front matter with the nodes of itself and of its value."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        root: _Node = YAML(typ="safe", pure=True).compose(head)
    except YAMLError as cause:
        raise ValueError(str(cause)) from cause
    if root is not None and root.flow_style:
        raise ValueError("the keys do not stand on lines of their own")
    for name, value in root.value if root is not None else ():
        yield name.value, (name, value)


def _fold(key: str, term: object) -> str:
    """Return a term in the form in which it is compared: an editor may write `in` for IN, and `kr-in` for in-kr."""
    text = squeeze(normalise(str(term))).lower()
    return "-".join(sorted(text.split("-"))) if key == "pairs" else text


def _quote(term: str) -> str:
    """Return a term as YAML: in quotation marks where other readers would take it for something else, such as NO for false."""
    return term if isinstance(yaml.safe_load(term), str) else f"'{term}'"


def _write(key: str, terms: tuple[str, ...]) -> str:
    return _quote(terms[0]) if key == "kind" else f"[{', '.join(map(_quote, terms))}]"


def _set_value(head: str, name: _Node, value: _Node, *, key: str, terms: tuple[str, ...]) -> _Edit | None:
    """Return the edit of a key that holds one text or nothing."""
    start, end = value.start_mark.index, value.end_mark.index
    if start == end:
        colon = head.index(":", name.end_mark.index) + 1
        return (colon, colon, f" {_write(key, terms)}") if terms else None
    is_done = key == "kind" and terms == (value.value,)
    return None if is_done or not terms else (start, end, _write(key, terms))


def _add_key(head: str, entries: dict[str, tuple[_Node, _Node]], key: str, terms: tuple[str, ...]) -> _Edit:
    """Return the edit that adds a key behind the one that usually stands before it."""
    known = reversed(BRIEFING_KEYS[: BRIEFING_KEYS.index(key)])
    before = next((entries[name] for name in known if name in entries), None)
    at = _find_end(head, *before) if before else 0
    indent = " " * before[0].start_mark.column if before else ""
    return at, at, f"{indent}{key}: {_write(key, terms)}{_line_end(head)}"


def _find_end(head: str, name: _Node, value: _Node) -> int:
    """Return where the line after an entry starts; comments below it belong to what follows."""
    if value.id != "scalar" and not value.flow_style:
        last = value.value[-1]
        return _find_end(head, *(last if value.id == "mapping" else (last, last)))
    if value.id == "scalar" and value.start_mark.index == value.end_mark.index:
        return _next_line(head, name.end_mark.index)
    # A text behind `|` ends where the next line starts.
    return value.end_mark.index if value.end_mark.column == 0 else _next_line(head, value.end_mark.index)


def _next_line(head: str, position: int) -> int:
    return head.find("\n", position) + 1 or len(head)


def _line_start(head: str, position: int) -> int:
    return head.rfind("\n", 0, position) + 1


def _line_end(head: str) -> str:
    return "\r\n" if "\r\n" in head else "\n"


def _insert(head: str, value: _Node, place: int, term: str) -> _Edit:
    """Return the edit that makes `term` the item at `place` of a list."""
    items = value.value
    if not value.flow_style:
        near = items[max(0, place - 1)]
        mark = _find_dash(head, near)
        at = _find_end(head, near, near) if place else _line_start(head, near.start_mark.index)
        return at, at, f"{mark}{term}{_line_end(head)}"
    if place:
        at = items[place - 1].end_mark.index
        return at, at, f", {term}"
    if items:
        at = items[0].start_mark.index
        return at, at, f"{term}, "
    start, end = value.start_mark.index + 1, value.end_mark.index - 1
    return (start, start if head[start:end].strip() else end, term)


def _find_dash(head: str, item: _Node) -> str:
    """Return what stands before an item on its line: its indentation and its dash."""
    start: int = item.start_mark.index
    mark = head[_line_start(head, start) : start]
    if mark.strip() != "-":
        raise ValueError("the item does not stand on a line of its own")
    return mark


# A comma that parts two items, behind blanks and comments.
_COMMA = re.compile(r"(?:\s|#[^\n]*+)*+,")


def _remove(head: str, value: _Node, place: int) -> _Edit:
    """Return the edit that takes an item out of a list; comments beside other items stay."""
    items = value.value
    start, end = items[place].start_mark.index, items[place].end_mark.index
    if not value.flow_style:
        _find_dash(head, items[place])
        return _line_start(head, start), _find_end(head, items[place], items[place]), ""
    previous = items[place - 1].end_mark.index if place else start
    following = items[place + 1].start_mark.index if place + 1 < len(items) else value.end_mark.index - 1
    if place + 1 == len(items) and place and "#" not in head[previous:start]:
        return previous, end, ""
    if "#" not in head[end:following]:
        return start, following, ""
    comma = _COMMA.match(head, end)
    return start, comma.end() if comma else end, ""
