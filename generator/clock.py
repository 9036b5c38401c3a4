"""How long each pass took: the only place that looks at a clock."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

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
