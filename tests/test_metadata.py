# ruff: noqa: E501  # Dirt and its expected form are easier to compare on one line each.
"""Dates without invention, leads without rewriting, names without guesses."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Location
from generator.ingest.clean import clean
from generator.ingest.dates import find_stamps, parse_moment
from generator.ingest.formats import read_seeds
from generator.ingest.metadata import Metadata, clean_url, find_habits, make_metadata
from generator.ingest.metadata.digest import choose_points, list_sentences, make_summary
from generator.ingest.metadata.introductions import find_introduced
from generator.ingest.metadata.language import detect_language
from generator.ingest.metadata.organisations import find_known, find_organisations
from generator.ingest.metadata.people import find_people
from generator.ingest.prose import Block, strip_marks
from generator.ingest.words import any_of, plain_list
from generator.mentions import compile_index
from generator.model import Organisation, Person, Seed
from generator.vocabulary import load_vocabulary

REAL_SEED = Path(__file__).parent.parent / "seeds" / "000_0eaf84618f860533.txt"
PLACES = frozenset("peru peruvian fiji fijian south korea south korean korea korean us india indian united kingdom uk french france japan".split()) | {
    "south korea", "south korean", "united states", "united kingdom",
}  # fmt: skip


def metadata_of(body: str, syntax: str = "text", path: str = "seeds/a.txt", **fields: str) -> Metadata:
    seed = Seed("a", Location(path), "sha256:00", syntax, body, **fields)
    habits = find_habits(seed)
    return make_metadata(seed, clean(seed, order=habits.order, place=habits.place), load_vocabulary(), habits)


def test_real_seed_gives_the_fields_that_its_editors_expect() -> None:
    (seed,) = read_seeds(REAL_SEED.read_bytes(), "seeds/000_0eaf84618f860533.txt")
    assert isinstance(seed, Seed)
    article = clean(seed)
    metadata = make_metadata(seed, article, load_vocabulary(), find_habits(seed))
    assert metadata.title == "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors"
    assert metadata.day == date(2025, 8, 16)
    assert metadata.published == datetime(2025, 8, 16, 21, 52, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert metadata.publisher == "NDTV Profit"
    assert metadata.lang == "en"
    assert [person.name for person in metadata.people] == ["S Jaishankar", "Cho Hyun"]
    assert metadata.people[0].office == "External Affairs Minister"
    assert metadata.organisations == (Organisation("Ministry of External Affairs", "MEA"),)
    assert metadata.summary.startswith("India and South Korea on Saturday resolved")
    assert len(metadata.summary) <= 280
    assert 3 <= len(metadata.key_points) <= 5
    text = strip_marks(article.blocks)
    assert all(point in text and point not in metadata.summary for point in metadata.key_points)


def test_a_country_is_nobody_s_language() -> None:
    body = "Hello.\n\n16.08.2025"
    assert [metadata_of(body, lang=lang).lang for lang in ("cz", "cs-CZ")] == ["", "cs"]


IST = timezone(timedelta(hours=5, minutes=30))
EST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("16 Aug 2025, 09:52 PM IST", datetime(2025, 8, 16, 21, 52, tzinfo=IST)),
        ("August 16, 2025 9:52 pm IST", datetime(2025, 8, 16, 21, 52, tzinfo=IST)),
        ("2025-08-16T21:52:00+05:30", datetime(2025, 8, 16, 21, 52, tzinfo=IST)),
        ("2025-08-16T21:52:00Z", datetime(2025, 8, 16, 21, 52, tzinfo=UTC)),
        ("Sat, 16 Aug 2025 21:52:00 +0530", datetime(2025, 8, 16, 21, 52, tzinfo=IST)),
        ("09:52 PM IST, 16 Aug 2025", datetime(2025, 8, 16, 21, 52, tzinfo=IST)),
        ("Dec 4, 2025, 3:48 p.m. EST", datetime(2025, 12, 4, 15, 48, tzinfo=EST)),
        ("Wed, Apr 30, 2025 at 7:12 PM ET", datetime(2025, 4, 30, 19, 12, tzinfo=timezone(timedelta(hours=-4)))),
        ("Jan 30, 2025 at 7:12 PM ET", datetime(2025, 1, 30, 19, 12, tzinfo=EST)),
        ("30 July 2025 18:55 GMT-4", datetime(2025, 7, 30, 18, 55, tzinfo=timezone(timedelta(hours=-4)))),
        ("18 Feb 2022 - 9.14 pm Gulf Standard Time", datetime(2022, 2, 18, 21, 14, tzinfo=timezone(timedelta(hours=4)))),
        ("10.09.2023 / 19:30 ICT", datetime(2023, 9, 10, 19, 30, tzinfo=timezone(timedelta(hours=7)))),
        ("5th of September 2019", date(2019, 9, 5)),
        ("16 août 2025", date(2025, 8, 16)),
        ("1er mars 2024", date(2024, 3, 1)),
        ("5 de marzo de 2024", date(2024, 3, 5)),
        ("15. März 2024", date(2024, 3, 15)),
        ("2025년 8월 16일 오후 9:52", datetime(2025, 8, 16, 21, 52)),  # noqa: DTZ001  # The text gives no zone.
        ("2025年8月16日", date(2025, 8, 16)),
        ("१६ अगस्त २०२५", date(2025, 8, 16)),
        ("١٦ أغسطس ٢٠٢٥", date(2025, 8, 16)),
        ("3 พฤศจิกายน 2025", date(2025, 11, 3)),
        ("25/12/2025", date(2025, 12, 25)),
        ("12/25/2025", date(2025, 12, 25)),
        ("04/03/2026 17:00 IST", datetime(2026, 3, 4, 17, tzinfo=IST)),
        ("25/03/2026 10:00 UTC", datetime(2026, 3, 25, 10, tzinfo=UTC)),
        ("04/03/2026 5:00 PM EST", datetime(2026, 4, 3, 17, tzinfo=EST)),
    ],
)
def test_moments_are_read_as_they_are_written(text: str, moment: date) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "04/03/2026",
        "May 2025",
        "Saturday",
        "31 February 2024",
        "yesterday",
        "2025",
        "16 Aug",
        "12:30",
        "99/99/2025",
        "v2.10.2024.1",
        "04/03/2026 10:00 UTC",
        "04/03/2026 10:00 GMT",
        "04/03/2026 10:00Z",
    ],
)
def test_what_is_no_certain_date_is_none(text: str) -> None:
    assert parse_moment(text) is None


def test_the_source_decides_the_order_of_numbers() -> None:
    seed = Seed("a", Location("a"), "", "text", "", url="https://www.example.in/x", lang="")
    assert find_habits(seed).order == "dmy"
    assert find_habits(Seed("a", Location("a"), "", "text", "", lang="en-US")).order == "mdy"
    assert find_habits(Seed("a", Location("a"), "", "text", "", lang="en")).order == ""
    assert parse_moment("04/03/2026", order="dmy") == date(2026, 3, 4)
    assert parse_moment("04/03/2026", order="mdy") == date(2026, 4, 3)


def test_letters_of_a_zone_are_read_for_the_place_of_the_source() -> None:
    (indian,) = find_stamps("16 Aug 2025 09:00 IST")
    (irish,) = find_stamps("16 Aug 2025 09:00 IST", place="ie")
    assert isinstance(indian.moment, datetime)
    assert isinstance(irish.moment, datetime)
    assert (indian.moment.utcoffset(), irish.moment.utcoffset()) == (timedelta(hours=5, minutes=30), timedelta(hours=1))


@settings(deadline=None, max_examples=200)
@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001  # The test adds the zone.
    st.sampled_from(["%d %B %Y, %H:%M", "%B %d, %Y %I:%M %p", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]),
)
def test_every_moment_reads_back_from_every_form(moment: datetime, form: str) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert parse_moment(f"{moment:{form}} GMT") == moment.replace(tzinfo=UTC)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789 /.-:,APMapmJanfebIST+", max_size=40))
def test_any_text_gives_a_sane_date_or_none(text: str) -> None:
    for stamp in find_stamps(text):
        assert 1900 <= stamp.day.year <= 2100
        assert 0 <= stamp.start < stamp.end <= len(text)


def test_first_publication_wins_over_a_change() -> None:
    body = "Peru and Fiji Agree on Fish\nUpdated: 18 Aug 2025, 10:00 AM IST\nPublished: 16 Aug 2025, 09:52 PM IST\n\nPeru and Fiji agreed on Monday to open an office in Lima."
    assert metadata_of(body).day == date(2025, 8, 16)


@pytest.mark.parametrize(
    "dateline",
    [
        "LIMA, 3 May 2024 (Reuters) - ",
        "Lima, 3 May 2024: ",
        "LIMA, May 3, 2024 -- ",
        "LIMA, Peru, 3 MAY 2024 — ",
        "LIMA, May 3 2024 (Andean News). ",
    ],
)
def test_a_whole_date_in_the_dateline_is_the_day_where_nothing_else_tells(dateline: str) -> None:
    body = f"Peru and Fiji agree on fish\n\n{dateline}The ministers of Peru and Fiji signed an agreement on fish, they said."
    assert metadata_of(body).day == date(2024, 5, 3)
    assert metadata_of(f"Published: 5 May 2024\n\n{body}").day == date(2024, 5, 5)
    assert metadata_of(body.replace(" 2024", "").replace(", 2024", "")).day is None


def test_an_address_in_the_head_gives_the_day_where_nothing_else_tells() -> None:
    found = metadata_of(
        "Peru and Fiji agree on fish\nhttps://x.example.pe/2024/05/03/fish/?utm_source=a\n\nPeru and Fiji signed an agreement."
    )
    assert (found.day, found.url) == (date(2024, 5, 3), "https://x.example.pe/2024/05/03/fish/")


def test_a_header_gives_the_day_and_the_stamp_the_time() -> None:
    body = " date 2025-08-16 Peru and Fiji Agree on Fish\n16 Aug 2025, 09:52 PM IST i\nThe Example Times\nPeru and Fiji agreed on Monday to open an office in Lima."
    found = metadata_of(body)
    assert (found.day, found.published) == (date(2025, 8, 16), datetime(2025, 8, 16, 21, 52, tzinfo=IST))


def test_dates_within_the_text_are_not_the_date_of_publication() -> None:
    body = "Peru and Fiji Agree on Fish\n\nPeru and Fiji agreed on 16 August 2025 to open a fisheries office in Lima, the two governments said."
    assert metadata_of(body).day is None
    assert metadata_of(body, path="seeds/2025-08-17-peru-fiji.txt").day == date(2025, 8, 17)
    assert metadata_of(body, url="https://example.org/2025/08/18/peru").day == date(2025, 8, 18)


SPEAKERS = [("Ana Rojas", "Foreign Minister"), ("Jone Vula", "President")]
SIGNERS = [("Ana Rojas", "President and CEO"), ("Jone Vula", "Chairman")]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Talks between External Affairs Minister S Rao and his visiting South Korean counterpart, Cho Min, took place.",
            [("S Rao", "External Affairs Minister"), ("Cho Min", "South Korean counterpart of the External Affairs Minister")],
        ),
        ("South Korean Foreign Minister Park Ji-won met him.", [("Park Ji-won", "South Korean Foreign Minister")]),
        (
            "Prime Minister Ana Rojas of Peru met President Jone Vula of Fiji.",
            [("Ana Rojas", "Prime Minister of Peru"), ("Jone Vula", "President of Fiji")],
        ),
        (
            "It was signed by Ana Rojas, Peru's Minister of Trade, Industry and Energy, and Jone Vula, the Fijian Trade Minister.",
            [("Ana Rojas", "Minister of Trade, Industry and Energy of Peru"), ("Jone Vula", "Fijian Trade Minister")],
        ),
        ("Peru's Foreign Secretary, Ana Rojas, signed.", [("Ana Rojas", "Foreign Secretary of Peru")]),
        ("President Rojas spoke. President Ana Rojas of Peru left.", [("Ana Rojas", "President of Peru")]),
        ("President Ana Rojas spoke. President Rojas of Peru left.", [("Ana Rojas", "President")]),
        ("President Ana Rojas spoke. President Ana Rojas of Peru left.", [("Ana Rojas", "President of Peru")]),
        (
            "Ambassador Ana Rojas signed for Peru, and Foreign Minister Jone Vula signed the treaty for Fiji.",
            [("Ana Rojas", "Ambassador of Peru"), ("Jone Vula", "Foreign Minister of Fiji")],
        ),
        ("Ana Rojas, Peru's Ambassador to Fiji, signed.", [("Ana Rojas", "Ambassador of Peru to Fiji")]),
        ("Ambassador Ana Rojas signed for fish and spoke for Ferries.", [("Ana Rojas", "Ambassador")]),
        ("Foreign Minister Ana Rojas spoke for Fiji, and President Jone Vula led for France.", SPEAKERS),
        ("Jone Vula, Peru's Secretary to the Treasury, signed.", [("Jone Vula", "Secretary to the Treasury of Peru")]),
        ("Jone Vula, Peru's Adviser to the President, signed.", [("Jone Vula", "Adviser to the President of Peru")]),
        (
            "Jone Vula, Peru's Ambassador to the United Nations, signed.",
            [("Jone Vula", "Ambassador of Peru to the United Nations")],
        ),
        (
            "Foreign Minister Jan van der Berg and Ambassador Omar al-Bashar spoke.",
            [("Jan van der Berg", "Foreign Minister"), ("Omar al-Bashar", "Ambassador")],
        ),
        ("Peru's Foreign Minister Ana Rojas met the UK's Jone Vula.", [("Ana Rojas", "Foreign Minister of Peru")]),
        (
            "South Korea's Foreign Minister Ana Rojas met the United States' new foreign minister Jone Vula.",
            [("Ana Rojas", "Foreign Minister of South Korea"), ("Jone Vula", "foreign minister of the United States")],
        ),
        (
            "Ana Rojas, the Peruvian defence minister, signed with Fiji’s interior minister, Jone Vula.",
            [("Ana Rojas", "Peruvian defence minister"), ("Jone Vula", "interior minister of Fiji")],
        ),
        (
            "Ana Rojas, the former prime minister of Peru, and Jone Vula, Fiji's ambassador to Peru, signed.",
            [("Ana Rojas", "former prime minister of Peru"), ("Jone Vula", "ambassador of Fiji to Peru")],
        ),
        ("Peru's foreign ministry spokeswoman, Ana Rojas, left.", [("Ana Rojas", "foreign ministry spokeswoman of Peru")]),
        ("Former Fijian foreign minister Jone Vula spoke.", [("Jone Vula", "former Fijian foreign minister")]),
        # Who of the two is minister, and whose president, is open; and a name with an office of its own has no other.
        ("In a letter to Ana Rojas, the foreign minister, Jone Vula, said so.", []),
        ("She met the president of Ferries, Ana Rojas, and Jone Vula, the mother of the president, left.", []),
        ("Ana Rojas, the foreign minister said, was ill.", []),
        ("She and our vice president, President Ana Rojas, left.", [("Ana Rojas", "President")]),
        (
            "Ana Rojas, the Peruvian defence minister, signed.\nHer Fijian counterpart, Jone Vula, was glad.",
            [("Ana Rojas", "Peruvian defence minister"), ("Jone Vula", "Fijian counterpart of the defence minister")],
        ),
        (
            "Foreign ministers Ana Rojas and Jone Vula signed.",
            [("Ana Rojas", "foreign minister"), ("Jone Vula", "foreign minister")],
        ),
        (
            "The foreign ministers of the three met in Lima.\nAna Rojas of Peru, Jone Vula of Fiji and Eva Kim of South Korea signed.",
            [
                ("Ana Rojas", "foreign minister of Peru"),
                ("Jone Vula", "foreign minister of Fiji"),
                ("Eva Kim", "foreign minister of South Korea"),
            ],
        ),
        ("The foreign ministers met. Ana Rojas of Peru signed, and the experts Jone Vula of Fiji and Eva Kim of Peru left.", []),
        ("Vice President J.D. Rojas met President Vula U.S. envoys like.", [("J.D. Rojas", "Vice President")]),
        ("The Prime Minister of India visited. President Office Park opened. Minister for Trade Talks on Monday.", []),
        ("Minister United States said. President South Korea.", []),
        ("She met the president in Lima Airport.", []),
        ("Finance Minister Says Rates Fall. Trade Minister Vows Action On Steel. Sultan Ahmed Mosque is closed.", []),
        # A sentence that was broken into lines, and signatures one below the other.
        (
            "The delegation of the other side was led by Foreign Minister\nAna Rojas, and the agreement had been worked on by Jone Vula,"
            "\nMinister of Trade.",
            [("Ana Rojas", "Foreign Minister"), ("Jone Vula", "Minister of Trade")],
        ),
        ("Ana Rojas, President and CEO\nUnited Ferries\nJone Vula, Chairman\nFiji Lines", SIGNERS),
    ],
)
def test_people_are_named_with_the_office_that_the_text_gives(text: str, people: list[tuple[str, str]]) -> None:
    assert [(person.name, person.office) for person in find_people(text, PLACES)] == people


INTERVIEW = """Example Independent: Ms Rojas, what has changed?
Ana Rojas: Everything. We have fish.
Example Independent: Farmers complain.
Ana Rojas: They do.
"""


def test_who_is_interviewed_is_a_person_and_who_asks_is_none() -> None:
    assert find_people(INTERVIEW, PLACES) == (Person("Ana Rojas", ""),)
    assert find_people(f"Ana Rojas, Peru's ambassador to Fiji, stayed.\n{INTERVIEW}", PLACES) == (
        Person("Ana Rojas", "ambassador of Peru to Fiji"),
    )
    # Without questions the labels may be those of a list, and a newspaper may be whom one speaks to.
    assert find_people(INTERVIEW.replace("?", "."), PLACES) == ()
    assert find_people("She said so in an interview with Example Independent.", PLACES) == ()


LETTERED = (
    "Ana Ėxampė", "Eva Šimė", "Petr Žák", "Ona Żurė", "Jan Ćwiř", "Ion Ștefő", "Ida Ľudş", "Iva Ķemeņ", "Zoe Őriš", "Lê Ngọc Thảo",
    "Jan Łęcć", "Éva Ýmirů", "Ólafur Ðuraő", "Jean Ŷnys",
)  # fmt: skip


@pytest.mark.parametrize("name", LETTERED)
def test_a_name_may_begin_and_end_with_any_latin_letter(name: str) -> None:
    person = (Person(name, "Foreign Minister"),)
    assert find_people(f"Foreign Minister {name} spoke.", PLACES) == person
    assert find_people(f"{name}, the Foreign Minister, spoke.", PLACES) == person
    assert find_introduced(f"Le ministre {name} a parlé.", "fr") == (Person(name, "ministre"),)


def test_a_name_is_not_cut_within_a_word_and_takes_in_no_small_one() -> None:
    assert find_people("Foreign Minister Ana ROJAS spoke.", PLACES) == ()
    assert find_people("Foreign Minister Ana Rojas œuvre too.", PLACES) == (Person("Ana Rojas", "Foreign Minister"),)
    assert find_introduced("La ministre Ana Rojas œuvre aussi.", "fr") == (Person("Ana Rojas", "ministre"),)


@settings(max_examples=300)
@given(st.from_regex(any_of("names", "offices", "lower_offices", "plural_offices"), fullmatch=True))
def test_every_office_holds_a_mark(office: str) -> None:
    assert any(mark in office for mark in plain_list("names", "office_marks"))


@settings(max_examples=300)
@given(st.from_regex(any_of("names", "body_ends", "body_starts"), fullmatch=True))
def test_every_body_holds_a_mark(name: str) -> None:
    assert any(mark in name for mark in plain_list("names", "body_marks"))


def test_one_person_has_one_entry_under_the_fullest_name() -> None:
    text = "Foreign Minister S. Rao arrived. Foreign Minister Sunil Rao of India spoke. President Ana Rojas met Foreign Minister Rao."
    assert [person.name for person in find_people(text, PLACES)] == ["Sunil Rao", "Ana Rojas"]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("The Ministry of External Affairs (MEA) said so.", [("Ministry of External Affairs", "MEA")]),
        (
            "It was signed by the Ministry of Commerce and Industry and Hanwha Systems.",
            [("Ministry of Commerce and Industry", "")],
        ),
        (
            "The Reserve Bank of India and the International Atomic Energy Agency (IAEA) agreed.",
            [("Reserve Bank of India", ""), ("International Atomic Energy Agency", "IAEA")],
        ),
        ("The Reserve Bank of Peru and Bank of Fiji agreed.", [("Reserve Bank of Peru", ""), ("Bank of Fiji", "")]),
        ("The Comprehensive Economic Partnership Agreement (CEPA) was signed.", []),
        ("The Digital Economy Partnership Agreement and the Joint Commission of India met.", []),
        (
            "The Korea Trade-Investment Promotion Agency (KOTRA) will help.",
            [("Korea Trade-Investment Promotion Agency", "KOTRA")],
        ),
        ("Larsen and Samsung Electronics signed.", [("Samsung Electronics", "")]),
        ("South Korea's bank and an agency of Peru signed.", []),
    ],
)
def test_organisations_are_bodies_and_no_agreements(text: str, bodies: list[tuple[str, str]]) -> None:
    assert [
        (body.name, body.abbreviation) for body in find_organisations(text, PLACES, compile_index(load_vocabulary(), "en"))
    ] == bodies


KNOWN = [
    (
        "fr",
        "Le Fonds monétaire international (FMI) et la Banque mondiale ont salué l'accord.",
        "Fonds monétaire international FMI, Banque mondiale",
    ),
    ("de", "Die EZB und das Auswärtige Amt schwiegen.", "Europäische Zentralbank EZB, Auswärtiges Amt"),
    ("es", "La ONU pidió calma; el Consejo de Seguridad Nacional se reunió.", "Organización de las Naciones Unidas ONU"),
    ("pt", "A União Europeia e o Banco Central do Brasil assinaram.", "União Europeia UE, Banco Central do Brasil"),
    ("ru", "В МИД России и в Евросоюзе молчат.", "МИД России, Европейский союз ЕС"),
    ("zh", "联合国安理会和世界银行周一表示，欧盟委员会将出席。", "联合国安理会, 世界银行, 欧盟委员会"),
    ("ja", "国連と日銀は月曜日に発表した。", "国際連合, 日本銀行"),
    ("ko", "유엔과 국제통화기금(IMF)은 한국은행의 결정을 환영했다.", "유엔, 국제통화기금 IMF, 한국은행"),
    ("hi", "संयुक्त राष्ट्र और विश्व बैंक ने कहा।", "संयुक्त राष्ट्र, विश्व बैंक"),
    ("ar", "قالت الأمم المتحدة وصندوق النقد الدولي إن الاتفاق جيد.", "الأمم المتحدة, صندوق النقد الدولي"),
    ("en", "The EU and NATO met.", "European Union EU, North Atlantic Treaty Organization NATO"),
    ("sv", "FN och EU möttes.", ""),
]


@pytest.mark.parametrize(("lang", "text", "bodies"), KNOWN)
def test_organisations_of_the_vocabulary_are_known_in_its_languages(lang: str, text: str, bodies: str) -> None:
    found = find_known(text, compile_index(load_vocabulary(), lang))
    assert ", ".join(f"{body.name} {body.abbreviation}".strip() for body in found) == bodies


def test_an_archive_adds_organisations_and_their_names() -> None:
    overlay = b"[moon-council]\nname = 'Moon Council'\nfr = 'Conseil de la Lune; CDL'\n[nato]\nfr = 'Alliance atlantique'\n"
    index = compile_index(load_vocabulary({"organisations.toml": overlay}), "fr")
    found = find_known("Le CDL et l'Alliance atlantique ont signé.", index)
    assert [(body.name, body.abbreviation) for body in found] == [
        ("Conseil de la Lune", "CDL"),
        ("Organisation du traité de l'Atlantique Nord", "OTAN"),
    ]


def blocks_of(*paragraphs: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", text) for text in paragraphs)


LONG = "Peru and Fiji agreed on Monday " + "to open one more fisheries office in one more harbour and " * 6 + "to leave it there."


def test_summary_is_whole_sentences_of_the_lead() -> None:
    blocks = blocks_of("Peru and Fiji agreed on Monday to open an office. It will have twelve people.", LONG)
    assert make_summary(list_sentences(blocks)) == blocks[0].text


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    text = "中国和越南的外交部长星期一在北京举行会谈并签署了一项铁路合作协议。双方还将共同修建一座跨境桥梁。"
    assert make_summary(list_sentences(blocks_of(text))) == text


def test_summary_is_cut_between_words_only_when_one_sentence_is_too_long() -> None:
    summary = make_summary(list_sentences(blocks_of(LONG)))
    assert len(summary) <= 280
    assert summary.endswith("…")
    assert LONG.startswith(summary[:-1])


def test_a_full_stop_in_an_abbreviation_does_not_end_the_summary() -> None:
    text = "Adviser Mr. Rao of India met U.S. Adviser Mr. Smith in Lima on Monday. They spoke of fish."
    assert make_summary(list_sentences(blocks_of(text))) == text


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                *LONG.split(" and ")[:2],
                "Peru signed a treaty worth 3 billion dollars with Fiji in May.",
                "He said so.",
                "Talks go on in Suva and in Lima until the end of the year.",
                "Ports of both sides are to be opened to 40 ships a month.",
                "“We agreed,” the minister of Fiji told reporters on the steps.",
                "Each of the two sides will pay half of what the new office costs.",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_key_points_are_sentences_of_the_text_no_two_alike(paragraphs: list[str]) -> None:
    sentences = list_sentences(blocks_of(*paragraphs))
    summary = make_summary(sentences)
    points = choose_points(sentences, summary)
    texts = [sentence.text for sentence in sentences]
    assert len(points) <= 5
    assert len(set(points)) == len(points)
    assert all(point in texts and point not in summary for point in points)
    assert len(summary) <= 280


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ministers of Peru and Fiji agreed on Monday that the office in Lima will have twelve people."),
        ("fr", "Les ministres du Pérou et des Fidji ont convenu lundi que le bureau de Lima comptera douze personnes."),
        ("de", "Die Minister von Peru und Fidschi haben sich am Montag darauf geeinigt, dass das Büro zwölf Leute hat."),
        ("es", "Los ministros de Perú y Fiyi acordaron el lunes que la oficina de Lima tendrá doce personas en el año."),
        ("hi", "पेरू और फिजी के मंत्रियों ने सोमवार को सहमति जताई कि लीमा में कार्यालय में बारह लोग होंगे।"),
        ("ko", "페루와 피지의 장관들은 월요일 리마 사무소에 열두 명을 두기로 합의했다고 밝혔다."),
        ("ja", "ペルーとフィジーの閣僚は月曜日、リマの事務所に十二人を置くことで合意した。"),
        ("zh", "秘鲁和斐济的部长周一同意利马办事处将有十二人，双方还讨论了渔业合作。"),
        ("ar", "اتفق وزيرا بيرو وفيجي يوم الاثنين على أن يضم المكتب في ليما اثني عشر شخصا من البلدين."),
        ("ru", "Министры Перу и Фиджи в понедельник договорились о том, что в офисе в Лиме будет двенадцать человек."),
        ("", "12 / 34"),
    ],
)
def test_language_is_told_by_script_and_function_words(lang: str, text: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://example.org/a?utm_source=x&id=3", "https://example.org/a?id=3"),
        ("https://example.org/a?id=3&fbclid=zz", "https://example.org/a?id=3"),
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("/relative/path", ""),
        ("null", ""),
    ],
)
def test_addresses_lose_their_trackers(url: str, cleaned: str) -> None:
    assert clean_url(url) == cleaned


def test_only_names_beside_offices_are_taken_in_other_languages() -> None:
    found = metadata_of(
        "Peru und Fidschi einigen sich\n\nDie Minister von Peru und Fidschi haben sich am Montag mit Präsident Jan Huber auf das Büro in Lima geeinigt."
    )
    assert found.lang == "de"
    assert (found.people, found.organisations) == ((Person("Jan Huber", "Präsident"),), ())


def test_who_acts_beside_an_office_is_a_person_in_hindi_and_nobody_else_is() -> None:
    text = "विदेश मंत्री श्री एस जयशंकर ने कहा। प्रधानमंत्री कार्यालय सूत्रों ने बताया। राष्ट्रपति भवन में समारोह हुआ। मंत्री और अधिकारी ने कहा।"
    assert find_introduced(text, "hi") == (Person("एस जयशंकर", "विदेश मंत्री"),)


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "Le gouvernement Jean Exemple a démissionné."), ("de", "Die Regierung Anna Beispiel trat zurück.")]
)
def test_a_government_is_no_office_of_a_person(lang: str, text: str) -> None:
    assert find_introduced(text, lang) == ()


def test_a_russian_country_behind_an_office_is_no_name() -> None:
    text = "Президент Сербии Иван Примеров и министр Пётр Иванович Образцов договорились."
    assert find_introduced(text, "ru") == (
        Person("Иван Примеров", "Президент Сербии"),
        Person("Пётр Иванович Образцов", "министр"),
    )


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "Publicado em 06/09/2019 - 17:20",
            "O Peru e Fiji assinaram hoje em Lima um acordo de pesca que vale a partir de janeiro.",
        ),
        (
            "Publié le 06/09/2019",
            "Le Pérou et les Fidji ont signé à Lima un accord de pêche qui vaut pour les deux pays dès janvier.",
        ),
    ],
)
def test_the_language_of_the_text_decides_the_order_of_numbers_where_the_source_says_none(line: str, text: str) -> None:
    assert metadata_of(f"Peru, Fiji: 2019\n\n{line}\n\n{text}").day == date(2019, 9, 6)


def test_people_are_frozen_values() -> None:
    assert find_people("Foreign Minister Ana Rojas spoke.", PLACES) == (Person("Ana Rojas", "Foreign Minister"),)


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        (
            "fr",
            "Le ministre des Affaires étrangères Jean Exemple a reçu la présidente Ana de la Cruz.",
            "Jean Exemple, Ana de la Cruz",
        ),
        (
            "es",
            "El presidente peruano Juan Ejemplo y la ministra de Pesca, Ana Rojas Luna, viajaron a Suva.",
            "Juan Ejemplo, Ana Rojas Luna",
        ),
        (
            "pt",
            "O presidente do Banco Central Roberto Exemplo Lima falou; o ministro das Relações Exteriores, Ivo Reis, não.",
            "Ivo Reis",
        ),
        (
            "de",
            "Außenministerin Anna Beispiel traf Bundeskanzler Karl von Muster und Minister Max Otto Müller.",
            "Anna Beispiel, Karl von Muster",
        ),
        (
            "ru",
            "Президент Иван Примеров и министр обороны Пётр Образцов говорили с премьер-министром Анной Роу.",
            "Иван Примеров, Пётр Образцов",
        ),
        ("ko", "김예시 대통령은 외교부 장관과 함께 박보기 통일부 장관을 만났다.", "김예시, 박보기"),
        ("zh", "外交部长王例子与日本外相举行会谈，国务院总理李范出席。", "王例子, 李范"),
        ("ja", "例田範子外相と両国首相が会談した。山本例一首相は欠席した。", "例田範子, 山本例一"),
        ("fr", "La ministre espagnole des Transports, Raquel Sánchez, a signé.", "Raquel Sánchez"),
        ("es", "El presidente visitó Santa Cruz el lunes.", ""),
        ("pt", "O ministro angolano da Energia, João Baptista Borges, disse.", "João Baptista Borges"),
        ("ar", "التقى الرئيس المصري عبد الفتاح السيسي نظيره التركي في القاهرة.", "عبد الفتاح السيسي"),
        ("ar", "بحث وزير الخارجية السعودي الأمير فيصل بن فرحان مع نظيره العراقي التعاون.", "فيصل بن فرحان"),
        ("ar", "الرئيس الأمريكي جو بايدن أكد أن بلاده ستدعم مصر.", "جو بايدن"),
        ("ar", "قال رئيس الوزراء العراقي محمد شياع السوداني إن بلاده مستعدة.", "محمد شياع السوداني"),
        ("ar", "الرئيس الفرنسي يزور القاهرة اليوم لبحث التعاون.", ""),
        ("ar", "الرئيس الروسي فلاديمير بوتين هدد في خطاب.", ""),
        ("ar", "وزير الخارجية خلال زيارته إلى تونس في مارس.", ""),
        ("hi", "राष्ट्रपति भवन में प्रधानमंत्री शेख हसीना के साथ वार्ता हुई।", "शेख हसीना"),
        ("hi", "रूस के राष्ट्रपति व्लादिमीर पुतिन से मुलाकात की।", "व्लादिमीर पुतिन"),
        ("hi", "प्रधानमंत्री आवास योजना के साथ बैठक हुई।", ""),
        ("hi", "राष्ट्रपति चुनाव परिणाम से चर्चा तेज हुई।", ""),
        ("hi", "विदेश मंत्री दोनों देशों के नेताओं से मिले।", ""),
    ],
)
def test_people_of_other_languages_are_known_beside_their_offices(lang: str, text: str, people: str) -> None:
    assert ", ".join(person.name for person in find_introduced(text, lang)) == people


@pytest.mark.parametrize(
    "url", ["https://[news].example.com/x", "https://ex\u2100.com/x", "news.example.com/x", "ftp://a.example/x"]
)
def test_an_address_that_no_briefing_may_hold_is_not_taken(url: str) -> None:
    assert clean_url(url) == ""


@pytest.mark.parametrize("syntax", ["text", "markdown"])
@pytest.mark.parametrize(
    "line",
    [
        "14. März 2024",
        "14. März 2024, 10:15 Uhr",
        "14. März 2024 | Politik",
        "14. 3. 2024",
        "14 III 2024",
        "14 marca 2024 r.",
        "dnia 14 marca 2024 roku",
        "14. marca 2024",
        "14. března 2024",
        "14 března 2024",
        "2024 m. kovo 14 d.",
        "2024. március 14.",
        "14 березня 2024",
        "Aktualizováno: 15. března 2024 | Publikováno: 14. března 2024",
    ],
)
def test_a_day_alone_on_its_line_is_the_day_and_no_item_of_a_list(line: str, syntax: str) -> None:
    text = f"Peru and Fiji agree on fish\n\n{line}\n\nPeru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year.\n"
    assert metadata_of(text, syntax).day == date(2024, 3, 14)


def test_an_item_of_a_list_that_begins_with_a_day_s_number_stays_an_item() -> None:
    text = "Peru and Fiji agree on fish\n14 March 2024\n\nThey agreed on three points in Lima on Monday, the ministry said.\n\n1. Fish are counted.\n2. May is the month of rest.\n"
    seed = Seed("a", Location("seeds/a.txt"), "sha256:00", "text", text)
    assert [block.kind for block in clean(seed).blocks] == ["paragraph", "item", "item"]


@pytest.mark.parametrize("line", ["14 XIII 2024", "Chapter 14 IX", "He said in 2024 five 14 days."])
def test_what_only_resembles_a_day_is_none(line: str) -> None:
    assert not list(find_stamps(line))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Polska i Niemcy o kolei\n\nAmbasador Niemiec o stosunkach polsko-niemieckich i kolei do Szczecina.", "pl"),
        ("Polska i Niemcy o kolei\n\nMinister Sikorski rozmawiał w Berlinie o granicy.\n\nWarszawa czeka na odpowiedź.", "pl"),
        (
            "Premier Donald Tusk odwiedził Kijów. Rozmawiał o zbożu i o granicy.\n\nDo Kijowa pojechał pociągiem z Przemyśla.",
            "pl",
        ),
        ("Česko a Polsko o dolu Turów\n\nČesko a Polsko podepsaly v Praze dohodu o dolu Turów.\n\nPremiér Fiala je rád.", "cs"),
        ("Slovensko a Poľsko otvorili v Strachocine plynovod, ktorý spája obe krajiny, povedal minister Richard Sulík.", "sk"),
        ("Os dois governos assinaram um acordo sobre as pescas em Lisboa na segunda-feira.", "pt"),
        ("O presidente de Portugal reuniu com o ministro polaco Radosław Sikorski em Lisboa.", "pt"),
    ],
)
def test_a_short_text_of_poland_s_neighbours_is_not_portuguese(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_a_text_of_names_has_no_language_rather_than_a_wrong_one() -> None:
    assert detect_language("Minister Sikorski met Wadephul.") == ""


NOTED = "Peru and Fiji have not met on the waters of the ocean since August 2021.[1] The agreement of the year before stays unused [2].\n\nThe Peruvian water authority has built 186 kilometres of barrier along the shore.[1, 3] It gave “[20] million” for it.\n"


@pytest.mark.parametrize(
    ("notes", "syntax"),
    [
        ("[1] Letter of the Peruvian Ministry of Fisheries, 20 August 2021.\n[2] Interview with an official of the Peruvian water authority.\n", "text"),
        ("[1] Letter of the Peruvian Ministry of Fisheries, 20 August 2021.\n[2] Interview with an official of the Peruvian water authority.\n", "markdown"),
        ("[^1]: Letter of the Peruvian Ministry of Fisheries, 20 August 2021.\n[^2]: Interview with an official of the water authority.\n", "markdown"),
    ],
)  # fmt: skip
def test_notes_are_no_key_points_and_their_marks_stand_in_none(notes: str, syntax: str) -> None:
    text = f"{NOTED}\n{notes}"
    metadata = metadata_of(text, syntax)
    assert metadata.summary == (
        "Peru and Fiji have not met on the waters of the ocean since August 2021. The agreement of the year before stays unused."
    )
    assert metadata.key_points == ("The Peruvian water authority has built 186 kilometres of barrier along the shore.",)
    blocks = clean(Seed("a", Location("seeds/a.txt"), "sha256:00", syntax, text)).blocks
    assert [block.kind for block in blocks] == ["paragraph"] * 4


def test_a_text_of_numbered_paragraphs_has_a_summary() -> None:
    assert metadata_of(
        "[1] Peru and Fiji agreed on Monday to open a fisheries office in Lima.\n\n[2] It will have a staff of twelve.\n"
    ).summary


def test_what_is_asked_in_an_interview_and_who_asks_give_no_key_points() -> None:
    talk = [
        "Ana Núñez, ambassador of Peru in Suva, stayed when the storm began. She talks about fish and about the port.",
        "Example Times: Ambassador, what has changed between Peru and Fiji since February of last year?",
        "Ana Núñez: More than a million tonnes of fish went through the port, and Peru has given 300 ships.",
        "Example Times: Fishers in both countries complain about the price of fuel in each other's ports.",
        "Ana Núñez: We want fish to go through Peru, and not to stay in its ports for longer than a day.",
        "Example Times: And what about the two islands?",
        "Ana Núñez: We expect a permission for the survey in the autumn of this year.",
    ]
    points = metadata_of("\n\n".join(talk) + "\n").key_points
    assert points
    assert all(point.startswith("Ana Núñez:") for point in points)


def test_a_lead_that_no_stop_closes_is_joined_to_nothing() -> None:
    text = "Peru and Fiji agreed on a common budget for the port on Thursday in Lima for the next year (see table)\n\nCongress votes on it.\n"
    assert make_summary(list_sentences([Block("paragraph", line) for line in text.strip().split("\n\n")])).endswith("(see table)")
