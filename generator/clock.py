"""How long each pass took, and how long one may take: the only place that looks at a clock."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Never, TypeVar

Value = TypeVar("Value")

Report = Callable[[str], None]


def silent(_: str) -> None:
    """Report nothing."""


class Clock:
    """Times the passes of a build."""

    def __init__(self, report: Report = silent) -> None:
        self.timings: dict[str, float] = {}
        self.report = report

    def run(self, name: str, function: Callable[..., Value], *arguments: Any, **named: Any) -> Value:
        """Return what a function makes of its arguments, and add its seconds to those of the pass."""
        self.report(name)
        start = time.perf_counter()
        value = function(*arguments, **named)
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - start
        return value


def timed(function: Callable[..., Value], *arguments: Any) -> tuple[Value, float]:
    """Return what a function makes of its arguments, and the seconds that it took."""
    start = time.perf_counter()
    value = function(*arguments)
    return value, time.perf_counter() - start


class OutOfTimeError(BaseException):
    """Something took longer than it may; no `Exception`, since libraries catch all of these and go on."""


# Once more after a second, for whoever catches even this.
_AGAIN_S = 1.0


@contextmanager
def time_limit(limit_s: float) -> Iterator[None]:
    """Raise OutOfTimeError in a block that has used so many seconds of the processor; what others use of it does not count.

    A signal does that, which reaches patterns in the midst of a search; outside of the main thread there is none, and no limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> Never:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit_s, _AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
