"""Whatever scrapers and editors do, in any order: no article is swallowed, no edit lost, no deletion undone.

Hypothesis makes up sequences of what they do to one archive, with an ingest now and then, after which holds:

1. the bytes of a file that an editor wrote are as they were;
2. every article in the seeds stands in a briefing, or is listed as declined, or was told;
3. a briefing that was deleted is not there again;
4. a second ingest changes nothing, but where an editor has to choose between two seeds (`seed-conflict`), and decides nothing but
   what waits for an editor to mend a file (`seed-waits`);
5. an address under which a run knew a briefing is remembered for as long as that stands.

Each article is a text of its own, so that one is told from another by a word that only it holds.
"""

import json
import random
from dataclasses import dataclass, field, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from generator.content.briefings import parse_briefing
from generator.ingest import parse_declined, parse_ingested, parse_moved, read_seeds
from generator.model import Seed
from tests.conftest import IS_LONG
from tests.desks import Desk

SEQUENCES, STEPS = (400, 30) if IS_LONG else (60, 12)
WORDS = (
    "port fleet harbour tariff quota grain vessel rail cable dam lake bridge visa loan bond steel copper wool rice tea".split()
)
VERBS = "will build|have closed|agreed on|talked about|paid for|put off|looked into|wrote down|gave up|opened".split("|")
TITLES = ("Press Briefing", "Daily Note From The Ministry", "Countries Agree On Plan", "")
numbers = st.integers(0, 9)


@dataclass(frozen=True)
class Story:
    """An article as a scraper finds it: its text is made from its number, and `edition` changes some of it, `dirt` none."""

    number: int
    title: str
    day: int
    outlet: str = "The Example Times"
    edition: int = 0
    dirt: int = 0

    @property
    def mark(self) -> str:
        return f"Quellmar{self.number:03}"

    @property
    def text(self) -> str:
        rng = random.Random(self.number)
        lines = [
            f"{self.mark} and its neighbours {rng.choice(VERBS)} the {rng.choice(WORDS)} and the {rng.choice(WORDS)} in "
            f"{rng.choice(WORDS)} town number {rng.randrange(999)}, said minister {rng.choice(WORDS)} on day {line}."
            for line in range(8)
        ]
        if self.edition:
            lines[self.edition % 8] = f"An edition of later, number {self.edition}, says it in other words."
        if self.dirt:
            lines.insert(3, f"Also Read: {rng.choice(WORDS).title()} And Other News {self.dirt}")
        return "\n\n".join(lines)

    @property
    def file(self) -> bytes:
        head = f" date 2025-08-{self.day:02} {self.title}\n" if self.title else f"{self.day} Aug 2025\n"
        return f"{head}{self.outlet}\n{self.text}\n".encode()

    @property
    def record(self) -> str:
        fields = {"title": self.title, "date": f"2025-08-{self.day:02}", "publisher": self.outlet, "text": self.text}
        return json.dumps(fields)


@dataclass
class Newsroom:
    """What lies in the seeds: single files, and one file of many."""

    files: dict[str, Story] = field(default_factory=dict)
    feed: list[Story] = field(default_factory=list)

    @property
    def seeds(self) -> dict[str, bytes]:
        found = {path: story.file for path, story in self.files.items()}
        if self.feed:
            found["seeds/feed.jsonl"] = "\n".join(story.record for story in self.feed).encode()
        return found

    @property
    def stories(self) -> list[Story]:
        return [*self.files.values(), *self.feed]


class Editing(RuleBasedStateMachine):
    """Scrapers and editors at work on one archive."""

    def __init__(self) -> None:
        super().__init__()
        self.room, self.desk = Newsroom(), Desk()
        self.count = 0
        self.edited: dict[str, bytes] = {}
        self.deleted: dict[str, tuple[bytes, bool]] = {}
        self.renamed: dict[str, str] = {}

    @initialize(merge=st.booleans(), title=st.sampled_from(TITLES), day=st.integers(1, 20))
    def begin(self, merge: bool, title: str, day: int) -> None:
        self.desk.merge = merge
        self.scrape(title=title, day=day, is_record=False)
        self.scrape(title=title, day=day, is_record=True)
        self.ingest()

    # What scrapers do.

    @rule(title=st.sampled_from(TITLES), day=st.integers(1, 20), is_record=st.booleans())
    def scrape(self, title: str, day: int, is_record: bool) -> None:
        story = Story(self.next(), title, day)
        if is_record:
            self.room.feed.insert(0, story)
        else:
            self.room.files[f"seeds/{story.number:03}.txt"] = story

    @precondition(lambda self: self.room.files)
    @rule(pick=numbers, title=st.sampled_from(TITLES), is_same_day=st.booleans())
    def put_another_article_in_its_place(self, pick: int, title: str, is_same_day: bool) -> None:
        path = self.pick_file(pick)
        old = self.room.files[path]
        # An untitled text, or one of title and day of the old one, is told from it by its words alone.
        title = old.title if old.title and not is_same_day else title
        day = old.day if is_same_day and title != old.title else old.day + 1
        self.room.files[path] = Story(self.next(), title, day)

    @precondition(lambda self: self.room.files)
    @rule(pick=numbers, is_dirt=st.booleans(), is_retitled=st.booleans(), is_moved=st.booleans())
    def scrape_again(self, pick: int, is_dirt: bool, is_retitled: bool, is_moved: bool) -> None:
        path = self.pick_file(pick)
        story = self.room.files.pop(path)
        number = self.next()
        story = replace(story, dirt=number) if is_dirt else replace(story, edition=number)
        if is_retitled and story.title:
            story = replace(story, title=f"Another Headline Number {number}")
        self.room.files[f"seeds/moved-{number}.txt" if is_moved else path] = story

    @precondition(lambda self: self.room.feed)
    @rule(pick=numbers)
    def change_a_record(self, pick: int) -> None:
        place = pick % len(self.room.feed)
        self.room.feed[place] = replace(self.room.feed[place], edition=self.next())

    @precondition(lambda self: self.room.files)
    @rule(pick=numbers)
    def rename_seed(self, pick: int) -> None:
        story = self.room.files.pop(self.pick_file(pick))
        self.room.files[f"seeds/renamed/{self.next():03}.txt"] = story

    @precondition(lambda self: self.room.files)
    @rule(pick=numbers, is_exact=st.booleans())
    def bring_the_same_story(self, pick: int, is_exact: bool) -> None:
        story = self.room.files[self.pick_file(pick)]
        number = self.next()
        other = story if is_exact else replace(story, outlet=f"Post {number}", edition=number)
        self.room.files[f"seeds/{number:03}-copy.txt"] = other

    # What editors do.

    @precondition(lambda self: self.desk.briefings())
    @rule(pick=numbers, kind=st.sampled_from(["body", "comment", "title", "stamp"]))
    def edit(self, pick: int, kind: str) -> None:
        path = self.pick_briefing(pick)
        old, new = {
            "body": ("said minister", "said the minister"),
            "comment": ("---\n", f"---\n# Checked, number {self.next()}.\n"),
            "title": ("\nlang:", f"\nkind: report # {self.next()}\nlang:"),
            "stamp": ("\n  digest:", f"\n  # Asked twice, {self.next()}.\n  digest:"),
        }[kind]
        text = self.desk.content[path].decode().replace(old, new, 1)
        self.edited[path] = self.desk.content[path] = text.encode()

    @precondition(lambda self: self.desk.briefings())
    @rule(pick=numbers)
    def rename_briefing(self, pick: int) -> None:
        path = self.pick_briefing(pick)
        new = f"briefings/2025/{path.rpartition('/')[2][:10]}-renamed-{self.next()}.md"
        edited = self.edited.pop(path, None)
        if stem(path) in {entry.id for entry in parse_ingested(self.desk.content["ingested.toml"], "").values()}:
            self.renamed[path] = new
        self.desk.content[new] = self.desk.content.pop(path)
        if edited:
            self.edited[new] = edited

    @precondition(lambda self: self.desk.briefings())
    @rule(pick=numbers)
    def copy_briefing(self, pick: int) -> None:
        path = self.pick_briefing(pick)
        new = f"briefings/2025/2025-08-01-copy-{self.next()}.md"
        self.desk.content[new] = self.desk.content[path]
        if path in self.edited:
            self.edited[new] = self.edited[path]

    @precondition(lambda self: self.desk.briefings())
    @rule(pick=numbers)
    def delete(self, pick: int) -> None:
        path = self.pick_briefing(pick)
        was_edited = self.edited.pop(path, None) is not None
        self.deleted[path] = (self.desk.content.pop(path), was_edited)

    @precondition(lambda self: self.deleted)
    @rule(pick=numbers)
    def restore(self, pick: int) -> None:
        path = sorted(self.deleted)[pick % len(self.deleted)]
        raw, was_edited = self.deleted.pop(path)
        if path not in self.desk.content:
            self.desk.content[path] = raw
            if was_edited:
                self.edited[path] = raw

    @rule()
    def ingest(self) -> None:
        self.desk.seeds = self.room.seeds
        standing = set(self.desk.briefings())
        decisions, _ = self.desk.ingest()
        assert {path: self.desk.content.get(path) for path in self.edited} == self.edited
        self.hold_no_article_is_swallowed()
        self.hold_nothing_deleted_is_back(standing)
        self.hold_no_address_is_forgotten()
        before = dict(self.desk.content)
        again, _ = self.desk.ingest()
        if not any(decision.reason == "conflict" for decision in decisions):
            assert self.desk.content == before
            assert all(decision.reason == "waiting" for decision in again)

    # What has to hold.

    def hold_no_article_is_swallowed(self) -> None:
        content = b"\n".join(self.desk.content[path] for path in self.desk.briefings()).decode()
        declined = parse_declined(self.desk.content["declined.toml"], "")
        told = {problem.where.path for problem in self.desk.problems}
        for path, raw in self.desk.seeds.items():
            for seed in read_seeds(raw, path):
                assert isinstance(seed, Seed)
                mark = next(word for word in seed.body.split() if word.startswith("Quellmar"))
                assert mark in content or seed.digest in declined or path in told, mark

    def hold_nothing_deleted_is_back(self, standing: set[str]) -> None:
        new = {path: self.desk.content[path].decode() for path in self.desk.briefings() if path not in standing}
        ledger = parse_ingested(self.desk.content["ingested.toml"], "")
        assert {stem(path) for path in new} <= {entry.id for entry in ledger.values()}
        others = "\n".join(self.desk.content[path].decode() for path in standing)
        for path, (raw, _) in self.deleted.items():
            mark = next(word for word in raw.decode().split() if word.startswith("Quellmar"))
            # Of two briefings of one story one may be deleted: the other still stands, and its seed may be read anew.
            assert mark in others or not any(mark in text for text in new.values()), (path, mark)

    def hold_no_address_is_forgotten(self) -> None:
        moved = parse_moved(self.desk.content["ingested.toml"], "")
        for old, new in self.renamed.items():
            if new in self.desk.content and old not in self.desk.content:
                assert stem(old) in moved, old

    # What all of these have in common.

    def next(self) -> int:
        self.count += 1
        return self.count

    def pick_file(self, number: int) -> str:
        return sorted(self.room.files)[number % len(self.room.files)]

    def pick_briefing(self, number: int) -> str:
        return self.desk.briefings()[number % len(self.desk.briefings())]


def stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def test_no_article_is_swallowed_no_edit_lost_and_no_deletion_undone() -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not IS_LONG,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
        ),
    )


def test_the_stories_differ_by_more_than_a_mark() -> None:
    one, other = (set(Story(number, "", 1).text.split()) for number in (1, 2))
    assert len(one & other) < 0.8 * min(len(one), len(other))
    assert parse_briefing(b"---\ntitle: T\ndate: 2025-08-01\n---\nText.\n", "a.md").title == "T"
