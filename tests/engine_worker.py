"""Runs commands of whichever `generator` is on its path, one after the other, for tests that need another engine than their own.

Reads one JSON list of arguments a line, and answers each with one line: the exit code, and what was printed to both streams.
"""

import contextlib
import io
import json
import sys

from generator.cli import main


def run(arguments: list[str]) -> tuple[int, str, str]:
    """Run one command in this process; return its exit code, and what it printed to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
