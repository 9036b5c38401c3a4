"""What machines read: the sitemap, robots.txt, headers and redirects for hosts; made from the pages of all other planners."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.publish.page import Later, Made, Page, View
from generator.publish.site import CONTENT_SECURITY_POLICY, Site
from generator.publish.urls import make_redirects, make_uri

SITEMAP_SIZE = 50_000
# Pages that keep an address alive and are nothing to be found.
UNLISTED = ("pages/redirect.html", "pages/withdrawn.html", "pages/emptied.html")

HEADERS = (
    f"Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'; upgrade-insecure-requests",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy: same-origin",
)


# What other sites may read, beside all of the API and the downloads. Of each address speaks one rule, since Cloudflare joins the
# values of several; and Netlify reads a `*` only where it ends one.
SHARED = (
    *(f"{place}feed.{form}" for place in ("", ":list/", ":list/:term/", ":list/:term/:part/") for form in ("xml", "json")),
    *(f"briefings/:id/{name}" for name in ("citation.bib", "citation.ris", "citation.json", "index.md")),
)
# Endings that hosts do not know.
TYPES: Mapping[str, str] = {
    "data/briefings.jsonl": "application/x-ndjson",
    **dict.fromkeys(("data/briefings.bib", "briefings/:id/citation.bib"), "application/x-bibtex; charset=utf-8"),
    **dict.fromkeys(("data/briefings.ris", "briefings/:id/citation.ris"), "application/x-research-info-systems; charset=utf-8"),
}


def plan_system(pages: Iterable[Page], site: Site) -> Iterator[Page]:
    """Yield the files for machines; `pages` are all other pages of the site."""
    addresses, redirects = [], []
    for page in pages:
        if not isinstance(page.body, View):
            continue
        if page.body.template == "pages/redirect.html":
            redirects.append((page.url, page.body.context["target"]))
        elif page.url.endswith("/") and page.body.template not in UNLISTED:
            addresses.append((page.url, page.latest))
    redirects.sort()
    if not site.families.redirects:
        # Cloudflare Pages takes a line by the letter, and adds a slash only where a page is. These stand last: of a file that is
        # longer than a host reads, none of the others is lost for them.
        redirects += [(bare, target) for url, target in redirects if (bare := url.rstrip("/")) not in ("", url)]
    yield from _plan_sitemap(sorted(addresses))
    yield Page("/robots.txt", Made(make_robots, (site.base_url,)), "system")
    yield Page("/_headers", Made(make_headers, (site.base_path,)), "system")
    yield Page("/_redirects", Made(make_redirects, (site.base_path, tuple(redirects))), "system")
    yield Page("/.nojekyll", Made(bytes, ()), "system")


def find_redirects(pages: Iterable[Page]) -> dict[str, str]:
    """Return by address where the redirects among the pages of a site lead, those too that have no page of their own."""
    for page in pages:
        match page:
            case Page(url="/_redirects", body=Made(arguments=(_, redirects))):
                return dict(redirects)
    return {}


def _plan_sitemap(addresses: list[tuple[str, date | None]]) -> Iterator[Page]:
    parts = [addresses[start : start + SITEMAP_SIZE] for start in range(0, len(addresses), SITEMAP_SIZE)] or [[]]
    if len(parts) == 1:
        yield _plan_part("/sitemap.xml", parts[0])
        return
    urls = tuple(f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield Page("/sitemap.xml", View("feeds/sitemap_index.xml", {"urls": urls}), "system")
    for url, part in zip(urls, parts, strict=True):
        yield _plan_part(url, part)


def _plan_part(url: str, part: list[tuple[str, date | None]]) -> Page:
    # Two tuples of plain values have their digest in a twentieth of the time that 40,000 pairs take.
    urls, days = tuple([url for url, _ in part]), tuple([day.toordinal() if day else 0 for _, day in part])
    return Page(url, View("feeds/sitemap.xml", {"addresses": Later(date_addresses, (urls, days))}), "system")


def date_addresses(urls: tuple[str, ...], days: tuple[int, ...]) -> tuple[tuple[str, date | None], ...]:
    """Return addresses, each with its day, which is given by its number; 0 is none."""
    return tuple([(url, date.fromordinal(day) if day else None) for url, day in zip(urls, days, strict=True)])


def make_robots(base_url: str) -> bytes:
    """Return robots.txt: everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {make_uri(base_url)}sitemap.xml\n".encode()


def make_headers(base_path: str) -> bytes:
    """Return the header rules that Netlify and Cloudflare Pages read."""
    # A site below a path must not bind a host that is not its own to anything for two years.
    strict = ("Strict-Transport-Security: max-age=63072000; includeSubDomains",) if base_path == "/" else ()
    lines = [f"{base_path}*", *(f"  {header}" for header in (*HEADERS, *strict))]
    lines += [f"{base_path}assets/*", "  Cache-Control: public, max-age=31536000, immutable"]
    for address in ("api/*", "data/*", *SHARED):
        lines += [f"{base_path}{address}", "  Access-Control-Allow-Origin: *"]
    for address, media_type in TYPES.items():
        lines += [f"{base_path}{address}", f"  Content-Type: {media_type}"]
    return ("\n".join(lines) + "\n").encode()
