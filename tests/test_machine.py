"""Whatever is done to an archive, in whatever order: building on equals building anew, and rewrites only what shows the change.

A hypothesis state machine edits a small archive as editors, designers and updates of the program do. After every edit, the site
that was built on must be the site that a clean build makes, byte for byte; a file whose bytes are the same must not have been
written; a file whose bytes changed must have a reason in the words of `bilateral explain page`, and be one that shows what was
edited. A preview, which remembers its last build and is told which files were saved, makes that site too, also when it is
started anew, or could not keep what it knew. 20 sequences in the gate, 200 in `make proofs`.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from generator.build import build, compare
from generator.build.outcome import Options
from generator.build.recall import Memory
from generator.outputs import MARKER
from generator.places import find_places
from tests.conftest import IS_LONG
from tests.engines import EDITION, Engine, Said, copy_engine, engine_at, run_here
from tests.impact import Change, Shown, Text
from tests.trees import Stamp, read_stamps, read_tree

SEQUENCES, EDITS = (200, 12) if IS_LONG else (20, 4)

THEME = Path(__file__).parent.parent / "templates"
FAMILIES = (
    "pairs pair_sectors countries sectors years people kinds feeds markdown citations cards overviews maps api downloads "
    "redirects"
)
# Pictures take most of a build's time: they are made when a sequence asks for them.
SWITCHED_OFF = ("cards", "maps")

parties = st.sampled_from([("IN", "KR"), ("IN", "JP"), ("JP", "KR"), ("IN", "JP", "KR"), ("IN",)])
subjects = st.sampled_from([("defence",), ("trade", "defence"), ("space",), ()])
days = st.sampled_from([date(2023, 3, 1), date(2024, 3, 5), date(2024, 7, 9), date(2025, 1, 2)])
words = st.sampled_from("Seoul|Hindustan|agreed on **defence**|[a note](/pairs/)|<em>at last</em>|naïve 한국".split("|"))
numbers = st.integers(0, 9)


class Difference(NamedTuple):
    """A file of the site that an edit changed: its address, and its bytes before and after (none where there was no file)."""

    url: str
    before: bytes
    after: bytes


Shows = Callable[[Difference], bool]


def everything(_: Difference) -> bool:
    """Allow every file to change: for settings, which each page may show."""
    return True


def nothing(_: Difference) -> bool:
    """Allow no file to change."""
    return False


def pages_and_assets(found: Difference) -> bool:
    """Allow the assets to change, and the pages that name them by their digest."""
    return found.url.startswith("/assets/") or found.url.endswith(("/", ".html"))


def those_with(*marks: str) -> Shows:
    """Allow the files to change that hold one of `marks` before or after, and those that sum up the bytes of others."""
    folded = [mark.casefold().encode() for mark in marks]

    def shows(found: Difference) -> bool:
        sums = ("/data/", "/search/", "/assets/")
        return found.url.startswith(sums) or any(mark in (found.before + found.after).lower() for mark in folded)

    return shows


def those_that_name(*marks: str) -> Shows:
    """Allow the files to change that hold one of `marks`, and pictures, in which names are drawn."""
    shows = those_with(*marks)
    return lambda found: shows(found) or found.url.endswith(".png")


class Editing(RuleBasedStateMachine):
    """An archive that is edited, and its site that is built on."""

    engines: tuple[Engine, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.texts: dict[str, Text] = {}
        self.settings = {"title": '"An archive"', "feeds.content": '"full"', "feeds.limit": "50", "lists.split": "150"}
        self.settings |= {f"pages.{name}": "false" for name in SWITCHED_OFF}
        self.engine = 0
        self.count = 0
        self.memory = Memory()
        self.saved: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize(on=days, who=parties, what=subjects, is_small=st.booleans(), is_translated=st.booleans())
    def begin(self, on: date, who: tuple[str, ...], what: tuple[str, ...], is_small: bool, is_translated: bool) -> None:
        if is_small:  # Nothing shows all texts at once: an edited one is then planned with its neighbours alone.
            self.settings |= {"feeds.content": '"summary"', "pages.downloads": "false", "pages.search": "false"}
        for text in (
            Text("talks", date(2024, 3, 6), people=("Cho Hyun",)),
            Text("summit", date(2023, 8, 1), title="Three meet", countries=("IN", "JP", "KR"), sectors=("trade", "defence")),
            Text("other", on, countries=who, sectors=what),
            *([Text("talks-ko", date(2024, 3, 7), countries=who, translation_of="talks")] if is_translated else []),
        ):
            self.texts[text.id] = text
            self.write(text.path, text.source)
        self.write("content/pages/about.md", "---\ntitle: About\n---\n\nSee [the pairs](/pairs/).\n")
        self.write_settings()
        assert self.run("build").code == 0

    # What editors do.

    @rule(on=days, who=parties, what=subjects, is_draft=st.booleans(), people=st.sampled_from([(), ("Cho Hyun",), ("S Rao",)]))
    def add(self, on: date, who: tuple[str, ...], what: tuple[str, ...], is_draft: bool, people: tuple[str, ...]) -> None:
        new = Text(f"new-{self.next()}", on, countries=who, sectors=what, is_draft=is_draft, people=people)
        self.change(None, new)

    @precondition(lambda self: self.texts)
    @rule(pick=numbers, word=words)
    def edit_body(self, pick: int, word: str) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, body=f"{old.body}\n\nThey met {self.next()} times: {word}."))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def edit_title(self, pick: int) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, title=f"Title {self.next()}"))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers, who=parties, what=subjects)
    def retag(self, pick: int, who: tuple[str, ...], what: tuple[str, ...]) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, countries=who, sectors=what))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers, on=days)
    def date_anew(self, pick: int, on: date) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, date=on))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def rename(self, pick: int) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, id=f"renamed-{self.next()}"))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def delete(self, pick: int) -> None:
        self.change(self.pick(pick), None)

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def withdraw_or_publish(self, pick: int) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, is_draft=not old.is_draft))

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def give_alias(self, pick: int) -> None:
        old = self.pick(pick)
        self.change(old, replace(old, aliases=(f"/former/{self.next()}/",)))

    @precondition(lambda self: self.find_untranslated())
    @rule(pick=numbers, on=days, who=parties, what=subjects, people=st.sampled_from([(), ("S Rao",)]))
    def translate(self, pick: int, on: date, who: tuple[str, ...], what: tuple[str, ...], people: tuple[str, ...]) -> None:
        originals = self.find_untranslated()
        name = originals[pick % len(originals)]
        new = Text(f"new-{self.next()}", on, countries=who, sectors=what, people=people, translation_of=name)
        self.change(None, new)

    @rule(word=words)
    def edit_page(self, word: str) -> None:
        self.write("content/pages/about.md", f"---\ntitle: About\n---\n\nEdited {self.next()} times: {word}.\n")
        self.settle(lambda found: found.url == "/about/")

    @rule()
    def touch_everything(self) -> None:
        for path in self.root.joinpath("content").rglob("*.md"):
            path.touch()
        self.settle(nothing)

    # What befalls a preview.

    @rule()
    def start_the_preview_anew(self) -> None:
        self.memory = Memory()
        self.settle(nothing)

    @precondition(lambda self: self.texts)
    @rule(pick=numbers)
    def edit_title_while_the_disk_takes_no_records(self, pick: int) -> None:
        staged = self.root / f"preview/cache/.records.{os.getpid()}"
        staged.mkdir(parents=True)
        self.edit_title(pick)
        staged.rmdir()

    # What designers and publishers do.

    @rule(name=st.sampled_from("partials/footer.html macros/related.html macros/cards.html macros/tags.html".split()))
    def edit_template(self, name: str) -> None:
        edition = f"edition-{self.next()}-"
        before = self.override(name, lambda text: text.replace('class="', f'class="{edition} ', 1))
        self.settle(those_with(edition, "edition-" if "edition-" in before else edition))

    @rule()
    def edit_css(self) -> None:
        self.override("assets/css/tokens.css", lambda text: f"{text}\n.edition-{self.next()} {{ color: red }}\n")
        self.settle(pages_and_assets)

    @rule()
    def return_to_the_shipped_theme(self) -> None:
        self.saved.update(map(str, self.root.joinpath("templates").rglob("*.*")))
        shutil.rmtree(self.root / "templates", ignore_errors=True)
        self.settle(pages_and_assets)

    @rule()
    def rename_the_archive(self) -> None:
        title = f"Archive {self.next()}"
        before, self.settings["title"] = self.settings["title"], f'"{title}"'
        self.write_settings()
        self.settle(those_that_name(title, before.strip('"'), "/about/"))

    @rule()
    def move_the_site(self) -> None:
        old, new = '"https://example.org/"', '"https://example.net/archive/"'
        self.settings["base_url"] = new if self.settings.get("base_url") == old else old
        self.write_settings()
        self.settle(everything)

    @rule(name=st.sampled_from([f"pages.{name}" for name in FAMILIES.split()]))
    def switch_a_family(self, name: str) -> None:
        self.settings[name] = "true" if self.settings.get(name) == "false" else "false"
        self.write_settings()
        self.settle(everything)

    @rule(value=st.sampled_from([("feeds.content", '"full"'), ("feeds.content", '"summary"'), ("feeds.limit", "1")]))
    def set_feeds(self, value: tuple[str, str]) -> None:
        self.settings |= [value]
        self.write_settings()
        self.settle(lambda found: found.url.endswith(("/feed.xml", "/feed.json")))

    @rule(size=st.sampled_from(["1", "2", "150"]))
    def set_split(self, size: str) -> None:
        self.settings["lists.split"] = size
        self.write_settings()
        self.settle(everything)

    @rule()
    def rename_a_sector(self) -> None:
        name = f"Defence {self.next()}"
        self.write("content/vocabulary/sectors.toml", f'[defence]\nname = "{name}"\ndefinition = "Armed forces."\n')
        self.settle(those_that_name("defence"))

    @rule()
    def teach_an_alias(self) -> None:
        aliases = f'["Hindustan", "Bharat {self.next()}"]'
        self.write("content/vocabulary/countries.toml", f'[IN]\nname = "India"\naliases = {aliases}\n')
        self.settle(those_with("hindustan"))

    @rule()
    def update_the_program(self) -> None:
        self.engine = (self.engine + 1) % len(self.engines)
        self.settle(those_with(EDITION))

    # What all of these have in common.

    def next(self) -> int:
        self.count += 1
        return self.count

    def pick(self, number: int) -> Text:
        return self.texts[sorted(self.texts)[number % len(self.texts)]]

    def find_untranslated(self) -> list[str]:
        translated = {text.translation_of for text in self.texts.values()}
        return sorted(text.id for text in self.texts.values() if not text.translation_of and text.id not in translated)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.saved.add(str(path))

    def write_settings(self) -> None:
        self.write("content/archive.toml", "".join(f"{name} = {value}\n" for name, value in self.settings.items()))

    def override(self, name: str, change: Callable[[str], str]) -> str:
        """Write a changed copy of a file of the theme to the archive, and return what stood there before, if anything."""
        path = self.root / "templates" / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        self.write(f"templates/{name}", change((THEME / name).read_text(encoding="utf-8")))
        return before

    def change(self, old: Text | None, new: Text | None) -> None:
        """Replace a briefing (none: add, delete), and hold what changes to what its terms allow.

        Its translations, which have to name it, go with it. They and their original name one another.
        """
        before = dict(self.texts)
        self.replace(old, new)
        for translation in [text for text in before.values() if old and text.translation_of == old.id]:
            self.replace(translation, replace(translation, translation_of=new.id) if new else None)
        shown = Shown(
            split=int(self.settings["lists.split"]),
            feed_limit=int(self.settings["feeds.limit"]),
            feeds_hold_bodies=self.settings["feeds.content"] == '"full"',
        )
        ids = {name for text in (old, new) if text for name in (text.id, text.translation_of)} - {""}
        others = [text for archive in (before, self.texts) for text in archive.values() if {text.id, text.translation_of} & ids]
        after = dict(self.texts)
        changes = [Change(before, after, old, new, shown)]
        if any(text.translation_of for text in others):
            changes += [Change(before, after, text, None, shown) for text in others]
        self.settle(lambda found: any(change.may_change(found.url) for change in changes))

    def replace(self, old: Text | None, new: Text | None) -> None:
        if old:
            del self.texts[old.id]
            (self.root / old.path).unlink()
            self.saved.add(str(self.root / old.path))
        if new:
            self.texts[new.id] = new
            self.write(new.path, new.source)

    def run(self, *arguments: str) -> Said:
        jobs = ["--jobs", "1", "--no-ingest"] if arguments[0] == "build" else []
        return self.engines[self.engine]("-C", str(self.root), *arguments, *jobs)

    def settle(self, shows: Shows) -> None:
        """Build on, hold the site against a clean build, and hold what was written against what the edit may show."""
        site = self.root / "site"
        before, stamps = read_tree(site), read_stamps(site)
        code, out, err = self.run("build")
        assert (code, "Traceback" in err) == (0, False), (out, err)
        after = read_tree(site)
        anew = self.build_anew()
        assert list_unequal(after, anew) == []
        assert self.engine or list_unequal(self.preview(), anew) == []
        kept = {name for name in after if before.get(name) == after[name]}
        assert written(stamps, read_stamps(site)) & kept == set(), "written, although the bytes are the same"
        changed = sorted((before.keys() | after.keys()) - kept - {MARKER})  # Which lists the others.
        differences = [Difference(address(name), before.get(name, b""), after.get(name, b"")) for name in changed]
        assert [found.url for found in differences if not shows(found)] == []
        assert "nothing changed" in self.run("build").err
        self.explain([name for name in changed if name in after], sorted(kept - {MARKER}))

    def preview(self) -> dict[str, bytes]:
        """Build on in this process, in a folder of its own, told of what was saved since the last time."""
        self.memory.saved = frozenset(self.saved)
        self.saved.clear()
        places = find_places(self.root, output="preview/site", cache="preview/cache")
        assert not build(places, Options(in_place=True), memory=self.memory).failed
        return read_tree(places.output)

    def build_anew(self) -> dict[str, bytes]:
        other = self.root / "other"
        code, out, err = self.run("build", "-o", str(other / "site"), "--cache", str(other / "cache"))
        assert code == 0, (out, err)
        made = read_tree(other / "site")
        shutil.rmtree(other)
        return made

    def explain(self, changed: list[str], kept: list[str]) -> None:
        """Hold every file against what `explain page` knows of it, and one against what it says: by turns one that stayed."""
        if not self.engine:
            reasons, next_changes, _ = compare(find_places(self.root), Options())
            assert set(map(address, changed)) <= reasons.keys()
            assert set(map(address, (*changed, *kept))) <= next_changes.fresh
            assert (next_changes.stale, next_changes.gone) == ({}, frozenset())
        is_new = bool(changed) and self.next() % 2 == 0
        said = self.run("explain", "page", address((changed if is_new else kept)[0])).out
        assert said.startswith("The last build made " if is_new else "The last build ")
        assert "The next build would leave it as it is" in said


def list_unequal(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files that are not the same in two sites."""
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]


def written(before: dict[str, Stamp], after: dict[str, Stamp]) -> set[str]:
    """Return the files that stand there anew."""
    return {name for name in after if before.get(name) != after[name]}


def address(name: str) -> str:
    """Return the address that a file of the site answers."""
    return f"/{name.removesuffix('index.html') if name.endswith('/index.html') or name == 'index.html' else name}"


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, ...]]:
    folder = copy_engine(tmp_path_factory.mktemp("engine"))
    with engine_at(folder) as edited:
        yield run_here, edited


def test_building_on_equals_building_anew_whatever_was_edited(engines: tuple[Engine, ...]) -> None:
    machine = type("Machine", (Editing,), {"engines": engines})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=EDITS,
            deadline=None,
            derandomize=not IS_LONG,
            suppress_health_check=list(HealthCheck),
            # Five edits are short enough to read; making them fewer takes minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            report_multiple_bugs=False,
        ),
    )
