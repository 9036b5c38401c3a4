"""The folder of a site: what builds have written there, which they replace and remove, and what is not theirs and stays.

A site may be the worktree of a branch, or hold what its host asks for: `.git`, `CNAME`, the answer to a proof of ownership. So a
file in it lists all that the build wrote. It goes where the site goes, and is there when the cache is lost.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.errors import Location, OutputError, error, show_name
from generator.files import read_file, remove_folder

MARKER = ".bilateral"
_HEAD = b"# `bilateral build` has written these files, and replaces and removes them. Whatever else is put here stays.\n"
# A path that a build may have written: the list may come with a branch of somebody else, and lead out of the site.
_LISTED = re.compile(r"^(?:[^/.\n][^/\n]*/)*(?!\.{1,2}$)[^/\n]+$", re.MULTILINE)
# What hosts and file systems put into a folder that is still empty, besides hidden names.
_NAMES_OF_HOSTS = frozenset({"CNAME", "lost+found"})


def check_output(output: Path) -> None:
    """Raise OutputError unless `output` is absent, a folder that an earlier build wrote, or one without visible files."""
    if not output.exists() and not output.is_symlink():
        return
    if output.is_symlink() or not output.is_dir():
        raise OutputError(
            error("foreign-output", Location(str(output)), "the output is not a folder", "name another one with -o")
        )
    if not (output / MARKER).exists() and not all(is_of_host(path.name) for path in output.iterdir()):
        hint = "name an empty folder with -o, or empty this one yourself"
        raise OutputError(error("foreign-output", Location(str(output)), "this folder holds files that no build wrote", hint))


def is_of_host(name: str) -> bool:
    """Say whether a name in a site is one that hosts ask for, or hidden, and so put there on purpose."""
    return any(part.startswith(".") for part in name.split("/")) or name.partition("/")[0] in _NAMES_OF_HOSTS


def dump_marker(paths: Iterable[str]) -> bytes:
    """Return the file that lists the files of a site."""
    return _HEAD + "".join(f"{path}\n" for path in sorted(paths)).encode()


def has_list(output: Path) -> bool:
    """Say whether the files of a site are listed there."""
    with suppress(FileNotFoundError), (output / MARKER).open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD
    return False


def read_standing(output: Path) -> frozenset[str] | None:
    """Return the paths that builds have written to an output; None where that was before they were listed."""
    raw = read_file(output / MARKER)
    if raw is None:
        return frozenset()
    if not raw.startswith(_HEAD):
        return None
    return frozenset(_LISTED.findall(raw[len(_HEAD) :].decode("utf-8", "replace")))


def find_standing(output: Path, sizes: Collection[str], *, is_intact: bool) -> frozenset[str] | None:
    """Return the same; `sizes` are the files that the last build knows of, which `is_intact` if all of them are there."""
    standing = frozenset(sizes) if is_intact else read_standing(output)
    return frozenset(sizes) if standing is None and sizes else standing


def tell_foreign(shown: str, foreign: Collection[str]) -> Iterator[str]:
    """Yield the notice that a site holds what no build wrote, but for what hosts ask for: it may be there by accident."""
    told = [path for path in foreign if not is_of_host(path)]
    if told:
        more = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
        yield f"{shown} holds what no build wrote, and keeps it: {', '.join(map(show_name, told[:_TOLD]))}{more}"


_TOLD = 5


def find_foreign(output: Path, known: Collection[str]) -> list[str]:
    """Return the paths in an output that are not `known`, sorted: files, links, and hidden, empty and closed folders as one."""
    return sorted(_find_foreign(str(output), "", known)) if output.exists() else []


def _find_foreign(folder: str, prefix: str, known: Collection[str]) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except PermissionError:
        found = []
    if not found and prefix:
        yield prefix[:-1]
    for entry in found:
        path = prefix + entry.name
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _find_foreign(entry.path, f"{path}/", known)
        elif path not in known and path != MARKER:
            yield path


def remove_site(output: Path) -> list[str]:
    """Remove what builds wrote into an output, and the folder if that is all; return what stays in it."""
    standing = read_standing(output)
    foreign = find_foreign(output, standing or ())
    if standing is None:  # The file that marked such a site said that a build would remove everything in it.
        standing = frozenset(path for path in foreign if not is_of_host(path) or path == ".nojekyll")
        foreign = [path for path in foreign if path not in standing]
    if foreign:
        remove_paths(output, standing)
        (output / MARKER).unlink()
        return foreign
    try:
        remove_folder(output)
    except OSError:
        if any(output.iterdir()):
            raise  # Else it is where another file system begins, and nobody can remove it.
    return []


def remove_paths(output: Path, paths: Iterable[str]) -> None:
    """Remove files of an output, and the folders that they leave empty; what lies behind a link is not in the output."""
    for path in paths:
        folders = [output / folder for folder in Path(path).parents][:-1]
        if not any(folder.is_symlink() for folder in folders):
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                (output / path).unlink()
            _remove_empty(folders)


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders, each in the next one, up to the first that holds something."""
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            if any(folder.iterdir()):
                return
            folder.rmdir()


def stage_of(output: Path) -> Path:
    """Return the folder in which the next site of an output gathers."""
    return output.with_name(f".{output.name}.new")


def old_of(output: Path) -> Path:
    """Return the folder in which the old site of an output stands aside while another one takes its place."""
    return output.with_name(f".{output.name}.new.old")


def find_rests(output: Path) -> list[Path]:
    """Return the folders beside an output that an interrupted build has left."""
    return [folder for folder in (stage_of(output), old_of(output)) if folder.exists()]
