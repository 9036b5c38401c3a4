"""Which lines of a text are code: those that are code on its page."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from generator.content.code_lines import find_code, split_code
from generator.errors import Location
from generator.publish.markup import render_markdown
from generator.text import normalise
from tests.markdown_texts import MANY

HERE = Location("x.md", 1)
# Every one of them has been a fence to some program.
FENCE_LIKE = (
    "```|````|~~~|~~~~|``| ```|  ~~~|   ```|```  |```\t|~~~ \t|\t```|> ```|- ```|```py|``` py|```  .py |```\tpy|~~~ c++|```js-x#1"
    '|``` js`x|```a b|```py hl_lines="1"|``` hl_lines=\'1 2\' |```py hl_lines="1|2"|2" |~~~ hl_lines="|"|\'|``` hl_lines=\''
    '|``` {.py}|``` {.py} |```{.py|``` {.py hl_lines="1"}|```{.py} x}|```{a="}"}|```{a= }}|```{=}|~~~{a}b|``` {}|```}|`````'
).split("|")


def lines_of_words() -> st.SearchStrategy[str]:
    """Return texts of fences and of words that stand in no other line."""
    lines = st.lists(st.sampled_from(("", "x", *FENCE_LIKE, *FENCE_LIKE[:6])), min_size=2, max_size=16)
    return lines.map(lambda some: "\n".join(f"word{number}x" if line == "x" else line for number, line in enumerate(some)))


def read_words(markup: str) -> tuple[set[str], set[str]]:
    """Return the words of a page that stand in blocks of code, and the others."""
    page = html.fromstring(f"<div>{markup}</div>")
    code = [block.text_content() for block in page.iter("pre")]
    for block in list(page.iter("pre")):
        block.drop_tree()
    return words_of("\n".join(code)), words_of(page.text_content())


def words_of(text: str) -> set[str]:
    return set(re.findall(r"word\d+x", text))


@example("```\nword1x\n````\nword3x\n```\n\nword6x")
@example("``` {.py} x}\nword1x\n```\nword3x\n```")
@example('```py hl_lines="1\nword1x\n2"\nword3x\n```\nword5x')
@MANY
@given(lines_of_words())
def test_what_is_code_on_the_page_is_code(text: str) -> None:
    lines = list(split_code(text))
    assert "\n".join(line for line, _ in lines) == text
    code, prose = (words_of("\n".join(line for line, is_code in lines if is_code is kind)) for kind in (True, False))
    shown, other = read_words(render_markdown(text, location=HERE))
    # What stands where lines are marked is shown nowhere.
    assert shown <= code
    assert other == prose


def test_blocks_of_code_that_follow_each_other_are_two() -> None:
    assert list(find_code("a\n```\nb\n```\n~~~\n~~~\nc")) == [range(1, 4), range(4, 6)]
    assert list(find_code("No code, `but` this.")) == []


@pytest.mark.parametrize(
    "line", ["```", "```py", "~~~~", '``` hl_lines="', "```" + " " * 50_000 + "x", "```" + "a" * 50_000 + "!"]
)
def test_a_text_of_fences_that_stay_open_is_read_once(line: str) -> None:
    text = f"{line} x\n" * (400_000 // len(line))
    assert list(find_code(normalise(text))) == []
