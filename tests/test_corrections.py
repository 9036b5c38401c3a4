"""What was set right in a briefing after it had been read is said on its page, and to all who follow or cite it."""

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing

import pytest
from lxml import etree, html

from generator.build.outcome import Outcome
from tests.archives import ARCHIVE_TOML, briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.trees import read_tree

OWN = "/briefings/2025-08-16-india/"
FILE = "content/briefings/2025/2025-08-16-india.md"
NOTES = {"2025-09-02": "The talks were in Seoul, not in Busan.", "2026-01-15": "Five ships are meant, not four."}
DAYS = {"2025-09-02": "2 September 2025", "2026-01-15": "15 January 2026"}
WITHDRAWN = "withdrawn: {date: 2025-12-24, text: It never took place.}\n"
ATOM = "{http://www.w3.org/2005/Atom}"


def corrected(**settings: str) -> Mapping[str, str]:
    """Return the files of an archive in which one briefing was corrected twice."""
    more = "corrections:\n" + "".join(f"- date: {day}\n  text: {text}\n" for day, text in NOTES.items())
    files = {**small_archive(), FILE: briefing_file("India and South Korea meet", more=more)}
    files["content/archive.toml"] = ARCHIVE_TOML + "".join(f"[{table}]\n{lines}\n" for table, lines in settings.items())
    return files


@pytest.fixture
def built(write_tree: WriteTree) -> Outcome:
    outcome = build_site(write_tree(corrected()), publish=False)
    assert not outcome.failed
    return outcome


def test_the_page_says_what_was_corrected_the_latest_first(built: Outcome) -> None:
    page = html.fromstring(built.rendered[OWN])
    items = page.xpath("//section[@class='corrections']//li")
    assert [" ".join(item.text_content().split()) for item in items] == [
        f"15 January 2026: {NOTES['2026-01-15']}",
        f"2 September 2025: {NOTES['2025-09-02']}",
    ]
    [link] = page.xpath("//a[@href='#corrections']")
    assert link.text == "corrected 15 January 2026"


def test_programs_are_told_the_day_of_the_latest_correction(built: Outcome) -> None:
    page = html.fromstring(built.rendered[OWN])
    assert page.xpath("//meta[@property='article:modified_time']/@content") == ["2026-01-15"]
    [article] = [json.loads(data) for data in page.xpath("//script[@type='application/ld+json']/text()") if "Article" in data]
    assert (article["datePublished"], article["dateModified"]) == ("2025-08-16", "2026-01-15")
    sitemap = built.rendered["/sitemap.xml"].decode()
    assert re.search(rf"{OWN}</loc><lastmod>(.*?)</lastmod>", sitemap)[1] == "2026-01-15"  # type: ignore[index]
    record = json.loads(built.rendered["/api/v1/briefings/2025-08-16-india.json"])
    assert record["corrections"] == [{"date": day, "text": text} for day, text in reversed(NOTES.items())]
    assert NOTES["2025-09-02"] in built.rendered[f"{OWN}index.md"].decode()


@pytest.mark.parametrize("content", ["full", "summary"])
def test_who_follows_a_feed_is_shown_the_briefing_again_and_what_was_wrong(write_tree: WriteTree, content: str) -> None:
    files = build_site(write_tree(corrected(feeds=f'content = "{content}"')), publish=False).rendered
    feed = etree.fromstring(files["/pairs/in-kr/feed.xml"])
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in feed.iter(f"{ATOM}entry")}
    entry = entries["India and South Korea meet"]
    assert entry.findtext(f"{ATOM}published") == "2025-08-16T12:00:00Z"
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2026-01-15T12:00:01Z"
    items = json.loads(files["/pairs/in-kr/feed.json"])["items"]
    assert {item["title"]: item.get("date_modified") for item in items} == {
        title: "2026-01-15T12:00:01Z" if found is entry else None for title, found in entries.items()
    }
    shown = [entry.findtext(f"{ATOM}content"), *[item.get("content_html") for item in items if "date_modified" in item]]
    told = "".join(f"<p><em>Corrected, {day}: {NOTES[key]}</em></p>\n" for key, day in reversed(DAYS.items()))
    rest = "<p>India and South Korea met" if content == "full" else "<p>India and South Korea meet, in short.</p>"
    assert [html is not None and html.startswith(told + rest) for html in shown] == [True] * 2
    others = [found.findtext(f"{ATOM}content") for found in entries.values() if found is not entry]
    assert (None not in others) is (content == "full"), "a feed of summaries has no texts"


@pytest.mark.parametrize(("days", "moment"), [(1, "00:01"), (2, "00:02"), (75, "01:15")])
def test_who_follows_a_feed_hears_of_every_correction_of_one_day_and_of_the_day_of_publication(
    write_tree: WriteTree, days: int, moment: str
) -> None:
    note = "- {date: 2025-08-16, text: Not in Busan.}\n"
    text = briefing_file("India and South Korea meet", more=f"corrections:\n{note * days}")
    files = build_site(write_tree({**small_archive(), FILE: text}), publish=False).rendered
    feed = etree.fromstring(files["/changes/feed.xml"])
    assert [item.text for item in feed.iter(f"{ATOM}updated")] == [f"2025-08-16T12:{moment}Z"] * 2
    assert feed.findtext(f"{ATOM}entry/{ATOM}published") == "2025-08-16T12:00:00Z"
    assert json.loads(files["/changes/feed.json"])["items"][0]["date_modified"] == f"2025-08-16T12:{moment}Z"
    page = html.fromstring(files[OWN])
    assert page.xpath("//meta[@property='article:modified_time']/@content") == ["2025-08-16"]
    assert page.xpath("//a[@href='#corrections']/text()") == ["corrected 16 August 2025"]
    assert b'"dateModified": "2025-08-16"' in files[OWN]


def test_a_second_correction_of_a_day_moves_the_feed_of_another_corrected_on_it(write_tree: WriteTree) -> None:
    note = "corrections:\n- {date: 2025-09-16, text: Not in Busan.}\n"
    texts = {FILE: briefing_file("India and South Korea meet", more=note)}
    texts["content/briefings/2025/other.md"] = briefing_file("They meet again", more=note)
    files = build_site(write_tree({**small_archive(), **texts}), publish=False).rendered
    feed = etree.fromstring(files["/changes/feed.xml"])
    assert [item.text for item in feed.iter(f"{ATOM}updated")] == [f"2025-09-16T12:00:0{count}Z" for count in (3, 1, 1)]


def test_a_feed_says_what_was_wrong_where_the_text_is_withheld_too(write_tree: WriteTree) -> None:
    files = {**corrected(), FILE: corrected()[FILE].replace("corrections:", "rights: excerpt\ncorrections:")}
    feed = etree.fromstring(build_site(write_tree(files), publish=False).rendered["/feed.xml"])
    [content] = [
        entry.findtext(f"{ATOM}content") for entry in feed.iter(f"{ATOM}entry") if "2026" in entry.findtext(f"{ATOM}updated")
    ]
    assert content.startswith("<p><em>Corrected, 15 January 2026:")
    assert "Seoul on shared work" not in content


def test_who_takes_the_archive_away_has_the_corrections_too(built: Outcome) -> None:
    [row] = [row for row in csv.DictReader(built.rendered["/data/briefings.csv"].decode().splitlines()) if row["corrected"]]
    assert (row["title"], row["corrected"]) == ("India and South Korea meet", "2026-01-15")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(built.rendered["/data/briefings.sqlite"])
        found = database.execute(
            "SELECT title, corrections.date, text FROM corrections JOIN briefings ON number = briefing ORDER BY position"
        ).fetchall()
    assert found == [("India and South Korea meet", day, text) for day, text in reversed(NOTES.items())]


def test_all_that_was_set_right_or_taken_back_stands_in_one_list_the_latest_first(write_tree: WriteTree) -> None:
    note = "corrections: [{date: 2025-11-01, text: Not in Lima.}]\n"
    gone = briefing_file("Chile and Fiji meet", countries="[CL, FJ]", pairs="[cl-fj]", more=note + WITHDRAWN)
    files = build_site(write_tree({**corrected(), "content/briefings/2025/2025-08-16-chile.md": gone}), publish=False).rendered
    page = html.fromstring(files["/changes/"])
    assert [" ".join(item.text_content().split()) for item in page.xpath("//li[@class='card']")] == [
        f"15 Jan 2026 India and South Korea meet {NOTES['2026-01-15']}",
        "24 Dec 2025 Withdrawn: Chile and Fiji meet It never took place.",
        "1 Nov 2025 Withdrawn: Chile and Fiji meet Not in Lima.",
        f"2 Sep 2025 India and South Korea meet {NOTES['2025-09-02']}",
    ]
    assert page.xpath("//li[@class='card']//a/@href") == [
        f"/briefings{url}" for url in (OWN, *["/briefings/2025-08-16-chile/"] * 2, OWN)
    ]
    feed = etree.fromstring(files["/changes/feed.xml"])
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "India and South Korea meet",
        "Withdrawn: Chile and Fiji meet",
    ]
    for url in ("/briefings/", OWN, "/briefings/2025-08-16-chile/"):
        assert html.fromstring(files[url]).xpath("//a[@href='/briefings/changes/']"), url


def test_an_archive_without_corrections_has_no_such_list(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    assert not any(b"/changes/" in data for data in files.values())
    assert not any(url.startswith("/changes/") for url in files)


def test_the_foot_of_every_page_leads_to_the_list_once_there_is_one(write_tree: WriteTree) -> None:
    # Nothing here shows the texts of many, so that a page whose text is edited is made without the briefings that were corrected.
    root = write_tree(corrected(pages="search = false\ndownloads = false", feeds='content = "summary"'))

    def find_leading() -> tuple[set[str], set[str]]:
        build_site(root)
        feet = {path: data.partition(b'<footer class="colophon">')[2] for path, data in read_tree(root / "site").items()}
        return {path for path in feet if feet[path]}, {path for path in feet if b'href="/briefings/changes/"' in feet[path]}

    pages, leading = find_leading()
    assert leading == pages != set()
    other = "content/briefings/2023/2023-03-16-japan.md"
    write_tree({other: (root / other).read_text(encoding="utf-8") + "\nMore.\n"})
    assert find_leading() == (pages, pages)
    write_tree({FILE: briefing_file("India and South Korea meet")})
    assert find_leading()[1] == set()


def test_a_briefing_that_nobody_corrected_says_nothing_of_it(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    assert not any(word in files[OWN] for word in (b"orrected", b"modified_time", b"dateModified"))


def test_of_a_copy_the_page_was_corrected_and_not_the_article_of_others(write_tree: WriteTree) -> None:
    source = "source: {publisher: A Newspaper, title: India and South Korea meet, published: 2025-08-15}\n"
    files = {**corrected(), FILE: corrected()[FILE].replace("corrections:", f"{source}corrections:")}
    page = html.fromstring(build_site(write_tree(files), publish=False).rendered[OWN])
    [article] = [json.loads(data) for data in page.xpath("//script[@type='application/ld+json']/text()") if "Article" in data]
    assert "dateModified" not in article
    assert article["mainEntityOfPage"]["dateModified"] == "2026-01-15"
    assert "image" not in article, "the share card is the archive's"


def test_only_the_words_of_an_editor_are_in_the_language_of_the_site(write_tree: WriteTree) -> None:
    files = corrected()
    files = {**files, "content/archive.toml": 'language = "ko"\n' + files["content/archive.toml"]}
    page = html.fromstring(build_site(write_tree(files), publish=False).rendered[OWN])
    [section] = page.xpath("//section[@class='corrections']")
    assert [item.text for item in section.xpath("descendant-or-self::*[@lang='ko']")] == list(reversed(NOTES.values()))


def test_nothing_is_corrected_before_it_is_published(write_tree: WriteTree) -> None:
    files = {**corrected(), FILE: corrected()[FILE].replace("2025-09-02", "2025-08-15")}
    [problem] = build_site(write_tree(files), publish=False).problems
    assert "a correction is from before 2025-08-16, the date of the briefing" in str(problem)
    assert problem.where.line > 1


@pytest.mark.parametrize("content", ["full", "summary"])
def test_a_new_correction_reaches_every_file_that_says_its_day(write_tree: WriteTree, content: str) -> None:
    files = corrected(feeds=f'content = "{content}"')
    root = write_tree({**files, FILE: files[FILE].replace("2026-01-15", "2025-09-03")})
    build_site(root)
    write_tree({FILE: files[FILE]})
    assert {"/feed.xml", "/pairs/in-kr/feed.json", "/sitemap.xml", OWN} <= build_site(root).reasons.keys()
    warm = read_tree(root / "site")
    shutil.rmtree(root / "site")
    build_site(root)
    assert read_tree(root / "site") == warm
