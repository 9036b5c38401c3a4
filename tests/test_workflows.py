"""The workflows run the gate and publish the site with the least rights, and with nothing that could change under them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def steps(name: str, job: str) -> list[dict[str, Any]]:
    return list(read(ROOT / f".github/workflows/{name}.yml")["jobs"][job]["steps"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_has_only_rights_that_it_names_and_writes_only_to_deploy(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    writing = {name for name, job in workflow["jobs"].items() if "write" in job["permissions"].values()}
    assert writing <= {"deploy"}


def test_the_gate_that_contributors_run_is_the_gate_of_the_workflow() -> None:
    assert steps("test", "gate")[-1]["run"] == ".ci/run"
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").endswith("\nexec make test\n")


def test_the_site_is_checked_and_built_for_the_address_at_which_it_will_stand() -> None:
    by_name = {step.get("name"): step for step in steps("publish", "build")}
    for name in ("Check", "Build"):
        assert by_name[name]["env"]["SITE_URL"] == "${{ vars.SITE_URL || steps.pages.outputs.base_url }}"
        assert by_name[name]["run"].endswith('${SITE_URL:+--base-url "$SITE_URL"}')
