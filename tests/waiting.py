"""Waiting for what another process does: on a busy machine it may take long, and only far too long is a fault."""

import time
from collections.abc import Callable
from typing import TypeVar

TIMEOUT_S = 120
Found = TypeVar("Found")


def wait_for(find: Callable[[], Found | None]) -> Found:
    """Return what `find` finds, once it finds anything.

    Raises: TimeoutError.
    """
    end = time.monotonic() + TIMEOUT_S
    while not (found := find()):
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
    return found
