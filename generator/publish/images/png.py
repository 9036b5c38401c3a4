"""Pictures of a few colours on white, written as PNG with a palette."""

import struct
import zlib
from collections.abc import Mapping, Sequence

# From white to each colour. 64 of them make a card 10 % larger, and no eye sees more than these at the edge of a letter.
SHADES = 32


def make_palette(colours: Sequence[int]) -> tuple[bytes, Mapping[int, bytes]]:
    """Return the palette of white and the shades of colours that are given as 0xRRGGBB, as PNG has it.

    With it comes for each colour a table that tells the shade's number by how much of a pixel is covered, from 0 to 255.
    """
    palette = bytearray(b"\xff\xff\xff")
    numbers = {}
    for before, colour in enumerate(colours):
        shades = (round(covered * SHADES / 255) for covered in range(256))
        numbers[colour] = bytes(before * SHADES + shade if shade else 0 for shade in shades)
        for shade in range(1, SHADES + 1):
            palette += bytes(255 - round((255 - part) * shade / SHADES) for part in colour.to_bytes(3, "big"))
    return bytes(palette), numbers


def write_png(rows: Sequence[bytes], palette: bytes) -> bytes:
    """Return the PNG of rows of numbers in a palette."""
    # Only runs of one byte: that takes a third of the time of looking for longer strings, which would save 6 %, and there is one
    # way to find them, while the strings that are found depend on the machine's zlib. Small blocks, of level 5, save 5 %.
    packer = zlib.compressobj(memLevel=5, strategy=zlib.Z_RLE)
    # No row is filtered, which the zero before each says.
    packed = packer.compress(b"\0" + b"\0".join(rows)) + packer.flush()
    # 8 bits a pixel, which are its colour's number in the palette; nothing interlaced.
    head = struct.pack(">LLBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_write_chunk(name, content) for name, content in chunks)


def _write_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))
