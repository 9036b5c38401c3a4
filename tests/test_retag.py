"""Tags proposed anew: what changes in a briefing, what an editor said once and for all, and every byte that stays."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cli import main
from generator.content.briefings import dump_briefing, parse_briefing
from generator.errors import ContentError
from generator.ingest import digest_generated, read_stamp
from generator.ingest.amend import Change, amend_briefing, split_file
from generator.ingest.retag import plan_changes, propose_again, read_text
from generator.ingest.tagging.tags import Tag, TagProposal
from generator.intake import ingest
from generator.intake.editing import retag
from generator.model import Briefing, CountryPair, Ruling, SeedStamp
from generator.places import find_places
from tests.archives import ARCHIVE_TOML, briefing_file
from tests.conftest import WriteTree
from tests.factories import make_briefing, shipped_vocabulary

PATH = "content/briefings/2025/2025-08-16-talks.md"
TEXT = "Norway and Sweden signed an agreement on semiconductors in Oslo. They will build chips in a joint factory."


def tags(terms: str) -> tuple[Tag, ...]:
    return tuple(Tag(term, 5.0) for term in terms.split())


def proposal(countries: str = "IN KR", pairs: str = "in-kr", sectors: str = "semiconductors", kind: str = "") -> TagProposal:
    return TagProposal(tags(countries), tags(pairs), tags(sectors), Tag(kind, 5.0), ())


def changed(briefing: Briefing, proposed: TagProposal, *, drop: bool = False) -> dict[str, str]:
    return {change.key: " ".join(change.after) for change in plan_changes(briefing, proposed, drop=drop).changes}


def kept(briefing: Briefing, proposed: TagProposal) -> dict[str, str]:
    return {key: " ".join(terms) for key, terms in plan_changes(briefing, proposed).kept}


@pytest.mark.parametrize(
    ("held", "proposed", "merged"),
    [
        ("", "trade water", "trade water"),
        ("trade", "trade water", "trade water"),
        ("trade", "water trade", "water trade"),
        ("defence trade", "water trade", "defence water trade"),
        ("defence", "water trade", "defence water trade"),
        ("trade defence water", "trade climate water", "trade climate defence water"),
    ],
)
def test_a_new_sector_stands_where_it_weighs_and_moves_no_other(held: str, proposed: str, merged: str) -> None:
    briefing = make_briefing(sectors=tuple(held.split()))
    assert changed(briefing, proposal(sectors=proposed)) == {"sectors": merged}


def test_a_term_that_is_not_proposed_is_kept_and_named() -> None:
    briefing = make_briefing(sectors=("shipbuilding", "semiconductors"))
    assert changed(briefing, proposal()) == {}
    assert kept(briefing, proposal()) == {"sectors": "shipbuilding"}


def test_drop_takes_out_what_is_not_proposed_pairs_with_their_countries() -> None:
    briefing = make_briefing(countries=("IN", "KR", "JP"), pairs=(CountryPair("IN", "JP"), CountryPair("IN", "KR")))
    assert changed(briefing, proposal(sectors="semiconductors shipbuilding"), drop=True) == {
        "countries": "IN KR",
        "pairs": "in-kr",
    }


def test_a_kind_is_written_only_where_there_is_none() -> None:
    assert changed(make_briefing(kind="", sectors=("semiconductors",)), proposal(kind="summit")) == {"kind": "summit"}
    assert changed(make_briefing(kind="contract", sectors=("semiconductors",)), proposal(kind="summit"), drop=True) == {}


def test_a_confirmed_term_stays_whatever_is_proposed_and_a_pair_with_its_countries() -> None:
    confirmed = Ruling(pairs=(CountryPair("IN", "JP"),), sectors=("shipbuilding",))
    pairs = (CountryPair("IN", "JP"), CountryPair("JP", "KR"))
    held = make_briefing(countries=("IN", "KR", "JP", "NP"), pairs=pairs, sectors=("shipbuilding", "trade"), confirmed=confirmed)
    assert changed(held, proposal(), drop=True) == {
        "countries": "IN KR JP",
        "pairs": "in-kr in-jp",
        "sectors": "semiconductors shipbuilding",
    }
    assert kept(held, proposal()) == {"countries": "NP", "pairs": "jp-kr", "sectors": "trade"}


def test_a_confirmed_term_that_is_not_there_comes_back_unless_it_is_rejected_too() -> None:
    bare = make_briefing(sectors=("semiconductors",), confirmed=Ruling(sectors=("defence",)))
    assert changed(bare, proposal()) == {"sectors": "semiconductors defence"}
    assert changed(replace(bare, rejected=Ruling(sectors=("defence",))), proposal()) == {}
    torn = make_briefing(pairs=(), confirmed=Ruling(pairs=(CountryPair("IN", "KR"),)), rejected=Ruling(countries=("KR",)))
    assert "pairs" not in changed(torn, proposal("IN JP", "", "semiconductors"), drop=True), "no file could hold such a pair"


def test_a_rejected_term_is_never_added() -> None:
    rejected = Ruling(sectors=("trade",), pairs=(CountryPair("IN", "JP"),))
    briefing = make_briefing(rejected=rejected, sectors=())
    proposed = proposal("IN KR JP", "in-kr in-jp jp-kr", "trade semiconductors")
    assert changed(briefing, proposed) == {"countries": "IN KR JP", "pairs": "in-kr jp-kr", "sectors": "semiconductors"}


def test_a_rejected_kind_is_never_proposed_again() -> None:
    bare, rejecting = (make_briefing(kind="", rejected=Ruling(kinds=kinds)) for kinds in ((), ("report",)))
    assert changed(bare, proposal(kind="report")) == {"kind": "report"}
    assert changed(rejecting, proposal(kind="report")) == {}


def test_behind_a_rejected_kind_the_next_best_is_proposed() -> None:
    proposed = replace(proposal(kind="launch"), other_kinds=tags("dialogue report"))
    rejecting = make_briefing(kind="", rejected=Ruling(kinds=("launch",)))
    assert changed(rejecting, proposed) == {"kind": "dialogue"}
    assert changed(replace(rejecting, rejected=Ruling(kinds=("dialogue", "launch"))), proposed) == {"kind": "report"}
    assert changed(make_briefing(kind=""), proposed) == {"kind": "launch"}
    assert "kind" not in changed(replace(rejecting, kind="contract"), proposed, drop=True)


@pytest.mark.parametrize("value", ["report", "[report]", "[Report]"])
def test_a_kind_is_rejected_alone_or_in_a_list(value: str) -> None:
    raw = f"---\ntitle: T\ndate: 2025-08-16\nrejected: {{kind: {value}}}\n---\nText.\n".encode()
    briefing = parse_briefing(raw, "a.md")
    assert briefing.rejected.kinds == ("report",)
    assert parse_briefing(dump_briefing(briefing).encode(), "a.md").rejected == briefing.rejected


def test_a_rejected_country_takes_its_pairs_along() -> None:
    briefing = make_briefing(rejected=Ruling(countries=("JP",)), sectors=("semiconductors",))
    assert changed(briefing, proposal("IN KR JP", "in-kr in-jp jp-kr")) == {}


TERMS = ("trade", "water", "defence", "climate", "space", "health")


@given(st.permutations(TERMS), st.permutations(TERMS), st.integers(0, 6), st.integers(0, 6), st.sets(st.sampled_from(TERMS)))
@settings(deadline=None, max_examples=100)
def test_retagging_is_settled_after_one_run(
    held: Sequence[str], proposed: Sequence[str], one: int, other: int, rejected: set[str]
) -> None:
    before = tuple(held[:one])
    briefing = make_briefing(sectors=before, rejected=Ruling(sectors=tuple(sorted(rejected))))
    wanted = proposal(sectors=" ".join(proposed[:other]))
    planned = plan_changes(briefing, wanted)
    after = next((change.after for change in planned.changes if change.key == "sectors"), before)
    assert tuple(term for term in after if term in before) == before
    assert set(after) == set(before) | (set(proposed[:other]) - rejected)
    assert plan_changes(replace(briefing, sectors=after), wanted).changes == ()


def test_the_text_of_a_briefing_is_read_as_its_seed_was() -> None:
    briefing = make_briefing(body="## Chips\n\nSome **bold** words,\nwrapped.\n\n- one\n- [two](https://example.org/)\n")
    assert read_text(briefing) == "Chips\nSome bold words, wrapped.\n- one\n- two"


def test_the_dateline_of_the_seed_speaks_for_the_home_of_a_firm() -> None:
    text = "A maker of batteries will open a factory for lithium cells, its chief said on Monday."
    briefing = make_briefing(title="Battery maker opens factory", body=text, sources=())
    with_place = propose_again(briefing, text, shipped_vocabulary(), dateline="SEOUL")
    assert [tag.term for tag in with_place.countries] == ["KR"]
    assert propose_again(briefing, text, shipped_vocabulary()).countries == ()


def file_of(head: str, body: str = "The text.\n") -> bytes:
    return f"---\n{head}---\n\n{body}".encode()


MANY = "# " * 60 + "#"
TITLE = "title: Talks\ndate: 2025-08-16\n"


@pytest.mark.parametrize(
    ("before", "key", "terms", "after"),
    [
        ("sectors: [trade, 'defence']  # why", "sectors", "trade water defence", "sectors: [trade, water, 'defence']  # why"),
        ("sectors: [ trade ,defence ]", "sectors", "trade defence space", "sectors: [ trade ,defence, space ]"),
        ("sectors: [Trade]", "sectors", "water trade", "sectors: [water, Trade]"),
        ("sectors: []   # none yet", "sectors", "water trade", "sectors: [water, trade]   # none yet"),
        ("sectors: [ ]", "sectors", "water", "sectors: [water]"),
        ("sectors:      # heaviest first", "sectors", "water", "sectors: [water]      # heaviest first"),
        ("sectors:", "sectors", "water", "sectors: [water]"),
        ("kind:     # summit, dialogue", "kind", "summit", "kind: summit     # summit, dialogue"),
        ("kind: ''  # what", "kind", "summit", "kind: summit  # what"),
        ('"kind" : ', "kind", "summit", '"kind" : summit '),
        ("countries: [se]", "countries", "NO SE", "countries: ['NO', se]"),
        ("countries: [NO]", "countries", "NO SE", "countries: [NO, SE]"),
        ("pairs: [se-no]", "pairs", "de-no no-se", "pairs: [de-no, se-no]"),
        ("sectors: [a-b, # one\n  trade] # two", "sectors", "a-b water trade", "sectors: [a-b, water, # one\n  trade] # two"),
        ("sectors: [a-b, # one\n  trade] # two", "sectors", "trade", "sectors: [ # one\n  trade] # two"),
        ("sectors: [a-b, # one\n  trade] # two", "sectors", "a-b", "sectors: [a-b, # one\n  ] # two"),
        # A pattern that tried every way to read these signs as comments would not come to an end.
        (f"sectors: [a-b, # one\n  trade {MANY}\n  ]", "sectors", "a-b", f"sectors: [a-b, # one\n   {MANY}\n  ]"),
        ("sectors: [trade, water, space]", "sectors", "trade space", "sectors: [trade, space]"),
        ("sectors: [trade, water,]", "sectors", "trade", "sectors: [trade,]"),
        ("sectors: [trade]", "sectors", "", "sectors: []"),
        ("sectors: [trade]", "sectors", "water", "sectors: [water]"),
        (
            'sectors:   # head\n  # top\n  -  trade # one\n\n  # on water\n  - "water"',
            "sectors",
            "space trade climate water health",
            'sectors:   # head\n  # top\n  -  space\n  -  trade # one\n  -  climate\n\n  # on water\n  - "water"\n  - health',
        ),
        ("sectors:\n- trade\n# about water\n- water", "sectors", "water", "sectors:\n# about water\n- water"),
        ("sectors:\n- trade", "sectors", "", "sectors:"),
    ],
)
def test_a_change_touches_only_its_words(before: str, key: str, terms: str, after: str) -> None:
    raw = file_of(f"# top\n{TITLE}{before}\n# below\nlang: en\n")
    briefing = parse_briefing(raw, PATH)
    held = {"pairs": tuple(pair.slug for pair in briefing.pairs), "kind": tuple(filter(None, [briefing.kind]))}
    change = Change(key, held.get(key) or getattr(briefing, key), tuple(terms.split()))
    assert amend_briefing(raw, [change], PATH) == file_of(f"# top\n{TITLE}{after}\n# below\nlang: en\n")


@pytest.mark.parametrize(
    ("head", "after"),
    [
        (f"{TITLE}# end\n", f"{TITLE}sectors: [trade]\n# end\n"),
        (f"{TITLE}lang: en\n", f"{TITLE}sectors: [trade]\nlang: en\n"),
        (
            f"{TITLE}summary: |\n  Some\n  words.\nlang: en\n",
            f"{TITLE}summary: |\n  Some\n  words.\nsectors: [trade]\nlang: en\n",
        ),
        (f"{TITLE}kind:   # what\nlang: en\n", f"{TITLE}kind:   # what\nsectors: [trade]\nlang: en\n"),
        (f"{TITLE}pairs:\n- in-kr\n# x\nlang: en\n", f"{TITLE}pairs:\n- in-kr\nsectors: [trade]\n# x\nlang: en\n"),
        (f"lang: en\n{TITLE}", f"lang: en\n{TITLE}sectors: [trade]\n"),
        ("lang: en\ndraft: true\n", "sectors: [trade]\nlang: en\ndraft: true\n"),
        ("  title: A\n  date: 2025-08-16\n", "  title: A\n  date: 2025-08-16\n  sectors: [trade]\n"),
    ],
)
def test_a_missing_key_is_added_where_it_usually_stands(head: str, after: str) -> None:
    assert amend_briefing(file_of(head), [Change("sectors", (), ("trade",))], PATH) == file_of(after)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(ends: str, mark: bytes) -> None:
    head = f"{TITLE}sectors:\n- trade\n"
    raw, after = (mark + file_of(text).replace(b"\n", ends.encode()) for text in (head, f"{head}- water\n"))
    assert amend_briefing(raw, [Change("sectors", ("trade",), ("trade", "water"))], PATH) == after
    assert b"".join(split_file(raw)) == raw


@pytest.mark.parametrize("head", ["{title: Talks, date: 2025-08-16}\n", "{title: Talks, date: 2025-08-16, sectors: [trade]}\n"])
def test_front_matter_in_braces_is_refused_and_not_harmed(head: str) -> None:
    raw = file_of(head)
    held = parse_briefing(raw, PATH).sectors
    with pytest.raises(ContentError) as failure:
        amend_briefing(raw, [Change("sectors", held, (*held, "water"))], PATH)
    assert str(failure.value) == (
        f"{PATH}:1: the front matter is written in a way that cannot be changed without changing more of it "
        "(write each key on a line of its own, or make the change by hand) [cannot-amend]"
    )


NOISE = st.sampled_from(["", "# a comment\n", "\n", "  # indented\n", "# sectors: [space]\n\n"])
OTHERS = st.sampled_from(
    [
        "title: 'Talks: # one'  # why\n",
        "summary: >-\n  Folded # no comment\n  words.\n",
        'caption: {text: "a, [b]: c", credit: d}  # e\n',
        "key_points:\n- one # two\n# three\n- |\n  four\n\n",
        "people: [A, {name: B}]\n",
        "aliases:\n    - /sectors/x/\n",
        "rights:    # full\n",
    ]
)
STYLES: tuple[Callable[[Sequence[str]], str], ...] = (
    lambda terms: f"sectors: [{', '.join(terms)}]  # flow\n",
    lambda terms: f"sectors : [ {' , '.join(terms)} ]\n",
    lambda terms: "sectors: [ # first\n  " + "\n  , # next\n  ".join(terms) + "\n]\n",
    lambda terms: "sectors: [ # first\n  " + "".join(f"{term}, # on {term}\n  " for term in terms) + "]\n",
    lambda terms: "sectors: # block\n" + "".join(f"- {term} # on {term}\n" for term in terms),
    lambda terms: "sectors:\n" + "".join(f"  # on {term}\n\n  -   '{term}'\n" for term in terms),
)


@st.composite
def front_matters(draw: st.DrawFn) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what stands before the sectors, the sectors, what stands behind them, and the terms."""
    others = draw(st.lists(OTHERS, unique=True, max_size=5))
    cut = draw(st.integers(0, len(others)))
    before = "date: 2025-08-16\ndraft: true\n" + "".join(draw(NOISE) + other for other in others[:cut]) + draw(NOISE)
    after = draw(NOISE) + "".join(other + draw(NOISE) for other in others[cut:])
    terms = tuple(draw(st.lists(st.sampled_from(TERMS), unique=True, min_size=1, max_size=4)))
    return before, draw(st.sampled_from(STYLES))(terms), after, terms


@given(front_matters())
@settings(deadline=None, max_examples=40)
def test_a_change_to_what_is_there_already_is_none(pieces: tuple[str, str, str, tuple[str, ...]]) -> None:
    before, entry, after, terms = pieces
    raw = file_of(before + entry + after)
    assert amend_briefing(raw, [Change("sectors", terms, terms)], PATH) == raw
    assert amend_briefing(raw, [], PATH) == raw


@given(front_matters(), st.permutations(TERMS), st.integers(0, 6), st.booleans())
@settings(deadline=None, max_examples=60)
def test_only_the_named_key_changes_and_added_terms_cost_no_comment(
    pieces: tuple[str, str, str, tuple[str, ...]], wanted: Sequence[str], number: int, drop: bool
) -> None:
    before, entry, after, _ = pieces
    raw = file_of(before + entry + after)
    briefing = parse_briefing(raw, PATH)
    planned = plan_changes(briefing, proposal("", "", " ".join(wanted[:number])), drop=drop)
    head = amend_briefing(raw, planned.changes, PATH).decode().removeprefix("---\n").removesuffix("---\n\nThe text.\n")
    assert head.startswith(before)
    assert head.endswith(after)
    changed_entry = head[len(before) : len(head) - len(after)]
    if not drop:
        remarks = [line.partition("#")[2] for line in entry.splitlines() if "#" in line]
        assert all(remark in changed_entry for remark in remarks)


@given(front_matters())
@settings(deadline=None, max_examples=30)
def test_a_key_that_is_missing_leaves_every_other_line(pieces: tuple[str, str, str, tuple[str, ...]]) -> None:
    before, entry, after, _ = pieces
    raw = file_of(before + entry + after)
    amended = amend_briefing(raw, [Change("countries", (), ("NO", "SE"))], PATH).decode()
    assert amended.replace("countries: ['NO', SE]\n", "", 1).encode() == raw


def generated(briefing: Briefing) -> bytes:
    digest = digest_generated(dump_briefing(briefing).encode())
    return dump_briefing(replace(briefing, seed=SeedStamp("seeds/a.txt", "sha256:00", digest))).encode()


def test_a_file_as_generated_stays_as_generated() -> None:
    raw = generated(make_briefing(sectors=("trade",)))
    amended = amend_briefing(raw, [Change("sectors", ("trade",), ("trade", "water"))], PATH)
    assert amended == generated(make_briefing(sectors=("trade", "water")))


def test_a_file_as_generated_gains_a_key_just_as_ingest_would_write_it() -> None:
    raw = generated(make_briefing(countries=(), pairs=(), kind=""))
    changes = [Change("countries", (), ("NO", "SE")), Change("pairs", (), ("no-se",)), Change("kind", (), ("summit",))]
    pairs = (CountryPair("NO", "SE"),)
    assert amend_briefing(raw, changes, PATH) == generated(make_briefing(countries=("NO", "SE"), pairs=pairs, kind="summit"))


def test_the_stamp_of_an_edited_file_is_left_alone() -> None:
    raw = generated(make_briefing(sectors=("trade",))).replace(b"sectors: [trade]", b"sectors: [trade]  # mine")
    amended = amend_briefing(raw, [Change("sectors", ("trade",), ("trade", "water"))], PATH)
    assert amended == raw.replace(b"[trade]", b"[trade, water]")
    assert read_stamp(amended) == read_stamp(raw)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in an archive and returns its exit code and what it printed."""

    def run(root: Path, *arguments: str) -> tuple[int, str, str]:
        code = main(["-C", str(root), *arguments])
        return code, *capsys.readouterr()

    return run


BRIEFING = briefing_file(
    "Norway and Sweden sign agreement on chips",
    countries="[SE]  # Norway?",
    pairs="[]",
    sectors="[space, trade]",
    kind="agreement-signed",
    body=TEXT,
    more="rejected: {sectors: [manufacturing]}\n",
)
DIFF = f"""\
--- a/{PATH}
+++ b/{PATH}
@@ -3,7 +3,7 @@
 date: 2025-08-16
 summary: Norway and Sweden sign agreement on chips, in short.
 kind: agreement-signed
-countries: [SE]  # Norway?
-pairs: []
-sectors: [space, trade]
+countries: ['NO', SE]  # Norway?
+pairs: [no-se]
+sectors: [space, trade, semiconductors]
 rejected: {{sectors: [manufacturing]}}
"""


def test_retag_shows_a_diff_and_writes_nothing(write_tree: WriteTree, run: Run) -> None:
    root = write_tree({"content/archive.toml": ARCHIVE_TOML, PATH: BRIEFING})
    said = f"{PATH}: keeps sectors space, trade, which would not be proposed\n"
    said += "1 briefing, 1 would change, 2 terms kept that would not be proposed (--drop takes out what is not confirmed)\n"
    assert run(root, "retag", PATH) == (0, DIFF, said)
    assert run(root, "retag", "--all", "--exit-code") == (1, DIFF, said)
    assert (root / PATH).read_text(encoding="utf-8") == BRIEFING


def test_retag_writes_when_told_and_then_has_nothing_to_say(write_tree: WriteTree, run: Run) -> None:
    root = write_tree({"content/archive.toml": ARCHIVE_TOML, PATH: BRIEFING})
    assert run(root, "retag", "content/briefings/2025", "--write", "--drop", "-q")[0] == 0
    expected = (
        BRIEFING.replace("[SE]", "['NO', SE]")
        .replace("pairs: []", "pairs: [no-se]")
        .replace("[space, trade]", "[semiconductors]")
    )
    assert (root / PATH).read_text(encoding="utf-8") == expected
    assert run(root, "retag", PATH, "--drop", "--exit-code") == (0, "", "1 briefing, 0 would change\n")


def test_retag_asks_which_briefings_are_meant(write_tree: WriteTree, run: Run) -> None:
    root = write_tree({PATH: BRIEFING, "seeds/a.txt": "A title\n\nA text."})
    choice = "retag: it is not clear which briefings are meant (name the files of some briefings, or say --all) [no-choice]\n"
    assert run(root, "retag")[:2] == (2, choice)
    assert run(root, "retag", "--all", PATH)[:2] == (2, choice)
    foreign = "seeds/a.txt: this is no briefing (name a file of content/briefings) [not-a-briefing]\n"
    assert run(root, "retag", "seeds/a.txt")[:2] == (2, foreign)
    assert run(root, "retag", "nothing.md")[:2] == (2, "nothing.md: there is no such file [no-such-file]\n")


def test_a_briefing_that_cannot_be_read_stops_no_other(write_tree: WriteTree) -> None:
    broken = "content/briefings/2025/2025-01-01-broken.md"
    root = write_tree({PATH: BRIEFING, broken: BRIEFING.replace("date:", "datum:")})
    result = retag(find_places(root), write=True)
    assert [str(problem) for problem in result.problems] == [
        f'{broken}:1: "date" is missing (write it, or say "draft: true") [missing-key]',
        f'{broken}:3:1: unknown key "datum" (did you mean "date"?) [unknown-key]',
    ]
    assert (result.briefings, result.changed) == (2, 1)
    assert "no-se" in (root / PATH).read_text(encoding="utf-8")


SEED = f"Norway and Sweden sign agreement on chips\n\nPublished: 2025-08-16\n\n{TEXT}\n"


def test_what_ingest_has_just_written_needs_no_retag(write_tree: WriteTree) -> None:
    root = write_tree({"seeds/chips.txt": SEED})
    places = find_places(root)
    assert ingest(places).briefings == 1
    assert retag(places, drop=True).found == ()


def test_after_a_change_of_vocabulary_retag_and_ingest_agree(write_tree: WriteTree) -> None:
    root = write_tree({"seeds/chips.txt": SEED})
    places = find_places(root)
    ingest(places)
    write_tree({"content/vocabulary/sectors.toml": "[space]\nstrong = ['joint factory']\n"})
    assert retag(places, write=True).changed == 1
    (written,) = (root / "content/briefings").rglob("*.md")
    retagged = written.read_bytes()
    stamp = read_stamp(retagged)
    assert b"space" in retagged
    assert stamp is not None
    assert stamp.generated == digest_generated(retagged)
    # The seed comes again with other dirt: what it gives is what stands there.
    write_tree({"seeds/chips.txt": SEED + "\n\n"})
    assert ingest(places).briefings == 0
    assert written.read_bytes() == retagged
