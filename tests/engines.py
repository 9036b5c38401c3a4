"""Two engines to build with: the one under test, in this process, and an edited copy of it in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from tests import engine_worker

PROJECT = Path(__file__).parent.parent
EDITION = "second edition"
# What the copy does otherwise, as lines at the end of two of its modules: a mark in every converted text, and one in robots.txt.
_EDITS = {
    "publish/markup/__init__.py": f"""
_first = render_markdown
def render_markdown(*texts, **options):
    return _first(*texts, **options) + "<p>{EDITION}</p>"
_read = read_markdown
def read_markdown(*texts, **options):
    html, words = _read(*texts, **options)
    return html + "<p>{EDITION}</p>", words
""",
    "publish/pages/system.py": f"""
_first = make_robots
def make_robots(base_url):
    return _first(base_url) + b"# {EDITION}"
""",
}


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Engine(Protocol):
    """Runs one command of `bilateral`."""

    def __call__(self, *arguments: str) -> Said: ...


def run_here(*arguments: str) -> Said:
    """Run one command in this process."""
    return Said(*engine_worker.run(list(arguments)))


def copy_engine(folder: Path) -> Path:
    """Copy the package and its theme below `folder`, and edit the copy as an update of the program would."""
    for name in ("generator", "templates"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, lines in _EDITS.items():
        path = folder / "generator" / name
        path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return folder


@contextmanager
def engine_at(folder: Path) -> Iterator[Engine]:
    """Start a process with the engine in `folder`, and give a function that runs commands in it."""
    command = [sys.executable, str(Path(engine_worker.__file__))]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None

        def run(*arguments: str) -> Said:
            worker.stdin.write(json.dumps(arguments) + "\n")
            worker.stdin.flush()
            return Said(*json.loads(worker.stdout.readline()))

        yield run
        worker.stdin.close()
