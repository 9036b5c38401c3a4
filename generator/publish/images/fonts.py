"""Fonts of packages: which characters they have and how wide these are, and lines of text, drawn by HarfBuzz."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.errors import Location, MissingProgramError, error

if TYPE_CHECKING:  # Only cards need it.
    import uharfbuzz


class Font(Struct, frozen=True):
    """A font: the width of each character that it has, in ems, without kerning, which mostly narrows; and its face to draw."""

    widths: Mapping[str, float]
    face: "uharfbuzz.Face"

    def measure(self, text: str, size: float) -> float:
        """Return how wide a text is at a size."""
        return size * sum(self.widths.get(char, 0.0) for char in text)


class Line(Struct, frozen=True):
    """A line of text in pixels: it starts at `x`, or ends there where it is set `from_right`, and stands on `y`."""

    text: str
    x: int
    y: int
    size: int
    font: Font
    from_right: bool = False


@cache
def read_font(package: str, name: str) -> Font:
    """Return a font that a package carries in its folder `files`; kept, since reading it takes 3 ms.

    Raises: MissingProgramError when the package or uharfbuzz is not installed.
    """
    try:
        import uharfbuzz
    except ModuleNotFoundError as problem:
        raise missing_package("uharfbuzz") from problem
    try:
        place = files(package) / "files" / name
    except ModuleNotFoundError as problem:
        raise missing_package(package.replace("_", "-")) from problem
    face = uharfbuzz.Face(place.read_bytes())
    font = uharfbuzz.Font(face)
    widths = {chr(code): font.get_glyph_h_advance(font.get_nominal_glyph(code)) / face.upem for code in face.unicodes}
    return Font(widths, face)


def missing_package(name: str) -> MissingProgramError:
    """Return the error for a package without which no share card can be drawn."""
    return MissingProgramError(
        error("missing-package", Location("share cards"), f"the package {name} is not installed", f"pip install {name}")
    )


def draw_lines(lines: Iterable[Line], *, left: int, top: int, width: int, height: int) -> bytes:
    """Return how much of each pixel of a box the lines cover, from 0 to 255, row after row; what is beyond the box is cut off."""
    import uharfbuzz

    pen = uharfbuzz.RasterDraw()
    pen.extents = uharfbuzz.RasterExtents(x_origin=left, y_origin=top, width=width, height=height, stride=width)
    for line in lines:
        if line.text:
            _draw_line(line, pen)
    return bytes(pen.render().buffer)


def _draw_line(line: Line, pen: "uharfbuzz.RasterDraw") -> None:
    import uharfbuzz

    # Places are whole 256ths of a pixel, as HarfBuzz draws: products of fractions are rounded otherwise on other processors.
    font = uharfbuzz.Font(line.font.face)
    font.scale = (256 * line.size, 256 * line.size)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(line.text)
    # Some languages have letters of their own; without this, it would be the language of the machine.
    buffer.language = "en"
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    x, y = 256 * line.x, 256 * line.y
    if line.from_right:
        x -= sum(position.x_advance for position in buffer.glyph_positions)
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        # Fonts count upwards, pictures downwards.
        pen.transform = (1 / 256, 0, 0, -1 / 256, (x + position.x_offset) / 256, (y - position.y_offset) / 256)
        pen.draw_glyph(font, glyph.codepoint)
        x += position.x_advance
