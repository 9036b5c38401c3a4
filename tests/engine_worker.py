"""Runs commands of whichever `generator` is on its path, one after the other, for tests that need another engine than their own.

Reads one JSON list of arguments a line, and answers each with one line: the exit code, and what was printed to both streams.
"""

import contextlib
import io
import itertools
import json
import sys

from generator.build import collect_rest
from generator.cli import main

# A build leaves half a megabyte to be collected, and a long run builds 10,000 times.
COLLECT_EVERY = 50
_runs = itertools.count(1)


def run(arguments: list[str]) -> tuple[int, str, str]:
    """Run one command in this process; return its exit code, and what it printed to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    if next(_runs) % COLLECT_EVERY == 0:
        collect_rest()
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
