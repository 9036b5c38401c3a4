"""Authors in the order and form that each style of citation gives them.

Only who is listed with a given name is turned round and shortened. A byline stays as it was written: nothing in "Cho Hyun" or
"Press Trust of India" says which word is the family name, or whether it is a person at all.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.model import Author
from generator.text import squeeze

# Beyond so many authors these two name the first and "et al."; the others have limits that no article of a newspaper reaches.
_MLA_MOST, _HARVARD_MOST = 2, 3


class Bylines(Struct, frozen=True):
    """The authors of one work as each style has them; empty texts where there is none."""

    apa: str
    chicago: str
    mla: str
    harvard: str


def style_authors(authors: Sequence[Author]) -> Bylines:
    """Return how each style names `authors`."""
    if len(authors) == 1 and not authors[0].given:  # As nearly all are: the archive itself, or the byline of a source.
        byline = authors[0].family
        return Bylines(byline, byline, byline, byline)
    if not authors:
        return Bylines("", "", "", "")
    short = [invert(Author(author.family, _initials(author.given))) for author in authors]
    # The first is turned round, so that a bibliography can be sorted; a comma then parts it from the next.
    full = [invert(authors[0]), *(author.name for author in authors[1:])]
    comma = "," if authors[0].given or len(authors) > 2 else ""
    chicago = _join(full, f"{comma} and ")
    return Bylines(
        apa=_join(short, ", & "),
        chicago=chicago,
        mla=chicago if len(authors) <= _MLA_MOST else f"{full[0]}, et al.",
        harvard=_join(short, " and ") if len(authors) <= _HARVARD_MOST else f"{short[0]} et al.",
    )


def invert(author: Author) -> str:
    """Return a name as citation managers sort it: `Rao, Asha`, or a byline as it is."""
    return f"{author.family}, {author.given}" if author.given else author.family


# What no name of a person has. A byline may also be several persons, whom importers rightly part at the comma.
_OF_A_BODY = re.compile(r"\b(?:of|for|Inc|Ltd|LLC|Corp|Co|plc|GmbH)\b")


def invert_flat(author: Author, *, is_body: bool) -> str:
    """Return a name as `invert` does, of a body without commas, for forms that know no name but a person's.

    Zotero and EndNote would make two persons of "Ministry of Trade, Industry and Energy". `is_body` says that it surely is one.
    """
    name = invert(author)
    if "," not in name or author.given or not (is_body or _OF_A_BODY.search(name)):
        return name
    return squeeze(name.replace(",", " "))


def _initials(given: str) -> str:
    """Return `J.-L. M.` of "Jean-Luc Marie"; a name of a script without capitals as it is."""
    if given[:1].lower() == given[:1].upper():
        return given
    words = [[part for part in word.split("-") if part] for word in re.split(r"[\s.]+", given)]
    return " ".join("-".join(f"{part[0].upper()}." for part in parts) for parts in words if parts)


def _join(names: Sequence[str], last: str) -> str:
    return last.join(filter(None, (", ".join(names[:-1]), names[-1])))
