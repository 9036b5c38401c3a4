"""The site in a real browser: read by everyone, on any width, in both colour schemes, with and without scripts."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SUB_PATH, OpenReader

BRIEFING = "/briefings/2025-08-16-india/"
PAIR = "/pairs/in-kr/"
KINDS_OF_PAGE = (
    "/",
    "/briefings/",
    BRIEFING,
    "/briefings/2019-05-01-arabic/",
    "/briefings/2025-08-16-hebrew/",
    "/countries/",
    "/countries/in/",
    "/pairs/",
    PAIR,
    "/pairs/in-kr/semiconductors/",
    "/sectors/",
    "/sectors/defence/",
    "/years/2025/",
    "/people/",
    "/people/cho-hyun/",
    "/organisations/ministry-of-external-affairs/",
    "/kinds/summit/",
    "/about/",
    "/map/",
    "/matrix/",
    "/timeline/",
    "/data/",
    "/feeds/",
    "/search/",
    "/404.html",
)


# Targets lower than 24 pixels with another one so near that a circle of that size around the middle would touch it; links within
# a sentence are exempt (WCAG 2.5.8).
SMALL_TARGETS = """() => {
  const boxes = [...document.querySelectorAll("main a, main button, main summary, header a, header button, footer a")]
    .filter((item) => item.checkVisibility() && !item.closest("p, q, svg, .prose"))
    .map((item) => [item.textContent.trim(), item.getBoundingClientRect()]);
  const gap = (low, high, from, to) => Math.max(0, from - high, low - to);
  const isNear = (box, other) => {
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    return Math.hypot(gap(x, x, other.left, other.right), gap(y, y, other.top, other.bottom)) < 12;
  };
  return boxes.filter(([, box]) => box.height < 24 && boxes.some(([, other]) => other !== box && isNear(box, other)))
    .map(([text, box]) => `${text}: ${box.height}`);
}"""


def find_violations(page: Page, *rules: str) -> list[str]:
    options: dict[str, object] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    if rules:
        options["runOnly"] = list(rules)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("url", KINDS_OF_PAGE)
def test_every_kind_of_page_is_accessible_and_fits_the_screen(site: str, open_reader: OpenReader, url: str) -> None:
    reader = open_reader(width=320)
    page = reader.page
    page.goto(site + url)
    # A window of 1,280 pixels has 640 at a zoom of 200 %; 412 is the phone of Lighthouse.
    for width in (320, 412, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL_TARGETS) == []
        page.emulate_media(color_scheme="light")
        assert find_violations(page) == [], width
        # Nothing but colours differs in the dark, and all rules anew would double the time.
        page.emulate_media(color_scheme="dark")
        assert find_violations(page, "color-contrast") == [], width
    assert reader.faults == []


@pytest.mark.parametrize("url", KINDS_OF_PAGE)
def test_letters_of_twice_the_size_fit_a_phone(site: str, open_reader: OpenReader, url: str) -> None:
    page = open_reader(width=360).page
    page.goto(site + url)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_heading_breaks_behind_the_pair_before_it_breaks_a_name(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=360).page
    page.goto(f"{site}/pairs/in-kr/semiconductors/")
    heading = page.get_by_role("heading", level=1)
    assert heading.inner_text().split() == ["India–South", "Korea:", "Semiconductors"]
    boxes = "items => items.map((item) => { const { top, height } = item.getBoundingClientRect(); return [top, height]; })"
    _, first, second, sector = heading.locator(".whole").evaluate_all(boxes)
    assert first == second, "both names stand on one line"
    assert second[0] + second[1] <= sector[0]
    page.set_viewport_size({"width": 240, "height": 800})
    _, first, second, _ = heading.locator(".whole").evaluate_all(boxes)
    assert first[0] + first[1] <= second[0]
    assert first[1] == second[1], "the name of two words is as high as that of one"


def test_a_long_word_breaks_before_it_leaves_the_screen(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=320).page
    for url in ("/", PAIR, "/timeline/", BRIEFING):
        page.goto(site + url)
        titles = page.locator(".card-title a, .event-title a, h1")
        titles.evaluate_all(
            "items => items.forEach((item) => { item.textContent = 'Donaudampfschifffahrtselektrizitäten'.repeat(3); })"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url


def test_the_dark_scheme_is_kept_across_pages(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(f"{site}/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(site + PAIR)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    switch = page.get_by_role("button", name="Dark colours")
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_without_a_choice_the_scheme_is_that_of_the_system(site: str, open_reader: OpenReader) -> None:
    page = open_reader(scheme="dark").page
    page.goto(f"{site}/")
    assert page.get_by_role("button", name="Dark colours").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_scheme_wins_over_that_of_the_system(site: str, open_reader: OpenReader, scheme: str) -> None:
    page = open_reader(scheme=scheme).page
    page.goto(site + BRIEFING)
    page.get_by_role("button", name="Dark colours").click()
    assert find_violations(page) == []


def test_without_scripts_everything_can_be_read_and_reached(site: str, open_reader: OpenReader) -> None:
    reader = open_reader(scripts=False)
    page = reader.page
    page.goto(f"{site}/")
    assert not page.get_by_role("button", name="Dark colours").is_visible()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Pairs").click()
    page.wait_for_url(f"{site}/pairs/")
    page.get_by_role("main").get_by_role("link", name="India–South Korea").click()
    page.wait_for_url(site + PAIR)
    page.get_by_role("main").get_by_role("link", name="India and South Korea meet").first.click()
    page.wait_for_url(site + BRIEFING)
    assert page.get_by_role("heading", name="Why it is tagged so").is_visible()
    assert page.get_by_text("India and South Korea agreed on").first.is_visible()
    assert not page.get_by_role("button").filter(visible=True).count()
    assert reader.faults == []


@pytest.mark.parametrize(
    ("url", "name", "target"),
    [
        ("/map/", "India: 15 briefings", "/countries/in/"),
        ("/map/#arcs-in", "India–South Korea: 14 briefings", PAIR),
        ("/matrix/", "India–South Korea, Trade: 4 briefings", "/pairs/in-kr/trade/"),
        ("/timeline/", "1 May 2019: السعودية والهند توقعان مذكرة تفاهم", "/briefings/2019-05-01-arabic/"),
        (PAIR, "Shipbuilding, 2021: 1 briefing", "/briefings/2021-02-02-talks/"),
    ],
)
def test_every_chart_leads_on_without_scripts(site: str, open_reader: OpenReader, url: str, name: str, target: str) -> None:
    reader = open_reader(scripts=False)
    reader.page.goto(site + url)
    reader.page.get_by_role("link", name=name, exact=True).first.press("Enter")
    reader.page.wait_for_url(site + target)
    assert reader.faults == []


@pytest.mark.parametrize(
    ("url", "name", "start"),
    [
        (BRIEFING, "BibTeX", b"@"),
        (BRIEFING, "RIS", b"TY  - "),
        (BRIEFING, "CSL-JSON", b"["),
        ("/data/", "briefings.csv", b"id,title,"),
        ("/data/", "briefings.sqlite", b"SQLite format 3"),
        ("/feeds/", "all feeds", b"<?xml"),
    ],
)
def test_every_file_can_be_taken_away_without_scripts(
    site: str, open_reader: OpenReader, url: str, name: str, start: bytes
) -> None:
    page = open_reader(scripts=False).page
    page.goto(site + url)
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=name).click()
    assert download.value.path().read_bytes().startswith(start)


def test_an_error_is_reported_with_the_address_of_the_briefing(site: str, open_reader: OpenReader) -> None:
    page = open_reader(scripts=False).page
    page.goto(site + BRIEFING)
    report = page.get_by_role("link", name="Report an error").get_attribute("href")
    assert report == f"https://example.org/errors?page={quote(site + BRIEFING, safe='')}"


def test_the_keyboard_reaches_the_content_first(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(site + PAIR)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


# Which element has the focus, and whether that can be seen: by a line around it or, in a drawing, along the edge of its mark.
FOCUS = """() => {
  const item = document.activeElement;
  if (item === document.body) return ["BODY", true];
  const mark = item.querySelector(":scope > :last-child");
  const isMarked = item.closest("svg") && mark && parseFloat(getComputedStyle(mark).strokeWidth) >= 3;
  return [item.dataset.walked ??= String(Math.random()), Boolean(isMarked) || getComputedStyle(item).outlineStyle !== "none"];
}"""


@pytest.mark.parametrize("url", ["/", BRIEFING, PAIR, "/map/", "/timeline/", "/feeds/", "/search/"])
def test_the_keyboard_walks_through_every_control_and_sees_where_it_is(site: str, open_reader: OpenReader, url: str) -> None:
    page = open_reader().page
    page.goto(site + url)
    controls = page.locator("a[href], button:enabled, summary, input, select, [tabindex='0']").filter(visible=True).count()
    seen = set()
    # One step more, since the walk passes the frame of the browser.
    for number in range(controls + 1):
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(FOCUS)
        assert is_seen, number
        seen.add(name)
    assert len(seen - {"BODY"}) == controls


CONTROLS = {"button", "checkbox", "combobox", "DisclosureTriangle", "link", "searchbox", "textbox"}


@pytest.mark.parametrize("url", KINDS_OF_PAGE)
def test_every_control_has_a_name_for_screen_readers(site: str, open_reader: OpenReader, url: str) -> None:
    page = open_reader().page
    page.goto(site + url)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    controls = [node for node in tree if not node["ignored"] and node["role"]["value"] in CONTROLS]
    names = [node["name"]["value"].strip() for node in controls]
    assert len(names) > 5
    assert "" not in names


def test_evidence_is_marked_in_the_text_on_request(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(site + BRIEFING)
    switch = page.get_by_role("button", name="Highlight the evidence")
    expect(switch).to_have_accessible_description("Why it is tagged so")
    switch.click()
    marked = page.evaluate("[...CSS.highlights.get('evidence')].map((range) => range.toString())")
    shown = page.locator("[data-quote] mark").all_text_contents()
    assert marked
    assert set(marked) <= set(shown)
    switch.click()
    assert page.evaluate("CSS.highlights.has('evidence')") is False
    page.locator(".tools").get_by_role("link", name="Why it is tagged so").click()
    expect(page.get_by_role("heading", name="Why it is tagged so")).to_be_in_viewport()


def test_an_opml_file_is_made_of_the_feeds_that_a_reader_ticks(site: str, open_reader: OpenReader) -> None:
    reader = open_reader()
    page = reader.page
    page.goto(f"{site}/feeds/")
    make = page.get_by_role("button", name="Make a file of my choice")
    assert make.is_disabled()
    page.get_by_role("checkbox", name="India–South Korea").check()
    page.get_by_role("heading", name="Sectors").click()
    page.get_by_role("checkbox", name="Defence").check()
    assert page.get_by_role("status").text_content() == "2 chosen"
    with page.expect_download() as download:
        make.click()
    outlines = etree.parse(download.value.path()).iter("outline")
    assert [(item.get("text"), item.get("xmlUrl"), item.get("htmlUrl")) for item in outlines] == [
        ("India–South Korea", f"{site}/pairs/in-kr/feed.xml", f"{site}/pairs/in-kr/"),
        ("Defence", f"{site}/sectors/defence/feed.xml", f"{site}/sectors/defence/"),
    ]
    assert reader.faults == []


def test_feeds_are_found_by_words_of_their_names(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(f"{site}/feeds/")
    find = page.get_by_role("searchbox", name="Find a list")
    find.fill("korea TRADE")
    assert page.get_by_role("checkbox").filter(visible=True).count() == 1
    page.get_by_role("checkbox", name="India–South Korea: Trade").check()
    assert page.get_by_role("status").text_content() == "1 list, 1 chosen"
    find.fill("zzz")
    assert page.get_by_role("status").text_content() == "No list is called so, 1 chosen"
    find.fill("")
    assert page.get_by_role("checkbox").filter(visible=True).count() > 5
    assert page.get_by_role("status").text_content() == "1 chosen"


@pytest.mark.parametrize(("url", "names"), [(PAIR, "th[scope=row]"), ("/timeline/", ".lane-names li")])
def test_a_phone_sees_the_latest_years_of_a_chart_beside_its_names(
    site: str, open_reader: OpenReader, url: str, names: str
) -> None:
    page = open_reader(width=320).page
    page.goto(site + url)
    chart = page.locator(".chart-latest")
    assert chart.evaluate("item => item.scrollWidth > item.clientWidth")
    hidden = "item => { const box = item.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; }"
    assert not chart.get_by_text("2025", exact=True).evaluate(hidden)
    assert not chart.locator(names).first.evaluate(hidden)
    shade = "item => Number(getComputedStyle(item, '::after').opacity)"
    beside = chart.locator(names if "th" in names else ".lane-names").first
    # A place that follows the scrolling is known once the page has been painted.
    page.wait_for_function(f"item => ({shade})(item) > 0", arg=beside.element_handle())
    chart.evaluate("item => item.scrollTo(-item.scrollWidth, 0)")
    page.wait_for_function(f"item => ({shade})(item) === 0", arg=beside.element_handle())
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function(f"item => ({shade})(item) === 0", arg=beside.element_handle())


def test_a_chart_of_years_fades_at_the_edge_behind_which_more_is_hidden(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=320).page
    page.goto(f"{site}/briefings/")
    chart = page.locator(".chart:has(> .years)")
    assert chart.evaluate("item => item.scrollWidth > item.clientWidth"), "years are hidden at the left"
    assert "to left" in chart.evaluate("item => getComputedStyle(item).maskImage")
    edges = "item => ['--before', '--after'].map((edge) => Number(getComputedStyle(item).getPropertyValue(edge)) < 1)"
    # A place that follows the scrolling is known once the page has been painted.
    page.wait_for_function(f"item => String(({edges})(item)) === 'false,true'", arg=chart.element_handle())
    chart.evaluate("item => item.scrollTo(-item.scrollWidth, 0)")
    page.wait_for_function(f"item => String(({edges})(item)) === 'true,false'", arg=chart.element_handle())


def test_paragraphs_have_links_that_lead_back_to_them(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(site + BRIEFING)
    page.get_by_role("button", name="Paragraph links").click()
    link = page.get_by_role("link", name="Link to paragraph 1", exact=True)
    target = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(site + BRIEFING + target)
    assert find_violations(page) == []


@pytest.mark.parametrize("path", ["/", SUB_PATH])
def test_the_site_works_where_it_is_hosted(sites: dict[str, str], open_reader: OpenReader, path: str) -> None:
    reader = open_reader()
    page = reader.page
    page.goto(sites[path])
    page.get_by_role("main").get_by_role("link", name="India and South Korea meet").first.click()
    page.wait_for_url(sites[path].rstrip("/") + BRIEFING)
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the style sheet was loaded"
    assert page.locator("link[rel=canonical]").get_attribute("href") == page.url
    assert reader.faults == []


@pytest.mark.parametrize("path", ["/", SUB_PATH])
def test_both_forms_of_a_redirect_lead_to_the_pair(sites: dict[str, str], open_reader: OpenReader, path: str) -> None:
    page = open_reader().page
    target = sites[path].rstrip("/") + PAIR
    page.goto(f"{sites[path]}pairs/kr-in/")
    page.wait_for_url(target)
    rules = dict(line.split()[:2] for line in page.request.get(f"{sites[path]}_redirects").text().splitlines())
    assert page.goto(sites[path].rstrip("/").removesuffix(path.rstrip("/")) + rules[f"{path}pairs/kr-in/"]).ok
    assert page.url == target


def test_a_wrong_address_gets_a_page_that_leads_on(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    response = page.goto(f"{site}/pairs/xx-yy/nothing/")
    assert response is not None
    assert response.status == 404
    page.get_by_role("main").get_by_role("link", name="Country pairs").click()
    expect(page).to_have_url(f"{site}/pairs/")
    page.go_back()
    page.get_by_role("main").get_by_role("link", name="Search").click()
    expect(page).to_have_url(f"{site}/search/")


def test_a_text_of_another_language_says_so_and_runs_its_own_way(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(f"{site}/briefings/2019-05-01-arabic/")
    title = page.get_by_role("heading", level=1)
    assert title.evaluate("item => [item.closest('[lang]').lang, getComputedStyle(item).direction]") == ["ar", "rtl"]
    assert page.get_by_role("heading", name="Why it is tagged so").evaluate("item => getComputedStyle(item).direction") == "ltr"


def test_print_shows_what_waits_behind_a_click(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.goto(site + BRIEFING)
    folded = page.locator(".cite details dl")
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()


def test_print_shows_the_text_and_the_addresses_of_its_links(site: str, open_reader: OpenReader) -> None:
    page = open_reader(scheme="dark").page
    page.goto(site + BRIEFING)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Sections")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    content = page.locator(".sources a").first.evaluate("item => getComputedStyle(item, '::after').content")
    assert "href" in content or "https://example.org/source" in content


@pytest.mark.parametrize("url", ["/map/", "/matrix/", "/pairs/", PAIR, BRIEFING])
def test_a_printed_page_says_where_it_is_from(site: str, open_reader: OpenReader, url: str) -> None:
    page = open_reader().page
    page.goto(site + url)
    address = page.locator("link[rel=canonical]")
    expect(address).to_be_hidden()
    page.emulate_media(media="print")
    expect(address).to_be_visible()
    assert address.evaluate("item => [item.href, getComputedStyle(item, '::before').content]") == [site + url, f'"{site}{url}"']


def test_print_leaves_out_what_is_for_pressing(site: str, open_reader: OpenReader) -> None:
    page = open_reader().page
    page.emulate_media(media="print")
    page.goto(f"{site}/search/?q=korea")
    expect(page.locator(".result").first).to_be_visible()
    expect(page.get_by_label("Words to find")).to_be_visible()
    for part in ("[data-filters]", "[data-sort]", ".search-row button", ".search-hint"):
        expect(page.locator(part)).to_be_hidden()
    page.goto(f"{site}/search/")
    expect(page.get_by_label("Words to find")).to_be_hidden()
    page.goto(f"{site}/map/")
    expect(page.get_by_text("show pairs").filter(visible=True)).to_have_count(0)
    page.goto(f"{site}/feeds/")
    expect(page.get_by_label("Find a list")).to_be_hidden()
    expect(page.get_by_role("checkbox").filter(visible=True)).to_have_count(0)


def test_print_needs_no_backgrounds_and_cuts_nothing_off(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=658).page  # A sheet of A4 between its margins.
    page.goto(f"{site}/matrix/")
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.body).color")
    colours = page.locator(".matrix td[class^=level]").evaluate_all("items => items.map((item) => getComputedStyle(item).color)")
    assert set(colours) == {ink}
    assert page.locator(".matrix td").first.evaluate("item => getComputedStyle(item).printColorAdjust") == "exact"
    assert page.locator("table").evaluate("item => getComputedStyle(item).breakInside") == "auto"
    for url in ("/timeline/", PAIR):
        page.goto(site + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 658
        boxes = page.locator(".chart > *").evaluate_all("items => items.map((item) => item.getBoundingClientRect().toJSON())")
        assert all(box["left"] >= 0 and box["right"] <= 658 for box in boxes), (url, boxes)
    assert page.locator(".event-note").first.evaluate("item => item.scrollHeight <= item.clientHeight")
    page.goto(site + BRIEFING)
    assert page.locator("mark").first.evaluate("item => getComputedStyle(item).textDecorationLine") == "underline"
    assert page.locator(".docket").evaluate("item => getComputedStyle(item).breakInside") == "avoid"


MARKS = {
    PAIR: {".bar rect": "fill", ".strip td a": "color", ".map .party": "fill", ".map .arc": "stroke"},
    "/briefings/": {".year": "fill"},
    "/map/": {".map-world a path": "fill", ".map-world > path": "stroke"},
    "/matrix/": {".matrix td a": "color"},
    "/timeline/": {".lanes-frame .mark": "fill", ".lanes-frame line": "stroke"},
}


@pytest.mark.parametrize("url", MARKS)
def test_forced_colours_keep_every_mark_of_a_chart(site: str, open_reader: OpenReader, url: str) -> None:
    page = open_reader().page
    page.goto(site + url)
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for marks, name in MARKS[url].items():
            shown = page.locator(marks).first.evaluate("(item, name) => getComputedStyle(item)[name]", name)
            assert shown not in (paper, "none"), (scheme, marks)


def test_forced_colours_tell_the_levels_of_the_map_apart_and_its_arcs_from_the_countries(
    site: str, open_reader: OpenReader
) -> None:
    page = open_reader().page
    page.goto(f"{site}/map/#arcs-in")
    page.emulate_media(forced_colors="active")
    seen = """items => Object.fromEntries(items.map((item) => {
      const style = getComputedStyle(item);
      return [item.classList[0], `${style.fill}, ${style.fillOpacity}`];
    }))"""
    legend = page.locator(".legend rect").evaluate_all(seen)
    marks = page.locator(".map-world [class^=level]").evaluate_all(seen)
    assert len(set(legend.values())) == len(legend) > 4
    assert {**legend, **marks} == legend
    arc = page.locator("#arcs-in + .chosen .arc").first.evaluate("item => getComputedStyle(item).stroke")
    assert not [colour for colour in marks.values() if colour.startswith(arc)]
    page.goto(site + PAIR)
    expect(page.locator(".legend"), "the cells have no colours there, only their numbers").to_be_hidden()


def test_a_timeline_fills_a_column_and_is_moved_only_where_its_marks_would_touch(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=800).page
    page.goto(f"{site}/timeline/")
    assert page.locator(".chart").first.evaluate("item => item.scrollWidth <= item.clientWidth")


def test_a_text_that_runs_the_other_way_begins_where_its_title_does(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=1280).page
    page.goto(f"{site}/years/2019/")
    card = page.locator(".card", has=page.locator("[dir=rtl]")).first
    title, summary = card.locator(".card-title").bounding_box(), card.locator(".card-summary").bounding_box()
    assert title
    assert summary
    assert title["x"] + title["width"] == pytest.approx(summary["x"] + summary["width"])


def is_seen(item: Locator) -> bool:
    """Say whether the middle of an element is within the width of the screen."""
    seen: bool = item.evaluate("""item => {
      const { left, right } = item.getBoundingClientRect();
      return left + right > 0 && left + right < 2 * innerWidth;
    }""")
    return seen


def test_a_phone_begins_the_map_with_the_middle_of_its_briefings(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=390, scripts=False).page
    page.goto(f"{site}/map/")
    for name in ("India: ", "South Korea: "):
        assert is_seen(page.locator(f".map-world a[aria-label^='{name}']"))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pairs_of_a_chosen_country_are_named_below_the_whole_map(site: str, open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width, scripts=False).page
    page.goto(f"{site}/map/")
    assert not page.get_by_role("heading", name=": pairs").count()
    page.get_by_role("link", name="India: show pairs on the map").click()
    chosen = page.get_by_role("region", name="India: pairs")
    names = chosen.get_by_role("list").get_by_role("link")
    expect(names).to_have_text(["India–Saudi Arabia", "India–South Korea", "Back to all countries"])
    expect(page.get_by_role("heading", name=": pairs")).to_have_text(["India: pairs"])
    assert page.locator(".map-world").evaluate("item => item.getBoundingClientRect().top") >= 0
    assert is_seen(page.locator(".map-world a[aria-label^='India: ']"))
    for name in names.all():
        assert name.evaluate(
            "item => { const box = item.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; }"
        )
    chosen.get_by_role("link", name="Back to all countries").click()
    expect(page.get_by_role("heading", name=": pairs")).to_have_count(0)


def test_a_phone_moves_the_map_rather_than_make_it_too_small_to_be_hit(site: str, open_reader: OpenReader) -> None:
    page = open_reader(width=320).page
    page.goto(f"{site}/map/")
    region = page.get_by_role("region", name="Map of the world")
    assert region.evaluate("item => item.scrollWidth") >= 720
    region.focus()
    place = region.evaluate("item => item.scrollLeft")
    page.keyboard.press("ArrowLeft")
    expect(region).not_to_have_js_property("scrollLeft", place)


def test_a_briefing_loads_at_most_five_files(site: str, open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.page.goto(site + BRIEFING)
    reader.page.wait_for_load_state("networkidle")
    assert len(set(reader.requests)) <= 5, reader.requests
