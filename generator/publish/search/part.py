"""What a file of the index is made of, with the digest by which the manifest and the name of the file tell its editions apart."""

from typing import Generic, TypeVar

from msgspec import Struct

from generator.fingerprint import digest_plain

Value = TypeVar("Value")


class Part(Struct, Generic[Value], frozen=True):
    """What a file is made of, with its digest."""

    value: Value
    digest: bytes

    @property
    def version(self) -> str:
        """Six characters that change with the value: one change in 17 million goes unseen."""
        return self.digest.hex()[:6]


def make_part(value: Value) -> Part[Value]:
    """Return texts, numbers, or tuples of such with their digest, worked out once."""
    return Part(value, digest_plain(value))
