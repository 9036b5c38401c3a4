"""The page of the downloads: what it says can be done with them can be done."""

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest

from generator.publish.citations import CITATION_ROLLS, make_imprint, pack_citations
from generator.publish.citations.files import render_bibtex, render_csl, render_ris
from generator.publish.exports import render_downloads
from generator.publish.exports.database import Database
from generator.publish.exports.tables import Lines, Table
from tests.archives import ARCHIVE_TOML, small_archive
from tests.conftest import WriteTree, build_site

# The command line of SQLite, as far as the examples use it: not every machine has one.
SQLITE = f"""#!{sys.executable}
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(*row, sep="|")
"""
# In the order of the page: the first line that each example prints.
FIRST_LINES = (
    "in-kr|2",
    "Three countries meet",
    "India and South Korea meet",
    "2023-08-18 Three countries meet",
    "briefings.bib: OK",
)


@pytest.fixture
def downloads(write_tree: WriteTree, tmp_path: Path) -> Path:
    """Return the folder of the downloads of a small archive."""
    assert not build_site(write_tree(small_archive())).failed
    return tmp_path / "site/data"


def test_the_examples_of_the_page_run(downloads: Path, tmp_path: Path) -> None:
    (tmp_path / "sqlite3").write_text(SQLITE, encoding="utf-8")
    (tmp_path / "sqlite3").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    page = (downloads / "index.html").read_text(encoding="utf-8")
    examples = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    for example, first in zip(examples, FIRST_LINES, strict=True):
        command = ["sh", "-c", html.unescape(example)]
        told = subprocess.run(command, cwd=downloads, env=environment, capture_output=True, text=True, check=True).stdout
        assert told.startswith(first), example


def test_citations_of_all_briefings_are_those_of_their_pages(downloads: Path) -> None:
    pages = sorted((downloads.parent / "briefings").glob("*/citation.bib"), reverse=True)
    assert len(pages) == 4

    def read(name: str) -> list[str]:
        return [(page.parent / name).read_bytes().decode() for page in pages]

    assert (downloads / "briefings.bib").read_bytes().decode() == "\n".join(read("citation.bib"))
    assert (downloads / "briefings.ris").read_bytes().decode() == "\r\n".join(read("citation.ris"))
    items = json.loads((downloads / "briefings.csl.json").read_bytes())
    assert items == [item for file in read("citation.json") for item in json.loads(file)]
    package = json.loads((downloads / "datapackage.json").read_bytes())
    assert {resource["name"] for resource in package["resources"]} >= {"briefings-bib", "briefings-ris", "briefings-csl-json"}


def test_no_citations_are_offered_where_pages_have_none(write_tree: WriteTree) -> None:
    off = {"content/archive.toml": ARCHIVE_TOML + "[pages]\ncitations = false\n"}
    files = build_site(write_tree(small_archive() | off), publish=False).rendered
    assert not any(url.endswith((".bib", ".ris", ".csl.json")) for url in files)
    assert b"briefings.bib" not in files["/data/"] + files["/data/datapackage.json"] + files["/data/SHA256SUMS"]


def test_the_citations_of_no_briefings_are_an_empty_list() -> None:
    packed = pack_citations((), make_imprint("Archive", "", "https://example.org/"))
    written = {name: zlib.decompress(packed[name]) for name in CITATION_ROLLS}
    assert json.loads(written.pop("briefings.csl.json")) == []
    assert set(written.values()) == {b""}


def test_the_page_names_every_file_with_the_checksum_that_it_has(downloads: Path) -> None:
    page = (downloads / "index.html").read_text(encoding="utf-8")
    sums = dict(reversed(line.split("  ")) for line in (downloads / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums.keys() == {path.name for path in downloads.iterdir()} - {
        "index.html",
        "SHA256SUMS",
        "datapackage.json",
        "briefing.schema.json",
    }
    for name, digest in sums.items():
        assert re.search(rf"{re.escape(name)}</a></th>.*{digest[:16]}", page), name


INDIA = "content/briefings/2025/2025-08-16-india.md"
# What is called for each briefing when a file of all of them is made.
PARTS: dict[str, Callable[..., object]] = {
    "briefings.csv": Table.add,
    "briefings.jsonl": Lines.add,
    "briefings.sqlite": Database.add,
    "briefings.bib": render_bibtex,
    "briefings.ris": render_ris,
    "briefings.csl.json": render_csl,
}
WITH_TEXTS = {"briefings.jsonl", "briefings.sqlite"}
EDITS: dict[str, tuple[str, str, str, set[str]]] = {
    "a text": (INDIA, "agreed on", "agreed at last on", WITH_TEXTS),
    "another page": ("content/pages/about.md", "See", "Look at", set()),
    "a title": (INDIA, "title: India and South Korea meet", "title: They meet", set(PARTS)),
    "what may be shown": ("content/archive.toml", "title", 'rights.default = "link"\ntitle', set(PARTS)),
}


def count_made(root: Path) -> dict[str, int]:
    """Build, and return how many briefings were put into each file of all of them."""
    profile = Profile()
    assert not profile.runcall(build_site, root).failed
    makers = {render_downloads.__code__, pack_citations.__code__}
    calls = [call for entry in profile.getstats() if entry.code in makers for call in entry.calls or ()]
    counts = {name: sum(call.callcount for call in calls if call.code == part.__code__) for name, part in PARTS.items()}
    return {name: count for name, count in counts.items() if count}


def read_data(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "site/data").iterdir()}


@pytest.mark.parametrize("what", EDITS)
def test_files_of_all_briefings_are_made_once_and_those_without_texts_not_again_for_an_edit_of_texts(
    write_tree: WriteTree, what: str
) -> None:
    root = write_tree(small_archive())
    assert count_made(root) == dict.fromkeys(PARTS, 4)
    before = read_data(root)
    name, old, new, anew = EDITS[what]
    text = (root / name).read_text(encoding="utf-8")
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert text.count(old)
    assert count_made(root) == dict.fromkeys(sorted(anew, key=list(PARTS).index), 4)
    after = read_data(root)
    assert {name for name in PARTS if after[name] != before[name]} == anew
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".cache")
    build_site(root)
    assert read_data(root) == after
    assert {line.split()[1]: line.split()[0] for line in after["SHA256SUMS"].decode().splitlines()} == {
        name: hashlib.sha256(after[name]).hexdigest() for name in PARTS
    }


@pytest.mark.parametrize("lost", ["site/data/briefings.bib", ".cache/downloads", ".cache/build"])
def test_what_is_lost_of_the_downloads_comes_back(write_tree: WriteTree, lost: str) -> None:
    root = write_tree(small_archive())
    build_site(root)
    before = read_data(root)
    (root / lost).unlink()
    assert not build_site(root).failed
    assert read_data(root) == before
