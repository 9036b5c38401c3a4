"""A briefing that no seed stands behind: an empty file in which an editor finds every key, with what it is for."""

import json
from datetime import date
from pathlib import Path

from generator.errors import ConfigError, ContentError, Location, error
from generator.files import walk, write_file
from generator.places import Places
from generator.text import normalise, slugify, squeeze

_SKELETON = """\
---
title: {title}
date: {date}
summary:                # One or two sentences, at most 280 characters.
key_points:             # Up to five sentences, one a line: "- A sentence."
kind:                   # summit, ministerial-meeting, dialogue, agreement-signed, memorandum, contract, report …
countries: []           # The parties, as ISO codes: [IN, KR].
pairs: []               # Which two of them it is between: [in-kr].
sectors: []             # Heaviest first: [semiconductors, defence].
# people: [{{name: A Name, office: What the text calls them}}]
# organisations: [{{name: A Ministry, abbreviation: AM}}]
# lang: en              # Of the text, when it is not that of the site.
# translation_of: 2025-08-16-the-original   # The name of its file, where this is a version in another language.
# source: {{publisher: A Newspaper, title: A Headline, url: "https://example.org/", published: {date}}}
# caption: {{text: What the picture showed., credit: Its maker}}
# rights: full          # Or excerpt, or link.
# seed:                 # Written by ingest; a briefing without a seed has none.
# confirmed: {{sectors: [defence]}}   # Terms that stay, whatever the text says of them.
# rejected: {{sectors: [trade]}}   # Terms that no run may propose again.
# aliases: [/a/former/address/]
# corrections: [{{date: {date}, text: "What was wrong, and what is right."}}]   # Once it has been read.
draft: true             # Take this line out when the briefing may be read.
# withdrawn: {{date: {date}, text: "Its publisher has retracted it."}}   # Why it was taken back, and when.
---

Write the text here, as Markdown.
"""


def render_draft(title: str, day: date) -> str:
    """Return the file of a new briefing: a draft with every key that front matter knows, and nothing said yet."""
    # A JSON text is a YAML text: quoted, so that no title can be taken for something else.
    return _SKELETON.format(title=json.dumps(title, ensure_ascii=False), date=day.isoformat())


def write_draft(places: Places, title: str, day: date) -> Path:
    """Write a new briefing and return its file.

    Raises: ConfigError for a title without words, ContentError when a briefing has the address already.
    """
    words = squeeze(normalise(title))
    if not any(map(str.isalnum, words)):
        raise ConfigError(error("no-title", Location("new"), "the title has no words", 'write bilateral new "A title"'))
    briefing_id = f"{day.isoformat()}-{slugify(words)}"
    folder = places.briefings
    for path in walk(folder, ".md"):
        if path.rpartition("/")[2] == f"{briefing_id}.md":
            where = Location(places.shown(folder / path))
            raise ContentError(
                error("briefing-exists", where, "this briefing is there already", "give the new one another title")
            )
    path_of_draft = folder / f"{day.year:04}" / f"{briefing_id}.md"
    write_file(path_of_draft, render_draft(words, day).encode())
    return path_of_draft
