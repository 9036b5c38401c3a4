"""Files of seeds → `Seed`: which format a file is in, and the articles it holds, one after another.

A format is a function in `FORMATS`; which one reads a file, `find_format` in `kinds` tells.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from os import SEEK_END
from types import MappingProxyType
from typing import Any, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Location, Problem, SeedError, error
from generator.fingerprint import stamp_bytes
from generator.ingest.decoding import Decoded, NotTextError, decode_lines, repair
from generator.ingest.formats.extraction import extract_article, parse_page
from generator.ingest.formats.fences import BrokenFrontMatterError, split_front_matter
from generator.ingest.formats.kinds import HEAD_SIZE_BYTES, are_lines, find_format, looks_like_markdown
from generator.ingest.formats.mail import read_mail
from generator.ingest.formats.markup import convert_fragment, looks_like_html
from generator.ingest.formats.pages import read_metadata
from generator.ingest.formats.records import BrokenRecordError, find_key, pick_fields, read_document, read_feed, read_lines
from generator.ingest.formats.texts import ARTICLE_SIZE_BYTES, decode_file, finish, tell_binary
from generator.model import Seed
from generator.text import squeeze

FILE_SIZE_BYTES = 256 << 20
# A page of an article has a few thousand elements; each is asked for several times, and a million took minutes.
ELEMENTS_MAX = 100_000
# The libraries ask each child about all before it: 10,000 links in a paragraph took 24 s, 2,500 take 0.6.
CHILDREN_MAX = 4_000


class Refusal(Struct, frozen=True):
    """An article that cannot be read: its id and place, and why."""

    id: str
    location: Location
    problem: Problem


class Unread(Struct, frozen=True):
    """An article that lies in a file: its id and place, and what reads it, so that a slow one can be given up without the others.

    `read` raises SeedError where it cannot be read.
    """

    id: str
    location: Location
    read: Callable[[], Seed]


Reader = Callable[[BinaryIO, str], Iterator[Unread]]


def _one_of(read: Callable[[bytes, str], Seed]) -> Reader:
    """Return the reader of a format of which each file is one article."""

    def find(file: BinaryIO, path: str) -> Iterator[Unread]:
        yield Unread(_stem(path), Location(path), partial(read, file.read(), path))

    return find


def read_text(raw: bytes, path: str) -> Seed:
    """Return the article of a file of plain text."""
    decoded = decode_file(raw, path)
    return _make_seed(raw, path, "text", fields={"body": decoded.text}, doubt=decoded.doubt)


def read_markdown(raw: bytes, path: str) -> Seed:
    """Return the article of a Markdown file, with what its front matter says."""
    decoded = decode_file(raw, path)
    try:
        fields, lines, body = split_front_matter(decoded.text)
    except BrokenFrontMatterError as problem:
        where = Location(path, problem.line, problem.column)
        raise SeedError(error("seed-syntax", where, str(problem), problem.hint)) from problem
    seed = _make_seed(raw, path, "markdown", fields={**pick_fields(fields), "body": body}, doubt=decoded.doubt)
    return replace(seed, published_line=lines.get(find_key(fields, "published"), 0))


def read_html(raw: bytes, path: str) -> Seed:
    """Return the article of a saved page."""
    return _read_page(raw, path, decode_file(raw, path))


def read_letter(raw: bytes, path: str) -> Seed:
    """Return the article of a message, which may be a page that a browser saved in one file."""
    try:
        mail = read_mail(raw)
    except NotTextError as problem:
        raise tell_binary(problem, path) from problem
    if mail is None:
        raise SeedError(error("seed-empty", Location(path), "the message holds no text", "save the article as text"))
    decoded = finish(mail.decoded, path)
    if mail.is_page:
        return _read_page(raw, path, decoded, mail.fields)
    return _make_seed(raw, path, "text", fields={**mail.fields, "body": decoded.text}, doubt=decoded.doubt)


def _read_page(raw: bytes, path: str, decoded: Decoded, known: Mapping[str, str] = MappingProxyType({})) -> Seed:
    """Return the article of a page; what is known of it beside counts where the page says nothing."""
    tree = parse_page(decoded.text)
    if tree is None:
        raise SeedError(error("seed-empty", Location(path), "the page has no body", "save the page again with its article"))
    sizes = [len(element) for element in tree.iter()]
    if len(sizes) > ELEMENTS_MAX or max(sizes) > CHILDREN_MAX:
        said = f"the page has more than {ELEMENTS_MAX:,} elements, or more than {CHILDREN_MAX:,} within one of them"
        raise SeedError(error("seed-size", Location(path), said, "save its article as text"))
    fields = {**known, **read_metadata(tree), "body": extract_article(tree)}
    return _make_seed(raw, path, "markdown", fields=fields, doubt=decoded.doubt)


def read_json(file: BinaryIO, path: str) -> Iterator[Unread]:
    """Yield the articles of a JSON document: one object, a list of them, or lines of which the head held only one."""
    decoded = decode_file(file.read(), path, whole=False)
    text = decoded.text
    has_lines = text[:100].lstrip().startswith("{") and are_lines(text)
    yield from _find_records(read_lines(text.split("\n")) if has_lines else read_document(text), path, decoded.doubt)


def read_json_lines(file: BinaryIO, path: str) -> Iterator[Unread]:
    """Yield the articles of JSON Lines, read line by line."""
    try:
        lines, doubt = decode_lines(file)
        yield from _find_records(read_lines(lines), path, doubt)
    except NotTextError as problem:
        raise tell_binary(problem, path) from problem


def _find_records(records: Iterator[tuple[int, int, Any]], path: str, doubt: str) -> Iterator[Unread]:
    for index, line, value in records:
        location = Location(path, line)
        yield Unread(_record_id(path, index), location, partial(_read_record, value, index, location, doubt))


def _read_record(value: Any, index: int, location: Location, doubt: str) -> Seed:
    if isinstance(value, BrokenRecordError):
        raise SeedError(error("seed-syntax", location, str(value)))
    if not isinstance(value, dict):
        said = f"the record is {_JSON_NAMES.get(type(value), 'null')}, not an object"
        raise SeedError(error("seed-syntax", location, said, 'write {"title": …, "text": …}'))
    seed = _read_fields(pick_fields(value), index, location, _digest_record(value))
    # A doubt is of letters beyond ASCII, which not every record of a file has.
    return seed if seed.title.isascii() and seed.body.isascii() else replace(seed, doubt=doubt)


_JSON_NAMES = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}


def _digest_record(value: Mapping[str, Any]) -> str:
    return stamp_bytes(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _read_fields(fields: dict[str, str], index: int, location: Location, digest: str) -> Seed:
    """Return the seed that the fields of one record make.

    Raises: SeedError where they make none.
    """
    body = repair(fields.get("body", ""))
    if len(body) > ARTICLE_SIZE_BYTES:
        said = f"the article is longer than {ARTICLE_SIZE_BYTES >> 20} MB"
        raise SeedError(error("seed-size", location, said, "split it"))
    if not body.strip():
        raise SeedError(error("seed-empty", location, "the record holds no text", 'add "text" to the record'))
    syntax = "markdown" if looks_like_html(body) or looks_like_markdown(body) else "text"
    text = convert_fragment(body) if looks_like_html(body) else body
    return _seed_of({**fields, "body": text}, _record_id(location.path, index), location, digest=digest, syntax=syntax)


def _read_item(fields: dict[str, str], index: int, location: Location) -> Seed:
    return _read_fields(fields, index, location, _digest_record(fields))


def read_xml(file: BinaryIO, path: str) -> Iterator[Unread]:
    """Yield the articles of an RSS or Atom feed."""
    index = 0
    try:
        for index, line, fields in read_feed(file.read()):
            location = Location(path, line)
            yield Unread(_record_id(path, index), location, partial(_read_item, fields, index, location))
    except BrokenRecordError as problem:
        location = Location(path, problem.line)
        broken = SeedError(error("seed-syntax", location, str(problem), "fetch the feed again"))
        yield Unread(_record_id(path, index + 1), location, partial(_refuse, broken))
    else:
        if not index:
            raise SeedError(
                error("seed-syntax", Location(path), "this XML is no feed with articles: it has neither item nor entry")
            )


def _refuse(problem: SeedError) -> Seed:
    raise problem


FORMATS: Mapping[str, Reader] = {
    "html": _one_of(read_html),
    "mail": _one_of(read_letter),
    "feed": read_xml,
    "jsonl": read_json_lines,
    "json": read_json,
    "markdown": _one_of(read_markdown),
    "text": _one_of(read_text),
}


def read_seeds(raw: bytes, path: str) -> Iterator[Seed | Refusal]:
    """Yield every article of a file, or why it cannot be read; the rest of a file of many goes on after a bad record.

    `path` is relative to the archive.
    """
    yield from map(read_one, find_articles(BytesIO(raw), path))


def read_one(article: Unread) -> Seed | Refusal:
    """Return an article, or why it cannot be read."""
    try:
        return article.read()
    except SeedError as problem:
        return Refusal(article.id, article.location, problem.problems[0])


def find_articles(file: BinaryIO, path: str) -> Iterator[Unread]:
    """Yield the articles of a file that is open at its start, each still to be read."""
    location = Location(path)
    try:
        start = file.read(HEAD_SIZE_BYTES)
        if file.seek(0, SEEK_END) > FILE_SIZE_BYTES:
            raise SeedError(error("seed-size", location, f"the file is larger than {FILE_SIZE_BYTES >> 20} MB", "split it"))
        if not start:
            raise SeedError(error("seed-empty", location, "it is empty"))
        if path.lower().endswith((".csv", ".tsv")):
            hint = 'make JSON Lines of it: {"title": …, "date": …, "text": …}, an article a line'
            raise SeedError(error("seed-table", location, "a table is not read", hint))
        file.seek(0)
        yield from FORMATS[find_format(start, path)](file, path)
    except SeedError as problem:
        yield Unread(_stem(path), location, partial(_refuse, problem))


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _record_id(path: str, index: int) -> str:
    return f"{_stem(path)}#{index}"


def _make_seed(raw: bytes, path: str, syntax: str, *, fields: Mapping[str, str], doubt: str) -> Seed:
    return replace(_seed_of(fields, _stem(path), Location(path), digest=stamp_bytes(raw), syntax=syntax), doubt=doubt)


def _seed_of(fields: Mapping[str, str], seed_id: str, location: Location, *, digest: str, syntax: str) -> Seed:
    seed = Seed(id=seed_id, location=location, digest=digest, format=syntax, body=fields.get("body", ""))
    return replace(
        seed,
        title=_field(fields, "title"),
        published=_field(fields, "published"),
        publisher=_field(fields, "publisher"),
        author=_field(fields, "author"),
        url=_field(fields, "url"),
        lang=_field(fields, "lang"),
        description=_field(fields, "description"),
    )


def _field(fields: Mapping[str, str], name: str) -> str:
    return repair(squeeze(fields.get(name, "")))
