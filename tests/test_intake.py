"""Ingest on real files: what is written once stays, an editor's change survives, and a deleted briefing does not come back."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cli import main
from generator.clock import OutOfTimeError, time_limit
from generator.content.briefings import parse_briefing
from generator.errors import Exit, SeedError
from generator.ingest import read_seeds
from generator.ingest.settling import reconcile
from generator.intake import ingest, seed_files
from generator.intake.editing import explain_file, retag
from generator.intake.pool import BATCH
from generator.intake.seed_files import SeedFiles
from generator.places import find_places
from tests.trees import read_tree
from tests.waiting import TIMEOUT_S, wait_for

ROOT = Path(__file__).parent.parent
REAL_SEED = ROOT / "seeds/000_0eaf84618f860533.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    shutil.copy(REAL_SEED, tmp_path / "seeds")
    ingest(find_places(tmp_path))
    return tmp_path


def content(root: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()}


def the_briefing(root: Path) -> Path:
    (path,) = (root / "content/briefings").rglob("*.md")
    return path


def forget(root: Path) -> None:
    """Take away what only saves time, so that the next run has to look at everything."""
    shutil.rmtree(root / ".cache", ignore_errors=True)


@pytest.mark.parametrize("is_cached", [True, False])
def test_a_second_ingest_changes_no_byte(root: Path, is_cached: bool) -> None:
    before = content(root)
    if not is_cached:
        forget(root)
    assert ingest(find_places(root)).paths == ()
    assert content(root) == before


def test_an_editors_change_survives_also_a_change_of_the_seed(root: Path) -> None:
    path = the_briefing(root)
    edited = path.read_text(encoding="utf-8").replace("kind: ministerial-meeting", "kind: dialogue  # not at the table")
    path.write_text(edited, encoding="utf-8")
    assert ingest(find_places(root)).problems == ()
    seed = root / "seeds" / REAL_SEED.name
    seed.write_text(seed.read_text(encoding="utf-8") + "\nA new last sentence was added by the publisher.\n", encoding="utf-8")
    result = ingest(find_places(root))
    assert [problem.code for problem in result.problems] == ["seed-conflict"]
    assert path.read_text(encoding="utf-8") == edited


def test_a_changed_seed_is_written_again_where_nobody_edited(root: Path) -> None:
    seed = root / "seeds" / REAL_SEED.name
    seed.write_text(seed.read_text(encoding="utf-8") + "\nA new last sentence was added by the publisher.\n", encoding="utf-8")
    assert ingest(find_places(root)).briefings == 1
    assert "A new last sentence was added" in the_briefing(root).read_text(encoding="utf-8")


def test_a_renamed_seed_changes_nothing_but_says_nothing(root: Path) -> None:
    (root / "seeds" / REAL_SEED.name).rename(root / "seeds/moved.txt")
    result = ingest(find_places(root))
    assert (result.briefings, result.problems) == (0, ())


def test_a_way_to_the_archive_that_goes_up_again_changes_no_byte(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(root / "seeds", other / "archive/seeds")
    (other / "archive/sub").mkdir()
    (other / "link").symlink_to("archive/sub")
    for folder in ("archive/sub/..", "link/.."):
        monkeypatch.chdir(other)
        assert main(["-C", folder, "ingest"]) == Exit.CLEAN
        assert content(other / "archive") == content(root)
        shutil.rmtree(other / "archive/content")
        forget(other / "archive")
    monkeypatch.chdir(other / "archive/sub")
    assert main(["-C", "..", "ingest"]) == Exit.CLEAN
    assert content(other / "archive") == content(root)


def test_a_deleted_briefing_does_not_come_back(root: Path) -> None:
    the_briefing(root).unlink()
    assert [problem.code for problem in ingest(find_places(root)).problems] == ["briefing-deleted"]
    forget(root)
    assert ingest(find_places(root)).problems == ()
    assert list((root / "content/briefings").rglob("*.md")) == []
    assert "000_0eaf84618f860533.txt" in (root / "content/declined.toml").read_text(encoding="utf-8")


def test_a_deletion_after_a_changed_seed_is_told_once(root: Path) -> None:
    seed = root / "seeds" / REAL_SEED.name
    seed.write_text(seed.read_text(encoding="utf-8") + "\nFollow us on WhatsApp\n", encoding="utf-8")
    ingest(find_places(root))
    assert (root / "content/ingested.toml").read_text(encoding="utf-8").count("sha256:") == 2
    the_briefing(root).unlink()
    assert [problem.code for problem in ingest(find_places(root)).problems] == ["briefing-deleted"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shutil.copy(REAL_SEED, tmp_path / "seeds")
    assert ingest(find_places(tmp_path), dry_run=True).briefings == 1
    assert not (tmp_path / "content").exists()


def test_what_was_refused_is_said_again_by_the_next_run(root: Path) -> None:
    (root / "seeds/empty.txt").write_text("  \n", encoding="utf-8")
    first = ingest(find_places(root)).problems
    assert [problem.code for problem in first] == ["seed-empty"]
    assert ingest(find_places(root)).problems == first


def test_a_briefing_that_cannot_be_read_is_told_by_every_run_as_check_does_and_by_a_build_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = the_briefing(root)
    good = path.read_text(encoding="utf-8")
    path.write_text(good, encoding="utf-16")
    shutil.copy(ROOT / "seeds/2016-06-18-korea-plus-desk.txt", root / "seeds")
    told = f"content/{path.relative_to(root / 'content')}:1:1: the file is not UTF-8 text"
    for command in ("ingest", "ingest", "check", "build"):
        assert main(["-C", str(root), command]) == Exit.FINDINGS
        assert capsys.readouterr().out.count(told) == 1, command
    path.write_text(good, encoding="utf-8")
    assert main(["-C", str(root), "ingest"]) == Exit.CLEAN


def test_a_renamed_briefing_is_told_by_build_and_check_until_its_former_address_leads_on(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = the_briefing(root)
    moved = path.rename(path.with_stem("2025-08-16-another-name"))
    url = f"/briefings/{path.stem}/"
    said = f'this file was renamed, and its former address {url} leads nowhere (write "aliases: [{url}]" into its front matter'
    told = f"content/briefings/2025/{moved.name}:1: {said}"
    for command in ("check", "build", "build", "check", "ingest"):
        assert main(["-C", str(root), command]) == Exit.CLEAN
        assert capsys.readouterr().out.count(told) == 1, command
    text = moved.read_text(encoding="utf-8")
    moved.write_text(text.replace("\nlang:", f"\naliases: [{url}]\nlang:"), encoding="utf-8")
    for command in ("build", "check"):
        assert main(["-C", str(root), command]) == Exit.CLEAN
        assert "lost-address" not in capsys.readouterr().out, command
    assert f"{url} /briefings/{moved.stem}/" in (root / "site/_redirects").read_text(encoding="utf-8")


def test_the_rest_of_a_batch_goes_on_after_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    shutil.copy(REAL_SEED, tmp_path / "seeds")
    result = ingest(find_places(tmp_path))
    assert ([problem.code for problem in result.problems], result.briefings) == (["seed-binary"], 1)


def test_the_processes_make_no_difference(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(ROOT / "seeds", tmp_path / name / "seeds")
        shutil.copy(REAL_SEED, tmp_path / name / "seeds/the-same-bytes.txt")
    ingest(find_places(tmp_path / "one"), jobs=1)
    ingest(find_places(tmp_path / "two"), jobs=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


KEYS = "id file status title date publisher countries pairs sectors people organisations lang text duplicate_of seconds problems"


def test_jsonl_has_one_object_for_every_document_whatever_is_in_content(root: Path) -> None:
    (root / "seeds/empty.txt").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "-C", str(root), "ingest", "--dry-run", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(found["id"], found["status"]) for found in documents] == [("000_0eaf84618f860533", "ok"), ("empty", "rejected")]
    assert all(set(found) == set(KEYS.split()) for found in documents)
    assert documents[0]["pairs"] == ["in-kr"]
    assert done.returncode == 1


def test_an_ingest_that_would_write_nothing_for_its_format_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_tree(root)
    assert main(["-C", str(root), "ingest", "--format", "jsonl"]) == Exit.USAGE
    assert capsys.readouterr() == (
        "ingest: --format jsonl prints documents and writes nothing "
        "(add --dry-run to print them, or leave --format out to write briefings) [vain-option]\n",
        "",
    )
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--dry-run --exit-code", ["no use for --exit-code (leave out --exit-code)"]),
        ("--dry-run --allow-deletions", ["no use for --allow-deletions (leave out --allow-deletions)"]),
        ("--exit-code", ["no use for --exit-code (leave out --exit-code)", "prints documents and writes nothing (add --dry-run"]),
    ],
)
def test_what_an_ingest_is_asked_in_vain_beside_documents_is_told_at_once(
    root: Path, capsys: pytest.CaptureFixture[str], asked: str, said: list[str]
) -> None:
    assert main(["-C", str(root), "ingest", "--format", "jsonl", *asked.split()]) == Exit.USAGE
    lines = capsys.readouterr().out.splitlines()
    assert [words in line and line.endswith("[vain-option]") for words, line in zip(said, lines, strict=True)] == [True] * len(
        said
    )


# Python calls the hook before it renames the first briefing to its name: another file is saved in that moment.
MEANWHILE = """
import os, shutil, sys
from generator.cli import main
root, *saved = sys.argv[1:]
def save(event, names):
    if saved and event == "os.rename" and os.fsdecode(names[1]).startswith(f"{root}/content/briefings/"):
        source, target = saved
        saved.clear()
        shutil.copy(source, target)
sys.addaudithook(save)
sys.exit(main(["-C", root, "ingest"]))
"""


def ingest_while_saving(root: Path, source: Path, target: Path) -> str:
    """Ingest, and let a copy of `source` be saved as `target` while the first briefing is written; return what was told."""
    command = [sys.executable, "-c", MEANWHILE, *map(str, (root, source, target))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == Exit.CLEAN, done.stderr
    assert target.read_bytes() == source.read_bytes()
    return done.stdout + done.stderr


def test_a_seed_that_arrives_during_a_run_is_taken_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shutil.copy(REAL_SEED, tmp_path / "seeds")
    late = ROOT / "seeds/2016-06-18-korea-plus-desk.txt"
    assert "\n1 seed, 1 briefing written" in ingest_while_saving(tmp_path, late, tmp_path / "seeds" / late.name)
    assert ingest(find_places(tmp_path)).briefings == 1


def test_an_article_too_large_for_a_briefing_is_told_and_stops_no_other(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Japan and Peru agreed on Monday to send {} more ships to the port of Callao before the end of the year.\n\n"
    seed = " date 2024-05-03 Japan and Peru agree on ships\n\nExample Wire\n\n" + "".join(map(line.format, range(1_000)))
    (root / "seeds/long.txt").write_text(seed, encoding="utf-8")
    before = content(root)
    monkeypatch.setattr(reconcile, "FILE_SIZE_BYTES", 100_000)
    result = ingest(find_places(root))
    assert [(problem.code, str(problem.where)) for problem in result.problems] == [("seed-size", "seeds/long.txt")]
    assert content(root) == before


def test_a_seed_whose_name_is_not_utf_8_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shutil.copy(REAL_SEED, tmp_path / "seeds" / os.fsdecode(b"caf\xe9.txt"))
    assert ingest(find_places(tmp_path)).briefings == 1
    assert r"seeds/caf\xe9.txt" in the_briefing(tmp_path).read_text(encoding="utf-8")
    assert ingest(find_places(tmp_path)).paths == ()
    forget(tmp_path)
    assert ingest(find_places(tmp_path)).paths == ()


def test_a_file_that_is_edited_while_seeds_are_read_is_kept_and_its_seed_settled_by_the_next_run(root: Path) -> None:
    seed, path = root / "seeds" / REAL_SEED.name, the_briefing(root)
    seed.write_text(seed.read_text(encoding="utf-8") + "\nA new last sentence was added by the publisher.\n", encoding="utf-8")
    shutil.copy(ROOT / "seeds/2016-06-18-korea-plus-desk.txt", root / "seeds/0.txt")
    edited = path.read_text(encoding="utf-8").replace("kind: ministerial-meeting", "kind: dialogue")
    (root / "edited.md").write_text(edited, encoding="utf-8")
    assert re.findall(r"\[([a-z-]+)\]", ingest_while_saving(root, root / "edited.md", path)) == ["changed-meanwhile"]
    assert path.read_text(encoding="utf-8") == edited
    assert [problem.code for problem in ingest(find_places(root)).problems] == ["seed-conflict"]
    assert path.read_text(encoding="utf-8") == edited


def test_a_file_that_lies_there_twice_is_counted_and_told_by_every_run(root: Path) -> None:
    shutil.copy(root / "seeds" / REAL_SEED.name, root / "seeds/zz.txt")
    for is_cached in (False, True, False):
        if not is_cached:
            forget(root)
        result = ingest(find_places(root))
        assert (result.seeds, result.repeated, result.briefings) == (2, 1, 0)
        assert [str(problem.where) for problem in result.problems] == ["seeds/zz.txt"]


def test_the_original_of_a_copy_is_the_one_that_a_briefing_names(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for name in ("story-copy.txt", "story.txt"):
        shutil.copy(REAL_SEED, tmp_path / "seeds" / name)
    ingest(find_places(tmp_path))
    assert "file: seeds/story.txt" in the_briefing(tmp_path).read_text(encoding="utf-8")


def test_a_seed_under_a_name_that_is_not_utf_8_is_no_prey_of_another_outlet(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shutil.copy(REAL_SEED, tmp_path / "seeds" / os.fsdecode(b"caf\xe9.txt"))
    ingest(find_places(tmp_path))
    before = the_briefing(tmp_path).read_bytes()
    other = REAL_SEED.read_text(encoding="utf-8").replace("NDTV Profit", "Pacific Post")
    (tmp_path / "seeds/a.txt").write_text(other, encoding="utf-8")
    assert [problem.code for problem in ingest(find_places(tmp_path)).problems] == ["seed-duplicate"]
    assert before in [path.read_bytes() for path in (tmp_path / "content/briefings").rglob("*.md")]


def test_a_seed_that_takes_too_long_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Peru and Fiji signed a pact on fish in Lima on Monday, the two governments said in the evening. "
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(f"Peru and Fiji sign a pact on fish\n\n3 May 2024\n\n{sentence * 9_000}\n")
    (tmp_path / "seeds/b.txt").write_text("")
    with monkeypatch.context() as patch:
        patch.setattr(seed_files, "SEED_TIME_S", 0.02)
        result = ingest(find_places(tmp_path))
    assert [(problem.code, problem.where.path) for problem in result.problems] == [
        ("seed-time", "seeds/a.txt"),
        ("seed-empty", "seeds/b.txt"),
    ]
    assert not result.paths
    assert len(ingest(find_places(tmp_path), paths=["seeds/a.txt"]).paths) == 2


def test_a_record_that_takes_too_long_takes_none_of_those_behind_it_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = f"<div>{'<p>Peru and <b>Fiji</b> agreed.</p>' * 150_000}</div>"
    bodies = ("Peru and Fiji signed a pact on fish in Lima.", slow, "Ghana opened an office for ships from Chile on Monday.")
    lines = (json.dumps({"title": f"Pact {n}", "date": "2024-05-03", "text": body}) for n, body in enumerate(bodies, 1))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.jsonl").write_text("\n".join(lines))
    # What is read once a process is read before the time counts.
    assert list(read_seeds(b'{"title": "A", "text": "<p>Peru and <b>Fiji</b>.</p>"}', "seeds/b.json"))
    monkeypatch.setattr(seed_files, "SEED_TIME_S", 0.5)
    result = ingest(find_places(tmp_path))
    assert [(problem.code, str(problem.where)) for problem in result.problems] == [("seed-time", "seeds/a.jsonl:2")]
    assert sorted(Path(path).stem for path in result.paths if path.endswith(".md")) == ["2024-05-03-pact-1", "2024-05-03-pact-3"]


def test_a_seed_that_takes_too_long_keeps_nobody_who_reads_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its reading takes seconds, and leaves two sentences: the place before them speaks for the country of the firm.
    slow = f"<div hidden>{'<p>Peru and <b>Fiji</b> agreed.</p>' * 150_000}</div>"
    text = (
        "<p>{}, May 3 - A maker of {} will open a factory in {} months, its chief said on Monday.</p><p>It costs {} million.</p>"
    )
    bodies = (text.format("SEOUL", "batteries", 20, 50) + slow, text.format("TOKYO", "glass for windows", 12, 9))
    lines = (json.dumps({"title": f"Maker opens {n}", "date": "2024-05-03", "text": body}) for n, body in enumerate(bodies, 1))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.jsonl").write_text("\n".join(lines))
    places = find_places(tmp_path)
    assert ingest(places).briefings == 2
    stamps = [
        parse_briefing(file.read_bytes(), file.name).seed for file in sorted((tmp_path / "content/briefings").rglob("*.md"))
    ]
    assert retag(places).found == ()
    monkeypatch.setattr(seed_files, "SEED_TIME_S", 0.5)
    assert [(Path(item.path).stem, item.kept) for item in retag(places).found] == [
        ("2024-05-03-maker-opens-1", (("countries", ("KR",)),))
    ]
    with pytest.raises(SeedError) as refused:
        list(explain_file(places, "seeds/a.jsonl"))
    assert [(problem.code, str(problem.where)) for problem in refused.value.problems] == [("seed-time", "seeds/a.jsonl:1")]
    assert [SeedFiles(places).hold(stamp.digest, stamp.file) for stamp in stamps if stamp] == [False, True]


def find_children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def start_over_a_pool(root: Path) -> subprocess.Popen[str]:
    """Start an ingest of more seeds than are worked at together, which two processes share."""
    seed = " date 2024-05-03 Japan and Peru agree on {} ships\n\nExample Wire\n\n" + "Japan and Peru agreed on {} ships. " * 60
    (root / "seeds").mkdir()
    for number in range(BATCH + 50):
        (root / f"seeds/{number:03}.txt").write_text(seed.replace("{}", str(number)))
    command = ["env", "--default-signal", sys.executable, "-m", "generator", "-C", str(root), "ingest", "--jobs", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_process_of_an_ingest_that_is_killed_is_told_and_the_next_run_does_the_rest(tmp_path: Path) -> None:
    with start_over_a_pool(tmp_path) as process:
        killed, other = wait_for(lambda: found if len(found := find_children(process.pid)) == 2 else None)
        os.kill(killed, signal.SIGKILL)
        said = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, *said) == (
        Exit.INPUT_OUTPUT,
        "site: a process was ended before its work was done (where memory is short, try with --jobs 1) [killed-process]\n",
        "",
    )
    assert not Path(f"/proc/{other}").exists()
    ingest(find_places(tmp_path))
    assert len(list((tmp_path / "content/briefings").rglob("*.md"))) == BATCH + 50


@pytest.mark.parametrize("to_all", [True, False])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_a_signal_ends_an_ingest_and_its_processes(tmp_path: Path, sent: signal.Signals, code: Exit, to_all: bool) -> None:
    with start_over_a_pool(tmp_path) as process:
        children = wait_for(lambda: found if len(found := find_children(process.pid)) == 2 else None)
        for number in (process.pid, *children) if to_all else (process.pid,):
            os.kill(number, sent)
        said = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, *said) == (code, "", "interrupted\n" if sent == signal.SIGINT else "")
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def go_on_after_any_exception() -> None:
    """Do what libraries do that must not fail."""
    for _ in range(3):
        with contextlib.suppress(Exception):
            re.match(r"(a+)+$", "a" * 24 + "b")


def test_a_time_limit_holds_for_its_block_alone_and_reaches_into_a_pattern() -> None:
    with pytest.raises(OutOfTimeError), time_limit(0.01):
        re.match(r"(a+)+$", "a" * 40 + "b")
    with time_limit(0.01):
        pass
    with pytest.raises(OutOfTimeError), time_limit(0.01):
        go_on_after_any_exception()
    assert re.match(r"(a+)+$", "a" * 22 + "b") is None


def test_merging_is_advised_where_it_is_not_set_and_two_that_were_written_stay_two(tmp_path: Path) -> None:
    text = "Peru and Fiji signed a pact on fish in Lima on Friday, the two governments said in the evening of the same day.\n"
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(f"Peru and Fiji sign a pact on fish\n\n3 May 2024\n\n{text}")
    (tmp_path / "seeds/b.txt").write_text(f"Fish pact of Fiji and Peru is signed\n\n4 May 2024\n\n{text}")
    (problem,) = ingest(find_places(tmp_path)).problems
    assert 'duplicates = "merge"' in problem.hint
    (tmp_path / "content/archive.toml").write_text('[ingest]\nduplicates = "merge"\n')
    result = ingest(find_places(tmp_path))
    assert [(problem.code, "merge" in problem.hint) for problem in result.problems] == [("seed-duplicate", False)]
    assert not result.paths


@pytest.mark.parametrize("name", ["README", "README.md", "sub/readme.txt"])
def test_a_readme_among_the_seeds_is_no_article_and_told(root: Path, name: str) -> None:
    before = content(root)
    (root / "seeds/sub").mkdir()
    (root / "seeds" / name).write_text("# Seeds\n\nPut articles here.\n", encoding="utf-8")
    result = ingest(find_places(root))
    assert (result.seeds, result.problems, content(root)) == (1, (), before)
    assert result.notices == (f"seeds/{name} is passed over: by its name it is about its folder, and no article",)


@pytest.mark.parametrize("folder", ["Peru_files", "Peru-Dateien", "Peru_soubory", "Peru_pliki"])
def test_the_folder_that_a_browser_puts_beside_a_saved_page_is_passed_over_and_told(root: Path, folder: str) -> None:
    title = "Peru and Fiji agree on fish"
    lead = "Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year."
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>14 March 2024</p><p>{lead}</p></body></html>"
    beside = root / "seeds/pages" / folder
    (beside / "more").mkdir(parents=True)
    (root / "seeds/pages/Peru.html").write_text(page, encoding="utf-8")
    (beside / "main.css").write_text("/* Peru */ body { margin: 0 }\n", encoding="utf-8")
    (beside / "more/frame.html").write_text(page.replace("fish", "ships"), encoding="utf-8")
    result = ingest(find_places(root))
    assert [path.rpartition("/")[2] for path in result.paths if "ingested" not in path] == [
        "2024-03-14-peru-and-fiji-agree-on-fish.md"
    ]
    assert result.notices == (
        f"seeds/pages/{folder}/ is passed over: a browser has put there what belongs to the page Peru.html beside it",
    )


def test_a_folder_without_its_page_beside_it_is_read(root: Path) -> None:
    (root / "seeds/old_files").mkdir()
    lead = "Peru and Fiji agreed on Tuesday in Suva to build four ships for the survey of the ocean."
    text = f"Peru and Fiji agree on ships\n14 March 2024\n\n{lead}\n"
    (root / "seeds/old_files/a.txt").write_text(text, encoding="utf-8")
    result = ingest(find_places(root))
    assert (result.seeds, result.notices) == (2, ())
