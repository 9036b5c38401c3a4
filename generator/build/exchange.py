"""How a new site takes the place of the old one: all of it in one step, or file by file where it is large and little changed.

What was made is staged beside the output. Then one of two things happens:

- **Exchange.** The staged tree gets hard links to what did not change (copies where the file system has no links), and the two
  trees change places in one call of the system (`renameat2`). A reader sees the old site or the new one, never a mixture.
- **In place.** Hard links cost 20 µs a file, whatever has changed: 2 s for the 110,000 files of 100,000 briefings. Beyond
  `LINKED_MOST` files that stay as they are, the staged files are moved over the old ones instead, assets before pages, and what
  is gone goes last, where the last build is known and so what that is. Each file is then old or new whole, and for some
  milliseconds the site is a mixture. A journal says what was to be done, so that the next build completes what an interruption
  left half done. So it is, too, where the output holds what no build wrote, such as `.git`, or is the root of a file system, as
  a volume of Docker is: neither can change places.

Power failures are not provided for: nothing waits for the disk, and a site can be built again.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.build.in_place import complete, replace_files
from generator.errors import Location, OutputError, Problem, error
from generator.files import lock, remove
from generator.outputs import (
    MARKER,
    check_output,
    dump_marker,
    find_foreign,
    find_rests,
    has_list,
    is_of_host,
    old_of,
    remove_site,
    stage_of,
)

LINKED_MOST = 5_000

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What systems say that know no hard links (exFAT, some network drives), or no more of one file.
_LINKLESS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


class Stage(Struct, frozen=True):
    """The folder beside an output in which the next site gathers. Processes may write to it side by side.

    `is_first` says that there is no old site.
    """

    output: str
    folder: str
    is_first: bool

    def write(self, path: str, data: bytes) -> tuple[int, bool]:
        """Stage a file, unless the output holds it in these bytes; return its size, and whether it has changed."""
        if not self.is_first and _holds(f"{self.output}/{path}", data):
            return len(data), False
        target = f"{self.folder}/{path}"
        if path.endswith("/index.html"):  # Most often the first file of its folder: asking the system first takes 4 µs.
            _make_folder(target.rpartition("/")[0])
        try:
            file = _create(target)
        except FileNotFoundError:
            _make_folder(target.rpartition("/")[0])
            file = _create(target)
        try:
            rest = data
            while rest:  # A disk that is nearly full takes a part, and refuses the next.
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        return len(data), True


class Files(Struct, frozen=True):
    """The sizes of a new site's files by path; those that `changed` are staged, and those `standing` were written by builds.

    `standing` is None where nobody knows which of the files in the output builds have written.
    """

    sizes: Mapping[str, int]
    changed: frozenset[str]
    standing: frozenset[str] | None

    @property
    def gone(self) -> frozenset[str]:
        """The files of the old site that are not in the new one."""
        return (self.standing or frozenset()) - self.sizes.keys()


class Exchanged(NamedTuple):
    """How the staged files took their place, `exchange` or `in place`, and what stays in the output that no build wrote."""

    how: str
    foreign: tuple[str, ...] = ()


def open_stage(output: Path) -> Stage:
    """Return an empty stage for `output`, which the caller has locked."""
    folder = stage_of(output)
    heal(output)
    folder.mkdir(parents=True)
    return Stage(str(output), str(folder), is_first=not output.exists())


def heal(output: Path) -> None:
    """Complete what an interrupted exchange left half done, and remove what it staged; the caller has locked the output.

    Raises: OutputError when what it staged stays.
    """
    folder = stage_of(output)
    _settle(output)
    complete(folder, output)
    remove(folder)
    for rest in find_rests(output):
        message = "the rest of an earlier build cannot be removed"
        hint = "remove this folder yourself, and build again"
        raise OutputError(error("disk-refused", Location(str(rest)), message, hint))


def remove_output(output: Path) -> list[str] | None:
    """Remove a site that builds wrote, and what an interrupted one left beside it; return what stays, None where there was none.

    Raises: OutputError when the folder holds other files only, or another build is writing it; OSError when it stays.
    """
    check_output(output)
    if not (output / MARKER).exists() and not find_rests(output):
        return None
    with lock(output):
        heal(output)  # So that a site that was half moved is listed whole.
        return remove_site(output) if (output / MARKER).exists() else []


def close_stage(stage: Stage) -> None:
    """Remove what is staged: after an exchange that is the old site."""
    remove(Path(stage.folder))


def exchange(stage: Stage, files: Files, *, in_place: bool = False) -> Exchanged:
    """Let the staged files take the place of the old ones.

    `in_place` asks for moving files whatever the size: a preview has no readers who could see a mixture, and an editor who waits.

    Raises: OutputError where that would remove what no build wrote; OSError when the disk refuses. The old site then stands.
    """
    output, folder = Path(stage.output), Path(stage.folder)
    stay = files.sizes.keys() - files.changed
    if stage.is_first or files.standing != frozenset(files.sizes) or not has_list(output):
        changed = files.changed | {MARKER} if stage.write(MARKER, dump_marker(files.sizes))[1] else files.changed
    else:
        changed = files.changed
    may_move = files.standing is not None and (in_place or len(stay) > LINKED_MOST) and (output / MARKER).exists()
    if may_move and not _clash(stage.output, files):
        return Exchanged(replace_files(folder, output, changed, last=files.gone))
    foreign = _find_foreign(output, files, stay)
    if foreign:
        return Exchanged(_replace(stage, files, changed), tuple(foreign))
    _link(stage, stay if MARKER in changed else stay | {MARKER})
    try:
        _exchange(folder, output)
    except OSError as problem:
        if problem.errno != errno.EBUSY:
            raise
        return Exchanged(_replace(stage, files, changed))
    return Exchanged("exchange")


def _replace(stage: Stage, files: Files, changed: Iterable[str]) -> str:
    """Let staged files take the place of the old ones one by one; what is gone goes last, or first where it is in the way."""
    is_in_the_way = bool(files.gone) and _clash(stage.output, files)
    first, last = (files.gone, frozenset[str]()) if is_in_the_way else (frozenset[str](), files.gone)
    return replace_files(Path(stage.folder), Path(stage.output), changed, first=first, last=last)


def _find_foreign(output: Path, files: Files, stay: Collection[str]) -> list[str]:
    """Return what no build wrote, in a walk: of 14,000 files it takes 0.14 s.

    Raises: OutputError where it stands in the way of the new site, or where nobody knows that no build wrote it.
    """
    foreign = find_foreign(output, files.sizes.keys() if files.standing is None else files.standing | frozenset(stay))
    folders = {folder for path in files.changed for folder in _folders(path)}
    in_the_way = [
        path
        for path in foreign
        if {path, *_folders(path)} & files.changed or (path in folders and not _is_folder(output / path))  # One may be empty.
    ]
    if in_the_way:
        said = "a file of the site would take the place of this one, which no build wrote"
        raise OutputError(*(_refuse(output, path, said, "move it away, and build again") for path in in_the_way))
    unknown = [path for path in foreign if files.standing is None and not is_of_host(path)]
    if unknown:
        said = "nobody knows whether a build wrote this: the site is of an older version, and the cache is lost"
        raise OutputError(*(_refuse(output, path, said, "move away what you need, and remove the rest") for path in unknown))
    return foreign


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _refuse(output: Path, path: str, said: str, hint: str) -> Problem:
    return error("foreign-output", Location(str(output / path)), said, hint)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders of a path within the output, innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _create(path: str) -> int:
    # A file object, or a `Path`, costs as much as the system call.
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)


def _make_folder(folder: str) -> None:
    """Make a folder, and those above it where they are not there yet: most often they are."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except FileExistsError:
        pass  # Another process has made it.


def _holds(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as handle:  # noqa: PTH123
            return handle.read() == data
    except OSError:
        return False


def _clash(output: str, files: Files) -> bool:
    """Say whether a file is to stand where a folder is, a folder where a file or link is, or any where no build wrote what is."""
    new = files.changed - (files.standing or frozenset())
    folders = {folder for path in files.changed for folder in _folders(path)}
    return (
        any(os.path.isdir(f"{output}/{path}") for path in files.changed)  # noqa: PTH112
        or any(os.path.lexists(f"{output}/{path}") for path in new)
        or any(os.path.isfile(f"{output}/{folder}") or os.path.islink(f"{output}/{folder}") for folder in folders)  # noqa: PTH113, PTH114
    )


def _link(stage: Stage, kept: Iterable[str]) -> None:
    folders: set[str] = set()
    for path in kept:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(f"{stage.folder}/{folder}", exist_ok=True)  # noqa: PTH103
            folders.add(folder)
        old, new = f"{stage.output}/{path}", f"{stage.folder}/{path}"
        try:
            os.link(old, new)
        except OSError as problem:
            if problem.errno not in _LINKLESS:
                raise
            shutil.copy2(old, new)


def _exchange(stage: Path, output: Path) -> None:
    """Let `stage` and `output` change places in one step, or as near to it as the system allows.

    Where `renameat2` is missing (other systems, some network drives) two renames follow each other: for some microseconds there
    is no folder. Of readers opening a file in a loop, two plain renames let 64 % of the attempts miss; the exchange none.
    """
    if not output.exists():
        stage.rename(output)
        return
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        done = library.renameat2(_AT_FDCWD, os.fsencode(stage), _AT_FDCWD, os.fsencode(output), _RENAME_EXCHANGE)
        if done == 0:
            return
        if ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(output))
    try:
        output.rename(old_of(output))
        stage.rename(output)
    finally:
        _settle(output)


def _settle(output: Path) -> None:
    """Let the old site that stands aside take its place again where no other has, else remove it."""
    old = old_of(output)
    if (old / MARKER).exists() and not output.exists():
        old.rename(output)
    remove(old)
