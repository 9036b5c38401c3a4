# ruff: noqa: E501  # Dirt and its expected form are easier to compare on one line each.
"""Every form that articles come in is read, and what is no article is refused with a reason."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.content.briefings import parse_briefing
from generator.errors import ContentError, Location
from generator.ingest import Made, propose
from generator.ingest.clean.markdown import read_markdown_rows
from generator.ingest.decoding import decode, repair
from generator.ingest.formats import Refusal, find_articles, read_one, read_seeds
from generator.ingest.formats.kinds import find_format
from generator.ingest.formats.markup import convert_fragment
from generator.ingest.formats.pages import split_site
from generator.ingest.prose import plain
from generator.model import Seed
from generator.publish.markup import render_markdown
from tests.factories import shipped_vocabulary

TEXT = "Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year.\n\nIt will have twelve people, said Ana Núñez.\n"


def seeds_of(raw: bytes, path: str = "seeds/a.txt") -> list[Seed]:
    found = list(read_seeds(raw, path))
    assert all(isinstance(item, Seed) for item in found), found
    return [item for item in found if isinstance(item, Seed)]


def refusal_of(raw: bytes, path: str = "seeds/a.txt") -> Refusal:
    (found,) = read_seeds(raw, path)
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert seeds_of(TEXT.encode(encoding))[0].body == TEXT


def test_lines_in_two_encodings_are_both_read() -> None:
    raw = "Señor Núñez arrived.\n".encode() + "La délégation était à Lima.\n".encode("cp1252")
    assert seeds_of(raw)[0].body == "Señor Núñez arrived.\nLa délégation était à Lima.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("양국은 수산 협력을 확대하기로 합의했다고 외교부가 월요일에 밝혔다. " * 5, "cp949"),
        ("Министры договорились расширить сотрудничество в области рыболовства. " * 5, "cp1251"),
        ("両国は漁業分野での協力を拡大することで合意したと外務省が月曜日に発表した。" * 5, "cp932"),
    ],
)
def test_legacy_encodings_of_other_scripts_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    raw = '<html><head><meta charset="windows-1251"></head><body><p>Переговоры</p></body></html>'.encode("cp1251")
    assert "Переговоры" in decode(raw)


@pytest.mark.parametrize(
    "text", ["Peru’s “new” route — 40 €", "पेरू और फिजी ने समझौता किया", "Le Pérou a signé à Suva", "페루와 피지"]
)
def test_mojibake_is_undone(text: str) -> None:
    broken = text.encode().decode("cp1252", "ignore") if text.isascii() else text.encode().decode("latin-1")
    assert repair(broken) == text


@pytest.mark.parametrize(
    "text", ["“Quotes” and ‘more’", "ＦＵＬＬ　ｗｉｄｔｈ", "A &amp; B &lt;b&gt;", "Île d’Yeu : « oui »", "Âge, Ãlex e São Tomé"]
)
def test_good_text_is_left_alone(text: str) -> None:
    assert repair(text) == text


@settings(deadline=None, max_examples=150)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(lambda text: text.strip())
)
def test_utf_8_reads_back(text: str) -> None:
    assert decode(("a " + text).encode()) == "a " + text


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", "seed-empty", "it is empty"),
        (b" \n\t\xc2\xa0 \r\n", "seed-empty", "white space"),
        (b"\xef\xbb\xbf", "seed-empty", "white space"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "seed-binary", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "seed-binary", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 50, "seed-binary", "office"),
        (bytes(range(256)) * 20, "seed-binary", "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(raw: bytes, code: str, said: str) -> None:
    problem = refusal_of(raw).problem
    assert problem.code == code
    assert said in problem.message


@pytest.mark.parametrize("path", ["seeds/a.csv", "seeds/A.TSV"])
def test_a_table_is_refused_and_taken_for_no_prose(path: str) -> None:
    [found] = read_seeds(b"title,date,text\nPeru and Fiji agree,2025-03-12,Peru and Fiji agreed.\n", path)
    assert str(found.problem) == (
        f'{path}: a table is not read (make JSON Lines of it: {{"title": …, "date": …, "text": …}}, an article a line) [seed-table]'
    )


@pytest.mark.parametrize(
    ("raw", "path", "name"),
    [
        (b"Peru and Fiji agreed.", "a.txt", "text"),
        (b"---\ntitle: A\n---\nPeru and Fiji agreed.", "a.txt", "markdown"),
        (b"# Peru and Fiji\n\nThey agreed.", "a.txt", "markdown"),
        (b" date 2025-08-16 Peru\n\n# # #\n\nThey agreed.", "a.txt", "text"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "a.txt", "html"),
        (b'<?xml version="1.0"?><rss><channel></channel></rss>', "a.txt", "feed"),
        (b'{"title": "A", "text": "B"}', "a.txt", "json"),
        (b'{"title": "A"}\n{"title": "B"}\n', "a.json", "jsonl"),
        (b'{"title": "A", "text": "B"}', "a.jsonl", "jsonl"),
        (b'[{"title": "A"}]', "a.txt", "json"),
        (b"[LIMA] Peru and Fiji agreed.", "a.txt", "text"),
        (b"{Peru} and Fiji agreed.", "a.txt", "text"),
    ],
)
def test_content_decides_the_format(raw: bytes, path: str, name: str) -> None:
    assert find_format(raw, path) == name


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Peru and Fiji agree on fish | The Example Times</title>
<link rel="canonical" href="https://example.org/peru-fiji"><meta property="article:published_time" content="2025-08-16T21:52:00+05:30">
{head}</head><body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Peru and Fiji agree on fish</h1>
<p>Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year, the two governments said.</p>
<p class="related">Also Read: <a href="/x">Chad and Niger sign water pact</a></p>
<p>The office will have twelve people, and its work will be to count the anchovy that both fleets catch in the open sea.</p>
<ul><li>The first report is due in May.</li><li>The second is due a year later.</li></ul>
<table><tr><th>Fleet</th><th>Ships</th></tr><tr><td>Peru</td><td>812</td></tr></table>
<p>Both ministers will meet again in Suva, where they are to sign a protocol on the exchange of observers between the fleets.</p>
</article><footer>Join our WhatsApp Channel</footer><script>var x=1;</script></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    (seed,) = seeds_of(PAGE.format(head="").encode(), "seeds/page.txt")
    assert seed.title == "Peru and Fiji agree on fish"
    assert seed.publisher == "The Example Times"
    assert seed.published == "2025-08-16T21:52:00+05:30"
    assert seed.url == "https://example.org/peru-fiji"
    assert seed.lang == "en-GB"
    assert "counts" not in seed.body
    assert "- The first report is due in May." in seed.body
    assert "| Peru | 812 |" in seed.body
    assert "WhatsApp" not in seed.body
    assert "Chad" not in seed.body
    assert seed.body.rstrip().endswith("between the fleets.")


def test_json_ld_is_believed_before_open_graph() -> None:
    thing = {
        "@graph": [
            {"@type": "WebSite"},
            {
                "@type": ["NewsArticle"],
                "headline": "Fish pact signed",
                "datePublished": "2025-01-02",
                "publisher": {"name": "Pacific Post"},
            },
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(thing)}</script><meta property="og:title" content="Other"><meta property="og:site_name" content="Other">'
    (seed,) = seeds_of(PAGE.format(head=head).encode())
    assert (seed.title, seed.published, seed.publisher) == ("Fish pact signed", "2025-01-02", "Pacific Post")


@pytest.mark.parametrize("broken", ["{", "[" * 20_000, '{"@type": "NewsArticle"', "null", "[]"])
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    (seed,) = seeds_of(PAGE.format(head=f'<script type="application/ld+json">{broken}</script>').encode())
    assert seed.title == "Peru and Fiji agree on fish"


def test_records_are_read_under_the_keys_of_many_scrapers() -> None:
    lines = [
        {"title": "A first record", "text": TEXT, "date": "2025-08-16", "publisher": "The Example Times"},
        {
            "headline": "A second record",
            "body": TEXT,
            "published_at": "2025-08-16T10:00:00Z",
            "source": {"name": "Pacific Post"},
            "url": None,
        },
        {
            "Headline": "A third record",
            "content": "<p>Peru and Fiji <b>agreed</b>.</p><p>It is done.</p>",
            "timestamp": 1755338400,
            "authors": ["Ana", "Jo"],
        },
    ]
    raw = "\n".join(json.dumps(line) for line in lines).encode()
    found = seeds_of(raw, "seeds/x.jsonl")
    assert [seed.id for seed in found] == ["x#1", "x#2", "x#3"]
    assert [seed.location.line for seed in found] == [1, 2, 3]
    assert [seed.title for seed in found] == ["A first record", "A second record", "A third record"]
    assert [seed.publisher for seed in found] == ["The Example Times", "Pacific Post", ""]
    assert found[2].body == "Peru and Fiji **agreed**.\n\nIt is done.\n"
    assert found[2].published == "2025-08-16T10:00:00+00:00"
    assert found[2].author == "Ana, Jo"


@pytest.mark.parametrize("published", ["²", "①①①①①①①①", "1" * 5_000, "9" * 20])
def test_a_number_that_counts_no_seconds_is_told_as_no_date(published: str) -> None:
    record = {"title": "Peru and Fiji agree on fish", "text": TEXT, "published": published}
    made = propose(seeds_of(json.dumps(record).encode(), "seeds/x.jsonl")[0], shipped_vocabulary())
    assert isinstance(made, Made)
    assert [problem.code for problem in made.problems] == ["seed-undated"]
    assert f'"{published[:8]}' in made.problems[0].message


def test_a_bad_record_is_located_and_the_next_one_is_read() -> None:
    raw = b'{"title": "A", "text": "One."}\n{"title": "B", "text"\n\n[1]\n{"title": "C"}\n{"title": "D", "text": "Four."}\n'
    found = list(read_seeds(raw, "seeds/x.jsonl"))
    assert [(item.id, item.location.line) for item in found] == [("x#1", 1), ("x#2", 2), ("x#3", 4), ("x#4", 5), ("x#5", 6)]
    assert [item.problem.code for item in found if isinstance(item, Refusal)] == ["seed-syntax", "seed-syntax", "seed-empty"]


class Narrow(BytesIO):
    """A file of which nobody may read more than a piece at once."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert 0 < size <= 1 << 16
        return super().read(size)


def test_lines_of_json_are_never_in_memory_together() -> None:
    raw = "".join(json.dumps({"title": f"Record {n}", "text": TEXT}) + "\n" for n in range(1000)).encode()
    found = map(read_one, find_articles(Narrow(raw), "seeds/x.jsonl"))
    assert [seed.title for seed in found if isinstance(seed, Seed)] == [f"Record {n}" for n in range(1000)]


def test_a_list_of_records_is_read_one_by_one() -> None:
    raw = json.dumps([{"title": f"Record {n}", "text": TEXT} for n in range(3)], indent=1).encode()
    found = seeds_of(raw, "seeds/x.json")
    assert [(seed.id, seed.location.line) for seed in found] == [("x#1", 2), ("x#2", 6), ("x#3", 10)]
    assert [seed.title for seed in seeds_of(json.dumps({"articles": [{"title": "A", "text": TEXT}]}).encode(), "x.json")] == ["A"]


@pytest.mark.parametrize(
    "sign", ["**A bold line**", "# Heading", "See [the page](https://example.org/a) for more.", "|a|b|\n|---|---|\n|1|2|"]
)
def test_one_sign_of_markdown_makes_no_markdown_of_a_scraped_text(sign: str) -> None:
    lines = ("Peru and Fiji Agree on Fish", "3 March 2024", "The Fjord Ledger", *SENTENCES[:1], sign, *SENTENCES[1:2])
    (seed,) = seeds_of("\n".join(lines).encode())
    assert seed.format == "text"
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    briefing = made.proposal.briefing
    assert (briefing.title, str(briefing.date), briefing.sources[0].publisher) == (lines[0], "2024-03-03", lines[2])
    assert f"{SENTENCES[0]}\n" in briefing.body


def test_markdown_is_known_by_its_marks() -> None:
    wrapped = "Peru and Fiji agreed on Monday to open a joint fisheries\noffice in Lima, and it will have twelve people, as the\nministers said.\n"
    for text in (
        f"# Title\n\n{wrapped}",
        f"{wrapped}\n**Bold line**\n\n{wrapped}",
        f"A title\n\n{wrapped}\n## Part\n\n- a\n- b\n",
    ):
        assert seeds_of(text.encode())[0].format == "markdown"


@pytest.mark.parametrize("name", ["x.json", "x.txt", "x.jsonl"])
def test_lines_of_json_are_known_however_long_the_first_is(name: str) -> None:
    records = [{"title": "A first record", "text": f"{TEXT} " * 400}, {"title": "A second record", "text": TEXT}]
    raw = "\n".join(map(json.dumps, records)).encode()
    assert [seed.title for seed in seeds_of(raw, f"seeds/{name}")] == ["A first record", "A second record"]


def test_the_digest_of_a_record_does_not_depend_on_its_neighbours() -> None:
    one, two = {"title": "A", "text": TEXT}, {"title": "B", "text": TEXT}
    both = seeds_of(f"{json.dumps(one)}\n{json.dumps(two)}".encode(), "x.jsonl")
    swapped = seeds_of(f"{json.dumps(two)}\n{json.dumps(one)}".encode(), "x.jsonl")
    assert [seed.digest for seed in both] == [seed.digest for seed in reversed(swapped)]


RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Example Times</title><language>en</language><item><title>Peru &amp; Fiji agree</title><link>https://example.org/1</link><pubDate>Sat, 16 Aug 2025 21:52:00 +0530</pubDate>
<dc:creator>Jane Doe</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>Peru and Fiji agreed.</p><p>It is done.</p>]]></content:encoded></item>
<item><title>No text</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Pacific Post</title><entry><title>Fiji and Peru agree</title><link href="https://example.org/2"/>
<published>2025-08-16T21:52:00Z</published><updated>2025-09-01T00:00:00Z</updated><author><name>Jo Roe</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Fiji and Peru <em>agreed</em>.</p></div></content></entry></feed>"""


def test_feeds_give_their_items() -> None:
    first, second = read_seeds(RSS.encode(), "seeds/feed.xml")
    assert isinstance(first, Seed)
    assert (first.title, first.publisher, first.author, first.url) == (
        "Peru & Fiji agree",
        "The Example Times",
        "Jane Doe",
        "https://example.org/1",
    )
    assert first.body == "Peru and Fiji agreed.\n\nIt is done.\n"
    assert isinstance(second, Refusal)
    assert second.id == "feed#2"
    (entry,) = seeds_of(ATOM.encode(), "seeds/feed.xml")
    assert (entry.publisher, entry.author, entry.url, entry.published) == (
        "Pacific Post",
        "Jo Roe",
        "https://example.org/2",
        "2025-08-16T21:52:00Z",
    )
    assert entry.body == "Fiji and Peru *agreed*.\n"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><item><title>T</title><description>x &b; &c; y</description></item></channel></rss>'
    found = list(read_seeds(bomb.encode(), "seeds/feed.xml"))
    assert not any(isinstance(item, Seed) and ("hahaha" in item.body or "root:" in item.body) for item in found)


def test_a_feed_that_ends_early_gives_what_was_whole() -> None:
    found = list(read_seeds(RSS.encode()[:-40], "seeds/feed.xml"))
    assert isinstance(found[0], Seed)
    assert isinstance(found[-1], Refusal)
    assert found[-1].problem.code == "seed-syntax"


def test_front_matter_of_others_is_read_as_text() -> None:
    raw = b"---\ntitle: NO fishing\ndate: 2023-03-13T15:40:00-07:00\ntags: [a, b]\nsource: Example\n---\nBody.\n"
    (seed,) = seeds_of(raw, "a.md")
    assert (seed.title, seed.published, seed.publisher, seed.body) == (
        "NO fishing",
        "2023-03-13T15:40:00-07:00",
        "Example",
        "Body.\n",
    )


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("title: A\na: [", 4, "not valid YAML: a value is missing here"),
        ("title: A\na: [b", 3, "not valid YAML: the list that opens here is never closed"),
        ("title: A\nlang: en\ntitle: B", 4, '"title" stands in the front matter a second time, first on line 2'),
        ("a: " + "[" * 50_000, 2, "nested too deep"),
        ("a: &b c", 2, "anchors"),
    ],
)
def test_broken_front_matter_of_others_is_a_located_problem(head: str, line: int, said: str) -> None:
    problem = refusal_of(f"---\n{head}\n---\nPeru and Fiji agreed.\n".encode(), "seeds/a.md").problem
    assert (problem.code, problem.where.line) == ("seed-syntax", line)
    assert said in problem.message


def test_broken_front_matter_of_a_seed_is_told_in_the_sentences_of_a_briefing_s() -> None:
    head = "title: Norway: Denmark agree\ndate: 2025-08-16"
    said = ":2:14: the front matter is not valid YAML: a colon stands within a value (put the whole value in quotes) [{}-syntax]"
    text = f"---\n{head}\n---\nThey agreed.\n".encode()
    assert str(refusal_of(text, "seeds/a.md").problem) == "seeds/a.md" + said.format("seed")
    with pytest.raises(ContentError) as caught:
        parse_briefing(text, "x.md")
    assert str(caught.value) == "x.md" + said.format("front-matter")


def test_a_fault_of_toml_in_front_matter_has_its_place_in_the_file() -> None:
    text = b"+++\ntitle = 'A'\ndate = x\n+++\nThey agreed.\n"
    said = "seeds/a.md:3:8: the front matter is not valid TOML: invalid value (mend it) [seed-syntax]"
    assert str(refusal_of(text, "seeds/a.md").problem) == said


@pytest.mark.parametrize("head", ["&a *a", "- x\n- y", "Peru and Fiji met: it rained", "a: !!python/object/apply:os.system [ls]"])
def test_what_is_no_front_matter_between_rules_is_text(head: str) -> None:
    (seed,) = seeds_of(f"---\n{head}\n---\nPeru and Fiji agreed.\n".encode(), "a.md")
    assert "Peru and Fiji agreed." in seed.body
    assert "rained" in seed.body or "rained" not in head


@pytest.mark.parametrize(
    ("raw", "path", "said"),
    [
        (b"[" * 200_000, "seeds/deep.json", "nested"),
        (
            b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "x">]><rss><channel><item><title>T',
            "seeds/a.txt",
            "it ends within <title>",
        ),
        (b'<?xml version="1.0"?><rss><channel><item></title>', "seeds/a.xml", "the feed is not valid XML"),
        (b'<?xml version="1.0"?><catalogue><book/></catalogue>', "seeds/a.xml", "no feed"),
        (b"[1]", "seeds/a.json", "the record is a number, not an object"),
        (b'["a"]', "seeds/a.json", "the record is a text, not an object"),
    ],
)
def test_broken_records_and_feeds_are_told_in_plain_words(raw: bytes, path: str, said: str) -> None:
    problem = refusal_of(raw, path).problem
    assert problem.code == "seed-syntax"
    assert said in problem.message
    assert ", line" not in problem.message


@pytest.mark.parametrize("raw", [b'{"a":' * 30_000, b"[" * 100_000, b'[{"text": ' + b"[" * 50_000])
def test_deep_nesting_is_a_located_problem(raw: bytes) -> None:
    found = list(read_seeds(raw, "seeds/x.json"))
    assert found
    assert all(isinstance(item, (Refusal, Seed)) for item in found)


def test_an_oversized_article_is_refused_and_a_large_one_read() -> None:
    assert refusal_of(b"Peru and Fiji agreed. " * 400_000).problem.code == "seed-size"
    assert len(seeds_of(b"Peru and Fiji agreed. " * 230_000)[0].body) > 5_000_000


def test_a_page_of_too_many_elements_is_refused() -> None:
    page = (
        "<html><body><h1>Peru and Fiji</h1><p>Peru and Fiji signed a fisheries agreement in Lima on Monday.</p>{}</body></html>"
    )
    assert refusal_of(page.format("<br>" * 100_000).encode()).problem.code == "seed-size"
    assert refusal_of(page.format(f"<p>{'<a href=/x>x</a>' * 5_000}</p>").encode()).problem.code == "seed-size"
    assert seeds_of(page.format("<br>" * 1_000).encode())


def test_paragraphs_for_subscribers_only_are_text() -> None:
    sentence = "Peru and Fiji signed a fisheries agreement in Lima on Monday, officials of both countries said."
    page = f'<html><body><article><h1>Peru and Fiji</h1><p>{sentence}</p><p class="paywall">It covers tuna.</p></article></body></html>'
    assert "It covers tuna." in seeds_of(page.encode())[0].body


SENTENCES = (
    "Peru and Fiji signed a fisheries agreement in Lima on Monday, officials of both countries said.",
    "The two countries will share their data on tuna from January, and count the anchovy together in summer.",
    "Both ministers are to meet again in Suva in May, where a protocol on observers will be ready for signature.",
)


def page_of(article: str, *, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>Peru and Fiji</h1>{article}</article></body></html>".encode()
    )


PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def test_a_link_within_a_sentence_stays_whatever_its_class() -> None:
    linked = f'{PARAGRAPHS}<p>They also <a class="popup" href="#n">opened an office</a> in Lima on the same day, they said.</p>'
    assert "They also opened an office in Lima" in plain(seeds_of(page_of(linked))[0].body)


def test_a_paragraph_that_returns_is_kept_each_time() -> None:
    chapter = f"<p>{' '.join(SENTENCES)}</p>"
    assert seeds_of(page_of(PARAGRAPHS + chapter * 5))[0].body.count("ready for signature") == 6


@pytest.mark.parametrize(
    "box",
    [
        '<div class="inline-recirc"><h2>More of our best</h2><ul>{}</ul></div>',
        '<div class="storyRelatedLinks"><ul>{}</ul></div>',
        "<h2>More from the region</h2><ul>{}</ul>",
    ],
)
def test_links_behind_the_article_go(box: str) -> None:
    links = "".join(
        f'<li><a href="/{name}">{name} opens its harbours to trawlers of its neighbours</a></li>' for name in "ABCDEF"
    )
    body = seeds_of(page_of(PARAGRAPHS * 2 + box.format(links)))[0].body
    assert "harbours" not in body
    assert "ready for signature" in body


def test_a_list_behind_the_article_stays() -> None:
    items = "".join(f"<li>Agreement on {name}</li>" for name in ("tuna", "anchovy", "observers"))
    body = seeds_of(page_of(f"{PARAGRAPHS}<p>The following were signed in Lima by the ministers:</p><ul>{items}</ul>"))[0].body
    assert body.endswith("- Agreement on tuna\n- Agreement on anchovy\n- Agreement on observers\n")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ja", "この記事は会員限定です。登録すると続きをお読みいただけます。"),
        ("fr", "Il vous reste 72 % de cet article à lire. La suite est réservée aux abonnés."),
        ("es", "Contenido exclusivo para suscriptores"),
        ("de", "Jetzt kostenlos registrieren und weiterlesen"),
        ("th", "เรื่องที่เกี่ยวข้อง"),
    ],
)
def test_what_a_newspaper_tells_those_who_did_not_pay_goes(lang: str, line: str) -> None:
    made = propose(seeds_of(page_of(f"{PARAGRAPHS}<p>{line}</p>"))[0], shipped_vocabulary())
    assert isinstance(made, Made)
    assert line not in made.text, lang
    assert made.text.endswith("ready for signature.")


def test_the_headline_of_the_article_is_believed_before_the_name_of_its_page() -> None:
    graph = [
        {"@type": "WebPage", "name": "Fish deal: what to know | Pacific Post", "datePublished": "2025-01-02"},
        {"@type": "NewsArticle", "headline": "Fish pact signed by Peru and Fiji", "datePublished": "2025-01-02"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert seeds_of(page_of(PARAGRAPHS, head=head))[0].title == "Fish pact signed by Peru and Fiji"


def test_a_headline_that_the_metadata_cut_is_taken_whole_from_the_page() -> None:
    head = '<meta property="og:title" content="Peru and Fiji sign a pact on...">'
    page = page_of(PARAGRAPHS, head=head).replace(b"<h1>Peru and Fiji<", b"<h1>Peru and Fiji sign a pact on fish and on ships<")
    assert seeds_of(page)[0].title == "Peru and Fiji sign a pact on fish and on ships"


def test_what_follows_an_embedded_film_is_kept() -> None:
    before = "<p>Peru and Fiji signed a fisheries agreement in Lima on Monday, officials of both countries said.</p>" * 3
    after = "<p>The two countries will share their data on tuna from January.</p>"
    page = f'<html><body><article><h1>Peru and Fiji</h1>{before}<embed src="a.swf">{after}</article></body></html>'
    assert "data on tuna" in seeds_of(page.encode())[0].body


def test_fragments_of_html_become_markdown() -> None:
    html = '<div>One<br>Two <a href="https://example.org">link</a><script>x</script><ol><li>a</li><li>b</li></ol><div class="share">Share</div><pre>x  y</pre></div>'
    assert convert_fragment(html) == "One\n\nTwo [link](https://example.org)\n\n1. a\n2. b\n\n```\nx  y\n```\n"


def test_line_breaks_within_code_are_its_lines() -> None:
    assert convert_fragment("<pre><b>a<br>  b</b> c<br/>d</pre>") == "```\na\n  b c\nd\n```\n"
    assert convert_fragment("<pre>a<lb>b</lb>c</pre>") == "```\nab\nc\n```\n"


@pytest.mark.parametrize("code", ["x  y", "```", "```py\nx\n```\n\n````\n\n# y", "`" * 70, "~~~\nx\n~~~", "x\n ```\ny```"])
def test_code_of_a_page_is_one_block_whatever_fences_it_holds(code: str) -> None:
    body = convert_fragment(f"<div><p>One</p><pre>{code}</pre><p>Two</p></div>")
    page = html.fromstring(render_markdown(body, location=Location("a.md")))
    assert [element.text_content() for element in page.iter("pre")] == [f"{code}\n"]
    assert [element.text for element in page.iter("p")] == ["One", "Two"]
    assert [row.text for row in read_markdown_rows(body)] == ["One", body[5:-6], "Two"]


@settings(deadline=None, max_examples=120)
@given(st.binary(max_size=300))
def test_any_bytes_give_seeds_or_refusals(raw: bytes) -> None:
    for item in read_seeds(raw, "seeds/a.txt"):
        assert isinstance(item, (Seed, Refusal))


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet='<>/pdivtablerh1 ="a&;![CDATA]-', max_size=120))
def test_any_html_gives_seeds_or_refusals(text: str) -> None:
    for item in read_seeds(f"<html><body>{text}".encode(), "seeds/a.html"):
        assert isinstance(item, (Seed, Refusal))


NEWS = """<!DOCTYPE html><html lang="fr"><head><title>Le ministre « assume » sa méthode à Lima | Le Quotidien d’Exemple</title>
<meta property="og:title" content="Le ministre « assume » sa méthode à Lima - Le Quotidien d’Exemple">
<meta property="og:site_name" content="Quotidien d’Exemple"></head><body><nav><a href="/">Accueil</a></nav>
<div class="cookie-banner"><p>Nous utilisons des cookies pour améliorer votre visite. <button>Accepter</button></p></div>
<main><article><h1>Le ministre « assume » sa méthode à Lima</h1><time datetime="2024-05-03T08:00:00+02:00">3 mai 2024</time>
<p>Le ministre péruvien du Commerce a défendu vendredi à Lima l’accord de pêche conclu avec les Fidji, signé la semaine dernière.</p>
<h2>Un plaidoyer pour le temps long</h2>
<p><strong>Question :</strong>Le texte prévoit des quotas, et le balisage <code>&lt;quota&gt;</code> sera publié avec la loi, selon le ministre.</p>
<blockquote><p>« Nous avons le temps », a-t-il dit devant les pêcheurs réunis dans le port, qui ont longuement applaudi.</p></blockquote>
<ul><li>Le quota passe à 1 500 tonnes par an dès 2025.</li><li>Les contrôles seront communs aux deux marines.</li></ul>
<table><tr><th>Année</th><th>Tonnes</th></tr><tr><td>2024</td><td>900</td></tr><tr><td>2025</td><td>1500</td></tr></table>
<h2>Une critique de l’opposition</h2>
<p>L’opposition péruvienne juge le texte trop favorable aux armateurs et demande un débat au parlement avant la fin du mois de juin.</p>
<aside class="related"><h3>À lire aussi</h3><p><a href="/x">Le Chili ferme ses ports aux chalutiers étrangers pour un an</a></p></aside>
<section class="comments"><p>Jean : très bon article, merci beaucoup à toute la rédaction pour ce travail.</p></section></article></main></body></html>"""


def test_a_page_keeps_its_sub_headings_quotations_lists_and_tables() -> None:
    (seed,) = seeds_of(NEWS.encode(), "a.html")
    assert (seed.title, seed.publisher) == ("Le ministre « assume » sa méthode à Lima", "Quotidien d’Exemple")
    kept = [
        "## Un plaidoyer pour le temps long",
        "> « Nous avons le temps »",
        "- Le quota passe",
        "| 2025 | 1500 |",
        "## Une critique",
    ]
    assert [seed.body.find(piece) >= 0 for piece in kept] == [True] * len(kept)
    assert sorted(kept, key=seed.body.find) == kept
    assert [word for word in ("cookies", "Chili", "très bon article") if word in seed.body] == []


def test_what_a_page_shows_as_a_tag_or_in_bold_type_before_a_word_is_read_so() -> None:
    made = propose(seeds_of(NEWS.encode(), "a.html")[0], shipped_vocabulary())
    assert isinstance(made, Made)
    assert "Question : Le texte prévoit des quotas, et le balisage <quota> sera publié" in made.text
    assert "**Question :** Le texte" in made.briefing.body


@pytest.mark.parametrize(
    ("title", "names", "heads", "said", "expected"),
    [
        ("Talks on fish open in Lima | The Example Times", (), (), False, ("Talks on fish open in Lima", "The Example Times")),
        ("Talks on fish open in Lima | Example", ("Example.fr",), (), True, ("Talks on fish open in Lima", "Example")),
        ("The Example Times » Archive » Talks open in Lima", (), ("Talks open in Lima",), False, "Talks open in Lima"),
        ("The Long View - Peru and Fiji", (), (), True, ("The Long View - Peru and Fiji", "")),
        (
            "Peru and Fiji agree on fish - Ana Rojas and Ben Tui",
            ("", "Ana Rojas, Ben Tui"),
            (),
            True,
            "Peru and Fiji agree on fish",
        ),
        ("Peru and Fiji agree • Ana Rojas", ("Ana Rojas",), (), True, ("Peru and Fiji agree", "Ana Rojas")),
    ],
)
def test_a_title_loses_the_name_of_its_site_or_author_and_nothing_else(
    title: str, names: tuple[str, ...], heads: tuple[str, ...], said: bool, expected: tuple[str, str] | str
) -> None:
    found = split_site(title, names, heads, is_said=said)
    assert expected in (found, found[0])


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (
            '<span class="published_date">May 3, 2011, 6:37 PM EDT</span><h1>Peru and Fiji agree on fish</h1>',
            "May 3, 2011, 6:37 PM EDT",
        ),
        ('<p class="date">1 May 2011</p><h1>Peru and Fiji agree</h1><p class="date">3 May 2011</p>', "3 May 2011"),
        ('<p class="date">1 May 2011</p><p class="date">3 May 2011</p>', ""),
        ('<h1>Peru and Fiji agree</h1><div class="related"><p class="date">3 May 2011</p></div>', ""),
        ('<h1>Peru and Fiji agree</h1><p class="date">Updated 3 May 2011</p>', ""),
    ],
)
def test_an_old_page_is_dated_by_what_it_calls_a_date(html: str, published: str) -> None:
    (seed,) = seeds_of(f"<!DOCTYPE html><html><body>{html}<p>{TEXT}</p></body></html>".encode(), "a.html")
    assert seed.published == published


LEADING = (
    " date 2024-05-03 Japan and Peru agree on fish\n\nExample Wire\n\nJapan and Peru signed an agreement on fish on Friday.\n\n"
)


@pytest.mark.parametrize(
    "piece", ["!?", "*a", "_a ", "`a``b", "![a", "[a](b", "<a", "A", "1", "Foreign Minister of India and ", '" ', ". "]
)
@pytest.mark.parametrize(
    "head", [LEADING, "# Japan and Peru agree on fish\n\nJapan and Peru signed an agreement on fish on Friday.\n\n"]
)
def test_no_run_of_signs_takes_more_time_than_its_length_warrants(piece: str, head: str) -> None:
    """A pattern that looks back over all of a run, again for each of its signs, would take this test hours."""
    (made,) = (propose(item, shipped_vocabulary()) for item in seeds_of((head + piece * (100_000 // len(piece)) + " (").encode()))
    # What would take Python-Markdown hours becomes no briefing.
    assert isinstance(made, Made) or made.problem.code == "seed-markup"


def test_half_of_a_surrogate_pair_is_a_sign_that_cannot_be_read() -> None:
    (seed,) = seeds_of(b'{"title": "Peru \\ud800 Fiji", "text": "Peru and Fiji \\udfff agreed."}', "a.json")
    assert (seed.title, seed.body) == ("Peru \ufffd Fiji", "Peru and Fiji \ufffd agreed.")


@pytest.mark.parametrize("ends", ["\r", "\r\n"])
def test_line_ends_of_any_system_are_read(ends: str) -> None:
    assert seeds_of(TEXT.replace("\n", ends).encode())[0].body == TEXT


SAVED = """\
From: <Saved by Blink>
Snapshot-Content-Location: https://www.example.org/fish
Subject: Peru and Fiji agree on fish | The Example Times
Date: Sat, 28 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----Boundary----"


------Boundary----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://www.example.org/fish

<html><head><meta charset=3D"utf-8"><title>Peru and Fiji agree on fish | Th=
e Example Times</title></head><body><h1>Peru and Fiji agree on fish</h1><p>=
14 March 2024</p><p>Peru and Fiji agreed on Monday to open a fisheries offi=
ce in Lima before the end of the year.</p><p>It will have twelve people, sa=
id Ana N=C3=BA=C3=B1ez after the meeting.</p></body></html>
------Boundary----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://www.example.org/fish.png

iVBORw0KGgo=
------Boundary------
"""


@pytest.mark.parametrize("path", ["seeds/a.mhtml", "seeds/a.txt"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_page_saved_in_one_file_is_read_as_a_page_and_the_day_of_saving_says_nothing(path: str, line_end: str) -> None:
    (seed,) = seeds_of(SAVED.replace("\n", line_end).encode(), path)
    assert (seed.title, seed.published, seed.url) == ("Peru and Fiji agree on fish", "", "https://www.example.org/fish")
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    assert str(made.briefing.date) == "2024-03-14"
    assert made.text.split("\n") == [
        "Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year.",
        "It will have twelve people, said Ana Núñez after the meeting.",
    ]


def test_a_letter_is_read_with_what_its_head_says() -> None:
    head = "Received: by mx.example.org\nFrom: =?iso-8859-1?q?Prensa_N=FA=F1ez?= <press@example.org>\nTo: me@example.net\nSubject: Fwd: Peru and Fiji agree on fish\nDate: Thu, 14 Mar 2024 10:00:00 -0500\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
    (seed,) = seeds_of((head + TEXT.replace("ú", "=FA").replace("ñ", "=F1")).encode(), "seeds/a.eml")
    assert (seed.title, seed.author, seed.published) == (
        "Peru and Fiji agree on fish",
        "Prensa Núñez",
        "Thu, 14 Mar 2024 10:00:00 -0500",
    )
    assert seed.body == TEXT


def test_a_letter_without_text_is_refused() -> None:
    raw = b"MIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    assert refusal_of(raw, "seeds/a.eml").problem.message == "the message holds no text"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("worth 98<sup>1</sup> billion euros", "worth 98[1] billion euros"),
        ("in 2023<sup>2</sup>, and", "in 2023[2], and"),
        ('said the office.<sup><a href="#f3">3</a></sup> It', "said the office.[3] It"),
        ('said the office.<a href="https://example.org/a#f3"><sup>3</sup></a> It', "said the office.[3] It"),
        ("said the office.<sup>[3]</sup> It", "said the office.[3] It"),
        ("said the office<sup>4, 5</sup>.", "said the office[4, 5]."),
        ('said the office<sup><a href="#a">a</a></sup>.', "said the office[a]."),
        ("<sup>1</sup> Letter of the ministry.", "[1] Letter of the ministry."),
        ("an area of 120 km<sup>2</sup> and", "an area of 120 km² and"),
        ("in m<sup>3</sup> a year", "in m³ a year"),
        ("10<sup>6</sup> people", "10⁶ people"),
        ("10<sup>-3</sup> grams", "10⁻³ grams"),
        ('in 10<sup><a href="#f2">2</a></sup> towns', "in 10[2] towns"),
        ("of <sup>235</sup>U here", "of ²³⁵U here"),
        ("the 21<sup>st</sup> time", "the 21st time"),
        ("au XX<sup>e</sup> siècle", "au XXe siècle"),
        ("H<sub>2</sub> pipelines", "H2 pipelines"),
        ("pays <del>54</del> <s>50</s> <ins>45</ins> million", "pays 45 million"),
        ('office.<span style="color:red; display: none">Share</span> It', "office. It"),
        ("<span hidden>Share</span> It <span aria-hidden='true'>►</span> goes", "It goes"),
    ],
)
def test_raised_numbers_are_notes_or_powers_and_what_is_deleted_or_hidden_is_gone(html: str, text: str) -> None:
    rest = "Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year."
    assert convert_fragment(f"<p>{html}</p><p>{rest}</p>").split("\n")[0] == text
    page = (
        f"<html><head><title>Peru and Fiji agree</title></head><body><article><p>{html}</p><p>{rest}</p></article></body></html>"
    )
    (seed,) = seeds_of(page.encode(), "seeds/a.html")
    assert text in seed.body


def test_an_article_under_a_window_that_hides_the_page_stays() -> None:
    page = f"<html><head><title>Peru and Fiji agree</title></head><body><div aria-hidden='true' style='display:none'><p>{TEXT}</p><p>{TEXT}</p></div><div role='dialog'>Accept all cookies</div></body></html>"
    (seed,) = seeds_of(page.encode(), "seeds/a.html")
    assert "open a fisheries office in Lima" in seed.body


@pytest.mark.parametrize(
    "day",
    [
        '<div class="meta"><time datetime="2025-06-03">3 June 2025</time></div>',
        '<div class="byline">Ana Núñez <time datetime="2025-06-03T10:15">03.06.2025, 10:15</time></div>',
    ],
)
def test_a_short_page_keeps_its_paragraphs_apart_and_its_headline_and_day_out_of_them(day: str) -> None:
    first, second = TEXT.strip().split("\n\n")
    page = f"<html><head><title>Peru, Fiji open office</title></head><body><article><h1>Peru, Fiji open office</h1>{day}<p>{first}</p><p>{second}</p></article></body></html>"
    (seed,) = seeds_of(page.encode(), "seeds/a.html")
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    assert (made.briefing.title, str(made.briefing.date)) == ("Peru, Fiji open office", "2025-06-03")
    assert made.text.split("\n") == [first, second]


def test_the_line_break_of_word_breaks_lines_and_glues_no_words() -> None:
    (seed,) = seeds_of(b"Peru and Fiji agree\v14 March 2024\v\vPeru and Fiji agreed\von Monday to open an office.\n" + b"\v" * 20)
    assert seed.body.rstrip() == "Peru and Fiji agree\n14 March 2024\n\nPeru and Fiji agreed on Monday to open an office."


def test_what_a_table_is_called_stands_above_it() -> None:
    table = "<table><caption>Trade of Peru</caption><thead><tr><th>Partner</th><th>Exports</th></tr></thead><tbody><tr><td>Fiji</td><td>98.3</td></tr></tbody></table>"
    expected = "Trade of Peru\n\n| Partner | Exports |\n| --- | --- |\n| Fiji | 98.3 |\n"
    assert expected in convert_fragment(f"<p>{TEXT}</p>{table}")
    page = f"<html><head><title>Peru and Fiji agree</title></head><body><article><p>{TEXT}</p>{table}</article></body></html>"
    assert expected in seeds_of(page.encode(), "seeds/a.html")[0].body


def test_a_letter_of_parts_in_parts_without_end_is_refused() -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    refused = refusal_of(f"MIME-Version: 1.0\n{parts}Content-Type: text/plain\n\n{TEXT}".encode(), "seeds/a.eml")
    assert refused.problem.message == "the parts of the message are nested too deep"
