"""Messages as mail programs and browsers save them (`.eml`, `.mhtml`) → the part that holds the article, and what its head says.

A page that a browser has saved in one file is a message, too: its first page counts, with the address that it came from, and the
day of saving says nothing. The standard library takes the parts apart.
"""

import re
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from msgspec import Struct

from generator.ingest.decoding import Decoded, NotTextError, read_encoded
from generator.text import squeeze

_SUFFIXES = (".eml", ".mht", ".mhtml")
# Lines of a head, a long one going on behind white space, up to the blank line over the text.
_HEAD = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,}[ \t]*(?:\n|$)")
_NAME = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_SURE_NAMES = frozenset({"mime-version", "message-id", "received", "return-path", "content-transfer-encoding"})
_LETTER_NAMES = frozenset({"from", "subject", "date"})
_ANSWERED = re.compile(r"^(?:(?:re|fwd?|aw|wg|odp|pd|tr|rv)\s*:\s*)+", re.IGNORECASE)
_HEAD_SIZE = 64_000


class Mail(Struct, frozen=True):
    """The part of a message that holds the article, whether it is a page, and what the head says under a seed's names."""

    decoded: Decoded
    is_page: bool
    fields: dict[str, str]


def looks_like_mail(start: str, path: str) -> bool:
    """Say whether a file begins with the head of a message: by its suffix, or by lines that only a message has."""
    head = _HEAD.match(start.replace("\r\n", "\n"))
    names = {name.lower() for name in _NAME.findall(head.group())} if head else set()
    is_named = path.lower().endswith(_SUFFIXES)
    return bool(names) and (is_named or not names.isdisjoint(_SURE_NAMES) or names >= _LETTER_NAMES)


def read_mail(raw: bytes) -> Mail | None:
    """Return what a message holds, or None where no part of it is text.

    Raises: NotTextError where the part is none, or its parts hold parts without end.
    """
    try:
        message = message_from_bytes(raw)
    except RecursionError as problem:
        raise NotTextError("the parts of the message are nested too deep") from problem
    parts = [part for part in message.walk() if part.get_content_maintype() == "text" and not part.get_filename()]
    pages = [part for part in parts if part.get_content_subtype() == "html"]
    texts = [part for part in parts if part.get_content_subtype() == "plain"]
    is_saved = message.get_content_type() == "multipart/related" or (bool(pages) and "content-location" in pages[0])
    # Of a letter that comes in two forms, the plain one has no frames and pictures that count what was opened.
    chosen = pages if pages and (is_saved or not texts) else texts
    if not chosen:
        return None
    fields = {"url": _find_address(message, chosen[0])} if is_saved else _read_head(raw)
    return Mail(_decode_part(chosen[0]), chosen is pages, fields)


def _find_address(message: Message, page: Message) -> str:
    """Return the address that a saved page came from; an old browser gives one with a space at each fold."""
    said = (message.get("snapshot-content-location"), page.get("content-location"), message.get("content-location"))
    addresses = ("".join(str(address or "").split()) for address in said)
    return next((address for address in addresses if address.startswith("http")), "")


def _read_head(raw: bytes) -> dict[str, str]:
    """Return what a letter says of itself, also where its head was copied and holds letters that no message may hold."""
    head = message_from_string(read_encoded(raw[:_HEAD_SIZE]).text.replace("\r\n", "\n"))
    name, address = parseaddr(_decode_words(head.get("from", "")))
    return {
        "title": _ANSWERED.sub("", _decode_words(head.get("subject", ""))),
        "published": _decode_words(head.get("date", "")),
        "author": name if name != address else "",
    }


def _decode_words(value: str) -> str:
    """Return the value of a line of the head, with words such as `=?utf-8?q?Pozna=C5=84?=` decoded."""
    try:
        return squeeze(str(make_header(decode_header(value))))
    except (MessageError, LookupError, ValueError):
        return squeeze(value)


def _decode_part(part: Message) -> Decoded:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("")
    if charset not in ("", "utf-8", "us-ascii"):
        try:
            return Decoded(raw.decode(charset))
        except (LookupError, UnicodeError):
            pass  # It says one thing and holds another: go on by what it holds.
    return read_encoded(raw)
