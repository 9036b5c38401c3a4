"""Seeds proposed over a pool of processes, each within a time of its own.

The pool is an executor: where a process is killed, `multiprocessing.Pool` starts another, and waits for what was lost for ever.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from generator.clock import OutOfTimeError, time_limit, timed
from generator.workers import ENDED_EARLY, begin_work, can_fork, hold_signals

if TYPE_CHECKING:  # Nothing of the ingest is loaded when no seed is new.
    from concurrent.futures import Executor

    from generator.ingest import Made, Refusal
    from generator.model import Seed
    from generator.vocabulary import Vocabulary

# Seeds that are proposed together: enough to keep a pool busy, few enough to hold in memory.
BATCH = 256
SEEDS_WORTH_A_POOL = 48
_CHUNK = 8

# What the processes of a pool share: set before they are forked.
_vocabulary: "Vocabulary | None" = None
Result = TypeVar("Result")


def propose_all(
    items: "Iterable[Seed | Refusal]", work: "Callable[[Seed | Refusal], Result]", vocabulary: "Vocabulary", jobs: int
) -> "Iterator[Result]":
    """Yield what `work` makes of each item, in order, over a pool of processes where that pays.

    While one batch is settled by the caller, the pool works at the next: never more than two are in memory.

    Raises: what `work` does, in whichever process; ChildProcessError when one of them was killed.
    """
    global _vocabulary  # noqa: PLW0603  # Forked processes inherit it; sending it with each seed would cost more than the seed.

    _vocabulary = vocabulary
    items = iter(items)
    first = list(islice(items, BATCH))
    if jobs < 2 or len(first) < SEEDS_WORTH_A_POOL or not can_fork():
        yield from map(work, chain(first, items))
        return
    with _open_pool(jobs) as pool:
        with hold_signals():  # The first work forks the processes.
            running = pool.map(work, first, chunksize=_CHUNK)
        for batch in chain(iter(lambda: list(islice(items, BATCH)), []), ([],)):
            done = list(running)
            running = pool.map(work, batch, chunksize=_CHUNK)
            yield from done


@contextmanager
def _open_pool(jobs: int) -> "Iterator[Executor]":
    """Hand out a pool of so many processes, all of which are gone afterwards.

    Raises: ChildProcessError when one of them was killed.
    """
    import os
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, get_context("fork"), begin_work, (os.getpid(),))
    try:
        yield pool
    except BrokenProcessPool as broken:
        raise ChildProcessError(ENDED_EARLY) from broken
    finally:
        # What has begun is waited for; after a fault, or an interruption, nothing else is begun.
        pool.shutdown(cancel_futures=True)


def propose_one(item: "Seed | Refusal") -> "tuple[Made | Refusal, float]":
    """Return what is made of one item within its time, and the seconds that it took."""
    assert _vocabulary is not None  # noqa: S101
    return propose_in_time(item, _vocabulary)


def propose_in_time(item: "Seed | Refusal", vocabulary: "Vocabulary") -> "tuple[Made | Refusal, float]":
    """Return what is made of one item with this vocabulary within its time, and the seconds that it took."""
    from generator.ingest import Refusal, propose
    from generator.intake.seed_files import SEED_TIME_S, refuse_slow

    if isinstance(item, Refusal):
        return item, 0.0
    try:
        with time_limit(SEED_TIME_S):
            return timed(propose, item, vocabulary)
    except OutOfTimeError:
        return refuse_slow(item.id, item.location), SEED_TIME_S
