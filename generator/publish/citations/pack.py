"""What a page needs of a citation, made when it is rendered; and the files for citation managers."""

from collections.abc import Callable, Mapping

from markupsafe import Markup
from msgspec import Struct

from generator.publish.articles import Article
from generator.publish.citations.citation import Citation, Imprint, find_source_citation, make_citation
from generator.publish.citations.files import render_bibtex, render_csl, render_ris
from generator.publish.citations.head import make_json_ld, make_meta, name_versions
from generator.publish.json_ld import breadcrumb_json_ld
from generator.publish.urls import BRIEFINGS, absolute

CITATION_FILES: Mapping[str, Callable[[Citation], bytes]] = {
    "citation.bib": render_bibtex,
    "citation.ris": render_ris,
    "citation.json": render_csl,
}


class CitationPack(Struct, frozen=True):
    """How to cite a briefing: tags of the head, data for search engines, the citation itself, and that of its only source.

    `is_reprint` says that the text is an article of another publisher's, and all of these that article's.
    """

    meta: Markup
    json_ld: tuple[Markup, ...]
    briefing: Citation
    source: Citation | None
    is_reprint: bool


def pack_citation(article: Article, imprint: Imprint, image_url: str = "") -> CitationPack:
    """Return what the page of a briefing needs of its citation; `image_url` is that of its share card, which no copy claims."""
    citation = make_citation(article, imprint)
    is_reprint = citation.form == "article"
    home = imprint.site_url
    way = breadcrumb_json_ld(
        ((citation.site, home), ("All briefings", absolute(home, BRIEFINGS)), (citation.title, citation.page_url))
    )
    return CitationPack(
        meta=make_meta(citation),
        json_ld=(make_json_ld(citation, "" if is_reprint else image_url, name_versions(article.card, home)), way),
        briefing=citation,
        source=find_source_citation(citation),
        is_reprint=is_reprint,
    )


def make_citation_file(name: str, article: Article, imprint: Imprint) -> bytes:
    """Return the file of this name for citation managers."""
    return CITATION_FILES[name](make_citation(article, imprint))
