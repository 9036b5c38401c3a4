"""Values kept between builds in one file under `.cache/`: losing it costs time, never truth.

The file is a mark, a digest of all that follows, and the values in marshal form: reading 10,000 records so takes 20 ms, where
JSON takes 90 and pickle would run whatever a foreign file tells it to. A file that is damaged, cut short, or made by another
version of Python fails the digest or the mark, and counts as absent.
"""

import marshal
import sys
from collections.abc import Iterable
from typing import Any

from generator.errors import Location, Problem, Severity
from generator.fingerprint import SIZE_BYTES, digest_bytes

_MARK = b"bilateral cache 1 %d %s\n" % (
    marshal.version,
    sys.implementation.cache_tag.encode() if sys.implementation.cache_tag else b"-",
)


def dump_cache(values: dict[str, Any]) -> tuple[bytes, bytes]:
    """Return the head and the rest of the file that holds `values`: plain dicts, lists, tuples, texts, bytes and numbers."""
    data = marshal.dumps(values)
    return _MARK + digest_bytes(data), data  # Joined they would be copied: 9 MB of 10,000 records.


def pack(values: dict[str, Any]) -> bytes:
    """Return values as one value of a cache file, which takes no time to load until somebody wants them."""
    return marshal.dumps(values)


def unpack(data: bytes) -> dict[str, Any]:
    """Return the values that `pack` made one value of, as `parse_cache` returned it: of a file with the right digest."""
    values: dict[str, Any] = marshal.loads(data)  # noqa: S302
    return values


Kept = tuple[str, str, tuple[str, int, int], str, str]


def dump_problems(problems: Iterable[Problem]) -> list[Kept]:
    """Return problems as plain values, so that a run that finds nothing changed can say again what the last one said."""
    return [
        (str(item.severity), item.code, (item.where.path, item.where.line, item.where.column), item.message, item.hint)
        for item in problems
    ]


def load_problems(kept: Iterable[Kept]) -> tuple[Problem, ...]:
    """Return the problems that `dump_problems` made plain."""
    return tuple(Problem(Severity(severity), code, Location(*where), said, hint) for severity, code, where, said, hint in kept)


def parse_cache(raw: bytes) -> dict[str, Any] | None:
    """Return the values that a cache file holds, or None when it is damaged or foreign."""
    head = len(_MARK) + SIZE_BYTES
    if not raw.startswith(_MARK) or len(raw) < head:
        return None
    data = memoryview(raw)[head:]
    if digest_bytes(data) != raw[len(_MARK) : head]:
        return None
    values = marshal.loads(data)  # noqa: S302  # The digest above says that we wrote it, or someone who owns the machine.
    return values if isinstance(values, dict) else None
