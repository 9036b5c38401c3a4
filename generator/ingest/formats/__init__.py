"""Files of seeds → `Seed`: which format a file is in, and the articles it holds, one after another.

A format is a function in `FORMATS`; which one reads a file is decided by its content first, since scrapers save pages as `.txt`,
and by its suffix where the content fits several.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.errors import Location, Problem, SeedError, error
from generator.fingerprint import stamp_bytes
from generator.ingest.decoding import NotTextError, decode, repair
from generator.ingest.formats.extraction import extract_article, parse_page
from generator.ingest.formats.fences import BrokenFrontMatterError, has_fences, split_front_matter
from generator.ingest.formats.markup import convert_fragment, looks_like_html
from generator.ingest.formats.pages import read_metadata
from generator.ingest.formats.records import BrokenRecordError, find_key, pick_fields, read_document, read_feed, read_lines
from generator.model import Seed
from generator.text import normalise, squeeze

FILE_SIZE_BYTES = 256 << 20
ARTICLE_SIZE_BYTES = 8 << 20
# A page of an article has a few thousand elements; each is asked for several times, and a million took minutes.
ELEMENTS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """An article that cannot be read: its id and place, and why."""

    id: str
    location: Location
    problem: Problem


Reader = Callable[[bytes, str], Iterator[Seed | Refusal]]


def read_text(raw: bytes, path: str) -> Iterator[Seed]:
    """Yield the one article of a file of plain text."""
    yield _make_seed(raw, path, "text", {"body": _decode(raw, path)})


def read_markdown(raw: bytes, path: str) -> Iterator[Seed]:
    """Yield the one article of a Markdown file, with what its front matter says."""
    try:
        fields, lines, body = split_front_matter(_decode(raw, path))
    except BrokenFrontMatterError as problem:
        raise SeedError(error("seed-syntax", Location(path, problem.line), str(problem), "mend it")) from problem
    seed = _make_seed(raw, path, "markdown", {**pick_fields(fields), "body": body})
    yield replace(seed, published_line=lines.get(find_key(fields, "published"), 0))


def read_html(raw: bytes, path: str) -> Iterator[Seed]:
    """Yield the one article of a saved page."""
    tree = parse_page(_decode(raw, path))
    if tree is None:
        raise SeedError(error("seed-empty", Location(path), "the page has no body", "save the page again with its article"))
    if sum(1 for _ in tree.iter()) > ELEMENTS_MAX:
        said = f"the page has more than {ELEMENTS_MAX:,} elements"
        raise SeedError(error("seed-size", Location(path), said, "save its article as text"))
    yield _make_seed(raw, path, "markdown", {**read_metadata(tree), "body": extract_article(tree)})


def read_json(raw: bytes, path: str) -> Iterator[Seed | Refusal]:
    """Yield the articles of a JSON document: one object, or a list of them."""
    yield from _read_records(read_document(_decode(raw, path, whole=False)), path)


def read_json_lines(raw: bytes, path: str) -> Iterator[Seed | Refusal]:
    """Yield the articles of JSON Lines."""
    yield from _read_records(read_lines(_decode(raw, path, whole=False)), path)


def _read_records(records: Iterator[tuple[int, int, Any]], path: str) -> Iterator[Seed | Refusal]:
    for index, line, value in records:
        location = Location(path, line)
        if isinstance(value, BrokenRecordError):
            yield Refusal(_record_id(path, index), location, error("seed-syntax", location, str(value)))
            continue
        if not isinstance(value, dict):
            said = f"the record is {_JSON_NAMES.get(type(value), 'null')}, not an object"
            yield Refusal(
                _record_id(path, index), location, error("seed-syntax", location, said, 'write {"title": …, "text": …}')
            )
            continue
        digest = stamp_bytes(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        yield from _read_fields(pick_fields(value), index, location, digest)


_JSON_NAMES = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}


def _read_fields(fields: dict[str, str], index: int, location: Location, digest: str) -> Iterator[Seed | Refusal]:
    """Yield the seed that the fields of one record make, or why they make none."""
    seed_id = _record_id(location.path, index)
    body = repair(fields.get("body", ""))
    if len(body) > ARTICLE_SIZE_BYTES:
        said = f"the article is longer than {ARTICLE_SIZE_BYTES >> 20} MB"
        yield Refusal(seed_id, location, error("seed-size", location, said, "split it"))
    elif not body.strip():
        yield Refusal(seed_id, location, error("seed-empty", location, "the record holds no text", 'add "text" to the record'))
    else:
        syntax = "markdown" if looks_like_html(body) or _looks_like_markdown(body) else "text"
        text = convert_fragment(body) if looks_like_html(body) else body
        yield _seed_of({**fields, "body": text}, seed_id, location, digest, syntax)


def read_xml(raw: bytes, path: str) -> Iterator[Seed | Refusal]:
    """Yield the articles of an RSS or Atom feed."""
    index = 0
    try:
        for index, line, fields in read_feed(raw):
            digest = stamp_bytes(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            yield from _read_fields(fields, index, Location(path, line), digest)
    except BrokenRecordError as problem:
        location = Location(path, problem.line)
        yield Refusal(_record_id(path, index + 1), location, error("seed-syntax", location, str(problem), "fetch the feed again"))
    else:
        if not index:
            raise SeedError(
                error("seed-syntax", Location(path), "this XML is no feed with articles: it has neither item nor entry")
            )


FORMATS: Mapping[str, Reader] = {
    "html": read_html,
    "feed": read_xml,
    "jsonl": read_json_lines,
    "json": read_json,
    "markdown": read_markdown,
    "text": read_text,
}
_SUFFIXES = {
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "md": "markdown",
    "markdown": "markdown",
    "rss": "feed",
    "atom": "feed",
    "xml": "feed",
}
_XML_HEAD = r"(?:<\?.*?\?>\s*|<!--.*?-->\s*)*"
_FEED = re.compile(
    rf"{_XML_HEAD}(?:<!doctype\s+(?:rss|feed|rdf)\b.{{0,2000}}?>\s*)?{_XML_HEAD}<(?:rss|feed|rdf:rdf)\b", re.DOTALL
)
_PAGE = re.compile(rf"{_XML_HEAD}<(?:!doctype\s+html|html|head|body)\b", re.DOTALL)


def read_seeds(raw: bytes, path: str, known: Callable[[str], bool] | None = None) -> Iterator[Seed | Refusal]:
    """Yield every article of a file, or why it cannot be read; the rest of a file of many goes on after a bad record.

    `path` is relative to the archive. `known` says of a digest that nothing needs to be done: such a file is not even parsed, for
    a saved page takes 60 ms.
    """
    if known is not None and known(stamp_bytes(raw)):
        return
    location = Location(path)
    try:
        if len(raw) > FILE_SIZE_BYTES:
            raise SeedError(error("seed-size", location, f"the file is larger than {FILE_SIZE_BYTES >> 20} MB", "split it"))
        if not raw:
            raise SeedError(error("seed-empty", location, "it is empty"))
        yield from FORMATS[find_format(raw, path)](raw, path)
    except SeedError as problem:
        yield Refusal(_stem(path), location, problem.problems[0])


def find_format(raw: bytes, path: str) -> str:
    """Return the name of the format of a file, going by how it starts and then by its suffix."""
    suffix = _SUFFIXES.get(path.rpartition(".")[2].lower(), "")
    try:
        start = decode(raw[:20_000]).lstrip("\ufeff \t\r\n")
    except NotTextError:
        return "text"
    lowered = start[:3000].lower()
    if _PAGE.match(lowered):
        return "html"
    if _FEED.match(lowered) or lowered.startswith(("<?xml", "<!doctype")) or (suffix == "feed" and start.startswith("<")):
        return "feed"
    if start[:1] in ("{", "[") and (kind := _find_json(start, suffix)):
        return kind
    if suffix == "markdown" or has_fences(start) or _looks_like_markdown(start):
        return "markdown"
    return "html" if _is_page(start) else "text"


def _find_json(start: str, suffix: str) -> str:
    """Return which kind of JSON a text is, or nothing when it only starts with a bracket (`[NEW DELHI] …`)."""
    if suffix == "json":
        return "jsonl" if _is_lines(start) else "json"
    if start[0] == "[":
        return "json" if re.match(r"\[\s*(?:\{|\])", start) else ""
    if not re.match(r"\{\s*[\"}]", start):
        return ""
    if suffix == "jsonl":
        return "jsonl"
    return "jsonl" if _is_lines(start) else "json"


def _is_lines(start: str) -> bool:
    """Say whether a first line is a record by itself, and another one follows it."""
    first, _, rest = start.partition("\n")
    try:
        json.loads(first, strict=False)
    except (ValueError, RecursionError):
        return False
    return rest.lstrip().startswith("{")


_MARKDOWN_SIGNS = re.compile(
    r"(?m)^#{1,4} [^\W_]|\[[^\[\]\n]{1,300}\]\(https?://[^)\s]+\)|^\s{0,3}\|(?:\s*:?-{3,}:?\s*\|)+\s*$|^\*\*[^*\n]+\*\*\s*$"
)


# The first line of a scraper's text file; its lines are no paragraphs of Markdown, whatever signs stand further down.
_HEADER_LINE = re.compile(r"\s*(?:date|published)\b\W{0,3}\d{4}-\d{2}-\d{2}", re.IGNORECASE)


def _looks_like_markdown(text: str) -> bool:
    # Most plain texts hold none of its marks, which is told in a hundredth of the search's time.
    start = text[:20_000]
    return any(mark in start for mark in "#|[*") and _MARKDOWN_SIGNS.search(start) is not None and not _HEADER_LINE.match(text)


def _is_page(start: str) -> bool:
    """Say whether text is mostly tags: a saved piece of a page without its `<html>`."""
    tags = re.findall(r"</?(?:p|div|h1|h2|article|section|span|li|ul|a|meta|title)\b[^<>]{0,500}>", start)
    return start.startswith("<") and len(tags) >= 6 and sum(map(len, tags)) * 8 > len(start)


def _decode(raw: bytes, path: str, *, whole: bool = True) -> str:
    """Return the text of a file, its mojibake undone.

    Raises: SeedError for what is no text, and for an article beyond the limit (`whole`: the file is one article).
    """
    location = Location(path)
    if whole and len(raw) > ARTICLE_SIZE_BYTES:
        raise SeedError(error("seed-size", location, f"the article is larger than {ARTICLE_SIZE_BYTES >> 20} MB", "split it"))
    try:
        text = decode(raw)
    except NotTextError as problem:
        raise SeedError(error("seed-binary", location, str(problem), "save the article as text or as a web page")) from problem
    if len(text) < 10_000 and not normalise(text).strip():
        raise SeedError(error("seed-empty", location, "it holds nothing but white space"))
    return repair(text) if whole else text


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _record_id(path: str, index: int) -> str:
    return f"{_stem(path)}#{index}"


def _make_seed(raw: bytes, path: str, syntax: str, fields: Mapping[str, str]) -> Seed:
    return _seed_of(fields, _stem(path), Location(path), stamp_bytes(raw), syntax)


def _seed_of(fields: Mapping[str, str], seed_id: str, location: Location, digest: str, syntax: str) -> Seed:
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
