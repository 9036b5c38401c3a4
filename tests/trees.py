"""Folders of files as tests compare them: their bytes, and whether a file was written again."""

import hashlib
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """What tells that a file was written: its inode and its time."""

    inode: int
    time_ns: int


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of every file below a folder; one that does not exist holds nothing."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def read_stamps(folder: Path) -> dict[str, Stamp]:
    """Return path → stamp of every file below a folder."""
    found = ((str(path.relative_to(folder)), path.stat()) for path in folder.rglob("*") if path.is_file())
    return {name: Stamp(state.st_ino, state.st_mtime_ns) for name, state in found}


def digest_tree(folder: Path) -> str:
    """Return one digest of all names and bytes below a folder."""
    digest = hashlib.sha256()
    for name, data in read_tree(folder).items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def write_tree_below(folder: Path, files: dict[str, str]) -> Path:
    """Write files (path → text) below a folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
