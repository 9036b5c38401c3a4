"""Programs run with hash seeds of their own: within one process a set is always in the same order."""

import os
import subprocess
import sys
from pathlib import Path


def run_with_hash_seed(seed: str, program: str) -> str:
    """Return what a program prints in a process whose strings are hashed with this seed."""
    root = Path(__file__).parent.parent
    given = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], env=given, cwd=root, capture_output=True, encoding="utf-8", check=True)
    return done.stdout
