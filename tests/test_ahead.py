"""Work that another process does ahead of its time: what was done is found, and what was not does no harm."""

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.ahead import convert_ahead
from generator.build.pipeline import plan
from generator.places import find_places, scan
from generator.publish.page import Later, Page, View
from generator.workers import LOOK_EVERY, work_ahead
from tests.archives import briefing_file
from tests.trees import write_tree_below
from tests.waiting import wait_for

ROOM = 1 << 20


def count_up(until: Path, number: int = 40) -> Iterator[tuple[bytes, bytes]]:
    """Yield numbers for ever, and write a file once there are `number` of them."""
    for one in itertools.count():
        if one == number:
            until.touch()
        yield str(one).encode(), b"x" * min(one, number)


def fail() -> Iterator[tuple[bytes, bytes]]:
    yield b"first", b"done"
    os.kill(os.getpid(), signal.SIGKILL)


def test_work_without_end_ends_when_it_is_asked_for_and_what_was_done_is_found(tmp_path: Path) -> None:
    with work_ahead(count_up(tmp_path / "far"), tmp_path, most_bytes=1 << 40) as end:
        wait_for((tmp_path / "far").exists)
        find = end()
        assert [find(str(one).encode()) for one in (0, 1, 39)] == [b"", b"x", b"x" * 39]
        assert find(b"never") is None


def test_work_ends_where_there_is_no_more_room(tmp_path: Path) -> None:
    with work_ahead(count_up(tmp_path / "far"), tmp_path, most_bytes=10) as end:
        find = end()
        assert (find(b"2"), find(b"6")) == (b"xx", None)


def fail_otherwise() -> Iterator[tuple[bytes, bytes]]:
    yield b"first", b"done"
    raise RecursionError


def test_a_fault_leaves_everything_to_be_done_and_is_not_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with work_ahead(fail_otherwise(), tmp_path, most_bytes=ROOM) as end:
        assert end()(b"first") is None
    assert capfd.readouterr().err == ""


def test_a_process_that_dies_leaves_everything_to_be_done(tmp_path: Path) -> None:
    with work_ahead(fail(), tmp_path, most_bytes=ROOM) as end:
        assert end()(b"first") is None


def test_a_folder_that_cannot_be_written_leaves_everything_to_be_done(tmp_path: Path) -> None:
    with work_ahead(count_up(tmp_path / "far"), tmp_path / "missing", most_bytes=ROOM) as end:
        assert end()(b"first") is None


def find_children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split())


def test_nothing_is_left_of_work_that_nobody_asks_for(tmp_path: Path) -> None:
    others = find_children()
    with work_ahead(count_up(tmp_path / "far"), tmp_path, most_bytes=1 << 40):
        wait_for((tmp_path / "far").exists)
        ours = find_children() - others
    assert ours
    assert not ours & find_children()
    assert [path.name for path in tmp_path.iterdir()] == ["far"]


def test_texts_that_are_converted_ahead_are_those_that_pages_show(tmp_path: Path) -> None:
    names = [f"2024-05-17-{number}" for number in range(120)]
    files = {f"content/briefings/2024/{name}.md": briefing_file(name, body=f"*One* of {name}.\n\n[a](/about/)") for name in names}
    files["content/briefings/2024/2024-05-18-torn.md"] = "no front matter"
    files["content/briefings/2024/2024-05-19-kept.md"] = briefing_file("Kept", body="Not to be shown.", more="rights: link\n")
    files["content/archive.toml"] = 'base_url = "https://a.example/deep/"'
    places = find_places(write_tree_below(tmp_path, {**files, ".cache/CACHEDIR.TAG": ""}))
    with convert_ahead(places, scan(places), {}, base_url="", jobs=2) as end:
        shown = find_texts(plan(places, []).pages)
        ready = end()
        found = {name: ready(later) for name, later in shown.items()}
        converted = [made for made in found.values() if made is not None]
        assert len(converted) >= LOOK_EVERY - 1
        assert all('href="/deep/about/"' in str(made) for made in converted)
        assert all(found[name] in (None, shown[name].value()) for name in names)
        assert (found["2024-05-19-kept"], len(found)) == (None, 121)


def find_texts(pages: tuple[Page, ...]) -> dict[str, Later]:
    """Return what each briefing's page shows of its text."""
    views = (page.body for page in pages if isinstance(page.body, View) and page.body.template == "pages/briefing.html")
    return {view.context["article"].card.id: view.context["reading"].arguments[1] for view in views}
