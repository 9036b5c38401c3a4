"""The same input gives the same bytes: on any machine, with any settings, permissions, processes and installation."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archives import briefing_file, small_archive
from tests.engines import PROJECT
from tests.trees import digest_tree, write_tree_below

MODULE = (sys.executable, "-m", "generator")


def build(root: Path, *options: str, program: tuple[str, ...] = MODULE, umask: int = 0o022, **environment: str) -> str:
    """Build the archive at `root` in a process of its own, and return one digest of all names and bytes of the site."""
    subprocess.run(
        [*program, "-C", str(root), "-q", "build", *options],
        check=True,
        env={"PATH": os.environ["PATH"], **environment},
        umask=umask,
        cwd=PROJECT if program is MODULE else root,
    )
    return digest_tree(root / "site")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the digest of the site that a plain build makes."""
    return build(write_tree_below(tmp_path_factory.mktemp("plain"), dict(small_archive())), "--jobs", "1", PYTHONHASHSEED="0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_tree_below(tmp_path / "deeper/archive", dict(small_archive()))


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "GMT-14", "LC_ALL": "et_EE.UTF-8", "PYTHONHASHSEED": "1", "HOME": "/nowhere", "USER": "else"},
        {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random", "COLUMNS": "40", "CI": "1"},
    ],
    ids=["west", "east"],
)
def test_nothing_of_the_machine_shows_in_the_site(root: Path, plain: str, environment: dict[str, str]) -> None:
    (root / "home").mkdir()
    assert build(root, "--jobs", "2", umask=0o077, **environment) == plain


def test_the_number_of_processes_does_not_show(tmp_path: Path) -> None:
    # Enough briefings that a build asked for several processes uses them, for its pages and for texts ahead of these.
    files = dict(small_archive()) | {
        f"content/briefings/2024/2024-{month:02}-{day:02}-talks.md": briefing_file(
            f"Round {day} of {month}",
            date=f"2024-{month:02}-{day:02}",
            body=f"Round **{day}** of month {month} in Seoul.\n\n- one",
        )
        for month in range(1, 13)
        for day in range(1, 10)
    }
    files["content/archive.toml"] += "[pages]\ncards = false\nmaps = false\n"
    digests = {build(write_tree_below(tmp_path / jobs, files), "--jobs", jobs) for jobs in ("1", "2", "8")}
    assert len(digests) == 1


def test_the_number_of_cores_does_not_show(root: Path, plain: str) -> None:
    core = str(min(os.sched_getaffinity(0)))
    assert build(root, program=("taskset", "-c", core, *MODULE), PYTHONPATH=str(PROJECT)) == plain


def write_backwards(root: Path) -> None:
    for name, text in reversed(small_archive().items()):
        (root / name).unlink()
        (root / name).write_text(text, encoding="utf-8")


def touch(root: Path) -> None:
    for number, path in enumerate(sorted(root.rglob("*.md"))):
        os.utime(path, (10**9 + number, 10**9 - number))


@pytest.mark.parametrize("change", [write_backwards, touch])
@pytest.mark.parametrize("is_warm", [False, True], ids=["cold", "warm"])
def test_when_and_in_which_order_files_were_written_does_not_show(
    root: Path, plain: str, change: Callable[[Path], None], is_warm: bool
) -> None:
    if is_warm:
        build(root)
    change(root)
    assert build(root) == plain


def test_an_installed_wheel_makes_the_same_site_as_the_sources(root: Path, plain: str, tmp_path: Path) -> None:
    wheels, home = tmp_path / "wheels", tmp_path / "venv"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(wheels), str(PROJECT)], check=True
    )
    venv.create(home, with_pip=False)
    installed = next(home.glob("lib/python*/site-packages"))
    (wheel,) = wheels.iterdir()
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(installed), str(wheel)], check=True)
    # The libraries are those of the tests; the program is that of the wheel, which stands first.
    libraries = Path(pytest.__file__).parent.parent
    program = (str(home / "bin/python"), "-m", "generator")
    assert build(root, program=program, PYTHONPATH=f"{installed}:{libraries}") == plain
    where = [str(home / "bin/python"), "-c", "import generator; print(generator.__file__)"]
    environment = {"PYTHONPATH": f"{installed}:{libraries}"}
    said = subprocess.run(where, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path)
    assert said.stdout.startswith(str(installed))
