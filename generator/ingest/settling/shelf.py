"""The files that stand in `content/briefings/` as the ingest knows them: by id, by seed, by place, by text."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from generator.content.briefings import parse_briefing
from generator.errors import ContentError, Problem, show_name
from generator.ingest.prose import plain
from generator.ingest.settling.duplicates import NEAR_DAYS, SeenTexts, Sketch, clip, is_akin, is_near, make_sketch, read_brief
from generator.ingest.settling.ledger import Entry
from generator.ingest.settling.stamps import Proposal, digest_generated, read_stamp
from generator.model import Briefing, SeedStamp


class Shelved(Struct, frozen=True):
    """A file that stands in `content/briefings/`: its path there, what its stamp says, and why it cannot be read, if so."""

    id: str
    path: str
    stamp: SeedStamp | None
    faults: tuple[Problem, ...] = ()


def shelve(raw: bytes, path: str, folder: str, *, is_readable: bool = False) -> Shelved:
    """Return a file as it stands at a path of `content/`, which `folder` names in messages; one that `is_readable` is not tried.

    Under a name that cannot be stored it is known by what is shown of it.
    """
    faults: tuple[Problem, ...] = ()
    if not is_readable:
        try:
            parse_briefing(raw, f"{folder}/{path}")
        except ContentError as failure:
            faults = failure.problems
    return Shelved(show_name(path.rpartition("/")[2].removesuffix(".md")), path, read_stamp(raw), faults)


class Shelf(Struct):
    """What stands, and the seeds behind it. `read` gives the bytes of a file, as it stands or was decided.

    `refused` are seeds of this run whose text an edited briefing keeps out, with its id. `unread` are files that an editor has
    left so that they cannot be read: what they hold is known by what the list of what was ingested remembers.
    A copy of a briefing bears the stamp of the original: the seed belongs to the one that the list of what was ingested names.
    `copies` has the id of each such copy, with that of its original.
    """

    read: Callable[[str], bytes]
    seen: SeenTexts = field(default_factory=SeenTexts)
    by_id: dict[str, Shelved] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unread: dict[str, Shelved] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    _by_file: dict[str, str] = field(default_factory=dict)
    _by_generated: dict[str, str] = field(default_factory=dict)
    _digests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _uncompared: dict[int, list[str]] = field(default_factory=dict)

    def fill(self, shelf: Iterable[Shelved], ingested: Mapping[str, Entry]) -> None:
        """Take in what stands, and the seeds that the list names for it."""
        for shelved in shelf:
            self.by_id[shelved.id] = shelved
            if shelved.faults and not self.is_as_generated(shelved):
                self.unread[shelved.id] = shelved
        for digest, entry in ingested.items():
            if entry.id in self.by_id:
                self.enter(digest, entry)
        for shelved in self.by_id.values():
            owner = self.owner(shelved.stamp.digest) if shelved.stamp else ""
            if owner not in ("", shelved.id):
                self.copies[shelved.id] = owner
                continue
            self.put(shelved)
            self._uncompared.setdefault(_day_number(shelved.id), []).append(shelved.id)

    def put(self, shelved: Shelved) -> None:
        """Note a file as it stands or was decided, with the seed that its stamp names."""
        self.by_id[shelved.id] = shelved
        if stamp := shelved.stamp:
            known = self.entries.get(stamp.digest, Entry(shelved.id, stamp.file))
            self.enter(stamp.digest, Entry(shelved.id, stamp.file, known.sketch, known.duplicate_of, known.unnamed))
            self._by_generated.setdefault(stamp.generated, shelved.id)

    def enter(self, digest: str, entry: Entry) -> None:
        """Note a seed behind a briefing. Of several that lay at one place the newest counts."""
        self.entries[digest] = entry
        if digest not in (behind := self._digests.get(entry.id, ())):
            self._digests[entry.id] = (*behind, digest)
        self._by_file[entry.file] = max(entry.id, self._by_file.get(entry.file, ""))

    def forget(self, digest: str) -> None:
        """Take a seed out again: what was decided for it could not be written."""
        entry = self.entries.pop(digest, None)
        if entry:
            self._digests[entry.id] = tuple(other for other in self._digests[entry.id] if other != digest)

    def owner(self, digest: str) -> str:
        """Return the id of the briefing that a seed stands behind, or nothing."""
        return self.entries[digest].id if digest in self.entries else ""

    def seeds_of(self, briefing_id: str) -> Mapping[str, Entry]:
        """Return the seeds behind a briefing, by digest."""
        return {digest: self.entries[digest] for digest in sorted(self._digests.get(briefing_id, ()))}

    def find_generated(self, generated: str) -> str:
        """Return the id of the briefing that was generated with the same bytes, or nothing."""
        return self._by_generated.get(generated, "")

    def find_places(self, proposal: Proposal, base: str) -> Iterable[Shelved]:
        """Yield what was made of the seed that lay where this one lies, and what has the id that this one would have."""
        for briefing_id in dict.fromkeys((self._by_file.get(proposal.stamp.file, ""), base)):
            if briefing_id in self.by_id:
                yield self.by_id[briefing_id]

    def is_as_generated(self, shelved: Shelved) -> bool:
        """Say whether nobody has edited a file since it was generated."""
        return shelved.stamp is not None and shelved.stamp.generated == digest_generated(self.read(shelved.path))

    def parse(self, shelved: Shelved) -> Briefing | None:
        """Return the briefing of a file, or None where it cannot be read."""
        try:
            return parse_briefing(self.read(shelved.path), shelved.path)
        except ContentError:
            return None

    def is_version(self, old: Shelved, proposal: Proposal) -> bool:
        """Say whether a file holds another version of a proposal's text: by the words, the address, or title and date.

        Addresses tell where both have one; title and date do where the texts have something in common, for some titles return. An
        address alone tells nothing: that of a column or of a ministry's news stays, and what stands there changes.
        """
        new = proposal.sketch
        if self.is_remembered(old, new):
            return True
        known = self.parse(old)
        return known is not None and _is_version(known, proposal.briefing, new)

    def is_remembered(self, old: Shelved, new: Sketch) -> bool:
        """Say whether a text is a version of what one of the seeds behind a file said when it was ingested."""
        briefs = [read_brief(entry.sketch) for entry in self.seeds_of(old.id).values()]
        return any(is_near(brief, clip(new, brief)) for brief in briefs)

    def is_other_story(self, old: Shelved, proposal: Proposal) -> bool:
        """Say whether a file, however similar its words, tells of another week or of other countries: notices and feeds do.

        What an editor has corrected tells nothing of it.
        """
        known, new = self.parse(old) if self.is_as_generated(old) else None, proposal.briefing
        if known is None or (known.title == new.title and not _urls(known).isdisjoint(_urls(new))):
            return False
        if known.date and new.date and abs((known.date - new.date).days) > NEAR_DAYS:
            return True
        ours, theirs = set(known.countries), set(new.countries)
        return not (ours <= theirs or theirs <= ours)

    def sketch(self, shelved: Shelved) -> Sketch:
        """Return the sketch of a file's text, also where the front matter cannot be read."""
        body = self.read(shelved.path).partition(b"\n---")[2].decode("utf-8", "replace").lstrip("-\r\n")
        return make_sketch(plain(body))

    def find_double(self, proposal: Proposal) -> str:
        """Return the id of the briefing that a proposal is a version of; files of about its date are compared."""
        for briefing_id in self._take_uncompared(proposal.briefing.date):
            self.seen.add(briefing_id, self.sketch(self.by_id[briefing_id]))
        name = self.seen.add(f"?{proposal.seed.digest}", proposal.sketch)
        found = (self.owner(name[1:]) or self.refused.get(name[1:], "")) if name.startswith("?") else name
        return "" if found and self.is_other_story(self.by_id[found], proposal) else found

    def _take_uncompared(self, day: date | None) -> list[str]:
        """Return the files of about a day that no text was compared with yet; they are remembered from then on.

        A text without a date may be of any.
        """
        days = range(day.toordinal() - NEAR_DAYS, day.toordinal() + NEAR_DAYS + 1) if day else tuple(self._uncompared)
        return [briefing_id for number in (*days, 0) for briefing_id in self._uncompared.pop(number, ())]

    def list_entries(self) -> Mapping[str, Entry]:
        """Return the seeds behind what stands, each with its sketch: old lists have none, nor has what cannot be read."""
        briefs: dict[str, str] = {}
        listed = {}
        for digest, entry in self.entries.items():
            if not entry.sketch and entry.id not in briefs and entry.id not in self.unread:
                briefs[entry.id] = self.sketch(self.by_id[entry.id]).brief
            sketch = entry.sketch or briefs.get(entry.id, "")
            listed[digest] = replace(entry, sketch=sketch)
        return listed


def _is_version(known: Briefing, new: Briefing, sketch: Sketch) -> bool:
    text = make_sketch(known.body)
    if is_near(text, sketch):
        return True
    known_urls, urls = _urls(known), _urls(new)
    if known_urls and urls:
        return not known_urls.isdisjoint(urls) and (known.title == new.title or is_akin(text, sketch))
    is_named_alike = (known.title, known.date) == (new.title, new.date)
    return bool(new.title) and is_named_alike and is_akin(text, sketch)


def _urls(briefing: Briefing) -> set[str]:
    return {source.url for source in briefing.sources if source.url}


def _day_number(briefing_id: str) -> int:
    """Return the day of a briefing, going by its id, as a number; 0 where the id has none."""
    try:
        return date.fromisoformat(briefing_id[:10]).toordinal()
    except ValueError:
        return 0
