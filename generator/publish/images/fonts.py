"""What a font file says of its characters: which it has, and how wide they are. Enough to break lines before they are drawn.

Read by hand, from four tables: fonttools does it too, and is 5.5 MB for these forty lines.
Source: OpenType 1.9, tables `head`, `hhea`, `hmtx` and `cmap` (format 12, which fonts with characters beyond U+FFFF have).
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from generator.errors import Location, MissingProgramError, error


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: its path, and the width of each character that it has, in ems, without kerning, which mostly narrows."""

    path: str
    widths: Mapping[str, float]

    def measure(self, text: str, size: float) -> float:
        """Return how wide a text is at a size."""
        return size * sum(self.widths.get(char, 0.0) for char in text)


@cache
def read_font(package: str, name: str) -> Font:
    """Return a font that a package carries in its folder `files`; kept, since reading it takes 2 ms.

    Raises: MissingProgramError when the package is not installed.
    """
    try:
        place = files(package) / "files" / name
    except ModuleNotFoundError as problem:
        raise missing_package(package.replace("_", "-")) from problem
    data = place.read_bytes()
    tables = dict(_find_tables(data))
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    measured = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    advances = struct.unpack_from(">" + "Hh" * measured, data, tables["hmtx"])[::2]
    # Glyphs beyond the measured ones are as wide as the last of them.
    widths = {char: advances[min(glyph, measured - 1)] / units for char, glyph in _find_glyphs(data, tables["cmap"])}
    return Font(str(place), widths)


def missing_package(name: str) -> MissingProgramError:
    """Return the error for a package without which no share card can be drawn."""
    return MissingProgramError(
        error("missing-package", Location("share cards"), f"the package {name} is not installed", f"pip install {name}")
    )


def _find_tables(data: bytes) -> Iterator[tuple[str, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, place)
        yield tag.decode("ascii"), offset


def _find_glyphs(data: bytes, table: int) -> Iterator[tuple[str, int]]:
    """Yield each character of a font and the number of its glyph."""
    (count,) = struct.unpack_from(">H", data, table + 2)
    records = (struct.unpack_from(">HHL", data, table + 4 + 8 * number) for number in range(count))
    offset = next(table + offset for platform, encoding, offset in records if (platform, encoding) == (3, 10))
    (groups,) = struct.unpack_from(">L", data, offset + 12)
    for number in range(groups):
        first, last, glyph = struct.unpack_from(">LLL", data, offset + 16 + 12 * number)
        for code in range(first, last + 1):
            yield chr(code), glyph + code - first
