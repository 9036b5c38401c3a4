"""The search index: static files that a browser asks for, a few for each query, written by the build.

**Numbers.** Briefings are numbered in the order of (date, id), period by period. A period (1, 3, 12 or 48 months, by how many
briefings the archive has in a month) takes as many numbers as the power of two, at least 16, that holds its briefings. So an
insertion moves the numbers of later briefings of its own period only, an appended briefing moves none, and numbers are in the
order of time.

**Files** below `/search/`, each JSON, which every host compresses; numbers in them are text, see `codec`:

    index.json              the root: `periods` (first month → version), `days` (of each period its briefings' days), `block`,
                            `terms` (beginning of words → version), `lengths` and `facets` (name → version), `readings` (family,
                            key, name and other names of a country or sector), `briefings` (where they are), `excerpts` (whether
                            their texts are there as Markdown), `format`
    terms/t-sem.json        `words` (the forms of each stem), `numbers` (of the briefings that have one) and `levels` (in each)
    places/t-sem.json       `places` in the same order: where in each of these briefings; read only for phrases
    lengths/07.json         `words` of seven letters, frequent ones first; read only where a word is not found
    facets/pair.json        `values`: key, name and numbers of each
    documents/2025-07-0.json  `documents`: what results show of the period's briefings 0 to 15: id, title, language, pairs,
                            summary, key points
    jump.json               names and addresses for the quick jump

A version is asked for as `?version`, so that a cache never mixes two editions; the root itself is asked for anew each time.

**Words.** `words.py` folds and splits texts and queries alike, and finds the stem that the forms of a word share. A stem is filed
under its home, all its letters but the last, at most eight: "policy" and "policies" with "polic". Its shard is the one with the
longest beginning that its home has. So the browser, which knows no stems, tries the beginnings of a word from the longest down to
three letters, and mostly the first is it. Stop words are not indexed. The name of a country or sector of several words is also
one word, `southkorea`; `readings` lead other names to it ("Korean", "ROK").

**Levels.** BM25F in two halves: the build weighs a word by field (title 10, terms 3, summary and key points 2, body 1), divides
by the length of the text in coarse steps, saturates, and rounds to 0…31. The browser multiplies by ln(1 + (N - n + ½) / (n +
½)). So an edit changes only the rows of words that it adds, takes away or moves.

**Places.** Every line of a text begins at a multiple of 64, and the terms stand before the body: an edit moves the words of its
own line. At 10,000 briefings a new sentence of four words changes 11 files of 1,420, a new briefing of 240 words 325.

**Decided against.** Shards by the hash of a word need no list of beginnings, but then typing asks for another file with every
letter. A shard for each year keeps edits smaller still, at the cost of as many requests a word as there are years. Places in the
same file as numbers would make a query without quotation marks fetch four times as much. Filing a stem under what its forms share
that do occur needs no rule, but every row of every period has to be looked at after every edit.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence

from generator.fingerprint import fingerprint
from generator.publish.archive import Archive
from generator.publish.page import Data, Made, Page
from generator.publish.search.codec import encode_ascending
from generator.publish.search.directory import (
    BLOCK,
    FACETS,
    find_readings,
    make_documents,
    make_facet,
    make_jump,
    make_root,
)
from generator.publish.search.segments import Segment, SegmentPlan, find_capacity, make_segments, plan_segments
from generator.publish.search.shards import make_length, make_part, make_places, make_words, plan_lengths, plan_shards, shard_name
from generator.publish.site import Site, has_family

__all__ = ["Segment", "SegmentPlan", "make_segments", "plan_search", "plan_segments"]

PLANNER = "search"


def plan_search(archive: Archive, site: Site, plans: Sequence[SegmentPlan], segments: Sequence[Segment]) -> Iterator[Page]:
    """Yield the files of the index and of the quick jump.

    `plans` are those of `plan_segments`, and `segments` what `make_segments` made of them.
    """
    bases = [0]
    for plan in plans:
        bases.append(bases[-1] + find_capacity(len(plan.articles)))
    bases.pop()
    versions: dict[str, dict[str, str]] = {"terms": {}, "lengths": {}, "facets": {}, "periods": {}}
    for prefix, part in plan_shards(bases, segments).items():
        versions["terms"][prefix] = _version(part.digest)
        yield Page(f"/search/terms/{shard_name(prefix)}.json", Made(make_words, (part,)), PLANNER)
        yield Page(f"/search/places/{shard_name(prefix)}.json", Made(make_places, (part,)), PLANNER)
    for length, part in plan_lengths(segments).items():
        versions["lengths"][length] = _version(part.digest)
        yield Page(f"/search/lengths/{length}.json", Made(make_length, (part,)), PLANNER)
    numbered = make_part(
        tuple(
            (base + slot, article.card)
            for base, plan in zip(bases, plans, strict=True)
            for slot, article in enumerate(plan.articles)
        )
    )
    for family in FACETS:
        versions["facets"][family] = _version(numbered.digest)
        yield Page(f"/search/facets/{family}.json", Made(make_facet, (family, numbered)), PLANNER)
    for plan in plans:
        entries = [(article.card, article.briefing.key_points) for article in plan.articles]
        blocks = [make_part(tuple(entries[start : start + BLOCK])) for start in range(0, len(entries), BLOCK)]
        versions["periods"][plan.label] = _version(fingerprint(tuple(block.digest for block in blocks)))
        for place, block in enumerate(blocks):
            yield Page(f"/search/documents/{plan.label}-{place}.json", Made(make_documents, (block,)), PLANNER)
    yield from _plan_directory(archive, site, plans, versions)


def _plan_directory(
    archive: Archive, site: Site, plans: Sequence[SegmentPlan], versions: dict[str, dict[str, str]]
) -> Iterator[Page]:
    days = tuple(encode_ascending([article.card.date.toordinal() for article in plan.articles]) for plan in plans)
    root = make_root(days=days, versions=versions, readings=find_readings(archive), excerpts=site.families.markdown)
    yield Page("/search/index.json", Data(root), PLANNER)
    families = [family for family in ("country", "pair", "sector", "person") if has_family(site, family)]
    yield Page("/search/jump.json", Data(make_jump(archive, families)), PLANNER)


def _version(digest: bytes) -> str:
    """Return six characters by which a cache tells editions apart: one in 69 billion is taken for another."""
    return urlsafe_b64encode(digest)[:6].decode()
