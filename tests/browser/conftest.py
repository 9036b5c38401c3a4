"""What the browser tests share: a small site served at `/` and below a path, and a real Chromium that notes every fault."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.build import build
from generator.build.outcome import Options
from generator.places import find_places
from tests.archives import reader_archive
from tests.waiting import TIMEOUT_S

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
SUB_PATH = "/archive/briefings/"
# Five seconds, as Playwright has it, is less than a busy machine may need; what is as it should be is waited for no longer.
expect.set_options(timeout=TIMEOUT_S * 1000)


class _Host(SimpleHTTPRequestHandler):
    """Serves files as a static host does: `404.html` for what is not there."""

    # Connections stay open, as at any host: a search asks for thirty files.
    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.translate_path("/404.html"))
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        content = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # The name is that of the base class.
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    # Each window opens six connections at once, of which five may wait by default; the next one would come a second later.
    request_queue_size = 64


def _serve(folder: Path) -> ThreadingHTTPServer:
    server = _Server(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Serve one archive built for two addresses; return path → address of the site."""
    root = tmp_path_factory.mktemp("archive")
    for name, text in reader_archive().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    addresses, servers = {}, []
    for number, path in enumerate(("/", SUB_PATH)):
        host = root / f"host-{number}"
        host.mkdir()
        servers.append(_serve(host))
        addresses[path] = f"http://127.0.0.1:{servers[-1].server_address[1]}{path}"
        output = host / path.strip("/")
        output.parent.mkdir(parents=True, exist_ok=True)
        places = find_places(root, output=str(output), cache=f"cache-{number}")
        outcome = build(places, Options(jobs=1, base_url=addresses[path]))
        assert not outcome.failed, outcome.problems
    yield addresses
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(sites: dict[str, str]) -> str:
    """Return the address of the site at the root of its host, without the slash at its end."""
    return sites["/"].rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine; `make test` installs one where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    assert program, "no Chromium on this machine"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        browser.on("context", lambda context: context.set_default_timeout(TIMEOUT_S * 1000))
        yield browser
        browser.close()


@dataclass
class Reader:
    """A page in the browser, and what went wrong on it: errors, refusals of the security policy, requests elsewhere."""

    page: Page
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


OpenReader = Callable[..., Reader]


@pytest.fixture
def open_reader(browser: Browser, sites: dict[str, str]) -> Iterator[OpenReader]:
    """Return a function that opens a window of its own (width, colour scheme, with or without scripts)."""
    contexts = []
    hosts = {urlsplit(address).netloc for address in sites.values()}

    def open_window(*, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        reader = Reader(context.new_page())
        reader.page.on("pageerror", lambda error: reader.faults.append(str(error)))
        reader.page.on("console", lambda said: reader.faults.append(said.text) if said.type in ("error", "warning") else None)

        def note(url: str) -> None:
            reader.requests.append(url)
            if urlsplit(url).netloc not in hosts:
                reader.faults.append(f"request to {url}")

        reader.page.on("request", lambda request: note(request.url))
        return reader

    yield open_window
    for context in contexts:
        context.close()
