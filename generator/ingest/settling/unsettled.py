"""What no run could settle and each tells until an editor has: two versions of one text, a source not named, an address lost."""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from generator.errors import Location, Problem, warning
from generator.ingest.settling.ledger import Entry
from generator.ingest.settling.moves import find_lost, group_moves
from generator.ingest.settling.shelf import Shelf
from generator.ingest.settling.stamps import find_stamp_line
from generator.model import Source
from generator.places import INGESTED_PATH

Lies = Callable[[str, str], bool]
"""Says whether the seed of a digest lies where it lay, or was moved."""


def find_open(shelf: Shelf, lies: Lies, tell: Callable[[Entry], tuple[str, str]]) -> Iterator[Problem]:
    """Yield what earlier runs told of seeds and nobody has settled; what is settled is forgotten."""
    for digest, entry in list(shelf.entries.items()):
        if not (entry.duplicate_of or entry.unnamed):
            continue
        if lies(digest, entry.file) and _is_open(digest, entry, shelf, lies):
            yield warning("seed-duplicate", Location(entry.file), *tell(entry))
        else:
            shelf.enter(digest, replace(entry, duplicate_of="", unnamed=""))


def find_lost_addresses(shelf: Shelf, moved: Mapping[str, str], folder: str) -> Iterator[Problem]:
    """Yield a warning for each briefing that was renamed and is not found at a former address of it."""
    for name, former in group_moves(moved, shelf.by_id).items():
        briefing = shelf.parse(shelf.by_id[name])
        lost = briefing and find_lost(briefing, f"{folder}/{shelf.by_id[name].path}", former, folder)
        if lost:
            yield lost


def find_copies(shelf: Shelf, folder: str) -> Iterator[Problem]:
    """Yield a warning for each briefing that bears the stamp of another."""
    for copy, original in shelf.copies.items():
        path = shelf.by_id[copy].path
        where = Location(f"{folder}/{path}", find_stamp_line(shelf.read(path)), 1)
        yield tell_copy(where, f"{folder}/{shelf.by_id[original].path}")


def tell_copy(where: Location, original: str) -> Problem:
    """Return the warning that a briefing has the seed of another, of which no more than one can follow it."""
    said = f"{original} has the same seed, and it alone is written again when that changes"
    return warning("shared-seed", where, said, 'take the "seed" key out of the copy')


def _is_open(digest: str, entry: Entry, shelf: Shelf, lies: Lies) -> bool:
    if entry.unnamed:
        known = shelf.parse(shelf.by_id[entry.id])
        return known is None or all(entry.unnamed != name_source(source) for source in known.sources)
    if entry.duplicate_of != entry.id:
        return entry.duplicate_of in shelf.by_id
    others = shelf.seeds_of(entry.id).items()
    return any(lies(other, known.file) for other, known in others if other != digest)


def tell_double(entry: Entry, folder: str, *, merge: bool) -> tuple[str, str]:
    """Return what is told of a seed that is a version of another, and what to do about it."""
    said = f'this is a version of "{entry.duplicate_of or entry.id}"'
    if entry.unnamed:
        return f"{said}, which is edited", "add the source there by hand"
    if entry.duplicate_of == entry.id:
        return f"{said} and gives no briefing of its own", "take one of the two seeds away"
    # Two that were written stay two: merging is for those to come.
    advice = "" if merge else ', set duplicates = "merge" for those to come'
    return said, f'keep one of the two{advice}, or take "duplicate_of" out of its line in {folder}/{INGESTED_PATH}'


def name_source(source: Source) -> str:
    """Return by what a source is told from the others of a briefing."""
    return source.publisher or source.url or source.title
