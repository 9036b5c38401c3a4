"""Broken archives, each with the exact sentences that its author reads; nothing of them is published.

One with a `published.xml` is checked beside that sitemap; the others are built.

`expected.txt` holds what is printed. Refresh with `pytest --update-golden`, and review the diff like code.
"""

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import Exit, GeneratorError, Severity
from tests.conftest import build_site

CASES = sorted(path for path in (Path(__file__).parent / "invalid").iterdir() if path.is_dir())
PUBLISHED = [case for case in CASES if (case / "published.xml").exists()]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES if case not in PUBLISHED])
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


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in PUBLISHED])
def test_a_site_that_lacks_what_is_published_is_told_in_exact_sentences(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(case, root)
    assert main(["-C", str(root), "check", "--jobs", "1", "--published", "published.xml"]) == Exit.FINDINGS
    said = capsys.readouterr().out
    if update_golden:
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")
    assert not (root / "site").exists()
