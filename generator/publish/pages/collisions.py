"""Two pages that claim one address, told to the author who can part them: lists and files of the site must be where they are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from generator.errors import Location, Problem, error
from generator.publish.archive import Archive
from generator.publish.page import Page
from generator.publish.urls import output_path

Locate = Callable[[Location, str], Location]
"""From the file of a briefing or page and one of its aliases, or the settings and a former address, to where that stands."""

_HINTS = {"file": "rename the file", "alias": "take the alias out", "moved": "take the line out"}


class _Claim(NamedTuple):
    """What an author wrote to have an address: an alias, a line of `[moved]`, or else a file of its name."""

    where: Location
    kind: Literal["file", "alias", "moved"]

    @property
    def is_alias(self) -> bool:
        """Say whether the address can be given up: it only leads on to another one."""
        return self.kind != "file"


def find_collisions(
    pages: Iterable[Page], archive: Archive, locate: Locate, *, former: Collection[str] = (), settings: str = ""
) -> list[Problem]:
    """Return what is to be said of pages that claim one file, or of which one claims as its folder what is a file of the other.

    Names that differ only in case are one on some systems. `former` are the addresses that the file `settings` leads on from.
    """
    owners: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    shared: dict[str, list[Page]] = {}
    for page in pages:
        path = output_path(page.url).casefold()
        other = owners.setdefault(path, page)
        if other is not page:
            shared.setdefault(path, [other]).append(page)
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = page
            folder = folder.rpartition("/")[0]
    beside = [[page, owners[folder]] for folder, page in folders.items() if folder in owners]
    if not shared and not beside:
        return []
    claims = _find_claims(archive)
    for source in former:
        claims.setdefault(source, []).append(_Claim(Location(settings), "moved"))
    groups = [*shared.values(), *beside]
    # An alias may have several pages in its way: its author is told of each once.
    told = list(dict.fromkeys(problem for same in groups for problem in _tell(same, claims, locate)))
    # Where an author can part two pages, what else stands beside them is parted, too.
    return told or [_tell_planners(same[0], same[-1]) for same in groups]


def _find_claims(archive: Archive) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = {}
    articles = (*archive.articles, *archive.withdrawn)
    written = [(f"/{page.id}/", page.location, page.aliases) for page in archive.pages]
    written += [(article.card.url, article.briefing.location, article.briefing.aliases) for article in articles]
    for url, where, _ in written:
        claims.setdefault(url, []).append(_Claim(where, "file"))
    for _, where, aliases in written:
        for alias in aliases:
            claims.setdefault(alias, []).append(_Claim(where, "alias"))
    return claims


def _tell(same: list[Page], claims: dict[str, list[_Claim]], locate: Locate) -> Iterator[Problem]:
    """Yield what is to be said of some pages that claim one file, or of a page and the file in the place of its folder."""
    urls = list(dict.fromkeys(page.url for page in same))
    own = next((url for url in reversed(urls) if any(claim.is_alias for claim in claims.get(url, ()))), "")
    own = own or next((url for url in urls if url in claims), "")
    if not own:
        return
    taken = next((url for url in urls if url != own), own if len(same) > len(claims[own]) else "")
    for claim in [claim for claim in claims[own] if claim.is_alias] or claims[own]:
        where = locate(claim.where, own) if claim.is_alias else claim.where
        yield error("address-collision", where, *_say(claim, own, taken, claims=claims, locate=locate))


def _tell_planners(first: Page, page: Page) -> Problem:
    message = f'"{page.url}" is claimed by the planners of {first.planner} ({first.url}) and {page.planner}'
    return error("address-collision", Location(page.url), message)


def _find_holder(url: str, claims: Mapping[str, list[_Claim]]) -> str:
    """Return which file an author would look into for an address, or that it is one of the lists and files of the site."""
    return claims[url][0].where.path if url in claims else "the site"


def _say(claim: _Claim, own: str, taken: str, *, claims: Mapping[str, list[_Claim]], locate: Locate) -> tuple[str, str]:
    """Return what is wrong with a claim to `own` and what to do; `taken` is the address in its way, if one is."""
    hint = _HINTS[claim.kind]
    others = [other for other in claims[own] if other is not claim]
    holder = _find_holder(taken, claims)
    if taken != own and taken.casefold() == own.casefold():
        both = taken in claims and not claim.is_alias
        said = f'"{own}" and "{taken}" of {holder} differ in case only: to some systems they are one'
        return said, "rename one of the files" if both else hint
    if taken not in ("", own):
        return f'"{own}" cannot stand beside "{taken}", an address of {holder} already', hint
    if taken or not others:
        return f'"{own}" is an address of the site already', hint
    if any(other.where == claim.where for other in others):
        return f'the alias "{own}" is the address of this file itself', hint
    if fixed := next((other for other in others if not other.is_alias), None):
        return f'the alias "{own}" is an address of {fixed.where.path} already', hint
    places = sorted(locate(other.where, own) for other in others)
    return f'the alias "{own}" stands in {" and ".join(map(str, places))} too', "take it out of all but one"
