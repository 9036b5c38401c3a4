"""What no build wrote stays in a site: nothing but what builds wrote is ever replaced or removed."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.outputs import MARKER, dump_marker, find_foreign, read_standing
from tests.archives import briefing_file, small_archive
from tests.conftest import build_site
from tests.test_files import publish, tree
from tests.trees import read_tree, write_tree_below

INDIA = "content/briefings/2025/2025-08-16-india.md"
FOREIGN = {
    ".git/HEAD": "ref: refs/heads/gh-pages\n",
    "CNAME": "example.org\n",
    ".well-known/proof": "a proof\n",
    "mine/notes.txt": "ten years\n",
    "briefings/mine.txt": "beside ours\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_tree_below(tmp_path, dict(small_archive()))
    build_site(tmp_path, search=False)
    return tmp_path


def edit(root: Path) -> None:
    (root / INDIA).write_text(briefing_file("Another title"), encoding="utf-8")
    (root / "content/briefings/2023/2023-08-18-three.md").unlink(missing_ok=True)


def lose_cache(root: Path) -> None:
    shutil.rmtree(root / ".cache")


def keep(_: Path) -> None:
    """Lose nothing."""


@pytest.mark.parametrize("lose", [keep, lose_cache])
@pytest.mark.parametrize("in_place", [False, True])
def test_what_no_build_wrote_stays_and_all_else_is_as_after_a_clean_build(
    root: Path, lose: Callable[[Path], None], *, in_place: bool
) -> None:
    write_tree_below(root / "site", FOREIGN)
    (root / "site/.git/refs/tags").mkdir(parents=True)
    (root / "site/link").symlink_to(root)
    edit(root)
    lose(root)
    outcome = build_site(root, search=False, in_place=in_place)
    assert (outcome.failed, outcome.how) == (False, "in place")
    warm = read_tree(root / "site")
    assert {name: warm.pop(name) for name in FOREIGN} == {name: text.encode() for name, text in FOREIGN.items()}
    assert (root / "site/.git/refs/tags").is_dir()
    assert (root / "site/link").is_symlink()
    shutil.rmtree(root / "site")
    build_site(root, search=False)
    assert read_tree(root / "site") == warm


def test_a_build_tells_of_what_may_lie_in_the_site_by_accident(root: Path) -> None:
    write_tree_below(root / "site", FOREIGN)
    edit(root)
    said = "site holds what no build wrote, and keeps it: briefings/mine.txt, mine/notes.txt"
    assert build_site(root, search=False).notices == (said,)


def test_a_worktree_without_a_file_is_an_output(root: Path) -> None:
    shutil.rmtree(root / "site")
    write_tree_below(root / "site", {".git": "gitdir: ../.git/worktrees/site\n", "CNAME": "example.org\n"})
    assert not build_site(root, search=False).failed
    assert (root / "site/.git").is_file()
    assert (root / "site/index.html").exists()


@pytest.mark.parametrize("name", ["briefings/2025-08-17-new/index.html", "briefings/2025-08-17-new"])
@pytest.mark.parametrize("in_place", [False, True])
def test_what_would_take_the_place_of_a_file_that_no_build_wrote_is_refused(root: Path, name: str, *, in_place: bool) -> None:
    write_tree_below(root / "site", {name: "ten years\n"})
    (root / "content/briefings/2025/2025-08-17-new.md").write_text(briefing_file(date="2025-08-17"), encoding="utf-8")
    before = read_tree(root / "site")
    with pytest.raises(OutputError) as told:
        build_site(root, search=False, in_place=in_place)
    assert str(told.value.problems[0]) == (
        f"{root}/site/{name}: a file of the site would take the place of this one, which no build wrote "
        "(move it away, and build again) [foreign-output]"
    )
    assert read_tree(root / "site") == before
    (root / "site" / name).unlink()
    assert not build_site(root, search=False).failed


def test_a_folder_of_the_site_that_was_made_a_link_is_not_written_through(root: Path) -> None:
    shutil.move(root / "site/briefings", root / "elsewhere")
    (root / "site/briefings").symlink_to(root / "elsewhere")
    before = read_tree(root / "elsewhere")
    edit(root)
    with pytest.raises(OutputError, match="site/briefings: a file of the site would take the place of this one"):
        build_site(root, search=False, in_place=True)
    assert read_tree(root / "elsewhere") == before


def test_a_site_that_was_built_before_its_files_were_listed_loses_nothing(root: Path) -> None:
    (root / "site" / MARKER).write_bytes(b"This folder is written by `bilateral build`.\n")
    edit(root)
    shutil.copytree(root, root / "copy")
    assert build_site(root, search=False).how == "exchange"
    assert (root / "site" / MARKER).read_bytes() == dump_marker(read_tree(root / "site").keys() - {MARKER})
    lose_cache(root / "copy")
    with pytest.raises(OutputError) as told:
        build_site(root / "copy", search=False)
    assert "briefings/2023-08-18-three/index.html: nobody knows whether a build wrote this" in str(told.value)


def test_a_list_from_elsewhere_leads_to_no_file_beside_the_site(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_bytes(dump_marker(["a.html", "../a", "/etc/a", "b/../../a", ".git/HEAD", ".nojekyll", ""]))
    assert read_standing(tmp_path) == {"a.html", ".nojekyll"}


@pytest.mark.parametrize("is_first", [False, True])
def test_an_output_that_cannot_change_places_is_replaced_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    """So it is with a volume of Docker: the system refuses to rename it, and to rename anything into it."""
    site = tmp_path / "site"
    site.mkdir()
    if not is_first:
        publish(site, {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"}, [])

    rename = os.rename

    def refuse(source: object, target: object) -> None:
        Path(str(source)).stat()
        is_inside = [str(path).startswith(f"{site}/") for path in (source, target)]
        number = errno.EBUSY if str(site) in (str(source), str(target)) else errno.EXDEV if is_inside[0] != is_inside[1] else 0
        if number:
            raise OSError(number, os.strerror(number), str(source))
        rename(str(source), str(target))

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    monkeypatch.setattr(os, "rename", refuse)
    monkeypatch.setattr(os, "replace", refuse)
    publish(site, {"a.html": b"9", "b/e.html": b"4"}, [] if is_first else ["d.html"])
    assert tree(site) == {"a.html": b"9", "b/e.html": b"4"} | ({} if is_first else {"d.html": b"3"})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_where_a_folder_was_and_a_folder_where_a_file_was_need_no_empty_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"a/b.html": b"1", "c": b"2"}, [])
    write_tree_below(site, {".git/HEAD": "ref"})
    publish(site, {"a": b"3", "c/d.html": b"4"}, [])
    assert tree(site) == {"a": b"3", "c/d.html": b"4", ".git/HEAD": b"ref"}


def test_a_walk_for_what_is_foreign_names_hidden_empty_and_closed_folders_as_one(tmp_path: Path) -> None:
    write_tree_below(tmp_path, {"a/b.html": "", ".git/HEAD": "", "a/c/d.txt": "", MARKER: ""})
    (tmp_path / "e/f").mkdir(parents=True)
    assert find_foreign(tmp_path, {"a/b.html"}) == [".git", "a/c/d.txt", "e/f"]
