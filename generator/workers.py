"""Work for forked processes, which inherit all that it is about: shared out, or done ahead of its time by one of them."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

if TYPE_CHECKING:  # A build that finds nothing changed never imports it.
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

# Looking whether one has to end takes 20 µs.
LOOK_EVERY = 8

# What the processes are to do: set before they are forked, since there is no other way to hand them 20,000 pages for nothing.
_task: Callable[[int], Any] | None = None


def count_processes(wanted: int) -> int:
    """Return how many processes to use: as many as are `wanted`, or for 0 as many as this one may run on."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Say whether processes can inherit what this one knows."""
    from multiprocessing import get_all_start_methods

    return "fork" in get_all_start_methods()


def share_out(task: Callable[[int], Result], count: int, *, jobs: int) -> Iterator[Result]:
    """Yield what `task` returns for each number below `count`, in order, from `jobs` processes where there are more than one.

    Starting them costs about 40 ms. A result has to be worth sending.
    """
    global _task  # noqa: PLW0603  # Forked processes inherit it.
    if jobs < 2 or count < 2 or not can_fork():
        yield from map(task, range(count))
        return
    from multiprocessing import get_context

    _task = task
    try:
        with get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_work, range(count))
            # Without these two lines the pool is killed at once, which now and then waits for ever.
            pool.close()
            pool.join()
    finally:
        _task = None


def _work(number: int) -> Any:
    assert _task is not None  # noqa: S101
    return _task(number)


Find = Callable[[bytes], bytes | None]
"""What there is by this key, if anything."""


def _find_nothing(_: bytes) -> None:
    pass


@contextmanager
def work_ahead(results: Iterable[tuple[bytes, bytes]], folder: Path, *, most_bytes: int) -> Iterator[Callable[[], Find]]:
    """Let another process go through `results`, keys and values; the function that is handed out ends it, and finds values.

    The values, up to `most_bytes` of them, stand in a file of `folder` that has no name, which processes that are forked later
    share: none of them has to hold it. Where it cannot be written nothing is found.
    """
    from multiprocessing import get_context
    from tempfile import TemporaryFile

    try:
        store = TemporaryFile(dir=folder)  # noqa: SIM115  # It is closed below.
    except OSError:
        yield lambda: _find_nothing
        return
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_pour, args=(results, store, most_bytes, theirs, ours), daemon=True)

    def end() -> Find:
        with suppress(OSError):  # It may be done.
            ours.send(None)
        try:
            places: Mapping[bytes, tuple[int, int]] = ours.recv()
        except (EOFError, OSError):  # It came to grief, and what it was to do is done later, which may need the room.
            store.truncate(0)
            return _find_nothing
        return lambda key: os.pread(store.fileno(), *places[key]) if key in places else None

    with store:
        process.start()
        theirs.close()
        try:
            yield end
        finally:
            ours.close()
            process.kill()
            process.join()


def _pour(
    results: Iterable[tuple[bytes, bytes]], store: BinaryIO, most_bytes: int, end: "Connection", other: "Connection"
) -> None:
    """Write results until the other end says so, or is gone; then send where they stand.

    Whatever goes wrong is left to be told where the work is done after all.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever is interrupted ends this process.
    other.close()  # Else it would not be gone with the process that has it.
    places: dict[bytes, tuple[int, int]] = {}
    position = 0
    with suppress(Exception):
        for key, value in results:
            places[key] = (len(value), position)
            position += store.write(value)
            if position > most_bytes or (len(places) % LOOK_EVERY == 0 and end.poll()):
                break
        store.flush()
        end.send(places)
