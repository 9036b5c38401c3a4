"""The files of a new site over those of the old one, one by one, with a journal by which the next build completes it."""

import errno
import json
import os
from collections.abc import Iterable
from pathlib import Path

from generator.files import read_file, write_file
from generator.outputs import remove_paths

JOURNAL = ".journal"


def complete(folder: Path, output: Path) -> None:
    """Do what was still to be done when moving the files of a stage was interrupted."""
    if raw := read_file(folder / JOURNAL):
        _move(folder, output, **json.loads(raw))


def replace_files(
    folder: Path, output: Path, changed: Iterable[str], *, first: Iterable[str] = (), last: Iterable[str] = ()
) -> str:
    """Let staged files take the place of those of the output one by one: removed are some `first`, and others `last`."""
    changes = sorted(changed, key=lambda path: (not path.startswith("assets/"), path))
    work = {"first": sorted(first), "changed": changes, "gone": sorted(last)}
    # Whole or not at all: from here on, the next build completes what this one cannot.
    write_file(folder / JOURNAL, json.dumps(work).encode())
    _move(folder, output, **work)
    return "in place"


def _move(folder: Path, output: Path, *, changed: Iterable[str], gone: Iterable[str] = (), first: Iterable[str] = ()) -> None:
    """Take away what goes first, move staged files over those of the output, and take away what is gone.

    What is done already is passed over.
    """
    remove_paths(output, first)
    for path in changed:
        staged, target = f"{folder}/{path}", f"{output}/{path}"
        try:
            _put(staged, target)
        except FileNotFoundError:
            if os.path.exists(staged):  # noqa: PTH110
                os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
                _put(staged, target)
    remove_paths(output, gone)
    (folder / JOURNAL).unlink(missing_ok=True)


def _put(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)  # noqa: PTH105
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        write_file(Path(target), Path(staged).read_bytes())  # Into another file system.
        os.unlink(staged)  # noqa: PTH108
