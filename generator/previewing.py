"""The command `serve`: builds, shows what was built, and builds again at every save."""

import argparse
import time
from collections.abc import Collection
from typing import TYPE_CHECKING

from generator.commands import options_of, places_of, publish_archive, summarise
from generator.errors import Exit
from generator.keeping import claim_cache
from generator.terminal import Terminal

if TYPE_CHECKING:  # A preview loads what builds only when it builds.
    import socket

    from generator.build.outcome import Outcome


def run_serve(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build, serve, and build again at every save, until a signal ends it."""
    from generator.build import collect_rest
    from generator.build.recall import Memory
    from generator.build.settings import read_config
    from generator.serve import open_port, preview_places, preview_url, serve

    places = places_of(options)
    base_path = read_config(places, options.base_url or "").base_path
    listener = open_port(options.host, options.port)
    url = preview_url(listener, options.host, base_path)
    claim_cache(places.cache)
    shown = preview_places(places, listener.getsockname()[1], has_output=bool(options.output))
    seeds = None if options.no_ingest else places
    memory = Memory()

    def report(outcome: "Outcome", start: float) -> None:
        terminal.show(outcome.problems)
        summarise(outcome, start, terminal, drafts=options.drafts)
        if outcome.failed:
            terminal.say("the preview shows the last good site")

    def rebuild(saved: Collection[str]) -> "Outcome":
        memory.saved = saved
        # Saving a briefing makes no seed of anything; whatever else there may be is seen when nothing is saved for a second.
        source = None if saved and all(path.startswith(f"{places.content}/") for path in saved) else seeds
        # In one process: forking one that has threads may leave a child waiting for ever for a lock that nobody holds.
        wanted = options_of(options, base_url=url, jobs=1, in_place=True)
        outcome = publish_archive(shown, wanted, ingest_from=source, terminal=terminal, memory=memory)
        if not saved:
            collect_rest()
        return outcome

    start = time.perf_counter()
    with terminal.progress() as step:
        wanted = options_of(options, base_url=url)
        first = publish_archive(shown, wanted, ingest_from=seeds, report=step, terminal=terminal, memory=memory)
    report(first, start)
    _announce(listener, base_path, options, terminal)
    names = {"localhost", "127.0.0.1", "::1", options.host, *options.allowed_host}
    serve(rebuild, places=shown, listener=listener, base_path=base_path, hosts=names, first=first, report=report)
    return int(Exit.CLEAN)


def _announce(listener: "socket.socket", base_path: str, options: argparse.Namespace, terminal: Terminal) -> None:
    """Say who else can read the preview, and where it is; show it in a browser if that is asked for."""
    from generator.serve import is_open_to_others, open_urls, preview_url

    if is_open_to_others(options.host):
        found = " or ".join(open_urls(listener, options.host, base_path)) or "the address of this machine"
        terminal.say(f"everyone in your network can read this preview, at {found}; at another name only with --allowed-host")
    url = preview_url(listener, options.host, base_path)
    terminal.tell(f"the preview is at {url} (Ctrl-C ends it)")
    if options.open:
        import webbrowser

        webbrowser.open(url)
