"""What the search finds, in which order and at what cost, in a real browser: known items, a plain scan, bytes and requests."""

import gzip
import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Response, expect

from generator.files import walk
from generator.model import Briefing, CountryPair, Person
from generator.places import THEME
from generator.publish.archive import Archive
from generator.publish.page import Copy
from generator.publish.site import plan_assets
from tests.browser.test_search import served, write_search
from tests.factories import make_archive_of, make_briefing

SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
WORDS = [one + two + three for one in SYLLABLES[::3] for two in SYLLABLES[1::4] for three in SYLLABLES[2::16]]
COUNTRIES = ("IN", "JP", "KR", "DE", "FR", "US", "TR", "BR", "VN")
SECTORS = ("semiconductors", "trade", "space", "shipbuilding", "energy", "health")


def make_large(count: int = 600) -> Archive:
    """Return briefings of 150 words each, of which some are frequent and most are rare, as in real texts."""
    chance = random.Random(7)

    def choose(number: int) -> list[str]:
        return [WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(number)]

    archive = []
    for number in range(count):
        day = date(2018, 1, 1) + timedelta(days=4 * number)
        countries = tuple(sorted(chance.sample(COUNTRIES, 2)))
        archive.append(
            make_briefing(
                id=f"{day}-{number:03}",
                date=day,
                title=" ".join(choose(6)).capitalize(),
                summary=" ".join(choose(15)),
                key_points=(),
                body="\n\n".join(" ".join(choose(40)) for _ in range(3)),
                countries=countries,
                pairs=(CountryPair(*countries),),
                sectors=(chance.choice(SECTORS[:4]),),
                people=(Person(f"{chance.choice(WORDS)} {chance.choice(WORDS)}son".title()),),
                organisations=(),
                lang="la",  # Without stems, so that a word stands for itself alone.
            )
        )
    told = make_briefing(id="told", date=date(2025, 1, 1), title="Bulletin", summary="", key_points=(), body="Narwhal. " * 4)
    titled = make_briefing(id="titled", date=date(2019, 1, 1), title="Narwhal census", summary="", key_points=(), body="A text.")
    return make_archive_of(*archive, told, titled)


@pytest.fixture(scope="module")
def large() -> Archive:
    return make_large()


@pytest.fixture(scope="module")
def address(large: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("large")
    write_search(large, folder)
    with served(folder) as address:
        yield address


Ask = Callable[[Sequence[dict[str, Any]]], list[list[str]]]

# The ids that hold all conditions of each state of the page, in the order of the page.
PROGRAM = """async (states) => {
  %s
  const none = { q: "", sort: "", ...NO_FILTERS };
  return Promise.all(states.map(async (state) => {
    const { root, numbers, held, conditions } = await search({ ...none, ...state });
    const found = held === conditions.length ? numbers : [];
    return Promise.all(found.map(async (number) => (await readDocument(root, number))[0]));
  }));
}"""


@pytest.fixture(scope="module")
def ask(browser: Browser, address: str) -> Iterator[Ask]:
    """Return a function that gives the ids which the script of the page finds for each query with its filters."""
    parts = ("shared/words.js", "search/index.js", "search/answer.js")
    program = PROGRAM % "\n".join((THEME / "assets/js" / part).read_text(encoding="utf-8") for part in parts)
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield lambda states: page.evaluate(program, list(states))
    context.close()


def misspell(title: str) -> str:
    """Return a title of which two letters of the longest word have changed places."""
    word = max(title.split(), key=len)
    return title.replace(word, word[:2] + word[3] + word[2] + word[4:])


@pytest.mark.parametrize(
    "make_query", [lambda item: item.title, lambda item: misspell(item.title), lambda item: item.people[0].name]
)
def test_a_known_briefing_is_among_the_first_ten(ask: Ask, large: Archive, make_query: Callable[[Briefing], str]) -> None:
    wanted = [article.briefing for article in large.articles[2:-1:10]]
    found = ask([{"q": make_query(briefing)} for briefing in wanted])
    missed = [briefing.title for briefing, ids in zip(wanted, found, strict=True) if briefing.id not in ids[:10]]
    assert len(missed) <= len(wanted) * 0.05, missed


def test_a_title_comes_before_a_newer_text_that_repeats_the_word(ask: Ask) -> None:
    assert ask([{"q": "narwhal"}, {"q": "narwhal", "sort": "newest"}]) == [["titled", "told"], ["told", "titled"]]


def test_a_rare_word_counts_more_than_a_frequent_one(ask: Ask, large: Archive) -> None:
    texts = {article.card.id: article.briefing.title.lower() for article in large.articles}
    frequent, rare = WORDS[0], next(word for word in reversed(WORDS) if sum(word in title for title in texts.values()) == 1)
    first = ask([{"q": f"{rare} {frequent}"}])[0][:1] or ask([{"q": rare}])[0][:1]
    assert rare in texts[first[0]]


def read_plainly(briefing: Briefing) -> list[str]:
    """Return the words of a briefing in order, by a rule of its own; a bar parts lines, which no phrase spans."""
    names = (person.name for person in briefing.people)
    lines = (briefing.title, briefing.summary, *briefing.body.split("\n\n"), *names)
    return re.findall(r"[a-z]+|\|", " | ".join(lines).lower())


@st.composite
def queries(draw: st.DrawFn) -> tuple[dict[str, Any], list[str], list[str], list[str]]:
    """Return a state of the page, with its words, the words of its phrase, and the words that it leaves out."""
    some = st.sampled_from(WORDS[:40])
    words, refused = draw(st.lists(some, min_size=1, max_size=2)), draw(st.lists(some, max_size=1))
    phrase = draw(st.lists(some, min_size=2, max_size=2) | st.just([]))
    state: dict[str, Any] = {
        "q": " ".join([*words, *(f"-{word}" for word in refused), f'"{" ".join(phrase)}"' if phrase else ""])
    }
    if draw(st.booleans()):
        state["country"] = draw(st.lists(st.sampled_from([code.lower() for code in COUNTRIES]), min_size=1, max_size=2))
    if draw(st.booleans()):
        state["from"] = f"{draw(st.integers(2018, 2024))}-{draw(st.integers(1, 12)):02}"
    return state, words, phrase, refused


def has_phrase(text: list[str], phrase: list[str]) -> bool:
    return not phrase or any(text[at : at + 2] == phrase for at in range(len(text)))


Scan = Callable[[dict[str, Any], list[str], list[str], list[str]], set[str]]


@pytest.fixture(scope="module")
def scan(large: Archive) -> Scan:
    """Return a function that looks at all texts for what a query wants."""
    texts = {article.card.id: (article.briefing, read_plainly(article.briefing)) for article in large.articles}

    def find(state: dict[str, Any], words: list[str], phrase: list[str], refused: list[str]) -> set[str]:
        return {
            name
            for name, (briefing, text) in texts.items()
            if {*words, *phrase} <= set(text)
            and has_phrase(text, phrase)
            and not {*refused} & set(text)
            and (not state.get("country") or {code.upper() for code in state["country"]} & set(briefing.countries))
            and str(briefing.date) >= state.get("from", "")
        }

    return find


@settings(deadline=None, max_examples=6)
@given(st.lists(queries(), min_size=10, max_size=30))
def test_what_the_page_finds_is_what_a_plain_scan_finds(
    ask: Ask, scan: Scan, asked: list[tuple[dict[str, Any], list[str], list[str], list[str]]]
) -> None:
    answers = ask([state for state, *_ in asked])
    for query, found in zip(asked, answers, strict=True):
        assert set(found) == scan(*query), query


@pytest.mark.parametrize(
    ("query", "most_bytes"),
    [
        (WORDS[0], 100_000),
        (" ".join(WORDS[:9:4]), 180_000),
        # None of the three is in the archive, and each is near one that is.
        (" ".join(word[:2] + word[3] + word[2] + word[4:] for word in WORDS[:9:4]), 180_000),
    ],
    ids=["one word", "three words", "three unknown words"],
)
def test_the_first_results_need_few_bytes_and_requests(
    browser: Browser, address: str, tmp_path: Path, query: str, most_bytes: int
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  # Playwright marks the function it is given.
    page.evaluate("""() => {
      const list = document.querySelector("[data-results]");
      const asked = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/search/"));
      const count = () => { window.first ??= asked().length; };
      new MutationObserver(count).observe(list, { childList: true });
      performance.clearResourceTimings();
    }""")
    page.fill("[data-query]", query)
    page.press("[data-query]", "Enter")
    expect(page.locator(".search-facet")).to_have_count(7)
    first = page.evaluate("window.first")
    answers = [(response.url, len(gzip.compress(response.body(), mtime=0))) for response in responses]
    facets = [size for url, size in answers if "/facets/" in url]
    before = [size for url, size in answers if "/search/" in url and "/facets/" not in url][:first]
    assert 0 < first <= 8, [url for url, _ in answers]
    assert sum(before) <= most_bytes
    assert sum(facets) <= 120_000
    context.close()


def test_the_scripts_of_the_search_are_small() -> None:
    theme = {name: (THEME / name).read_bytes() for name in walk(THEME)}
    sizes = {}
    for page in plan_assets(theme):
        if page.url.endswith(".js") and isinstance(page.body, Copy):
            sizes[page.url.removeprefix("/assets/").partition(".")[0]] = len(gzip.compress(page.body.content, mtime=0))
    assert sizes["jump"] <= 3_000
    # All that the search page loads; the quick jump only comes there when it is asked for.
    assert sizes["search"] + sizes["theme"] <= 12_000


@pytest.mark.parametrize(
    "script",
    [
        'const link = `see ${secure ? `https://${host}` : "nothing"}`; // why',
        "const text = `// no comment`, more = /\\/\\/[/*]/.test(text) ? '/* none */' : \"//\";",
    ],
)
def test_a_script_of_a_theme_says_the_same_without_its_comments(script: str, browser: Browser) -> None:
    start = "const secure = true, host = 'x.example'; let link, text, more;"
    program = f"{start}\n// A comment.\n{script.replace('const ', '')}\nwindow.said = [link, text, more];".encode()
    (published,) = (
        page.body.content
        for page in plan_assets({"assets/js/own.js": program})
        if page.url.endswith(".js") and isinstance(page.body, Copy)
    )
    page = browser.new_page()
    said = [page.evaluate(f"() => {{ {code.decode()}\nreturn window.said; }}") for code in (program, published)]
    page.close()
    assert said[0] == said[1]
