"""What every page shows: the archive's name, navigation, style sheet and scripts; nothing that changes with a briefing.

But for the first correction or withdrawal: from then on the foot of every page leads to the list of them.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config, FeedSettings, Licence, Link, ListSettings, PageSettings, Publisher
from generator.errors import Location
from generator.fingerprint import digest_bytes, fingerprint
from generator.model import ContentPage
from generator.publish.markup import code_css, render_markdown
from generator.publish.page import Copy, Page
from generator.publish.urls import FAMILIES, is_made

# The order of the cascade; a theme that adds a sheet has it last.
STYLE_SHEETS = ("tokens", "base", "layout", "components", "charts", "search", "print")

# Also a <meta> of every page, since some hosts set no headers. JSON-LD is data, not a script, and needs no allowance.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)


class Asset(Struct, frozen=True):
    """A style sheet or script: its address, which changes with its bytes, and the hash by which a browser checks them."""

    url: str
    integrity: str


class Site(Struct, frozen=True, eq=False):
    """What every page shows. `families` are those that are made, after all; `digest` covers all the other fields.

    `language` is that of the archive's own words, `frame_language` that of the words around them, which are English; the names of
    the navigation are the archive's where it gives them.
    """

    title: str
    description: str
    base_url: str
    base_path: str
    language: str
    frame_language: str
    navigation_language: str
    notice_html: str
    corrections: str
    repository: str
    publisher: Publisher
    licence: Licence
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    has_changes: bool
    families: PageSettings
    feeds: FeedSettings
    lists: ListSettings
    stylesheet: Asset
    scripts: Mapping[str, Asset]
    security_policy: str = CONTENT_SECURITY_POLICY
    digest: bytes = b""


def make_site(
    config: Config,
    *,
    assets: Iterable[Page],
    pages: Iterable[ContentPage],
    search: bool,
    settings: str,
    has_changes: bool = False,
) -> Site:
    """Return what every page shows; `assets` are the pages of `plan_assets`, and `settings` is the path of the `config`.

    The navigation leaves out what is not made.

    Raises: ContentError for a notice that asks for too much.
    """
    notice = render_markdown(config.notice, location=Location(settings), base_path=config.base_path) if config.notice else ""
    # What a pair has on a sector lies below the pair.
    families = replace(config.pages, pair_sectors=config.pages.pairs and config.pages.pair_sectors, search=search)
    linked = {page.url: _asset(page) for page in assets}
    scripts = {_plain_name(url): asset for url, asset in linked.items() if url.endswith(".js")}
    frame_language = config.language if config.language.partition("-")[0].lower() == "en" else "en"
    site = Site(
        title=config.title,
        description=config.description,
        base_url=config.base_url.rstrip("/") + "/",
        base_path=config.base_path,
        language=config.language,
        frame_language=frame_language,
        navigation_language=frame_language if config.navigation == Config().navigation else config.language,
        notice_html=notice,
        corrections=config.corrections,
        repository=config.repository,
        publisher=config.publisher,
        licence=config.rights.licence,
        navigation=tuple(link for link in config.navigation if is_made(link.url, families)),
        footer=tuple(Link(page.title, f"/{page.id}/") for page in pages),
        has_changes=has_changes,
        families=families,
        feeds=config.feeds,
        lists=config.lists,
        stylesheet=next(asset for url, asset in linked.items() if url.endswith(".css")),
        scripts=MappingProxyType(scripts),
    )
    shown = tuple(getattr(site, name) for name in Site.__struct_fields__ if name != "digest")
    return replace(site, digest=fingerprint(shown))


def has_family(site: Site, family: str) -> bool:
    """Say whether the archive makes the pages of a family of terms."""
    return is_made(FAMILIES[family], site.families)


def plan_assets(theme: Mapping[str, bytes]) -> tuple[Page, ...]:
    """Return the pages of the theme's assets: all style sheets as one, each script, and icons at the root under their own names.

    Scripts are without their comments and spaces, a fifth of what a browser would load. `theme` maps the paths of the theme's
    files (`assets/css/base.css`) to their bytes.
    """
    sheets = {
        name.removeprefix("assets/css/").removesuffix(".css"): data for name, data in theme.items() if name.endswith(".css")
    }
    order = [name for name in STYLE_SHEETS if name in sheets] + sorted(sheets.keys() - set(STYLE_SHEETS))
    style = b"\n".join([*(sheets[name].strip() for name in order), code_css().encode()]) + b"\n"
    pages = [_asset_page("site", ".css", style)]
    pages += (_asset_page(stem, ".js", _minify(script)) for stem, script in _join_scripts(theme).items())
    for name, data in sorted(theme.items()):
        if name.startswith("assets/icons/"):
            # Not in `/assets/`, whose files browsers keep for ever: these stay under their names when they change.
            pages.append(Page("/" + name.removeprefix("assets/icons/"), Copy(data, digest_bytes(data)), "assets"))
    return tuple(pages)


# A template within a template: rjsmin takes its "//" for a comment, so a theme's script that has one is published as it is.
_NESTED = re.compile(rb"\$\{[^{}]*`")


def _minify(script: bytes) -> bytes:
    from rjsmin import jsmin  # Its patterns are compiled at once, and most commands plan no site.

    minified: bytes = script if _NESTED.search(script) else jsmin(script, keep_bang_comments=True)
    return minified


def _join_scripts(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    scripts: dict[str, bytes] = {}
    folders: dict[str, list[bytes]] = {}
    for name, data in sorted(theme.items()):
        if name.startswith("assets/js/") and name.endswith(".js"):
            stem, _, part = name.removeprefix("assets/js/").removesuffix(".js").partition("/")
            if part:
                folders.setdefault(stem, []).append(data)
            else:
                scripts[stem] = data
    shared = folders.pop("shared", [])
    # A theme may still replace the whole script by one file.
    joined = {
        stem: b'(() => {\n"use strict";\n' + b"\n".join([*shared, *parts]) + b"})();\n" for stem, parts in folders.items()
    } | scripts
    if {"briefing", "jump"} <= joined.keys():
        # Most readers come to a briefing first: one file less to wait for, of the five that a page may load.
        joined["briefing"] = joined["jump"] + joined["briefing"]
    return joined


def _asset_page(stem: str, suffix: str, data: bytes) -> Page:
    digest = digest_bytes(data)
    return Page(f"/assets/{stem}.{digest.hex()[:10]}{suffix}", Copy(data, digest), "assets")


def _plain_name(url: str) -> str:
    return url.rpartition("/")[2].partition(".")[0]


def _asset(page: Page) -> Asset:
    assert isinstance(page.body, Copy)  # noqa: S101  # `plan_assets` makes nothing else.
    return Asset(page.url, "sha384-" + b64encode(hashlib.sha384(page.body.content).digest()).decode())
