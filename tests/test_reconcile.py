# ruff: noqa: E501  # Seeds are easier to read on one line each.
"""No article is swallowed and no edit lost: what comes to lie where another lay, what was deleted, what two outlets tell."""

import json

import pytest

from generator.content.briefings import parse_briefing
from generator.errors import ContentError
from generator.ingest import Declined, amend_declined, digest_generated, parse_declined, parse_ingested
from tests.desks import BODY, PATH, SEED, Desk, make_desk

PORT = "Peru and Fiji opened a port in Suva on Monday, and forty ships with a crew of nine hundred came in from the open sea. The work took six years and cost more than both had planned, the minister of transport said at the opening."
HERDS = "Kenya and Ghana will count their cattle together from next year on. Both ministers of agriculture signed the plan in Accra, after talks of three days about pastures, wells and the price of milk in the cities of the coast."
FISH = "Chile and Norway closed a bay to salmon farms for the spring, since lice had spread from pen to pen. Inspectors of the two countries will dive there every week, and publish what they find in a common register."
CHANGED = SEED.replace("two thousand", "five thousand")
RETOUCHED = CHANGED.replace("India, Japan Agree On Chip Plant", "A Plant For Chips Near Chennai")
SECOND = SEED.replace("The Example Times", "Pacific Post").replace("India, Japan Agree On Chip Plant", "Chip Plant For Chennai")


def feed(*records: tuple[str, str, str]) -> bytes:
    """Return JSON Lines of records, each of title, date and text."""
    lines = [json.dumps({"title": title, "date": day, "text": text, "publisher": "Desk"}) for title, day, text in records]
    return "\n".join(lines).encode()


def bodies(desk: Desk) -> str:
    return "\n".join(desk.content[path].decode() for path in desk.briefings())


def sources(desk: Desk, path: str = PATH) -> list[str]:
    return [source.publisher for source in parse_briefing(desk.content[path], path).sources]


# What says nearly the same and is another article.

NEWS = "https://palace.example/news"
FORM = (
    "The new ambassador of {} presented the letters of credence to the king of Norway at the palace in Oslo on {}. The king received "
    "the ambassador in audience, and wished the envoy a good stay and success in the work for the relations of the two countries. "
    "The ambassador was brought to the palace in a coach with an escort of riders, as the custom is, and signed the book of guests."
)


def linked(title: str, day: str, text: str, url: str) -> bytes:
    return json.dumps({"title": title, "date": day, "text": text, "url": url, "publisher": "Desk"}).encode()


def test_an_address_at_which_another_article_stands_overwrites_nothing() -> None:
    desk = Desk({"seeds/latest.json": linked("Peru and Fiji Open a Port", "2025-09-01", PORT, NEWS)})
    desk.ingest()
    desk.seeds["seeds/latest.json"] = linked("Kenya and Ghana Count Cattle", "2025-09-20", HERDS, NEWS)
    desk.ingest()
    assert len(desk.briefings()) == 2
    assert "Suva" in bodies(desk)
    assert "Accra" in bodies(desk)


@pytest.mark.parametrize("merge", [False, True])
@pytest.mark.parametrize("stays", [False, True])
def test_a_form_text_about_another_country_is_a_briefing_of_its_own(merge: bool, stays: bool) -> None:
    desk = Desk(
        {"seeds/peru.json": linked("Ambassador of Peru Received", "2025-09-01", FORM.format("Peru", "Monday"), "")}, merge=merge
    )
    desk.ingest()
    if not stays:
        del desk.seeds["seeds/peru.json"]
    desk.seeds["seeds/kenya.json"] = linked("Ambassador of Kenya Received", "2025-09-03", FORM.format("Kenya", "Wednesday"), "")
    desk.ingest()
    assert len(desk.briefings()) == 2
    assert "ambassador of Peru" in bodies(desk)
    assert "ambassador of Kenya" in bodies(desk)


def test_the_notice_of_each_year_is_a_briefing_of_its_own_and_a_deleted_one_keeps_no_other_away() -> None:
    desk = Desk()
    for year in (2023, 2024, 2025):
        text = FORM.format("Peru", f"1 January {year}")
        desk.seeds["seeds/list.json"] = linked("Peru's Ambassador at the New Year", f"{year}-01-01", text, "")
        desk.ingest()
    assert [path[15:19] for path in desk.briefings()] == ["2023", "2024", "2025"]
    del desk.content[desk.briefings()[2]]
    text = FORM.format("Peru", "1 January 2026")
    desk.seeds["seeds/list.json"] = linked("Peru's Ambassador at the New Year", "2026-01-01", text, "")
    desk.ingest()
    assert [path[15:19] for path in desk.briefings()] == ["2023", "2024", "2026"]


def test_the_same_page_scraped_again_months_later_is_the_same_briefing() -> None:
    desk = Desk({"seeds/a.json": linked("Peru and Fiji Open a Port", "2025-03-01", PORT, f"{NEWS}/1")})
    desk.ingest()
    desk.seeds["seeds/a.json"] = linked("Peru and Fiji Open a Port", "2025-06-01", PORT.replace("forty", "fifty"), f"{NEWS}/1")
    desk.ingest()
    (path,) = desk.briefings()
    assert b"fifty ships" in desk.content[path]


def test_a_version_without_a_date_is_found_beside_what_stands() -> None:
    desk = make_desk()
    desk.seeds["seeds/b.txt"] = f"Chip Plant For Chennai\n\nPacific Post\n\n{BODY}".encode()
    _, codes = desk.ingest()
    assert sorted(codes) == ["seed-duplicate", "seed-undated"]


def test_a_version_of_what_an_editor_keeps_out_is_told_too() -> None:
    desk = make_desk()
    desk.edit(PATH, "three billion", "3 billion")
    del desk.seeds["seeds/a.txt"]
    third = RETOUCHED.replace("The Example Times", "Pacific Post").replace("A Plant For Chips", "Soon a Factory For Chips")
    desk.seeds |= {"seeds/b.txt": RETOUCHED.encode(), "seeds/c.txt": third.encode()}
    _, codes = desk.ingest()
    assert codes == ["seed-conflict", "seed-conflict"]
    assert desk.briefings() == [PATH]


def test_two_clashes_of_an_id_without_a_list_overwrite_no_edit() -> None:
    texts = {"a": PORT, "b": HERDS}
    desk = Desk({f"seeds/{name}.json": linked("Peru Meets the Press", "2025-09-01", text, "") for name, text in texts.items()})
    desk.ingest()
    first, second = sorted(desk.briefings(), key=len)
    head, _, tail = desk.content[second].decode().partition("seed:\n")
    desk.content[second] = (head + tail[tail.index("---") :] + "\nAn editor's paragraph.\n").encode()
    kept = desk.content[second]
    del desk.content["ingested.toml"]
    desk.ingest()
    assert desk.content[second] == kept
    assert first in desk.content


# What comes to lie where another article lay.


def test_a_recurring_title_at_the_top_of_a_feed_is_a_new_briefing() -> None:
    desk = Desk({"seeds/feed.jsonl": feed(("Press Briefing", "2025-09-01", PORT))})
    desk.ingest()
    desk.seeds["seeds/feed.jsonl"] = feed(("Press Briefing", "2025-09-02", HERDS), ("Press Briefing", "2025-09-01", PORT))
    desk.ingest()
    assert "Suva" in bodies(desk)
    assert "Accra" in bodies(desk)
    assert len(desk.briefings()) == 2


@pytest.mark.parametrize("is_edited", [False, True])
def test_another_article_without_a_title_at_the_same_path_is_a_new_briefing(is_edited: bool) -> None:
    desk = make_desk(p=f"16 Aug 2025\nThe White House\n{PORT}")
    (first,) = desk.briefings()
    if is_edited:
        desk.edit(first, "forty ships", "40 ships")
    kept = desk.content[first]
    desk.seeds["seeds/p.txt"] = f"19 Aug 2025\nThe White House\n{HERDS}".encode()
    _, codes = desk.ingest()
    assert "seed-conflict" not in codes
    assert desk.content[first] == kept
    assert "Accra" in bodies(desk)


def test_a_record_that_moved_down_and_changed_is_still_the_same_briefing() -> None:
    desk = Desk({"seeds/feed.jsonl": feed(("Port opens", "2025-09-01", PORT), ("Bay closes", "2025-09-01", FISH))})
    desk.ingest()
    before = desk.briefings()
    changed = ("Port opens at last", "2025-09-01", PORT.replace("six years", "seven years"))
    desk.seeds["seeds/feed.jsonl"] = feed(("Herds", "2025-09-02", HERDS), changed, ("Bay closes", "2025-09-01", FISH))
    decisions, _ = desk.ingest()
    assert sorted(decision.reason for decision in decisions) == ["changed", "new"]
    assert [path for path in desk.briefings() if "herds" not in path] == before
    assert "seven years" in bodies(desk)


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_seed_that_was_renamed_changed_and_retitled_is_still_the_same_briefing(is_edited: bool) -> None:
    desk = make_desk()
    if is_edited:
        desk.edit(PATH, "three billion", "3 billion")
    desk.seeds = {"seeds/elsewhere.txt": RETOUCHED.encode()}
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == (("conflict", ["seed-conflict"]) if is_edited else ("changed", []))
    assert desk.briefings() == [PATH]


def test_a_moved_seed_is_no_prey_of_another_outlet() -> None:
    desk = make_desk(z=SEED)
    desk.seeds = {"seeds/a.txt": SECOND.encode(), "seeds/moved/z.txt": SEED.encode()}
    kept = desk.content[PATH]
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("new", ["seed-duplicate"])
    assert desk.content[PATH] == kept


# What cannot be read for a while.

BROKEN = {
    "as UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "as Latin-1": lambda raw: raw.replace(b"spring", b"fr\xfchling"),
    "emptied": lambda raw: raw[:0],
    "filled with nothing": lambda raw: bytes(len(raw)),
    "damaged": lambda raw: raw.replace(b"---\n", b"--\n"),
    "in conflict": lambda raw: raw.replace(b"\nlang:", b"\n<<<<<<< HEAD\nlang:"),
}


@pytest.mark.parametrize("merge", [False, True])
@pytest.mark.parametrize("lies", ["elsewhere", "there", "beside"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_briefing_that_cannot_be_read_for_a_while_is_told_and_not_doubled(name: str, lies: str, merge: bool) -> None:
    desk = make_desk()
    desk.merge = merge
    desk.edit(PATH, "three billion", "3 billion")
    good, broken = desk.content[PATH], BROKEN[name](desk.content[PATH])
    desk.content[PATH] = broken
    seed = RETOUCHED.replace("2025-08-16", "2025-08-17") if lies == "there" else RETOUCHED
    desk.seeds = {("seeds/a.txt" if lies == "there" else "seeds/b.txt"): seed.encode()}
    if lies == "beside":
        desk.seeds["seeds/a.txt"] = SEED.encode()
    for _ in range(2):
        decisions, codes = desk.ingest()
        assert [decision.path for decision in decisions] == [""]
        assert desk.content[PATH] == broken
        assert desk.briefings() == [PATH]
        assert len(codes) == 2
        assert desk.problems[0].where.path == f"content/{PATH}"
        assert desk.problems[1].where.path in desk.seeds
    desk.content[PATH] = good
    _, codes = desk.ingest()
    assert codes == (["seed-duplicate"] if lies == "beside" else ["seed-conflict"])
    assert desk.content[PATH] == good


def test_a_seed_that_has_the_title_and_day_of_what_cannot_be_read_waits_and_others_do_not() -> None:
    desk = make_desk()
    desk.edit(PATH, "three billion", "3 billion")
    good, desk.content[PATH] = desk.content[PATH], b""
    desk.seeds["seeds/b.txt"] = f" date 2025-08-16 India, Japan Agree On Chip Plant\nPacific Post\n{PORT}\n".encode()
    desk.seeds["seeds/c.txt"] = f" date 2025-08-16 Herds Are Counted\nPacific Post\n{HERDS}\n".encode()
    decisions, codes = desk.ingest()
    assert [decision.reason for decision in decisions] == ["waiting", "new"]
    assert codes == ["no-front-matter", "seed-waits"]
    desk.content[PATH] = good
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("new", [])


def test_what_cannot_be_read_leaves_no_sketch_of_its_ruins_in_the_ledger() -> None:
    desk = make_desk()
    good = desk.content[PATH]
    entries = parse_ingested(desk.content["ingested.toml"], "")
    (sketch,) = (entry.sketch for entry in entries.values())
    desk.content["ingested.toml"] = desk.content["ingested.toml"].replace(f', sketch = "{sketch}"'.encode(), b"")
    desk.content[PATH] = good.decode().encode("utf-16")
    desk.ingest()
    desk.content[PATH] = good
    desk.ingest()
    assert [entry.sketch for entry in parse_ingested(desk.content["ingested.toml"], "").values()] == [sketch]


# What an editor deleted.


def test_after_a_deletion_another_article_at_that_path_is_ingested() -> None:
    desk = Desk({"seeds/r.jsonl": feed(("Port opens", "2025-09-01", PORT), ("Herds", "2025-09-02", HERDS))})
    desk.ingest()
    del desk.content[desk.briefings()[0]]
    desk.ingest()
    desk.seeds["seeds/r.jsonl"] = feed(
        ("Bay closes", "2025-09-03", FISH), ("Port opens", "2025-09-01", PORT), ("Herds", "2025-09-02", HERDS)
    )
    decisions, codes = desk.ingest()
    assert ([decision.reason for decision in decisions], codes) == (["new"], [])
    assert ("salmon" in bodies(desk), "Suva" in bodies(desk)) == (True, False)


def test_another_text_of_the_title_and_day_of_a_deleted_one_is_ingested() -> None:
    desk = Desk({"seeds/a.jsonl": feed(("Daily briefing", "2025-09-01", PORT))})
    desk.ingest()
    del desk.content[desk.briefings()[0]]
    desk.ingest()
    desk.seeds["seeds/b.jsonl"] = feed(("Daily briefing", "2025-09-01", HERDS))
    (decision,), _ = desk.ingest()
    assert decision.reason == "new"
    assert decision.id.startswith("2025-09-01-daily-briefing-")


@pytest.mark.parametrize("name", ["a", "elsewhere"])
@pytest.mark.parametrize("noticed", [False, True])
def test_a_version_of_a_deleted_text_is_told_and_stays_away(name: str, noticed: bool) -> None:
    desk = make_desk()
    del desk.content[PATH]
    if noticed:
        desk.ingest()
    desk.seeds = {f"seeds/{name}.txt": RETOUCHED.encode()}
    (decision,), codes = desk.ingest()
    assert (decision.reason, desk.briefings()) == ("declined", [])
    assert codes == ["briefing-deleted"] * (1 if noticed else 2)
    assert "declined.toml" in decision.problems[0].hint
    assert desk.ingest() == ([], [])


def test_a_restored_briefing_is_no_longer_listed_and_follows_its_seed_again() -> None:
    desk = make_desk()
    kept = desk.content.pop(PATH)
    desk.ingest()
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    desk.content[PATH] = kept
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("changed", [])
    assert b"five thousand" in desk.content[PATH]
    assert parse_declined(desk.content["declined.toml"], "") == {}
    del desk.content[PATH]
    assert desk.ingest()[1] == ["briefing-deleted"]


def test_a_briefing_that_was_renamed_and_lost_its_stamp_is_not_deleted() -> None:
    desk = make_desk()
    text = desk.content.pop(PATH).decode()
    start = text.index("seed:")
    moved = text[:start] + text[text.index("\n---", start) + 1 :].replace("three billion", "3 billion")
    desk.content["briefings/2025/other-name.md"] = moved.encode()
    assert desk.ingest() == ([], ["lost-address"])
    assert desk.ingest() == ([], ["lost-address"])
    assert desk.briefings() == ["briefings/2025/other-name.md"]


def test_a_renamed_briefing_of_several_seeds_is_not_deleted() -> None:
    desk = make_desk()
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    desk.content["briefings/2025/other-name.md"] = desk.content.pop(PATH)
    assert desk.ingest() == ([], ["lost-address"])


# Addresses of what was renamed.

OTHER, THIRD = "briefings/2025/other-name.md", "briefings/2025/third-name.md"
ALIAS = "aliases: [/briefings/2025-08-16-india-japan-agree-on-chip-plant/]"


def renamed_desk() -> Desk:
    desk = make_desk()
    desk.content[OTHER] = desk.content.pop(PATH)
    return desk


def lost(desk: Desk) -> list[str]:
    """Return the lines of front matter that a run says are missing."""
    desk.ingest()
    told = [problem for problem in desk.problems if problem.code == "lost-address"]
    return [f"{problem.where.path.rpartition('/')[2]}: {problem.hint.split(chr(34))[1]}" for problem in told]


def test_a_renamed_briefing_is_told_with_the_line_to_write_until_that_stands() -> None:
    desk = renamed_desk()
    for _ in range(3):
        assert lost(desk) == [f"other-name.md: {ALIAS}"]
    desk.edit(OTHER, "\nlang:", f"\n{ALIAS}\nlang:")
    for _ in range(2):
        assert desk.ingest() == ([], [])
    desk.edit(OTHER, f"\n{ALIAS}\n", "\n")
    assert lost(desk) == [f"other-name.md: {ALIAS}"]


def test_a_former_address_that_nobody_had_is_settled_in_the_ledger_for_good() -> None:
    desk = renamed_desk()
    desk.ingest()
    ledger = desk.content["ingested.toml"].decode()
    line = next(line for line in ledger.splitlines() if line.endswith('= "other-name"'))
    desk.content["ingested.toml"] = ledger.replace(f"{line}\n", "").encode()
    for _ in range(2):
        assert desk.ingest() == ([], [])


def test_a_briefing_that_was_renamed_twice_has_two_former_addresses_and_back_again_one() -> None:
    desk = renamed_desk()
    desk.ingest()
    desk.content[THIRD] = desk.content.pop(OTHER)
    assert lost(desk) == [f"third-name.md: {ALIAS[:-1]}, /briefings/other-name/]"]
    desk.content[PATH] = desk.content.pop(THIRD)
    assert lost(desk) == [f"{PATH[15:]}: aliases: [/briefings/other-name/, /briefings/third-name/]"]


def test_renamed_and_back_between_two_runs_is_nothing() -> None:
    desk = renamed_desk()
    desk.content[PATH] = desk.content.pop(OTHER)
    assert desk.ingest() == ([], [])
    assert b"[moved]" not in desk.content["ingested.toml"]


def test_no_new_briefing_takes_the_address_of_a_renamed_one() -> None:
    desk = renamed_desk()
    desk.seeds["seeds/b.txt"] = f" date 2025-08-16 India, Japan Agree On Chip Plant\nPacific Post\n{PORT}\n".encode()
    desk.ingest()
    assert len(desk.briefings()) == 2
    assert PATH not in desk.briefings()
    assert lost(desk) == [f"other-name.md: {ALIAS}"]


def test_a_deletion_that_is_undone_brings_the_memory_of_the_former_address_back() -> None:
    desk = renamed_desk()
    desk.ingest()
    kept = desk.content.pop(OTHER)
    assert desk.ingest() == ([], ["briefing-deleted"])
    desk.content[OTHER] = kept
    assert lost(desk) == [f"other-name.md: {ALIAS}"]


@pytest.mark.parametrize("kept", [b"", b"---\ntitle: [broken\n---\nAn editor was at work here.\n"])
def test_a_briefing_that_was_deleted_or_broken_and_came_back_under_another_name_is_told(kept: bytes) -> None:
    desk = make_desk()
    raw = desk.content.pop(PATH)
    if kept:
        desk.content[OTHER] = kept
    desk.ingest()
    desk.content[OTHER] = raw
    for _ in range(2):
        assert lost(desk) == [f"other-name.md: {ALIAS}"]


def test_the_former_address_of_a_draft_is_told_when_it_is_one_no_longer() -> None:
    desk = renamed_desk()
    desk.edit(OTHER, "\nlang:", "\ndraft: true\nlang:")
    assert desk.ingest() == ([], [])
    desk.edit(OTHER, "\ndraft: true\n", "\n")
    assert lost(desk) == [f"other-name.md: {ALIAS}"]


# Copies of a briefing.


@pytest.mark.parametrize("copy", ["briefings/2025/a-copy.md", "briefings/2025/zz-copy.md"])
def test_a_copy_of_a_briefing_is_left_alone_and_the_original_keeps_its_seed(copy: str) -> None:
    desk = make_desk()
    desk.content[copy] = desk.content[PATH]
    desk.edit(PATH, "three billion", "3 billion")
    before = {path: desk.content[path] for path in (PATH, copy)}
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    (decision,), codes = desk.ingest()
    assert (decision.id, codes) == ("2025-08-16-india-japan-agree-on-chip-plant", ["shared-seed", "seed-conflict"])
    assert {path: desk.content[path] for path in (PATH, copy)} == before


@pytest.mark.parametrize("copy", ["briefings/2025/a-copy.md", "briefings/2025/zz-copy.md"])
def test_a_language_version_with_the_seed_of_the_original_is_told_until_it_has_none(copy: str) -> None:
    desk = make_desk()
    desk.content[copy] = desk.content[PATH].replace(b"agreed on Monday", b"einigten sich am Montag")
    for _ in range(2):
        assert desk.ingest() == ([], ["shared-seed"])
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    (decision,), codes = desk.ingest()
    assert (decision.path, codes) == (PATH, ["shared-seed"])
    (problem,) = desk.problems
    assert str(problem).startswith(f"content/{copy}:{problem.where.line}:1: content/{PATH} has the same seed")
    text = desk.content[copy].decode()
    assert text.splitlines()[problem.where.line - 1] == "seed:"
    start = text.index("seed:")
    desk.content[copy] = (text[:start] + text[text.index("\n---", start) + 1 :]).encode()
    assert desk.ingest() == ([], [])


# The same story twice.


def merged_desk() -> Desk:
    desk = Desk({"seeds/a.txt": SEED.encode(), "seeds/b.txt": SECOND.encode()}, merge=True)
    desk.ingest()
    return desk


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_merged_briefing_keeps_its_sources_and_the_first_ones_text_when_a_seed_changes(name: str) -> None:
    desk = merged_desk()
    desk.seeds[f"seeds/{name}.txt"] = desk.seeds[f"seeds/{name}.txt"].replace(b"two thousand", b"five thousand")
    _, codes = desk.ingest()
    assert (codes, sources(desk)) == ([], ["The Example Times", "Pacific Post"])
    briefing = parse_briefing(desk.content[PATH], PATH)
    assert briefing.title == "India, Japan Agree On Chip Plant"
    assert ("five thousand" in briefing.body) == (name == "a")
    assert briefing.seed is not None
    assert briefing.seed.file == "seeds/a.txt"
    assert desk.ingest() == ([], [])


def test_other_dirt_around_the_first_text_of_a_merged_briefing_changes_nothing() -> None:
    desk = merged_desk()
    before = desk.content[PATH]
    desk.seeds["seeds/a.txt"] = SEED.replace("World News", "HomeAsia").encode()
    (decision,), _ = desk.ingest()
    assert (decision.reason, desk.content[PATH]) == ("unchanged", before)


def test_two_versions_are_told_until_one_is_taken_away_or_the_ledger_says_otherwise() -> None:
    desk = make_desk(a=SEED, b=SECOND)
    for _ in range(2):
        assert desk.ingest()[1] == ["seed-duplicate"]
    ledger = desk.content["ingested.toml"]
    entries = ledger.decode().replace(', duplicate_of = "2025-08-16-india-japan-agree-on-chip-plant"', "")
    desk.content["ingested.toml"] = entries.encode()
    assert desk.ingest() == ([], [])
    desk.content["ingested.toml"] = ledger
    del desk.seeds["seeds/b.txt"]
    assert desk.ingest() == ([], [])


def test_a_source_that_an_edited_briefing_does_not_name_is_told_until_it_does() -> None:
    desk = make_desk()
    desk.merge = True
    desk.edit(PATH, "three billion", "3 billion")
    desk.seeds["seeds/b.txt"] = SECOND.encode()
    for _ in range(3):
        assert desk.ingest()[1] == ["seed-duplicate"]
    start = desk.content[PATH].decode().index("source:")
    entry = desk.content[PATH].decode()[start:].partition("\nseed:")[0]
    desk.edit(PATH, entry, "source: [{publisher: The Example Times}, {publisher: Pacific Post}]")
    assert desk.ingest() == ([], [])


def test_a_seed_that_lies_there_twice_is_told() -> None:
    desk = make_desk(story=SEED)
    desk.seeds["seeds/story-copy.txt"] = SEED.encode()
    assert desk.ingest()[1] == ["seed-duplicate"]
    desk.seeds["seeds/story-copy.txt"] = SEED.replace("World News", "HomeAsia").encode()
    for _ in range(2):
        assert desk.ingest()[1] == ["seed-duplicate"]
    assert desk.briefings() == [PATH]
    del desk.seeds["seeds/story.txt"]
    assert desk.ingest() == ([], [])


# An editor's words.


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n  digest:", "\n  # Asked the ministry twice.\n  digest:"),
        ("\n  digest:", "\n# Asked the ministry twice.\n  digest:"),
        ("seeds/a.txt\n", "seeds/a.txt  # Asked the ministry twice.\n"),
        ("\nseed:\n", "\nseed:  # Asked the ministry twice.\n"),
        ("\nseed:\n", "\nseed:\n  note: Asked the ministry twice.\n"),
    ],
)
def test_words_within_the_seed_entry_are_an_edit(old: str, new: str) -> None:
    desk = make_desk()
    desk.edit(PATH, old, new)
    edited = desk.content[PATH]
    faults = ["unknown-key"] if "note:" in new else []
    assert desk.ingest() == ([], faults)
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    assert desk.ingest()[1] == [*faults, "seed-conflict"]
    assert desk.content[PATH] == edited


@pytest.mark.parametrize(
    "file", ["seeds/a b, c.txt", "'seeds/it''s.txt'", '"seeds/\\xe9 # 1.txt"', "seeds/x.jsonl#3", "{file: a}"]
)
def test_the_stamp_itself_is_no_edit_whatever_the_seed_is_called(file: str) -> None:
    entry = f"seed:\n  file: {file}\n  digest: sha256:00\n  generated: sha256:11\n" if file[0] != "{" else f"seed: {file}\n"
    with_stamp, without = (f"---\ntitle: T\n{text}lang: en\n---\nBody\n".encode() for text in (entry, ""))
    assert digest_generated(with_stamp) == digest_generated(without)


def test_comments_and_keys_of_an_editor_stay_in_the_list_of_declined_seeds() -> None:
    desk = make_desk()
    del desk.content[PATH]
    desk.ingest()
    desk.edit("declined.toml", "[[declined]]\n", "# Retracted by its publisher.\n[[declined]]\nby = 'Asha'\n")
    kept = desk.content["declined.toml"]
    desk.ingest()
    assert desk.content["declined.toml"] == kept
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    text = desk.content["declined.toml"].decode()
    assert "# Retracted by its publisher.\n[[declined]]\nby = 'Asha'\n" in text
    assert len(parse_declined(text.encode(), "")) == 2


def test_entries_of_the_list_stand_where_their_ids_sort() -> None:
    entries = {name: Declined(name, f"seeds/{name}.txt", name) for name in ("b", "d")}
    text = amend_declined(None, entries, "p")
    entries |= {name: Declined(name, f"seeds/{name}.txt", name) for name in ("a", "c", "e")}
    text = amend_declined(text.encode(), entries, "p")
    assert list(parse_declined(text.encode(), "p")) == ["a", "b", "c", "d", "e"]
    assert text == amend_declined(None, entries, "p")


@pytest.mark.parametrize(
    "text",
    [
        '[declined]\ndigest = "a"',
        '[[declind]]\ndigest = "a"',
        '[[declined]]\nid = "a"',
        '[[declined]]\ndigest = "a"\nsketch = "?"',
    ],
)
def test_a_list_of_declined_seeds_that_says_nothing_certain_stops_the_run(text: str) -> None:
    with pytest.raises(ContentError, match="broken-ledger"):
        parse_declined(text.encode(), "content/declined.toml")


def test_a_list_that_cannot_be_added_to_stops_the_run() -> None:
    raw = b'declined = [{digest = "a", id = "x"}]\n'
    known = parse_declined(raw, "p")
    assert amend_declined(raw, known, "p").encode() == raw
    with pytest.raises(ContentError, match="broken-ledger"):
        amend_declined(raw, {**known, "b": Declined("b", "f", "y")}, "p")


def test_every_seed_that_stands_has_a_sketch_also_in_a_list_that_had_none() -> None:
    desk = make_desk()
    sketches = [entry.sketch for entry in parse_ingested(desk.content["ingested.toml"], "").values()]
    assert [len(sketch) for sketch in sketches] == [128]
    desk.edit("ingested.toml", f', sketch = "{sketches[0]}"', "")
    desk.ingest()
    assert [len(entry.sketch) for entry in parse_ingested(desk.content["ingested.toml"], "").values()] == [128]


def test_the_body_of_the_tests_is_long_enough_to_be_told_from_others() -> None:
    assert all(len(text.split()) > 30 for text in (BODY, PORT, HERDS, FISH))


# A seed that says again what it said before.


def test_a_seed_that_returns_to_a_former_state_is_followed_back_and_forth() -> None:
    desk = make_desk()
    for text, said in (
        (CHANGED, b"five thousand"),
        (SEED, b"two thousand"),
        (CHANGED, b"five thousand"),
        (SEED, b"two thousand"),
    ):
        desk.seeds["seeds/a.txt"] = text.encode()
        desk.ingest()
        assert said in desk.content[PATH]
        assert desk.ingest() == ([], [])


def test_a_former_state_does_not_undo_what_an_editor_corrected() -> None:
    desk = make_desk()
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    desk.edit(PATH, "three billion", "3 billion")
    edited = desk.content[PATH]
    desk.seeds["seeds/a.txt"] = SEED.encode()
    _, codes = desk.ingest()
    assert codes == ["seed-conflict"]
    assert desk.content[PATH] == edited


def test_a_former_state_that_lies_elsewhere_beside_the_newest_changes_nothing() -> None:
    desk = make_desk()
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    desk.seeds["seeds/old.txt"] = SEED.encode()
    assert desk.ingest() == ([], [])


def test_a_former_state_of_a_deleted_briefing_brings_it_not_back() -> None:
    desk = make_desk()
    desk.seeds["seeds/a.txt"] = CHANGED.encode()
    desk.ingest()
    del desk.content[PATH]
    desk.seeds["seeds/a.txt"] = SEED.encode()
    desk.ingest()
    assert not desk.briefings()
    assert not desk.ingest()[1]
