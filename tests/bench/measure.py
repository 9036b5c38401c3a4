"""Runs whole processes and says what they cost: seconds, processor seconds, and the memory of the largest one."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: `cpu_s` with all its processes, `memory_mb` of the largest of them."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder, and return what it cost; a command that fails ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the run of median seconds, with the largest memory of all runs."""
    middle = sorted(costs, key=lambda cost: cost.wall_s)[len(costs) // 2]
    return Cost(statistics.median(cost.wall_s for cost in costs), middle.cpu_s, max(cost.memory_mb for cost in costs))
