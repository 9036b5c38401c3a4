"""Reads the inputs of an archive: vocabulary, theme, briefings, pages. Faults are collected; none stops the reading."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config.toml_places import find_place, find_places
from generator.content.briefings import parse_briefing, parse_page
from generator.content.front_matter import read_body, read_stem
from generator.content.known_terms import KnownTerms
from generator.content.records import Record, digest_record, dump_record, load_record
from generator.errors import ContentError, GeneratorError, Location, Problem, error, locate, locate_key
from generator.files import read_file, walk
from generator.fingerprint import digest_bytes, digest_named
from generator.model import Briefing, ContentPage, Text
from generator.places import BRIEFINGS_PATH, LINKED, PAGES_PATH, SETTINGS_PATH, THEME, Places, Stat, find_changed
from generator.vocabulary import Vocabulary, load_vocabulary


def read_vocabulary(places: Places) -> Vocabulary:
    """Return the shipped vocabulary with the archive's overlays.

    Raises: VocabularyError.
    """
    folder = places.vocabulary
    names = [] if folder.is_symlink() else walk(folder, ".toml")
    return load_vocabulary({name: read_file(folder / name) or b"" for name in names}, folder=places.shown(folder))


Digests = Mapping[str, bytes]
"""By path: the digest of the bytes of a file."""
Records = Mapping[str, tuple[bytes, Record]]
"""By path: the digest of a record, and the record."""


class Known(Struct, frozen=True):
    """What the last build knew of the briefings: an edit of a text changes their `digests`, and not the `records`.

    `state` is what its scan had found of all inputs, by the whole path of each; `stamp` is the digest of all records. `beside`
    and `names` are those of its archive, see `vicinity`, and `has_changes` is what it said; `front` is the digest of the plan
    for which they hold.
    """

    state: Mapping[str, Stat] = field(default_factory=dict)
    digests: Digests = field(default_factory=dict)
    records: Records = field(default_factory=dict)
    stamp: bytes = b""
    front: bytes = b""
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_changes: bool = False

    def find_stale(self, paths: Iterable[str], changed: Collection[str]) -> list[str]:
        """Return the paths of the files that have to be read: those that have `changed`, and those that it does not know."""
        digests, records = self.digests, self.records
        return [path for path in paths if path not in records or path not in digests or path in changed]


Value = TypeVar("Value")


class Lazy(Mapping[str, Value]):
    """Values by path, each made when it is first asked for: of 100,000 briefings an edited one shows ten."""

    def __init__(self, paths: Collection[str], made: dict[str, Value], make: Callable[[str], Value]) -> None:
        self.paths = paths
        self.made = made
        self.make = make

    def __getitem__(self, path: str) -> Value:
        if path not in self.paths:
            raise KeyError(path)
        if path not in self.made:
            self.made[path] = self.make(path)
        return self.made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


class Content(Struct, frozen=True):
    """All briefings and pages that can be read; `known` is what the next build may know of the briefings.

    `briefings` are by path. One whose file is as it was is without its body, which `texts` has of all. `unread` are the ids of
    those that cannot be read.
    """

    briefings: Lazy[Briefing]
    pages: tuple[ContentPage, ...]
    known: Known
    texts: Lazy[Text]
    unread: frozenset[str]


def _know_terms(vocabulary: Vocabulary, folder: str) -> KnownTerms:
    countries, sectors, kinds = map(frozenset, (vocabulary.countries, vocabulary.sectors, vocabulary.kinds))
    return KnownTerms(countries, sectors, kinds, vocabulary.find_code, folder)


def _read_briefing(file: str, path: str, terms: KnownTerms, problems: list[Problem]) -> Briefing | None:
    """Return the briefing of a file, or None where it cannot be read; why is appended."""
    try:
        return parse_briefing(read_file(file) or b"", path, terms)
    except GeneratorError as failure:
        problems.extend(failure.problems)
        return None


def read_content(
    places: Places,
    vocabulary: Vocabulary,
    problems: list[Problem],
    *,
    state: Mapping[str, Stat],
    known: Known,
    last: Content | None = None,
) -> Content:
    """Return what `content/` holds, and append the problems of what cannot be read.

    `state` is that of the scan; a file of which `known` says the same is not read, and its briefing not even loaded where `last`,
    the content of the build before, has it.
    """
    terms = _know_terms(vocabulary, places.shown(places.vocabulary))
    folder, prefix = str(places.briefings), places.shown(places.briefings)
    paths = [f"{prefix}/{name}" for name in _names_below(folder, state)]
    changed = {prefix + file.removeprefix(folder) for file in find_changed(known.state, state) if file.startswith(folder)}

    def find(path: str) -> str:
        return folder + path.removeprefix(prefix)

    stale = known.find_stale(paths, changed)
    read = {path: found for path in stale if (found := _read_briefing(find(path), path, terms, problems))}
    new_digests = {path: briefing.digest for path, briefing in read.items()}
    dumped = {path: dump_record(briefing) for path, briefing in read.items()}
    new_records = {path: (digest_record(record), record) for path, record in dumped.items()}
    broken = set(stale) - read.keys()
    readable = [path for path in paths if path not in broken]
    digests = {path: new_digests.get(path) or known.digests[path] for path in readable}
    records = {path: new_records.get(path) or known.records[path] for path in readable}
    briefings = {**(last.briefings.made if last else {}), **read}
    texts = dict(last.texts.made) if last else {}
    texts |= {path: Text(briefing.digest, partial(str, briefing.body)) for path, briefing in read.items()}

    def load(path: str) -> Briefing:
        return load_record(records[path][1], digests[path])

    def open_text(path: str) -> Text:
        return Text(digests[path], partial(_read_body, find(path), path, digests[path]))

    return Content(
        Lazy(records, briefings, load),
        _read_pages(places, state, problems),
        replace(known, state=state, digests=digests, records=records, stamp=_digest_all(records)),
        Lazy(records, texts, open_text),
        frozenset([PurePath(path).stem for path in broken]),
    )


def _digest_all(records: Records) -> bytes:
    return digest_bytes(b"".join([digest for digest, _ in records.values()]))


def _names_below(folder: str, state: Mapping[str, Stat]) -> list[str]:
    """Return the Markdown files below a folder that a scan found, sorted, as `walk` would."""
    start = len(folder) + 1
    names = [
        file[start:] for file, now in state.items() if file.startswith(f"{folder}/") and file.endswith(".md") and now != LINKED
    ]
    return sorted(names)


def _read_pages(places: Places, state: Mapping[str, Stat], problems: list[Problem]) -> tuple[ContentPage, ...]:
    pages = []
    for name in _names_below(str(places.pages), state):
        file = places.pages / name
        try:
            pages.append(parse_page(read_file(file) or b"", places.shown(file)))
        except GeneratorError as failure:
            problems.extend(failure.problems)
    return tuple(pages)


def _read_body(file: str, path: str, digest: bytes) -> str:
    """Return the body of a file that was parsed when it had this digest.

    Raises: ContentError when the file has changed since.
    """
    raw = read_file(file)
    if raw is None or digest_named(read_stem(path), raw) != digest:
        message = "the file was changed while the site was being built"
        raise ContentError(error("changed-meanwhile", Location(path), message, "build again"))
    return read_body(raw, path)


def read_texts(places: Places) -> dict[str, str]:
    """Return path → text of everything that an author wrote: settings, briefings and pages, whether they can be read or not."""
    prefix = places.shown(places.content)
    starts = (f"{BRIEFINGS_PATH}/", f"{PAGES_PATH}/", SETTINGS_PATH)
    names = [name for name in walk(places.content, ".md", ".toml") if name.startswith(starts)]
    return {f"{prefix}/{name}": (read_file(places.content / name) or b"").decode("utf-8-sig", "replace") for name in names}


def find_alias(places: Places, where: Location, alias: str) -> Location:
    """Return where in the file of a briefing an alias stands, or in the settings what leads on from an address.

    It is found as far as it stands there as it is read.
    """
    text = _read_text(places, where)
    if where.path == places.shown(places.settings):
        return Location(where.path, *find_place(find_places(text), f"moved.{alias}"))
    found = re.search(rf"(?<![\w/]){re.escape(alias)}(?![\w/?=&%-])", text)
    return locate(where.path, text, found.start()) if found else where


def find_key(places: Places, where: Location, key: str) -> Location:
    """Return where in the file of a briefing a key of its front matter stands."""
    return locate_key(where.path, _read_text(places, where), key)


def _read_text(places: Places, where: Location) -> str:
    file = places.content / where.path.removeprefix(f"{places.shown(places.content)}/")
    return (read_file(file) or b"").decode("utf-8-sig", "replace")


def read_ledger(places: Places) -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
    """Return digest → id of the seeds that were ingested, former id → id of renamed briefings, and why neither can be read."""
    file = places.ingested
    raw = read_file(file)
    if raw is None:
        return {}, {}, ()
    from generator.ingest import parse_ingested, parse_moved  # No build reads it, and to load the ingest takes a while.

    try:
        entries, moved = parse_ingested(raw, places.shown(file)), parse_moved(raw, places.shown(file))
    except ContentError as failure:
        return {}, {}, failure.problems
    return {digest: entry.id for digest, entry in entries.items()}, moved, ()


def read_theme(templates: Path) -> dict[str, bytes]:
    """Return name → bytes of the theme's files: the shipped ones, overridden file by file by those of `templates`."""
    theme: dict[str, bytes] = {}
    for folder in dict.fromkeys((THEME, templates)):
        for name in walk(folder):
            theme[name] = read_file(folder / name) or b""
    return theme


def show_template(places: Places, name: str) -> str:
    """Return the path of a template as messages give it, of the archive's own file or, so called, of the shipped one."""
    file = places.templates / name
    return places.shown(file) if file.is_file() else f"shipped templates/{name}"
