"""Segments → the files that the browser asks for: words with their postings, their places, and the words that there are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct, field

from generator.fingerprint import digest_plain
from generator.publish.search.codec import dump_json, encode_number
from generator.publish.search.part import Part, make_part
from generator.publish.search.segments import Key, Segment, Span

# Characters of postings and places that one shard holds before it is split: postings of 5 to 12 kB after gzip.
LIMIT = 65_536
# Characters that the words of some lengths take in the segment that has most of them, so that they lie in one file: a query with
# three unknown words then asks for one file where a file for each length made five.
SPELLINGS_LIMIT = 16_384

# The base of a segment, its rows, and where among them those of a home stand.
Piece = tuple[int, str, Span]


def plan_shards(bases: Sequence[int], segments: Sequence[Segment]) -> dict[str, Part[Sequence[Piece]]]:
    """Return what each shard is made of, by the beginning of its words: the rows of its homes in each segment.

    A stem is in the shard with the longest beginning that its home has, so the browser needs only the list of beginnings. A
    beginning is split when it holds too much, and only there: the other shards stay as they are. Rows are told apart by their
    digests, so that those of shards which stay as they are need not be read: of 10,000 briefings 18 MB.
    """
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    for base, segment in zip(bases, segments, strict=True):
        rows = segment["rows"]
        for home, span in segment["homes"].items():
            pieces[home].append((base, rows, span))
    shards = _split("", {home: sum([end - start for _, _, (start, end, _) in found]) for home, found in pieces.items()})
    return {
        prefix: _make_shard([piece for home in sorted(shards[prefix]) for piece in pieces[home]]) for prefix in sorted(shards)
    }


def _make_shard(pieces: Sequence[Piece]) -> Part[Sequence[Piece]]:
    return Part(pieces, digest_plain([(base, digest) for base, _, (_, _, digest) in pieces]))


def _split(prefix: str, sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the beginnings from `prefix` on, each with its homes: the largest children leave until the rest is small enough."""
    children: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for home, size in sizes.items():
        children[home[: len(prefix) + 1]][home] = size
    shards: dict[str, list[str]] = {}
    kept = list(children.pop(prefix, ()))
    size = sum(sizes.values())
    for child in sorted(children, key=lambda child: (-sum(children[child].values()), child)):
        if size <= LIMIT:
            kept += children[child]
        else:
            shards |= _split(child, children[child])
            size -= sum(children[child].values())
    return shards | ({prefix: kept} if kept else {})


def shard_name(prefix: str) -> str:
    """Return the file of a beginning: `t-con`, since a file may not be called `con` everywhere; other scripts by number."""
    return "t-" + "".join(char if "a" <= char <= "z" or "0" <= char <= "9" else f"_{ord(char):x}" for char in prefix)


class _Row(Struct):
    """What all segments have of a word: each number as the distance from the one before."""

    last: int = 0
    gaps: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def _merge(pieces: Sequence[Piece]) -> dict[Key, _Row]:
    """Return the rows of a shard in the order of stems, and of the words that have one."""
    rows: defaultdict[Key, _Row] = defaultdict(_Row)
    for base, lines, (start, end, _) in pieces:
        for line in lines[start:end].splitlines():
            stem, word, first, last, gaps, levels, places = line.split("\t")
            row = rows[stem, word]
            row.gaps += (encode_number(base + int(first) - row.last), gaps)
            row.levels.append(levels)
            row.places.append(places)
            row.last = base + int(last)
    return {key: rows[key] for key in sorted(rows)}


def make_words(part: Part[Sequence[Piece]]) -> bytes:
    """Return a shard: the words of each stem, the numbers of the briefings that have a word, and its level in each."""
    rows = _merge(part.value)
    return dump_json(
        {
            "words": [" ".join(word for _, word in keys) for _, keys in groupby(rows, itemgetter(0))],
            "numbers": ["".join(row.gaps) for row in rows.values()],
            "levels": ["".join(row.levels) for row in rows.values()],
        }
    )


def make_places(part: Part[Sequence[Piece]]) -> bytes:
    """Return where in each text the words of a shard stand, in the same order as the shard."""
    return dump_json({"places": [" ".join(row.places) for row in _merge(part.value).values()]})


def plan_spellings(segments: Sequence[Segment]) -> dict[str, Part[str]]:
    """Return what the lists of words are made of, by their shortest length: as many lengths to a file as it takes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for segment in segments:
        for length, words in segment["words"].items():
            found[length].append(words)
    files: dict[str, list[str]] = {}
    room = 0
    for length in sorted(found):
        size = max(map(len, found[length]))
        if size > room:
            first, room = length, SPELLINGS_LIMIT
        room -= size
        files.setdefault(first, []).extend(found[length])
    return {first: make_part(" ".join(words)) for first, words in files.items()}


def make_spellings(part: Part[str]) -> bytes:
    """Return words, from those in most segments to the rarest, as spelling should prefer them.

    The order is by halves, quarters, eighths of the frequency, so that it rarely changes.
    """
    counts = Counter(part.value.split(" "))
    return dump_json({"words": " ".join(sorted(counts, key=lambda word: (-counts[word].bit_length(), word)))})
