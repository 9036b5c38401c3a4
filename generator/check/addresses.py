"""Addresses that readers have lead somewhere: to the page that stood there, or on to what took its place.

A build has no memory of earlier sites, so what is published has to be shown to it: by the list of what was ingested, which
remembers the names of briefings that were made from seeds, and by the sitemap of the site as it stands.

A page that an editor wrote is an error when its address goes: its file went, so its editor can let the address lead on, or say
that it is given up. Lists come and go with the tags of briefings, two briefings of the example archive with fourteen of them,
and that is a warning. Whoever puts a wrong tag right need not be a programmer; nothing takes the place of an empty list, and an
alias at its address would be in the way of the next briefing with the tag.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from generator.check.site import BuiltSite, source_url
from generator.config import PageSettings
from generator.content.values import is_alias
from generator.errors import Location, Problem, Severity, error, locate, warning
from generator.model import Briefing, ContentPage
from generator.places import SETTINGS_PATH
from generator.publish.urls import BRIEFINGS, FAMILIES, RESERVED, SWITCHES, briefing_url

# To compare two long names of the same letters takes 0.6 ms. Many have to be when a whole site moves, not when a file is renamed.
COMPARED = 400
_DAY = re.compile(r"^\d{4}-\d\d-\d\d-")
_YEAR = re.compile(r"\d{4}")


def find_taken_aliases(site: BuiltSite) -> Iterator[Problem]:
    """Yield aliases that are the address of something else, or the alias of another briefing or page."""
    taken = {source_url(source): source.location.path for source in site.sources}
    for source in sorted(site.sources, key=lambda source: source.location):
        for alias in source.aliases:
            other = taken.setdefault(alias, source.location.path)
            if other != source.location.path or alias == source_url(source):
                where = site.find_place(alias, source_url(source)) or source.location
                yield error("taken-alias", where, f'the alias "{alias}" is an address of {other} already', "take it out")


def find_lost_addresses(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings whose files were renamed and that are not found at their former addresses.

    Where one of these is known to be published, that is an error.
    """
    broken = set(_find_broken(site, _find_published(site)))
    for problem, former in _trace_renamed(site):
        yield problem if broken.isdisjoint(former) else problem._replace(severity=Severity.ERROR)


def _trace_renamed(site: BuiltSite) -> Iterator[tuple[Problem, frozenset[str]]]:
    """Yield what is to be said of each renamed briefing, with its former addresses."""
    if not site.ledger.seeds and not site.ledger.moved:
        return
    from generator.ingest.settling.moves import find_lost, group_moves, trace_moves

    by_id = {briefing.id: briefing for briefing in site.briefings}
    owners = {digest: found[0].id for digest, found in site.by_seed.items()}
    paths = site.paths
    moved = trace_moves(
        site.ledger.moved,
        site.ledger.seeds.items(),
        owner=lambda digest: owners.get(digest, ""),
        standing=paths,
        is_kept=paths.__contains__,
    )
    for name, former in group_moves(moved, paths).items():
        lost = find_lost(by_id[name], paths[name], former, site.content) if name in by_id else None
        if lost:
            yield lost, frozenset(map(briefing_url, former))


def find_broken_addresses(site: BuiltSite) -> Iterator[Problem]:
    """Yield the published addresses at which there would be nothing any more, neither a page nor what leads on from there."""
    if site.published is None:
        return
    published = _find_published(site)
    if not published:
        yield _tell_foreign(site.published.addresses, site)
        return
    told: frozenset[str] = frozenset().union(*(former for _, former in _trace_renamed(site)))
    broken = [address for address in _find_broken(site, published) if address not in told]
    settings = site.settings or f"{site.content}/{SETTINGS_PATH}"
    give_up = f'name it under "gone" in {settings}'
    switched: dict[tuple[str, str], int] = {}
    pages = []
    for address in broken:
        root = f"/{address.split('/')[1]}/"
        if switch := _find_switch(address, root, site.config.pages):
            switched[switch, root] = switched.get((switch, root), 0) + 1
        elif root.strip("/") in RESERVED and not _is_briefing(address):
            look = "look at the tags of its briefings, or " if root in (BRIEFINGS, *FAMILIES.values()) else ""
            lead = f'lead on from it under "[moved]" in {settings}, or ' if root in FAMILIES.values() else ""
            yield warning("vanished-list", Location(address), _SAID, f"{look}{lead}{give_up} if that was meant")
        else:
            pages.append(address)
    yield from (_tell_switch(switch, root, number, site) for (switch, root), number in switched.items())
    yield from _tell_pages(pages, published, site, f"{give_up} if it is given up")


_SAID = "this address is published, and nothing would be there any more"


def _find_published(site: BuiltSite) -> list[str]:
    """Return the published addresses that lie where the site will stand, from its root; http: and https: are one place."""
    host, base = _split(site.base_url)
    found = [_split(address) for address in site.published.addresses] if site.published else []
    below = [f"/{path[len(base) :]}" for other, path in found if other == host and f"{path}/".startswith(base)]
    # The folder is what every host answers with this file.
    return list(dict.fromkeys([re.sub(r"/index\.html$", "/", path) for path in below]))


def _split(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # `http://[::1` is no address of any site.
        return "", address
    # Whatever stands behind a question mark, a host answers with the same file.
    port = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.casefold().removesuffix(port), unquote(parts.path) or "/"


def _find_broken(site: BuiltSite, published: Iterable[str]) -> Iterator[str]:
    """Yield the published addresses at which there would be nothing, but for those that were given up."""
    there, gone = site.planned | site.answered, site.config.gone
    exact = {unquote(entry).rstrip("/") for entry in gone}
    starts = tuple([unquote(entry[:-1]) for entry in gone if entry.endswith("*")])
    for address in published:
        is_given_up = address.rstrip("/") in exact or address.startswith(starts)
        if not (_is_there(address, there) or is_given_up):
            yield address


def _is_there(address: str, there: Container[str]) -> bool:
    """Say whether a host answers: every one leads from `/pairs` to the folder `/pairs/`."""
    return address in there or f"{address}/" in there


def _is_briefing(address: str) -> bool:
    name = address.removeprefix(BRIEFINGS).strip("/")
    return address.startswith(BRIEFINGS) and "/" not in name and not _YEAR.fullmatch(name)


def _find_switch(address: str, root: str, families: PageSettings) -> str:
    """Return the setting of `[pages]` by which what stood at an address is not made, if one is off."""
    parts = address.strip("/").split("/")
    switches = SWITCHES.get(root, ())
    if root == FAMILIES["pair"] and len(parts) > 2 and not _YEAR.fullmatch(parts[2]):
        switches = (*switches, "pair_sectors")
    return next((switch for switch in switches if not getattr(families, switch)), "")


def _tell_switch(switch: str, root: str, number: int, site: BuiltSite) -> Problem:
    where = site.find_setting(f"pages.{switch}")
    addresses = "1 published address" if number == 1 else f"{number:,} published addresses"
    said = f'"pages.{switch}" is off, and nothing would be at {addresses} below {root} any more'
    return warning("vanished-list", where, said, "leave it on where readers use them")


def _tell_foreign(addresses: tuple[str, ...], site: BuiltSite) -> Problem:
    where = Location(site.published.path if site.published else "")
    if not addresses:
        return warning("foreign-sitemap", where, "this sitemap lists no address: nothing was held against it")
    said = f"no address of this sitemap lies below {site.base_url}, where the site will stand: nothing was held against it"
    hint = f"its first is {addresses[0]}; where the site has moved, let the old host lead on to the new one"
    return warning("foreign-sitemap", where, said, hint)


def _tell_pages(broken: list[str], published: list[str], site: BuiltSite, give_up: str) -> Iterator[Problem]:
    """Yield an error for each of some published addresses, with the file that may have taken the place of what stood there."""
    drafts = {source_url(source): source for source in site.briefings if source.draft}
    ids = {source.id for source in drafts.values()}
    waiting = {source_url(source): source for source in site.briefings if source.translation_of in ids and not source.draft}
    known = {*published, *drafts, *waiting}
    new = [source for source in site.sources if source_url(source) not in known]
    fresh = {_slug(source.id): source for source in new}
    for address in broken:
        if draft := drafts.get(address):
            where = site.find_key(draft.location.path, "draft")
            said = f"this is a draft, and nothing would be at its published address {address} any more"
            hint = f'write "withdrawn" with a date and the reason in its place, which keeps the address, or {give_up}'
            yield error("broken-address", where, said, hint)
        elif translation := waiting.get(address):
            where = site.find_key(translation.location.path, "translation_of")
            original = translation.translation_of
            said = f'"{original}" is a draft, and nothing would be at the published address {address} of its translation any more'
            yield error(
                "broken-address", where, said, f'publish the original, or take the key "translation_of" out, or {give_up}'
            )
        else:
            near = _find_nearest(address, fresh, is_exact=len(broken) * len(fresh) > COMPARED)
            yield error("broken-address", Location(address), _SAID, _say_what_to_do(address, near, give_up))


def _find_nearest(address: str, fresh: Mapping[str, Briefing | ContentPage], *, is_exact: bool) -> Briefing | ContentPage | None:
    slug = _slug(address.strip("/").rpartition("/")[2])
    if slug in fresh or is_exact:
        return fresh.get(slug)
    from difflib import get_close_matches  # Few sites have such a fault.

    near = get_close_matches(slug, fresh, n=1)
    return fresh[near[0]] if near else None


def _slug(name: str) -> str:
    """Return a name without its day, by which the names of any two briefings would be near to each other."""
    return _DAY.sub("", name.removesuffix(".html"))


def _say_what_to_do(address: str, near: Briefing | ContentPage | None, give_up: str) -> str:
    # `/about` is the folder `/about/`, but no host takes `/about.php` for one.
    alias = address if "." in address.rpartition("/")[2] else f"{address.rstrip('/')}/"
    if not is_alias(alias):
        return f"let the host lead on from there, or {give_up}"
    if near:
        line = f'"aliases: [{", ".join((*near.aliases, alias))}]"'
        return f"write {line} into {near.location.path} if that takes its place, or {give_up}"
    back = 'bring its file back, "withdrawn" if it must not be read any more, or ' if _is_briefing(address) else ""
    return f'{back}write "aliases: [{alias}]" into the page that takes its place, or {give_up}'


def find_taken_addresses(site: BuiltSite) -> Iterator[Problem]:
    """Yield addresses that have moved or are given up and that the site has: nobody would hear of it when they go again.

    Those that are not published are no fault: what was given up is not, from the next publication on.
    """
    leads, base = dict(site.redirects), site.base_path.rstrip("/")
    for source, target in site.config.moved.items():
        if leads.get(base + source) != base + target:
            said = f'"{source}" has moved, and is an address of the site: what stands there comes first'
            yield warning("taken-address", site.find_setting(f"moved.{source}"), said, "take it out")
    there = site.planned | site.answered
    for entry in site.config.gone:
        start, is_start = unquote(entry[:-1]), entry.endswith("*")
        if any(address.startswith(start) for address in there) if is_start else _is_there(unquote(entry), there):
            text = site.texts[site.settings]
            line = site.find_setting("gone").line
            # The address may stand in the navigation, too: what counts is where it is given up.
            begin = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
            where = locate(site.settings, text, max(text.find(entry, begin), begin))
            said = "the site has addresses that begin so" if is_start else "is an address of the site"
            yield warning("taken-address", where, f'"{entry}" is given up, and {said}', "take it out")
