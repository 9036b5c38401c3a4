"""Whatever a command prints to: its results arrive, or the exit code and a sentence say that they did not."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import Exit, Location, warning
from generator.terminal import Terminal
from tests.archives import ARCHIVE_TOML, briefing_file
from tests.conftest import WriteTree
from tests.waiting import TIMEOUT_S, wait_for

PROJECT = Path(__file__).parent.parent
BRIEFING = "content/briefings/2025/2025-08-16-india.md"
TITLE = "日本とインド、“半導体” 𠮷野 é"


@pytest.fixture
def root(write_tree: WriteTree) -> Path:
    seed = {"title": TITLE, "date": "2025-03-04", "publisher": "Example Times", "body": f"{TITLE}. Japan and India met in Tokyo."}
    return write_tree(
        {
            "content/archive.toml": ARCHIVE_TOML,
            BRIEFING: briefing_file(TITLE, body=f"{TITLE}. India met Japan in Seoul."),
            "seeds/one.json": json.dumps(seed),
        }
    )


def shell(root: Path, command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of a shell, in which `bilateral` is ours."""
    script = f"bilateral() {{ '{sys.executable}' -m generator \"$@\"; }}; {command}"
    given = {**os.environ, "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(
        ["bash", "-c", script],
        cwd=root,
        env=given,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.mark.parametrize(
    "command", ["explain tags", "explain tags --format json", "ingest --dry-run", "ingest --dry-run --format jsonl"]
)
def test_what_an_encoding_does_not_have_is_escaped_and_json_stays_json(root: Path, command: str) -> None:
    file = BRIEFING if command.startswith("explain") else ""
    said = shell(root, f"bilateral {command} {file}", PYTHONIOENCODING="ascii")
    assert (said.returncode, "Traceback" in said.stderr) == (Exit.CLEAN, False)
    assert "\\u65e5\\u672c" in said.stdout
    if "json" in command:
        assert TITLE in json.dumps(json.loads(said.stdout), ensure_ascii=False)


def test_a_reader_that_leaves_changes_no_exit_code(root: Path) -> None:
    for name in range(400):
        (root / f"content/briefings/2025/{name}.md").write_text("no front matter", encoding="utf-8")
    said = shell(root, "bilateral check | head -1; echo ${PIPESTATUS[0]}")
    assert said.stdout.splitlines()[1:] == [str(int(Exit.FINDINGS))]
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("command", ["check", "explain page /", "version"])
def test_results_that_cannot_be_written_are_told(root: Path, command: str) -> None:
    (root / "content/briefings/2025/x.md").write_text("no front matter", encoding="utf-8")
    said = shell(root, f"bilateral {command} > /dev/full")
    assert (said.returncode, "Traceback" in said.stderr) == (Exit.INPUT_OUTPUT, False)
    refused = "standard output: this cannot be written: No space left on device (make room, or print elsewhere)"
    assert (refused in said.stderr) or ("[no-front-matter]" in said.stderr)


def test_a_command_whose_streams_are_closed_does_its_work(root: Path) -> None:
    assert shell(root, "bilateral build >&- 2>&- <&-").returncode == Exit.CLEAN
    assert (root / "site/index.html").read_text(encoding="utf-8").startswith("<!")
    assert shell(root, "bilateral explain page / >&-").returncode == Exit.CLEAN
    assert shell(root, "bilateral version > /dev/full 2> /dev/full").returncode == Exit.INPUT_OUTPUT


def test_names_of_files_are_utf_8_whatever_the_locale(root: Path) -> None:
    (root / "seeds/one.json").rename(root / "seeds/größe.json")
    # The one locale without UTF-8 that every system has, with Python kept from making it one.
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = shell(root, "bilateral ingest && bilateral explain tags seeds/größe.json", **ascii_only)
    assert said.returncode == Exit.CLEAN
    assert "seeds/größe.json" in (root / "content/ingested.toml").read_text(encoding="utf-8")


def test_a_warning_is_called_one_in_colours_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    Terminal(quiet=False, verbose=False, color=True).show([warning("long-summary", Location("a.md", 1), "it is long")])
    assert capsys.readouterr().out == "\033[1ma.md:1\033[0m: \033[33mit is long [long-summary] (warning)\033[0m\n"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGHUP, Exit.HUNG_UP)])
def test_a_signal_ends_a_command_without_a_traceback(root: Path, sent: signal.Signals, code: Exit) -> None:
    (root / "content/archive.toml").unlink()
    os.mkfifo(root / "content/archive.toml")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    # Whoever runs the tests may ignore a hang-up, as `nohup` does, which a process inherits.
    command = ["env", "--default-signal", sys.executable, "-m", "generator", "-C", str(root), "build", "--no-ingest"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        lock = root / ".site.lock"
        wait_for(lambda: lock.exists() and lock.read_text(encoding="utf-8"))
        process.send_signal(sent)
        assert process.wait(TIMEOUT_S) == code
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
    assert not lock.exists()


def test_an_interruption_while_the_program_is_loaded_ends_it_in_silence() -> None:
    code = (
        "import os, signal, sys\n"
        "from generator.__main__ import run\n"
        "sys.addaudithook(lambda event, names: event == 'import' and names[0] == 'generator.cli' and os.kill(os.getpid(), 2))\n"
        "run()\n"
    )
    given = {**os.environ, "PYTHONPATH": str(PROJECT)}
    said = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (Exit.INTERRUPTED, "", "")
