"""What an archive holds that nothing reads: without a word of it, a text would be missing from the site and nobody knew why."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator.errors import Location, Problem, did_you_mean, error, warning
from generator.files import walk
from generator.places import (
    BRIEFINGS_PATH,
    DECLINED_PATH,
    INGESTED_PATH,
    LINKED,
    PAGES_PATH,
    SETTINGS_PATH,
    THEME,
    VOCABULARY_PATH,
    Places,
    Stat,
)

_FILES = frozenset({SETTINGS_PATH, INGESTED_PATH, DECLINED_PATH})
_FOLDERS = {BRIEFINGS_PATH: ".md", PAGES_PATH: ".md", VOCABULARY_PATH: ".toml"}
# Endings under which other programs keep Markdown.
_TEXTS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt"})


def find_strays(places: Places, state: Mapping[str, Stat], theme: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each file of an archive that nothing reads; a folder of them is named once.

    It is an error where texts lie behind a link: without them the others would be published, as if they had been deleted.

    `state` is what a scan found, by whole paths; `theme` maps names to bytes.
    """
    start = f"{places.content}/"
    found = {file.removeprefix(start): now for file, now in state.items() if file.startswith(start)}
    yield from _find_unread([name for name, now in found.items() if now != LINKED], places.shown(places.content))
    yield from _find_links(places, state)
    beside = places.content.parent / SETTINGS_PATH
    if beside.is_file():
        hint = f"the settings are those in {places.shown(places.settings)}"
        yield warning("unread-file", Location(places.shown(beside)), "nothing reads this file", hint)
    if places.templates != THEME:
        shipped = frozenset(walk(THEME))
        for name in _find_unused(walk(places.templates), shipped, theme):
            where = Location(places.shown(places.templates / name))
            hint = did_you_mean(name, shipped)
            yield warning("unused-template", where, "this overrides no template, and none names it", hint)


def _find_links(places: Places, state: Mapping[str, Stat]) -> Iterator[Problem]:
    own = tuple(f"{folder}/" for folder in (places.content, places.seeds, places.templates) if folder != THEME)
    read = {f"{places.content}/{name}" for name in _FILES}
    texts = tuple(f"{places.content}/{folder}" for folder, ending in _FOLDERS.items() if ending == ".md")
    for file in sorted(file for file, now in state.items() if now == LINKED and file.startswith(own) and file not in read):
        where = Location(places.shown(Path(file)))
        has_texts = file.startswith(texts) and (file.endswith(".md") or not os.path.isfile(file))  # noqa: PTH113
        tell = error if has_texts else warning
        yield tell("unread-file", where, "nothing follows this symbolic link", "put what it leads to in its place")


def _find_unread(names: Iterable[str], content: str) -> Iterator[Problem]:
    folders: set[str] = set()
    for name in names:
        head, slash, _ = name.partition("/")
        if name in _FILES or (slash and name.endswith(_FOLDERS.get(head, "\0"))):
            continue
        if slash and head not in _FOLDERS:
            folders.add(head)
            continue
        yield warning("unread-file", Location(f"{content}/{name}"), "nothing reads this file", _advise(name, content))
    for folder in sorted(folders):
        hint = f"texts belong in {content}/{BRIEFINGS_PATH} and {content}/{PAGES_PATH}"
        yield warning("unread-file", Location(f"{content}/{folder}"), "nothing reads this folder", hint)


def _advise(name: str, content: str) -> str:
    path = PurePosixPath(name)
    if path.suffix.lower() not in _TEXTS:
        return ""
    stem = path.stem
    while PurePosixPath(stem).suffix.lower() in _TEXTS:  # Windows hides the last ending: "a.md" is saved as "a.md.txt".
        stem = PurePosixPath(stem).stem
    return f'name it "{stem}.md"' if len(path.parts) > 1 else f"move it to {content}/{BRIEFINGS_PATH} or {content}/{PAGES_PATH}"


def _find_unused(own: Iterable[str], shipped: Collection[str], theme: Mapping[str, bytes]) -> Iterator[str]:
    for name in own:
        is_template = name not in shipped and not name.startswith("assets/")
        if is_template and not any(name.encode() in data for other, data in theme.items() if other != name):
            yield name
