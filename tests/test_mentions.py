"""Mentions: names are found where they are certain, and every quote is in the text."""

from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.mentions import compile_index, find_countries, find_evidence, find_phrases
from generator.mentions.countries import read_names
from generator.mentions.index import mark_words
from generator.mentions.names import fold_case
from generator.mentions.offices import find_share
from generator.vocabulary import load_homonyms, load_vocabulary

VOCABULARY = load_vocabulary()


def countries(text: str, lang: str = "en", *, year: int = 0) -> list[str]:
    return [mention.term for mention in read_names(text, compile_index(VOCABULARY, lang), year=year)[0]]


def sectors(text: str, lang: str = "en") -> set[str]:
    return {phrase.term for phrase in find_phrases(text, compile_index(VOCABULARY, lang))}


def test_niger_is_not_found_in_nigeria() -> None:
    assert countries("Nigeria and the Niger Delta") == ["NG", "NG"]
    assert countries("Niger borders Nigeria.") == ["NE", "NG"]


@pytest.mark.parametrize(
    "text",
    [
        "Ships crossed the Indian Ocean and the South China Sea.",
        "The Indo-Pacific is a region.",
        "He ate turkey off fine china with Swiss cheese and a Brazil nut.",
        "Michael Jordan met Chad Smith.",
        "Mr. Jordan and Congressman Jordan voted.",
        "He told us that it is so.",
        "The bird wore a Panama hat in Latin America.",
        "Indiana Jones",
        "It cost US$50 million and two hundred Canadian dollars.",
        "The Paris Agreement, the Kyoto Protocol and the Geneva Conventions stand.",
        "The Washington Post and the Times of India wrote so.",
        "Formality and Romanesque arches",
    ],
)
def test_what_only_looks_like_a_country_is_not_found(text: str) -> None:
    assert [code for code in countries(text) if code != "US" or "Indiana" not in text] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("American Samoa and New Mexico", ["AS", "US"]),
        ("Equatorial Guinea, Guinea-Bissau, Papua New Guinea and Guinea", ["GQ", "GW", "PG", "GN"]),
        ("South Sudan split from Sudan.", ["SS", "SD"]),
        ("The DRC and Congo-Brazzaville", ["CD", "CG"]),
        ("Dominica and the Dominican Republic", ["DM", "DO"]),
        ("West Germany, the Soviet Union, Burma and Zaire", ["DE", "RU", "MM", "CD"]),
        ("Seoul, New Delhi, the Kremlin and Whitehall", ["KR", "IN", "RU", "GB"]),
        ("The U.S., the UK and the UAE", ["US", "GB", "AE"]),
        ("A Sino-Indian border and Franco-German friendship", ["CN", "IN", "FR", "DE"]),
        ("Türkiye, TURKEY and Turkish exports", ["TR", "TR", "TR"]),
        ("Côte d’Ivoire is Ivory Coast.", ["CI", "CI"]),
        ("South\nKorea", ["KR"]),
        ("Moscow, Idaho", ["US"]),
        ("Northern Ireland and Ireland", ["GB", "IE"]),
        ("Kosovo and Taiwan", ["XK", "TW"]),
    ],
)
def test_the_longest_name_wins(text: str, expected: list[str]) -> None:
    assert countries(text) == expected


def test_georgia_is_a_state_beside_its_cities_and_a_country_beside_its_neighbours() -> None:
    assert countries("Georgia's governor spoke in Savannah.") == []
    assert countries("Georgia, Armenia and Azerbaijan talked.") == ["GE", "AM", "AZ"]
    assert countries("Tbilisi said that Georgia and Savannah would be partner cities.") == ["GE", "GE"]


def test_korea_is_the_south_unless_only_the_north_is_named() -> None:
    assert countries("Korea and India signed.") == ["KR", "IN"]
    assert "KP" not in countries("India and Korea met; Seoul was glad.")


def test_a_surname_counts_only_with_a_title_that_agrees() -> None:
    assert countries("Prime Minister Modi and President Macron met.") == ["IN", "FR"]
    assert countries("Modi Jewellers and Macron Cars merged.") == []
    assert countries("King Macron of the carnival") == []
    assert countries("Narendra Modi spoke. Later Modi left.") == ["IN", "IN"]


def test_the_year_tells_leaders_of_one_name_apart() -> None:
    assert countries("President Park spoke.", year=2015) == ["KR"]
    assert countries("President Bush spoke.", year=1990) == ["US"]
    assert countries("President Reagan spoke.", year=2020) == []


def test_the_pronoun_in_a_line_of_capitals_is_no_country() -> None:
    assert countries("TELL US THE TRUTH") == []
    assert countries("US-JAPAN TRADE TALKS OPEN") == ["US", "JP"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le ministre indien a rencontré son homologue sud-coréenne à Séoul.", ["IN", "KR", "KR"]),
        ("de", "Die indische Regierung und das südkoreanische Parlament", ["IN", "KR"]),
        ("es", "Los presidentes de México y Brasil; la delegación surcoreana", ["MX", "BR", "KR"]),
        ("pt", "O governo brasileiro e a França", ["BR", "FR"]),
        ("ru", "Между Россией и Индией; в Китае", ["RU", "IN", "CN"]),
        ("zh", "中国和印度尼西亚签署协议", ["CN", "ID"]),
        ("ja", "日本と韓国の首脳", ["JP", "KR"]),
        ("ko", "한국과 인도는 인도네시아에서 만났다. 인도적 지원", ["KR", "IN", "ID"]),
        ("hi", "भारत और दक्षिण कोरिया ने समझौता किया", ["IN", "KR"]),
        ("ar", "الهند وكوريا الجنوبية والصين", ["IN", "KR", "CN"]),
    ],
)
def test_names_are_found_in_other_languages(lang: str, text: str, expected: list[str]) -> None:
    assert countries(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "Le navire a quitté l’océan Indien pour la mer de Chine méridionale, puis le golfe du Mexique et le fleuve Congo.",
        ),
        ("fr", "Les pays latino-américains et la Nouvelle-Guinée invoquent l’accord de Paris."),
        ("de", "Vom Indischen Ozean ins Südchinesische Meer, am Golf von Guinea, auf der Koreanischen Halbinsel"),
        (
            "es",
            "El océano Índico, el mar del Japón, el golfo de México y el río Congo; el ministro indicó que el individuo saldría.",
        ),
        ("pt", "O golfo da Guiné, o mar da China Meridional e os povos sul-americanos e latino-americanas"),
        ("ru", "Из Индийского океана через Японское море в Мексиканский залив; на Корейском полуострове; река Конго"),
        ("ar", "من المحيط الهندي إلى بحر الصين الجنوبي وخليج المكسيك ونهر الأردن وأمريكا اللاتينية"),
        ("zh", "印度洋、南中国海、墨西哥湾、几内亚湾、朝鲜半岛、日本海和约旦河；发展中国家；立法方面；完美方案；中美洲"),
        ("hi", "हिंद महासागर, दक्षिण चीन सागर, मैक्सिको की खाड़ी, कोरियाई प्रायद्वीप और दक्षिण अमेरिका"),
        ("ja", "インド洋、日本海、メキシコ湾、朝鮮半島、ラテンアメリカ。仏教の独立した豪雨"),
        ("ko", "인도양과 멕시코만, 한반도와 남중국해. 화물을 인도했다. 북중미 대회. 이란 이름의 배"),
        ("en", "Indian River County lies far from the Gulf of Panama. Polish your shoes. Lima beans and Jersey cows"),
    ],
)
def test_seas_rivers_and_other_words_of_a_countrys_name_are_not_the_country(lang: str, text: str) -> None:
    assert countries(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "中日韩领导人会晤，中美俄三国", ["CN", "JP", "KR", "CN", "US", "RU"]),
        ("zh", "美日印澳四国与法方，其中美国缺席", ["US", "JP", "IN", "AU", "FR", "US"]),
        ("zh", "5日韩国总统抵达；近日美国宣布；日本海军", ["KR", "US", "JP"]),
        ("ja", "日米韓の首脳、15日韓国で会談。仏大統領も出席", ["JP", "US", "KR", "KR", "FR"]),
        ("ko", "한미일 3국과 한중일 정상회의", ["KR", "US", "JP", "KR", "CN", "JP"]),
        ("de", "Deutschlands Kanzler und Polens Minister", ["DE", "PL"]),
        ("es", "el gobierno chino, la delegación rusa y los indios", ["CN", "RU", "IN"]),
        ("pt", "o presidente russo e o chinês", ["RU", "CN"]),
        ("zh", "越共中央总书记抵达北京", ["VN", "CN"]),
        ("en", "North and South Korea; the Koreas", ["KP", "KR", "KP", "KR"]),
    ],
)
def test_compounds_and_inflected_names_are_found(lang: str, text: str, expected: list[str]) -> None:
    assert countries(text, lang) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fire broke out in Paris, Texas, on Monday. Paris firefighters and the mayor of Paris came.",
        "The mill in Lebanon, Tennessee, will close. Lebanon has lost its largest employer.",
        "A diner in Rome, Georgia, was sold. Rome is proud of it.",
        "Norman Washington was here. Julia Washington the poet spoke; Washington said that she was tired.",
        "Chad Smith played drums. Chad said that it was loud.",
        "Mali Smith and India Jones sang; India sang best.",
        "Cuba Gooding Jr. came late. Israel Adebayo was early, and Adebayo said so.",
        "Ireland Baldwin, 29, posed with Togo Allen.",
    ],
)
def test_a_town_or_a_person_bears_a_name_throughout_a_text(text: str) -> None:
    # The towns lie in a state, which the text names.
    assert set(countries(text)) <= ({"US"} if "," in text and " in " in text else set())


def test_a_person_takes_no_name_from_a_country_that_the_text_names_otherwise() -> None:
    assert countries("Jordan Smith met the king in Amman. Jordan agreed.") == ["JO", "JO"]
    assert countries("Israel Radio and Kenya Airways said so. Israel and Kenya agreed.") == ["IL", "KE", "IL", "KE"]
    assert countries("Will London and Paris agree? Mexico, Texas and Arizona share a river. Mexico said so.")[-1] == "MX"


def test_georgia_is_a_state_where_a_senator_speaks_for_it() -> None:
    assert countries("Senator Ann Miller of Georgia spoke.") == []
    assert countries("A U.S. Senator came to Tbilisi; Georgia was glad.") == ["US", "GE", "GE"]


def test_sector_phrases_are_words_and_acronyms_need_capitals() -> None:
    assert sectors("Talks on AI and semiconductors") == {"artificial-intelligence", "semiconductors"}
    assert sectors("He said that the trail is long and the aide ate.") == set()
    assert "shipbuilding" in sectors("two shipyards")


def test_sectors_are_found_in_other_languages() -> None:
    assert "semiconductors" in sectors("반도체 협력", "ko")
    assert "clean-energy" in sectors("हरित हाइड्रोजन", "hi")
    assert "defence" in sectors("la défense et les sous-marins", "fr")


def test_a_phrase_that_the_vocabulary_has_twice_speaks_once_for_its_sector() -> None:
    # In German, capitals or not, both forms are one pattern of the same sector and weight.
    (found,) = find_evidence(["economy"], "Die Inflation sinkt in Deutschland.", load_vocabulary(), "de")
    assert [(mention.rule, mention.start, mention.end) for mention in found.mentions] == [("sector:phrase/Inflation", 4, 13)]


def test_evidence_is_the_best_three_sentences_and_the_count() -> None:
    text = "India signed.\nIndia said so. India went on.\nMumbai slept. India agreed."
    (evidence,) = find_evidence(["IN"], text, VOCABULARY, "en")
    assert evidence.count == 5
    assert [mention.quote for mention in evidence.mentions] == ["India signed.", "India said so.", "India went on."]


def test_a_term_without_a_trace_is_the_editors() -> None:
    evidence = find_evidence(["KR", "space"], "India signed an agreement on tea.", VOCABULARY, "en")
    assert [(item.term, item.mentions, item.count) for item in evidence] == [("KR", (), 0), ("space", (), 0)]


def test_a_rule_names_what_matched() -> None:
    (evidence,) = find_evidence(["KR"], "Seoul agreed.", VOCABULARY, "en")
    (mention,) = evidence.mentions
    assert (mention.term, mention.rule, mention.offset) == ("KR", "country:capital/Seoul", 0)


PIECES = st.sampled_from(
    [
        "India",
        "South Korea",
        "the U.S.",
        "semiconductors",
        "İstanbul",
        "한국",
        "l’Inde",
        ".",
        " ",
        "\n",
        "trade",
        "x" * 90,
        "“",
        "é",
        "भारत",
        "?",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_every_quote_stands_in_the_text_and_its_span_matches(text: str) -> None:
    evidence = find_evidence((*VOCABULARY.countries, *VOCABULARY.sectors), text, VOCABULARY, "en")
    for mention in chain.from_iterable(found.mentions for found in evidence):
        begin = mention.offset - mention.start
        assert text[begin : begin + len(mention.quote)] == mention.quote
        assert len(mention.quote) <= 240
        assert 0 <= mention.start < mention.end <= len(mention.quote)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold_case(text)) == len(mark_words(text).decode()) == len(text)


@settings(deadline=None, max_examples=50)
@given(st.text("aé‐印İ ", max_size=20), st.text("aé‐印İ ", max_size=20))
def test_a_name_is_found_at_its_characters_whatever_their_bytes(before: str, between: str) -> None:
    first, second = f"{before}\n", f"India\n{between}\n"
    found = find_countries(f"{first}{second}São Tomé", compile_index(VOCABULARY, "en"), {"IN", "ST"})
    place = len(first) + len(second)
    assert [(name.start, name.end) for name in found] == [(len(first), len(first) + 5), (place, place + 8)]


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_phrases_of_some_sectors_are_those_of_all(text: str) -> None:
    index = compile_index(VOCABULARY, "en")
    wanted = {"space", "trade"}
    assert find_phrases(text, index, wanted) == [phrase for phrase in find_phrases(text, index) if phrase.term in wanted]


@pytest.mark.parametrize("currency", load_homonyms()["currencies"])
def test_a_country_before_its_currency_is_none(currency: str) -> None:
    assert countries(f"It cost 50 Singapore {currency}. Singapore {currency.upper()}") == []
    assert countries(f"Singapore {currency}x. Singapore, {currency}") == ["SG", "SG"]


NAMES = [
    "the two Koreas",
    "Korea",
    "Pyongyang",
    "Mr. Jordan",
    "Jordan",
    "Georgia",
    "President Lee",
    "NATO chief Rutte",
    "日米",
    "US",
]


@settings(deadline=None, max_examples=100)
@given(st.lists(PIECES | st.sampled_from(NAMES), max_size=20).map(" ".join), st.sampled_from(("en", "ja")))
def test_mentions_of_some_countries_are_those_of_all(text: str, lang: str) -> None:
    index = compile_index(VOCABULARY, lang)
    for wanted in ({"KP"}, {"KR", "US"}, {"JP", "JO"}, {"NL", "GE"}):
        assert find_countries(text, index, wanted) == [found for found in find_countries(text, index) if found.term in wanted]


def test_a_name_within_a_word_is_none_and_hides_none() -> None:
    assert countries("theIndia 2India éIndia woman") == []
    assert countries("theSouth Korea") == ["KR"]


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_mentions_come_in_order_and_never_overlap(text: str) -> None:
    found = find_countries(text, compile_index(VOCABULARY, "en"))
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_a_name_of_two_countries_is_the_one_that_the_text_names_otherwise() -> None:
    assert countries("North Korea fired a missile. Korea is poor.") == ["KP", "KP"]
    assert countries("Brazzaville and Congo; the Congolese army") == ["CG", "CG", "CG"]
    assert countries("Kinshasa and Congo; the Congolese army") == ["CD", "CD", "CD"]
    assert countries("Congo") == ["CD"]


def bear_out(term: str, text: str) -> list[str]:
    (evidence,) = find_evidence([term], text, VOCABULARY, "en")
    return [mention.quote[mention.start : mention.end] for mention in evidence.mentions]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("clean-energy", "He met Trade, Industry and Energy Minister Ahn Dukgeun."),
        ("trade", "He met Trade, Industry and Energy Minister Ahn Dukgeun."),
        ("trade", "It was signed by Joo Hyunghwan, Minister of Trade, Industry and Energy."),
        ("manufacturing", "It was signed by Yasutoshi Nishimura, Minister of Economy, Trade and Industry."),
        ("clean-energy", "The Ministry of New and Renewable Energy agreed."),
        ("defence", "He met the Director of the National Security Office, Chang Ho-jin."),
        ("defence", "The National Security Advisers of India and the United States met."),
        ("trade", "One person comes from the Korea Trade-Investment Promotion Agency."),
        ("fisheries", "Norway sent its Fisheries and Seafood Minister."),
        ("trade", "Korean Trade, Industry and Energy Minister Visits Delhi"),
        ("clean-energy", "Joo Hyunghwan, Minister of Trade, Industry and Energy"),
        ("clean-energy", "Ministry of New and Renewable Energy"),
    ],
)
def test_a_part_of_the_name_of_an_office_bears_out_nothing(term: str, text: str) -> None:
    assert bear_out(term, text) == []
    assert [phrase.weight for phrase in find_phrases(text, compile_index(VOCABULARY, "en"), {term}) if phrase.weight > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Trade, and then a toast: Prime Minister Modi spoke.",
        "In Trade, Prime Minister Modi saw the way.",
        "Trade and Prime Minister Modi's visit were the subjects.",
        "The Office of the President closed. Trade went on.",
        "Trade and investment were on the list of the Minister.",
    ],
)
def test_a_word_beside_an_office_is_none_of_its_name(text: str) -> None:
    assert bear_out("trade", text) == ["Trade"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Modi Hails Trade Pact With UK Trade Secretary", ["Trade Pact"]),
        ("India, Australia Sign Trade Agreement and Name Special Envoy", ["Trade Agreement"]),
        ("Leaders Discuss Trade and Appoint an Envoy", ["Trade"]),
        ("Steel Tariffs Anger Canadian Trade Minister", ["Tariffs"]),
        ("Minister of Defence Hails Trade Pact", ["Trade Pact"]),
        ("A Day in Delhi\nTrade Pact Delights Foreign Minister\nThe two of them signed it.", ["Trade Pact"]),
    ],
)
def test_a_headline_in_capitals_names_no_office_but_where_a_word_stands_beside_it(text: str, found: list[str]) -> None:
    assert bear_out("trade", text) == found


@pytest.mark.parametrize("chain", ["Trade-Energy-", "Trade ", "Trade, ", "Trade and ", "Ministry of Trade-", "Trade’"])
def test_a_long_chain_of_words_with_capitals_is_read_in_proportion_to_its_length(chain: str) -> None:
    """Counts, not seconds, would be better; a pattern that backtracks would not come to an end here at all."""
    text = chain * (160_000 // len(chain))
    (evidence,) = find_evidence(["trade"], text, VOCABULARY, "en")
    assert evidence.term == "trade"


@pytest.mark.parametrize(
    "office",
    "Minister Ministers Ministry Ministries Secretary secretary Under-Secretary Undersecretary UnderSecretary Secretaries"
    " Secretariat Department Office Advisor Adviser Agency Agencies Bureau Commissioner Envoy Representative Authority"
    " Directorate Administration".split(),
)
def test_what_an_office_is_of_is_a_share_of_its_name(office: str) -> None:
    text = f"He met the {office} of Trade."
    assert find_share(text, text.index("Trade"), len(text) - 1) == "sole"


def test_an_office_bears_a_sector_out_only_where_nothing_else_does() -> None:
    assert bear_out("defence", "The defence ministers met.") == ["defence ministers"]
    assert bear_out("defence", "The Ministry of Defence said so.") == ["Defence"]
    assert bear_out("defence", "Defence Secretary John Healey came. He saw the submarines.") == ["submarines"]


def test_weak_words_bear_a_sector_out_only_where_nothing_else_does() -> None:
    assert bear_out("finance", "They spoke of lending.") == ["lending"]
    assert bear_out("finance", "They spoke of lending. A currency swap was agreed.") == ["currency swap"]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("trade", "They signed texts on countering terrorism and the drugs trade."),
        ("trade", "The trade unions and the slave trade"),
        ("defence", "For economic security there is an initiative."),
        ("defence", "It touched industrial bases, think tanks and a price war."),
        ("finance", "That one was for 5 trillion yen, or two billion dollars."),
        ("climate", "They praised the investment climate."),
        ("environment", "The business environment is good."),
        ("labour", "The European Union condemned the air strikes."),
        ("agriculture", "An early-harvest package bore fruit."),
        ("clean-energy", "They spoke about the dam."),
        ("oil-and-gas", "Soybean oil and tear gas"),
    ],
)
def test_words_that_mean_something_else_speak_for_no_sector(term: str, text: str) -> None:
    assert term not in sectors(text)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("A missile battery was bought.", "defence"),
        ("Naval mines were laid.", "defence"),
        ("The tariff war goes on.", "trade"),
        ("A banking union is planned.", "finance"),
        ("Financial security and financial health", "finance"),
    ],
)
def test_words_of_two_sectors_speak_for_the_one_that_is_meant(text: str, term: str) -> None:
    assert sectors(text) == {term}


def test_an_archive_says_where_a_word_means_something_else() -> None:
    vocabulary = load_vocabulary({"sectors.toml": b"[trade]\nmasks = ['trade journal']\n"})
    found = find_phrases("Trade journals wrote of trade.", compile_index(vocabulary, "en"))
    assert [(phrase.term, phrase.start) for phrase in found] == [("trade", 24)]
