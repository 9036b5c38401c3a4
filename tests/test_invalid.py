"""Broken archives, each with the exact sentences that its author reads; nothing of them is published.

`expected.txt` holds what is printed. Refresh with `pytest --update-golden`, and review the diff like code.
"""

import shutil
from pathlib import Path

import pytest

from generator.errors import GeneratorError, Severity
from tests.conftest import build_site

CASES = sorted(path for path in (Path(__file__).parent / "invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_broken_archive_is_told_in_exact_sentences(case: Path, tmp_path: Path, update_golden: bool) -> None:
    root = tmp_path / "archive"
    shutil.copytree(case, root)
    site = root / "site"
    try:
        problems = build_site(root).problems
    except GeneratorError as failure:
        problems = failure.problems
    said = "".join(f"{problem}\n" for problem in problems)
    if update_golden:
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")
    assert problems != ()
    assert site.exists() == all(problem.severity is Severity.WARNING for problem in problems)
