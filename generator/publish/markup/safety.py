"""Any HTML → HTML that can do nothing: the allow list of tags, attributes, classes and addresses.

The work is nh3's, a real HTML5 parser, since a sanitiser written by hand is always wrong. Ours are only the lists, and what an
address or an id may be: nh3 takes `javascript:` for a relative address if a line separator (U+2028) stands before it, and an id
without a prefix would shadow a name of the page's scripts ("DOM clobbering").
"""

import re
from collections.abc import Callable
from functools import cache

import nh3

ID_PREFIX = "s-"
SCHEMES = frozenset({"http", "https", "mailto"})
TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "details": {"open"},
}
# Attributes of which only some values are harmless to a layout, or mean anything at all.
VALUES = {
    "width": re.compile(r"[0-9]{1,5}"),
    "height": re.compile(r"[0-9]{1,5}"),
    "start": re.compile(r"-?[0-9]{1,9}"),
    "colspan": re.compile(r"[0-9]{1,3}"),
    "rowspan": re.compile(r"[0-9]{1,3}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "lang": re.compile(r"[A-Za-z0-9-]{0,40}"),
}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}
# What Python-Markdown and Pygments write; editors may write the same, and gain nothing by it.
CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "toc", "codehilite"},
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
    "span": set(
        "bp c c1 ch cm cp cpf cs dl err esc fm g gd ge ges gh gi go gp gr gs gt gu hll il k kc kd kn kp kr kt l ld m mb mf mh mi "
        "mo n na nb nc nd ne nf ni nl nn no nt nv nx o ow p pm py s s1 s2 sa sb sc sd se sh si sr ss sx vc vg vi vm w x".split()
    ),
}
# These go with their content; of every other unknown tag the content stays.
DROPPED = frozenset("embed iframe math noscript object script select style svg template textarea title".split())

# Two are enough for 60,000 texts of random tags; what is not settled then is shown as the text that it is.
PASSES_MAX = 8

# A host of names alone: of others (numbers, ports, users, "xn--") some are no address, and lose it.
_HOST = r"(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,}"
_PLAIN_ADDRESS = re.compile(rf"(?:https?://{_HOST}(?=[/?#]|\Z)|/[A-Za-z0-9._~%])[A-Za-z0-9/._~%#?=:@+,-]*")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LEADING_NEWLINES = re.compile(r"(<pre(?: [^>]*)?>)\n+")


def sanitise(html: str, base_path: str, *, raw: bool = True) -> str:
    """Return `html` as nh3 writes it, with nothing in it that could act, and with `base_path` before root-relative addresses.

    Every attribute then stands in double quotes, and every `<` and `>` belongs to a tag. A second pass changes nothing, but for
    the base path. `raw` is whether any tag was written by hand; Python-Markdown's own need one pass only.
    """
    once = _clean(html, base_path)
    # Where a tag is taken out, the next parser may see another tree: without <blink> between them, two headings stood in each
    # other. So the text is parsed until nothing changes.
    for _ in range(PASSES_MAX if raw else 0):
        html, once = once, _clean(once, "/")
        if html == once:
            return once
    return nh3.clean_text(once) if raw else once


def place_address(address: str, base_path: str) -> str | None:
    """Return an address as the sanitiser would write it, or None where it takes a parser to know."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        return None
    if base_path == "/" or not address.startswith("/"):
        return address
    placed = base_path.rstrip("/") + address
    return placed if _PLAIN_ADDRESS.fullmatch(placed) else None


def _clean(html: str, base_path: str) -> str:
    cleaner, failures = _find_cleaner(base_path)
    html = cleaner.clean(html)
    if failures:
        raise failures.pop()
    # A parser drops the first line feed of <pre>, so each further pass would take one more.
    return _LEADING_NEWLINES.sub(r"\1", html) if "<pre" in html else html


def safe_address(value: str, base_path: str) -> str | None:
    """Return an address as it may be published, or None: `http`, `https`, `mailto` or within the site, and none in disguise."""
    value = value.strip()
    # Line feeds, format characters, strange spaces: browsers drop some of them, so they are a way to write `javascript:`.
    if not value.isprintable() or "\\" in value or value.startswith("//"):
        return None
    if value.startswith("#"):
        return "#" + safe_id(value[1:])
    value = value.replace(" ", "%20")
    scheme = _SCHEME.match(value)
    if scheme:
        name = scheme[1].lower()
        if name not in SCHEMES or (name != "mailto" and not value.startswith("//", scheme.end())):
            return None
        return name + value[scheme.end() - 1 :]
    if value.startswith("/"):
        return base_path.rstrip("/") + value
    return None if ":" in re.split(r"[/?#]", value, maxsplit=1)[0] else value


def safe_id(value: str) -> str:
    """Return an id as it may be published."""
    value = "-".join(value.split())
    return value if value.startswith(ID_PREFIX) else ID_PREFIX + value


@cache
def _find_cleaner(base_path: str) -> tuple[nh3.Cleaner, list[BaseException]]:
    """Return the cleaner for a path, and where what was raised in its filter is found."""
    failures: list[BaseException] = []
    cleaner = nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=set(SCHEMES),
        link_rel=None,
        attribute_filter=_make_filter(base_path, failures),
        set_tag_attribute_values={"img": {"loading": "lazy"}},
    )
    return cleaner, failures


def _make_filter(base_path: str, failures: list[BaseException]) -> Callable[[str, str, str], str | None]:
    def keep(_tag: str, name: str, value: str) -> str | None:
        try:
            return _keep(name, value, base_path)
        except BaseException as failure:  # noqa: BLE001  # nh3 passes over all, even Ctrl-C, and drops the attribute.
            failures.append(failure)
            return None

    return keep


def _keep(name: str, value: str, base_path: str) -> str | None:
    if name in {"href", "src"}:
        return safe_address(value, base_path)
    if name == "id":
        return safe_id(value)
    allowed = VALUES.get(name)
    return value if allowed is None or allowed.fullmatch(value) else None
