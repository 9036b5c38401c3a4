"""Files are written whole or not at all, and sites change places at once."""

import os
import signal
import threading
from pathlib import Path

import pytest

from generator import files
from generator.build.exchange import Files, close_stage, exchange, open_stage
from generator.errors import OutputError
from generator.files import lock, read_file, walk, write_file
from generator.outputs import MARKER, check_output, read_standing


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != MARKER
    }


def publish(output: Path, written: dict[str, bytes], kept: list[str], *, in_place: bool = False) -> int:
    stage = open_stage(output)
    try:
        changed = [path for path, data in written.items() if stage.write(path, data)[1]]
        sizes = {path: len(data) for path, data in written.items()} | dict.fromkeys(kept, 0)
        exchange(stage, Files(sizes, frozenset(changed), read_standing(output)), in_place=in_place)
    finally:
        close_stage(stage)
    return len(changed)


def test_a_walk_is_sorted_and_passes_over_hidden_names_and_links(tmp_path: Path) -> None:
    for name in ("b/2.md", "a.md", "b/1.md", "b/x.txt", ".hidden/3.md"):
        write_file(tmp_path / name, b"")
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    assert walk(tmp_path, ".md") == ["a.md", "b/1.md", "b/2.md"]
    assert walk(tmp_path / "nowhere") == []


def test_a_missing_file_reads_as_none(tmp_path: Path) -> None:
    assert read_file(tmp_path / "nowhere") is None


def test_publishing_makes_the_folder_hold_exactly_the_new_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert publish(site, {"a.html": b"1", "b/c.html": b"2"}, []) == 2
    assert publish(site, {"b/d.html": b"3"}, ["a.html"]) == 1
    assert tree(site) == {"a.html": b"1", "b/d.html": b"3"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_with_equal_bytes_keeps_its_inode(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"a.html": b"1", "b.html": b"2"}, [])
    before = (site / "a.html").stat()
    assert publish(site, {"a.html": b"1", "b.html": b"9"}, []) == 1
    after = (site / "a.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_failure_leaves_the_old_site_and_no_stage(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"a.html": b"1"}, [])
    with pytest.raises(OSError, match="No such file"):
        publish(site, {"a.html": b"2"}, ["missing.html"])
    assert tree(site) == {"a.html": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_reader_never_misses_a_page_while_sites_are_exchanged(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"a.html": b"0"}, [])
    misses: list[str] = []
    is_done = threading.Event()

    def read() -> None:
        while not is_done.is_set():
            try:
                (site / "a.html").read_bytes()
            except OSError as problem:
                misses.append(str(problem))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(100):
            publish(site, {"a.html": b"%d" % number}, [])
    finally:
        is_done.set()
        reader.join()
    assert misses == []


def test_a_foreign_folder_is_refused_as_output(tmp_path: Path) -> None:
    check_output(tmp_path / "absent")
    check_output(tmp_path)
    write_file(tmp_path / "mine.txt", b"")
    with pytest.raises(OutputError, match="this folder holds files that no build wrote"):
        check_output(tmp_path)
    write_file(tmp_path / MARKER, b"")
    check_output(tmp_path)


def test_a_link_or_a_file_is_refused_as_output(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    write_file(tmp_path / "file", b"")
    for name in ("link", "file"):
        with pytest.raises(OutputError, match="the output is not a folder"):
            check_output(tmp_path / name)


def test_a_second_build_of_one_output_is_told_who_holds_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with lock(site), pytest.raises(OutputError, match=f"process {os.getpid()} is writing this folder"), lock(site):
        pass
    with lock(site):
        pass


class Orphans:
    """A process that has locked an output and was killed, and another one that it has left, which holds the lock until `end`."""

    def __init__(self, site: Path) -> None:
        self.read_end, self.write_end = os.pipe()
        self.holder = os.fork()
        if not self.holder:
            try:
                os.close(self.write_end)  # Else what is left would wait for itself.
                with lock(site):
                    if os.fork():
                        os.kill(os.getpid(), signal.SIGKILL)
                    os.read(self.read_end, 1)
            finally:
                os._exit(0)
        os.close(self.read_end)
        os.waitid(os.P_PID, self.holder, os.WEXITED | os.WNOWAIT)

    def end(self) -> None:
        os.close(self.write_end)


@pytest.mark.parametrize("is_reaped", [True, False])
def test_what_a_killed_build_has_left_is_waited_for(tmp_path: Path, *, is_reaped: bool) -> None:
    orphans = Orphans(tmp_path / "site")
    if is_reaped:  # Else it is a zombie.
        os.waitpid(orphans.holder, 0)
    timer = threading.Timer(0.2, orphans.end)
    timer.start()
    with lock(tmp_path / "site"):
        assert (tmp_path / ".site.lock").read_text(encoding="utf-8") == str(os.getpid())
    timer.join()
    if not is_reaped:
        os.waitpid(orphans.holder, 0)


def test_what_a_killed_build_has_left_is_told_when_it_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orphans = Orphans(tmp_path / "site")
    os.waitpid(orphans.holder, 0)
    monkeypatch.setattr(files, "ORPHANS_WAIT_S", 0.05)
    try:
        with pytest.raises(OutputError) as told, lock(tmp_path / "site"):
            pass
    finally:
        orphans.end()
    assert str(told.value.problems[0]) == (
        f"{tmp_path}/site: something writes this folder for process {orphans.holder}, which is not to be found on this machine "
        "(wait until it is done, or end what a killed build has left) [output-locked]"
    )


def test_a_lock_with_a_number_that_no_process_has_is_waited_for_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ORPHANS_WAIT_S", 0)
    with lock(tmp_path / "site"):
        (tmp_path / ".site.lock").write_text("9" * 30, encoding="utf-8")
        with pytest.raises(OutputError, match="which is not to be found"), lock(tmp_path / "site"):
            pass


def test_a_pipe_is_passed_over_since_it_may_never_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    os.mkfifo(tmp_path / "b.txt")
    assert walk(tmp_path) == ["a.txt"]
