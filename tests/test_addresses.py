"""What is published is held against the site that is to take its place, so that no address that readers have leads nowhere."""

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check import check_site
from generator.check.addresses import find_broken_addresses, find_lost_addresses, find_taken_addresses
from generator.check.site import BuiltSite
from generator.check.sitemap import SIZE_LIMIT, Published, read_sitemap
from generator.cli import main
from generator.errors import ConfigError, Exit, Location, Severity, error
from tests.archives import briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.test_check import BASE, HOME, PATH, TOML, URL, briefing, make_site, page, published, with_page

ABOUT = "---\ntitle: About\n---\n"


def broken(site: BuiltSite) -> list[str]:
    """Return the places of what is told of published addresses: mostly these themselves."""
    return [problem.where.path for problem in find_broken_addresses(site)]


def settings(gone: str) -> Mapping[str, str]:
    return {PATH: briefing(), TOML: f"gone = [{gone}]\n"}


def test_without_a_sitemap_nothing_is_missed() -> None:
    assert broken(with_page()) == []


def test_pages_redirects_and_what_hosts_answer_are_there() -> None:
    redirects = "/archive/old/ /archive/ 301\n"
    site = make_site({"/": HOME, URL: page(URL), "/_redirects": redirects, "/feed.xml": "<feed/>"})
    there = (URL, URL.rstrip("/"), f"{URL}index.html", f"{URL}?utm=x", f"{URL}#end", "/old/", "/old", "/feed.xml", "/index.html")
    assert broken(published(site, "/", *there)) == []
    assert broken(published(site, BASE.rstrip("/"))) == []


def test_an_address_is_compared_as_it_is_meant() -> None:
    site = make_site({"/": HOME, "/old/straße.html": ""})
    same = ("http://example.org/archive/", "https://EXAMPLE.org/archive/old/stra%C3%9Fe.html", f"{BASE}old/straße.html")
    assert broken(published(site, *same)) == []
    assert broken(published(site, f"{BASE}old/Stra%C3%9Fe.html")) == ["/old/Straße.html"]


def test_what_lies_beside_the_site_is_another_s() -> None:
    others = ("https://example.org/", "https://example.org/archives/x/", "https://example.com/archive/x/", "https://[::1/x/")
    assert broken(published(with_page(), *others, "/", "/x/")) == ["/x/"]


def test_each_address_is_told_once() -> None:
    assert broken(published(with_page(), "/", "/x/", "/x/", f"{BASE}x/index.html", "/x/?page=2")) == ["/x/"]


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("/about/", Severity.ERROR),
        ("/briefings/2024-01-01-accord/", Severity.ERROR),
        ("/2019/03/story.html", Severity.ERROR),
        ("/briefings/2024/", Severity.WARNING),
        ("/pairs/in-kr/", Severity.WARNING),
        ("/pairs/in-kr/2024/", Severity.WARNING),
        ("/sectors/trade/", Severity.WARNING),
        ("/organisations/mea/", Severity.WARNING),
        ("/years/2024/03/", Severity.WARNING),
        ("/changes/", Severity.WARNING),
    ],
)
def test_pages_of_editors_are_missed_for_good_and_lists_come_and_go(address: str, severity: Severity) -> None:
    [problem] = find_broken_addresses(published(with_page(), "/", URL, address))
    assert (problem.severity, problem.where) == (severity, Location(address))
    assert problem.code == ("broken-address" if severity is Severity.ERROR else "vanished-list")


def test_what_is_given_up_is_not_missed() -> None:
    for gone in ('"/x/"', '"/x"', '"/tag/*", "/x/"', '"/*"', '"/%78/"'):
        site = published(make_site({"/": HOME}, settings(gone)), "/", "/x/", *(["/tag/a/"] if "*" in gone else []))
        assert broken(site) == []
    assert broken(published(make_site({"/": HOME}, settings('"/tag/*"')), "/", "/tags/", "/tag/")) == ["/tags/"]


def test_a_family_that_is_switched_off_is_told_once_with_its_number() -> None:
    off = {TOML: "[pages]\npair_sectors = false\npeople = false\n"}
    gone = ("/pairs/in-kr/trade/", "/pairs/in-kr/space/", "/people/a/")
    found = list(find_broken_addresses(published(make_site({"/": HOME, "/pairs/in-kr/": ""}, off), "/", *gone)))
    assert [(problem.where.line, problem.code) for problem in found] == [(2, "vanished-list"), (3, "vanished-list")]
    assert "at 1 published address below /people/" in found[1].message


def test_a_renamed_file_is_told_once_and_as_an_error_where_readers_have_its_address() -> None:
    site = make_site({"/": HOME, URL: page(URL)}, {PATH: briefing("seed: {digest: d}\n")}, seeds={"d": "met"})
    assert [problem.severity for problem in find_lost_addresses(site)] == [Severity.WARNING]
    assert [problem.severity for problem in find_lost_addresses(published(site, "/"))] == [Severity.WARNING]
    both = check_site(published(site, "/", "/briefings/met/"))
    assert [(problem.code, problem.severity) for problem in both] == [("lost-address", Severity.ERROR)]


def test_a_renamed_file_that_became_a_draft_is_told_too() -> None:
    texts = {PATH: briefing("draft: true\nseed: {digest: d}\n")}
    site = published(make_site({"/": HOME}, texts, seeds={"d": "met"}), "/", "/briefings/met/")
    assert list(find_lost_addresses(site)) == []
    assert broken(site) == ["/briefings/met/"]


def test_many_new_files_are_compared_by_their_names_alone() -> None:
    names = [f"2025-01-01-{number}-talks" for number in range(100)]
    files = {f"content/briefings/2025/{name}.md": briefing() for name in names}
    site = make_site({"/": HOME}, files, tuple(f"/briefings/{name}/" for name in names))
    old = [f"/2019/03/{number}-talks/" for number in range(50)]
    found = list(find_broken_addresses(published(site, "/", *old)))
    assert [f"{number}-talks.md" in problem.hint for number, problem in enumerate(found)] == [True] * 50
    assert "into the page that takes its place" in list(find_broken_addresses(published(site, "/", *old, "/59-talk/")))[-1].hint


def test_nothing_is_missed_where_the_site_has_an_error_of_its_own() -> None:
    site = published(with_page(), "/", URL, "/pairs/in-kr/", "/about/")
    assert {problem.code for problem in check_site(site)} == {"broken-address", "vanished-list"}
    told = error("unknown-sector", Location("content/briefings/2025/x.md", 3), "unknown sector")
    assert check_site(site, [told]) == [told]


def test_what_is_given_up_and_not_there_is_no_fault() -> None:
    assert list(find_taken_addresses(make_site({"/": HOME}, settings('"/x/", "/tag/*"')))) == []
    assert [problem.where for problem in find_taken_addresses(make_site({"/": HOME, URL: ""}, settings(f"'{URL}'")))] == [
        Location(TOML, 1, 10)
    ]


def sitemap(*addresses: str, head: str = "", kind: str = "urlset", entry: str = "url") -> bytes:
    entries = "".join(f"<{entry}><loc>{address}</loc></{entry}>\n" for address in addresses)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}<{kind} {space}>\n{entries}</{kind}>\n'.encode()


def read(files: Mapping[str, bytes], name: str = "old/sitemap.xml") -> tuple[str, ...]:
    return read_sitemap(name, files.get).addresses


def refuse(files: Mapping[str, bytes]) -> str:
    with pytest.raises(ConfigError) as told:
        read(files)
    assert told.value.exit is Exit.USAGE
    return str(told.value)


def test_a_sitemap_is_read_plain_or_compressed() -> None:
    raw = sitemap(" https://e.org/a?b=1&amp;c=2\n", "https://e.org/%C3%A9/", "https://e.org/&#233;/")
    wanted = ("https://e.org/a?b=1&c=2", "https://e.org/%C3%A9/", "https://e.org/é/")
    assert read({"old/sitemap.xml": raw}) == wanted
    assert read({"old/sitemap.xml": gzip.compress(raw)}) == wanted
    assert read({"old/sitemap.xml": sitemap()}) == ()


def test_of_an_entry_only_its_own_address_counts() -> None:
    more = '<loc>https://e.org/</loc><image:image xmlns:image="i"><image:loc>https://e.org/a.png</image:loc></image:image>'
    assert read({"old/sitemap.xml": f"<urlset><url>{more}</url></urlset>".encode()}) == ("https://e.org/",)


def test_the_parts_of_a_large_sitemap_lie_beside_it() -> None:
    index = sitemap("https://e.org/sitemap-1.xml", "https://e.org/x/sitemap-2.xml.gz?v=1", kind="sitemapindex", entry="sitemap")
    parts = {"old/sitemap-1.xml": sitemap("https://e.org/a/", "https://e.org/b/")}
    files = {"old/sitemap.xml": index, **parts, "old/sitemap-2.xml.gz": gzip.compress(sitemap("https://e.org/b/"))}
    assert read(files) == ("https://e.org/a/", "https://e.org/b/")
    assert refuse({"old/sitemap.xml": index, **parts}) == (
        "old/sitemap-2.xml.gz: there is no such file (fetch https://e.org/x/sitemap-2.xml.gz?v=1, which the index of sitemaps "
        "names, into it) [no-such-file]"
    )


FETCH = "(fetch sitemap.xml from where the site stands) [no-sitemap]"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b" \n", ": this file is no sitemap: it is empty"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>Not found</title>", ": this file is no sitemap: it is a web page"),
        (b"<HTML><p>", ": this file is no sitemap: it is a web page"),
        (b"<rss><channel/></rss>", ": this file is no sitemap: it begins with <rss> instead of <urlset>"),
        (
            b"<urlset>\n<url>",
            ":2:6: this file is no sitemap: it is not well-formed XML: Premature end of data in tag url line 2",
        ),
        (gzip.compress(sitemap())[:-9], ": this file is no sitemap: what is compressed in it ends too early"),
        (b"\x1f\x8b\x08zzz", ": this file is no sitemap: what is compressed in it is damaged"),
        (
            gzip.compress(b"<" * (SIZE_LIMIT + 9)),
            ": this file is no sitemap: it has more than 52,428,800 bytes, which no sitemap may",
        ),
        (
            sitemap("https://e.org/..", kind="sitemapindex", entry="sitemap"),
            ': this file is no sitemap: it names a part at "https://e.org/..", which is no file',
        ),
        (
            sitemap("https://[::1", kind="sitemapindex", entry="sitemap"),
            ': this file is no sitemap: it names a part at "https://[::1", which is no file',
        ),
        (
            sitemap("https://e.org/sitemap.xml", kind="sitemapindex", entry="sitemap"),
            ": this file is no sitemap: it is an index of sitemaps, and named by another one, old/sitemap.xml",
        ),
    ],
)
def test_what_is_no_sitemap_is_told_in_a_sentence(raw: bytes, said: str) -> None:
    assert refuse({"old/sitemap.xml": raw}) == f"old/sitemap.xml{said} {FETCH}"


def test_a_sitemap_that_is_not_there_is_told() -> None:
    assert refuse({}) == "old/sitemap.xml: there is no such file [no-such-file]"


def test_no_entity_of_a_sitemap_is_expanded_and_none_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    entities = f'<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "{(tmp_path / "secret").as_uri()}">'
    for inner in ("&l11;", "&file;"):
        raw = sitemap(f"https://e.org/{inner}", head=f"<!DOCTYPE urlset [{entities}]>")
        try:
            found = read({"old/sitemap.xml": raw})
        except ConfigError:  # As some versions of the parser take it.
            continue
        assert found == ("https://e.org/",)


def test_no_entity_is_expanded_in_an_attribute_either() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    raw = f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]><urlset a="&l11;"/>'.encode()
    assert "is no sitemap: it is not well-formed XML" in refuse({"old/sitemap.xml": raw})


@given(st.one_of(st.binary(max_size=200), st.text(max_size=60).map(sitemap)))
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    try:
        found = read_sitemap("sitemap.xml", {"sitemap.xml": raw}.get)
    except ConfigError:
        return
    assert broken(replace(with_page(), published=found)) is not None


@pytest.fixture
def root(write_tree: WriteTree) -> Path:
    """Return an archive whose site is published, with its sitemap at `published.xml`."""
    root = write_tree({**small_archive(), "content/pages/method.md": ABOUT.replace("About", "Method")})
    assert not build_site(root).failed
    shutil.move(root / "site/sitemap.xml", root / "published.xml")
    shutil.rmtree(root / "site")
    return root


def check(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, name: str = "published.xml") -> tuple[int, list[str]]:
    code = main(["-C", str(root), "check", "--jobs", "1", "--published", name, *arguments])
    said = capsys.readouterr().out.splitlines()
    return code, [line for line in said if not line.endswith(("[unreachable-page] (warning)", "[missing-source] (warning)"))]


def places(lines: list[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines]


INDIA = "content/briefings/2025/2025-08-16-india.md"
JAPAN = "content/briefings/2023/2023-03-16-japan.md"


def test_a_site_has_all_addresses_of_its_own_sitemap(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "<loc>https://example.org/briefings/pairs/in-kr/</loc>" in (root / "published.xml").read_text(encoding="utf-8")
    assert check(root, capsys) == (Exit.CLEAN, [])
    assert check(root, capsys, name=str(root / "published.xml")) == (Exit.CLEAN, [])
    assert not (root / "site").exists()


def test_a_page_that_is_renamed_needs_its_former_address(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/pages/method.md").rename(root / "content/pages/methods.md")
    code, lines = check(root, capsys)
    assert (code, places(lines)) == (Exit.FINDINGS, ["/method/"])
    assert 'write "aliases: [/method/]" into content/pages/methods.md if that takes its place' in lines[0]
    (root / "content/pages/methods.md").write_text("---\ntitle: Methods\naliases: [/method/]\n---\n", encoding="utf-8")
    assert check(root, capsys) == (Exit.CLEAN, [])


def test_a_briefing_without_a_seed_that_is_renamed_or_deleted_is_missed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / INDIA).rename(root / "content/briefings/2025/2025-08-16-indian.md")
    (root / JAPAN).unlink()
    code, lines = check(root, capsys)
    pages = [line for line in lines if "[broken-address]" in line]
    assert (code, places(pages)) == (Exit.FINDINGS, ["/briefings/2023-03-16-japan/", "/briefings/2025-08-16-india/"])
    assert "into content/briefings/2025/2025-08-16-indian.md if that takes its place" in pages[1]
    (root / "content/archive.toml").write_text(
        'base_url = "https://example.org/briefings/"\ngone = ["/briefings/2023-03-16-japan/", "/briefings/2025-08-16-india/"]\n',
        encoding="utf-8",
    )
    code, lines = check(root, capsys)
    assert code == Exit.CLEAN
    assert all("[vanished-list]" in line for line in lines)


def test_a_published_text_that_becomes_a_draft_is_missed_at_its_key(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (root / INDIA).read_text(encoding="utf-8")
    (root / INDIA).write_text(text.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    code, lines = check(root, capsys, "-q")
    assert (code, places(lines)) == (Exit.FINDINGS, [f"{INDIA}:2:1"])
    assert check(root, capsys, "--drafts")[0] == Exit.CLEAN


def test_a_translation_that_waits_for_its_original_is_missed_at_its_key(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, key in ((INDIA, "draft: true"), (JAPAN, "lang: ja\ntranslation_of: 2025-08-16-india")):
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace("---\n", f"---\n{key}\n", 1), encoding="utf-8")
    code, lines = check(root, capsys)
    told = [line for line in lines if "[broken-address]" in line]
    assert (code, places(told)) == (Exit.FINDINGS, [f"{JAPAN}:3:1", f"{INDIA}:2:1"])
    assert '"2025-08-16-india" is a draft' in told[0]
    assert not [line for line in lines if "[waiting-translation]" in line], "the error says it already"


def test_a_translation_whose_address_is_given_up_still_is_told_to_wait(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, key in ((INDIA, "draft: true"), (JAPAN, "lang: ja\ntranslation_of: 2025-08-16-india")):
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace("---\n", f"---\n{key}\n", 1), encoding="utf-8")
    settings = (root / "content/archive.toml").read_text(encoding="utf-8")
    (root / "content/archive.toml").write_text(f'gone = ["/briefings/*"]\n{settings}', encoding="utf-8")
    told = [line for line in check(root, capsys)[1] if line.startswith("content/briefings/")]
    assert places(told) == [f"{JAPAN}:3:1"]
    assert "[waiting-translation]" in told[0]


def test_what_is_withdrawn_and_the_lists_that_it_leaves_empty_are_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (root / JAPAN).read_text(encoding="utf-8")
    withdrawn = "withdrawn: {date: 2025-08-20, text: It was wrong.}\n---\n\n"
    (root / JAPAN).write_text(text.replace("---\n\n", withdrawn, 1), encoding="utf-8")
    assert check(root, capsys) == (Exit.CLEAN, [])


def test_tags_may_be_put_right_though_lists_vanish(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (JAPAN, "content/briefings/2023/2023-08-18-three.md"):
        text = briefing_file("They meet", date=path.rpartition("/")[2][:10], countries="[IN, KR]", pairs="[in-kr]")
        (root / path).write_text(text, encoding="utf-8")
    code, lines = check(root, capsys)
    assert code == Exit.CLEAN
    assert {"/pairs/jp-kr/", "/countries/jp/", "/pairs/jp-kr/semiconductors/"} <= set(places(lines))
    assert all(line.endswith("[vanished-list] (warning)") for line in lines)


def test_a_list_that_is_split_otherwise_keeps_its_addresses(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (root / "content/archive.toml").read_text(encoding="utf-8")
    (root / "content/archive.toml").write_text(f"{settings}[lists]\nsplit = 2\n", encoding="utf-8")
    assert not build_site(root).failed
    assert "/countries/kr/2023/</loc>" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    (root / "content/archive.toml").write_text(f"{settings}[lists]\nsplit = 4\n", encoding="utf-8")
    assert check(root, capsys, name="site/sitemap.xml") == (Exit.CLEAN, [])


def test_redirects_count_on_hosts_that_read_no_pages_for_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (root / "content/archive.toml").read_text(encoding="utf-8")
    (root / "content/archive.toml").write_text(f"{settings}[pages]\nredirects = false\n", encoding="utf-8")
    (root / "content/pages/method.md").rename(root / "content/pages/methods.md")
    (root / "content/pages/methods.md").write_text("---\ntitle: Methods\naliases: [/method/]\n---\n", encoding="utf-8")
    assert check(root, capsys) == (Exit.CLEAN, [])


def test_a_site_that_moves_is_told_so_in_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = check(root, capsys, "-b", "https://new.example/")
    assert (code, places(lines)) == (Exit.CLEAN, ["published.xml"])
    assert lines[0].endswith("[foreign-sitemap] (warning)")


def test_a_fault_of_content_is_told_without_what_it_leaves_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / INDIA).write_text(briefing_file(sectors="[semicondctors]"), encoding="utf-8")
    code, lines = check(root, capsys)
    assert code == Exit.FINDINGS
    assert ["[unknown-sector]" in line for line in lines] == [True]


@pytest.mark.parametrize("name", ["nothing.xml", "content", "content/archive.toml"])
def test_what_cannot_be_a_sitemap_ends_the_command(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, lines = check(root, capsys, name=name)
    assert code == Exit.USAGE
    assert len(lines) == 1
    assert lines[0].startswith(name)


def test_a_site_that_moved_as_a_whole_is_compared_by_names_alone() -> None:
    """To find what is nearest to each of ten thousand addresses would take minutes."""
    old = Published("published.xml", (BASE, *(f"{BASE}old/{number}-talks/" for number in range(10_000))))
    files = {f"content/briefings/2025/2025-01-01-{number}-talk.md": briefing() for number in range(200)}
    found = list(find_broken_addresses(replace(make_site({"/": HOME}, files), published=old)))
    assert len(found) == 10_000
    assert all("into the page that takes its place" in problem.hint for problem in found)
