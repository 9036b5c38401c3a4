"""`Page` → bytes, over a pool of processes where that pays. The bytes are the same whatever the number of processes."""

import json
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence

import jinja2

from generator.errors import GeneratorError, Problem
from generator.publish.page import Copy, Data, Later, Made, Page, View
from generator.publish.templating import render_template

# Starting a pool costs about 40 ms; a page costs 0.3 to 2 ms.
PAGES_WORTH_A_POOL = 300
CHUNK = 64


def render_page(page: Page, environment: jinja2.Environment) -> bytes:
    """Return the bytes of one page.

    Raises: TemplateError with the template, its line and the address of the page.
    """
    match page.body:
        case View(template=template, context=context):
            shown = {name: value.value() if isinstance(value, Later) else value for name, value in context.items()}
            return render_template(environment, template, shown, url=page.url).encode()
        case Data(value=value):
            return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
        case Made(function=function, arguments=arguments):
            return function(*arguments)
        case Copy(content=content):
            return content


# What the processes of a pool share: set before they are forked, so that nothing has to be sent to them but numbers.
_shared: tuple[Sequence[Page], jinja2.Environment] | None = None


def render_pages(
    pages: Sequence[Page], environment: jinja2.Environment, *, jobs: int
) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Return address → bytes of all pages that could be made, and the problems of the others."""
    rendered: dict[str, bytes] = {}
    problems: dict[Problem, None] = {}
    for chunk in _render_chunks(pages, environment, jobs):
        for url, result in chunk:
            if isinstance(result, bytes):
                rendered[url] = result
            else:
                problems.update(dict.fromkeys(result))
    return rendered, list(problems)


def _render_chunks(
    pages: Sequence[Page], environment: jinja2.Environment, jobs: int
) -> Iterator[list[tuple[str, bytes | tuple[Problem, ...]]]]:
    global _shared  # noqa: PLW0603  # Forked processes inherit it; there is no other way to hand them 20,000 pages for nothing.
    _shared = (pages, environment)
    starts = range(0, len(pages), CHUNK)
    if jobs < 2 or len(pages) < PAGES_WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_render_chunk, starts)
    else:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap_unordered(_render_chunk, starts)
            # Without these two lines the pool is killed at once, which now and then waits for ever.
            pool.close()
            pool.join()
    _shared = None


def _render_chunk(start: int) -> list[tuple[str, bytes | tuple[Problem, ...]]]:
    assert _shared is not None  # noqa: S101
    pages, environment = _shared
    results: list[tuple[str, bytes | tuple[Problem, ...]]] = []
    for page in pages[start : start + CHUNK]:
        try:
            results.append((page.url, render_page(page, environment)))
        except GeneratorError as problem:
            results.append((page.url, problem.problems))
    return results
