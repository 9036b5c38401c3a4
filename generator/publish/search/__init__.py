"""The search index: static files that a browser asks for, a few for each query, written by the build.

**Numbers.** Briefings are numbered in the order of (date, id), period by period. A period (1, 3, 12 or 48 months, by how many
briefings the archive has in a month) takes as many numbers as the power of two, at least 16, that holds its briefings. So an
insertion moves the numbers of later briefings of its own period only, an appended briefing moves none, and numbers are in the
order of time.

**Files** below `/search/`, each JSON, which every host compresses; numbers in them are text, see `codec`:

    index.json              the root: `periods` (first month → days of its briefings, versions of its documents), `block`, `terms`
                            (beginning of words → version), `spellings` and `facets` (name → version), `readings` (family, key,
                            name and other names of a country, sector, kind or organisation; words
                            and their abbreviations), `stop` (words that are not indexed), `months` (their names),
                            `briefings` (where they are), `excerpts` (whether their texts are there as Markdown),
                            `isOneLanguage` (whether every word has one stem), `span` (what time the archive covers)
    terms/t-sem             `words` (of each stem, the forms that it has), and for one word after the other `numbers` (of the
                            briefings that have it) and `levels` (of its stem in each)
    places/t-sem            `places` in the same order: where in each of these briefings; read only for phrases
    spellings/04            `words` of four letters and more, frequent ones first; read only where a word is not found
    facets/pair             `values`: key, name and numbers of each
    documents/2025-07-0     `documents`: what results show of the period's briefings 0 to 15: id, title, language, pairs with the
                            language of a text that is there in several, summary, key points
    jump.json               names and addresses for the quick jump

The root is asked for anew each time. The names of the other files end in their version (`t-sem.3f09ac.json`), so that a page that
was opened before the archive was published anew asks for files that are gone, reads the root again, and never mixes editions.

**Words.** `words.py` folds and splits texts and queries alike, and finds the stem that the forms of a word share. A stem is filed
under its home, all its letters but the last, at most eight: "policy" and "policies" with "polic". Its shard is the one with the
longest beginning that its home has. So the browser, which knows no stems, tries the beginnings of a word from the longest down to
three letters, and mostly the first is it; where the archive has several languages a word may have several stems, and all are
asked. Stop words are not indexed. The name of a term of several words is also one word,
`southkorea`; `readings` lead other names and codes to it ("Korean", "ROK", "KR", "IAEA").

**Levels.** BM25F in two halves: the build weighs a word by field (title 10, terms 3, summary and key points 2, body 1), divides
by the length of the text in coarse steps, saturates, and rounds down to 0…30. The browser multiplies by ln(1 + (N - n + ½) / (n +
½)), and the very word that was typed counts more than its other forms. So an edit changes only the rows of words that it adds,
takes away or moves.

**Places.** Every line of a text begins at a multiple of 64, and the terms stand before the body: an edit moves the words of its
own line. At 10,000 briefings a new sentence of three words changes 8 files of 1,410, a new briefing of 240 words 741.

**Decided against.** Shards by the hash of a word need no list of beginnings, but then typing asks for another file with every
letter. A shard for each year keeps edits smaller still, at the cost of as many requests a word as there are years. Places in the
same file as numbers would make a query without quotation marks fetch four times as much. Filing a stem under what its forms share
that do occur needs no rule, but every row of every period has to be looked at after every edit.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from generator.fingerprint import digest_plain
from generator.publish.archive import Archive
from generator.publish.page import Data, Made, Page
from generator.publish.search.codec import encode_ascending
from generator.publish.search.directory import (
    BLOCK,
    JUMP_FAMILIES,
    Documents,
    find_abbreviations,
    find_readings,
    find_span,
    make_documents,
    make_jump,
)
from generator.publish.search.facets import FACETS, make_facet, plan_facet
from generator.publish.search.part import Part
from generator.publish.search.segments import Segment, SegmentPlan, find_capacity, make_segments, plan_segments
from generator.publish.search.shards import make_places, make_spellings, make_words, plan_shards, plan_spellings, shard_name
from generator.publish.search.words import STOP_WORDS, name_rules
from generator.publish.site import Site, has_family
from generator.publish.urls import BRIEFINGS, SEARCH
from generator.text import MONTHS

__all__ = ["Segment", "SegmentPlan", "make_segments", "plan_search", "plan_segments"]

PLANNER = "search"


def plan_search(archive: Archive, site: Site, *, plans: Sequence[SegmentPlan], segments: Sequence[Segment]) -> Iterator[Page]:
    """Yield the files of the index and of the quick jump.

    `plans` are those of `plan_segments`, and `segments` what `make_segments` made of them.
    """
    bases = [0, *accumulate(find_capacity(len(plan.articles)) for plan in plans)][: len(plans)]
    shards = plan_shards(bases, segments)
    for prefix, part in shards.items():
        name = f"{shard_name(prefix)}.{part.version}.json"
        yield Page(f"{SEARCH}terms/{name}", Made(make_words, (part,)), PLANNER)
        yield Page(f"{SEARCH}places/{name}", Made(make_places, (part,)), PLANNER)
    spellings = plan_spellings(segments)
    for length, words in spellings.items():
        yield Page(f"{SEARCH}spellings/{length}.{words.version}.json", Made(make_spellings, (words,)), PLANNER)
    facets = {family: plan_facet(family, bases, [segment["facets"] for segment in segments]) for family in FACETS}
    for family, values in facets.items():
        yield Page(f"{SEARCH}facets/{family}.{values.version}.json", Made(make_facet, (values,)), PLANNER)
    documents = {plan.label: _cut_documents(plan) for plan in plans}
    for label, blocks in documents.items():
        for place, block in enumerate(blocks):
            yield Page(f"{SEARCH}documents/{label}-{place}.{block.version}.json", Made(make_documents, (block,)), PLANNER)
    readings = (*find_readings(archive), *find_abbreviations(archive, segments))
    rules = {name_rules(card.lang) for card in archive.shown}
    root = {
        "block": BLOCK,
        "briefings": BRIEFINGS,
        "excerpts": site.families.markdown,
        "facets": {family: values.version for family, values in facets.items()},
        "periods": {plan.label: (_dump_days(plan), *(block.version for block in documents[plan.label])) for plan in plans},
        "isOneLanguage": len(rules) < 2,
        "months": " ".join(MONTHS).lower(),
        "readings": readings,
        "span": find_span(archive),
        "spellings": {length: words.version for length, words in spellings.items()},
        "stop": " ".join(sorted(STOP_WORDS)),
        "terms": {prefix: part.version for prefix, part in shards.items()},
    }
    yield Page(f"{SEARCH}index.json", Data(root), PLANNER)
    families = [family for family in JUMP_FAMILIES if has_family(site, family)]
    yield Page(f"{SEARCH}jump.json", Data(make_jump(archive, families, readings)), PLANNER)


def _cut_documents(plan: SegmentPlan) -> list[Part[Documents]]:
    entries = [(article.card, article.briefing.key_points) for article in plan.articles]
    blocks = [tuple(entries[start : start + BLOCK]) for start in range(0, len(entries), BLOCK)]
    return [Part(block, digest_plain([(card.digest, key_points) for card, key_points in block])) for block in blocks]


def _dump_days(plan: SegmentPlan) -> str:
    return encode_ascending([article.card.date.toordinal() for article in plan.articles])
