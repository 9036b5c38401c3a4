"""The dossier of a pair, and what other pages on relations share with it: complete at a glance, bounded however long the list."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.build.inputs import read_theme
from generator.build.outcome import Outcome
from generator.config import Config
from generator.model import CountryPair
from generator.places import THEME
from generator.publish.page import View
from generator.publish.pages import pairs
from generator.publish.site import make_site, plan_assets
from tests.archives import briefing_file
from tests.conftest import WriteTree, build_site
from tests.factories import make_archive_of, make_briefing

PAIR = "/pairs/in-kr/"


def course(count: int, *, start: date, step_days: int = 1, kind: str = "summit", **changes: str) -> dict[str, str]:
    """Return the files of `count` briefings on India and South Korea, one after the other."""
    days = [start + timedelta(days=number * step_days) for number in range(count)]
    return {
        f"content/briefings/{day.year}/{day}-{kind}-{number}.md": briefing_file(
            f"Talks number {number}", date=day.isoformat(), kind=kind, **changes
        )
        for number, day in enumerate(days)
    }


def read(write_tree: WriteTree, files: dict[str, str], url: str = PAIR) -> html.HtmlElement:
    """Return a page of the archive of these files."""
    built: Outcome = build_site(write_tree(files), publish=False)
    assert not built.failed, built.problems
    return html.fromstring(built.rendered[url])


def having(page: html.HtmlElement, name: str, path: str = "") -> list[html.HtmlElement]:
    """Return the elements of a class, or what an XPath finds below them."""
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]{path}")


def headings(page: html.HtmlElement) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.xpath("//main//h2")]


def texts(found: list[html.HtmlElement]) -> list[str]:
    return [item.text_content() for item in found]


def test_a_dossier_of_one_briefing_shows_it_once_and_in_full(write_tree: WriteTree) -> None:
    page = read(write_tree, course(1, start=date(2024, 3, 1), kind="contract"))
    assert texts(having(page, "card-title")) == ["Talks number 0"]
    assert not having(page, "event")
    assert "Timeline" not in headings(page)


def test_a_dossier_shows_the_latest_three_in_full_and_all_in_order(write_tree: WriteTree) -> None:
    page = read(write_tree, course(5, start=date(2024, 3, 1)))
    assert texts(having(page, "card-title")) == ["Talks number 4", "Talks number 3", "Talks number 2"]
    assert texts(having(page, "timeline", "//p[@class='event-title']")) == [
        f"Talks number {number}" for number in (4, 3, 2, 1, 0)
    ]


def test_a_dossier_whose_list_is_split_keeps_timeline_and_heat_strip(write_tree: WriteTree) -> None:
    page = read(write_tree, course(200, start=date(2023, 9, 1)))
    assert having(page, "lanes-frame", "//*[contains(@class, 'mark')]")
    assert texts(having(page, "strip", "/thead//th")) == ["Sector", "2023", "2024", "All"]
    assert [link.get("href") for link in having(page, "parts", "//a")][:2] == ["/pairs/in-kr/2024/", "/pairs/in-kr/2023/"]
    assert texts(having(page, "event-title"))[:2] == ["Talks number 199", "Talks number 198"]


def test_the_head_of_a_year_leads_to_its_agreements(write_tree: WriteTree) -> None:
    built = build_site(write_tree(course(3, start=date(2024, 3, 1), kind="agreement-signed")), publish=False)
    page = html.fromstring(built.rendered["/years/2024/"])
    assert texts(page.xpath("//dl[@class='figures']//a[@href='#agreements']")) == ["on agreements"]
    assert page.xpath("//*[@id='agreements']")


def test_every_mark_of_a_long_timeline_leads_to_a_page_of_what_it_stands_for(write_tree: WriteTree) -> None:
    built = build_site(write_tree(course(400, start=date(2023, 12, 1), kind="dialogue")), publish=False)
    for url in (PAIR, "/timeline/"):
        page = html.fromstring(built.rendered[url])
        marks = {mark.get("aria-label"): mark.get("href") for mark in having(page, "lanes-frame", "//a")}
        assert len(marks) == len(having(page, "mark"))
        assert set(marks.values()) <= built.rendered.keys()
        assert "Talks number 399" in texts(having(page, "event-title"))


@pytest.mark.parametrize(("kind", "lanes"), [("dialogue", "kind of event"), ("", "main sector")])
def test_a_timeline_says_what_its_lanes_are(write_tree: WriteTree, kind: str, lanes: str) -> None:
    page = read(write_tree, course(3, start=date(2024, 1, 1), kind=kind), "/timeline/")
    assert page.xpath(f"//*[@role='region' and @aria-label='Timeline by {lanes}']")
    assert having(page, "lead")[0].text_content() == f"Every briefing on its day, by {lanes}."


def test_agreements_are_bounded_and_say_where_the_others_are(write_tree: WriteTree) -> None:
    files = course(30, start=date(2023, 9, 1), kind="memorandum") | course(4, start=date(2023, 9, 1), kind="joint-statement")
    page = read(write_tree, files)
    assert len(having(page, "ledger", "/li")) == 20
    assert "the latest 20 of 30" in having(page, "ledger")[0].getprevious().text_content()
    assert page.xpath("//*[@id='timeline']")
    assert having(page, "figure", "//a")[0].getparent().getnext().text_content() == "30"


def test_who_was_met_is_counted_and_bounded(write_tree: WriteTree) -> None:
    people = "people: [" + ", ".join(f"Person {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(60)) + "]\n"
    files = course(1, start=date(2024, 1, 1), more="people: [Person BA]\n")
    files |= course(1, start=date(2024, 2, 1), more=people)
    section = next(item for item in having(read(write_tree, files), "facets") if item.findtext("h2") == "People")
    assert section.xpath(".//li")[0].text_content() == "Person BA 2"
    assert len(section.xpath(".//li")) == 40
    assert "And 20 others" in section.text_content()


def test_every_page_on_a_relation_has_the_parts_of_a_dossier(write_tree: WriteTree) -> None:
    more = "people: [Cho Hyun]\norganisations: [Ministry of External Affairs]\n"
    files = course(9, start=date(2023, 6, 1), step_days=60, kind="contract", more=more)
    files |= course(2, start=date(2023, 1, 1), countries="[IN, JP]", pairs="[in-jp]", step_days=400)
    built = build_site(write_tree(files), publish=False).rendered
    for url, rows in (
        (PAIR, "Sector"),
        ("/countries/in/", "Sector"),
        ("/sectors/defence/", "Pair"),
        ("/pairs/in-kr/defence/", ""),
    ):
        page = html.fromstring(built[url])
        assert {"People", "Organisations", "Agreements"} <= set(headings(page)), url
        assert having(page, "map-small"), url
        assert [item.text for item in having(page, "strip", "/thead/tr/th[1]")] == ([rows] if rows else []), url


def test_a_country_lacks_only_sectors_on_which_others_have_briefings(write_tree: WriteTree) -> None:
    files = course(9, start=date(2023, 6, 1), sectors="[defence]")
    assert "Nothing yet on" not in headings(read(write_tree, files, "/countries/in/"))
    files |= course(1, start=date(2024, 1, 1), countries="[JP, VN]", pairs="[jp-vn]", sectors="[trade, space]")
    (gaps,) = [
        item for item in having(read(write_tree, files, "/countries/in/"), "facets") if item.findtext("h2") == "Nothing yet on"
    ]
    assert gaps.xpath(".//a/@href") == ["/sectors/space/", "/sectors/trade/"]


def test_a_country_leads_from_cells_of_several_briefings_to_their_year(write_tree: WriteTree) -> None:
    files = {name: text for year in (2023, 2024) for name, text in course(2, start=date(year, 1, 1), sectors="[defence]").items()}
    page = read(write_tree, files, "/countries/in/")
    links = having(page, "strip", "//td/a")
    assert {link.get("href") for link in links} == {f"/countries/in/#y{year}" for year in (2023, 2024)}
    assert all(page.xpath(f"//*[@id='{link.get('href').partition('#')[2]}']") for link in links)
    assert {link.get("aria-label") for link in links} == {f"Defence, {year}: 2 briefings" for year in (2023, 2024)}


def test_a_pair_says_how_many_more_sectors_it_has_than_it_shows(write_tree: WriteTree) -> None:
    sectors = "[trade, space, health, climate, water, tourism, culture, labour, fisheries, finance, aviation]"
    page = read(write_tree, course(1, start=date(2024, 1, 1), sectors=sectors))
    assert texts(having(page, "overview", "//summary")) == ["3 more"]
    assert len(having(page, "overview", "//*[@class='bars']/li")) == 11


def test_a_list_of_agreements_says_which_kinds_it_counts_and_where_the_others_stand(write_tree: WriteTree) -> None:
    built = build_site(write_tree(course(4, start=date(2024, 1, 1), kind="contract")), publish=False).rendered
    for url, where in ((PAIR, "in the timeline"), ("/countries/in/", "in the list"), ("/pairs/in-kr/defence/", "in the list")):
        (title,) = html.fromstring(built[url]).xpath("//*[@id='agreements']")
        assert " ".join(title.getnext().text_content().split()) == (
            "Briefings whose kind is agreement signed, entry into force, memorandum or contract. "
            f"What was signed at summits and meetings stands {where}."
        ), url


def test_a_card_of_a_dossier_says_its_pair_only_beside_others(write_tree: WriteTree) -> None:
    files = course(1, start=date(2024, 1, 1)) | course(
        1, start=date(2024, 2, 1), kind="dialogue", countries="[IN, JP, KR]", pairs="[in-jp, in-kr, jp-kr]"
    )
    built = build_site(write_tree(files), publish=False).rendered
    for url in (PAIR, "/pairs/in-kr/defence/"):
        three, two = (texts(card.xpath(".//li/*")) for card in having(html.fromstring(built[url]), "card"))
        assert three[:4] == ["Dialogue", "India–Japan", "India–South Korea", "Japan–South Korea"], url
        assert not [name for name in two if "–" in name], url
    assert "India–South Korea" in texts(having(html.fromstring(built["/years/2024/"]), "card", "//li/*"))


def test_a_country_of_one_year_has_its_sectors_without_a_sum(write_tree: WriteTree) -> None:
    page = read(write_tree, course(2, start=date(2024, 1, 1), sectors="[trade]"), "/countries/in/")
    assert texts(having(page, "strip", "//th")) == ["Sector", "2024", "Trade"]
    assert texts(having(page, "strip", "//td")) == ["2"]


def test_a_briefing_is_offered_beside_another_or_as_related_and_never_twice(write_tree: WriteTree) -> None:
    built = build_site(write_tree(course(5, start=date(2024, 1, 1))), publish=False).rendered
    page = html.fromstring(built["/briefings/2024-01-03-summit-2/"])
    assert texts(having(page, "course", "//a")) == ["Talks number 1", "Talks number 3"]
    assert not having(page, "related")
    last = html.fromstring(built["/briefings/2024-01-05-summit-4/"])
    assert texts(having(last, "course", "//a")) == ["Talks number 3"]


def test_bars_behind_a_click_are_measured_like_those_before_it(write_tree: WriteTree) -> None:
    files = course(3, start=date(2024, 1, 1))
    for number, code in enumerate("AE AR AT AU BE BR CA CH CL CN CZ DE".split()):
        pair = "-".join(sorted(("in", code.lower())))
        files |= course(1, start=date(2023, 1, 1 + number), countries=f"[IN, {code}]", pairs=f"[{pair}]")
    bars = having(read(write_tree, files, "/countries/in/"), "overview", "//*[@class='bar']")
    assert [bar.get("viewbox") for bar in bars] == ["0 0 3 1"] * 13


def test_who_was_met_and_what_was_agreed_stand_on_pages_of_years_people_and_organisations(write_tree: WriteTree) -> None:
    more = "people: [Cho Hyun, S Jaishankar]\norganisations: [Ministry of External Affairs]\n"
    built = build_site(write_tree(course(2, start=date(2024, 1, 1), kind="contract", more=more)), publish=False).rendered
    for url, people in (
        ("/years/2024/", ["Cho Hyun 2", "S Jaishankar 2"]),
        ("/people/cho-hyun/", ["S Jaishankar 2"]),
        ("/organisations/ministry-of-external-affairs/", ["Cho Hyun 2", "S Jaishankar 2"]),
    ):
        page = html.fromstring(built[url])
        sections = {item.findtext("h2"): texts(item.xpath(".//li")) for item in having(page, "facets")}
        assert sections["People"] == people, url
        assert len(sections["Agreements"]) == 2, url
        assert ("Organisations" in sections) is not url.startswith("/organisations/"), url


CODES = ("IN", "KR", "FR", "JP", "DE", "VN", "AU", "BR", "CA", "EG", "IT", "KE")
meetings = st.tuples(
    st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(("trade", "defence", "space", "health"))
).filter(lambda meeting: meeting[0] != meeting[1])


@settings(deadline=None)
@given(st.lists(meetings, min_size=1, max_size=8) | st.lists(meetings, min_size=60, max_size=90))
def test_a_dossier_names_the_largest_other_pairs_of_both_countries_and_what_these_have_apart(
    found: list[tuple[str, str, str]],
) -> None:
    archive = make_archive_of(
        *(
            make_briefing(
                id=f"2025-08-16-{number}", countries=(one, other), pairs=(CountryPair.of(one, other),), sectors=(sector,)
            )
            for number, (one, other, sector) in enumerate(found)
        )
    )
    site = make_site(Config(), assets=plan_assets(read_theme(THEME)), pages=(), search=False, settings="archive.toml")
    views = {page.url: page.body for page in pairs.plan(archive, site) if isinstance(page.body, View)}
    for pair, countries in archive.pair_countries.items():
        context = views[pair.url].context
        others = [other for other in archive.by_pair if other is not pair and {*archive.pair_countries[other]} & {*countries}]
        others.sort(key=lambda other: (-len(archive.by_pair[other]).bit_length(), other.name))
        assert context["neighbours"] == tuple(others[: pairs.NEIGHBOURS])
        one, another = ({sector for card in archive.by_country[country] for sector in card.sectors} for country in countries)
        apart = (one & another) - archive.by_pair_sector[pair].keys()
        assert context["gaps"] == tuple(sorted(apart, key=lambda sector: sector.name))[: pairs.GAPS]
