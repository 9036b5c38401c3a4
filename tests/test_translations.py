"""One text in several languages is counted once, by its original; each version has its page, and all of them name one another."""

import csv
import io
import json
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from generator.build.inputs import read_texts
from generator.check import check_site
from generator.content.briefings import dump_briefing, parse_briefing
from generator.content.drafts import render_draft
from generator.ingest.amend import Change, amend_briefing
from generator.places import find_places
from generator.publish.translations import find_wrong_translations
from tests.archives import briefing_file, small_archive
from tests.conftest import WriteTree, build_site
from tests.factories import make_briefing, make_built_site

BASE = "https://example.org/briefings"
ENGLISH, KOREAN, HINDI = "/briefings/2025-08-16-india/", "/briefings/2025-08-17-ko/", "/briefings/2025-08-16-hi/"
ORIGINAL = "content/briefings/2025/2025-08-16-india.md"
TRANSLATION = "content/briefings/2025/2025-08-17-ko.md"
KOREAN_TITLE = "한-인도 정상회담"
NAMED = "translation_of: 2025-08-16-india\n"


def korean(more: str = "") -> str:
    """Return a translation; Chile, space and a person are terms that nothing else in the archive has."""
    return briefing_file(
        KOREAN_TITLE,
        date="2025-08-17",
        countries="[IN, KR, CL]",
        pairs="[in-kr, cl-kr]",
        sectors="[semiconductors, space]",
        body="인도와 대한민국은 서울에서 반도체에 관해 논의했다. 유일무이.",
        more=f"lang: ko\n{NAMED}people: [조현]\n{more}",
    )


def archive(**more: str) -> Mapping[str, str]:
    """Return the files of the small archive with a Korean and a Hindi version of its latest briefing."""
    hindi = briefing_file("भारत और दक्षिण कोरिया मिले", body="भारत और दक्षिण कोरिया सियोल में मिले।", more=f"lang: hi\n{NAMED}")
    return {**small_archive(), TRANSLATION: korean(), "content/briefings/2025/2025-08-16-hi.md": hindi, **more}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the files of the site by their addresses."""
    return build(tmp_path_factory.mktemp("archive"), archive())


def build(root: Path, files: Mapping[str, str], **options: object) -> Mapping[str, bytes]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outcome = build_site(root, publish=False, **options)
    assert outcome.problems == ()
    return outcome.rendered


def see(data: bytes) -> html.HtmlElement:
    return html.fromstring(data.decode())


def test_each_page_leads_to_the_others_by_their_titles_and_says_the_languages_in_english(files: Mapping[str, bytes]) -> None:
    told = {url: see(files[url]).xpath("//div[@class='dateline']/p[contains(., 'Also in')]")[0] for url in (ENGLISH, KOREAN)}
    assert told[ENGLISH].text_content() == f"Also in Hindi: भारत और दक्षिण कोरिया मिले; in Korean: {KOREAN_TITLE}"
    assert told[KOREAN].text_content().startswith("Also in English: India and South Korea meet; in Hindi: ")
    links = [dict(link.attrib) for link in told[ENGLISH].xpath("a")]
    assert links == [
        {"href": f"/briefings{HINDI}", "hreflang": "hi", "lang": "hi", "dir": "ltr"},
        {"href": f"/briefings{KOREAN}", "hreflang": "ko", "lang": "ko", "dir": "ltr"},
    ]


@pytest.mark.parametrize("url", [ENGLISH, KOREAN, HINDI])
def test_the_head_of_every_version_lists_all_of_them_and_itself(files: Mapping[str, bytes], url: str) -> None:
    links = see(files[url]).xpath("//head/link[@rel='alternate'][@hreflang]")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": BASE + ENGLISH,
        "ko": BASE + KOREAN,
        "hi": BASE + HINDI,
        "x-default": BASE + ENGLISH,
    }
    assert see(files[url]).xpath("//link[@rel='canonical']/@href") == [BASE + url]


def test_search_engines_are_told_which_is_the_work_and_which_its_translation(files: Mapping[str, bytes]) -> None:
    described = {
        url: json.loads(see(files[url]).xpath("//script[@type='application/ld+json']/text()")[0]) for url in (ENGLISH, KOREAN)
    }
    work = {"@type": "Article", "headline": "India and South Korea meet", "url": BASE + ENGLISH, "inLanguage": "en"}
    assert described[KOREAN]["translationOfWork"] == work
    assert described[KOREAN]["inLanguage"] == "ko"
    assert [one["url"] for one in described[ENGLISH]["workTranslation"]] == [BASE + HINDI, BASE + KOREAN]


def test_no_list_count_feed_or_chart_has_it(files: Mapping[str, bytes]) -> None:
    holding = {url for url, data in files.items() if b"2025-08-17-ko" in data or KOREAN_TITLE.encode() in data}
    own = {f"{KOREAN}{name}" for name in ("", "index.md", "citation.bib", "citation.json", "citation.ris")}
    others = {ENGLISH, f"{ENGLISH}index.md", HINDI, f"{HINDI}index.md"}
    data = {f"/data/briefings.{form}" for form in ("csv", "jsonl", "sqlite", "bib", "ris", "csl.json")} | {
        "/sitemap.xml",
        "/api/v1/index.json",
    }
    searched = {url for url in holding if url.startswith("/search/documents/")}
    assert len(searched) == 1
    assert holding == own | others | data | searched | {f"/api/v1{KOREAN[:-1]}.json"}
    assert see(files["/briefings/"]).xpath("count(//ol[@class='cards']/li)") == 4
    assert json.loads(files["/api/v1/countries/in.json"])["count"] == 2


def test_terms_that_only_a_translation_bears_make_no_list_and_lead_nowhere(files: Mapping[str, bytes]) -> None:
    assert not {"/countries/cl/", "/pairs/cl-kr/", "/sectors/space/", "/api/v1/countries/cl.json"} & files.keys()
    page = see(files[KOREAN])
    tags = {tag.text_content(): tag.get("href") for tag in page.xpath("//dl//*[@class='tag']")}
    assert tags["South Korea"] == "/briefings/countries/kr/"
    assert [tags[name] for name in ("Chile", "Chile–South Korea", "Space", "조현")] == [None] * 4
    record = json.loads(files[f"/api/v1{KOREAN[:-1]}.json"])
    assert [(term["key"], term["url"], term["api_url"]) for term in record["countries"]][2] == ("cl", None, None)


def test_a_translation_has_the_neighbours_of_its_original(files: Mapping[str, bytes]) -> None:
    beside = [
        see(files[url]).xpath("//nav[@class='course']//a/@href | //section[@class='related']//a/@href")
        for url in (ENGLISH, KOREAN)
    ]
    assert beside[0] == beside[1] != []


def test_the_card_of_the_original_says_in_which_languages_it_is_there(files: Mapping[str, bytes]) -> None:
    cards = see(files["/pairs/in-kr/"]).xpath("//li[@class='card']")
    assert [" ".join(card.xpath(".//p[@class='note']/text()")) for card in cards] == ["Also in Hindi, Korean", ""]


def test_the_search_knows_its_words_and_its_language(files: Mapping[str, bytes]) -> None:
    assert any("유일" in data.decode() for url, data in files.items() if url.startswith("/search/terms/"))
    facet = next(json.loads(data) for url, data in files.items() if url.startswith("/search/facets/language."))
    assert [key for key, *_ in facet["values"]] == ["en", "hi", "ko"]


def test_results_of_the_search_say_which_version_of_a_text_they_are(files: Mapping[str, bytes]) -> None:
    blocks = [json.loads(data)["documents"] for url, data in files.items() if url.startswith("/search/documents/")]
    about = {name: about for block in blocks for name, _, _, about, *_ in block}
    assert len(about) == 6
    said = {name: shown.rpartition(" · ")[2] for name, shown in about.items() if " · in " in shown}
    assert said == {"2025-08-16-india": "in English", "2025-08-16-hi": "in Hindi", "2025-08-17-ko": "in Korean"}
    assert about["2025-08-16-india"] == "India–South Korea · in English"


def test_the_data_have_it_and_say_of_what_it_is_a_translation(files: Mapping[str, bytes], tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(files["/data/briefings.csv"].decode())))
    lines = [json.loads(line) for line in files["/data/briefings.jsonl"].decode().splitlines()]
    index = json.loads(files["/api/v1/index.json"])
    for records in (rows, lines, index["briefings"]):
        named = {record["id"]: record["translation_of"] for record in records}
        assert (len(named), named["2025-08-17-ko"], named["2025-08-16-india"] or "") == (6, "2025-08-16-india", "")
    assert (index["count"], index["countries"][0]["count"]) == (4, 4)
    (tmp_path / "briefings.sqlite").write_bytes(files["/data/briefings.sqlite"])
    database = sqlite3.connect(tmp_path / "briefings.sqlite")
    database.execute("PRAGMA foreign_keys = ON")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    joined = "SELECT o.title FROM briefings t JOIN briefings o ON o.id = t.translation_of WHERE t.language = 'ko'"
    assert database.execute(joined).fetchall() == [("India and South Korea meet",)]
    assert "4 briefings and 2 translations" in see(files["/data/"]).text_content()
    assert "translation_of IS NULL" in see(files["/data/"]).text_content()


def test_the_data_package_says_to_what_the_column_refers(files: Mapping[str, bytes]) -> None:
    package = json.loads(files["/data/datapackage.json"])
    [schema] = [resource["schema"] for resource in package["resources"] if "schema" in resource]
    assert schema["foreignKeys"] == [{"fields": ["translation_of"], "reference": {"fields": ["id"]}}]


def test_the_check_finds_no_fault_in_it(write_tree: WriteTree) -> None:
    assert check(write_tree(archive())) == []


def check(root: Path) -> list[str]:
    outcome = build_site(root, publish=False)
    texts = read_texts(find_places(root))
    site = make_built_site(
        outcome.rendered, base_url=outcome.base_url, planned=outcome.reasons, sources=outcome.sources, texts=texts
    )
    return [str(problem) for problem in check_site(site)]


def withdraw(text: str, reason: str = "It was retracted.") -> str:
    return text.replace("title:", f"withdrawn: {{date: 2025-09-01, text: {reason}}}\ntitle:", 1)


def test_a_translation_of_a_draft_waits_for_it(tmp_path: Path) -> None:
    files = archive()
    draft = {**files, ORIGINAL: files[ORIGINAL].replace("title:", "draft: true\ntitle:", 1)}
    rendered = build(tmp_path, draft)
    assert not {ENGLISH, KOREAN, HINDI} & rendered.keys()
    told = (
        f'{TRANSLATION}:10:1: "2025-08-16-india" is a draft, and its translation waits for it '
        '(publish the original, or take the key "translation_of" out) [waiting-translation]'
    )
    assert told in check(tmp_path)
    assert {ENGLISH, KOREAN} <= build_site(tmp_path, publish=False, drafts=True).rendered.keys()
    assert build_site(tmp_path).drafts == 3


def test_a_translation_of_a_withdrawn_text_is_withdrawn_with_it_and_told_once(tmp_path: Path) -> None:
    files = archive()
    rendered = build(tmp_path, {**files, ORIGINAL: withdraw(files[ORIGINAL])})
    page = see(rendered[KOREAN])
    assert page.xpath("//h1/text()") == [KOREAN_TITLE]
    assert "It was retracted." in page.text_content()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    holding = {url for url, data in rendered.items() if b"2025-08-17-ko" in data or "유일무이".encode() in data}
    assert holding == {KOREAN, "/api/v1/changes.json"}
    assert see(rendered["/changes/"]).xpath("//li[@class='card']//a/@href") == [f"/briefings{ENGLISH}"]
    assert check(tmp_path) == []


def test_a_withdrawn_translation_leaves_its_original_as_it_was(tmp_path: Path) -> None:
    files = archive()
    former = korean(more="aliases: [/alt/]\n")
    rendered = build(tmp_path, {**files, TRANSLATION: withdraw(former, "It was badly translated.")})
    assert "badly translated" in see(rendered[KOREAN]).text_content()
    assert "Korean:" not in see(rendered[ENGLISH]).text_content()
    assert "in Hindi" in see(rendered[ENGLISH]).text_content()
    holding = {url for url, data in rendered.items() if b"badly translated" in data}
    assert holding == {KOREAN, "/api/v1/changes.json", "/changes/", "/changes/feed.xml", "/changes/feed.json"}
    assert b"2025-08-17-ko" in rendered["/alt/"]
    assert check(tmp_path) == []


def test_a_correction_of_all_versions_is_listed_once_and_one_of_a_translation_is_listed(tmp_path: Path) -> None:
    files = archive()
    both = "corrections: [{date: 2025-09-01, text: In Busan.}]\ntitle:"
    own = "corrections: [{date: 2025-09-01, text: In Busan.}, {date: 2025-09-02, text: A wrong word.}]\ntitle:"
    texts = {ORIGINAL: files[ORIGINAL].replace("title:", both, 1), TRANSLATION: files[TRANSLATION].replace("title:", own, 1)}
    page = see(build(tmp_path, {**files, **texts})["/changes/"])
    assert page.xpath("//li[@class='card']//a/@href") == [f"/briefings{KOREAN}", f"/briefings{ENGLISH}"]
    assert page.xpath("//p[@class='card-summary']/text()") == ["A wrong word.", "In Busan."]


def test_another_of_the_same_language_may_follow_a_withdrawn_one(tmp_path: Path) -> None:
    files = archive()
    better = {"content/briefings/2025/2025-09-02-ko.md": korean()}
    rendered = build(tmp_path, {**files, TRANSLATION: withdraw(files[TRANSLATION]), **better})
    assert b'href="/briefings/briefings/2025-09-02-ko/"' in rendered[ENGLISH]


def test_the_key_is_kept_when_the_file_is_written_or_tagged_anew() -> None:
    briefing = parse_briefing(korean().encode(), "x.md")
    assert briefing.translation_of == "2025-08-16-india"
    assert parse_briefing(dump_briefing(briefing).encode(), "x.md").translation_of == briefing.translation_of
    fewer = Change("sectors", ("semiconductors", "space"), ("semiconductors",))
    assert NAMED in amend_briefing(korean().encode(), [fewer], "x.md").decode()


def test_a_new_briefing_shows_the_key() -> None:

    assert "# translation_of: " in render_draft("A title", date(2025, 8, 16))


def test_an_original_that_cannot_be_read_is_not_said_to_be_missing(write_tree: WriteTree) -> None:
    files = archive()
    root = write_tree({**files, ORIGINAL: files[ORIGINAL].replace("kind: summit", "kind: sumit")})
    assert [problem.code for problem in build_site(root).problems] == ["unknown-kind"]


def test_an_original_that_many_translations_miss_is_looked_for_once_and_never_among_translations() -> None:
    texts = [make_briefing(id=f"2025-03-01-ports-{number}", lang="en") for number in range(3_000)]
    lost = [make_briefing(id=f"x-{number}-ko", lang="ko", translation_of=f"x-{number}") for number in range(60)]
    found = find_wrong_translations([*texts, *lost], "en", unread=(), locate=lambda where, _: where)
    assert {problem.hint for problem in found} == {"the id of a briefing is the name of its file without .md"}
    missing = make_briefing(id="2025-03-01-port-ko", lang="ko", translation_of="2025-03-01-port")
    (problem,) = find_wrong_translations([*texts[:9], missing], "en", unread=(), locate=lambda where, _: where)
    assert problem.hint.startswith('did you mean "2025-03-01-ports-')
