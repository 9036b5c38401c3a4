"""The only reader and writer of `seeds/` and `content/`: sorted walks, whole files or none, and the folders that are ours."""

import os
import shutil
import time
from array import array
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TextIO

from generator.errors import Location, OutputError, error

# How long to wait for the processes of a build that was killed: they end by themselves, in 3 ms on an idle machine, and one that
# is just beginning has 0.1 s of imports before it.
ORPHANS_WAIT_S = 10
READ_BYTES = 1 << 16


def walk(folder: Path, *suffixes: str) -> list[str]:
    """Return the paths below `folder` of all files with one of `suffixes` (any, when none is given), with slashes, sorted.

    Hidden names and caches of Python are passed over, and links too: one could publish a file from outside the archive; pipes and
    devices, which may never end, as well. A folder that does not exist holds nothing.
    """
    return sorted(_walk(str(folder), "", suffixes or ("",)))


def _walk(folder: str, prefix: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    try:
        entries = list_visible(folder)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.endswith(suffixes) and entry.is_file(follow_symlinks=False):
            yield prefix + entry.name
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/", suffixes)


def list_visible(folder: str) -> list[os.DirEntry[str]]:
    """Return what a folder holds, but for hidden names and caches of Python.

    Raises: OSError when it cannot be read.
    """
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".") and entry.name != "__pycache__"]


def read_file(path: Path | str) -> bytes | None:
    """Return the bytes of a file, or None when there is none."""
    try:
        file = os.open(path, os.O_RDONLY)  # A file object asks the system what it is and how long: 4 µs a briefing.
    except (FileNotFoundError, NotADirectoryError):
        return None
    parts = []
    try:
        while part := os.read(file, READ_BYTES):
            parts.append(part)
    except OSError as problem:  # What is open has no name for the system, and a folder can be opened.
        problem.filename = os.fspath(path)
        raise
    finally:
        os.close(file)
    return b"".join(parts)


def open_file(path: Path) -> BinaryIO:
    """Return a file open for reading, an empty one where there is none."""
    try:
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        return BytesIO()


def write_file(path: Path, *parts: bytes) -> None:
    """Write a whole file of these parts or nothing: a reader never sees half of it, and a crash leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with staged.open("wb") as file:
            file.writelines(parts)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)


def prune(folder: Path, names: Collection[str]) -> None:
    """Remove the files of a folder that are not among `names`."""
    for path in folder.iterdir() if folder.exists() else ():
        if path.name not in names:
            remove(path)


@contextmanager
def lock(output: Path) -> Iterator[None]:
    """Hold the output for one build at a time.

    Where the process that took it is not to be found, it was killed, and this waits for what it has left: up to `ORPHANS_WAIT_S`.
    It may also run in another container or on another machine.

    Raises: OutputError when another build holds it, or still what one has left, naming its process.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    path = output.with_name(f".{output.name}.lock")
    with _hold(path, Location(str(output))) as handle:
        try:
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            yield
        finally:
            remove(path)


def _hold(path: Path, where: Location) -> TextIO:
    """Return the file of a lock, opened and locked."""
    import fcntl

    last_try = time.monotonic() + ORPHANS_WAIT_S
    while True:
        handle = path.open("a+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            with handle:
                handle.seek(0)
                holder = handle.read().strip()
            is_orphaned = holder.isdecimal() and not _is_alive(int(holder))
            if is_orphaned and time.monotonic() < last_try:
                time.sleep(0.01)
                continue
            if is_orphaned:
                message = f"something writes this folder for process {holder}, which is not to be found on this machine"
                hint = "wait until it is done, or end what a killed build has left"
            else:
                message = f"{f'process {holder}' if holder else 'another build'} is writing this folder"
                hint = "wait until it is done"
            raise OutputError(error("output-locked", where, message, hint)) from problem
        # Whoever held it may have ended since it was opened, and removed it: what is locked is then no lock any more.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                return handle
        handle.close()


def remove(path: Path) -> None:
    """Remove a file or folder that is ours, if it is there: once more where a signal interrupts it, in silence where it stays.

    What was to be done is done by then; what stays is removed by the next build.
    """
    try:
        _remove(path)
    except BaseException:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            remove_folder(path)
        else:
            path.unlink()


def remove_folder(folder: Path) -> None:
    """Remove a folder of ours.

    Raises: OSError when it stays.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        # Somebody made it read-only (`chmod -R a-w site`): a folder without the right to write keeps what it holds.
        _permit(folder)
        try:
            shutil.rmtree(folder)
        except OSError as problem:
            # It names what it could not remove from within the folder that holds it.
            raise OSError(problem.errno, problem.strerror, str(folder)) from problem


def _permit(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            _permit(path)


def sweep(folder: Path) -> None:
    """Remove what processes that are dead left half written in a folder of ours; see `write_file`."""
    for path in folder.glob(".*") if folder.is_dir() else ():
        process = path.name.rpartition(".")[2]
        if process.isdecimal() and not _is_alive(int(process)):
            remove(path)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    # A zombie has ended, and keeps its number until whoever started it asks how.
    state = (read_file(f"/proc/{process}/stat") or b"").rpartition(b") ")[2][:1]
    return state not in (b"Z", b"X")


class Spill:
    """Pieces of bytes, laid down in order and taken up again by number: in a file without a name, so that they take no memory."""

    def __init__(self) -> None:
        """Begin with none."""
        from tempfile import TemporaryFile  # 5 ms, and a build without new seeds spills nothing.

        self._ends = array("Q")
        self._file = TemporaryFile()  # noqa: SIM115  # `close` closes it.

    def append(self, piece: bytes, /) -> None:
        """Lay down one more."""
        self._file.write(piece)
        self._file.flush()  # Written far more seldom than read.
        self._ends.append((self._ends[-1] if self._ends else 0) + len(piece))

    def __getitem__(self, number: int, /) -> bytes:
        """Take one up."""
        start = self._ends[number - 1] if number else 0
        return os.pread(self._file.fileno(), self._ends[number] - start, start)

    def close(self) -> None:
        """Let go of all of them."""
        self._file.close()
