"""The preview as a real server in a process of its own: what it answers, what it refuses, and that a save reaches the browser."""

import http.client
import json
import signal
import socket
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue

import pytest

from generator.build.outcome import Outcome
from generator.errors import ConfigError, Location, error
from generator.places import find_places
from generator.serve import is_open_to_others, open_port, serve, wait_for_save
from tests.archives import briefing_file
from tests.serving import Server, save, serving, write_archive
from tests.waiting import TIMEOUT_S

BRIEFING = "content/briefings/2025/2025-08-16-india.md"
PAGE = "/briefings/briefings/2025-08-16-india/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("archive")
    write_archive(root)
    with serving(root) as server:
        yield server


def test_a_page_carries_the_script_that_reloads_it_and_its_file_does_not(server: Server) -> None:
    response, body = server.get(PAGE)
    written = next(server.root.glob(".cache/preview/*/site/briefings/2025-08-16-india/index.html")).read_bytes()
    assert response.status == 200
    assert body.count(b'<script src="/__bilateral/live.js"') == 1
    assert b"__bilateral" not in written
    assert len(body) > len(written)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/briefings/", 200),
        ("/briefings/pairs/in-kr/?from=mail", 200),
        ("/briefings/feed.xml", 200),
        ("/briefings/pairs/in-kr", 307),
        ("/briefings/pairs/kr-in/", 301),
        ("/briefings/nowhere/", 404),
        ("/", 404),
        ("/pairs/in-kr/", 404),
        ("/__bilateral/live.js", 200),
        ("/__bilateral/live.css", 200),
        ("/__bilateral/app.py", 404),
        ("/__bilateral/../app.py", 404),
    ],
)
def test_a_path_has_its_answer(server: Server, path: str, status: int) -> None:
    assert server.status(path) == status


@pytest.mark.parametrize(
    "spelling",
    [
        "/briefings/../../../content/archive.toml",
        "/briefings/%2e%2e/%2e%2e/%2e%2e/content/archive.toml",
        "/briefings/..%2f..%2f..%2fcontent/archive.toml",
        "/briefings/%2e%2e%5c%2e%2e%5ccontent%5carchive.toml",
        "/briefings/..\\..\\content\\archive.toml",
        "/briefings//etc/passwd",
        "/briefings/%2fetc/passwd",
        "/briefings/./index.html",
        "/briefings/pairs/../index.html",
        "/briefings/%252e%252e/archive.toml",
        "/briefings/index.html%00.md",
        "//briefings/pairs",
        "/briefings/" + "x" * 5000,
    ],
)
def test_no_spelling_of_a_path_leaves_the_site(server: Server, spelling: str) -> None:
    response, body = server.get(spelling)
    assert response.status == 404
    assert b"Test archive" in body
    assert b"base_url" not in body


def test_a_missing_page_is_answered_with_the_site_s_own_page(server: Server) -> None:
    response, body = server.get("/briefings/nowhere/")
    assert response.status == 404
    assert b"This page is not here" in body
    assert b"/__bilateral/live.js" in body


def test_redirects_lead_where_the_site_says(server: Server) -> None:
    assert server.get("/briefings/pairs/kr-in/")[0].headers["Location"] == "/briefings/pairs/in-kr/"
    assert server.get("/briefings/pairs/in-kr?a=b")[0].headers["Location"] == "/briefings/pairs/in-kr/?a=b"


def test_a_link_out_of_the_site_is_not_followed(server: Server) -> None:
    site = next(server.root.glob(".cache/preview/*/site"))
    (site / "out.txt").symlink_to(server.root / "content/archive.toml")
    (site / "folder").symlink_to(server.root / "content")
    assert server.status("/briefings/out.txt") == 404
    assert server.status("/briefings/folder/archive.toml") == 404
    (site / "out.txt").unlink()
    (site / "folder").unlink()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::"]
)
def test_a_foreign_name_is_refused(server: Server, host: str) -> None:
    assert server.status("/briefings/", Host=host) == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8000", "localhost."])
def test_its_own_names_are_answered(server: Server, host: str) -> None:
    assert server.status("/briefings/", Host=host) == 200


def test_a_preview_for_others_answers_to_the_address_at_which_they_ask(tmp_path: Path) -> None:
    write_archive(tmp_path)
    with serving(tmp_path, "--host", "0.0.0.0") as server:  # noqa: S104  # On purpose.
        # All of 127.0.0.0/8 is this machine: one address of several, as in a network.
        assert server.status("/briefings/", host="127.0.0.2") == 200
        assert server.status("/briefings/", host="127.0.0.2", Host="127.0.0.3") == 400
        assert server.status("/briefings/", host="127.0.0.2", Host="evil.example") == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_it_can_only_be_read(server: Server, method: str) -> None:
    response, _ = server.get("/briefings/", method)
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_the_head_of_a_page_is_that_of_the_page(server: Server) -> None:
    response, body = server.get("/briefings/", "HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) == len(server.get("/briefings/")[1])


def test_no_other_site_may_read_or_listen(server: Server) -> None:
    response, _ = server.get("/briefings/", Origin="http://evil.example")
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert server.status("/__bilateral/events", Origin="http://evil.example") == 403
    assert server.status("/__bilateral/events", Origin="null") == 403
    assert server.status("/__bilateral/events", Sec_Fetch_Site="cross-site") == 403


@contextmanager
def listening(server: Server) -> Iterator[Iterator[dict[str, object]]]:
    """Give what the server tells an open page, one event after another."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT_S)
    connection.request("GET", "/__bilateral/events", headers={"Origin": f"http://127.0.0.1:{server.port}"})
    response = connection.getresponse()
    assert response.headers["Content-Type"].startswith("text/event-stream")
    with closing(connection), response:
        lines = iter(response.readline, b"")
        yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))


def test_a_save_reaches_the_browser_and_a_fault_leaves_the_last_good_site(server: Server) -> None:
    with listening(server) as told:
        first = next(told)
        save(server.root, BRIEFING, briefing_file("A new title"))
        second = next(told)
        assert b"A new title" in server.get(PAGE)[1]
        save(server.root, BRIEFING, briefing_file("A newer title", sectors="[semicondctors]"))
        third = next(told)
        assert b"A new title" in server.get(PAGE)[1]
        save(server.root, BRIEFING, briefing_file("The last title"))
        fourth = next(told)
        assert b"The last title" in server.get(PAGE)[1]
    assert first["problems"] == second["problems"] == fourth["problems"] == []
    assert len({event["version"] for event in (first, second, fourth)}) == 3
    assert third["version"] == second["version"]
    assert third["problems"] == [
        f'{BRIEFING}:8:11: unknown sector "semicondctors" (did you mean "semiconductors"?) [unknown-sector]'
    ]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_also_while_a_browser_listens(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    write_archive(tmp_path)
    with serving(tmp_path) as server, listening(server) as told:
        assert next(told)["problems"] == []
        server.process.send_signal(sent)
        assert server.process.wait(TIMEOUT_S) == code
    assert not (tmp_path / "site").exists()


def test_a_first_build_that_fails_is_shown_until_it_is_mended(tmp_path: Path) -> None:
    write_archive(tmp_path)
    (tmp_path / BRIEFING).write_text(briefing_file(sectors="[semicondctors]"), encoding="utf-8")
    with serving(tmp_path) as server:
        response, body = server.get("/briefings/")
        assert response.status == 503
        assert b"There is no site yet" in body
        with listening(server) as told:
            assert "unknown sector" in str(next(told)["problems"])
            save(tmp_path, BRIEFING, briefing_file())
            assert next(told)["problems"] == []
        assert server.status("/briefings/") == 200


class EndedError(Exception):
    """Ends a preview from within."""


def preview_until_it_ends(root: Path, rebuild: Callable[[Collection[str]], Outcome], first: Outcome) -> list[Outcome]:
    """Serve an archive until `rebuild` ends it, and return what was told of builds."""
    told: list[Outcome] = []
    # In a thread, since the browser tests of the same process have a loop of events in theirs.
    with open_port("127.0.0.1", 0) as listener, ThreadPoolExecutor() as threads:
        preview = threads.submit(
            serve,
            rebuild,
            places=find_places(root),
            listener=listener,
            base_path="/",
            hosts=(),
            first=first,
            report=lambda outcome, _: told.append(outcome),
        )
        assert isinstance(preview.exception(TIMEOUT_S), EndedError)
    return told


def fault(code: str) -> Outcome:
    return Outcome(problems=(error(code, Location(BRIEFING), "a fault"),))


def test_a_fault_is_told_again_after_a_save_and_not_before(tmp_path: Path) -> None:
    write_archive(tmp_path)
    faulty = fault("unknown-sector")
    looks: list[bool] = []

    def rebuild(saved: Collection[str]) -> Outcome:
        looks.append(bool(saved))
        if len(looks) == 3:
            raise EndedError
        save(tmp_path, BRIEFING, briefing_file(f"Title {len(looks)}"))
        return faulty

    # The first look is for what was saved during the first build: nothing was.
    assert preview_until_it_ends(tmp_path, rebuild, faulty) == [faulty]


def test_a_save_is_told_by_its_path_and_then_everything_is_looked_at(tmp_path: Path) -> None:
    write_archive(tmp_path)
    asked: list[frozenset[str]] = []

    def rebuild(saved: Collection[str]) -> Outcome:
        if asked and asked[-1] and not saved:
            raise EndedError
        asked.append(frozenset(saved))
        if not saved:
            save(tmp_path, BRIEFING, briefing_file("A new title"))
        return Outcome()

    preview_until_it_ends(tmp_path, rebuild, Outcome())
    assert not asked[0]
    assert frozenset().union(*asked) == {str(tmp_path / BRIEFING)}


def test_after_a_fault_everything_is_looked_at(tmp_path: Path) -> None:
    write_archive(tmp_path)
    asked: list[frozenset[str]] = []

    def rebuild(saved: Collection[str]) -> Outcome:
        asked.append(frozenset(saved))
        if len(asked) == 3:
            raise EndedError
        save(tmp_path, BRIEFING, briefing_file(f"Title {len(asked)}"))
        return fault("unknown-sector") if saved else Outcome()

    preview_until_it_ends(tmp_path, rebuild, Outcome())
    assert [bool(saved) for saved in asked] == [False, True, False]


def test_what_changed_meanwhile_is_looked_at_at_once(tmp_path: Path) -> None:
    write_archive(tmp_path)
    asked: list[frozenset[str]] = []

    def rebuild(saved: Collection[str]) -> Outcome:
        asked.append(frozenset(saved))
        if len(asked) == 1:
            save(tmp_path, BRIEFING, briefing_file("A new title"))
        if len(asked) == 3:
            raise EndedError
        return fault("changed-meanwhile") if saved else Outcome()

    assert preview_until_it_ends(tmp_path, rebuild, Outcome()) == []
    assert [bool(saved) for saved in asked] == [False, True, False]


def test_a_watcher_that_fails_ends_the_preview_with_a_sentence() -> None:
    saves: SimpleQueue[set[str] | Exception] = SimpleQueue()
    saves.put({"content/a.md"})
    saves.put(OSError(24, "Too many open files"))
    with pytest.raises(ConfigError) as failure:
        wait_for_save(saves)
    assert str(failure.value.problems[0]) == (
        "serve: the files cannot be watched: Too many open files (end other programs that watch files, or let the system allow "
        "more: on Linux, fs.inotify) [no-watch]"
    )


def test_a_seed_that_is_saved_becomes_a_page_and_its_briefing_is_named(tmp_path: Path) -> None:
    write_archive(tmp_path)
    (tmp_path / "seeds").mkdir()
    log = tmp_path / "log"
    with log.open("w") as said, serving(tmp_path, has_seeds=True, log=said) as server, listening(server) as told:
        next(told)
        seed = "Peru and Fiji sign a pact\n\n2025-03-06\n\nPeru and Fiji signed a pact on fish in Lima on Thursday.\n"
        save(tmp_path, "seeds/pact.txt", seed)
        assert next(told)["problems"] == []
        assert server.status("/briefings/briefings/2025-03-06-peru-and-fiji-sign-a-pact/") == 200
    assert "wrote content/briefings/2025/2025-03-06-peru-and-fiji-sign-a-pact.md\n" in log.read_text(encoding="utf-8")


def test_a_folder_that_is_made_while_it_runs_is_watched_too(tmp_path: Path) -> None:
    write_archive(tmp_path)
    with serving(tmp_path) as server, listening(server) as told:
        next(told)
        (tmp_path / "templates/partials").mkdir(parents=True)
        for words in ("Made by hand", "Made anew"):
            save(tmp_path, "templates/partials/footer.html", f"<footer>{words}</footer>\n")
            next(told)
            assert words.encode() in server.get(PAGE)[1]


def test_the_next_port_is_taken_when_one_is_in_use() -> None:
    with open_port("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with open_port("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


def test_the_last_port_is_told_where_it_is_taken() -> None:
    with socket.socket() as taken:
        with suppress(OSError):  # Somebody else has it.
            taken.bind(("127.0.0.1", 65_535))
            taken.listen()
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1:65535: this port is taken \(name another with --port\) \[no-port\]"):
            open_port("127.0.0.1", 65_535)


@pytest.mark.parametrize("host", ["a..b", "caf\udce9", "x" * 70])
def test_a_name_that_no_machine_can_have_is_a_wrong_setting(host: str) -> None:
    with pytest.raises(ConfigError, match=r"the preview cannot listen here: .* \[no-port\]"):
        open_port(host, 8000)


def test_an_address_of_another_machine_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1:8000: the preview cannot listen here: .* \[no-port\]"):
        open_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "is_open"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("192.168.1.5", True), ("::", True), ("example.org", True)],
)
def test_a_preview_knows_whether_others_can_read_it(host: str, is_open: bool) -> None:
    assert is_open_to_others(host) is is_open
