"""What a built site promises whatever its content: nothing hostile acts, nothing withheld gets out, feeds are read by others."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import feedparser
import html5lib
import pytest

from generator.config import Config, RightsSettings
from tests.archives import briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.factories import make_archive_of, make_briefing

HOSTILE = """<script>alert(1)</script>

<img src=x onerror=alert(1)> <a href="javascript:alert(1)">a</a> [b](javascript:alert(1)) <b style="color:red">c</b>

<svg onload=alert(1)></svg> <iframe src="https://evil.example/"></iframe>
"""
SECRET = "The sentence that nobody may show"


def pages(root: Path) -> list[Path]:
    return sorted((root / "site").rglob("*.html"))


def test_hostile_content_comes_out_harmless(write_tree: WriteTree) -> None:
    title = "</title><script>alert(1)</script>"
    more = (
        "source:\n  publisher: '<script>alert(2)</script>'\n  url: 'https://e.org/\"onload=\"alert(3)'\n"
        "  title: '\"><img src=x onerror=alert(4)>'\n"
    )
    root = write_tree({"content/briefings/2025/a.md": briefing_file(title, body=HOSTILE, more=more)})
    assert not build_site(root).failed
    for path in pages(root):
        for element in html5lib.parse(path.read_bytes(), namespaceHTMLElements=False).iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in {"iframe", "object", "embed", "style"}, path
            assert element.tag != "script" or element.get("src") or element.get("type") == "application/ld+json", path
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                assert not value.strip().lower().startswith(("javascript:", "vbscript:", "data:text")), (path, value)


@pytest.mark.parametrize("name", ["Example Times", "EXAMPLE  times", " éxample times"])
def test_rights_of_a_publisher_hold_however_its_name_is_written(name: str) -> None:
    config = Config(rights=RightsSettings(publishers={name: "link"}))
    assert make_archive_of(make_briefing(), config=config).articles[0].rights == "link"


@pytest.mark.parametrize(("rights", "may_show_summary"), [("excerpt", True), ("link", False)])
def test_what_rights_withhold_is_nowhere_in_the_output(write_tree: WriteTree, rights: str, may_show_summary: bool) -> None:
    body = f"India and South Korea met on semiconductors. They talked.\n\n{SECRET} stands in the second paragraph."
    text = briefing_file("India and South Korea meet", body=body, more=f"rights: {rights}\n").replace("in short", "in a summary")
    root = write_tree({"content/briefings/2025/2025-08-16-a.md": text})
    assert not build_site(root).failed
    whole = b"\n".join(path.read_bytes() for path in (root / "site").rglob("*") if path.is_file())
    assert SECRET.encode() not in whole
    assert (b"in a summary" in whole) is may_show_summary


def test_drafts_are_nowhere_in_the_output(write_tree: WriteTree) -> None:
    files = dict(small_archive())
    files["content/briefings/2025/2025-09-09-draft.md"] = briefing_file(SECRET, body=SECRET, more="draft: true\n")
    root = write_tree(files)
    build_site(root)
    assert not any(SECRET.encode() in path.read_bytes() for path in (root / "site").rglob("*") if path.is_file())


def test_feeds_are_read_by_an_independent_reader(write_tree: WriteTree) -> None:
    root = write_tree(small_archive())
    build_site(root)
    feeds = sorted((root / "site").rglob("feed.xml"))
    assert len(feeds) > 10
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.feed.id.startswith("urn:uuid:")
        assert feed.entries
        assert all(entry.id and entry.link.startswith("https://example.org/briefings/") for entry in feed.entries)
        other = json.loads(path.with_suffix(".json").read_bytes())
        assert [item["id"] for item in other["items"]] == [entry.id for entry in feed.entries]


def test_a_briefing_names_its_other_forms_where_they_are_made(write_tree: WriteTree) -> None:
    def read(built: Mapping[str, bytes]) -> list[str]:
        page = html5lib.parse(built["/briefings/2025-08-16-india/"], namespaceHTMLElements=False)
        links = [(link.get("type"), link.get("href")) for link in page.iter("link") if link.get("rel") == "alternate"]
        assert all(href.removeprefix("/briefings") in built for _, href in links)
        return [kind for kind, _ in links if "feed" not in kind and "atom" not in kind]

    files = dict(small_archive())
    built = build_site(write_tree(files), publish=False).rendered
    assert read(built) == [
        "text/markdown",
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.citationstyles.csl+json",
        "application/json",
    ]
    names = re.findall(r'download="(.*?)"', built["/briefings/2025-08-16-india/"].decode())
    assert names == [f"2025-08-16-india.{ending}" for ending in ("bib", "ris", "json")], "no second citation (1).bib"
    files["content/archive.toml"] += "[pages]\nmarkdown = false\ncitations = false\napi = false\n"
    assert read(build_site(write_tree(files), publish=False).rendered) == []


def test_both_forms_of_a_redirect_lead_to_the_pair(write_tree: WriteTree) -> None:
    root = write_tree(small_archive())
    build_site(root)
    assert "/briefings/pairs/kr-in/ /briefings/pairs/in-kr/ 301" in (root / "site/_redirects").read_text(encoding="utf-8")
    page = (root / "site/pairs/kr-in/index.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/briefings/pairs/in-kr/"' in page
    assert "noindex" in page


def test_a_host_that_reads_redirects_needs_no_pages_for_them(write_tree: WriteTree) -> None:
    files = dict(small_archive())
    files["content/archive.toml"] += "[pages]\nredirects = false\n"
    files = build_site(write_tree(files), publish=False).rendered
    assert b"/briefings/pairs/kr-in/ /briefings/pairs/in-kr/ 301" in files["/_redirects"]
    assert "/pairs/kr-in/" not in files


def test_the_former_address_of_a_list_leads_on_unless_a_page_stands_there(write_tree: WriteTree) -> None:
    files = dict(small_archive())
    files["content/archive.toml"] += '[moved]\n"/sectors/chips/" = "/sectors/semiconductors/"\n"/pairs/in-kr/" = "/pairs/"\n'
    pages = build_site(write_tree(files), publish=False).rendered
    lines = pages["/_redirects"].decode().splitlines()
    assert "/briefings/sectors/chips/ /briefings/sectors/semiconductors/ 301" in lines
    assert b'href="https://example.org/briefings/sectors/semiconductors/"' in pages["/sectors/chips/"]
    assert not [line for line in lines if line.startswith("/briefings/pairs/in-kr/ ")]
    assert b"noindex" not in pages["/pairs/in-kr/"]


def test_without_pages_for_redirects_both_forms_of_an_address_lead_on_and_the_main_form_stands_first(
    write_tree: WriteTree,
) -> None:
    files = dict(small_archive())
    files["content/pages/about.md"] = files["content/pages/about.md"].replace("---\n\n", "aliases: [/old/]\n---\n\n")
    text = build_site(write_tree(files), publish=False).rendered["/_redirects"].decode()
    assert "/briefings/old /" not in text, "a host adds the slash where a page is"
    files["content/archive.toml"] += "[pages]\nredirects = false\n"
    lines = build_site(write_tree(files), publish=False).rendered["/_redirects"].decode().splitlines()
    sources = [line.split()[0] for line in lines]
    main, bare = sources[: len(text.splitlines())], sources[len(text.splitlines()) :]
    assert "\n".join(lines[: len(main)]) + "\n" == text
    assert bare == [source.rstrip("/") for source in main]
    assert "/briefings/old /briefings/about/ 301" in lines


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/about/", "/briefings/about/?page={page}"),
        ("https://example.org/errors?of=us", "https://example.org/errors?of=us&amp;page={page}"),
        ("/about/#s-form", "/briefings/about/?page={page}#s-form"),
        ("https://example.org/errors?of=us#form", "https://example.org/errors?of=us&amp;page={page}#form"),
        ("mailto:a@example.org", "mailto:a@example.org?subject=India%20and%20South%20Korea%20meet&amp;body={page}"),
        (
            "mailto:a@example.org?cc=b@example.org",
            "mailto:a@example.org?cc=b@example.org&amp;subject=India%20and%20South%20Korea%20meet&amp;body={page}",
        ),
    ],
)
def test_an_error_is_reported_with_the_address_of_the_briefing(write_tree: WriteTree, address: str, link: str) -> None:
    files = dict(small_archive())
    files["content/archive.toml"] += f'corrections = "{address}"\n'
    page = build_site(write_tree(files), publish=False).rendered["/briefings/2025-08-16-india/"].decode()
    told = "https%3A%2F%2Fexample.org%2Fbriefings%2Fbriefings%2F2025-08-16-india%2F"
    assert f'<a href="{link.format(page=told)}">Report an error</a>' in page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{publisher: A desk, url: 'https://example.org/x'}", "read it at the source named above"),
        ("{publisher: A desk}", "ask the source named above for it"),
        ("{}", "is not shown here."),
    ],
)
def test_a_text_that_is_withheld_says_where_it_can_be_read(write_tree: WriteTree, source: str, words: str) -> None:
    text = briefing_file(more=f"rights: link\nsource: {source}\n".replace("source: {}\n", ""))
    files = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered
    page = files["/briefings/a/"].decode()
    assert words in page
    assert ("named above" in page) is ("named above" in words)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.org/a?b=c&d", "https://e.org/a?b=c&d"),
        ("HTTPS://e.org/a b", "https://e.org/a%20b"),
        ("", None),
    ],
)
def test_a_source_is_a_link_where_its_address_is_whole_and_safe(write_tree: WriteTree, url: str, link: str | None) -> None:
    text = briefing_file(more=f"source: {{publisher: A desk, url: {json.dumps(url)}}}\n")
    built = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered
    sources = html5lib.parse(built["/briefings/a/"], namespaceHTMLElements=False).find(".//*[@class='sources']")
    assert [item.get("href") for item in sources.iter("a")] == [link] * bool(link)


@pytest.mark.parametrize("url", ["/pairs/", "javascript:x", "http:e.org", "e.org/a", "https://[::1"])
def test_an_address_of_a_source_that_leads_nowhere_stops_the_build(write_tree: WriteTree, url: str) -> None:
    text = briefing_file(more=f"source: {{publisher: A desk, url: {json.dumps(url)}}}\n")
    [problem] = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).problems
    assert f'"{url}" is not a whole address' in str(problem)


OUR_DESK = 'title = "An archive"\n[publisher]\nname = "Our Desk"\n'


@pytest.mark.parametrize(
    ("source", "first", "folded"),
    [
        ("{publisher: A Daily}", "Our Desk", None),
        ("{publisher: A Daily, title: India and South Korea meet}", "A Daily", None),
        ("{publisher: A Daily, title: Ministers met}", "Our Desk", "Cite the source instead"),
        ("[{publisher: A Daily}, {publisher: Another}]", "Our Desk", None),
        ("{publisher: Our Desk, title: India and South Korea meet}", "Our Desk", "Cite the source instead"),
    ],
)
def test_a_text_of_another_publisher_is_cited_as_theirs(
    write_tree: WriteTree, source: str, first: str, folded: str | None
) -> None:
    text = briefing_file(more=f"source: {source}\n")
    built = build_site(
        write_tree({"content/archive.toml": OUR_DESK, "content/briefings/2025/a.md": text}), publish=False
    ).rendered
    page = html5lib.parse(built["/briefings/a/"], namespaceHTMLElements=False)
    cite = page.find(".//section[@class='cite']")
    chicago = "".join(cite.findall("dl/div/dd")[1].itertext())
    assert first in chicago
    assert cite.findtext("details/summary") == folded
    # What stands first, before anything folded, is what the files beside it say.
    assert [item.tag for item in cite][-3 if folded else -2 :][0] == "ul"
    files = {name: built[f"/briefings/a/{name}"].decode() for name in ("citation.bib", "citation.ris", "citation.json")}
    assert all((first == "Our Desk") is ("Our Desk" in content) for content in files.values())
    (item,) = json.loads(files["citation.json"])
    tags = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    told = json.loads(page.find(".//script[@type='application/ld+json']").text)
    assert first == item.get("publisher", "Our Desk") == tags["citation_publisher"] == told["publisher"]["name"]
    assert item["title"] == tags["citation_title"] == told["headline"] == "India and South Korea meet"
    assert item["URL"] == tags["citation_public_url"] == told["url"]
    assert all(words in chicago for words in (item["title"], item["URL"]))
    assert (first == "Our Desk") is ("citation_author" in tags) is ("author" in item) is ("author" in told)


@pytest.mark.parametrize(("rights", "words"), [("full", "Text as"), ("excerpt", "This page as"), ("link", "This page as")])
def test_the_markdown_of_a_page_says_whether_it_holds_the_text(write_tree: WriteTree, rights: str, words: str) -> None:
    text = briefing_file(more=f"rights: {rights}\n")
    built = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered
    assert re.findall(r">([^<]*) Markdown<", built["/briefings/a/"].decode()) == [words]
    assert ("is not in this file" in built["/briefings/a/index.md"].decode()) is (rights != "full")


@pytest.mark.parametrize(
    ("title", "alt"),
    [
        ("Chips for two", "Chips for two · India–South Korea · 16 August 2025 · An archive"),
        ("한국과 인도", "India–South Korea · 16 August 2025 · An archive"),
    ],
)
def test_the_picture_of_a_link_is_described_as_it_is_drawn(write_tree: WriteTree, title: str, alt: str) -> None:
    files = {"content/archive.toml": OUR_DESK, "content/briefings/2025/a.md": briefing_file(title)}
    built = build_site(write_tree(files), publish=False).rendered
    assert f'<meta property="og:image:alt" content="{alt}">' in built["/briefings/a/"].decode()
    files["content/archive.toml"] += "[pages]\ncards = false\n"
    assert b"og:image" not in build_site(write_tree(files), publish=False).rendered["/briefings/a/"]


def test_a_sentence_is_quoted_once_with_all_terms_for_which_it_speaks(write_tree: WriteTree) -> None:
    body = "India & South Korea agreed on semiconductors and defence.\n\nThe visitors left."
    text = briefing_file(body=body, sectors="[semiconductors, defence, space]")
    page = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered["/briefings/a/"].decode()
    (quote,) = re.findall(r"<q data-quote>(.*?)</q>", page)
    assert quote == (
        "<mark>India</mark> &amp; <mark>South Korea</mark> agreed on <mark>semiconductors</mark> and <mark>defence</mark>."
    )
    terms = [re.findall(r">([^<]+)</a>", terms) for terms in re.findall(r'<p class="tags">(.*?)</p>', page)]
    assert terms[:2] == [["India", "South Korea", "Semiconductors", "Defence"], ["Space"]]
    assert "By the editor’s decision:" in page


@pytest.mark.parametrize(
    ("title", "countries", "by_title", "by_editor"),
    [
        ("India and France sign a space treaty", "[IN, FR, JP]", ["India", "France", "Space"], ["Japan", "Defence"]),
        ("Korea and India talk of defence", "[IN, KP]", ["India", "Defence"], ["North Korea", "Space"]),
        ("Jordan Smith praises India", "[IN, JO]", ["India"], ["Jordan", "Space", "Defence"]),
        ("Lee speaks in Delhi", "[IN, SG]", ["India"], ["Singapore", "Space", "Defence"]),
        ("A meeting", "[IN, FR]", [], ["India", "France", "Space", "Defence"]),
    ],
)
def test_what_the_title_bears_out_is_not_put_down_to_the_editor(
    write_tree: WriteTree, title: str, countries: str, by_title: list[str], by_editor: list[str]
) -> None:
    text = briefing_file(title, body="South Korea sent a minister.", sectors="[space, defence]", countries=countries, pairs="[]")
    page = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered["/briefings/a/"].decode()
    section = page.partition('<section class="evidence"')[2].partition("</section>")[0]
    said = re.findall(r'<p class="note">(.*?)</p>\s*<p class="tags">(.*?)</p>', section, re.DOTALL)
    shown = {note: re.findall(r">([^<]+)</(?:a|span)>", terms) for note, terms in said}
    named = {"In the title, not in the text:": by_title} if by_title else {}
    assert shown == {**named, "By the editor’s decision:": by_editor}
    assert "words that matched" not in section  # There is no quotation.


def test_an_excerpt_quotes_a_quarter_of_the_text_at_most(write_tree: WriteTree) -> None:
    sectors = ("semiconductors", "defence", "trade", "space", "health", "energy", "tourism", "fisheries", "climate", "culture")
    body = " ".join(
        f"India spoke with South Korea of {sector}, at length and for the {n}th time." for n, sector in enumerate(sectors)
    )
    text = briefing_file(body=body, sectors="[semiconductors, defence, trade, space, health]", more="rights: excerpt\n")
    files = build_site(write_tree({"content/briefings/2025/a.md": text}), publish=False).rendered
    page = files["/briefings/a/"].decode()
    quotes = [re.sub("<.*?>", "", quote) for quote in re.findall(r"<q data-quote>(.*?)</q>", page)]
    assert 0 < sum(map(len, quotes)) <= max(len(body) // 4, 240)
    assert "In the text, of which only a part is quoted here:" in page
    told = {item["quote"] for item in json.loads(files["/api/v1/briefings/a.json"])["evidence"]}
    assert told == set(quotes)
    assert re.findall(r"^> (.*)$", files["/briefings/a/index.md"].decode(), re.MULTILINE) == quotes


def test_the_frame_of_an_archive_in_another_language_is_english_and_its_own_words_say_their_language(
    write_tree: WriteTree,
) -> None:
    """An Arabic archive has an Arabic and an English briefing, a page, and a navigation of its own."""
    settings = (
        'title = "أرشيف"\ndescription = "ما تتفق عليه الدول"\nlanguage = "ar"\nnotice = "مثال"\n'
        'navigation = [{name = "عن الأرشيف", url = "/about/"}]\n'
    )
    files = {
        "content/archive.toml": settings,
        "content/pages/about.md": "---\ntitle: عن الأرشيف\nsummary: ما هو\n---\n\nنص.\n",
        "content/briefings/2025/2025-08-16-a.md": briefing_file(
            "الهند وكوريا", body="اجتمعوا في سيول.", more="key_points: [اجتمعوا.]\n"
        ),
        "content/briefings/2025/2025-08-16-b.md": briefing_file("India and South Korea meet", more="lang: en\n"),
    }
    built = build_site(write_tree(files), publish=False).rendered
    for url in ("/", "/about/", "/briefings/2025-08-16-a/", "/briefings/2025-08-16-b/", "/pairs/in-kr/", "/map/", "/feeds/"):
        page = html5lib.parse(built[url], namespaceHTMLElements=False)
        assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
        assert find_strays(page.find("body"), "en") == [], url


_ARABIC = re.compile("[\u0600-\u06ff]")


def find_strays(element: Element, language: str) -> list[str]:
    """Return the texts of an element that are in another language than said: Arabic script in English, or the other way."""
    language = element.get("lang", language)
    assert (element.get("dir") or "ltr") == ("rtl" if element.get("lang") == "ar" else "ltr")
    found = [text or "" for text in (element.text, *(child.tail for child in element))]
    # The archive's name stays as it is within a sentence and in a citation.
    found = [text if text.strip() == "أرشيف" and element.tag not in ("i", "bdi") else text.replace("أرشيف", "") for text in found]
    strays = [text for text in found if bool(_ARABIC.search(text)) != (language == "ar") and re.search(r"\w{3}", text)]
    return strays + [stray for child in element if child.tag != "script" for stray in find_strays(child, language)]


def test_a_page_that_was_renamed_is_found_at_its_former_address(write_tree: WriteTree) -> None:
    about = "---\ntitle: About\naliases: [/about-us/, /info.html]\n---\n\nA text.\n"
    built = build_site(write_tree({**small_archive(), "content/pages/about.md": about}), publish=False).rendered
    for alias in ("/about-us/", "/info.html"):
        assert b"/briefings/about/" in built[alias]
    assert "/briefings/about-us/ /briefings/about/ 301" in built["/_redirects"].decode()
