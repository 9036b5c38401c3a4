"""Every address on the site, and which file answers it. An address is for ever: what stands here may be added to, never changed.

Addresses are counted from the root of the site, `/pairs/in-kr/`; templates add the path under which the site is hosted.
"""

from collections.abc import Container, Mapping
from urllib.parse import quote, urlsplit

from generator.config import PageSettings
from generator.model import CountryPair
from generator.text import slugify

HOME = "/"
BRIEFINGS = "/briefings/"
MAP = "/map/"
MATRIX = "/matrix/"
TIMELINE = "/timeline/"
FEEDS = "/feeds/"
DATA = "/data/"
SEARCH = "/search/"
CHANGES = "/changes/"
FAMILIES = {
    "country": "/countries/",
    "pair": "/pairs/",
    "sector": "/sectors/",
    "year": "/years/",
    "person": "/people/",
    "organisation": "/organisations/",
    "kind": "/kinds/",
}
# What a family is called over its index, and wherever readers are led to it.
FAMILY_TITLES = {
    "country": "Countries",
    "pair": "Country pairs",
    "sector": "Sectors",
    "year": "Years",
    "person": "People",
    "organisation": "Organisations",
    "kind": "Kinds of event",
}
# What each part of the site needs of `[pages]` in archive.toml; the rest is always made.
SWITCHES: Mapping[str, tuple[str, ...]] = {
    "/countries/": ("countries",),
    "/pairs/": ("pairs",),
    "/sectors/": ("sectors",),
    "/years/": ("years",),
    "/people/": ("people",),
    "/organisations/": ("organisations",),
    "/kinds/": ("kinds",),
    MAP: ("overviews", "countries", "pairs"),
    MATRIX: ("overviews", "pairs", "pair_sectors"),
    TIMELINE: ("overviews",),
    SEARCH: ("search",),
    DATA: ("downloads",),
    "/api/": ("api",),
    FEEDS: ("feeds",),
    "/feed.xml/": ("feeds",),
    "/feed.json/": ("feeds",),
}
# What a page of `content/pages/` may not be called, since a planner owns the address.
RESERVED = frozenset(
    {"briefings", "assets", "api", "data", "search", "matrix", "map", "timeline", "feeds", "changes", "404", "index"}
    | {url.strip("/") for url in FAMILIES.values()}
)


def briefing_url(briefing_id: str) -> str:
    """Return the address of a briefing: `/briefings/<id>/`."""
    return f"{BRIEFINGS}{briefing_id}/"


def absolute(base: str, url: str) -> str:
    """Return an address of the site below `base`: its path, or its whole address. One that leads elsewhere stays as it is."""
    # With `startswith` and `removeprefix` it took twice the time, and a page has thirty addresses.
    return base + url[1:] if url[:1] == "/" else url


def make_uri(address: str) -> str:
    """Return an address as RFC 3986 spells it, for readers that know no letters beyond ASCII: others are UTF-8 behind `%`."""
    return address if address.isascii() else quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def is_made(url: str, families: PageSettings) -> bool:
    """Say whether the part of the site in which an address lies is made. What leads elsewhere is no question of families."""
    root = f"/{url.removeprefix('/').partition('/')[0]}/"
    return not url.startswith("/") or all(getattr(families, switch) for switch in SWITCHES.get(root, ()))


def term_url(family: str, key: str) -> str:
    """Return the address of a term's page: `/countries/in/`, `/people/s-jaishankar/`."""
    return f"{FAMILIES[family]}{term_slug(family, key)}/"


def term_slug(family: str, key: str) -> str:
    """Return the last part of a term's address; names of people and organisations become slugs, codes lower case."""
    return slugify(key) if family in ("person", "organisation") else key.lower()


def pair_sector_url(pair: str, sector: str) -> str:
    """Return the address of what a pair has on a sector: `/pairs/in-kr/semiconductors/`."""
    return f"{FAMILIES['pair']}{pair}/{sector}/"


def reversed_pair_url(pair: CountryPair) -> str:
    """Return the address that a reader types who names the pair the other way round: `/pairs/kr-in/`."""
    return f"{FAMILIES['pair']}{pair.second}-{pair.first}/".lower()


def part_url(listing: str, year: int, month: int = 0) -> str:
    """Return the address of a part of a long list: `<list>/2025/`, or `<list>/2025/03/`."""
    return f"{listing}{year}/{month:02}/" if month else f"{listing}{year}/"


def year_anchor(year: int) -> str:
    """Return the id of a year's heading where a list is whole: `y2025`."""
    return f"y{year}"


def output_path(url: str) -> str:
    """Return the file below the output that answers `url`: `/pairs/` is `pairs/index.html`."""
    path = url.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def make_redirects(base_path: str, redirects: tuple[tuple[str, str], ...]) -> bytes:
    """Return the file that Netlify and Cloudflare Pages read, one redirect a line: from, to, status, each below `base_path`."""
    base = base_path.rstrip("/")
    return "".join(f"{base}{source} {base}{target} 301\n" for source, target in redirects).encode()


def parse_redirects(file: bytes) -> dict[str, tuple[str, int]]:
    """Return what such a file says, from → (to, status): the first line counts, and what we do not write is passed over."""
    found: dict[str, tuple[str, int]] = {}
    for line in file.decode("utf-8", "replace").splitlines():
        match line.split():
            case source, target, ("301" | "302" | "307" | "308") as status:
                found.setdefault(source, (target, int(status)))
    return found


def find_address(text: str, known: Container[str], *, base_url: str) -> str:
    """Return the address that a person means: with or without the host, the path of the site, and slashes at its ends.

    A path may begin with that of the site or not, so it is first taken as it stands: "/briefings/" is the list of all briefings
    also where the whole site is below a path of that name.
    """
    try:
        parts = urlsplit(text)
    except ValueError:  # `http://[x` is no address of any site.
        return text
    base = urlsplit(base_url).path.rstrip("/")
    path = "/" + parts.path.strip("/").removesuffix("index.html").strip("/")
    below = path.removeprefix(base) if f"{path}/".startswith(f"{base}/") else path
    forms = [form for way in ((below,) if parts.netloc else (path, below)) for form in (f"{way.rstrip('/')}/", way)]
    return next((form for form in forms if form in known), forms[0])
