"""The citation pack: one model of how to cite a briefing, and its forms for readers, citation managers and search engines."""

from generator.publish.citations.bulk import CITATION_ROLLS, pack_citations
from generator.publish.citations.citation import Citation, Imprint, find_source_citation, make_citation, make_imprint
from generator.publish.citations.files import render_bibtex, render_csl, render_ris
from generator.publish.citations.head import make_json_ld, make_meta
from generator.publish.citations.pack import CITATION_FILES, make_citation_file, pack_citation
from generator.publish.citations.styles import STYLES, style_citation

__all__ = [
    "CITATION_FILES",
    "CITATION_ROLLS",
    "STYLES",
    "Citation",
    "Imprint",
    "find_source_citation",
    "make_citation",
    "make_citation_file",
    "make_imprint",
    "make_json_ld",
    "make_meta",
    "pack_citation",
    "pack_citations",
    "render_bibtex",
    "render_csl",
    "render_ris",
    "style_citation",
]
