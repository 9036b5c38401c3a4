"""Whole small archives, seed to site: what ingest writes and what every file of the site holds, byte for byte.

Refresh with `pytest tests/test_golden.py --update-golden`, and review the diff like code.
"""

import re
import shutil
from pathlib import Path

import pytest

from generator.intake import ingest
from generator.outputs import MARKER
from generator.places import find_places
from tests.conftest import build_site

CASES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())
# Pictures and databases follow their libraries' versions to the byte; a digest of them would say nothing to a reviewer.
OPAQUE = {".png", ".sqlite"}
# Assets carry the digest of their bytes in their names, and are files of the theme: a page names them, and that is held.
ASSETS = "assets/"


def mask(text: str) -> str:
    """Return a page without the digests of the style sheet and scripts, which a change of the theme changes on every page."""
    text = re.sub(r"(assets/[a-z]+)\.[0-9a-f]{10}\.", r"\1.DIGEST.", text)
    return re.sub(r"sha384-[A-Za-z0-9+/=]{64}", "sha384-DIGEST", text)


def read_tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): mask(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in OPAQUE and path.name not in {MARKER, "SHA256SUMS", "datapackage.json"}
    }


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_seeds_become_the_expected_content_and_site(case: Path, tmp_path: Path, update_golden: bool) -> None:
    root = tmp_path / "archive"
    shutil.copytree(case, root, ignore=shutil.ignore_patterns("site", "written"))
    ingest(find_places(root))
    assert not build_site(root).failed
    written = {name: text for name, text in read_tree(root / "content").items() if name != "archive.toml"}
    site = {name: text for name, text in read_tree(root / "site").items() if not name.startswith(ASSETS)}
    if update_golden:
        for folder, files in (("written", written), ("site", site)):
            shutil.rmtree(case / folder, ignore_errors=True)
            for name, text in files.items():
                path = case / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    assert written == read_tree(case / "written")
    assert site == read_tree(case / "site")
