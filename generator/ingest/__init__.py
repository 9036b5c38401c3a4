"""The first half of the generator: dirty seeds in, proposed briefings out, and no edit of a human ever lost.

    read_seeds(raw, path)  ─▶  Seed | Refusal              formats, decoding
    propose(seed, …)       ─▶  Article, Metadata, tags     clean, metadata, tagging
    Reconciliation.settle  ─▶  Decision                    settling

Everything here is pure: the shell passes bytes in and writes what the decisions say.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from generator.content.budget import check_budget
from generator.errors import ContentError, Location, Problem, SeedError, error, warning
from generator.ingest.clean import clean
from generator.ingest.dates import explain_doubt
from generator.ingest.formats import Refusal, read_seeds
from generator.ingest.metadata import Metadata, find_habits, make_metadata
from generator.ingest.metadata.language import detect_language
from generator.ingest.prose import Article, dump_blocks, strip_marks
from generator.ingest.settling.duplicates import SeenTexts, Sketch, make_sketch
from generator.ingest.settling.ledger import (
    Declined,
    Entry,
    amend_declined,
    dump_ingested,
    parse_declined,
    parse_ingested,
    parse_moved,
)
from generator.ingest.settling.reconcile import Reconciliation
from generator.ingest.settling.register import Decision
from generator.ingest.settling.shelf import Shelved, shelve
from generator.ingest.settling.stamps import Proposal, digest_generated, propose_file, read_stamp
from generator.ingest.tagging.tags import TagProposal, propose_tags
from generator.mentions import compile_index, find_countries
from generator.model import Author, Briefing, Seed, Source
from generator.text import cut_words
from generator.vocabulary import Vocabulary

__all__ = [
    "Decision",
    "Declined",
    "Entry",
    "Made",
    "Proposal",
    "Reconciliation",
    "Refusal",
    "SeenTexts",
    "Shelved",
    "amend_declined",
    "digest_generated",
    "document",
    "dump_ingested",
    "parse_declined",
    "parse_ingested",
    "parse_moved",
    "propose",
    "read_dateline",
    "read_seeds",
    "read_stamp",
    "shelve",
]


class Made(Struct, frozen=True):
    """What one seed gives: the briefing (its id is still open), its text without marks, the sketch of it, and what is wrong."""

    seed: Seed
    briefing: Briefing
    text: str
    sketch: Sketch
    problems: tuple[Problem, ...] = ()

    @property
    def proposal(self) -> Proposal:
        """What the reconciliation needs of it."""
        return propose_file(self.seed, self.briefing, self.sketch)


def propose(seed: Seed, vocabulary: Vocabulary) -> Made | Refusal:
    """Return what one seed gives, or why it gives nothing."""
    habits = find_habits(seed)
    try:
        article = clean(
            seed, order=habits.order, place=habits.place, is_place=partial(_is_place, text=seed.body, vocabulary=vocabulary)
        )
    except SeedError as problem:
        return Refusal(seed.id, seed.location, problem.problems[0])
    metadata = make_metadata(seed, article, vocabulary, habits)
    text = strip_marks(article.blocks)
    tags = propose_tags(
        metadata.title,
        text,
        vocabulary,
        lang=metadata.lang or "en",
        publisher=metadata.publisher,
        dateline=article.place,
        year=metadata.day.year if metadata.day else 0,
    )
    briefing = _assemble(seed, article, metadata, tags)
    try:
        check_budget(briefing.body, seed.location)
    except ContentError as failure:
        # Written all the same, it would stop the publication of all others.
        excess = failure.problems[0]
        refused = error("seed-markup", seed.location, f"no page could show it: {excess.message}", excess.hint)
        return Refusal(seed.id, seed.location, refused)
    return Made(seed, briefing, text, make_sketch(text), tuple(_find_problems(seed, article, metadata, text)))


def _is_place(words: str, *, text: str, vocabulary: Vocabulary) -> bool:
    """Say whether words begin with a city that the vocabulary knows, in the language of the text that they stand in."""
    index = compile_index(vocabulary, detect_language(text[:_LANGUAGE_SIZE]) or "en")
    named = words.title() if words.isupper() else words
    # The vocabulary lists the capitals of other languages among the names by which their countries go.
    kinds = _PLACE_KINDS if words.isascii() else {*_PLACE_KINDS, "alias"}
    return any(mention.start == 0 and mention.kind in kinds for mention in find_countries(named, index))


_PLACE_KINDS = frozenset({"capital", "city"})
_LANGUAGE_SIZE = 1500


def read_dateline(seed: Seed, vocabulary: Vocabulary) -> str:
    """Return the place that a seed's dateline names: it counts for the tags, and is in no briefing."""
    habits = find_habits(seed)
    try:
        return clean(
            seed, order=habits.order, place=habits.place, is_place=partial(_is_place, text=seed.body, vocabulary=vocabulary)
        ).place
    except SeedError:
        return ""


def _assemble(seed: Seed, article: Article, metadata: Metadata, tags: TagProposal) -> Briefing:
    authors = (Author(metadata.author),) if metadata.author else ()
    source = Source(metadata.publisher, metadata.title, metadata.url, metadata.published, authors)
    return Briefing(
        id="",
        title=metadata.title,
        date=metadata.day,
        body=dump_blocks(article.blocks),
        location=Location(seed.location.path),
        summary=metadata.summary,
        key_points=metadata.key_points,
        kind=tags.kind.term,
        countries=tuple(tag.term for tag in tags.countries),
        pairs=tags.country_pairs,
        sectors=tuple(tag.term for tag in tags.sectors),
        people=metadata.people,
        organisations=metadata.organisations,
        lang=metadata.lang,
        sources=(source,),
        caption=article.caption,
        draft=metadata.day is None or not metadata.title,
    )


def _find_problems(seed: Seed, article: Article, metadata: Metadata, text: str) -> Sequence[Problem]:
    """Return why a briefing stays a draft: an archive must not invent a date or a headline; and which letters are in doubt."""
    problems = []
    if seed.doubt:
        problems.append(warning("seed-encoding", seed.location, seed.doubt, "save the seed as UTF-8"))
    if (lost := text.find("\ufffd")) >= 0 or "\ufffd" in metadata.title:
        word = _LOST.search(text[max(0, lost - _TOLD_SIZE) : lost + _TOLD_SIZE] if lost >= 0 else metadata.title)
        said = f"letters are lost, as in “{word.group() if word else ''}”"
        problems.append(warning("seed-encoding", seed.location, said, "write them into the briefing"))
    if metadata.day is None:
        fields = dict(article.fields)
        told = seed.published or fields.get("date", "") or fields.get("doubtful_date", "")
        why = explain_doubt(cut_words(told, _TOLD_SIZE)) if told else "no publication date found"
        where = seed.location._replace(line=seed.published_line or seed.location.line)
        problems.append(error("seed-undated", where, f"{why}, so the briefing is a draft", _DRAFT_HINT.format("date")))
    if not metadata.title:
        said = "no title found, so the briefing is a draft"
        problems.append(error("seed-untitled", seed.location, said, _DRAFT_HINT.format("title")))
    return problems


_TOLD_SIZE = 60
_LOST = re.compile(r"\w*\ufffd[\w\ufffd]*")
# Never into the seed, which stays as it came: changed, it would be another version, and the address of the briefing the old one.
_DRAFT_HINT = 'write "{}" into the briefing and take out "draft"'


def document(item: Made | Refusal, *, duplicate_of: str = "", seconds: float = 0.0) -> dict[str, Any]:
    """Return what `ingest --dry-run --format jsonl` prints for one document, read or refused."""
    found: dict[str, Any] = {
        "id": "",
        "file": "",
        "status": "rejected",
        "title": "",
        "date": None,
        "publisher": "",
        "countries": [],
        "pairs": [],
        "sectors": [],
        "people": [],
        "organisations": [],
        "lang": "",
        "text": "",
        "duplicate_of": duplicate_of or None,
        "seconds": round(seconds, 6),
    }
    if isinstance(item, Refusal):
        return found | {"id": item.id, "file": item.location.path, "problems": [str(item.problem)]}
    briefing = item.briefing
    return found | {
        "id": item.seed.id,
        "file": item.seed.location.path,
        "status": "draft" if briefing.draft else "ok",
        "title": briefing.title,
        "date": briefing.date.isoformat() if briefing.date else None,
        "publisher": briefing.sources[0].publisher,
        "countries": list(briefing.countries),
        "pairs": [pair.slug for pair in briefing.pairs],
        "sectors": list(briefing.sectors),
        "people": [{"name": person.name, "office": person.office} for person in briefing.people],
        "organisations": [{"name": body.name, "abbreviation": body.abbreviation} for body in briefing.organisations],
        "lang": briefing.lang,
        "text": item.text,
        "problems": [str(problem) for problem in item.problems],
    }
