"""Addresses that readers have lead somewhere: to the page that stood there, or on to what took its place."""

from collections.abc import Iterator

from generator.check.site import BuiltSite, source_url
from generator.errors import Problem, error


def find_taken_aliases(site: BuiltSite) -> Iterator[Problem]:
    """Yield aliases that are the address of something else, or the alias of another briefing or page."""
    taken = {source_url(source): source.location.path for source in site.sources}
    for source in sorted(site.sources, key=lambda source: source.location):
        for alias in source.aliases:
            other = taken.setdefault(alias, source.location.path)
            if other != source.location.path or alias == source_url(source):
                where = site.find_place(alias, source_url(source)) or source.location
                yield error("taken-alias", where, f'the alias "{alias}" is an address of {other} already', "take it out")


def find_lost_addresses(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings whose files were renamed and that are not found at their former addresses."""
    if not site.ledger.seeds and not site.ledger.moved:
        return
    from generator.ingest.settling.moves import find_lost, group_moves, trace_moves

    by_id = {briefing.id: briefing for briefing in site.briefings}
    owners = {digest: found[0].id for digest, found in site.by_seed.items()}
    paths = site.paths
    moved = trace_moves(
        site.ledger.moved,
        site.ledger.seeds.items(),
        owner=lambda digest: owners.get(digest, ""),
        standing=paths,
        is_kept=paths.__contains__,
    )
    for name, former in group_moves(moved, paths).items():
        lost = find_lost(by_id[name], paths[name], former, site.content) if name in by_id else None
        if lost:
            yield lost
