"""What is decided for `content/` and waits to be written, together, and never over what an editor saves meanwhile."""

from pathlib import Path

from msgspec import Struct, field

from generator.files import read_file, write_file
from generator.fingerprint import stamp_bytes


class Writing(Struct, frozen=True):
    """One file of `content/` that a run writes: its path there, what it held before (None: it is new), and what it holds then."""

    path: str
    before: bytes | None
    after: bytes


class Outbox(Struct):
    """What is decided for `content/` and not written yet; in a dry run it stays here.

    Between a decision and its writing lie up to 256 seeds: a file that an editor saved meanwhile is not written over.
    """

    folder: Path
    is_dry: bool
    texts: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    refused: dict[str, None] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of `content/` as it stands or was decided; empty where there is none."""
        if path in self.texts:
            return self.texts[path]
        raw = read_file(self.folder / path)
        self._see(path, raw)
        return raw or b""

    def _see(self, path: str, raw: bytes | None) -> None:
        self._seen[path] = stamp_bytes(raw) if raw is not None else ""

    def flush(self) -> None:
        """Write what changes anything, each file whole, unless the run is dry."""
        for path, data in {} if self.is_dry else self.texts.items():
            standing = read_file(self.folder / path)
            if (stamp_bytes(standing) if standing is not None else "") != self._seen.get(path, ""):
                self.refused[path] = None
            elif standing != data:
                write_file(self.folder / path, data)
                self._see(path, data)
                self.written[path] = None
        if not self.is_dry:
            self.texts.clear()

    def list_writings(self) -> tuple[Writing, ...]:
        """Return what a dry run would write."""
        writings = (Writing(path, read_file(self.folder / path), data) for path, data in self.texts.items())
        return tuple(writing for writing in writings if writing.before != writing.after)
