"""Every setting of an archive, with its default and its reason. An archive without `content/archive.toml` has all defaults."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct, field


class Link(Struct, frozen=True):
    """One entry of the navigation: its words and its address, from the root of the site or whole."""

    name: str
    url: str


class Publisher(Struct, frozen=True):
    """Who publishes the archive, as citations and feeds name it."""

    name: str = ""
    url: str = ""


class FeedSettings(Struct, frozen=True):
    """What feeds hold: `content` is "full" or "summary"; `limit` is the number of the latest briefings in each."""

    content: str = "full"
    limit: int = 50
    json: bool = True


class PageSettings(Struct, frozen=True):
    """Which families of pages are made. Hosts limit the number of files (some at 20,000), so each family can be switched off.

    Without `redirects`, former and other addresses stand in `_redirects` alone, which not all hosts read.
    """

    countries: bool = True
    pairs: bool = True
    pair_sectors: bool = True
    sectors: bool = True
    years: bool = True
    people: bool = True
    organisations: bool = True
    kinds: bool = True
    feeds: bool = True
    markdown: bool = True
    citations: bool = True
    cards: bool = True
    overviews: bool = True
    maps: bool = True
    api: bool = True
    downloads: bool = True
    search: bool = True
    redirects: bool = True


class ListSettings(Struct, frozen=True):
    """When a list is split: beyond `split` briefings by year, and a year beyond as many by month."""

    split: int = 150


class Licence(Struct, frozen=True):
    """Under which terms readers may reuse what the archive wrote itself: none, or both a name and an address."""

    name: str = ""
    url: str = ""


class RightsSettings(Struct, frozen=True):
    """What may be shown of a source's text: "full", "excerpt" (title, summary, key points, evidence) or "link" (title only).

    The names of `publishers` are as they were written. `licence` is that of the archive's own texts.
    """

    default: str = "full"
    publishers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    licence: Licence = field(default_factory=Licence)


class IngestSettings(Struct, frozen=True):
    """What ingest does with the same story from two outlets: "report" it, or "merge" it into one briefing with two sources."""

    duplicates: str = "report"


class Config(Struct, frozen=True):
    """The settings of an archive.

    `base_url` is where the site will stand, with its path; `notice` is a sentence of Markdown shown on every page; `corrections`
    is the address to which readers report errors (a page of the site, another site or `mailto:`). `gone` are addresses that were
    published and are given up: one that ends in `*` stands for all that begin so. `moved` leads on from the former
    addresses of lists; briefings and pages have `aliases`.
    """

    title: str = "Briefings"
    description: str = "Policy briefings by country pair and sector."
    base_url: str = "http://localhost:8000/"
    language: str = "en"
    notice: str = ""
    corrections: str = ""
    repository: str = ""
    publisher: Publisher = field(default_factory=Publisher)
    navigation: tuple[Link, ...] = (
        Link("Pairs", "/pairs/"),
        Link("Countries", "/countries/"),
        Link("Sectors", "/sectors/"),
        Link("Years", "/years/"),
    )
    gone: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    feeds: FeedSettings = field(default_factory=FeedSettings)
    pages: PageSettings = field(default_factory=PageSettings)
    lists: ListSettings = field(default_factory=ListSettings)
    rights: RightsSettings = field(default_factory=RightsSettings)
    ingest: IngestSettings = field(default_factory=IngestSettings)

    @property
    def base_path(self) -> str:
        """The path of `base_url`, with a slash at both ends: `/` or `/briefings/`."""
        return urlsplit(self.base_url).path.rstrip("/") + "/"
