"""The command `explain`: prints why something is as it is."""

import argparse

from generator.commands import options_of, places_of
from generator.errors import ContentError, Exit, Location, did_you_mean, error
from generator.terminal import Terminal


def run_explain_tags(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print each tag of a briefing or seed with the sentences that bear it out, and what nearly became a tag."""
    from generator.ingest.explain import dump_explanation, tell
    from generator.intake.editing import explain_file

    found = explain_file(places_of(options), options.file)
    if options.format == "json":
        import json

        documents = [dump_explanation(explanation) for explanation in found]
        terminal.dump(json.dumps({"version": 1, "documents": documents}, ensure_ascii=False, indent=1))
        return int(Exit.CLEAN)
    for number, explanation in enumerate(found):
        for pieces in (*((("",),) if number else ()), *tell(explanation)):
            terminal.tell(*pieces)
    return int(Exit.CLEAN)


def run_explain_page(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print why a page was made again or left as it was, and what the next build would do with it."""
    from generator.build import compare
    from generator.build.last_build import make_key, read_last_build
    from generator.build.settings import read_config
    from generator.publish.manifest import explain_page
    from generator.publish.urls import find_address

    places, wanted = places_of(options), options_of(options)
    reasons, changes, redirects = compare(places, wanted)
    if reasons and read_last_build(places, []).key != make_key(wanted.shown):
        terminal.say("notice: the last build had other options (--drafts, --no-search or --base-url)")
    config = read_config(places, options.base_url or "")
    known = changes.stale.keys() | changes.fresh | changes.gone
    url = find_address(options.address, known | redirects.keys(), base_url=config.base_url)
    sentences = explain_page(url, reasons, changes)
    if not sentences and url in redirects:
        sentences = (f"{url} has no page: the file _redirects tells the host to lead readers to {redirects[url]} instead.",)
    if not sentences:
        hint = did_you_mean(url, known) or "sitemap.xml in the site has the addresses of all pages"
        raise ContentError(error("no-such-page", Location(options.address), "the site has no page of this address", hint))
    for sentence in sentences:
        terminal.tell(sentence)
    return int(Exit.CLEAN)
