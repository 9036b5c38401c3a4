"""Values that pages show and that are computed when they are rendered: in which order, and what a failure takes along."""

import os
from itertools import count

from generator.errors import ContentError, Location, error
from generator.publish.page import Data, Later, Made, Page, Ready, View, compute, find_nothing
from generator.publish.render import PAGES_WORTH_A_POOL, arrange, render_pages
from generator.publish.templating import make_environment
from tests.archives import small_archive
from tests.conftest import WriteTree, plan_pages

ENVIRONMENT = make_environment({"page.html": "{{ said }}"}, base_url="https://briefings.example/")
ASKED: list[str] = []


def shout(text: str) -> str:
    ASKED.append(f"shout {text}")
    return text.upper()


def greet(shouted: str) -> str:
    ASKED.append(f"greet {shouted}")
    if shouted.startswith("NOBODY"):
        raise ContentError(error("made-up", Location(f"{shouted.lower()}.md"), "there is nobody to greet"))
    return f"Hello, {shouted}"


def plan_greeting(name: str) -> Page:
    return Page(f"/{name}/", View("page.html", {"said": Later(greet, (Later(shout, (name,)),))}), "greetings")


def test_values_are_computed_function_by_function_with_their_arguments_first() -> None:
    ASKED.clear()
    laters = [Later(greet, (Later(shout, (name,)),)) for name in ("ann", "bob")]
    known = compute(laters)
    assert ASKED == ["shout ann", "shout bob", "greet ANN", "greet BOB"]
    assert [known[id(later)] for later in laters] == ["Hello, ANN", "Hello, BOB"]


def test_a_value_that_two_pages_share_is_computed_once() -> None:
    ASKED.clear()
    shared = Later(shout, ("ann",))
    compute([Later(greet, (shared,)), Later(greet, (shared,))])
    assert ASKED.count("shout ann") == 1


def test_a_value_that_is_ready_is_not_computed_again() -> None:
    ASKED.clear()
    later = Later(greet, (Later(shout, ("ann",)),))
    known = compute([later], lambda value: "Ann!" if value.function is shout else None)
    assert (known[id(later)], ASKED) == ("Hello, Ann!", ["greet Ann!"])


def test_a_value_that_fails_fails_its_page_and_no_other() -> None:
    numbers = count()
    pages = [plan_greeting(name) for name in ("ann", "nobody", "bob")]
    written, problems = render_pages(pages, ENVIRONMENT, lambda _, data: (next(numbers), data), jobs=1)
    assert written == {"/ann/": (0, b"Hello, ANN"), "/bob/": (1, b"Hello, BOB")}
    assert [problem.message for problem in problems] == ["there is nobody to greet"]


def write_url(page: Page, _: bytes) -> str:
    MADE.append(page.url)
    return page.url


MADE: list[str] = []


def test_a_page_of_each_template_is_made_first_and_then_the_rarest_kinds() -> None:
    MADE.clear()
    greetings = [plan_greeting(name) for name in ("ann", "bob", "cem")]
    alone = [Page("/map.xml", Made(str.encode, ("map",)), "system"), Page("/data.json", Data({}), "system")]
    written, _ = render_pages([*greetings, *alone], ENVIRONMENT, write_url, jobs=1)
    assert MADE == ["/bob/", "/map.xml", "/data.json", "/ann/", "/cem/"]
    assert written == {url: url for url in MADE}


def test_what_is_computed_ahead_is_ended_once_when_the_first_pages_stand() -> None:
    MADE.clear()
    ended: list[list[str]] = []

    def end_ahead() -> Ready:
        ended.append(list(MADE))
        return find_nothing

    render_pages([plan_greeting(name) for name in ("ann", "bob", "cem")], ENVIRONMENT, write_url, jobs=1, end_ahead=end_ahead)
    assert ended == [["/bob/"]]


def test_all_pages_stand_in_one_queue_or_are_samples_and_texts_have_a_queue_of_their_own(write_tree: WriteTree) -> None:
    pages = plan_pages(write_tree(small_archive()))
    samples, (lists, texts) = arrange(pages)
    assert sorted(page.url for page in (*samples, *lists, *texts)) == sorted(page.url for page in pages)
    briefings = [page for page in pages if isinstance(page.body, View) and page.body.template == "pages/briefing.html"]
    assert texts == [briefings[0], *briefings[2:]]
    assert briefings[1] in samples
    templates = [page.body.template for page in samples if isinstance(page.body, View)]
    assert len(templates) == len(samples) == len(set(templates))


def test_the_process_that_plans_makes_the_samples_and_faults_of_all_processes_are_told() -> None:
    names = [f"n{number}" for number in range(PAGES_WORTH_A_POOL)]
    pages = [plan_greeting(name) for name in (names[0], "nobody", *names[1:])]
    pages += [
        Page(f"/copies/{name}/", View("copy.html", {"said": Later(greet, (name,))}), "copies") for name in (*names, "NOBODY2")
    ]
    environment = make_environment({"page.html": "{{ said }}", "copy.html": "{{ said }}"}, base_url="https://briefings.example/")
    written, problems = render_pages(pages, environment, lambda _, data: (os.getpid(), data), jobs=2)
    assert written.keys() == {page.url for page in pages} - {"/nobody/", "/copies/NOBODY2/"}
    assert written["/copies/n1/"] == (os.getpid(), b"Hello, n1")
    assert sorted(problem.where.path for problem in problems) == ["nobody.md", "nobody2.md"]


def test_a_fault_of_many_pages_is_told_once_with_the_first_of_them() -> None:
    broken = make_environment({"page.html": "{{ said }}\n{{ foo }}", "odd.html": "{{ bar }}"}, base_url="https://a.example/")
    names = [f"{number:03}" for number in range(PAGES_WORTH_A_POOL + 1)]
    pages = [Page(f"/{name}/", View("page.html", {"said": name}), "greetings") for name in names]
    pages.append(Page("/", View("odd.html", {}), "odd"))
    for jobs in (1, 2):
        _, problems = render_pages(pages, broken, lambda _, data: data, jobs=jobs)
        assert sorted(map(str, problems)) == [
            "templates/odd.html:1: 'bar' is undefined, while rendering / [undefined-name]",
            "templates/page.html:2: 'foo' is undefined, while rendering /000/ "
            f"(and on {len(names) - 1} other pages) [undefined-name]",
        ]
    _, problems = render_pages(pages[:2], broken, lambda _, data: data, jobs=1)
    assert "while rendering /000/ (and on 1 other page)" in str(problems[0])
