"""The example archive, built and served as a host on the web serves it: compressed, and kept where its address never changes."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.build import build
from generator.build.outcome import Options
from generator.places import find_places

ROOT = Path(__file__).parent.parent.parent
COMPRESSED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".md")


class _Host(SimpleHTTPRequestHandler):
    """Serves files compressed, and those of `/assets/` for a year."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # The name is that of the base class.
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        self.send_response(HTTPStatus.OK)
        if file.suffix in COMPRESSED:
            content = gzip.compress(content, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        kind = self.guess_type(str(file))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000, immutable" if "/assets/" in self.path else "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # The name is that of the base class.
        """Say nothing."""


@contextmanager
def host_example(folder: Path) -> Iterator[tuple[str, Path]]:
    """Build the example archive into `folder` and serve it until the block ends; yield its address and where its files are."""
    site = folder / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    address = f"http://127.0.0.1:{server.server_address[1]}"
    outcome = build(find_places(ROOT, output=str(site), cache=str(folder / "cache")), Options(base_url=f"{address}/"))
    assert not outcome.failed, outcome.problems
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address, site
    server.shutdown()
    server.server_close()
