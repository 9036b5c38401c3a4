"""What front matter says otherwise than its author meant although it can be read: words cut off, texts and names cut or joined.

YAML keeps no comments and no places of commas, so a file is read once more with its places, where a look finds what may be one.
"""

import re
from collections.abc import Iterator, Sequence

import yaml

from generator.check.site import BuiltSite
from generator.content.flat_yaml import Fields, Value
from generator.content.front_matter import read_front_matter
from generator.content.known_terms import place_of
from generator.errors import ContentError, Location, Problem, locate, warning
from generator.text import cut_words, find_full_stop, normalise

# What the keys hold that words are written under, and what stands below these that is none.
_WORDED = frozenset("title summary key_points people organisations source caption corrections withdrawn".split())
_WORDLESS = frozenset("date published url".split())
# `[trade]  # see mail` is a comment, and `kind: # summit, dialogue …` as `new` writes it; `dispute #2` is none.
_CUT = re.compile(r" #(?=\S)")
_FLOW = re.compile(r"^key_points: *\[", re.MULTILINE)
_APPENDED = re.compile(r"(?:Jr|Sr)\.?|[IVX]+")
_OFFICE = re.compile(
    r"\b(?:Minister|President|Secretary|Ambassador|Chancellor|Commissioner|Governor|Envoy|Spokes(?:man|woman|person))"
    r"(?: (?:of|for|to) .+)?$"
)
_SHOWN = 40


def find_cut_texts(site: BuiltSite) -> Iterator[Problem]:
    """Yield texts whose end is taken for a comment, since a space and `#` stand within them."""
    for path, text, fields in _read_suspects(site, _CUT):
        lines = text.split("\n")
        texts = [node for key, (_, value) in fields.items() if key in _WORDED for node in _find_texts(value)]
        for node in texts:
            line, column = node.end_mark.line + 1, node.end_mark.column
            if not node.style and _CUT.match(lines[line], column):
                where = Location(path, line + 1, column + 2)
                said = f'"{cut_words(lines[line][column + 1 :], _SHOWN)}" is read as a comment, and not shown'
                yield warning("cut-text", where, said, "put the whole text in quotes")


def find_split_key_points(site: BuiltSite) -> Iterator[Problem]:
    """Yield key points on one line that a comma within a sentence has cut in two."""
    for path, _, fields in _read_suspects(site, _FLOW):
        node = fields["key_points"][1] if "key_points" in fields else None
        if isinstance(node, yaml.SequenceNode) and (cut := _find_split(node.value)):
            one, other = (f'"{cut_words(item.value, _SHOWN)}"' for item in cut)
            said = f"a comma ends a key point here: {one} and {other} are two"
            yield warning("split-key-point", place_of(cut[1], path), said, 'write one a line, behind "- ", or each in quotes')


def find_offices_in_names(site: BuiltSite) -> Iterator[Problem]:
    """Yield people whose office stands behind a comma, where it is a part of their name, or a name of its own in `[…]`."""
    for briefing in site.briefings:
        for person in briefing.people:
            name, comma, rest = person.name.partition(", ")
            is_joined = comma and not _APPENDED.fullmatch(rest)
            if not person.office and (is_joined or _OFFICE.search(person.name)):
                path, text = briefing.location.path, normalise(site.texts.get(briefing.location.path, ""))
                at = text.find(person.name)
                where = locate(path, text, at) if at >= 0 else site.find_key(path, "people")
                said = f'"{person.name}" is the name of a person here'
                yield warning(
                    "office-in-name", where, said, f'write "- name: {name if comma else "…"}", and below it "  office: …"'
                )


def _read_suspects(site: BuiltSite, sign: re.Pattern[str]) -> Iterator[tuple[str, str, Fields]]:
    """Yield path, text and located front matter of the files in whose front matter a sign is found; it may be that of another."""
    for path, text in site.texts.items():
        if path.endswith(".md") and sign.search(text, 0, max(text.find("\n---", 1), 0)):
            try:
                fields, _, _ = read_front_matter(text.encode(), path, located=True)
            except ContentError:
                continue  # The build tells of it.
            yield path, normalise(text), fields


def _find_texts(node: Value) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _find_texts(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _find_texts(value) if key.value not in _WORDLESS else ()


def _find_split(items: Sequence[yaml.Node]) -> tuple[yaml.Node, yaml.Node] | None:
    """Return two neighbours that were one sentence: the second goes on in lower case, or the first alone has no full stop."""
    texts = [item.value if isinstance(item, yaml.ScalarNode) else "" for item in items]
    ends = [not find_full_stop(text.rstrip("\"'”’»)]")) for text in texts]
    for number in range(1, len(items)):
        is_plain = not getattr(items[number - 1], "style", None) and not getattr(items[number], "style", None)
        goes_on = texts[number][:1].islower() or (any(ends) and not ends[number - 1])
        if is_plain and goes_on:
            return items[number - 1], items[number]
    return None
