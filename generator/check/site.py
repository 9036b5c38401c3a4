"""What rules look at: the whole site as it would be published, and the content that it is made of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from generator.check.reading import Document, Record, parse_document, parse_record
from generator.check.sitemap import Published
from generator.config import Config
from generator.config.parsing import parse_config
from generator.config.toml_places import find_place, find_places
from generator.errors import Location, locate, locate_key
from generator.model import Briefing, ContentPage
from generator.places import BRIEFINGS_PATH, SETTINGS_PATH
from generator.publish.urls import briefing_url, parse_redirects


class Ledger(NamedTuple):
    """What ingest remembers: ids by the digests of their seeds, and ids of renamed briefings by their former ones."""

    seeds: Mapping[str, str]
    moved: Mapping[str, str]


class BuiltSite(Struct, frozen=True):
    """A site before it is published.

    `planned` are the addresses of all its files, those too that could not be made, and `answered` those from which `_redirects`
    leads on. `texts` maps the paths of the content's files to what they hold, and `owners` the addresses of pages to those paths,
    so that a fault is told where its author made it. `config` holds the settings. `latest` is the last day that has come, and
    `content` the folder. `published` is the sitemap of the site as it stands, where that is known; `drafts` says that drafts are
    shown.
    """

    base_url: str
    base_path: str
    documents: Mapping[str, Document]
    records: Mapping[str, Record]
    redirects: tuple[tuple[str, str], ...]
    planned: frozenset[str]
    answered: frozenset[str]
    sources: tuple[Briefing | ContentPage, ...]
    texts: Mapping[str, str]
    owners: Mapping[str, str]
    config: Config
    ledger: Ledger
    latest: date
    content: str
    published: Published | None = None
    drafts: bool = False

    @property
    def settings(self) -> str:
        """The path of the settings, empty where the archive has none."""
        return _find_settings(self.texts)

    @property
    def briefings(self) -> Iterator[Briefing]:
        """All briefings that could be read, drafts and withdrawn ones too."""
        return (source for source in self.sources if isinstance(source, Briefing))

    @property
    def paths(self) -> dict[str, str]:
        """The paths of all briefings by their ids: what cannot be read stands, too, and is told elsewhere."""
        start = f"{self.content}/{BRIEFINGS_PATH}/"
        return {path.rpartition("/")[2].removesuffix(".md"): path for path in self.texts if path.startswith(start)}

    @property
    def by_seed(self) -> dict[str, list[Briefing]]:
        """The briefings with the seed of each digest, in the order of their places."""
        found: dict[str, list[Briefing]] = {}
        for briefing in sorted(self.briefings, key=lambda briefing: briefing.location):
            if briefing.seed:
                found.setdefault(briefing.seed.digest, []).append(briefing)
        return found

    def resolve(self, link: str, page: str) -> tuple[str, str] | None:
        """Return the address and the fragment that a link of a page leads to, or None where it leads out of the site."""
        # Nine links of ten begin at the root of the host; joining them with an address takes 5 µs, and a page has 60.
        is_plain = link.startswith("/") and not link.startswith("//") and "/." not in link
        try:
            whole, base = (link, self.base_path) if is_plain else (urljoin(self.base_url + page[1:], link), self.base_url)
        except ValueError:  # An address as a source gave it, which no browser can follow either: `http://[::1`.
            return None
        path, _, fragment = whole.partition("#")
        path = path.partition("?")[0]
        if not path.startswith(base):
            return None
        return "/" + unquote(path.removeprefix(base)), unquote(fragment)

    def find_place(self, link: str, page: str) -> Location | None:
        """Return where an author wrote a link of a page: in the page's own file, or in the settings; None where no author did."""
        forms = {link, unquote(link)}
        if link.startswith(self.base_path):
            forms |= {form.replace(self.base_path, "/", 1) for form in forms}
        shape = re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, sorted(forms)))})(?![\w/?=&%-])")
        for path in (self.owners.get(page, ""), self.settings):
            text = self.texts.get(path, "")
            for found in shape.finditer(text):
                # Settings may speak of an address before they name it.
                if not path.endswith(SETTINGS_PATH) or not text[: found.start()].rpartition("\n")[2].lstrip().startswith("#"):
                    return locate(path, text, found.start())
        return None

    def find_key(self, path: str, key: str) -> Location:
        """Return where a key of front matter stands."""
        return locate_key(path, self.texts.get(path, ""), key)

    def find_setting(self, name: str) -> Location:
        """Return where a setting stands."""
        return Location(self.settings, *find_place(find_places(self.texts.get(self.settings, "")), name))

    def owner(self, page: str) -> Location:
        """Return the file that an author wrote for a page, or else the address of the page."""
        return Location(self.owners.get(page, page))


def read_site(
    files: Mapping[str, bytes],
    *,
    base_url: str,
    planned: Iterable[str],
    sources: tuple[Briefing | ContentPage, ...],
    texts: Mapping[str, str],
    ledger: Ledger,
    latest: date,
    content: str,
) -> BuiltSite:
    """Return what rules look at; `files` maps the addresses of all files that could be made to their bytes."""
    settings = _find_settings(texts)
    memo: dict[str, tuple[str, ...]] = {}
    documents = {url: parse_document(data) for url, data in files.items() if url.endswith(("/", ".html"))}
    records = {url: record for url, data in files.items() if (record := parse_record(url, data, base_url, memo))}
    base_path = urlsplit(base_url).path
    redirects = tuple((source, target) for source, (target, _) in parse_redirects(files.get("/_redirects", b"")).items())
    return BuiltSite(
        base_url=base_url,
        base_path=base_path,
        documents=documents,
        records=records,
        redirects=redirects,
        planned=frozenset(planned) | _unreadable(texts, sources),
        answered=frozenset("/" + source.removeprefix(base_path) for source, _ in redirects),
        sources=sources,
        texts=texts,
        owners={source_url(source): source.location.path for source in sources},
        config=parse_config(texts.get(settings, "").encode(), settings),
        ledger=ledger,
        latest=latest,
        content=content,
    )


def source_url(source: Briefing | ContentPage) -> str:
    """Return the address of a briefing or of an editor's page."""
    return briefing_url(source.id) if isinstance(source, Briefing) else f"/{source.id}/"


def _find_settings(texts: Mapping[str, str]) -> str:
    return next((path for path in texts if path.endswith(SETTINGS_PATH)), "")


def _unreadable(texts: Mapping[str, str], sources: Iterable[Briefing | ContentPage]) -> frozenset[str]:
    """Return the addresses of what has faults and could not be read: a link that leads there is no second fault."""
    read = {source.location.path for source in sources}
    lost = [path for path in texts if path.endswith(".md") and path not in read]
    stems = [(path.rpartition("/")[2].removesuffix(".md"), f"/{BRIEFINGS_PATH}/" in path) for path in lost]
    return frozenset(briefing_url(stem) if is_briefing else f"/{stem}/" for stem, is_briefing in stems)
