"""A withdrawn briefing leaves its title and the reason at its address, in feeds and among the changes, and nothing else."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
from lxml import etree, html

from generator.build.inputs import read_texts
from generator.check import check_site
from generator.content.briefings import dump_briefing, parse_briefing
from generator.model import Notice
from generator.places import find_places
from tests.archives import briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.factories import make_built_site

REASON = "The ministry has retracted its statement."
DAY = "2025-09-01"
ADDRESS = "/briefings/2025-08-20-retracted/"
TITLE = "Chile and Fiji agree on Zanzibarium"


def archive() -> Mapping[str, str]:
    """Return the files of an archive in which one briefing, the only one of its pair, was withdrawn."""
    text = briefing_file(
        TITLE,
        date="2025-08-20",
        countries="[CL, FJ, IN]",
        pairs="[cl-fj]",
        body="Chile and Fiji agreed on Unobtanium.",
        more=f"withdrawn: {{date: {DAY}, text: {REASON}}}\n"
        "key_points: [Unobtanium.]\naliases: [/former/]\npeople: [Ana Withdrawn]\n",
    )
    about = "---\ntitle: About\n---\n\nA text was [taken back](/briefings/2025-08-20-retracted/).\n"
    return {**small_archive(), "content/briefings/2025/2025-08-20-retracted.md": text, "content/pages/method.md": about}


def test_its_address_answers_with_the_title_and_the_reason(write_tree: WriteTree) -> None:
    page = build_site(write_tree(archive()), publish=False).rendered[ADDRESS].decode()
    assert f"<h1>{TITLE}</h1>" in page
    assert REASON in page
    assert f'Withdrawn <time datetime="{DAY}">1 September 2025</time>' in page
    assert 'content="noindex"' in page
    assert "/countries/in/" in page, "what else there is on its terms"


def test_it_leads_to_what_is_left_on_its_subjects_and_not_to_lists_that_it_emptied(write_tree: WriteTree) -> None:
    text = briefing_file("India and Fiji agree", date="2025-08-22", countries="[FJ, IN]", pairs="[fj-in]", sectors="[trade]")
    taken = text.replace("sectors: [trade]", f"sectors: [trade, space]\nwithdrawn: {{date: {DAY}, text: {REASON}}}")
    path = "content/briefings/2025/2025-08-2{}-fiji.md"
    root = write_tree({**small_archive(), path.format(2): text, path.format(3): taken.replace("-22", "-23")})
    page = html.fromstring(build_site(root, publish=False).rendered["/briefings/2025-08-23-fiji/"])
    assert page.xpath("//main//ul/li/a/@href") == [
        f"/briefings/{place}/"
        for place in ("pairs/fj-in", "pairs/fj-in/trade", "countries/fj", "countries/in", "sectors/trade", "kinds/summit")
    ]


def test_a_list_in_which_nothing_is_left_keeps_its_address_and_its_feed(write_tree: WriteTree) -> None:
    files = build_site(write_tree(archive()), publish=False).rendered
    emptied = ["/pairs/cl-fj/", "/pairs/cl-fj/semiconductors/", "/countries/fj/", "/people/ana-withdrawn/"]
    for url in emptied:
        page = html.fromstring(files[url])
        assert "Nothing left" in page.text_content()
        assert page.xpath("//ol[@class='cards']//a/@href") == [f"/briefings{ADDRESS}"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert f"Withdrawn: {TITLE}".encode() in files[f"{url}feed.xml"]
    assert not any(url in files["/sitemap.xml"].decode() for url in emptied)
    assert b"Nothing left" not in files["/countries/in/"]


def test_nothing_but_feeds_emptied_lists_and_the_list_of_changes_has_it(write_tree: WriteTree) -> None:
    files = build_site(write_tree(archive()), publish=False).rendered
    holding = {url for url, data in files.items() if b"Zanzibarium" in data or b"retracted" in data or b"Ana Withdrawn" in data}
    lists = ("", "briefings/", "countries/in/", "years/2025/", "sectors/defence/", "sectors/semiconductors/", "kinds/summit/")
    emptied = ("countries/cl/", "countries/fj/", "pairs/cl-fj/", "pairs/cl-fj/defence/", "pairs/cl-fj/semiconductors/")
    emptied += ("people/ana-withdrawn/",)
    feeds = {f"/{url}feed.{form}" for url in (*lists, *emptied, "changes/") for form in ("xml", "json")}
    pages = {ADDRESS, "/former/", "/method/", "/changes/", *(f"/{url}" for url in emptied)}
    assert holding == feeds | pages | {"/_redirects", "/api/v1/changes.json"}
    assert [url for url, data in files.items() if b"Unobtanium" in data] == []


def test_the_check_finds_no_fault_in_it_and_former_addresses_lead_there(write_tree: WriteTree) -> None:
    root = write_tree(archive())
    outcome = build_site(root, publish=False)
    texts = read_texts(find_places(root))
    site = make_built_site(
        outcome.rendered, base_url=outcome.base_url, planned=outcome.reasons, sources=outcome.sources, texts=texts
    )
    assert [problem for problem in check_site(site) if "retracted" in str(problem) or "former" in str(problem)] == []
    assert ("/briefings/former/", f"/briefings{ADDRESS}") in site.redirects


def test_the_reason_is_kept_when_the_file_is_written_again() -> None:
    briefing = parse_briefing(archive()["content/briefings/2025/2025-08-20-retracted.md"].encode(), "x.md")
    assert briefing.withdrawn == Notice(date.fromisoformat(DAY), REASON)
    assert parse_briefing(dump_briefing(briefing).encode(), "x.md").withdrawn == briefing.withdrawn


@pytest.mark.parametrize("content", ["full", "summary"])
def test_feeds_say_so_in_the_place_of_the_text(write_tree: WriteTree, content: str) -> None:
    files = archive()
    later = briefing_file("India and South Korea talk later", date="2025-08-21")
    settings = f'{files["content/archive.toml"]}[feeds]\ncontent = "{content}"\n'
    root = write_tree({**files, "content/briefings/2025/2025-08-21-later.md": later, "content/archive.toml": settings})
    rendered = build_site(root, publish=False).rendered
    feed = etree.fromstring(rendered["/countries/in/feed.xml"])
    entries = feed.findall("{*}entry")
    assert [entry.findtext("{*}title") for entry in entries][:2] == ["India and South Korea talk later", f"Withdrawn: {TITLE}"]
    assert entries[1].findtext("{*}summary") == REASON
    assert entries[1].findtext("{*}updated") == f"{DAY}T12:00:01Z" == feed.findtext("{*}updated")
    assert entries[1].find("{*}content") is None
    item = json.loads(rendered["/countries/in/feed.json"])["items"][1]
    assert (item["title"], item["content_text"], item["date_modified"]) == (f"Withdrawn: {TITLE}", REASON, f"{DAY}T12:00:01Z")


def test_the_day_is_that_of_the_withdrawal_whatever_was_corrected_later(write_tree: WriteTree) -> None:
    files = archive()
    path = "content/briefings/2025/2025-08-20-retracted.md"
    text = files[path].replace("withdrawn:", "corrections: [{date: 2026-01-02, text: Not in Suva.}]\nwithdrawn:")
    page = build_site(write_tree({**files, path: text}), publish=False).rendered[ADDRESS].decode()
    assert f'Withdrawn <time datetime="{DAY}">' in page


def test_a_pair_that_lost_its_only_briefing_is_found_from_both_sides(write_tree: WriteTree) -> None:
    files = build_site(write_tree(archive()), publish=False).rendered
    assert b"/pairs/cl-fj/" in files["/pairs/fj-cl/"]


def test_an_archive_of_which_all_was_withdrawn_says_so_and_has_no_fault(write_tree: WriteTree) -> None:
    files = {name: text for name, text in archive().items() if "/briefings/" not in name or "retracted" in name}
    root = write_tree(files)
    outcome = build_site(root, publish=False)
    assert f"Withdrawn: {TITLE}".encode() in outcome.rendered["/briefings/"]
    assert f"Withdrawn: {TITLE}".encode() in outcome.rendered["/briefings/feed.xml"]
    texts = read_texts(find_places(root))
    site = make_built_site(
        outcome.rendered, base_url=outcome.base_url, planned=outcome.reasons, sources=outcome.sources, texts=texts
    )
    assert [str(problem) for problem in check_site(site) if problem.code == "unreachable-page"] == []


def test_a_feed_of_the_latest_has_no_earlier_one_for_it(write_tree: WriteTree) -> None:
    files = archive()
    later = briefing_file("India and South Korea talk later", date="2025-08-21")
    settings = f"{files['content/archive.toml']}[feeds]\nlimit = 1\n"
    root = write_tree({**files, "content/briefings/2025/2025-08-21-later.md": later, "content/archive.toml": settings})
    feed = etree.fromstring(build_site(root, publish=False).rendered["/feed.xml"])
    assert [entry.findtext("{*}title") for entry in feed.findall("{*}entry")] == ["India and South Korea talk later"]


def test_it_stays_withdrawn_when_another_briefing_is_edited(write_tree: WriteTree) -> None:
    root = write_tree(archive())
    build_site(root)
    write_tree(
        {"content/briefings/2024/2024-03-06-india.md": briefing_file("India and South Korea talk again", date="2024-03-06")}
    )
    assert not build_site(root).failed
    page = root / f"site{ADDRESS}index.html"
    assert REASON in page.read_text(encoding="utf-8")
