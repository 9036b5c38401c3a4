"""Texts of one byte a letter are read in the code page of their language, and where two fit, that is said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.ingest import Made, propose
from generator.ingest.decoding import decode, read_encoded
from generator.ingest.formats import read_seeds
from generator.model import Seed
from tests.factories import shipped_vocabulary
from tests.hash_seeds import run_with_hash_seed

# Sentences of a language, each of which is read alone, and the pages in which they are saved.
WESTERN = ("cp1252",)
CENTRAL = ("cp1250", "iso8859_2")
TURKISH = ("cp1254", "iso8859_9")
TEXTS = {
    "fr": (
        WESTERN,
        "Le président a déclaré à l’Élysée qu’un accord « très large » serait signé en août à Genève, où siège l’agence.",
        "La première étape coûte 40 € aux deux pays, et la fête aura lieu à l'hôtel de ville après Noël.",
        "Le 1er mai, 100 m³ de gaz ont été livrés à la Suède par le port de Malmö.",
    ),
    "de": (
        WESTERN,
        "Die Außenminister trafen sich in München und sprachen über Zölle, „größere“ Märkte und die Verträge mit Österreich.",
        "Das Abkommen kostet die Länder 40 € für jeden Einwohner.",
        "Der tschechische Präsident Miloš Zeman war für die Gespräche nach Köln gereist.",
    ),
    "es": (
        WESTERN,
        "España y Perú firmaron ayer un convenio de pesca en Núñez de Balboa por 40 €.",
        "¿Qué dirá el señor Peña? El 1º de mayo será — según él — “histórico” para la nación.",
        "La nº 5 de la 2ª reunión que se celebró en Bogotá.",
    ),
    "pt": (
        WESTERN,
        "O presidente João Lourenço disse que as relações são boas e não há razões para alterações.",
        "A União Europeia e o Irã não estão em São Paulo; põe 40 €, pela 1ª vez.",
        "As exportações de camarão para o Japão são “históricas”.",
    ),
    "it": (
        WESTERN,
        "Il ministro è andato a Città del Messico perché l’accordo è più importante che mai.",
        "Però, così è la realtà: là c’è già un’intesa sul gas per 40 €.",
    ),
    "da": (
        WESTERN,
        "Danmark og Færøerne er enige om en ny aftale på fiskeområdet for 40 €.",
        "Statsministeren siger, at øerne får “større” frihed til at handle.",
    ),
    "no": (
        WESTERN,
        "Utenriksminister Jonas Gahr Støre møter sin kollega i Tromsø på lørdag.",
        "Avtalen gjør det lettere å fiske.",
    ),
    "sv": (WESTERN, "Sverige och Åland är överens om ett nytt avtal för fiske i Östersjön på måndag.", "Avtalet är på två år."),
    "fi": (WESTERN, "Suomi ja Viro sopivat yhteistyöstä Itämerellä.", "Pääministeri sanoi, että työ jatkuu."),
    "is": (
        WESTERN,
        "Ísland og Noregur hafa undirritað samning um fiskveiðar.",
        "Guðlaugur Þór Þórðarson sagði að það væri mikilvægt.",
    ),
    "nl": (WESTERN, "De minister van België heeft “coördinatie” geëist met Oekraïne voor 40 €.", "Dat is een idee van één land."),
    "pl": (
        CENTRAL,
        "Polska i Ukraina podpisały umowę o obronności.",
        "Minister obrony Władysław Kosiniak-Kamysz powiedział, że współpraca będzie się rozwijać.",
        "Łódź i Gdańsk są gotowe na żądania związków, a źródła mówią o zgodzie.",
    ),
    "cs": (
        CENTRAL,
        "Česko a Slovensko podepsaly dohodu o společné obraně.",
        "Ministři řekli, že půjde o těsnější spolupráci při ochraně hranic.",
    ),
    "sk": (
        CENTRAL,
        "Slovensko a Maďarsko sa dohodli na výstavbe novej linky, ktorá má byť hotová už budúci rok.",
        "Minister povedal, že ľudia ju budú môcť používať, a že žiadne ťažkosti nečaká.",
    ),
    "hu": (
        CENTRAL,
        "Magyarország és Szerbia megállapodást írt alá az energiáról.",
        "A külügyminiszter szerint az együttműködés erősödni fog, és előnyös lesz a jövőben.",
    ),
    "ro": (
        CENTRAL,
        "România şi Moldova au semnat un acord privind energia.",
        "Ministrul a spus că ţările vor coopera în domeniul apărării şi că înţelegerea va intra în vigoare.",
    ),
    "hr": (
        CENTRAL,
        "Hrvatska i Slovenija potpisale su sporazum o zaštiti mora.",
        "Premijer Plenković rekao je da će suradnja biti još čvršća između država.",
    ),
    "sl": (
        CENTRAL,
        "Slovenija in Hrvaška sta podpisali sporazum o zaščiti morja.",
        "Minister je dejal, da bo še več sodelovanja.",
    ),
    "tr": (
        TURKISH,
        "Türkiye ile Azerbaycan savunma işbirliği anlaşmasını imzaladı.",
        "Cumhurbaşkanı Recep Tayyip Erdoğan, iki ülkenin bağlarının güçleneceğini söyledi.",
        "İSTANBUL’DA ANLAŞMA İMZALANDI.",
    ),
}
SENTENCES = [(lang, page, tuple(texts)) for lang, (pages, *texts) in TEXTS.items() for page in pages]


def encode(text: str, page: str) -> bytes:
    """Return a text in a code page; the quotation marks and the euro that it lacks are plain there."""
    plain = str.maketrans("“”„’—€", '"""\'-E')
    return (text.translate(plain) if page.startswith("iso") else text).encode(page)


@pytest.mark.parametrize(("lang", "page", "texts"), SENTENCES, ids=[f"{lang}-{page}" for lang, page, _ in SENTENCES])
def test_every_sentence_is_read_in_the_code_page_of_its_language(lang: str, page: str, texts: tuple[str, ...]) -> None:
    for raw in (encode(text, page) for text in (*texts, "\n".join(texts))):
        assert (read_encoded(raw).text, read_encoded(raw).doubt) == (raw.decode(page), ""), lang


def test_what_a_page_cannot_read_ends_no_word() -> None:
    # In ISO 8859-2 "zaštiti" would be the frequent word "za", something unknown, and "titi".
    text = "Hrvatska i Slovenija potpisale su sporazum o zaštiti mora.\n" * 4
    assert (decode(text.encode("cp1250")), read_encoded(text.encode("cp1250")).doubt) == (text, "")


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_choice_of_sentences_is_read_in_their_code_page(data: st.DataObject) -> None:
    _, page, texts = data.draw(st.sampled_from(SENTENCES))
    chosen = data.draw(st.lists(st.sampled_from(texts), min_size=1, max_size=8))
    ends = data.draw(st.sampled_from(["\n", "\r\n", " ", "\n\n"]))
    head = data.draw(st.sampled_from(["", "15.09.2025\n", "Reuters\n", "https://example.org/a\n"]))
    raw = encode(head + ends.join(chosen), page)
    assert decode(raw) == raw.decode(page)


def test_hash_seeds_do_not_reach_what_is_read() -> None:
    program = (
        "from tests.test_decoding import SENTENCES, encode, read_encoded;"
        "print([read_encoded(encode(text, page)) for _, page, texts in SENTENCES for text in texts])"
    )
    found = {run_with_hash_seed(seed, program) for seed in ("1", "2")}
    assert len(found) == 1
    assert "Polska i Ukraina" in found.pop()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("The former president Lech Wałęsa met Andrzej Duda in Warsaw on Monday.", "cp1250"),
        ("The chairman, Kaczyński, said that the deal was dead.", "cp1250"),
        ("Croatian Prime Minister Andrej Plenković met the president of Serbia, Aleksandar Vučić.", "cp1250"),
        ("Traian Băsescu was the president of Romania.", "cp1250"),
        ("President Václav Havel heard the works of Antonín Dvořák.", "iso8859_2"),
        ("Mevlüt Çavuşoğlu said on Monday that Turkey will build it.", "cp1254"),
        ("Mexican President Enrique Peña Nieto said on Monday that it was the end.", "cp1252"),
        ("The mayor of São Paulo said the deal was good for the naïve owner of a café.", "cp1252"),
        ("Jens Stoltenberg met Jonas Gahr Støre, Mette Jørgensen and Troels Kjær in the Færøerne.", "cp1252"),
        ("Håkan Åkesson of Malmö said the crème de la crème met in Genève.", "cp1252"),
        (
            "The firm sold 100 m³ of gas and Windows® to the state — “fine” — at £5 and ¥100 © Reuters, nº 5, 1¼ at 10±5°.",
            "cp1252",
        ),
    ],
)
def test_names_in_an_english_text_tell_its_code_page(text: str, page: str) -> None:
    assert (decode(text.encode(page)), read_encoded(text.encode(page)).doubt) == (text, "")


def test_lines_of_utf_8_among_those_of_a_code_page_are_both_read() -> None:
    raw = "Łukasz przyjechał.\n".encode() + "Są żądania i życie się zmienia.\n".encode("cp1250")
    assert decode(raw) == "Łukasz przyjechał.\nSą żądania i życie się zmienia.\n"


@pytest.mark.parametrize("name", ["iso-8859-9", "windows-1254", "iso-8859-2"])
def test_a_declared_code_page_is_believed(name: str) -> None:
    text = f'<html><head><meta charset="{name}"></head><body><p>Çelik, ö ü</p></body></html>'
    assert decode(text.encode(name)) == text


NO_PAGES = "undefined base64 hex rot13 zlib idna utf-16 cp500 utf-7 hz unicode_escape raw_unicode_escape nothing-known".split()


@pytest.mark.parametrize("name", NO_PAGES)
def test_a_declared_encoding_that_no_page_can_have_is_passed_over(name: str) -> None:
    text = f"<html><head><meta charset={name}></head><body><p>Réunion à Genève ~ \\u0041 +AGE-</p></body></html>"
    assert decode(text.encode("cp1252")) == text


CODE = "window.layer = window.layer || []; function tag(name, value) { layer.push(arguments); }\n"


@pytest.mark.parametrize("size", [2_600, 21_000])
@pytest.mark.parametrize(
    ("page", "lang", "title", "text"),
    [
        (
            "euc_kr",
            "ko",
            "한국 인도 협정",
            "한국과 인도는 금요일 서울에서 새로운 무역 협정에 서명했다. 두 나라 장관은 조선 분야에서 협력을 확대하기로 했다.",
        ),
        (
            "shift_jis",
            "ja",
            "日印貿易協定",
            "日本とインドは金曜日、東京で新しい貿易協定に署名した。両国の閣僚は造船の分野で協力を拡大することで合意した。",
        ),
        (
            "cp1251",
            "ru",
            "Россия и Индия подписали соглашение",
            "Россия и Индия подписали в пятницу в Москве новое соглашение. Министры договорились расширить сотрудничество.",
        ),
        (
            "koi8_r",
            "ru",
            "Россия и Индия подписали соглашение",
            "Россия и Индия подписали в пятницу в Москве новое соглашение. Министры договорились расширить сотрудничество.",
        ),
    ],
)
def test_a_page_without_a_charset_is_guessed_by_its_article_and_not_by_its_markup(
    page: str, lang: str, title: str, text: str, size: int
) -> None:
    head = f"<script>\n{CODE * (size // len(CODE))}</script>\n<title>{title}</title>"
    article = f"<article><h1>{title}</h1>\n" + f"<p>{text}</p>\n" * (size // 150) + "</article>"
    raw = f"<html><head>{head}</head>\n<body>{article}</body></html>\n".encode(page)
    assert read_encoded(raw).text == raw.decode(page)
    (seed,) = read_seeds(raw, "seeds/a.html")
    assert isinstance(seed, Seed)
    assert seed.title == title
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    assert (made.briefing.title, made.briefing.lang) == (title, lang)


def test_a_doubt_of_two_encodings_is_told_and_the_western_one_taken() -> None:
    raw = "Talks in Ankara\n\n15 September 2025\n\nPresident Erdoğan said on Monday that Turkey will build the port.\n".encode(
        "cp1254"
    )
    (seed,) = read_seeds(raw, "seeds/a.txt")
    assert isinstance(seed, Seed)
    assert "President Erdoðan said" in seed.body
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    said = "seeds/a.txt: the encoding is in doubt: “Erdoðan” may be “Erdoğan” (save the seed as UTF-8) [seed-encoding]"
    assert [str(problem) for problem in made.problems] == [said]
    assert not made.briefing.draft


def test_records_in_a_code_page_are_read_in_it() -> None:
    lines = [json.dumps({"title": "A", "text": text}, ensure_ascii=False) for text in TEXTS["pl"][1:]]
    seeds = list(read_seeds("\n".join(lines).encode("cp1250"), "seeds/a.jsonl"))
    assert [seed.body for seed in seeds if isinstance(seed, Seed)] == list(TEXTS["pl"][1:])


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_doubt_is_told_of_the_records_that_have_letters_beyond_ascii(name: str) -> None:
    texts = ("President Erdoğan said on Monday that Turkey will build the port.", "The port will be built on Monday.")
    records = [{"title": "Talks in Ankara", "text": text} for text in texts]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    raw = ("\n".join(lines) if name.endswith("l") else f"[{', '.join(lines)}]").encode("cp1254")
    seeds = [seed for seed in read_seeds(raw, f"seeds/{name}") if isinstance(seed, Seed)]
    assert [seed.doubt for seed in seeds] == ["the encoding is in doubt: “Erdoðan” may be “Erdoğan”", ""]
    made = propose(seeds[0], shipped_vocabulary())
    assert isinstance(made, Made)
    assert "seed-encoding" in {problem.code for problem in made.problems}


def test_a_german_text_with_a_polish_name_is_central_european() -> None:
    text = "Der polnische Minister besuchte Słubice an der Oder und weihte mit Bürgermeister Müller eine Brücke ein.\n"
    assert decode(text.encode("cp1250")) == text


@pytest.mark.parametrize("name", ["Señor Núñez", "François Façade", "Malmö und Ångström", "20 m³ und 30 km²"])
def test_a_german_text_with_a_western_name_or_sign_is_western(name: str) -> None:
    text = f"Der Minister besuchte {name} an der Oder und weihte mit Bürgermeister Müller eine Brücke ein.\n"
    assert decode(text.encode("cp1252")) == text


def test_lost_letters_are_told() -> None:
    text = "Bridge at the river\n14 March 2024\n\nThe mayor of S\ufffdubice opened a bridge over the river with Peru on Monday.\n"
    (seed,) = read_seeds(text.encode(), "seeds/a.txt")
    assert isinstance(seed, Seed)
    made = propose(seed, shipped_vocabulary())
    assert isinstance(made, Made)
    told = [str(problem) for problem in made.problems if problem.code == "seed-encoding"]
    assert told == ["seeds/a.txt: letters are lost, as in “S\ufffdubice” (write them into the briefing) [seed-encoding]"]
