"""Every form of a citation is read back by a library that is not ours, and must say what the briefing says."""

import json
import re
import warnings
from datetime import date, datetime, timedelta, timezone
from html import unescape
from itertools import accumulate
from typing import Any

import bibtexparser
import extruct
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as CiteprocCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import html
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from generator.fingerprint import fingerprint
from generator.model import Author, Source
from generator.publish.citations import (
    STYLES,
    Citation,
    find_source_citation,
    make_citation,
    make_imprint,
    make_json_ld,
    make_meta,
    render_bibtex,
    render_csl,
    render_ris,
    style_citation,
)
from generator.publish.citations.citation import _PLAIN_ADDRESS, _escape_address, find_web_address
from generator.publish.json_ld import breadcrumb_json_ld
from generator.text import normalise, squeeze
from tests.factories import BASE_URL, make_article

SITE = "Bilateral Archive"
PUBLISHER = "Ministry of Trade and Industry, Example"
PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><html><head>{{ meta }}<script type='application/ld+json'>{{ json_ld }}</script></head><body></body></html>"
)
NASTY = (
    "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors",
    r"\input{/etc/passwd}",
    '=HYPERLINK("https://x.example";"a")',
    'A "quoted" title, with {braces} and a } too many',
    "}, title = {Other}, x = {",
    "Two\nlines\r\nER  - \nTY  - JOUR",
    "50% of R&D costs $5 #1_a ~x ^y <b>z</b> | w",
    "</script><script>alert(1)</script>",
    "भारत और दक्षिण कोरिया: सेमीकंडक्टर",
    "한국과 인도, 반도체 협력 강화",
    "اتفاق بين الهند وكوريا",
    "What now? ",
    "\\",
    "@article{x, title = {y}}",
    "% a comment",
    "a\u2028b\x85c\x0bd",
    "Wide " * 300 + "end",
)
# No text of an archive has lone surrogates, since it was read as UTF-8.
TITLES = st.one_of(
    st.sampled_from(NASTY),
    st.text(alphabet=st.one_of(st.sampled_from("\"'{}\\%&$#_~^<>|@=,\n\r\t -:"), st.characters(codec="utf-8")), min_size=1),
    st.lists(st.sampled_from(["{", "}", "\\", "\\input", "\\textbraceleft", " and ", "a", "\n\n"]), min_size=1).map("".join),
).filter(lambda title: bool(squeeze(normalise(title))))


def cite(title: str = "India And South Korea Agree On Chips", **changes: Any) -> Citation:
    return make_citation(make_article(title=title, **changes), make_imprint(SITE, PUBLISHER, BASE_URL))


def expect(citation: Citation) -> dict[str, str]:
    """Return the five things that no form of a citation may lose or change."""
    return {
        "title": citation.title,
        "author": citation.author,
        "publisher": citation.publisher,
        "date": citation.published.isoformat() if citation.published else "",
        "url": citation.url,
    }


def flatten(citation: Citation) -> dict[str, str]:
    """Return the same for a form in which a comma parts family and given name, and the name of a body has none."""
    return expect(citation) | {"author": citation.author.replace(PUBLISHER, PUBLISHER.replace(",", ""))}


# BibTeX

# The two commands are those of LaTeX itself; the library's table knows them only by their short forms.
_LATEX = get_default_latex_context_db()
_LATEX.add_context_category(
    "braces",
    prepend=True,
    macros=[MacroTextSpec("textbraceleft", simplify_repl="{"), MacroTextSpec("textbraceright", simplify_repl="}")],
)
_DECODER = LatexNodes2Text(latex_context=_LATEX, strict_latex_spaces=True, keep_comments=True)


def read_bibtex(content: bytes) -> dict[str, str]:
    library = bibtexparser.parse_string(content.decode(), append_middleware=[LatexDecodingMiddleware(decoder=_DECODER)])
    raw = bibtexparser.parse_string(content.decode())
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    fields["url"] = raw.entries[0].fields_dict["url"].value if "url" in fields else ""  # Set verbatim by LaTeX, not decoded.
    # The library reads the command for an ASCII circumflex as the raised one.
    return {name: value.replace("ˆ", "^") for name, value in fields.items()} | {"key": entry.key, "type": entry.entry_type}


def assert_bibtex_says(citation: Citation) -> None:
    fields = read_bibtex(render_bibtex(citation))
    wanted = {name: value.replace("ˆ", "^") for name, value in expect(citation).items()}
    assert {name: fields.get(name, "") for name in wanted} == wanted
    if citation.published:
        assert int(fields["year"]) == citation.published.year
        assert fields["month"] == citation.published.strftime("%b").lower()


@pytest.mark.parametrize("title", NASTY)
def test_bibtex_reads_back(title: str) -> None:
    citation = cite(title)
    assert_bibtex_says(citation)
    assert citation.sources
    assert_bibtex_says(citation.sources[0])


@settings(deadline=None, max_examples=150)
@given(TITLES)
def test_no_title_escapes_its_bibtex_field(title: str) -> None:
    content = render_bibtex(cite(title, summary=title, lang="en")).decode()
    for line in content.splitlines()[1:-1]:
        assert re.fullmatch(r"  [a-z]+ = (\{.*\}|[a-z]{3}),", line)
        braces = re.sub(r"[^{}]", "", line)
        depths = list(accumulate({"{": 1, "}": -1}[brace] for brace in braces))
        assert not depths or (depths[-1] == 0 and min(depths[:-1]) > 0)  # As BibTeX counts, for which a backslash is nothing.
    (entry,) = bibtexparser.parse_string(content).entries
    assert set(entry.fields_dict) == {
        *("author", "title", "publisher", "howpublished", "date", "year", "month", "url", "langid", "keywords", "abstract")
    }
    commands = set(re.findall(r"\\([a-z]+)", content))
    assert commands <= {"textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"}


def test_bibtex_keeps_a_body_with_an_and_one_author() -> None:
    assert "  author = {{Ministry of Trade and Industry, Example}},\n" in render_bibtex(cite()).decode()


def test_the_key_is_the_id_and_survives_a_new_title() -> None:
    assert read_bibtex(render_bibtex(cite("Another title")))["key"] == "2025-08-16-india-and-south-korea-agree-on-chips"
    assert cite("Another title").key == cite().key


def test_keys_tell_briefings_apart_whatever_their_script() -> None:
    ids = ["2024-06-03-首脳会談", "2024-06-03-通商", "2025-08-16-día,{x}", "2025-08-16-dia-x"]
    citations = [cite(id=each) for each in ids]
    keys = [read_bibtex(render_bibtex(citation))["key"] for citation in citations]
    assert re.fullmatch(r"2024-06-03-shou-[a-z-]+-[0-9a-f]{6}", keys[0])
    assert len(set(keys)) == len(ids)
    assert keys[3] == ids[3]
    assert all(re.fullmatch(r"[A-Za-z0-9_.:-]+", key) for key in keys)
    assert [json.loads(render_csl(citation))[0]["id"] for citation in citations] == ids
    assert [rispy.loads(render_ris(citation).decode())[0]["id"] for citation in citations] == ids


def test_a_source_is_an_article_of_its_outlet() -> None:
    fields = read_bibtex(render_bibtex(cite().sources[0]))
    assert (fields["type"], fields["journal"], fields["author"]) == ("article", "Example Times", "Asha Rao")
    assert fields["key"] == "2025-08-16-india-and-south-korea-agree-on-chips-source"


# RIS


def assert_ris_says(citation: Citation) -> None:
    content = render_ris(citation).decode()
    assert len(content.splitlines()) == content.count("\r\n")
    (record,) = rispy.loads(content)
    assert {
        "title": record["title"],
        "author": "".join(record.get("authors", [])),
        "publisher": record.get("publisher", ""),
        "date": record.get("date", "").replace("/", "-"),
        "url": "".join(record.get("urls", [])),
    } == flatten(citation)
    assert (record["id"], record.get("language", "")) == (citation.key, citation.lang)
    assert record.get("keywords", []) == list(citation.keywords)
    assert record.get("year", "") == (f"{citation.published.year:04}" if citation.published else "")


@settings(deadline=None, max_examples=150)
@given(TITLES)
def test_ris_reads_back_whatever_the_title(title: str) -> None:
    citation = cite(title, summary=title)
    assert_ris_says(citation)
    assert_ris_says(citation.sources[0])


# CSL-JSON


def read_csl(content: bytes) -> dict[str, Any]:
    (item,) = json.loads(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # The library warns of every variable that it does not know.
        reference = CiteProcJSON([item])[item["id"]]
    assert reference.type == item["type"]
    issued = reference.get("issued")
    return {
        "title": str(reference["title"]),
        "author": "".join(str(name) for name in item_names(reference)),
        "publisher": str(reference.get("publisher", "")),
        "date": f"{issued.year:04}-{issued.month:02}-{issued.day:02}" if issued else "",
        "url": str(reference.get("URL", "")),
    }


def item_names(reference: Any) -> list[str]:
    return [name.literal if hasattr(name, "literal") else str(name) for name in reference.get("author", [])]


@settings(deadline=None, max_examples=100)
@given(TITLES)
def test_csl_json_reads_back_whatever_the_title(title: str) -> None:
    citation = cite(title)
    assert read_csl(render_csl(citation)) == expect(citation) | {"publisher": ""}, "its author already is"
    assert read_csl(render_csl(citation.sources[0])) == expect(citation.sources[0])


def test_citeproc_makes_a_reference_of_it() -> None:
    citation = cite()
    source = CiteProcJSON(json.loads(render_csl(citation)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(CiteprocCitation([CitationItem(citation.key)]))
    (reference,) = (str(entry) for entry in bibliography.bibliography())
    assert reference.startswith(f"{PUBLISHER} (2025) ")
    assert citation.title in reference
    assert citation.url in reference


# The head of the page


def render_head(citation: Citation) -> str:
    return PAGE.render(meta=make_meta(citation), json_ld=make_json_ld(citation))


def list_tags(citation: Citation) -> dict[str, list[str]]:
    tree = html.fromstring(render_head(citation).replace("\0", ""))
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        found.setdefault(tag.get("name", ""), []).append(tag.get("content", ""))
    return found


def read_tags(citation: Citation) -> dict[str, str]:
    found = list_tags(citation)
    names = {"title": "title", "author": "author", "publisher": "publisher", "date": "publication_date", "url": "public_url"}
    said = {key: "".join(found.get(f"citation_{name}", [])) for key, name in names.items()}
    return said | {"date": said["date"].replace("/", "-")}


@settings(deadline=None, max_examples=100)
@given(TITLES)
def test_citation_tags_read_back_whatever_the_title(title: str) -> None:
    citation = cite(title)
    assert read_tags(citation) == flatten(citation)
    found = list_tags(citation)
    assert found["citation_language"] == ["en"]
    assert tuple(found["citation_keywords"]) == citation.keywords


def read_json_ld(page: str) -> dict[str, Any]:
    (article,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert isinstance(article, dict)
    return article


def read_statement(citation: Citation) -> dict[str, str]:
    article = read_json_ld(render_head(citation))
    author = article.get("author", "")
    return {
        "title": article["headline"],
        "author": author if isinstance(author, str) else author["name"],
        "publisher": article["publisher"]["name"],
        "date": article["datePublished"],
        "url": article.get("url", ""),
    }


@settings(deadline=None, max_examples=100)
@given(TITLES)
def test_json_ld_reads_back_whatever_the_title(title: str) -> None:
    citation = cite(title)
    assert read_statement(citation) == expect(citation)


def test_json_ld_says_what_the_page_is_about_and_based_on() -> None:
    article = read_json_ld(render_head(cite()))
    assert (article["@context"], article["@type"]) == ("https://schema.org", "Article")
    assert article["about"] == [{"@type": "Country", "name": "India"}, {"@type": "Country", "name": "South Korea"}]
    assert article["isPartOf"] == {"@type": "WebSite", "name": SITE, "url": BASE_URL}
    assert article["mainEntityOfPage"] == {"@type": "WebPage", "@id": article["url"]}
    assert article["inLanguage"] == "en"
    assert article["keywords"] == ["Semiconductors", "Shipbuilding", "India–South Korea", "India", "South Korea"]
    assert article["isBasedOn"] == [
        {
            "@type": "Article",
            "headline": "India, South Korea agree on chips",
            "url": "https://times.example/chips",
            "datePublished": "2025-08-16",
            "author": "Asha Rao",
            "publisher": {"@type": "Organization", "name": "Example Times"},
        }
    ]
    assert "dateModified" not in article


def test_json_ld_names_the_publishers_address_and_the_share_card_where_they_are_known() -> None:
    citation = make_citation(make_article(), make_imprint(SITE, PUBLISHER, BASE_URL, "https://publisher.example/"))
    value = json.loads(make_json_ld(citation, f"{BASE_URL}card.png"))
    body = {"@type": "Organization", "name": PUBLISHER, "url": "https://publisher.example/"}
    assert (value["author"], value["publisher"], value["image"]) == (body, body, [f"{BASE_URL}card.png"])
    assert "image" not in json.loads(make_json_ld(citation))


def test_breadcrumbs_are_numbered_from_the_home_page() -> None:
    value = json.loads(breadcrumb_json_ld([("Home", BASE_URL), ("Pairs", f"{BASE_URL}pairs/")]))
    assert value == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": BASE_URL},
            {"@type": "ListItem", "position": 2, "name": "Pairs", "item": f"{BASE_URL}pairs/"},
        ],
    }


# Styled text

URL = f"{BASE_URL}briefings/2025-08-16-india-and-south-korea-agree-on-chips/"


def marked(citation: Citation, style: str) -> str:
    """Return what a reader sees of a citation, with asterisks for italics."""
    return unescape(re.sub("<[^>]+>", "", re.sub("</?i>", "*", dict(style_citation(citation))[style])))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"Example Institute. (2025, August 16). *India And South Korea Agree On Chips*. {SITE}. {URL}"),
        ("Chicago", f"Example Institute. “India And South Korea Agree On Chips.” {SITE}. August 16, 2025. {URL}."),
        ("MLA", f"“India And South Korea Agree On Chips.” *{SITE}*, Example Institute, 16 Aug. 2025, {URL}."),
        (
            "Harvard",
            f"Example Institute (2025) ‘India And South Korea Agree On Chips’, *{SITE}*, 16 August. Available at: {URL}",
        ),
    ],
)
def test_a_briefing_in_each_style(style: str, expected: str) -> None:
    assert marked(make_citation(make_article(), make_imprint(SITE, "Example Institute", BASE_URL)), style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"{SITE}. (2025, August 16). *India And South Korea Agree On Chips*. {URL}"),
        ("Chicago", f"{SITE}. “India And South Korea Agree On Chips.” August 16, 2025. {URL}."),
        ("MLA", f"“India And South Korea Agree On Chips.” *{SITE}*, 16 Aug. 2025, {URL}."),
        ("Harvard", f"{SITE} (2025) *India And South Korea Agree On Chips*, 16 August. Available at: {URL}"),
    ],
)
def test_a_site_that_publishes_itself_is_named_once(style: str, expected: str) -> None:
    assert marked(make_citation(make_article(), make_imprint(SITE, "", BASE_URL)), style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", "Asha Rao. (2025, August 16). India, South Korea agree on chips. *Example Times*. https://times.example/chips"),
        (
            "Chicago",
            "Asha Rao. “India, South Korea agree on chips.” *Example Times*, August 16, 2025. https://times.example/chips.",
        ),
        ("MLA", "Asha Rao. “India, South Korea agree on chips.” *Example Times*, 16 Aug. 2025, https://times.example/chips."),
        (
            "Harvard",
            "Asha Rao (2025) ‘India, South Korea agree on chips’, *Example Times*, 16 August. "
            "Available at: https://times.example/chips",
        ),
    ],
)
def test_a_source_in_each_style(style: str, expected: str) -> None:
    assert marked(cite().sources[0], style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", "Will chips do? (n.d.). *Example Times*."),
        ("Chicago", "“Will chips do?” *Example Times*, n.d."),
        ("MLA", "“Will chips do?” *Example Times*."),
        ("Harvard", "‘Will chips do?’ (no date) *Example Times*."),
    ],
)
def test_a_source_of_which_only_title_and_outlet_are_known(style: str, expected: str) -> None:
    (source,) = cite(sources=(Source(publisher="Example Times", title="Will chips do?"),)).sources
    assert marked(source, style) == expected


@pytest.mark.parametrize("style", STYLES)
@settings(deadline=None, max_examples=60)
@given(TITLES)
def test_no_style_loses_title_author_date_or_address(style: str, title: str) -> None:
    def plain(text: str) -> str:
        return re.sub("[\"'“”„‘’]", "'", text)

    citation = cite(title)
    text = marked(citation, style)
    assert plain(citation.title) in plain(text)
    assert all(part in text for part in (PUBLISHER, "2025", "16", "Aug", citation.url))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", "Chips. (n.d.). https://a.example/"),
        ("Chicago", "“Chips.” n.d. https://a.example/."),
        ("MLA", "“Chips.” https://a.example/."),
        ("Harvard", "*Chips* (no date). Available at: https://a.example/"),
    ],
)
def test_a_source_of_which_only_title_and_address_are_known(style: str, expected: str) -> None:
    (source,) = cite(sources=(Source(title="Chips", url="https://a.example/"),)).sources
    assert marked(source, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [("APA", "Chips. (n.d.)."), ("Chicago", "“Chips.” n.d."), ("MLA", "“Chips.”"), ("Harvard", "*Chips* (no date).")],
)
def test_a_source_of_which_only_the_title_is_known(style: str, expected: str) -> None:
    (source,) = cite(sources=(Source(title="Chips"),)).sources
    assert marked(source, style) == expected


def test_quotation_marks_within_a_title_change_kind() -> None:
    citation = cite("""Korea's "chips" and the 'new ambition' of the '90s""")
    assert "“Korea's ‘chips’ and the 'new ambition' of the '90s.”" in marked(citation, "Chicago")
    assert "‘Korea's \"chips\" and the “new ambition” of the '90s’" in marked(citation, "Harvard")


def test_title_names_and_address_stay_in_their_places_whichever_way_they_run() -> None:
    citation = make_citation(make_article(title="اتفاق بين الهند وكوريا", lang="ar"), make_imprint(SITE, "مكتب", BASE_URL))
    html = dict(style_citation(citation, ' lang="ar" dir="rtl"'))["Chicago"]
    assert html == (
        '<bdi>مكتب</bdi>. <span lang="ar" dir="rtl">“اتفاق بين الهند وكوريا.”</span> '
        f'{SITE}. August 16, 2025. <bdi dir="ltr">{URL}</bdi>.'
    )


# Reprints

HEADLINE = "India And South Korea Agree On Chips"


def cite_reprint(*, rights: str = "full", **known: Any) -> Citation:
    """Return the citation of an article of the Example Times that the archive took over with its headline."""
    return cite(HEADLINE, rights=rights, sources=(Source(**{"publisher": "Example Times", "title": HEADLINE, **known}),))


RAO, CHO, DUPONT = Author("Rao", "Asha"), Author("Cho", "Hyun"), Author("Dupont", "Jean-Luc Marie")
TRUST = Author("Press Trust of India")


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((RAO,), ("Rao, A. (2025, ", "Rao, Asha. “", "Rao, Asha. “", "Rao, A. (2025) ")),
        (
            (RAO, CHO),
            ("Rao, A., & Cho, H. (", "Rao, Asha, and Hyun Cho. “", "Rao, Asha, and Hyun Cho. “", "Rao, A. and Cho, H. ("),
        ),
        (
            (DUPONT, RAO, CHO),
            (
                "Dupont, J.-L. M., Rao, A., & Cho, H. (",
                "Dupont, Jean-Luc Marie, Asha Rao, and Hyun Cho. “",
                "Dupont, Jean-Luc Marie, et al. “",
                "Dupont, J.-L. M., Rao, A. and Cho, H. (",
            ),
        ),
        (
            (TRUST, RAO),
            (
                "Press Trust of India, & Rao, A. (",
                *["Press Trust of India and Asha Rao. “"] * 2,
                "Press Trust of India and Rao, A. (",
            ),
        ),
        (
            (TRUST, RAO, CHO, DUPONT),
            (
                "Press Trust of India, ",
                "Press Trust of India, ",
                "Press Trust of India, et al. “",
                "Press Trust of India et al. (",
            ),
        ),
        ((RAO, CHO, DUPONT, TRUST), ("Rao, A., Cho, H., ", "Rao, Asha, Hyun Cho, ", "Rao, Asha, et al. “", "Rao, A. et al. (")),
    ],
)
def test_listed_authors_stand_in_the_form_of_each_style(authors: tuple[Author, ...], expected: tuple[str, ...]) -> None:
    citation = cite_reprint(authors=authors, published=date(2025, 8, 15))
    for (_, styled), start in zip(style_citation(citation), expected, strict=True):
        assert styled.unescape().startswith(start)


def test_citation_managers_get_each_author_with_family_and_given_name() -> None:
    citation = cite_reprint(authors=(RAO, TRUST, Author("Sand and Sons", "Ann")))
    assert "  author = {Rao, Asha and {Press Trust of India} and {Sand and Sons, Ann}},\n" in render_bibtex(citation).decode()
    (record,) = rispy.loads(render_ris(citation).decode())
    names = ["Rao, Asha", "Press Trust of India", "Sand and Sons, Ann"]
    assert record["authors"] == names
    (item,) = json.loads(render_csl(citation))
    assert item["author"][:2] == [{"family": "Rao", "given": "Asha"}, {"literal": "Press Trust of India"}]
    head = render_head(citation)
    assert re.findall(r'name="citation_author" content="([^"]*)"', head) == names
    rao = {"@type": "Person", "name": "Asha Rao", "givenName": "Asha", "familyName": "Rao"}
    assert read_json_ld(head)["author"][:2] == [rao, "Press Trust of India"]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("山田", "太郎"), "山田太郎"),
        (Author("김", "민수"), "김민수"),
        (Author("佐々木", "エリ"), "佐々木エリ"),
        (Author("Dupont", "Jean-Luc"), "Jean-Luc Dupont"),
        (Author("デュポン", "ジャン"), "ジャン デュポン"),
        (Author("राव", "आशा"), "आशा राव"),
    ],
)
def test_the_family_name_comes_first_where_its_script_has_it_so(author: Author, name: str) -> None:
    citation = cite_reprint(authors=(TRUST, author))
    described = json.loads(make_json_ld(citation))["author"][1]
    assert described == {"@type": "Person", "name": name, "givenName": author.given, "familyName": author.family}
    assert marked(citation, "Chicago").startswith(f"Press Trust of India and {name}. ")
    assert citation.author == f"Press Trust of India and {name}"


@pytest.mark.parametrize(
    ("byline", "told"),
    [
        ("Ministry of Trade, Industry and Energy", "Ministry of Trade Industry and Energy"),
        ("Smith, Rao and Partners, Inc.", "Smith Rao and Partners Inc."),
        ("Asha Rao, Jan Smit", "Asha Rao, Jan Smit"),  # Two persons, and importers make two of them.
        ("Rao, Asha", "Rao, Asha"),
    ],
)
def test_no_importer_takes_a_body_for_two_persons(byline: str, told: str) -> None:
    citation = cite_reprint(authors=(Author(byline),))
    assert rispy.loads(render_ris(citation).decode())[0]["authors"] == [told]
    assert list_tags(citation)["citation_author"] == [told]
    assert json.loads(render_csl(citation))[0]["author"] == [{"literal": byline}]
    assert f"author = {{{{{byline}}}}}" in render_bibtex(citation).decode()


@pytest.mark.parametrize("author", ["", "Asha Rao"])
@pytest.mark.parametrize("url", ["", "https://times.example/chips"])
@pytest.mark.parametrize("rights", ["full", "excerpt", "link"])
def test_a_reprint_is_the_article_of_its_publisher_in_every_form(author: str, url: str, rights: str) -> None:
    authors = (Author(author),) if author else ()
    citation = cite_reprint(authors=authors, url=url, published=date(2025, 8, 15), rights=rights)
    assert_bibtex_says(citation)
    assert_ris_says(citation)
    assert read_csl(render_csl(citation)) == expect(citation)
    assert read_tags(citation) == expect(citation)
    assert read_statement(citation) == expect(citation)
    said = expect(citation)
    assert (said["author"], said["publisher"], said["date"]) == (author, "Example Times", "2025-08-15")
    assert said["url"] == (url or URL * (rights == "full"))
    for style in STYLES:
        text = marked(citation, style)
        assert all(part in text for part in (HEADLINE, author, "Example Times", "2025", said["url"]))
        assert (SITE in text) is (rights == "full" and not url)
    everything = (
        render_bibtex(citation),
        render_ris(citation),
        render_csl(citation),
        make_meta(citation),
        make_json_ld(citation),
    )
    assert PUBLISHER not in repr(everything)


def test_the_files_of_a_reprint_name_the_archive_as_the_place_of_a_copy_and_only_where_there_is_one() -> None:
    copy = cite_reprint(url="https://times.example/chips")
    assert read_bibtex(render_bibtex(copy))["library"] == f"{SITE}, {URL}"
    (record,) = rispy.loads(render_ris(copy).decode())
    assert (record["name_of_database"], record["file_attachments2"]) == (SITE, URL)
    (item,) = json.loads(render_csl(copy))
    assert (item["archive"], item["archive_location"]) == (SITE, URL)
    assert json.loads(make_json_ld(copy))["archivedAt"] == URL
    assert list_tags(copy)["citation_journal_title"] == ["Example Times"]
    withheld = cite_reprint(url="https://times.example/chips", rights="excerpt")
    assert SITE.encode() not in render_bibtex(withheld) + render_ris(withheld) + render_csl(withheld)
    assert "archivedAt" not in make_json_ld(withheld)


def test_the_page_and_not_the_article_of_others_is_part_of_the_site() -> None:
    site = {"@type": "WebSite", "name": SITE, "url": BASE_URL}
    value = json.loads(make_json_ld(cite_reprint()))
    assert value["mainEntityOfPage"] == {"@type": "WebPage", "@id": URL, "isPartOf": site}
    assert "isPartOf" not in value
    assert "isBasedOn" not in value


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("APA", f"{HEADLINE}. (2025, August 16). *Example Times*. {SITE}. {BASE_URL}"),
        ("Chicago", f"“{HEADLINE}.” *Example Times*, August 16, 2025. {SITE}. {BASE_URL}."),
        ("MLA", f"“{HEADLINE}.” *Example Times*, 16 Aug. 2025. *{SITE}*, {BASE_URL}."),
        ("Harvard", f"‘{HEADLINE}’ (2025) *Example Times*, 16 August. {SITE}. Available at: {BASE_URL}"),
    ],
)
def test_a_reprint_without_an_address_of_its_own_is_cited_at_the_archive(style: str, expected: str) -> None:
    assert marked(cite_reprint(), style) == expected.replace(BASE_URL, URL)


def test_a_reprint_whose_source_has_no_date_has_that_of_the_briefing() -> None:
    assert cite_reprint().published == date(2025, 8, 16)


@pytest.mark.parametrize("publisher", ["", PUBLISHER, SITE])
def test_a_text_of_the_archives_own_is_no_reprint(publisher: str) -> None:
    assert cite_reprint(publisher=publisher).form == "webpage"


def test_a_story_that_other_outlets_have_too_is_that_of_the_first_whose_headline_it_has() -> None:
    others = (Source("Example Times", HEADLINE), Source("Other Post", "Chips for two"))
    assert (cite(HEADLINE, sources=others).form, cite(HEADLINE, sources=others).publisher) == ("article", "Example Times")
    assert cite("Another title", sources=others).form == "webpage"


# The model


def test_only_a_single_source_is_cited_beside_the_briefing() -> None:
    one, other = Source(publisher="One", title="A"), Source(publisher="Other", url="https://other.example/")
    assert find_source_citation(cite(sources=())) is None
    assert find_source_citation(cite(sources=(one, other))) is None
    assert find_source_citation(cite(sources=(Source(),))) is None
    alone = find_source_citation(cite("Headline", sources=(one,)))
    assert alone is not None
    assert (alone.title, alone.publisher, alone.url, alone.published) == ("A", "One", "", None)
    assert [source.key[-9:] for source in cite(sources=(one, other)).sources] == ["-source-1", "-source-2"]


def test_nothing_is_said_of_the_language_of_a_source_and_a_reprint_has_that_of_its_text() -> None:
    assert [source.lang for source in cite(lang="nb").sources] == [""]
    original = Source("Fiskebåt", HEADLINE)
    assert cite(HEADLINE, lang="nb", sources=(original,)).lang == "nb"


def test_a_source_without_a_title_is_not_given_that_of_the_briefing() -> None:
    citation = cite("What the editor calls it", sources=(Source(publisher="AFP", url="https://afp.example/1"),))
    assert (citation.form, citation.author, citation.url) == ("webpage", PUBLISHER, URL)
    assert find_source_citation(citation) is None
    assert json.loads(make_json_ld(citation))["isBasedOn"] == [
        {
            "@type": "CreativeWork",
            "url": "https://afp.example/1",
            "publisher": {"@type": "Organization", "name": "AFP"},
        }
    ]


def test_the_day_of_a_source_is_that_of_its_own_zone() -> None:
    late = datetime(2025, 8, 16, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert cite(sources=(Source("One", published=late),)).sources[0].published == date(2025, 8, 16)
    assert cite(sources=(Source("One", published=date(2025, 8, 15)),)).sources[0].published == date(2025, 8, 15)


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("https://a.example/x?y=1&z=%20#f", "https://a.example/x?y=1&z=%20#f"),
        ('https://a.example/a b{c}\\d"e', "https://a.example/a%20b%7Bc%7D%5Cd%22e"),
        ("https://a.example/한국", "https://a.example/한국"),
        ("https://a.example/\u0085", "https://a.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/", ""),
        ("https://[a", ""),
        ("https:", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_cited(given_url: str, expected: str) -> None:
    assert find_web_address(given_url) == expected


@given(st.from_regex(_PLAIN_ADDRESS, fullmatch=True))
def test_an_address_that_looks_plain_stays_as_it_is(url: str) -> None:
    assert _escape_address(url) == url


def test_what_rights_withhold_is_in_no_citation() -> None:
    citation = cite(rights="link", summary="Withheld words.")
    files = b"".join(render(citation) for render in (render_bibtex, render_ris, render_csl))
    assert b"Withheld" not in files + repr((make_meta(citation), make_json_ld(citation))).encode()
    assert b"Withheld" in render_ris(cite(rights="excerpt", summary="Withheld words."))


def test_a_citation_can_be_compared_by_its_digest() -> None:
    assert fingerprint(cite()) == fingerprint(cite())
    assert fingerprint(cite()) != fingerprint(cite("Other title"))
