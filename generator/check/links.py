"""Every link of every page, feed and file leads somewhere: to a page that is there, and to an anchor that it has."""

from collections.abc import Iterator

from msgspec import Struct

from generator.check.site import BuiltSite
from generator.errors import Location, Problem, did_you_mean, error, warning
from generator.model import Briefing

# Comparing a mistyped address with 2,000 others takes 50 ms.
COMPARED = 2_000


class Link(Struct, frozen=True):
    """A link as a page has it, and the address and fragment that it leads to."""

    page: str
    written: str
    address: str
    fragment: str

    @property
    def target(self) -> str:
        """The address with its fragment, from the root of the site."""
        return f"{self.address}#{self.fragment}" if self.fragment else self.address


def _find_links(site: BuiltSite) -> Iterator[Link]:
    """Yield all links into the site, those of pages first: they are where an author looks."""
    for files in (site.documents, site.records):
        for page in sorted(files):
            links = files[page].links
            yield from (Link(page, written, *found) for written in links if (found := site.resolve(written, page)))


def find_broken_links(site: BuiltSite) -> Iterator[Problem]:
    """Yield each address that links lead to and that is not there."""
    there = site.planned | site.answered
    broken = [link for link in _find_links(site) if link.address not in there]
    for where, link, more in _gather(broken, site):
        hint = f'write "{link.address}/"' if f"{link.address}/" in site.planned else _suggest(link.address, site)
        yield error("broken-link", where, f'the link to "{link.address}" leads to no page{more}', hint)


def find_broken_anchors(site: BuiltSite) -> Iterator[Problem]:
    """Yield each fragment that links lead to and that its page does not have."""
    broken = [
        link
        for link in _find_links(site)
        if link.fragment
        and link.fragment != "top"
        and not link.fragment.startswith(":~:")
        and link.address in site.documents
        and link.fragment not in site.documents[link.address].ids
    ]
    for where, link, more in _gather(broken, site):
        hint = did_you_mean(link.fragment, site.documents[link.address].ids)
        yield error(
            "broken-anchor", where, f'"{link.address}" has no place called "{link.fragment}", to which a link leads{more}', hint
        )


def find_links_beside_the_site(site: BuiltSite) -> Iterator[Problem]:
    """Yield links that begin at the root of the host, although the site stands below a path."""
    stray = [
        Link(page, written, written, "")
        for page in sorted(site.documents)
        for written in site.documents[page].links
        if written.startswith("/") and not written.startswith("//") and site.resolve(written, page) is None
    ]
    for where, link, more in _gather(stray, site):
        yield error(
            "link-beside-site", where, f'the link to "{link.written}" leaves the path of the site, {site.base_path}{more}'
        )


def find_broken_redirects(site: BuiltSite) -> Iterator[Problem]:
    """Yield the lines of `_redirects` that lead to no page of the site."""
    sources = dict(site.redirects)
    for source, target in site.redirects:
        found = site.resolve(target, "/")
        is_told = f"{source}/" in sources  # The other form of an address has a line of its own.
        if not is_told and (found is None or found[0] not in site.planned | site.answered):
            former = "/" + source.removeprefix(site.base_path)
            where = site.find_setting(f"moved.{former}") if former in site.config.moved else Location("/_redirects")
            yield error("broken-redirect", where, f'the redirect from "{source}" leads to no page: "{target}"')


def find_insecure_links(site: BuiltSite) -> Iterator[Problem]:
    """Yield links of authors that lead out of the site by `http:`, which anyone on the way can read and change.

    The address of a source is a fact about it, which nobody may mend, and no fault.
    """
    cited = {source.url for briefing in site.sources if isinstance(briefing, Briefing) for source in briefing.sources}
    insecure = [
        (written, page)
        for page in sorted(site.owners.keys() & site.documents.keys())
        for written in site.documents[page].links
        if written.startswith("http://") and written not in cited and site.resolve(written, page) is None
    ]
    for written, page in insecure:
        where = site.find_place(written, page)
        if where:
            yield warning("insecure-link", where, f'the link to "{written}" is not encrypted', "write https: if that answers")


def _gather(links: list[Link], site: BuiltSite) -> Iterator[tuple[Location, Link, str]]:
    """Yield place, link and where else: each fault where its author made it, or once for all pages that have it of a template."""
    by_target: dict[str, list[Link]] = {}
    for link in links:
        by_target.setdefault(link.target, []).append(link)
    for same in by_target.values():
        places = {where: link for link in same if (where := _find_place(link, site))}
        yield from ((where, link, "") for where, link in places.items())
        if not places:
            others = len({link.page for link in same}) - 1
            more = f", here and on {others:,} other {'page' if others == 1 else 'pages'}" if others else ""
            yield site.owner(same[0].page), same[0], more


def _find_place(link: Link, site: BuiltSite) -> Location | None:
    """Return where an author wrote a link: the one for reports of errors stands on pages with a query that asks about them."""
    return site.find_place(link.written, link.page) or site.find_place(link.written.partition("?")[0], link.page)


def _suggest(address: str, site: BuiltSite) -> str:
    folder = address.rstrip("/").rpartition("/")[0] + "/"
    near = [other for other in site.planned if other.startswith(folder) and other.endswith("/")]
    return did_you_mean(address, near) if len(near) <= COMPARED else ""
