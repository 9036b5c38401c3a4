"""Work for forked processes, which inherit all that it is about: shared out, or done ahead of its time by one of them."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

if TYPE_CHECKING:  # A build that finds nothing changed never imports it.
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Result = TypeVar("Result")

# Looking whether one has to end takes 20 µs, and another process waits for it as long as these take: 2 ms of short texts.
LOOK_EVERY = 16
# A turn in a queue is the first of its numbers, and the first that is not. A pipe holds 4 kB everywhere.
_TURN = Struct("<LL")
TURNS_MAX = 500
# What all pipes for results hold together, where the system lets them: Linux grants a user 64 MB, and then little ones alone.
PIPES_BYTES = 4 << 20
PIPE_MOST_BYTES, PIPE_LEAST_BYTES = 1 << 20, 1 << 16
ENDED_EARLY = "a process was ended before its work was done"
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Source: Linux, <sys/prctl.h>.
_SET_PARENT_DEATH_SIGNAL = 1


def count_processes(wanted: int) -> int:
    """Return how many processes to use: as many as are `wanted`, or for 0 as many as this one may run on."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Say whether processes can inherit what this one knows."""
    from multiprocessing import get_all_start_methods

    return "fork" in get_all_start_methods()


def share_out(task: Callable[[int], Result], *counts: int, jobs: int) -> Iterator[Result]:
    """Yield what `task` returns for each number below the sum of `counts`, in order; `jobs` processes take turns, this one too.

    The numbers stand in queues of these lengths. Processes begin with the queues in turn, and then help with the others: what the
    turns of one queue have in common is made in few processes. A result has to be worth sending. What is sent waits until this
    process has ended a turn of its own.

    Raises: what `task` does, in whichever process; ChildProcessError when one of them was killed.
    """
    count = sum(counts)
    if jobs < 2 or count < 2 or not can_fork():
        yield from map(task, range(count))
        return
    from multiprocessing import get_context

    fork = get_context("fork")
    found: dict[int, Result] = {}
    with _open_queues(counts) as queues, _ending() as processes:
        others: list[Connection] = []
        for place in range(1, min(jobs, count)):
            ours, theirs = fork.Pipe(duplex=False)
            _widen(theirs, PIPES_BYTES // jobs)
            others.append(ours)
            numbers = _take_turns(queues, place)
            rest = {"inherited": tuple(others), "parent": os.getpid()}
            processes.append(fork.Process(target=_work, args=(task, numbers, theirs), kwargs=rest, daemon=True))
            processes[-1].start()
            theirs.close()
        for number in _take_turns(queues, 0):
            found[number] = task(number)
            for other in others:
                found.update(_receive(other, wait=False))
        for other in others:
            found.update(_receive(other, wait=True))
    if len(found) < count:
        raise ChildProcessError(ENDED_EARLY)
    yield from (found[number] for number in range(count))


@contextmanager
def _open_queues(counts: Iterable[int]) -> Iterator[Sequence[int]]:
    """Hand out pipes from which processes take turns: numbers one after the other, as many from each pipe as `counts` says."""
    with ExitStack() as pipes:
        queues = []
        start = 0
        for count in counts:
            reading, writing = os.pipe()
            pipes.callback(os.close, reading)
            step = -(-count // TURNS_MAX)
            end = start + count
            turns = [_TURN.pack(first, min(first + step, end)) for first in range(start, end, step or 1)]
            os.write(writing, b"".join(turns))
            os.close(writing)
            queues.append(reading)
            start = end
        yield queues


def _take_turns(queues: Sequence[int], place: int) -> Iterator[int]:
    """Yield numbers from the queues until all are empty, beginning with the one at this place, counted round."""
    place %= len(queues)
    for queue in (*queues[place:], *queues[:place]):
        while turn := os.read(queue, _TURN.size):
            yield from range(*_TURN.unpack(turn))


@contextmanager
def _ending() -> "Iterator[list[BaseProcess]]":
    """Hand out a list of processes, all of which are gone afterwards."""
    processes: list[BaseProcess] = []
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()


def _work(
    task: Callable[[int], object],
    numbers: Iterable[int],
    results: "Connection",
    *,
    inherited: "Iterable[Connection]",
    parent: int,
) -> None:
    """Send each number and its result, or what was raised for one, until nobody waits for them any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever is interrupted ends this process.
    _end_with(parent)
    for other in inherited:
        other.close()  # Else results could still be sent when the process that waits for them was killed.
    try:
        for number in numbers:
            results.send((number, task(number), None))
    except BrokenPipeError:
        pass
    except BaseException as fault:  # noqa: BLE001  # It is raised in the process that waits.
        from traceback import format_exc

        fault.add_note(format_exc())
        results.send((0, None, fault))


@contextmanager
def hold_signals() -> Iterator[None]:
    """Let signals that end a process wait: one that is forked meanwhile takes them once it has begun, this one afterwards.

    Python tells what a handler raises while it forks, and goes on; a process that has not begun yet would tell where it was.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def begin_work(parent: int) -> None:
    """Let this process of a pool end with its parent, and by every signal: the handlers of its parent are not for it."""
    for number in _ENDING_SIGNALS:
        # What `nohup` lets be is ignored here as well; but a pool that broke ends with a SIGTERM what is left of it.
        if number == signal.SIGTERM or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING_SIGNALS)
    _end_with(parent)


def _end_with(parent: int) -> None:
    """End this process when its parent is killed, at once where the system knows how: it holds the lock of the output, too."""
    import ctypes  # A build that finds nothing changed has no use for it.

    system = ctypes.CDLL(None)
    if hasattr(system, "prctl"):
        system.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # It was quicker.
        os._exit(1)


def _widen(pipe: "Connection", size: int) -> None:
    """Let a pipe hold what is sent while the other end does a turn of its own: with 64 kB a process would often wait for it."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ") and size > PIPE_LEAST_BYTES:  # Else it holds as much by itself.
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, min(size, PIPE_MOST_BYTES))


def _receive(other: "Connection", *, wait: bool) -> "Iterator[tuple[int, Any]]":
    """Yield what another process has sent, all that it will send where we `wait`."""
    with suppress(EOFError):
        while wait or other.poll():
            number, result, fault = other.recv()
            if fault is not None:
                raise fault
            yield number, result


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
    process = fork.Process(target=_pour, args=(results, store, most_bytes), kwargs={"end": theirs, "other": ours}, daemon=True)

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
    results: Iterable[tuple[bytes, bytes]], store: BinaryIO, most_bytes: int, *, end: "Connection", other: "Connection"
) -> None:
    """Write results until the other end says so, or is gone; then send where they stand.

    Whatever goes wrong is left to be told where the work is done after all.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever is interrupted ends this process.
    other.close()  # Else it would not be gone with the process that has it.
    places: dict[bytes, tuple[int, int]] = {}
    position = 0
    waiting: list[bytes] = []
    with suppress(Exception):
        for key, value in results:
            places[key] = (len(value), position)
            position += len(value)
            waiting.append(value)
            is_full = position > most_bytes
            if is_full or len(waiting) == LOOK_EVERY:
                store.write(b"".join(waiting))
                waiting.clear()
                if is_full or end.poll():
                    break
        store.write(b"".join(waiting))
        store.flush()
        end.send(places)
