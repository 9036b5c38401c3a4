"""The preview: builds, serves what was built, watches what it was built of, and builds again when a file is saved.

All of it happens in one process, so a rebuild pays for no import a second time. It has a folder of its own: a site that was
built for a preview names the preview's address in feeds and canonical links, and must never be deployed by mistake.
"""

import asyncio
import contextlib
import errno
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

from generator.build.outcome import Outcome
from generator.errors import ConfigError, GeneratorError, Location, Severity, error
from generator.places import THEME, Places
from generator.refusals import translate

if TYPE_CHECKING:  # Starlette takes 0.3 s to import, and the ports are tried before.
    from generator.serve.app import Preview

# An editor saves in several steps within some milliseconds: so long a pause ends a save.
DEBOUNCE_MS = 30
STEP_MS = 10
IDLE_MS = 1_000
PORTS_TRIED = 100


def open_port(host: str, port: int) -> socket.socket:
    """Return a listening socket on `port` or the next one that is free.

    Raises: ConfigError when this machine has no such address, or lets nobody listen there.
    """
    where = Location(f"{host}:{port}")
    try:
        family, kind, protocol, _, _ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        for candidate in range(port, port + PORTS_TRIED):
            listener = socket.socket(family, kind, protocol)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, candidate))
                listener.listen()
            except OSError as problem:
                listener.close()
                if problem.errno != errno.EADDRINUSE:
                    raise
            else:
                return listener
    except (OSError, OverflowError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        hint = "name another address with --host and --port"
        raise ConfigError(error("no-port", where, f"the preview cannot listen here: {said}", hint)) from problem
    raise ConfigError(
        error("no-port", where, f"this port and the {PORTS_TRIED - 1} after it are taken", "name another with --port")
    )


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
    return replace(places, cache=folder, output=places.output if has_output else folder / "site")


def serve(
    rebuild: Callable[[], Outcome],
    *,
    places: Places,
    listener: socket.socket,
    base_path: str,
    hosts: Iterable[str],
    first: Outcome,
    report: Callable[[Outcome, float], None],
) -> None:
    """Serve a site that was built once, and rebuild it whenever its content, seeds or templates change, until a signal ends it.

    `report` is told of each build that did something, and when it began.

    Raises: KeyboardInterrupt, SystemExit.
    """
    from generator.serve.app import Preview

    preview = Preview(places.output, base_path)
    preview.announce(_errors(first), has_changed=True)
    asyncio.run(_run(preview, rebuild, places=places, listener=listener, hosts=tuple(hosts), report=report))


def _errors(outcome: Outcome) -> tuple[str, ...]:
    return tuple(str(problem) for problem in outcome.problems if problem.severity is Severity.ERROR)


async def _run(
    preview: "Preview",
    rebuild: Callable[[], Outcome],
    *,
    places: Places,
    listener: socket.socket,
    hosts: tuple[str, ...],
    report: Callable[[Outcome, float], None],
) -> None:
    import uvicorn

    from generator.serve.app import make_app

    config = uvicorn.Config(make_app(preview, hosts), log_config=None, access_log=False, lifespan="off", ws="none", http="h11")
    config.server_header = config.proxy_headers = False
    server = uvicorn.Server(config)
    ended = asyncio.Event()

    async def watch() -> None:
        try:
            async for is_save in _changes(places, ended):
                start = time.perf_counter()
                outcome = await asyncio.to_thread(_rebuild, rebuild, places)
                errors, has_changed = _errors(outcome), not outcome.is_unchanged and not outcome.failed
                # Whoever saves is told what is still wrong; what the first build found is not told twice.
                if has_changed or errors != preview.problems or (is_save and errors):
                    report(outcome, start)
                    preview.announce(errors, has_changed=has_changed)
        finally:
            server.should_exit = True

    async def end_streams() -> None:
        # The server waits for open streams before it ends, and tells nobody that it waits.
        while not server.should_exit:
            await asyncio.sleep(0.1)
        ended.set()
        preview.close()

    tasks = (asyncio.create_task(watch()), asyncio.create_task(end_streams()))
    try:
        await server.serve(sockets=[listener])
    finally:
        await asyncio.gather(*tasks)


async def _changes(places: Places, ended: asyncio.Event) -> AsyncIterator[bool]:
    """Yield True whenever a file that a build reads was saved, and once False when none was: it may have been before."""
    from watchfiles import awatch

    folders = [folder for folder in dict.fromkeys((places.content, places.seeds, places.templates, THEME)) if folder.is_dir()]
    is_first = True
    async for changes in awatch(
        *folders, debounce=DEBOUNCE_MS, step=STEP_MS, stop_event=ended, rust_timeout=IDLE_MS, yield_on_timeout=True
    ):
        if changes or is_first:
            yield bool(changes)
        is_first = False


def _rebuild(rebuild: Callable[[], Outcome], places: Places) -> Outcome:
    """Return what a build did; a failure that would end a command is a problem here, for the next save may mend it."""
    try:
        return rebuild()
    except GeneratorError as failure:
        return Outcome(problems=failure.problems)
    except OSError as failure:
        return Outcome(problems=translate(failure, places).problems)
