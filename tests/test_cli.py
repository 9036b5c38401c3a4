"""The command line: what it prints where, and with which code it ends."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import __version__
from generator.cli import main
from generator.content.briefings import parse_briefing
from generator.content.drafts import render_draft
from generator.content.fields import BRIEFING_KEYS
from generator.errors import Exit
from generator.outputs import MARKER
from generator.text import normalise, squeeze
from tests.archives import ARCHIVE_TOML, briefing_file
from tests.conftest import WriteTree
from tests.trees import read_tree, write_tree_below
from tests.waiting import TIMEOUT_S, wait_for

BRIEFING = "content/briefings/2025/2025-08-16-india.md"
UNKNOWN = f'{BRIEFING}:8:11: unknown sector "semicondctors" (did you mean "semiconductors"?) [unknown-sector]\n'


@pytest.fixture
def root(write_tree: WriteTree) -> Path:
    return write_tree(
        {
            "content/archive.toml": ARCHIVE_TOML,
            "content/pages/about.md": "---\ntitle: About\n---\n\nSee [the pairs](/pairs/).\n",
            BRIEFING: briefing_file(),
        }
    )


@pytest.fixture
def broken(root: Path) -> Path:
    (root / BRIEFING).write_text(briefing_file(sectors="[semicondctors]"), encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["-C", str(root), *arguments])


def build(root: Path, *arguments: str) -> int:
    return run(root, "build", "--jobs", "1", *arguments)


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-m", "generator", "-C", str(root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def start_without_rights(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command that the mode bits of files bind, whoever runs the tests."""
    code = f"from tests.faulty import drop_rights; drop_rights(); from generator.cli import main; exit(main({arguments!r}))"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment, cwd=root)


def test_a_build_ends_with_a_line_of_figures_on_standard_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root) == Exit.CLEAN
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"1 briefing, \d+ pages, \d+ files written, \d+\.\d s\n", said.err)


def test_a_second_build_says_that_nothing_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root)
    capsys.readouterr()
    assert build(root) == Exit.CLEAN
    assert re.fullmatch(r"1 briefing, \d+ pages, nothing changed, \d+\.\d s\n", capsys.readouterr().err)


def test_a_faulty_briefing_is_printed_and_nothing_is_published(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(broken) == Exit.FINDINGS
    said = capsys.readouterr()
    assert said.out == UNKNOWN
    assert said.err.splitlines()[0].endswith(", 1 error")
    assert said.err.splitlines()[1] == "nothing was published"
    assert not (broken / "site").exists()


def test_quiet_leaves_errors_only(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(broken, "-q") == Exit.FINDINGS
    assert tuple(capsys.readouterr()) == (UNKNOWN, "")


def test_verbose_names_each_step(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root, "-v")
    assert {"  parse", "  plan", "  render", "  write"} <= set(capsys.readouterr().err.splitlines())


def test_options_for_all_commands_work_before_and_after(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(broken / "content", broken / "texts")
    common = ["-q", "--no-color", "-C", str(broken), "--content", "texts", "--cache", "kept"]
    for arguments in ([*common, "build", "--jobs", "1"], ["build", "--jobs", "1", *common]):
        assert main(arguments) == Exit.FINDINGS
        assert tuple(capsys.readouterr()) == (UNKNOWN.replace("content/", "texts/"), "")
    assert (broken / "kept").is_dir()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--colour", "build"], 'bilateral build: unrecognized arguments: --colour (did you mean "--no-color"?)'),
        (["build", "--draft"], 'bilateral build: unrecognized arguments: --draft (did you mean "--drafts"?)'),
        (["new", "A", "--timings"], "bilateral new: unrecognized arguments: --timings"),
        (
            ["explain", "page", "/", "--draft"],
            'bilateral explain page: unrecognized arguments: --draft (did you mean "--drafts"?)',
        ),
        (["version", "all"], "bilateral version: unrecognized arguments: all"),
        (["biuld"], 'bilateral: argument COMMAND: there is no "biuld" (did you mean "build"?)'),
        (["explain", "it"], 'bilateral explain: argument WHAT: there is no "it" (there are tags, page)'),
        ([], "bilateral: the following arguments are required: COMMAND"),
        (["build", "--jobs", "two"], "bilateral build: argument --jobs: two is no number of processes: write 1 or more"),
        (["new", "A", "--date", "1.2.2025"], 'bilateral new: argument --date: "1.2.2025" is not a date; write YYYY-MM-DD'),
        (["serve", "--port", "80000"], "bilateral serve: argument --port: 80000 is no port: write a number up to 65535"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_sentence(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == Exit.USAGE
    command = expected.partition(":")[0]
    assert capsys.readouterr().err == f"{expected}; {command} --help lists what there is\n"


@pytest.mark.parametrize("arguments", [("new", "caf\udce9"), ("build", "--base-url", "https://caf\udce9.example/")])
def test_words_that_are_not_utf_8_are_told(root: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    before = read_tree(root)
    with pytest.raises(SystemExit) as ended:
        run(root, *arguments)
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n"), read_tree(root)) == (Exit.USAGE, 1, before)
    assert "caf\\xe9" in said
    assert "is not UTF-8" in said


def test_a_title_needs_no_quotation_marks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["India", "and", "South Korea", "talk", "--date", "2025-08-16"],
        ["-q", "--date", "2025-08-17", "India", "and", "South Korea", "talk", "--no-color"],
    ):
        assert run(root, "new", *arguments) == Exit.CLEAN
        file = root / capsys.readouterr().out.strip()
        assert file.name.endswith("-india-and-south-korea-talk.md")
        assert parse_briefing(file.read_bytes(), file.name).title == "India and South Korea talk"


def test_a_folder_without_an_archive_is_wrong_usage_and_told_how_to_begin_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "new", "Hello") == Exit.USAGE
    assert capsys.readouterr().out == (
        "content: there is neither a content nor a seeds folder here "
        "(for a new archive make a folder content; for another one name its folder with -C) [no-archive]\n"
    )
    (tmp_path / "content").mkdir()
    assert run(tmp_path, "new", "Hello") == Exit.CLEAN


def test_a_build_says_how_many_drafts_it_leaves_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = '---\ntitle: "A draft"\ndate: 2025-08-17\ndraft: true\n---\nA text.\n'
    (root / "content/briefings/2025/2025-08-17-a-draft.md").write_text(draft, encoding="utf-8")
    (root / "content/briefings/2025/2025-08-18-gone.md").write_text(
        draft.replace("draft: true", "withdrawn: {date: 2099-12-24, text: Wrong.}"), encoding="utf-8"
    )
    told = []
    for options in ([], [], ["--drafts"]):
        assert build(root, *options) == Exit.CLEAN
        told.append(capsys.readouterr().err.partition(" pages, ")[2])
    path = root / BRIEFING
    path.write_text(path.read_text(encoding="utf-8") + "More of the text.\n", encoding="utf-8")
    assert build(root, "--no-search") == Exit.CLEAN
    told.append(capsys.readouterr().err.partition(" pages, ")[2])
    assert ["1 draft left out" in line for line in told] == [True, True, False, True]


@pytest.mark.parametrize("option", ["--content", "--seeds", "--templates"])
def test_a_folder_that_is_named_has_to_be_there(root: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root, option, "nowhere") == Exit.USAGE
    assert capsys.readouterr().out == f"{option}: there is no folder nowhere [no-such-folder]\n"


def test_a_wrong_setting_is_wrong_usage(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/archive.toml").write_text('titel = "A"\n', encoding="utf-8")
    assert build(root) == Exit.USAGE
    assert capsys.readouterr().out == (
        'content/archive.toml:1:1: unknown setting "titel" (did you mean "title"?) [invalid-setting]\n'
    )


def test_an_output_that_no_build_wrote_is_refused_and_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "thesis").mkdir()
    (root / "thesis/chapter.txt").write_text("ten years", encoding="utf-8")
    assert build(root, "-o", "thesis") == Exit.INPUT_OUTPUT
    assert "this folder holds files that no build wrote" in capsys.readouterr().out
    assert run(root, "clean", "-o", "thesis") == Exit.INPUT_OUTPUT
    assert [path.name for path in (root / "thesis").iterdir()] == ["chapter.txt"]


def test_a_disk_that_refuses_is_told_without_a_traceback(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "file").write_text("", encoding="utf-8")
    assert build(root, "--cache", "file") == Exit.INPUT_OUTPUT
    said = capsys.readouterr()
    assert "[disk-refused]" in said.out
    assert "Traceback" not in said.err


@pytest.mark.parametrize("folder", [".", "content", "content/kept", "seeds", "site", "site/kept", "templates"])
def test_a_cache_over_files_of_others_is_refused(root: Path, capsys: pytest.CaptureFixture[str], folder: str) -> None:
    (root / ".todo.2024").write_text("Buy milk.", encoding="utf-8")
    before = read_tree(root)
    assert build(root, "--cache", folder) == Exit.USAGE
    assert "(name another one with --cache) [cache-over-files]" in capsys.readouterr().out
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("cc/vocabulary/countries.toml", "[KR]\nname = 7\n", 'cc/vocabulary/countries.toml:2:1: "name" must be a text'),
        (
            "cc/briefings/2025/x.md",
            "---\ntitle: A\ndate: 2025-08-16\nsectors: [qqqqqq]\n---\nA.",
            "the README lists all sectors; cc/vocabulary/sectors.toml adds others",
        ),
        ("th/pages/missing.html", "\n{{ site.titel }}", 'th/pages/missing.html:2: "titel" is undefined'),
        ("th/pages/missing.html", '{% include "x.html" %}', 'th/pages/missing.html:1: there is no template "x.html"'),
        ("th/pages/missing.html", "\n{% if %}", "th/pages/missing.html:2: Expected an expression"),
        ("th/pages/missing.html", "\n{{ 1 + site }}", "th/pages/missing.html:2: unsupported operand"),
        ("th/macros/shown.html", "", "shipped templates/"),
    ],
)
def test_a_fault_is_told_of_the_file_in_the_folder_that_was_named(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, sentence: str
) -> None:
    (root / "content").rename(root / "cc")
    (root / "th").mkdir()
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    assert run(root, "--content", "cc", "--templates", "th", "check") in (Exit.FINDINGS, Exit.USAGE)
    assert sentence in capsys.readouterr().out


def test_a_template_of_another_encoding_is_told_at_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/home.html").write_bytes(b"<p>\nCaf\xe9</p>")
    for command in (["build"], ["check"], ["explain", "page", "/"]):
        assert run(root, *command) == Exit.FINDINGS
        assert "templates/pages/home.html:2: the file is not UTF-8 text" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["http://[::1", "https://example.org[1]/x", "http://x]"])
def test_an_address_that_is_none_stops_no_check(root: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    source = f'source: {{publisher: A Newspaper, url: "{address}"}}\n'
    (root / BRIEFING).write_text(briefing_file(more=source), encoding="utf-8")
    assert run(root, "check") in (Exit.CLEAN, Exit.FINDINGS)
    assert run(root, "explain", "page", address) == Exit.FINDINGS
    assert "Traceback" not in capsys.readouterr().err


def test_a_name_too_long_for_any_disk_is_told_at_the_file_that_asks_for_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "content/briefings/2025" / f"{'x' * 251}.md").write_text(briefing_file(), encoding="utf-8")
    (root / BRIEFING).write_text(briefing_file(more=f"aliases: [/{'y' * 400}/]\n"), encoding="utf-8")
    for command in ("build", "check"):
        assert run(root, command) == Exit.FINDINGS
        told = capsys.readouterr().out
        assert "the name of this file has more than 250 bytes" in told
        assert "a part of this address has more than 250 bytes" in told


def test_briefings_are_no_seeds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "link").symlink_to(root / "content")
    for path in ("content", BRIEFING, ".", "link"):
        assert run(root, "ingest", path) == Exit.USAGE
        assert f"{path}: a briefing is no seed" in capsys.readouterr().out


def test_what_the_disk_refuses_is_told_with_the_file_that_it_is_about(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/briefings/2026").write_text("", encoding="utf-8")
    assert run(root, "new", "A title", "--date", "2026-03-05") == Exit.INPUT_OUTPUT
    assert capsys.readouterr().out == (
        "content/briefings/2026: a file stands where a folder has to be (rename it) [disk-refused]\n"
    )
    (root / "content/archive.toml").unlink()
    (root / "content/archive.toml").mkdir()
    assert run(root, "check") == Exit.INPUT_OUTPUT
    assert capsys.readouterr().out == (
        "content/archive.toml: a folder stands where a file has to be (rename it) [disk-refused]\n"
    )


def test_a_working_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for arguments in (["build"], ["check"], ["new", "A title"], ["-C", "..", "build"]):
        assert main(arguments) == Exit.INPUT_OUTPUT
        said = capsys.readouterr()
        assert "the folder in which you are is not there any more (go to another one) [disk-refused]\n" in said.out
        assert (said.out.count("\n"), said.err) == (1, "")


def test_a_cache_that_is_a_file_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".cache").write_text("", encoding="utf-8")
    assert build(root) == Exit.INPUT_OUTPUT
    assert capsys.readouterr().out == ".cache: a file stands where a folder has to be (rename it) [disk-refused]\n"


def test_what_cannot_be_read_or_written_for_want_of_rights_is_told(root: Path) -> None:
    path = root / BRIEFING
    path.chmod(0)
    with start_without_rights(root, "check") as process:
        assert process.communicate(timeout=TIMEOUT_S)[0] == (
            f"{BRIEFING}: this cannot be read: Permission denied (give the right to read it) [disk-refused]\n"
        )
    path.parent.chmod(0o500)
    with start_without_rights(root, "new", "A title", "--date", "2025-03-05") as process:
        said = process.communicate(timeout=TIMEOUT_S)[0]
    path.parent.chmod(0o700)
    (root / "seeds").mkdir()
    root.chmod(0o555)
    with start_without_rights(root, "ingest") as process:
        refused = process.communicate(timeout=TIMEOUT_S)[0]
    root.chmod(0o755)
    assert refused == ".cache: Permission denied (make room or rights, and try again) [disk-refused]\n"
    assert said == (
        "content/briefings/2025/2025-03-05-a-title.md: this cannot be written: Permission denied "
        "(make room or rights, and try again) [disk-refused]\n"
    )


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_a_signal_ends_a_build_and_the_old_site_stands(root: Path, sent: signal.Signals, code: Exit) -> None:
    assert build(root) == Exit.CLEAN
    before = (root / "site/index.html").read_bytes()
    # A pipe that nobody writes to: the build waits in the middle of its reading.
    (root / "content/archive.toml").unlink()
    os.mkfifo(root / "content/archive.toml")
    with start(root, "build", "--no-ingest") as process:
        lock = root / ".site.lock"
        wait_for(lambda: lock.exists() and lock.read_text(encoding="utf-8"))
        process.send_signal(sent)
        assert process.wait(TIMEOUT_S) == code
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
    assert (root / "site/index.html").read_bytes() == before
    assert not (root / ".site.lock").exists()


def test_the_version_is_printed() -> None:
    with start(Path(), "version") as process:
        assert process.communicate(timeout=TIMEOUT_S) == (f"bilateral {__version__}\n", "")


def test_a_check_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(root.rglob("*"))
    assert run(root, "check", "--jobs", "1") == Exit.CLEAN
    assert sorted(root.rglob("*")) == before
    assert re.match(r"1 briefing, \d+ pages, \d+\.\d s", capsys.readouterr().err)


def test_a_check_goes_on_where_the_list_of_seeds_cannot_be_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/ingested.toml").write_text("[", encoding="utf-8")
    (root / "content/pages/about.md").write_text("---\ntitle: About\n---\n\n[gone](/gone/)\n", encoding="utf-8")
    assert run(root, "check", "--jobs", "1") == Exit.FINDINGS
    said = capsys.readouterr().out
    assert "[broken-ledger]" in said
    assert "[broken-link]" in said


def test_a_check_tells_a_broken_link_at_its_place(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / BRIEFING).write_text(briefing_file(body="See [a pair](/pairs/in-zz/)."), encoding="utf-8")
    assert run(root, "check", "--jobs", "1", "-q") == Exit.FINDINGS
    assert capsys.readouterr().out.startswith(f'{BRIEFING}:11:14: the link to "/pairs/in-zz/" leads to no page')


def test_a_missing_picture_is_told_once_however_many_feeds_repeat_the_text(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / BRIEFING).write_text(briefing_file(body="A ![picture](missing.png)."), encoding="utf-8")
    assert run(root, "check", "--jobs", "1", "-q") == Exit.FINDINGS
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f'{BRIEFING}:11:14: the link to "/briefings/2025-08-16-india/missing.png" leads to no page')


def test_the_address_of_a_source_is_no_insecure_link(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = 'source: {publisher: A, url: "http://old.example/x"}\n'
    (root / BRIEFING).write_text(briefing_file(more=source, body="[A](http://old.example/y)"), encoding="utf-8")
    assert run(root, "check", "--jobs", "1") == Exit.CLEAN
    [line] = [line for line in capsys.readouterr().out.splitlines() if "[insecure-link]" in line]
    assert '"http://old.example/y"' in line


def test_a_check_speaks_the_language_of_other_programs(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken, "check", "--format", "json") == Exit.FINDINGS
    codes = [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert "unknown-sector" in codes
    assert run(broken, "check", "--format", "github") == Exit.FINDINGS
    assert f"::error file={BRIEFING},line=8,col=11,title=unknown-sector::unknown sector" in capsys.readouterr().out


def test_a_check_tells_files_as_they_are_found_from_where_it_runs(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.move(broken / "content", broken / "deep/arch/content")
    monkeypatch.chdir(broken)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert main(["-C", "deep/arch", "check"]) == Exit.FINDINGS
    assert capsys.readouterr().out == f"deep/arch/{UNKNOWN}"
    assert main(["-C", str(broken / "deep/arch"), "check", "--format", "github"]) == Exit.FINDINGS
    assert "file=deep/arch/content/briefings" in capsys.readouterr().out
    monkeypatch.setenv("GITHUB_WORKSPACE", str(broken))
    monkeypatch.chdir("deep/arch")
    assert main(["check", "--format", "github"]) == Exit.FINDINGS
    assert "file=deep/arch/content/briefings" in capsys.readouterr().out
    assert main(["check"]) == Exit.FINDINGS
    assert capsys.readouterr().out == UNKNOWN


def test_addresses_that_differ_in_case_are_told_once_with_both_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = BRIEFING.replace("india", "India")
    (root / other).write_text(briefing_file("Another text"), encoding="utf-8")
    assert build(root) == Exit.FINDINGS
    assert capsys.readouterr().out == (
        f'{BRIEFING}: "/briefings/2025-08-16-india/" and "/briefings/2025-08-16-India/" of {other} differ in case only: '
        "to some systems they are one (rename one of the files) [address-collision]\n"
    )


def test_a_later_build_that_fails_says_that_the_old_site_stands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root) == Exit.CLEAN
    (root / BRIEFING).write_text(briefing_file(sectors="[semicondctors]"), encoding="utf-8")
    assert build(root) == Exit.FINDINGS
    assert capsys.readouterr().err.splitlines()[-1] == "nothing was published: site is as it was"


def test_clean_leaves_what_the_archive_is_made_of(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(root.rglob("*"))
    assert build(root) == Exit.CLEAN
    assert (root / "site" / MARKER).exists()
    capsys.readouterr()
    assert run(root, "clean") == Exit.CLEAN
    assert capsys.readouterr().err == "removed site\nremoved .cache\n"
    assert sorted(root.rglob("*")) == before
    assert run(root, "clean") == Exit.CLEAN


def test_clean_leaves_what_no_build_wrote_and_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root) == Exit.CLEAN
    write_tree_below(root / "site", {".git/HEAD": "ref", "briefings/mine.txt": "ten years"})
    capsys.readouterr()
    assert run(root, "clean") == Exit.CLEAN
    assert capsys.readouterr().err == (
        "removed what builds wrote in site; .git, briefings/mine.txt stays there\nremoved .cache\n"
    )
    assert sorted(read_tree(root / "site")) == [".git/HEAD", "briefings/mine.txt"]


def test_clean_removes_what_an_interrupted_build_left_beside_the_site(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root) == Exit.CLEAN
    shutil.copytree(root / "site", root / ".site.new.old")
    (root / "site").rename(root / ".site.new")
    capsys.readouterr()
    assert run(root, "clean") == Exit.CLEAN
    assert capsys.readouterr().err == "removed site\nremoved .cache\n"
    assert not (root / ".site.new").exists()
    assert not (root / ".site.new.old").exists()


def test_clean_refuses_a_cache_that_others_fill(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".cache").mkdir()
    (root / ".cache/other").write_text("", encoding="utf-8")
    build(root)
    assert run(root, "clean") == Exit.INPUT_OUTPUT
    assert "this folder was not made by bilateral" in capsys.readouterr().out
    assert (root / ".cache/other").exists()


def test_a_new_briefing_is_a_draft_that_is_never_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("new", "India, South Korea: “New” ties", "--date", "2026-03-05")
    assert run(root, *arguments) == Exit.CLEAN
    said = capsys.readouterr()
    path = said.out.removesuffix("\n")
    assert "--drafts" in said.err
    assert path == "content/briefings/2026/2026-03-05-india-south-korea-new-ties.md"
    written = (root / path).read_bytes()
    made = parse_briefing(written, path)
    assert (made.title, str(made.date), made.draft) == ("India, South Korea: “New” ties", "2026-03-05", True)
    assert run(root, *arguments) == Exit.FINDINGS
    assert "[briefing-exists]" in capsys.readouterr().out
    assert (root / path).read_bytes() == written
    assert build(root) == Exit.CLEAN
    assert not (root / "site/briefings/2026-03-05-india-south-korea-new-ties").exists()


@pytest.mark.parametrize("title", [" \u200b ", "!!!"])
def test_a_title_without_words_begins_nothing(root: Path, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "new", title) == Exit.USAGE
    assert "[no-title]" in capsys.readouterr().out


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: squeeze(normalise(text))).filter(bool))
def test_every_title_can_be_read_back_from_its_draft(title: str) -> None:
    draft = parse_briefing(render_draft(title, date(2026, 3, 5)).encode(), "content/briefings/2026/2026-03-05-x.md")
    assert (draft.title, draft.draft) == (title, True)


def test_a_draft_without_a_date_is_named_where_drafts_are_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "content/briefings/undated/talks.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: Talks\ndraft: true\n---\n\nThey talk.\n", encoding="utf-8")
    assert run(root, "build", "--drafts") == Exit.CLEAN
    assert '1 draft without a date left out, which "bilateral check --drafts" names' in capsys.readouterr().err
    run(root, "check", "--drafts")
    assert "undated/talks.md: this draft has no date" in capsys.readouterr().out
    run(root, "check")
    assert "this draft has no date" not in capsys.readouterr().out


def test_a_draft_names_every_key() -> None:
    text = render_draft("A title", date(2026, 3, 5))
    assert re.findall(r"^(?:# )?(\w+):", text, re.MULTILINE) == sorted(set(BRIEFING_KEYS), key=BRIEFING_KEYS.index)


def test_explain_says_why_a_page_was_made_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root)
    (root / BRIEFING).write_text(briefing_file("Another title"), encoding="utf-8")
    capsys.readouterr()
    assert run(root, "explain", "page", "pairs/in-kr") == Exit.CLEAN
    past, future = capsys.readouterr().out.splitlines()
    assert past == "The last build made /pairs/in-kr/, because it was not there before."
    assert future.startswith("The next build would make it again, because something has changed since: what its template calls ")
    assert '"listing"' in future
    build(root)
    capsys.readouterr()
    assert run(root, "explain", "page", "https://example.org/briefings/pairs/in-kr/") == Exit.CLEAN
    past, future = capsys.readouterr().out.splitlines()
    assert past.startswith(
        "The last build made /pairs/in-kr/ again, because something that it shows had changed: what its template calls "
    )
    assert '"listing"' in past
    assert future == "The next build would leave it as it is, because nothing that it shows has changed since."
    assert run(root, "explain", "page", "/about/") == Exit.CLEAN
    assert capsys.readouterr().out.startswith("The last build left /about/ as it was, because nothing that it shows had changed.")


def test_explain_says_that_the_last_build_was_asked_for_something_else(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root, "--drafts")
    capsys.readouterr()
    assert run(root, "explain", "page", "/") == Exit.CLEAN
    assert "notice: the last build had other options (--drafts, --no-search or --base-url)\n" in capsys.readouterr().err


def test_explain_knows_pages_to_come_and_pages_to_go(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root)
    (root / "content/pages/about.md").rename(root / "content/pages/method.md")
    capsys.readouterr()
    assert run(root, "explain", "page", "/method/") == Exit.CLEAN
    assert run(root, "explain", "page", "/about/") == Exit.CLEAN
    assert capsys.readouterr().out.splitlines() == [
        "/method/ is not in the site as it stands, so the next build would make it.",
        "/about/ stands in the site, and the next build would take it away: nothing in the archive asks for it any more.",
    ]
    assert run(root, "explain", "page", "/pairs/in-kq/") == Exit.FINDINGS
    assert capsys.readouterr().out == (
        '/pairs/in-kq/: the site has no page of this address (did you mean "/pairs/in-kr/"?) [no-such-page]\n'
    )


def test_explain_knows_addresses_that_the_host_answers_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = root / "content/archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "[pages]\nredirects = false\n", encoding="utf-8")
    build(root)
    capsys.readouterr()
    assert run(root, "explain", "page", "pairs/kr-in") == Exit.CLEAN
    assert capsys.readouterr().out == (
        "/pairs/kr-in/ has no page: the file _redirects tells the host to lead readers to /pairs/in-kr/ instead.\n"
    )
    (root / BRIEFING).write_text(briefing_file(countries='["IN"]', pairs="[]"), encoding="utf-8")
    assert run(root, "explain", "page", "pairs/kr-in") == Exit.FINDINGS


def test_explain_reports_an_archive_that_cannot_be_built(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken, "explain", "page", "/") == Exit.FINDINGS
    assert capsys.readouterr().out == UNKNOWN


def test_a_title_cannot_paint_the_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / BRIEFING).write_text(briefing_file(sectors='["\\e[31mred"]'), encoding="utf-8")
    assert build(root, "-q") == Exit.FINDINGS
    assert "\x1b" not in capsys.readouterr().out


def test_a_build_says_that_nobody_has_said_where_the_site_will_stand(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "notice: base_url is not set: feeds, citations and the sitemap name http://localhost:8000/\n"
    (root / "content/archive.toml").unlink()
    told = []
    for options in ([], ["-b", "https://example.org/"]):
        assert build(root, *options) == Exit.CLEAN
        told.append(said in capsys.readouterr().err)
    assert told == [True, False]
