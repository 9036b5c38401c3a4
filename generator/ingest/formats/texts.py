"""The bytes of a file → its text, its mojibake undone, or the sentence that says why there is none."""

from msgspec.structs import replace

from generator.errors import Location, SeedError, error
from generator.ingest.decoding import Decoded, NotTextError, read_encoded, repair
from generator.text import normalise

ARTICLE_SIZE_BYTES = 8 << 20


def decode_file(raw: bytes, path: str, *, whole: bool = True) -> Decoded:
    """Return the text of a file, its mojibake undone, and what is in doubt.

    Raises: SeedError for what is no text, and for an article beyond the limit (`whole`: the file is one article).
    """
    if whole:
        _check_size(len(raw), path)
    try:
        decoded = read_encoded(raw)
    except NotTextError as problem:
        raise tell_binary(problem, path) from problem
    return finish(decoded, path, whole=whole)


def finish(decoded: Decoded, path: str, *, whole: bool = True) -> Decoded:
    """Return what was decoded with its mojibake undone.

    Raises: SeedError as `decode_file` does, for an empty text and one beyond the limit.
    """
    if whole:
        _check_size(len(decoded.text), path)
    if len(decoded.text) < 10_000 and not normalise(decoded.text).strip():
        raise SeedError(error("seed-empty", Location(path), "it holds nothing but white space"))
    return replace(decoded, text=repair(decoded.text)) if whole else decoded


def _check_size(size: int, path: str) -> None:
    if size > ARTICLE_SIZE_BYTES:
        said = f"the article is larger than {ARTICLE_SIZE_BYTES >> 20} MB"
        raise SeedError(error("seed-size", Location(path), said, "split it"))


def tell_binary(problem: NotTextError, path: str) -> SeedError:
    """Return the refusal of a file that is no text."""
    return SeedError(error("seed-binary", Location(path), str(problem), "save the article as text or as a web page"))
