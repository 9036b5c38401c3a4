"""The citations of a whole archive as one file for citation managers, put together of the files that single pages have."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from generator.publish.articles import Article
from generator.publish.citations.citation import Citation, Imprint, make_citation
from generator.publish.citations.files import render_bibtex, render_csl, render_ris


class _Roll(Struct, frozen=True):
    """How the file of one citation becomes a part of one of many: by `take`, with what stands before, between and after them."""

    render: Callable[[Citation], bytes]
    before: bytes = b""
    between: bytes = b""
    after: bytes = b""
    take: Callable[[bytes], bytes] = bytes


_ROLLS: Mapping[str, _Roll] = {
    "briefings.bib": _Roll(render_bibtex, between=b"\n"),
    "briefings.ris": _Roll(render_ris, between=b"\r\n"),
    # The file of one citation is a list of one item.
    "briefings.csl.json": _Roll(render_csl, b"[\n", b",\n", b"\n]\n", lambda file: file.strip()[1:-1].strip(b"\n")),
}
CITATION_ROLLS = tuple(_ROLLS)


def write_citations(name: str, articles: Iterable[Article], imprint: Imprint) -> Iterator[bytes]:
    """Yield the parts of one of `CITATION_ROLLS`: of 100,000 briefings it is 50 MB, of which nothing need be kept."""
    roll = _ROLLS[name]
    yield roll.before
    for number, article in enumerate(articles):
        if number:
            yield roll.between
        yield roll.take(roll.render(make_citation(article, imprint)))
    yield roll.after
