"""`Page` → bytes, over a pool of processes where that pays. The bytes are the same whatever the number of processes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

from generator.errors import GeneratorError, Problem
from generator.publish.environment import ThemeEnvironment
from generator.publish.page import Copy, Data, Later, Made, Page, Ready, View, compute, find_nothing
from generator.publish.templating import render_template
from generator.workers import share_out

# Starting a pool costs about 40 ms; a page costs 0.3 to 2 ms.
PAGES_WORTH_A_POOL = 300
# What is computed for many pages in a row finds its code and tables near the processor: of 10,000 briefings, 256 at a time take
# 5 % less than 64. The last turns are short, so that all processes end together.
TURN_MAX, TURN_MIN = 256, 16
# What a page that shows a text is made with.
TEXT_TEMPLATE = "pages/briefing.html"


def render_page(page: Page, environment: ThemeEnvironment, known: Mapping[int, object] = MappingProxyType({})) -> bytes:
    """Return the bytes of one page; `known` holds the later values that were computed already, by identity.

    Raises: TemplateError with the template, its line and the address of the page.
    """
    match page.body:
        case View(template=template, context=context):
            shown = {name: value.value(known) if isinstance(value, Later) else value for name, value in context.items()}
            return render_template(environment, template, shown, url=page.url)
        case Data(value=value):
            return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
        case Made(function=function, arguments=arguments):
            return function(*arguments)
        case Copy(content=content):
            return content


Written = TypeVar("Written")
Write = Callable[[Page, bytes], Written]
EndAhead = Callable[[], Ready]
"""Ends what is computed ahead in another process, and returns what finds it."""


def render_pages(
    pages: Sequence[Page],
    environment: ThemeEnvironment,
    write: Write[Written],
    *,
    jobs: int,
    end_ahead: EndAhead = lambda: find_nothing,
) -> tuple[Mapping[str, Written], list[Problem]]:
    """Hand the bytes of all pages that can be made to `write`, in any of `jobs` processes.

    Return address → what `write` returned, and the problems of the other pages. When the first pages stand, `end_ahead` is asked
    for what need not be computed again. Bytes stay in the process that made them: those of 10,000 briefings are 250 MB.
    """
    written: dict[str, Written] = {}
    urls: dict[Problem, set[str]] = {}
    jobs = jobs if len(pages) >= PAGES_WORTH_A_POOL else 1
    samples, queues = arrange(pages)
    turns = [[queue[part] for part in _find_turns(len(queue), jobs)] for queue in queues]
    chunks = list(chain.from_iterable(turns))
    # What these import, compile and look up when they first use it, the other processes inherit: 2 % of a cold build of 10,000
    # briefings. Meanwhile the work ahead goes on.
    first = _render_chunk(samples, environment, write, find_nothing)
    ready = end_ahead()

    def render_turn(number: int) -> list[_Result]:
        return _render_chunk(chunks[number], environment, write, ready)

    others = share_out(render_turn, *map(len, turns), jobs=jobs)
    for url, result, found in chain(first, chain.from_iterable(others)):
        if not found:
            written[url] = result
        for problem in found:
            urls.setdefault(_cut(problem, url), set()).add(url)
    return written, [_gather(problem, found_on) for problem, found_on in urls.items()]


def _cut(problem: Problem, url: str) -> Problem:
    """Return a problem without the address of the page on which it was found, where its message ends with that."""
    message = problem.message
    return problem._replace(message=message.removesuffix(url)) if message.endswith(f" {url}") else problem


def _gather(problem: Problem, urls: set[str]) -> Problem:
    """Return a problem of pages of these addresses, told once: a fault of the footer is one fault of a template."""
    first, others = min(urls), len(urls) - 1
    if not problem.message.endswith(" "):
        return problem  # Nothing was cut.
    more = f" (and on {others:,} other {'page' if others == 1 else 'pages'})" if others else ""
    return problem._replace(message=f"{problem.message}{first}{more}")


def arrange(pages: Iterable[Page]) -> tuple[list[Page], tuple[list[Page], list[Page]]]:
    """Return samples, and all other pages in two queues: lists and what else there is, rare kinds first, and those with a text.

    Of each template that several pages have, the second page is the sample: the first often is that of the whole archive. A page
    that is the only one of its kind may take long, like the site map; it comes first, since only the last turns are short. Lists
    show entries that other lists show and texts do not, so that a process with texts has no use for them: 3 % of a cold build.
    """
    kinds: dict[object, list[Page]] = {}
    for page in pages:
        kinds.setdefault(_find_kind(page), []).append(page)
    samples = [some.pop(1) for some in kinds.values() if len(some) > 1 and isinstance(some[0].body, View)]
    texts = kinds.pop(TEXT_TEMPLATE, [])
    others = sorted(kinds.values(), key=len)
    return samples, (list(chain.from_iterable(others)), texts)


def _find_kind(page: Page) -> object:
    match page.body:
        case View(template=template):
            return template
        case Made(function=function):
            return function
        case body:
            return type(body)


def _find_turns(count: int, jobs: int) -> Iterator[slice]:
    """Yield parts of `count` pages: small ones of the rare kinds at its head, then each half of what is left for each process."""
    start = 0
    while start < count:
        most = TURN_MAX if start >= TURN_MAX else TURN_MIN
        end = start + max(TURN_MIN, min(most, (count - start) // (2 * jobs)))
        yield slice(start, end)
        start = end


_Result = tuple[str, Any, tuple[Problem, ...]]


def _render_chunk(chunk: Sequence[Page], environment: ThemeEnvironment, write: Write[Any], ready: Ready) -> list[_Result]:
    known = _compute(chunk, ready)
    rendered: list[bytes | tuple[Problem, ...]] = []
    for page in chunk:
        try:
            rendered.append(render_page(page, environment, known))
        except GeneratorError as problem:
            rendered.append(problem.problems)
    return [
        (page.url, write(page, made), ()) if isinstance(made, bytes) else (page.url, None, made)
        for page, made in zip(chunk, rendered, strict=True)
    ]


def _compute(pages: Iterable[Page], ready: Ready) -> Mapping[int, object]:
    """Return the later values that `pages` show; nothing where one fails, so that each page fails by itself."""
    views = (page.body for page in pages if isinstance(page.body, View))
    try:
        return compute((value for view in views for value in view.context.values() if isinstance(value, Later)), ready)
    except GeneratorError:
        return {}
