"""Bytes → text: whatever encoding an article was saved in, and whatever an earlier program did to it.

Most seeds are UTF-8, so that is tried first and everything else costs nothing until it fails.
"""

import codecs
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from generator.ingest.code_pages import choose_page, read_page

# What a file starts with that is no text. A PDF or an office document holds an article, but not as text.
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a picture, sound or film"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z][\w.:-]{2,30})""")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_PIECE = 1 << 16
_HIGH = bytes(range(128, 256))
# Above this share of bytes beyond ASCII a text is hardly in a Western encoding: French has 4 %, Russian in KOI8-R 80 %.
_WESTERN_SHARE = 0.2

_HALF = re.compile("[\ud800-\udfff]")


class NotTextError(ValueError):
    """The bytes are no text; the message says what they are instead."""


class Decoded(Struct, frozen=True):
    """The text of a file; `doubt` says what else its letters may be, where two encodings fit them equally well."""

    text: str
    doubt: str = ""


def decode(raw: bytes) -> str:
    """Return the text that `raw` holds, without its byte-order mark; not yet normalised.

    Tried in order: byte-order mark, UTF-16 by its shape, UTF-8, what a page or feed declares, a guess where most bytes are beyond
    ASCII, and at last line by line UTF-8 or the code page that fits, Windows-1252 in doubt, since scraped files mix them.

    Raises: NotTextError for images, archives, documents and other binary data.
    """
    return read_encoded(raw).text


def read_encoded(raw: bytes) -> Decoded:
    """Return the same with what is in doubt.

    Raises: NotTextError as `decode` does.
    """
    text = _decode_whole(raw)
    return _decode_lines(raw) if text is None else Decoded(text)


def _decode_whole(raw: bytes) -> str | None:
    """Return the text in the one encoding that all bytes show, or nothing where they show none.

    Raises: NotTextError as `decode` does.
    """
    _refuse_binary(raw)
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if encoding := _find_wide(raw):
        return raw.decode(encoding, "replace")
    if raw.count(0) * 1000 > len(raw) or len(raw.translate(None, _CONTROLS)) * 50 < len(raw) * 49:
        raise NotTextError("it holds binary data")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _decode_legacy(raw)


def decode_lines(file: BinaryIO) -> tuple[Iterator[str], str]:
    """Return the lines of the text in a file, and what is in doubt; UTF-8 is read as it is asked for and never whole in memory.

    Raises: NotTextError as `decode` does.
    """
    is_plain = _is_plain_utf_8(file)
    file.seek(0)
    if is_plain:
        # Somebody may write the file while it is read.
        return (line.decode("utf-8" if number else "utf-8-sig", "replace") for number, line in enumerate(file)), ""
    decoded = read_encoded(file.read())
    return iter(decoded.text.split("\n")), decoded.doubt


def _is_plain_utf_8(file: BinaryIO) -> bool:
    """Say whether a file is UTF-8 without any sign of something else."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
            if len(piece.translate(None, _CONTROLS)) < len(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(raw: bytes) -> None:
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise NotTextError(f"it is {kind}")


def _find_wide(raw: bytes) -> str:
    """Return the UTF-16 that the bytes are without a mark: every second byte of ASCII text is then zero."""
    sample = raw[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 4 > len(sample) and even * 20 < len(sample):
        return "utf-16-le"
    if even * 4 > len(sample) and odd * 20 < len(sample):
        return "utf-16-be"
    return ""


def _decode_legacy(raw: bytes) -> str | None:
    declared = _DECLARED.search(raw, 0, 4096)
    if declared and (encoding := _known_codec(declared.group(1).decode("ascii"))):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            pass  # The page says one thing and holds another, as saved pages do: go on by what it holds.
    beyond = len(raw) - len(raw.translate(None, _HIGH))
    return _guess(raw) or None if beyond > len(raw) * _WESTERN_SHARE else None


def _decode_lines(raw: bytes) -> Decoded:
    """Return a text of which each line is UTF-8, or of the one code page that fits those that are not."""
    lines = raw.splitlines(keepends=True)
    # What is plain ASCII tells the language, too, but not before what is to be read.
    plain = (line for line in lines if line.isascii())
    choice = choose_page(itertools.chain((line for line in lines if not _is_utf_8(line)), plain))
    doubt = "the encoding is in doubt: “{}” may be “{}”".format(*choice.doubt) if choice.doubt else ""
    return Decoded("".join(line.decode() if _is_utf_8(line) else read_page(line, choice.page) for line in lines), doubt)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _known_codec(name: str) -> str:
    """Return Python's name of a declared encoding, or nothing; Latin-1 and 5 mean Windows' own pages, as browsers read them.

    The declaration was read as ASCII, so that no encoding is meant in which ASCII is something else, such as `base64` or `utf-7`.
    """
    try:
        found = codecs.lookup(name).name
        is_ascii = _PRINTED.decode(found) == _PRINTED.decode("ascii")
    except (LookupError, UnicodeError):
        return ""
    return _SPOKEN.get(found, found) if is_ascii else ""


# All that ASCII prints, and the backslash as `unicode_escape` and its like would not leave it.
_PRINTED = bytes(range(0x20, 0x7F)).replace(b"\\", rb"\u005c")
# What is meant by an encoding's name on the web.
_SPOKEN = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "utf-8": "",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
}


def _guess(raw: bytes) -> str:
    """Return the text in the encoding that fits its letters best, or nothing; Latin letters are better told by their language."""
    from charset_normalizer import from_bytes  # 60 ms to import, for one file in thousands.

    # What is ASCII says nothing: markup and scripts are, in a page of whatever language.
    beyond = itertools.filterfalse(bytes.isascii, raw.splitlines(keepends=True))
    best = from_bytes(b"".join(beyond)[:_GUESSED_SIZE]).best()
    if best is None or best.encoding == "utf_8":
        return ""
    try:
        text = raw.decode(best.encoding)
    except UnicodeDecodeError:
        return ""
    letters = {letter: number for letter, number in Counter(text).items() if not letter.isascii() and letter.isalpha()}
    return text if sum(letters[letter] for letter in letters if letter < _LATIN_END) * 2 < sum(letters.values()) else ""


_GUESSED_SIZE = 20_000
_LATIN_END = "\u0250"


# UTF-8 read as Windows-1252 or Latin-1: a lead byte as a letter, then a continuation byte as a sign; and Cyrillic read as
# Windows-1251, where a single pair may be good Russian but three in a row are not.
_SIGNS = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[\xc2-\xf4][{_SIGNS}]|(?:[РС][\x80-\xbfЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґёєјЅѕї‚„…†‡€‰‹‘’“”•–—™›]){{3}}|\ufffd")


_SOFT_BREAK = re.compile(r"[ \t]*\v[ \t]*(?=(\w?))")


def _settle_break(match: re.Match[str]) -> str:
    return " " if match[1].islower() else "\n"


def repair(text: str) -> str:
    """Return `text` with mojibake undone (`â€™` is `’` again), line by line; quotation marks and wide letters stay as typed.

    Line ends become line feeds, the one that Word puts within a paragraph too, but for one within a sentence. Half a surrogate
    pair, which JSON can write and no file can hold, becomes the sign for what cannot be read.
    """
    text = _HALF.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
    if "\v" in text:
        text = _SOFT_BREAK.sub(_settle_break, text)
    if text.isascii() or not _MOJIBAKE.search(text):  # ftfy reads 0.9 MB a second; most texts need none of it.
        return text
    from ftfy import TextFixerConfig, fix_text  # 120 ms to import.

    # What ftfy does by default and a text of ours must not suffer: curly quotes made plain, full-width letters made narrow
    # (Korean and Japanese punctuation), entities decoded (done later, where the markup is known).
    config = TextFixerConfig(
        unescape_html=False, uncurl_quotes=False, fix_character_width=False, normalization="NFC", explain=False
    )
    lines = text.split("\n")
    return "\n".join(fix_text(line, config) if _MOJIBAKE.search(line) else line for line in lines)
