"""What all tests share: small archives on disk."""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from generator.build import build
from generator.build.outcome import Options, Outcome
from generator.build.pipeline import plan
from generator.errors import Problem
from generator.places import find_places
from generator.publish.page import Page

# `make proofs` sets the profile `long`: forty times as many examples, in the tests that leave their number open. CI sets `ci`,
# under which a commit always meets the same examples, and so the same verdict. How fast a machine is counts nowhere.
settings.register_profile("gate", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("gate"), derandomize=True)
settings.register_profile("long", settings.get_profile("gate"), max_examples=4_000)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")
settings.load_profile(PROFILE)
IS_LONG = PROFILE == "long"

# A shell that runs the gate in the background lets it ignore Ctrl-C, and so would the commands under test.
signal.signal(signal.SIGINT, signal.default_int_handler)

WriteTree = Callable[[Mapping[str, str]], Path]
BuildTree = Callable[..., Outcome]


@pytest.fixture
def write_tree(tmp_path: Path) -> WriteTree:
    """Return a function that writes files (path → text) below a fresh folder and returns the folder."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def build_site(root: Path, **options: object) -> Outcome:
    """Build the archive at `root` in this process and return what was done."""
    return build(find_places(root), Options(jobs=1, **options))  # type: ignore[arg-type]


def plan_pages(root: Path) -> tuple[Page, ...]:
    """Return all pages of the archive at `root` without making them."""
    problems: list[Problem] = []
    made = plan(find_places(root), problems)
    assert problems == []
    assert made.fingerprinter.fingerprint_all(made.pages)  # They show only what can be compared.
    return made.pages


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew; review the diff like code")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Return whether expected files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
