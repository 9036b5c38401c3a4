"""Work shared out to forked processes, which inherit all that it is about: only numbers go to them, and results come back."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Result = TypeVar("Result")

# What the processes are to do: set before they are forked, since there is no other way to hand them 20,000 pages for nothing.
_task: Callable[[int], Any] | None = None


def count_processes(wanted: int) -> int:
    """Return how many processes to use: as many as are `wanted`, or for 0 as many as this one may run on."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(task: Callable[[int], Result], count: int, *, jobs: int) -> Iterator[Result]:
    """Yield what `task` returns for each number below `count`, in order, from `jobs` processes where there are more than one.

    Starting them costs about 40 ms. A result has to be worth sending.
    """
    global _task  # noqa: PLW0603  # Forked processes inherit it.
    if jobs < 2 or count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, range(count))
        return
    _task = task
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_work, range(count))
            # Without these two lines the pool is killed at once, which now and then waits for ever.
            pool.close()
            pool.join()
    finally:
        _task = None


def _work(number: int) -> Any:
    assert _task is not None  # noqa: S101
    return _task(number)
