"""What a build knows of the briefings from the one before, so that it reads, loads and indexes no more of them than it must."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.inputs import Content, Known, read_content
from generator.build.last_build import LastBuild, LastPages
from generator.config import Config
from generator.errors import Problem
from generator.keeping import read_kept, write_kept
from generator.places import Places, Stat
from generator.publish.archive import Archive, change_texts, make_archive
from generator.publish.translations import Locate, find_wrong_translations
from generator.publish.vicinity import find_beside, find_names
from generator.vocabulary import Vocabulary

RECORDS_CACHE = "records"
_KEPT = ("records", "stamp", "front", "beside", "names", "has_changes")


class Memory(Struct):
    """What a process that builds again and again keeps of its last build: a preview would load it all anew after every save.

    `build` is what the build left in the cache; `archive` is that of a plan with this `front`. `saved` are the files that were
    saved since that build, where all others are known to be as they were; empty where any may be another. `kept` is the key, the
    stamp and the front of the records in the cache, where another build may have been the last to keep some.
    """

    build: LastBuild | None = None
    saved: Collection[str] = ()
    key: bytes = b""
    content: Content | None = None
    front: bytes = b""
    archive: Archive | None = None
    kept: tuple[bytes, ...] = ()


class Recall(Struct, frozen=True):
    """The last `build`, empty where its pages do not stand any more; `state` is what a scan has now found of the inputs.

    Files of the cache that cannot be used join `damaged`. `standing` are the files in the output that builds have written; None
    where nobody knows.
    """

    build: LastBuild
    state: Mapping[str, Stat]
    memory: Memory
    damaged: list[Path]
    standing: frozenset[str] | None = frozenset()


def recall_content(
    places: Places,
    vocabulary: Vocabulary,
    problems: list[Problem],
    *,
    state: Mapping[str, Stat],
    recall: Recall | None,
    key: bytes,
) -> tuple[Content, Known]:
    """Return what `content/` holds, and what the last build knew of it.

    `state` is what a scan found there; `key` covers all else that shapes a briefing's record.
    """
    if recall is None:
        return read_content(places, vocabulary, problems, state=state, known=Known()), Known()
    memory = recall.memory
    if memory.key == key and memory.content:
        known = memory.content.known
    else:
        memory.content = None
        kept = read_kept(places.cache / RECORDS_CACHE, recall.damaged)
        memory.kept = tuple([kept.get(name, b"") for name in ("key", "stamp", "front")])
        last = recall.build.pages()
        # Digests of one build and records of another would show what stands in no file any more.
        is_ours = memory.kept[:2] == (key, last.stamp)
        known = Known(recall.build.state, last.digests, **{name: kept[name] for name in _KEPT}) if is_ours else Known()
    content = read_content(places, vocabulary, problems, state=state, known=known, last=memory.content)
    memory.key, memory.content = key, content
    return content, known


def find_edited(content: Content, front: bytes, recall: Recall | None) -> Sequence[str] | None:
    """Return the paths of the briefings whose texts have changed, where nothing else has; None where all has to be planned."""
    last = recall.build.pages() if recall else LastPages()
    if not last.front or front != last.front:
        return None
    return [path for path, digest in content.known.digests.items() if last.digests.get(path) != digest]


def choose_archive(
    content: Content,
    near: Sequence[str] | None,
    vocabulary: Vocabulary,
    config: Config,
    *,
    drafts: bool,
    front: bytes,
    memory: Memory,
    locate: Locate,
) -> tuple[Archive, list[Problem]]:
    """Return the archive, and what is wrong with it: of the briefings that are `near` to edited ones, where these are enough.

    Else it is that of all; where only texts have changed since the one in `memory`, that one with these texts.
    """
    make = partial(make_archive, pages=content.pages, vocabulary=vocabulary, config=config, drafts=drafts, texts=content.texts)
    if near is not None:
        return make([content.briefings[path] for path in near], names=content.known.names)
    if memory.archive is not None and memory.front == front:
        by_id = memory.archive.by_id
        changed = [
            item for item in content.briefings.values() if item.id in by_id and by_id[item.id].briefing.digest != item.digest
        ]
        memory.archive = change_texts(memory.archive, changed, content.texts)
        return memory.archive, []
    archive, problems = make(content.briefings.values())
    problems += find_wrong_translations(content.briefings.values(), config.language, unread=content.unread, locate=locate)
    memory.front, memory.archive = (front, archive) if not problems else (b"", None)
    return archive, problems


def know_archive(known: Known, archive: Archive, front: bytes) -> Known:
    """Return what is known of the briefings together with what the next build may know of the archive that has this `front`.

    Without a `front` that is nothing: the next build then looks at all briefings again, and finds the same wrong with them.
    """
    if known.front == front:
        return known
    beside, names = find_beside(archive), find_names(archive)
    return replace(known, front=front, beside=beside, names=names, has_changes=archive.has_changes)


def keep_records(known: Known, key: bytes, cache: Path, memory: Memory) -> None:
    """Keep what the next build may know of the briefings, where its `key` is the same, unless just that is kept."""
    new = (key, known.stamp, known.front)
    if memory.kept != new:
        write_kept(cache / RECORDS_CACHE, {"key": key, **{name: getattr(known, name) for name in _KEPT}})
        memory.kept = new
