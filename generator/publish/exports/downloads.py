"""The downloads of the whole archive, made in one pass over its briefings, each of which is read and described once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from generator.publish.articles import Article
from generator.publish.exports.api import Host, make_briefing_record
from generator.publish.exports.database import Database
from generator.publish.exports.records import About, BriefingRecord
from generator.publish.exports.tables import Lines, Table


class Export(Protocol):
    """A file in the making: takes the briefings one after another, newest first, and then returns its bytes."""

    def add(self, record: BriefingRecord) -> None:
        """Take in one more briefing."""

    def finish(self) -> bytes:
        """Return the file."""


DOWNLOADS: Mapping[str, Callable[[About], Export]] = {
    "briefings.csv": lambda _: Table(),
    "briefings.jsonl": lambda _: Lines(),
    "briefings.sqlite": Database,
}
# Those among them that hold no texts: the edit of one leaves them as they were.
TEXTLESS = frozenset({"briefings.csv"})


def render_downloads(
    articles: Iterable[Article], host: Host, about: About, names: Collection[str] = tuple(DOWNLOADS)
) -> Mapping[str, bytes]:
    """Return the downloads of these names; `articles` are all of the archive, newest first."""
    exports = {name: DOWNLOADS[name](about) for name in names}
    has_body = not TEXTLESS.issuperset(names)
    for article in articles:
        record = make_briefing_record(article, host, has_body=has_body)
        for export in exports.values():
            export.add(record)
    return {name: export.finish() for name, export in exports.items()}
