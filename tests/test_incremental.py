"""An incremental build writes the same bytes as a clean one, and only the files that show what changed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build, collect_rest, compare
from generator.build.outcome import Options, Outcome
from generator.build.recall import Memory
from generator.errors import ConfigError
from generator.outputs import MARKER
from generator.places import find_places
from generator.publish.render import PAGES_WORTH_A_POOL
from tests.archives import ARCHIVE_TOML, briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.trees import write_tree_below

INDIA = "content/briefings/2025/2025-08-16-india.md"
OWN = "/briefings/2025-08-16-india/"


def read_site(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != MARKER}


@pytest.fixture
def root(write_tree: WriteTree) -> Path:
    root = write_tree(small_archive())
    assert not build_site(root).failed
    return root


def rebuild(root: Path) -> Outcome:
    """Build what changed, hold it against a clean build, and return what was done."""
    outcome = build_site(root)
    assert outcome.problems == ()
    warm = read_site(root)
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "site")
    build_site(root)
    assert read_site(root) == warm
    return outcome


def edit(root: Path, name: str, change: Callable[[str], str]) -> None:
    path = root / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_first_build_leaves_what_the_next_one_compares_with_whichever_process_made_a_page(tmp_path: Path, jobs: int) -> None:
    files = {f"content/briefings/2024/2024-05-17-{number}.md": briefing_file(f"Talks {number}") for number in range(120)}
    root = write_tree_below(tmp_path, {**small_archive(), **files})
    first = build(find_places(root), Options(jobs=jobs))
    assert len(first.reasons) > PAGES_WORTH_A_POOL
    assert set(first.reasons.values()) == {"new"}
    reasons, changes, _ = compare(find_places(root), Options())
    assert (reasons, changes.stale, changes.gone) == (first.reasons, {}, frozenset())
    edit(root, INDIA, lambda text: text + "\nA last word.\n")
    later = build(find_places(root), Options(jobs=jobs))
    assert later.reasons[OWN] == "changed: article, citation, reading"
    assert not set(later.reasons) & {"/", "/briefings/", "/pairs/in-kr/", "/briefings/2024-05-17-7/"}


def test_nothing_changed_makes_nothing(root: Path) -> None:
    outcome = build_site(root)
    assert (outcome.is_unchanged, outcome.written, outcome.reasons) == (True, 0, {})


def test_a_build_that_finds_nothing_changed_imports_nothing_to_make_pages_of(root: Path) -> None:
    code = (
        "import sys; from generator.cli import main; code = main(); "
        "print(code, *sorted({'dataclasses', 'difflib', 'inspect', 'jinja2', 'json', 'markdown', 'msgspec', 'generator.model'} "
        "& sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path}; {code}", "-C", str(root), "build", "--no-ingest"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing changed" in told.stderr
    assert told.stdout.split() == ["0"]


def test_a_library_that_is_installed_anew_is_noticed_wherever_it_lies(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed, other = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("other")
    (installed / "uharfbuzz-0.54.1.dist-info").mkdir()
    for folder in (installed, other):
        monkeypatch.syspath_prepend(folder)
    build_site(root)
    (other / "notes.txt").write_text("No package.")
    assert build_site(root).is_unchanged
    (installed / "uharfbuzz-0.54.1.dist-info").rename(installed / "uharfbuzz-0.55.0.dist-info")
    assert not build_site(root).is_unchanged


@pytest.mark.parametrize("lost", [".cache", "site/index.html"])
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_was_deleted_goes_where_nobody_knows_the_last_build(root: Path, lost: str, is_withdrawn: bool) -> None:
    shutil.rmtree(root / lost) if lost == ".cache" else (root / lost).unlink()
    if is_withdrawn:
        edit(root, INDIA, lambda text: text.replace("title:", "withdrawn: {date: 2025-12-24, text: Retracted.}\ntitle:", 1))
    else:
        (root / INDIA).unlink()
    assert not build(find_places(root), Options(in_place=True)).failed
    warm = read_site(root)
    shutil.rmtree(root / "site")
    build_site(root)
    assert read_site(root) == warm
    assert f"{OWN}index.md"[1:] not in warm


@pytest.mark.parametrize("name", ["briefings", "pages", "vocabulary", "briefings/2025"])
def test_a_folder_that_is_a_link_is_not_followed_and_one_of_texts_stops_the_build(
    root: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    (root / "content/vocabulary").mkdir()
    (root / "content/vocabulary/sectors.toml").write_text('[space]\nname = "Rockets"\n', encoding="utf-8")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "folder"
    shutil.move(root / "content" / name, elsewhere)
    (root / "content" / name).symlink_to(elsewhere)
    told = f"content/{name}: nothing follows this symbolic link (put what it leads to in its place) [unread-file]"
    outcome = build_site(root)
    assert told in map(str, outcome.problems)
    assert outcome.failed == (name != "vocabulary")
    assert build_site(root, publish=False).problems == outcome.problems
    assert OWN[1:] + "index.html" in read_site(root)
    for file in elsewhere.rglob("*.*"):
        file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Canary ").replace("Rockets", "Canary"))
    build_site(root)
    assert not any(b"Canary" in data for data in read_site(root).values())


@pytest.mark.parametrize("name", ["seeds/wire.txt", "templates/pages/home.html"])
def test_a_seed_or_template_that_is_a_link_is_passed_over_and_told(
    root: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
    elsewhere.write_text("Canary\n", encoding="utf-8")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(elsewhere)
    told = f"{name}: nothing follows this symbolic link (put what it leads to in its place) [unread-file]"
    assert told in map(str, build_site(root).problems)
    assert not any(b"Canary" in data for data in read_site(root).values())


def test_settings_that_lead_to_no_file_are_an_error(root: Path) -> None:
    (root / "content/archive.toml").unlink()
    (root / "content/archive.toml").symlink_to("nowhere.toml")
    told = (
        "content/archive.toml: this symbolic link leads to no file "
        "(let it lead to the settings, or remove it to have the defaults) [unread-file]"
    )
    with pytest.raises(ConfigError, match=re.escape(told)):
        build_site(root)


def test_settings_behind_a_link_are_read_and_their_changes_seen(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "settings.toml"
    shutil.move(root / "content/archive.toml", elsewhere)
    (root / "content/archive.toml").symlink_to(elsewhere)
    build_site(root)
    elsewhere.write_text(ARCHIVE_TOML.replace('title = "', 'title = "Renamed '), encoding="utf-8")
    assert rebuild(root).written
    assert b"Renamed" in read_site(root)["index.html"]


def test_caches_of_python_and_pipes_are_no_briefings(root: Path) -> None:
    (root / "content/briefings/__pycache__").mkdir()
    shutil.copy(root / INDIA, root / "content/briefings/__pycache__/copy.md")
    os.mkfifo(root / "content/briefings/2025/pipe.md")
    assert build_site(root).briefings == build_site(root, publish=False).briefings
    assert "briefings/copy/index.html" not in read_site(root)


def test_a_touched_file_makes_nothing(root: Path) -> None:
    (root / INDIA).touch()
    outcome = build_site(root)
    assert (outcome.written, outcome.reasons) == (0, {})


def test_another_address_of_the_site_changes_every_address_in_it(root: Path) -> None:
    edit(root, "content/archive.toml", lambda text: text.replace("https://example.org/", "https://example.net/archive/"))
    assert "https://example.net/archive/" in (root / "content/archive.toml").read_text(encoding="utf-8")
    rebuild(root)
    assert 'href="/archive/briefings/feeds/"' in read_site(root)["index.html"].decode()


def carries_body(url: str) -> bool:
    """Say whether a file holds the text of the edited briefing: its own, its record, the downloads, the words of the search."""
    return url.startswith((OWN, "/data/", "/search/")) or url == "/api/v1/briefings/2025-08-16-india.json"


def test_a_body_edit_reaches_the_feeds_that_hold_it_and_leaves_lists_fresh(root: Path) -> None:
    edit(root, INDIA, lambda text: text.replace("agreed on", "agreed at last on"))
    stale = rebuild(root).reasons.keys()
    assert OWN in stale
    feeds = {url for url in stale if url.endswith(("/feed.xml", "/feed.json"))}
    site = read_site(root)
    assert feeds == {
        f"/{name}" for name in site if name.endswith(("feed.xml", "feed.json")) and b"agreed at last on" in site[name]
    }
    assert {"/feed.xml", "/pairs/in-kr/feed.json"} <= feeds
    assert all(carries_body(url) for url in stale - feeds)


def test_a_body_edit_leaves_summary_feeds_fresh(write_tree: WriteTree) -> None:
    files = dict(small_archive())
    files["content/archive.toml"] += '[feeds]\ncontent = "summary"\n'
    root = write_tree(files)
    build_site(root)
    edit(root, INDIA, lambda text: text.replace("agreed on", "agreed at last on"))
    stale = rebuild(root).reasons.keys()
    assert {OWN, f"{OWN}index.md"} <= stale
    assert all(carries_body(url) for url in stale)


def test_a_title_edit_reaches_every_list_that_shows_it_and_no_other(root: Path) -> None:
    edit(root, INDIA, lambda text: text.replace("title: India and South Korea meet", "title: A new title"))
    stale = rebuild(root).reasons
    assert {OWN, "/", "/pairs/in-kr/", "/countries/in/", "/years/2025/", "/kinds/summit/", "/people/cho-hyun/"} <= stale.keys()
    assert "/pairs/jp-us/" not in stale
    assert "/years/2023/" not in stale
    assert "listing" in stale["/countries/in/"].removeprefix("changed: ").split(", ")


def test_a_new_briefing_reaches_its_lists_and_neighbours_only(root: Path) -> None:
    new = briefing_file(
        "Germany and Norway meet", countries="[DE, NO]", pairs="[de-no]", sectors="[clean-energy]", date="2025-09-01"
    )
    path = root / "content/briefings/2025/2025-09-01-norway.md"
    path.write_text(new, encoding="utf-8")
    stale = rebuild(root).reasons
    assert stale["/pairs/de-no/"] == "new"
    assert "/pairs/in-kr/" not in stale
    assert OWN not in stale


KOREAN = "content/briefings/2025/2025-08-17-ko.md"
OWN_KOREAN = "/briefings/2025-08-17-ko/"


def add_translation(root: Path) -> None:
    """Write a translation whose countries and people are its own, in part."""
    more = "lang: ko\ntranslation_of: 2025-08-16-india\npeople: [CHO HYUN, Ana Diaz]\n"
    text = briefing_file("한-인도", date="2025-08-17", countries="[IN, KR, US, CL]", body="인도와 대한민국.", more=more)
    (root / KOREAN).write_text(text, encoding="utf-8")


def test_a_new_translation_reaches_what_names_its_languages_and_is_in_no_list(root: Path) -> None:
    before = read_site(root)
    add_translation(root)
    stale = rebuild(root).reasons
    assert stale[OWN_KOREAN] == "new"
    assert read_site(root)["pairs/in-kr/feed.xml"] == before["pairs/in-kr/feed.xml"]
    assert {OWN, "/", "/pairs/in-kr/", "/briefings/"} <= stale.keys()
    assert not {"/pairs/jp-kr/", "/countries/us/", "/countries/cl/", "/years/2023/"} & stale.keys()


@pytest.mark.parametrize("is_small", [True, False])
def test_an_edit_of_one_version_leaves_the_others_and_all_lists_fresh(root: Path, is_small: bool) -> None:
    if is_small:  # Nothing shows all texts at once: an edited one is then planned with those beside it alone.
        settings = '[feeds]\ncontent = "summary"\n[pages]\ndownloads = false\nsearch = false\n'
        edit(root, "content/archive.toml", lambda text: text + settings)
    add_translation(root)
    rebuild(root)
    for name, own, other in ((KOREAN, OWN_KOREAN, OWN), (INDIA, OWN, OWN_KOREAN)):
        edit(root, name, lambda text: f"{text}\nA last word.\n")
        stale = rebuild(root).reasons.keys()
        assert {own, f"{own}index.md"} <= stale
        assert not [url for url in stale if url.startswith(other) or (url.endswith("/") and url != own and "/data/" not in url)]
        assert not is_small or all(url.startswith((own, f"/api/v1{own[:-1]}.json")) for url in stale)


def test_a_translation_leads_to_a_list_as_soon_as_there_is_one(root: Path) -> None:
    add_translation(root)
    rebuild(root)
    assert b"/countries/cl/" not in read_site(root)[f"{OWN_KOREAN[1:]}index.html"]
    chile = briefing_file("Chile and India meet", countries="[CL, IN]", pairs="[cl-in]", date="2025-09-01")
    (root / "content/briefings/2025/2025-09-01-chile.md").write_text(chile, encoding="utf-8")
    assert OWN_KOREAN in rebuild(root).reasons
    assert b"/countries/cl/" in read_site(root)[f"{OWN_KOREAN[1:]}index.html"]


def test_versions_follow_the_title_of_one_and_its_withdrawal(root: Path) -> None:
    add_translation(root)
    rebuild(root)
    edit(root, KOREAN, lambda text: text.replace("title: 한-인도", "title: 정상회담"))
    assert OWN in rebuild(root).reasons
    edit(root, INDIA, lambda text: text.replace("title:", "withdrawn: {date: 2025-12-24, text: Retracted.}\ntitle:", 1))
    rebuild(root)
    assert b"Retracted." in read_site(root)[f"{OWN_KOREAN[1:]}index.html"]
    assert f"{OWN_KOREAN}index.md"[1:] not in read_site(root)


def test_a_deleted_briefing_takes_its_pages_along(root: Path) -> None:
    (root / "content/briefings/2023/2023-08-18-three.md").unlink()
    rebuild(root)
    assert not (root / "site/pairs/jp-us").exists()
    assert not (root / "site/briefings/2023-08-18-three").exists()


def test_a_changed_template_remakes_the_pages_that_use_it(root: Path) -> None:
    override = root / "templates/pages/redirect.html"
    override.parent.mkdir(parents=True)
    override.write_text("<!doctype html><title>{{ target }}</title>", encoding="utf-8")
    stale = rebuild(root).reasons
    assert set(stale) == {"/pairs/kr-in/", "/pairs/kr-jp/", "/pairs/us-jp/", "/pairs/us-kr/"}
    assert set(stale.values()) == {"changed: template"}


def test_a_changed_setting_remakes_what_shows_it(root: Path) -> None:
    edit(root, "content/archive.toml", lambda text: text.replace("Test archive", "Other archive"))
    assert rebuild(root).reasons["/"].startswith("changed: ")


def test_a_list_that_has_moved_makes_one_page_and_the_redirects(root: Path) -> None:
    edit(root, "content/archive.toml", lambda text: f'{text}[moved]\n"/sectors/chips/" = "/sectors/semiconductors/"\n')
    assert set(rebuild(root).reasons) == {"/sectors/chips/", "/_redirects"}


def test_a_file_taken_out_of_the_site_comes_back(root: Path) -> None:
    before = read_site(root)
    (root / "site/index.html").unlink()
    build_site(root)
    assert read_site(root) == before


@pytest.mark.parametrize("damage", [b"", b"bilateral cache", b"\x00" * 100])
def test_a_damaged_cache_means_a_clean_build(root: Path, damage: bytes) -> None:
    before = read_site(root)
    (root / ".cache/build").write_bytes(damage)
    outcome = build_site(root)
    assert not outcome.is_unchanged
    assert read_site(root) == before


def test_a_failed_build_leaves_the_old_site(root: Path) -> None:
    before = read_site(root)
    edit(root, INDIA, lambda text: text.replace("defence]", "defense-x]"))
    outcome = build_site(root)
    assert [problem.code for problem in outcome.problems] == ["unknown-sector"]
    assert read_site(root) == before


def test_a_second_output_does_not_take_the_first_ones_place(root: Path) -> None:
    for output, url in (("a", "https://aaa.org/"), ("b", "https://bbb.org/"), ("a", "https://bbb.org/")):
        build(find_places(root, output=output), Options(jobs=1, base_url=url))
    assert "https://bbb.org/" in (root / "a/index.html").read_text(encoding="utf-8")
    assert "https://aaa.org/" not in (root / "a/index.html").read_text(encoding="utf-8")


def test_a_warning_is_said_again_when_nothing_changed(root: Path) -> None:
    (root / "content/briefings/notes.txt").write_text("Not a briefing.", encoding="utf-8")
    first = build_site(root).problems
    again = build_site(root)
    assert [problem.code for problem in first] == ["unread-file"]
    assert (again.is_unchanged, again.problems) == (True, first)


def test_an_address_with_a_broken_bracket_stops_the_build_in_a_sentence(root: Path) -> None:
    edit(root, INDIA, lambda text: text.replace("https://example.org/source", '"http://[x/a"'))
    [problem] = build_site(root).problems
    assert '"http://[x/a" is not a whole address' in str(problem)


JAPAN = "content/briefings/2023/2023-03-16-japan.md"
FOOTER = "templates/partials/footer.html"
FOLDER = "content/briefings/2023/2023-08-18-three.md"


def preview(root: Path, memory: Memory, *saved: str) -> Outcome:
    """Build as a preview does that was told of what was `saved`, by names below `root`."""
    memory.saved = [str(root / name) for name in saved]
    return build(find_places(root), Options(in_place=True), memory=memory)


def test_a_preview_looks_at_what_was_saved_and_then_at_everything(root: Path) -> None:
    memory = Memory()
    settings = f'{ARCHIVE_TOML}\n[feeds]\ncontent = "summary"\n\n[pages]\ndownloads = false\nsearch = false\n'
    (root / "content/archive.toml").write_text(settings, encoding="utf-8")
    preview(root, memory)
    for name in (INDIA, JAPAN):
        edit(root, name, lambda text: f"{text}\n\nThey meet again in Busan.\n")
    preview(root, memory, INDIA, "content/briefings/2025/.draft")
    assert find_busan(root) == {"2025-08-16-india"}
    preview(root, memory)
    assert find_busan(root) == {"2025-08-16-india", "2023-03-16-japan"}
    assert preview(root, memory).is_unchanged


def find_busan(root: Path) -> set[str]:
    return {
        page.parent.name for page in root.glob("site/briefings/*-*/index.html") if "Busan" in page.read_text(encoding="utf-8")
    }


@pytest.mark.parametrize("saved", ["content/briefings/2025/2025-09-01-new.md", JAPAN, "content/briefings/2025", FOLDER])
def test_a_preview_looks_at_everything_where_more_than_a_known_file_was_saved(root: Path, saved: str) -> None:
    memory = Memory()
    (root / INDIA).touch()
    preview(root, memory)
    edit(root, INDIA, lambda text: text.replace("Seoul", "Busan"))
    (root / JAPAN).unlink()
    (root / FOLDER).unlink()
    (root / FOLDER).mkdir()
    (root / "content/briefings/2025/2025-09-01-new.md").write_text(briefing_file("Another one"), encoding="utf-8")
    outcome = preview(root, memory, saved)
    assert {OWN, "/briefings/2025-09-01-new/"} <= outcome.reasons.keys()
    assert not (root / "site/briefings/2023-03-16-japan").exists()
    assert not (root / "site/briefings/2023-08-18-three").exists()


def test_what_builds_leave_behind_is_collected(root: Path) -> None:
    memory = Memory()
    collect_rest()
    for _ in range(3):
        edit(root, INDIA, lambda text: f"{text}\n\nThey meet again.\n")
        preview(root, memory)
    assert collect_rest() > 1000
    assert collect_rest() < 100


def break_template(root: Path) -> Callable[[str], None]:
    write_tree_below(root, {FOOTER: "{{ nothing.at_all }}"})
    return lambda _: None


def save_while_it_renders(root: Path) -> Callable[[str], None]:
    def save(name: str) -> None:
        if name == "render":
            edit(root, JAPAN, lambda text: f"{text}\n\nThey meet again.\n")

    return save


def refuse_records(root: Path) -> Callable[[str], None]:
    (root / f".cache/.records.{os.getpid()}").mkdir()  # Where they would be written first.
    return lambda _: None


@pytest.mark.parametrize("hinder", [break_template, save_while_it_renders, refuse_records])
def test_what_a_hindered_build_has_read_is_not_taken_for_kept(
    root: Path, hinder: Callable[[Path], Callable[[str], None]]
) -> None:
    memory = Memory()
    assert preview(root, memory).is_unchanged
    edit(root, INDIA, lambda text: re.sub("title: .*", "title: Ports of call", text))
    hindered = build(find_places(root), Options(in_place=True), hinder(root), memory)
    assert hindered.failed or "cannot be written" in hindered.notices[0]
    shutil.rmtree(root / "templates", ignore_errors=True)
    shutil.rmtree(root / f".cache/.records.{os.getpid()}", ignore_errors=True)
    edit(root, INDIA, lambda text: f"{text}\n\nThey have met.\n")
    assert not preview(root, memory).failed
    edit(root, JAPAN, lambda text: f"{text}\n\nThey meet in Busan.\n")
    rebuild(root)
    assert "Ports of call" in (root / "site/index.html").read_text(encoding="utf-8")


def test_records_of_another_build_than_the_last_are_not_taken(root: Path) -> None:
    records = root / ".cache/records"
    kept = records.read_bytes()
    edit(root, INDIA, lambda text: re.sub("title: .*", "title: Ports of call", text))
    build_site(root)
    records.write_bytes(kept)
    edit(root, JAPAN, lambda text: f"{text}\n\nThey meet in Busan.\n")
    rebuild(root)
    assert "Ports of call" in (root / "site/index.html").read_text(encoding="utf-8")
