"""The briefings that an editor deleted: which seeds were theirs, and which other seeds are versions of the same text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.ingest.duplicates import Sketch, is_near_brief, read_brief
from generator.ingest.ledger import Declined
from generator.ingest.stamps import Proposal


@dataclass(slots=True)
class Deletions:
    """All seeds that were declined, by digest, and by what else tells a version of one: its text, its id, its place."""

    declined: dict[str, Declined] = field(default_factory=dict)
    _by_hash: dict[int, list[Declined]] = field(default_factory=dict)
    _by_id: dict[str, Declined] = field(default_factory=dict)
    _by_file: dict[str, Declined] = field(default_factory=dict)

    def add(self, declined: Declined) -> None:
        """Note one more seed."""
        self.declined[declined.digest] = self._by_id[declined.id] = self._by_file[declined.file] = declined
        for value in read_brief(declined.sketch):
            self._by_hash.setdefault(value, []).append(declined)

    def had(self, briefing_id: str) -> bool:
        """Say whether a deleted briefing had this id: none is used twice."""
        return briefing_id in self._by_id

    def find(self, proposal: Proposal, base: str) -> Declined | None:
        """Return a declined seed of which a proposal is a version; `base` is the id that the proposal would have.

        A text is known by its sketch. Where that says nothing, title and date tell at the same place, and, without a sketch, at
        any; the place alone tells nothing where the text is known to be another, or its file holds many.
        """
        if not self.declined:
            return None
        likely = {known.digest: known for value in proposal.sketch.hashes for known in self._by_hash.get(value, ())}
        for known in likely.values():
            if is_near_brief(read_brief(known.sketch), proposal.sketch):
                return known
        place = proposal.stamp.file
        named, there = self._by_id.get(base), self._by_file.get(place)
        if named and (not named.sketch or named.file == place):
            return named
        is_same = there and (_is_clash(there.id, base) or not (there.sketch or "#" in place))
        return there if is_same else None


def _is_clash(briefing_id: str, base: str) -> bool:
    """Say whether an id is another one with six digits behind it, since that one was taken."""
    return briefing_id.startswith(f"{base}-") and len(briefing_id) == len(base) + 7


def find_heir(brief: str, sketches: Mapping[str, Sketch]) -> str:
    """Return the id of the briefing that holds a version of a text, or nothing: its file was renamed, and its stamp taken out."""
    hashes = read_brief(brief)
    return next((name for name, sketch in sketches.items() if is_near_brief(hashes, sketch)), "")
