"""The Jinja environment: strict, sandboxed, escaping, with a handful of pure filters; and what each template is made of.

A template sees its context and nothing else. That is what allows a page to be skipped when the digest of its context is
unchanged, so there are no globals, no dynamic includes, and an undefined name is an error.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.errors import Location, Problem, TemplateError, error
from generator.fingerprint import digest_bytes, fingerprint
from generator.publish.feeds import feed_id, render_feed_html
from generator.publish.markup import render_markdown
from generator.text import MONTHS, long_date, short_date


def make_environment(templates: Mapping[str, str], *, base_url: str, loaded_from: str = "templates") -> jinja2.Environment:
    """Return the environment for a site at `base_url`; `templates` maps names (`pages/pair.html`) to their sources."""
    environment = _Sandbox(
        # Not a DictLoader: with it a traceback would not know the names of templates.
        loader=jinja2.FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )
    environment.globals.clear()
    environment.filters.update(_make_filters(base_url))
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    environment.extend(loaded_from=loaded_from)
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which judges each attribute of a type once: its verdict depends on nothing else.

    A page reads 70 to 3,000 attributes. Judging each of them anew was two thirds of the time that templates took.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._verdicts: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Say whether a template may read this attribute; a class itself is judged each time, since it stands for many types."""
        if isinstance(obj, type):
            return super().is_safe_attribute(obj, attr, value)
        key = (type(obj), attr)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = super().is_safe_attribute(obj, attr, value)
        return verdict


def _make_filters(base_url: str) -> dict[str, Callable[..., object]]:
    base_path = urlsplit(base_url).path.rstrip("/") + "/"
    return {
        "url": lambda url: _with_base(url, base_path),
        "absolute": lambda url: _with_base(url, base_url),
        "article_html": lambda body: Markup(render_markdown(body, base_path=base_path, anchors=True)),  # noqa: S704  # Sanitised there.
        "feed_html": lambda body: render_feed_html(body, base_url),
        "feed_id": feed_id,
        "long_date": long_date,
        "short_date": short_date,
        "month_date": lambda day: f"{MONTHS[day.month - 1]} {day.year}",
        "count": count,
        "size": size,
        "safe_link": safe_link,
        "query": lambda text: quote(text, safe=""),
        "path_data": Markup,  # Only for what charts.py draws: path data made of numbers.
    }


def _with_base(url: str, base: str) -> str:
    """Return a root-relative address below `base`; whole addresses (`https:`, `mailto:`) stay as they are."""
    return base + url.removeprefix("/") if url.startswith("/") else url


def count(number: int, one: str, many: str = "") -> str:
    """Return `1 briefing` or `2 briefings`, with thousands separated by a thin space."""
    return f"{number:,}".replace(",", "\u202f") + " " + (one if number == 1 else many or one + "s")


def size(number: int) -> str:
    """Return a number of bytes as readers say it: `812 bytes`, `14 kB`, `1.2 MB`."""
    if number < 1000:
        return count(number, "byte")
    return f"{number / 1e6:.1f} MB" if number >= 999_500 else f"{number / 1000:.0f} kB"


def safe_link(url: str) -> str:
    """Return an address that a reader may follow, or an empty text for one of another scheme than http, https or mailto."""
    cleaned = "".join(char for char in url if char > " " and char.isprintable())
    try:
        return cleaned if urlsplit(cleaned).scheme.lower() in ("http", "https", "mailto") else ""
    except ValueError:  # `http://[x`: no browser could follow it either.
        return ""


def find_closures(environment: jinja2.Environment, templates: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the digest of each template together with all that it extends, includes and imports.

    Raises: TemplateError when a template cannot be read, or names another one by an expression.
    """
    references = {name: _find_references(environment, name, templates) for name in sorted(templates)}
    return {name: _close(name, references, templates) for name in templates}


def _find_references(environment: jinja2.Environment, name: str, templates: Mapping[str, str]) -> set[str]:
    try:
        tree = environment.parse(templates[name], name)
    except jinja2.TemplateSyntaxError as problem:
        raise TemplateError(_locate(problem.message or "", name, problem.lineno)) from problem
    found: set[str] = set()
    for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport)  # noqa: S101
        if not isinstance(node.template, nodes.Const):
            raise TemplateError(_locate("a template must name the other one as a text, not as an expression", name, node.lineno))
        if node.template.value not in templates:
            where = Location(f"templates/{name}", node.lineno)
            raise TemplateError(error("missing-template", where, f'there is no template "{node.template.value}"'))
        found.add(node.template.value)
    return found


def _close(name: str, references: Mapping[str, set[str]], templates: Mapping[str, str]) -> bytes:
    closure, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current not in closure and current in templates:
            closure.add(current)
            waiting.extend(references[current])
    return fingerprint(tuple((item, digest_bytes(templates[item].encode())) for item in sorted(closure)))


def _locate(message: str, name: str, line: int) -> Problem:
    return error("template-syntax", Location(f"templates/{name}", line), message)


def render_template(environment: jinja2.Environment, template: str, context: Mapping[str, object], *, url: str) -> str:
    """Return a rendered template.

    Raises: TemplateError that names the template, its line, and the page that was being made.
    """
    try:
        return environment.get_template(template).render(context)
    except jinja2.UndefinedError as problem:
        where = _find_line(problem, template)
        raise TemplateError(error("undefined-name", where, f"{_say_undefined(problem)}, while rendering {url}")) from problem
    except jinja2.TemplateNotFound as problem:
        where = Location(f"templates/{template}")
        raise TemplateError(error("missing-template", where, f'the template "{problem.name}" is missing, for {url}')) from problem
    except jinja2.TemplateSyntaxError as problem:
        raise TemplateError(_locate(problem.message or "", problem.name or template, problem.lineno)) from problem


def _say_undefined(problem: jinja2.UndefinedError) -> str:
    """Return what is undefined in the words of someone who writes templates, not of Python."""
    found = re.fullmatch(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'", problem.message or "")
    return (
        f'"{found[2]}" is undefined: a {found[1].lower()} has no such value'
        if found
        else problem.message or "a name is undefined"
    )


def _find_line(problem: Exception, template: str) -> Location:
    """Return the innermost line of a template in a traceback; Jinja gives its frames the lines of the template."""
    name, line = template, 0
    trace = problem.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return Location(f"templates/{name}", line)
