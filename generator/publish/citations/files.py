"""A citation as a file for citation managers: BibTeX, RIS, CSL-JSON.

Each format has its own way of being broken by a title: BibTeX runs commands and counts braces, RIS ends a field with the line.
Nothing is cut, since a citation with half a title cannot be found again.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256

from generator.model import Author
from generator.publish.citations.authors import invert, invert_flat
from generator.publish.citations.citation import Citation
from generator.text import slugify

# BibTeX counts braces without regard to backslashes, so that `\{` would open a group for ever; named commands close their own.
# Letters of all scripts stay: biber and every citation manager read UTF-8, and a code for each letter cannot be searched.
_BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: "\\" + char for char in "&%$#_"},
    }
)
_BIBTEX_KEY = re.compile(r"[A-Za-z0-9_.:-]+")
_BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The names that babel gives languages; one that is not known to it would be a warning in every run of LaTeX.
_BIBTEX_LANGUAGES = {
    "ar": "arabic",
    "de": "ngerman",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "id": "indonesian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "uk": "ukrainian",
    "vi": "vietnamese",
    "zh": "chinese",
}


def render_bibtex(citation: Citation) -> bytes:
    """Return the citation as one entry for BibTeX, BibLaTeX and citation managers: `@misc`, or `@article` for an article."""
    is_article = citation.form == "article" and bool(citation.container)
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(citation, is_article))
    return f"@{'article' if is_article else 'misc'}{{{_bibtex_key(citation.key)},\n{fields}}}\n".encode()


def _bibtex_key(key: str) -> str:
    """Return a key as BibTeX takes it: as it is, or in Latin letters with a hash that tells it from all others.

    `2024-06-03-首脳会談` and `2024-06-03-通商` are both `2024-06-03-` without what BibTeX refuses. RIS and CSL refuse nothing.
    """
    if _BIBTEX_KEY.fullmatch(key):
        return key
    return f"{slugify(key)}-{sha256(key.encode()).hexdigest()[:6]}"


def _bibtex_fields(citation: Citation, is_article: bool) -> Iterator[tuple[str, str]]:
    container = "" if citation.container == citation.publisher and not is_article else citation.container
    # A second pair of braces keeps the title in its own capitals, and "Ministry of Trade and Industry" one name instead of two.
    authors = " and ".join(map(_bibtex_author, citation.authors))
    texts = [(name, text and _braced(text)) for name, text in (("title", citation.title), ("publisher", citation.publisher))]
    yield from ((name, f"{{{text}}}") for name, text in (("author", authors), *texts) if text)
    if container:
        yield "journal" if is_article else "howpublished", _braced(container)
    if citation.published:
        yield "date", f"{{{citation.published.isoformat()}}}"
        yield "year", f"{{{citation.published.year:04}}}"
        yield "month", _BIBTEX_MONTHS[citation.published.month - 1]
    if citation.url:  # Verbatim, as the packages that set it expect; an address has no braces and no backslash left.
        yield "url", f"{{{citation.url}}}"
    if citation.archive:  # BibLaTeX's field for where a copy is kept; no style of its own prints it, and managers read it.
        yield "library", _braced(f"{citation.archive}, {citation.page_url}")
    if language := _BIBTEX_LANGUAGES.get(citation.lang.partition("-")[0].lower()):
        yield "langid", f"{{{language}}}"
    if citation.keywords:
        yield "keywords", _braced(", ".join(citation.keywords))
    if citation.abstract:
        yield "abstract", _braced(citation.abstract)


def _bibtex_author(author: Author) -> str:
    # What is no person, or would be taken for two, is one name in braces of its own.
    is_plain = author.given and not re.search(r"[,{}]|\band\b", author.family + author.given)
    return invert(author).translate(_BIBTEX_ESCAPES) if is_plain else _braced(invert(author))


def _braced(text: str) -> str:
    return f"{{{text.translate(_BIBTEX_ESCAPES)}}}"


def render_ris(citation: Citation) -> bytes:
    """Return the citation as one RIS record, `ELEC` for a page, `NEWS` for an article; each value is one line."""
    day = citation.published
    fields = (
        ("TY", "NEWS" if citation.form == "article" else "ELEC"),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", invert_flat(author, is_body=citation.form == "webpage")) for author in citation.authors),
        ("T2", citation.container),
        ("PB", citation.publisher),
        ("PY", f"{day.year:04}" if day else ""),
        ("DA", day.isoformat().replace("-", "/") if day else ""),
        ("UR", citation.url),
        ("DB", citation.archive),
        ("L2", citation.page_url if citation.archive and citation.url != citation.page_url else ""),
        ("LA", citation.lang),
        ("AB", citation.abstract),
        *(("KW", keyword) for keyword in citation.keywords),
    )
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "".join(line + "\r\n" for line in (*lines, "ER  - ")).encode()


def _csl_author(author: Author) -> dict[str, str]:
    return {"family": author.family, "given": author.given} if author.given else {"literal": author.family}


def render_csl(citation: Citation) -> bytes:
    """Return the citation as CSL-JSON, a list of one item, which Zotero, Pandoc and citeproc read."""
    day = citation.published
    item = {
        "id": citation.key,
        "type": "article-newspaper" if citation.form == "article" else "webpage",
        "title": citation.title,
        "author": [_csl_author(author) for author in citation.authors],
        "container-title": citation.container,
        # Styles that print a publisher print it beside the author, and APA names no body twice.
        "publisher": citation.publisher if citation.author != citation.publisher else "",
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else {},
        "URL": citation.url,
        "archive": citation.archive,
        "archive_location": citation.page_url if citation.archive else "",
        "language": citation.lang,
        "keyword": ", ".join(citation.keywords),
        "abstract": citation.abstract,
    }
    known = {name: value for name, value in item.items() if value}
    return (json.dumps([known], ensure_ascii=False, indent=2) + "\n").encode()
