"""The archive's own words laid over the shipped ones, all faults with their places."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.config.toml_places import Place
from generator.errors import Location, Problem, VocabularyError, did_you_mean, error

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
        plain=("name", "alpha3", "official", "doubtful"),
        lists=("aliases", "demonyms", "capitals", "cities", "bodies", "historic", "prefixes", "unless", "needs"),
        required=("name",),
    ),
    "sectors.toml": _Form(
        key=_SLUG,
        key_in_words=_SLUG_IN_WORDS,
        plain=("name", "definition"),
        lists=("strong", "phrases", "weak", "masks", "synonyms"),
        required=("name", "definition"),
    ),
    "kinds.toml": _Form(
        key=_SLUG,
        key_in_words=_SLUG_IN_WORDS,
        plain=("name", "plural", "definition"),
        lists=("strong", "phrases", "synonyms"),
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


class Overlay(Struct, frozen=True):
    """The archive's own file of a name: what it holds, and where each of its tables and keys stands."""

    path: str
    table: Mapping[str, object]
    places: Mapping[str, Place]

    def where(self, *names: str) -> Location:
        """Return where a key of an entry stands, or else the entry: `where("KR", "aliases")`."""
        for length in range(len(names), 0, -1):
            name = ".".join(names[:length])
            if place := self.places.get(name) or self.places.get(f"{name}[1]"):
                return Location(self.path, *place)
        return Location(self.path)


def lay_over(shipped: Mapping[str, object], overlay: Overlay) -> dict[str, object]:
    """Return the entries of a file with those of the archive's own file of that name added or changed.

    Raises: VocabularyError with all that is wrong in the file.
    """
    form = _FORMS[overlay.path.rpartition("/")[2]]
    if problems := tuple(_find_faults(shipped, overlay, form)):
        raise VocabularyError(*problems)
    merged = dict(shipped)
    for key, entry in overlay.table.items():
        merged[key] = _merge_entry(merged.get(key), entry, form)
    return merged


def _find_faults(shipped: Mapping[str, object], overlay: Overlay, form: _Form) -> Iterator[Problem]:
    for key, entry in overlay.table.items():
        where = overlay.where(key)
        if not isinstance(entry, Mapping):
            yield _wrong(where, f'"{key}" stands outside a table', "write it below a line such as [KR]")
        elif not re.fullmatch(form.key, key):
            yield _wrong(where, f'"{key}" cannot be a key here', f"a key is {form.key_in_words}")
        else:
            there = shipped.get(key)
            old = there if isinstance(there, Mapping) else {}
            for name, value in entry.items():
                faults = tuple(_find_wrong_value(name, value, form, overlay.where(key, name)))
                yield from faults or _find_unknown_names(name, value, old, form=form, where=overlay.where(key, name))
            missing = [name for name in form.required if not (name in entry or old.get(name))]
            yield from (_wrong(where, f"the new entry has no {name}", f"add {name} = '…'") for name in missing)


def _find_wrong_value(name: str, value: object, form: _Form, where: Location) -> Iterator[Problem]:
    if name not in form.plain + form.lists:
        known = form.plain + form.lists
        hint = did_you_mean(name, known) or "known keys: " + ", ".join(sorted(known))
        yield error("unknown-key", where, f'unknown key "{name}"', hint)
    elif name in form.plain:
        if not isinstance(value, str):
            yield _wrong(where, f'"{name}" must be a text', "write it between quotation marks")
        elif name in form.required and not value.strip():
            yield _wrong(where, f'"{name}" is empty', "write it, or take the line out")
    elif not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        yield _wrong(where, f'"{name}" must be a list of texts', 'write it as ["…", "…"]')


def _find_unknown_names(
    name: str, value: object, shipped: Mapping[str, object], *, form: _Form, where: Location
) -> Iterator[Problem]:
    """Yield a problem for each name that is taken out of a list in which it does not stand."""
    there = parse_names(shipped.get(name))
    for item in parse_names(value) if name in form.lists else ():
        gone = item[1:].strip()
        if item.startswith("-") and gone not in there:
            other = next((key for key in form.lists if gone in parse_names(shipped.get(key))), "")
            hint = (
                f'did you mean "{other}"?'
                if other
                else did_you_mean(gone, there) or "take this out, or spell it as it is shipped"
            )
            yield _wrong(where, f'there is no "{gone}" under "{name}" that could be taken out', hint)


def _merge_entry(shipped: object, entry: object, form: _Form) -> dict[str, object]:
    """Return an entry with its new values: a text replaces, names are added, and a name with a hyphen in front is taken out."""
    merged = dict(shipped) if isinstance(shipped, Mapping) else {}
    for name, value in entry.items() if isinstance(entry, Mapping) else ():
        if name in form.plain:
            merged[name] = value
            continue
        given = parse_names(value)
        gone = {item[1:].strip() for item in given if item.startswith("-")}
        added = [item for item in given if not item.startswith("-")]
        merged[name] = [item for item in dict.fromkeys([*parse_names(merged.get(name)), *added]) if item not in gone]
    return merged


def _wrong(where: Location, message: str, hint: str) -> Problem:
    return error("bad-vocabulary", where, message, hint)
