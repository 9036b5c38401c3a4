"""The page of all feeds and its files: complete, readable by others, and unmoved by a briefing that brings no new list."""

import json

from lxml import etree, html

from tests.archives import briefing_file, small_archive
from tests.conftest import WriteTree, build_site

BASE = "https://example.org/briefings"


def outlines(data: bytes) -> dict[str, str]:
    """Return the feeds of an OPML file by their names."""
    return {item.get("text"): item.get("xmlUrl") for item in etree.fromstring(data).iter("outline") if item.get("xmlUrl")}


def test_the_file_of_all_feeds_holds_every_feed_of_the_site(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    feeds = {BASE + url for url in files if url.endswith("feed.xml")}
    # The list of all briefings has the same briefings as the whole site.
    assert set(outlines(files["/feeds/all.opml"]).values()) == feeds - {f"{BASE}/briefings/feed.xml"}


def test_each_family_has_a_file_of_its_own(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    assert outlines(files["/feeds/sectors.opml"]) == {
        "Defence": f"{BASE}/sectors/defence/feed.xml",
        "Semiconductors": f"{BASE}/sectors/semiconductors/feed.xml",
    }
    assert f'{BASE.removeprefix("https://example.org")}/feeds/sectors.opml"' in files["/feeds/"].decode()


def test_a_name_cannot_break_out_of_a_file(write_tree: WriteTree) -> None:
    text = briefing_file(more="people:\n- name: 'A \"B\" <C> & D'\n")
    files = build_site(write_tree({**small_archive(), "content/briefings/2025/2025-09-01-x.md": text}), publish=False).rendered
    assert 'A "B" <C> & D' in outlines(files["/feeds/people.opml"])


def test_a_briefing_on_known_terms_leaves_the_page_of_feeds_fresh(write_tree: WriteTree) -> None:
    root = write_tree(small_archive())
    build_site(root)
    write_tree({"content/briefings/2025/2025-10-01-more.md": briefing_file("India and South Korea go on", date="2025-10-01")})
    stale = build_site(root).reasons
    assert "/pairs/in-kr/" in stale
    assert not [url for url in stale if url.startswith("/feeds/")]


def test_what_else_is_published_or_corrected_on_the_latest_day_moves_the_feed(write_tree: WriteTree) -> None:
    def read_updates() -> list[str]:
        feed = etree.fromstring(build_site(root, publish=False).rendered["/feed.xml"])
        return [item.text for item in feed.iter("{*}updated") if item.text.startswith("2025-10-01")]

    root = write_tree({"content/briefings/2025/a.md": briefing_file("They meet", date="2025-10-01")})
    assert read_updates() == ["2025-10-01T12:00:00Z"] * 2
    write_tree({"content/briefings/2025/b.md": briefing_file("They agree", date="2025-10-01")})
    assert read_updates() == ["2025-10-01T12:00:01Z", *["2025-10-01T12:00:00Z"] * 2]
    note = "corrections: [{date: 2025-10-01, text: Not in Busan.}]\n"
    write_tree({"content/briefings/2025/b.md": briefing_file("They agree", date="2025-10-01", more=note)})
    assert read_updates() == [f"2025-10-01T12:00:0{count}Z" for count in (2, 1, 0)]
    write_tree({"content/briefings/2025/c.md": briefing_file("They met before", date="2025-09-01", more=note)})
    assert read_updates() == [f"2025-10-01T12:00:0{count}Z" for count in (4, 1, 0, 1)]


def test_every_pair_can_be_chosen_however_many_there_are(write_tree: WriteTree) -> None:
    codes = "AE AR AT AU BE BR CA CH CL CN CZ DE DK EG ES ET FI FR GB GR HU ID IE IL IN IT JP KE KR MX".split()
    pairs = [f"{one}-{other}".lower() for number, one in enumerate(codes) for other in codes[number + 1 :]]
    people = ", ".join(f"Person {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(401))
    text = briefing_file(countries=f"[{', '.join(codes)}]", pairs=f"[{', '.join(pairs)}]", more=f"people: [{people}]\n")
    files = build_site(write_tree({"content/briefings/2025/2025-09-01-all.md": text}), publish=False).rendered
    page = files["/feeds/"].decode()
    assert len(pairs) > 400
    assert all(f'href="/pairs/{pair}/feed.xml"' in page for pair in pairs)
    assert "/people/person-aa/feed.xml" not in page
    assert 'href="/feeds/people.opml"' in page
    assert '<ul class="names">\n</ul>' not in page


def test_links_of_a_text_lead_to_the_same_place_from_a_feed(write_tree: WriteTree) -> None:
    body = 'See [a](../b/), [c](/d/), [e](#f), [g](https://e.org/h), `<a href="../i/">` and ![j](k.png).[^1]\n\n[^1]: A note.\n'
    files = build_site(
        write_tree({**small_archive(), "content/briefings/2025/x.md": briefing_file(body=body)}), publish=False
    ).rendered
    page = f"{BASE}/briefings/x/"
    (content,) = (
        entry.findtext("{*}content") or ""
        for entry in etree.fromstring(files["/feed.xml"]).findall("{*}entry")
        if entry.find("{*}link").get("href") == page  # type: ignore[union-attr]
    )
    (item,) = (item for item in json.loads(files["/feed.json"])["items"] if item["url"] == page)
    assert item["content_html"] == content
    found = {link for element in html.fromstring(content).iter() for link in (element.get("href"), element.get("src")) if link}
    assert found == {
        *(f"{BASE}/briefings/b/", f"{BASE}/d/", f"{page}#s-f", "https://e.org/h", f"{page}k.png"),
        *(f"{page}#s-fn:1", f"{page}#s-fnref:1"),
    }
    assert 'href="../i/"' in html.fromstring(content).text_content()


SOURCE = "source: [{{publisher: A Ministry, url: https://ministry.example/}}, {{publisher: {}, title: {}, url: https://times.example/a}}]\n"


def test_a_feed_names_the_authors_of_an_article_that_is_not_ours(write_tree: WriteTree) -> None:
    source = "source: {publisher: Example Times, title: They talk, author: [{family: Rao, given: Asha}, Press Trust]}\n"
    copy = briefing_file("They talk", date="2025-09-01", more=source)
    built = build_site(write_tree({**small_archive(), "content/briefings/2025/x.md": copy}), publish=False).rendered
    entry = etree.fromstring(built["/feed.xml"]).find("{*}entry")
    assert entry is not None
    assert [name.text for name in entry.iterfind("{*}author/{*}name")] == ["Asha Rao", "Press Trust"]
    assert json.loads(built["/feed.json"])["items"][0]["authors"] == [{"name": "Asha Rao"}, {"name": "Press Trust"}]


def test_a_feed_names_the_outlet_of_an_article_whose_authors_nobody_knows(write_tree: WriteTree) -> None:
    config = small_archive()["content/archive.toml"] + '[publisher]\nname = "Our Desk"\n'
    texts = {
        "copy": briefing_file("Iran and Iraq Talk", more=SOURCE.format("Example Times", "Iran and Iraq talk")),
        "made": briefing_file("Iran, Iraq", more=SOURCE.format("Example Times", "Iran and Iraq talk")),
        "own": briefing_file("Iran and Iraq go on", more=SOURCE.format("Our Desk", "Iran and Iraq go on")),
    }
    files = {f"content/briefings/2025/2025-09-01-{name}.md": text for name, text in texts.items()}
    built = build_site(write_tree({**small_archive(), "content/archive.toml": config, **files}), publish=False).rendered
    atom = "{http://www.w3.org/2005/Atom}"
    entries = {entry.findtext(f"{atom}title"): entry for entry in etree.fromstring(built["/feed.xml"]).iter(f"{atom}entry")}
    items = {item["title"]: item for item in json.loads(built["/feed.json"])["items"]}
    outlets = {"Iran and Iraq Talk": "Example Times", "Iran, Iraq": None, "Iran and Iraq go on": None}
    for title, outlet in outlets.items():
        assert entries[title].findtext(f"{atom}author/{atom}name") == outlet
        assert [link.get("href") for link in entries[title].iter(f"{atom}link") if link.get("rel") == "via"] == [
            "https://ministry.example/",
            "https://times.example/a",
        ]
        assert items[title].get("authors") == ([{"name": outlet}] if outlet else None)
        assert items[title].get("external_url") == ("https://times.example/a" if outlet else None)


XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_each_word_of_a_feed_is_in_the_language_that_it_claims(write_tree: WriteTree) -> None:
    note = "corrections: [{date: 2025-09-02, text: Pas à Riyad.}]\n"
    arabic = {"title": "السعودية والهند", "body": "وقعت السعودية والهند مذكرة.", "countries": "[IN, SA]", "pairs": "[in-sa]"}
    config = 'language = "fr"\ndescription = "Ce que les pays signent."\n[rights.licence]\nname = "CC"\nurl = "https://cc.org/"\n'
    files = {
        **small_archive(),
        "content/archive.toml": small_archive()["content/archive.toml"] + config,
        "content/briefings/2025/ar.md": briefing_file(**arabic, more=f"lang: ar\n{note}"),
        "content/briefings/2025/gone.md": briefing_file(
            **arabic, more="lang: ar\nwithdrawn: {date: 2025-09-03, text: Jamais signé.}\n"
        ),
    }
    built = build_site(write_tree(files), publish=False).rendered
    feed = etree.fromstring(built["/pairs/in-sa/feed.xml"])
    assert feed.get(XML_LANG) == "fr"
    assert {feed.find(f"{{*}}{name}").get(XML_LANG) for name in ("subtitle", "rights")} == {"en"}  # type: ignore[union-attr]
    assert etree.fromstring(built["/feed.xml"]).find("{*}subtitle").get(XML_LANG) is None, "the archive's own words"  # type: ignore[union-attr]
    corrected, withdrawn = sorted(feed.findall("{*}entry"), key=lambda entry: len(entry.findtext("{*}title") or ""))
    assert (corrected.get(XML_LANG), withdrawn.get(XML_LANG)) == ("ar", "ar")
    assert {category.get(XML_LANG) for category in feed.iter("{*}category")} == {"en"}
    told = '<p lang="en" dir="ltr"><em>Corrected, 2 September 2025: <span lang="fr" dir="ltr">Pas à Riyad.</span></em></p>\n'
    content = corrected.findtext("{*}content")
    assert content == f'{told}<div lang="ar" dir="rtl">\n<p>وقعت السعودية والهند مذكرة.</p></div>\n'
    reason = withdrawn.find("{*}summary")
    assert reason is not None
    assert (reason.text, reason.get(XML_LANG)) == ("Jamais signé.", "fr")
    items = {item["url"]: item for item in json.loads(built["/pairs/in-sa/feed.json"])["items"]}
    assert {item["language"] for item in items.values()} == {"ar"}
    assert items[f"{BASE}/briefings/ar/"]["content_html"] == content
    link = next(link for link in html.fromstring(built["/changes/"]).iter("a") if link.get("href", "").endswith("/gone/"))
    assert (link.get("lang"), [part.get("lang") for part in link], link.text_content()) == (
        "ar",
        ["en"],
        "Withdrawn: السعودية والهند",
    )
