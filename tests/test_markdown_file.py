"""The Markdown beside each page: it reads as the page does, wherever it is read, and says who wrote what."""

import re

import markdown
import pytest
from lxml import html

from generator.config import Licence
from generator.model import Author, Source
from generator.publish.citations import make_imprint
from generator.publish.markdown_file import complete_links, make_markdown
from tests.factories import BASE_URL, make_article

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
    ],
)
def test_code_stays_as_it_is(code: str) -> None:
    assert complete_links(code, BASE_URL, PAGE) == code
    after = complete_links(f"{code}\n\n[z](/z/)", BASE_URL, PAGE)
    assert re.fullmatch(re.escape(f"{code}\n\n[z]({BASE_URL}z/)"), after)
