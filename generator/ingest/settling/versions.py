"""What becomes of a text that differs from all that was generated: a version of one that stands or stood, or a new one."""

from msgspec.structs import replace

from generator.content.briefings import dump_briefing
from generator.errors import warning
from generator.ingest.settling.ledger import Declined
from generator.ingest.settling.register import Decision, Register
from generator.ingest.settling.shelf import Shelved
from generator.ingest.settling.stamps import Proposal, digest_generated, make_id
from generator.ingest.settling.unsettled import name_source
from generator.model import Source
from generator.places import DECLINED_PATH


def settle_text(register: Register, proposal: Proposal, base: str) -> Decision:
    """Decide about a text that differs from all that was generated: a version of one that stands or stood, or a new one."""
    shelf = register.shelf
    for old in shelf.find_places(proposal, base):
        is_version = register.is_replaced(old, proposal.stamp.file) and shelf.is_version(old, proposal)
        if is_version and not shelf.is_other_story(old, proposal):
            return _settle_version(register, proposal, old)
    double = shelf.find_double(proposal)
    if double and register.is_replaced(shelf.by_id[double]):
        return _settle_changed(register, proposal, shelf.by_id[double])
    if declined := register.deletions.find(proposal, base):
        return _settle_declined(register, proposal, declined)
    if hidden := shelf.unread.get(double) or _find_hidden(register, proposal, base):
        return _wait(register, proposal, hidden)
    if double:
        return _settle_double(register, proposal, shelf.by_id[double])
    return register.accept(proposal, register.find_free_id(base, proposal.seed), "new")


def _find_hidden(register: Register, proposal: Proposal, base: str) -> Shelved | None:
    """Return a file that cannot be read and may hold a version of a text: by the words of old, the id, or the place.

    One too many does no harm: what waits is told, and decided when the file can be read.
    """
    shelf, file = register.shelf, proposal.stamp.file
    for old in shelf.unread.values():
        lay_here = any(entry.file == file for entry in shelf.seeds_of(old.id).values()) and register.is_replaced(old, file)
        if lay_here or old.id == base or shelf.is_remembered(old, proposal.sketch):
            return old
    return None


def _wait(register: Register, proposal: Proposal, old: Shelved) -> Decision:
    """Decide nothing about a seed, since what it may be a version of cannot be read."""
    said = f"this may be a version of {register.folder}/{old.path}, which cannot be read: nothing is written for it"
    problem = warning("seed-waits", proposal.seed.location, said, "mend that file and ingest again")
    register.shelf.refused[proposal.seed.digest] = old.id
    return Decision(proposal.seed, "waiting", old.id, problems=(problem,))


def _settle_version(register: Register, proposal: Proposal, old: Shelved) -> Decision:
    """Decide about a seed that was scraped again at its place: of a merged briefing's, only the first one's text counts."""
    stamp = old.stamp
    if stamp is None or stamp.file == proposal.stamp.file or not register.lies(stamp.digest, stamp.file):
        return _settle_changed(register, proposal, old)
    return _settle_double(register, proposal, old)


def _settle_changed(register: Register, proposal: Proposal, old: Shelved) -> Decision:
    known = register.shelf.parse(old)
    if known and len(known.sources) > 1 and register.shelf.is_as_generated(old):
        proposal = _with_sources(proposal, (*proposal.briefing.sources, *known.sources[1:]))
    if old.stamp is not None and old.stamp.generated == proposal.stamp.generated:
        return register.enter(proposal, old.id, "unchanged")
    if register.shelf.is_as_generated(old):
        decision = register.accept(proposal, old.id, "changed", path=old.path)
        _outdate(register, old.id, proposal)
        return decision
    said = f"the seed has changed, and so has {register.folder}/{old.path}, which was edited: it is kept as it is"
    hint = f'take over what you need, then write {proposal.seed.digest} as the "digest" under its "seed"'
    problem = warning("seed-conflict", proposal.seed.location, said, hint)
    register.shelf.refused[proposal.seed.digest] = old.id
    return Decision(proposal.seed, "conflict", old.id, problems=(problem,))


def _outdate(register: Register, briefing_id: str, newest: Proposal) -> None:
    """Note that of the seeds that lay at one place, one is the newest now, and the others are what it said before."""
    for digest, entry in register.shelf.seeds_of(briefing_id).items():
        if entry.file == newest.stamp.file and digest != newest.seed.digest:
            register.shelf.entries[digest] = replace(entry, former=True)


def _settle_declined(register: Register, proposal: Proposal, declined: Declined) -> Decision:
    """Report a version of a text whose briefing was deleted, and keep it away."""
    seed = proposal.seed
    register.deletions.add(Declined(seed.digest, proposal.stamp.file, declined.id, proposal.sketch.brief))
    said = f'this is a version of "{declined.id}", whose briefing was deleted: it is not ingested'
    hint = f"to have it all the same, take its entries out of {register.folder}/{DECLINED_PATH} and ingest again"
    return Decision(seed, "declined", declined.id, problems=(warning("briefing-deleted", seed.location, said, hint),))


def _settle_double(register: Register, proposal: Proposal, old: Shelved) -> Decision:
    """Report a version of a known text and write it too, or add its source to the one that stands."""
    if register.merge:
        return _merge(register, proposal, old)
    return register.accept(proposal, register.find_free_id(make_id(proposal.briefing), proposal.seed), "new", duplicate_of=old.id)


def _merge(register: Register, proposal: Proposal, old: Shelved) -> Decision:
    """Add the source of a version to the briefing that stands; one that is edited is told and kept."""
    (source,) = proposal.briefing.sources
    known = register.shelf.parse(old)
    if known and any(name_source(each) == name_source(source) for each in known.sources):
        is_told = any(entry.file == proposal.stamp.file for entry in register.shelf.seeds_of(old.id).values())
        return register.enter(proposal, old.id, "merged", duplicate_of="" if is_told else old.id)
    if known is None or old.stamp is None or not register.shelf.is_as_generated(old):
        return register.enter(proposal, old.id, "duplicate", unnamed=name_source(source))
    merged = replace(known, sources=(*known.sources, source), seed=None)
    stamp = replace(old.stamp, generated=digest_generated(dump_briefing(merged).encode()))
    register.shelf.put(replace(old, stamp=stamp))
    text = dump_briefing(replace(merged, seed=stamp))
    return replace(register.enter(proposal, old.id, "merged"), path=old.path, text=text)


def _with_sources(proposal: Proposal, sources: tuple[Source, ...]) -> Proposal:
    """Return a proposal whose briefing names other sources."""
    briefing = replace(proposal.briefing, sources=sources)
    stamp = replace(proposal.stamp, generated=digest_generated(dump_briefing(briefing).encode()))
    return replace(proposal, briefing=briefing, stamp=stamp, text=dump_briefing(replace(briefing, seed=stamp)))
