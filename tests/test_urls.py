"""A person names a page in many ways, and each of them leads to the one that is meant."""

import pytest

from generator.publish.urls import find_address

KNOWN = {"/", "/briefings/", "/briefings/2025-08-16-india/", "/pairs/in-kr/", "/pairs/in-kr/feed.xml", "/404.html"}


@pytest.mark.parametrize(
    ("base_url", "written", "meant"),
    [
        ("https://example.org/", "/", "/"),
        ("https://example.org/", "pairs/in-kr", "/pairs/in-kr/"),
        ("https://example.org/", "/pairs/in-kr/index.html", "/pairs/in-kr/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org/", "https://example.org/pairs/in-kr/?q=chips#text", "/pairs/in-kr/"),
        ("https://example.org/", "pairs/in-kr/feed.xml", "/pairs/in-kr/feed.xml"),
        ("https://example.org/", "404.html", "/404.html"),
        ("https://example.org/archive/", "/archive/", "/"),
        ("https://example.org/archive/", "/archive", "/"),
        ("https://example.org/archive/", "/archive/pairs/in-kr", "/pairs/in-kr/"),
        ("https://example.org/archive/", "archive/pairs/in-kr/feed.xml", "/pairs/in-kr/feed.xml"),
        ("https://example.org/archive/", "http://127.0.0.1:8000/archive/pairs/in-kr/", "/pairs/in-kr/"),
        ("https://example.org/briefings/", "/briefings/", "/briefings/"),
        ("https://example.org/briefings/", "https://example.org/briefings/", "/"),
        ("https://example.org/briefings/", "https://example.org/briefings/briefings/", "/briefings/"),
        ("https://example.org/briefings/", "/briefings/2025-08-16-india/", "/briefings/2025-08-16-india/"),
        ("https://example.org/briefings/", "/briefings/briefings/2025-08-16-india/", "/briefings/2025-08-16-india/"),
        ("https://example.org/briefings/", "/briefings/pairs/in-kr/", "/pairs/in-kr/"),
        ("https://example.org/pairs", "/pairs-and-more/", "/pairs-and-more/"),
    ],
)
def test_an_address_is_found_however_it_is_written(base_url: str, written: str, meant: str) -> None:
    assert find_address(written, KNOWN, base_url=base_url) == meant
