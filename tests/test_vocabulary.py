"""The vocabulary: what ships is whole, overlays add to it, and every fault has its line."""

import pickle
import re

import pytest

from generator.errors import VocabularyError
from generator.vocabulary import Country, load_language, load_vocabulary

SECTORS = (
    "trade investment finance economy agriculture fisheries health pharmaceuticals education-and-skills science-and-technology "
    "artificial-intelligence semiconductors digital-economy telecommunications cyber-security space defence counter-terrorism "
    "maritime-security nuclear-energy clean-energy oil-and-gas critical-minerals metals-and-mining climate environment water "
    "infrastructure transport maritime-transport aviation automotive shipbuilding manufacturing migration-and-mobility labour "
    "tourism culture people-to-people-ties development-and-humanitarian-aid law-and-justice diplomacy"
).split()
KINDS = (
    "summit ministerial-meeting dialogue agreement-signed entry-into-force joint-statement memorandum contract launch "
    "announcement report"
).split()


def problem(overlays: dict[str, bytes]) -> str:
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(overlays)
    return str(caught.value)


def test_all_slugs_that_are_for_ever_are_there() -> None:
    vocabulary = load_vocabulary()
    assert sorted(vocabulary.sectors) == sorted(SECTORS)
    assert sorted(vocabulary.kinds) == sorted(KINDS)


def test_every_country_of_iso_3166_and_kosovo_is_there() -> None:
    from babel import Locale

    territories = Locale.parse("en").territories
    # What CLDR lists beside ISO 3166-1: unions, outlying places and the code for an unknown region.
    others = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    assert {code for code in territories if re.fullmatch("[A-Z]{2}", code)} - others == set(load_vocabulary().countries)


def test_every_sector_and_kind_is_defined_in_one_sentence() -> None:
    vocabulary = load_vocabulary()
    for term in (*vocabulary.sectors.values(), *vocabulary.kinds.values()):
        assert re.fullmatch(r"[A-Z][^.]+\.", term.definition), term.slug


# A mask in which what speaks for another sector does not speak for that one either.
NEITHER = {("manufacturing", "plant health", "health")}


def test_what_speaks_for_another_sector_is_a_phrase_of_that_one_and_no_mask() -> None:
    sectors = load_vocabulary().sectors.values()
    taken = {
        (sector.slug, mask, other.slug)
        for sector in sectors
        for mask in sector.masks
        for other in sectors
        if other is not sector
        for phrase in (*other.strong, *other.phrases)
        if re.search(rf"\b{re.escape(phrase)}s?\b", mask, re.NOFLAG if phrase.isupper() else re.IGNORECASE)
    }
    assert taken == NEITHER


def test_leaders_have_a_surname_and_years_in_order() -> None:
    leaders = load_vocabulary().leaders
    assert len(leaders) > 1000
    assert [leader.name for leader in leaders if not leader.surname or leader.first > leader.last] == []
    assert {leader.country for leader in leaders} <= set(load_vocabulary().countries)


def test_vocabulary_survives_pickling() -> None:
    vocabulary = load_vocabulary()
    assert pickle.loads(pickle.dumps(vocabulary)) == vocabulary  # noqa: S301 - our own bytes, as the cache of a build keeps them.


def test_digest_is_the_same_for_the_same_files_and_another_with_an_overlay() -> None:
    overlays = {"countries.toml": b"[KR]\naliases = ['Hanguk']\n"}
    other = {"countries.toml": b"[KR]\naliases = ['Hankuk']\n"}
    digests = [load_vocabulary(found).digest for found in (None, overlays, other)]
    assert [load_vocabulary(found).digest for found in ({}, overlays, other)] == digests
    assert len(set(digests)) == 3


def test_overlay_adds_names_and_replaces_texts() -> None:
    overlays = {"countries.toml": b"[TR]\nname = 'Turkey'\naliases = ['Anatolia']\ncities = ['-Izmir']\n"}
    shipped, country = load_vocabulary().countries["TR"], load_vocabulary(overlays).countries["TR"]
    assert country.name == "Turkey"
    assert country.aliases == (*shipped.aliases, "Anatolia")
    assert set(shipped.cities) - set(country.cities) == {"Izmir"}


def test_overlay_brings_a_new_country_and_a_new_sector() -> None:
    vocabulary = load_vocabulary(
        {
            "countries.toml": b"[XX]\nname = 'Ruritania'\ncapitals = 'Strelsau; Zenda'\n",
            "sectors.toml": b"[beekeeping]\nname = 'Beekeeping'\ndefinition = 'Bees and honey.'\nstrong = ['honey']\n",
        }
    )
    assert vocabulary.countries["XX"] == Country("XX", "Ruritania", capitals=("Strelsau", "Zenda"))
    assert vocabulary.sectors["beekeeping"].strong == ("honey",)


@pytest.mark.parametrize(
    ("overlays", "sentence"),
    [
        (
            {"countries.toml": b"[KR]\n\nalliases = ['Hanguk']\n"},
            'countries.toml:3:1: unknown key "alliases" (did you mean "aliases"?)',
        ),
        ({"countries.toml": b"[KR]\naliases = 7\n"}, 'countries.toml:2:1: "aliases" must be a list of texts'),
        ({"countries.toml": b"[KR]\nname = ['Korea']\n"}, 'countries.toml:2:1: "name" must be a text'),
        ({"countries.toml": b"[KR]\nname = ''\n"}, 'countries.toml:2:1: "name" is empty (write it, or take the line out)'),
        ({"countries.toml": b"[XX]\nname = ' '\n"}, 'countries.toml:2:1: "name" is empty (write it, or take the line out)'),
        ({"sectors.toml": b"[trade]\ndefinition = ''\n"}, 'sectors.toml:2:1: "definition" is empty'),
        ({"countries.toml": b"[kor]\nname = 'Korea'\n"}, 'countries.toml:1:1: "kor" cannot be a key here'),
        ({"countries.toml": b"KR = 'Korea'\n"}, 'countries.toml:1:1: "KR" stands outside a table'),
        ({"countries.toml": b"[XX]\naliases = ['Ruritania']\n"}, "countries.toml:1:1: the new entry has no name"),
        ({"sectors.toml": b"[trade]\nstrong = [\n"}, "sectors.toml"),
        (
            {"kinds.toml": "[summit]\nname = 'Gipfel'\nplural = 'Spr\u00fcnge'\n".encode("latin-1")},
            "kinds.toml:3: the file is not UTF-8",
        ),
        (
            {"sectors.toml": b"[water]\nweak = ['-waters']\n"},
            'sectors.toml:2:1: there is no "waters" under "weak" that could be taken out (did you mean "phrases"?)',
        ),
        (
            {"sectors.toml": b"[water]\nweak = ['-rivers']\n"},
            'sectors.toml:2:1: there is no "rivers" under "weak" that could be taken out (did you mean "river"?)',
        ),
        (
            {"countries.toml": b"[KR]\ncities = 'Busan; -Zenda'\n"},
            'no "Zenda" under "cities" that could be taken out (take this out, or spell it as it is shipped)',
        ),
        (
            {"organisations.toml": b"[kebs]\nname = 'Bureau of Standards'\ncountry = 'KEN'\n"},
            'organisations.toml:3:1: unknown country "KEN" (write a code of ISO 3166-1, such as IN) [unknown-country]',
        ),
        (
            {"organisations.toml": b"[kebs]\nname = 'Bureau of Standards'\ncountry = 'Kenya'\n"},
            'organisations.toml:3:1: unknown country "Kenya" (write KE) [unknown-country]',
        ),
        (
            {"organisations.toml": b"[kebs]\nname = 'Bureau of Standards'\ncountry = 'ke'\n"},
            'organisations.toml:3:1: unknown country "ke" (write KE) [unknown-country]',
        ),
        (
            {"countries.toml": b"[KE]\naliases = ['Jamhuri', 'china']\n"},
            'countries.toml:2:1: "china" is a name of CN already (take it out of [KE] or of [CN]) [bad-vocabulary]',
        ),
        ({"sector.toml": b""}, 'unknown vocabulary file "sector.toml" (did you mean "sectors.toml"?)'),
        (
            {"people.toml": b""},
            'unknown vocabulary file "people.toml" (there are countries.toml, sectors.toml, kinds.toml, organisations.toml)',
        ),
    ],
)
def test_a_wrong_overlay_is_told_with_its_line(overlays: dict[str, bytes], sentence: str) -> None:
    assert sentence in problem(overlays)


def test_all_faults_of_all_files_are_told_at_once() -> None:
    overlays = {
        "countries.toml": b"KR = 'Korea'\n[XX]\nalliases = ['Ruritania']\nofficial = 7\n",
        "kinds.toml": b"[summit\n",
        "people.toml": b"",
        "sectors.toml": b"[bees]\nname = 'Bees'\n[[trade]]\n[water]\n  weak = 7\n",
    }
    files = "countries.toml, sectors.toml, kinds.toml, organisations.toml"
    assert problem(overlays).replace("content/vocabulary/", "").splitlines() == [
        'countries.toml:1:1: "KR" stands outside a table (write it below a line such as [KR]) [bad-vocabulary]',
        'countries.toml:3:1: unknown key "alliases" (did you mean "aliases"?) [unknown-key]',
        'countries.toml:4:1: "official" must be a text (write it between quotation marks) [bad-vocabulary]',
        "countries.toml:2:1: the new entry has no name (add name = '…') [bad-vocabulary]",
        "kinds.toml:1:8: not readable as TOML: expected ']' at the end of a table declaration (mend the line) [bad-vocabulary]",
        f'people.toml: unknown vocabulary file "people.toml" (there are {files}) [unknown-vocabulary]',
        "sectors.toml:1:1: the new entry has no definition (add definition = '…') [bad-vocabulary]",
        'sectors.toml:3:1: "trade" stands outside a table (write it below a line such as [KR]) [bad-vocabulary]',
        'sectors.toml:5:3: "weak" must be a list of texts (write it as ["…", "…"]) [bad-vocabulary]',
    ]


def test_an_empty_name_is_told_once_and_a_text_that_may_be_wanting_can_be_emptied() -> None:
    assert problem({"countries.toml": b"[XX]\nname = ''\n"}).count("\n") == 0
    assert load_vocabulary({"countries.toml": b"[KR]\nofficial = ''\n"}).countries["KR"].official == ""


def test_a_name_can_move_from_one_country_to_another() -> None:
    shipped = load_vocabulary().countries["CN"].aliases[0]
    moved = f"[CN]\naliases = ['-{shipped}']\n[TW]\naliases = ['{shipped}']\n"
    countries = load_vocabulary({"countries.toml": moved.encode()}).countries
    assert shipped not in countries["CN"].aliases
    assert shipped in countries["TW"].aliases


def test_an_organisation_may_be_of_a_country_that_the_archive_adds() -> None:
    overlays = {
        "countries.toml": b"[XX]\nname = 'Ruritania'\n",
        "organisations.toml": b"[court]\nname = 'Court of Strelsau'\ncountry = 'XX'\n",
    }
    assert load_vocabulary(overlays).bodies["court"].country == "XX"
    # What cannot be read may hold it.
    assert "unknown country" not in problem({**overlays, "countries.toml": b"[XX]\nname = 7\n"})


def test_a_byte_order_mark_is_no_fault() -> None:
    assert "Hanguk" in load_vocabulary({"countries.toml": b"\xef\xbb\xbf[KR]\naliases = ['Hanguk']\n"}).countries["KR"].aliases


@pytest.mark.parametrize("lang", ["fr", "de", "es", "pt-BR", "ru", "zh", "ja", "ko", "hi", "ar"])
def test_languages_name_only_countries_and_sectors_that_exist(lang: str) -> None:
    language, vocabulary = load_language(lang), load_vocabulary()
    assert set(language.countries) <= set(vocabulary.countries)
    assert set(language.sectors) <= set(vocabulary.sectors)
    needed = {"and", "between", "with", "office", "event", "dealing"}
    assert needed < set(language.words) | {""} <= {*needed, "in", "inside", ""}
    assert set(language.masks) <= {*vocabulary.countries, "none", "before", "after"}
    assert set(language.shorts) <= {*vocabulary.countries, "together"}
    shorts = {char for code, chars in language.shorts.items() if code != "together" for char in chars}
    assert {char for compound in language.shorts.get("together", ()) for char in compound} <= shorts


def test_an_unknown_language_has_no_words() -> None:
    assert not load_language("tlh").countries


@pytest.mark.parametrize(("file", "slug"), [("sectors.toml", "trade"), ("kinds.toml", "summit")])
def test_two_sectors_or_kinds_have_no_name_in_common(file: str, slug: str) -> None:
    name = slug.upper()
    plural = 'plural = "Many"\n' if file == "kinds.toml" else ""
    text = f'[another]\nname = "{name}"\n{plural}definition = "Something else."\n'
    with pytest.raises(VocabularyError) as told:
        load_vocabulary({file: text.encode()})
    assert str(told.value) == (
        f'content/vocabulary/{file}:2:1: "{name}" is the name of [{slug}] already (rename one) [bad-vocabulary]'
    )
