"""The Markdown beside each page: it reads as the page does, wherever it is read, and says who wrote what."""

import re
from urllib.parse import urljoin

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.config import Licence
from generator.errors import Location
from generator.model import Author, Source
from generator.publish.citations import make_imprint
from generator.publish.markdown_file import complete_links, make_markdown
from generator.publish.markup import render_markdown
from generator.publish.urls import absolute
from tests.factories import BASE_URL, make_article
from tests.markdown_texts import MANY
from tests.test_code_lines import FENCE_LIKE

PAGE = f"{BASE_URL}briefings/x/"
CC = Licence("CC BY 4.0", "https://cc.example/by/")


def write(*, licence: Licence = CC, rights: str = "full", **changes: object) -> str:
    article = make_article(rights=rights, **changes)
    return make_markdown(article, make_imprint("An archive", "Our Desk", BASE_URL), licence, None).decode()


@pytest.mark.parametrize(
    "text",
    [
        "5. *Star* #1 [x] and _y_",
        "# not a heading",
        "- not a list",
        "> no quotation",
        "1) no number",
        "A snake_case `word`, <b>bold</b> &amp; R&D",
        "C# and F#",
        "### ##",
        "The __init__ of a deal",
        "~~Old~~ deal",
        "~~~ x",
        r"a \* b",
        "Plain words, and 3 numbers",
    ],
)
def test_plain_text_reads_as_it_was_written(text: str) -> None:
    file = write(title=text, summary=text, key_points=(text,), sources=(Source(publisher=text),))
    page = html.fromstring(markdown.markdown(file))
    shown = [page.findtext("h1"), *[item.text for item in page.iter("p")][1:], *[item.text for item in page.iter("li")]]
    assert [page.text_content().count(text), shown.count(text)] == [4, 4]


def test_only_what_there_is_has_a_heading() -> None:
    assert "## Sources" in write()
    assert "## Sources" not in write(sources=())


def test_it_says_who_wrote_it_in_which_language_and_what_may_be_done_with_it() -> None:
    assert (
        "- By: Our Desk\n- Language: nb\n- Licence of what the archive wrote itself: CC BY 4.0, https://cc.example/by/\n"
        in write(lang="nb")
    )
    assert "Licence" not in write(licence=Licence())
    reprint = write(title="T", sources=(Source("Example Times", "T", authors=(Author("Rao", "Asha"), Author("Cho", "Hyun"))),))
    assert (
        "- By: Asha Rao and Hyun Cho\n- Language: en\n- Rights: an article of Example Times, to whom its text belongs\n"
        "- Licence of what the archive wrote itself: CC BY 4.0, https://cc.example/by/\n"
    ) in reprint
    assert "- Asha Rao and Hyun Cho, Example Times, T\n" in reprint


def test_links_of_the_text_lead_from_anywhere_where_they_lead_from_its_page() -> None:
    body = (
        'See [a](/pairs/), ![b](../b.png "B"), [c](<y/>), '
        "[d](https://d.example/), [e](#e), [f](mailto:f@x).[^1]\n\n[g]: /g/\n[^1]: /n/"
    )
    assert complete_links(body, BASE_URL, PAGE) == (
        f'See [a]({BASE_URL}pairs/), ![b]({BASE_URL}briefings/b.png "B"), [c](<{PAGE}y/>), '
        f"[d](https://d.example/), [e](#e), [f](mailto:f@x).[^1]\n\n[g]: {BASE_URL}g/\n[^1]: /n/"
    )
    assert complete_links("[s]( /y/ ), [r]:/t/\n\n<a href=\"/p/\"><img src='/i.png'></a>", BASE_URL, PAGE) == (
        f"[s]( {BASE_URL}y/ ), [r]:/t/\n\n<a href=\"{BASE_URL}p/\"><img src='{BASE_URL}i.png'></a>"
    )
    nested = "- one\n\n    - [a](/a/)\n\nEnd"
    assert complete_links(nested, BASE_URL, PAGE) == nested.replace("/a/", f"{BASE_URL}a/")
    assert f"]({BASE_URL}a/)" in write(body="[a](/a/)")


@pytest.mark.parametrize(
    "code",
    [
        "Write `[a](/a/)` or ``[a](/a/) ` [b](/b/)``.",
        "```\n[a](/a/)\n```",
        "~~~ text\n[a](/a/)\n```\n[b](/b/)\n~~~",
        "Text\n\n    [a](/a/)\n\n    [b]: /b/",
        "- one\n\nText\n\n    [a](/a/)",
        "- ```\n  [a](/a/)\n  ```",
        "> ```\n> [a](/a/)\n> ```",
        "```[a](/a/)``` and text",
        "Text\n\n    ```\n    [a](/a/)",
        "````\n[a](/a/)\n```\n\n[b]: /b/\n````",
        "```\n[a](/a/)\n````\n\n[b](/b/)\n```",
        "- one\n```\n[a](/a/)\n```\n    [b](/b/)",
        " ```\n[a](/a/)\n ```",
        "Text `\n[a](/a/)\n` goes on",
    ],
)
def test_code_stays_as_it_is(code: str) -> None:
    assert complete_links(code, BASE_URL, PAGE) == code
    after = complete_links(f"{code}\n\n[z](/z/)", BASE_URL, PAGE)
    assert re.fullmatch(re.escape(f"{code}\n\n[z]({BASE_URL}z/)"), after)


@pytest.mark.parametrize(
    "text",
    [
        "```\n[a](/a/)\n````\n\n[b](/a/)",
        "~~~~\n[a](/a/)\n~~~",
        "   ```\n[a](/a/)\n\n[b](/a/)\n   ```",
        "> ```\n> [a](/a/)\n>\n> [b](/a/)\n> ```",
        "``` js`x\n[a](/a/)\n\n```",
        "- a ` b\n- [a](/a/) ` c",
        "a ` b\n\n[a](/a/) ` c",
        "Text `\n## [a](/a/) `",
        "## The ``new'' pact\nSee [a](/a/) and ``more''.",
        "A ``new'' pact\n---\nSee [a](/a/) and ``more''.",
        "A ` b\n***\n[a](/a/) ` c",
        "A `\n===\n[a](/a/) `",
        "Term `\n: [a](/a/) `",
        "| ` | [a](/a/) |\n|---|---|\n| a | ` |",
    ],
)
def test_links_are_completed_where_the_page_has_no_code_though_it_looks_like_some(text: str) -> None:
    assert complete_links(text, BASE_URL, PAGE) == text.replace("/a/", f"{BASE_URL}a/")


def read_page(text: str) -> tuple[list[str], list[str], str]:
    """Return where the links of a text lead from its page, its code, and all its words."""
    page = html.fromstring(f"<div>{render_markdown(text, location=Location('x.md'))}</div>")
    links = [urljoin(PAGE, absolute(BASE_URL, link)) for _, _, link, _ in page.iterlinks()]
    return links, [code.text_content() for code in page.iter("code")], page.text_content()


BLOCKS = ("Text", "[a](/a/)", "Text `[b](/b/)`", "[c](c)", "> [d](/d/)", "- [e](/e/)", "    [f](/f/)")


@MANY
@given(st.lists(st.sampled_from((*BLOCKS, *FENCE_LIKE)), max_size=12).map("\n\n".join))
def test_code_and_links_of_the_page_are_those_of_its_text(text: str) -> None:
    completed = complete_links(text, BASE_URL, PAGE)
    assert read_page(completed) == read_page(text)
    assert all(f"]({link})" in completed for link in read_page(text)[0])
