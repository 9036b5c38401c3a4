"""The theme as it is written: valid HTML, small, strict, and without a style or script of its own in any page."""

import gzip
import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from lxml import etree

from generator.places import THEME
from generator.publish.markup.safety import CLASSES
from tests.archives import reader_archive
from tests.conftest import WriteTree, build_site

ATOM = "{http://www.w3.org/2005/Atom}"
TEMPLATES = sorted(path for path in THEME.rglob("*") if path.suffix in (".html", ".xml") and "assets" not in path.parts)
TYPED = {
    "data/briefings.jsonl": "application/x-ndjson",
    "data/briefings.bib": "application/x-bibtex",
    "data/briefings.ris": "application/x-research-info-systems",
    "briefings/2024-03-06-india/citation.bib": "application/x-bibtex",
    "briefings/2024-03-06-india/citation.ris": "application/x-research-info-systems",
}
BRIEFING = "briefings/2025-08-16-india/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an archive with one of everything once, and return its output."""
    root = tmp_path_factory.mktemp("archive")
    for name, text in reader_archive().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    outcome = build_site(root)
    assert not outcome.failed, outcome.problems
    return root / "site"


def read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 60
    return found


def parse(site: Path, name: str) -> etree._Element:
    tree: Any = html5lib.parse(read(site, name), treebuilder="lxml", namespaceHTMLElements=False)
    root: etree._Element = tree.getroot()
    return root


def test_every_page_parses_without_an_error(site: Path) -> None:
    for path in pages(site):
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_no_page_holds_a_style_or_a_script_of_its_own(site: Path) -> None:
    for path in pages(site):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), path
        for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert not content or 'type="application/ld+json"' in attributes, path


def test_every_page_has_one_first_heading_and_says_what_it_is(site: Path) -> None:
    for path in pages(site):
        root = parse(site, str(path.relative_to(site)))
        assert len(root.findall(".//h1")) == 1, path
        assert root.get("lang") == "en", path
        assert root.findtext(".//title"), path
        assert root.find(".//main") is not None, path


def test_ids_are_unique_on_every_page(site: Path) -> None:
    for path in pages(site):
        ids = re.findall(r'\sid="([^"]*)"', path.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids)), path


def test_every_reference_within_a_page_has_its_target(site: Path) -> None:
    for path in pages(site):
        html = path.read_text(encoding="utf-8")
        ids = set(re.findall(r'\sid="([^"]*)"', html))
        wanted = set(re.findall(r'href="#([^"]+)"', html)) | set(re.findall(r'aria-labelledby="([^"]+)"', html))
        assert wanted <= ids, path


def test_styles_and_scripts_are_named_by_their_content_and_checked(site: Path) -> None:
    root = parse(site, BRIEFING)
    for item in (*root.findall(".//script[@src]"), *root.findall(".//link[@rel='stylesheet']")):
        assert (item.get("integrity") or "").startswith("sha384-")
        assert item.get("crossorigin") == "anonymous"


def test_the_security_policy_comes_before_what_it_governs(site: Path) -> None:
    html = read(site, BRIEFING)
    assert html.index("Content-Security-Policy") < html.index("<script") < html.index("<body")


def test_a_page_names_its_address_and_its_feeds(site: Path) -> None:
    root = parse(site, "pairs/in-kr/index.html")
    assert root.find(".//link[@rel='canonical']").get("href") == "https://example.org/briefings/pairs/in-kr/"  # type: ignore[union-attr]
    feeds = [link.get("href") for link in root.findall(".//link[@rel='alternate']") if "atom" in (link.get("type") or "")]
    assert feeds == ["/briefings/pairs/in-kr/feed.xml", "/briefings/feed.xml"]


def find_headers(site: Path, path: str) -> list[tuple[str, str]]:
    """Return the headers that a host gives a file: `*` stands for whatever follows, `:name` for one part of an address."""
    found: list[tuple[str, str]] = []
    applies = False
    for line in read(site, "_headers").splitlines():
        if line.startswith("/"):
            pattern = re.sub(r":[a-z]+", "[^/]+", re.escape(line).replace(r"\*", ".*"))
            applies = bool(re.fullmatch(pattern, f"/briefings/{path}"))
        elif applies:
            name, _, value = line.strip().partition(": ")
            found.append((name, value))
    return found


def test_other_sites_may_read_what_is_made_for_programs_and_nothing_else(site: Path) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    shared = {path for path in paths if ("Access-Control-Allow-Origin", "*") in find_headers(site, path)}
    names = ("feed.xml", "feed.json", "citation.bib", "citation.ris", "citation.json", "index.md")
    assert shared == {path for path in paths if path.startswith(("api/", "data/")) or path.rpartition("/")[2] in names}
    for path in paths:
        given = [name for name, _ in find_headers(site, path)]
        assert len(given) == len(set(given)), "a host may join the values of a header that two rules give"


def test_files_whose_endings_hosts_do_not_know_have_their_types(site: Path) -> None:
    types = {path: dict(find_headers(site, path)).get("Content-Type", "").partition(";")[0] for path in TYPED}
    assert types == TYPED


def test_the_title_is_text_wherever_it_stands(tmp_path: Path) -> None:
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"
    files = {
        name: text.replace("title: India and South Korea meet", f"title: '{evil}'") for name, text in reader_archive().items()
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not build_site(tmp_path).failed
    for path in (tmp_path / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>" not in html, path
        assert "<img" not in html, path
    data = parse(tmp_path / "site", BRIEFING).find(".//script[@type='application/ld+json']")
    assert json.loads(data.text or "")["headline"] == evil  # type: ignore[union-attr]


def test_feeds_say_what_the_standard_demands(site: Path) -> None:
    for path in sorted(site.rglob("feed.xml")):
        feed = etree.parse(path).getroot()
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert element.findtext(ATOM + name), (path, name)
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None, path
        entries = feed.findall(f"{ATOM}entry")
        assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
        assert not feedparser.parse(path.read_bytes()).bozo, path


def test_a_feed_holds_the_text_as_html(site: Path) -> None:
    entry = feedparser.parse((site / "pairs/in-kr/feed.xml").read_bytes()).entries[0]
    assert entry.content[0].type == "text/html"
    assert "<strong>semiconductors</strong>" in entry.content[0].value
    assert entry.link == "https://example.org/briefings/briefings/2025-08-16-india/"


def test_sitemap_and_robots_txt_spell_every_address_in_ascii(write_tree: WriteTree) -> None:
    # Source: sitemaps.org, "Entity escaping"; RFC 9309, 2.2.2.
    files = build_site(
        write_tree(
            {
                "content/archive.toml": 'base_url = "https://münchen.example/büro/"',
                "content/briefings/2024/2024-06-03-首脳会談.md": "---\ntitle: A\ndate: 2024-06-03\n---\nText.\n",
            }
        ),
        publish=False,
    ).rendered
    base = "https://xn--mnchen-3ya.example/b%C3%BCro/"
    assert f"<loc>{base}briefings/2024-06-03-%E9%A6%96%E8%84%B3%E4%BC%9A%E8%AB%87/</loc>" in files["/sitemap.xml"].decode()
    assert files["/robots.txt"].decode().endswith(f"Sitemap: {base}sitemap.xml\n")
    assert f'"servers":[{{"url":"{base[:-1]}"}}]' in files["/api/v1/openapi.json"].decode()


def test_the_sitemap_lists_whole_addresses(site: Path) -> None:
    locations = etree.parse(site / "sitemap.xml").getroot().findall("{*}url/{*}loc")
    assert "https://example.org/briefings/map/" in {location.text for location in locations}
    assert all((location.text or "").startswith("https://example.org/briefings/") for location in locations)


def compressed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in paths)


def test_a_briefing_with_all_that_it_loads_is_small(site: Path) -> None:
    styles = list(site.glob("assets/*.css"))
    scripts = [path for path in site.glob("assets/*.js") if not path.name.startswith("search.")]
    icon = [site / "favicon.svg"]
    assert compressed(*styles) <= 12_000
    assert compressed(*scripts) <= 8_000
    assert compressed(site / BRIEFING, *styles, *scripts, *icon) <= 45_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


def test_only_layouts_write_the_skeleton() -> None:
    assert [path.parent.name for path in TEMPLATES if "<html" in path.read_text(encoding="utf-8")] == ["layouts"]


def test_the_theme_asks_nothing_of_other_hosts() -> None:
    for path in (path for path in THEME.rglob("*") if path.suffix in (".css", ".js")):
        assert not re.search(r"https?:|@import|url\((?!['\"]?data:)", path.read_text(encoding="utf-8")), path


def find_classes() -> set[str]:
    """Return the classes that templates, scripts and texts may write; `level-*` is one that ends in a value."""
    written = {name for names in CLASSES.values() for name in names} | {"table"}
    for path in TEMPLATES:
        names = " ".join(re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', path.read_text(encoding="utf-8")))
        written.update(re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "*", names)).split())
    for path in THEME.rglob("*.js"):
        written.update(" ".join(re.findall(r'(?:className =|class:) "([^"]*)"', path.read_text(encoding="utf-8"))).split())
    return written


def test_every_class_of_the_theme_has_a_rule_and_every_rule_a_class() -> None:
    sheets = "\n".join(path.read_text(encoding="utf-8") for path in THEME.rglob("*.css"))
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", sheets, flags=re.DOTALL)
    ruled = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    written = find_classes()
    assert {name for name in ruled if not any(fnmatch(name, pattern) for pattern in written)} == set()
    own = written - {name for names in CLASSES.values() for name in names}
    assert {pattern for pattern in own if not any(fnmatch(name, pattern) for name in ruled)} == set()


def test_both_dark_schemes_are_the_same() -> None:
    blocks = re.findall(r"color-scheme: dark;(.*?)\}", (THEME / "assets/css/tokens.css").read_text(encoding="utf-8"), re.DOTALL)
    switched, system = ([line.strip() for line in block.splitlines() if line.strip()] for block in blocks)
    assert switched == system


def find_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    source = (THEME / "assets/css/tokens.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", source.split(f"color-scheme: {scheme};")[1].split("}")[0]))
    pairs = [(text, ground) for text in ("ink", "ink-soft", "accent") for ground in ("paper", "paper-tint")]
    pairs += [("ink", f"level-{level}") for level in range(4)] + [("paper", "level-4"), ("paper", "level-5"), ("paper", "accent")]
    pairs += [("ink", "mark"), ("ink", "accent-tint"), ("accent", "accent-tint")]
    assert {pair: found for pair in pairs if (found := find_contrast(colours[pair[0]], colours[pair[1]])) < 4.5} == {}
