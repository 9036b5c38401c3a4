"""Values for tests, complete and valid: each test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from msgspec.structs import replace

from generator.check.site import BuiltSite, Ledger, read_site
from generator.config import Config
from generator.errors import Location
from generator.ingest.tagging.tags import TagProposal, propose_tags
from generator.model import Author, Briefing, CountryPair, Organisation, Person, Source
from generator.publish.archive import Archive, make_archive
from generator.publish.articles import Article
from generator.vocabulary import Vocabulary, load_vocabulary

BASE_URL = "https://example.org/archive/"
NO_LEDGER = Ledger({}, {})


def make_briefing(**changes: Any) -> Briefing:
    """Return a briefing on India and South Korea; the path and the date of its id follow from the id and the date given."""
    day = changes.get("date", date(2025, 8, 16))
    briefing_id = changes.get("id", f"{day or 'undated'}-india-and-south-korea-agree-on-chips")
    briefing = Briefing(
        id=briefing_id,
        title="India And South Korea Agree On Chips",
        date=day,
        body="India and South Korea agreed on semiconductors in Seoul.\n\nThe two countries will also build ships together.",
        location=Location(f"content/briefings/{str(day)[:4]}/{briefing_id}.md"),
        summary="The two countries will make semiconductors together.",
        key_points=("India and South Korea agreed on semiconductors in Seoul.",),
        kind="ministerial-meeting",
        countries=("IN", "KR"),
        pairs=(CountryPair("IN", "KR"),),
        sectors=("semiconductors", "shipbuilding"),
        people=(Person("S Jaishankar", "External Affairs Minister of India"), Person("Cho Hyun")),
        organisations=(Organisation("Ministry of External Affairs", "MEA"),),
        lang="en",
        sources=(
            Source(
                publisher="Example Times",
                title="India, South Korea agree on chips",
                url="https://times.example/chips",
                published=datetime(2025, 8, 16, 21, 52, tzinfo=UTC),
                authors=(Author("Asha Rao"),),
            ),
        ),
    )
    changed = replace(briefing, **changes)
    return changed if "digest" in changes else replace(changed, digest=repr(changed).encode())


def make_archive_of(*briefings: Briefing, config: Config | None = None) -> Archive:
    """Return the archive of these briefings, with the shipped vocabulary."""
    archive, problems = make_archive(briefings, (), vocabulary=shipped_vocabulary(), config=config or Config())
    assert problems == []
    return archive


def make_article(*, rights: str = "full", **changes: Any) -> Article:
    """Return one briefing as the archive shows it."""
    return make_archive_of(make_briefing(rights=rights, **changes)).articles[0]


@cache
def shipped_vocabulary() -> Vocabulary:
    """Return the shipped vocabulary, read once in a process."""
    return load_vocabulary()


def make_built_site(files: Mapping[str, bytes], **given: Any) -> BuiltSite:
    """Return a site that was built of `files`; no briefing has a seed and every day has come, unless it is given."""
    return read_site(files, **{"ledger": NO_LEDGER, "latest": date.max, "content": "content", **given})


def tag_text(
    title: str,
    text: str,
    *,
    lang: str = "en",
    publisher: str = "",
    dateline: str = "",
    year: int = 0,
) -> TagProposal:
    """Return the tags of an English text of which nothing more is known, unless it is given."""
    return propose_tags(title, text, shipped_vocabulary(), lang=lang, publisher=publisher, dateline=dateline, year=year)
