"""Where the parts of an archive are, and which inputs changed since the last build."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.errors import ConfigError, Location, OutputError, error, show_name
from generator.files import list_visible

PACKAGE = Path(__file__).resolve().parent
# A wheel carries the theme inside the package; a source tree beside it.
THEME = PACKAGE / "_templates" if (PACKAGE / "_templates").is_dir() else PACKAGE.parent / "templates"
# What an archive keeps below its `content/`.
SETTINGS_PATH, INGESTED_PATH, DECLINED_PATH = "archive.toml", "ingested.toml", "declined.toml"
BRIEFINGS_PATH, PAGES_PATH, VOCABULARY_PATH = "briefings", "pages", "vocabulary"


class Places(NamedTuple):
    """The folders of an archive; `root` is what paths in messages are relative to."""

    root: Path
    content: Path
    seeds: Path
    templates: Path
    output: Path
    cache: Path

    @property
    def settings(self) -> Path:
        """The file of the settings."""
        return self.content / SETTINGS_PATH

    @property
    def briefings(self) -> Path:
        """The folder of the briefings."""
        return self.content / BRIEFINGS_PATH

    @property
    def pages(self) -> Path:
        """The folder of the editors' pages."""
        return self.content / PAGES_PATH

    @property
    def vocabulary(self) -> Path:
        """The folder of the archive's own vocabulary."""
        return self.content / VOCABULARY_PATH

    @property
    def ingested(self) -> Path:
        """The list of what was ingested."""
        return self.content / INGESTED_PATH

    def shown(self, path: Path) -> str:
        """Return a path as messages give it: relative to the archive where it lies inside."""
        return show_name(str(path.relative_to(self.root) if path.is_relative_to(self.root) else path))


def find_places(
    root: Path,
    *,
    content: str | None = None,
    seeds: str | None = None,
    templates: str | None = None,
    output: str | None = None,
    cache: str | None = None,
    must_exist: bool = True,
) -> Places:
    """Return the places of the archive at `root`: the usual folders, or others relative to it.

    Raises: ConfigError when there is nothing to build (unless that does not matter), or where the output or the cache would
    lie over the inputs; OutputError when the working folder is gone.
    """
    base = _find_base(root)
    if must_exist:
        _check_named(base, {"--content": content, "--seeds": seeds, "--templates": templates})
    places = Places(
        root=base,
        content=Path(os.path.normpath(base / (content or "content"))),
        seeds=Path(os.path.normpath(base / (seeds or "seeds"))),
        templates=Path(os.path.normpath(base / (templates or "templates"))),
        output=Path(os.path.normpath(base / (output or "site"))),
        cache=Path(os.path.normpath(base / (cache or ".cache"))),
    )
    if must_exist and not places.content.is_dir() and not places.seeds.is_dir():
        where = Location(places.shown(places.content))
        hint = "for a new archive make a folder content; for another one name its folder with -C"
        raise ConfigError(error("no-archive", where, "there is neither a content nor a seeds folder here", hint))
    _check_apart(places)
    return places


def _find_base(root: Path) -> Path:
    """Return the folder at which an archive is.

    Raises: ConfigError when there is none; OutputError when the working folder is gone.
    """
    try:
        # Where `..` leads is known to the system alone: behind a link it is another folder than the one before it.
        base = root.resolve() if ".." in root.parts else root.absolute()
    except FileNotFoundError as problem:
        message = "the folder in which you are is not there any more"
        raise OutputError(error("disk-refused", Location(str(root)), message, "go to another one")) from problem
    if not base.is_dir():
        hint = "name that of an archive with -C"
        raise ConfigError(error("no-such-folder", Location(str(root)), "there is no such folder", hint))
    return base


def _check_named(base: Path, named: Mapping[str, str | None]) -> None:
    """Raise ConfigError for the options that name a folder which is not there."""
    missing = [(option, folder) for option, folder in named.items() if folder and not (base / folder).is_dir()]
    if missing:
        raise ConfigError(
            *(error("no-such-folder", Location(option), f"there is no folder {folder}") for option, folder in missing)
        )


def _check_apart(places: Places) -> None:
    """Raise ConfigError where the output or the cache would lie over what a site is made of, or the cache in that or the site."""
    inputs = (places.content, places.seeds, places.templates, THEME, PACKAGE)
    for folder in inputs:
        if folder.is_relative_to(places.output) or places.output.is_relative_to(folder):
            where = Location(places.shown(places.output))
            raise ConfigError(
                error("output-over-input", where, f"the output lies over {places.shown(folder)}", "name another one with -o")
            )
    for folder in (*inputs, places.output):
        is_below = folder.is_relative_to(places.cache) and folder != places.output
        if is_below or _is_seen_in(places.cache, folder):
            where = Location(places.shown(places.cache))
            message = f"the cache cannot lie in or over {places.shown(folder)}"
            raise ConfigError(error("cache-over-files", where, message, "name another one with --cache"))


def _is_seen_in(path: Path, folder: Path) -> bool:
    """Say whether a path lies in a folder where whoever walks it finds it: not below a hidden name."""
    return path.is_relative_to(folder) and not any(part.startswith(".") for part in path.relative_to(folder).parts)


Stat = tuple[int, int, int]
LINKED: Stat = (-2, 0, 0)
"""What a scan knows of a symbolic link, which nothing follows."""


def scan(places: Places) -> Mapping[str, Stat]:
    """Return what the file system knows of every input: size and times, which no writer leaves all alone.

    The generator's own files and the folders of installed packages are inputs too: another version may write other bytes.
    """
    found = scan_folders((places.content, places.seeds, places.templates, THEME, PACKAGE))
    # The settings may be a link. Nothing reads those beside the content, and the build says so as long as they are there.
    for folder in (places.content, places.content.parent):
        settings = f"{folder}/{SETTINGS_PATH}"
        with suppress(OSError):
            state = os.stat(settings)  # noqa: PTH116
            found[settings] = (state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    for installed in _find_installed():
        state = os.stat(installed)  # noqa: PTH116
        found[installed] = (0, state.st_mtime_ns, state.st_ctime_ns)
    return found


def scan_folders(folders: Iterable[Path]) -> dict[str, Stat]:
    """Return the size and times of every file below some folders by its whole path, and `LINKED` of every symbolic link.

    Like `files.walk` it passes over hidden names, Python's caches, pipes and devices.
    """
    found: dict[str, Stat] = {}
    for folder in dict.fromkeys(folders):
        _scan(str(folder), found)
    return found


def find_changed(before: Mapping[str, Stat], now: Mapping[str, Stat]) -> list[str]:
    """Return the inputs that are new or not as they were, by what two scans found of them."""
    return [file for file, state in now.items() if before.get(file) != state]


def rescan(state: Mapping[str, Stat], saved: Iterable[str]) -> Mapping[str, Stat] | None:
    """Return the `state` that a scan found with what is now known of the files that were `saved` since.

    None where only another scan can tell: when one of them is no file that was there, or is there no more.
    """
    found = dict(state)
    for path in saved:
        try:
            now = os.lstat(path)
        except OSError:
            if path in state:
                return None
            continue  # What an editor keeps for a moment beside the file that is saved.
        if path not in state or not stat.S_ISREG(now.st_mode):
            return None
        found[path] = (now.st_size, now.st_mtime_ns, now.st_ctime_ns)
    return found


def _find_installed() -> Iterator[str]:
    """Yield the folders of Python's path in which packages are installed: installing another version changes their times.

    Whatever is written into the others, such as the folder in which Python was started, is no package.
    """
    for folder in filter(None, sys.path):
        with suppress(OSError):
            # To ask `importlib.util` where each library is, took 27 of the 117 ms of a build that finds nothing changed.
            if any(name.endswith((".dist-info", ".egg-info")) for name in os.listdir(folder)):  # noqa: PTH208
                yield folder


def _scan(folder: str, found: dict[str, Stat]) -> None:
    try:
        entries = list_visible(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_symlink():
            found[entry.path] = LINKED
        elif entry.is_dir():
            _scan(entry.path, found)
        elif entry.is_file():
            state = entry.stat()
            found[entry.path] = (state.st_size, state.st_mtime_ns, state.st_ctime_ns)
