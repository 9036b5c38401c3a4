"""Numbers as text: what keeps postings small in JSON, which every host compresses and every browser reads.

A number is written in digits of five bits, the lowest first, with the alphabet of base64url: the characters of values 32 to 63
say that another digit follows. Numbers packed into bytes and then into base64 would be cut across characters, which gzip cannot
see through.
"""

import json
from collections.abc import Iterable, Sequence
from operator import sub

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _make_digits(number: int) -> str:
    return ALPHABET[number] if number < 32 else ALPHABET[number & 31 | 32] + _make_digits(number >> 5)


# Nearly all gaps and positions; looking them up takes a tenth of the time of computing them.
SMALL = tuple(map(_make_digits, range(4096)))


def encode_number(number: int) -> str:
    """Return a number of at least 0 as text: one character up to 31, two up to 1023, three up to 32767."""
    return SMALL[number] if number < len(SMALL) else _make_digits(number)


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return numbers of at least 0 as one text."""
    return "".join(map(encode_number, numbers))


def encode_ascending(numbers: Sequence[int]) -> str:
    """Return ascending numbers as one text: the first, then what lies between each and the one before."""
    return encode_numbers((*numbers[:1], *map(sub, numbers[1:], numbers)))


def dump_json(value: object) -> bytes:
    """Return a value as compact JSON, a line."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
