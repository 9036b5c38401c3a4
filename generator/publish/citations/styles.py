"""A citation as a reader copies it, in four styles, as HTML.

The styles are those of the English editions. None gives the day on which a page was seen, though Harvard likes to: a page that is
the same for everyone cannot know it, and the text of a briefing does not move.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup
from msgspec import Struct

from generator.publish.citations.authors import Bylines, style_authors
from generator.publish.citations.citation import Citation
from generator.publish.escaping import escape_text, make_html
from generator.text import MONTHS, find_full_stop

_MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
# Both begin with the marks themselves: a search for what can stand at their left took four times as long.
_DOUBLE_QUOTED = re.compile(r'"[^"]*"|“[^“”„]*”|„[^“”„]*”')
# An apostrophe within a word closes no quotation, and one before a number ("the '90s") opens none.
_SINGLE_QUOTED = re.compile(r"['‘](?<!\w.)(?!\d)((?:[^'‘’]|(?<=\w)['’](?=\w))+)['’](?!\w)")


def style_citation(citation: Citation, tongue: str = "") -> tuple[tuple[str, Markup], ...]:
    """Return the name of each of `STYLES` with the citation in it.

    `tongue` says as attributes which language the title is in, unless it is the frame's.
    """
    parts = _show_parts(citation, tongue)
    # Where nothing follows, a style has left the space for it.
    return tuple([(name, make_html(write(citation, parts).rstrip())) for name, write in STYLES.items()])


class _Parts(Struct, frozen=True):
    """What the styles put in order: parts of a citation as HTML, empty where nothing is known.

    `quoted_title` is the title as American styles have it; `bylines` are plain; `host` is the archive as a sentence where the
    address is that of its copy. `other_container` is the site or outlet, unless it is its own author: no style names a body twice
    in a row.
    """

    tongue: str
    quoted_title: str
    bylines: Bylines
    container: str
    other_container: str
    host: str
    address: str


def _show_parts(citation: Citation, tongue: str) -> _Parts:
    container, bylines = _name(citation.container), style_authors(citation.authors)
    return _Parts(
        tongue=tongue,
        quoted_title=_title(_double_quote(citation.title), tongue),
        bylines=bylines,
        container=container,
        other_container=container if citation.container != bylines.apa else "",
        host=f"{_name(citation.archive)}{find_full_stop(citation.archive)} " if _is_hosted(citation) else "",
        # An address runs from left to right beside words of any script.
        address=f'<bdi dir="ltr">{escape_text(citation.url)}</bdi>' if citation.url else "",
    )


def _title(text: str, tongue: str) -> str:
    return f"<span{tongue}>{escape_text(text)}</span>" if tongue else escape_text(text)


def _italic_title(text: str, tongue: str) -> str:
    return f"<i{tongue}>{escape_text(text)}</i>"


def _name(text: str) -> str:
    """Return a name that does not turn the words beside it round."""
    return escape_text(text) if text.isascii() else f"<bdi>{escape_text(text)}</bdi>"


def _begin(byline: str) -> str:
    """Return authors as the first sentence of a citation."""
    return f"{_name(byline)}{find_full_stop(byline)} " if byline else ""


def _style_apa(citation: Citation, parts: _Parts) -> str:
    """APA, 7th edition: pages have their title in italics, articles the name of the outlet."""
    is_page = citation.form == "webpage"
    day = citation.published
    when = f"({day.year}, {MONTHS[day.month - 1]} {day.day}). " if day else "(n.d.). "
    title = (_italic_title if is_page else _title)(citation.title, parts.tongue)
    title = f"{title}{find_full_stop(citation.title)} "
    by = _begin(parts.bylines.apa)
    start = f"{by}{when}{title}" if by else f"{title}{when}"
    container = parts.other_container
    if container:
        container = f"{container if is_page else _italic(container)}{find_full_stop(citation.container)} "
    return f"{start}{container}{parts.host}{parts.address}"


def _style_chicago(citation: Citation, parts: _Parts) -> str:
    """Chicago, 17th edition, as a bibliography of the notes style has it."""
    day = citation.published
    when = f"{MONTHS[day.month - 1]} {day.day}, {day.year}. " if day else "n.d. "
    container = parts.other_container
    if container:
        is_outlet = citation.form == "article"
        container = f"{_italic(container)}, " if is_outlet else f"{container}{find_full_stop(citation.container)} "
    address = f"{parts.address}." if parts.address else ""
    return f"{_begin(parts.bylines.chicago)}{parts.quoted_title} {container}{when}{parts.host}{address}"


def _style_mla(citation: Citation, parts: _Parts) -> str:
    """MLA, 9th edition: a body that publishes its own work is named once, as the publisher; a copy has two containers."""
    day = citation.published
    by = _begin(parts.bylines.mla) if parts.bylines.mla != citation.publisher else ""
    publisher = _name(citation.publisher) if citation.publisher != citation.container else ""
    when = f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}" if day else ""
    known = ", ".join(filter(None, (_italic(parts.container), publisher, when)))
    if _is_hosted(citation):
        known += f". {_italic(_name(citation.archive))}"
    known = ", ".join(filter(None, (known, parts.address)))
    return f"{by}{parts.quoted_title} {known}{'.' if known else ''}"


def _style_harvard(citation: Citation, parts: _Parts) -> str:
    """Harvard, as in *Cite Them Right*."""
    day = citation.published
    year = f"({day.year})" if day else "(no date)"
    when = f"{day.day} {MONTHS[day.month - 1]}" if day else ""
    container = parts.other_container
    title = _title(_single_quote(citation.title), parts.tongue) if container else _italic_title(citation.title, parts.tongue)
    if parts.bylines.harvard:
        start = f"{_name(parts.bylines.harvard)} {year} {title}{', ' if container or day else ''}"
    else:
        start = f"{title} {year}{' ' if container else ', ' if day else ''}"
    end = f"{', ' if container and when else ''}{when}. {parts.host}"
    return f"{start}{_italic(container)}{end}{'Available at: ' if parts.address else ''}{parts.address}"


def _italic(html: str) -> str:
    return f"<i>{html}</i>" if html else ""


def _is_hosted(citation: Citation) -> bool:
    """Say whether the archive has to be named: an article's own address needs no archive."""
    return bool(citation.archive) and citation.url == citation.page_url


def _double_quote(title: str) -> str:
    """Return a title in double quotation marks, those in it single, with its full stop inside as American styles have it."""
    inner = _DOUBLE_QUOTED.sub(lambda match: f"‘{match[0][1:-1]}’", title)
    return f"“{inner}{find_full_stop(title)}”"


def _single_quote(title: str) -> str:
    """Return a title in single quotation marks, those in it double."""
    return "‘" + _SINGLE_QUOTED.sub(r"“\1”", title) + "’"


# In the order in which readers are offered them.
STYLES: Mapping[str, Callable[[Citation, _Parts], str]] = {
    "APA": _style_apa,
    "Chicago": _style_chicago,
    "MLA": _style_mla,
    "Harvard": _style_harvard,
}
