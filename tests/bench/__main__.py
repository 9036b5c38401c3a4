"""Time builds of a synthetic archive and print a Markdown table: `python -m tests.bench [COUNT …]`.

Each build is a process of its own, as CI runs it: cold, with nothing changed, and with one body edited. Memory is the largest
resident size of one process.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.corpus import write_corpus

ROOT = Path(__file__).parent.parent.parent
RUNS = 3
# What most archives show: lists of pairs and sectors with their feeds. The families that multiply files are measured apart.
SETTINGS = """
title = "Bench"
[feeds]
content = "summary"
json = false
[pages]
countries = false
pair_sectors = false
years = false
kinds = false
people = false
organisations = false
markdown = false
citations = false
cards = false
overviews = false
maps = false
api = false
downloads = false
search = false
"""


def build(root: Path) -> tuple[float, float]:
    """Return the seconds of one build, and the largest resident size of its processes in MB."""
    command = [sys.executable, "-m", "generator", "-C", str(root), "-q", "build", "--no-ingest"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit("the build failed")
    return seconds, usage.ru_maxrss / 1024


def measure(folder: Path, count: int) -> tuple[str, ...]:
    """Return a row of the table for an archive of `count` briefings."""
    root = folder / str(count)
    paths = write_corpus(root, count)
    (root / "content/archive.toml").write_text(SETTINGS, encoding="utf-8")
    cold, warm, edits, memory = [], [], [], 0.0
    for run in range(RUNS):
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.rmtree(root / ".cache", ignore_errors=True)
        seconds, size = build(root)
        cold.append(seconds)
        memory = max(memory, size)
        warm.append(build(root)[0])
        with paths[count // 2].open("a", encoding="utf-8") as file:
            file.write(f"\nOne more sentence, {run}.\n")
        edits.append(build(root)[0])
    pages = sum(1 for _ in (root / "site").rglob("*.html"))
    times = (f"{statistics.median(values):.2f} s" for values in (cold, warm, edits))
    return (f"{count:,}", f"{pages:,}", *times, f"{statistics.median(cold) / count * 1000:.2f} ms", f"{memory:.0f} MB")


def main() -> None:
    """Print the table for the sizes that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000], help="numbers of briefings (default: 1000)")
    counts = parser.parse_args().counts
    print("| briefings | pages | cold | nothing changed | one body edited | cold, each | memory |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        for count in counts:
            print("| " + " | ".join(measure(Path(folder), count)) + " |", flush=True)


if __name__ == "__main__":
    main()
