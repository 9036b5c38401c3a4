"""The environment of the theme means what Jinja says: each shortcut is held to Jinja's own environment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.build.pipeline import plan
from generator.errors import TemplateError
from generator.places import find_places
from generator.publish import escaping
from generator.publish.filters import make_absolute
from generator.publish.page import View
from generator.publish.render import render_page
from generator.publish.templating import make_environment, render_template
from generator.publish.urls import absolute
from tests.archives import small_archive
from tests.conftest import WriteTree


@dataclass(frozen=True)
class Item:
    """A value as templates are handed them: its names are attributes."""

    name: object = "<b>"
    items: tuple[object, ...] = (1, 2)

    def say(self, word: str = "hello") -> str:
        return f"{word}, {self.name}"


MACROS = (
    '{% macro plain(a, b="<d>", c=none) %}[{{ a }}|{{ b }}|{{ c }}]{% endmacro %}'
    "{% macro any(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}"
    "{% macro box(a) %}<p>{{ a }}{{ caller() }}</p>{% endmacro %}"
    '{% macro asks(a) %}{{ a if a is defined else "nothing" }}{% endmacro %}'
)
TEMPLATES = {
    "macros.html": MACROS,
    "names.html": "{{ x if x is defined else '-' }}{{ number | default('?') }}{% set number = 9 %}{{ number }}",
    "base.html": "<body>{{ item.name }}{% block main %}-{% endblock %}{% block end %}{{ item.name }}1{{ number }}{% endblock %}",
}
CASES = [
    "{{ item.name }} {{ item.items }} {{ item.say() }} {{ item.say('x') }} {{ item.say(word='y') }}",
    "{{ table.name }} {{ table['name'] }} {{ table.items() | list }} {{ item['name'] }}",
    "{{ number }} {{ flag }} {{ nothing }} {{ safe }} {{ text }} {{ text | upper }} {{ number.real }} {{ text.upper() }}",
    "{% autoescape false %}{% macro m() %}<b>{{ varargs | join }}</b>{% endmacro %}"
    "{% autoescape true %}{{ m('<') }}{% endautoescape %}{% endautoescape %}",
    "{% import 'macros.html' as m %}{{ m.plain(1) }}{{ m.plain(1, 2) }}{{ m.plain(1, 2, 3) }}{{ m.plain(b=text, a=1) }}",
    "{% from 'macros.html' import plain, any, asks %}{{ plain(text, c=safe) }}{{ any(1, 2, x=3) }}{{ asks() }}{{ asks(1) }}",
    "{% import 'macros.html' as m with context %}{{ m.plain(1) }}{% from 'macros.html' import any with context %}{{ any(3) }}",
    "{% from 'macros.html' import box %}{% call box(text) %}{{ item.name }}{% endcall %}",
    "{% macro own(a, b=item.name) %}{{ a }}{{ b }}{% endmacro %}{{ own(1) }}{{ own(a=2) }}{{ own(own(3)) }}",
    "{% for x in item.items %}{{ loop.index }}{{ loop.last }}{{ x }}{{ loop.cycle('a', 'b') }}{% else %}none{% endfor %}",
    "{% for x in item.items if x is odd %}{% set y = x ~ text %}{{ y }}{% endfor %}",
    "{% extends 'base.html' %}{% block main %}{{ super() }}{{ text }}{{ item.name }}{{ number }}{{ self.end() }}{% endblock %}",
    "{% from 'macros.html' import plain %}{% autoescape false %}{{ text }}{{ plain(text) }}{% endautoescape %}{{ plain(text) }}",
    "{% filter upper %}{{ text }}{{ item.name }}{{ number }}{% endfilter %}{% set b %}{{ text }}-{{ number }}{% endset %}{{ b }}",
    "{{ item.absent is defined }} {{ table.absent is defined }} {{ absent is defined }} {{ item.absent | default('d') }}",
    "{% set text = text ~ number %}{{ text }}{% include 'names.html' %}{{ text }}{% set number = 8 %}{{ number }}",
    "{% for x in item.items %}{% include 'names.html' %}{% endfor %}{% include 'names.html' without context %}{{ number }}",
    "{{ text.startswith('<') }} {{ text.split('b', 1) }} {{ dict_of.get('a', 'z') }} {{ '%s-%s' | format(text, number) }}",
]
FAULTS = [
    "{{ item.absent }}",
    "{{ table.absent }}",
    "{{ item.name.absent.more }}",
    "{{ absent }}",
    "{{ absent.name }}",
    "{% from 'macros.html' import plain %}{{ plain() }}",
    "{% from 'macros.html' import plain %}{{ plain(1, 2, 3, 4) }}",
    "{% from 'macros.html' import plain %}{{ plain(1, z=2) }}",
    "{% from 'macros.html' import plain %}{{ plain(1, a=2) }}",
]
VALUES = {
    "item": Item(),
    "table": {"name": "of <a> table", "class": "c"},
    "dict_of": {},
    "number": 7,
    "flag": True,
    "nothing": None,
    "safe": Markup("<i>safe</i>"),
    "text": "<b>&\"'",
}


def render_both(source: str, values: dict[str, object]) -> tuple[str, str]:
    """Return what Jinja's own environment and ours make of a template; of a fault its kind and what is said of it."""
    templates = {**TEMPLATES, "page.html": source}
    stock = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return say(lambda: stock.get_template("page.html").render(values)), say(
        lambda: make_environment(templates, base_url="https://example.org/").render("page.html", values).decode()
    )


def say(render: object) -> str:
    assert callable(render)
    try:
        return str(render())
    except (jinja2.TemplateError, TypeError) as problem:
        return f"{type(problem).__name__}: {problem}"


@pytest.mark.parametrize("source", CASES)
def test_a_template_means_what_jinja_says(source: str) -> None:
    stock, ours = render_both(source, VALUES)
    assert ours == stock
    assert not ours.startswith(("UndefinedError", "TypeError"))


@pytest.mark.parametrize("source", FAULTS)
def test_a_fault_is_the_same_fault(source: str) -> None:
    stock, ours = render_both(source, VALUES)
    assert ours == stock
    assert ours.startswith(("UndefinedError", "TypeError"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ [1] | tag }}", "a macro of macros/shown.html takes cards, terms, the site, texts and numbers, no list"),
        ("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}", "templates or macros call each other without end"),
        ('{% include "page.html" %}', "templates or macros call each other without end"),
        ('{{ "a" * 99999999999999 }}', "a text takes all the memory"),
        ("{{ 1 + text }}", "unsupported operand type(s) for +: 'int' and 'str'"),
        ("{{ 3 | url }}", "'int' object is not subscriptable"),
    ],
)
def test_what_a_template_misuses_is_told_with_its_line_and_the_page(source: str, said: str) -> None:
    templates = {**TEMPLATES, "macros/shown.html": "{% macro tag(term) %}{{ term }}{% endmacro %}", "page.html": f"\n{source}"}
    environment = make_environment(templates, base_url="https://example.org/")
    with pytest.raises(TemplateError) as fault:
        render_template(environment, "page.html", VALUES, url="/x/")
    assert str(fault.value.problems[0]) == f"templates/page.html:2: {said}, while rendering /x/ [template-misuse]"


def test_what_a_filter_remembers_of_a_text_is_not_taken_for_what_it_makes_of_html() -> None:
    environment = make_environment(
        {"page.html": '{{ 2 | count(name) }} {{ half | count("pair") }}'}, base_url="https://example.org/"
    )
    assert environment.render("page.html", {"name": Markup("<b>pair</b>"), "half": 2}) == b"2 <b>pair</b>s 2 pairs"
    assert environment.render("page.html", {"name": "<b>pair</b>", "half": 2.0}) == b"2 &lt;b&gt;pair&lt;/b&gt;s 2.0 pairs"


def test_a_macro_that_is_a_filter_takes_arguments_by_name() -> None:
    templates = {
        "macros/shown.html": '{% macro say(a, b="c") %}{{ a }}{{ b }}{% endmacro %}',
        "page.html": '{{ text | say(b="d") }}',
    }
    assert make_environment(templates, base_url="https://example.org/").render("page.html", {"text": "<"}) == b"&lt;d"


@given(value=st.one_of(st.text(), st.integers(), st.none(), st.floats(allow_nan=False), st.lists(st.text(), max_size=2)))
def test_whatever_is_written_is_escaped_as_jinja_does(value: object) -> None:
    stock, ours = render_both("{{ item.name }}{{ text }}<{{ item.say() }}>", {"item": Item(value), "text": value})
    assert ours == stock


@given(text=st.text(alphabet=st.one_of(st.sampled_from("<>&'\"a "), st.characters())))
@pytest.mark.parametrize("escape", [escaping.escape_text, escaping._escape_text])  # The second is for markupsafe before 3.
def test_text_is_escaped_as_markupsafe_does(escape: Callable[[str], str], text: str) -> None:
    assert escape(text) == str(markupsafe.escape(text))


@pytest.mark.parametrize("base", ["/", "/archive/", "https://example.org/", "https://example.org/archive/"])
@pytest.mark.parametrize("url", ["/", "/pairs/in-kr/", "", "#top", "https://example.com/", "mailto:desk@example.org"])
def test_a_filter_puts_an_address_below_the_site_as_planners_do(base: str, url: str) -> None:
    assert make_absolute(base)(url) == absolute(base, url)


def test_no_template_of_the_theme_asks_for_a_key_by_a_dot(write_tree: WriteTree) -> None:
    """Such a page is right, but rendered twice."""
    root: Path = write_tree(small_archive())
    made = plan(find_places(root), [])
    assert made.environment
    for page in made.pages:
        if isinstance(page.body, View):
            render_page(page, made.environment)
    assert "_patient" not in vars(made.environment)
