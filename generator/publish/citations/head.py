"""A citation in the head of a page: for Google Scholar and Zotero as `citation_*` tags, for search engines as JSON-LD."""

from json.encoder import encode_basestring as _encode

from markupsafe import Markup

from generator.model import Author
from generator.publish.cards import Card
from generator.publish.citations.authors import invert_flat
from generator.publish.citations.citation import Citation
from generator.publish.escaping import escape_text, make_html
from generator.publish.json_ld import json_list, json_member, json_object, json_text, name_thing, write_script
from generator.publish.urls import absolute


def make_meta(citation: Citation) -> Markup:
    """Return the `citation_*` tags by which Google Scholar and Zotero read a page (Highwire Press tags)."""
    published = citation.published.isoformat().replace("-", "/") if citation.published else ""
    pairs = (
        ("title", citation.title),
        *[("author", invert_flat(author, is_body=citation.form == "webpage")) for author in citation.authors],
        ("publication_date", published),
        ("journal_title", citation.container if citation.form == "article" else ""),
        ("publisher", citation.publisher),
        ("language", citation.lang),
        ("public_url", citation.url),
        ("abstract", citation.abstract),
    )
    tags = [f'<meta name="citation_{name}" content="{escape_text(content)}">\n' for name, content in pairs if content]
    tags += [f'<meta name="citation_keywords" content="{escape_text(keyword)}">\n' for keyword in citation.keywords]
    return make_html("".join(tags))


def make_json_ld(citation: Citation, image_url: str = "", versions: str = "") -> Markup:
    """Return the page's schema.org description, an Article by Google's rules; `image_url` is that of the share card.

    `versions` is the member that `name_versions` returns.

    The site is whole to a briefing of its own, and of a copy only to the page on which it stands; so is the day of a correction.
    """
    site = json_member("isPartOf", name_thing("WebSite", citation.site, citation.site_url))
    is_own = citation.form == "webpage"
    changed = json_text("dateModified", citation.modified.isoformat()) if citation.modified else ""
    page = json_object("WebPage", json_text("@id", citation.page_url), "" if is_own else site, "" if is_own else changed)
    return write_script(
        _describe(
            citation,
            json_member("mainEntityOfPage", page),
            site if is_own else "",
            changed if is_own else "",
            json_list("image", [_encode(image_url)] if image_url else ()),
            json_text("description", citation.abstract),
            json_list("keywords", [_encode(keyword) for keyword in citation.keywords]),
            json_list("about", [name_thing("Country", name) for name in citation.countries]),
            json_text("archivedAt", citation.page_url if citation.archive else ""),
            json_list("isBasedOn", [_describe(source) for source in citation.sources]),
            versions,
        )
    )


def name_versions(card: Card, base_url: str) -> str:
    """Return the member by which a briefing names its translations or its original, or nothing of one that has neither."""
    named = [
        json_object(
            "Article",
            json_text("headline", version.title),
            json_text("url", absolute(base_url, version.url)),
            json_text("inLanguage", version.lang),
        )
        for version in card.versions
    ]
    if card.translation_of and named:
        return json_member("translationOfWork", named[0])
    return json_list("workTranslation", named)


def _describe(citation: Citation, *more: str) -> str:
    authors = [_describe_author(author, citation) for author in citation.authors]
    return json_object(
        # Google's rules want a headline of each article; of what is known by its address alone nothing says that it is one.
        "Article" if citation.title else "CreativeWork",
        json_text("headline", citation.title),
        json_text("url", citation.url),
        json_text("datePublished", citation.published.isoformat() if citation.published else ""),
        json_member("author", authors[0]) if len(authors) == 1 else json_list("author", authors),
        json_member("publisher", name_thing("Organization", citation.publisher, citation.publisher_url))
        if citation.publisher
        else "",
        json_text("inLanguage", citation.lang),
        *more,
    )


def _describe_author(author: Author, citation: Citation) -> str:
    if author.given:
        names = json_text("givenName", author.given), json_text("familyName", author.family)
        return json_object("Person", json_text("name", author.name), *names)
    # A byline stands as text: a search engine takes that, and no type would claim too much.
    is_byline = citation.form == "article"
    return _encode(author.family) if is_byline else name_thing("Organization", author.family, citation.publisher_url)
