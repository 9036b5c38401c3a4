"""Bilateral: a static site generator for policy-briefing archives.

Two halves meet at one file format. `ingest` turns dirty seed articles into briefings (Markdown with front matter); `publish`
turns briefings into a site. Editors own everything in `content/`; the machine only proposes.
"""

__version__ = "0.1.0"
