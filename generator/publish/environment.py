"""The Jinja environment made fast: what its templates are compiled to, and how they call macros. They mean what Jinja says.

A third of a cold build are templates, and most of their time is Jinja's care for values that ours never are.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from keyword import iskeyword
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.publish.filters import escape_text

_PIECES_WORTH_JOINING = 3


class _PatientWriter(CodeGenerator):
    """Compiles templates to code that writes each value by `write_value`.

    Jinja's own escaping makes a `Markup` of every text, 0.5 µs each, only to join it with others; a page writes 170 of them.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.write_value(")
        else:
            super()._output_child_pre(node, frame, finalize)

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


class _Writer(_PatientWriter):
    """Compiles `card.url` to just that: Jinja asks for an attribute, then for a key, and calls what is neither undefined."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name.
        if not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Context(Context):
    """Calls macros without the general way, which looks for what they could be handed besides: a tenth of a build less."""

    def call(self, function: Any, /, *arguments: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any) -> Any:
        """Return what a template's call returns; the two last are Jinja's own, for what asks for a context."""
        kind = type(function)
        if kind is BuiltinMethodType and not named:
            return function(*arguments)
        is_special = kind is Macro and (function.caller or function.catch_kwargs or function.catch_varargs)
        if kind is Macro and not is_special and self.eval_ctx.autoescape:
            names = function.arguments[len(arguments) :]
            given = (*arguments, *[named.get(name, missing) for name in names])
            if len(given) == len(function.arguments) and named.keys() <= set(names):
                return Markup(function._func(*given))  # noqa: S704, SLF001  # As `Macro` itself does it.
        return super().call(function, *arguments, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


class PatientEnvironment(jinja2.Environment):
    """An environment in which a name that is not an attribute may be a key, and is undefined where it is neither."""

    code_generator_class = _PatientWriter
    context_class = _Context

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Return a rendered template.

        Raises: what Jinja does.
        """
        return self.get_template(template).render(context)

    @staticmethod
    def write_value(value: object) -> str:
        """Return a value as HTML: text escaped, and what is HTML already as it is."""
        if type(value) is str:
            return escape_text(value)
        if isinstance(value, Markup):
            return value
        return str(value) if type(value) is int else str(escape(value))


class ThemeEnvironment(PatientEnvironment):
    """An environment for values whose names are attributes. Where one is missing, the patient one has the last word."""

    code_generator_class = _Writer
    make_patient: Callable[[], PatientEnvironment]

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Return a rendered template, as the patient environment would render it.

        Raises: what Jinja does.
        """
        try:
            return super().render(template, context)
        except AttributeError:
            return self._patient.render(template, context)

    @property
    def is_patient(self) -> bool:
        """Whether some template asked for what is no attribute."""
        return "_patient" in vars(self)

    @cached_property
    def _patient(self) -> PatientEnvironment:
        return self.make_patient()
