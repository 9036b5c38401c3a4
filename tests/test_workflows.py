"""The workflows run the gate and publish the site with the least rights, and with nothing that could change under them."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.waiting import TIMEOUT_S

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
    for name in ("Fetch the published sitemap", "Check", "Build"):
        assert by_name[name]["env"]["SITE_URL"] == "${{ vars.SITE_URL || steps.pages.outputs.base_url }}"
    for name in ("Check", "Build"):
        assert by_name[name]["run"].endswith('${SITE_URL:+--base-url "$SITE_URL"}')


@contextmanager
def publishing(answers: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Serve answers (path → status, body), and 404 for all else, and give the address; one of 301 leads to its body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, "<!doctype html>Not found"))
            self.send_response(status)
            if status == 301:
                self.send_header("Location", body)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(TIMEOUT_S)


def fetch(folder: Path, site: str) -> tuple[int, str]:
    """Run the step that fetches the published sitemap, as a runner does; return its code and what it hands on."""
    [step] = [step for step in steps("publish", "build") if step.get("id") == "published"]
    output = folder / "output"
    output.touch()
    temporary = folder / "temp"
    temporary.mkdir(exist_ok=True)
    environment = {**os.environ, "SITE_URL": site, "RUNNER_TEMP": str(temporary), "GITHUB_OUTPUT": str(output), "no_proxy": "*"}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], env=environment, capture_output=True, timeout=TIMEOUT_S, check=False)
    return done.returncode, output.read_text(encoding="utf-8").strip()


needs_curl = pytest.mark.skipif(not shutil.which("curl") or not shutil.which("bash"), reason="the step runs curl in bash")


@needs_curl
def test_the_published_sitemap_is_fetched_wherever_the_site_stands(tmp_path: Path) -> None:
    answers = {
        "/sitemap.xml": (200, "<urlset/>"),
        "/a/b/sitemap.xml": (200, "<urlset/>"),
        "/old/sitemap.xml": (301, "/sitemap.xml"),
    }
    with publishing(answers) as host:
        for site in (host, f"{host}/", f"{host}/a/b", f"{host}/a/b/", f"{host}/old"):
            code, handed = fetch(tmp_path, site)
            assert code == 0
            assert Path(handed.splitlines()[-1].removeprefix("file=")).read_text(encoding="utf-8") == "<urlset/>"


@needs_curl
def test_the_parts_of_a_large_sitemap_are_fetched_too(tmp_path: Path) -> None:
    index = "".join(f"<sitemap><loc>https://e.org/sitemap-{number}.xml</loc></sitemap>\n" for number in (1, 12))
    parts = {"/sitemap-1.xml": (200, "one"), "/sitemap-12.xml": (200, "twelve")}
    with publishing({"/sitemap.xml": (200, f"<sitemapindex>\n{index}</sitemapindex>"), **parts}) as host:
        assert fetch(tmp_path, host) == (0, f"file={tmp_path}/temp/sitemap.xml")
    assert [(tmp_path / f"temp/sitemap-{number}.xml").read_text(encoding="utf-8") for number in (1, 12)] == ["one", "twelve"]
    with publishing({"/sitemap.xml": (200, f"<sitemapindex>\n{index}</sitemapindex>")}) as host:
        assert fetch(tmp_path / "temp", host) == (22, "")


@needs_curl
@pytest.mark.parametrize("status", [404, 410])
def test_before_the_first_publication_the_check_runs_without_a_sitemap(tmp_path: Path, status: int) -> None:
    with publishing({"/sitemap.xml": (status, "Nothing here.")}) as host:
        assert fetch(tmp_path, host) == (0, "")


@needs_curl
def test_a_site_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    with publishing({"/sitemap.xml": (403, "Sign in."), "/round/sitemap.xml": (301, "/round/sitemap.xml")}) as host:
        assert fetch(tmp_path, host) == (1, "")
        assert fetch(tmp_path, f"{host}/round") == (1, "")


def test_the_check_is_told_what_is_published_only_where_that_is_known() -> None:
    found = steps("publish", "build")
    names = [step.get("name") for step in found]
    assert names.index("Fetch the published sitemap") == names.index("Check") - 1
    fetching, checking = (found[names.index(name)] for name in ("Fetch the published sitemap", "Check"))
    assert fetching["if"] == "vars.SITE_URL != '' || steps.pages.outputs.base_url != ''"
    assert checking["env"]["PUBLISHED"] == "${{ steps.published.outputs.file }}"
    assert '${PUBLISHED:+--published "$PUBLISHED"}' in checking["run"]
