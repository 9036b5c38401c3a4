"""Work on strings: nothing invisible stays, slugs are addresses, sentences end where readers end them."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text import count_words, cut_words, fold, is_web_address, normalise, slugify, split_sentences, squeeze

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text(max_size=200))
@settings(deadline=None)
def test_a_slug_is_an_address_whatever_it_was_made_of(text: str) -> None:
    slug = slugify(text)
    assert SLUG.fullmatch(slug)
    assert 3 <= len(slug) <= 70
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("India’s “New” Deal", "indias-new-deal"),
        ("Türkiye & España", "turkiye-espana"),
        ("한국과 인도", "hanguggwa-indo"),
        ("a" * 100, "a" * 70),
        ("word " * 40, "-".join(["word"] * 14)),
    ],
)
def test_slugs_are_cut_at_words_and_transliterated(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [("", "e3b0c4"), ("...", "ab5df6"), ("👍", "5d57d3"), ("con", "con-1143da"), ("NUL", "nul-ae6de1"), ("x", "x-2d7116")],
)
def test_what_leaves_no_slug_becomes_a_stable_hash(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_two_emoji_have_different_slugs() -> None:
    assert slugify("👍") != slugify("👎")


def test_invisible_and_reordering_characters_are_removed() -> None:
    assert normalise("a\u200bb\u202ec\ufeff\r\nd\re\u2028f") == "abc\nd\ne\nf"


def test_joiners_that_scripts_need_stay() -> None:
    assert normalise("می‌خواهم क्‍ष") == "می‌خواهم क्‍ष"


def test_non_breaking_spaces_count_as_spaces() -> None:
    assert squeeze(" a\u00a0\u2009 b\n") == "a b"


def test_folding_makes_spellings_alike() -> None:
    assert fold("Türkiye’s “A–B”") == fold('TURKIYE\'s "a-b"')


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Mr. Smith. She left.", ["He met Mr. Smith.", "She left."]),
        ("The U.S. and India agreed. They met.", ["The U.S. and India agreed.", "They met."]),
        ("It cost 3.5 bn. No one paid.", ["It cost 3.5 bn. No one paid."]),
        ("It cost approx. One euro.", ["It cost approx. One euro."]),
        ('"It is done." He left.', ['"It is done."', "He left."]),
        ("Is it? Yes! Good.", ["Is it?", "Yes!", "Good."]),
        ("भारत और कोरिया मिले। वे खुश थे।", ["भारत और कोरिया मिले।", "वे खुश थे।"]),
        ("会谈在首尔举行。双方同意。", ["会谈在首尔举行。", "双方同意。"]),
        ("No end", ["No end"]),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.lists(st.sampled_from(("agreement. ", "agreement", "xapprox. ", "approx. ", "U.S", "A", "He ", "a ", "…", ".", " "))))
@settings(deadline=None)
def test_a_long_word_ends_a_sentence_as_a_short_one_does(pieces: list[str]) -> None:
    text = "".join(pieces)
    # A line within a word keeps the pattern from seeing that it is long, so that these are looked at one by one.
    looked_at = text.replace("agreement", "agre_ment").replace("xapprox", "xa_prox")
    assert list(split_sentences(text)) == list(split_sentences(looked_at))


@given(st.text('ab .!?"”\nU.S', max_size=80))
@settings(deadline=None)
def test_sentences_lose_no_letter(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(max_size=300), st.integers(5, 100))
@settings(deadline=None)
def test_a_cut_text_fits(text: str, limit: int) -> None:
    assert len(cut_words(text, limit)) <= limit


def test_a_cut_text_ends_at_a_word() -> None:
    assert cut_words("one two three", 9) == "one two…"


def test_scripts_without_spaces_have_words_too() -> None:
    assert count_words("one two") == 2
    assert count_words("会谈在首尔举行") == 4


@given(st.text("a0.-_:/?#@[] \nÄ", max_size=12).map("https://{}".format) | st.text("htps:/a. ", max_size=12))
@example("http://example.org")
@example("HTTPS://example.org/")
@example("https:///a")
@example("https://[::1]/")
def test_an_address_of_the_web_has_a_host(text: str) -> None:
    try:
        parts = urlsplit(text)
    except ValueError:
        assert not is_web_address(text)
    else:
        assert is_web_address(text) == (parts.scheme in ("http", "https") and parts.netloc != "")
