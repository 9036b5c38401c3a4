"""Reads the inputs of an archive: settings, vocabulary, theme, briefings, pages. Faults are collected; none stops the reading."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.config import Config, check_base_url, parse_config
from generator.content import KnownTerms, parse_briefing, parse_page
from generator.errors import ConfigError, GeneratorError, Location, Problem, error
from generator.files import read_file, walk
from generator.model import Briefing, ContentPage
from generator.places import THEME, Places
from generator.vocabulary import Vocabulary, load_vocabulary

Value = TypeVar("Value")


def read_config(places: Places, base_url: str = "") -> Config:
    """Return the archive's settings; `base_url` of the command line wins over that of the file.

    Raises: ConfigError.
    """
    path = places.content / "archive.toml"
    raw = read_file(path)
    config = parse_config(raw, places.shown(path)) if raw is not None else Config()
    if not base_url:
        return config

    def refuse(message: str, hint: str) -> None:
        raise ConfigError(error("invalid-setting", Location("--base-url"), message, hint))

    check_base_url(base_url, refuse)
    return replace(config, base_url=base_url)


def read_vocabulary(places: Places) -> Vocabulary:
    """Return the shipped vocabulary with the archive's overlays.

    Raises: VocabularyError.
    """
    folder = places.content / "vocabulary"
    return load_vocabulary({name: read_file(folder / name) or b"" for name in walk(folder, ".toml")})


def read_content(places: Places, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[list[Briefing], list[ContentPage]]:
    """Return all briefings and pages that can be read, and append the problems of the others."""
    known = KnownTerms(frozenset(vocabulary.countries), frozenset(vocabulary.sectors), frozenset(vocabulary.kinds))
    briefings = _read_each(places, "briefings", lambda raw, path: parse_briefing(raw, path, known), problems)
    return briefings, _read_each(places, "pages", parse_page, problems)


def _read_each(places: Places, name: str, parse: Callable[[bytes, str], Value], problems: list[Problem]) -> list[Value]:
    folder = places.content / name
    prefix = places.shown(folder)
    values = []
    for path in walk(folder, ".md"):
        try:
            values.append(parse(read_file(folder / path) or b"", f"{prefix}/{path}"))
        except GeneratorError as failure:
            problems.extend(failure.problems)
    return values


def read_texts(places: Places) -> dict[str, str]:
    """Return path → text of everything that an author wrote: settings, briefings and pages, whether they can be read or not."""
    prefix = places.shown(places.content)
    names = [name for name in walk(places.content, ".md", ".toml") if name.startswith(("briefings/", "pages/", "archive.toml"))]
    return {f"{prefix}/{name}": (read_file(places.content / name) or b"").decode("utf-8-sig", "replace") for name in names}


def read_theme(templates: Path) -> dict[str, bytes]:
    """Return name → bytes of the theme's files: the shipped ones, overridden file by file by those of `templates`."""
    theme: dict[str, bytes] = {}
    for folder in dict.fromkeys((THEME, templates)):
        for name in walk(folder):
            theme[name] = read_file(folder / name) or b""
    return theme
