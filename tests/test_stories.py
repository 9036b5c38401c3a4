"""Stories without parties: what nature does, a life that is told at its end, and countries that are only spoken about."""

import pytest

from generator.ingest.tagging.tags import TagProposal
from tests.factories import tag_text


def tags(text: str, title: str = "", *, lang: str = "en", dateline: str = "") -> TagProposal:
    return tag_text(title, text, lang=lang, dateline=dateline)


def pairs(proposal: TagProposal) -> str:
    return " ".join(sorted(tag.term for tag in proposal.pairs))


def countries(proposal: TagProposal) -> str:
    return " ".join(sorted(tag.term for tag in proposal.countries))


NATURE = [
    ("en", "Storm heads for Mexico and Texas", "A tropical storm was heading for Mexico and Texas on Monday, forecasters said."),
    ("en", "Quake shakes Chile and Argentina", "A quake struck Chile and Argentina on Monday, Chilean authorities said."),
    ("en", "India and Bangladesh hit by floods", "India and Bangladesh were hit by floods on Monday, and 40 people have died."),
    ("en", "Measles spreads in Romania and Austria", "Measles has spread in Romania and Austria, the health agency said."),
    ("en", "Kenya and Ethiopia battle locusts", "Kenya and Ethiopia are battling the worst swarms of locusts for 70 years."),
    ("en", "Spain and Portugal swelter", "Spain and Portugal sweltered on Sunday in a heat wave that killed 12 people."),
    ("es", "Terremoto sacude Chile y Argentina", "Un fuerte terremoto sacudió el lunes Chile y Argentina y causó tres muertos."),
    ("fr", "Séisme au Chili et en Argentine", "Un violent séisme a frappé lundi le Chili et l'Argentine, faisant trois morts."),
    ("pt", "Tempestade atinge Brasil e Uruguai", "Uma forte tempestade atingiu o Brasil e o Uruguai e deixou três mortos."),
    ("de", "Sturm zieht über Polen und Litauen", "Ein schwerer Sturm ist am Montag über Polen und Litauen gezogen."),
    ("ru", "Землетрясение в Турции и Сирии", "Мощное землетрясение произошло в понедельник в Турции и Сирии."),
    ("ar", "زلزال يضرب تركيا وسوريا", "ضرب زلزال قوي تركيا وسوريا فجر الاثنين وأدى إلى مقتل المئات."),
    ("zh", "土耳其和叙利亚发生地震", "土耳其和叙利亚周一发生强烈地震，造成数百人死亡。"),
    ("ja", "トルコとシリアで地震", "トルコとシリアで6日、強い地震があり、数百人が死亡した。"),
    ("ko", "튀르키예·시리아 강진", "튀르키예와 시리아에서 6일 강진이 발생해 수백 명이 숨졌다."),
    ("hi", "नेपाल और भारत में बाढ़", "नेपाल और भारत में बाढ़ से 60 लोगों की मौत हो गई।"),
]


@pytest.mark.parametrize(("lang", "title", "text"), NATURE)
def test_what_nature_does_to_two_countries_makes_them_no_pair(lang: str, title: str, text: str) -> None:
    assert pairs(tags(text, title, lang=lang)) == ""


DEALINGS = [
    (
        "en",
        "Nepal quake: India sends rescue teams",
        "India sent two rescue teams to Nepal after a quake killed 200 people.",
        "in-np",
    ),
    ("en", "", "Poland and Ukraine agreed on Monday to share warnings of floods on the river Bug.", "pl-ua"),
    ("en", "Germany and Japan clash", "Germany and Japan clashed on Monday in a storm over tariffs on cars.", "de-jp"),
    ("en", "China bans Brazilian beef", "China banned beef from Brazil after a virus was found on a farm.", "br-cn"),
    ("es", "Japón ayuda a Turquía", "Japón envió el martes un equipo de rescate a Turquía tras el terremoto.", "jp-tr"),
]


@pytest.mark.parametrize(("lang", "title", "text", "pair"), DEALINGS)
def test_who_helps_or_quarrels_when_nature_strikes_is_a_party(lang: str, title: str, text: str, pair: str) -> None:
    assert pairs(tags(text, title, lang=lang)) == pair


def test_the_place_of_the_reporter_makes_no_party_of_what_nature_struck() -> None:
    text = "A storm was heading for Mexico and Texas on Monday, forecasters said."
    assert pairs(tags(text, "Storm heads for Mexico and Texas", dateline="MEXICO CITY")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Carl Olsen, who was Norway's ambassador to India from 1980 to 1984, has died at the age of 91.",
        "Anna Lindt, a former Swedish ambassador to Kenya, died in Stockholm on Monday aged 88, her family said.",
        "Sir John Hale, the British ambassador to Japan in the 1970s, has died. He was 92.",
    ],
)
def test_the_life_of_the_dead_makes_no_pair_of_where_they_served(text: str) -> None:
    assert pairs(tags(text, "Former ambassador dies")) == ""


def test_the_life_of_an_envoy_is_news_of_whom_they_served() -> None:
    text = (
        "Ann Reid, who was Canada's ambassador to the Soviet Union when the wall fell, has died at the age of 90.\n"
        "She also served in Poland and India. Prime Minister Justin Trudeau called her a pioneer."
    )
    assert countries(tags(text, "Former envoy to Moscow, Ann Reid, dies at 90")) == "CA"


def test_states_that_bury_a_leader_together_are_parties() -> None:
    text = "Ghana's president visited Togo for the funeral of the Togolese president, who died on Sunday."
    assert pairs(tags(text)) == "gh-tg"


def test_two_countries_to_which_something_is_done_are_no_pair_and_the_reason_is_told() -> None:
    proposal = tags("The World Bank lent 90 million dollars to Niger and Zambia on Monday.", "Loans for Niger and Zambia")
    assert (countries(proposal), pairs(proposal)) == ("NE ZM", "")
    assert [(miss.term, miss.reason) for miss in proposal.near_misses if miss.family == "pair"] == [
        ("ne-zm", "both are named, and neither does anything")
    ]


SPOKEN_ABOUT = [
    ("Egypt and Qatar held talks on Sunday on the peace talks with Israel.", "eg-qa"),
    ("Germany and Poland held consultations on their relations with Belarus.", "de-pl"),
    ("Kenya and Uganda signed a deal after months of talks with Tanzania had failed.", "ke-ug"),
    ("India and Nepal held talks on Monday on the border dispute with China.", "in-np"),
    ("Finland and Norway will build a fence along the border with Russia, the two governments said.", "fi-no"),
    ("Poland and Lithuania agreed to patrol their borders with Belarus together.", "lt-pl"),
    ("Britain briefed France on its talks with Iran on Monday.", "fr-gb"),
    ("NATO and Finland held exercises near the border with Russia.", ""),
]


@pytest.mark.parametrize(("text", "pair"), SPOKEN_ABOUT)
def test_whom_the_talks_of_others_are_about_is_no_party(text: str, pair: str) -> None:
    assert pairs(tags(text)) == pair


def test_who_closes_a_border_deals_with_the_other_side() -> None:
    text = "Finland closed its border with Russia on Thursday after a rise in crossings."
    assert pairs(tags(text, "Finland closes border with Russia")) == "fi-ru"


VENUES = [
    ("US and Ukraine open talks in Jeddah", "American and Ukrainian officials opened talks in Jeddah, Saudi Arabia.", "ua-us"),
    ("US and China to meet in Geneva", "The United States and China will meet in Geneva, Switzerland, this weekend.", "cn-us"),
    ("Congo and Rwanda sign truce", "The Democratic Republic of Congo and Rwanda signed a truce in Doha, Qatar.", "cd-rw"),
    (
        "Qatar brokers truce",
        "Qatar brokered a truce between Congo and Rwanda on Saturday, its foreign ministry said.",
        "cd-qa cd-rw qa-rw",
    ),
]


@pytest.mark.parametrize(("title", "text", "pair"), VENUES)
def test_where_others_meet_is_no_party_and_who_brings_them_together_is(title: str, text: str, pair: str) -> None:
    assert pairs(tags(text, title)) == pair


HOSTED = [
    (
        "Azerbaijan and Armenia agree on treaty in Abu Dhabi",
        "President Ilham Aliyev of Azerbaijan and Prime Minister Nikol Pashinyan of Armenia agreed in Abu Dhabi on a text. "
        "UAE President Sheikh Mohamed bin Zayed welcomed them and hosted a lunch.",
        "am-az",
    ),
    (
        "US and Ukraine agree on truce plan at Jeddah talks",
        "The United States and Ukraine agreed at talks in Saudi Arabia on a truce of 30 days. "
        "Saudi Crown Prince Mohammed bin Salman had received both delegations. Ukraine's president said he was ready.",
        "ua-us",
    ),
    (
        "Serbia, Kosovo leaders meet in Ohrid",
        "The leaders of Serbia and Kosovo met in Ohrid, North Macedonia. North Macedonia's prime minister greeted them.",
        "rs-xk",
    ),
]


@pytest.mark.parametrize(("title", "text", "pair"), HOSTED)
def test_a_host_that_welcomes_others_is_no_party_of_what_they_agree(title: str, text: str, pair: str) -> None:
    assert pairs(tags(text, title)) == pair


ABROAD = [
    ("es", "Las delegaciones de Ruanda y Kenia firmaron el sábado en Doha, Catar, una declaración.", "ke-rw"),
    ("fr", "Le Rwanda et la République démocratique du Congo ont signé samedi à Doha, au Qatar, une déclaration.", "cd-rw"),
    ("ru", "Делегации России и Украины провели в понедельник в Стамбуле второй раунд переговоров.", "ru-ua"),
    ("zh", "美国和中国周六在日内瓦举行贸易会谈。", "cn-us"),
    ("ko", "미국과 중국은 10일 스위스 제네바에서 무역 협상을 시작했다.", "cn-us"),
    ("ar", "عقدت إيران والولايات المتحدة جولة من المحادثات يوم الأحد في مسقط بسلطنة عمان.", "ir-us"),
]


@pytest.mark.parametrize(("lang", "text", "pair"), ABROAD)
def test_where_others_meet_is_no_party_in_other_languages(lang: str, text: str, pair: str) -> None:
    assert pairs(tags(text, lang=lang)) == pair


NATIONALS = [
    ("en", "NATO Secretary General Mark Rutte met Turkish President Recep Tayyip Erdogan in Ankara. Rutte praised him.", "TR"),
    ("en", "The EU foreign policy chief, Kaja Kallas, said the bloc would keep its sanctions on Belarus.", "BY"),
    ("en", "The Spanish-born EU envoy, Josep Borrell, met Kosovo's prime minister. EU's Borrell was to leave on Friday.", "XK"),
    ("en", "The former Norwegian prime minister Jens Stoltenberg, now NATO chief, said Sweden was welcome.", "SE"),
    ("en", "IAEA chief Rafael Grossi of Argentina held talks with Iranian officials in Tehran.", "IR"),
    ("en", "The head of the IMF, Ana Diaz of Chile, urged Egypt on Tuesday to keep its rate after talks in Cairo.", "EG"),
    ("en", "The German head of the UN mission in Mali, Anna Schmidt, said the force would leave by June.", "ML"),
    ("en", "IMF Managing Director Kristalina Georgieva, a Bulgarian, said Egypt had made progress.", "EG"),
    ("fr", "Le secrétaire général de l'Otan, Mark Rutte, a rencontré le président turc à Ankara.", "TR"),
    ("de", "NATO-Generalsekretär Mark Rutte traf den türkischen Präsidenten in Ankara.", "TR"),
    ("es", "El secretario general de la OTAN, Mark Rutte, se reunió con el presidente turco en Ankara.", "TR"),
]


@pytest.mark.parametrize(("lang", "text", "country"), NATIONALS)
def test_who_speaks_for_a_body_of_many_speaks_for_no_country(lang: str, text: str, country: str) -> None:
    assert countries(tags(text, lang=lang)) == country


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Dutch Prime Minister Mark Rutte met EU leaders and the Prime Minister of Spain in The Hague.", "es-nl"),
        ("At the UN, President Joe Biden met the President of Brazil, Luiz Inacio Lula da Silva.", "br-us"),
    ],
)
def test_a_leader_beside_a_body_still_speaks_for_the_country(text: str, pair: str) -> None:
    assert pairs(tags(text)) == pair


def test_why_a_leader_was_passed_over_is_told() -> None:
    misses = tags("EU's Borrell said on Monday that Kosovo must wait.").near_misses
    assert ("ES", "“Borrell” speaks for an organisation of many countries here") in [(miss.term, miss.reason) for miss in misses]


FIRMS = [
    ("Korea Electric Power cuts debt", "Korea Electric Power said it would sell land to cut its debt.", "KR", ""),
    ("Deutsche Telekom lifts dividend", "Deutsche Telekom raised its dividend after profit rose by a tenth.", "DE", ""),
    ("Banco do Brasil closes branches", "Banco do Brasil said on Monday that it would close 100 branches.", "BR", ""),
    ("British American Tobacco profit up", "British American Tobacco raised its dividend by a tenth.", "GB", ""),
    ("Air India resumes flights", "Air India will resume flights from Mumbai to Goa on Monday after a strike.", "IN", ""),
    (
        "Australia's Qantas to fly to Rome",
        "Qantas will fly from Perth to Rome three times a week, the Australian airline said.",
        "AU IT",
        "au-it",
    ),
    (
        "Korea Electric Power to build reactors in Czech Republic",
        "Korea Electric Power signed a contract to build two reactors in the Czech Republic.",
        "CZ KR",
        "cz-kr",
    ),
    (
        "Bank of China opens office in Kenya",
        "Bank of China opened an office in Nairobi on Thursday to serve firms in Kenya.",
        "CN KE",
        "cn-ke",
    ),
    (
        "Deutsche Bahn buys trains from Spain's Talgo",
        "Deutsche Bahn ordered 23 trains from the Spanish maker Talgo on Monday.",
        "DE ES",
        "de-es",
    ),
]


@pytest.mark.parametrize(("title", "text", "named", "pair"), FIRMS)
def test_a_firm_that_is_called_after_its_country_acts_for_it(title: str, text: str, named: str, pair: str) -> None:
    proposal = tags(text, title)
    assert (countries(proposal), pairs(proposal)) == (named, pair)


def test_a_match_has_two_parties_whoever_wins() -> None:
    assert pairs(tags("Rain washed out the second day on Friday.", "Australia v India: second Test")) == "au-in"


def test_the_seat_of_a_body_of_many_takes_no_part_in_what_the_body_does() -> None:
    text = "The Asian Development Bank approved a loan for roads in Bhutan. It will be repaid over 40 years."
    assert countries(tags(text, "ADB approves loan", dateline="MANILA")) != "PH"
    assert pairs(tags(text, "ADB approves loan", dateline="MANILA")) == ""
