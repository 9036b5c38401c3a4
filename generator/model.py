"""The nouns: what a seed, a briefing and what they are made of are.

Every value is frozen and every sequence a tuple, so that a value can be compared by its digest and handed to a template without
fear. Each stage has a type of its own: a pass in the wrong place does not type-check. They are structs of `msgspec`. As
dataclasses, 130 classes took 0.10 to 0.17 s to define, a seventh of a build after an edit, and a value of four fields 0.55
instead of 0.09 µs to make: all in all 5 to 7 % of a cold build of 10,000 briefings.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Self

from msgspec import Struct

from generator.errors import Location
from generator.text import join_name


class CountryPair(Struct, frozen=True, order=True):
    """Two countries, without order: stored sorted by their ISO 3166-1 alpha-2 codes, so that `KR, IN` is `IN, KR`."""

    first: str
    second: str

    @classmethod
    def of(cls, one: str, other: str) -> Self:
        """Return the pair of two different codes, in either order and case.

        Raises: ValueError when both are the same country.
        """
        first, second = sorted((one.upper(), other.upper()))
        if first == second:
            raise ValueError(f"a pair needs two countries, not {first} twice")
        return cls(first, second)

    @property
    def slug(self) -> str:
        """The pair as it stands in addresses and front matter: `in-kr`."""
        return f"{self.first}-{self.second}".lower()


class Seed(Struct, frozen=True):
    """One article as it came: what its container says of it, and its text untouched.

    `id` is the file's stem, with `#n` for the n-th record of a file of many; `digest` is `sha256:…` of its raw bytes, or of its
    record. `body` is text or Markdown; `published` is as written in the source, to be read with the rest of the evidence, and
    stands on `published_line` where front matter says it. `doubt` is what its bytes leave open, as a sentence.
    """

    id: str
    location: Location
    digest: str
    format: str
    body: str
    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    lang: str = ""
    description: str = ""
    published_line: int = 0
    doubt: str = ""


class Mention(Struct, frozen=True):
    """Why a tag holds: the sentence that says so, and the words in it that matched.

    `start` and `end` are code points within `quote`; `offset` is where those words stand in the body; `rule` names what
    matched, `country:alias/Seoul` or `sector:phrase/chip fab`.
    """

    term: str
    rule: str
    quote: str
    start: int
    end: int
    offset: int
    weight: float = 1.0


class Person(Struct, frozen=True):
    """A person whom the text names, with the office that it gives."""

    name: str
    office: str = ""


class Organisation(Struct, frozen=True):
    """A body that the text names, with the abbreviation that it gives."""

    name: str
    abbreviation: str = ""


class Author(Struct, frozen=True):
    """Who wrote a source: a person with a `given` name, or a byline or body as it is written, which stands in `family` alone."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """The name as a reader says it: `Asha Rao`, `山田太郎`."""
        return join_name(self.family, self.given) if self.given else self.family


class Source(Struct, frozen=True):
    """Where a briefing comes from; `published` has a zone where that gives one, and is a plain date where it gives no time."""

    publisher: str = ""
    title: str = ""
    url: str = ""
    published: datetime | date | None = None
    authors: tuple[Author, ...] = ()

    @property
    def byline(self) -> str:
        """The authors as a reader says them: `Asha Rao, Cho Hyun and Example Institute`."""
        return join_authors(self.authors)


def join_authors(authors: Sequence[Author]) -> str:
    """Return authors as a reader says them."""
    *others, last = [author.name for author in authors] or [""]
    return f"{', '.join(others)} and {last}" if others else last


class Caption(Struct, frozen=True):
    """The words under a picture that the archive does not hold."""

    text: str
    credit: str = ""


class Notice(Struct, frozen=True):
    """What editors told readers of a published briefing on a day: what they set right in it, or why they took it back."""

    date: date
    text: str


class SeedStamp(Struct, frozen=True):
    """Which seed a briefing was made from: its file, its digest, and the digest of what the machine then wrote."""

    file: str
    digest: str
    generated: str


class Ruling(Struct, frozen=True):
    """Terms that an editor decided on for good, by the keys under which they stand or would stand."""

    countries: tuple[str, ...] = ()
    pairs: tuple[CountryPair, ...] = ()
    sectors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


NO_RULING = Ruling()


class Briefing(Struct, frozen=True):
    """One file of `content/briefings/`: the decisions of its front matter, and its body as Markdown.

    `id` is the file's stem and never reused. `countries` are ISO codes of the parties; `sectors` are slugs, heaviest first.
    What is `confirmed` stays although nothing in the text bears it out, and no run proposes again what is `rejected`.
    `translation_of` is the id of the briefing of which it is a version in another language. `date` is None only in a draft;
    `withdrawn` says when and why the briefing was taken back after it was published. `body_line` is the line of the file on which
    the body starts. `digest` is that of the file's bytes and its id.
    """

    id: str
    title: str
    date: date | None
    body: str
    location: Location
    summary: str = ""
    key_points: tuple[str, ...] = ()
    kind: str = ""
    countries: tuple[str, ...] = ()
    pairs: tuple[CountryPair, ...] = ()
    sectors: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    lang: str = ""
    translation_of: str = ""
    sources: tuple[Source, ...] = ()
    caption: Caption | None = None
    rights: str = ""
    seed: SeedStamp | None = None
    confirmed: Ruling = NO_RULING
    rejected: Ruling = NO_RULING
    aliases: tuple[str, ...] = ()
    corrections: tuple[Notice, ...] = ()
    draft: bool = False
    withdrawn: Notice | None = None
    body_line: int = 1
    digest: bytes = b""

    @property
    def body_location(self) -> Location:
        """Where the body starts in its file."""
        return Location(self.location.path, self.body_line)


class Text(Struct, frozen=True):
    """A body that is read when it is shown: an unchanged one of 100,000 is never asked for.

    `digest` is that of the file in which it stands, and `read` returns it, or raises ContentError when that file has changed
    since.
    """

    digest: bytes
    read: Callable[[], str]


class ContentPage(Struct, frozen=True):
    """One file of `content/pages/`: about, method, corrections, and whatever else an archive has to say."""

    id: str
    title: str
    body: str
    location: Location
    summary: str = ""
    aliases: tuple[str, ...] = ()
    body_line: int = 1
    digest: bytes = b""

    @property
    def body_location(self) -> Location:
        """Where the body starts in its file."""
        return Location(self.location.path, self.body_line)
