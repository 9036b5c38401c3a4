"""What the preview answers: the built site, untouched on disk, and a script that reloads the page, added on the way out.

Any web site that is open in the same browser can send requests to this server. So it answers only to its own names (a foreign
name that was made to point here would otherwise read everything), only `GET` and `HEAD`, and gives nobody else leave to read.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse

from generator.files import read_file
from generator.publish.urls import parse_redirects

OWN = "/__bilateral/"
OWN_FILES = {"live.js": "text/javascript", "live.css": "text/css"}
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
# A browser that has gone is noticed when something is sent to it.
HEARTBEAT_S = 15.0
SHOWN_PROBLEMS = 50
NO_SITE = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><title>No site yet</title><body><main><h1>There is no site yet</h1>'
    b"<p>The first build has failed. The terminal says why, and this page goes on by itself then.</p></main></body>"
    b"</html>"
)

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


class Preview:
    """The state that the server and the rebuilding share: which build is shown, and what is wrong since."""

    def __init__(self, root: Path, base_path: str) -> None:
        self.root, self.base_path = root, base_path
        # Pages of an earlier server, still open in a browser, must not take its first build for theirs.
        self.mark, self.builds = f"{os.getpid()}", 0
        self.problems: tuple[str, ...] = ()
        self.redirects: dict[str, tuple[str, int]] = {}
        self.is_closed = False
        self.news = asyncio.Event()
        self.read_redirects()

    @property
    def version(self) -> str:
        """The name of the build that is shown."""
        return f"{self.mark}-{self.builds}"

    def read_redirects(self) -> None:
        """Take over the redirects of the build that is shown."""
        self.redirects = parse_redirects(read_file(self.root / "_redirects") or b"")

    def announce(self, problems: Iterable[str], *, has_changed: bool) -> None:
        """Tell every open page what the last build did."""
        self.problems = tuple(problems)
        if has_changed:
            self.builds += 1
            self.read_redirects()
        self._wake()

    def close(self) -> None:
        """End all streams, so that the server can end."""
        self.is_closed = True
        self._wake()

    def _wake(self) -> None:
        woken, self.news = self.news, asyncio.Event()
        woken.set()

    async def stream(self) -> AsyncIterator[bytes]:
        """Yield the state of the preview now and whenever it changes, as Server-Sent Events."""
        yield b"retry: 500\n\n"
        while not self.is_closed:
            news = self.news
            problems = self.problems[:SHOWN_PROBLEMS]
            yield f"data: {json.dumps({'version': self.version, 'problems': problems})}\n\n".encode()
            while not news.is_set():
                try:
                    await asyncio.wait_for(news.wait(), HEARTBEAT_S)
                except TimeoutError:
                    yield b":\n\n"


def make_app(preview: Preview, hosts: Iterable[str]) -> App:
    """Return the application for a preview that answers to the names `hosts`, and to the address at which a request came in.

    Behind a foreign name that was made to point here, a browser sends that name, and never the address.
    """
    own = frozenset(host.lower() for host in hosts)

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        names = own | {scope["server"][0].lower()} if scope.get("server") else own
        response = _refuse(request, names) or _answer(request, preview)
        response.headers.update(HEADERS)
        await response(scope, receive, send)

    return app


def _refuse(request: Request, names: frozenset[str]) -> Response | None:
    """Return why a request is not answered, or None when it may be."""
    if _host(f"//{request.headers.get('host', '')}") not in names:
        return Response("This preview does not answer to that name.\n", 400, media_type="text/plain")
    if request.method not in ("GET", "HEAD"):
        return Response("This preview can only be read.\n", 405, {"Allow": "GET, HEAD"}, media_type="text/plain")
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if request.url.path.startswith(OWN) and (site not in ("same-origin", "none") or (origin and _host(origin) not in names)):
        return Response("This is only for pages of the preview.\n", 403, media_type="text/plain")
    return None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _answer(request: Request, preview: Preview) -> Response:
    path: str = request.scope["path"]
    if path.startswith(OWN):
        return _answer_own(path.removeprefix(OWN), preview)
    if path in preview.redirects:
        target, status = preview.redirects[path]
        return RedirectResponse(target, status)
    found = find_file(preview, path)
    if found is None:
        return _answer_missing(preview)
    if found.is_dir():
        query = request.url.query
        return RedirectResponse(f"{path}/{'?' + query if query else ''}", 307)
    return _page(found.read_bytes(), preview) if found.suffix == ".html" else FileResponse(found)


def _answer_own(name: str, preview: Preview) -> Response:
    if name == "events":
        return StreamingResponse(preview.stream(), media_type="text/event-stream")
    if name in OWN_FILES:
        data = resources.files(__package__).joinpath(name).read_bytes()
        return Response(data, media_type=OWN_FILES[name])
    return _answer_missing(preview)


def _answer_missing(preview: Preview) -> Response:
    page = preview.root / "404.html"
    if not page.is_file():
        return _page(NO_SITE, preview, status=503)
    return _page(page.read_bytes(), preview, status=404)


def _page(data: bytes, preview: Preview, status: int = 200) -> Response:
    """Return a page with the script that reloads it; the file on disk stays as it is."""
    script = f'<script src="{OWN}live.js" data-version="{preview.version}" defer></script>'.encode()
    head, end, tail = data.rpartition(b"</body>")
    return Response(head + script + end + tail if end else data + script, status, media_type="text/html")


def find_file(preview: Preview, path: str) -> Path | None:
    """Return the file that answers a path, or the folder when its last slash is missing; None for what lies outside the site."""
    if not path.startswith(preview.base_path):
        return None
    below = path.removeprefix(preview.base_path)
    names = below.split("/")
    is_folder = names[-1] == ""
    if any(name in ("", ".", "..") or "\\" in name or "\0" in name for name in names[: -1 if is_folder else None]):
        return None
    root = preview.root.resolve()
    try:
        found = root.joinpath(*names, "index.html" if is_folder else "").resolve()
        # A symbolic link may lead anywhere.
        is_inside = found.is_relative_to(root)
        return found if is_inside and (found.is_file() or (found.is_dir() and not is_folder)) else None
    except OSError:  # A name that is too long for the disk.
        return None
