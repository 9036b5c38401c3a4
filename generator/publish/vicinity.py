"""What the page of a briefing shows of others: enough of an archive to make that page anew without all the rest of it."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from generator.publish.archive import Archive
from generator.publish.taxonomy import Names

Beside = Mapping[str, tuple[str, ...]]
"""By path: the paths of the briefings next to one in the lists of its pairs and sectors, before and after it."""


def find_beside(archive: Archive) -> Beside:
    """Return the neighbours of every briefing of an archive.

    An archive of a briefing and its neighbours alone has the same neighbours for it: nothing comes between them that did not
    stand between them before.
    """
    paths = {article.card.id: article.briefing.location.path for article in archive.articles}
    found: dict[str, set[str]] = {path: set() for path in paths.values()}
    for index in (archive.by_pair, archive.by_sector):
        for cards in index.values():
            for newer, older in pairwise([paths[card.id] for card in cards]):
                found[newer].add(older)
                found[older].add(newer)
    return {path: tuple(sorted(others)) for path, others in found.items()}


def find_names(archive: Archive) -> Names:
    """Return how the archive spells its people and organisations, which is as the first of many briefings does."""
    return {family: {term.key: term.name for term in archive.by_family(family)} for family in ("person", "organisation")}


def gather(paths: Iterable[str], beside: Beside) -> list[str]:
    """Return the paths of some briefings and of all that stand beside them, sorted."""
    return sorted({path for chosen in paths for path in (chosen, *beside.get(chosen, ()))})
