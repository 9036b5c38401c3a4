"""Numbers as text: what keeps postings small in JSON, which every host compresses and every browser reads.

A number is written in digits of five bits, the lowest first: a last digit as one of the characters from "#" to "B", one that
another follows as one from "]" to "|". So the browser reads a digit by its code, and JSON has nothing to escape. Numbers packed
into bytes and then into base64 would be cut across characters, which gzip cannot see through.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from operator import sub

ALPHABET = "#$%&'()*+,-./0123456789:;<=>?@AB]^_`abcdefghijklmnopqrstuvwxyz{|"


@cache
def encode_number(number: int) -> str:
    """Return one number as text; nearly all are small and come again, and looking them up takes a tenth of working them out."""
    return ALPHABET[number] if number < 32 else ALPHABET[number & 31 | 32] + encode_number(number >> 5)


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return numbers of at least 0 as one text: one character up to 31, two up to 1023, three up to 32767."""
    return "".join(map(encode_number, numbers))


def encode_ascending(numbers: Sequence[int]) -> str:
    """Return ascending numbers as one text: the first, then what lies between each and the one before."""
    return encode_numbers(map(sub, numbers, (0, *numbers)))


def dump_json(value: object) -> bytes:
    """Return a value as compact JSON, a line."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
