"""The seeds on disk: what lies there, article by article, and whether a certain one still does."""

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, field

from generator.clock import OutOfTimeError, time_limit
from generator.errors import ConfigError, Location, error
from generator.files import open_file, walk
from generator.fingerprint import stamp_file
from generator.ingest.formats import Refusal, Unread, find_articles, read_one
from generator.model import Seed
from generator.places import Places

# The slowest seed that can be read, of 8 MB, takes a third of this.
SEED_TIME_S = 60.0


def read_seeds_of(places: Places, paths: Sequence[str] = ()) -> Iterator[Seed | Refusal]:
    """Yield every article of the seeds folder, or of the files and folders at `paths`, in the order of their names.

    Raises: ConfigError when a path does not exist.
    """
    for file in _find_files(places, paths):
        # Read one by one: 10,000 records in one file are never in memory together.
        with open_file(file) as opened:
            yield from read_in_time(opened, places.shown(file))


def read_in_time(file: BinaryIO, path: str) -> Iterator[Seed | Refusal]:
    """Yield the articles of a file one by one; a refusal in place of each that takes too long.

    Where it is the file that takes too long, between two articles, none is known of behind it.
    """
    articles = find_articles(file, path)
    while item := _read_next(articles, path):
        yield item


def _read_next(articles: Iterator[Unread], path: str) -> Seed | Refusal | None:
    """Return the next article of a file within its time, None behind the last one."""
    place = path, Location(path)
    try:
        with time_limit(SEED_TIME_S):
            article = next(articles, None)
            if article is None:
                return None
            place = article.id, article.location
            return read_one(article)
    except OutOfTimeError:
        return refuse_slow(*place)


def refuse_slow(seed_id: str, location: Location) -> Refusal:
    """Return why a seed is left out that takes more than its time."""
    said = f"reading it takes more than {SEED_TIME_S:.0f} seconds"
    return Refusal(seed_id, location, error("seed-time", location, said, "shorten it, or save it as plain text"))


def _find_files(places: Places, paths: Sequence[str]) -> Iterator[Path]:
    if not paths:
        yield from (places.seeds / name for name in _list(places.seeds))
        return
    for path in paths:
        found = Path(os.path.normpath(places.root / path))
        if not found.exists():
            raise ConfigError(error("no-seed", Location(path), "there is no such file or folder"))
        files = [found / name for name in _list(found)] if found.is_dir() else [found]
        content = places.content.resolve()
        if any(file.resolve().is_relative_to(content) for file in files):
            hint = f"name what lies in {places.shown(places.seeds)}, or elsewhere"
            raise ConfigError(error("seed-in-content", Location(path), "a briefing is no seed", hint))
        yield from files


def _list(folder: Path) -> list[str]:
    """Return the files of a folder, by their names without suffix: `story.txt` before `story-copy.txt`, whose original it is."""
    names = walk(folder)
    beside = _find_folders_of_pages(names)
    seeds = (name for name in names if not _is_about_folder(name) and not _lies_in(name, beside))
    return sorted(seeds, key=lambda name: (str(Path(name).with_suffix("")), name))


def find_passed_over(places: Places) -> Iterator[str]:
    """Yield the notice of each file of the seeds folder that is no seed, and of each folder of files that belong to a page."""
    names = walk(places.seeds)
    beside = _find_folders_of_pages(names)
    for folder, page in beside.items():
        shown = places.shown(places.seeds / folder)
        yield f"{shown}/ is passed over: a browser has put there what belongs to the page {Path(page).name} beside it"
    for name in names:
        if not _lies_in(name, beside) and _is_about_folder(name):
            yield f"{places.shown(places.seeds / name)} is passed over: by its name it is about its folder, and no article"


# How browsers name the folder beside a page that they save with all its pictures and scripts, by their language.
_FOLDER_ENDS = (
    *("_files", "-Dateien", "_pliki", "_soubory", "_súbory", "_fichiers", "_archivos", "_file", "_bestanden", "_arquivos"),
    *("_ficheiros", "-filer", "_failai", "_faili", "_failid", "_elemei", "_tiedostot", "_файлы", "_файли"),
)


def _find_folders_of_pages(names: Sequence[str]) -> dict[str, str]:
    """Return each folder beside a saved page that holds what belongs to it, with the page."""
    pages: dict[str, str] = {}
    for name in names:
        if name.lower().endswith((".html", ".htm", ".xhtml")):
            stem = unicodedata.normalize("NFC", name.rpartition(".")[0])
            pages.update((f"{stem}{end}", name) for end in _FOLDER_ENDS)
    folders = {folder: None for name in names if "/" in name for folder in map(str, Path(name).parents[:-1])}
    known = ((folder, pages.get(unicodedata.normalize("NFC", folder))) for folder in folders)
    return {folder: page for folder, page in known if page}


def _lies_in(name: str, folders: Mapping[str, str]) -> bool:
    return bool(folders) and any(str(folder) in folders for folder in Path(name).parents)


def _is_about_folder(name: str) -> bool:
    """Say whether a file tells of the folder in which it lies, as one does that keeps an empty folder in Git."""
    return Path(name).stem.casefold() == "readme"


class SeedFiles(Struct):
    """Which articles lie where: each file is read when it is asked for, and all of them when one is not where it was."""

    places: Places
    _files: Mapping[str, Path] = field(default_factory=dict)
    _by_file: dict[str, frozenset[str]] = field(default_factory=dict)
    _all: frozenset[str] | None = None

    def hold(self, digest: str, file: str = "") -> bool:
        """Say whether an article lies in a file (`seeds/x.jsonl#3`: in `seeds/x.jsonl`), or anywhere."""
        if file:
            return digest in self._read(file)
        if self._all is None:
            items = read_seeds_of(self.places)
            self._all = frozenset(item.digest for item in items if isinstance(item, Seed))
        return digest in self._all

    def _read(self, name: str) -> frozenset[str]:
        """Return the digests of the articles in a file; none where it does not lie any more."""
        file, is_one = self._find(name), True
        if file is None and "#" in name:
            name = name.rpartition("#")[0]
            file, is_one = self._find(name), False
        if file is None:
            return frozenset()
        if name not in self._by_file:
            with open_file(file) as opened:
                whole = stamp_file(opened)
                opened.seek(0)
                seeds = read_in_time(opened, name) if not is_one else ()
                self._by_file[name] = frozenset((whole, *(seed.digest for seed in seeds if isinstance(seed, Seed))))
        return self._by_file[name]

    def _find(self, name: str) -> Path | None:
        """Return the file that is shown under a name: one that is not UTF-8 has another on disk."""
        if not self._files:
            folder = self.places.seeds
            self._files = {self.places.shown(folder / path): folder / path for path in walk(folder)}
        elsewhere = Path(os.path.normpath(self.places.root / name))
        return self._files.get(name) or (elsewhere if elsewhere.is_file() else None)
