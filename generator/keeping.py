"""The cache on the disk: its folder, and its files, of which each gives what it holds or is told to be of no use."""

import shutil
from pathlib import Path
from typing import Any

from generator.cache import dump_cache, parse_cache
from generator.errors import Location, OutputError, error
from generator.files import read_file, remove_folder, write_file

CACHE_TAG = "CACHEDIR.TAG"
# Source: bford.info/cachedir. Backup programs pass over a folder with this file, and `remove_cache` knows it for ours.
_CACHE_TAG_TEXT = b"Signature: 8a477f597d28d172789f06886806bc55\n# Kept by bilateral between builds; losing it costs time only.\n"


def read_kept(file: Path, damaged: list[Path]) -> dict[str, Any]:
    """Return the values of a file of the cache, none where there is no such file; one that cannot be used joins `damaged`."""
    try:
        raw = file.read_bytes()  # In one piece: of 100,000 briefings it is 90 MB, and `read_file` is for many small files.
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError:
        raw = b""
    values = parse_cache(raw)
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


def claim_cache(cache: Path) -> None:
    """Make the cache folder and mark it as ours; one that holds other things is used as it is, and never removed."""
    if not cache.exists() or not any(cache.iterdir()):
        write_file(cache / CACHE_TAG, _CACHE_TAG_TEXT)


def remove_cache(cache: Path) -> bool:
    """Remove the cache folder; return whether there was one.

    Raises: OutputError when it is not marked as ours.
    """
    if not cache.exists():
        return False
    if cache.is_symlink() or read_file(cache / CACHE_TAG) != _CACHE_TAG_TEXT:
        hint = "remove it yourself if nothing else needs it"
        raise OutputError(error("foreign-cache", Location(str(cache)), "this folder was not made by bilateral", hint))
    remove_folder(cache)
    return True
