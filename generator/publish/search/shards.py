"""Segments → the files that the browser asks for: words with their postings, their positions, and the words of one length."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from generator.fingerprint import fingerprint
from generator.publish.search.codec import dump_json, encode_number
from generator.publish.search.segments import Segment
from generator.publish.search.words import make_key

# Characters of postings and positions that one shard holds before it is split: postings of 5 to 12 kB after gzip.
LIMIT = 65_536


@dataclass(frozen=True, slots=True)
class Part:
    """What a shard is made of: for each segment that has any of its words, the number of its first briefing and the rows."""

    rows: tuple[tuple[int, str], ...]
    digest: bytes


def plan_shards(bases: Sequence[int], segments: Sequence[Segment]) -> dict[str, Part]:
    """Return what each shard of words is made of, by the beginning of its words' keys.

    A word is in one of the shards whose beginning its key has, mostly in that with the longest, so the browser needs only the
    list of beginnings. A beginning is split when it holds too much, and only there: the other shards stay as they are.
    """
    sizes = _measure(segments)
    large = dict.fromkeys(cell for cell, size in sizes.items() if size > LIMIT)
    homes = _find_homes(large, segments, sizes)
    shard_of = {cell: prefix for prefix, cells in _split("", sizes).items() for cell in cells}
    found: dict[str, list[tuple[int, str]]] = {prefix: [] for prefix in sorted(set(shard_of.values()))}
    for base, segment in zip(bases, segments, strict=True):
        texts: dict[str, list[str]] = {}
        for cell, text in segment.items():
            if cell in shard_of and cell not in large:
                texts.setdefault(shard_of[cell], []).append(text)
        for cell in large:
            for line in segment.get(cell, "").splitlines(keepends=True):
                texts.setdefault(shard_of[homes[line.partition("\t")[0]]], []).append(line)
        for prefix, pieces in texts.items():
            found[prefix].append((base, "".join(pieces)))
    return {prefix: _make_part(rows) for prefix, rows in found.items()}


def _measure(segments: Sequence[Segment]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for segment in segments:
        for cell, text in segment.items():
            sizes[cell] = sizes.get(cell, 0) + len(text)
    return {cell: sizes[cell] for cell in sorted(sizes) if not cell.startswith("=")}


def _find_homes(large: Iterable[str], segments: Sequence[Segment], sizes: dict[str, int]) -> dict[str, str]:
    """Return under which key the stems of cells are filed that are too large for a shard; their `sizes` become those of the keys.

    It is what the keys of all forms share, so that whoever looks for any form comes by. At 100,000 briefings "comm" alone would
    be 250 kB.
    """
    homes: dict[str, str] = {}
    weights: dict[str, int] = {}
    for cell in large:
        del sizes[cell]
        for segment in segments:
            for line in segment.get(cell, "").splitlines():
                stem, forms, _ = line.split("\t", 2)
                keys = [make_key(form) for form in forms.split(" ")]
                homes[stem] = commonprefix([homes.get(stem, keys[0]), *keys])  # noqa: RUF071  # Of letters, not of paths.
                weights[stem] = weights.get(stem, 0) + len(line)
    for stem, weight in weights.items():
        sizes[homes[stem]] = sizes.get(homes[stem], 0) + weight
    return homes


def _make_part(rows: Iterable[tuple[int, str]]) -> Part:
    kept = tuple(rows)
    return Part(kept, fingerprint(kept))


def _split(prefix: str, sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the beginnings from `prefix` on, each with its cells: the largest children leave until the rest is small enough."""
    shards: dict[str, list[str]] = {}
    rest = dict(sizes)
    children: dict[str, dict[str, int]] = {}
    for cell, size in sizes.items():
        if len(cell) > len(prefix):
            children.setdefault(cell[: len(prefix) + 1], {})[cell] = size
    for child in sorted(children, key=lambda child: (-sum(children[child].values()), child)):
        if sum(rest.values()) <= LIMIT:
            break
        shards |= _split(child, children[child])
        for cell in children[child]:
            del rest[cell]
    if rest:
        shards[prefix] = list(rest)
    return shards


def shard_name(prefix: str) -> str:
    """Return the file of a beginning: `t-con`, since a file may not be called `con` everywhere; other scripts by number."""
    return "t-" + "".join(char if "a" <= char <= "z" or "0" <= char <= "9" else f"_{ord(char):x}" for char in prefix)


@dataclass(slots=True)
class _Row:
    forms: set[str]
    last: int
    postings: list[str]
    positions: list[str]


def _merge(part: Part) -> list[_Row]:
    """Return the rows of all segments joined by stem, in the order of stems: each number as the distance from the one before."""
    rows: dict[str, _Row] = {}
    for base, text in part.rows:
        for line in text.splitlines():
            stem, forms, first, last, postings, positions = line.split("\t")
            row = rows.get(stem)
            if row is None:
                row = rows[stem] = _Row(set(), 0, [], [])
            row.forms.update(forms.split(" "))
            row.postings += (encode_number(base + int(first) - row.last), postings)
            row.positions.append(positions)
            row.last = base + int(last)
    return [rows[stem] for stem in sorted(rows)]


def make_words(part: Part) -> bytes:
    """Return a shard: the forms of each stem, and its postings."""
    rows = _merge(part)
    words = [" ".join(sorted(row.forms)) for row in rows]
    return dump_json({"words": words, "postings": ["".join(row.postings) for row in rows]})


def make_positions(part: Part) -> bytes:
    """Return where in the texts the words of a shard stand, in the same order as the shard."""
    return dump_json({"positions": ["".join(row.positions) for row in _merge(part)]})


def plan_lengths(segments: Sequence[Segment]) -> dict[str, tuple[str, ...]]:
    """Return the words of each length, for each segment that has any."""
    found: dict[str, list[str]] = {}
    for segment in segments:
        for key, words in segment.items():
            if key.startswith("="):
                found.setdefault(key[1:], []).append(words)
    return {length: tuple(found[length]) for length in sorted(found)}


def make_length(texts: tuple[str, ...]) -> bytes:
    """Return the words of one length, from those in most segments to the rarest, as spelling should prefer them.

    The order is by halves, quarters, eighths of the frequency, so that it rarely changes.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for word in text.split(" "):
            counts[word] = counts.get(word, 0) + 1
    return dump_json({"words": " ".join(sorted(counts, key=lambda word: (-counts[word].bit_length(), word)))})
