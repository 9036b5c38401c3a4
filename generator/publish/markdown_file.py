"""A briefing as Markdown, for tools and reuse: what its page says, in the file beside it.

What stands as plain text in front matter is escaped, so that a title with an asterisk reads as it was written. The text itself
stays as the editor wrote it, but for links that lead nowhere outside its page. Its headings may be called as the file's own are,
and stand on their level: pushed down by one, they would be other headings than the page has.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from urllib.parse import urljoin

from generator.config import Licence
from generator.content.code_lines import split_code
from generator.languages import name_language
from generator.publish.articles import Article
from generator.publish.cards import Term
from generator.publish.citations import Imprint, make_citation
from generator.publish.reading import locate_countries, locate_sectors, read_article, show_text
from generator.publish.urls import absolute
from generator.text import squeeze
from generator.vocabulary import Vocabulary

# An underscore within a word marks nothing. `<`, `&` and `~` have no escape that every dialect knows but their entities.
_MARKS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_TO_ESCAPE = re.compile(r"[\\`*\[\]_#<&]|~~|^(?:[>+-]|\d+[.)])")
_TILDES = re.compile(r"~{2,}")
_OPENING = re.compile(r"^(?=[#>+-])|^(\d+)(?=[.)])")

# A block of its own, wherever it stands.
_HEADING = re.compile(r"^(#.*\n)", re.MULTILINE)
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|\d+\.) ")
# Code may go on in the next line of its paragraph. A fence in a list or a quotation is such code: it opens no block there.
_NEW_BLOCK = r"[ \t>]*(?:\n|[#|:]|(?:[-+*]|\d+\.) |(?:[-=*_] *)+(?:\n|\Z))"
_CODE = re.compile(rf"(?<!`)(`+)(?!`).*?(?:\n(?!{_NEW_BLOCK}).*?)*?(?<!`)\1(?!`)")
# Where a link or a picture leads, inline or as a reference, unless that is a whole address or a place of the text itself.
_RELATIVE = r"(?![a-zA-Z][a-zA-Z\d+.-]*:|//|#)([^\s<>()]+)"
_INLINE = re.compile(rf"(\]\( *<?){_RELATIVE}")
_REFERENCE = re.compile(rf"(?m)(^ {{0,3}}\[(?!\^)[^\]\n]+\]: *<?){_RELATIVE}")
_RAW = re.compile(r"""(\s(?:href|src)=["'])(/(?!/)[^"'\s]*)""")


def make_markdown(article: Article, imprint: Imprint, licence: Licence, vocabulary: Vocabulary | None) -> bytes:
    """Return a briefing as Markdown: what may be shown of it, who wrote it and what may be done with it, its terms and sources.

    `vocabulary` is needed where only the sentences may be shown that bear out its terms.
    """
    card, briefing, base_url = article.card, article.briefing, imprint.site_url
    page = absolute(base_url, card.url)
    lines = [f"# {_escape(card.title)}", "", f"{card.date.isoformat()} · {page}", ""]
    lines += _tell_rights(article, imprint, licence)
    for version in card.versions:
        lines.append(f"- Also in {name_language(version.lang)}: [{_escape(version.title)}]({absolute(base_url, version.url)})")
    lines.append("")
    if briefing.summary:
        lines += [_escape(briefing.summary), ""]
    if briefing.key_points:
        lines += ["## Key points", "", *(f"- {_escape(point)}" for point in briefing.key_points), ""]
    if article.rights != "full":
        lines += ["The text belongs to its publisher and is not in this file.", ""]
    if body := article.body():
        lines += ["## Text", "", complete_links(body, base_url, page), ""]
    elif vocabulary:
        lines += ["## Evidence", "", *(f"> {_escape(quote)}\n" for quote in _quote(article, base_url, vocabulary))]
    if briefing.corrections:
        notes = (f"- {item.date.isoformat()}: {_escape(item.text)}" for item in briefing.corrections)
        lines += ["## Corrections", "", *notes, ""]
    lines += ["## Terms", "", *(f"- {_link(term, base_url)}" for term in card.terms), ""]
    if briefing.sources:
        lines += ["## Sources", ""]
    for source in briefing.sources:
        parts = (source.byline, source.publisher, source.title, source.published.isoformat() if source.published else "")
        lines.append("- " + ", ".join([*map(_escape, filter(None, parts)), *filter(None, (source.url,))]))
    return ("\n".join(lines).strip() + "\n").encode()


def _tell_rights(article: Article, imprint: Imprint, licence: Licence) -> Iterator[str]:
    """Yield who wrote the text, in which language, and under which terms it may be reused."""
    citation = make_citation(article, imprint)
    if by := citation.author or citation.publisher:
        yield f"- By: {_escape(by)}"
    yield f"- Language: {article.card.lang}"
    if citation.form == "article":
        yield f"- Rights: an article of {_escape(citation.publisher)}, to whom its text belongs"
    if licence.url:
        # A text under a title of the archive's may still be another's.
        yield f"- Licence of what the archive wrote itself: {_escape(licence.name)}, {licence.url}"


def _quote(article: Article, base_url: str, vocabulary: Vocabulary) -> Iterator[str]:
    shown = show_text(article, base_url)
    countries = locate_countries(article, shown, vocabulary)
    sectors = locate_sectors(article, shown, vocabulary)
    yield from (item.quote for item in read_article(article, shown, countries, sectors).quotations)


def _link(term: Term, base_url: str) -> str:
    return f"[{_escape(term.name)}]({absolute(base_url, term.url)})" if term.url else _escape(term.name)


def _escape(text: str) -> str:
    """Return plain text as one line of Markdown that reads so."""
    line = squeeze(text)
    if not _TO_ESCAPE.search(line):
        return line
    line = line.replace("&", "&amp;") if "&" in line and ";" in line else line
    line = _MARKS.sub(r"\\\g<0>", line.replace("<", "&lt;"))
    line = _TILDES.sub(lambda found: "&#126;" * len(found[0]), line) if "~~" in line else line
    bare = line.rstrip("#")
    line = bare + r"\#" * (len(line) - len(bare))
    return _OPENING.sub(r"\1\\", line)


def complete_links(body: str, base_url: str, page: str) -> str:
    """Return a body whose links lead from anywhere where they lead from its `page`; code stays as it is."""
    # Most texts have no such link, and are looked at once and not line by line.
    if not (_INLINE.search(body) or ("]:" in body and _REFERENCE.search(body)) or _RAW.search(body)):
        return body

    def complete(found: re.Match[str]) -> str:
        start, target = found.groups()
        return start + (absolute(base_url, target) if target.startswith("/") else urljoin(page, target))

    parts = [(is_code, "\n".join([line for line, _ in lines])) for is_code, lines in groupby(_find_code(body), itemgetter(1))]
    return "\n".join([text if is_code else _replace(text, complete) for is_code, text in parts])


def _replace(text: str, complete: Callable[[re.Match[str]], str]) -> str:
    """Return lines with their links completed. No code goes on behind a heading."""
    return "".join([_replace_beside_code(part, complete) for part in _HEADING.split(text)])


def _replace_beside_code(text: str, complete: Callable[[re.Match[str]], str]) -> str:
    """Return lines with their links completed; what stands between backticks is code."""
    if "]:" in text:
        text = _REFERENCE.sub(complete, text)
    if "](" not in text and "=" not in text:
        return text
    pieces, end = [], 0
    for code in _CODE.finditer(text) if "`" in text else ():
        pieces += [_complete(text[end : code.start()], complete), code[0]]
        end = code.end()
    return "".join(pieces) + _complete(text[end:], complete)


def _complete(text: str, complete: Callable[[re.Match[str]], str]) -> str:
    return _RAW.sub(complete, _INLINE.sub(complete, text))


def _find_code(body: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of a body, and whether it is code: between fences, or indented where no list goes on."""
    in_list, in_code, after_blank = False, False, True
    for line, is_fenced in split_code(body):
        is_indented = line.startswith(("    ", "\t"))
        in_code = is_indented and not is_fenced and not in_list and (after_blank or in_code)
        yield line, is_fenced or in_code
        if is_fenced:
            in_list = False
        elif line.strip() and not is_indented:
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and not after_blank)
        # Fences stand apart, as between blank lines.
        after_blank = is_fenced or not line.strip()
