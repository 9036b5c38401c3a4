"""Tags of languages: what readers are told that a text is in."""

import pytest

from generator.languages import find_direction, name_language, spell_tag


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ko", "Korean"),
        ("EN", "English"),
        ("pt-BR", "Portuguese (Brazil)"),
        ("pt-br", "Portuguese (Brazil)"),
        ("sr-Latn", "Serbian (Latin)"),
        ("sr-latn-rs", "Serbian (Latin, Serbia)"),
        ("zh-Hant", "Chinese (Traditional)"),
        ("zh-Hans-SG", "Chinese (Simplified, Singapore)"),
        ("es-419", "Spanish (Latin America)"),
        ("hi-Latn", "Hindi (Latin)"),
        ("my-MM", "Burmese (Myanmar [Burma])"),
        ("ca-valencia", "Catalan (Valencian)"),
        ("fa-AF", "Dari"),
        ("sl-nedis-1994", "Slovenian (Natisone dialect, Standardized Resian orthography)"),
    ],
)
def test_a_language_is_named_with_its_script_and_region_in_words(tag: str, name: str) -> None:
    assert name_language(tag) == name


def test_what_has_no_name_is_called_by_its_tag() -> None:
    assert name_language("qxx") == "qxx"
    assert name_language("ko-Qaaa-x1234") == "Korean (Qaaa, x1234)"


def test_a_tag_is_spelt_as_it_is_usual() -> None:
    assert [spell_tag(tag) for tag in ("EN", "pt-br", "ZH-hant-tw", "de-1996", "CA-Valencia", "es-419")] == [
        "en",
        "pt-BR",
        "zh-Hant-TW",
        "de-1996",
        "ca-valencia",
        "es-419",
    ]


def test_the_script_in_a_tag_says_which_way_a_text_runs_and_else_the_language_does() -> None:
    assert {find_direction(tag) for tag in ("ar", "fa-AF", "uz-Arab", "PA-arab-pk", "yi")} == {"rtl"}
    assert {find_direction(tag) for tag in ("en", "az", "ks-Deva", "ar-Latn", "zh-Hans", "ca-valencia")} == {"ltr"}
