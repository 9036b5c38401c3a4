"""The search page and the quick jump, in a real browser, against an index of their own."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from generator.config import Config, PageSettings
from generator.files import walk
from generator.model import CountryPair, Organisation, Person, Source
from generator.places import THEME
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.pages import briefings, search
from generator.publish.render import render_page
from generator.publish.search import make_segments, plan_search, plan_segments, shards
from generator.publish.search.words import HOME_LENGTH, STOP_WORDS, split_words
from generator.publish.site import make_site, plan_assets
from generator.publish.templating import make_environment
from generator.publish.urls import output_path
from tests.browser.conftest import _serve
from tests.factories import make_archive_of, make_briefing

COUNTRIES = (("IN", "KR"), ("JP", "KR"), ("IN", "JP"), ("DE", "IN"), ("TR", "US"))
SECTORS = ("semiconductors", "trade", "space", "shipbuilding")
KINDS = ("summit", "dialogue", "contract")
LANGUAGES = ("en", "en", "en", "hi", "ko")
# One text in five is of another script; each has a word of its own.
TITLES = {
    "en": "Ministers sign accord number {} in Geneva",
    "hi": "भारत और जापान ने समझौता {} किया",
    "ko": "한국과 인도가 반도체 협정 {} 체결",
}
RARE = "aardvark basilisk cormorant dragonfly echidna falcon gazelle hedgehog ibex jackal".split()


def make_archive() -> Archive:
    """Return 60 briefings over five years, whose terms go round in circles of different lengths."""
    archive = []
    for number in range(60):
        day = date(2021, 1, 20) + timedelta(days=30 * number)
        countries = COUNTRIES[number % 5]
        lang = LANGUAGES[number * 7 // 5 % 5]
        archive.append(
            make_briefing(
                id=f"{day}-b{number:02}",
                date=day,
                title=TITLES[lang].format(f"N{number:02}"),
                summary=f"A summary of accord N{number:02}.",
                key_points=(),
                body=f"The joint venture met the {RARE[number % 10]} council.\n\nA joint plan for the venture came on wafers.",
                countries=countries,
                pairs=(CountryPair(*countries),),
                sectors=(SECTORS[number % 4],),
                kind=KINDS[number % 3],
                lang=lang,
                # One in two has two.
                sources=tuple(
                    Source(publisher=f"Gazette {'ABCDEFGHIJ'[at % 10]}") for at in range(number, number + 1 + number % 2)
                ),
                people=(),
                organisations=(),
            )
        )
    archive[3] = make_briefing(
        id="2020-05-05-odd", date=date(2020, 5, 5), title="<img src=x onerror=alert(1)> & “quotes” of 2022"
    )
    return make_archive_of(*archive)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive()


def write_search(archive: Archive, folder: Path, **settings: Any) -> None:
    """Write the search page of an archive with these settings, its index and its texts, below a path."""
    theme = {name: (THEME / name).read_bytes() for name in walk(THEME)}
    assets = plan_assets(theme)
    site = make_site(
        Config(base_url="http://localhost/some/path/", **settings), assets=assets, pages=[], search=True, settings="archive.toml"
    )
    templates = {name: data.decode() for name, data in theme.items() if not name.startswith("assets/")}
    environment = make_environment(templates, base_url=site.base_url)
    plans = plan_segments(archive.articles)
    index = plan_search(archive, site, plans=plans, segments=list(make_segments(plans)))
    texts = [page for page in briefings.plan_texts(archive.articles, archive, site) if page.url.endswith("index.md")]
    for page in (*assets, *search.plan(archive, site), *index, *texts):
        path = folder / "some/path" / output_path(page.url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_page(page, environment))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give the address of its search page."""
    server = _serve(folder)
    yield f"http://127.0.0.1:{server.server_address[1]}/some/path/search/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the search page of the small archive."""
    folder = tmp_path_factory.mktemp("search")
    write_search(archive, folder)
    with served(folder) as address:
        yield address


# Shows all results at once, as after coming back to a long list, and returns their ids. The clock of the page may stand.
SHOW_ALL = """async () => {
  const list = document.querySelector("[data-results]");
  history.replaceState({ shown: 1000 }, "");
  dispatchEvent(new PopStateEvent("popstate"));
  const busy = { attributeFilter: ["aria-busy"] };
  while (list.hasAttribute("aria-busy")) await new Promise((resolve) => new MutationObserver(resolve).observe(list, busy));
  return [...list.querySelectorAll(".result-title a")].map((link) => link.pathname.split("/").at(-2));
}"""


class Searcher:
    """A window at the search page, with what a reader would do there; errors of the page are kept as faults."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: self.requests.append(request.url))
        self.input = page.locator("[data-query]")
        self.status = page.locator("[data-status]")
        self.notes = page.locator("[data-notes]")
        self.pages = page.locator("[data-pages] a")
        self.links = page.locator(".result-title a")

    def open(self, query: str = "") -> None:
        self.page.goto(self.address + query)

    def type(self, words: str) -> None:
        self.input.fill(words)
        self.input.press("Enter")

    def settle(self) -> None:
        """Wait until what is shown answers the address."""
        expect(self.status).to_have_text(re.compile("found|has|have|matches"))
        expect(self.page.locator("[data-results]")).not_to_have_attribute("aria-busy", "true")

    def ids(self) -> list[str]:
        """Return the ids of all results."""
        self.settle()
        found: list[str] = self.page.evaluate(SHOW_ALL)
        return found

    def facet(self, family: str, key: str) -> tuple[str, int]:
        """Return the words and the count beside a value of a facet."""
        row = self.page.locator("label", has=self.page.locator(f'[id="facet-{family}-{key}"]'))
        name, count = row.inner_text().rsplit(maxsplit=1)
        return name.strip(), int(count)


Open = Callable[..., Searcher]


@pytest.fixture(scope="module")
def standing(browser: Browser, address: str) -> Iterator[Searcher]:
    """Return the window that most tests use in turn: a new one is a new process, which takes longer than a test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Searcher(context.new_page(), address)
    context.close()


@pytest.fixture
def searcher(browser: Browser, address: str, standing: Searcher) -> Iterator[Open]:
    """Return a function that opens the search page; in a window of its own where it asks for anything special."""
    contexts = []

    def open_window(query: str = "", **special: Any) -> Searcher:
        window = standing
        if special:
            special["viewport"] = {"width": special.pop("width", 1280), "height": 900}
            contexts.append(browser.new_context(reduced_motion="reduce", **special))
            window = Searcher(contexts[-1].new_page(), address)
        window.open(query)
        return window

    yield open_window
    for context in contexts:
        context.close()
    # What a page that is left still asks for, and its faults, are not those of the next test.
    standing.page.goto("about:blank")
    standing.page.unroute_all()
    standing.faults.clear()
    standing.requests.clear()


def scan(archive: Archive, *words: str) -> set[str]:
    """Return the ids of the briefings that have all words as they stand: what a search must find."""
    found = set()
    for article in archive.articles:
        card, briefing = article.card, article.briefing
        texts = [
            card.title,
            card.summary,
            briefing.body,
            *(source.publisher for source in briefing.sources),
            *briefing.key_points,
        ]
        texts += [term.name for term in (*card.countries, *card.sectors, *card.people, *card.organisations)]
        texts += [card.kind.name if card.kind else ""]
        seen = {word for text in texts for word in split_words(text)}
        if seen.issuperset(words):
            found.add(card.id)
    return found


@pytest.mark.parametrize(
    "query", ["aardvark", "aardvark geneva", "accord N07", "Basilisk COUNCIL ministers", "반도체", "समझौता", "wafers"]
)
def test_results_are_those_of_a_plain_scan(searcher: Open, archive: Archive, query: str) -> None:
    window = searcher()
    window.type(query)
    assert set(window.ids()) == scan(archive, *(word for word in split_words(query) if word not in STOP_WORDS))
    assert window.faults == []


def test_results_come_while_typing(searcher: Open) -> None:
    window = searcher()
    window.input.press_sequentially("aardv", delay=20)
    expect(window.page).to_have_url(re.compile(r"\?q=aardv$"))
    expect(window.status).to_have_text("6 briefings found.")


@pytest.mark.parametrize(
    ("query", "others", "said"),
    [
        ("aardvrak", ["aardvark"], "searched for aardvark"),
        ("cormorrant", ["cormorant"], "searched for cormorant"),
        # A letter doubled at the wrong place is two slips.
        ("acorrd", ["accord"], "searched for accord"),
        ("drag*", ["dragonfly"], ""),
        ("dragon-fly", ["dragonfly"], ""),
    ],
)
def test_spelling_and_beginnings_are_forgiven(searcher: Open, archive: Archive, query: str, others: list[str], said: str) -> None:
    window = searcher()
    window.type(query)
    assert set(window.ids()) == scan(archive, *others)
    expect(window.notes).to_contain_text(said)


@pytest.mark.parametrize("query", ["plas", "rouncil"])
def test_a_short_word_or_one_that_begins_otherwise_is_not_spelt_otherwise(searcher: Open, query: str) -> None:
    window = searcher()
    window.type(query)
    expect(window.status).to_have_text(f"No briefing has “{query}”.")
    expect(window.notes).to_have_text("")


def test_korean_chips_are_read_as_south_korea_and_semiconductors(searcher: Open, archive: Archive) -> None:
    window = searcher()
    window.type("Korean chips")
    wanted = {
        card.id
        for card in archive.cards
        if "kr" in {t.key for t in card.countries} and "semiconductors" in {t.key for t in card.sectors}
    }
    assert wanted <= set(window.ids())
    expect(window.notes).to_contain_text("Read as South Korea (“Korean”) + Semiconductors (“chips”).")


@pytest.mark.parametrize("dash", ["–", "-", "/", "\u2011"])  # The first as in the names of pairs.
def test_countries_joined_by_a_dash_are_read_one_by_one(searcher: Open, archive: Archive, dash: str) -> None:
    window = searcher()
    window.type(f"India{dash}Korea, chips.")
    expect(window.notes).to_contain_text("Read as South Korea (“Korea”) + Semiconductors (“chips”).")
    assert set(window.ids()) == {
        card.id
        for card in archive.cards
        if {"in", "kr"} <= {term.key for term in card.countries} and "semiconductors" in {term.key for term in card.sectors}
    }


PEOPLE = {
    "visit": ("Narendra Modi", "Moon Jae-in"),
    "call": ("Narendra Modi", "Kim Yong-hwan", "Kim Bora", "S. Jaishankar", "Ferdinand Marcos Jr.", "Luiz Inácio Lula da Silva"),
}


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Return a function that serves an archive with people, of these settings, and gives the address of its search page."""
    archive = make_archive_of(
        *(
            make_briefing(
                id=name, title=f"The {name}", people=tuple(map(Person, people)), organisations=(), sectors=("clean-energy",)
            )
            for name, people in PEOPLE.items()
        ),
        make_briefing(
            id="tariffs", title="Tariffs", people=(), sectors=("trade",), countries=("IN", "JP"), pairs=(CountryPair("IN", "JP"),)
        ),
    )
    with ExitStack() as servers:

        def serve(**settings: Any) -> str:
            folder = tmp_path_factory.mktemp("met")
            write_search(archive, folder, **settings)
            return servers.enter_context(served(folder))

        yield serve


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("india", {"India": "countries/in"}),
        ("india japan", {"India": "countries/in", "Japan": "countries/jp", "India–Japan (1 briefing)": "pairs/in-jp"}),
        ("Indo-Korean ties", {"South Korea": "countries/kr"}),
        ("renewables", {"Clean energy": "sectors/clean-energy"}),
        ("modi", {"Narendra Modi": "people/narendra-modi"}),
        ("kim visits", {"Kim Bora": "people/kim-bora", "Kim Yong-hwan": "people/kim-yong-hwan"}),
        ("yong", {}),
        ("Yong-hwan", {"Kim Yong-hwan": "people/kim-yong-hwan"}),
        ("modi’s visit", {"Narendra Modi": "people/narendra-modi"}),
        ('India\'s "in 2023"', {"India": "countries/in"}),
        # Who is named in full is nobody else of that name.
        ("Kim Bora Jaishankar", {"Kim Bora": "people/kim-bora", "S. Jaishankar": "people/s-jaishankar"}),
        ("Marcos", {"Ferdinand Marcos Jr.": "people/ferdinand-marcos-jr"}),
        ("Lula", {"Luiz Inácio Lula da Silva": "people/luiz-inacio-lula-da-silva"}),
        ("da jr", {}),
        # As in a name, but read as a country.
        ("IN", {"India": "countries/in"}),
        ("2025", {"2025": "years/2025"}),
        ("visit -india", {}),
    ],
)
def test_the_pages_of_what_is_asked_for_are_offered(
    browser: Browser, met: Callable[..., str], query: str, pages: dict[str, str]
) -> None:
    window = Searcher(browser.new_page(), met())
    window.open()
    window.type(query)
    window.settle()
    links = window.pages
    expect(links).to_have_text(list(pages))
    assert [urlsplit(link.evaluate("link => link.href")).path for link in links.all()] == [
        f"/some/path/{url}/" for url in pages.values()
    ]
    assert window.faults == []
    window.page.close()


def test_pages_that_are_not_made_are_not_offered(browser: Browser, met: Callable[..., str]) -> None:
    window = Searcher(browser.new_page(), met(pages=PageSettings(pairs=False, people=False)))
    window.open("?q=india+japan+modi")
    expect(window.pages).to_have_text(["India", "Japan"])
    window.page.close()


def test_a_page_that_is_offered_is_reached_with_the_keyboard(browser: Browser, met: Callable[..., str]) -> None:
    window = Searcher(browser.new_page(), met())
    window.open("?q=modi")
    link = window.pages
    expect(link).to_have_text("Narendra Modi")
    window.input.focus()
    for _ in range(3):
        window.page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/people/narendra-modi/")
    window.page.close()


@pytest.mark.parametrize(
    ("query", "days", "told"),
    [
        ("2022 - 2023", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date 2022 to 2023 (“2022 - 2023”)."),
        ("2022–2023", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date 2022 to 2023 (“2022–2023”)."),
        ("2023-2022", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date 2023 to 2022 (“2023-2022”)."),
        ("from 2023 to 2022", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date from 2023 to 2022"),
        (
            "between 2022 and 2023",
            (date(2022, 1, 1), date(2023, 12, 31)),
            "Read as date from 2022 to 2023 (“between 2022 and 2023”).",
        ),
        ("India Korea chips 2024", (date(2024, 1, 1), date(2024, 12, 31)), "date 2024 (“2024”)."),
        ("March 2023", (date(2023, 3, 1), date(2023, 3, 31)), "Read as date 2023-03 (“March 2023”)."),
        ("geneva 2023-03", (date(2023, 3, 1), date(2023, 3, 31)), "Read as date 2023-03 (“2023-03”)."),
        ("12 sept 2022", (date(2022, 9, 12), date(2022, 9, 12)), "Read as date 2022-09-12 (“12 sept 2022”)."),
        ("Sept. 12, 2022", (date(2022, 9, 12), date(2022, 9, 12)), "Read as date 2022-09-12 (“Sept 12 2022”)."),
        ("2022-2023", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date 2022 to 2023 (“2022-2023”)."),
        ("geneva since 2024", (date(2024, 1, 1), date.max), "Read as date since 2024 (“since 2024”)."),
        ("After 2022", (date(2023, 1, 1), date.max), "Read as date after 2022 (“After 2022”)."),
        ("before 2022", (date.min, date(2021, 12, 31)), "Read as date before 2022 (“before 2022”)."),
        ("until March 2022", (date.min, date(2022, 3, 31)), "Read as date until march 2022 (“until March 2022”)."),
        ("from 2022 to 2023", (date(2022, 1, 1), date(2023, 12, 31)), "Read as date from 2022 to 2023 (“from 2022 to 2023”)."),
        ("from 2022-05-04 to 12 May 2023", (date(2022, 5, 4), date(2023, 5, 12)), "Read as date from 2022 05 04 to 12 may 2023"),
    ],
)
def test_a_year_a_month_or_a_day_is_read_as_a_date(
    searcher: Open, archive: Archive, query: str, days: tuple[date, date], told: str
) -> None:
    dated = {card.id: card for card in archive.cards if days[0] <= card.date <= days[1]}
    if "chips" in query:
        dated = {
            name: card
            for name, card in dated.items()
            if [term.key for term in card.countries] == ["in", "kr"] and card.sectors[0].key == "semiconductors"
        }
    if "geneva" in query:
        dated = {name: card for name, card in dated.items() if name in scan(archive, "geneva")}
    window = searcher()
    window.type(query)
    assert dated
    assert set(window.ids()) == dated.keys()
    expect(window.notes).to_contain_text(told)


def test_a_year_is_also_a_word_and_in_quotation_marks_nothing_else(searcher: Open, archive: Archive) -> None:
    dated = {card.id for card in archive.cards if card.date.year == 2022}
    window = searcher()
    window.type("2022")
    assert set(window.ids()) == dated | {"2020-05-05-odd"}
    expect(window.notes).to_contain_text("Read as date 2022 (“2022”, also named by 1 briefing of other dates).")
    window.type("the 10 of 2022")
    expect(window.notes).to_contain_text("Read as date 2022 (“2022”, also named by")
    window.type('"2022"')
    assert window.ids() == ["2020-05-05-odd"]
    # The archive has nothing from before and after this year: it is a word.
    window.type("2030")
    expect(window.status).to_have_text("No briefing has “2030”.")


def test_a_month_is_also_a_phrase_but_its_words_apart_are_not(browser: Browser, tmp_path: Path) -> None:
    bodies = {"named": "They met in August 2023.", "apart": "In August they spoke of the plan for 2023.", "range": "Before 2023."}
    told = [make_briefing(id=name, date=date(2024, 1, 1), title="Notes", body=body) for name, body in bodies.items()]
    write_search(make_archive_of(*told, make_briefing(id="dated", date=date(2023, 8, 5))), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        window.open("?q=August+2023")
        assert window.ids() == ["dated", "named"]
        expect(window.notes).to_contain_text("Read as date 2023-08 (“August 2023”, also named by 1 briefing of other dates).")
        window.open("?q=before+2024")
        assert window.ids() == ["dated"]
        window.open('?q="before+2023"')
        assert window.ids() == ["range"]
        for query in ("since 2031", "after 2024", "before 2010", "2001-2003"):
            window.open(f"?q={query}")
            expect(window.status).to_have_text(f"No briefing has “{query}”.")
            expect(window.notes).to_have_text("The archive covers 2023-08-05 to 2024-01-01.")
        # A side that has an end is no range: nothing is left out without a word.
        window.open("?q=before+2024+to+2023")
        expect(window.notes).to_contain_text("Read as date before 2024 (“before 2024”) + date 2023 (“2023”")
        window.page.close()


def test_turkey_is_found_under_each_of_its_names(searcher: Open, archive: Archive) -> None:
    wanted = {card.id for card in archive.cards if "tr" in {term.key for term in card.countries}}
    window = searcher()
    for name in ("Türkiye", "turkiye", "Turkey", "TURKISH"):
        window.type(name)
        assert set(window.ids()) == wanted


def test_a_phrase_is_found_where_its_words_stand_together(searcher: Open, archive: Archive) -> None:
    window = searcher()
    window.type('"joint venture"')
    assert set(window.ids()) == scan(archive, "joint", "venture")
    window.type('"venture joint"')
    expect(window.status).to_have_text("No briefing has “venture joint”.")
    window.notes.get_by_role("button", name="without the quotation marks").click()
    assert set(window.ids()) == scan(archive, "joint", "venture")


def values_of(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the facets of a briefing, each with its key."""
    card = article.card
    for family, terms in (("country", card.countries), ("pair", card.pairs), ("sector", card.sectors)):
        yield from ((family, term.key) for term in terms)
    yield from (("kind", card.kind.key) for _ in range(1) if card.kind)
    yield from (("source", source.publisher) for source in article.briefing.sources)
    yield from (("year", str(card.date.year)), ("language", card.lang or "en"))


@pytest.mark.parametrize("fault", ["missing", "slow"])
def test_results_do_not_wait_for_the_pages_that_are_offered(searcher: Open, fault: str) -> None:
    window = searcher()
    window.page.route("**/jump.json", lambda route: route.fulfill(status=404) if fault == "missing" else None)
    window.type("korea 2023")
    expect(window.status).to_contain_text("briefings found.")
    expect(window.links.first).to_be_visible()
    expect(window.page.locator("[aria-busy]")).to_have_count(0)
    expect(window.notes).to_contain_text("Read as")
    expect(window.page.locator("[data-pages]")).to_be_hidden()


def test_facets_count_what_the_archive_holds_and_nothing_else(searcher: Open, archive: Archive) -> None:
    window = searcher("?q=geneva")
    found = set(window.ids())
    expect(window.page.locator(".search-facet")).to_have_count(7)
    window.page.get_by_text("2 more").click()
    counts = Counter(value for article in archive.articles if article.card.id in found for value in values_of(article))
    boxes = window.page.locator(".search-facet input")
    # The rest of a list is filled once the browser says that it was opened, a moment after the click.
    expect(boxes).to_have_count(len(counts))
    assert {str(box.get_attribute("id")) for box in boxes.all()} == {f"facet-{family}-{key}" for family, key in counts}
    for (family, key), count in counts.items():
        assert window.facet(family, key)[1] == count
    assert window.facet("pair", "in-kr")[0] == "India–South Korea"
    assert window.facet("language", "en")[0] == "English"


def test_a_facet_narrows_is_shared_by_its_address_and_undone_by_back(searcher: Open, archive: Archive) -> None:
    window = searcher("?q=geneva")
    before = set(window.ids())
    of_pair = {card.id for term, cards in archive.by_pair.items() if term.key == "in-kr" for card in cards}
    window.page.locator('[id="facet-pair-in-kr"]').check()
    expect(window.status).to_have_text(f"{len(before & of_pair)} briefings found.")
    assert parse_qs(urlsplit(window.page.url).query) == {"q": ["geneva"], "pair": ["in-kr"]}
    assert set(searcher("?" + urlsplit(window.page.url).query, width=1280).ids()) == before & of_pair
    window.page.go_back()
    expect(window.status).to_have_text(f"{len(before)} briefings found.")
    expect(window.page.locator('[id="facet-pair-in-kr"]')).not_to_be_checked()
    window.page.go_forward()
    expect(window.status).to_have_text(f"{len(before & of_pair)} briefings found.")


def stop_clock(page: Page) -> None:
    """Let the time of a page pass only when a test says so: how fast the machine types must not count."""
    page.clock.install(time=0)
    page.clock.pause_at(10**9)


def test_back_returns_to_the_query_before(searcher: Open) -> None:
    window = searcher(width=1280)
    stop_clock(window.page)
    for words in ("aardvark", "basilisk"):
        for part in (words[:5], words[5:]):
            window.page.keyboard.type(part)
            # Long enough for results, and too short for a step of its own.
            window.page.clock.run_for(500)
        window.page.keyboard.press("Enter")
        expect(window.page).to_have_url(re.compile(f"q={words}$"))
        window.input.evaluate("field => field.select()")
    window.page.go_back()
    expect(window.input).to_have_value("aardvark")
    expect(window.status).to_have_text("6 briefings found.")
    window.page.go_back()
    expect(window.input).to_have_value("")
    expect(window.page.locator("[data-directory]")).to_be_visible()


def test_two_letters_alone_ask_for_another_one(searcher: Open) -> None:
    window = searcher()
    window.input.fill("geneva ba")
    # Whoever is still typing is not told after each letter.
    expect(window.page).to_have_url(re.compile("ba$"))
    expect(window.status).to_have_text("No briefing has “ba”. Too many words begin with “ba”; type another letter.")
    window.input.fill("geneva ba*")
    expect(window.status).to_have_text("Too many words begin with “ba”; type another letter.")


@pytest.mark.parametrize("query", ["5Q", "zq", '"zq"', "1925-03"])
def test_a_short_word_that_no_briefing_has_is_said_to_be_missing(searcher: Open, query: str) -> None:
    window = searcher()
    window.type(query)
    expect(window.status).to_have_text(f"No briefing has “{query.strip(chr(34))}”.")
    # There is no condition to loosen, but there are lists to look through.
    expect(window.page.locator("[data-directory]")).to_be_visible()


@pytest.mark.parametrize("query", ["the of and", "will have been", '"of the"'])
def test_words_that_are_too_common_are_said_to_be(searcher: Open, query: str) -> None:
    window = searcher()
    window.type(query)
    expect(window.status).to_have_text("These words are too common to be searched.")
    expect(window.notes).to_have_text("")


def test_too_many_words_begin_as_a_word_that_is_too_common(searcher: Open) -> None:
    window = searcher()
    for query in ("s*", "in*"):
        window.type(query)
        expect(window.status).to_have_text(f"Too many words begin with “{query[:-1]}”; type another letter.")


def test_the_name_of_another_country_is_not_read_as_that_of_one_in_the_archive(searcher: Open) -> None:
    window = searcher()
    window.type("north korea")
    expect(window.status).to_contain_text("briefing")
    expect(window.notes).not_to_contain_text("Read as South Korea")
    window.type("N. Korea")
    expect(window.status).to_contain_text("briefing")
    expect(window.notes).not_to_contain_text("Read as South Korea")
    window.type("S. Korea")
    expect(window.notes).to_contain_text("Read as South Korea (“S. Korea”).")


def test_a_minus_leaves_briefings_out(searcher: Open, archive: Archive) -> None:
    window = searcher()
    window.type("geneva -ba*")
    expect(window.notes).to_have_text("Too many words begin with “ba”: none is left out.")
    window.type("geneva -aardvark")
    expect(window.notes).to_have_text("Left out: briefings with “aardvark”.")
    assert set(window.ids()) == scan(archive, "geneva") - scan(archive, "aardvark")
    window.type("geneva -Korean")
    expect(window.notes).to_have_text("Left out: briefings with “Korean”.")
    koreans = {card.id for card in archive.cards if "kr" in {term.key for term in card.countries}}
    assert set(window.ids()) == scan(archive, "geneva") - koreans


def test_or_and_not_are_words_like_others_which_is_said(searcher: Open, archive: Archive) -> None:
    window = searcher()
    for query in ("aardvark OR basilisk", "geneva NOT aardvark"):
        window.type(query)
        window.ids()
        expect(window.notes).to_contain_text("OR and NOT are words here.")
    # In a headline in capitals they mean nothing.
    window.type("COUNCIL NOT AARDVARK")
    expect(window.notes).to_contain_text("without “NOT”")
    expect(window.notes).not_to_contain_text("like others")
    assert set(window.ids()) == scan(archive, "council", "aardvark")


def test_words_are_counted_once_and_a_text_that_is_too_long_is_cut(searcher: Open, archive: Archive) -> None:
    window = searcher()
    window.type("aardvark " * 300)
    assert set(window.ids()) == scan(archive, "aardvark")
    window.type(" ".join(f"aardvark{number}" for number in range(40)) + " basilisk")
    expect(window.notes).to_contain_text("Only the first 32 words were searched.")


def test_filters_in_force_stand_above_the_results_and_can_be_taken_away(searcher: Open, archive: Archive) -> None:
    window = searcher("?q=geneva&pair=in-kr&from=2022", width=320)
    window.ids()
    chosen = window.page.locator("[data-chosen]").get_by_role("button")
    expect(chosen).to_have_text(["India–South Korea ×", "from 2022 ×"])
    window.page.get_by_role("button", name="Remove the filter from 2022").click()
    expect(chosen).to_have_text(["India–South Korea ×"])
    assert parse_qs(urlsplit(window.page.url).query) == {"q": ["geneva"], "pair": ["in-kr"]}
    expect(window.page.locator("[data-from]")).to_have_value("")


def test_two_values_of_a_facet_widen_it_and_another_facet_narrows(searcher: Open, archive: Archive) -> None:
    window = searcher("?sector=trade&sector=space&kind=summit")
    wanted = {
        card.id for card in archive.cards if card.sectors[0].key in ("trade", "space") and card.kind and card.kind.key == "summit"
    }
    assert set(window.ids()) == wanted


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?from=2023", date(2023, 1, 1), date.max),
        ("?to=2022-02", date.min, date(2022, 2, 28)),
        ("?from=2022-03&to=2023-06-13", date(2022, 3, 1), date(2023, 6, 13)),
        ("?q=geneva&from=2024", date(2024, 1, 1), date.max),
    ],
)
def test_a_range_of_dates_includes_both_its_ends(searcher: Open, archive: Archive, query: str, first: date, last: date) -> None:
    found = set(searcher(query).ids())
    within = {card.id for card in archive.cards if first <= card.date <= last}
    assert found == (within & scan(archive, "geneva") if "geneva" in query else within)


@pytest.mark.parametrize("wrong", ["last year", "2024-13", "2023-02-30"])
def test_a_wrong_date_stays_in_its_field_and_is_told_until_it_is_mended(searcher: Open, archive: Archive, wrong: str) -> None:
    window = searcher("?q=geneva")
    window.ids()
    first, last = (window.page.get_by_label(name, exact=True) for name in ("From", "To"))
    last.fill(wrong)
    last.press("Enter")
    expect(window.notes).to_have_text(f"“{wrong}” is not a date such as 2023 or 2023-01, and limits nothing.")
    expect(last).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_attribute("aria-invalid", "false")
    assert set(window.ids()) == scan(archive, "geneva")
    first.fill("2020")
    first.press("Enter")
    expect(window.page.locator("[data-chosen] button")).to_have_text(["from 2020 ×"])
    expect(last).to_have_value(wrong)
    expect(last).to_have_attribute("aria-invalid", "true")
    last.fill("2023-01")
    last.press("Enter")
    expect(last).to_have_attribute("aria-invalid", "false")
    expect(window.notes).to_have_text("")


def test_the_form_of_a_date_stands_where_it_is_seen_while_typing(searcher: Open) -> None:
    expect(searcher("?q=geneva").page.get_by_role("group", name="Dates, as 2023 or 2023-01")).to_be_visible()


@pytest.mark.parametrize("date", ["abc", "2023-13", "01/02/2023"])
def test_a_wrong_date_in_an_address_is_left_out_and_told(searcher: Open, archive: Archive, date: str) -> None:
    window = searcher(f"?q=geneva&from={date}")
    assert set(window.ids()) == scan(archive, "geneva")
    expect(window.notes).to_contain_text(f"“{date}” is not a date")
    expect(window.page.locator("[data-chosen] button")).to_have_count(0)


def test_a_range_that_ends_before_it_begins_is_told(searcher: Open) -> None:
    expect(searcher("?q=geneva&from=2025&to=2020").notes).to_contain_text("The range of dates ends before it begins.")


def test_a_date_changed_while_typing_keeps_the_words(searcher: Open) -> None:
    window = searcher()
    window.type("geneva")
    window.ids()
    window.page.evaluate("""() => {
      const [input, from] = ["query", "from"].map((name) => document.querySelector(`[data-${name}]`));
      input.value = "aardvark";
      input.dispatchEvent(new Event("input"));
      from.value = "2022";
      from.dispatchEvent(new Event("change"));
    }""")
    expect(window.page).to_have_url(re.compile("q=aardvark&from=2022"))
    expect(window.input).to_have_value("aardvark")


def test_results_can_be_sorted_by_date(searcher: Open, archive: Archive) -> None:
    days = {card.id: card.date for card in archive.cards}
    newest = [days[found] for found in searcher("?q=geneva&sort=newest").ids()]
    assert newest == sorted(newest, reverse=True)
    window = searcher("?q=geneva")
    window.page.get_by_label("Sort by").select_option("oldest")
    assert [days[found] for found in window.ids()] == newest[::-1]
    window = searcher("?q=geneva&sort=sideways")
    expect(window.page.get_by_label("Sort by")).to_have_value("")


def test_an_empty_result_says_which_condition_to_loosen(searcher: Open, archive: Archive) -> None:
    window = searcher("?q=aardvark&from=1999&to=2000")
    expect(window.status).to_have_text("No briefing matches.")
    window.notes.get_by_role("button", name="with any date (6 briefings)").click()
    assert set(window.ids()) == scan(archive, "aardvark")


@pytest.mark.parametrize(
    ("query", "way", "count"),
    [
        ("?q=zzzzz&country=in", "without “zzzzz”", 36),
        ("?q=aardvark&country=tr&year=2001", "without all filters", 6),
        ("?q=geneva+zzzzz&country=fr&year=2001", "only “geneva”", 37),
    ],
)
def test_conditions_that_nothing_fits_can_be_left_together(searcher: Open, query: str, way: str, count: int) -> None:
    window = searcher(query)
    expect(window.status).to_have_text("No briefing has “zzzzz”." if way.startswith("without “") else "No briefing matches.")
    button = window.notes.get_by_role("button", name=re.compile(f"^{way}"))
    expect(button).to_contain_text(f"({count} briefings)")
    button.click()
    expect(window.status).to_have_text(f"{count} briefings found.")


def test_words_that_no_briefing_has_together_give_those_with_most(searcher: Open, archive: Archive) -> None:
    window = searcher()
    window.type("aardvark basilisk geneva")
    expect(window.status).to_contain_text("No briefing has all conditions")
    assert set(window.ids()) == (scan(archive, "aardvark", "geneva") | scan(archive, "basilisk", "geneva"))
    expect(window.page.locator(".result-about").first).to_contain_text(re.compile("without “(aardvark|basilisk)”"))


def test_what_was_found_is_marked_in_a_passage_of_the_text(searcher: Open) -> None:
    window = searcher("?q=falcon")
    expect(window.page.locator(".result-text mark").first).to_have_text("falcon")
    expect(window.page.locator(".result-text").first).to_contain_text("The joint venture met the falcon council.")


def test_the_very_word_comes_before_its_other_forms(browser: Browser, tmp_path: Path) -> None:
    bodies = {"one": "They noticed the wharf.", "two": "They notice the wharf.", "three": "The notices of the wharf."}
    told = [make_briefing(id=name, date=date(2024, 1, 1), title="Ships", body=body) for name, body in bodies.items()]
    titled = make_briefing(id="titled", date=date(2024, 1, 1), title="Wharfs", body="Ships.")
    write_search(make_archive_of(*told, titled), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        for word, name in (("noticed", "one"), ("notice", "two"), ("notices", "three")):
            window.open(f"?q={word}")
            found = window.ids()
            assert found[0] == name
            assert set(found) == bodies.keys()
        # A title with another form still comes first.
        window.open("?q=wharf")
        assert window.ids()[0] == "titled"
        window.page.close()


def test_a_beginning_finds_the_word_itself_however_the_index_is_cut(
    browser: Browser, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "LIMIT", 200)
    write_search(archive, tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        for word in ("india", "ministers", "accord", "wafers", "venture"):
            window.open(f"?q={word}")
            found = set(window.ids())
            window.open(f"?q={word}*")
            assert found
            assert found <= set(window.ids())
        window.page.close()


def test_abbreviations_are_read_as_organisations_and_currencies_as_no_country(browser: Browser, tmp_path: Path) -> None:
    told = {
        "wto": {"body": "The trade body ruled.", "organisations": (Organisation("World Trade Organization"),)},
        "who": {"body": "The doctors met.", "organisations": (Organisation("World Health Organization"),)},
        "loan": {"body": "Those who paid got US$5 million.", "organisations": ()},
        "larsen": {"body": "L&T built the guns, a few of them.", "organisations": ()},
        "states": {"body": "The ministers met.", "organisations": (), "countries": ("US", "IN")},
    }
    quiet = {"title": "Notes", "summary": "", "key_points": (), "people": (), "sources": (), "sectors": (), "pairs": ()}
    texts = [
        make_briefing(id=name, date=date(2024, 1, 1), **{**quiet, "countries": ("IN", "KR"), **own}) for name, own in told.items()
    ]
    write_search(make_archive_of(*texts), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        for query, found in [
            ("WTO", "wto"),
            ("wto", "wto"),
            ("WHO", "who"),
            ("who", "loan"),
            ("Who", "loan"),
            ("L%26T", "larsen"),
            ("US", "states"),
        ]:
            window.open(f"?q={query}")
            assert (query, window.ids()) == (query, [*({"loan"} if query == "WHO" else ()), found][::-1])
        window.open("?q=WTO")
        expect(window.notes).to_contain_text("Read as World Trade Organization")
        for query in ("US%245", "US%24 5", "5 million", "%245 million"):
            window.open(f"?q={query}")
            assert (query, window.ids()) == (query, ["loan"])
        window.page.close()


def test_abbreviations_are_read_as_their_words_where_these_stand_together(browser: Browser, tmp_path: Path) -> None:
    told = {
        "agreed": {"body": "Both want free trade agreements, and signed papers."},
        "short": {"body": "The FTA is near."},
        "apart": {"body": "Trade that is free needs an agreement."},
        "noted": {"body": "They signed.", "kind": "memorandum"},
    }
    quiet = {"title": "Notes", "summary": "", "key_points": (), "people": (), "sources": (), "sectors": (), "kind": "summit"}
    texts = [make_briefing(id=name, date=date(2024, 1, 1), **{**quiet, **own}) for name, own in told.items()]
    write_search(make_archive_of(*texts), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        for query, found in (("FTA", {"agreed", "short"}), ("ftas", {"agreed"})):
            window.open(f"?q={query}")
            assert set(window.ids()) == found
            expect(window.notes).to_contain_text(f"Read as free trade agreement (“{query}”).")
        for query in ("MoU", "MOUs", "memoranda", "memorandum of understanding"):
            window.open(f"?q={query}")
            assert window.ids() == ["noted"]
        # No text has all the words.
        window.open("?q=CEPA")
        expect(window.status).to_have_text("No briefing has “CEPA”.")
        # A slip in small letters, and a name in capitals.
        window.open("?q=paperz")
        assert window.ids() == ["agreed"]
        window.open("?q=PAPERZ")
        expect(window.status).to_have_text("No briefing has “PAPERZ”.")
        window.page.close()


def test_slips_and_names_that_are_none(browser: Browser, tmp_path: Path) -> None:
    body = "The minister of foreign affairs gave the portal a statement; assistance for development is official."
    quiet = {"title": "Notes", "summary": "", "key_points": (), "people": (), "sources": (), "sectors": (), "organisations": ()}
    britain = make_briefing(id="pair", countries=("GB", "US"), pairs=(CountryPair("GB", "US"),), **{**quiet, "title": "Tea"})
    write_search(make_archive_of(make_briefing(id="told", body=body, **quiet), britain), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        # Letters may be doubled by what is left out, as well as for each other.
        for slip in ("sttement", "miister", "minnister", "portl"):
            window.open(f"?q={slip}")
            assert (slip, window.ids()) == (slip, ["told"])
        window.open("?q=Portugal")
        expect(window.status).to_have_text("No briefing has “Portugal”.")
        # The words do not stand together.
        window.open("?q=ODA")
        expect(window.status).to_have_text("No briefing has “ODA”.")
        window.open("?q=United Kingdom–United States")
        assert window.ids() == ["pair"]
        expect(window.pages).to_have_text(["United Kingdom", "United States", "United Kingdom–United States (1 briefing)"])
        window.page.close()


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("KR", "South Korea"),
        ("IN", "India"),
        ("IN KR", "India South Korea"),
        ("KOR", "South Korea"),
        ("in-kr", "India South Korea"),
        ("KR-IN", "India South Korea"),
    ],
)
def test_codes_are_read_as_countries_and_pairs(searcher: Open, query: str, same: str) -> None:
    window = searcher()
    window.type("kr")
    expect(window.status).to_have_text("No briefing has “kr”.")
    window.type("in")
    expect(window.status).to_have_text("These words are too common to be searched.")
    window.type(query)
    expect(window.status).to_contain_text("found")
    found = set(window.ids())
    window.type(same)
    expect(window.status).to_contain_text("found")
    assert found
    assert found <= set(window.ids())


def test_words_that_are_codes_are_words(searcher: Open) -> None:
    window = searcher()
    for query in ("IT", "SOUTH KOREA IN SEOUL"):
        window.type(query)
        expect(window.notes).not_to_contain_text("Italy")
        expect(window.notes).not_to_contain_text("India")


def test_words_in_quotation_marks_are_not_spelt_otherwise(searcher: Open) -> None:
    window = searcher()
    window.type("aardvarx")
    expect(window.notes).to_contain_text("searched for")
    window.type('"aardvarx"')
    expect(window.notes).not_to_contain_text("searched for")
    expect(window.status).to_have_text("No briefing has “aardvarx”.")


def test_nothing_at_all_leads_to_the_directory(searcher: Open) -> None:
    window = searcher("?q=zzzzz+qqqqq")
    expect(window.status).to_have_text("No briefing has “zzzzz” or “qqqqq”.")
    expect(window.page.locator("[data-directory]")).to_be_visible()
    expect(window.notes).not_to_contain_text("Loosen")


def test_an_archive_without_briefings_has_nothing_that_matches(browser: Browser, tmp_path: Path) -> None:
    write_search(make_archive_of(), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        window.open("?q=hello")
        expect(window.status).to_have_text("No briefing has “hello”.")
        window.page.close()


def test_a_phrase_of_a_script_without_spaces_is_marked(searcher: Open) -> None:
    window = searcher()
    window.type('"반도체 협정"')
    expect(window.page.locator(".result-title").first.locator("mark")).to_have_text(["반도체", "협정"])


def test_titles_are_shown_as_text(searcher: Open) -> None:
    window = searcher("?q=onerror")
    expect(window.links).to_have_text("<img src=x onerror=alert(1)> & “quotes” of 2022")
    assert window.page.locator(".result img").count() == 0
    assert window.faults == []


def test_the_keyboard_alone_is_enough(searcher: Open) -> None:
    window = searcher()
    window.page.locator("body").click(position={"x": 1, "y": 1})
    for _ in range(100):
        window.page.keyboard.press("Tab")
        if window.input.evaluate("input => input === document.activeElement"):
            break
    window.page.keyboard.type("hedgehog")
    expect(window.page).to_have_url(re.compile(r"\?q=hedgehog$"))
    window.settle()
    target = window.links.nth(0).get_attribute("href")
    for _ in range(100):
        window.page.keyboard.press("Tab")
        if window.links.nth(0).evaluate("link => link === document.activeElement"):
            break
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(str(target))


def test_the_focus_stays_on_a_facet_that_was_chosen(searcher: Open) -> None:
    window = searcher("?q=geneva")
    box = window.page.locator('[id="facet-sector-trade"]')
    box.focus()
    window.page.keyboard.press("Space")
    expect(window.page).to_have_url(re.compile("sector=trade"))
    expect(box).to_be_checked()
    expect(box).to_be_focused()


# Counts how often each sentence is set in a live region.
LISTEN = """() => {
  window.told = [];
  for (const place of document.querySelectorAll("[data-search] [aria-live]")) {
    new MutationObserver(() => place.textContent && told.push(place.textContent))
      .observe(place, { childList: true, characterData: true, subtree: true });
  }
}"""


def test_results_and_what_was_made_of_the_query_are_announced_once(searcher: Open) -> None:
    window = searcher(width=1280)
    stop_clock(window.page)
    window.page.evaluate(LISTEN)
    window.input.press_sequentially("Korean aardvrak")
    window.input.press("Enter")
    window.input.press("Enter")
    expect(window.notes).to_contain_text("searched for aardvark")
    window.page.get_by_label("Sort by").select_option("oldest")
    window.ids()
    told = window.page.evaluate("told")
    assert any("Read as South Korea (“Korean”)" in text and "searched for aardvark" in text for text in told)
    assert told.count(window.status.inner_text()) == 1
    assert told.count(window.notes.evaluate("notes => notes.textContent")) == 1
    assert not any("Too many" in text for text in told)


def test_the_keyboard_comes_to_the_results_without_walking_through_the_filters(searcher: Open) -> None:
    window = searcher("?q=geneva")
    window.ids()
    window.input.focus()
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Tab")
    skip = window.page.get_by_role("button", name="To the results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    window.page.keyboard.press("Enter")
    expect(window.links.first).to_be_focused()
    window.type("zzqx")
    expect(window.links).to_have_count(0)
    expect(skip).to_be_hidden()


def test_words_that_no_briefing_has_are_told_once_and_leave_nothing_to_filter(searcher: Open) -> None:
    window = searcher()
    window.type("zzqx")
    expect(window.status).to_have_text("No briefing has “zzqx”.")
    expect(window.notes).to_have_text("")
    for part in ("Filters", "Sort by", "Results"):
        expect(window.page.get_by_text(part, exact=True)).to_be_hidden()
    window.open("?q=zzqx&country=in")
    box = window.page.locator('[id="facet-country-in"]')
    box.focus()
    window.page.keyboard.press("Space")
    expect(window.page.locator("[data-chosen] button")).to_have_count(0)
    expect(window.page.get_by_text("Filters", exact=True)).to_be_hidden()
    expect(window.input).to_be_focused()


def test_the_title_of_the_window_names_the_query(searcher: Open) -> None:
    window = searcher("?q=geneva")
    expect(window.page).to_have_title(re.compile("^geneva · Search"))
    window.type("")
    expect(window.page).to_have_title(re.compile("^Search"))


def test_the_focus_is_never_lost(searcher: Open) -> None:
    window = searcher("?q=geneva&pair=in-kr&from=2021")
    window.ids()
    chips = window.page.locator("[data-chosen] button")
    chips.first.focus()
    window.page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(window.input).to_be_focused()


def test_more_values_of_a_facet_open_where_the_focus_is(searcher: Open) -> None:
    window = searcher("?q=council")
    more = window.page.locator("[data-facets] summary").first
    more.focus()
    window.page.keyboard.press("Enter")
    hidden = window.page.locator("[data-facets] details input").first
    expect(hidden).to_be_visible()
    expect(more).to_be_focused()
    window.page.keyboard.press("Tab")
    expect(hidden).to_be_focused()
    box = window.page.locator(f'[id="{hidden.get_attribute("id")}"]')
    window.page.keyboard.press("Space")
    expect(window.page).to_have_url(re.compile("source=Gazette"))
    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_a_pause_ends_what_is_one_step_back(searcher: Open) -> None:
    window = searcher(width=1280)
    stop_clock(window.page)
    for words in ("hydrogen", "submarine"):
        window.input.fill(words)
        window.page.clock.run_for(1500)
        expect(window.page).to_have_url(re.compile(f"q={words}$"))
    window.page.go_back()
    expect(window.input).to_have_value("hydrogen")


def test_more_results_are_kept_over_back(searcher: Open) -> None:
    window = searcher("?q=council")
    window.page.get_by_role("button", name=re.compile("^Show 10 more")).click()
    expect(window.links).to_have_count(20)
    window.page.locator('[id="facet-sector-trade"]').check()
    expect(window.page).to_have_url(re.compile("sector=trade"))
    expect(window.links).to_have_count(10)
    window.page.go_back()
    expect(window.links).to_have_count(20)


def test_a_text_is_read_once_for_its_passage(searcher: Open) -> None:
    window = searcher("?q=council")
    window.page.get_by_role("button", name=re.compile("^Show 10 more")).click()
    expect(window.page.locator(".result-text mark").nth(19)).to_be_visible()
    asked = Counter(url for url in window.requests if url.endswith("/index.md"))
    assert set(asked.values()) == {1}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_and_is_accessible(searcher: Open, width: int) -> None:
    window = searcher("?q=geneva+Korean&from=2021", width=width)
    window.ids()
    expect(window.page.locator(".search-facet")).to_have_count(7)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    window.page.locator("[data-filters]").evaluate("filters => { filters.open = true; }")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(window.page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_a_slow_network_is_told(searcher: Open) -> None:
    window = searcher()
    held: list[Route] = []
    window.page.route("**/terms/**", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function it is given.
    with window.page.expect_request("**/terms/**"):
        window.type("geneva")
    expect(window.status).to_have_text("Searching…")
    for route in held:
        route.continue_()
    expect(window.status).to_contain_text("found")


def test_a_search_that_is_taken_back_leaves_nothing_busy(searcher: Open) -> None:
    window = searcher()
    window.page.route("**/terms/**", lambda _: None)
    with window.page.expect_request("**/terms/**"):
        window.type("geneva")
    expect(window.page.locator("[aria-busy=true]")).to_have_count(1)
    window.type("")
    expect(window.page.locator("[data-directory]")).to_be_visible()
    expect(window.page.locator("[aria-busy]")).to_have_count(0)


def test_a_missing_part_of_the_index_gives_a_sentence_and_another_try(searcher: Open) -> None:
    window = searcher()
    window.page.route("**/terms/**", lambda route: route.fulfill(status=404))
    window.type("geneva")
    expect(window.notes).to_contain_text("A part of the search index cannot be reached (terms/t-")
    expect(window.page.locator("[aria-busy=true]")).to_have_count(0)
    window.page.unroute("**/terms/**")
    expect(window.page.locator("[data-body]")).to_be_hidden()
    window.requests.clear()
    window.notes.get_by_role("button", name="Try again").click()
    expect(window.status).to_contain_text("found")
    # The archive may have been published anew in the meantime.
    assert [urlsplit(url).path.rpartition("/")[2] for url in window.requests].count("index.json") == 1


@pytest.mark.parametrize("fault", ["missing", "slow"])
def test_results_stand_without_their_filters(searcher: Open, fault: str) -> None:
    window = searcher()
    window.page.route("**/facets/**", lambda route: route.fulfill(status=404) if fault == "missing" else None)
    window.type("geneva")
    expect(window.status).to_contain_text("briefings found.")
    expect(window.links).to_have_count(10)
    expect(window.page.locator("[aria-busy]")).to_have_count(0)
    expect(window.page.locator("[data-facets]")).to_have_text("The filters cannot be loaded." if fault == "missing" else "")


def test_a_page_that_was_open_reads_the_new_edition(browser: Browser, tmp_path: Path) -> None:
    day = date(2024, 3, 1)
    first = make_briefing(id="b-first", date=day, title="Aardvark accord", summary="", key_points=(), body="Text.")
    other = make_briefing(id="c-other", date=day, title="Basilisk accord", summary="", key_points=(), body="Text.")
    write_search(make_archive_of(first, other), tmp_path)
    with served(tmp_path) as address:
        window = Searcher(browser.new_page(), address)
        window.open("?q=basilisk")
        expect(window.links).to_have_text("Basilisk accord")
        # A host that was given the new edition no longer has the files of the old one.
        shutil.rmtree(tmp_path / "some")
        added = (make_briefing(id=f"a-{number:02}", date=day, title=f"Early {number}") for number in range(20))
        write_search(make_archive_of(*added, first, other), tmp_path)
        window.type("aardvark")
        expect(window.links).to_have_text("Aardvark accord")
        window.page.context.close()


def test_nothing_of_a_query_leaves_the_browser(searcher: Open, address: str) -> None:
    window = searcher()
    window.type("aardvark basilisk")
    window.ids()
    home = address.removesuffix("search/")
    assert all(url.startswith(home) for url in window.requests)
    assert not any("aardvark" in url or "basilisk" in url for url in window.requests)


def test_a_query_asks_for_few_files(searcher: Open) -> None:
    window = searcher("?q=geneva+aardvark+council")
    window.ids()
    names = [urlsplit(url).path.rpartition("/search/")[2].split("/")[0] for url in window.requests]
    assert names.count("index.json") == 1
    assert names.count("terms") <= 3
    assert names.count("places") == names.count("spellings") == 0


def test_without_scripts_a_directory_leads_everywhere(searcher: Open, archive: Archive) -> None:
    window = searcher(java_script_enabled=False)
    expect(window.page.locator("[data-search]")).to_be_hidden()
    linked = {str(link.get_attribute("href")) for link in window.page.locator("[data-directory] a").all()}
    for index in (archive.by_country, archive.by_pair, archive.by_sector, archive.by_kind, archive.by_year):
        assert {f"/some/path{term.url}" for term in index} <= linked
    assert "/some/path/briefings/" in linked


def test_the_quick_jump_leads_to_a_pair_by_its_beginnings(searcher: Open) -> None:
    window = searcher()
    window.page.keyboard.press("Control+k")
    box = window.page.get_by_role("combobox")
    expect(box).to_be_focused()
    window.page.keyboard.type("ind kor")
    options = window.page.get_by_role("option")
    expect(options.first).to_contain_text("India–South Korea")
    expect(box).to_have_attribute("aria-activedescendant", "jump-0")
    window.page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.last).to_contain_text("Search for “ind kor”")
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/some/path/pairs/in-kr/")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("turkey", "Türkiye"),
        ("u.s.", "United States"),
        ("korean", "South Korea"),
        ("korea-india", "India–South Korea"),
        ("S. Korea", "South Korea"),
        ("chips", "Semiconductors"),
    ],
)
def test_the_quick_jump_knows_other_names(searcher: Open, typed: str, first: str) -> None:
    window = searcher()
    window.page.keyboard.press("Control+k")
    expect(window.page.get_by_role("combobox", name="Jump to")).to_be_focused()
    window.page.keyboard.type(typed)
    expect(window.page.locator("dialog [role=option]").first).to_contain_text(first)


def test_enter_that_ends_a_word_of_an_input_method_does_not_jump(searcher: Open) -> None:
    window = searcher()
    window.page.keyboard.press("Control+k")
    box = window.page.get_by_role("combobox", name="Jump to")
    for name in ("India", "Japan"):
        box.fill(name)
        expect(window.page.get_by_role("option").first).to_have_text(f"{name} Countries")
        box.dispatch_event("keydown", {"key": "Enter", "isComposing": name == "India"})
    window.page.wait_for_url("**/countries/jp/")
    assert not any(url.endswith("/countries/in/") for url in window.requests)


def test_the_quick_jump_closes_with_escape_and_finds_titles(searcher: Open) -> None:
    window = searcher()
    window.page.keyboard.press("Control+k")
    expect(window.page.get_by_role("combobox", name="Jump to")).to_be_focused()
    window.page.keyboard.type("ministers n59")
    expect(window.page.get_by_role("option").first).to_contain_text("N59")
    assert Axe().run(window.page).response["violations"] == []
    window.page.keyboard.press("Escape")
    expect(window.page.locator("dialog")).to_be_hidden()


Rules = Callable[[list[str]], list[list[list[str]]]]


@pytest.fixture(scope="module")
def rules_of_browser(browser: Browser) -> Iterator[Rules]:
    """Return a function that gives the words of each text, and the key of each word, as the script makes them."""
    rules = Path(THEME, "assets/js/shared/words.js").read_text(encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    program = f"(texts) => {{ {rules}; return texts.map((text) => [split(text), split(text).map(startOf)]); }}"
    yield lambda texts: page.evaluate(program, texts)
    context.close()


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"), max_codepoint=0x2FFFF)
# Unicode grows: Python 3.11 knows version 14, and a browser of today knows letters that Python does not.
TEXTS = st.text(st.one_of(st.sampled_from("aA.-&$ '’1İßςΣ中문국भाéé\u0301\u093c\u094dไ"), LETTERS), max_size=30)


WRITTEN = [
    "The U.S. and G-20’s KF-21 in İzmir: ΟΔΟΣ, Straße, 반도체를 हिन्दी 日本のAI مُحَمَّد",
    "على مدرسة æœøđðþłı",
    "L&T, R&D, AT&T and US$5, A$, S$1; $",
    "१२३ ² ½ Ⅻ ① ﬁ ㎏ か\u3099 ｶﾞ",
]


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXTS, min_size=20, max_size=60))
@example(WRITTEN)
def test_the_browser_cuts_and_files_words_as_the_index_does(rules_of_browser: Rules, texts: list[str]) -> None:
    words = [split_words(text) for text in texts]
    assert rules_of_browser(texts) == [[found, [word[:HOME_LENGTH] for word in found]] for found in words]
