"""Front matter that is read line by line is what YAML reads: random texts out of YAML's signs, and what we write ourselves."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content.briefings import dump_briefing, parse_briefing
from generator.content.flat_yaml import NULLS, Value, find_flat_fields
from generator.content.front_matter import read_front_matter
from generator.errors import ContentError
from generator.model import Briefing
from tests.markdown_texts import MANY
from tests.test_content import PATH, briefings

KEYS = ("title", "date", "key_points", "source", "a", "A1", "_x", "null", "a b", "é", "1", "-", '"q"', "? a", "k" * 101, "")
VALUES = (
    'plain~A: b~a:b~a #b~a#b~a:~#a~2025-08-16~null~~~-~- a~[]~[ ]~[a, b]~[a,b]~[a, ]~[A b, c-d/e.]~["a", \'b\']~["a, b"]~[a: b]'
    "~[[a]]~[a b~{a: b}~{}~&a b~*a~!t a~|~>~a\tb~https://e.org/a?b=c#d~R&D, trade~10:30~50 %~%a~@a~`a`~é 한국~a\u00a0b~a\u200bb"
    "~, a~a [b]~a\\b~a ~  a~---~...~yes~0o7~1e3~a\u2028b~<<~=~a 'b' c~'a' b~\"a\"b~[a]b~[a] ~[-a]~[a -]~[.a]~[a?]~[a'b]~[\"a\"b]"
    '~[1.5, x_y]~"q"~"q" r~"q\\"r"~"q\\\\"~"q\\n"~"q\\"~"~""~"a: b"'
    "~'q'~'q''r'~'q'r'~'~''~'''~'null'"
    '~"null"~["a", "b"]~["a", "null"]~["a", "b", c]~["", "a"]~["a" "b"]~["a","b"]~["a", "b]~["a", b"]~["q\\"r", "b"]~["a", ""]'
).split("~")
VALUES += ["~", '"~"', "'~'", '["~", "a"]', "[~, a]", "~a"]
BEFORE = ("", "", "", "- ", "  ", "  - ", "-", "   ", " ", "-  ", "- - ", "# ")
AFTER = (": ", ": ", ": ", ":", ":  ", " : ", "")

lines = st.one_of(
    st.builds("{}{}{}{}".format, *map(st.sampled_from, (BEFORE, KEYS, AFTER, VALUES))),
    st.builds("{}{}".format, *map(st.sampled_from, (BEFORE, VALUES))),
    st.builds("{}{}: {}".format, st.sampled_from(("", "- ", "  ")), *map(st.sampled_from, (KEYS[:7], VALUES))),
    st.sampled_from(("a:", "source:", "key_points:")),
)
front_matters = st.lists(lines, max_size=6).map(lambda some: "".join(f"{line}\n" for line in some))


def plain(node: yaml.Node) -> object:
    """Return a value of YAML as it is when it is read line by line."""
    if isinstance(node, yaml.ScalarNode):
        # What is nothing without quotation marks is something within them, and then not read line by line.
        return node.value if node.value not in NULLS else None if node.style else ""
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return [(plain(key), plain(value)) for key, value in node.value]


def read_by_yaml(text: str) -> object:
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    return [(key.value, plain(value)) for key, value in root.value]


def in_order(value: Value) -> object:
    """Return a value with mappings as their entries, so that their order counts."""
    if isinstance(value, list):
        return [in_order(item) for item in value]
    return [(key, in_order(item)) for key, item in value.items()] if isinstance(value, dict) else value


def is_same(text: str) -> bool:
    fields = find_flat_fields(text)
    return fields is not None and [(key, in_order(value)) for key, (_, value) in fields.items()] == read_by_yaml(text)


@MANY
@given(front_matters)
@example("a:\n  b: c\n- d\n")
@example("a:\n- b\n  c: d\n")
@example("a: b\n  c: d\n")
@example("a:\n- b: c\n  d: e\n- f\n")
@example('a: "b\\"\n')
@example("a: b\na: c\n")
def test_what_is_read_line_by_line_is_what_yaml_reads(text: str) -> None:
    assert find_flat_fields(text) is None or is_same(text)


@settings(deadline=None)
@given(briefings)
def test_what_we_write_is_read_the_same(briefing: Briefing) -> None:
    front_matter = dump_briefing(briefing).split("---\n")[1]
    assert find_flat_fields(front_matter) is None or is_same(front_matter)


def test_a_common_file_needs_no_yaml() -> None:
    assert is_same(
        'title: "Talks: \\"a start\\""\ndate: 2025-08-16\nkey_points:\n- One.\n- \'Two: three\'\ncountries: [IN, KR]\n'
        'sectors: ["trade"]\npeople:\n- name: S Jaishankar\n  office: Minister\norganisations: []\nsummary:\n'
        "source:\n  publisher: NDTV\n  url: https://example.org/a#b\n"
    )


@pytest.mark.parametrize("line", ["colour: red", "date: soon", "pairs: [in]", "source:\n  colour: red"])
def test_a_problem_has_its_line_whatever_read_it(line: str) -> None:
    raw = f"---\ntitle: Talks\n{line}\n---\nText.".encode()
    fields, _, _ = read_front_matter(raw, PATH, located=False)
    assert not any(isinstance(value, yaml.Node) for _, value in fields.values())
    with pytest.raises(ContentError, match=f"{PATH}:[34]:"):
        parse_briefing(raw, PATH)
