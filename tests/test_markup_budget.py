"""No text can hang a build: what would take Python-Markdown minutes is a finding, and honest long texts are none."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import budget
from generator.content.budget import check_budget
from generator.errors import ContentError, Location
from generator.publish import markup
from generator.publish.markup import render_markdown
from tests.conftest import WriteTree, build_site
from tests.markdown_texts import MANY, make_briefings, markdown_texts, noted_texts

BODY = Location("content/briefings/2025/x.md", 7)


def find_refusal(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        render_markdown(text, location=BODY)
    (problem,) = caught.value.problems
    assert problem.code == "markup-budget"
    return str(problem)


# Each took from two seconds to minutes when nothing stopped it, at these sizes or a little above.
SLOW = {
    "brackets": "[" * 19_000,
    "images": "![" * 9_000,
    "nested brackets": "[" * 9_000 + "]" * 9_000,
    "addresses": "[a](" * 4_500,
    "angled addresses": "[a](<" * 3_500,
    "bracket chains": "[a][" * 4_500,
    "code": "\n".join("`" * n + "a" for n in range(1, 340)),
    "escaped code": "\\```" * 4_500,
    "tags": "<a " * 6_000,
    "quoted tags": '<a x="' * 3_000,
    "nested tags": "<div>" * 3_000,
    "nested lists in HTML": "<ul><li>" * 2_000,
    "CDATA": "<![CDATA[" * 2_000,
    "references to a note": "[^1]" * 4_500 + "\n\n[^1]: x",
    "notes in one block": "[^a]: b\nc\n" * 1_800,
    "headings": "# a\n\n" * 3_500,
    "headings in one block": "# a\n" * 4_500,
    "headings in quotes": "\n>#" * 6_000,
    "underlined headings": "a\n=\n" * 4_500,
    "rules": "---\n" * 4_500,
    "contents": "[TOC]\n\n# a\n\n" * 200,
    "abbreviations": "\n".join(f"*[A{n}]: x" for n in range(1_500)),
    "a long abbreviation": f"*[a]: {'x' * 1_000}\n\n" + "a " * 9_000,
    "a long reference": f"[a]: {'x' * 2_000}\n\n" + "[a] " * 3_500,
    "a long reference in other letters": f"[A b]: {'x' * 2_000}\n\n" + "[a  B] " * 3_500,
    "a long reference on the next line": f"[a]:\n{'x' * 2_000}\n\n" + "[a] " * 3_500,
    "a long title of a reference": f"[a]: x\n'{'y' * 2_000}'\n\n" + "[a] " * 3_500,
    "signs in one block": f"{'words ' * 20}R&D\n" * 20_000,
    "definitions in one block": "a\n: b\n" * 3_000,
    "a table of few signs": "|".join("a" * 500) + "\n" + "|".join("-" * 500) + "\n" + "|\n" * 5_000,
    "nested quotes": ">" * 5_000,
    "nested quotes and lists": "> - " * 50,
    "nested lists": "\n".join("    " * n + "- a" for n in range(60)),
    "fences": "```\n~~~~\n" * 2_500,
    "a line": "a" * 25_000,
    "lines": "a\n" * 210_000,
    "signs": "**a**\n" * 9_000 + "**a** " * 9_000,
}  # fmt: skip


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_a_slow_text_is_refused(text: str) -> None:
    find_refusal(text)


def test_a_refusal_names_the_line_of_the_file() -> None:
    assert find_refusal("One.\n\nTwo.\n\n<![CDATA[x]]>") == (
        "content/briefings/2025/x.md:11: more than 0 CDATA sections, which mean nothing in HTML "
        "(split the text, or take out what is not meant as markup) [markup-budget]"
    )


def _many_references() -> str:
    return "".join(f"{f'[^{n}]' * 90}\n\n[^{n}]: x\n\n" for n in range(20))


def test_html_out_of_proportion_is_refused() -> None:
    assert "characters of Markdown become" in find_refusal(_many_references())


def test_html_out_of_proportion_is_told_of_its_file(write_tree: WriteTree) -> None:
    briefing, page = "content/briefings/2025/2025-08-16-meet.md", "content/pages/about.md"
    text = _many_references()
    root = write_tree({briefing: f"---\ntitle: A\ndate: 2025-08-16\n---\n{text}", page: f"---\ntitle: A\n---\n{text}"})
    found = build_site(root).problems
    assert [(problem.code, problem.where.path) for problem in found] == [("markup-budget", briefing), ("markup-budget", page)]
    settings = write_tree({"content/archive.toml": f"notice = {json.dumps(text)}"})
    assert "content/archive.toml" in [problem.where.path for problem in build_site(settings).problems]


def test_a_text_of_a_hundred_pages_is_none_of_it() -> None:
    sources = "\n".join(f"- [Source {n} (second edition)](https://example.org/{n}_a 'Title {n}')" for n in range(800))
    notes = "\n\n".join(f"Claim {n}.[^{n}]" for n in range(300)) + "\n\n" + "\n".join(f"[^{n}]: Note on it." for n in range(300))
    table = "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 1_000
    code = "```python\nx = [[1], {2: `3`}]\n```\n\n" * 40
    check_budget("\n\n".join([*make_briefings(60), sources, notes, table, code]), BODY)


def test_a_page_of_raw_html_is_none_of_it() -> None:
    check_budget("<table>\n" + "<tr><td>a<td><b>b</b><br><p>c</tr>\n" * 2_000 + "</table>", BODY)


@pytest.mark.parametrize("text", [("-" + " " * 8) * 20 + "x", f"{'-' * 19_000}x\n" * 40 + "\n" * 1_000], ids=["nested", "rules"])
def test_what_only_begins_like_too_much_is_told_from_it_at_once(text: str) -> None:
    """A search that goes back over what it has read took years for the first and a minute for the second."""
    check_budget(text, BODY)


@settings(deadline=None)
@given(st.text(alphabet="[]()`<>\"'\\a\n|:-*^ ", max_size=60), st.integers(1, 200))
def test_the_estimate_of_reach_is_never_below_zero_nor_above_the_text(text: str, times: int) -> None:
    text *= times
    for _, measure in budget._REACHES:
        assert all(0 <= distance <= len(text) - position for position, distance in measure(text))


def test_a_text_that_needs_no_parser_may_not_ask_for_more() -> None:
    text = "|a" * 700 + "|\n" + "|-" * 700 + "|" + "\n|||" * 68
    with pytest.raises(ContentError, match="markup-budget"):
        render_markdown(text, location=BODY)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from((*SLOW.values(), "[TOC]", "<![CDATA[", "[a]: b\n", "a " * 500)), max_size=3), st.integers(1, 2_000)
)
def test_a_tame_text_has_too_much_of_nothing(texts: list[str], length: int) -> None:
    text = "\n\n".join(part[:length] for part in texts)
    if budget.is_tame(text):
        assert {find for find in budget._CHECKS if find(text)} <= set(budget._TAME_CHECKS)


NESTED = st.builds(
    "{}{}a".format,
    st.sampled_from(("", "a\n", "- ", "> ")),
    st.sampled_from("> |>|- |1. |* |    ".split("|")).map(lambda sign: 21 * sign),
)


@MANY
@given(
    st.sampled_from(("\n", "\n\n")),
    st.lists(markdown_texts() | noted_texts() | NESTED | st.just("[a]: b"), min_size=1, max_size=3),
)
def test_a_text_that_needs_no_parser_is_neither_deep_nor_defines_anything(gap: str, texts: list[str]) -> None:
    text = gap.join(texts)
    outline = markup._find_outline(text)
    if outline and not outline.rest and "`" not in text:
        assert not any(find(text) for find in budget._TAME_CHECKS)
