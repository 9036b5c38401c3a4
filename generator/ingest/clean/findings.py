"""What the lines around an article have said so far: a notebook that lives while one seed is read."""

import re

from msgspec import Struct, field

from generator.ingest.clean.captions import Finding, caption_key, find_caption
from generator.ingest.dates import Stamp
from generator.model import Caption, Seed


class Findings(Struct):
    """The notes of one seed; `last` is what the line before was taken for, since heads come in an order."""

    seed: Seed
    order: str
    place: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    stamps: list[Stamp] = field(default_factory=list)
    captions: list[Finding] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def named(self, name: str) -> str:
        """Return a field from the seed's container, else the one found in the text."""
        known: str = getattr(self.seed, name)
        return known or getattr(self, name)

    def note(self, name: str, value: str) -> None:
        """Note a title, publisher, author or other field; the first to speak is believed."""
        if name not in ("title", "publisher", "author"):
            self.fields.setdefault(name, value)
        elif not getattr(self, name):
            setattr(self, name, value)

    def note_caption(self, finding: Finding) -> None:
        """Note a caption, once."""
        if all(finding.key != known.key for known in self.captions):
            self.captions.append(finding)

    def note_image(self, alternative: str, whole: str, text: str) -> bool:
        """Note an image's alternative text as caption, and say whether its line holds nothing else but that text in italics."""
        finding = find_caption(alternative, "figure") or Finding(Caption(alternative), caption_key(alternative), proven=False)
        self.note_caption(finding)
        return caption_key(text) in ("", finding.key) or bool(re.search(r"\)\s*([*_])[^*_]+\1$", whole))

    @property
    def caption(self) -> Caption | None:
        """The first caption that says something, or a credit alone."""
        captions = [finding.caption for finding in self.captions]
        said = next((caption for caption in captions if caption.text), None)
        return said or (Caption(captions[0].credit) if captions else None)
