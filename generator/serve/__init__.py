"""The preview: builds, serves what was built, watches what it was built of, and builds again when a file is saved.

All of it happens in one process, so a rebuild pays for no import a second time: builds in the main thread, where memory is got
fastest and signals arrive, the server and the watcher each in one of their own. It has a folder of its own: a site that was
built for a preview names the preview's address in feeds and canonical links, and must never be deployed by mistake.
"""

import asyncio
import contextlib
import errno
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from generator.build.outcome import Outcome
from generator.errors import ConfigError, GeneratorError, Location, Severity, error, show_name
from generator.places import THEME, Places
from generator.refusals import translate

if TYPE_CHECKING:  # Starlette takes 0.3 s to import, and the ports are tried before.
    from generator.serve.app import Preview

# An editor saves in several steps within some milliseconds: so long a pause ends a save.
DEBOUNCE_MS = 30
STEP_MS = 10
# So long after a save everything is looked at once more: a watcher may miss something, and tells only of what is watched.
IDLE_MS = 1_000
PORTS_TRIED = 100
LAST_PORT = 65_535


def open_port(host: str, port: int) -> socket.socket:
    """Return a listening socket on `port` or the next one that is free.

    Raises: ConfigError when this machine has no such address, or lets nobody listen there, or all of them are taken.
    """
    where = Location(f"{show_name(host)}:{port}")
    ports = range(port, min(port + PORTS_TRIED, LAST_PORT + 1))
    try:
        family, kind, protocol, _, _ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        for candidate in ports:
            if listener := _listen(socket.socket(family, kind, protocol), host, candidate):
                return listener
    except (OSError, UnicodeError) as problem:  # A name that is none cannot even be asked for.
        said = getattr(problem, "strerror", None) or "this is no name of a machine"
        hint = "name another address with --host and --port"
        raise ConfigError(error("no-port", where, f"the preview cannot listen here: {said}", hint)) from problem
    taken = f"this port and the {len(ports) - 1} after it are" if len(ports) > 1 else "this port is"
    raise ConfigError(error("no-port", where, f"{taken} taken", "name another with --port"))


def _listen(listener: socket.socket, host: str, port: int) -> socket.socket | None:
    """Return a socket that listens on a port now, or None where another one does.

    Raises: OSError where none can.
    """
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as problem:
        listener.close()
        if problem.errno != errno.EADDRINUSE:
            raise
        return None
    return listener


def is_open_to_others(host: str) -> bool:
    """Say whether other machines can reach a server at this address."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def own_addresses() -> list[str]:
    """Return the addresses at which other machines are likely to find this one; nothing is sent to find them out."""
    found = []
    # The system chooses the address from which it would write to these, which are nobody's (RFC 5737, RFC 3849).
    for family, nobody in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((nobody, 9))
            found.append(str(probe.getsockname()[0]))
    return [address for address in found if not ip_address(address).is_loopback]


def open_urls(listener: socket.socket, host: str, base_path: str) -> list[str]:
    """Return the addresses at which other machines find the preview: none where only this one can."""
    if not is_open_to_others(host):
        return []
    with contextlib.suppress(ValueError):
        if ip_address(host).is_unspecified:
            version = ip_address(host).version
            hosts = [address for address in own_addresses() if version == 6 or ip_address(address).version == version]
            return [preview_url(listener, address, base_path) for address in hosts]
    return [preview_url(listener, host, base_path)]


def preview_url(listener: socket.socket, host: str, base_path: str) -> str:
    """Return the address at which a browser on this machine finds the preview."""
    with contextlib.suppress(ValueError):
        if ip_address(host).is_unspecified:
            host = "localhost"
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}{base_path}"


def preview_places(places: Places, port: int, *, has_output: bool) -> Places:
    """Return the places of a preview: a cache of its own, and an output of its own unless one was named."""
    folder = places.cache / "preview" / str(port)
    return places._replace(cache=folder, output=places.output if has_output else folder / "site")


def serve(
    rebuild: Callable[[Collection[str]], Outcome],
    *,
    places: Places,
    listener: socket.socket,
    base_path: str,
    hosts: Iterable[str],
    first: Outcome,
    report: Callable[[Outcome, float], None],
) -> None:
    """Serve a site that was built once, and rebuild it whenever its content, seeds or templates change, until a signal ends it.

    `rebuild` is given the paths that were saved since a good build, or none where anything may have been: so at first, and after
    each save once more when a second has passed. `report` is told of each build that did something, and when it began.

    Raises: KeyboardInterrupt, SystemExit.
    """
    from generator.serve.app import Preview

    preview = Preview(places.output, base_path)
    told = _errors(first)
    preview.announce(told, has_changed=True)
    saves: SimpleQueue[set[str] | Exception] = SimpleQueue()
    with _serving(preview, listener, tuple(hosts), saves) as announce, _watching(places, saves):
        is_settled = is_good = False  # The first build may have missed what was saved while it ran.
        while True:
            saved = wait_for_save(saves)
            if is_settled and not saved:
                continue
            is_settled = not saved
            start = time.perf_counter()
            outcome = _rebuild(partial(rebuild, saved if is_good else frozenset()), places)
            if any(problem.code == "changed-meanwhile" for problem in outcome.problems):
                # Something else was saved that nobody has told of yet.
                outcome = _rebuild(partial(rebuild, frozenset()), places)
            is_good = not outcome.failed
            errors, has_changed = _errors(outcome), bool(outcome.written) and not outcome.failed
            # Whoever saves is told what is still wrong; what the first build found is not told twice.
            if has_changed or errors != told or (saved and errors):
                told = errors
                report(outcome, start)
                announce(errors, has_changed=has_changed)


def _errors(outcome: Outcome) -> tuple[str, ...]:
    return tuple(str(problem) for problem in outcome.problems if problem.severity is Severity.ERROR)


@contextlib.contextmanager
def _serving(
    preview: "Preview", listener: socket.socket, hosts: tuple[str, ...], saves: "SimpleQueue[set[str] | Exception]"
) -> Iterator[Callable[..., None]]:
    """Answer requests in a thread of its own; yield what tells all open pages of a build, as `Preview.announce` does."""
    import uvicorn

    from generator.serve.app import make_app

    config = uvicorn.Config(make_app(preview, hosts), log_config=None, access_log=False, lifespan="off", ws="none", http="h11")
    config.server_header = config.proxy_headers = False
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    loop = asyncio.new_event_loop()

    def announce(problems: Iterable[str], *, has_changed: bool) -> None:
        loop.call_soon_threadsafe(partial(preview.announce, problems, has_changed=has_changed))

    run = partial(loop.run_until_complete, server.serve(sockets=[listener]))
    with contextlib.closing(loop), _in_thread(run, saves):
        try:
            yield announce
        finally:
            # The server waits for open streams before it ends, and tells nobody that it waits.
            loop.call_soon_threadsafe(preview.close)
            server.should_exit = True


@contextlib.contextmanager
def _watching(places: Places, saves: "SimpleQueue[set[str] | Exception]") -> Iterator[None]:
    """Watch what a build reads in a thread of its own, and put the paths that are saved together into `saves`."""
    from watchfiles import watch

    folders = dict.fromkeys((places.content, places.seeds, places.templates, THEME))
    ended = threading.Event()

    def look() -> None:
        # Not in the main thread: there the watcher takes every signal for Ctrl-C.
        while not ended.is_set():
            watched = [folder for folder in folders if folder.is_dir()]
            for changes in watch(
                *watched, debounce=DEBOUNCE_MS, step=STEP_MS, stop_event=ended, rust_timeout=IDLE_MS, yield_on_timeout=True
            ):
                if changes:
                    saves.put({path for _, path in changes})
                if watched != [folder for folder in folders if folder.is_dir()]:
                    saves.put({str(folder) for folder in folders})
                    break

    with _in_thread(look, saves):
        try:
            yield
        finally:
            ended.set()


@contextlib.contextmanager
def _in_thread(work: Callable[[], object], saves: "SimpleQueue[set[str] | Exception]") -> Iterator[None]:
    """Let a thread work while the block runs, which then has to end it; if it fails, that ends the preview."""

    def run() -> None:
        try:
            work()
        except Exception as failure:  # noqa: BLE001  # Whatever it is, without this work saves would be shown no more.
            saves.put(failure)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def wait_for_save(saves: "SimpleQueue[set[str] | Exception]") -> frozenset[str]:
    """Return what has been saved, as soon as something has; nothing after a second without.

    Raises: ConfigError when the files cannot be watched, and what else a thread has failed with.
    """
    saved: set[str] = set()
    with contextlib.suppress(Empty):
        found = saves.get(timeout=IDLE_MS / 1000)
        while True:
            if isinstance(found, OSError):
                said = f"the files cannot be watched: {found.strerror or found}"
                hint = "end other programs that watch files, or let the system allow more: on Linux, fs.inotify"
                raise ConfigError(error("no-watch", Location("serve"), said, hint)) from found
            if isinstance(found, Exception):
                raise found
            saved |= found
            found = saves.get_nowait()
    return frozenset(saved)


def _rebuild(rebuild: Callable[[], Outcome], places: Places) -> Outcome:
    """Return what a build did; a failure that would end a command is a problem here, for the next save may mend it."""
    try:
        return rebuild()
    except GeneratorError as failure:
        return Outcome(problems=failure.problems)
    except OSError as failure:
        return Outcome(problems=translate(failure, places).problems)
