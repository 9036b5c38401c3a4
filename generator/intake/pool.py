"""Seeds proposed over a pool of processes, each within a time of its own."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from generator.clock import OutOfTimeError, time_limit, timed

if TYPE_CHECKING:  # Nothing of the ingest is loaded when no seed is new.
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
    """
    global _vocabulary  # noqa: PLW0603  # Forked processes inherit it; sending it with each seed would cost more than the seed.
    import multiprocessing

    _vocabulary = vocabulary
    items = iter(items)
    first = list(islice(items, BATCH))
    if jobs < 2 or len(first) < SEEDS_WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, chain(first, items))
        return
    pool = multiprocessing.get_context("fork").Pool(jobs)
    try:
        running = pool.map_async(work, first, chunksize=_CHUNK)
        for batch in chain(iter(lambda: list(islice(items, BATCH)), []), ([],)):
            done = running.get()
            running = pool.map_async(work, batch, chunksize=_CHUNK)
            yield from done
    finally:
        # A pool that is left without these two lines is killed at once, which now and then waits for ever.
        pool.close()
        pool.join()


def propose_one(item: "Seed | Refusal") -> "tuple[Made | Refusal, float]":
    """Return what is made of one item within its time, and the seconds that it took."""
    from generator.ingest import Refusal, propose
    from generator.intake.seed_files import SEED_TIME_S, refuse_slow

    assert _vocabulary is not None  # noqa: S101
    if isinstance(item, Refusal):
        return item, 0.0
    try:
        with time_limit(SEED_TIME_S):
            return timed(propose, item, _vocabulary)
    except OutOfTimeError:
        return refuse_slow(item.id, item.location), SEED_TIME_S
