"""A citation as a reader copies it, in four styles: pieces of text, some of them in italics, which a template turns into HTML.

The styles are those of the English editions. None gives the day on which a page was seen, though Harvard likes to: a page that is
the same for everyone cannot know it, and the text of a briefing does not move.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.publish.citations.citation import Citation
from generator.text import MONTHS

_MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_DOUBLE_QUOTED = re.compile(r'"([^"]*)"|[“„]([^“”„]*)”')
# An apostrophe within a word closes no quotation, and one before a number ("the '90s") opens none.
_SINGLE_QUOTED = re.compile(r"(?<!\w)['‘](?!\d)((?:[^'‘’]|(?<=\w)['’](?=\w))+)['’](?!\w)")


TITLE, NAME, ADDRESS = "title", "name", "address"


class Run(NamedTuple):
    """A piece of a styled citation; its `part` says what may run the other way than the text around it."""

    text: str
    is_italic: bool = False
    part: str = ""


def style_citation(citation: Citation, style: str) -> tuple[Run, ...]:
    """Return the citation in one of `STYLES`."""
    merged: list[Run] = []
    for run in STYLES[style](citation):
        if merged and merged[-1][1:] == run[1:]:
            run = run._replace(text=merged.pop().text + run.text)  # noqa: PLW2901
        if run.text:
            merged.append(run)
    last = merged.pop()  # Where nothing follows, a style has left the space for it.
    return (*merged, last._replace(text=last.text.rstrip()))


def style_text(runs: Iterable[Run]) -> str:
    """Return a styled citation without its italics, for the clipboard."""
    return "".join(run.text for run in runs)


def _style_apa(citation: Citation) -> Iterable[Run]:
    """APA, 7th edition: pages have their title in italics, articles the name of the outlet."""
    is_page = citation.form == "webpage"
    day = citation.published
    when = f"({day.year}, {MONTHS[day.month - 1]} {day.day}). " if day else "(n.d.). "
    title = (Run(citation.title, is_page, TITLE), Run(_end(citation.title) + " "))
    if citation.author:
        yield from (Run(citation.author, part=NAME), Run(_end(citation.author) + " " + when))
        yield from title
    else:
        yield from title
        yield Run(when)
    if container := _other_container(citation):
        yield Run(container, not is_page, NAME)
        yield Run(_end(container) + " ")
    yield from _name_host(citation)
    yield Run(citation.url, part=ADDRESS)


def _style_chicago(citation: Citation) -> Iterable[Run]:
    """Chicago, 17th edition, as a bibliography of the notes style has it."""
    day = citation.published
    when = f"{MONTHS[day.month - 1]} {day.day}, {day.year}. " if day else "n.d. "
    if citation.author:
        yield from (Run(citation.author, part=NAME), Run(_end(citation.author) + " "))
    yield from (Run(_double_quote(citation.title), part=TITLE), Run(" "))
    if container := _other_container(citation):
        is_outlet = citation.form == "article"
        yield Run(container, is_outlet, NAME)
        yield Run(", " if is_outlet else _end(container) + " ")
    yield Run(when)
    yield from _name_host(citation)
    yield Run(citation.url, part=ADDRESS)


def _style_mla(citation: Citation) -> Iterable[Run]:
    """MLA, 9th edition: a body that publishes its own work is named once, as the publisher; a copy has two containers."""
    day = citation.published
    if citation.author and citation.author != citation.publisher:
        yield from (Run(citation.author, part=NAME), Run(_end(citation.author) + " "))
    yield from (Run(_double_quote(citation.title), part=TITLE), Run(" "))
    publisher = citation.publisher if citation.publisher != citation.container else ""
    when = f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}" if day else ""
    known = [
        run for run in (Run(citation.container, is_italic=True, part=NAME), Run(publisher, part=NAME), Run(when)) if run.text
    ]
    for number, run in enumerate(known):
        yield from (Run(", " if number else ""), run)
    if _is_hosted(citation):
        yield from (Run(". "), Run(citation.archive, is_italic=True, part=NAME))
    if citation.url:
        yield from (Run(", " if known else ""), Run(citation.url, part=ADDRESS))
    yield Run("." if known or citation.url else "")


def _style_harvard(citation: Citation) -> Iterable[Run]:
    """Harvard, as in *Cite Them Right*."""
    day = citation.published
    year = f"({day.year})" if day else "(no date)"
    container = _other_container(citation)
    title = Run(_single_quote(citation.title), part=TITLE) if container else Run(citation.title, is_italic=True, part=TITLE)
    if citation.author:
        yield from (Run(citation.author, part=NAME), Run(f" {year} "), title, Run(", " if container or day else ""))
    else:
        yield from (title, Run(f" {year}" + (" " if container else ", " if day else "")))
    yield Run(container, is_italic=True, part=NAME)
    when = f"{day.day} {MONTHS[day.month - 1]}" if day else ""
    yield Run((", " if container and when else "") + when + ". ")
    yield from _name_host(citation)
    if citation.url:
        yield from (Run("Available at: "), Run(citation.url, part=ADDRESS))


def _other_container(citation: Citation) -> str:
    """Return the site or outlet, unless it is its own author: no style names a body twice in a row."""
    return citation.container if citation.container != citation.author else ""


def _name_host(citation: Citation) -> Iterable[Run]:
    """Yield the archive as a sentence where the address is that of its copy."""
    if _is_hosted(citation):
        yield from (Run(citation.archive, part=NAME), Run(_end(citation.archive) + " "))


def _is_hosted(citation: Citation) -> bool:
    """Say whether the archive has to be named: an article's own address needs no archive."""
    return bool(citation.archive) and citation.url == citation.page_url


def _end(text: str) -> str:
    """Return the full stop that a text needs, or nothing where it ends itself."""
    return "" if text.endswith((".", "?", "!", "…", "。", "？", "！", "।", "؟")) else "."


def _double_quote(title: str) -> str:
    """Return a title in double quotation marks, those in it single, with its full stop inside as American styles have it."""
    inner = _DOUBLE_QUOTED.sub(lambda match: f"‘{match[1] or match[2] or ''}’", title)
    return f"“{inner}{_end(title)}”"


def _single_quote(title: str) -> str:
    """Return a title in single quotation marks, those in it double."""
    return "‘" + _SINGLE_QUOTED.sub(r"“\1”", title) + "’"


# In the order in which readers are offered them.
STYLES: Mapping[str, Callable[[Citation], Iterable[Run]]] = {
    "APA": _style_apa,
    "Chicago": _style_chicago,
    "MLA": _style_mla,
    "Harvard": _style_harvard,
}
