"""Texts made ready ahead: reading, indexing and planning an archive is work for one process, and all pages have to wait for it.

Meanwhile another process converts the Markdown of the texts that have changed, as far as it comes: that needs nothing but the
files in which they stand. On two cores it takes an eighth off a cold build of 10,000.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from marshal import dumps, loads
from typing import TYPE_CHECKING

from generator.build.settings import read_config
from generator.content.front_matter import read_body, read_stem
from generator.errors import GeneratorError, Location
from generator.files import read_file
from generator.fingerprint import digest_named
from generator.places import LINKED, Places, Stat, find_changed
from generator.publish.markup import read_markdown
from generator.publish.page import Later, Ready, find_nothing
from generator.workers import can_fork, work_ahead

if TYPE_CHECKING:  # It imports all that finds evidence, for which the other process would begin 30 ms later.
    from generator.publish.reading import Shown

# A process takes some milliseconds to begin, and the texts of 100,000 briefings are half a gigabyte.
TEXTS_WORTH_A_PROCESS = 100
MOST_BYTES = 1 << 28


@contextmanager
def convert_ahead(
    places: Places, state: Mapping[str, Stat], before: Mapping[str, Stat], *, base_url: str, jobs: int
) -> Iterator[Callable[[], Ready]]:
    """Let another process convert the texts that this build will show, where that pays.

    `state` is that of all inputs, and `before` what it was for a site that differs from this one in nothing else. The function
    that is handed out ends it, and returns what finds the texts that it has converted.
    """
    files = _find_texts(places, state, before) if jobs > 1 else []
    if len(files) < TEXTS_WORTH_A_PROCESS or not can_fork():  # `can_fork` imports for 10 ms.
        yield lambda: find_nothing
        return
    with work_ahead(_convert(places, files, base_url), places.cache, most_bytes=MOST_BYTES) as end:
        yield lambda: _look_up(end())


def _find_texts(places: Places, state: Mapping[str, Stat], before: Mapping[str, Stat]) -> list[str]:
    """Return the files of briefings that have changed since the last build; all, where what is on every page has."""
    folder = f"{places.briefings}/"
    others = (folder, f"{places.seeds}/", f"{places.pages}/")
    changed = find_changed(before, state)
    if any(not file.startswith(others) for file in changed):
        changed = list(state)
    return [file for file in changed if file.startswith(folder) and file.endswith(".md") and state[file] != LINKED]


def _convert(places: Places, files: list[str], base_url: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield each text as it is shown, by the digest of its briefing; faults are told where it is read again."""
    with suppress(GeneratorError):
        base_path = read_config(places, base_url).base_path
        for file in files:
            raw = read_file(file) or b""
            with suppress(GeneratorError):
                shown = read_markdown(read_body(raw, file), location=Location(file), base_path=base_path)
                yield _key(digest_named(read_stem(file), raw), base_path), dumps(shown)


def _key(digest: bytes, base_path: str) -> bytes:
    return digest + base_path.encode()


def _look_up(find: Callable[[bytes], bytes | None]) -> Ready:
    from generator.publish.reading import Shown, show_text

    def ready(later: Later) -> "Shown | None":
        if later.function is not show_text:
            return None
        article, base_path = later.arguments
        found = find(_key(article.text.digest, base_path))
        return None if found is None else Shown(*loads(found))  # noqa: S302  # Another process of this build wrote it.

    return ready
