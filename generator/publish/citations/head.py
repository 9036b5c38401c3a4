"""A citation in the head of a page: for Google Scholar and Zotero as `citation_*` tags, for search engines as JSON-LD."""

from collections.abc import Iterable

from generator.publish.citations.citation import Citation


def make_meta(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Return the `citation_*` names and contents by which Google Scholar and Zotero read a page (Highwire Press tags)."""
    published = citation.published.isoformat().replace("-", "/") if citation.published else ""
    pairs = (
        ("citation_title", citation.title),
        ("citation_author", citation.author),
        ("citation_publication_date", published),
        ("citation_journal_title", citation.container if citation.form == "article" else ""),
        ("citation_publisher", citation.publisher),
        ("citation_language", citation.lang),
        ("citation_public_url", citation.url),
        ("citation_abstract", citation.abstract),
        *(("citation_keywords", keyword) for keyword in citation.keywords),
    )
    return tuple((name, content) for name, content in pairs if content)


def make_json_ld(citation: Citation, image_url: str = "") -> dict[str, object]:
    """Return the page's schema.org description, an Article by Google's rules; `image_url` is that of the share card.

    The site is whole to a briefing of its own, and of a copy only to the page on which it stands.
    """
    site = {"isPartOf": _known(**{"@type": "WebSite", "name": citation.site, "url": citation.site_url})}
    is_own = citation.form == "webpage"
    return {
        "@context": "https://schema.org",
        **_describe(citation),
        "mainEntityOfPage": {"@type": "WebPage", "@id": citation.page_url, **({} if is_own else site)},
        **(site if is_own else {}),
        **_known(
            image=[image_url] if image_url else [],
            description=citation.abstract,
            keywords=list(citation.keywords),
            about=[{"@type": "Country", "name": name} for name in citation.countries],
            archivedAt=citation.page_url if citation.archive else "",
            isBasedOn=[_describe(source) for source in citation.sources],
        ),
    }


def _describe(citation: Citation) -> dict[str, object]:
    body = _known(**{"@type": "Organization", "name": citation.publisher, "url": citation.publisher_url})
    # A byline stands as text: a search engine takes that, and no type would claim too much.
    author = citation.author if citation.form == "article" else {**body, "name": citation.author}
    return {
        "@type": "Article",
        **_known(
            headline=citation.title,
            url=citation.url,
            datePublished=citation.published.isoformat() if citation.published else "",
            author=author,
            publisher=body if citation.publisher else {},
            inLanguage=citation.lang,
        ),
    }


def _known(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def breadcrumb_json_ld(items: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the way to a page as a schema.org BreadcrumbList; `items` are (name, whole address), from the home page down."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(items, 1)
        ],
    }
