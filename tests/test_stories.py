"""Stories without parties: what nature does, a life that is told at its end, and countries that are only spoken about."""

import pytest

from generator.ingest.tags import TagProposal, propose_tags
from generator.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def tags(text: str, title: str = "", *, lang: str = "en", dateline: str = "") -> TagProposal:
    return propose_tags(title, text, VOCABULARY, lang=lang, dateline=dateline)


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


def test_states_that_bury_a_leader_together_are_parties() -> None:
    text = "Ghana's president visited Togo for the funeral of the Togolese president, who died on Sunday."
    assert pairs(tags(text)) == "gh-tg"


def test_two_countries_to_which_something_is_done_are_no_pair_and_the_reason_is_told() -> None:
    proposal = tags("The World Bank lent 90 million dollars to Niger and Zambia on Monday.", "Loans for Niger and Zambia")
    assert (countries(proposal), pairs(proposal)) == ("NE ZM", "")
    assert [(miss.term, miss.reason) for miss in proposal.near_misses if miss.family == "pair"] == [
        ("ne-zm", "both are named, and neither does anything")
    ]
