"""Tags proposed anew for a briefing that stands: what they would change, without touching the file.

A term is added where it weighs; one that is no longer proposed goes only when that is asked for, since nobody but an editor knows
why it is there. What an editor rejected is never added, and what an editor confirmed never goes.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.ingest.amend import Change
from generator.ingest.clean.markdown import read_markdown_rows
from generator.ingest.prose import Block, strip_marks
from generator.ingest.tagging.tags import Tag, TagProposal, propose_tags
from generator.model import Briefing
from generator.vocabulary import Vocabulary

TAG_KEYS = ("countries", "pairs", "sectors", "kind")

Terms = tuple[str, ...]


class Retagging(Struct, frozen=True):
    """What a proposal changes in a briefing, and the terms that it keeps although they are not proposed, each with its key."""

    changes: tuple[Change, ...]
    kept: tuple[tuple[str, Terms], ...]


def read_text(briefing: Briefing) -> str:
    """Return the body of a briefing as the taggers read it, a paragraph a line: the same text that its seed gave."""
    return strip_marks(Block(row.kind, row.text, row.level) for row in read_markdown_rows(briefing.body))


def propose_again(briefing: Briefing, text: str, vocabulary: Vocabulary, *, dateline: str = "") -> TagProposal:
    """Return the tags that ingest would propose for a briefing today; `dateline` is that of its seed, where it is known."""
    return propose_tags(
        briefing.title,
        text,
        vocabulary,
        lang=briefing.lang or "en",
        publisher=briefing.sources[0].publisher if briefing.sources else "",
        dateline=dateline,
        year=briefing.date.year if briefing.date else 0,
    )


def plan_changes(briefing: Briefing, proposal: TagProposal, *, drop: bool = False) -> Retagging:
    """Return what a proposal changes; with `drop`, terms that are neither proposed nor confirmed are taken out.

    A kind that is there stays.
    """
    changes, kept = [], []
    for key in TAG_KEYS:
        before, proposed = held_terms(briefing, key), proposed_terms(proposal, key)
        proposed += tuple([term for term in confirmed_terms(briefing, key) if term not in proposed])
        rejected = rejected_terms(briefing, key, proposed)
        wanted = [term for term in proposed if term not in rejected]
        if key == "kind":
            wanted = list(before) or wanted[:1]
        extra = tuple(term for term in before if term not in wanted)
        after = _merge([term for term in before if not drop or term in wanted], wanted)
        if after != before:
            changes.append(Change(key, before, after))
        if extra and not drop:
            kept.append((key, extra))
    return Retagging(tuple(changes), tuple(kept))


def held_terms(briefing: Briefing, key: str) -> Terms:
    """Return the terms that the front matter holds under a key: codes, slugs, or the kind as the only one."""
    if key == "pairs":
        return tuple(pair.slug for pair in briefing.pairs)
    if key == "kind":
        return (briefing.kind,) if briefing.kind else ()
    return briefing.countries if key == "countries" else briefing.sectors


def proposed_terms(proposal: TagProposal, key: str) -> Terms:
    """Return the terms of a proposal that belong under a key, best first; of kinds all that have enough, to take one of."""
    return tuple(tag.term for tag in proposed_tags(proposal, key))


def proposed_tags(proposal: TagProposal, key: str) -> tuple[Tag, ...]:
    """Return the same as tags with their scores."""
    tags = {"countries": proposal.countries, "pairs": proposal.pairs, "sectors": proposal.sectors}
    return tuple(tag for tag in tags.get(key, (proposal.kind, *proposal.other_kinds)) if tag.term)


def confirmed_terms(briefing: Briefing, key: str) -> Terms:
    """Return the terms that an editor confirmed; with a pair go both of its countries, without which it cannot stand."""
    confirmed = briefing.confirmed
    if key == "pairs":
        return tuple(pair.slug for pair in confirmed.pairs)
    parties = (code for pair in confirmed.pairs for code in (pair.first, pair.second))
    return {"countries": tuple(dict.fromkeys((*confirmed.countries, *parties))), "sectors": confirmed.sectors}.get(key, ())


def rejected_terms(briefing: Briefing, key: str, proposed: Iterable[str] = ()) -> frozenset[str]:
    """Return the terms that an editor rejected; a pair goes with either of its countries."""
    rejected = briefing.rejected
    if key == "pairs":
        out = {code.lower() for code in rejected.countries}
        named = {pair.slug for pair in rejected.pairs}
        return frozenset(named | {slug for slug in proposed if not out.isdisjoint(slug.split("-"))})
    return frozenset({"countries": rejected.countries, "sectors": rejected.sectors}.get(key, rejected.kinds))


def _merge(held: Sequence[str], wanted: Sequence[str]) -> Terms:
    """Return the held terms with each wanted one behind the wanted one before it: nothing that is there changes its order."""
    merged = list(held)
    for place, term in enumerate(wanted):
        if term in merged:
            continue
        if place:
            at = merged.index(wanted[place - 1]) + 1
        else:
            at = next((number for number, other in enumerate(merged) if other in wanted), len(merged))
        merged.insert(at, term)
    return tuple(merged)
