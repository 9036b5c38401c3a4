"""Every page says what it is, in what language and where; no id stands twice; and readers can reach it from the home page."""

from collections.abc import Iterator

from generator.check.site import BuiltSite
from generator.errors import Problem, error, warning
from generator.publish.urls import HOME

MISSING_PAGE = "/404.html"


def find_repeated_ids(site: BuiltSite) -> Iterator[Problem]:
    """Yield each id that two elements of a page have: a link to it leads to the first of them, whichever was meant."""
    for page, document in site.documents.items():
        for name in document.repeated:
            yield error("repeated-id", site.owner(page), f'two elements of {page} have the id "{name}"')


def find_missing_titles(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages without a title, which search engines, tabs and screen readers show first."""
    for page, document in site.documents.items():
        if not document.title:
            yield error("missing-title", site.owner(page), f"the page {page} has no <title>")


def find_wrong_headings(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages that do not have exactly one main heading."""
    for page, document in site.documents.items():
        if document.headings != 1 and not document.refresh:
            number = "no" if not document.headings else f"{document.headings}"
            things = "main heading (<h1>)" if not document.headings else "main headings (<h1>)"
            yield error("wrong-headings", site.owner(page), f"the page {page} has {number} {things}", "give it one")


def find_missing_languages(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages that do not say their language, so that a screen reader guesses how to speak."""
    for page, document in site.documents.items():
        if not document.lang:
            yield error("missing-language", site.owner(page), f"the page {page} does not say its language", "write <html lang=…>")


def find_wrong_canonicals(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages whose canonical address is missing or that of another page; a redirect has that of its target."""
    for page, document in site.documents.items():
        wanted = site.resolve(document.refresh, page) if document.refresh else (page, "")
        if page == MISSING_PAGE or wanted is None:
            continue
        whole = site.base_url + wanted[0].removeprefix("/")
        if not document.canonical:
            yield error(
                "missing-canonical", site.owner(page), f"the page {page} does not say its canonical address", f"it is {whole}"
            )
        elif document.canonical != whole:
            said = f'the canonical address of {page} is "{document.canonical}"'
            yield error("wrong-canonical", site.owner(page), said, f"it should be {whole}")


def find_unreachable_pages(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages that no way of links leads to from the home page: readers will not find them."""
    if HOME not in site.documents:
        return
    reached, waiting = {HOME}, [HOME]
    while waiting:
        page = waiting.pop()
        document = site.documents[page]
        for link in document.ways:
            found = site.resolve(link, page)
            if found and found[0] in site.documents and found[0] not in reached:
                reached.add(found[0])
                waiting.append(found[0])
    for page, document in site.documents.items():
        # What was withdrawn, and a list that this has emptied, are for those alone who have the address.
        if page not in reached and not document.is_hidden and not document.refresh and page != MISSING_PAGE:
            yield warning(
                "unreachable-page", site.owner(page), f"no link leads to the page {page}", "link it from a page that is read"
            )
