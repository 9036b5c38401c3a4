"""What to write to `content/`: every decision between a machine's proposal and an editor's file, without touching either.

| the seed | the file | what happens |
|---|---|---|
| known by its digest, wherever it lies now | any | nothing |
| other dirt, same text | any | nothing |
| a new version of a known text whose seed is gone | as generated | written again, under its old id |
| the same | edited | kept; `seed-conflict` |
| a version of a text whose seed lies beside it | any | `seed-duplicate`; with `merge`, one more source of a file as generated |
| another text at the place of a known one | any | a new briefing |
| a version of a text whose briefing was deleted | none | never again; `briefing-deleted` |
| the words of a known text, of another week or other countries | as generated | a new briefing |
| another text, which may be a version of a file's | cannot be read | `seed-waits`; nothing until it can |
| too large for a file of `content/` | none | `seed-size` |

What is a version of what is told by the words of the texts (`duplicates`), never by a place alone: feeds grow at the top, and
files are replaced. "As generated" compares bytes (`stamps`). What could not be done stays told run by run until it is settled.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from generator.content.briefings import dump_briefing
from generator.content.front_matter import FILE_SIZE_BYTES
from generator.errors import Location, Problem, error, warning
from generator.ingest.settling.deletions import Deletions, find_heir
from generator.ingest.settling.duplicates import SeenTexts
from generator.ingest.settling.ledger import Declined, Entry
from generator.ingest.settling.moves import trace_moves
from generator.ingest.settling.shelf import Shelf, Shelved
from generator.ingest.settling.stamps import Proposal, digest_generated, find_seed_file, make_id
from generator.ingest.settling.unsettled import find_copies, find_lost_addresses, find_open, name_source, tell_double
from generator.model import Seed, Source

FOLDER, UNDATED = "briefings", "undated"


class Decision(Struct, frozen=True):
    """What happens to one seed: the file to write (`path` below `content/`), or none and why, and the seed it duplicates."""

    seed: Seed
    reason: str
    id: str = ""
    path: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = ()


class Seeds(Protocol):
    """The seeds as they lie now."""

    def hold(self, digest: str, file: str = "") -> bool:
        """Say whether an article lies in a file (`seeds/x.jsonl#3`: in `seeds/x.jsonl`), or anywhere."""


@dataclass(slots=True)
class Reconciliation:
    """One run of the ingest over an archive: asked seed by seed, it decides, and remembers what it has decided.

    `files` are all of `content/briefings/`, also those that cannot be read. `read` gives the bytes of one, as it stands or was
    decided: texts are not kept here, or 10,000 seeds would be in memory together. `folder` names `content/` in messages. `moved`
    maps former ids of renamed briefings to theirs, and is to be remembered as it is after the run.
    """

    files: Iterable[Shelved]
    ingested: Mapping[str, Entry]
    declined: Mapping[str, Declined]
    read: Callable[[str], bytes]
    seeds: Seeds
    merge: bool = False
    folder: str = "content"
    moved: Mapping[str, str] = field(default_factory=dict)
    seen: SeenTexts = field(default_factory=SeenTexts)
    problems: list[Problem] = field(default_factory=list)
    repeated: int = 0
    _shelf: Shelf = field(init=False)
    _deletions: Deletions = field(default_factory=Deletions)
    _met: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what stands, notice what was deleted since the last run, and say again what is not settled."""
        self._shelf = shelf = Shelf(self.read, self.seen)
        shelf.fill(self.files, self.ingested)
        for declined in self.declined.values():
            standing = shelf.by_id.get(declined.id)
            if standing and standing.stamp is None:
                shelf.enter(declined.digest, Entry(declined.id, declined.file, declined.sketch))
            elif standing is None and not shelf.owner(declined.digest):
                self._deletions.add(declined)
        self.problems += (fault for shelved in shelf.by_id.values() for fault in shelved.faults)
        self._notice_deletions()
        listed = [(digest, known.id) for known_seeds in (self.ingested, self.declined) for digest, known in known_seeds.items()]
        self.moved = trace_moves(self.moved, listed, owner=shelf.owner, standing=shelf.by_id, is_kept=self._deletions.had)
        self.problems += (*find_copies(shelf, self.folder), *find_lost_addresses(shelf, self.moved, self.folder))
        self.problems += find_open(shelf, self._lies, self._tell_double)

    def _notice_deletions(self) -> None:
        """Decline the seeds whose briefings are gone, but for those that stand under another name."""
        shelf = self._shelf
        lost = {digest: entry for digest, entry in self.ingested.items() if not self.knows(digest)}
        if not lost:
            return
        renamed = {entry.id: shelf.owner(digest) for digest, entry in self.ingested.items() if shelf.owner(digest)}
        strangers = {each.id: shelf.sketch(each) for each in shelf.by_id.values() if not (each.stamp or shelf.seeds_of(each.id))}
        for digest, entry in lost.items():
            if heir := renamed.get(entry.id) or find_heir(entry.sketch, strangers):
                shelf.enter(digest, replace(entry, id=heir))
            else:
                self._decline(digest, entry)

    def _decline(self, digest: str, entry: Entry) -> None:
        # A seed that was scraped again, or two outlets' versions of one story, have several entries: the deletion is one.
        is_told = self._deletions.had(entry.id)
        self._deletions.add(Declined(digest, entry.file, entry.id, entry.sketch))
        if is_told:
            return
        hint = f"to undo it, restore the file, or take its entries out of {self.folder}/declined.toml and ingest again"
        said = f'the briefing "{entry.id}" was deleted; its seed will not be ingested again'
        self.problems.append(warning("briefing-deleted", Location(entry.file), said, hint))

    def has_declined(self, digest: str) -> bool:
        """Say whether the briefing of a seed was deleted."""
        return digest in self._deletions.declined

    def knows(self, digest: str) -> bool:
        """Say whether the seed of a digest needs no work: it stands behind a briefing, or its briefing was deleted."""
        return digest in self._shelf.entries or self.has_declined(digest)

    def meet(self, seed: Seed) -> bool:
        """Say whether a seed is known; count one that lies there twice, and tell of it where it is a file of its own."""
        if not self.knows(seed.digest):
            return False
        file = find_seed_file(seed)
        first = self._met.setdefault(seed.digest, file)
        if first == file:
            return True
        self.repeated += 1
        if "#" not in seed.id:
            said = f"it is the same as {first}, byte for byte, and gives no briefing of its own"
            self.problems.append(warning("seed-duplicate", seed.location, said, "take one of the two away"))
        return True

    def settle(self, proposal: Proposal) -> Decision:
        """Decide about one seed that is not settled."""
        seed, shelf = proposal.seed, self._shelf
        self._met[seed.digest] = proposal.stamp.file
        if len(proposal.text) * 4 > FILE_SIZE_BYTES and len(proposal.text.encode()) > FILE_SIZE_BYTES:
            said = f"its briefing would be larger than {FILE_SIZE_BYTES >> 20} MiB, which no page can show: it is not written"
            return Decision(seed, "too large", problems=(error("seed-size", seed.location, said, "split the article"),))
        if known := shelf.find_generated(proposal.stamp.generated):
            is_beside = not self._is_replaced(shelf.by_id[known])
            return self._enter(proposal, known, "unchanged", duplicate_of=known if is_beside else "")
        return self._settle_text(proposal, make_id(proposal.briefing))

    def _settle_text(self, proposal: Proposal, base: str) -> Decision:
        """Decide about a text that differs from all that was generated: a version of one that stands or stood, or a new one."""
        shelf = self._shelf
        for old in shelf.find_places(proposal, base):
            is_version = self._is_replaced(old, proposal.stamp.file) and shelf.is_version(old, proposal)
            if is_version and not shelf.is_other_story(old, proposal):
                return self._settle_version(proposal, old)
        double = shelf.find_double(proposal)
        if double and self._is_replaced(shelf.by_id[double]):
            return self._settle_changed(proposal, shelf.by_id[double])
        if declined := self._deletions.find(proposal, base):
            return self._settle_declined(proposal, declined)
        if hidden := shelf.unread.get(double) or self._find_hidden(proposal, base):
            return self._wait(proposal, hidden)
        if double:
            return self._settle_double(proposal, shelf.by_id[double])
        return self._write(proposal, self._free_id(base, proposal.seed), "new")

    def _find_hidden(self, proposal: Proposal, base: str) -> Shelved | None:
        """Return a file that cannot be read and may hold a version of a text: by the words of old, the id, or the place.

        One too many does no harm: what waits is told, and decided when the file can be read.
        """
        shelf, file = self._shelf, proposal.stamp.file
        for old in shelf.unread.values():
            lay_here = any(entry.file == file for entry in shelf.seeds_of(old.id).values()) and self._is_replaced(old, file)
            if lay_here or old.id == base or shelf.is_remembered(old, proposal.sketch):
                return old
        return None

    def _wait(self, proposal: Proposal, old: Shelved) -> Decision:
        """Decide nothing about a seed, since what it may be a version of cannot be read."""
        said = f"this may be a version of {self.folder}/{old.path}, which cannot be read: nothing is written for it"
        problem = warning("seed-waits", proposal.seed.location, said, "mend that file and ingest again")
        self._shelf.refused[proposal.seed.digest] = old.id
        return Decision(proposal.seed, "waiting", old.id, problems=(problem,))

    def _is_replaced(self, old: Shelved, file: str = "") -> bool:
        """Say whether of the seeds behind a briefing none lies any more: at one place where they lay, or at any."""
        seeds = self._shelf.seeds_of(old.id)
        if file and any(entry.file == file for entry in seeds.values()):
            return not any(entry.file == file and self.seeds.hold(digest, file) for digest, entry in seeds.items())
        return bool(seeds) and not any(self._lies(digest, entry.file) for digest, entry in seeds.items())

    def _lies(self, digest: str, file: str) -> bool:
        """Say whether a seed lies where it lay, or was moved."""
        return self.seeds.hold(digest, file) or self.seeds.hold(digest)

    def _settle_version(self, proposal: Proposal, old: Shelved) -> Decision:
        """Decide about a seed that was scraped again at its place: of a merged briefing's, only the first one's text counts."""
        stamp = old.stamp
        if stamp is None or stamp.file == proposal.stamp.file or not self._lies(stamp.digest, stamp.file):
            return self._settle_changed(proposal, old)
        return self._settle_double(proposal, old)

    def _settle_changed(self, proposal: Proposal, old: Shelved) -> Decision:
        known = self._shelf.parse(old)
        if known and len(known.sources) > 1 and self._shelf.is_as_generated(old):
            proposal = _with_sources(proposal, (*proposal.briefing.sources, *known.sources[1:]))
        if old.stamp is not None and old.stamp.generated == proposal.stamp.generated:
            return self._enter(proposal, old.id, "unchanged")
        if self._shelf.is_as_generated(old):
            return self._write(proposal, old.id, "changed", path=old.path)
        said = f"the seed has changed, and so has {self.folder}/{old.path}, which was edited: it is kept as it is"
        hint = f'take over what you need, then write {proposal.seed.digest} as the "digest" under its "seed"'
        problem = warning("seed-conflict", proposal.seed.location, said, hint)
        self._shelf.refused[proposal.seed.digest] = old.id
        return Decision(proposal.seed, "conflict", old.id, problems=(problem,))

    def _settle_declined(self, proposal: Proposal, declined: Declined) -> Decision:
        """Report a version of a text whose briefing was deleted, and keep it away."""
        seed = proposal.seed
        self._deletions.add(Declined(seed.digest, proposal.stamp.file, declined.id, proposal.sketch.brief))
        said = f'this is a version of "{declined.id}", whose briefing was deleted: it is not ingested'
        hint = f"to have it all the same, take its entries out of {self.folder}/declined.toml and ingest again"
        return Decision(seed, "declined", declined.id, problems=(warning("briefing-deleted", seed.location, said, hint),))

    def _settle_double(self, proposal: Proposal, old: Shelved) -> Decision:
        """Report a version of a known text and write it too, or add its source to the one that stands."""
        if self.merge:
            return self._merge(proposal, old)
        return self._write(proposal, self._free_id(make_id(proposal.briefing), proposal.seed), "new", duplicate_of=old.id)

    def _merge(self, proposal: Proposal, old: Shelved) -> Decision:
        """Add the source of a version to the briefing that stands; one that is edited is told and kept."""
        (source,) = proposal.briefing.sources
        known = self._shelf.parse(old)
        if known and any(name_source(each) == name_source(source) for each in known.sources):
            is_told = any(entry.file == proposal.stamp.file for entry in self._shelf.seeds_of(old.id).values())
            return self._enter(proposal, old.id, "merged", duplicate_of="" if is_told else old.id)
        if known is None or old.stamp is None or not self._shelf.is_as_generated(old):
            return self._enter(proposal, old.id, "duplicate", unnamed=name_source(source))
        merged = replace(known, sources=(*known.sources, source), seed=None)
        stamp = replace(old.stamp, generated=digest_generated(dump_briefing(merged).encode()))
        self._shelf.put(replace(old, stamp=stamp))
        text = dump_briefing(replace(merged, seed=stamp))
        return replace(self._enter(proposal, old.id, "merged"), path=old.path, text=text)

    def _free_id(self, base: str, seed: Seed) -> str:
        """Return an id that no briefing has or had: a clash adds six digits of the seed's digest, or more."""
        digits = seed.digest.removeprefix("sha256:")
        names = (base, *(f"{base}-{digits[:size]}" for size in range(6, len(digits) + 1)))
        return next(name for name in names if not self._is_taken(name))

    def _is_taken(self, name: str) -> bool:
        return name in self._shelf.by_id or name in self.moved or self._deletions.had(name)

    def _write(self, proposal: Proposal, briefing_id: str, reason: str, *, path: str = "", duplicate_of: str = "") -> Decision:
        briefing = proposal.briefing
        folder = f"{briefing.date.year:04}" if briefing.date else UNDATED
        path = path or f"{FOLDER}/{folder}/{briefing_id}.md"
        self._shelf.put(Shelved(briefing_id, path, proposal.stamp))
        decision = self._enter(proposal, briefing_id, reason, duplicate_of=duplicate_of)
        return replace(decision, path=path, text=proposal.text)

    def _enter(self, proposal: Proposal, briefing_id: str, reason: str, *, duplicate_of: str = "", unnamed: str = "") -> Decision:
        """Note that a seed stands behind a briefing, and tell what has to be settled by hand."""
        seed = proposal.seed
        entry = Entry(briefing_id, proposal.stamp.file, proposal.sketch.brief, duplicate_of, unnamed)
        self._shelf.enter(seed.digest, entry)
        problem = warning("seed-duplicate", seed.location, *self._tell_double(entry))
        return Decision(seed, reason, briefing_id, problems=(problem,) if duplicate_of or unnamed else ())

    def _tell_double(self, entry: Entry) -> tuple[str, str]:
        return tell_double(entry, self.folder, merge=self.merge)

    def forget(self, digest: str) -> None:
        """Take back what was decided about a seed, since it could not be written: the next run decides anew."""
        self._shelf.forget(digest)

    @property
    def memory(self) -> tuple[Mapping[str, Entry], Mapping[str, Declined]]:
        """What to remember: the seeds behind the briefings that stand now, and those whose briefings were deleted."""
        return self._shelf.list_entries(), self._deletions.declined


def _with_sources(proposal: Proposal, sources: tuple[Source, ...]) -> Proposal:
    """Return a proposal whose briefing names other sources."""
    briefing = replace(proposal.briefing, sources=sources)
    stamp = replace(proposal.stamp, generated=digest_generated(dump_briefing(briefing).encode()))
    return replace(proposal, briefing=briefing, stamp=stamp, text=dump_briefing(replace(briefing, seed=stamp)))
