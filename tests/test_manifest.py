"""The comparison of two builds: what is stale and why, and how that is said."""

import pytest

from generator.fingerprint import digest_bytes
from generator.publish.manifest import Changes, compare_manifests, dump_parts, explain_page, load_parts

ONE, TWO = digest_bytes(b"1"), digest_bytes(b"2")
SITE = dump_parts({"site": ONE})
OLD = {"/": dump_parts({"site": ONE, "latest": ONE}), "/a/": SITE, "/gone/": SITE}
NEW = {"/": dump_parts({"site": ONE, "latest": TWO}), "/a/": SITE, "/new/": SITE}


def test_a_page_is_stale_when_something_that_it_shows_changed() -> None:
    assert compare_manifests(OLD, NEW) == Changes(
        {"/": "changed: latest", "/new/": "new"}, fresh=frozenset({"/a/"}), gone=frozenset({"/gone/"})
    )


def test_without_a_last_build_every_page_is_new() -> None:
    assert compare_manifests({}, NEW) == Changes(dict.fromkeys(NEW, "new"), frozenset(), frozenset())


def test_a_part_that_a_page_no_longer_shows_makes_it_stale() -> None:
    assert compare_manifests({"/": dump_parts({"site": ONE, "map": ONE})}, {"/": SITE}).stale == {"/": "changed: map"}


def test_the_parts_of_a_page_are_read_as_they_were_written() -> None:
    parts = {"site": ONE, "latest": TWO, "engine": ONE}
    assert load_parts(dump_parts(parts)) == parts


@pytest.mark.parametrize(
    ("url", "reasons", "sentences"),
    [
        (
            "/",
            {"/": "new"},
            (
                "The last build made /, because it was not there before.",
                'The next build would make it again, because something has changed since: what its template calls "latest".',
            ),
        ),
        (
            "/a/",
            {},
            (
                "The last build left /a/ as it was, because nothing that it shows had changed.",
                "The next build would leave it as it is, because nothing that it shows has changed since.",
            ),
        ),
        (
            "/a/",
            {"/a/": "changed: arguments, engine, site, template"},
            (
                "The last build made /a/ again, because something that it shows had changed: "
                "its template, the generator itself, what every page shows, what it is made of.",
                "The next build would leave it as it is, because nothing that it shows has changed since.",
            ),
        ),
        ("/new/", {}, ("/new/ is not in the site as it stands, so the next build would make it.",)),
        (
            "/gone/",
            {},
            ("/gone/ stands in the site, and the next build would take it away: nothing in the archive asks for it any more.",),
        ),
        ("/never/", {}, ()),
    ],
)
def test_why_is_said_in_sentences(url: str, reasons: dict[str, str], sentences: tuple[str, ...]) -> None:
    assert explain_page(url, reasons, compare_manifests(OLD, NEW)) == sentences
