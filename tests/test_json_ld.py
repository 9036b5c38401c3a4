"""What pages tell search engines and those who share them: what the site, its lists and its data are."""

import json
from hashlib import sha256
from typing import Any

from lxml import html

from tests.archives import ARCHIVE_TOML, small_archive
from tests.conftest import WriteTree, build_site

ARCHIVE_URL = "https://example.org/briefings/"


def read_json_ld(page: bytes) -> dict[str, Any]:
    """Return what a page says of itself to search engines, by type."""
    scripts = html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    return {found["@type"]: found for found in map(json.loads, scripts)}


def test_search_engines_are_told_what_the_site_its_lists_and_its_data_are(write_tree: WriteTree) -> None:
    files = {**small_archive(), "content/archive.toml": f'{ARCHIVE_TOML}description = "Who talks & with whom"\n'}
    built = build_site(write_tree(files), publish=False).rendered
    site = read_json_ld(built["/"])["WebSite"]
    assert (site["name"], site["url"], site["description"]) == ("Test archive", ARCHIVE_URL, "Who talks & with whom")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{ARCHIVE_URL}search/?q={{words}}"
    steps = read_json_ld(built["/pairs/in-kr/"])["BreadcrumbList"]["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Home", ARCHIVE_URL),
        ("Country pairs", f"{ARCHIVE_URL}pairs/"),
        ("India–South Korea", f"{ARCHIVE_URL}pairs/in-kr/"),
    ]
    data = read_json_ld(built["/data/"])["Dataset"]
    assert 50 <= len(data["description"]) <= 5000, "as Google wants it"
    for file in data["distribution"]:
        content = built["/data/" + file["contentUrl"].rpartition("/")[2]]
        assert (file["contentSize"], file["sha256"]) == (f"{len(content)} B", sha256(content).hexdigest())


def test_a_page_without_a_picture_of_its_own_shows_that_of_the_site(write_tree: WriteTree) -> None:
    root = write_tree(small_archive())
    build_site(root)
    picture = html.fromstring((root / "site/pairs/in-kr/index.html").read_bytes()).xpath("//meta[@property='og:image']/@content")
    assert picture == [f"{ARCHIVE_URL}card.png"]
    assert (root / "site/card.png").read_bytes().startswith(b"\x89PNG")
