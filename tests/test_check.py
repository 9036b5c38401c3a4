"""Each rule of the check, with one site that breaks it and the sentence that says so."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.build.inputs import read_texts
from generator.check import RULES, check_site
from generator.check.addresses import find_broken_addresses, find_lost_addresses, find_taken_addresses, find_taken_aliases
from generator.check.content import (
    find_ancient_dates,
    find_future_dates,
    find_long_summaries,
    find_many_key_points,
    find_many_sectors,
    find_missing_sources,
    find_rejected_terms,
    find_shared_seeds,
    find_undated_drafts,
    find_unheld_terms,
    find_unknown_publishers,
    find_unset_addresses,
    find_waiting_translations,
)
from generator.check.formats import dump_github, dump_json
from generator.check.links import (
    find_broken_anchors,
    find_broken_links,
    find_broken_redirects,
    find_insecure_links,
    find_links_beside_the_site,
)
from generator.check.meanings import find_cut_texts, find_offices_in_names, find_split_key_points
from generator.check.pages import (
    find_missing_languages,
    find_missing_titles,
    find_repeated_ids,
    find_unreachable_pages,
    find_wrong_canonicals,
    find_wrong_headings,
)
from generator.check.reading import parse_document
from generator.check.records import find_unreadable_data, find_unreadable_records
from generator.check.site import BuiltSite
from generator.check.sitemap import Published
from generator.config import Config
from generator.content.briefings import parse_briefing, parse_page
from generator.errors import Location, Problem, Severity, error, warning
from generator.model import Briefing, ContentPage
from generator.places import find_places
from tests.archives import small_archive
from tests.conftest import WriteTree, build_site
from tests.factories import NO_LEDGER, make_built_site

BASE = "https://example.org/archive/"
PATH = "content/briefings/2025/2025-08-16-meet.md"
URL = "/briefings/2025-08-16-meet/"
TOML = "content/archive.toml"
COPY = "content/briefings/2025/2025-08-16-meet-de.md"
LEDGER = {"d": "2025-08-16-meet"}

Rule = Callable[[BuiltSite], Iterator[Problem]]


def page(
    url: str, main: str = "", head: str = "", *, lang: str = "en", title: str = "A page", heading: str = "<h1>A page</h1>"
) -> str:
    """Return a page that no rule has anything against, but for what is put into it."""
    canonical = "" if "canonical" in head else f'<link rel="canonical" href="{BASE}{url.removeprefix("/")}">'
    named = f"<title>{title}</title>" if title else ""
    spoken = f' lang="{lang}"' if lang else ""
    return f"<!doctype html><html{spoken}><head>{named}{canonical}{head}</head><body>{heading}<main>{main}</main></body></html>"


def briefing(more: str = "", body: str = "They met.") -> str:
    return f"---\ntitle: They meet\ndate: 2025-08-16\n{more}---\n\n{body}\n"


def make_site(
    files: Mapping[str, str],
    texts: Mapping[str, str] | None = None,
    planned: tuple[str, ...] = (),
    **ledger: Mapping[str, str],
) -> BuiltSite:
    texts = texts or {}
    sources: list[Briefing | ContentPage] = []
    for path, text in texts.items():
        if path.endswith(".md"):
            parse = parse_briefing if "/briefings/" in path else parse_page
            sources.append(parse(text.encode(), path))  # type: ignore[operator]
    data = {url: text.encode() for url, text in files.items()}
    return make_built_site(
        data, base_url=BASE, planned={*files, *planned}, sources=tuple(sources), texts=texts, ledger=NO_LEDGER._replace(**ledger)
    )


HOME = page("/", f'<a href="/archive{URL}">They meet</a>')


def with_page(main: str = "", head: str = "", text: str = "", **parts: str) -> BuiltSite:
    """Return a site of a home page and one briefing, made of `text`."""
    return make_site({"/": HOME, URL: page(URL, main, head, **parts)}, {PATH: text or briefing()})


def published(site: BuiltSite, *addresses: str) -> BuiltSite:
    """Return a site of which some addresses are known to be published, those from its root or whole ones."""
    whole = [BASE + address[1:] if address.startswith("/") else address for address in addresses]
    return replace(site, published=Published("published.xml", tuple(whole)))


GONE = "this address is published, and nothing would be there any more"
GIVE_UP = f'name it under "gone" in {TOML} if it is given up'
ABOUT = "content/pages/about-us.md"

SENTENCES: tuple[tuple[Rule, BuiltSite, str], ...] = (
    (
        find_future_dates,
        replace(with_page(text=briefing("corrections: {date: 2052-01-01, text: No.}\n")), latest=date(2025, 8, 16)),
        f"{PATH}:4:1: 2052-01-01 is still to come (put the year right, or wait with it) [future-date]",
    ),
    (
        find_future_dates,
        replace(with_page(), latest=date(2025, 8, 15)),
        f"{PATH}:3:1: 2025-08-16 is still to come (put the year right, or wait with it) [future-date]",
    ),
    (
        find_ancient_dates,
        with_page(text=briefing().replace("2025", "0025")),
        f"{PATH}:3:1: 0025-08-16 is a day before 1900 (put the year right) [ancient-date]",
    ),
    (
        find_broken_links,
        with_page('<a href="/archive/pairs/in-zz/">a pair</a>', text=briefing(body="See [a pair](/pairs/in-zz/).")),
        f'{PATH}:6:14: the link to "/pairs/in-zz/" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        with_page('<img src="/archive/assets/map.svg" alt="">'),
        f'{PATH}: the link to "/assets/map.svg" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        make_site({"/": HOME + '<a href="/archive/gone/">x</a>', URL: page(URL, '<a href="/archive/gone/">x</a>')}),
        '/: the link to "/gone/" leads to no page, here and on 1 other page [broken-link]',
    ),
    (
        find_broken_links,
        make_site({"/": HOME, URL: page(URL, '<a href="/archive/pairs">pairs</a>'), "/pairs/": page("/pairs/")}),
        f'{URL}: the link to "/pairs" leads to no page (write "/pairs/") [broken-link]',
    ),
    (
        find_broken_links,
        make_site({"/feed.xml": f'<feed><entry><link href="{BASE}gone/"/></entry></feed>'}),
        '/feed.xml: the link to "/gone/" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        make_site(
            {"/feed.xml": '<feed><content type="html">&lt;a href="https://example.org/archive/gone/"&gt;</content></feed>'}
        ),
        '/feed.xml: the link to "/gone/" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        make_site({"/feed.json": json.dumps({"items": [{"url": f"{BASE}gone/"}]})}),
        '/feed.json: the link to "/gone/" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        make_site({"/sitemap.xml": f"<urlset><url><loc>{BASE}gone/</loc></url></urlset>"}),
        '/sitemap.xml: the link to "/gone/" leads to no page [broken-link]',
    ),
    (
        find_broken_links,
        make_site({f"{URL}index.md": f"# They meet\n\n- [a pair]({BASE}gone/)\n"}),
        f'{URL}index.md: the link to "/gone/" leads to no page [broken-link]',
    ),
    (
        # Where errors are reported stands on pages with a question, and only in the settings as an address.
        find_broken_links,
        make_site(
            {"/": HOME, URL: page(URL, f'<a href="/archive/nope/?page={URL}">x</a>')},
            {PATH: briefing(), TOML: '# What /nope/ is.\ntitle = "A"\ncorrections = "/nope/"\n'},
        ),
        'content/archive.toml:3:16: the link to "/nope/" leads to no page [broken-link]',
    ),
    (
        find_broken_anchors,
        with_page('<p id="first"></p><a href="#furst">up</a>'),
        f'{PATH}: "{URL}" has no place called "furst", to which a link leads (did you mean "first"?) [broken-anchor]',
    ),
    (
        find_links_beside_the_site,
        with_page('<a href="/pairs/">pairs</a>'),
        f'{PATH}: the link to "/pairs/" leaves the path of the site, /archive/ [link-beside-site]',
    ),
    (
        find_broken_redirects,
        make_site({"/": HOME, "/_redirects": "/archive/old/ /archive/new/ 301\n"}, planned=("/old/",)),
        '/_redirects: the redirect from "/archive/old/" leads to no page: "/archive/new/" [broken-redirect]',
    ),
    (
        find_broken_redirects,
        make_site(
            {"/": HOME, "/_redirects": "/archive/a/ /archive/b/ 301\n/archive/a /archive/b/ 301\n"},
            {TOML: '[moved]\n"/a/" = "/b/"\n'},
        ),
        f'{TOML}:2:1: the redirect from "/archive/a/" leads to no page: "/archive/b/" [broken-redirect]',
    ),
    (
        find_insecure_links,
        with_page('<a href="http://old.example/x">x</a>', text=briefing(body="See [x](http://old.example/x).")),
        f'{PATH}:6:9: the link to "http://old.example/x" is not encrypted (write https: if that answers) [insecure-link]',
    ),
    (
        find_repeated_ids,
        with_page('<p id="note"></p><p id="note"></p>'),
        f'{PATH}: two elements of {URL} have the id "note" [repeated-id]',
    ),
    (find_missing_titles, with_page(title=""), f"{PATH}: the page {URL} has no <title> [missing-title]"),
    (
        find_wrong_headings,
        with_page(heading=""),
        f"{PATH}: the page {URL} has no main heading (<h1>) (give it one) [wrong-headings]",
    ),
    (
        find_wrong_headings,
        with_page("<h1>Another</h1>"),
        f"{PATH}: the page {URL} has 2 main headings (<h1>) (give it one) [wrong-headings]",
    ),
    (
        find_missing_languages,
        with_page(lang=""),
        f"{PATH}: the page {URL} does not say its language (write <html lang=…>) [missing-language]",
    ),
    (
        find_wrong_canonicals,
        with_page(head='<meta name="canonical">'),
        f"{PATH}: the page {URL} does not say its canonical address (it is {BASE}{URL[1:]}) [missing-canonical]",
    ),
    (
        find_wrong_canonicals,
        with_page(head=f'<link rel="canonical" href="{BASE}">'),
        f'{PATH}: the canonical address of {URL} is "{BASE}" (it should be {BASE}{URL[1:]}) [wrong-canonical]',
    ),
    (
        find_unreachable_pages,
        make_site({"/": page("/"), "/about/": page("/about/")}),
        "/about/: no link leads to the page /about/ (link it from a page that is read) [unreachable-page]",
    ),
    (
        find_unreadable_records,
        make_site({"/feed.xml": "<feed>\n<title>Research & development</title></feed>"}),
        "/feed.xml:2:18: the file cannot be read: it is not well-formed XML: xmlParseEntityRef: no name [unreadable-file]",
    ),
    (
        find_unreadable_records,
        make_site({"/feed.json": '{"items": [1,]}'}),
        "/feed.json:1:14: the file cannot be read: it is not valid JSON: Expecting value [unreadable-file]",
    ),
    (
        find_unreadable_data,
        with_page('<script type="application/ld+json">{"name": </script>'),
        f"{PATH}: the JSON-LD of {URL} is not valid JSON: Expecting value: line 1 column 9 (char 8) [unreadable-data]",
    ),
    (
        find_long_summaries,
        make_site({}, {PATH: briefing(f"summary: {'word ' * 60}\n")}),
        f"{PATH}:4:1: the summary has 299 characters, 280 at most are shown whole (shorten it) [long-summary]",
    ),
    (
        find_many_key_points,
        make_site({}, {PATH: briefing("key_points: [A., B., C., D., E., F.]\n")}),
        f"{PATH}:4:1: there are 6 key points, 5 are enough (keep those that matter most) [many-key-points]",
    ),
    (
        find_many_sectors,
        make_site({}, {PATH: briefing(f"sectors: [{', '.join('abcdefghij')}]\n")}),
        f"{PATH}:4:1: there are 10 sectors, 9 at most (keep the heaviest ones) [many-sectors]",
    ),
    (
        find_undated_drafts,
        replace(make_site({}, {PATH: "---\ntitle: They meet\ndraft: true\n---\n"}), drafts=True),
        f"{PATH}: this draft has no date, so no preview shows it "
        '(write "date: YYYY-MM-DD" into its front matter) [undated-draft]',
    ),
    (
        find_undated_drafts,
        replace(make_site({}, {PATH: "---\ntitle:\ndate:\ndraft: true\n---\n"}), drafts=True),
        f"{PATH}:3:1: this draft has no date and no title, so no preview shows it "
        '(write "date: YYYY-MM-DD" into its front matter) [undated-draft]',
    ),
    (
        find_cut_texts,
        make_site({}, {PATH: briefing("summary: Turów, dispute #2 is over.\n")}),
        f'{PATH}:4:25: "#2 is over." is read as a comment, and not shown (put the whole text in quotes) [cut-text]',
    ),
    (
        find_split_key_points,
        make_site({}, {PATH: briefing("key_points: [In 2022, Poland paid 45 million euros, the ministry said.]\n")}),
        f'{PATH}:4:23: a comma ends a key point here: "In 2022" and "Poland paid 45 million euros" are two '
        '(write one a line, behind "- ", or each in quotes) [split-key-point]',
    ),
    (
        find_offices_in_names,
        make_site({}, {PATH: briefing("people:\n- name: Ada Ray\n  office: Judge\n- Petr Fiala, Czech Prime Minister\n")}),
        f'{PATH}:7:3: "Petr Fiala, Czech Prime Minister" is the name of a person here '
        '(write "- name: Petr Fiala", and below it "  office: …") [office-in-name]',
    ),
    (
        find_offices_in_names,
        make_site({}, {PATH: briefing("people: [Petr Fiala, Minister for Trade]\n")}),
        f'{PATH}:4:22: "Minister for Trade" is the name of a person here '
        '(write "- name: …", and below it "  office: …") [office-in-name]',
    ),
    (
        find_missing_sources,
        make_site({}, {PATH: briefing("rights: link\nsource: {publisher: A desk}\n")}),
        f'{PATH}:4:1: the text is not shown, and no source says where it is (give the "source" its "url") [missing-source]',
    ),
    (
        find_missing_sources,
        make_site({}, {PATH: briefing("source: {publisher: A desk}\n"), TOML: '[rights.publishers]\n"A Desk" = "excerpt"\n'}),
        f'{PATH}:4:1: the text is not shown, and no source says where it is (give the "source" its "url") [missing-source]',
    ),
    (
        find_missing_sources,
        make_site({}, {PATH: briefing(), TOML: '[rights]\ndefault = "link"\n'}),
        f'{PATH}: the text is not shown, and no source says where it is (give the "source" its "url") [missing-source]',
    ),
    (
        find_unknown_publishers,
        make_site(
            {},
            {
                PATH: briefing("source: [{publisher: A desk}, {publisher: NDTV Profit}]\n"),
                TOML: '[rights]\npublishers."a DESK" = "full"\n[rights.publishers]\n  "NDTV Proft" = "link"\n'.replace(
                    "[rights.publishers]\n", "publishers."
                ).replace("publishers.  ", "  publishers."),
            },
        ),
        f'{TOML}:3:3: no briefing has a source of the publisher "NDTV Proft" (did you mean "NDTV Profit"?) [unknown-publisher]',
    ),
    (
        find_unset_addresses,
        replace(make_site({}, {TOML: 'title = "A"\n'}), base_url=Config().base_url),
        f"{TOML}: the addresses in feeds, citations and the sitemap begin with http://localhost:8000/ "
        '(write where the site will stand, base_url = "https://…/", or build and check with --base-url) [no-base-url]',
    ),
    (
        find_rejected_terms,
        make_site({}, {PATH: briefing("sectors: [trade]\nrejected: {sectors: [trade]}\n")}),
        f'{PATH}:4:1: "trade" is among sectors and among the rejected sectors (take it out of one of them) [rejected-term]',
    ),
    (
        find_unheld_terms,
        make_site({}, {PATH: briefing("sectors: [trade]\nconfirmed: {sectors: [trade, defence]}\n")}),
        f'{PATH}:5:1: "defence" is among the confirmed sectors and not among sectors '
        "(add it there, or take it out here) [unheld-term]",
    ),
    (
        find_taken_aliases,
        make_site({}, {PATH: briefing("aliases: [/about/]\n"), "content/pages/about.md": "---\ntitle: About\n---\n"}),
        f'{PATH}:4:11: the alias "/about/" is an address of content/pages/about.md already (take it out) [taken-alias]',
    ),
    (
        find_lost_addresses,
        make_site({}, {PATH: briefing("aliases: [/a/]\nseed: {digest: d}\n")}, seeds={"d": "met"}, moved={"meet": "met"}),
        f"{PATH}:1: this file was renamed, and its former addresses /briefings/meet/, /briefings/met/ lead nowhere "
        '(write "aliases: [/a/, /briefings/meet/, /briefings/met/]" into its front matter, or, where no reader ever had them, '
        "ingest and take them out of [moved] in content/ingested.toml) [lost-address]",
    ),
    (
        # A published address is known to have readers.
        find_lost_addresses,
        published(make_site({}, {PATH: briefing("seed: {digest: d}\n")}, seeds={"d": "meet"}), "/", "/briefings/meet/"),
        f"{PATH}:1: this file was renamed, and its former address /briefings/meet/ leads nowhere "
        '(write "aliases: [/briefings/meet/]" into its front matter, or, where no reader ever had it, '
        "ingest and take it out of [moved] in content/ingested.toml) [lost-address]",
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", URL, "/method/"),
        f'/method/: {GONE} (write "aliases: [/method/]" into the page that takes its place, or {GIVE_UP}) [broken-address]',
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", URL, "/briefings/2024-01-01-accord/"),
        f'/briefings/2024-01-01-accord/: {GONE} (bring its file back, "withdrawn" if it must not be read any more, or '
        f'write "aliases: [/briefings/2024-01-01-accord/]" into the page that takes its place, or {GIVE_UP}) [broken-address]',
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", "/briefings/2025-08-15-meets/"),
        f'/briefings/2025-08-15-meets/: {GONE} (write "aliases: [/briefings/2025-08-15-meets/]" into {PATH} '
        f"if that takes its place, or {GIVE_UP}) [broken-address]",
    ),
    (
        find_broken_addresses,
        published(make_site({"/": HOME}, {ABOUT: "---\ntitle: A\naliases: [/us/]\n---\n"}, ("/about-us/",)), "/", "/about"),
        f'/about: {GONE} (write "aliases: [/us/, /about/]" into {ABOUT} if that takes its place, or {GIVE_UP}) [broken-address]',
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", "/story.php"),
        f"/story.php: {GONE} (let the host lead on from there, or {GIVE_UP}) [broken-address]",
    ),
    (
        find_broken_addresses,
        published(make_site({"/": HOME}, {PATH: briefing("draft: true\n")}), "/", URL),
        f"{PATH}:4:1: this is a draft, and nothing would be at its published address {URL} any more "
        f'(write "withdrawn" with a date and the reason in its place, which keeps the address, or {GIVE_UP}) [broken-address]',
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", "/pairs/in-kr/"),
        f"/pairs/in-kr/: {GONE} (look at the tags of its briefings, "
        f'or lead on from it under "[moved]" in {TOML}, or name it under "gone" in {TOML} if that was meant) [vanished-list]',
    ),
    (
        find_broken_addresses,
        published(with_page(), "/", "/search/"),
        f'/search/: {GONE} (name it under "gone" in {TOML} if that was meant) [vanished-list]',
    ),
    (
        find_broken_addresses,
        published(make_site({"/": HOME}, {TOML: "[pages]\nmaps = true\npeople = false\n"}), "/", "/people/a/", "/people/b/"),
        f'{TOML}:3:1: "pages.people" is off, and nothing would be at 2 published addresses below /people/ any more '
        "(leave it on where readers use them) [vanished-list]",
    ),
    (
        find_broken_addresses,
        published(with_page(), "https://old.example/archive/", "https://old.example/archive/about/"),
        f"published.xml: no address of this sitemap lies below {BASE}, where the site will stand: nothing was held against it "
        "(its first is https://old.example/archive/; where the site has moved, let the old host lead on to the new one) "
        "[foreign-sitemap]",
    ),
    (
        find_broken_addresses,
        published(with_page()),
        "published.xml: this sitemap lists no address: nothing was held against it [foreign-sitemap]",
    ),
    (
        find_taken_addresses,
        make_site({"/about/": ""}, {TOML: '# /about/\ncorrections = "/about/"\ngone = [\n  "/old/",\n  "/about/",\n]\n'}),
        f'{TOML}:5:4: "/about/" is given up, and is an address of the site (take it out) [taken-address]',
    ),
    (
        find_taken_addresses,
        make_site({"/about/us/": ""}, {TOML: 'gone = ["/old/*", "/about/*"]\n'}),
        f'{TOML}:1:20: "/about/*" is given up, and the site has addresses that begin so (take it out) [taken-address]',
    ),
    (
        find_taken_addresses,
        make_site(
            {"/_redirects": "/archive/a/ /archive/b/ 301\n/archive/c/ /archive/d/ 301\n"},
            {TOML: '[moved]\n"/a/" = "/b/"\n"/c/" = "/e/"\n'},
        ),
        f'{TOML}:3:1: "/c/" has moved, and is an address of the site: what stands there comes first '
        "(take it out) [taken-address]",
    ),
    (
        find_taken_addresses,
        make_site(
            {"/about/": "", "/_redirects": "/archive/old/ /archive/pairs/ 301\n"},
            {TOML: '[moved]\n"/old/" = "/pairs/"\n"/about/" = "/us/"\n'},
        ),
        f'{TOML}:3:1: "/about/" has moved, and is an address of the site: what stands there comes first '
        "(take it out) [taken-address]",
    ),
    (
        find_shared_seeds,
        make_site({}, {COPY: briefing("lang: de\nseed: {digest: d}\n"), PATH: briefing("seed: {digest: d}\n")}, seeds=LEDGER),
        f"{COPY}:5:1: {PATH} has the same seed, and it alone is written again when that changes "
        '(take the "seed" key out of the copy) [shared-seed]',
    ),
    (
        find_waiting_translations,
        make_site({}, {PATH: briefing("draft: true\n"), COPY: briefing("lang: de\ntranslation_of: 2025-08-16-meet\n")}),
        f'{COPY}:5:1: "2025-08-16-meet" is a draft, and its translation waits for it '
        '(publish the original, or take the key "translation_of" out) [waiting-translation]',
    ),
)


@pytest.mark.parametrize(("rule", "site", "sentence"), [pytest.param(*case, id=case[0].__name__) for case in SENTENCES])
def test_a_fault_is_told_in_one_exact_sentence(rule: Rule, site: BuiltSite, sentence: str) -> None:
    assert [str(problem) for problem in rule(site)] == [sentence]


def test_a_term_that_is_confirmed_and_rejected_is_told() -> None:
    site = make_site({}, {PATH: briefing("sectors: []\nconfirmed: {sectors: [trade]}\nrejected: {sectors: [trade]}\n")})
    assert [str(problem) for problem in find_rejected_terms(site)] == [
        f'{PATH}:5:1: "trade" is among the confirmed sectors and among the rejected sectors '
        "(take it out of one of them) [rejected-term]"
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("summary: #1 in Europe\n", ["4:10"]),
        ("key_points:\n- Poland is #1 now.\n- Another.\n", ["5:13"]),
        ("corrections:\n- date: 2025-09-02\n  text: It was #2, not #3.\n", ["6:16"]),
        ("key_points:\n- Poland is # 1.\n", []),
        ("summary: They met.  #draft\n", []),
        ("sectors: [trade] #see mail\ndate: 2025-08-16 #sic\n", []),
        ('summary: "Dispute #2"\nsource: {url: "https://example.org/ #a"}\n', []),
        ("summary: A text#2\n", []),
    ],
)
def test_a_comment_that_follows_a_text_at_once_may_be_a_part_of_it(lines: str, said: list[str]) -> None:
    text = f"---\ntitle: They meet\nkind: summit\n{lines}---\n\nTalk #2 was short.\n"
    site = replace(make_site({}, {}), texts={PATH: text})
    assert [str(problem.where).removeprefix(f"{PATH}:") for problem in find_cut_texts(site)] == said


@pytest.mark.parametrize(
    ("points", "place"),
    [
        ("[They met., Then they left.]", ""),
        ("[They met, Then they left]", ""),
        ("[They met, and left]", "4:24"),
        ("[They met., Then they left]", ""),
        ('[They met., "In Delhi, they ate."]', ""),
        ("[They met., In Delhi, They ate.]", "4:35"),
        ("[]", ""),
    ],
)
def test_key_points_on_one_line_are_cut_where_a_sentence_goes_on(points: str, place: str) -> None:
    site = make_site({}, {PATH: briefing(f"key_points: {points}\n")})
    assert [str(problem.where).removeprefix(f"{PATH}:") for problem in find_split_key_points(site)] == [place] * bool(place)


def test_a_name_may_have_a_comma_before_what_belongs_to_it() -> None:
    people = 'people: ["John Ray, Jr.", "Ada Ray, III", {name: "Ray, A", office: Judge}]\n'
    assert list(find_offices_in_names(make_site({}, {PATH: briefing(people)}))) == []


def test_only_drafts_that_would_be_shown_are_missed() -> None:
    undated = make_site({}, {PATH: "---\ntitle: They meet\ndraft: true\n---\n"})
    dated = replace(make_site({}, {PATH: briefing("draft: true\n")}), drafts=True)
    assert [*find_undated_drafts(undated), *find_undated_drafts(dated)] == []


def test_an_alias_of_a_page_is_held_against_all_addresses() -> None:
    pages = {f"content/pages/{name}.md": f"---\ntitle: {name}\naliases: [/a/]\n---\n" for name in ("about", "method")}
    said = [str(problem) for problem in find_taken_aliases(make_site({}, pages))]
    assert said == [
        'content/pages/method.md:3:11: the alias "/a/" is an address of content/pages/about.md already '
        "(take it out) [taken-alias]"
    ]


def test_a_text_that_is_shown_or_withdrawn_misses_no_source() -> None:
    settings = '[rights]\ndefault = "link"\npublishers = {"A desk" = "full"}\n'
    for more in ("rights: full\n", "source: {publisher: a  DESK}\n", "withdrawn: {date: 2099-12-24, text: It went.}\n"):
        assert list(find_missing_sources(make_site({}, {PATH: briefing(more), TOML: settings}))) == []


def test_no_publisher_is_unknown_while_a_file_cannot_be_read() -> None:
    texts = {PATH: briefing("source: {publisher: A desk}\n"), TOML: '[rights]\npublishers = {"Another" = "link"}\n'}
    site = make_site({}, texts)
    (told,) = find_unknown_publishers(site)
    assert (told.where, told.hint) == (Location(TOML, 2, 1), "write it as the sources do, or take it out")
    broken = replace(site, texts={**texts, "content/briefings/2025/2025-01-01-broken.md": "no front matter"})
    assert list(find_unknown_publishers(broken)) == []


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert {rule for rule, _, _ in SENTENCES} == set(RULES)


def test_a_copy_is_not_taken_for_a_renamed_briefing_that_cannot_be_read() -> None:
    read = {PATH: briefing("seed: {digest: d}\n")}
    site = make_site({}, read, seeds={"d": "2025-01-01-broken"})
    assert len(list(find_lost_addresses(site))) == 1
    site = replace(site, texts={**read, "content/briefings/2025/2025-01-01-broken.md": "no front matter"})
    assert list(find_lost_addresses(site)) == []


def test_of_two_copies_without_a_ledger_the_first_counts_as_the_original() -> None:
    texts = {path: briefing("seed: {digest: d}\n") for path in (PATH, COPY)}
    assert [problem.where.path for problem in find_shared_seeds(make_site({}, texts))] == [PATH]
    other = {path: briefing(f"seed: {{digest: {path[-5]}}}\n") for path in (PATH, COPY)}
    assert list(find_shared_seeds(make_site({}, other))) == []


def test_a_whole_site_below_a_path_has_no_fault(write_tree: WriteTree) -> None:
    root = write_tree(small_archive())
    outcome = build_site(root, publish=False)
    texts = read_texts(find_places(root))
    site = make_built_site(
        outcome.rendered, base_url=outcome.base_url, planned=outcome.reasons, sources=outcome.sources, texts=texts
    )
    assert [str(problem) for problem in check_site(site) if problem.severity is Severity.ERROR] == []
    assert len(site.documents) > 20


def test_a_link_to_what_could_not_be_read_is_no_second_fault() -> None:
    texts = {PATH: briefing(), "content/briefings/2025/2025-01-01-broken.md": "no front matter"}
    read = {path: text for path, text in texts.items() if path == PATH}
    whole = make_site({"/": HOME, URL: page(URL, '<a href="/archive/briefings/2025-01-01-broken/">x</a>')}, read)
    assert len(list(find_broken_links(whole))) == 1
    known = make_built_site(
        {"/": HOME.encode(), URL: page(URL, '<a href="/archive/briefings/2025-01-01-broken/">x</a>').encode()},
        base_url=BASE,
        planned={"/", URL},
        sources=whole.sources,
        texts=texts,
    )
    assert list(find_broken_links(known)) == []


def test_a_redirect_needs_no_heading_and_has_the_address_of_its_target() -> None:
    head = f'<meta http-equiv="refresh" content="0; url=/archive{URL}"><link rel="canonical" href="{BASE}{URL[1:]}">'
    site = make_site({"/": HOME, URL: page(URL), "/old/": page("/old/", head=head, heading="")})
    assert check_site(site) == []


def test_links_out_of_the_site_are_nobody_s_fault() -> None:
    links = ("https://example.com/", "mailto:a@example.org", "//example.net/x", "https://example.org/other/", "#", "#top", "?q=x")
    site = with_page("".join(f'<a href="{link}">x</a>' for link in links))
    assert check_site(site) == []


def test_an_api_document_may_leave_blanks_in_its_addresses() -> None:
    site = make_site(
        {"/api/openapi.json": json.dumps({"server": f"{BASE}api/{{id}}.json", "home": BASE}), "/": HOME, URL: page(URL)}
    )
    assert list(find_broken_links(site)) == []


def test_an_alias_that_keeps_the_site_from_being_planned_is_told_once() -> None:
    about = "content/pages/about.md"
    site = make_site({}, {PATH: briefing("aliases: [/about/]\n"), about: "---\ntitle: About\n---\n"})
    told = error("address-collision", Location(PATH, 4, 11), f'the alias "/about/" is an address of {about} already')
    assert check_site(site, [told]) == [told]
    assert [problem.code for problem in check_site(site)] == ["taken-alias"]


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_no_bytes_keep_a_page_from_being_read(data: bytes) -> None:
    assert parse_document(data).headings >= 0


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40), st.text(max_size=40))
def test_an_annotation_is_one_line_whatever_its_words(message: str, path: str) -> None:
    problem = error("broken-link", Location(path or "x", 3), message)
    written = dump_github([problem])
    assert not re.search(r"[\r\n]", written)
    properties = written.removeprefix("::error ").partition("::")[0]
    assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "line", "title"]


def test_json_holds_each_part_of_a_problem_and_the_numbers() -> None:
    problems = [
        error("broken-link", Location("a.md", 3, 7), 'no "page"', "write it"),
        warning("long-summary", Location("b.md"), "long"),
    ]
    value = json.loads(dump_json(problems))
    assert value["summary"] == {"errors": 1, "warnings": 1}
    assert value["findings"][0] == {
        "severity": "error",
        "code": "broken-link",
        "path": "a.md",
        "line": 3,
        "column": 7,
        "message": 'no "page"',
        "hint": "write it",
    }


def test_a_draft_is_checked_as_soon_as_it_is_written() -> None:
    text = briefing(f"draft: true\nsummary: {'word ' * 60}\n")
    assert [problem.where for problem in find_long_summaries(make_site({}, {PATH: text}))] == [Location(PATH, 5, 1)]
    assert parse_briefing(text.encode(), PATH).date == date(2025, 8, 16)
