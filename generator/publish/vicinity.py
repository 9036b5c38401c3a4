"""What the page of a briefing shows of others: enough of an archive to make that page anew without all the rest of it."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from generator.publish.archive import Archive
from generator.publish.taxonomy import Names

Beside = Mapping[str, tuple[str, ...]]
"""By path: the paths of the briefings next to one in the lists of its pairs and sectors, and of the versions of all of these."""


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
    if len(archive.cards) < len(archive.shown):
        _join_versions(found, paths, archive)
    return {path: tuple(sorted(others)) for path, others in found.items()}


def _join_versions(found: dict[str, set[str]], paths: Mapping[str, str], archive: Archive) -> None:
    """Join to each briefing the other versions of it and of those beside it, which cards name.

    A translation is with its original and what is beside that, and with one briefing of each of its terms, so that these are
    listed where they are in the whole archive.
    """
    translations: dict[str, set[str]] = {}
    for card in [card for card in archive.shown if card.translation_of]:
        path, original = paths[card.id], paths[card.translation_of]
        bearers = [other for term in card.terms for other in archive.by_family(term.family).get(term, ())[:1]]
        found[path] |= {original, *found[original], *(paths[other.id] for other in bearers)}
        translations.setdefault(original, set()).add(path)
    for path, others in found.items():
        others.update(*[translations[other] for other in (path, *others) if other in translations])
        others.discard(path)


def find_names(archive: Archive) -> Names:
    """Return how the archive spells its people and organisations, which is as the first of many briefings does."""
    return {family: {term.key: term.name for term in archive.by_family(family)} for family in ("person", "organisation")}


def gather(paths: Iterable[str], beside: Beside) -> list[str]:
    """Return the paths of some briefings and of all that stand beside them, sorted."""
    return sorted({path for chosen in paths for path in (chosen, *beside.get(chosen, ()))})
