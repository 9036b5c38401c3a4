"""The archive's own words laid over the shipped ones, every fault with its line."""

import re
from collections.abc import Mapping

from msgspec import Struct

from generator.errors import Location, VocabularyError, did_you_mean, error

OVERLAYS = ("countries.toml", "sectors.toml", "kinds.toml", "organisations.toml")
# The languages in which organisations are known; in English these have a name and aliases.
LANGUAGES = ("fr", "de", "es", "pt", "ru", "zh", "ja", "ko", "hi", "ar")


class _Form(Struct, frozen=True):
    """What an entry of a file may hold: the form of its key, its keys for one text and for names, and those that it needs."""

    key: str
    key_in_words: str
    plain: tuple[str, ...]
    lists: tuple[str, ...]
    required: tuple[str, ...]


_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG_IN_WORDS = "small letters, digits and hyphens"
_FORMS = {
    "countries.toml": _Form(
        key=r"[A-Z]{2}",
        key_in_words="two capital letters",
        plain=("name", "official", "doubtful"),
        lists=("aliases", "demonyms", "capitals", "cities", "bodies", "historic", "prefixes", "unless", "needs"),
        required=("name",),
    ),
    "sectors.toml": _Form(
        key=_SLUG,
        key_in_words=_SLUG_IN_WORDS,
        plain=("name", "definition"),
        lists=("strong", "phrases", "weak", "synonyms"),
        required=("name", "definition"),
    ),
    "kinds.toml": _Form(
        key=_SLUG,
        key_in_words=_SLUG_IN_WORDS,
        plain=("name", "plural", "definition"),
        lists=("strong", "phrases"),
        required=("name", "plural", "definition"),
    ),
    "organisations.toml": _Form(
        key=_SLUG,
        key_in_words=_SLUG_IN_WORDS,
        plain=("name", "country"),
        lists=("aliases", *LANGUAGES),
        required=("name",),
    ),
}


def parse_names(value: object) -> tuple[str, ...]:
    """Return a list of names, written as an array or as one text with semicolons."""
    items = value.split(";") if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []
    return tuple(stripped for item in items if (stripped := item.strip()))


def lay_over(shipped: Mapping[str, object], overlay: Mapping[str, object], *, raw: bytes, path: str) -> dict[str, object]:
    """Return the entries of a file with those of the archive's own file of that name added or changed.

    Raises: VocabularyError, with the line in `raw`.
    """
    form = _FORMS[path.rpartition("/")[2]]
    merged = dict(shipped)
    for key, entry in overlay.items():
        where = Location(path, _find_line(raw, key))
        if not isinstance(entry, Mapping):
            raise _wrong(where, f'"{key}" stands outside a table', "write it below a line such as [KR]")
        if not re.fullmatch(form.key, key):
            raise _wrong(where, f'"{key}" cannot be a key here', f"a key is {form.key_in_words}")
        merged[key] = _merge_entry(shipped.get(key), entry, form=form, raw=raw, where=where)
    return merged


def _merge_entry(shipped: object, entry: Mapping[str, object], *, form: _Form, raw: bytes, where: Location) -> dict[str, object]:
    merged = dict(shipped) if isinstance(shipped, Mapping) else {}
    for name, value in entry.items():
        place = Location(where.path, _find_line(raw, name, after=where.line))
        merged[name] = _merge_value(name, merged.get(name), value, form=form, where=place)
    missing = next((name for name in form.required if not merged.get(name)), "")
    if missing:
        raise _wrong(where, f"the new entry has no {missing}", f"add {missing} = '…'")
    return merged


def _merge_value(name: str, shipped: object, value: object, *, form: _Form, where: Location) -> object:
    """Return a key's new value: a text replaces, names are added, and a name with a hyphen in front is taken out."""
    if name not in form.plain + form.lists:
        known = form.plain + form.lists
        hint = did_you_mean(name, known) or "known keys: " + ", ".join(sorted(known))
        raise VocabularyError(error("unknown-key", where, f'unknown key "{name}"', hint))
    if name in form.plain:
        if not isinstance(value, str):
            raise _wrong(where, f'"{name}" must be a text', "write it between quotation marks")
        return value
    if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise _wrong(where, f'"{name}" must be a list of texts', 'write it as ["…", "…"]')
    given = parse_names(value)
    gone = {item[1:].strip() for item in given if item.startswith("-")}
    added = [item for item in given if not item.startswith("-")]
    return [item for item in dict.fromkeys([*parse_names(shipped), *added]) if item not in gone]


def _wrong(where: Location, message: str, hint: str) -> VocabularyError:
    return VocabularyError(error("bad-vocabulary", where, message, hint))


def _find_line(raw: bytes, key: str, *, after: int = 0) -> int:
    """Return the line on which a table or a key is written, since the TOML reader of the standard library does not tell."""
    wanted = re.compile(rf"\s*\[?\s*['\"]?{re.escape(key)}['\"]?\s*[\]=.]")
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if number > after and wanted.match(line)), after)
