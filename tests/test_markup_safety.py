"""What a body can never do to a reader: run a script, load from elsewhere, take over names or styles of the page."""

import re
from functools import partial

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import Location
from generator.publish import markup
from generator.publish.markup import dialect, safety
from generator.publish.markup.safety import safe_address, sanitise
from tests.markdown_texts import markdown_texts

render_markdown = partial(markup.render_markdown, location=Location("content/briefings/2025/x.md"))

PAYLOADS = (
    # Scripts and elements that act.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=//e.org/x.swf>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<base href=//e.org/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//e.org/x.css>",
    "<style>@import '//e.org/x.css';</style>",
    "<style>p { background: url(//e.org/x) }</style>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<isindex action=javascript:alert(1)>",
    "<dialog open onclose=alert(1)>x</dialog>",
    "<portal src=//e.org/></portal>",
    # Event handlers and styles on elements that are allowed.
    "<b onclick=alert(1)>x</b>",
    "<b ONMOUSEOVER='alert(1)'>x</b>",
    "<b/onclick=alert(1)>x</b>",
    '<b title=">" onclick="alert(1)">x</b>',
    "<b title='a'onclick=alert(1)>x</b>",
    "<b\x0conclick=alert(1)>x</b>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=alert(1)//",
    '<img """><script>alert(1)</script>">',
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<td background=javascript:alert(1)>x",
    "<a href=/x/ target=_blank ping=//e.org/ download>x</a>",
    # SVG and MathML, and the parser's way in and out of them.
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><img title='</title><script>alert(1)</script>'></title>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<select><option><style></select><script>alert(1)</script></style></select>",
    # Addresses.
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java\nscript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](\u2028javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u1680javascript:alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61;vascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://e.org/1)",
    "[x](//e.org/)",
    "[x](/\\e.org/)",
    "[x](\\\\e.org/)",
    "[x](https:e.org)",
    "[x](view-source:javascript:alert(1))",
    "<javascript:alert(1)>",
    "<javascript://e.org/%0aalert(1)>",
    "<data:text/html,x>",
    "<a@b.org?onclick=alert(1)>",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x][y]\n\n[y]: <javascript:alert(1)> 'title'",
    "![x](javascript:alert(1))",
    "![x](https://e.org/pixel.png)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![a](/x.png \"t' onerror=alert(1) x='\")",
    # Markdown's own places for text.
    '[x](/x/ "a\\" onclick=alert(1) b=\\"")',
    "[x](/x/ 'a\" onclick=\"alert(1)')",
    '[x](/x/" onclick="alert(1))',
    '![" onerror="alert(1)](/x.png)',
    "![<img src=x onerror=alert(1)>](/x.png)",
    "# <img src=x onerror=alert(1)>",
    '# "onclick=alert(1) id="location',
    "# x {: onclick=alert(1) }",
    "x\n{: style='position:fixed' onclick=alert(1) }",
    "a[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: n",
    "a[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: n",
    "*[x\" onclick=\"alert(1)]: y\n\nx\" onclick=\"alert(1)",
    "*[HT]: \" onmouseover=\"alert(1)\n\nHT",
    "```html onclick=alert(1)\n<script>alert(1)</script>\n```",
    "``` {.python onclick=alert(1) style=x}\nx\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "    <script>alert(1)</script>",
    "    :::html\n    </code></pre><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "| <script>alert(1)</script> | \" onclick=alert(1) |\n|---|:-:|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
    "<div markdown=1 onclick=alert(1)>*x*</div>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "\ue0000\n\n<script>alert(1)</script>",
    # Names that the page's scripts and styles might use.
    "<a id=location name=location>x</a>",
    "<img name=body><form id=document></form>",
    "<p class='search hidden' id=search>x</p>",
    "<span class='js-menu k'>x</span>",
)  # fmt: skip

ALLOWED_ATTRIBUTES = set().union(*safety.ATTRIBUTES.values()) | {"class", "rel", "loading", "tabindex", "role", "aria-label"}
OUR_CLASSES = set().union(*safety.CLASSES.values()) | {"table"}


# A whole address, a fragment, or a path whose first part has no colon.
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\\\s]*|#.*|(?!//)[^:\\\s/?#]*(?:[/?][^\\\s]*|#.*)?")


def find_faults(html: str) -> list[str]:
    """Return what is not harmless in the tree that a browser would make of `html`."""
    faults = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        tag = str(element.tag)
        if tag != "DOCUMENT_FRAGMENT" and tag not in safety.TAGS:
            faults.append(f"<{tag}>")
        for name, value in element.attrib.items():
            if name not in ALLOWED_ATTRIBUTES:
                faults.append(f"{tag} {name}")
            if name in {"href", "src"} and not SAFE_ADDRESS.fullmatch(value):
                faults.append(f"{tag} {name}={value!r}")
            if name == "src" and re.match("[a-z]+:", value):
                faults.append(f"loads {value!r}")
            if name == "id" and not value.startswith(("s-", "p-")):
                faults.append(f"{tag} id={value!r}")
            if name == "class" and not set(value.split()) <= OUR_CLASSES:
                faults.append(f"{tag} class={value!r}")
    return faults


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_harmless(payload: str) -> None:
    for text in (
        payload,
        f"Text {payload} text",
        f"> {payload}",
        f"- {payload}\n- x",
        f"| a | b |\n|---|---|\n| {payload} | x |",
    ):
        html = render_markdown(text, anchors=True, base_path="/a/")
        assert find_faults(html) == [], html


def test_the_oracle_sees_what_the_sanitiser_takes_away() -> None:
    raw = "<script>x</script><b onclick=x style=x>y</b><a href='java\nscript:x' id=a>z</a><img src='https://e.org/x' class=k2>"
    assert find_faults(raw) == [
        "<script>", "b onclick", "b style", "a href='java\\nscript:x'", "a id='a'", "loads 'https://e.org/x'", "img class='k2'"
    ]  # fmt: skip


TAGS = sorted(safety.TAGS | safety.DROPPED | {"form", "blink", "xmp", "mglyph", "foreignObject"})
VALUES = (
    "x",
    "a b",
    "javascript:x",
    "/x",
    "//e",
    "#x",
    "s-x",
    "\u2028/x",
    "https://e.org/?a=1&b=<>",
    "&quot;",
    "\n",
    "k hll",
    "ltr",
    "1",
)
ATTRIBUTES = (*sorted(ALLOWED_ATTRIBUTES), "onclick", "style", "name", "srcset", "xlink:href")
FRAGMENTS = st.one_of(
    st.builds("<{}>".format, st.sampled_from(TAGS)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.builds('<{} {}="{}">'.format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)),
    st.sampled_from(("text", "\n", "\n\n", "<!--", "-->", "&lt;", "&amp;lt;", "<", ">", '"', "'", "\u00a0", "\x00", "\r")),
)
HTML = st.lists(FRAGMENTS, max_size=15).map("".join)


@settings(deadline=None, max_examples=5 * settings.default.max_examples)
@given(HTML)
@example("<![CDATA[<b>]]>")
@example("<pre>\n\nx</pre>")  # Kept: the parser drops a line feed at each pass.
@example("<h1><blink><h1>")  # Kept: without the tag between them, two headings stood in each other.
@example("<h1></a><blink><h1>")
@example("<table><tr><td><pre>\n<a>\n</pre>")
def test_sanitising_twice_changes_nothing(html: str) -> None:
    once = sanitise(html, "/")
    assert sanitise(once, "/") == once
    assert [fault for fault in find_faults(once) if not fault.startswith("loads")] == []


@settings(deadline=None)
@given(markdown_texts())
def test_a_text_without_tags_needs_one_pass(text: str) -> None:
    html = dialect.convert(text.replace("<", ""))
    once = sanitise(html, "/", raw=False)
    assert sanitise(once, "/", raw=False) == once


@settings(deadline=None, max_examples=2 * settings.default.max_examples)
@given(st.lists(HTML | markdown_texts(), min_size=1, max_size=3).map("\n\n".join))
def test_no_text_makes_a_page_that_acts(text: str) -> None:
    assert find_faults(render_markdown(text, anchors=True, base_path="/a/")) == []


@settings(deadline=None)
@given(st.lists(HTML | markdown_texts(), min_size=1, max_size=3).map("\n\n".join))
def test_what_articles_add_is_still_well_formed(text: str) -> None:
    html = render_markdown(text, anchors=True)
    added = re.sub(r' (?:rel="noopener"|tabindex="0"|role="region"|aria-label="[^"]*"| loading="lazy")', "", html)
    assert added.count("<div") == added.count("</div>")
    ids = re.findall(r'<[a-z][^>]*? id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/x/", "/b/x/"),
        ("x/y", "x/y"),
        ("../x", "../x"),
        ("?q=a:b", "?q=a:b"),
        ("#a b", "#s-a-b"),
        ("#s-a", "#s-a"),
        (" https://e.org/ ", "https://e.org/"),
        ("HTTP://e.org", "http://e.org"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("/my file.pdf", "/b/my%20file.pdf"),
        ("https://e.org/한국", "https://e.org/한국"),
        ("", ""),
        ("javascript:x", None),
        ("\u2028javascript:x", None),
        ("x\u200b:y", None),
        ("한:x", None),
        ("//e.org", None),
        ("/\\e.org", None),
        ("http:e.org", None),
        ("tel:1", None),
        ("https://e.org/\n", "https://e.org/"),
        ("https://e.org/\u202egro", None),
    ],
)
def test_an_address_is_safe_or_none(address: str, safe: str | None) -> None:
    assert safe_address(address, "/b/") == safe


class Interrupting(str):
    """A path at which Ctrl-C comes."""

    __slots__ = ()

    def rstrip(self, _: str | None = None) -> str:
        raise KeyboardInterrupt


def test_an_interruption_within_the_sanitiser_is_not_lost() -> None:
    with pytest.raises(KeyboardInterrupt):
        sanitise('<a href="/pairs/">x</a>', Interrupting("/interrupted/"))


def test_html_that_never_settles_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "PASSES_MAX", 0)
    assert "<" not in sanitise("<b>x</b>", "/")
