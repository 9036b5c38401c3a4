"""Texts with simple footnotes: one reference to each note at most, and all notes at the end, a line each.

They are as plain as other briefings, and not rare: Python-Markdown takes 1.2 ms for one, and this 0.13 ms. Everywhere
else a note may be nested, repeated or defined twice; such texts are Python-Markdown's. The promise is that of `blocks`, but for
what the sanitiser makes of notes, which stands here at once.
"""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from generator.publish.markup import blocks
from generator.publish.markup.blocks import FOOTNOTES, Element, Outline
from generator.publish.markup.prose import NOTE_MARK, Prose

# What a reference or the place of the notes may be part of: code, for one.
_FAR = ("```", NOTE_MARK, blocks.FOOTNOTES_HERE)
_NOTES = re.compile(r"\n\n+(?=\[\^)")
_NOTE = re.compile(r"\[\^([A-Za-z0-9]+)\]: +(.+)")
_REFERENCE = re.compile(r"\[\^([^\]]*)\]")
# While the blocks are converted, a reference is a sign that belongs to no word, no markup and no heading.
_MARKED = re.compile(f"{NOTE_MARK}([A-Za-z0-9]+){NOTE_MARK}")


def find_outline(text: str) -> Outline | None:
    """Return the outline of `text`, of which nothing is left to be parsed, or None where it takes a parser to tell what it is."""
    body, *notes = _NOTES.split(text.rstrip("\n"), maxsplit=1)
    by_label = _convert_notes(notes[0]) if notes else None
    if not by_label or any(sign in text for sign in _FAR):
        return None
    labels = _REFERENCE.findall(body)
    if len(set(labels)) < len(labels) or not by_label.keys() >= set(labels):
        return None
    outline = blocks.find_outline(_REFERENCE.sub(rf"{NOTE_MARK}\1{NOTE_MARK}", body))
    if outline is None or outline.rest:
        return None
    numbers = {label: number for number, label in enumerate(by_label, 1)}
    elements = [_refer(element, numbers) if NOTE_MARK in element.inner else element for run in outline.runs for element in run]
    return Outline("", ((*elements, _render_notes(by_label)),))


def _refer(element: Element, numbers: Mapping[str, int]) -> Element:
    inner = _MARKED.sub(lambda mark: _render_reference(mark[1], numbers[mark[1]]), element.inner)
    # A space before a reference is the last of its line.
    lines = map(str.strip, _MARKED.sub("", element.words).split("\n"))
    return replace(element, inner=inner, words="\n".join(filter(None, lines)))


def _convert_notes(text: str) -> Mapping[str, Prose] | None:
    """Return label → note, in the order of the definitions, by which notes are numbered."""
    by_label: dict[str, Prose] = {}
    for line in filter(None, text.split("\n")):
        note = _NOTE.fullmatch(line)
        prose = blocks.find_prose(note[2]) if note else None
        if note is None or prose is None or note[1] in by_label:
            return None
        by_label[note[1]] = prose
    return by_label


def _render_reference(label: str, number: int) -> str:
    return f'<sup id="s-fnref:{label}"><a class="footnote-ref" href="#s-fn:{label}">{number}</a></sup>'


def _render_notes(by_label: Mapping[str, Prose]) -> Element:
    items = [_render_note(label, html, number) for number, (label, (html, _)) in enumerate(by_label.items(), 1)]
    inner = "\n".join(("\n<hr>\n<ol>", *items, "</ol>\n"))
    return Element(FOOTNOTES, inner, "\n".join([words for _, words in by_label.values()]))


def _render_note(label: str, html: str, number: int) -> str:
    back = f'<a class="footnote-backref" href="#s-fnref:{label}" title="Jump back to footnote {number} in the text">↩</a>'
    return f'<li id="s-fn:{label}">\n<p>{html}&nbsp;{back}</p>\n</li>'
