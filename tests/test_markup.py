"""The promises of Markdown to editors: what is shown, and that the fast way shows the same as Python-Markdown's own."""

import re
import textwrap
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers

from generator.errors import Location
from generator.publish import markup
from generator.publish.markup import blocks, dialect, notes, plain_text
from generator.publish.markup.presentation import dress
from generator.publish.markup.safety import sanitise
from generator.publish.reading import estimate_minutes
from tests.markdown_texts import MANY, fenced_texts, make_briefings, markdown_texts, noted_texts

BODY = Location("content/briefings/2025/x.md")
render_markdown, read_markdown = (partial(render, location=BODY) for render in (markup.render_markdown, markup.read_markdown))
# 100 briefings in the gate, 10,000 in `make proofs`.
CORPUS_SIZE = 10_000 if settings.default.max_examples > 100 else 100


def render_stock(text: str, *, base_path: str = "/", anchors: bool = False) -> str:
    """Return the HTML of a body by Python-Markdown's own way alone, six times slower: what `render_markdown` is held against."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    html = sanitise(dialect.convert_stock(text), base_path, raw="<" in text)
    return dress(html, home=base_path, anchors=anchors)


def wrap(text: str) -> str:
    """Return `text` with its paragraphs broken at 72 letters, as some editors write."""
    return "\n\n".join(
        block
        if re.match(r"[|`\s*\[-]|\d|Term|def", block)
        else textwrap.fill(block, 72, break_long_words=False, break_on_hyphens=False)
        for block in text.split("\n\n")
    )


SNIPPET = """# a: b
key: 'value' # more
(venv) $ ls -l "x"
:- a(B), 'c'.
def f(x) { return @x + 1.5; }
- item
  * a = 1; // two
=> $1, %
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("3. Third\n4. Fourth", '<ol start="3">\n<li>Third</li>\n<li>Fourth</li>\n</ol>'),
        ("- one\n\n1. First\n2. Second", "<ul>\n<li>one</li>\n</ul>\n<ol>\n<li>First</li>\n<li>Second</li>\n</ol>"),
        ("1. First\n\n- one", "<ol>\n<li>First</li>\n</ol>\n<ul>\n<li>one</li>\n</ul>"),
    ],
)
def test_the_clauses_of_an_agreement_keep_their_numbers(text: str, html: str) -> None:
    assert render_markdown(text).strip() == html


def convert_fast(text: str) -> str:
    """Return what the fast way makes of a text, before anything is sanitised."""
    return markup._convert(text, blocks.find_outline(text))


@MANY
@given(markdown_texts())
@example("# D\u2028")  # Kept: the end of a heading is stripped of every white space.
@example("# .\u00a0")
@example("- T\n1. a")  # Kept: what a number on a line of its own begins within a list of bullets.
@example("1. T\n- a")
@example("3. a\n4. b")
@example("- a\n\n1. b\n\n2. c")
@example("1. a\n\n- b\n\n3. c")
@example("01. a\n2. b")
@example(" \n=")  # Kept: a first line of spaces is no blank line.
@example("    \ne")
@example("*[a]: b\n\na")
@example("a\n\n: b")
@example("&#1 &#x\n\na; b")
@example("[^1]\n\n[^1]: a\n\nb")
@example("## a\n\na\n---\n\n## a")
@example("> a\n\n> b")
@example("- a\n\n    b")
def test_the_fast_way_makes_the_same_html(text: str) -> None:
    assert convert_fast(text) == dialect.convert_stock(text)


@MANY
@given(noted_texts())
@example("\n\n[^1]: a")  # Kept: a text of notes alone.
def test_notes_are_the_same_either_way(text: str) -> None:
    assert_same(text)


@MANY
@given(fenced_texts())
@example("```\n    \na\n    \n```")  # Kept: a line of spaces, whose spaces are lost.
@example("```\na\x00b\n```")
@example("A claim.[^1]\n\n```\na[^1]\n```\n\n[^1]: A note.")
def test_fences_are_the_same_either_way(text: str) -> None:
    assert convert_fast(text) == dialect.convert_stock(text)
    assert_same(text)


def test_a_fence_needs_no_parser() -> None:
    fence = "```python\ndef a():\n\n    return '1' + \"<&\"\n```"
    text = f"One.\n\n- Two\n\n## Three\n\n{fence}\n\n```\nplain\n```\n\n```nosuch\nx\n```\n\nFour.\n"
    outline = blocks.find_outline(text.replace("<", ""))
    assert outline is not None
    assert outline.rest == ""
    assert_same(text)
    assert_same(text.replace("<", ""))


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\nR&D **is** [a link](https://e.org/a) and [ours](/x/).\n\n- one\n\nTwo.\n\n| a | b |\n|---|--:|\n| 1 | |",
        "A claim.[^1]\n\n[^1]: A note.",
        "Code:\n\n```python\nx = 'a'\n```",
    ],
)
def test_plain_texts_need_neither_parser_nor_sanitiser(text: str) -> None:
    # Who parses a text does not know its words.
    assert markup._render(text, base_path="/a/", anchors=True, location=Location("x"))[1]
    assert_same(text)


@pytest.mark.parametrize(
    "language", sorted({alias for _, aliases, _, _ in get_all_lexers() for alias in aliases if alias.isalpha()})
)
def test_code_is_the_same_either_way_in_every_language(language: str) -> None:
    assert_same(f"```{language}\n{SNIPPET}\n```\n\nEnd.")


def test_simple_notes_need_no_parser() -> None:
    text = "# One\n\nA claim.[^b]\n\n- Another[^1]\n- none\n\n[^1]: A note.\n[^b]: On *R&D*, said [she](/x/)."
    outline = notes.find_outline(text)
    assert outline is not None
    assert outline.rest == ""
    assert_same(text)


def assert_same(text: str) -> None:
    """Hold what readers get of a text against what Python-Markdown, the sanitiser and a look at all tags make of it."""
    for base_path in ("/", "/a/", "https://e.org/"):
        stock = render_stock(text, base_path=base_path, anchors=True)
        assert read_markdown(text, base_path=base_path) == (stock, plain_text(stock))
    assert render_markdown(text) == render_stock(text)


_BEGINNINGS = st.sampled_from(("https://", "http://", "https://e.org", "/", "#", ""))
ADDRESSES = st.builds(
    "See [a]({}{})".format, _BEGINNINGS, st.text(st.sampled_from("/:.?#=%@+,-~_ahtpsx19&;\\\u2028\u00a0 "), max_size=12)
)


@MANY
@given(st.lists(markdown_texts() | ADDRESSES, min_size=1, max_size=3).map("\n\n".join))
@example("# One\n\nA [link](https://e.org/a?b=c#d) & *more*.\n\n| a | b |\n|---|--:|\n| 1 | [x](/a/) |")
@example("See [a](//e.org)")
@example("See [a](https://a:99999/)")  # Kept: what no parser takes for an address is none.
@example("See [a](https://1.2.3.4.5/) [b](https://a%zz/) [c](https://xn--/) [d](https://a@b:c/)")
@example("[a [b][1] c][1]\n\n[1]: /x")  # Kept: a link within a link.
@example("a\u00a0b\u202ec\x00")
@example("| a | b | c |\n|---|---|---|\n| 1 |  | 3 |\n|  |  |  |")
@example("A [link[^1]](/about/) & more.\n\n[^1]: A note.")  # Kept: a link within a link.
@example("Table:\n\n| a {b} | {{c}} |\n|---|---|\n| {} | } |")
@example("- a\n- b > c\n\nOne  two\n\n# One  two\n\n> R&D\n> goes on")
@example("See [a](https://)\n\n_a **b** and *c*.- a_b a  \nb **d** and *e*.")  # Kept: a lost mark of Python-Markdown.
def test_what_readers_get_is_the_same_either_way(text: str) -> None:
    assert_same(text)


def test_every_briefing_of_a_corpus_is_the_same_either_way() -> None:
    for body in make_briefings(CORPUS_SIZE):
        for text in (body, wrap(body)):
            assert_same(text)


def test_most_letters_of_briefings_never_reach_the_parser() -> None:
    bodies = make_briefings(200)
    outlines = [blocks.find_outline(body) for body in bodies]
    left = sum(len(body) if outline is None else len(outline.rest) for body, outline in zip(bodies, outlines, strict=True))
    assert left < 0.35 * sum(map(len, bodies))


def test_plain_prose_needs_no_parser_at_all() -> None:
    outline = blocks.find_outline(
        "# One\n\nProse with **bold**, *italics* and [a link](/x/).\n\n- one\n- two\n\nMore.\n\n> Said.\n\nEnd."
    )
    assert outline is not None
    assert (outline.rest, len(outline.runs)) == ("", 1)


def test_the_fast_way_was_proven_with_every_part_of_the_parser() -> None:
    # Another extension or another version of Python-Markdown may bring a rule that `blocks` and `notes` know nothing of.
    converter = dialect._find_converter(code=True, shortcuts=False)
    parts = (converter.preprocessors, converter.parser.blockprocessors, converter.inlinePatterns)
    later = (converter.treeprocessors, converter.postprocessors)
    assert [" ".join(sorted(item.name for item in part._priority)) for part in (*parts, *later)] == [  # type: ignore[attr-defined]
        "fenced_code_block html_block normalize_whitespace",
        "abbr code defindent deflist empty footnote hashheader hr indent olist paragraph quote reference setextheader table "
        "ulist",
        "autolink automail backtick em_strong entity escape footnote html image_link image_reference linebreak link reference "
        "short_image_ref short_reference",
        "abbr align_to_class footnote footnote-duplicate hilite inline prettify toc unescape",
        "amp_substitute footnote raw_html",
    ]


def test_only_texts_with_code_ask_for_pygments() -> None:
    dialect._find_converter.cache_clear()
    render_markdown("A text | with a table\n--- | ---\na | b")
    assert [
        name for name in dialect._find_converter(code=False, shortcuts=True).treeprocessors if "Hilite" in type(name).__name__
    ] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo.", "<p>One\ntwo.</p>"),
        ('"Quotes" stay -- as typed...', '<p>"Quotes" stay -- as typed...</p>'),
        ("R&D, 3 > 2", "<p>R&amp;D, 3 &gt; 2</p>"),
        ("# Top", '<h2 id="s-top">Top</h2>'),
        ("## Only second", '<h2 id="s-only-second">Only second</h2>'),
        ("### Third\n\n#### Fourth", '<h2 id="s-third">Third</h2>\n<h3 id="s-fourth">Fourth</h3>'),
        ("## 다음 단계", '<h2 id="s-daeum-dangye">다음 단계</h2>'),
        ("## Same\n\n## Same", '<h2 id="s-same">Same</h2>\n<h2 id="s-same_1">Same</h2>'),
        (
            "[in](/about/) [out](https://e.org/)",
            '<p><a href="/a/about/">in</a> <a rel="noopener" href="https://e.org/">out</a></p>',
        ),
        ("[here](#top)", '<p><a href="#s-top">here</a></p>'),
        ("[mail](mailto:a@b.org)", '<p><a href="mailto:a@b.org">mail</a></p>'),
        ("[SHOUTED](HTTPS://E.org/)", '<p><a rel="noopener" href="https://E.org/">SHOUTED</a></p>'),
        ("![Map](/map.png)", '<p><img alt="Map" src="/a/map.png" loading="lazy"></p>'),
        ("![Map](https://e.org/m.png)", '<p><a rel="noopener" href="https://e.org/m.png">Map</a></p>'),
        ("[![Map](https://e.org/m.png)](/x/)", '<p><a href="/a/x/">Map</a></p>'),
        ("![Map](data:image/png;base64,AA)", "<p>Map</p>"),
        ("Term\n:   Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("HTML\n\n*[HTML]: Markup", '<p><abbr title="Markup">HTML</abbr></p>'),
        ("A <b>raw</b> <blink>word</blink>", "<p>A <b>raw</b> word</p>"),
        ("{: onclick=x }\n# T {: #id }", '<p>{: onclick=x }</p>\n<h2 id="s-t-id">T {: #id }</h2>'),
        ("<h1>Raw</h1>\n\n# Mine", '<h2>Raw</h2>\n\n<h2 id="s-mine">Mine</h2>'),
        ("a\ud800b", "<p>a?b</p>"),
        ("", ""),
        (" \n\t\n", ""),
    ],
)
def test_the_dialect(text: str, html: str) -> None:
    assert render_markdown(text, base_path="/a/") == html
    assert render_stock(text, base_path="/a/") == html


def test_notes_and_their_ids_stay_matched() -> None:
    html = render_markdown("One[^a b] and again[^a b].\n\n[^a b]: Note.")
    targets = re.findall(r'href="#([^"]*)"', html)
    assert sorted(targets) == ["s-fn:a-b", "s-fn:a-b", "s-fnref2:a-b", "s-fnref:a-b"]
    assert set(targets) <= set(re.findall(r' id="([^"]*)"', html))


def test_contents_point_at_the_headings() -> None:
    html = render_markdown("[TOC]\n\n# One\n\n## Two")
    assert re.findall(r'href="#([^"]*)"', html) == re.findall(r'<h\d id="([^"]*)"', html) == ["s-one", "s-two"]


def test_code_is_coloured_by_classes_only() -> None:
    html = render_markdown('```python\nx = "a"\n```')
    assert '<div class="codehilite"><pre>' in html
    assert '<span class="s2">"a"</span>' in html
    assert "style=" not in html


def test_the_language_of_code_is_not_guessed() -> None:
    assert "<span class=" not in render_markdown("    import os\n")


@pytest.mark.parametrize(
    "options",
    ["tabsize=999999999", "noclasses=true", "pygments_formatter=img", "encoding=nonsense", "linenos=table", "full=true style=x"],
)
def test_a_fence_cannot_set_options_of_pygments(options: str) -> None:
    assert render_markdown(f"```{{.python {options}}}\n\tx = 1\n```") == render_markdown("```{.python}\n\tx = 1\n```")


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name() -> None:
    html = render_markdown('| "Year" & so | Value |\n|---|--:|\n| 1 | 2 |')
    assert html.startswith('<div class="table" tabindex="0" role="region" aria-label="&quot;Year&quot; &amp; so, Value"><table>')
    assert html.endswith("</table></div>")
    assert '<td class="align-right">2</td>' in html


def test_a_table_in_a_table_is_wrapped_once() -> None:
    html = render_markdown("<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table>")
    assert html.count('<div class="table" tabindex="0">') == html.count("</div>") == 1


def test_a_link_home_is_no_link_to_elsewhere() -> None:
    html = render_markdown("[a](/x/) ![b](/y.png) [c](https://e.org/)", base_path="https://a.org/b/")
    assert html == (
        '<p><a href="https://a.org/b/x/">a</a> <img alt="b" src="https://a.org/b/y.png" loading="lazy"> '
        '<a rel="noopener" href="https://e.org/">c</a></p>'
    )


def test_an_id_stands_once() -> None:
    html = render_markdown('<p id="top">Raw</p>\n\n# Top\n\n<p>in text: id="s-top"</p>')
    assert html.count('<p id="s-top">') + html.count('<h2 id="s-top">') == 1
    assert 'in text: id="s-top"' in html


def anchors(text: str) -> list[str]:
    return re.findall(r' id="(p-[^"]*)"', render_markdown(text, anchors=True))


def test_every_block_of_prose_has_an_anchor() -> None:
    text = (
        "One.\n\n> Quote.\n\n- a\n- b\n\nThen.\n\n1. c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    code\n\n"
        "Term\n: meaning\n\n## Heading\n\nEnd."
    )
    assert len(set(anchors(text))) == 9
    assert anchors("# Heading\n\n---") == []


def test_an_anchor_survives_edits_elsewhere() -> None:
    before = anchors("First.[^1]\n\nSecond **word** of it.[^2]\n\n[^1]: a\n[^2]: b")
    after = anchors("A new one.\n\nSecond\nword of it.[^2]\n\n[^2]: b")
    assert before[1] == after[1]
    assert re.fullmatch(r"p-[0-9a-f]{8}", before[1])


def test_the_second_block_of_the_same_words_is_numbered() -> None:
    first, second, third = anchors("Same.\n\nSame.\n\nSame.")
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_without_anchors_there_are_none() -> None:
    assert "id=" not in render_markdown("One.\n\n> Two.")


def test_text_of_an_article_has_a_paragraph_a_line() -> None:
    text = (
        "# Title & more\n\nOne **bold**\nline with [a link](/x/).[^1]\n\n- item *one*\n\n- item two\n    - inner\n\n"
        "> Said.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Map](/m.png)\n\n[^1]: Note."
    )
    assert plain_text(render_markdown(text, anchors=True)).split("\n") == [
        "Title & more",
        "One bold line with a link.",
        "item one",
        "item two",
        "inner",
        "Said.",
        "a | b",
        "1 | 2",
        "Map",
        "Note.",
    ]


@settings(deadline=None)
@given(markdown_texts())
def test_text_holds_no_tags_of_ours(text: str) -> None:
    words = plain_text(render_markdown(text, anchors=True))
    assert not re.search(r"</?(?:p|li|em|strong|table|div)>", words) or "<" in text or "&" in text
    assert not words or all(line == " ".join(line.split()) != "" for line in words.split("\n"))


@settings(deadline=None)
@given(markdown_texts() | noted_texts())
@example("| a | b |\n|---|---|\n| 1 | 2 |")
@example("![Map](/m.png)")
@example('One.<sup id="fnref:1">1</sup>')
@example('One. <a class="footnote-backref">Back</a>')
def test_what_only_some_texts_have_is_seen_in_each_of_them(text: str) -> None:
    html = render_markdown(text, anchors=True)
    # An image without words is rare, adds nothing, and says that the whole has to be looked through.
    assert plain_text(html) == plain_text(html + '<img alt="">')


def test_white_space_of_every_kind_becomes_a_space() -> None:
    spaces = [char for char in map(chr, range(0x110000)) if char.isspace()]
    for space in (*spaces, "  ", " \n", "\n\n"):
        assert plain_text(f"<p>{space}one{space}two{space}</p>") == "one two", ascii(space)


def test_reading_takes_as_long_as_there_are_words() -> None:
    assert [estimate_minutes(text) for text in ("", "One.", "\n".join(["one two"] * 345), "字" * 2_000)] == [1, 1, 3, 4]
