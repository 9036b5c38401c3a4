"""The Jinja environment made fast: what its templates are compiled to, and how they call macros. They mean what Jinja says.

A third of a cold build are templates, and most of their time is Jinja's care for values that ours never are.
"""

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, cached_property, partial
from keyword import iskeyword
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import escape

from generator.publish.escaping import escape_text, make_html

_PIECES_WORTH_JOINING = 3


class _PatientWriter(CodeGenerator):
    """Compiles templates to code that writes texts, HTML and numbers on the spot and other values by `write_value`.

    Jinja's own escaping makes a `Markup` of every text, 0.5 µs each, only to join it with others; a page writes 170 of them.
    """

    _written: nodes.Call | None = None

    # What comes out: `(escape_text(written) if type(written := VALUE) is str else written if …)`, or `context.write(CALL)`.
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not _is_escaped(frame):
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call):
            self._written = node
        else:
            self.write("(escape_text(written) if type(written := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not _is_escaped(frame):
            super()._output_child_post(node, frame, finalize)
        elif node is not self._written:
            self.write(") is str else written if type(written) is Markup else ")
            self.write("str(written) if type(written) is int else environment.write_value(written))")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name.
        """Write code that finds what escapes among its own names: asking the environment each time took 2 % of rendering."""
        self.writeline("from generator.publish.escaping import escape_text")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call without the variables of loops and blocks: only functions that ask for a context would be told them."""
        self.write("context.write(" if node is self._written else "context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.find_module(")
            self.visit(node.template, frame)
            self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802  # Jinja's name.
        """Write code that hands on all that stands together at once: each piece would pass through every block around it."""
        if frame.buffer is not None or len(node.nodes) < _PIECES_WORTH_JOINING:
            super().visit_Output(node, frame)
            return
        frame.buffer = "pieces"
        self.writeline("pieces = []")
        super().visit_Output(node, frame)
        self.writeline("yield concat(pieces)")
        frame.buffer = None


def _is_escaped(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)


class _Writer(_PatientWriter):
    """Compiles `card.url` to just that: Jinja asks for an attribute, then for a key, and calls what is neither undefined."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name.
        if not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        if isinstance(node.node, nodes.Name):  # What stands for a missing value has no attribute either.
            self.write(f"{frame.symbols.ref(node.node.name)}.{node.attr}")
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


def call_macro(macro: Macro, given: tuple[object, ...], named: Mapping[str, object]) -> str | None:
    """Return the HTML that an escaping macro writes, 2 µs sooner than a call; None where it looks for more than its arguments."""
    if macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return None
    is_full = not named and len(given) == len(macro.arguments)
    filled = given if is_full else _fill(macro, given, named)
    return None if filled is None else macro._func(*filled)  # noqa: SLF001  # As `Macro` itself does it.


class _Names(dict[str, Any]):
    """What each name in a template stands for; one that stands for nothing is missing."""

    def __missing__(self, name: str) -> Any:
        return missing


class _Context(Context):
    """Looks all names up in one dictionary, and calls methods and macros without the general way: a tenth of a build less."""

    def __init__(self, environment: jinja2.Environment, parent: Mapping[str, Any], *others: Any, **named: Any) -> None:
        """Take what Jinja hands over. What the template sets goes into the same dictionary, a copy."""
        names = _Names(parent)
        super().__init__(environment, names, *others, **named)
        self.vars = names
        self.resolve_or_missing = names.__getitem__  # type: ignore[method-assign, assignment]

    def get_all(self) -> dict[str, Any]:
        """Return all names, for what is included."""
        return self.vars

    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Return what a template's call returns."""
        kind = type(function)
        if kind is BuiltinMethodType and not named:
            return function(*arguments)
        if kind is Macro and self.eval_ctx.autoescape:
            written = call_macro(function, arguments, named)
            if written is not None:
                return make_html(written)
        return super().call(function, *arguments, **named)

    def write(self, function: Any, /, *arguments: Any, **named: Any) -> str:
        """Return what a template's call returns as HTML; that of a macro as it is, while `call` makes a `Markup` of it."""
        if type(function) is Macro and self.eval_ctx.autoescape:
            written = call_macro(function, arguments, named)
            if written is not None:
                return written
        value = self.call(function, *arguments, **named)
        return escape_text(value) if type(value) is str else PatientEnvironment.write_value(value)


def _fill(macro: Macro, given: tuple[object, ...], named: Mapping[str, object]) -> tuple[object, ...] | None:
    """Return one argument for each that a macro takes, or None where there is one too many."""
    names = macro.arguments[len(given) :]
    filled = (*given, *[named.get(name, missing) for name in names])
    return filled if len(filled) == len(macro.arguments) and named.keys() <= set(names) else None


class PatientEnvironment(jinja2.Environment):
    """An environment in which a name that is not an attribute may be a key, and is undefined where it is neither."""

    code_generator_class = _PatientWriter
    context_class = _Context

    def __init__(self, **options: Any) -> None:
        """Take Jinja's options; templates must be given by a loader that never changes its mind."""
        super().__init__(**options)
        self.find_module = cache(lambda name: jinja2.Environment.get_template(self, name).module)
        self._find_template = cache(partial(jinja2.Environment.get_template, self))
        # What Jinja parses by: a template is looked at for what it needs, and then compiled.
        self._parse = cache(self._parse)  # type: ignore[method-assign]

    def get_template(self, name: str | jinja2.Template, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002, ARG002
        """Return a template, in a tenth of Jinja's time: a page asks for fifteen."""
        return self._find_template(name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what all templates see: nothing. Jinja would look into a chain of two dictionaries at each include."""
        return d or {}

    def render(self, template: str, context: Mapping[str, object]) -> bytes:
        """Return a rendered template. It sees its context and no globals, of which Jinja would make a dictionary a page.

        Most pieces of a page are ASCII, which is encoded by copying it: a dash in one of them would make the whole page wider.

        Raises: what Jinja does, and UnicodeEncodeError.
        """
        found = self.get_template(template)
        shown = self.context_class(self, context, found.name, found.blocks)
        try:
            return b"".join(map(str.encode, found.root_render_func(shown)))
        except Exception:  # noqa: BLE001  # It is raised again, with the lines of templates in its traceback.
            self.handle_exception()

    @staticmethod
    def write_value(value: object) -> str:
        """Return a value as HTML."""
        return str(escape(value))


class ThemeEnvironment(PatientEnvironment):
    """An environment for values whose names are attributes. Where one is missing, the patient one has the last word.

    `find_path` returns the path of a template as messages give it.
    """

    code_generator_class = _Writer
    make_patient: Callable[[], PatientEnvironment]
    find_path: Callable[[str], str]

    def render(self, template: str, context: Mapping[str, object]) -> bytes:
        """Return a rendered template, as the patient environment would render it.

        Raises: what that does.
        """
        try:
            return super().render(template, context)
        except AttributeError:
            return self._patient.render(template, context)

    @cached_property
    def _patient(self) -> PatientEnvironment:
        return self.make_patient()
