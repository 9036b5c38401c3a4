"""What editors have told readers of published briefings, in order: every correction and every withdrawal."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.publish.archive import Archive
from generator.publish.cards import Card


class Change(Struct, frozen=True):
    """What was set right in a briefing on a day, or why it was taken back. `title` is that of the briefing."""

    date: date
    card: Card
    title: str
    text: str
    is_withdrawal: bool


def find_changes(archive: Archive) -> tuple[Change, ...]:
    """Return all changes, the latest first."""
    return tuple(sorted(_collect(archive), key=lambda change: (change.date, change.card.id), reverse=True))


def find_told_once(archive: Archive) -> tuple[Change, ...]:
    """Return all changes for people, the latest first: what is said alike of an original and its translation, of the original."""
    changes = find_changes(archive)
    told = {(change.card.id, change.date, change.text, change.is_withdrawal) for change in changes}
    return tuple(
        [change for change in changes if (change.card.translation_of, change.date, change.text, change.is_withdrawal) not in told]
    )


def _collect(archive: Archive) -> Iterator[Change]:
    for article in (*archive.articles, *archive.withdrawn):
        card, briefing = article.card, article.briefing
        yield from (Change(note.date, card, briefing.title, note.text, is_withdrawal=False) for note in briefing.corrections)
        if briefing.withdrawn:
            yield Change(briefing.withdrawn.date, card, briefing.title, briefing.withdrawn.text, is_withdrawal=True)
