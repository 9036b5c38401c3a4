"""The briefings that an editor deleted: which seeds were theirs, and which other seeds are versions of the same text."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from msgspec import Struct, field

from generator.ingest.settling.duplicates import NEAR_DAYS, Sketch, clip, is_akin, is_near, read_brief
from generator.ingest.settling.ledger import Declined
from generator.ingest.settling.stamps import Proposal


class Deletions(Struct):
    """All seeds that were declined, by digest, and by what else tells a version of one: its text, its id, its place."""

    declined: dict[str, Declined] = field(default_factory=dict)
    _by_hash: dict[int, list[Declined]] = field(default_factory=dict)
    _by_id: dict[str, Declined] = field(default_factory=dict)
    _by_file: dict[str, Declined] = field(default_factory=dict)

    def add(self, declined: Declined) -> None:
        """Note one more seed."""
        self.declined[declined.digest] = self._by_id[declined.id] = self._by_file[declined.file] = declined
        for value in read_brief(declined.sketch).hashes:
            self._by_hash.setdefault(value, []).append(declined)

    def had(self, briefing_id: str) -> bool:
        """Say whether a deleted briefing had this id: none is used twice."""
        return briefing_id in self._by_id

    def find(self, proposal: Proposal, base: str) -> Declined | None:
        """Return a declined seed of which a proposal is a version; `base` is the id that the proposal would have.

        A text is known by its sketch; title and date tell at the same place, where the texts have something in common, and at
        any place where there is no sketch. Without one a place tells, too, but for a file of many.
        """
        if not self.declined:
            return None
        likely = {known.digest: known for value in proposal.sketch.hashes for known in self._by_hash.get(value, ())}
        for known in likely.values():
            brief = read_brief(known.sketch)
            there = clip(proposal.sketch, brief)
            is_named_alike = known.file == proposal.stamp.file and known.id[: len(base)] == base
            if _is_of_another_week(known, proposal):
                continue
            if is_near(brief, there) or (is_named_alike and is_akin(brief, there)):
                return known
        place = proposal.stamp.file
        named, lay = self._by_id.get(base), self._by_file.get(place) if "#" not in place else None
        return next((known for known in (named, lay) if known and not known.sketch), None)


def _is_of_another_week(known: Declined, proposal: Proposal) -> bool:
    """Say whether a text is not of the days of the deleted one: the notice of each year says the same."""
    day = proposal.briefing.date
    with suppress(ValueError):
        return day is not None and abs((date.fromisoformat(known.id[:10]) - day).days) > NEAR_DAYS
    return False


def find_heir(brief: str, sketches: Mapping[str, Sketch]) -> str:
    """Return the id of the briefing that holds a version of a text, or nothing: its file was renamed, and its stamp taken out."""
    known = read_brief(brief)
    return next((name for name, sketch in sketches.items() if is_near(known, clip(sketch, known))), "")
