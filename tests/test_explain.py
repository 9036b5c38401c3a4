"""Why a text is tagged as it is: the exact sentences that an editor reads, on paper, on a terminal and as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.content.briefings import dump_briefing, parse_briefing
from generator.ingest import digest_generated
from generator.ingest.explain import explain_tags, tell, tell_rule
from generator.ingest.retag import propose_again
from generator.ingest.tagging.tags import Tag, TagProposal
from generator.mentions import find_evidence, find_pair_evidence
from generator.model import CountryPair, Mention
from generator.vocabulary import reads_sentences
from tests.archives import ARCHIVE_TOML
from tests.conftest import WriteTree
from tests.factories import make_briefing, shipped_vocabulary, tag_text

README = Path(__file__).parents[1] / "README.md"
PATH = "content/briefings/2025/2025-08-16-talks.md"
BRIEFING = """\
---
title: India and South Korea agree on chips
date: 2025-08-16
kind: contract
countries: [IN, JP]
pairs: [in-jp]
sectors: [semiconductors, culture]
confirmed: {sectors: [culture]}
rejected: {sectors: [defence, water], countries: [KR]}
---

Seoul and New Delhi signed an agreement on semiconductors on Saturday. Korean firms will build a chip fab in Gujarat.

Prime Minister Narendra Modi said that the army of India will also use the chips. The navy and the air force will follow.

Japan was mentioned once. Officials spoke about fisheries.
"""
EXPLAINED = f"""\
India and South Korea agree on chips
{PATH}

Countries
  India (IN), score 8.4 where 2.9 is enough: proposed, and in the file.
    It acts together with another in the title (“India”) and in the lead (“New Delhi”), \
and acts through its officials or bodies in the opening (“India”).
    India, by its name: “[India] and South Korea agree on chips”
    New Delhi, capital of India: “Seoul and [New Delhi] signed an agreement on semiconductors on Saturday.”
    India, by its name: “Prime Minister Narendra Modi said that the army of [India] will also use the chips.”
  South Korea (KR), score 8.1 where 2.9 is enough: proposed, but the file rejects it.
    It acts together with another in the title (“South Korea”) and in the lead (“Seoul”), \
and acts through its officials or bodies in the opening (“Korean”).
    South Korea, by its name: “India and [South Korea] agree on chips”
    Seoul, capital of South Korea: “[Seoul] and New Delhi signed an agreement on semiconductors on Saturday.”
    Korean, of South Korea: “[Korean] firms will build a chip fab in Gujarat.”
  Japan (JP): the editor's; it would not be proposed.
    Japan, by its name: “[Japan] was mentioned once.”

Pairs
  India and South Korea (in-kr), score 8.1 where 2.9 is enough: proposed, but the file rejects it.
    India and South Korea, in one sentence: “[India and South Korea] agree on chips”
    Seoul and New Delhi, in one sentence: “[Seoul and New Delhi] signed an agreement on semiconductors on Saturday.”
    Korean and Gujarat, in one sentence: “[Korean firms will build a chip fab in Gujarat].”
  India and Japan (in-jp): the editor's; it would not be proposed.

Sectors
  Semiconductors (semiconductors), score 15.6 where 2.9 is enough: proposed, and in the file.
    chips, a word for Semiconductors: “India and South Korea agree on [chips]”
    semiconductors, a strong word for Semiconductors: “Seoul and New Delhi signed an agreement on [semiconductors] on Saturday.”
    chip fab, a strong word for Semiconductors: “Korean firms will build a [chip fab] in Gujarat.”
  Defence (defence), score 7.8 where 2.9 is enough: proposed, but the file rejects it.
    army, a word for Defence: “Prime Minister Narendra Modi said that the [army] of India will also use the chips.”
    navy, a word for Defence: “The [navy] and the air force will follow.”
  Fisheries (fisheries), score 3.0 where 2.9 is enough: proposed, and not in the file.
    fisheries, a strong word for Fisheries: “Officials spoke about [fisheries].”
  Culture (culture): an editor confirmed it; it would not be proposed.
  Water (water): the file rejects it, and it would not be proposed.

Kind
  Agreement signed (agreement-signed), score 10.5 where 2.9 is enough: proposed, but the file names another kind.
    It shows in “signed an agreement”, “signed”, “agreement”, “agree on”.
  Contract (contract): the editor's; it would not be proposed.
"""
SEEDS = "seeds/desk.jsonl"
RECORD = {
    "title": "Norway and Sweden sign agreement on fisheries",
    "published": "2025-08-16",
    "text": "Norway and Sweden signed an agreement on fisheries in Oslo. The ministers had flown in over Denmark.\n\n"
    "Denmark was not part of the talks. They also spoke of a railway.",
}
SECOND = f"""\
Norway and Sweden sign agreement on fisheries
{SEEDS}#2

Countries
  Norway (NO), score 7.2 where 2.9 is enough: proposed.
    It acts together with another in the title (“Norway”) and in the lead (“Norway”), \
and is where it happens in the lead (“Oslo”).
    Norway, by its name: “[Norway] and Sweden sign agreement on fisheries”
    Norway, by its name: “[Norway] and Sweden signed an agreement on fisheries in Oslo.”
"""


def hide_scores(text: str) -> str:
    """Return sentences without their scores: a weight may change, and what it is explained with stays."""
    return re.sub(r"\b\d+\.\d\b", "0.0", text)


def explain(root: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "generator", "-C", str(root), "explain", "tags", *arguments]
    settings = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_briefing_is_explained_in_sentences(write_tree: WriteTree) -> None:
    root = write_tree({"content/archive.toml": ARCHIVE_TOML, PATH: BRIEFING})
    code, shown = explain(root, PATH, NO_COLOR="1")
    assert (code, hide_scores(shown)) == (0, hide_scores(EXPLAINED))


def test_matched_words_are_bold_on_a_terminal_and_hidden_signs_cannot_be(write_tree: WriteTree) -> None:
    root = write_tree({PATH: BRIEFING.replace("mentioned once", "\x1b[31mmentioned once")})
    shown = explain(root, PATH, FORCE_COLOR="1", NO_COLOR="", TERM="xterm")[1]
    assert "    Japan, by its name: “\033[1mJapan\033[0m was [31mmentioned once.”\n" in shown


def test_a_seed_is_explained_before_it_is_ingested(write_tree: WriteTree, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_tree({SEEDS: "\n".join(json.dumps(record) for record in ({**RECORD, "title": "Oslo"}, RECORD))})
    assert main(["-C", str(root), "explain", "tags", f"{SEEDS}#2"]) == 0
    shown = capsys.readouterr().out
    assert hide_scores(shown).startswith(hide_scores(SECOND))
    why = "only 0.0 of the 0.0 that a party needs here: it does something in the opening (“Denmark”)"
    assert f"\nNearly\n  Denmark (DK), a country: {why}" in hide_scores(shown)
    assert main(["-C", str(root), "explain", "tags", SEEDS]) == 0
    assert capsys.readouterr().out.endswith(f"\n\n{shown}")


def test_the_same_is_told_as_json(write_tree: WriteTree, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_tree({PATH: BRIEFING})
    assert main(["-C", str(root), "explain", "tags", PATH, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (document,) = found["documents"]
    assert found["version"] == 1
    assert (document["file"], document["title"]) == (PATH, "India and South Korea agree on chips")
    terms = {(term["key"], term["term"]): term for term in document["terms"]}
    assert {key: term["standing"] for key, term in terms.items()} == {
        ("countries", "IN"): "agreed",
        ("countries", "KR"): "rejected",
        ("countries", "JP"): "own",
        ("pairs", "in-kr"): "rejected",
        ("pairs", "in-jp"): "own",
        ("sectors", "semiconductors"): "agreed",
        ("sectors", "defence"): "rejected",
        ("sectors", "fisheries"): "new",
        ("sectors", "culture"): "confirmed",
        ("sectors", "water"): "rejected",
        ("kind", "agreement-signed"): "yields",
        ("kind", "contract"): "own",
    }
    assert terms["countries", "JP"]["score"] is None
    for term in terms.values():
        for mention in term["mentions"]:
            words = mention["quote"][mention["start"] : mention["end"]]
            said = words.split()[0] if term["key"] == "pairs" else words
            assert mention["said"].casefold().startswith(said.casefold())


def test_what_ingest_left_is_not_called_the_editors(write_tree: WriteTree, capsys: pytest.CaptureFixture[str]) -> None:
    bare = dump_briefing(parse_briefing(BRIEFING.encode(), PATH))
    stamp = f"seed:\n  file: seeds/x.txt\n  digest: sha256:00\n  generated: {digest_generated(bare.encode())}\n"
    root = write_tree({PATH: bare.replace("rejected:", f"{stamp}rejected:")})
    assert main(["-C", str(root), "explain", "tags", PATH]) == 0
    assert "  Japan (JP): in the file; it would no longer be proposed.\n" in capsys.readouterr().out


LAUNCH = "India and Japan launched a strategic dialogue on Monday, with talks on fisheries. Figures show that catches fell."


def told_kinds(head: str) -> str:
    briefing = parse_briefing(f"---\ntitle: A port\ndate: 2025-08-16\n{head}---\n\n{LAUNCH}\n".encode(), PATH)
    proposal = propose_again(briefing, LAUNCH, shipped_vocabulary())
    lines = tell(explain_tags(briefing, LAUNCH, proposal, vocabulary=shipped_vocabulary(), where=PATH))
    return hide_scores("\n".join("".join(line) for line in lines).partition("\nKind\n")[2])


def test_behind_a_rejected_kind_the_next_best_is_explained() -> None:
    assert told_kinds("rejected: {kind: [dialogue]}\n").startswith(
        """\
  Dialogue (dialogue), score 0.0 where 0.0 is enough: proposed, but the file rejects it.
    It shows in “strategic dialogue”, “dialogue”, “talks”.
  Launch (launch), score 0.0 where 0.0 is enough: proposed, and not in the file.
    It shows in “launched”.

Nearly
  Report (report), a kind: only 0.0 of the 0.0 that a kind needs: it shows in “figures show”.
"""[:-1]
    )


def test_a_kind_that_is_rejected_behind_the_best_keeps_its_reason() -> None:
    told = told_kinds("rejected: {kind: [launch]}\n")
    assert "  Dialogue (dialogue), score 0.0 where 0.0 is enough: proposed, and not in the file.\n" in told
    reason = "another kind has more to say for it: it shows in “launched”"
    assert f"  Launch (launch): the file rejects it, and it would not be proposed: {reason}.\n" in told


def test_a_crowd_of_countries_makes_no_pairs_and_is_told_so() -> None:
    crowd = TagProposal(tuple(Tag(code, 5.0) for code in ("BR", "IN", "JP", "KE", "NO", "SE")), (), (), Tag("", 0.0), ())
    explanation = explain_tags(make_briefing(pairs=()), "", crowd, vocabulary=shipped_vocabulary(), where=PATH)
    assert ("  None is proposed, since more than 5 countries take part.",) in list(tell(explanation))


def test_of_a_language_that_is_not_read_no_country_is_said_to_do_nothing() -> None:
    title, text = "Polska i Litwa podpisały umowę", "Polska i Litwa podpisały w Wilnie umowę o ochronie ludności."
    proposal = tag_text(title, text, lang="pl")
    briefing = make_briefing(title=title, body=text, lang="pl", countries=("LT", "PL"), pairs=())
    told = ["".join(line) for line in tell(explain_tags(briefing, text, proposal, vocabulary=shipped_vocabulary(), where=PATH))]
    assert told[3].startswith("Countries")
    assert told[4].startswith("  The sentences of this language (pl) are not read, so countries are found only by their names")
    missed = "both are named, and what they do is not read in this language (pl)"
    assert f"  Lithuania and Poland (lt-pl), a pair: {missed}." in told


def test_the_languages_whose_sentences_are_read_are_named_in_the_readme() -> None:
    read = "Arabic Chinese French German Hindi Japanese Korean Portuguese Russian Spanish".split()
    codes = "ar zh fr de hi ja ko pt ru es".split()
    assert all(map(reads_sentences, ("", "en", "en-GB", "pt-BR", *codes)))
    assert not any(map(reads_sentences, ("pl", "cs", "uk", "it")))
    assert f"English, {', '.join(read[:-1])} and {read[-1]}" in " ".join(README.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("rule", "name", "said"),
    [
        ("country:name/Côte d'Ivoire", "Ivory Coast", "Côte d'Ivoire, a name of Ivory Coast"),
        ("country:alias/ROK", "South Korea", "ROK, another name of South Korea"),
        ("country:historic/Burma", "Myanmar", "Burma, a former name of Myanmar"),
        ("country:leader/Narendra Modi", "India", "Narendra Modi, who speaks for India"),
        ("country:prefix/Sino", "China", "Sino, China in a compound word"),
        ("country:body/the Kremlin", "Russia", "the Kremlin, which stands for Russia"),
        ("country:city/Busan", "South Korea", "Busan, a city of South Korea"),
    ],
)
def test_every_rule_has_its_words(rule: str, name: str, said: str) -> None:
    assert tell_rule(Mention("XX", rule, "", 0, 0, 0), name) == said


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("nothing.txt", "nothing.txt: there is no such file [no-such-file]\n"),
        (f"{SEEDS}#7", f'{SEEDS}: the file holds no article "7" [no-such-file]\n'),
        ("seeds", "seeds: this is a folder (name a file in it) [not-a-briefing]\n"),
        (
            "content/pages/about.md",
            "content/pages/about.md: this is no briefing (name a file of content/briefings) [not-a-briefing]\n",
        ),
    ],
)
def test_what_cannot_be_explained_is_told(
    file: str, said: str, write_tree: WriteTree, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_tree({SEEDS: json.dumps(RECORD), "content/pages/about.md": "---\ntitle: About\n---\n"})
    assert main(["-C", str(root), "explain", "tags", file]) == 2
    assert capsys.readouterr().out == said


def test_a_refused_article_is_told_after_the_others(write_tree: WriteTree, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_tree({SEEDS: json.dumps({"title": "Empty", "text": " "}) + "\n" + json.dumps(RECORD)})
    assert main(["-C", str(root), "explain", "tags", SEEDS]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("Norway and Sweden sign agreement on fisheries\n")
    assert shown.rstrip().endswith("[seed-empty]")


@pytest.mark.parametrize(
    ("lang", "text", "code", "reason"),
    [
        ("en", "Ships of France crossed the Indian Ocean.", "IN", "“Indian Ocean” as a whole means something else"),
        ("fr", "La marine japonaise traverse l’océan Indien.", "IN", "“Indien” is part of another name in “l’océan Indien”"),
        (
            "en",
            "Modi tea is sold in France.",
            "IN",
            "“Modi” stands without an office or a first name, and need not be Narendra Modi",
        ),
        ("en", "Georgia will pay for schools in Savannah.", "GE", "“Georgia” means something else here, as “Savannah” suggests"),
        ("en", "A mill in Cuba, Illinois, closed.", "CU", "“Cuba” is a town in the United States here"),
        ("en", "Chad Smith came to Kenya.", "TD", "“Chad” is the name of a person here"),
    ],
)
def test_a_name_that_was_passed_over_is_told_with_its_reason(lang: str, text: str, code: str, reason: str) -> None:
    misses = tag_text("", text, lang=lang).near_misses
    assert [(miss.term, miss.reason) for miss in misses if miss.family == "country"] == [(code, reason)]


def test_a_word_that_is_also_a_surname_is_no_near_miss() -> None:
    misses = tag_text("", "France may agree. He said so in May.").near_misses
    assert not [miss for miss in misses if miss.family == "country"]


def test_a_pair_in_one_word_is_told_character_by_character() -> None:
    (evidence,) = find_evidence(("CN",), "中日签署协议。", shipped_vocabulary(), "zh")
    assert tell_rule(evidence.mentions[0], "China") == "中, short for China"
    (mention,) = find_pair_evidence(CountryPair.of("CN", "JP"), "中日签署协议。", shipped_vocabulary(), "zh")
    assert tell_rule(mention, "China and Japan") == "中 and 日, in one sentence"


def test_a_name_in_a_language_without_grammar_is_named_and_not_dealt_with() -> None:
    proposal = tag_text("", "La France a salué le scrutin.", lang="fr")
    assert proposal.countries[0].reasons == ("is named in the lead (“France”)",)
