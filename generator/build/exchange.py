"""How a new site takes the place of the old one: all of it in one step, or file by file where it is large and little changed.

What was made is staged beside the output. Then one of two things happens:

- **Exchange.** The staged tree gets hard links to what did not change (copies where the file system has no links), and the two
  trees change places in one call of the system (`renameat2`). A reader sees the old site or the new one, never a mixture.
- **In place.** Hard links cost 20 µs a file, whatever has changed: 2 s for the 110,000 files of 100,000 briefings. Beyond
  `LINKED_MOST` files that stay as they are, the staged files are moved over the old ones instead, assets before pages, and what
  is gone goes last, where the last build is known and so what that is. Each file is then old or new whole, and for some
  milliseconds the site is a mixture. A journal says what was to be done, so that the next build completes what an interruption
  left half done.

Power failures are not provided for: nothing waits for the disk, and a site can be built again.
"""

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from io import FileIO
from pathlib import Path

from msgspec import Struct

from generator.errors import Location, OutputError, error
from generator.files import MARKER, MARKER_TEXT, find_rests, old_of, read_file, remove, stage_of, write_file

LINKED_MOST = 5_000
JOURNAL = ".journal"

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
        with file:
            rest = data
            while rest:  # A disk that is nearly full takes a part, and refuses the next.
                rest = rest[file.write(rest) :]
        return len(data), True


class Files(Struct, frozen=True):
    """The sizes of a new site's files by path; those that `changed` are staged, and those that are `gone` were in the old one.

    `gone` is None where it is not known what the old one held.
    """

    sizes: Mapping[str, int]
    changed: frozenset[str]
    gone: frozenset[str] | None


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
    if raw := read_file(folder / JOURNAL):
        _move(folder, output, **json.loads(raw))
    remove(folder)
    for rest in find_rests(output):
        message = "the rest of an earlier build cannot be removed"
        hint = "remove this folder yourself, and build again"
        raise OutputError(error("disk-refused", Location(str(rest)), message, hint))


def close_stage(stage: Stage) -> None:
    """Remove what is staged: after an exchange that is the old site."""
    remove(Path(stage.folder))


def exchange(stage: Stage, files: Files, *, in_place: bool = False) -> str:
    """Let the staged files take the place of the old ones; return how: `exchange` or `in place`.

    `in_place` asks for moving files whatever the size: a preview has no readers who could see a mixture, and an editor who waits.
    Where nobody knows what the old site holds, it goes as a whole: nothing else would take away what was deleted since.

    Raises: OSError when the disk refuses; the old site then stands whole.
    """
    output, folder = Path(stage.output), Path(stage.folder)
    stay = list(files.sizes.keys() - files.changed)
    may_move = files.gone is not None and (in_place or len(stay) > LINKED_MOST)
    if may_move and (output / MARKER).exists() and not _clash(stage.output, files.changed):
        changes = sorted(files.changed, key=lambda path: (not path.startswith("assets/"), path))
        goes = sorted(files.gone or ())
        # Whole or not at all: from here on, the next build completes what this one cannot.
        write_file(folder / JOURNAL, json.dumps({"changed": changes, "gone": goes}).encode())
        _move(folder, output, changed=changes, gone=goes)
        return "in place"
    if not stage.write(MARKER, MARKER_TEXT)[1]:
        stay.append(MARKER)
    _link(stage, stay)
    _exchange(folder, output)
    return "exchange"


def _create(path: str) -> FileIO:
    # Without a buffer, and a name without a `Path`: either costs as much as the system call.
    return open(path, "wb", buffering=0)  # noqa: PTH123


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


def _clash(output: str, changed: Iterable[str]) -> bool:
    """Say whether a file is to stand where the old site has a folder, or a folder where it has a file."""
    for path in changed:
        if os.path.isdir(f"{output}/{path}"):  # noqa: PTH112
            return True
        folder = os.path.dirname(f"{output}/{path}")  # noqa: PTH120
        while len(folder) > len(output):
            if os.path.isfile(folder):  # noqa: PTH113
                return True
            folder = os.path.dirname(folder)  # noqa: PTH120
    return False


def _move(folder: Path, output: Path, *, changed: Iterable[str], gone: Iterable[str]) -> None:
    """Move staged files over those of the output and take away what is gone; what is done already is passed over."""
    for path in changed:
        staged, target = f"{folder}/{path}", f"{output}/{path}"
        try:
            os.replace(staged, target)  # noqa: PTH105
        except FileNotFoundError:
            if os.path.exists(staged):  # noqa: PTH110
                os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
                os.replace(staged, target)  # noqa: PTH105
    for path in gone:
        (output / path).unlink(missing_ok=True)
        parent = (output / path).parent
        while parent != output and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
    (folder / JOURNAL).unlink(missing_ok=True)


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
    if old.exists() and not output.exists():
        old.rename(output)
    remove(old)
