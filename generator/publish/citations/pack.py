"""All forms of a citation that a page needs, made at once when it is rendered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.publish.archive import Article
from generator.publish.citations.citation import Citation, Imprint, find_source_citation, make_citation
from generator.publish.citations.files import render_bibtex, render_csl, render_ris
from generator.publish.citations.head import breadcrumb_json_ld, make_json_ld, make_meta
from generator.publish.citations.styles import STYLES, Run, style_citation
from generator.publish.urls import BRIEFINGS, absolute

CITATION_FILES: Mapping[str, Callable[[Citation], bytes]] = {
    "citation.bib": render_bibtex,
    "citation.ris": render_ris,
    "citation.json": render_csl,
}


@dataclass(frozen=True, slots=True)
class Styled:
    """A citation in one style, as pieces of text."""

    style: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class CitationPack:
    """How to cite a briefing: tags of the head, data for search engines, and the styles; the same styles for its only source.

    `is_reprint` says that the text is an article of another publisher's, and all of these that article's.
    """

    meta: tuple[tuple[str, str], ...]
    json_ld: tuple[Mapping[str, object], ...]
    styles: tuple[Styled, ...]
    source_styles: tuple[Styled, ...]
    is_reprint: bool


def pack_citation(article: Article, imprint: Imprint) -> CitationPack:
    """Return all forms of a citation that the page itself shows."""
    citation = make_citation(article, imprint)
    source = find_source_citation(citation)
    home = imprint.site_url
    way = breadcrumb_json_ld(
        ((citation.site, home), ("All briefings", absolute(home, BRIEFINGS)), (citation.title, citation.page_url))
    )
    styles, source_styles = _style(citation), _style(source) if source else ()
    is_reprint = citation.form == "article"
    return CitationPack(make_meta(citation), (make_json_ld(citation), way), styles, source_styles, is_reprint)


def make_citation_file(name: str, article: Article, imprint: Imprint) -> bytes:
    """Return the file of this name for citation managers."""
    return CITATION_FILES[name](make_citation(article, imprint))


def _style(citation: Citation) -> tuple[Styled, ...]:
    return tuple(Styled(style, style_citation(citation, style)) for style in STYLES)
