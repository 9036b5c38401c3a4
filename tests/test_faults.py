"""Whatever happens to a build, the old site or the new one stands whole, and the next build heals.

The process is killed, interrupted, or refused by the disk at one call to the file system after another: at some of them in the
gate, at every one in `make proofs`. Each case builds between the same two states of an archive, so that what must stand is known.
"""

import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.errors import Exit
from tests import faulty
from tests.archives import briefing_file, small_archive
from tests.conftest import IS_LONG
from tests.engines import PROJECT
from tests.trees import read_tree, write_tree_below
from tests.waiting import TIMEOUT_S, wait_for

INDIA = "content/briefings/2025/2025-08-16-india.md"
THREE = "content/briefings/2023/2023-08-18-three.md"
NEW = "content/briefings/2025/2025-09-01-new.md"
SWITCHED_OFF = "cards maps citations people organisations search overviews api downloads kinds pair_sectors"
SETTINGS = "[pages]\n" + "".join(f"{name} = false\n" for name in SWITCHED_OFF.split())
# How often a build is killed at a moment of chance.
KILLS = 500 if IS_LONG else 8


class Ended(NamedTuple):
    """How a command ended, what it printed, and its calls below the archive."""

    code: int
    out: str
    err: str
    calls: list[str]


class Bench:
    """An archive with two states, its site, and a process in which builds fail on demand."""

    def __init__(self, root: Path, server: "subprocess.Popen[str]") -> None:
        self.root, self.server = root, server
        self.site = root / "site"
        self.is_second = False
        self.sites: dict[bool, dict[str, bytes]] = {}
        for _ in range(2):
            self.turn()
            assert self.heal() == Exit.CLEAN
            self.sites[self.is_second] = read_tree(self.site)
        self.entries = self.list_entries()

    def stands(self) -> str:
        """Say which site stands: that from before the change to be built, the new one, or neither of them whole."""
        tree = read_tree(self.site)
        if tree == self.sites[self.is_second]:
            return "new"
        return "old" if tree == self.sites[not self.is_second] else "a mixture"

    def turn(self) -> None:
        """Bring the archive into its other state: a text edited, a briefing gone, and another one new."""
        self.is_second = not self.is_second
        files = small_archive()
        (self.root / INDIA).write_text(
            files[INDIA].replace("Seoul", "Busan") if self.is_second else files[INDIA], encoding="utf-8"
        )
        if self.is_second:
            (self.root / THREE).unlink(missing_ok=True)
            (self.root / NEW).write_text(briefing_file("A new one", date="2025-09-01"), encoding="utf-8")
        else:
            (self.root / NEW).unlink(missing_ok=True)
            (self.root / THREE).write_text(files[THREE], encoding="utf-8")

    def build(self, *arguments: str, limit: int = 0, **fault: Any) -> Ended:
        """Build in a process of its own, in which a fault happens."""
        command = ["-C", str(self.root), "build", "--no-ingest", "--jobs", "1", *arguments]
        request = {"arguments": command, "root": str(self.root), "fault": fault, "limit": limit}
        assert self.server.stdin
        assert self.server.stdout
        self.server.stdin.write(json.dumps(request) + "\n")
        self.server.stdin.flush()
        said = json.loads(self.server.stdout.readline())
        return Ended(said["code"], said["out"], said["err"], said["calls"].splitlines())

    def heal(self) -> int:
        """Build without a fault."""
        return self.build().code

    def list_entries(self) -> set[str]:
        """Return every file and folder of the archive but for its site's own."""
        return {
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if not path.is_relative_to(self.site)
            and not path.is_relative_to(self.root / "content")
            # Its files are named by what they hold, which is not the same for both states of the archive.
            and not path.is_relative_to(self.root / ".cache/segments")
        }

    def find_scars(self) -> list[str]:
        """Build without a fault; return what is then not as after a clean build: the site, or something that lies about."""
        code, site = self.heal(), self.stands()
        left = self.list_entries() ^ self.entries
        for name in left:
            path = self.root / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        scars = [] if (code, site) == (Exit.CLEAN, "new") else [f"the next build ended with {code} and left {site}"]
        return scars + [f"{name} lies about" for name in sorted(left)][:3]

    def check_healed(self) -> None:
        """Hold the next build: it makes what a clean build makes, and leaves nothing lying about."""
        assert self.find_scars() == []

    def calls(self) -> list[str]:
        """Return the calls of a build of the change, and go on to the next change."""
        self.turn()
        return self.build().calls


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    root, log = tmp_path_factory.mktemp("archive"), tmp_path_factory.mktemp("log") / "calls"
    files = dict(small_archive())
    files["content/archive.toml"] += SETTINGS
    write_tree_below(root, files)
    command = [sys.executable, str(Path(faulty.__file__)), str(root), str(log)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    ) as server:
        yield Bench(root, server)
        assert server.stdin
        server.stdin.close()


def moments(calls: list[str]) -> list[int]:
    """Return the numbers of the calls at which a fault is to happen: all, or the first and the last of each kind and place."""
    if IS_LONG:
        return list(range(1, len(calls) + 1))
    kinds = [re.sub(r"\d+", "", call).partition("/archive")[2].split("/")[1:2] for call in calls]
    found: dict[str, list[int]] = {}
    for number, call in enumerate(calls, 1):
        found.setdefault(f"{call.split()[0]} {kinds[number - 1]}", []).append(number)
    return sorted({number for numbers in found.values() for number in (numbers[0], numbers[-1])})


def test_a_build_that_is_killed_at_any_call_leaves_a_whole_site_and_the_next_one_heals(bench: Bench) -> None:
    faults = []
    for number in moments(bench.calls()):
        bench.turn()
        ended = bench.build(at=number, action="kill")
        told = [] if ended.code in (-signal.SIGKILL, Exit.CLEAN) else [f"it ended with {ended.code}"]
        told += ["a mixture stands"] if bench.stands() == "a mixture" else []
        faults += [f"killed at call {number}: {fault}" for fault in told + bench.find_scars()]
    assert not faults, "\n".join(faults)


def test_a_disk_that_refuses_any_call_is_told_in_one_line_and_the_old_site_stands(bench: Bench) -> None:
    faults = []
    names = itertools.cycle(["ENOSPC", "EIO", "EACCES", "EROFS", "EMFILE"])
    for number, name in ((number, next(names)) for number in moments(bench.calls()) for _ in range(5 if IS_LONG else 1)):
        bench.turn()
        ended = bench.build(at=number, action=name)
        stands = {Exit.CLEAN: "new", Exit.INPUT_OUTPUT: "old"}.get(Exit(ended.code), "nothing that was promised")
        told = [] if bench.stands() == stands else [f"it ended with {ended.code}, and {bench.stands()} stands"]
        if ended.code == Exit.INPUT_OUTPUT and (ended.out.count("\n"), "[disk-refused]" in ended.out) != (1, True):
            told.append(f"it said {ended.out!r}")
        told += ["a traceback"] if "Traceback" in ended.err else []
        call = " ".join(ended.calls[number - 1 : number]).replace(str(bench.root), "")
        faults += [f"{name} at {call}: {fault}" for fault in told + bench.find_scars()]
    assert not faults, "\n".join(faults)


def test_a_file_system_without_hard_links_gets_copies(bench: Bench) -> None:
    bench.turn()
    ended = bench.build(event="os.link", action="EPERM")
    assert (ended.code, bench.stands(), bench.find_scars()) == (Exit.CLEAN, "new", [])
    assert any(call.startswith("os.link") for call in ended.calls)


def test_a_signal_at_any_call_ends_the_build_and_leaves_nothing_behind(bench: Bench) -> None:
    faults = []
    names = itertools.cycle([("SIGINT", Exit.INTERRUPTED), ("SIGTERM", Exit.TERMINATED)])
    for number, (name, code) in zip(moments(bench.calls()), names, strict=False):
        bench.turn()
        ended = bench.build(at=number, action=name)
        told = [] if ended.code in (code, Exit.CLEAN) else [f"it ended with {ended.code}"]
        told += ["a mixture stands"] if bench.stands() == "a mixture" else []
        told += ["a traceback"] if "Traceback" in ended.err else []
        told += [f"{left} lies about" for left in sorted(bench.list_entries() - bench.entries)[:2]]
        call = " ".join(ended.calls[number - 1 : number]).replace(str(bench.root), "")
        faults += [f"{name} at {call}: {fault}" for fault in told + bench.find_scars()]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("action", ["kill", "EIO", "SIGTERM"])
def test_where_folders_cannot_be_exchanged_a_build_that_ends_between_two_renames_is_healed(bench: Bench, action: str) -> None:
    bench.turn()
    ended = bench.build(lacks="renameat2")
    assert (ended.code, bench.stands(), bench.find_scars()) == (Exit.CLEAN, "new", [])
    renames = [number for number, call in enumerate(ended.calls, 1) if re.match(r"os\.rename .*/(site|\.site\.new)$", call)]
    assert len(renames) == 2
    removals = [number for number, call in enumerate(ended.calls, 1) if call.endswith("/.site.new.old")]
    for number in (*renames, removals[0], removals[-1]):
        bench.turn()
        ended = bench.build(at=number, action=action, lacks="renameat2")
        assert action == "kill" or bench.stands() in ("old", "new"), ended
        bench.check_healed()


def test_an_old_site_that_stands_aside_takes_its_place_again_where_the_next_build_fails(bench: Bench) -> None:
    bench.turn()
    bench.site.rename(bench.root / ".site.new.old")
    write_tree_below(bench.root, {"content/briefings/2024/faulty.md": "no front matter"})
    ended = bench.build()
    (bench.root / "content/briefings/2024/faulty.md").unlink()
    assert (ended.code, bench.stands(), bench.list_entries() - bench.entries) == (Exit.FINDINGS, "old", set())
    bench.check_healed()


def test_a_build_of_two_processes_that_is_killed_at_any_moment_leaves_a_whole_site(bench: Bench) -> None:
    dice = random.Random(20251127)
    # So few pages would be made by one process.
    start = "from generator.publish import render; render.PAGES_WORTH_A_POOL = 1; from generator.cli import main; main()"
    command = [sys.executable, "-c", start, "-C", str(bench.root), "build", "--no-ingest", "--jobs", "2"]
    for _ in range(KILLS):
        bench.turn()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PROJECT) as process:
            time.sleep(dice.uniform(0.2, 1.2))
            process.kill()
        assert bench.stands() in ("old", "new")
        bench.check_healed()


def test_a_file_that_grows_beyond_the_limit_is_told_in_one_line_and_the_old_site_stands(bench: Bench) -> None:
    for limit in (1, 1000, 20_000):
        bench.turn()
        ended = bench.build(limit=limit)
        if ended.code == Exit.CLEAN:  # All files of the site are smaller, and the cache is not worth a failure.
            assert "notice: .cache cannot be written (File too large)" in ended.err
            assert bench.stands() == "new"
            bench.check_healed()
            continue
        assert (ended.code, ended.out.count("\n"), "Traceback" in ended.err) == (Exit.INPUT_OUTPUT, 1, False), ended
        assert "File too large" in ended.out
        assert bench.stands() == "old"
        assert bench.list_entries() <= bench.entries
        bench.check_healed()


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of one megabyte, where the right to mount one is there, else on one that takes no file at all."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        folder.chmod(0o500)
    yield folder
    if not mounted.returncode:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("option", "room"), [("--output", 2**17), ("--cache", 0)])
def test_a_full_disk_is_told_in_one_line_and_nothing_stands_half_written(
    bench: Bench, full_disk: Path, tmp_path: Path, option: str, room: int
) -> None:
    other = ["--cache", str(tmp_path / "cache")] if option == "--output" else []
    if os.access(full_disk, os.W_OK):
        (full_disk / "filler").write_bytes(bytes(2**20 - room))
    bench.turn()
    ended = bench.build(option, str(full_disk / "place"), *other)
    assert (ended.code, ended.out.count("\n"), "Traceback" in ended.err) == (Exit.INPUT_OUTPUT, 1, False), ended
    assert "[disk-refused]" in ended.out
    assert [path for path in full_disk.rglob("*") if path.is_file() and path.name != "filler"] == []
    bench.check_healed()


def test_a_folder_that_cannot_be_written_is_told_before_any_work(bench: Bench) -> None:
    for folder in (bench.root, bench.root / ".cache"):
        bench.turn()
        folder.chmod(0o500)
        ended = bench.build()
        folder.chmod(0o755)
        assert (ended.code, ended.out.count("\n"), "Traceback" in ended.err) == (Exit.INPUT_OUTPUT, 1, False), ended
        assert "Permission denied" in ended.out
        assert bench.stands() == "old"
        bench.check_healed()


def set_modes(folder: Path, mode: int) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            path.chmod(mode)


def test_a_site_that_was_made_read_only_gives_way_to_the_next_one(bench: Bench) -> None:
    bench.turn()
    set_modes(bench.site, 0o555)
    assert (bench.build().code, bench.stands()) == (Exit.CLEAN, "new")
    bench.check_healed()


def test_an_old_site_that_cannot_be_removed_is_told_and_its_rest_goes_with_the_next_build(bench: Bench) -> None:
    bench.turn()
    ended = bench.build(event="os.rmdir", action="EACCES")
    assert (ended.code, bench.stands()) == (Exit.CLEAN, "new")
    assert "notice: .site.new cannot be removed: it holds the rest of the old site, which no build needs\n" in ended.err
    bench.turn()
    ended = bench.build(event="os.rmdir", action="EACCES")
    assert ended.code == Exit.INPUT_OUTPUT
    assert "/.site.new: the rest of an earlier build cannot be removed (remove this folder yourself" in ended.out
    bench.check_healed()


@pytest.mark.parametrize("text", ["", None, briefing_file("Changed meanwhile", date="2024-03-06")], ids=["gone", "folder", "new"])
@pytest.mark.parametrize("name", ["content/briefings/2024/2024-03-06-india.md", "content/archive.toml"])
def test_an_input_that_changes_during_the_build_is_no_bug(bench: Bench, name: str, text: str | None) -> None:
    path = bench.root / name
    kept = path.read_bytes()
    bench.turn()
    ended = bench.build(action="replace", path=str(path), text=text)
    assert ended.code in (Exit.CLEAN, Exit.FINDINGS, Exit.USAGE, Exit.INPUT_OUTPUT), ended
    assert "Traceback" not in ended.err
    assert [left for left in bench.list_entries() - bench.entries if Path(left).name.startswith(".")] == []
    if ended.code != Exit.CLEAN:
        assert bench.stands() == "old"
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.write_bytes(kept)
    bench.check_healed()


def test_a_second_build_of_the_same_site_is_told_who_holds_it(bench: Bench) -> None:
    bench.turn()
    command = [sys.executable, str(Path(faulty.__file__)), str(bench.root), str(bench.root.parent / "calls")]
    pause = {"arguments": ["-C", str(bench.root), "build", "--no-ingest", "--jobs", "1"], "root": str(bench.root), "limit": 0}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    ) as first:
        assert first.stdin
        # Stopped in the middle of its reading, as `kill -STOP` does.
        first.stdin.write(json.dumps({**pause, "fault": {"action": "SIGSTOP", "path": str(bench.root / INDIA)}}) + "\n")
        first.stdin.flush()
        holder = wait_for(lambda: find_stopped_child(first.pid))
        try:
            second, stood = bench.build(), bench.stands()
        finally:
            os.kill(holder, signal.SIGCONT)
        first.stdin.close()
    assert (second.code, second.out.count("\n"), stood) == (Exit.INPUT_OUTPUT, 1, "old")
    assert f"process {holder} is writing this folder" in second.out
    assert bench.stands() == "new"
    bench.check_healed()


def find_stopped_child(parent: int) -> int | None:
    """Return the child of a process that was stopped."""
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split():
        if Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T":
            return int(child)
    return None


def test_a_reader_of_the_problems_may_leave_during_a_build(bench: Bench) -> None:
    bench.turn()
    names = [f"content/briefings/2024/faulty-{number}.md" for number in range(400)]
    write_tree_below(bench.root, dict.fromkeys(names, "no front matter"))
    command = [sys.executable, "-m", "generator", "-C", str(bench.root), "build", "--no-ingest"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout
        assert process.stderr
        assert "[no-front-matter]" in process.stdout.readline()
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        assert process.wait(TIMEOUT_S) in (Exit.CLEAN, Exit.FINDINGS)
    assert bench.stands() == "old"
    for name in names:
        (bench.root / name).unlink()
    bench.check_healed()
