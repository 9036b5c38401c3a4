"""The search index: static files that a browser asks for, a few for each query, written by the build.

**Numbers.** Briefings are numbered in the order of (date, id), period by period. A period (1, 3, 12 or 48 months, by how many
briefings the archive has in a month) takes as many numbers as the power of two, at least 16, that holds its briefings. So an
insertion moves the numbers of later briefings of its own period only, an appended briefing moves none, and numbers are in the
order of time.

**Files** below `/search/`, each JSON, which every host compresses; numbers in them are text, see `codec`:

    index.json              the root: `periods` (first month → version), `days` (of each period its briefings' days), `block`,
                            `terms` (beginning of words → version), `lengths` and `facets` (name → version), `readings`
    terms/t-sem.json        `words` (the forms of each stem) and `postings` (of each stem: number, level, number, level…)
    positions/t-sem.json    `positions` in the order of the words: of each posting how often and where; read only for phrases
    lengths/07.json         `words` of seven letters, frequent ones first; read only where a word is not found
    facets/pair.json        `values`: key, name and numbers of each
    documents/2025-07-0.json  `documents`: what results show of the period's briefings 0 to 15: id, title, language, pairs,
                            summary, key points
    jump.json               names and addresses for the quick jump
    opensearch.xml          the address of the search for browsers

A version is asked for as `?version`, so that a cache never mixes two editions; the root itself is asked for anew each time.

**Words.** `words.py` folds and splits texts and queries alike. A word has a key, its first eight letters, and stands in a shard
whose beginning its key has: in the longest such mostly, in a shorter one where the forms of its stem part earlier ("war" and
"wars" are with "war"), but never in one shorter than that of its first three letters. Stop words are not indexed. A country or
sector of several words is also one word, `southkorea`; `readings` lead other names to it ("Korean", "ROK").

**Levels.** BM25F in two halves: the build weighs a word by field (title 6, terms 3, summary and key points 2, body 1), divides
by the length of the text in coarse steps, saturates, and rounds to 0…31. The browser multiplies by ln(1 + (N - n + ½) / (n +
½)). So an edit changes only the rows of words that it adds, takes away or moves.

**Decided against.** Shards by the hash of a word need no list of beginnings, but then typing asks for another file with every
letter. A shard for each year keeps edits smaller still, at the cost of as many requests a word as there are years. Positions in
the same file as postings would make a query without quotation marks fetch four times as much.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence

from generator.fingerprint import fingerprint
from generator.publish.archive import Archive
from generator.publish.page import Data, Made, Page
from generator.publish.search.directory import (
    BLOCK,
    FACETS,
    encode_days,
    find_readings,
    make_documents,
    make_facet,
    make_jump,
    make_opensearch,
    make_root,
)
from generator.publish.search.segments import Segment, SegmentPlan, make_segment, plan_segments
from generator.publish.search.shards import make_length, make_positions, make_words, plan_lengths, plan_shards, shard_name
from generator.publish.site import Site

__all__ = ["Segment", "SegmentPlan", "make_segment", "plan_search", "plan_segments"]

PLANNER = "search"


def plan_search(archive: Archive, site: Site, plans: Sequence[SegmentPlan], segments: Sequence[Segment]) -> Iterator[Page]:
    """Yield the files of the index and of the quick jump.

    `plans` are those of `plan_segments`, and `segments` what `make_segment` made of the articles of each.
    """
    bases = [0]
    for plan in plans:
        bases.append(bases[-1] + plan.capacity)
    bases.pop()
    versions: dict[str, dict[str, str]] = {"terms": {}, "lengths": {}, "facets": {}, "periods": {}}
    for prefix, part in plan_shards(bases, segments).items():
        versions["terms"][prefix] = _version(part.digest)
        yield Page(f"/search/terms/{shard_name(prefix)}.json", Made(make_words, (part,)), PLANNER)
        yield Page(f"/search/positions/{shard_name(prefix)}.json", Made(make_positions, (part,)), PLANNER)
    for length, texts in plan_lengths(segments).items():
        versions["lengths"][length] = _version(fingerprint(texts))
        yield Page(f"/search/lengths/{length}.json", Made(make_length, (texts,)), PLANNER)
    numbered = tuple(
        (base + slot, article.card) for base, plan in zip(bases, plans, strict=True) for slot, article in enumerate(plan.articles)
    )
    version = _version(fingerprint(numbered))
    for family in FACETS:
        versions["facets"][family] = version
        yield Page(f"/search/facets/{family}.json", Made(make_facet, (family, numbered)), PLANNER)
    for plan in plans:
        entries = tuple((article.card, article.briefing.key_points) for article in plan.articles)
        versions["periods"][plan.label] = _version(fingerprint(entries))
        for start in range(0, len(entries), BLOCK):
            url = f"/search/documents/{plan.label}-{start // BLOCK}.json"
            yield Page(url, Made(make_documents, (entries[start : start + BLOCK],)), PLANNER)
    yield from _plan_directory(archive, site, plans, versions)


def _plan_directory(
    archive: Archive, site: Site, plans: Sequence[SegmentPlan], versions: dict[str, dict[str, str]]
) -> Iterator[Page]:
    days = encode_days([article.card.date for article in plan.articles] for plan in plans)
    root = make_root(days=days, versions=versions, readings=find_readings(archive), excerpts=site.families.markdown)
    yield Page("/search/index.json", Data(root), PLANNER)
    shown = {
        "country": site.families.countries,
        "pair": site.families.pairs,
        "sector": site.families.sectors,
        "person": site.families.people,
    }
    yield Page("/search/jump.json", Data(make_jump(archive, [family for family in shown if shown[family]])), PLANNER)
    description = Made(make_opensearch, (site.title, site.description, site.base_url))
    yield Page("/search/opensearch.xml", description, PLANNER)


def _version(digest: bytes) -> str:
    """Return six characters by which a cache tells editions apart: one in 69 billion is taken for another."""
    return urlsafe_b64encode(digest)[:6].decode()
