"""The whole archive to take away: CSV, JSON Lines, SQLite, citations, a data package, checksums, and a page about them."""

import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from generator.fingerprint import fingerprint
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.citations import CITATION_ROLLS, Imprint, make_imprint, pack_citations
from generator.publish.exports import (
    DOWNLOADS,
    LINE_SCHEMA,
    MEDIA_TYPES,
    About,
    Download,
    Host,
    describe_download,
    dump_record,
    make_datapackage,
    make_line_schema,
    render_checksums,
    render_downloads,
)
from generator.publish.json_ld import json_list, json_member, json_object, json_text, name_thing, write_script
from generator.publish.listing import Crumb, Heading
from generator.publish.page import Later, Made, Page, View
from generator.publish.site import Site
from generator.publish.urls import DATA, HOME, absolute, make_uri


class Whole(Struct, frozen=True, eq=False):
    """All that may be taken away. It is compared by identity, so that what is made of it can be kept without hashing it."""

    articles: tuple[Article, ...]
    host: Host
    about: About
    imprint: Imprint | None
    digest: bytes


class Offer(Struct, frozen=True):
    """One download: its name and address, its size in bytes and its SHA-256 digest."""

    name: str
    url: str
    size_bytes: int
    sha256: str


def plan(archive: Archive, site: Site) -> Iterator[Page]:
    """Yield the downloads, what describes them, and the page that offers them."""
    if not site.families.downloads:
        return
    host = Host(site.base_url, has_api=site.families.api)
    about = About(site.title, site.description, site.base_url, site.licence, archive.changed)
    imprint = make_imprint(site.title, site.publisher.name, site.base_url, site.publisher.url)
    held = (archive.articles, host, about, imprint if site.families.citations else None)
    whole = Whole(*held, digest=fingerprint(held))
    lead = "Everything that this site shows, in forms for programs. Each file is made with the site and has its checksum."
    heading = Heading(DATA, "Data", "For reuse", lead, (Crumb("Home", HOME),))
    context = {"site": site, "heading": heading, "offers": Later(make_offers, (whole,)), "count": len(archive.cards)}
    context |= {"changed": archive.changed, "has_changes": archive.has_changes}
    context["translations"] = len(archive.shown) - len(archive.cards)
    context["dataset"] = Later(describe_dataset, (site, lead, whole))
    yield Page(DATA, View("pages/data.html", context), "downloads")
    for name in DOWNLOADS:
        yield Page(DATA + name, Made(render_download, (name, whole)), "downloads")
    for name in _find_rolls(whole):
        yield Page(DATA + name, Made(render_roll, (name, whole)), "downloads")
    yield Page(DATA + LINE_SCHEMA, Made(render_line_schema, (site.base_url,)), "downloads")
    yield Page(f"{DATA}SHA256SUMS", Made(render_sums, (whole,)), "downloads")
    yield Page(f"{DATA}datapackage.json", Made(render_datapackage, (whole,)), "downloads")


def render_download(name: str, whole: Whole) -> bytes:
    """Return the bytes of one download."""
    return _render_all(whole)[name]


def render_roll(name: str, whole: Whole) -> bytes:
    """Return one file with the citations of all briefings."""
    return zlib.decompress(_pack_rolls(whole)[name])


def _find_rolls(whole: Whole) -> tuple[str, ...]:
    return CITATION_ROLLS if whole.imprint else ()


@lru_cache(maxsize=1)
def _pack_rolls(whole: Whole) -> Mapping[str, bytes]:
    return pack_citations(whole.articles, whole.imprint) if whole.imprint else {}


@lru_cache(maxsize=1)  # Each download, the page, sums and data package need them: 2.7 s for 10,000 briefings.
def _render_all(whole: Whole) -> Mapping[str, bytes]:
    return render_downloads(whole.articles, whole.host, whole.about)


def make_offers(whole: Whole) -> tuple[Offer, ...]:
    """Return what the page says of each download."""
    return tuple(Offer(item.name, DATA + item.name, item.size_bytes, item.sha256) for item in _describe(whole))


def render_sums(whole: Whole) -> bytes:
    """Return the checksums in the form that `sha256sum --check` reads."""
    return render_checksums(_describe(whole))


def render_datapackage(whole: Whole) -> bytes:
    """Return the Frictionless data package of the downloads."""
    return dump_record(make_datapackage(whole.about, _describe(whole)))


def render_line_schema(base_url: str) -> bytes:
    """Return the JSON Schema of a line of the JSON Lines."""
    return dump_record(make_line_schema(make_uri(absolute(base_url, DATA + LINE_SCHEMA))))


def describe_dataset(site: Site, lead: str, whole: Whole) -> Markup:
    """Return what search engines are told of the downloads, as a schema.org Dataset. Source: Google's rules for datasets."""
    days = [article.card.date.isoformat() for article in whole.articles]
    files = [
        json_object(
            "DataDownload",
            json_text("name", download.name),
            json_text("contentUrl", absolute(site.base_url, DATA + download.name)),
            json_text("encodingFormat", MEDIA_TYPES[download.name.rpartition(".")[2]]),
            json_text("contentSize", f"{download.size_bytes} B"),
            json_text("sha256", download.sha256),
        )
        for download in _describe(whole)
    ]
    return write_script(
        json_object(
            "Dataset",
            json_text("name", f"{site.title}: all briefings"),
            json_text("url", absolute(site.base_url, DATA)),
            json_text("description", f"{site.description} {lead}".strip()),
            json_text("inLanguage", site.language),
            json_member("creator", name_thing("Organization", site.publisher.name or site.title, site.publisher.url)),
            json_member("isAccessibleForFree", "true"),
            json_text("dateModified", whole.about.changed.isoformat() if whole.about.changed else ""),
            json_text("version", whole.about.version),
            json_text("temporalCoverage", f"{days[-1]}/{days[0]}" if days else ""),
            json_list("distribution", files),
        )
    )


@lru_cache(maxsize=1)
def _describe(whole: Whole) -> tuple[Download, ...]:
    exports = [describe_download(name, content) for name, content in _render_all(whole).items()]
    return (*exports, *(describe_download(name, render_roll(name, whole)) for name in _find_rolls(whole)))
