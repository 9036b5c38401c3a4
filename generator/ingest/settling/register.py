"""What the decisions of a run rest on, and where they are noted: the briefings that stand or stood, and the seeds as they lie."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Problem, warning
from generator.ingest.settling.deletions import Deletions
from generator.ingest.settling.ledger import Entry
from generator.ingest.settling.shelf import Shelf, Shelved
from generator.ingest.settling.stamps import Proposal
from generator.ingest.settling.unsettled import tell_double
from generator.model import Seed
from generator.places import BRIEFINGS_PATH

UNDATED = "undated"


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


class Register(Struct, frozen=True):
    """What stands, what was deleted, the seeds as they lie, and former ids → ids of renamed briefings.

    `folder` names `content/` in messages; with `merge`, a version of a text is one more source of its briefing.
    """

    shelf: Shelf
    deletions: Deletions
    moved: Mapping[str, str]
    seeds: Seeds
    folder: str
    merge: bool

    def is_replaced(self, old: Shelved, file: str = "") -> bool:
        """Say whether of the seeds behind a briefing none lies any more: at one place where they lay, or at any."""
        seeds = {digest: entry for digest, entry in self.shelf.seeds_of(old.id).items() if not entry.former}
        if file and any(entry.file == file for entry in seeds.values()):
            return not any(entry.file == file and self.seeds.hold(digest, file) for digest, entry in seeds.items())
        return bool(seeds) and not any(self.lies(digest, entry.file) for digest, entry in seeds.items())

    def lies(self, digest: str, file: str) -> bool:
        """Say whether a seed lies where it lay, or was moved."""
        return self.seeds.hold(digest, file) or self.seeds.hold(digest)

    def find_free_id(self, base: str, seed: Seed) -> str:
        """Return an id that no briefing has or had: a clash adds six digits of the seed's digest, or more."""
        digits = seed.digest.removeprefix("sha256:")
        names = (base, *(f"{base}-{digits[:size]}" for size in range(6, len(digits) + 1)))
        return next(name for name in names if not self._is_taken(name))

    def _is_taken(self, name: str) -> bool:
        return name in self.shelf.by_id or name in self.moved or self.deletions.had(name)

    def accept(self, proposal: Proposal, briefing_id: str, reason: str, *, path: str = "", duplicate_of: str = "") -> Decision:
        """Decide that the file of a proposal is to be written, and note it as one that stands."""
        briefing = proposal.briefing
        folder = f"{briefing.date.year:04}" if briefing.date else UNDATED
        path = path or f"{BRIEFINGS_PATH}/{folder}/{briefing_id}.md"
        self.shelf.put(Shelved(briefing_id, path, proposal.stamp))
        decision = self.enter(proposal, briefing_id, reason, duplicate_of=duplicate_of)
        return replace(decision, path=path, text=proposal.text)

    def enter(self, proposal: Proposal, briefing_id: str, reason: str, *, duplicate_of: str = "", unnamed: str = "") -> Decision:
        """Note that a seed stands behind a briefing, and tell what has to be settled by hand."""
        seed = proposal.seed
        entry = Entry(briefing_id, proposal.stamp.file, proposal.sketch.brief, duplicate_of, unnamed)
        self.shelf.enter(seed.digest, entry)
        problem = warning("seed-duplicate", seed.location, *self.tell_double(entry))
        return Decision(seed, reason, briefing_id, problems=(problem,) if duplicate_of or unnamed else ())

    def tell_double(self, entry: Entry) -> tuple[str, str]:
        """Return what is told of a seed that is a version of another, and what to do about it."""
        return tell_double(entry, self.folder, merge=self.merge)
