"""A citation in the head of a page: for Google Scholar and Zotero as `citation_*` tags, for search engines as JSON-LD.

The JSON is put together from texts: to make dictionaries of it and encode them took 28 µs a briefing, this takes 16.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as _encode

from markupsafe import Markup

from generator.model import Author
from generator.publish.citations.authors import invert
from generator.publish.citations.citation import Citation
from generator.publish.escaping import escape_text, make_html


def make_meta(citation: Citation) -> Markup:
    """Return the `citation_*` tags by which Google Scholar and Zotero read a page (Highwire Press tags)."""
    published = citation.published.isoformat().replace("-", "/") if citation.published else ""
    pairs = (
        ("title", citation.title),
        *[("author", invert(author)) for author in citation.authors],
        ("publication_date", published),
        ("journal_title", citation.container if citation.form == "article" else ""),
        ("publisher", citation.publisher),
        ("language", citation.lang),
        ("public_url", citation.url),
        ("abstract", citation.abstract),
        *[("keywords", keyword) for keyword in citation.keywords],
    )
    tags = [f'<meta name="citation_{name}" content="{escape_text(content)}">\n' for name, content in pairs if content]
    return make_html("".join(tags))


def make_json_ld(citation: Citation, image_url: str = "") -> Markup:
    """Return the page's schema.org description, an Article by Google's rules; `image_url` is that of the share card.

    The site is whole to a briefing of its own, and of a copy only to the page on which it stands; so is the day of a correction.
    """
    site = _member("isPartOf", _name("WebSite", citation.site, citation.site_url))
    is_own = citation.form == "webpage"
    changed = _text("dateModified", citation.modified.isoformat()) if citation.modified else ""
    page = _object("WebPage", _text("@id", citation.page_url), "" if is_own else site, "" if is_own else changed)
    return _write_script(
        _describe(
            citation,
            _member("mainEntityOfPage", page),
            site if is_own else "",
            changed if is_own else "",
            _list("image", [_encode(image_url)] if image_url else ()),
            _text("description", citation.abstract),
            _list("keywords", [_encode(keyword) for keyword in citation.keywords]),
            _list("about", [_name("Country", name) for name in citation.countries]),
            _text("archivedAt", citation.page_url if citation.archive else ""),
            _list("isBasedOn", [_describe(source) for source in citation.sources]),
        )
    )


def _describe(citation: Citation, *more: str) -> str:
    authors = [_describe_author(author, citation) for author in citation.authors]
    return _object(
        "Article",
        _text("headline", citation.title),
        _text("url", citation.url),
        _text("datePublished", citation.published.isoformat() if citation.published else ""),
        _member("author", authors[0]) if len(authors) == 1 else _list("author", authors),
        _member("publisher", _name("Organization", citation.publisher, citation.publisher_url)) if citation.publisher else "",
        _text("inLanguage", citation.lang),
        *more,
    )


def _describe_author(author: Author, citation: Citation) -> str:
    if author.given:
        return _name("Person", f"{author.given} {author.family}")
    # A byline stands as text: a search engine takes that, and no type would claim too much.
    is_byline = citation.form == "article"
    return _encode(author.family) if is_byline else _name("Organization", author.family, citation.publisher_url)


@lru_cache(maxsize=1024)  # The site, its publisher and the countries are named on most pages.
def _name(kind: str, name: str, url: str = "") -> str:
    return _object(kind, _text("name", name), _text("url", url))


def breadcrumb_json_ld(items: Iterable[tuple[str, str]]) -> Markup:
    """Return the way to a page as a schema.org BreadcrumbList; `items` are (name, whole address), from the home page down."""
    steps = [
        _object("ListItem", _member("position", str(position)), _member("name", _encode(name)), _text("item", url))
        for position, (name, url) in enumerate(items, 1)
    ]
    return _write_script(_object("BreadcrumbList", _list("itemListElement", steps)))


def _object(kind: str, *members: str) -> str:
    """Return a JSON object of a type; members of which nothing is known are empty."""
    return f'{{"@type": "{kind}"{"".join(members)}}}'


def _member(name: str, json: str) -> str:
    return f', "{name}": {json}'


def _text(name: str, text: str) -> str:
    return _member(name, _encode(text)) if text else ""


def _list(name: str, items: Sequence[str]) -> str:
    return _member(name, f"[{', '.join(items)}]") if items else ""


def _write_script(statement: str) -> Markup:
    """Return an object with its context as it may stand in a script, which no text in it can end."""
    whole = f'{{"@context": "https://schema.org", {statement[1:]}'
    # As Jinja's `tojson` does it. Nothing is left that HTML could take for a tag or an entity.
    whole = whole.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026").replace("'", r"\u0027")
    return make_html(whole)
