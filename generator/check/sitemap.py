"""The sitemap of a site as it is published, ours or that of another system: the addresses that readers have."""

import re
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from generator.check.reading import describe_fault
from generator.errors import ConfigError, Location, error
from generator.text import NAME_BYTES

# Source: sitemaps.org, which allows 50,000 addresses and 52,428,800 bytes in each file, however small it is compressed.
SIZE_LIMIT = 52_428_800
_GZIP = b"\x1f\x8b"
# What many hosts answer where they have no such file.
_PAGE = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html\b")
# The file may be of any origin: no entity is expanded, no limit of the parser lifted, and nothing is fetched.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_WANTED = "fetch sitemap.xml from where the site stands"


class Published(NamedTuple):
    """The addresses that a sitemap lists, whole and each once, and the file that it was read from."""

    path: str
    addresses: tuple[str, ...]


def read_sitemap(path: str, read: Callable[[str], bytes | None]) -> Published:
    """Return what a sitemap lists; `read` returns the bytes of a file, or None where there is none.

    A large site has an index of sitemaps instead, whose parts are to lie beside it under their own names.

    Raises: ConfigError.
    """
    kind, found = _parse(_read(path, "", read), path)
    if kind == "sitemapindex":
        parts = [(_beside(path, address), address) for address in found]
        files = [(part, *_parse(_read(part, address, read), part)) for part, address in parts]
        for part, inner, _ in files:
            if inner != "urlset":
                raise _refuse(part, f"it is an index of sitemaps, and named by another one, {path}")
        found = [address for _, _, addresses in files for address in addresses]
    return Published(path, tuple(dict.fromkeys(found)))


def _read(path: str, address: str, read: Callable[[str], bytes | None]) -> bytes:
    raw = read(path)
    if raw is None:
        hint = f"fetch {address}, which the index of sitemaps names, into it" if address else ""
        raise ConfigError(error("no-such-file", Location(path), "there is no such file", hint))
    return _unpack(raw, path) if raw.startswith(_GZIP) else raw


def _unpack(raw: bytes, path: str) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(raw, SIZE_LIMIT + 1)
    except zlib.error as fault:
        raise _refuse(path, "what is compressed in it is damaged") from fault
    if not unpacker.eof and len(data) <= SIZE_LIMIT:
        raise _refuse(path, "what is compressed in it ends too early")
    return data


def _parse(raw: bytes, path: str) -> tuple[str, list[str]]:
    """Return what kind of sitemap this is, `urlset` or `sitemapindex`, and the addresses in it."""
    if len(raw) > SIZE_LIMIT:
        raise _refuse(path, f"it has more than {SIZE_LIMIT:,} bytes, which no sitemap may")
    if not raw.strip():
        raise _refuse(path, "it is empty")
    if _PAGE.match(raw):
        raise _refuse(path, "it is a web page")
    try:
        tree = etree.fromstring(raw, _PARSER)
    except etree.XMLSyntaxError as fault:
        line, column, said = describe_fault(fault)
        raise _refuse(path, said, line, column) from fault
    kind = etree.QName(tree).localname
    entry = {"urlset": "url", "sitemapindex": "sitemap"}.get(kind)
    if entry is None:
        raise _refuse(path, f"it begins with <{kind}> instead of <urlset>")
    # Pictures of an entry have a `loc` of their own, one level deeper.
    return kind, [(loc.text or "").strip() for loc in tree.iterfind(f"{{*}}{entry}/{{*}}loc")]


def _beside(path: str, address: str) -> str:
    try:
        name = PurePosixPath(urlsplit(address).path).name
    except ValueError:  # `http://[::1` is no address.
        name = ""
    if name in ("", "..") or len(name.encode()) > NAME_BYTES:
        raise _refuse(path, f'it names a part at "{address}", which is no file')
    return str(PurePosixPath(path).with_name(name))


def _refuse(path: str, said: str, line: int = 0, column: int = 0) -> ConfigError:
    return ConfigError(error("no-sitemap", Location(path, line, column), f"this file is no sitemap: {said}", _WANTED))
