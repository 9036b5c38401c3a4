"""Problems as other programs read them: JSON for tools, annotations for the pages of a pull request."""

import json
from collections.abc import Callable, Mapping, Sequence

from generator.errors import Problem, Severity


def dump_json(problems: Sequence[Problem]) -> str:
    """Return problems as one JSON object: `findings`, each with its place, and a `summary` with their numbers."""
    findings = [
        {
            "severity": problem.severity.value,
            "code": problem.code,
            "path": problem.where.path,
            "line": problem.where.line,
            "column": problem.where.column,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    numbers = {f"{severity.value}s": sum(problem.severity is severity for problem in problems) for severity in Severity}
    return json.dumps({"version": 1, "findings": findings, "summary": numbers}, ensure_ascii=False, indent=1)


def dump_github(problems: Sequence[Problem]) -> str:
    """Return problems as annotations of GitHub's workflows, one a line.

    Source: docs.github.com, "Workflow commands": text escapes `%`, CR and LF, properties `:` and `,` too. GitHub shows ten errors
    and ten warnings of a step; the log has them all.
    """
    return "\n".join(_annotate(problem) for problem in problems)


def _annotate(problem: Problem) -> str:
    where = problem.where
    properties = {"file": where.path, "line": where.line, "col": where.column, "title": problem.code}
    written = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items() if value)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{problem.severity.value} {written}::{_escape(problem.message + hint)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


REPORTS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"json": dump_json, "github": dump_github}
