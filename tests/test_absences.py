"""A folder that is not there, or a link, is no deletion: nothing is declined, and the site stays as it was."""

import json
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import ContentError, Exit
from generator.intake import ingest
from generator.places import find_places
from tests.conftest import build_site
from tests.trees import read_tree, write_tree_below

TOPICS = ("Chips", "Ships", "Water", "Grain", "Steel", "Lithium")
COUNT = len(TOPICS)
MISSING = (
    "content/briefings: {} of the 6 briefings that content/ingested.toml knows are missing: no editor deletes so many at once "
    "(bring the folder back, which may not be mounted or checked out; if you have deleted them, say so once with "
    '"bilateral ingest --allow-deletions") [missing-briefings]'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    seeds = {
        f"seeds/{topic}.json": json.dumps(
            {
                "title": f"India and {country} Sign {topic} Pact",
                "date": f"20{number + 18}-03-0{number + 1}",
                "publisher": "Example Times",
                "body": f"India and {country} signed a pact about {topic.lower()} in {capital}. The {topic} of {capital} matter.",
            }
        )
        for number, (topic, country, capital) in enumerate(
            zip(
                TOPICS,
                ("Japan", "Norway", "Kenya", "Peru", "France", "Chile"),
                ("Tokyo", "Oslo", "Nairobi", "Lima", "Paris", "Santiago"),
                strict=True,
            )
        )
    }
    write_tree_below(tmp_path, seeds)
    assert ingest(find_places(tmp_path)).briefings == COUNT
    build_site(tmp_path, search=False)
    return tmp_path


def link_away(root: Path, name: str) -> None:
    (root / "store").mkdir()
    folder = root / "content/briefings" / name
    shutil.move(folder, root / "store/there")
    folder.symlink_to(root / "store/there")


@pytest.mark.parametrize("name", ["2018", "."])
def test_what_lies_behind_a_link_counts_as_no_deletion(root: Path, name: str) -> None:
    link_away(root, name)
    before = read_tree(root / "content")
    shutil.rmtree(root / ".cache")
    with pytest.raises(ContentError) as told:
        ingest(find_places(root))
    number = "1 of the briefings are missing that may lie behind it" if name == "2018" else "briefings may lie behind it"
    place = f"content/briefings/{name}".removesuffix("/.")
    assert str(told.value) == (
        f"{place}: nothing follows this symbolic link, and {number} (put what it leads to in its place) [unread-file]"
    )
    assert read_tree(root / "content") == before


def test_a_site_is_not_published_without_what_lies_behind_a_link(root: Path) -> None:
    before = read_tree(root / "site")
    link_away(root, "2018")
    assert main(["-C", str(root), "build", "--jobs", "1"]) == Exit.FINDINGS
    assert build_site(root, search=False).failed
    assert read_tree(root / "site") == before
    assert not (root / "content/declined.toml").exists()


@pytest.mark.parametrize("missing", [COUNT, COUNT - 1])
def test_when_most_briefings_are_missing_nothing_is_declined_or_published_until_it_is_meant(root: Path, missing: int) -> None:
    site = read_tree(root / "site")
    folders = sorted((root / "content/briefings").iterdir())
    for folder in folders[:missing]:
        shutil.rmtree(folder)
    if missing == COUNT:
        (root / "content/briefings").rmdir()
    with pytest.raises(ContentError) as told:
        ingest(find_places(root))
    assert str(told.value) == MISSING.format(missing)
    assert list(map(str, build_site(root, search=False).problems)) == [MISSING.format(missing)]
    assert read_tree(root / "site") == site
    assert not (root / "content/declined.toml").exists()
    assert main(["-C", str(root), "ingest", "--allow-deletions"]) == Exit.CLEAN
    outcome = build_site(root, search=False)
    assert (outcome.failed, outcome.briefings) == (False, COUNT - missing)


def test_a_few_deletions_need_no_word(root: Path) -> None:
    for path in list((root / "content/briefings").rglob("*.md"))[:4]:
        path.unlink()
    assert [problem.code for problem in ingest(find_places(root)).problems] == ["briefing-deleted"] * 4
    assert not build_site(root, search=False).failed


def test_renamed_briefings_are_not_missing(root: Path) -> None:
    for path in list((root / "content/briefings").rglob("*.md")):
        path.rename(path.with_name(f"renamed-{path.name}"))
    assert not build_site(root, search=False).failed
    assert {problem.code for problem in ingest(find_places(root)).problems} == {"lost-address"}
