"""Where the tables, keys, entries and faults of a TOML file stand: Python's parser of TOML keeps no places."""

import re
from collections.abc import Mapping
from tomllib import TOMLDecodeError

Place = tuple[int, int]
"""Line and column, counted from 1."""

_NAME = r"""(?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*"""
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME})\s*\]")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
# Texts and comments; a text of several lines is the first or second group.
_TEXT = re.compile(r'''("""(?:\\.|[^\\])*?"{3,5})|(\'{3}.*?\'{3,5})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|\#[^\n]*''', re.DOTALL)


def find_places(text: str) -> Mapping[str, Place]:
    """Return the place of each table, key and entry of a list by its name: `feeds.limit`, `navigation[2].url`.

    What stands within one line is found at the start of that line's key. `text` is valid TOML.
    """
    places: dict[str, Place] = {}
    entries: dict[str, int] = {}
    table = key = ""
    # TOML knows one end of a line, and what stands within a text is no key.
    for number, line in enumerate(_TEXT.sub(_empty, text).split("\n"), 1):
        place = (number, len(line) - len(line.lstrip()) + 1)
        if header := _HEADER.match(line):
            table = key = _plain(header[2])
            if header[1] == "[[":
                entries[table] = entries.get(table, 0) + 1
                table = f"{table}[{entries[table]}]"
            places.setdefault(table, place)
        elif found := _KEY.match(line):
            key = f"{table}.{_plain(found[1])}" if table else _plain(found[1])
            places.setdefault(key, place)
        elif line.lstrip().startswith("{"):
            entries[key] = entries.get(key, 0) + 1
            places.setdefault(f"{key}[{entries[key]}]", place)
    return places


def _empty(text: re.Match[str]) -> str:
    """Return a text of several lines without its words, and any other as it is."""
    return '""' + "\n" * text[0].count("\n") if text.lastindex else text[0]


def find_place(places: Mapping[str, Place], name: str) -> Place:
    """Return the place of a key, or of the nearest table or list around it that has one, or the start of the file."""
    while name and name not in places:
        name = name[: max(name.rfind("."), name.rfind("["), 0)]
    return places.get(name, (1, 1))


_FAULT = re.compile(r"(.*?)\s*\(at (?:line (\d+), column (\d+)|.*)\)")


def read_fault(problem: TOMLDecodeError) -> tuple[str, Place]:
    """Return what the parser says is wrong, beginning in lower case, and the place, (0, 0) where it names none."""
    found = _FAULT.fullmatch(str(problem))
    said = found[1] if found else str(problem)
    place = (int(found[2]), int(found[3])) if found and found[2] else (0, 0)
    return f"{said[:1].lower()}{said[1:]}", place


# What a line looks like that TOML cannot read, and what to do.
_SLIPS = (
    (
        re.compile(r"<{7}|={7}|>{7}"),
        "a merge has left its marks: keep one version of the lines, and take out <<<<<<<, ======= and >>>>>>>",
    ),
    (re.compile(".*[“”„]"), 'write straight quotation marks ("), no curly ones'),
    (re.compile(r"\s*[\w-]+\s*:"), 'write "=" behind the key, not ":"'),
    (re.compile(rf"{_KEY.pattern}\s*(?!(?:true|false)\b)[^\W\d]"), "put the text in quotes"),
    (re.compile(r'[^"]*"[^"]*$'), "close the quotation mark"),
)


def advise_fault(text: str, place: Place) -> str:
    """Return what to do about a line that the parser cannot read, or nothing."""
    line = text.split("\n")[place[0] - 1] if place[0] else ""
    return next((hint for slip, hint in _SLIPS if slip.match(line)), "")


def _plain(name: str) -> str:
    return ".".join(part.strip("\"'") for part in re.findall(r"""\"[^\"]*\"|'[^']*'|[\w-]+""", name))
