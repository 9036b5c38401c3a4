"""Judge the example site by independent tools and print a table: `python -m tests.quality lighthouse`, `… validate`.

Neither is part of the gate: both come from npm, and Lighthouse takes five minutes and measures the machine too. On first use they
are installed into `.node/`, by exact version and without running any script of theirs.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.quality.hosting import host_example

TOOLS = Path(__file__).parent.parent.parent / ".node"
# Lighthouse 13 needs a newer Node than the 20 that Debian and CI runners have.
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "/",
    "/briefings/2025-08-16-india-south-korea-resolve-to-set-new-industrial-ambition-in-high-tech/",
    "/pairs/in-kr/",
    "/countries/in/",
    "/sectors/semiconductors/",
    "/map/",
    "/matrix/",
    "/search/",
)
CHROME_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def find_program(*names: str, install: str) -> str:
    """Return the path of the first of these programs that the machine has, or end with the line that installs one."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        print(f"{names[0]} is missing; install it with: sudo apt-get install {install}", file=sys.stderr)
        sys.exit(3)
    return found


def install_tools() -> None:
    """Install both tools where they are not there yet."""
    if (TOOLS / "node_modules/vnu-jar").is_dir() and (TOOLS / "node_modules/lighthouse").is_dir():
        return
    TOOLS.mkdir(exist_ok=True)
    npm = find_program("npm", install="npm")
    quiet = ("--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run([npm, "install", "--prefix", str(TOOLS), *quiet, *PACKAGES], check=True)


def run_lighthouse(url: str, folder: Path) -> dict[str, int]:
    """Return the scores of one run of Lighthouse's mobile profile, in percent."""
    profile = tempfile.mkdtemp(dir=folder)
    report = folder / "report.json"
    command = [find_program("node", install="nodejs"), str(TOOLS / "node_modules/lighthouse/cli/index.js"), url, "--quiet"]
    command += ["--output=json", f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={CHROME_FLAGS} --user-data-dir={profile}"]
    chromium = find_program("chromium", "chromium-browser", "google-chrome", install="chromium")
    environment = {**os.environ, "CHROME_PATH": chromium}
    # On a busy machine the browser now and then misses a deadline of Lighthouse; a second failure is one.
    if subprocess.run(command, check=False, env=environment).returncode:
        subprocess.run(command, check=True, env=environment)
    told = json.loads(report.read_text(encoding="utf-8"))
    for audit in _find_failed(told):
        print(f"    {url}: {audit}", file=sys.stderr)
    return {name: round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES}


def _find_failed(report: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    """Yield what lowered a score."""
    for category in report["categories"].values():
        for reference in category["auditRefs"]:  # type: ignore[attr-defined]
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] not in (None, 1):
                yield f"{reference['id']} {audit['score']} {audit.get('displayValue', '')}"


def measure_lighthouse(pages: tuple[str, ...]) -> int:
    """Print the median scores of each kind of page; return 1 when one of them is below 100."""
    print("| page | " + " | ".join(CATEGORIES) + " |")
    print("|---|" + "---|" * len(CATEGORIES))
    lowest = 100
    with tempfile.TemporaryDirectory() as folder, host_example(Path(folder)) as (address, _):
        for page in pages:
            runs = [run_lighthouse(address + page, Path(folder)) for _ in range(RUNS)]
            scores = [round(statistics.median(run[name] for run in runs)) for name in CATEGORIES]
            lowest = min(lowest, *scores)
            print(f"| `{page}` | " + " | ".join(map(str, scores)) + " |", flush=True)
    return int(lowest < 100)


def validate() -> int:
    """Print what the Nu HTML checker says of every page; return 1 when that is an error."""
    java = find_program("java", install="default-jre-headless")
    with tempfile.TemporaryDirectory() as folder, host_example(Path(folder)) as (_, site):
        pages = sum(1 for _ in site.rglob("*.html"))
        command = [java, "-jar", str(TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"), "--skip-non-html", "--format", "json"]
        told = subprocess.run([*command, str(site)], check=False, capture_output=True, text=True).stderr
        messages = json.loads(told)["messages"]
    # The checker reads files, so it takes every asset for another host's; and it takes JSON-LD for a script, as no browser does.
    messages = [message for message in messages if "violates Content Security Policy" not in message["message"]]
    for message in messages[:50]:
        place = f"{message['url'].partition(str(site))[2]}:{message.get('lastLine', 0)}"
        print(f"{place}: {message.get('subType') or message['type']}: {message['message']}")
    errors = sum(message["type"] != "info" for message in messages)
    print(f"{pages:,} pages: {errors} errors, {len(messages) - errors} warnings")
    return int(errors > 0)


def main() -> int:
    """Run the tool that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("tool", choices=("lighthouse", "validate"))
    parser.add_argument("pages", nargs="*", help="addresses for lighthouse (default: eight kinds of page)")
    arguments = parser.parse_args()
    install_tools()
    return measure_lighthouse(tuple(arguments.pages) or PAGES) if arguments.tool == "lighthouse" else validate()


if __name__ == "__main__":
    sys.exit(main())
