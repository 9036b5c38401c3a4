"""What to write to `content/`: every decision between a machine's proposal and an editor's file, without touching either.

| the seed | the file | what happens |
|---|---|---|
| known by its digest, wherever it lies now | any | nothing |
| changed | as generated | written again, under its old id |
| changed | edited | kept; `seed-conflict` |
| changed, but what would be generated is the same | any | nothing: other dirt, same text |
| new, a version of a known text | any | `seed-duplicate`; with `merge`, one more source of a file as generated |
| new, too large for a file of `content/` | none | `seed-size` |
| any | deleted | never again; `briefing-deleted` when it is noticed, then silence |

"As generated" compares bytes: the front matter holds the digest of the file without its `seed` entry, so that a comment counts as
an edit, and checking out with other line ends does not.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import yaml

from generator.content import dump_briefing, parse_briefing
from generator.errors import ContentError, Location, Problem, error, warning
from generator.front_matter import FILE_SIZE_BYTES
from generator.ingest.duplicates import SeenTexts, Sketch, is_near, make_sketch
from generator.ingest.ledger import Declined, Entry
from generator.ingest.prose import plain
from generator.model import Briefing, Seed, SeedStamp
from generator.text import SLUG_MAX, slugify

FOLDER = "briefings"
UNDATED = "undated"
# The same story runs within days; older texts are not compared with a new one, which keeps one new seed cheap in a large archive.
_NEAR_DAYS = 7


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine makes of one seed: a briefing still without id, the sketch of its text, and its file as generated."""

    seed: Seed
    briefing: Briefing
    sketch: Sketch
    text: str
    stamp: SeedStamp


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file that stands in `content/briefings/`: its path there, and what its stamp says."""

    id: str
    path: str
    stamp: SeedStamp | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to one seed: the file to write (`path` below `content/`), or none and why, and the seed it duplicates."""

    seed: Seed
    reason: str
    id: str = ""
    path: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = ()


_SEED_ENTRY = re.compile(rb"^seed:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)


def digest_generated(raw: bytes) -> str:
    """Return the digest of a briefing's file without its `seed` entry and without regard to line ends."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    end = raw.find(b"\n---", 3)
    head = _SEED_ENTRY.sub(b"", raw[: end + 1], count=1)
    return "sha256:" + sha256(head + raw[end + 1 :]).hexdigest()


def read_stamp(raw: bytes) -> SeedStamp | None:
    """Return the stamp of a file without reading the rest of it: 10,000 files take 0.5 s this way and 3 s as briefings."""
    head = raw[: max(0, raw.find(b"\n---", 3)) + 1].replace(b"\r\n", b"\n")
    entry = _SEED_ENTRY.search(head)
    if entry is None:
        return None
    try:
        values = yaml.load(entry.group(), Loader=yaml.CBaseLoader)["seed"]  # noqa: S506  # The base loader makes texts only.
        return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))
    except (yaml.YAMLError, AttributeError, TypeError, KeyError):
        return None


def propose_file(seed: Seed, briefing: Briefing, sketch: Sketch) -> Proposal:
    """Return a briefing with the file that it would be, stamped; its text is dumped here, where many processes share the work."""
    unstamped = SeedStamp(find_seed_file(seed), seed.digest, _OPEN)
    text = dump_briefing(replace(briefing, seed=unstamped))
    # The digest is without the stamp, so that the file is written once and its digest put in.
    stamp = replace(unstamped, generated=digest_generated(text.encode()))
    text = text.replace(_GENERATED.format(_OPEN), _GENERATED.format(stamp.generated), 1)
    return Proposal(seed, briefing, sketch, text, stamp)


# A line of the front matter that only a stamp has, and what stands there until the digest is known.
_GENERATED = "\n  generated: {}\n"
_OPEN = "open"


def find_seed_file(seed: Seed) -> str:
    """Return how a stamp names a seed: its file, and the number of the record in files of many (`seeds/x.jsonl#3`)."""
    _, mark, number = seed.id.rpartition("#")
    return f"{seed.location.path}#{number}" if mark else seed.location.path


def make_id(briefing: Briefing) -> str:
    """Return the id of a new briefing: date and slug of the title; an untitled one is named by its first words."""
    words = briefing.title or " ".join(plain(briefing.body.lstrip("#>- ")).split()[:8])
    slug = slugify(words[: SLUG_MAX * 4])
    return f"{briefing.date.isoformat()}-{slug}" if briefing.date else slug


@dataclass(slots=True)
class Reconciliation:
    """One run of the ingest over an archive: asked seed by seed, it decides, and remembers what it has decided.

    `shelf` holds every file of `content/briefings/`, also those that cannot be read. `read` gives the bytes of one, as it stands
    or was decided: texts are not kept here, or 10,000 seeds would be in memory together. `folder` names `content/` in messages.
    """

    shelf: Iterable[Shelved]
    ingested: Mapping[str, Entry]
    declined: Mapping[str, Declined]
    read: Callable[[str], bytes]
    merge: bool = False
    folder: str = "content"
    _by_id: dict[str, Shelved] = field(default_factory=dict)
    _by_digest: dict[str, str] = field(default_factory=dict)
    _by_file: dict[str, str] = field(default_factory=dict)
    _by_generated: dict[str, str] = field(default_factory=dict)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _declined: dict[str, Declined] = field(default_factory=dict)
    _seen: SeenTexts = field(default_factory=SeenTexts)
    _uncompared: dict[int, list[Shelved]] = field(default_factory=dict)
    _gone: dict[str, Declined] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Index the shelf, and notice what was deleted since the last run."""
        for shelved in self.shelf:
            self._put(shelved)
            self._uncompared.setdefault(_day_number(shelved.id), []).append(shelved)
        for declined in self.declined.values():
            self._note_declined(declined)
        for digest, entry in self.ingested.items():
            stands = self._by_digest.get(digest) or (entry.id if entry.id in self._by_id else "")
            if stands:
                self._entries[digest] = Entry(stands, entry.file)
                self._by_digest.setdefault(digest, stands)
                self._by_file.setdefault(entry.file, stands)
            elif digest not in self._declined:
                self._decline(digest, entry)

    def _put(self, shelved: Shelved) -> None:
        self._by_id[shelved.id] = shelved
        if stamp := shelved.stamp:
            self._by_digest[stamp.digest] = shelved.id
            self._by_file[stamp.file] = shelved.id
            self._by_generated.setdefault(stamp.generated, shelved.id)
            self._entries[stamp.digest] = Entry(shelved.id, stamp.file)

    def _decline(self, digest: str, entry: Entry) -> None:
        # A seed that was scraped again, or two outlets' versions of one story, have several entries: the deletion is one.
        is_told = entry.id in self._gone
        self._note_declined(Declined(digest, entry.file, entry.id))
        if is_told:
            return
        hint = f"to undo it, restore the file, or take its entry out of {self.folder}/declined.toml and ingest again"
        said = f'the briefing "{entry.id}" was deleted; its seed will not be ingested again'
        self.problems.append(warning("briefing-deleted", Location(entry.file), said, hint))

    def _note_declined(self, declined: Declined) -> None:
        self._declined[declined.digest] = declined
        self._gone[declined.file] = self._gone[declined.id] = declined

    def knows(self, digest: str) -> bool:
        """Say whether the seed or file of a digest needs no work: it stands behind a briefing, or its briefing was deleted."""
        return digest in self._by_digest or digest in self._declined

    def settle(self, proposal: Proposal) -> Decision:
        """Decide about one seed that is not settled."""
        seed, file = proposal.seed, proposal.stamp.file
        if len(proposal.text) * 4 > FILE_SIZE_BYTES and len(proposal.text.encode()) > FILE_SIZE_BYTES:
            said = f"its briefing would be larger than {FILE_SIZE_BYTES >> 20} MiB, which no page can show: it is not written"
            return Decision(seed, "too large", problems=(error("seed-size", seed.location, said, "split the article"),))
        if (known := self._by_generated.get(proposal.stamp.generated)) and known in self._by_id:
            return self._alias(seed, known, "unchanged")
        base = make_id(proposal.briefing)
        if declined := self._gone.get(file) or self._gone.get(base):
            self._note_declined(Declined(seed.digest, file, declined.id))
            return Decision(seed, "declined", declined.id)
        old = self._by_id.get(self._by_file.get(file, ""))
        if old is not None and self._is_version(old, proposal):
            return self._settle_changed(proposal, old)
        if double := self._find_double(proposal):
            return self._settle_double(proposal, double, base)
        return self._write(proposal, self._free_id(base, seed), "new")

    def _alias(self, seed: Seed, briefing_id: str, reason: str) -> Decision:
        self._entries[seed.digest] = Entry(briefing_id, find_seed_file(seed))
        self._by_digest[seed.digest] = briefing_id
        return Decision(seed, reason, briefing_id)

    def _is_as_generated(self, shelved: Shelved) -> bool:
        """Say whether nobody has edited a file since it was generated."""
        return shelved.stamp is not None and shelved.stamp.generated == digest_generated(self.read(shelved.path))

    def _is_version(self, old: Shelved, proposal: Proposal) -> bool:
        """Say whether a file holds an earlier version of a proposal, and not another article that came to lie at its path."""
        try:
            known = parse_briefing(self.read(old.path), old.path)
        except ContentError:
            return True
        if known.title == proposal.briefing.title:
            return True
        urls = {source.url for source in known.sources if source.url}
        return bool(urls & {source.url for source in proposal.briefing.sources}) or is_near(
            make_sketch(known.body), proposal.sketch
        )

    def _settle_changed(self, proposal: Proposal, old: Shelved) -> Decision:
        if old.stamp is not None and old.stamp.generated == proposal.stamp.generated:
            return self._alias(proposal.seed, old.id, "unchanged")
        if self._is_as_generated(old):
            return self._write(proposal, old.id, "changed", path=old.path)
        said = f"the seed has changed, and so has {self.folder}/{old.path}, which was edited: it is kept as it is"
        hint = f"take over what you need, then set the digest of its seed to {proposal.seed.digest}"
        return Decision(
            proposal.seed, "conflict", old.id, problems=(warning("seed-conflict", proposal.seed.location, said, hint),)
        )

    def _find_double(self, proposal: Proposal) -> str:
        """Return the id of the briefing that a proposal is a version of; files of about its date are compared."""
        for shelved in self._take_uncompared(proposal.briefing.date):
            body = self.read(shelved.path).partition(b"\n---")[2].decode("utf-8", "replace").lstrip("-\r\n")
            self._seen.add(shelved.id, make_sketch(plain(body)))
        name = self._seen.add(f"?{proposal.seed.digest}", proposal.sketch)
        return self._by_digest.get(name[1:], "") if name.startswith("?") else name

    def _take_uncompared(self, day: date | None) -> list[Shelved]:
        """Return the files of about a day that no text was compared with yet; they are remembered from then on."""
        days = range(day.toordinal() - _NEAR_DAYS, day.toordinal() + _NEAR_DAYS + 1) if day else ()
        return [shelved for number in (*days, 0) for shelved in self._uncompared.pop(number, ())]

    def _settle_double(self, proposal: Proposal, double: str, base: str) -> Decision:
        """Report a version of a known text and write it too, or add its source to the one that stands."""
        old = self._by_id[double]
        said = f'this is a version of "{double}"'
        if not self.merge:
            problem = warning("seed-duplicate", proposal.seed.location, said, 'keep one of the two, or set duplicates = "merge"')
            decision = self._write(proposal, self._free_id(base, proposal.seed), "new")
            return replace(decision, problems=(problem,))
        problem = warning("seed-duplicate", proposal.seed.location, f"{said}, which is edited: add the source there by hand")
        if old.stamp is None or not self._is_as_generated(old):
            return replace(self._alias(proposal.seed, double, "duplicate"), problems=(problem,))
        known = parse_briefing(self.read(old.path), old.path)
        new = [source for source in proposal.briefing.sources if source not in known.sources]
        merged = replace(known, sources=(*known.sources, *new), seed=None)
        stamp = replace(old.stamp, generated=digest_generated(dump_briefing(merged).encode()))
        self._put(replace(old, stamp=stamp))
        text = dump_briefing(replace(merged, seed=stamp))
        return replace(self._alias(proposal.seed, double, "merged"), path=old.path, text=text)

    def _free_id(self, base: str, seed: Seed) -> str:
        """Return an id that no briefing has or had: a clash adds six digits of the seed's digest."""
        taken = base in self._by_id or base in self._gone
        return f"{base}-{seed.digest.removeprefix('sha256:')[:6]}" if taken else base

    def _write(self, proposal: Proposal, briefing_id: str, reason: str, *, path: str = "") -> Decision:
        briefing = proposal.briefing
        folder = f"{briefing.date.year:04}" if briefing.date else UNDATED
        path = path or f"{FOLDER}/{folder}/{briefing_id}.md"
        self._put(Shelved(briefing_id, path, proposal.stamp))
        return Decision(proposal.seed, reason, briefing_id, path, proposal.text)

    @property
    def memory(self) -> tuple[Mapping[str, Entry], Mapping[str, Declined]]:
        """What to remember: the seeds behind the briefings that stand now, and those whose briefings were deleted."""
        return self._entries, self._declined


def _day_number(briefing_id: str) -> int:
    """Return the day of a briefing, going by its id, as a number; 0 where the id has none."""
    try:
        return date.fromisoformat(briefing_id[:10]).toordinal()
    except ValueError:
        return 0
