import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import Struct
from msgspec.structs import fields, replace

from generator.config import Licence
from generator.model import CountryPair, Notice, Source, Text
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.exports import (
    SCHEMAS,
    TEXTLESS,
    About,
    Host,
    api_url,
    describe_download,
    dump_record,
    make_api_schema,
    make_datapackage,
    make_openapi,
    render_briefing,
    render_checksums,
    render_downloads,
    render_index,
    render_listing,
)
from generator.publish.exports.records import BriefingRecord, SummaryRecord
from generator.publish.exports.tables import COLUMNS, guard_cell
from tests.archives import small_archive
from tests.conftest import WriteTree, build_site
from tests.factories import BASE_URL, make_archive_of, make_article, make_briefing, shipped_vocabulary

HINDI = "भारत और दक्षिण कोरिया ने सेमीकंडक्टर पर सहमति जताई।"
HOST = Host(BASE_URL)
ABOUT = About("Archive", "All of it.", BASE_URL, changed=date(2025, 9, 1))
GONE = "---\ntitle: Gone\ndate: 2023-01-01\nwithdrawn: {date: 2025-09-03, text: No more.}\n---\nText.\n"
SECRET = "Zanzibarium"


def sample() -> Archive:
    return make_archive_of(
        make_briefing(),
        make_briefing(id="2025-09-01-in-hindi", date=date(2025, 9, 1), title="सहमति", body=HINDI, lang="hi", sources=()),
        make_briefing(
            id="2024-01-02-at-home", date=date(2024, 1, 2), countries=("IN",), pairs=(), sectors=("agriculture",), kind=""
        ),
    )


def render(name: str, articles: tuple[Article, ...]) -> bytes:
    return render_downloads(articles, HOST, ABOUT)[name]


def open_database(content: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database


def query(content: bytes, statement: str, *arguments: str) -> list[tuple[Any, ...]]:
    with closing(open_database(content)) as database:
        return database.execute(statement, arguments).fetchall()


def validate(content: bytes, name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(content)
    Draft202012Validator(make_api_schema(name, BASE_URL), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)
    return value


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


# CSV


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", "\n-", "  =", "\u200b=", "\ufeff+", "＝", "＋", "－", "＠", "﹢"]
)
def test_a_cell_never_starts_a_formula(start: str) -> None:
    assert guard_cell(f"{start}HYPERLINK(1)").startswith("'")


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.one_of(st.sampled_from("=+-@＝＋－＠\t\r\n \u200b\x00|'\""), st.characters(codec="utf-8"))))
def test_no_title_starts_a_formula_or_breaks_the_row(title: str) -> None:
    (row,) = read_csv(render("briefings.csv", (make_article(title=title, summary=title),)))
    assert list(row) == [column.name for column in COLUMNS]
    for cell in row.values():
        assert unicodedata.normalize("NFKC", cell.strip()[:1])[:1] not in set("=+-@\t\r")
    assert row["id"] == make_article().card.id


def test_csv_has_a_row_for_each_briefing_newest_first() -> None:
    rows = read_csv(render("briefings.csv", sample().articles))
    assert [row["date"] for row in rows] == ["2025-09-01", "2025-08-16", "2024-01-02"]
    assert rows[1] == {
        "id": "2025-08-16-india-and-south-korea-agree-on-chips",
        "title": "India And South Korea Agree On Chips",
        "date": "2025-08-16",
        "corrected": "",
        "url": f"{BASE_URL}briefings/2025-08-16-india-and-south-korea-agree-on-chips/",
        "aliases": "",
        "kind": "ministerial-meeting",
        "countries": "in|kr",
        "pairs": "in-kr",
        "sectors": "semiconductors|shipbuilding",
        "people": "S Jaishankar|Cho Hyun",
        "organisations": "Ministry of External Affairs",
        "language": "en",
        "translation_of": "",
        "publishers": "Example Times",
        "source_urls": "https://times.example/chips",
        "rights": "full",
        "summary": "The two countries will make semiconductors together.",
        "key_points": "India and South Korea agreed on semiconductors in Seoul.",
    }


def test_the_values_of_a_cell_come_apart_as_they_were_put_together() -> None:
    sources = (
        Source(publisher="Reuters | World", url="https://a.example/x|y"),
        Source(url="https://b.example/"),
        Source(publisher="Third"),
    )
    article = make_article(sources=sources, key_points=("One | two.", "Three."), title="A | B")
    (row,) = read_csv(render("briefings.csv", (article,)))
    assert row["publishers"].split("|") == ["Reuters ¦ World", "", "Third"]
    assert row["source_urls"].split("|") == ["https://a.example/x%7Cy", "https://b.example/", ""]
    assert row["key_points"].split("|") == ["One ¦ two.", "Three."]
    assert row["title"] == "A | B", "a cell of one value keeps it"


def fail() -> str:
    raise AssertionError("the text was read")


def test_the_table_is_made_without_a_look_at_the_texts() -> None:
    articles = sample().articles
    unread = [replace(article, text=Text(article.text.digest, fail)) for article in articles]
    assert render_downloads(unread, HOST, ABOUT, TEXTLESS) == {"briefings.csv": render("briefings.csv", articles)}


def test_a_cell_of_nothing_but_unknown_values_is_empty() -> None:
    (row,) = read_csv(render("briefings.csv", (make_article(sources=(Source(title="One"), Source(title="Two"))),)))
    assert row["publishers"] == row["source_urls"] == ""


def test_the_codes_of_countries_are_the_same_in_every_file() -> None:
    files = render_downloads((make_article(countries=("NA", "IN"), pairs=(CountryPair("IN", "NA"),)),), HOST, ABOUT)
    (row,), line = read_csv(files["briefings.csv"]), json.loads(files["briefings.jsonl"])
    codes = row["countries"].split("|")
    assert codes == [term["key"] for term in line["countries"]] == ["na", "in"], "NA would be a missing value to pandas and R"
    assert set(codes) == set(row["pairs"].split("-"))
    statement = "SELECT country FROM briefings_countries ORDER BY position"
    assert [code for (code,) in query(files["briefings.sqlite"], statement)] == codes


# JSON


def test_every_file_of_the_api_keeps_its_schema() -> None:
    archive = sample()
    for article in archive.articles:
        validate(render_briefing(article, HOST, archive.vocabulary), "briefing")
    for family in ("country", "pair", "sector"):
        for term, cards in archive.by_family(family).items():
            assert validate(render_listing(term, cards, HOST), "listing")["count"] == len(cards)
    validate(render_index("Archive", archive.cards, HOST, archive.changed), "index")


@pytest.mark.parametrize("name", ["title", "date", "sectors", "rights"])
def test_the_schema_refuses_a_briefing_that_lacks_a_field(name: str) -> None:
    article = make_article()
    value = json.loads(render_briefing(article, HOST, shipped_vocabulary()))
    del value[name]
    validator = Draft202012Validator(make_api_schema("briefing", BASE_URL))
    assert [fault.validator for fault in validator.iter_errors(value)] == ["required"]


def test_the_schema_refuses_other_rights_and_dates_that_are_none() -> None:
    value = json.loads(render_briefing(make_article(), HOST, shipped_vocabulary()))
    value |= {"rights": "some", "date": "2025-13-01"}
    schema = make_api_schema("briefing", BASE_URL)
    faults = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(value)
    assert sorted(str(fault.validator) for fault in faults) == ["enum", "format"]


def test_the_api_tells_a_briefing_with_its_evidence() -> None:
    value = validate(render_briefing(make_article(), HOST, shipped_vocabulary()), "briefing")
    assert value["title"] == "India And South Korea Agree On Chips"
    assert value["body"].startswith("India and South Korea agreed")
    assert [term["key"] for term in value["countries"]] == ["in", "kr"]
    assert value["pairs"][0]["api_url"] == f"{BASE_URL}api/v1/pairs/in-kr.json"
    marked = {(found["term"], found["quote"][found["start"] : found["end"]]) for found in value["evidence"]}
    assert {("in", "India"), ("kr", "South Korea"), ("semiconductors", "semiconductors")} <= marked


def test_a_listing_counts_its_terms_from_the_most_frequent() -> None:
    archive = sample()
    term = next(term for term in archive.by_country if term.key == "in")
    value = json.loads(render_listing(term, archive.by_country[term], HOST))
    assert (value["family"], value["count"], value["first"], value["latest"]) == ("country", 3, "2024-01-02", "2025-09-01")
    assert [(row["term"]["key"], row["count"]) for row in value["countries"]] == [("in", 3), ("kr", 2)]
    assert [row["term"]["key"] for row in value["sectors"]] == ["semiconductors", "shipbuilding", "agriculture"]


def test_a_correction_is_seen_in_every_list_and_file() -> None:
    archive = make_archive_of(make_briefing(corrections=(Notice(date(2025, 9, 2), "Three billion."),)))
    (term, cards), *_ = archive.by_country.items()
    lists = [render_index("Archive", archive.cards, HOST, archive.changed), render_listing(term, cards, HOST)]
    told = [json.loads(content)["briefings"][0] for content in lists]
    told += [json.loads(render_briefing(archive.articles[0], HOST, archive.vocabulary))]
    told += [json.loads(render("briefings.jsonl", archive.articles))]
    assert [(record["date"], record["changed"]) for record in told] == [("2025-08-16", "2025-09-02")] * 4
    assert query(render("briefings.sqlite", archive.articles), "SELECT date, changed FROM briefings") == [
        ("2025-08-16", "2025-09-02")
    ]
    (row,) = read_csv(render("briefings.csv", archive.articles))
    assert row["corrected"] == "2025-09-02"


@pytest.mark.parametrize("base_url", [BASE_URL, "https://example.org/büro/"])
def test_addresses_in_letters_of_any_script_keep_the_schema(base_url: str) -> None:
    archive = make_archive_of(make_briefing(id="2024-06-03-首脳会談"))
    host, (term, cards) = Host(base_url), next(iter(archive.by_country.items()))
    told = validate(render_briefing(archive.articles[0], host, archive.vocabulary), "briefing")
    validate(render_listing(term, cards, host), "listing")
    validate(render_index("Archive", archive.cards, host, archive.changed), "index")
    assert told["id"] == "2024-06-03-首脳会談"
    assert told["url"].endswith("/briefings/2024-06-03-%E9%A6%96%E8%84%B3%E4%BC%9A%E8%AB%87/")
    assert told["url"].isascii()


def test_a_renamed_briefing_is_told_with_its_former_address() -> None:
    files = render_downloads((make_article(aliases=("/briefings/old/", "/alt/é/")),), HOST, ABOUT)
    former = [f"{BASE_URL}briefings/old/", f"{BASE_URL}alt/%C3%A9/"]
    assert json.loads(files["briefings.jsonl"])["aliases"] == former
    assert read_csv(files["briefings.csv"])[0]["aliases"].split("|") == former
    assert query(files["briefings.sqlite"], "SELECT url FROM aliases ORDER BY position") == [(url,) for url in former]


def test_people_and_bodies_come_with_the_addresses_of_their_pages() -> None:
    files = render_downloads((make_article(),), HOST, ABOUT)
    record = json.loads(files["briefings.jsonl"])
    person = f"{BASE_URL}people/s-jaishankar/"
    assert (record["people"][0]["key"], record["people"][0]["url"]) == ("s-jaishankar", person)
    assert record["organisations"][0]["url"] == f"{BASE_URL}organisations/ministry-of-external-affairs/"
    assert query(files["briefings.sqlite"], "SELECT url FROM people WHERE key = 's-jaishankar'") == [(person,)]


def test_the_schema_says_where_the_links_of_a_body_lead_and_why_there_may_be_none() -> None:
    fields_of = make_api_schema("briefing", BASE_URL)["properties"]
    assert "relative to `url`" in fields_of["body"]["description"]
    assert "not sanitised" in fields_of["body"]["description"]
    for name in ("body", "summary"):
        assert "null where there is none" in fields_of[name]["description"].lower()
    assert json.loads(render("briefings.jsonl", (make_article(),)))["base_url"] == BASE_URL


def test_a_briefing_without_corrections_changed_on_its_day() -> None:
    assert json.loads(render("briefings.jsonl", (make_article(),)))["changed"] == "2025-08-16"


def test_a_briefing_has_all_that_its_summary_has() -> None:
    def described(kind: type[Struct]) -> list[tuple[str, object]]:
        return [(field.name, field.type) for field in fields(kind)]

    assert described(BriefingRecord)[: len(fields(SummaryRecord))] == described(SummaryRecord)


def test_addresses_of_the_api_lead_to_a_described_path() -> None:
    paths = make_openapi("Archive", "All of it.", BASE_URL, {"id": "a", "pair": "in-kr"}, licence=Licence())["paths"]
    shapes = {"/".join(path.split("/")[:4]) for path in paths}
    assert shapes == {
        "/api/v1/index.json",
        "/api/v1/changes.json",
        *(api_url(family, "x").rpartition("/")[0] for family in ("briefing", "country", "pair", "sector")),
    }


def test_every_reference_of_the_openapi_document_leads_to_a_valid_schema() -> None:
    document: dict[str, Any] = json.loads(
        dump_record(make_openapi("Archive", "All of it.", BASE_URL, {"id": "a", "pair": "in-kr"}, licence=Licence()))
    )
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    references = set(find_references(document))
    assert {f"#/components/schemas/{name}" for name in schemas} == references | {
        f"#/components/schemas/{name}" for name in ("Briefing", "Changes", "Index", "Listing")
    }
    assert references <= {f"#/components/schemas/{name}" for name in schemas}


def find_references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [found for item in value.values() for found in find_references(item)]
    return [found for item in value for found in find_references(item)] if isinstance(value, list) else []


def test_schemas_say_what_every_class_is() -> None:
    for name in SCHEMAS:
        schema = make_api_schema(name, BASE_URL)
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"{BASE_URL}api/v1/schemas/{name}.json"
        assert all(definition["description"] for definition in schema["$defs"].values())


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_line_of_json_is_one_line_whatever_the_text(text: str) -> None:
    lines = render("briefings.jsonl", (make_article(body=text, summary="a\u2028b\x85c"),)).decode().splitlines()
    assert len(lines) == 1
    record = json.loads(lines[0])
    assert record["body"] == (text or None)
    assert "evidence" not in record, "an empty list would say that there is none"


# SQLite


def test_the_database_is_whole_and_refers_to_nothing_missing() -> None:
    content = render("briefings.sqlite", sample().articles)
    assert query(content, "PRAGMA integrity_check") == [("ok",)]
    assert query(content, "PRAGMA foreign_key_check") == []
    assert query(content, "SELECT id FROM briefings ORDER BY number") == [
        ("2025-09-01-in-hindi",),
        ("2025-08-16-india-and-south-korea-agree-on-chips",),
        ("2024-01-02-at-home",),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("ships", 2), ("SHIPS", 2), ("सेमीकंडक्टर", 1), ("semiconductors", 3), ("nowhere", 0), ('"build ships together"', 2)],
)
def test_full_text_search_finds_whole_words_of_every_script(words: str, found: int) -> None:
    statement = "SELECT id FROM briefings JOIN briefings_fts ON number = briefings_fts.rowid WHERE briefings_fts MATCH ?"
    assert len(query(render("briefings.sqlite", sample().articles), statement, words)) == found


def test_datasette_and_sqlite_utils_find_the_search_of_the_briefings() -> None:
    # As both look for it: `detect_fts` of datasette/utils and of sqlite_utils/db.py.
    statement = "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"briefings\"%'"
    assert query(render("briefings.sqlite", sample().articles), statement) == [("briefings_fts",)]


def test_a_word_of_a_language_without_spaces_is_found_as_the_page_of_the_downloads_says() -> None:
    content = render("briefings.sqlite", (make_article(title="日韓首脳会談", body="東京で首脳会談を行った。"),))
    assert query(content, "SELECT title FROM briefings WHERE title LIKE '%首脳%' OR body LIKE '%首脳%'") == [("日韓首脳会談",)]
    assert query(content, "SELECT title FROM briefings_fts WHERE briefings_fts MATCH '首脳'") == [], "then the page may say less"


def test_a_vowel_sign_does_not_end_a_word() -> None:
    content = render("briefings.sqlite", sample().articles)
    assert query(content, "SELECT count(*) FROM briefings_fts WHERE briefings_fts MATCH ?", "सहमत") == [(0,)]


def test_the_database_joins_briefings_with_their_terms() -> None:
    statement = (
        "SELECT countries.name, count(*) FROM briefings JOIN briefings_countries ON briefing = number "
        "JOIN countries ON countries.key = country GROUP BY country ORDER BY country"
    )
    content = render("briefings.sqlite", sample().articles)
    assert query(content, statement) == [("India", 3), ("South Korea", 2)]
    assert query(content, "SELECT DISTINCT key, name, office FROM people ORDER BY name") == [
        ("cho-hyun", "Cho Hyun", None),
        ("s-jaishankar", "S Jaishankar", "External Affairs Minister of India"),
    ]
    assert query(content, "SELECT DISTINCT publisher, published FROM sources") == [("Example Times", "2025-08-16T21:52:00+00:00")]


def test_an_empty_archive_can_be_taken_away_too() -> None:
    assert query(render("briefings.sqlite", ()), "SELECT count(*) FROM briefings") == [(0,)]
    assert read_csv(render("briefings.csv", ())) == []
    assert render("briefings.jsonl", ()) == b""
    assert validate(render_index("Archive", (), HOST, None), "index")["count"] == 0


# All files


def make_all() -> dict[str, bytes]:
    archive = sample()
    files = render_downloads(archive.articles, HOST, ABOUT)
    downloads = [describe_download(name, content) for name, content in files.items()]
    return {
        **files,
        "datapackage.json": dump_record(make_datapackage(ABOUT, downloads)),
        "SHA256SUMS": render_checksums(downloads),
        "openapi.json": dump_record(
            make_openapi("Archive", "All of it.", BASE_URL, {"id": "a", "pair": "in-kr"}, licence=Licence())
        ),
        "index.json": render_index("Archive", archive.cards, HOST, archive.changed),
        **{f"{name}.json": dump_record(make_api_schema(name, BASE_URL)) for name in SCHEMAS},
        **{f"{a.card.id}.json": render_briefing(a, HOST, archive.vocabulary) for a in archive.articles},
    }


def print_digests() -> None:
    print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in make_all().items()}))


def test_the_same_archive_gives_the_same_bytes_twice_and_in_another_process() -> None:
    expected = {name: hashlib.sha256(content).hexdigest() for name, content in make_all().items()}
    assert expected == {name: hashlib.sha256(content).hexdigest() for name, content in make_all().items()}
    command = [sys.executable, "-c", "from tests.test_exports import print_digests; print_digests()"]
    root = str(Path(__file__).parent.parent)
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "PYTHONPATH": root}
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, check=True)
    assert json.loads(done.stdout) == expected


def test_the_database_does_not_tell_which_sqlite_wrote_it() -> None:
    content = render("briefings.sqlite", sample().articles)
    assert content[24:28] == content[92:96] == b"\0\0\0\1"
    assert content[96:100] == bytes(4)


@pytest.mark.parametrize(
    ("rights", "held"), [("full", {"body", "summary", "points"}), ("excerpt", {"summary", "points"}), ("link", set())]
)
def test_no_file_holds_what_rights_withhold(rights: str, held: set[str]) -> None:
    article = make_article(
        rights=rights, body=f"{SECRET}body is far away.", summary=f"{SECRET}summary", key_points=(f"{SECRET}points",)
    )
    files = render_downloads((article,), HOST, ABOUT).values()
    everything = b"".join((*files, render_briefing(article, HOST, shipped_vocabulary()))).decode("utf-8", "replace")
    assert {name for name in ("body", "summary", "points") if f"{SECRET}{name}" in everything} == held


def test_checksums_are_those_that_sha256sum_reads() -> None:
    downloads = [describe_download("b.csv", b"x"), describe_download("a.csv", b"")]
    assert render_checksums(downloads).decode() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.csv\n"
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  b.csv\n"
    )


# What Data Package 2.0 and Table Schema 2.0 ask of a descriptor, as far as ours says anything.
DATAPACKAGE = {
    "type": "object",
    "required": ["resources", "$schema"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "title": {"type": "string"},
        "version": {"type": "string", "pattern": r"^[1-9]\d*\.[1-9]\d*\.[1-9]\d*$"},
        "created": {"type": "string", "format": "date-time"},
        "description": {"type": "string"},
        "homepage": {"type": "string", "format": "uri"},
        "resources": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/resource"}},
    },
    "$defs": {
        "resource": {
            "type": "object",
            "required": ["name", "path"],
            "properties": {
                "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
                "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                "format": {"type": "string"},
                "mediatype": {"type": "string", "pattern": "^(.+)/(.+)$"},
                "encoding": {"type": "string"},
                "bytes": {"type": "integer", "minimum": 0},
                "hash": {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"},
                "description": {"type": "string"},
                "jsonSchema": {"type": "string"},
                "type": {"const": "table"},
                "schema": {"$ref": "#/$defs/schema"},
            },
            "additionalProperties": False,
        },
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["name"],
                        "properties": {
                            "name": {"type": "string"},
                            "type": {"enum": ["string", "date", "integer", "list"]},
                            "description": {"type": "string"},
                            "format": {"enum": ["uri"]},
                            "delimiter": {"type": "string"},
                        },
                        "additionalProperties": False,
                    },
                },
                "primaryKey": {"$ref": "#/$defs/names"},
                "foreignKeys": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/key"}},
            },
            "additionalProperties": False,
        },
        "key": {
            "type": "object",
            "required": ["fields", "reference"],
            "properties": {
                "fields": {"$ref": "#/$defs/names"},
                # Without a `resource`, it refers to the table in which it stands.
                "reference": {
                    "type": "object",
                    "required": ["fields"],
                    "properties": {"fields": {"$ref": "#/$defs/names"}},
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "names": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
    },
}


def test_the_data_package_keeps_its_specification_and_describes_the_files() -> None:
    files = render_downloads(sample().articles, HOST, ABOUT)
    downloads = [describe_download(name, content) for name, content in files.items()]
    package = json.loads(dump_record(make_datapackage(ABOUT, downloads)))
    Draft202012Validator(DATAPACKAGE).validate(package)
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    (table,) = (resource for resource in package["resources"] if resource["format"] == "csv")
    header = files["briefings.csv"].decode().splitlines()[0]
    columns = {field["name"]: field for field in table["schema"]["fields"]}
    assert list(columns) == header.split(",")
    assert columns["url"]["format"] == "uri"
    assert all(columns[name]["delimiter"] == "|" for name in ("countries", "publishers", "source_urls"))
    assert all(sign in table["description"] for sign in ("|", "¦", "apostrophe"))
    assert all(resource["description"] for resource in package["resources"])
    assert "280" not in json.dumps(package), "that is advice for editors, and no promise"


def test_everything_of_the_whole_archive_says_of_which_day_it_is(write_tree: WriteTree) -> None:
    withdrawn = {"content/briefings/2023/2023-01-01-gone.md": GONE}
    files = build_site(write_tree(small_archive() | withdrawn), publish=False).rendered
    package = json.loads(files["/data/datapackage.json"])
    assert (package["version"], package["created"]) == ("2025.9.3", "2025-09-03T12:00:00Z")
    assert json.loads(files["/api/v1/index.json"])["changed"] == "2025-09-03"
    assert "3 September 2025" in files["/data/"].decode()
    assert '"dateModified": "2025-09-03", "version": "2025.9.3"' in files["/data/"].decode()
    assert dict(query(files["/data/briefings.sqlite"], "SELECT key, value FROM metadata")) == {
        "base_url": package["homepage"],
        "changed": "2025-09-03",
        "description": package["description"],
        "title": package["title"],
    }


def test_every_correction_and_withdrawal_is_told_beyond_the_limit_of_feeds(write_tree: WriteTree) -> None:
    notices = "corrections: [{date: 2022-01-02, text: A.}, {date: 2022-01-03, text: B.}]"
    corrected = f"---\ntitle: Set\ndate: 2022-01-01\n{notices}\n---\nT.\n"
    more = {
        "content/archive.toml": f'base_url = "{BASE_URL}"\nfeeds.limit = 1\n',
        "content/briefings/2023/2023-01-01-gone.md": GONE,
        "content/briefings/2022/2022-01-01-set.md": corrected,
    }
    files = build_site(write_tree(small_archive() | more), publish=False).rendered
    told = validate(files["/api/v1/changes.json"], "changes")
    assert [(item["date"], item["kind"], item["id"], item["title"], item["text"]) for item in told["changes"]] == [
        ("2025-09-03", "withdrawal", "2023-01-01-gone", "Gone", "No more."),
        ("2022-01-03", "correction", "2022-01-01-set", "Set", "B."),
        ("2022-01-02", "correction", "2022-01-01-set", "Set", "A."),
    ]
    assert told["count"] == 3
    assert all(files[item["url"].removeprefix(BASE_URL[:-1])] for item in told["changes"])
    assert "/api/v1/changes.json" in files["/data/"].decode()
    for page in ("/feeds/", "/feeds/all.opml", "/data/"):
        assert "/changes/feed.xml" in files[page].decode(), page


def test_an_archive_without_changes_says_so_where_a_mirror_asks(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    assert validate(files["/api/v1/changes.json"], "changes") == {"count": 0, "changes": []}
    assert "/changes/feed.xml" not in files["/feeds/"].decode() + files["/data/"].decode()


def test_the_database_says_under_which_terms_it_may_be_reused() -> None:
    about = replace(ABOUT, licence=Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"))
    content = render_downloads((make_article(),), HOST, about)["briefings.sqlite"]
    assert query(content, "SELECT value FROM metadata WHERE key LIKE 'licence%' ORDER BY key") == [
        ("CC BY 4.0",),
        ("https://creativecommons.org/licenses/by/4.0/",),
    ]


def test_a_line_of_json_keeps_the_schema_that_the_data_package_names(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    (lines,) = (item for item in json.loads(files["/data/datapackage.json"])["resources"] if item["format"] == "jsonl")
    address = f"/data/{lines['jsonSchema']}"
    schema = json.loads(files[address])
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(address)
    assert "Evidence" not in schema["$defs"]
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    records = [json.loads(line) for line in files["/data/briefings.jsonl"].splitlines()]
    assert records
    for record in records:
        validator.validate(record)
        assert list(record) == schema["required"]
    assert lines["jsonSchema"] in files["/data/"].decode()


def test_the_examples_of_the_openapi_document_are_answered(write_tree: WriteTree) -> None:
    files = build_site(write_tree(small_archive()), publish=False).rendered
    paths = json.loads(files["/api/v1/openapi.json"])["paths"]
    for path, operation in paths.items():
        for parameter in operation["get"].get("parameters", ()):
            assert path.replace(f"{{{parameter['name']}}}", parameter["example"]) in files
            assert parameter["description"]
            assert re.search(parameter["schema"].get("pattern", ""), parameter["example"])
    (pair,) = paths["/api/v1/pairs/{pair}.json"]["get"]["parameters"]
    assert pair["schema"]["pattern"] == "^[a-z]{2}-[a-z]{2}$"
    assert sum("parameters" in operation["get"] for operation in paths.values()) == 4
