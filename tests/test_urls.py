"""A person names a page in many ways, and each of them leads to the one that is meant."""

import pytest

from generator.publish.urls import find_address, make_redirects, parse_redirects
from generator.text import spell_host

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


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://münchen.example:8080/büro", "https://xn--mnchen-3ya.example:8080/büro"),
        ("https://STRAßE.example", "https://xn--strae-oqa.example"),
        ("https://한국.kr/", "https://xn--3e0b707e.kr/"),
    ],
)
def test_a_host_is_spelt_as_machines_look_it_up(written: str, spelt: str) -> None:
    assert spell_host(written) == spelt


def test_redirects_are_read_as_they_are_written() -> None:
    file = make_redirects("/deep/", (("/pairs/kr-in/", "/pairs/in-kr/"), ("/old/", "/new/")))
    assert parse_redirects(file) == {"/deep/pairs/kr-in/": ("/deep/pairs/in-kr/", 301), "/deep/old/": ("/deep/new/", 301)}


def test_what_others_put_into_the_redirects_is_passed_over_and_of_two_the_first_counts() -> None:
    file = b"# mine\n/a/ /b/ 302\n/a/ /c/ 301\n/d/ /e/\n/f/ /g/ \xd9\xa3\n/h/ /i/ 200\n\xff\n"
    assert parse_redirects(file) == {"/a/": ("/b/", 302)}
