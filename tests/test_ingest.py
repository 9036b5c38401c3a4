# ruff: noqa: E501  # Seeds and their expected form are easier to compare on one line each.
"""From seeds to decisions: no edit of a human is lost, no deleted briefing comes back, a second run changes nothing."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from generator.content.briefings import parse_briefing
from generator.errors import ContentError, Severity
from generator.ingest import (
    Declined,
    Entry,
    Made,
    Refusal,
    amend_declined,
    digest_generated,
    document,
    dump_ingested,
    parse_declined,
    parse_ingested,
    propose,
    read_seeds,
    read_stamp,
)
from tests.desks import BODY, PATH, SEED, VOCABULARY, Desk, make_desk, read_seed

REAL_SEED = Path(__file__).parent.parent / "seeds" / "000_0eaf84618f860533.txt"


def test_a_seed_becomes_a_briefing_that_reads_back() -> None:
    desk = make_desk()
    assert desk.briefings() == [PATH]
    briefing = parse_briefing(desk.content[PATH], f"content/{PATH}")
    assert (briefing.title, briefing.countries[:2], [pair.slug for pair in briefing.pairs]) == (
        "India, Japan Agree On Chip Plant",
        ("IN", "JP"),
        ["in-jp"],
    )
    assert briefing.seed is not None
    assert briefing.seed.file == "seeds/a.txt"
    assert briefing.seed.generated == digest_generated(desk.content[PATH])
    assert not briefing.draft


def test_the_real_seed_becomes_the_briefing_that_was_asked_for() -> None:
    seed = read_seed(REAL_SEED.read_bytes(), "seeds/000_0eaf84618f860533.txt")
    made = propose(seed, VOCABULARY)
    assert isinstance(made, Made)
    assert made.problems == ()
    briefing = made.briefing
    assert briefing.countries == ("IN", "KR")
    assert [pair.slug for pair in briefing.pairs] == ["in-kr"]
    assert set(briefing.sectors[:5]) == {"semiconductors", "defence", "clean-energy", "artificial-intelligence", "shipbuilding"}
    assert set(briefing.sectors[5:]) <= {"trade", "manufacturing", "maritime-security", "people-to-people-ties"}
    assert briefing.title == "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors"
    assert briefing.date == date(2025, 8, 16)
    assert [source.publisher for source in briefing.sources] == ["NDTV Profit"]
    assert briefing.sources[0].published == datetime.fromisoformat("2025-08-16T21:52:00+05:30")
    assert [person.name for person in briefing.people] == ["S Jaishankar", "Cho Hyun"]
    assert [(body.name, body.abbreviation) for body in briefing.organisations] == [("Ministry of External Affairs", "MEA")]
    assert len(briefing.summary) <= 280
    assert briefing.body.startswith(briefing.summary)
    assert 3 <= len(briefing.key_points) <= 5
    assert all(point in briefing.body for point in briefing.key_points)
    assert briefing.caption is not None
    assert "counterpart Cho Hyun" in briefing.caption.text
    assert "counterpart Cho Hyun" not in briefing.body
    assert not any(dirt in briefing.body for dirt in ("Business News", "09:52 PM", "NDTV Profit"))


MESSES = {
    "hindi-glued.txt": (
        "भारत और दक्षिण कोरिया ने सेमीकंडक्टर समझौते पर हस्ताक्षर किए",
        "2025-08-16",
        "एनडीटीवी इंडिया",
        "hi",
        "भारत और दक्षिण कोरिया ने शनिवार",
        "मजबूत हो रहे हैं।",
    ),
    "korean-wire.txt": (
        "한국과 인도, 반도체 협력 확대 합의",
        "2025-08-16",
        "연합뉴스",
        "ko",
        "한국과 인도가 16일",
        "협력 방안을 논의했다.",
    ),
    "french-site.txt": (
        "L’Inde et la France signent un accord sur les semi-conducteurs",
        "2025-08-16",
        "Le Monde",
        "fr",
        "L’Inde et la France ont signé",
        "entrera en vigueur l’an prochain.",
    ),
    "wrapped-wire.txt": (
        "PERU SEES LARGER CATCH OF ANCHOVY",
        "1987-03-02",
        "Reuters",
        "en",
        "Peru expects a larger catch",
        "the ministry said.",
    ),
}


@pytest.mark.parametrize("name", sorted(MESSES))
def test_known_messes_come_out_clean(name: str) -> None:
    title, day, publisher, lang, start, end = MESSES[name]
    seed = read_seed((Path(__file__).parent / "seeds" / name).read_bytes(), f"seeds/{name}")
    made = propose(seed, VOCABULARY)
    assert isinstance(made, Made)
    found = document(made)
    assert (found["title"], found["date"], found["publisher"], found["lang"]) == (title, day, publisher, lang)
    assert found["text"].startswith(start)
    assert found["text"].endswith(end)
    assert len(found["text"].splitlines()) == 2


def test_a_second_ingest_changes_no_byte() -> None:
    desk = make_desk(a=SEED, b=SEED.replace("plant", "port"))
    before = dict(desk.content)
    decisions, codes = desk.ingest()
    # That the two are versions of one text is said again by every run, until an editor settles it.
    assert (decisions, codes, desk.content) == ([], ["seed-duplicate"], before)


def test_a_changed_seed_is_written_again_under_its_old_id() -> None:
    desk = make_desk()
    desk.seeds["seeds/a.txt"] = (
        SEED.replace("three billion", "four billion").replace("Chip Plant\n", "Large Chip Plant\n").encode()
    )
    (decision,), _ = desk.ingest()
    assert (decision.reason, decision.path) == ("changed", PATH)
    assert b"four billion" in desk.content[PATH]
    assert b"Large Chip Plant" in desk.content[PATH]
    assert desk.ingest() == ([], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [("summary:", "# checked by the desk\nsummary:"), ("three billion", "3 billion"), ("title: India", "title: Why India")],
)
def test_an_edited_file_is_kept_and_the_conflict_reported(old: str, new: str) -> None:
    desk = make_desk()
    desk.edit(PATH, old, new)
    edited = desk.content[PATH]
    assert desk.ingest() == ([], [])
    desk.seeds["seeds/a.txt"] = SEED.replace("two thousand", "five thousand").encode()
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("conflict", ["seed-conflict"])
    assert desk.content[PATH] == edited
    desk.edit(PATH, desk.content[PATH].decode().split("digest: ")[1].split("\n")[0], decision.seed.digest)
    assert desk.ingest() == ([], [])


def test_other_line_ends_are_no_edit() -> None:
    desk = make_desk()
    desk.content[PATH] = desk.content[PATH].replace(b"\n", b"\r\n")
    desk.seeds["seeds/a.txt"] = SEED.replace("two thousand", "five thousand").encode()
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("changed", [])


def test_a_renamed_seed_is_left_alone() -> None:
    desk = make_desk()
    before = dict(desk.content)
    desk.seeds = {"seeds/2025/moved.txt": desk.seeds["seeds/a.txt"]}
    assert desk.ingest() == ([], [])
    assert desk.content == before


@pytest.mark.parametrize("name", ["seeds/a.txt", "seeds/again.txt"])
def test_other_dirt_around_the_same_text_is_left_alone(name: str) -> None:
    desk = make_desk()
    before = desk.content[PATH]
    dirty = SEED.replace("World News", "HomeAsia").replace("\n\nPrime", "\n\nAlso Read: Chad, Niger sign water pact\n\nPrime")
    desk.seeds = {name: dirty.encode()}
    (decision,), codes = desk.ingest()
    assert (decision.reason, decision.path, codes) == ("unchanged", "", [])
    assert desk.content[PATH] == before
    assert desk.briefings() == [PATH]
    assert desk.ingest() == ([], [])


def test_a_deleted_briefing_does_not_come_back_and_says_how_to_undo_it() -> None:
    desk = make_desk()
    del desk.content[PATH]
    decisions, codes = desk.ingest()
    assert (decisions, codes, desk.briefings()) == ([], ["briefing-deleted"], [])
    assert b"india-japan-agree-on-chip-plant" in desk.content["declined.toml"]
    assert desk.ingest() == ([], [])
    for changed in (SEED.replace("two thousand", "five thousand"), SEED.replace("World News", "Asia News")):
        desk.seeds["seeds/a.txt"] = changed.encode()
        desk.ingest()
        assert desk.briefings() == []
    desk.seeds = {"seeds/elsewhere.txt": SEED.replace("World News", "Home").encode()}
    desk.ingest()
    assert desk.briefings() == []
    desk.content["declined.toml"] = b""
    desk.ingest()
    assert desk.briefings() == [PATH]


def test_a_restored_briefing_stands_again() -> None:
    desk = make_desk()
    kept = desk.content.pop(PATH)
    desk.ingest()
    desk.content[PATH] = kept
    assert desk.ingest() == ([], [])
    assert desk.content[PATH] == kept


def test_a_renamed_briefing_or_one_without_stamp_is_not_taken_for_deleted() -> None:
    desk = make_desk()
    desk.content["briefings/2025/other-name.md"] = desk.content.pop(PATH)
    assert desk.ingest() == ([], ["lost-address"])
    desk = make_desk()
    text = desk.content[PATH].decode()
    start = text.index("seed:")
    desk.content[PATH] = (text[:start] + text[text.index("\n---", start) + 1 :]).encode()
    assert desk.ingest() == ([], [])


def test_a_briefing_that_cannot_be_read_is_neither_deleted_nor_overwritten() -> None:
    desk = make_desk()
    desk.content[PATH] = b"---\ntitle: [broken\n---\nAn editor was at work here.\n"
    broken = desk.content[PATH]
    assert desk.ingest() == ([], ["front-matter-syntax"])
    desk.seeds["seeds/a.txt"] = SEED.replace("two thousand", "five thousand").encode()
    desk.ingest()
    assert desk.content[PATH] == broken


def test_another_article_at_the_same_path_is_a_new_briefing() -> None:
    desk = make_desk()
    before = desk.content[PATH]
    other = " date 2025-09-01 Peru, Fiji Open Port\nThe Example Times\nPeru and Fiji opened a port in Suva on Monday, and forty ships came in.\n"
    desk.seeds["seeds/a.txt"] = other.encode()
    (decision,), codes = desk.ingest()
    assert (decision.reason, codes) == ("new", [])
    assert desk.content[PATH] == before
    assert len(desk.briefings()) == 2


def test_the_same_story_in_two_outlets_is_reported() -> None:
    desk = Desk({"seeds/a.txt": SEED.encode()})
    desk.ingest()
    desk.seeds["seeds/b.txt"] = (
        SEED.replace("The Example Times", "Pacific Post")
        .replace("India, Japan Agree On Chip Plant", "Chip Plant For Chennai")
        .encode()
    )
    (decision,), codes = desk.ingest()
    assert codes == ["seed-duplicate"]
    assert decision.reason == "new"
    assert "india-japan-agree-on-chip-plant" in decision.problems[0].message


def test_the_same_story_in_two_outlets_is_merged_where_asked() -> None:
    second = SEED.replace("The Example Times", "Pacific Post").replace(
        "India, Japan Agree On Chip Plant", "Chip Plant For Chennai"
    )
    desk = Desk({"seeds/a.txt": SEED.encode(), "seeds/b.txt": second.encode()}, merge=True)
    decisions, codes = desk.ingest()
    assert [decision.reason for decision in decisions] == ["new", "merged"]
    assert codes == []
    assert [source.publisher for source in parse_briefing(desk.content[PATH], PATH).sources] == [
        "The Example Times",
        "Pacific Post",
    ]
    before = dict(desk.content)
    assert desk.ingest() == ([], [])
    assert desk.content == before


def test_an_edited_briefing_gets_no_second_source() -> None:
    desk = make_desk()
    desk.merge = True
    desk.edit(PATH, "three billion", "3 billion")
    edited = desk.content[PATH]
    desk.seeds["seeds/b.txt"] = SEED.replace("The Example Times", "Pacific Post").replace("Agree On Chip", "Plan Chip").encode()
    _, codes = desk.ingest()
    assert codes == ["seed-duplicate"]
    assert desk.content[PATH] == edited
    assert desk.briefings() == [PATH]


def test_a_clash_of_ids_adds_six_digits_of_the_digest() -> None:
    other = " date 2025-08-16 India, Japan Agree On Chip Plant\nThe Example Times\nAn altogether different text about a port in Suva, with forty ships and a crew of nine hundred.\n"
    desk = make_desk(a=SEED, b=other)
    digest = read_seed(other.encode(), "seeds/b.txt").digest
    assert desk.briefings() == sorted([PATH, PATH.replace(".md", f"-{digest.removeprefix('sha256:')[:6]}.md")])


@pytest.mark.parametrize(
    ("text", "codes", "folder"),
    [
        ("India, Japan Agree On Chip Plant\n\n" + BODY, ["seed-undated"], "briefings/undated/"),
        (" date 2025-08-16\nThe White House\n" + BODY, ["seed-untitled"], "briefings/2025/"),
    ],
)
def test_without_date_or_title_a_briefing_is_a_draft(text: str, codes: list[str], folder: str) -> None:
    desk = Desk({"seeds/a.txt": text.encode()})
    _, found = desk.ingest()
    assert found == codes
    (path,) = desk.briefings()
    assert path.startswith(folder)
    assert parse_briefing(desk.content[path], path).draft
    assert desk.ingest() == ([], [])


def test_what_is_missing_is_written_into_the_briefing_and_never_into_the_seed_also_of_a_record() -> None:
    desk = Desk({"seeds/r.jsonl": json.dumps({"text": BODY}).encode()})
    desk.ingest()
    hints = [problem.hint for problem in desk.problems]
    assert hints == [f'write "{key}" into the briefing and take out "draft"' for key in ("date", "title")]


def test_the_digest_that_a_conflict_names_settles_it_where_its_message_says() -> None:
    desk = make_desk()
    desk.edit(PATH, "three billion", "3 billion")
    old = parse_briefing(desk.content[PATH], PATH).seed
    desk.seeds["seeds/a.txt"] = SEED.replace("two thousand", "five thousand").encode()
    desk.ingest()
    (problem,) = desk.problems
    new = re.fullmatch(r'take over what you need, then write (sha256:\w+) as the "digest" under its "seed"', problem.hint)
    assert new
    assert old
    desk.edit(PATH, f"digest: {old.digest}", f"digest: {new[1]}")
    assert desk.ingest() == ([], [])


def test_records_keep_their_briefings_when_others_come_before_them() -> None:
    records = [
        {
            "title": f"India and Japan agree on plan {n}",
            "date": f"2025-08-{n + 10}",
            "text": BODY.replace("Chennai", f"place number {n}, of {n} towns") * (n + 1),
        }
        for n in range(3)
    ]
    desk = Desk({"seeds/x.jsonl": "\n".join(map(json.dumps, records)).encode()})
    desk.ingest()
    before = {path: desk.content[path] for path in desk.briefings()}
    assert len(before) == 3
    extra = {
        "title": "Peru opens a port",
        "date": "2025-08-09",
        "text": "Peru opened a port in Callao on Saturday, and forty ships came in.",
    }
    desk.seeds["seeds/x.jsonl"] = "\n".join(map(json.dumps, [extra, *records])).encode()
    decisions, _ = desk.ingest()
    assert [decision.reason for decision in decisions] == ["new"]
    assert all(desk.content[path] == raw for path, raw in before.items())


def test_problems_of_seeds_are_errors_with_a_place_and_a_way_out() -> None:
    (refused,) = read_seeds(b"\x89PNG\r\n", "seeds/x.txt")
    assert isinstance(refused, Refusal)
    assert refused.problem.severity is Severity.ERROR
    assert str(refused.problem) == "seeds/x.txt: it is a PNG image (save the article as text or as a web page) [seed-binary]"


def test_documents_have_the_keys_that_tools_read() -> None:
    keys = "id file status title date publisher countries pairs sectors people organisations lang text duplicate_of seconds problems".split()
    seed = read_seed(SEED.encode(), "seeds/a.txt")
    made = propose(seed, VOCABULARY)
    assert isinstance(made, Made)
    found = document(made, duplicate_of="b", seconds=0.25)
    assert sorted(found) == sorted(keys)
    assert (found["id"], found["file"], found["status"], found["date"]) == ("a", "seeds/a.txt", "ok", "2025-08-16")
    assert (found["duplicate_of"], found["seconds"], found["pairs"]) == ("b", 0.25, ["in-jp"])
    assert found["text"].splitlines()[0].startswith("India and Japan agreed")
    (refusal,) = read_seeds(b"", "seeds/empty.txt")
    assert isinstance(refusal, Refusal)
    refused = document(refusal)
    assert sorted(refused) == sorted(keys)
    assert (refused["status"], refused["text"], refused["duplicate_of"]) == ("rejected", "", None)
    json.dumps([found, refused])


def test_the_ledger_reads_back_and_a_broken_one_stops_the_run() -> None:
    entries = {"sha256:00": Entry('a "b"', "seeds/ä.txt"), "sha256:01": Entry("c", "x\\y.txt")}
    assert parse_ingested(dump_ingested(entries).encode(), "p") == entries
    declined = {"sha256:00": Declined("sha256:00", "seeds/ä.txt", "x")}
    assert parse_declined(amend_declined(None, declined, "p").encode(), "p") == declined
    assert parse_ingested(None, "p") == {}
    for raw in (b"[seeds", b"seeds = 3", b"\xff", b'[seeds]\n"a" = 1'):
        with pytest.raises(ContentError):
            parse_ingested(raw, "p")


def test_the_stamp_is_read_whatever_way_an_editor_writes_it() -> None:
    for text in ("seed:\n  file: a.txt\n  digest: d\n  generated: g\n", "seed: {file: a.txt, digest: d, generated: g}\n"):
        stamp = read_stamp(f"---\ntitle: T\n{text}draft: true\n---\nBody\n".encode())
        assert stamp is not None
        assert (stamp.file, stamp.digest, stamp.generated) == ("a.txt", "d", "g")
    assert read_stamp(b"---\ntitle: T\n---\nseed:\n  file: x\n") is None
    assert read_stamp(b"no front matter") is None


def test_the_digest_of_what_was_generated_leaves_out_only_the_stamp() -> None:
    one = b"---\ntitle: T\nseed:\n  file: a\n  digest: b\nlang: en\n---\nBody\n"
    two = b"---\ntitle: T\nseed: {file: z}\nlang: en\n---\nBody\n"
    assert digest_generated(one) == digest_generated(two)
    assert digest_generated(one) != digest_generated(one.replace(b"Body", b"body"))
    assert digest_generated(one) != digest_generated(one.replace(b"lang: en\n", b"lang: fr\n"))


def test_what_an_editor_rejected_survives_every_run() -> None:
    desk = make_desk()
    desk.edit(PATH, "lang: en", "lang: en\nrejected: {sectors: [semiconductors]}")
    kept = desk.content[PATH]
    desk.seeds["seeds/a.txt"] = SEED.replace("two thousand", "five thousand").encode()
    desk.ingest()
    assert desk.content[PATH] == kept


@pytest.mark.parametrize(
    ("name", "text", "where", "said"),
    [
        ("a.md", "---\ntitle: Peru, Fiji Open Port\ndate: 2025-13-45\n---\n" + BODY, "seeds/a.md:3", '"2025-13-45" is no date'),
        (
            "a.jsonl",
            json.dumps({"title": "A port", "date": "2025-99-01", "text": BODY}),
            "seeds/a.jsonl:1",
            '"2025-99-01" is no date',
        ),
        (
            "a.txt",
            f"Peru, Fiji Open Port\n03/04/2025\nThe Example Times\n{BODY}",
            "seeds/a.txt",
            '"03/04/2025" may be a day of month 3 or of month 4',
        ),
        (
            "a.txt",
            f"Peru, Fiji Open Port\nUpdated 2 hours ago\nThe Example Times\n{BODY}",
            "seeds/a.txt",
            '"2 hours ago" is no date',
        ),
        ("a.txt", f"Peru, Fiji Open Port\n32 Dec 2024\nThe Example Times\n{BODY}", "seeds/a.txt", '"32 Dec 2024" is no date'),
        ("a.txt", f"Peru, Fiji Open Port\nThe Example Times\n{BODY}", "seeds/a.txt", "no publication date found"),
    ],
)
def test_a_date_that_is_none_is_told_where_it_stands_and_left_out_of_the_text(
    name: str, text: str, where: str, said: str
) -> None:
    desk = Desk({f"seeds/{name}": text.encode()})
    desk.ingest()
    (problem,) = desk.problems
    assert (problem.code, str(problem.where)) == ("seed-undated", where)
    assert problem.message == f"{said}, so the briefing is a draft"
    (path,) = desk.briefings()
    assert parse_briefing(desk.content[path], path).body.startswith("India and Japan agreed")
