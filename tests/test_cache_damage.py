"""Losing the cache costs time, never truth: whatever is done to one of its files, the next build makes the same site."""

import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archives import small_archive
from tests.conftest import IS_LONG
from tests.engines import run_here
from tests.trees import digest_tree, write_tree_below

INDIA = "content/briefings/2025/2025-08-16-india.md"
SETTINGS = "[pages]\ncards = false\nmaps = false\n"
ADDRESS = 'base_url = "https://example.org/"\n'
TAG = "CACHEDIR.TAG"


def flip(data: bytes, place: int) -> bytes:
    """Return the bytes with all bits of one turned over."""
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "empty": lambda data: data[:0],
    "cut in half": lambda data: data[: len(data) // 2],
    "its first byte flipped": lambda data: flip(data, 0),
    "a byte in the middle flipped": lambda data: flip(data, len(data) // 2),
    "its last byte flipped": lambda data: flip(data, len(data) - 1),
    "bytes of chance": lambda data: random.Random(5).randbytes(len(data)),
    "of another version": lambda data: data.replace(sys.implementation.cache_tag.encode(), b"cpython-999", 1),
    "a folder in its place": lambda data: None if data else data,
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    files = dict(small_archive())
    files["content/archive.toml"] += SETTINGS
    root = write_tree_below(tmp_path / "built", files)
    assert build(root) == (0, "", [])
    return root


def build(root: Path, *options: str) -> tuple[int, str, list[str]]:
    """Build; return the exit code, what was printed, and the notices."""
    code, out, err = run_here("-C", str(root), "build", "--no-ingest", "--jobs", "1", *options)
    assert "Traceback" not in err
    return code, out, [line for line in err.splitlines() if line.startswith("notice: ")]


def damage(cache: Path, name: str, change: Callable[[bytes], bytes | None]) -> bool:
    """Damage one file of a cache; return whether that made a difference."""
    path = cache / name
    before = path.read_bytes()
    after = change(before)
    path.unlink()
    if after is None:
        path.mkdir()
    else:
        path.write_bytes(after)
    return after != before


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_cache_means_the_same_site_and_one_line_of_notice(built: Path, kind: str) -> None:
    root = built
    names = sorted(str(path.relative_to(root / ".cache")) for path in (root / ".cache").rglob("*") if path.is_file())
    # A segment of the search is named by what it holds: the edit asks for another file than the damaged one.
    for name in [name for name in names if not name.startswith("segments/") and (IS_LONG or name != TAG)]:
        kept = (root / INDIA).read_text(encoding="utf-8")
        (root / INDIA).write_text(f"{kept}\nMore of {name}, {kind}.\n", encoding="utf-8")
        is_damaged = damage(root / ".cache", name, DAMAGES[kind])
        code, out, notices = build(root)
        assert (code, out) == (0, "")
        assert digest_tree(root / "site") == build_anew(root), name
        if is_damaged and name != TAG:
            assert len(notices) == 1, name
            assert ".cache" in notices[0]
        assert build(root) == (0, "", []), "what was damaged is whole again"


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_segment_of_the_search_is_made_anew(built: Path, kind: str) -> None:
    for path in (built / ".cache/segments").iterdir():
        damage(built / ".cache", f"segments/{path.name}", DAMAGES[kind])
    about = built / "content/archive.toml"
    about.write_text(about.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = digest_tree(built / "site")
    code, out, notices = build(built)
    assert (code, out, digest_tree(built / "site")) == (0, "", before)
    assert all(".cache/segments" in notice for notice in notices)
    assert build(built) == (0, "", [])


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("command", ["ingest", "build"])
def test_a_damaged_cache_of_the_ingest_means_the_same_content_and_one_line_of_notice(
    tmp_path: Path, command: str, kind: str
) -> None:
    seed = "Peru and Fiji Agree on Fisheries\n\nPublished: 2025-08-16\n\nPeru and Fiji signed a fisheries agreement in Lima.\n"
    root = write_tree_below(tmp_path, {"seeds/a.txt": seed, "content/archive.toml": f"{ADDRESS}{SETTINGS}"})

    def run() -> list[str]:
        code, _, err = run_here("-C", str(root), command)
        assert code == 0
        return [line for line in err.splitlines() if line.startswith("notice: ")]

    assert run() == []
    before = digest_tree(root / "content")
    assert damage(root / ".cache", "intake", DAMAGES[kind])
    assert run() == ["notice: .cache/intake is damaged or of another version: what it held is made anew"]
    assert digest_tree(root / "content") == before
    assert run() == []


def build_anew(root: Path) -> str:
    other = root.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    assert build(root, "-o", str(other / "site"), "--cache", str(other / "cache"))[0] == 0
    return digest_tree(other / "site")


def test_a_cache_of_another_archive_means_the_same_site(built: Path, tmp_path: Path) -> None:
    files = dict(small_archive()) | {INDIA: small_archive()[INDIA].replace("Seoul", "Busan")}
    other = write_tree_below(tmp_path / "archive", files)
    shutil.copytree(built / ".cache", other / ".cache")
    assert build(other)[:2] == (0, "")
    assert digest_tree(other / "site") == build_anew(other)


def test_a_missing_cache_is_no_reason_for_a_notice(built: Path) -> None:
    before = digest_tree(built / "site")
    shutil.rmtree(built / ".cache")
    assert build(built) == (0, "", [])
    assert digest_tree(built / "site") == before
