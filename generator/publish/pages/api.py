"""The archive for programs: a JSON file for every briefing, country, pair and sector, an index, and what describes them."""

from collections.abc import Iterable, Iterator, Mapping

from generator.config import Licence
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.changes import find_changes
from generator.publish.exports import (
    API,
    SCHEMAS,
    Host,
    api_url,
    dump_record,
    make_api_schema,
    make_openapi,
    render_briefing,
    render_changes,
    render_index,
    render_listing,
    schema_url,
)
from generator.publish.page import Made, Page
from generator.publish.site import Site

FAMILIES = ("country", "pair", "sector")


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield `/api/v1/`: a file for each country, pair and sector, the index, all changes, schemas and the OpenAPI document."""
    if not site.families.api:
        return
    host = Host(site.base_url)
    yield Page(f"{API}index.json", Made(render_index, (site.title, archive.shown, host, archive.changed)), "api")
    yield Page(f"{API}changes.json", Made(render_changes, (find_changes(archive), host)), "api")
    for family in FAMILIES:
        for term, cards in archive.by_family(family).items():
            yield Page(api_url(family, term.key), Made(render_listing, (term, cards, host)), "api")
    for name in SCHEMAS:
        yield Page(schema_url(name), Made(render_schema, (name, site.base_url)), "api")
    told = (site.title, site.description, site.base_url, _find_examples(archive), site.licence)
    yield Page(f"{API}openapi.json", Made(render_openapi, told), "api")


def _find_examples(archive: Archive) -> Mapping[str, str]:
    """Return, for each parameter of the API, a value that answers: that of the oldest briefing, which stays."""
    if not archive.cards:
        return {}
    card = archive.cards[-1]
    terms = {"code": card.countries, "pair": card.pairs, "sector": card.sectors}
    return {"id": card.id, **{name: found[0].key for name, found in terms.items() if found}}


def plan_texts(articles: Iterable[Article], archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the file of each of some briefings."""
    if site.families.api:
        host = Host(site.base_url)
        for article in articles:
            yield Page(api_url("briefing", article.card.id), Made(render_briefing, (article, host, archive.vocabulary)), "api")


def render_schema(name: str, base_url: str) -> bytes:
    """Return the JSON Schema of one kind of record."""
    return dump_record(make_api_schema(name, base_url))


def render_openapi(title: str, description: str, base_url: str, examples: Mapping[str, str], licence: Licence) -> bytes:
    """Return the OpenAPI document of the API."""
    return dump_record(make_openapi(title, description, base_url, examples, licence=licence))
