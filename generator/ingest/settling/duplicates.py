"""Near-duplicates: the same wire story in two outlets, found by the runs of words that two texts share.

A text is the set of its runs of four words, as hashes. The 32 smallest hashes of a set stand for it in an index: texts that share
some of them are compared exactly. MinHash libraries find no more (100 of 100 planted copies either way) and import for seconds.
"""

import re
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections import Counter
from itertools import chain
from typing import Protocol
from zlib import crc32

from msgspec import Struct

from generator.text import fold

# Sketches are kept in `ingested.toml`: another way of taking runs would know none of the old texts again.
_RUN = 4
_LETTERS = 7
_SKETCH = 32
_BRIEF = 24
# Two texts share this much: of all their runs together, or of the shorter one's where one is a cut of the other.
_JACCARD = 0.45
_CONTAINED = 0.75
_SHORTEST_RATIO = 0.3
_AKIN = 0.2
_SHARED_MIN = 2
# A hash that many texts share is boilerplate and says nothing.
_COMMON = 40
# Texts that are made of the same few sentences are all candidates of each other: only the likeliest are compared.
_COMPARED = 10
_SEARCHED = 60_000
# The same story runs within days: older texts in the same words are notices, which return each year.
NEAR_DAYS = 7


class Sketch(Struct, frozen=True):
    """A text for comparing: all its runs as sorted 32-bit hashes, packed."""

    runs: bytes

    @property
    def hashes(self) -> "array[int]":
        """The hashes, ascending."""
        return array("I", self.runs)

    @property
    def brief(self) -> str:
        """What a file keeps of it: the 24 smallest hashes in 128 letters, by which a version of the text is known."""
        return b64encode(b"".join(value.to_bytes(4, "big") for value in self.hashes[:_BRIEF])).decode()


_WORD = re.compile(r"\w+")
# The same for ASCII, where splitting at spaces costs a fifth: every other sign becomes one.
_SPACED = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)).ljust(256)
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")


def make_sketch(text: str) -> Sketch:
    """Return the sketch of a plain text; case, accents, punctuation and line breaks do not count."""
    text = text[:_SEARCHED]
    folded = text.lower() if text.isascii() else fold(text)
    joint, size = b" ", _RUN
    if folded.isascii():
        words = folded.encode().translate(_SPACED).split()
    else:
        found = _WORD.findall(folded)
        if _SPACELESS.search(folded[:300]):
            found, joint, size = list("".join(found)), b"", _LETTERS
        words = [word.encode("utf-8", "surrogatepass") for word in found]
    size = min(size, len(words))
    runs = map(joint.join, zip(*(words[n:] for n in range(size)), strict=False))
    # CRC-32 spreads runs of words as well as a strong hash here, the same on every machine, in a sixth of BLAKE2b's time.
    return Sketch(array("I", sorted(set(map(crc32, runs)))).tobytes())


def is_near(one: Sketch, other: Sketch) -> bool:
    """Say whether two texts are versions of one."""
    return _is_near(frozenset(one.hashes), other.hashes)


def is_akin(one: Sketch, other: Sketch) -> bool:
    """Say whether two texts share what two editions of one story do, be one a flash of three lines: not enough by itself."""
    shared = len(frozenset(one.hashes).intersection(other.hashes))
    return shared > 0 and shared >= _AKIN * min(len(one.hashes), len(other.hashes))


def read_brief(brief: str) -> Sketch:
    """Return the sketch of which a file keeps no more than the smallest hashes: a sample of the runs of its text.

    Raises: ValueError for a text that is none.
    """
    raw = b64decode(brief, validate=True)
    if len(raw) % 4:
        raise ValueError(f"{len(raw)} bytes are no hashes of 4")
    return Sketch(array("I", [int.from_bytes(raw[at : at + 4], "big") for at in range(0, len(raw), 4)]).tobytes())


def clip(sketch: Sketch, brief: Sketch) -> Sketch:
    """Return the part of a sketch that can be compared with a brief one: up to its largest hash, where that is complete."""
    known, hashes = brief.hashes, sketch.hashes
    return Sketch(hashes[: bisect_right(hashes, known[-1])].tobytes()) if len(known) == _BRIEF else sketch


def _is_near(one: frozenset[int], other: "array[int]") -> bool:
    if not one or not other:
        return False
    shared = len(one.intersection(other))
    smaller, larger = sorted((len(one), len(other)))
    if shared >= _JACCARD * (len(one) + len(other) - shared):
        return True
    return smaller >= 40 and smaller >= _SHORTEST_RATIO * larger and shared >= _CONTAINED * smaller


class Sketches(Protocol):
    """Where sketches are laid down in order and taken up again by number: a list, or what need not be in memory."""

    def append(self, runs: bytes, /) -> None:
        """Lay down one more."""

    def __getitem__(self, number: int, /) -> bytes:
        """Take one up."""


class _Firsts:
    """The text in which each hash was seen first: open addressing in two arrays, 12 to 24 bytes a hash."""

    def __init__(self) -> None:
        """Start with none."""
        self._mask = (1 << 12) - 1
        self._hashes = array("I", bytes(4 * (self._mask + 1)))
        self._texts = array("I", self._hashes)  # One more than the number of the text: 0 is an empty slot.
        self._room = (self._mask + 1) * 2 // 3

    def find(self, value: int) -> int:
        """Return the number of the text, or -1."""
        return self._texts[self._slot(value)] - 1

    def add(self, value: int, text: int) -> None:
        """Note a hash that is not noted yet."""
        if not self._room:
            self._grow()
        slot = self._slot(value)
        self._hashes[slot], self._texts[slot] = value, text + 1
        self._room -= 1

    def _slot(self, value: int) -> int:
        slot = value & self._mask
        while self._texts[slot] and self._hashes[slot] != value:
            slot = (slot + 1) & self._mask
        return slot

    def _grow(self) -> None:
        noted = zip(self._hashes, self._texts, strict=True)
        self._mask = 2 * self._mask + 1
        self._hashes = array("I", bytes(4 * (self._mask + 1)))
        self._texts = array("I", self._hashes)
        self._room = (self._mask + 1) * 2 // 3
        for value, text in noted:
            if text:
                self.add(value, text - 1)


class SeenTexts:
    """The texts seen so far; answers which of them a new one is a version of.

    Its sketches are asked for only where two texts share hashes, and have 4 bytes for each run of words, 2 kB for a text of 500.
    """

    def __init__(self, sketches: Sketches | None = None) -> None:
        """Start with no text; `sketches` keeps what has to be kept of each."""
        self._names: list[str] = []
        self._sketches: Sketches = [] if sketches is None else sketches
        self._firsts = _Firsts()
        self._shared: dict[int, tuple[int, ...]] = {}

    def add(self, name: str, sketch: Sketch) -> str:
        """Remember a text under its name, and return the name of one that it is a version of, the likeliest, or an empty text."""
        smallest = sketch.hashes[:_SKETCH]
        postings = [*map(self._find, smallest)]
        wanted = min(_SHARED_MIN, len(smallest))
        counts = Counter(chain.from_iterable(postings))
        likely = sorted((-shared, text) for text, shared in counts.items() if shared >= wanted)[:_COMPARED]
        runs = frozenset(sketch.hashes) if likely else frozenset()
        found = next((text for _, text in likely if _is_near(runs, array("I", self._sketches[text]))), -1)
        number = len(self._names)
        for value, known in zip(smallest, postings, strict=True):
            if not known:
                self._firsts.add(value, number)
            elif len(known) < _COMMON:
                self._shared[value] = (*known, number)
        self._names.append(name)
        self._sketches.append(sketch.runs)
        return self._names[found] if found >= 0 else ""

    def _find(self, value: int) -> tuple[int, ...]:
        """Return the texts among whose smallest hashes one is."""
        if value in self._shared:
            return self._shared[value]
        first = self._firsts.find(value)
        return (first,) if first >= 0 else ()
