"""Whichever families of pages are switched off, nothing leads to a page that is not made."""

from pathlib import Path

import pytest

from generator.build.inputs import read_texts
from generator.check import check_site
from generator.check.site import BuiltSite
from generator.config import PageSettings
from generator.places import find_places
from tests.archives import ARCHIVE_TOML, briefing_file, reader_archive
from tests.conftest import WriteTree, build_site
from tests.factories import make_built_site

FAMILIES = PageSettings.__struct_fields__
TERMS = ("countries", "pairs", "sectors", "years", "people", "organisations", "kinds")
# Every list, address and feed of the site that a navigation can name.
NAVIGATION = "pairs countries sectors years people organisations kinds map matrix timeline search data feeds briefings".split()


def archive_without(*families: str) -> dict[str, str]:
    """Return the files of an archive with lists long enough to be split, which makes all families but these."""
    links = "".join(f'[[navigation]]\nname = "{name}"\nurl = "/{name}/"\n' for name in NAVIGATION)
    switches = "".join(f"{family} = false\n" for family in families)
    notice = 'notice = "An example. See [About](/about/)."\n'
    return {
        **reader_archive(),
        "content/archive.toml": f"{ARCHIVE_TOML}{notice}{links}[lists]\nsplit = 5\n[pages]\n{switches}",
        "content/pages/about.md": "---\ntitle: About\nsummary: What this is.\n---\n\nAn archive.\n",
        "content/briefings/2020/2020-01-01-alone.md": briefing_file(
            "India alone", date="2020-01-01", countries="[IN]", pairs="[]", more="people: [Cho Hyun]\naliases: [/alone/]\n"
        ),
    }


def built(root: Path) -> BuiltSite:
    outcome = build_site(root, publish=False)
    texts = read_texts(find_places(root))
    return make_built_site(
        outcome.rendered, base_url=outcome.base_url, planned=outcome.reasons, sources=outcome.sources, texts=texts
    )


CASES = {
    "none": (),
    **{family: (family,) for family in FAMILIES},
    "terms": TERMS,
    "pairs and countries": ("pairs", "countries"),
    "all but pair_sectors": tuple(family for family in FAMILIES if family != "pair_sectors"),
    "all": FAMILIES,
}


@pytest.mark.parametrize("switched_off", [pytest.param(families, id=name) for name, families in CASES.items()])
def test_no_link_leads_to_a_family_that_is_switched_off(write_tree: WriteTree, switched_off: tuple[str, ...]) -> None:
    site = built(write_tree(archive_without(*switched_off)))
    assert [str(problem) for problem in check_site(site) if problem.code != "many-sectors"] == []
    assert len(site.documents) > 8


def test_the_pages_of_a_family_that_is_switched_off_are_not_made(write_tree: WriteTree) -> None:
    roots = {f"/{name}/" for name in (*TERMS, "map", "matrix", "timeline", "search", "data", "feeds")}
    assert roots <= built(write_tree(archive_without())).planned
    bare = built(write_tree(archive_without(*FAMILIES))).planned
    assert roots.isdisjoint(bare)
    assert {url.split("/")[1] for url in bare if url.endswith((".json", ".xml", ".md", ".bib", ".png"))} == {"sitemap.xml"}


@pytest.mark.parametrize("family", [*TERMS, "downloads", "api", "search", "feeds"])
def test_no_file_of_any_kind_names_an_address_that_is_not_made(write_tree: WriteTree, family: str) -> None:
    parts = {"downloads": "data/", "feeds": "feed.", "api": "api/"}
    part = parts.get(family, f"{family}/")
    files = build_site(write_tree(archive_without(family)), publish=False).rendered
    # `_headers` has rules for whatever may stand below these addresses.
    naming = [url for url, data in files.items() if f"/briefings/{part}".encode() in data and url != "/_headers"]
    assert naming == []


def test_a_link_to_a_former_address_is_not_broken_where_the_host_leads_on(write_tree: WriteTree) -> None:
    files = archive_without("redirects")
    files["content/pages/about.md"] += "\nSee [the pair](/pairs/kr-in/) and [another](/pairs/kr-us/).\n"
    site = built(write_tree(files))
    assert "/pairs/kr-in/" not in site.documents
    assert [str(problem) for problem in check_site(site) if problem.code == "broken-link"] == []


def test_terms_without_pages_are_plain_words(write_tree: WriteTree) -> None:
    files = build_site(write_tree(archive_without(*TERMS)), publish=False).rendered
    assert '<span class="tag">Semiconductors</span>' in files["/briefings/2025-08-16-india/"].decode()
    assert "- Semiconductors\n" in files["/briefings/2025-08-16-india/index.md"].decode()


def test_no_index_is_made_of_what_no_briefing_names(write_tree: WriteTree) -> None:
    text = "---\ntitle: India plans\ndate: 2025-01-01\ncountries: [IN]\n---\n\nIndia plans.\n"
    settings = f'{ARCHIVE_TOML}[[navigation]]\nname = "Pairs"\nurl = "/pairs/"\n'
    site = built(write_tree({"content/archive.toml": settings, "content/briefings/2025/a.md": text}))
    assert {f"/{name}/" for name in TERMS} & site.planned == {"/countries/", "/years/", "/pairs/"}
    assert check_site(site) == []
