"""Under which terms readers may reuse what an archive wrote itself, wherever they may look for it."""

import json

from lxml import etree, html

from tests.archives import ARCHIVE_TOML, briefing_file, small_archive
from tests.conftest import WriteTree, build_site

NAME, URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
OWN = "/briefings/2025-08-16-india/"
COPY = "/briefings/2025-08-20-copy/"
SOURCE = "source: {publisher: A Newspaper, title: India and South Korea meet, published: 2025-08-20}\n"


def build_licensed(write_tree: WriteTree, licence: str) -> dict[str, bytes]:
    files = {
        **small_archive(),
        "content/archive.toml": ARCHIVE_TOML + licence,
        "content/briefings/2025/2025-08-20-copy.md": briefing_file("India and South Korea meet", more=SOURCE),
    }
    return dict(build_site(write_tree(files), publish=False).rendered)


def find_licences(page: bytes) -> list[tuple[str, str]]:
    return [(link.get("href"), link.text_content()) for link in html.fromstring(page).xpath("//a[@rel='license']")]


def read_article(page: bytes) -> dict[str, object]:
    scripts = html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    found: dict[str, object] = next(data for data in map(json.loads, scripts) if data["@type"] == "Article")
    return found


def test_readers_and_programs_are_told_the_licence(write_tree: WriteTree) -> None:
    files = build_licensed(write_tree, f'[rights.licence]\nname = "{NAME}"\nurl = "{URL}"\n')
    assert find_licences(files["/"]) == [(URL, NAME)]
    assert find_licences(files["/data/"]) == [(URL, NAME)] * 2
    for description in (json.loads(files["/data/datapackage.json"]), json.loads(files["/api/v1/openapi.json"])["info"]):
        assert description["description"].endswith(f" What the archive wrote itself: {NAME}, {URL}")
    rights = etree.fromstring(files["/feed.xml"]).findtext("{http://www.w3.org/2005/Atom}rights")
    assert rights == f"The archive's own texts: {NAME}, {URL}"


def test_no_field_claims_the_licence_for_texts_of_other_publishers(write_tree: WriteTree) -> None:
    files = build_licensed(write_tree, f'[rights.licence]\nname = "{NAME}"\nurl = "{URL}"\n')
    assert not any("license" in read_article(files[url]) for url in (OWN, COPY))
    assert "licenses" not in json.loads(files["/data/datapackage.json"])
    assert "license" not in json.loads(files["/api/v1/openapi.json"])["info"]


def test_an_archive_without_a_licence_says_nothing_of_one(write_tree: WriteTree) -> None:
    files = build_licensed(write_tree, "")
    assert not any(find_licences(data) for url, data in files.items() if url.endswith("/"))
    assert not any(b"wrote itself" in files[url] for url in ("/data/datapackage.json", "/api/v1/openapi.json", OWN))
    assert b"<rights>" not in files["/feed.xml"]
