"""The README is complete and true: every command, option, key and problem code is in it, and what it shows works."""

import argparse
import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from msgspec import Struct

from generator.cli import _make_parser
from generator.config import Config
from generator.config.parsing import parse_config
from generator.content.briefings import parse_briefing
from generator.content.fields import BRIEFING_KEYS
from generator.content.known_terms import KnownTerms
from generator.errors import ContentError, Exit
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent
VOCABULARY = load_vocabulary()
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def parsers(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command with its full name, groups of commands left out."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, command in group.choices.items():
            yield from parsers(command, f"{name} {word}".strip())


COMMANDS = dict(parsers(_make_parser()))


def find_usages() -> dict[str, list[str]]:
    """Return by the name of each command what the README shows behind it: `[--jobs N]` as `--jobs N`, `TITLE…`, `--all`."""
    block = section("Commands").strip("\n").partition("\n\n")[0]
    usages = {}
    for line in re.sub(r"\n {5,}", " ", block).split("\n"):
        name, rest = re.fullmatch(r" {4}bilateral ([a-z]+(?: [a-z]+)*) ?(.*)", line).groups()  # type: ignore[union-attr]
        bare = re.sub(r"\[[^\]]*\]", " ", rest)
        usages[name] = re.findall(r"\[([^\]]*)\]", rest) + [word for word in bare.split() if word != "|"]
    return usages


USAGES = find_usages()


def everywhere(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for group in parser._action_groups if group.title == "everywhere" for action in group._group_actions]


def forms(action: argparse.Action) -> set[str]:
    """Return how the README may show an argument: a value by its choices, its name or its default."""
    if not action.option_strings:
        return {f"{action.metavar}…" if action.nargs else str(action.metavar)}
    if action.nargs == 0:
        return {action.option_strings[0]}
    values = ["|".join(action.choices)] if action.choices else [action.metavar, action.default]
    return {f"{action.option_strings[0]} {value}" for value in values}


def test_the_readme_has_a_line_for_every_command_and_for_no_other() -> None:
    assert USAGES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_line_of_a_command_has_every_argument_of_its_own_and_no_other(name: str) -> None:
    common = everywhere(COMMANDS[name])
    own = [action for action in COMMANDS[name]._actions if action not in common and "--help" not in action.option_strings]
    shown = USAGES[name]
    assert [action.dest for action in own if len(forms(action).intersection(shown)) != 1] == []
    assert [form for form in shown if not any(form in forms(action) for action in own)] == []
    assert len(shown) == len(own)


def test_the_readme_names_what_works_before_and_after_every_command() -> None:
    [sentence] = re.findall(r"^(`-C FOLDER`.+) work before and after the command\.$", section("Commands"), re.MULTILINE)
    for parser in (_make_parser(), *COMMANDS.values()):
        assert re.findall(r"(?<![\w-])--?[a-zA-Z-]+", sentence) == [action.option_strings[0] for action in everywhere(parser)]


def setting_names(kind: type[Struct], prefix: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for name in kind.__struct_fields__:
        hint = hints[name]
        if isinstance(hint, type) and issubclass(hint, Struct):
            yield from setting_names(hint, f"{prefix}{name}.")
        else:
            yield prefix + name


def read_defaults() -> dict[str, str]:
    """Return by the name of each setting what the README's table says of its default."""
    table = section("Configuration").partition("| key | default | meaning |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split("|")[:2] for row in table.split("\n")]
    return {name: default.strip() for names, default in rows for name in re.findall(r"`([\w.]+)`", names)}


DEFAULTS = read_defaults()


def test_every_setting_has_a_row_in_the_readme_and_nothing_else_has() -> None:
    assert sorted(DEFAULTS) == sorted(setting_names(Config))


@pytest.mark.parametrize("name", list(setting_names(Config)))
def test_the_readme_says_the_default_of_every_setting(name: str) -> None:
    default: object = Config()
    for part in name.split("."):
        default = getattr(default, part)
    said = DEFAULTS[name]
    if name == "navigation":
        assert said == ", ".join(link.name.lower() for link in Config().navigation)
    elif said:
        assert tomllib.loads(f"said = {said.removeprefix('`').removesuffix('`')}")["said"] == default
    else:
        assert not default
        assert default is not False


@pytest.mark.parametrize("key", BRIEFING_KEYS)
def test_every_front_matter_key_is_in_the_readme(key: str) -> None:
    assert f"`{key}`" in section("Front matter")


def test_the_front_matter_of_the_readme_is_read() -> None:
    example = section("Front matter").partition("```yaml\n")[2].partition("```")[0]
    briefing = parse_briefing(example.encode(), "content/briefings/2025/example.md")
    # A copy of it must not take a briefing back, nor name a seed or an original that is not there.
    assert set(re.findall(r"^(\w+):", example, re.MULTILINE)) == set(BRIEFING_KEYS) - {"seed", "translation_of", "withdrawn"}
    assert briefing.sectors == ("semiconductors", "defence")


def test_the_readme_lets_editors_change_what_messages_tell_them_to_change() -> None:
    [row] = re.findall(r"^\| `seed` \|.+", section("Front matter"), re.MULTILINE)
    assert "`seed-conflict`" in row
    assert "`digest`" in row
    assert "take the whole key out of a copy" in row
    assert "Only what is refused, and so has none, is mended there" in README


def test_the_problem_that_the_readme_shows_is_told_so() -> None:
    [shown] = re.findall(r"^    (content/.+\[[a-z-]+\])$", section("Commands"), re.MULTILINE)
    path, line, column, word = re.match(r"(\S+):(\d+):(\d+): unknown sector \"(.+?)\"", shown).groups()  # type: ignore[union-attr]
    head = "---\ntitle: Battery aid\ndate: 2024-03-05\n" + "# A comment.\n" * (int(line) - 4)
    sectors = f"sectors: [{word}]".replace("[", " " * (int(column) - 11) + "[")
    countries, sectors_known, kinds = map(frozenset, (VOCABULARY.countries, VOCABULARY.sectors, VOCABULARY.kinds))
    known = KnownTerms(countries, sectors_known, kinds, VOCABULARY.find_code)
    with pytest.raises(ContentError) as told:
        parse_briefing(f"{head}{sectors}\n---\n".encode(), path, known)
    assert str(told.value) == shown


@pytest.mark.parametrize("code", [str(int(code)) for code in Exit])
def test_every_exit_code_is_in_the_readme(code: str) -> None:
    assert re.search(rf"\|[^|]*\b{code}\b[^|]*\|", section("Commands"))


def problem_codes() -> set[str]:
    """Return the first argument of every call of `error` and `warning`, and of what becomes a problem later."""
    found = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            for argument in node.args[: 2 if name == "WrongValueError" else 1]:
                is_code = name in {"error", "warning", "_Unlocated"} or (name == "WrongValueError" and argument is node.args[1])
                if is_code and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


@pytest.mark.parametrize("code", sorted(problem_codes()))
def test_every_problem_code_is_explained_in_the_readme(code: str) -> None:
    assert f"| `{code}` |" in section("Problems")


def test_no_problem_is_explained_that_cannot_occur() -> None:
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", section("Problems"), re.MULTILINE))
    assert explained - problem_codes() <= {"unknown-country", "unknown-sector", "unknown-kind"}


def test_every_picture_and_file_of_the_readme_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_settings_and_the_vocabulary_of_the_readme_are_read() -> None:
    settings, vocabulary = re.findall(r"```toml\n(.+?)```", section("Configuration"), re.DOTALL)
    assert parse_config(settings.encode(), "archive.toml").publisher.name == "Example Desk"
    sectors = load_vocabulary({"sectors.toml": vocabulary.encode()}).sectors
    assert sectors["blue-economy"].synonyms == ("oceans",)
    assert set(VOCABULARY.sectors["defence"].weak) - set(sectors["defence"].weak) == {"base"}


def test_the_readme_names_every_sector_kind_and_how_many_countries_there_are() -> None:
    [sectors] = re.findall(r"^\| `sectors` \|.+", section("Front matter"), re.MULTILINE)
    [kinds] = re.findall(r"^\| `kind` \|.+", section("Front matter"), re.MULTILINE)
    assert set(re.findall(r"`([a-z-]+)`", sectors)) == {"sectors", *VOCABULARY.sectors}
    assert set(re.findall(r"`([a-z-]+)`", kinds)) == {"kind", *VOCABULARY.kinds}
    numbers = [len(terms) for terms in (VOCABULARY.countries, VOCABULARY.sectors, VOCABULARY.kinds)]
    assert "{} countries, {} sectors and {} kinds are shipped".format(*numbers) in section("Configuration")


def test_the_architecture_names_every_module_once() -> None:
    named = re.findall(r"`(\w+(?:\.py|/))`", section("Architecture").partition("|---|---|")[2].partition("| to add |")[0])
    folder = ROOT / "generator"
    modules = [path.name for path in folder.glob("*.py") if not path.name.startswith("__")]
    packages = [f"{path.name}/" for path in folder.iterdir() if (path / "__init__.py").exists()]
    assert sorted(named) == sorted([*modules, *packages, "templates/"])
