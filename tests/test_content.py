"""Front matter is read exactly, written exactly, and each fault in it has its line."""

from codecs import BOM_UTF8
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.content.briefings import dump_briefing, parse_briefing, parse_page
from generator.content.front_matter import read_body
from generator.content.known_terms import KnownTerms
from generator.errors import ContentError, Location, Problem
from generator.model import Author, Briefing, Caption, CountryPair, Notice, Organisation, Person, Ruling, SeedStamp, Source
from generator.publish.markup import render_markdown
from generator.text import normalise
from generator.vocabulary import load_vocabulary

PATH = "content/briefings/2025/2025-08-16-talks.md"
HEAD = "---\ntitle: Talks\ndate: 2025-08-16\n"


def read(text: str) -> Briefing:
    return parse_briefing(text.encode(), PATH)


def faults(text: str | bytes, known: KnownTerms | None = None) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_briefing(text if isinstance(text, bytes) else text.encode(), PATH, known)
    return [str(problem).removeprefix(PATH + ":") for problem in caught.value.problems]


words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn")) | st.just(" "), max_size=60
).map(lambda text: " ".join(normalise(text).split()))
names = words.filter(bool)
codes = st.sampled_from(["IN", "KR", "NO", "US", "GB"])
pairs = st.lists(codes, min_size=2, max_size=2, unique=True).map(lambda two: CountryPair.of(*two))
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
addresses = st.just("") | words.map(lambda rest: f"https://example.org/{rest}".strip())
bylines = st.lists(st.builds(Author, family=names, given=words), max_size=3).map(tuple)
moments = (
    st.none()
    | st.dates(date(1900, 1, 1))
    | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC) | zones).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001
)


sources = st.builds(Source, publisher=names, title=words, url=addresses, published=moments, authors=bylines)
briefings = st.builds(
    Briefing,
    id=st.just("2025-08-16-talks"),
    title=names,
    date=st.dates(date(1900, 1, 1)),
    body=st.just("The text.\n\nIts second paragraph."),
    location=st.just(Location(PATH)),
    summary=words,
    key_points=st.lists(names, max_size=3).map(tuple),
    kind=st.sampled_from(["", "summit"]),
    countries=st.lists(codes, max_size=3, unique=True).map(tuple),
    pairs=st.lists(pairs, max_size=3, unique=True).map(tuple),
    sectors=st.lists(st.sampled_from(["trade", "defence"]), max_size=2, unique=True).map(tuple),
    people=st.lists(st.builds(Person, name=names, office=words), max_size=2).map(tuple),
    organisations=st.lists(st.builds(Organisation, name=names, abbreviation=words), max_size=2).map(tuple),
    lang=st.sampled_from(["", "en", "no"]),
    translation_of=st.sampled_from(["", "2025-08-16", "2025-08-15-ältere"]),
    sources=st.lists(sources, max_size=2).map(tuple),
    caption=st.none() | st.builds(Caption, text=names, credit=words),
    rights=st.sampled_from(["", "full", "excerpt", "link"]),
    seed=st.none() | st.builds(SeedStamp, file=names, digest=names, generated=names),
    rejected=st.builds(
        Ruling,
        countries=st.lists(codes, max_size=1).map(tuple),
        people=st.lists(names, max_size=1).map(tuple),
        kinds=st.sampled_from([(), ("report",)]),
    ),
    confirmed=st.builds(
        Ruling,
        countries=st.lists(codes, max_size=1).map(tuple),
        pairs=st.sampled_from([(), (CountryPair("IN", "KR"),)]),
    ),
    corrections=st.lists(st.builds(Notice, date=st.just(date.max), text=names), max_size=2).map(tuple),
    withdrawn=st.none() | st.builds(Notice, date=st.just(date.max), text=names),
    aliases=st.lists(st.sampled_from(("/old/", "/old/page.html", "/ältere/adresse/")), max_size=2, unique=True).map(tuple),
    draft=st.booleans(),
)


@pytest.mark.parametrize("text", ["\U0001f60a", "\U0002099a\u0300", "Talks: \U0001f1ee\U0001f1f3", "C:\\U0001F60A \U0001f60a"])
def test_every_character_is_written_as_itself(text: str) -> None:
    briefing = parse_briefing((HEAD + "---\nA text.").encode(), PATH)
    briefing = replace(briefing, title=text, countries=("IN",), key_points=(text,), sources=(Source(title=text),))
    written = dump_briefing(briefing)
    assert written.count(text[-1]) >= 3
    assert replace(read(written), digest=b"", body_line=1) == replace(briefing, digest=b"", body_line=1)


@given(briefings)
@settings(deadline=None, max_examples=300)
def test_what_is_written_reads_back_equal(briefing: Briefing) -> None:
    again = read(dump_briefing(briefing))
    assert replace(again, digest=b"", body_line=1) == replace(briefing, digest=b"", body_line=1)


@given(briefings)
@settings(deadline=None, max_examples=100)
def test_writing_what_was_read_changes_no_byte(briefing: Briefing) -> None:
    text = dump_briefing(briefing)
    assert dump_briefing(read(text)) == text


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_briefing_or_a_located_problem(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse_briefing(f"---\n{text}\n---\nbody\n".encode("utf-8", "surrogatepass"), PATH)
    except ContentError as refused:
        problems = refused.problems
    assert all(problem.where.path == PATH and problem.code for problem in problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [("countries: [NO, IN]", ("NO", "IN")), ("countries: ['no']", ("NO",)), ("countries: []", ()), ("countries: null", ())],
)
def test_norway_is_not_false(yaml: str, expected: tuple[str, ...]) -> None:
    assert read(f"{HEAD}{yaml}\n---\n").countries == expected


@pytest.mark.parametrize("text", ["0123", "1_000", "12:30:00", "on", "1e3", "2025-08-16", "~x"])
def test_a_title_stays_as_it_was_typed(text: str) -> None:
    assert read(f"---\ntitle: {text}\ndate: 2025-08-16\n---\n").title == text


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    raw = b"\xef\xbb\xbf---\r\ntitle: Talks\r\ndate: 2025-08-16\r\n---\r\nText\r\n"
    assert parse_briefing(raw, PATH).body == "Text"


def test_body_line_counts_from_the_top_of_the_file() -> None:
    assert read(f"{HEAD}---\n\n\nText").body_line == 7


LINES = ("---", "--- ", "---\u2003", " ---", "----", "--- a", "a: b", "")


@given(st.lists(st.sampled_from(LINES), max_size=6))
def test_front_matter_ends_with_the_first_line_that_is_a_fence(lines: list[str]) -> None:
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    raw = "\n".join(["---", *lines]).encode()
    if ends:
        assert read_body(raw, PATH) == "\n".join(lines[ends[0] + 1 :]).strip()
    else:
        with pytest.raises(ContentError, match=r"unclosed-front-matter|no-front-matter"):
            read_body(raw, PATH)


def test_a_single_source_and_a_list_of_sources_are_read() -> None:
    one = read(f"{HEAD}source: {{publisher: A, published: 2025-08-16T21:52:00+05:30}}\n---\n").sources
    two = read(f"{HEAD}source: [{{publisher: A}}, {{publisher: B}}]\n---\n").sources
    assert one[0].published == datetime(2025, 8, 16, 21, 52, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert [source.publisher for source in two] == ["A", "B"]


def test_a_draft_may_lack_a_date() -> None:
    assert read("---\ntitle: Talks\ndraft: true\n---\n").date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '1:1: the file does not start with front matter (a line "---") [no-front-matter]'),
        (
            "\n---\ntitle: x\n---\n",
            '1:1: a space or an empty line stands above the front matter (begin the file with the line "---") [no-front-matter]',
        ),
        (
            "```yaml\n---\ntitle: x\n---\nText\n```\n",
            "1:1: the front matter stands in a block of code "
            '(begin the file with the line "---", and take out the "```" above and below) [no-front-matter]',
        ),
        (
            "A draft\n---\ntitle: x\n---\n",
            '1:1: something stands above the front matter (begin the file with the line "---") [no-front-matter]',
        ),
        (
            "—\ntitle: x\n---\n",
            '1:1: the file does not start with front matter (a line "---") (write "---" in the place of "—") [no-front-matter]',
        ),
        (
            "title: x\n---\n",
            '1:1: the file does not start with front matter (a line "---") (write "---" above this line) [no-front-matter]',
        ),
        ("Text only\n", '1:1: the file does not start with front matter (a line "---") [no-front-matter]'),
        ("+++\ntitle = 1\n+++\n", '1:1: the file does not start with front matter (a line "---") [no-front-matter]'),
        ("---\ntitle: x\n", '1:1: the front matter is not closed by a second line "---" [unclosed-front-matter]'),
        ("---\n- a\n- b\n---\n", '2: the front matter is not a list of "key: value" lines [front-matter-syntax]'),
        ("---\n[a]: b\n---\n", "2:1: the front matter is not valid YAML: a key is no text [front-matter-syntax]"),
        (HEAD + "source: {[a]: b}\n---\n", "4:10: a key is no text [wrong-type]"),
        (HEAD + "title: Again\n---\n", '4:1: "title" stands here a second time (first on line 2) [duplicate-key]'),
        (HEAD + "titel: x\n---\n", '4:1: unknown key "titel" (did you mean "title"?) [unknown-key]'),
        (
            HEAD + "countries: IN\n---\n",
            "4:12: expected a list (write [one, two], or one item a line behind a dash) [wrong-type]",
        ),
        (
            HEAD + "pairs: [in-in]\n---\n",
            '4:9: "in-in" is not a pair of two countries (write two codes, such as in-kr) [invalid-pair]',
        ),
        (HEAD + "draft: yes\n---\n", '4:8: expected true or false, found "yes" [wrong-type]'),
        (HEAD + "summary: {a: b}\n---\n", "4:10: expected a text, found a list or a mapping [wrong-type]"),
        (HEAD + "people: [{office: Minister}]\n---\n", "4:10: this entry has no name [wrong-type]"),
        (
            HEAD + "key_points:\n- Fiala: it is over.\n---\n",
            "5:3: expected a text, found a list or a mapping "
            '(a colon stands behind "Fiala": put the whole text in quotes) [wrong-type]',
        ),
        (
            HEAD + "key_points:\n  -They met.\n  -They left.\n---\n",
            '5:3: expected a list (begin each item with "- ", a dash and a space) [wrong-type]',
        ),
        (
            HEAD + "withdrawn: {date: 2025-09-02, text: It went, and nobody knows why.}\n---\n",
            '4:46: unknown key "and nobody knows why." (a comma ends the text before it: put that in quotes) [unknown-key]',
        ),
        (
            HEAD + "people:\n- name: A\n\u00a0 office: B\n---\n",
            '6:1: unknown key "office" (type plain spaces before it, not no-break spaces) [unknown-key]',
        ),
        (
            "---\ntitle: Talks\ndate: “2025-08-16”\n---\n",
            '3:7: "“2025-08-16”" is not a date (take out the curly quotation marks) [invalid-date]',
        ),
        (
            HEAD + "pairs: [„in-kr”]\n---\n",
            '4:9: "„in-kr”" is not a pair of two countries (take out the curly quotation marks) [invalid-pair]',
        ),
        (HEAD + "caption: {credit: Reuters}\n---\n", "4:10: this caption has no text [wrong-type]"),
        (HEAD + "caption: {}\n---\n", "4:10: this caption has no text [wrong-type]"),
        (HEAD + "people: [{nam: X}]\n---\n", '4:11: unknown key "nam" (did you mean "name"?) [unknown-key]'),
        (
            HEAD + "summary: &a x\n---\n",
            "4:10: anchors and aliases (& and *) are not read here (write the value out, or put it in quotes) [yaml-alias]",
        ),
        (
            HEAD + "summary: !!python/object/apply:os.system [ls]\n---\n",
            "4:10: the tag tag:yaml.org,2002:python/object/apply:os.system is not read here "
            "(write a plain value, or put it in quotes) [yaml-tag]",
        ),
        (HEAD + f"summary: {'[' * 60_000}\n---\n", "4:25: the front matter is nested more than 16 deep [yaml-depth]"),
        (HEAD + f"summary: {'x' * 70_000}\n---\n", "1: the front matter is longer than 65536 characters [front-matter-size]"),
        ("---\ntitle: Talks\n---\n", '1: "date" is missing (write it, or say "draft: true") [missing-key]'),
        (
            "---\ntitle: #1 in Europe\ndate: 2025-08-16\n---\n",
            '1: "title" is empty (what begins with "#" is a comment: put the whole text in quotes) [missing-key]',
        ),
        (
            HEAD + "key_points: They met.\n---\n",
            '4:13: expected a list (write each on a line of its own, behind "- ") [wrong-type]',
        ),
        ("---\ntitle:\ndate: 2025-08-16\n---\n", '1: "title" is empty (write it, or say "draft: true") [missing-key]'),
        (
            HEAD + "lang: 12\n---\n",
            '4:7: "12" is not the code of a language (write its code, such as en, ko or pt-BR) [wrong-type]',
        ),
        (
            HEAD + "lang: english\n---\n",
            '4:7: "english" is not the code of a language (write its code, such as en, ko or pt-BR) [wrong-type]',
        ),
        (
            HEAD + "lang: cz\n---\n",
            '4:7: "cz" is not the code of a language (CZ is a country: write the code of the language, such as cs) [wrong-type]',
        ),
        (
            HEAD + "lang: us\n---\n",
            '4:7: "us" is not the code of a language (US is a country: write the code of the language, such as en) [wrong-type]',
        ),
        (
            HEAD + "lang: xx-Latn\n---\n",
            '4:7: "xx-Latn" is not the code of a language (write its code, such as en, ko or pt-BR) [wrong-type]',
        ),
        (
            HEAD + "corrections: [{text: It was wrong.}]\n---\n",
            '4:15: this correction has no date (write {date: 2025-09-02, text: "What was wrong, what is right."}) [wrong-type]',
        ),
        (
            HEAD + "corrections: {date: 2025-09-02}\n---\n",
            '4:14: this correction has no text (write {date: 2025-09-02, text: "What was wrong, what is right."}) [wrong-type]',
        ),
        (
            HEAD + "source: {publisher: NDTV, url: ndtv.com/x}\n---\n",
            '4:32: "ndtv.com/x" is not a whole address (write it whole, such as https://example.org/article) [wrong-type]',
        ),
        (
            HEAD + "withdrawn:\n---\n",
            "4:11: this withdrawal has no date and no text "
            '(write {date: 2025-09-02, text: "Why it was taken back."}) [wrong-type]',
        ),
        (
            HEAD + "source: {publisher: NDTV, author: [{given: Asha}]}\n---\n",
            "4:36: this author has no family name (write {family: Rao, given: Asha}, or the name alone) [wrong-type]",
        ),
        (
            HEAD + "withdrawn: true\n---\n",
            "4:12: this withdrawal has no date and no text "
            '(write {date: 2025-09-02, text: "Why it was taken back."}) [wrong-type]',
        ),
        (
            HEAD + "withdrawn: It was wrong.\n---\n",
            '4:12: this withdrawal has no date (write {date: 2025-09-02, text: "Why it was taken back."}) [wrong-type]',
        ),
        (
            HEAD + "withdrawn: {date: 2025-08-15, text: It was wrong.}\n---\n",
            "4:1: the withdrawal is from before 2025-08-16, the date of the briefing (mend one of the two days) [invalid-date]",
        ),
        (
            HEAD + "source: NDTV\n---\n",
            "4:9: expected a mapping with publisher, title, url, published, author "
            "(write {publisher: …}, or one key a line below it) [wrong-type]",
        ),
        (HEAD + "rights: some\n---\n", '4:9: "some" is not a kind of rights (write "full", "excerpt" or "link") [wrong-type]'),
    ],
)
def test_a_fault_is_a_sentence_with_its_place(text: str, expected: str) -> None:
    assert faults(text) == [expected]


@pytest.mark.parametrize("value", ["2026-02-30", "2026-1-2", "16 Aug 2025", "20260102", "2026-W01-1", "2026-01-02x", "12:30:00"])
def test_a_wrong_date_is_never_guessed(value: str) -> None:
    assert faults(f"---\ntitle: Talks\ndate: {value}\n---\n")[0].startswith(f'3:7: "{value}" is not a date')


def test_all_faults_of_a_file_are_reported_together() -> None:
    text = "---\ndate: never\ncountries: IN\npairs: [xx]\nfoo: 1\n---\n"
    assert [fault.rpartition(" ")[2] for fault in faults(text)] == [
        "[missing-key]",
        "[invalid-date]",
        "[wrong-type]",
        "[invalid-pair]",
        "[unknown-key]",
    ]


@pytest.mark.parametrize("text", ["--" + " " * 300_000 + "x", "---\n--" + " " * 300_000 + "x", "```" + " " * 300_000 + "x"])
def test_a_long_line_where_a_fence_should_be_is_read(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize("line", ["----", "—", "--", "- - -", "———", "***", "...", "--- -"])
@pytest.mark.parametrize("text", ["Text.", "Text.\n\n---\n\nMore.", "A heading\n----"])
def test_a_line_that_nearly_closes_the_front_matter_is_named(line: str, text: str) -> None:
    assert faults(f"{HEAD}{line}\n\n{text}\n") == [
        f'4:1: the front matter is not closed by a second line "---" (write "---" in the place of "{line}") '
        "[unclosed-front-matter]"
    ]


def test_a_rule_in_the_text_closes_no_front_matter() -> None:
    said = '5:1: the front matter is not closed above this line (write "---" there) [unclosed-front-matter]'
    assert faults(f"{HEAD}\nThey met.\n\n---\n\nThey left.\n") == [said]
    assert faults(f"{HEAD}\nkind summit\nlang: en\n---\n\nThey left.\n")[0].endswith("[front-matter-syntax]")


def test_a_fence_that_is_indented_is_told_so() -> None:
    said = '4:1: the front matter is not closed by a second line "---" (begin this line without a space) [unclosed-front-matter]'
    assert faults(f"{HEAD} ---\n\nText.\n") == [said]


def test_a_rule_in_the_text_is_not_taken_for_the_end_of_front_matter() -> None:
    assert faults(f"{HEAD}\nA heading\n----\n") == [
        '1:1: the front matter is not closed by a second line "---" [unclosed-front-matter]'
    ]
    assert read(f"{HEAD}key_points:\n-\n---\n\nText.\n\n----\n").key_points == ()


def test_a_file_of_another_encoding_is_named() -> None:
    assert faults(HEAD.encode() + "summary: caf\xe9\n---\n".encode("latin-1")) == [
        "4:13: the file is not UTF-8 text (save it with the encoding UTF-8) [not-utf-8]"
    ]


def test_a_byte_order_mark_moves_no_place() -> None:
    raw = BOM_UTF8 + HEAD.encode() + "summary: caf\xe9\n---\n".encode("latin-1")
    assert faults(raw) == ["4:13: the file is not UTF-8 text (save it with the encoding UTF-8) [not-utf-8]"]


def test_an_unknown_term_is_named_at_its_place_with_the_nearest_one() -> None:
    known = KnownTerms(
        frozenset({"IN", "KR"}), frozenset({"energy", "trade"}), frozenset({"summit"}), load_vocabulary().find_code
    )
    text = HEAD + "countries: [IN, XX]\npairs: [in-yy]\nsectors:\n- trade\n- enrgy\nkind: sumit\n---\n"
    assert faults(text, known) == [
        '4:17: unknown country "XX" (write a code of ISO 3166-1, such as IN) [unknown-country]',
        '5:9: unknown country "YY" in the pair "in-yy" (write a code of ISO 3166-1, such as IN) [unknown-country]',
        '8:3: unknown sector "enrgy" (did you mean "energy"?) [unknown-sector]',
        '9:7: unknown kind "sumit" (did you mean "summit"?) [unknown-kind]',
    ]


def test_every_wrong_item_of_a_list_is_reported() -> None:
    known = KnownTerms(frozenset({"IN", "KR"}), frozenset(), frozenset(), load_vocabulary().find_code)
    text = (
        HEAD
        + "countries: [IN, India, uk]\npairs: [in-xx, in-in, IN-KR, in–kr, in-uk]\npeople: [{nam: A}, {name: B, of: C}]\n---\n"
    )
    assert faults(text, known) == [
        '4:17: unknown country "India" (write IN) [unknown-country]',
        '4:24: unknown country "uk" (write GB) [unknown-country]',
        '5:9: unknown country "XX" in the pair "in-xx" (write a code of ISO 3166-1, such as IN) [unknown-country]',
        '5:16: "in-in" is not a pair of two countries (write two codes, such as in-kr) [invalid-pair]',
        '5:23: the pair "IN-KR" names KR, which is not among "countries" '
        "(add KR to countries, or take out the pair) [pair-without-country]",
        '5:30: "in–kr" is not a pair of two countries (write two codes, such as in-kr) [invalid-pair]',
        '5:37: unknown country "UK" in the pair "in-uk" (write GB) [unknown-country]',
        '6:11: unknown key "nam" (did you mean "name"?) [unknown-key]',
        '6:30: unknown key "of" [unknown-key]',
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("summary: India: a talk", "4:15: a colon stands within a value (put the whole value in quotes)"),
        ("  summary: A talk", "4:10: this key continues the line before it (begin each key at the start of its line)"),
        ("source:\n\tpublisher: A", "5:1: a tab stands here (use spaces, not a tab)"),
        ("summary: @home", '4:10: a value cannot begin with "@" (put the whole value in quotes)'),
        (
            'summary: "A talk\nkind: summit\nlang: en',
            "4:10: the quotation mark that opens here is never closed (close it, or take it out)",
        ),
        ("summary: 'India's plan'", "4:17: something stands behind the end of a value (put the whole value in quotes)"),
        (
            "sectors: [trade\nkind: summit",
            "4:10: the list that opens here is never closed (write [one, two], and what holds a comma in quotes)",
        ),
        ("sectors: [trade, ,]", "4:18: a value is missing here (write it, or close the list that is open)"),
        (
            "source: {publisher: A",
            '4:9: the mapping that opens here is never closed (write {key: one, other: "a text, in quotes"})',
        ),
        ("sectors: [trade],", "4:17: a comma stands behind the end of this value (take it out)"),
        ("rejected: {sectors: [trade]} ,", "4:30: a comma stands behind the end of this value (take it out)"),
        ("summary: [Video], a talk", "4:17: something stands behind the end of a value (put the whole value in quotes)"),
        (
            "withdrawn: {date: 2025-09-02, text: Wrong: see above.}",
            "4:42: a colon stands within a value (put the text in quotes)",
        ),
        (
            "withdrawn: {date: 2025-09-02, text: “Wrong: see above.”}",
            '4:43: a colon stands within a value (put the text in straight quotes ("))',
        ),
        (
            "corrections: [{date: 2025-09-02, text: It was #2.}]",
            '4:15: what stands behind " #" is a comment, so that this is never closed (put the text in quotes)',
        ),
        ("key_points:\n-They met.\n-They left.", '5:1: an item of a list begins with a dash and a space (begin it with "- ")'),
        ("key_points:\n- They met.\n• They left.", '6:1: an item of a list begins with a dash and a space (begin it with "- ")'),
        ("key_points:\n* They met.\n* They left.", '5:1: an item of a list begins with a dash and a space (begin it with "- ")'),
        *(
            (f"summary: {text}", f'4:10: a value cannot begin with "{text[0]}" (put the whole value in quotes)')
            for text in ("> They met", "| They met", "*They* met", "* They met", "!Ósmy met", "? They met", "&Ósmy met")
        ),
        ("\tkind: summit", "4:1: a tab stands here (use spaces, not a tab)"),
        ("people:\n- name: A\n\toffice: B", "6:1: a tab stands here (use spaces, not a tab)"),
        ("summary: In 10:\u00a030 India: a talk", "4:25: a colon stands within a value (put the whole value in quotes)"),
        ("countries:\u00a0[IN]", "4:11: a no-break space stands here (type a plain space in its place)"),
        ("summary:\u202fThey met\nkind: summit", "4:9: a no-break space stands here (type a plain space in its place)"),
        ("people:\n-\u00a0name: A\n  office: B", "5:2: a no-break space stands here (type a plain space in its place)"),
        ("sectors\nkind: summit", '4:1: this line has no key (write "key: value", with a space behind the colon)'),
        (
            "sectors: - trade",
            "4:10: a list with dashes begins on the line below its key (write [one, two], or begin a new line)",
        ),
        (
            "source:\n  publisher: A\n title: B",
            "6:2: this line is indented otherwise than those around it (use as many spaces as they do)",
        ),
        (
            r'summary: "C:\q"',
            "4:13: a backslash in double quotes says how to read the next sign (write two of them)",
        ),
    ],
)
def test_a_common_slip_of_yaml_is_told_with_what_to_do(lines: str, expected: str) -> None:
    place, _, said = expected.partition(": ")
    assert faults(f"{HEAD}{lines}\n---\n") == [f"{place}: the front matter is not valid YAML: {said} [front-matter-syntax]"]


SHIPPED = KnownTerms(frozenset({"IN", "KR"}), frozenset({"trade"}), frozenset({"summit"}), load_vocabulary().find_code)


def test_curly_quotation_marks_around_a_term_are_named_and_nothing_else_is_said_of_it() -> None:
    text = f"{HEAD}countries: [“IN”, KR]\npairs: [in-kr]\nsectors: [„trade”]\nkind: ‘summit’\n---\n"
    assert faults(text, SHIPPED) == [
        '4:13: unknown country "“IN”" (take out the curly quotation marks) [unknown-country]',
        '6:11: unknown sector "„trade”" (take out the curly quotation marks) [unknown-sector]',
        '7:7: unknown kind "‘summit’" (take out the curly quotation marks) [unknown-kind]',
    ]


def test_pairs_of_countries_under_a_misspelt_key_are_no_second_fault() -> None:
    assert faults(f"{HEAD}contries: [IN, KR]\npairs: [in-kr]\n---\n", SHIPPED) == [
        '4:1: unknown key "contries" (did you mean "countries"?) [unknown-key]'
    ]
    (told, _) = faults(f"{HEAD}corrections: []\npairs: [in-kr]\n---\n", SHIPPED)
    assert told.endswith("(add IN to countries, or take out the pair) [pair-without-country]")


def test_a_briefing_among_the_pages_is_told_once_with_where_it_belongs() -> None:
    with pytest.raises(ContentError) as caught:
        parse_page(f"{HEAD}countries: [IN]\nlang: en\n---\n".encode(), "content/pages/talks.md")
    assert str(caught.value) == (
        'content/pages/talks.md:3:1: this is a briefing, since it has "date" and "countries" '
        "(move it to content/briefings/2025/) [unknown-key]"
    )
    with pytest.raises(ContentError, match=r'unknown key "date" \[unknown-key\]'):
        parse_page(f"{HEAD}---\n".encode(), "content/pages/about.md")


def test_a_name_with_its_accents_apart_is_told_how_to_write_it() -> None:
    with pytest.raises(ContentError) as caught:
        parse_briefing(HEAD.encode(), "content/briefings/2025/spo\u0301r.md")
    assert str(caught.value) == (
        "content/briefings/2025/spo\u0301r.md: this name has its accents apart from the letters (NFD), as a Mac writes them "
        '(name it "spor.md", or with the letters as one sign each (NFC)) [file-name]'
    )


def test_a_page_needs_only_a_title() -> None:
    page = parse_page(b"---\ntitle: About\n---\nText", "content/pages/about.md")
    assert (page.id, page.title, page.body) == ("about", "About", "Text")


@pytest.mark.parametrize(
    "alias",
    [
        "/../../out/",
        "../out/",
        "/a/../../out/",
        "/./a/",
        "//evil.example/",
        "https://evil.example/",
        "/a b/",
        "/a/%2e%2e/",
        "a/",
        "/.git/",
        "/a/..",
    ],
)
def test_an_alias_never_leads_out_of_the_site(alias: str) -> None:
    raw = f'---\ntitle: A\ndate: 2025-08-16\naliases: ["{alias}"]\n---\n'.encode()
    with pytest.raises(ContentError) as failure:
        parse_briefing(raw, "content/briefings/2025/a.md")
    assert str(failure.value) == (
        f'content/briefings/2025/a.md:4:11: "{alias}" is not an address of the site '
        "(write it from the root of the site, such as /a/former/address/) [invalid-alias]"
    )


def test_an_alias_without_its_last_slash_is_told_so() -> None:
    with pytest.raises(ContentError) as failure:
        parse_briefing(b"---\ntitle: A\ndate: 2025-08-16\naliases: [/old/x]\n---\n", "a.md")
    said = 'a.md:4:11: "/old/x" is not an address of the site (write "/old/x/", with a slash at its end) [invalid-alias]'
    assert str(failure.value) == said


def test_an_alias_that_stands_twice_is_taken_once() -> None:
    briefing = parse_briefing(b"---\ntitle: A\ndate: 2025-08-16\naliases: [/old/, /older/, /old/]\n---\n", "a.md")
    assert briefing.aliases == ("/old/", "/older/")


def test_nothing_written_twice_counts_twice_and_case_does_not_matter() -> None:
    head = HEAD + "kind: Joint-Statement\ncountries: [IN, in, KR]\npairs: [in-kr, kr-in]\nsectors: [trade, Trade]\n---\n"
    briefing = read(head)
    assert (briefing.kind, briefing.countries, briefing.sectors) == ("joint-statement", ("IN", "KR"), ("trade",))
    assert briefing.pairs == (CountryPair.of("in", "kr"),)


def test_an_empty_list_of_pairs_beside_an_unknown_country_is_one_problem() -> None:
    known = KnownTerms(frozenset({"IN"}), frozenset(), frozenset(), load_vocabulary().find_code)
    assert faults(HEAD + "countries: [XX]\npairs: null\n---\n", known) == [
        '4:13: unknown country "XX" (write a code of ISO 3166-1, such as IN) [unknown-country]'
    ]


def test_characters_that_a_feed_must_not_hold_are_taken_out() -> None:
    assert read('---\ntitle: "a\\u0001b\\uFFFE"\ndate: 2025-08-16\n---\n').title == "ab"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Asha Rao", (Author("Asha Rao"),)),
        ("[Asha Rao, Example Institute]", (Author("Asha Rao"), Author("Example Institute"))),
        ("{family: Rao, given: Asha}", (Author("Rao", "Asha"),)),
        ("[{family: Rao, given: Asha}, Example Institute]", (Author("Rao", "Asha"), Author("Example Institute"))),
        ("[]", ()),
        ("", ()),
    ],
)
def test_authors_are_a_byline_or_listed(written: str, authors: tuple[Author, ...]) -> None:
    (source,) = read(f"{HEAD}source:\n  publisher: NDTV\n  author: {written}\n---\n").sources
    assert source.authors == authors


WHOLE = (
    "two versions of this text stand here, between the marks of a merge "
    "(keep one version, and take out the lines <<<<<<<, ======= and >>>>>>>) [conflict-marks]"
)
LONE = (
    "a merge has left this mark "
    "(keep one version of the lines around it, and take out the lines <<<<<<<, ======= and >>>>>>>) [conflict-marks]"
)


def test_the_marks_of_a_merge_in_a_text_are_told_at_their_line() -> None:
    two = "<<<<<<< HEAD\nThree billion.\n=======\n3 billion.\n>>>>>>> other\n"
    assert faults(f"{HEAD}---\n\nA sentence.\n\n{two}") == [f"8:1: {WHOLE}"]
    assert faults(f"{HEAD}---\n{two}") == [f"5:1: {WHOLE}"]
    assert faults(f"{HEAD}---\n{two}\n{two}") == [f"5:1: {WHOLE}", f"11:1: {WHOLE}"]
    with pytest.raises(ContentError, match=r"about.md:4:1: two versions"):
        parse_page(f"---\ntitle: About\n---\n{two}".encode(), "content/pages/about.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A sentence.\n=======\nAnother.\n>>>>>>> branch\n", [8]),
        ("A sentence.\n\n<<<<<<< HEAD\nAnother.\n", [7]),
        ("<<<<<<< HEAD\n>>>>>>> other\n", [5, 6]),
        ("<<<<<<< HEAD\n<<<<<<< HEAD\n", [5, 6]),
        ("```\n<<<<<<< HEAD\n", [6]),
        ("```\na\n```\n\n>>>>>>> other\n", [9]),
        ("```\na\n````\n\n>>>>>>> other\n", [9]),
    ],
)
def test_what_is_left_of_a_merge_is_told_line_by_line(text: str, lines: list[int]) -> None:
    assert faults(f"{HEAD}---\n{text}") == [f"{line}:1: {LONE}" for line in lines]


@pytest.mark.parametrize(("opening", "closing"), [(" ```", " ```"), ("``` js`x", "```"), ("```", "````"), ("```", " ```")])
def test_a_merge_is_told_where_the_page_shows_it_though_fences_that_are_none_stand_around_it(opening: str, closing: str) -> None:
    two = "<<<<<<< ours\nThree billion.\n=======\n3 billion.\n>>>>>>> theirs\n"
    text = f"{opening}\n{two}{closing}\n"
    assert "&lt;&lt;&lt;&lt;&lt;&lt;&lt; ours" in render_markdown(text, location=Location("x.md", 1))
    assert faults(f"{HEAD}---\n{text}") == [f"6:1: {WHOLE}"]


@pytest.mark.parametrize(
    "text",
    [
        "A heading\n=======\n",
        "He wrote <<<<<<< x\n=======\nand >>>>>>> y\n",
        "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n",
        "~~~~ diff\n```\n>>>>>>> other\n~~~~\n",
        "```\n````\n<<<<<<< HEAD\n ```\n```\n",
        ">>>>>> He asked.\n>>>>>>> I answered.\n>>>>>> He asked again.\n",
        "So:\n\n    <<<<<<< HEAD\n",
    ],
)
def test_what_only_looks_like_the_mark_of_a_merge_is_text(text: str) -> None:
    assert read(f"{HEAD}---\n\n{text}").body == text.strip("\n").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}<<<<<<< HEAD\nkind: summit\n=======\nkind: report\n>>>>>>> other\n---\nText.", f"4:1: {WHOLE}"),
        (f"{HEAD}key_points:\n- One.\n=======\n- Two.\n>>>>>>> other\n---\nText.", f"8:1: {LONE}"),
        ("<<<<<<< HEAD\n---\ntitle: A\n---\n=======\n---\ntitle: B\n---\n>>>>>>> other\n", f"1:1: {LONE}"),
    ],
)
def test_a_merge_in_front_matter_is_called_by_its_name(text: str, expected: str) -> None:
    assert faults(text) == [expected]


@pytest.mark.parametrize("code", ["en", "pt-BR", "zh-Hans", "cs", "CS", "szl", "es-419", "nb"])
def test_any_code_of_a_language_is_taken(code: str) -> None:
    assert read(f"{HEAD}lang: {code}\n---\n").lang == code


def test_an_alias_with_a_query_is_told_why_it_is_none() -> None:
    assert faults(f"{HEAD}aliases: [/index.php?id=3]\n---\n") == [
        '4:11: "/index.php?id=3" is not an address of the site '
        '(take out "?" and what is behind it, by which hosts tell no files apart) [invalid-alias]'
    ]
