"""What to write to `content/`: every decision between a machine's proposal and an editor's file, without touching either.

| the seed | the file | what happens |
|---|---|---|
| known by its digest, wherever it lies now | any | nothing |
| other dirt, same text | any | nothing |
| a new version of a known text whose seed is gone, or a former one there again | as generated | written again, under its old id |
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

from msgspec.structs import replace

from generator.content.front_matter import FILE_SIZE_BYTES
from generator.errors import Location, Problem, error, warning
from generator.ingest.settling.deletions import Deletions, find_heir
from generator.ingest.settling.duplicates import SeenTexts
from generator.ingest.settling.ledger import Declined, Entry
from generator.ingest.settling.moves import trace_moves
from generator.ingest.settling.register import Decision, Register, Seeds
from generator.ingest.settling.shelf import Shelf, Shelved
from generator.ingest.settling.stamps import Proposal, find_seed_file, make_id
from generator.ingest.settling.unsettled import find_copies, find_lost_addresses, find_open
from generator.ingest.settling.versions import settle_text
from generator.model import Seed
from generator.places import DECLINED_PATH


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
    _register: Register = field(init=False)
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
        self._register = Register(shelf, self._deletions, self.moved, self.seeds, self.folder, self.merge)
        self.problems += find_open(shelf, self._register.lies, self._register.tell_double)

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
        hint = f"to undo it, restore the file, or take its entries out of {self.folder}/{DECLINED_PATH} and ingest again"
        said = f'the briefing "{entry.id}" was deleted; its seed will not be ingested again'
        self.problems.append(warning("briefing-deleted", Location(entry.file), said, hint))

    def has_declined(self, digest: str) -> bool:
        """Say whether the briefing of a seed was deleted."""
        return digest in self._deletions.declined

    def knows(self, digest: str) -> bool:
        """Say whether the seed of a digest needs no work: it stands behind a briefing, or its briefing was deleted."""
        return digest in self._shelf.entries or self.has_declined(digest)

    def _is_back(self, digest: str, file: str) -> bool:
        """Say whether a seed that was replaced by a newer version lies where it lay."""
        entry = self._shelf.entries.get(digest)
        return entry is not None and entry.former and entry.file == file

    def meet(self, seed: Seed) -> bool:
        """Say whether a seed is known; count one that lies there twice, and tell of it where it is a file of its own."""
        file = find_seed_file(seed)
        if not self.knows(seed.digest) or self._is_back(seed.digest, file):
            return False
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
        seed, shelf, register = proposal.seed, self._shelf, self._register
        self._met[seed.digest] = proposal.stamp.file
        if len(proposal.text) * 4 > FILE_SIZE_BYTES and len(proposal.text.encode()) > FILE_SIZE_BYTES:
            said = f"its briefing would be larger than {FILE_SIZE_BYTES >> 20} MiB, which no page can show: it is not written"
            return Decision(seed, "too large", problems=(error("seed-size", seed.location, said, "split the article"),))
        if known := shelf.find_generated(proposal.stamp.generated):
            is_beside = not register.is_replaced(shelf.by_id[known])
            return register.enter(proposal, known, "unchanged", duplicate_of=known if is_beside else "")
        return settle_text(register, proposal, make_id(proposal.briefing))

    def forget(self, digest: str) -> None:
        """Take back what was decided about a seed, since it could not be written: the next run decides anew."""
        self._shelf.forget(digest)

    @property
    def memory(self) -> tuple[Mapping[str, Entry], Mapping[str, Declined]]:
        """What to remember: the seeds behind the briefings that stand now, and those whose briefings were deleted."""
        return self._shelf.list_entries(), self._deletions.declined
