"""`archive.toml`: everything has a default, and nothing that is misspelt is passed over."""

import pytest

from generator.config import Config, Link
from generator.config.parsing import parse_config
from generator.errors import ConfigError


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(text.encode(), "content/archive.toml")
    return [str(problem).removeprefix("content/archive.toml:") for problem in caught.value.problems]


def test_an_empty_file_gives_the_defaults() -> None:
    assert parse_config(b"", "archive.toml") == Config()


def test_settings_are_read() -> None:
    text = """
title = "Archive"
base_url = "https://example.org/briefings"
navigation = [{name = "About", url = "/about/"}]
gone = ["/former/", "/tag/*"]
[feeds]
content = "summary"
limit = 20
[pages]
people = false
[rights.publishers]
"NDTV Profit" = "excerpt"
"""
    config = parse_config(text.encode(), "archive.toml")
    assert (config.title, config.base_path, config.feeds.content, config.feeds.limit) == ("Archive", "/briefings/", "summary", 20)
    assert config.navigation == (Link("About", "/about/"),)
    assert config.gone == ("/former/", "/tag/*")
    assert not config.pages.people
    assert config.rights.publishers == {"NDTV Profit": "excerpt"}


def test_settings_of_another_encoding_are_told_by_their_line() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config('language = "pl"\ntitle = "Sąsiedzi"\n'.encode("cp1250"), "archive.toml")
    said = "archive.toml:2:11: the file is not UTF-8 text (save it with the encoding UTF-8) [invalid-setting]"
    assert str(caught.value) == said


WHOLE = 'write it whole and plain, without user, spaces, "//" or "..", such as "https://example.org/briefings/"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('titel = "x"', '1:1: unknown setting "titel" (did you mean "title"?) [invalid-setting]'),
        *(
            (f'language = "en"\n{line}\n', f"2:{column}: the file is not valid TOML: {said} [invalid-setting]")
            for line, column, said in (
                ("title = “Archive”", 9, 'invalid value (write straight quotation marks ("), no curly ones)'),
                ("title = Archive", 9, "invalid value (put the text in quotes)"),
                ("title: Archive", 6, 'expected \'=\' after a key in a key/value pair (write "=" behind the key, not ":")'),
                ('title = "Archive', 17, "illegal character '\\n' (close the quotation mark)"),
                (
                    "<<<<<<< HEAD",
                    1,
                    "invalid statement (a merge has left its marks: keep one version of the lines, "
                    "and take out <<<<<<<, ======= and >>>>>>>)",
                ),
                ("title = 1 2", 11, "expected newline or end of document after a statement"),
            )
        ),
        (
            '[publisher]\nname = "A"\n\nnotice = "A test"',
            '4:1: unknown setting "publisher.notice" '
            "(it stands below [publisher]: put it above the first line in square brackets) [invalid-setting]",
        ),
        ("title = 1", '1:1: "title" must be a text [invalid-setting]'),
        ("\n[feeds]\nlimit = true", '3:1: "feeds.limit" must be a whole number [invalid-setting]'),
        ('[feeds]\ncontent = "all"', '2:1: "feeds.content" must be one of "full", "summary" [invalid-setting]'),
        ("feeds = 1", '1:1: "feeds" must be a table [invalid-setting]'),
        ("[pages]\npeople = 1", '2:1: "pages.people" must be true or false [invalid-setting]'),
        (
            'base_url = "example.org"',
            f'1:1: "base_url" must be the address of the site, not "example.org" ({WHOLE}) [invalid-setting]',
        ),
        *(
            (
                f'base_url = "{address}"',
                f'1:1: "base_url" must be the address of the site, not "{address}" ({WHOLE}) [invalid-setting]',
            )
            for address in (
                "https://e.org/../x/",
                "https://e.org//x/",
                "https://e.org/a b/",
                "https://me:pw@e.org/",
                "https://e.org/?",
            )
        ),
        (
            'navigation = ["x"]',
            '1:1: "navigation" must be a list of tables, such as {name = "About", url = "/about/"} [invalid-setting]',
        ),
        (
            '[rights.publishers]\n"A" = "some"',
            '2:1: rights of "A" must be "full", "excerpt" or "link", not "some" [invalid-setting]',
        ),
        (
            '[rights.publishers]\n"A Desk" = "full"\n"a  desk" = "link"',
            '3:1: "a  desk" is the same publisher as "A Desk" '
            "(take one of them out: case, accents and spaces make no difference) [invalid-setting]",
        ),
        (
            '[rights.licence]\nname = ""\nurl = "https://e.org/"',
            '1:1: "rights.licence" needs "name" and "url", '
            'such as {name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/"} [invalid-setting]',
        ),
        (
            '[rights.licence]\nname = "CC BY 4.0"',
            '1:1: "rights.licence" needs "name" and "url", '
            'such as {name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/"} [invalid-setting]',
        ),
        ("[lists]\nsplit = 0", '2:1: "lists.split" must be at least 1 [invalid-setting]'),
        # The same key stands elsewhere before: each fault has the line of its own.
        (
            '[publisher]\nurl = "https://x.org"\n[[navigation]]\nname = "A"\nurl = "/a/"\n[[navigation]]\nname = "B"\nurl = 1',
            '8:1: "navigation[2].url" must be a text [invalid-setting]',
        ),
        (
            'navigation = [\n  {name = "A", url = "/a/"},\n  {name = "B"},\n]',
            '3:3: an entry of "navigation" needs "name" and "url" [invalid-setting]',
        ),
        ('title = "limit = 1"\n# limit = 2\nfeeds.limit = "x"', '3:1: "feeds.limit" must be a whole number [invalid-setting]'),
        ('[feeds]\njson = true\n[pages]\n"json" = 1', '4:1: unknown setting "pages.json" [invalid-setting]'),
        (
            '[publisher]\nname = "default"\n[rights]\ndefault = "no"',
            '4:1: "rights.default" must be one of "full", "excerpt", "link" [invalid-setting]',
        ),
        ('publisher = {name = "A", url = 1}', '1:1: "publisher.url" must be a text [invalid-setting]'),
        (
            '[rights.publishers]\n"A. B" = "full"\n"B" = "some"',
            '3:1: rights of "B" must be "full", "excerpt" or "link", not "some" [invalid-setting]',
        ),
        ("[pages]\npears = true", '2:1: unknown setting "pages.pears" (did you mean "pages.years"?) [invalid-setting]'),
        ("[feeds]\nlimit = 0", '2:1: "feeds.limit" must be at least 1 [invalid-setting]'),
        ('language = ""', '1:1: "language" must be the code of a language, such as en, ko or pt-BR, not "" [invalid-setting]'),
        (
            'language = "ua"',
            '1:1: "language" must be the code of a language, such as en, ko or pt-BR, not "ua" '
            "(UA is a country: write the code of the language, such as uk) [invalid-setting]",
        ),
        (
            'language = "xx-yy-zz-qq"',
            '1:1: "language" must be the code of a language, such as en, ko or pt-BR, not "xx-yy-zz-qq" [invalid-setting]',
        ),
        (
            'corrections = "foo"',
            '1:1: "corrections" must be an address of the site such as /about/, '
            'or a whole one such as https://example.org/ or mailto:desk@example.org, not "foo" [invalid-setting]',
        ),
        (
            'corrections = "reports@example.org"',
            '1:1: "corrections" must be an address of the site such as /about/, '
            'or a whole one such as https://example.org/ or mailto:desk@example.org, not "reports@example.org" '
            '(write "mailto:reports@example.org") [invalid-setting]',
        ),
        *(
            (
                f"gone = {value}",
                '1:1: "gone" must be a list of addresses of the site, such as ["/a/former/address/"] '
                f"({wrong}) [invalid-setting]",
            )
            for value, wrong in (
                ('"/a/"', "write it as one"),
                ('["/a/", "b"]', '"b" is none'),
                ("[1]", '"1" is none'),
                ('["//e.org/"]', '"//e.org/" is none'),
                ('["https://e.org/a/"]', '"https://e.org/a/" is none'),
            )
        ),
        ('repository = "x"', '1:1: "repository" must be a whole address such as https://example.org/, not "x" [invalid-setting]'),
        (
            '[publisher]\nurl = "javascript:alert(1)"',
            '2:1: "publisher.url" must be a whole address such as https://example.org/, '
            'not "javascript:alert(1)" [invalid-setting]',
        ),
        (
            'navigation = [\n  {name = "A", url = "javascript:alert(1)"},\n]',
            '2:3: "navigation[1].url" must be an address of the site such as /about/, '
            'or a whole one such as https://example.org/ or mailto:desk@example.org, not "javascript:alert(1)" [invalid-setting]',
        ),
        ('title = """\nlanguage = 1\n[feeds]"""\nlanguage = 1', '4:1: "language" must be a text [invalid-setting]'),
        ("title = '''\n# \"\"\"\nlanguage = 1''''\nlanguage = 1", '4:1: "language" must be a text [invalid-setting]'),
        ('title = "A \\"\\"\\" \u2028 b"  # \x85 \'\'\'\n"language" = 1', '2:1: "language" must be a text [invalid-setting]'),
        (
            '[moved]\n"/a/" = "https://example.org/"',
            '2:1: "https://example.org/" is not an address of the site that pages can have '
            '(write it so: "/sectors/chips/" = "/sectors/semiconductors/") [invalid-setting]',
        ),
        (
            '[moved]\n"/a/" = "/b/"\n"/b/" = "/c/"',
            '2:1: "/b/" is led on from, too (write "/c/" there, if both lead on to it) [invalid-setting]',
        ),
        (
            "moved = 1",
            '1:1: "moved" must be a table of texts, such as "/sectors/chips/" = "/sectors/semiconductors/" [invalid-setting]',
        ),
        ('[moved]\n"/a/" = "/a/"', '2:1: "/a/" leads back to itself (take it out) [invalid-setting]'),
        ("title = x", "1:9: the file is not valid TOML: invalid value (put the text in quotes) [invalid-setting]"),
    ],
)
def test_a_wrong_setting_is_a_sentence_with_its_line(text: str, expected: str) -> None:
    assert faults(text) == [expected]


def test_all_wrong_settings_are_reported_together() -> None:
    assert len(faults('titel = "x"\nlanguage = 1\n[lists]\nsplit = "x"')) == 3


def test_a_licence_without_an_address_is_told_beside_other_faults() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(b'titel = "x"\n[rights.licence]\nname = "CC BY 4.0"\n', "archive.toml")
    assert [problem.where.line for problem in caught.value.problems] == [1, 2]
