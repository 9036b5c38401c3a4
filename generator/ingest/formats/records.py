"""Records and feeds → the fields of their articles, one after another: JSON, JSON Lines, RSS and Atom.

Nothing here holds more than one record at a time, whatever the size of the file.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.ingest.words import word_list, word_map
from generator.text import squeeze

_KEYS = {
    name: word_list("records", name)
    for name in ("body", "title", "published", "publisher", "author", "url", "lang", "description")
}
_CONTAINERS = word_list("records", "containers")
_DEPTH = 40
_PIECE = 4096


class BrokenRecordError(ValueError):
    """A record cannot be read; `line` is where it stands in the file, `index` which record it is, counted from 1."""

    def __init__(self, message: str, line: int, index: int) -> None:
        super().__init__(message)
        self.line, self.index = line, index


Fields = Mapping[str, str]


def pick_fields(record: Mapping[str, Any]) -> dict[str, str]:
    """Return what a record says under the names of a seed's fields; keys are compared without case."""
    by_key = {str(key).strip().lower().replace("-", "_"): value for key, value in record.items()}
    nested = by_key.get("article") if isinstance(by_key.get("article"), dict) else by_key.get("_source")
    if isinstance(nested, dict):
        by_key |= {str(key).lower(): value for key, value in nested.items()}
    found: dict[str, str] = {}
    for name, keys in _KEYS.items():
        for key in keys:
            if text := _as_text(by_key.get(key), paragraphs=name == "body"):
                found[name] = text
                break
    if found.get("published", "").isdecimal():  # "²" is a digit, too, and no number.
        found["published"] = _from_epoch(found["published"])
    return found


def find_key(record: Mapping[str, Any], name: str) -> str:
    """Return the key under which a record says a field of a seed, as it is written there; empty where none does."""
    by_key = {str(key).strip().lower().replace("-", "_"): str(key) for key in record}
    return next((by_key[key] for key in _KEYS[name] if key in by_key), "")


def _as_text(value: Any, *, paragraphs: bool = False) -> str:
    """Return a value of a record as text: lists joined, an object by its name, everything else nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return ("\n\n" if paragraphs else ", ").join(filter(None, map(_as_text, value[:10_000])))
    if isinstance(value, dict):
        return next(
            (
                text
                for key in ("name", "title", "text", "value", "rendered", "html", "content", "#text")
                if (text := _as_text(value.get(key)))
            ),
            "",
        )
    return ""


def _from_epoch(text: str) -> str:
    """Return the moment that a count of seconds or milliseconds since 1970 means, in UTC, or the text where it means none."""
    from datetime import UTC, datetime

    if len(text) == 8:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        number = int(text)  # Of more than 4,300 digits Python makes no number.
        return datetime.fromtimestamp(number / 1000 if len(text) > 11 else number, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return text


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, int, Any]]:
    """Yield (index, line, value) for each line of JSON Lines; a broken line is yielded as its error and the next one follows."""
    index = 0
    for line, text in enumerate(lines, 1):
        if piece := text.strip().strip("\x1e"):
            index += 1
            yield index, line, _load(piece, line, index)


def _load(text: str, line: int, index: int) -> Any:
    """Return the value of a JSON text, or the error that describes why there is none."""
    if _nests_deeply(text):
        return BrokenRecordError(f"the record is nested more than {_DEPTH} levels deep", line, index)
    try:
        return json.loads(text, strict=False)
    except ValueError as problem:
        return BrokenRecordError(f"the record is not valid JSON: {_said(problem)}", line, index)
    except RecursionError:
        return BrokenRecordError("the record is nested too deep", line, index)


def _nests_deeply(text: str) -> bool:
    """Say whether brackets are nested too deep for the parser's stack; those within strings count too, which errs safely."""
    if text.count("[") + text.count("{") <= _DEPTH:
        return False
    return bool(re.search(rf"(?:[\[{{]\s*(?:\"[^\"]{{0,100}}\"\s*:\s*)?){{{_DEPTH + 1}}}", text))


def _said(problem: ValueError) -> str:
    return f"{problem.msg.lower()} at column {problem.colno}" if isinstance(problem, json.JSONDecodeError) else str(problem)


def read_document(text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield (index, line, value) for each record of a JSON document: one object, a list of them, or a list under a usual key.

    A list is read element by element, so that 10,000 records never stand in memory at once.
    """
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        yield from _read_list(text, start)
        return
    value = _load(text, 1, 1)
    if isinstance(value, dict):
        for key in _CONTAINERS:
            inner = value.get(key)
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                yield from ((index, 1, item) for index, item in enumerate(inner, 1))
                return
    yield 1, 1, value


def _read_list(text: str, start: int) -> Iterator[tuple[int, int, Any]]:
    decoder = json.JSONDecoder(strict=False)
    between = re.compile(r"[\s,]*")
    position, index, line = start + 1, 0, 1 + text.count("\n", 0, start)
    while True:
        following = between.match(text, position)
        after = following.end() if following else position
        line += text.count("\n", position, after)
        position = after
        if position >= len(text) or text[position] == "]":
            return
        index += 1
        try:
            value, end = decoder.raw_decode(text, position)
        except ValueError as problem:
            yield index, line, BrokenRecordError(f"the list is not valid JSON from here on: {_said(problem)}", line, index)
            return
        except RecursionError:
            yield index, line, BrokenRecordError(f"the record is nested more than {_DEPTH} levels deep", line, index)
            return
        yield index, line, value
        line += text.count("\n", position, end)
        position = end


_FEED_FIELDS = word_map("feeds")


def read_feed(raw: bytes) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield (index, line, fields) for each item of an RSS or Atom feed; what the channel says fills what an item leaves open.

    Entities beyond those of XML and document types are not expanded, and nothing is fetched.

    Raises: BrokenRecordError where the XML ends being XML.
    """
    from lxml import etree  # 60 ms to import, for formats that need it.

    channel: dict[str, str] = {}
    index = 0
    parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    inside = None
    for element, is_end in _feed_events(parser, raw):
        name = _local(element.tag)
        if not is_end:
            inside = element if name in ("item", "entry") and inside is None else inside
        elif inside is None:
            _note_channel(channel, element, name)
        elif element is inside:
            index += 1
            yield index, element.sourceline or 0, _read_item(element, channel)
            inside = None
            _forget(element)


def _feed_events(parser: Any, raw: bytes) -> Iterator[tuple[Any, bool]]:
    """Yield (element, whether it ends) as the parser meets them, piece by piece: what stood before a fault is not lost.

    Raises: BrokenRecordError at the fault.
    """
    from lxml import etree

    try:
        for start in range(0, len(raw), _PIECE):
            parser.feed(raw[start : start + _PIECE])
            yield from ((element, event == "end") for event, element in parser.read_events())
        parser.close()
    except etree.XMLSyntaxError as problem:
        said = f"the feed is not valid XML{_describe(problem)}"
        raise BrokenRecordError(said, problem.lineno or 0, 0) from problem


def _describe(problem: Any) -> str:
    """Return what the parser says of a fault, without its way of counting lines; that the file ends early in plain words."""
    said = re.sub(r",? line \d+(?:, column \d+| and \w+)?", "", squeeze(problem.msg or ""))
    named = re.search(r"Premature end of data in tag (\S+)", said)
    if named:
        return f": it ends within <{named[1]}>"
    return f": {said[:1].lower()}{said[1:]}" if said else ""


def _forget(element: Any) -> None:
    """Free an item that was read, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _note_channel(channel: dict[str, str], element: Any, name: str) -> None:
    """Keep the feed's title as publisher, and its language."""
    text = squeeze("".join(element.itertext()))
    parent = element.getparent()
    if name == "title" and text and parent is not None and _local(parent.tag) in ("channel", "feed", "rdf"):
        channel.setdefault("publisher", text)
    elif name == "language" and text:
        channel.setdefault("lang", text)
    elif name in ("feed", "channel"):
        lang = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if lang:
            channel.setdefault("lang", lang)


def _read_item(item: Any, channel: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in item:
        name = _FEED_FIELDS.get(_local(child.tag), "")
        if not name:
            continue
        text = _content(child)
        if _local(child.tag) == "link" and child.get("href"):
            text = child.get("href") if child.get("rel") in (None, "alternate") else ""
        if text and (name not in found or (name == "body" and len(text) > len(found[name]))):
            found[name] = text
    if len(found.get("description", "")) > len(found.get("body", "")):
        found["body"] = found["description"]
    return {**channel, **found}


def _content(element: Any) -> str:
    """Return the text of an element of a feed; markup that stands in it as XML is written out again."""
    if not len(element):
        return (element.text or "").strip()
    name = next((child for child in element if _local(child.tag) == "name"), None)
    if name is not None:
        return squeeze("".join(name.itertext()))
    from lxml import etree

    return (element.text or "") + "".join(
        re.sub(r"\sxmlns(?::\w+)?=\"[^\"]*\"", "", etree.tostring(child, encoding="unicode")) for child in element
    )
