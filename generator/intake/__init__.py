"""The shell of ingest: reads seeds and content, lets every seed be proposed and settled, and writes what was decided.

A run that finds every input as the last one left it does nothing but say again what that one said.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from generator.cache import dump_problems, load_problems
from generator.content.absences import check_deletions
from generator.errors import Location, Problem, Severity, show_name, warning
from generator.files import Spill, read_file, walk
from generator.intake.outbox import Outbox, Writing
from generator.intake.pool import BATCH, propose_all, propose_one
from generator.keeping import read_kept, tell_damaged, write_kept
from generator.places import BRIEFINGS_PATH, DECLINED_PATH, INGESTED_PATH, PACKAGE, Places, Stat, scan_folders

if TYPE_CHECKING:  # Nothing of the ingest is loaded when no seed is new.
    from generator.ingest import Proposal, Reconciliation, Refusal, Shelved
    from generator.model import Seed

    Drawn = tuple[Proposal, tuple[Problem, ...]] | Refusal

INTAKE_CACHE = "intake"


class Intake(Struct, frozen=True):
    """What a run of ingest did or, dry, would do: `seeds` counts all that were read, `paths` are what changed in `content/`.

    `repeated` counts those that lay there twice; `notices` are about the cache and files that are no seeds. Only a dry run holds
    the `writings`: one that writes keeps no text in memory.
    """

    seeds: int = 0
    paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    writings: tuple[Writing, ...] = ()
    notices: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def briefings(self) -> int:
        """How many briefings were written."""
        return sum(path.endswith(".md") for path in self.paths)


def as_warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as a build reports them: a seed that was refused stops no publication of the others."""
    return tuple(problem._replace(severity=Severity.WARNING) for problem in problems)


def ingest(
    places: Places, *, paths: Sequence[str] = (), dry_run: bool = False, allow_deletions: bool = False, jobs: int = 1
) -> Intake:
    """Ingest all seeds of an archive, or those at `paths`, and return what was written; with `dry_run` nothing is.

    Raises: ConfigError, VocabularyError, ContentError when the list of what was ingested cannot be read, or when briefings are
    missing that no editor can have deleted (most of them, unless `allow_deletions`), OSError.
    """
    state = _scan(places)
    damaged: list[Path] = []
    cached = read_kept(places.cache / INTAKE_CACHE, damaged) if not paths and not dry_run else {}
    if cached.get("scan") == state:
        return Intake(cached["seeds"], (), load_problems(cached["problems"]), repeated=cached["repeated"])
    with closing(Spill()) as sketches:
        readable = _find_readable(places, state, cached)
        outbox = Outbox(places.content, dry_run)
        check = partial(check_deletions, places, state, allow_most=allow_deletions)
        result = _ingest(places, paths, jobs, outbox=outbox, sketches=sketches, readable=readable, check=check)
    if not dry_run and not paths:
        # What the run saw, and what it wrote itself: a seed or an edit that came meanwhile is new to the next run.
        after = _scan(places)
        written = {path: after[path] for name in result.paths if (path := str(places.content / name)) in after}
        values = {"scan": {**state, **written}, "seeds": result.seeds, "repeated": result.repeated}
        values |= {"problems": dump_problems(result.problems), "written": list(written)}
        write_kept(places.cache / INTAKE_CACHE, values)
    return replace(result, notices=(*result.notices, *(tell_damaged(places.shown(file)) for file in damaged)))


def _find_readable(places: Places, state: Mapping[str, Stat], cached: Mapping[str, Any]) -> Collection[str]:
    """Return the files that the last run saw as they are now, and of which it told nothing: to try to read 10,000 takes 2 s.

    What it wrote itself it has not read.
    """
    before = cached.get("scan", {})
    if any(before.get(path) != now for path, now in state.items() if path.startswith(f"{PACKAGE}/")):
        return ()
    unread = {show_name(path) for path in cached["written"]}
    unread |= {str(places.root / problem.where.path) for problem in load_problems(cached["problems"])}
    return {path for path, now in state.items() if before.get(path) == now and show_name(path) not in unread}


def _scan(places: Places) -> Mapping[str, Stat]:
    return scan_folders((places.seeds, places.content, PACKAGE))  # A new version may read what was refused.


def _ingest(
    places: Places,
    paths: Sequence[str],
    jobs: int,
    *,
    outbox: Outbox,
    sketches: Spill,
    readable: Collection[str],
    check: Callable[[Collection[str], Collection[str]], None],
) -> Intake:
    from generator.build.inputs import read_vocabulary
    from generator.ingest import Refusal
    from generator.intake.seed_files import find_passed_over, read_seeds_of

    ledger = {name: outbox.read(name) for name in (INGESTED_PATH, DECLINED_PATH)}
    run = _begin_run(places, ledger, read=outbox.read, sketches=sketches, readable=readable)
    known = {digest: entry.id for digest, entry in run.ingested.items()}
    check({name for digest, name in known.items() if run.has_declined(digest)}, set(known.values()))
    counter = _Counter()
    fresh = (item for item in counter.count(read_seeds_of(places, paths)) if isinstance(item, Refusal) or not run.meet(item))
    problems = _settle_all(run, propose_all(fresh, _draw_up, read_vocabulary(places), jobs), outbox)
    outbox.texts.update(_dump_ledger(run, ledger, places))
    outbox.flush()
    problems += (*run.problems, *(_tell_refused(places, path) for path in outbox.refused))
    problems.sort(key=lambda problem: problem.sort_key)
    writings = outbox.list_writings()
    changed = (*outbox.written, *(writing.path for writing in writings))
    notices = () if paths else tuple(find_passed_over(places))
    return Intake(counter.seen, changed, tuple(problems), writings, notices, run.repeated)


def _begin_run(
    places: Places, ledger: Mapping[str, bytes], *, read: Callable[[str], bytes], sketches: Spill, readable: Collection[str]
) -> "Reconciliation":
    """Return the run over what stands; `ledger` has the bytes of the lists of earlier runs, `read` gives those of any file."""
    from generator.build.settings import read_config
    from generator.ingest import (
        Reconciliation,
        SeenTexts,
        parse_declined,
        parse_ingested,
        parse_moved,
    )
    from generator.intake.seed_files import SeedFiles

    return Reconciliation(
        files=_read_shelf(places, readable),
        ingested=parse_ingested(ledger[INGESTED_PATH], _shown(places, INGESTED_PATH)),
        declined=parse_declined(ledger[DECLINED_PATH], _shown(places, DECLINED_PATH)),
        read=read,
        seeds=SeedFiles(places),
        merge=read_config(places).ingest.duplicates == "merge",
        folder=places.shown(places.content),
        seen=SeenTexts(sketches),
        moved=parse_moved(ledger[INGESTED_PATH], _shown(places, INGESTED_PATH)),
    )


def _settle_all(run: "Reconciliation", drawn: "Iterable[Drawn]", outbox: Outbox) -> list[Problem]:
    """Write what is decided about each seed, and return what is wrong with them."""
    from generator.ingest import Refusal

    problems: list[Problem] = []
    decided: dict[str, list[str]] = {}
    for item in drawn:
        if isinstance(item, Refusal):
            problems.append(item.problem)
            continue
        proposal, found = item
        if run.meet(proposal.seed):
            continue  # The same bytes lie in two files, and a pool reads ahead of what is settled.
        decision = run.settle(proposal)
        problems += (*found, *decision.problems)
        if decision.path:
            outbox.texts[decision.path] = decision.text.encode()
            decided.setdefault(decision.path, []).append(proposal.seed.digest)
        if len(outbox.texts) >= BATCH:
            outbox.flush()
    outbox.flush()
    for digest in chain.from_iterable(decided[path] for path in outbox.refused):
        run.forget(digest)
    return problems


def _dump_ledger(run: "Reconciliation", ledger: Mapping[str, bytes], places: Places) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of what was ingested and declined, by path; none that would be the first and empty."""
    from generator.ingest import amend_declined, dump_ingested

    ingested, declined = run.memory
    if ingested or ledger[INGESTED_PATH]:
        yield INGESTED_PATH, dump_ingested(ingested, run.moved).encode()
    if declined or ledger[DECLINED_PATH]:
        yield DECLINED_PATH, amend_declined(ledger[DECLINED_PATH], declined, _shown(places, DECLINED_PATH)).encode()


def _tell_refused(places: Places, path: str) -> Problem:
    said = "the file was changed while the seeds were read: it is kept as it is"
    return warning("changed-meanwhile", Location(_shown(places, path)), said, "run ingest again")


class _Counter(Struct):
    seen: int = 0

    def count(self, items: "Iterable[Seed | Refusal]") -> "Iterator[Seed | Refusal]":
        """Yield the items, and count them."""
        for item in items:
            self.seen += 1
            yield item


def _read_shelf(places: Places, readable: Collection[str]) -> "Iterator[Shelved]":
    from generator.ingest import shelve

    folder, shown = places.briefings, places.shown(places.content)
    for path in walk(folder, ".md"):
        raw = read_file(folder / path) or b""
        yield shelve(raw, f"{BRIEFINGS_PATH}/{path}", shown, is_readable=f"{folder}/{path}" in readable)


def _shown(places: Places, name: str) -> str:
    return places.shown(places.content / name)


def _draw_up(item: "Seed | Refusal") -> "Drawn":
    """Return what the reconciliation needs of one item: of the seed nothing but its name goes back to it."""
    from generator.ingest import Refusal

    made, _ = propose_one(item)
    return made if isinstance(made, Refusal) else (made.proposal, made.problems)


def documents(places: Places, paths: Sequence[str], jobs: int) -> Iterator[dict[str, Any]]:
    """Yield one object for every document read, refused and already ingested ones too, without regard to `content/`.

    Raises: ConfigError, VocabularyError.
    """
    from generator.build.inputs import read_vocabulary
    from generator.ingest import Refusal, SeenTexts, document
    from generator.intake.seed_files import read_seeds_of

    with closing(Spill()) as sketches:
        seen = SeenTexts(sketches)
        for made, seconds in propose_all(read_seeds_of(places, paths), propose_one, read_vocabulary(places), jobs):
            double = "" if isinstance(made, Refusal) else seen.add(made.seed.id, made.sketch)
            yield document(made, duplicate_of=double, seconds=seconds)
