"""A preview as a real server in a process of its own, for tests that talk to it."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from tests.archives import small_archive
from tests.waiting import TIMEOUT_S


@dataclass(frozen=True)
class Server:
    """A running preview of the archive at `root`."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    def get(
        self, path: str, method: str = "GET", host: str = "127.0.0.1", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer to a path sent as it is, with a body read to its end."""
        connection = http.client.HTTPConnection(host, self.port, timeout=TIMEOUT_S)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def status(self, path: str, method: str = "GET", host: str = "127.0.0.1", **headers: str) -> int:
        return self.get(path, method, host, **headers)[0].status


def write_archive(root: Path) -> None:
    """Write the small archive to a folder."""
    for name, text in small_archive().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def save(root: Path, name: str, text: str) -> None:
    """Save a file of an archive at once: a preview that happens to see half of it says that it is faulty."""
    draft = root / "draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(root / name)


@contextmanager
def serving(root: Path, *arguments: str, has_seeds: bool = False, log: IO[str] | int = subprocess.DEVNULL) -> Iterator[Server]:
    """Serve the archive at `root` on a free port, with further `arguments`, until the block ends; `log` gets what it says."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "-C",
        str(root),
        "serve",
        *([] if has_seeds else ["--no-ingest"]),
        "--port",
        "0",
        "--jobs",
        "1",
        *arguments,
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process:
        assert process.stdout
        line = next(line for line in process.stdout if "the preview is at" in line)
        address = next(word for word in line.split() if word.startswith("http"))
        try:
            yield Server(root, urlsplit(address).port or 0, process)
        finally:
            process.terminate()
