"""The Jinja environment: strict, escaping, with a handful of pure filters; and what each template is made of.

A template sees its context and nothing else. That is what allows a page to be skipped when the digest of its context is
unchanged, so there are no globals, no dynamic includes, and an undefined name is an error. Content is never a template. Templates
are code that the archive's owner trusts as much as the generator's: a sandbox would cost a third of their time to keep owners
from their own files.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TypeVar

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket

from generator.errors import Location, Problem, TemplateError, error
from generator.fingerprint import digest_bytes, fingerprint
from generator.publish.environment import PatientEnvironment, ThemeEnvironment, call_macro
from generator.publish.escaping import make_html
from generator.publish.filters import make_filters

# What stands on many pages: macros that are filters, so that what they write of a card, a term or the site is written once.
SHOWN = "macros/shown.html"


class CompiledTemplates(jinja2.BytecodeCache):
    """The code of templates that were compiled before, by what Jinja calls their keys; `has_new` tells that some was added."""

    def __init__(self, codes: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.codes = dict(codes)
        self.has_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over the code of a template, if it is known."""
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take in the code of a template."""
        self.codes[bucket.key] = bucket.bytecode_to_string()
        self.has_new = True


Environment = TypeVar("Environment", bound=PatientEnvironment)


def make_environment(
    templates: Mapping[str, str],
    *,
    base_url: str,
    compiled: CompiledTemplates | None = None,
    find_path: Callable[[str], str] = "templates/{}".format,
) -> ThemeEnvironment:
    """Return the environment for a site at `base_url`; `templates` maps names (`pages/pair.html`) to their sources.

    `find_path` returns the path of a template as messages give it.
    """
    environment = _prepare(ThemeEnvironment, templates, base_url, compiled)
    environment.find_path = find_path
    environment.make_patient = partial(_prepare, PatientEnvironment, templates, base_url, None)
    return environment


def _prepare(
    kind: type[Environment], templates: Mapping[str, str], base_url: str, compiled: CompiledTemplates | None
) -> Environment:
    environment = kind(
        # Not a DictLoader: with it a traceback would not know the names of templates.
        loader=jinja2.FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    environment.globals.clear()
    environment.filters.update(make_filters(base_url))
    environment.policies["json.dumps_function"] = _dump_json
    environment.policies["json.dumps_kwargs"] = {}
    environment.filters.update(_make_shown(environment, templates))
    return environment


# One encoder for all pages: `json.dumps` makes a new one for each value.
_dump_json = json.JSONEncoder(ensure_ascii=False).encode


_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")


def _make_shown(environment: PatientEnvironment, templates: Mapping[str, str]) -> dict[str, Callable[..., object]]:
    """Return each macro of `SHOWN` as a filter of its name."""
    return {name: _remember(environment, name) for name in _MACRO.findall(templates.get(SHOWN, ""))}


def _remember(environment: PatientEnvironment, name: str) -> Callable[..., object]:
    """Return the filter that writes again what the macro wrote of the same card, term or site.

    A macro sees its arguments and nothing else, and these are found by identity, which costs nothing. A card stands in a dozen
    lists and on the pages of its neighbours: kept, lists take a fifth of the time.
    """

    def write(*arguments: object, **named: object) -> object:
        macro = getattr(environment.find_module(SHOWN), name)
        written = call_macro(macro, arguments, named)
        return macro(*arguments, **named) if written is None else make_html(written)

    return lru_cache(maxsize=None, typed=True)(write)


def find_closures(environment: ThemeEnvironment, templates: Mapping[str, str]) -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Return, for each template, the digest of it and all that it extends, includes and imports, and the names of these.

    Raises: TemplateError when a template cannot be read, or names another one by an expression.
    """
    references = {name: _find_references(environment, name, templates) for name in sorted(templates)}
    for name in references:
        references[name] |= {SHOWN} & templates.keys()  # By a filter, any template may show them.
    return {name: _close(name, references, templates) for name in templates}


def _find_references(environment: ThemeEnvironment, name: str, templates: Mapping[str, str]) -> set[str]:
    try:
        tree = environment.parse(templates[name], name, name)
    except jinja2.TemplateSyntaxError as problem:
        raise TemplateError(_tell_syntax(environment, problem.message or "", name, problem.lineno)) from problem
    found: set[str] = set()
    for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport)  # noqa: S101
        if not isinstance(node.template, nodes.Const):
            said = "a template must name the other one as a text, not as an expression"
            raise TemplateError(_tell_syntax(environment, said, name, node.lineno))
        if node.template.value not in templates:
            where = Location(environment.find_path(name), node.lineno)
            raise TemplateError(error("missing-template", where, f'there is no template "{node.template.value}"'))
        found.add(node.template.value)
    return found


def _close(name: str, references: Mapping[str, set[str]], templates: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    closure, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current not in closure and current in templates:
            closure.add(current)
            waiting.extend(references[current])
    names = tuple(sorted(closure))
    return fingerprint(tuple((item, digest_bytes(templates[item].encode())) for item in names)), names


def _tell_syntax(environment: ThemeEnvironment, message: str, name: str, line: int) -> Problem:
    hint = f"every macro of {SHOWN} is a filter, and the archive's own copy of that file may lack this one"
    where = Location(environment.find_path(name), line)
    return error("template-syntax", where, message, hint if message.startswith("No filter named") else "")


def render_template(environment: ThemeEnvironment, template: str, context: Mapping[str, object], *, url: str) -> bytes:
    """Return a rendered template.

    Raises: TemplateError that names the template, its line, and the page that was being made.
    """
    try:
        return environment.render(template, context)
    except jinja2.UndefinedError as problem:
        where = _find_line(environment, problem, template)
        raise TemplateError(error("undefined-name", where, f"{_say_undefined(problem)}, while rendering {url}")) from problem
    except jinja2.TemplateNotFound as problem:
        where = Location(environment.find_path(template))
        raise TemplateError(error("missing-template", where, f'the template "{problem.name}" is missing, for {url}')) from problem
    except jinja2.TemplateSyntaxError as problem:
        told = _tell_syntax(environment, problem.message or "", problem.name or template, problem.lineno)
        raise TemplateError(told) from problem
    except _MISUSES as problem:
        where = _find_line(environment, problem, template)
        raise TemplateError(error("template-misuse", where, f"{_say_misuse(problem)}, while rendering {url}")) from problem


# What operators, filters and macros raise when they are handed what they cannot take, and templates that never end.
_MISUSES = (
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    MemoryError,
    jinja2.TemplateRuntimeError,
)


def _say_misuse(problem: Exception) -> str:
    """Return what a template does wrong in the words of someone who writes templates, where Python's would not help."""
    if isinstance(problem, RecursionError):
        return "templates or macros call each other without end"
    if isinstance(problem, MemoryError):
        return "a text takes all the memory"
    unhashable = re.fullmatch(r"unhashable type: '(\w+)'", str(problem))
    return (
        f"a macro of {SHOWN} takes cards, terms, the site, texts and numbers, no {unhashable[1]}" if unhashable else str(problem)
    )


def _say_undefined(problem: jinja2.UndefinedError) -> str:
    """Return what is undefined in the words of someone who writes templates, not of Python."""
    found = re.fullmatch(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'", problem.message or "")
    return (
        f'"{found[2]}" is undefined: a {found[1].lower()} has no such value'
        if found
        else problem.message or "a name is undefined"
    )


def _find_line(environment: ThemeEnvironment, problem: Exception, template: str) -> Location:
    """Return the innermost line of a template in a traceback; Jinja gives its frames the lines of the template."""
    name, line = template, 0
    trace = problem.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return Location(environment.find_path(name), line)
