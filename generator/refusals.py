"""What a refusal of the system means: which file it is about, in which way, and what to do."""

import errno
import os
import re
from pathlib import Path

from generator.errors import Location, OutputError, error
from generator.places import Places

# `write_file` writes beside the file that it is about, under the name of its process.
_STAGED = re.compile(r"\.(.+)\.\d+")


def translate(problem: OSError, places: Places, *, is_build: bool = True) -> OutputError:
    """Return a failure of the disk, or of the processes that work for this one, as a sentence; in one that `is_build`, or not."""
    untouched = "the old site is untouched; " if is_build and places.output.exists() else ""
    if isinstance(problem, ChildProcessError):
        hint = f"{untouched}where memory is short, {'build' if is_build else 'try'} with --jobs 1"
        return OutputError(error("killed-process", Location(places.shown(places.output)), str(problem), hint))
    refused = Path(os.fsdecode(problem.filename or places.output))
    staged = _STAGED.fullmatch(refused.name)
    path = refused.with_name(staged[1]) if staged else refused
    is_input = any(path.is_relative_to(folder) for folder in (places.content, places.seeds, places.templates))
    message, hint = _tell(problem, is_input=is_input, is_read=is_input and not staged and refused.exists())
    hint = hint or f"{untouched}make room or rights, and {'build' if is_build else 'try'} again"
    return OutputError(error("disk-refused", Location(places.shown(path)), message, hint))


def _tell(problem: OSError, *, is_input: bool, is_read: bool) -> tuple[str, str]:
    """Return what has happened, and what to do: nothing where it is said of all else."""
    said = problem.strerror or str(problem)
    if problem.errno == errno.EISDIR:
        return "a folder stands where a file has to be", "rename it"
    if problem.errno in (errno.ENOTDIR, errno.EEXIST):
        return "a file stands where a folder has to be", "rename it"
    if is_read:
        return f"this cannot be read: {said}", "give the right to read it"
    if is_input:
        return f"this cannot be written: {said}", "make room or rights, and try again"
    return said, ""
