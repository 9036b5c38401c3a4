# ruff: noqa: E501  # Seeds and their expected form are easier to compare on one line each.
"""One wire story in two outlets is found; two stories of one mould are not confused."""

import random
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.files import Spill
from generator.ingest.settling.duplicates import SeenTexts, is_near, make_sketch

WORDS = "peru fiji fish port ship crew net boat lima suva talk pact deal sign year month catch quota tonne vessel market price export fleet coast".split()


def make_text(seed: int, size: int = 300) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) + rng.choice(["", "s", "ing", "ed"]) for _ in range(size))


def test_an_edited_copy_is_a_version() -> None:
    text = make_text(1)
    words = text.split()
    words[40:48] = ["a", "new", "editor", "wrote", "this"]
    copy = "A new lead for the same story. " + " ".join(words[:250])
    assert is_near(make_sketch(text), make_sketch(copy))


def test_a_cut_of_a_text_is_a_version() -> None:
    text = make_text(2)
    assert is_near(make_sketch(text), make_sketch(" ".join(text.split()[:130])))


def test_case_punctuation_and_line_breaks_do_not_count() -> None:
    assert make_sketch("Peru, Fiji: AGREE!\nOn fish.") == make_sketch("peru fiji agree on fish")


def test_different_texts_of_one_vocabulary_are_not_versions() -> None:
    seen = SeenTexts()
    assert [seen.add(str(n), make_sketch(make_text(n))) for n in range(200)] == [""] * 200


def test_all_planted_copies_are_found_and_nothing_else() -> None:
    seen = SeenTexts()
    for n in range(300):
        seen.add(f"a{n}", make_sketch(make_text(n)))
    found = [seen.add(f"b{n}", make_sketch("Updated. " + " ".join(make_text(n).split()[20:]))) for n in range(300)]
    assert found == [f"a{n}" for n in range(300)]


def test_what_is_laid_down_in_a_file_is_taken_up_as_it_was() -> None:
    pieces = [make_sketch(make_text(n)).runs for n in range(20)] + [b""]
    with closing(Spill()) as spill:
        for piece in pieces:
            spill.append(piece)
        assert [spill[n] for n in range(len(pieces))] == pieces


def test_texts_without_spaces_are_compared_by_letters() -> None:
    text = "両国は漁業分野での協力を拡大することで合意したと外務省が月曜日に発表した。代表団は来年スバで再び会う予定である。"
    assert is_near(make_sketch(text), make_sketch(text.replace("月曜日", "火曜日")))
    assert not is_near(
        make_sketch(text), make_sketch("別の話である。港の工事は来年の春に始まり、費用は三億円になると知事が述べた。")
    )


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_has_a_sketch_and_is_a_version_of_itself(text: str) -> None:
    sketch = make_sketch(text)
    assert sketch == make_sketch(text)
    assert is_near(sketch, sketch) == bool(sketch.runs)
