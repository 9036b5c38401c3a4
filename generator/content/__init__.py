"""Markdown files with front matter ⇄ briefings and pages: the one format at which both halves of the generator meet."""
