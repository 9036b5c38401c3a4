"""The files of the cache on the disk: what one holds, or that it cannot be used."""

import shutil
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from generator.cache import dump_cache, parse_cache
from generator.files import write_file


def read_kept(file: Path, damaged: list[Path]) -> dict[str, Any]:
    """Return the values of a file of the cache, none where there is no such file; one that cannot be used joins `damaged`."""
    try:
        with file.open("rb") as opened:
            # Not read: of 100,000 briefings it is 90 MB, and the copy took a quarter of the time of loading it.
            values = parse_cache(memoryview(mmap(opened.fileno(), 0, access=ACCESS_READ)))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError):  # An empty file cannot be mapped.
        values = None
    if values is None:
        damaged.append(file)
    return values or {}


def tell_damaged(name: str) -> str:
    """Return the notice about a file of the cache that cannot be used."""
    return f"{name} is damaged or of another version: what it held is made anew"


def write_kept(file: Path, values: dict[str, Any]) -> None:
    """Write a file of the cache, whatever stands in its place."""
    if file.is_dir():
        drop_kept(file)
    write_file(file, *dump_cache(values))


def drop_kept(file: Path) -> None:
    """Remove a file of the cache.

    Raises: OSError when it stays.
    """
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.unlink(missing_ok=True)
