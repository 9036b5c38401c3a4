"""The whole archive to take away: CSV, JSON Lines, SQLite, citations, a data package, checksums, and a page about them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from generator.fingerprint import fingerprint
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.citations import CITATION_ROLLS, make_imprint, pack_citations
from generator.publish.exports import (
    DOWNLOADS,
    LINE_SCHEMA,
    MEDIA_TYPES,
    TEXTLESS,
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


class Packed(Struct, frozen=True):
    """A download without texts, made when the site is planned: its name, size and SHA-256, and its `content`, packed by zlib.

    `digest` covers all of them.
    """

    name: str
    size_bytes: int
    sha256: str
    content: bytes
    digest: bytes


class Whole(Struct, frozen=True, eq=False):
    """All that may be taken away. It is compared by identity, so that what is made of it can be kept without hashing it."""

    articles: tuple[Article, ...]
    host: Host
    about: About
    packed: tuple[Packed, ...]
    digest: bytes


class Offer(Struct, frozen=True):
    """One download: its name and address, its size in bytes and its SHA-256 digest."""

    name: str
    url: str
    size_bytes: int
    sha256: str


def pack_textless(archive: Archive, site: Site) -> tuple[Packed, ...]:
    """Return the downloads that hold no texts. The edit of a text leaves them as they are, so that they can be kept.

    They are needed for themselves, for the checksums, the data package and the page. Of 10,000 briefings they are 24 MB, and
    packed 4.
    """
    tables = render_downloads(archive.articles, _find_host(site), _find_about(archive, site), TEXTLESS)
    packed = {name: zlib.compress(content, 1) for name, content in tables.items()}
    if site.families.citations:
        imprint = make_imprint(site.title, site.publisher.name, site.base_url, site.publisher.url)
        packed |= pack_citations(archive.articles, imprint)
    return tuple(_pack(name, content) for name, content in packed.items())


def _pack(name: str, content: bytes) -> Packed:
    told = describe_download(name, zlib.decompress(content))
    return Packed(name, told.size_bytes, told.sha256, content, digest=fingerprint(told))


def _find_host(site: Site) -> Host:
    return Host(site.base_url, has_api=site.families.api)


def _find_about(archive: Archive, site: Site) -> About:
    return About(site.title, site.description, site.base_url, site.licence, archive.changed)


def plan(archive: Archive, site: Site, packed: Iterable[Packed]) -> Iterator[Page]:
    """Yield the downloads, of which `packed` are those of `pack_textless`, what describes them, and the page that offers them."""
    if not site.families.downloads:
        return
    held = (archive.articles, _find_host(site), _find_about(archive, site), tuple(packed))
    whole = Whole(*held, digest=fingerprint(held))
    lead = "Everything that this site shows, in forms for programs. Each file is made with the site and has its checksum."
    heading = Heading(DATA, "Data", "For reuse", lead, (Crumb("Home", HOME),))
    context = {"site": site, "heading": heading, "offers": Later(make_offers, (whole,)), "count": len(archive.cards)}
    context |= {"changed": archive.changed, "has_changes": archive.has_changes}
    context["translations"] = len(archive.shown) - len(archive.cards)
    context["dataset"] = Later(describe_dataset, (site, lead, whole))
    yield Page(DATA, View("pages/data.html", context), "downloads")
    for name in _WITH_TEXTS:
        yield Page(DATA + name, Made(render_download, (name, whole)), "downloads")
    for item in whole.packed:
        yield Page(DATA + item.name, Made(unpack, (item,)), "downloads")
    yield Page(DATA + LINE_SCHEMA, Made(render_line_schema, (site.base_url,)), "downloads")
    yield Page(f"{DATA}SHA256SUMS", Made(render_sums, (whole,)), "downloads")
    yield Page(f"{DATA}datapackage.json", Made(render_datapackage, (whole,)), "downloads")


_WITH_TEXTS = tuple(name for name in DOWNLOADS if name not in TEXTLESS)


def render_download(name: str, whole: Whole) -> bytes:
    """Return the bytes of one download that holds texts."""
    return _render_all(whole)[name]


def unpack(packed: Packed) -> bytes:
    """Return the bytes of one that holds none."""
    return zlib.decompress(packed.content)


@lru_cache(maxsize=1)  # Each download, the page, sums and data package need them: 2.2 s for 10,000 briefings.
def _render_all(whole: Whole) -> Mapping[str, bytes]:
    return render_downloads(whole.articles, whole.host, whole.about, _WITH_TEXTS)


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
    found = {item.name: Download(item.name, item.size_bytes, item.sha256) for item in whole.packed}
    found |= {name: describe_download(name, content) for name, content in _render_all(whole).items()}
    return tuple(found[name] for name in (*DOWNLOADS, *CITATION_ROLLS) if name in found)
