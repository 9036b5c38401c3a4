"""The citations of a whole archive as one file for citation managers, put together of the files that single pages have."""

import zlib
from collections.abc import Callable, Iterable, Mapping

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


def pack_citations(articles: Iterable[Article], imprint: Imprint) -> Mapping[str, bytes]:
    """Return each of `CITATION_ROLLS`, compressed by zlib while it is made: of 10,000 briefings they are 19 MB."""
    packers = {name: zlib.compressobj(1) for name in _ROLLS}
    packed = {name: [packers[name].compress(roll.before)] for name, roll in _ROLLS.items()}
    for number, article in enumerate(articles):
        citation = make_citation(article, imprint)
        for name, roll in _ROLLS.items():
            part = roll.take(roll.render(citation))
            packed[name].append(packers[name].compress(roll.between + part if number else part))
    return {
        name: b"".join((*packed[name], packers[name].compress(roll.after), packers[name].flush()))
        for name, roll in _ROLLS.items()
    }
