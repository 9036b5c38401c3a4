"""The same input gives the same bytes: in another folder, time zone, locale, hash seed, with other permissions and processes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.archives import small_archive


def build_elsewhere(root: Path, *options: str, umask: int = 0o022, **environment: str) -> str:
    """Build in a process of its own, and return one digest of all names and bytes of the site."""
    for name, text in small_archive().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(root), "-q", "build", *options],
        check=True,
        env={"PATH": os.environ["PATH"], **environment},
        umask=umask,
        cwd=Path(__file__).parent.parent,
    )
    digest = hashlib.sha256()
    for path in sorted((root / "site").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def test_builds_differ_in_nothing_whatever_the_machine(tmp_path: Path) -> None:
    plain = build_elsewhere(tmp_path / "a", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    other = build_elsewhere(
        tmp_path / "much/deeper/b", "--jobs", "2", PYTHONHASHSEED="42", TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8", umask=0o077
    )
    assert plain == other
