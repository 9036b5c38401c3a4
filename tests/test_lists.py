"""Lists are split by time when they are long, and what is counted on them is what they hold."""

from datetime import date

import pytest

from generator.publish.feeds import feed_id
from generator.publish.listing import Listing
from generator.publish.page import Page, View
from generator.publish.pages.people import trace_offices
from tests.archives import briefing_file
from tests.conftest import WriteTree, plan_pages


def many(count: int, *, years: tuple[int, ...], months: tuple[int, ...] = (3, 7)) -> dict[str, str]:
    """Return the files of `count` briefings of one pair, spread over years and months."""
    files = {}
    for number in range(count):
        day = date(years[number % len(years)], months[number % len(months)], 1 + number % 28)
        files[f"content/briefings/{day.year}/{day}-b{number:03}.md"] = briefing_file(f"Briefing {number}", date=day.isoformat())
    return files


def views(pages: tuple[Page, ...]) -> dict[str, View]:
    return {page.url: page.body for page in pages if isinstance(page.body, View)}


def listing(pages: dict[str, View], url: str) -> Listing:
    found: Listing = pages[url].context["listing"].value()
    return found


def test_a_short_list_stands_on_one_page_by_year(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(10, years=(2023, 2024)))))
    assert [(group.title, group.count) for group in listing(pages, "/pairs/in-kr/").groups] == [("2024", 5), ("2023", 5)]
    assert "/pairs/in-kr/2024/" not in pages


def test_a_list_of_one_year_is_by_month_unless_it_is_short(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(10, years=(2024,)) | many(3, years=(2021,)))))
    assert [group.title for group in listing(pages, "/years/2024/").groups] == ["July 2024", "March 2024"]
    assert [(group.title, group.id) for group in listing(pages, "/years/2021/").groups] == [("2021", "y2021")]


def test_a_list_beyond_150_is_split_by_year_and_a_year_beyond_150_by_month(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(200, years=(2024,)) | many(20, years=(2021,)))))
    root = listing(pages, "/pairs/in-kr/")
    assert (root.count, root.groups[0].title, len(root.groups[0].cards)) == (220, "Latest", 10)
    assert [group.url for group in root.groups[1:]] == ["/pairs/in-kr/2024/", "/pairs/in-kr/2021/"]
    assert [(group.url, group.count) for group in listing(pages, "/pairs/in-kr/2024/").groups] == [
        ("/pairs/in-kr/2024/07/", 100),
        ("/pairs/in-kr/2024/03/", 100),
    ]
    assert len(listing(pages, "/pairs/in-kr/2024/03/").groups[0].cards) == 100


def test_a_year_beyond_150_is_split_by_month_below_its_own_page(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(200, years=(2024,)))))
    year = listing(pages, "/years/2024/")
    assert [(group.title, group.url, len(group.cards)) for group in year.groups] == [
        ("Latest", "", 10),
        ("July 2024", "/years/2024/07/", 0),
        ("March 2024", "/years/2024/03/", 0),
    ]
    march = pages["/years/2024/03/"].context["heading"]
    assert (march.title, [crumb.name for crumb in march.crumbs]) == ("March 2024", ["Home", "Years", "2024"])
    assert len(listing(pages, "/years/2024/03/").groups[0].cards) == 100
    assert "/years/2024/2024/" not in pages


def test_a_year_that_is_whole_again_keeps_the_addresses_of_its_months(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(100, years=(2024,)))))
    assert pages["/years/2024/03/"].context["target"] == "/years/2024/"
    assert "/years/2024/2024/" not in pages


def test_no_briefing_is_lost_or_shown_twice_by_splitting(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(160, years=(2022, 2023, 2024)))))
    parts = [listing(pages, f"/pairs/in-kr/{year}/") for year in (2022, 2023, 2024)]
    shown = [card.id for part in parts for group in part.groups for card in group.cards]
    assert len(shown) == len(set(shown)) == 160


def test_a_list_that_may_have_shrunk_keeps_the_addresses_of_its_parts(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(80, years=(2023, 2024)))))
    assert pages["/pairs/in-kr/2024/"].template == "pages/redirect.html"
    assert pages["/pairs/in-kr/2024/"].context["target"] == "/pairs/in-kr/"


def test_a_year_that_may_have_shrunk_keeps_the_addresses_of_its_months(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(100, years=(2024,)) | many(80, years=(2021,)) | many(20, years=(2019,)))))
    assert len(listing(pages, "/pairs/in-kr/2024/").groups[0].cards) == 50
    for year in (2024, 2021):
        assert pages[f"/pairs/in-kr/{year}/03/"].context["target"] == f"/pairs/in-kr/{year}/"
    assert "/pairs/in-kr/2019/03/" not in pages


def test_a_list_that_may_have_shrunk_keeps_the_addresses_of_its_months(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(90, years=(2024,)))))
    assert pages["/pairs/in-kr/2024/07/"].context["target"] == "/pairs/in-kr/"


def test_what_a_pair_is_about_leads_to_what_it_has_on_that(write_tree: WriteTree) -> None:
    files = {
        "content/briefings/2024/a.md": briefing_file("A", date="2024-01-01", sectors="[trade, defence]"),
        "content/briefings/2024/b.md": briefing_file("B", date="2024-01-02", sectors="[trade]"),
        "content/briefings/2024/c.md": briefing_file("C", date="2024-01-03", sectors="[space]"),
    }
    pages = views(plan_pages(write_tree(files)))
    assert [(facet.name, facet.url, facet.count) for facet in pages["/pairs/in-kr/"].context["sectors"]] == [
        ("Trade", "/pairs/in-kr/trade/", 2),
        ("Defence", "/pairs/in-kr/defence/", 1),
        ("Space", "/pairs/in-kr/space/", 1),
    ]


def test_facets_count_every_term_of_a_list_but_the_one_whose_page_it_is(write_tree: WriteTree) -> None:
    files = {
        "content/briefings/2024/a.md": briefing_file("A", date="2024-01-01", sectors="[trade, defence]"),
        "content/briefings/2024/b.md": briefing_file("B", date="2024-01-02", sectors="[trade]", kind="contract"),
    }
    pages = views(plan_pages(write_tree(files)))
    assert told(pages["/years/2024/"]) == {
        "Countries": {"India": 2, "South Korea": 2},
        "Country pairs": {"India–South Korea": 2},
        "Sectors": {"Trade": 2, "Defence": 1},
        "Kinds": {"Contract": 1, "Summit": 1},
    }
    assert told(pages["/sectors/trade/"]) == {
        "Countries": {"India": 2, "South Korea": 2},
        "Also on": {"Defence": 1},
        "Kinds": {"Contract": 1, "Summit": 1},
    }


def told(view: View) -> dict[str, dict[str, int]]:
    """Return what a page counts beside its list."""
    return {group.title: {facet.name: facet.count for facet in group.facets} for group in view.context["facets"].value()}


def test_three_parties_make_three_pairs(write_tree: WriteTree) -> None:
    text = briefing_file(countries="[JP, KR, US]", pairs="[jp-kr, jp-us, kr-us]")
    pages = views(plan_pages(write_tree({"content/briefings/2024/a.md": text})))
    assert {"/pairs/jp-kr/", "/pairs/jp-us/", "/pairs/kr-us/", "/countries/jp/"} <= pages.keys()


def test_the_order_of_a_pair_does_not_matter(write_tree: WriteTree) -> None:
    files = {
        "content/briefings/2024/a.md": briefing_file("A", pairs="[kr-in]"),
        "content/briefings/2024/b.md": briefing_file("B", pairs="[IN-KR]", countries="[KR, IN]"),
    }
    assert listing(views(plan_pages(write_tree(files))), "/pairs/in-kr/").count == 2


def test_an_archive_without_briefings_has_a_home(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree({"content/archive.toml": ""})))
    assert "/" in pages
    assert "/briefings/" in pages


def test_every_address_is_one_that_was_promised(write_tree: WriteTree) -> None:
    people = "people: [Cho Hyun]\norganisations: [MEA]\n"
    files = {"content/briefings/2025/x.md": briefing_file(more=people), "content/pages/about.md": "---\ntitle: About\n---\n"}
    pages = plan_pages(write_tree(files))
    promised = """
        / /briefings/ /briefings/x/ /briefings/x/index.md /countries/ /countries/in/ /countries/kr/ /pairs/ /pairs/in-kr/
        /pairs/kr-in/ /pairs/in-kr/semiconductors/ /sectors/ /sectors/semiconductors/ /years/ /years/2025/ /people/
        /people/cho-hyun/ /organisations/ /organisations/mea/ /kinds/ /kinds/summit/ /about/ /404.html /feed.xml /feed.json
        /pairs/in-kr/feed.xml /pairs/in-kr/semiconductors/feed.json /countries/in/feed.xml /years/2025/feed.xml
        /people/cho-hyun/feed.xml /kinds/summit/feed.json /briefings/feed.xml /sitemap.xml /robots.txt /_headers /_redirects
        /feeds/ /feeds/all.opml /feeds/pairs.opml /.nojekyll
    """.split()
    assert set(promised) <= {page.url for page in pages}


def test_the_id_of_a_feed_is_for_ever() -> None:
    assert feed_id("/pairs/in-kr/") == "urn:uuid:4613483a-97e8-5183-abd9-2acc7b1ce729"


def test_lists_are_newest_first(write_tree: WriteTree) -> None:
    pages = views(plan_pages(write_tree(many(5, years=(2021, 2022, 2023)))))
    dates = [card.date for group in listing(pages, "/countries/in/").groups for card in group.cards]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("offices", "spans"),
    [
        ([("Prime Minister", 2025), ("Prime Minister of India", 2019)], [("Prime Minister of India", 2019, 2025)]),
        ([("Foreign Minister", 2022), ("India’s Foreign Minister", 2021)], [("India’s Foreign Minister", 2021, 2022)]),
        ([("Indian Prime Minister", 2025), ("Prime Minister of India", 2019)], [("Prime Minister of India", 2019, 2025)]),
        (
            [("Ambassador of Peru to India", 2024), ("Ambassador of Peru to Fiji", 2020)],
            [("Ambassador of Peru to India", 2024, 2024), ("Ambassador of Peru to Fiji", 2020, 2020)],
        ),
        (
            [("Reserve Bank of India Governor", 2024), ("Governor of the Reserve Bank of India", 2023)],
            [("Governor of the Reserve Bank of India", 2023, 2024)],
        ),
        (
            [("Minister for Trade", 2024), ("Minister of Trade of India", 2023), ("Indian Trade Minister", 2022)],
            [("Minister of Trade of India", 2022, 2024)],
        ),
        (
            [("Prime Minister", 2025), ("Leader of the Opposition", 2018), ("Prime Minister", 2014)],
            [("Prime Minister", 2025, 2025), ("Leader of the Opposition", 2018, 2018), ("Prime Minister", 2014, 2014)],
        ),
        (
            [("President", 2025), ("President of the Senate", 2010)],
            [("President", 2025, 2025), ("President of the Senate", 2010, 2010)],
        ),
        (
            [("US Secretary of State", 2025), ("Secretary of State", 2024), ("the United States’ Secretary of State", 2023)],
            [("the United States’ Secretary of State", 2023, 2025)],
        ),
        ([("President", 2022), ("Vice President", 2014)], [("President", 2022, 2022), ("Vice President", 2014, 2014)]),
        ([("Minister", 2022), ("Prime Minister", 2022)], [("Minister", 2022, 2022), ("Prime Minister", 2022, 2022)]),
    ],
)
def test_offices_are_told_in_their_fullest_form_and_from_when_to_when(
    offices: list[tuple[str, int]], spans: list[tuple[str, int, int]]
) -> None:
    assert list(trace_offices(offices, {"india", "united states"}, {"indian", "us"})) == spans


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Special Representative for Iran", "Special Representative for Venezuela"),
        ("Ambassador in Japan", "Ambassador in India"),
        ("Chief executive of Air India", "Chief executive of Air France"),
        ("Chairman of Japan Airlines", "Chairman of Singapore Airlines"),
        ("Japan Airlines Chairman", "Singapore Airlines Chairman"),
        ("Director of the Korea Desk", "Director of the China Desk"),
        ("Korea Desk Director", "China Desk Director"),
        ("Minister for India", "Minister for Iran"),
        ("Secretary of State", "Secretary of State for India"),
    ],
)
def test_a_country_that_does_not_own_an_office_tells_it_from_others(one: str, other: str) -> None:
    countries = {"iran", "venezuela", "japan", "india", "france", "singapore", "korea", "china"}
    assert len(trace_offices([(one, 2025), (other, 2020)], countries, {"indian", "korean", "us"})) == 2


def test_the_page_of_a_person_says_which_office_was_when(write_tree: WriteTree) -> None:
    held = {2024: "Foreign Minister", 2021: "Ambassador", 2020: "Ambassador"}
    files = {
        f"content/briefings/{year}/{year}-03-01-a.md": briefing_file(
            f"Talks of {year}", date=f"{year}-03-01", more=f"people: [{{name: Cho Hyun, office: {office}}}]\n"
        )
        for year, office in held.items()
    }
    pages = views(plan_pages(write_tree(files)))
    assert pages["/people/cho-hyun/"].context["heading"].lead == "Foreign Minister (2024); Ambassador (2020–2021)"
    [row] = pages["/people/"].context["letters"][0].rows
    assert row.note == "Foreign Minister"


def test_a_long_index_of_names_is_by_letter_and_a_short_one_is_not(write_tree: WriteTree) -> None:
    names = [f"{letter}{end}" for letter in "AÉZ" for end in "abcdefghijklmnopqrstuv"]
    files = {
        "content/briefings/2024/a.md": briefing_file(
            date="2024-01-01", more=f"people: [{', '.join(names)}]\norganisations: [B, A]\n"
        )
    }
    pages = views(plan_pages(write_tree(files)))
    letters = pages["/people/"].context["letters"]
    assert [(letter.name, len(letter.rows)) for letter in letters] == [("A", 22), ("E", 22), ("Z", 22)]
    assert [(letter.name, len(letter.rows)) for letter in pages["/organisations/"].context["letters"]] == [("", 2)]
