"""The stamp of a briefing: which seed it was made from, and whether anybody has edited it since.

"As generated" compares bytes: the front matter holds the digest of the file without what the machine wrote under `seed`, so that
a comment counts as an edit, there too, and checking out with other line ends does not.
"""

import re
from hashlib import sha256

import yaml
from msgspec import Struct
from msgspec.structs import replace

from generator.content.briefings import dump_briefing
from generator.ingest.prose import plain
from generator.ingest.settling.duplicates import Sketch
from generator.model import Briefing, Seed, SeedStamp
from generator.text import SLUG_MAX, slugify


class Proposal(Struct, frozen=True):
    """What the machine makes of one seed: a briefing still without id, the sketch of its text, and its file as generated."""

    seed: Seed
    briefing: Briefing
    sketch: Sketch
    text: str
    stamp: SeedStamp


def propose_file(seed: Seed, briefing: Briefing, sketch: Sketch) -> Proposal:
    """Return a briefing with the file that it would be, stamped; its text is dumped here, where many processes share the work."""
    unstamped = SeedStamp(find_seed_file(seed), seed.digest, _OPEN)
    text = dump_briefing(replace(briefing, seed=unstamped))
    # The digest is without the stamp, so that the file is written once and its digest put in.
    stamp = replace(unstamped, generated=digest_generated(text.encode()))
    text = text.replace(_GENERATED.format(_OPEN), _GENERATED.format(stamp.generated), 1)
    return Proposal(seed, briefing, sketch, text, stamp)


# A line of the front matter that only a stamp has, and what stands there until the digest is known.
_GENERATED = "\n  generated: {}\n"
_OPEN = "open"


def find_seed_file(seed: Seed) -> str:
    """Return how a stamp names a seed: its file, and the number of the record in files of many (`seeds/x.jsonl#3`)."""
    _, mark, number = seed.id.rpartition("#")
    return f"{seed.location.path}#{number}" if mark else seed.location.path


def make_id(briefing: Briefing) -> str:
    """Return the id of a new briefing: date and slug of the title; an untitled one is named by its first words."""
    words = briefing.title or " ".join(plain(briefing.body.lstrip("#>- ")).split()[:8])
    slug = slugify(words[: SLUG_MAX * 4])
    return f"{briefing.date.isoformat()}-{slug}" if briefing.date else slug


# The entry of the front matter, with the comments and blank lines within it and behind it.
_ENTRY = re.compile(rb"^seed:[^\n]*\n(?:(?:[ \t]|#)[^\n]*\n|\n)*", re.MULTILINE)
# What the machine writes there: three names and their values, without a comment, on lines of their own or in braces.
_NAME = rb"(?:file|digest|generated):"
_QUOTED = rb"'(?:[^'\n]|'')*'|\"(?:[^\"\\\n]|\\.)*\""
_LINE = rb"[ ]+%b[ ]*(?:%b|[^\s#'\"\[{]\S*(?:[ ]+[^\s#]\S*)*)?" % (_NAME, _QUOTED)
_PART = rb"[ ]*%b[ ]*(?:%b|[^\s#'\"\[\]{},]+)?[ ]*" % (_NAME, _QUOTED)
_WRITTEN = re.compile(rb"^(?:seed:[ ]*(?:\{%b(?:,%b)*\})?|%b)[ \t]*\n" % (_PART, _PART, _LINE), re.MULTILINE)


def digest_generated(raw: bytes) -> str:
    """Return the digest of a briefing's file without what the machine writes under `seed`, and without regard to line ends."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    end = raw.find(b"\n---", 3)
    head = _ENTRY.sub(lambda entry: _WRITTEN.sub(b"", entry.group()), raw[: end + 1], count=1)
    return "sha256:" + sha256(head + raw[end + 1 :]).hexdigest()


def find_stamp_line(raw: bytes) -> int:
    """Return the line on which the stamp of a file begins, or 0."""
    entry = _ENTRY.search(raw)
    return raw.count(b"\n", 0, entry.start()) + 1 if entry else 0


def read_stamp(raw: bytes) -> SeedStamp | None:
    """Return the stamp of a file without reading the rest of it: 10,000 files take 0.5 s this way and 3 s as briefings."""
    head = raw[: max(0, raw.find(b"\n---", 3)) + 1].replace(b"\r\n", b"\n")
    entry = _ENTRY.search(head)
    if entry is None:
        return None
    try:
        values = yaml.load(entry.group(), Loader=yaml.CBaseLoader)["seed"]  # noqa: S506  # The base loader makes texts only.
        return SeedStamp(values.get("file", ""), values.get("digest", ""), values.get("generated", ""))
    except (yaml.YAMLError, AttributeError, TypeError, KeyError):
        return None
