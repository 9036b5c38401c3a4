"""The search index: everything published is found by its words and terms, nothing else is, and an edit touches few files."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from generator.config import Config
from generator.files import walk
from generator.model import Briefing, CountryPair, Notice, Organisation, Person
from generator.places import THEME
from generator.publish.archive import Archive
from generator.publish.articles import Article
from generator.publish.page import Copy, Page, View
from generator.publish.pages import search
from generator.publish.render import render_page
from generator.publish.search import make_segments, plan_search, plan_segments, shards
from generator.publish.search.codec import ALPHABET, encode_ascending, encode_number
from generator.publish.search.directory import find_readings
from generator.publish.search.segments import BRIEFINGS_WORTH_PROCESSES, find_capacity, join_homes
from generator.publish.search.shards import LIMIT, plan_shards, shard_name
from generator.publish.search.words import STOP_WORDS, find_home, make_stemmer, split_words
from generator.publish.site import make_site
from generator.publish.templating import make_environment
from generator.vocabulary import load_vocabulary
from tests.factories import make_archive_of, make_briefing

SITE = make_site(
    Config(base_url="https://example.org/"),
    assets=[Page("/assets/site.css", Copy(b"", b""), "assets"), Page("/assets/theme.js", Copy(b"", b""), "assets")],
    pages=[],
    search=True,
    settings="archive.toml",
)
ENVIRONMENT = make_environment({}, base_url=SITE.base_url)


def write_index(archive: Archive) -> dict[str, bytes]:
    """Return address → bytes of the whole index of an archive."""
    plans = plan_segments(archive.articles)
    segments = list(make_segments(plans))
    return {page.url: render_page(page, ENVIRONMENT) for page in plan_search(archive, SITE, plans=plans, segments=segments)}


def decode(text: str) -> list[int]:
    numbers, number, shift = [], 0, 0
    for digit in map(ALPHABET.index, text):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(number)
            number = shift = 0
    return numbers


class Index:
    """Reads an index as the browser does: by words, in the shard with the longest beginning."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = {url: json.loads(data) for url, data in files.items() if url.endswith(".json")}
        self.root = self.files["/search/index.json"]
        self.ids: dict[int, str] = {}
        base = 0
        for label, (days, *versions) in sorted(self.root["periods"].items()):
            count = len(decode(days))
            for slot in range(count):
                block = slot // self.root["block"]
                documents = self.open("documents", f"{label}-{block}", versions[block])["documents"]
                self.ids[base + slot] = documents[slot % self.root["block"]][0]
            base += find_capacity(count)

    def open(self, folder: str, name: str, version: str) -> Any:
        return self.files[f"/search/{folder}/{name}.{version}.json"]

    def shard(self, folder: str, prefix: str) -> Any:
        return self.open(folder, shard_name(prefix), self.root["terms"][prefix])

    def shards(self, word: str) -> list[str]:
        """Return the beginnings that a word may be filed under, the longest first."""
        starts = (word[: max(3, length)] for length in range(8, 2, -1))
        found = (max((p for p in self.root["terms"] if start.startswith(p)), key=len, default="none") for start in starts)
        return list(dict.fromkeys(found))

    def find(self, word: str) -> dict[str, list[int]]:
        """Return the ids of the briefings that have a form of a word, and where in each one stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for prefix in self.shards(word):
            words = self.shard("terms", prefix)["words"] if prefix in self.root["terms"] else []
            stems = [(stem, form) for stem, forms in enumerate(words) for form in forms.split(" ")]
            asked = {stem for stem, form in stems if form == word}
            for row, (stem, _) in enumerate(stems):
                for name, places in self.read(prefix, row).items() if stem in asked else ():
                    found[name] = sorted({*found[name], *places})
            if found and self.root["isOneLanguage"]:
                break
        return found

    def read(self, prefix: str, row: int) -> dict[str, list[int]]:
        numbers = accumulate(decode(self.shard("terms", prefix)["numbers"][row]))
        places = self.shard("places", prefix)["places"][row].split(" ")
        return {self.ids[number]: decode(text) for number, text in zip(numbers, places, strict=True)}


def read_words(article: Article) -> set[str]:
    """Return all words that a reader sees of a briefing: a plain scan, which the index must agree with."""
    briefing, card = article.briefing, article.card
    terms = [*card.countries, *card.sectors, *card.people, *card.organisations, *([card.kind] if card.kind else [])]
    texts = [
        briefing.title,
        briefing.summary,
        *briefing.key_points,
        briefing.body,
        *(source.publisher for source in briefing.sources),
    ]
    texts += [term.name for term in terms] + [body.abbreviation for body in briefing.organisations]
    return {word for text in texts for word in split_words(text)} - STOP_WORDS


def make_archive(count: int = 40) -> Archive:
    """Return an archive of several languages over two years."""
    titles = {
        "en": "India and South Korea sign pact {} on semiconductors",
        "hi": "भारत और दक्षिण कोरिया ने समझौता {} किया",
        "ko": "한국과 인도가 반도체 협정 {} 체결",
        "fr": "L’Inde et la Corée signent l’accord {} à Séoul",
    }
    briefings = []
    for number in range(count):
        lang = tuple(titles)[number % 4]
        day = date(2024, 1, 3) + timedelta(days=17 * number)
        title = titles[lang].format(f"P{number:03}")
        body = (
            f"Paragraph one names marker{chr(97 + number % 26)}word and wars.\n\nThe second one is on ships, G-20 and U.S. banks."
        )
        briefings.append(
            make_briefing(id=f"{day}-b{number:03}", date=day, title=title, lang=lang, body=body, sectors=("trade", "space"))
        )
    return make_archive_of(*briefings)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive()


@pytest.fixture(scope="module")
def index(archive: Archive) -> Index:
    return Index(write_index(archive))


def test_every_briefing_is_found_by_its_title_and_by_each_of_its_terms(archive: Archive, index: Index) -> None:
    for article in archive.articles:
        card = article.card
        for name in (card.title, *(term.name for term in (*card.countries, *card.sectors, *card.people, *card.organisations))):
            for word in set(split_words(name)) - STOP_WORDS:
                assert card.id in index.find(word), (word, card.id)


@pytest.mark.parametrize("limit", [shards.LIMIT, 200])
def test_a_word_finds_what_a_plain_scan_finds(archive: Archive, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(shards, "LIMIT", limit)
    index = Index(write_index(archive))
    seen = {article.card.id: read_words(article) for article in archive.articles}
    langs = {article.card.id: article.card.lang for article in archive.articles}
    # A form stands for its stem: whoever looks for "war" wants "wars".
    for word in set().union(*seen.values()):
        stems = {make_stemmer(langs[found])(word) for found in seen if word in seen[found]}
        scanned = {found for found in seen if any(make_stemmer(langs[found])(other) in stems for other in seen[found])}
        assert set(index.find(word)) == scanned, word


WORDS = st.sampled_from("trade trades trading war wars bank banks chip 반도체 भारत Türkiye 中国 G-20 U.S. of the seoul".split())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 900)), min_size=1, max_size=12))
def test_any_archive_finds_each_of_its_words(texts: list[tuple[list[str], int]]) -> None:
    briefings = [
        make_briefing(id=f"b-{number}", date=date(2023, 1, 1) + timedelta(days=days), title=f"T {number}", body=" ".join(words))
        for number, (words, days) in enumerate(texts)
    ]
    archive = make_archive_of(*briefings)
    index = Index(write_index(archive))
    for article in archive.articles:
        for word in read_words(article):
            assert article.card.id in index.find(word)


def test_positions_tell_phrases_from_words_that_are_apart() -> None:
    near = make_briefing(id="near", body="The joint venture builds ships.")
    apart = make_briefing(id="apart", body="A joint plan.\n\nThe venture builds ships.")
    index = Index(write_index(make_archive_of(near, apart)))
    first, second = index.find("joint"), index.find("venture")
    assert {found for found in first if any(place + 1 in second[found] for place in first[found])} == {"near"}


def test_stop_words_keep_their_place_in_a_phrase() -> None:
    index = Index(write_index(make_archive_of(make_briefing(id="one", body="The ministry of defence spoke."))))
    assert index.find("of") == {}
    assert index.find("defence")["one"][-1] - index.find("ministry")["one"][-1] == 2


def test_a_better_place_gives_a_higher_level() -> None:
    titled = make_briefing(id="b-titled", title="Zirconium", body="Words.")
    told = make_briefing(id="a-told", title="Words", body="Zirconium.")
    index = Index(write_index(make_archive_of(titled, told)))
    terms = index.shard("terms", index.shards("zirconium")[0])
    row = " ".join(terms["words"]).split(" ").index("zirconium")
    told_level, titled_level = decode(terms["levels"][row])
    assert titled_level > told_level


@pytest.mark.parametrize(("rights", "is_found"), [("full", True), ("excerpt", False), ("link", False)])
def test_a_text_that_may_not_be_shown_is_not_in_any_file(rights: str, is_found: bool) -> None:
    files = write_index(make_archive_of(make_briefing(rights=rights, body="A canaryword sings in Seoul.")))
    assert any(b"canaryword" in data for data in files.values()) is is_found


def test_drafts_are_not_in_any_file() -> None:
    files = write_index(make_archive_of(make_briefing(id="a"), make_briefing(id="b", title="Canaryword", draft=True)))
    assert not any(b"anaryword" in data for data in files.values())


def test_withdrawn_briefings_are_not_in_any_file() -> None:
    files = write_index(
        make_archive_of(
            make_briefing(id="a"),
            make_briefing(id="b", title="Canaryword", withdrawn=Notice(date(2025, 12, 24), "It was wrong.")),
        )
    )
    assert not any(b"anaryword" in data for data in files.values())


def test_addresses_and_html_of_a_body_are_no_words() -> None:
    body = 'See [the pact](https://example.org/hidden "told") and <span class="hidden">this</span> at https://hidden.example/x.[^hidden]'
    index = Index(write_index(make_archive_of(make_briefing(body=body))))
    assert index.find("hidden") == {}
    assert index.find("pact")
    assert index.find("see")


def edit(archive: Archive, change: Callable[[Briefing], Briefing]) -> Archive:
    """Return the archive with its tenth briefing changed."""
    briefings = [article.briefing for article in archive.articles]
    briefings[10] = change(briefings[10])
    return make_archive_of(*(replace(briefing, digest=repr(replace(briefing, digest=b"")).encode()) for briefing in briefings))


def find_changed(archive: Archive, other: Archive) -> set[str]:
    """Return the names, without their versions, of the files that differ."""
    before, after = write_index(archive), write_index(other)
    changed = {url for url in before.keys() | after.keys() if before.get(url) != after.get(url)}
    return {re.sub(r"\.[0-9a-f]{6}\.json$", ".json", url) for url in changed}


def many() -> Archive:
    """Return an archive that is large enough for hundreds of shards: 300 briefings with words of their own."""
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
    briefings = []
    for number in range(300):
        day = date(2020, 1, 1) + timedelta(days=5 * number)
        words = (
            syllables[(number * step) % 70] + syllables[(number + step * step) % 70] + syllables[step % 70] for step in range(260)
        )
        briefings.append(make_briefing(id=f"{day}-{number}", date=day, title=f"Title {number}", body=" ".join(words)))
    return make_archive_of(*briefings)


def test_an_edit_of_a_body_changes_only_the_shards_of_its_words() -> None:
    archive = many()
    edited = edit(archive, lambda briefing: replace(briefing, body=briefing.body + "\n\nXylophone wakes quietly."))
    changed = find_changed(archive, edited)
    total = len(write_index(archive))
    assert total > 60
    assert "/search/index.json" in changed  # It holds the versions.
    # Three words, each with its postings and its positions; and the list of all words.
    assert len(changed) <= 1 + 3 * 2 + 1
    assert not any(url.startswith(("/search/documents/", "/search/facets/", "/search/jump")) for url in changed)


def test_an_appended_briefing_leaves_the_numbers_of_the_others() -> None:
    archive = make_archive()
    newest = make_briefing(id="2027-01-01-newest", date=date(2027, 1, 1), title="Newest")
    longer = make_archive_of(*(article.briefing for article in archive.articles), newest)
    before, after = Index(write_index(archive)), Index(write_index(longer))
    assert before.ids.items() <= after.ids.items()


def test_an_insertion_leaves_the_numbers_of_other_periods() -> None:
    archive = make_archive()
    early = make_briefing(id="2024-01-01-early", date=date(2024, 1, 1))
    longer = make_archive_of(*(article.briefing for article in archive.articles), early)
    before, after = Index(write_index(archive)), Index(write_index(longer))
    first = find_capacity(len(decode(min(before.root["periods"].items())[1][0])))
    assert {number: found for number, found in before.ids.items() if number >= first}.items() <= after.ids.items()


def test_numbers_are_in_the_order_of_time(archive: Archive, index: Index) -> None:
    assert [index.ids[number] for number in sorted(index.ids)] == [card.id for card in reversed(archive.cards)]


def test_a_version_changes_with_the_bytes_of_its_file() -> None:
    archive = make_archive()
    edited = edit(archive, lambda briefing: replace(briefing, body=briefing.body + " Xylophone."))
    before, after = Index(write_index(archive)), Index(write_index(edited))
    for prefix in before.root["terms"]:
        is_same = before.root["terms"][prefix] == after.root["terms"].get(prefix)
        assert is_same == (before.shard("terms", prefix) == after.shard("terms", prefix)), prefix


def test_facets_hold_the_numbers_of_their_briefings(archive: Archive, index: Index) -> None:
    for family, terms in (("country", archive.by_country), ("pair", archive.by_pair), ("sector", archive.by_sector)):
        values = {key: text for key, _, text in index.open("facets", family, index.root["facets"][family])["values"]}
        for term, cards in terms.items():
            total, numbers = 0, []
            for gap in decode(values[term.key]):
                total += gap
                numbers.append(total)
            assert {index.ids[number] for number in numbers} == {card.id for card in cards}


def test_other_names_lead_to_countries_and_sectors(index: Index) -> None:
    names = {name: set(words.split("|")) for _, _, name, words in index.root["readings"]}
    assert {"korean", "rok", "republic korea", "south korea", "दक्षिण कोरिया"} <= names["South Korea"]
    # A name of several words is also one word of the index.
    assert index.find("southkorea")


def test_other_names_lead_to_organisations() -> None:
    bodies = (
        Organisation("World Trade Organization"),
        Organisation("Larsen & Toubro", abbreviation="L&T"),
        Organisation("Asan Institute"),
    )
    readings = find_readings(make_archive_of(make_briefing(organisations=bodies)))
    names = {name: words.split("|") for family, _, name, words in readings if family == "organisation"}
    assert names == {
        "World Trade Organization": ["world trade organization", "world trade organisation", "wto"],
        "Larsen & Toubro": ["larsen toubro", "lt"],
    }


def test_browsers_are_told_how_to_search() -> None:
    site = replace(SITE, title="Briefings & more of a long name", families=replace(SITE.families, search=True))
    theme = {name: (THEME / name).read_text() for name in walk(THEME, ".html", ".xml")}
    pages = {page.url: page for page in search.plan(make_archive_of(), site)}
    data = render_page(pages["/search/opensearch.xml"], make_environment(theme, base_url=site.base_url))
    told = etree.fromstring(data)
    names = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert told.findtext(f"{names}ShortName") == "Briefings & more"
    assert told.find(f"{names}Url").attrib["template"] == "https://example.org/search/?q={searchTerms}"


@pytest.mark.parametrize("family", ["countries", "pairs", "sectors", "people"])
def test_nothing_leads_to_a_family_that_is_not_made(archive: Archive, family: str) -> None:
    site = replace(SITE, families=replace(SITE.families, **{family: False}))
    plans = plan_segments(archive.articles)
    files = {page.url: page for page in plan_search(archive, site, plans=plans, segments=list(make_segments(plans)))}
    jump = json.loads(render_page(files["/search/jump.json"], ENVIRONMENT))
    page = next(search.plan(archive, site))
    assert isinstance(page.body, View)
    assert f"/{family}/" not in {path for _, path, *_ in jump["groups"]} | {group.url for group in page.body.context["groups"]}
    assert not any(entry.url.startswith(f"/{family}/") for letter in page.body.context["letters"] for entry in letter.entries)


def test_the_index_from_a_to_z_says_how_many_names_it_leaves_out() -> None:
    people = tuple(Person(f"Name {number}") for number in range(search.INDEX_SIZE))
    page = next(search.plan(make_archive_of(make_briefing(people=people)), SITE))
    assert isinstance(page.body, View)
    # Two countries, two sectors and an organisation besides.
    assert page.body.context["unlisted"] == 5


def test_names_of_other_countries_are_known_to_be_no_names_of_those_in_the_archive(index: Index) -> None:
    family, _, _, names = index.root["readings"][-1]
    assert family == ""
    assert "north korea" in names.split("|")


def test_hash_seeds_do_not_reach_the_bytes() -> None:
    program = (
        "import hashlib; from tests.test_search import make_archive, write_index;"
        "print(hashlib.sha256(repr(sorted(write_index(make_archive(12)).items())).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_an_archive_may_give_its_sectors_synonyms() -> None:
    vocabulary = load_vocabulary({"sectors.toml": b'[space]\nsynonyms = "rockets"\n'})
    archive = replace(make_archive(2), vocabulary=vocabulary)
    names = {name: words.split("|") for _, _, name, words in find_readings(archive)}
    assert {"outer space", "satellites", "rockets"} <= set(names["Space"])


def test_the_number_of_processes_does_not_reach_the_bytes() -> None:
    days = (date(2020, 1, 1) + timedelta(days=number) for number in range(BRIEFINGS_WORTH_PROCESSES))
    plans = plan_segments(make_archive_of(*(make_briefing(id=f"{day}-x", date=day, body="A ship.") for day in days)).articles)
    assert list(make_segments(plans, jobs=2)) == list(make_segments(plans, jobs=1))


def test_the_stems_of_another_segment_do_not_reach_the_bytes() -> None:
    texts = (
        (2010, "en", "Organisationen and ministries were trading."),
        (2020, "de", "Organisationen, ministries und Fabriken."),
    )
    briefings = (make_briefing(id=f"{year}-x", date=date(year, 1, 1), lang=lang, body=body) for year, lang, body in texts)
    plans = plan_segments(make_archive_of(*briefings).articles)
    english, german = segments = list(make_segments(plans))
    for known in (english["stems"], german["stems"]):
        assert list(make_segments(plans, known=known)) == segments


def test_an_archive_without_briefings_has_an_index() -> None:
    assert Index(write_index(make_archive_of())).ids == {}


def file_stems(*rows: tuple[str, str, int]) -> dict[str, str]:
    """Return the shard of each stem; a row is a stem, its forms, and how many characters of places it has."""
    homes: dict[str, str] = {}
    for stem, forms, size in rows:
        home = find_home(stem)
        homes[home] = homes.get(home, "") + f"{stem}\t{forms}\t0\t0\t\tA\t{'A' * size}\n"
    lines, spans = join_homes(homes)
    parts = plan_shards([0], [{"rows": lines, "homes": spans, "words": {}, "facets": {}, "stems": {}}])
    texts = {prefix: "".join(lines[start:end] for _, _, (start, end, _) in part.value) for prefix, part in parts.items()}
    assert max(map(len, texts.values())) <= LIMIT
    return {line.split("\t")[0]: prefix for prefix, text in texts.items() for line in text.splitlines()}


def test_a_beginning_that_is_too_large_is_split_by_what_the_forms_of_a_stem_share() -> None:
    rows = {"commit": "commit commits committed", "committe": "committee", "common": "common", "comm": "comm", "sea": "sea"}
    homes = file_stems(*((stem, forms, LIMIT // 3) for stem, forms in rows.items()))
    assert homes.keys() == rows.keys()
    assert len(set(homes.values())) > 1
    assert all(form.startswith(homes[stem]) for stem, forms in rows.items() for form in forms.split(" "))


def test_shards_are_split_where_they_are_heavy_and_only_there() -> None:
    homes = file_stems(*((f"con{letter}s", "", LIMIT // 4) for letter in "abcdefgh"), ("trade", "", 9), ("sea", "", 9))
    assert homes["trade"] == homes["sea"] == ""
    assert {homes[f"con{letter}s"] for letter in "abcdefgh"} & {f"con{letter}" for letter in "abcdefgh"}


@given(st.lists(st.integers(0, 2**20), min_size=1, max_size=50))
def test_numbers_survive_being_text(numbers: list[int]) -> None:
    assert decode("".join(map(encode_number, numbers))) == numbers


@given(st.lists(st.integers(0, 2**20), min_size=1, max_size=50, unique=True).map(sorted))
def test_ascending_numbers_survive_as_differences(numbers: list[int]) -> None:
    total, found = 0, []
    for gap in decode(encode_ascending(numbers)):
        total += gap
        found.append(total)
    assert found == numbers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Türkiye and TURKEY", "turkiye and turkey"),
        ("The U.S. and U.S.A", "the us and usa"),
        ("G-20, KF-21, COVID-19", "g20 kf21 covid 19"),
        ("L&T's R&D & Co", "lt s rd co"),
        ("US$250 million for the US, in S$ and at $5", "usd 250 million for the us in sd and at 5"),
        ("India’s l’accord", "india s l accord"),
        ("반도체를", "반도 도체 체를"),
        ("中", "中"),
        ("日本のAI", "日本 本の ai"),
        ("हिन्दी में", "हिन्दी में"),
        ("İzmir Straße Øresund", "izmir strasse oresund"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_words_are_folded_and_cut(text: str, words: str) -> None:
    assert split_words(text) == words.split()


@pytest.mark.parametrize(
    ("word", "stem"), [("wars", "war"), ("policies", "polici"), ("dying", "dying"), ("skies", "skies"), ("5g", "5g")]
)
def test_a_stem_begins_as_its_word_does(word: str, stem: str) -> None:
    assert make_stemmer("en")(word) == stem


def test_another_pair_leaves_the_facets_of_sectors_as_they_are() -> None:
    archive = make_archive()
    moved = edit(archive, lambda briefing: replace(briefing, countries=("IN", "JP"), pairs=(CountryPair("IN", "JP"),)))
    changed = find_changed(archive, moved)
    assert "/search/facets/pair.json" in changed
    assert "/search/facets/sector.json" not in changed


def test_languages_have_their_english_names() -> None:
    names = {
        "en": "English",
        "ko": "Korean",
        "pt-BR": "Portuguese (Brazil)",
        "en-IN": "English (India)",
        "tlh": "Klingon",
        "qxx": "qxx",
    }
    briefings = [make_briefing(id=f"b-{lang}".lower(), title=f"Title {lang}", lang=lang) for lang in names]
    index = Index(write_index(make_archive_of(*briefings)))
    values = index.open("facets", "language", index.root["facets"]["language"])["values"]
    assert {key: name for key, name, _ in values} == names
    assert [name for _, name, _ in values] == sorted(names.values())


def test_a_language_is_offered_once_however_its_tag_is_spelt() -> None:
    briefings = [make_briefing(id=f"b-{number}", lang=lang) for number, lang in enumerate(("pt-br", "pt-BR"))]
    index = Index(write_index(make_archive_of(*briefings)))
    values = index.open("facets", "language", index.root["facets"]["language"])["values"]
    assert [(key, name, decode(numbers)) for key, name, numbers in values] == [("pt-BR", "Portuguese (Brazil)", [0, 1])]


def test_codes_of_three_letters_are_read_but_for_those_that_are_words() -> None:
    archive = make_archive_of(make_briefing(countries=("AD", "GB"), pairs=(CountryPair("AD", "GB"),)))
    names = {key: others.split("|") for family, key, _, others in find_readings(archive) if family == "country"}
    assert names["gb"][-2:] == ["GB", "GBR"]
    assert names["ad"][-1] == "AD"
    codes = [country.alpha3 for country in load_vocabulary().countries.values()]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert len(set(codes)) == len(codes)
