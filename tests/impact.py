"""Which files may change when a briefing does, computed from its terms alone: the promise that rebuilding is held to.

It is worked out here a second time, from what the pages promise their readers, so that a planner that shows too much is found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations


@dataclass(frozen=True)
class Text:
    """A briefing, as far as other files of the site may show it."""

    id: str
    date: date
    title: str = "A title"
    body: str = "India and South Korea met."
    countries: tuple[str, ...] = ("IN", "KR")
    sectors: tuple[str, ...] = ("defence",)
    kind: str = "summit"
    people: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    translation_of: str = ""

    @property
    def path(self) -> str:
        return f"content/briefings/{self.date.year}/{self.id}.md"

    @property
    def pairs(self) -> tuple[str, ...]:
        return tuple("-".join(sorted(pair)).lower() for pair in combinations(self.countries, 2))

    @property
    def source(self) -> str:
        """The file in `content/`."""
        lists = {"countries": self.countries, "pairs": self.pairs, "sectors": self.sectors, "people": self.people}
        lines = [f"{name}: [{', '.join(values)}]" for name, values in {**lists, "aliases": self.aliases}.items()]
        head = [f"title: {self.title}", f"date: {self.date}", f"summary: {self.title}, in short.", f"kind: {self.kind}", *lines]
        if self.translation_of:
            head += ["lang: ko", f"translation_of: {self.translation_of}"]
        return "\n".join(["---", *head, *(["draft: true"] if self.is_draft else []), "---", "", self.body, ""])


Archive = Mapping[str, Text]


@dataclass(frozen=True)
class Shown:
    """What the settings say about how much lists and feeds show."""

    split: int = 150
    feed_limit: int = 50
    feeds_hold_bodies: bool = True


def lists_of(text: Text) -> Iterator[str]:
    """Yield the address of every list that a briefing stands in, which is none for a translation."""
    if text.translation_of:
        return
    yield from ("/", "/briefings/", f"/years/{text.date.year}/", f"/kinds/{text.kind}/")
    yield from (f"/countries/{country.lower()}/" for country in text.countries)
    yield from (f"/sectors/{sector}/" for sector in text.sectors)
    yield from (f"/people/{person.lower().replace(' ', '-')}/" for person in text.people)
    yield from _pair_lists(text)


def _pair_lists(text: Text) -> Iterator[str]:
    for pair in text.pairs:
        yield f"/pairs/{pair}/"
        yield from (f"/pairs/{pair}/{sector}/" for sector in text.sectors)


def _members(archive: Archive, url: str) -> list[Text]:
    """Return the published briefings of a list, newest first."""
    found = [text for text in archive.values() if not text.is_draft and url in lists_of(text)]
    return sorted(found, key=lambda text: (text.date, text.id), reverse=True)


class Change:
    """One briefing before and after an edit, in its archive before and after: says which addresses may show the difference."""

    def __init__(self, before: Archive, after: Archive, old: Text | None, new: Text | None, shown: Shown) -> None:
        self.archives = (before, after)
        self.shown = shown
        self.texts = [text for text in (old, new) if text and not text.is_draft]
        both = old and new and not old.is_draft and not new.is_draft
        self.is_moved = not both or _place(old) != _place(new)
        self.is_seen_on_lists = self.is_moved or (old.title, old.kind, old.people) != (new.title, new.kind, new.people)

    def may_change(self, url: str) -> bool:
        """Say whether the file at an address may differ after the edit."""
        return bool(self.texts) and (
            self._is_own(url)
            or url.startswith("/data/")
            or self._is_words_of_search(url)
            or self._is_feed(url)
            or (self.is_seen_on_lists and self._is_list_or_neighbour(url))
            or (self.is_moved and (self._is_count(url) or self._is_translation(url)))
            or (url == "/404.html" and self._opens_or_closes_a_family())
        )

    def _opens_or_closes_a_family(self) -> bool:
        """The page for a missing address leads to what the archive has: to its pairs only as long as there is one."""
        families = [
            {url.split("/")[1] for text in archive.values() if not text.is_draft for url in lists_of(text)}
            for archive in self.archives
        ]
        return families[0] != families[1]

    def _is_own(self, url: str) -> bool:
        own = [f"/briefings/{text.id}/" for text in self.texts] + [alias for text in self.texts for alias in text.aliases]
        has_aliases = len({text.aliases for text in self.texts}) == 2
        return (
            url.startswith(tuple(own))
            or url in {f"/api/v1/briefings/{text.id}.json" for text in self.texts}
            or (has_aliases and url == "/_redirects")
        )

    def _is_translation(self, url: str) -> bool:
        """A translation has the neighbours of its original, and leads to those of its terms of which there is a list."""
        ids = [text.id for archive in self.archives for text in archive.values() if text.translation_of]
        return url.startswith(tuple(f"/briefings/{name}/" for name in ids)) or url in {
            f"/api/v1/briefings/{name}.json" for name in ids
        }

    def _is_words_of_search(self, url: str) -> bool:
        """A text touches the words of the index; only what stands on lists touches its facets and its names to jump to."""
        if not url.startswith("/search/"):
            return False
        return self.is_seen_on_lists or not url.startswith(("/search/facets/", "/search/jump.json", "/search/index.html"))

    def _is_feed(self, url: str) -> bool:
        """A feed shows its latest briefings: all of them, or only their summaries."""
        place, name = url.rsplit("/", 1)
        if name not in ("feed.xml", "feed.json"):
            return False
        if not self.is_seen_on_lists and not self.shown.feeds_hold_bodies:
            return False
        latest = [_members(archive, f"{place}/")[: self.shown.feed_limit] for archive in self.archives]
        return any(text in found for text in self.texts for found in latest)

    def _is_list_or_neighbour(self, url: str) -> bool:
        pages = {place for text in self.texts for place in lists_of(text)}
        api = {
            f"/api/v1/{part}.json"
            for page in pages
            if (part := page.strip("/")).startswith(("pairs/", "countries/", "sectors/")) and part.count("/") == 1
        }
        neighbours = set(self._find_neighbours())
        translated = {text.id for archive in self.archives for text in archive.values() if text.translation_of in neighbours}
        beside = {f"/briefings/{found}/" for found in neighbours | translated}
        return url in pages | api | beside | {"/timeline/", "/api/v1/index.json"} or self._is_part(url)

    def _is_part(self, url: str) -> bool:
        """A long list is split by year and month: one part of it shows a briefing, unless it splits or joins just now."""
        match = re.fullmatch(r"(/.*?)(\d{4})/(?:(\d\d)/)?", url)
        if not match:
            return False
        place, year, month = match.groups()
        if place == "/years/":  # The parts of a year are its months.
            place = url if not month else f"/years/{year}/"
        if not any(place in lists_of(text) for text in self.texts):
            return False
        counts = [len(_members(archive, place)) for archive in self.archives]
        if len(set(counts)) > 1 and any(count in (self.shown.split, self.shown.split // 2) for count in counts):
            return True
        days = {(f"{text.date.year}", f"{text.date.month:02}") for text in self.texts}
        return (year, month) in days if month and not self.is_moved else year in {year for year, _ in days}

    def _find_neighbours(self) -> Iterator[str]:
        """Yield the briefings beside this one in the lists of its pairs and sectors."""
        for archive in self.archives:
            for text in self.texts:
                for url in lists_of(text):
                    if url.startswith(("/pairs/", "/sectors/")):
                        ids = [member.id for member in _members(archive, url)]
                        if text.id in ids:
                            place = ids.index(text.id)
                            yield from (*ids[max(place - 1, 0) : place], *ids[place + 1 : place + 2])

    def _is_count(self, url: str) -> bool:
        """What counts briefings, or names one as an example; and dossiers of pairs that share a country with this briefing."""
        indexes = {"/pairs/", "/countries/", "/sectors/", "/years/", "/kinds/", "/people/", "/map/", "/matrix/"}
        if url in indexes | {"/sitemap.xml", "/_redirects", "/api/v1/openapi.json"} or url.startswith("/feeds/"):
            return True
        parts = url.split("/")
        if parts[1] != "pairs":
            return False
        shared = {country.lower() for text in self.texts for country in text.countries}
        own = {pair for text in self.texts for pair in text.pairs}
        reverse = {"-".join(reversed(pair.split("-"))) for pair in own}
        is_dossier = len(parts) == 4 and bool(shared & set(parts[2].split("-")))
        return is_dossier or parts[2] in own | reverse


def _place(text: Text | None) -> tuple[object, ...]:
    """Return what decides in which lists a briefing stands, and where."""
    return (text.id, text.date, text.countries, text.sectors, text.kind, text.people) if text else ()
