"""The shell of ingest: reads seeds and content, lets every seed be proposed and settled, and writes what was decided.

A run that finds every input as the last one left it does nothing but say again what that one said.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cache import dump_cache, dump_problems, load_problems, parse_cache
from generator.clock import timed
from generator.errors import ConfigError, Location, Problem, Severity, error
from generator.files import read_file, walk, write_file
from generator.places import PACKAGE, Places, Stat, scan_folders

if TYPE_CHECKING:  # Nothing of the ingest is loaded when no seed is new.
    from generator.ingest import Made, Refusal
    from generator.model import Seed
    from generator.vocabulary import Vocabulary

INTAKE_CACHE = "intake"
# Seeds that are proposed together: enough to keep a pool busy, few enough to hold in memory.
BATCH = 512
SEEDS_WORTH_A_POOL = 48


@dataclass(frozen=True, slots=True)
class Writing:
    """One file of `content/` that a run writes: its path there, what it held before (None: it is new), and what it holds then."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run of ingest did or, dry, would do: `seeds` counts all that were read, `writings` are in the order of writing."""

    seeds: int = 0
    writings: tuple[Writing, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def briefings(self) -> int:
        """How many briefings were written."""
        return sum(writing.path.endswith(".md") for writing in self.writings)


def as_warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as a build reports them: a seed that was refused stops no publication of the others."""
    return tuple(replace(problem, severity=Severity.WARNING) for problem in problems)


def ingest(places: Places, *, paths: Sequence[str] = (), dry_run: bool = False, jobs: int = 1) -> Intake:
    """Ingest all seeds of an archive, or those at `paths`, and return what was written; with `dry_run` nothing is.

    Raises: ConfigError, VocabularyError, ContentError when the list of what was ingested cannot be read, OSError.
    """
    state = _scan(places)
    cached = _read_cache(places) if not paths and not dry_run else None
    if cached is not None and cached["scan"] == state:
        return Intake(cached["seeds"], (), load_problems(cached["problems"]))
    result = _ingest(places, paths, jobs)
    if dry_run:
        return result
    for writing in result.writings:
        write_file(places.content / writing.path, writing.after)
    if not paths:
        # What the run saw, and what it wrote itself: a seed or an edit that came meanwhile is new to the next run.
        after = _scan(places)
        written = {path: after[path] for writing in result.writings if (path := str(places.content / writing.path)) in after}
        values = {"scan": {**state, **written}, "seeds": result.seeds, "problems": dump_problems(result.problems)}
        write_file(places.cache / INTAKE_CACHE, dump_cache(values))
    return result


def _scan(places: Places) -> Mapping[str, Stat]:
    # The generator is an input too: another version may read what this one refused.
    return scan_folders((places.seeds, places.content, PACKAGE))


def _read_cache(places: Places) -> Mapping[str, Any] | None:
    raw = read_file(places.cache / INTAKE_CACHE)
    return parse_cache(raw) if raw else None


def _ingest(places: Places, paths: Sequence[str], jobs: int) -> Intake:
    from generator.ingest import (
        DECLINED_PATH,
        INGESTED_PATH,
        Reconciliation,
        Refusal,
        dump_declined,
        dump_ingested,
        parse_declined,
        parse_ingested,
    )
    from generator.inputs import read_config, read_vocabulary
    from generator.model import Seed

    vocabulary = read_vocabulary(places)
    memory = {name: read_file(places.content / name) for name in (INGESTED_PATH, DECLINED_PATH)}
    run = Reconciliation(
        shelf=_read_shelf(places),
        ingested=parse_ingested(memory[INGESTED_PATH], _shown(places, INGESTED_PATH)),
        declined=parse_declined(memory[DECLINED_PATH], _shown(places, DECLINED_PATH)),
        merge=read_config(places).ingest.duplicates == "merge",
        folder=places.shown(places.content),
    )
    count = 0
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    items = read_seeds_of(places, paths)
    while batch := list(islice(items, BATCH)):
        count += len(batch)
        problems += [item.problem for item in batch if isinstance(item, Refusal)]
        fresh = [item for item in batch if isinstance(item, Seed) and not run.knows(item.digest)]
        for made, _ in propose_all(fresh, vocabulary, jobs):
            if isinstance(made, Refusal):
                problems.append(made.problem)
                continue
            decision = run.settle(made.proposal)
            problems += (*made.problems, *decision.problems)
            if decision.path:
                texts[decision.path] = decision.text
    ingested, declined = run.memory
    problems += run.problems
    if ingested or memory[INGESTED_PATH] is not None:
        texts[INGESTED_PATH] = dump_ingested(ingested)
    if declined or memory[DECLINED_PATH] is not None:
        texts[DECLINED_PATH] = dump_declined(declined)
    writings = (Writing(path, read_file(places.content / path), text.encode()) for path, text in texts.items())
    changed = tuple(writing for writing in writings if writing.before != writing.after)
    return Intake(count, changed, tuple(sorted(problems, key=lambda problem: problem.sort_key)))


def _read_shelf(places: Places) -> "Iterator[Any]":
    from generator.ingest import Shelved, read_stamp
    from generator.ingest.reconcile import FOLDER

    folder = places.content / FOLDER
    for path in walk(folder, ".md"):
        raw = read_file(folder / path) or b""
        yield Shelved(path.rpartition("/")[2].removesuffix(".md"), f"{FOLDER}/{path}", raw, read_stamp(raw))


def _shown(places: Places, name: str) -> str:
    return places.shown(places.content / name)


def read_seeds_of(places: Places, paths: Sequence[str] = ()) -> "Iterator[Seed | Refusal]":
    """Yield every article of the seeds folder, or of the files and folders at `paths`, in the order of their names.

    Raises: ConfigError when a path does not exist.
    """
    from generator.ingest import read_seeds

    for file in _find_files(places, paths):
        # Read one by one: 10,000 records in one file are never in memory together.
        yield from read_seeds(read_file(file) or b"", places.shown(file))


def _find_files(places: Places, paths: Sequence[str]) -> Iterator[Path]:
    if not paths:
        yield from (places.seeds / name for name in walk(places.seeds))
        return
    for path in paths:
        found = Path(os.path.normpath(places.root / path))
        if not found.exists():
            raise ConfigError(error("no-seed", Location(path), "there is no such file or folder"))
        yield from [found / name for name in walk(found)] if found.is_dir() else [found]


# What the processes of a pool share: set before they are forked.
_vocabulary: "Vocabulary | None" = None


def propose_all(seeds: "Sequence[Seed]", vocabulary: "Vocabulary", jobs: int) -> "list[tuple[Made | Refusal, float]]":
    """Return what each seed gives, in order, and the seconds that it took; over a pool of processes where that pays."""
    global _vocabulary  # noqa: PLW0603  # Forked processes inherit it; sending it with each seed would cost more than the seed.
    import multiprocessing

    _vocabulary = vocabulary
    if jobs < 2 or len(seeds) < SEEDS_WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
        return list(map(_propose, seeds))
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        proposed = pool.map(_propose, seeds, chunksize=8)
        # Without these two lines the pool is killed at once, which now and then waits for ever.
        pool.close()
        pool.join()
    return proposed


def _propose(seed: "Seed") -> "tuple[Made | Refusal, float]":
    from generator.ingest import propose

    assert _vocabulary is not None  # noqa: S101
    return timed(propose, seed, _vocabulary)


def documents(places: Places, paths: Sequence[str], jobs: int) -> Iterator[dict[str, Any]]:
    """Yield one object for every document read, refused and already ingested ones too, without regard to `content/`.

    Raises: ConfigError, VocabularyError.
    """
    from generator.ingest import Refusal, SeenTexts, document
    from generator.inputs import read_vocabulary
    from generator.model import Seed

    vocabulary = read_vocabulary(places)
    seen = SeenTexts()
    items = read_seeds_of(places, paths)
    while batch := list(islice(items, BATCH)):
        made = iter(propose_all([item for item in batch if isinstance(item, Seed)], vocabulary, jobs))
        for item in batch:
            result, seconds = (item, 0.0) if isinstance(item, Refusal) else next(made)
            double = "" if isinstance(result, Refusal) else seen.add(result.seed.id, result.sketch)
            yield document(result, duplicate_of=double, seconds=seconds)
