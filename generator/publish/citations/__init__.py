"""The citation pack: one model of how to cite a briefing, and its forms for readers, citation managers and search engines."""

from generator.publish.citations.citation import Citation, find_source_citation, make_citation
from generator.publish.citations.files import render_bibtex, render_csl, render_ris
from generator.publish.citations.head import breadcrumb_json_ld, make_json_ld, make_meta
from generator.publish.citations.styles import STYLES, Run, style_citation, style_text

__all__ = [
    "STYLES",
    "Citation",
    "Run",
    "breadcrumb_json_ld",
    "find_source_citation",
    "make_citation",
    "make_json_ld",
    "make_meta",
    "render_bibtex",
    "render_csl",
    "render_ris",
    "style_citation",
    "style_text",
]
