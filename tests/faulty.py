"""Runs commands while something fails at a chosen call to the file system: a server, started once, that forks for each command.

Reads one JSON object a line (`arguments`, `root`, and the fault as `Fault` has it), and answers each with one line: how the
process ended, what it printed, and the calls that it made below `root`. Faults come through an audit hook, which Python calls
before each call of the system; no function of the program or of Python is replaced.
"""

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.cli import main

CALLS = frozenset({"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.scandir", "os.listdir"})


@dataclass
class Fault:
    """What fails: the call number `at` below `root`, or the first opening of `path`, or every call that is an `event`.

    `action` is "kill" (as `kill -9` does), the name of an error number ("ENOSPC") or of a signal ("SIGINT"), or "replace": what
    stands at `path` becomes the text `text`, a folder when `text` is None, and nothing when it is empty. The system `lacks` a
    function of this name.
    """

    at: int = 0
    action: str = ""
    path: str = ""
    text: str | None = ""
    event: str = ""
    lacks: str = ""

    def happen(self) -> None:
        """Let it happen, in the middle of the call.

        Raises: OSError for the name of an error number.
        """
        if self.action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.action.startswith("SIG"):
            os.kill(os.getpid(), getattr(signal, self.action))
        elif self.action == "replace":
            self._replace()
        elif self.action:
            number = getattr(__import__("errno"), self.action)
            raise OSError(number, os.strerror(number))

    def _replace(self) -> None:
        path = Path(self.path)
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if self.text is None:
            path.mkdir()
        elif self.text:
            path.write_text(self.text, encoding="utf-8")


def watch(root: str, fault: Fault, calls: list[str]) -> None:
    """Note every call below `root` from now on, and let the fault happen at its call."""
    is_busy = False

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal is_busy
        if event == "ctypes.dlsym" and arguments[1] == fault.lacks:
            raise AttributeError(fault.lacks)
        if is_busy or event not in CALLS or not arguments:
            return
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes, os.PathLike)) else ""
        # The removal of a tree names what it removes from inside the folder that holds it.
        if not path.startswith(root) and not (event in ("os.remove", "os.rmdir") and path and not path.startswith("/")):
            return
        calls.append(f"{event} {path}")
        is_meant = event == fault.event if fault.event else len(calls) == fault.at
        if path == fault.path if fault.path else is_meant:
            is_busy = True
            try:
                fault.happen()
            finally:
                is_busy = bool(fault.path)

    sys.addaudithook(hook)


def drop_rights() -> None:
    """Give up what sets a superuser above the mode bits of files; others have nothing to give up."""
    ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())


def run(arguments: list[str], root: str, fault: Fault, *, limit: int, log: Path) -> None:
    """Run one command in this process, which it ends; leave its calls in the file `log`.

    `limit` is the size in bytes beyond which it can write no file (0: there is none).
    """
    no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, no_limit[1]))
    drop_rights()
    calls: list[str] = []
    code = 70
    try:
        watch(root, fault, calls)
        code = main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
        log.write_text("\n".join(calls), encoding="utf-8")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def answer(request: dict[str, Any], log: Path) -> dict[str, object]:
    """Run the command of a request in a process of its own, and return how it ended and what it printed."""
    log.unlink(missing_ok=True)
    # Pipes, since a limit on the size of files is one on the file that takes what is printed, too.
    pipes = {"out": os.pipe(), "err": os.pipe()}
    child = os.fork()
    if not child:
        for number, (_, end) in enumerate(pipes.values(), 1):
            os.dup2(end, number)
        run(request["arguments"], request["root"], Fault(**request["fault"]), limit=request["limit"], log=log)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = {}
    for name, (start, end) in pipes.items():
        os.close(end)
        with open(start, encoding="utf-8") as stream:  # noqa: PTH123  # It is a number, not a path.
            said[name] = stream.read()
    return {"code": code, **said, "calls": log.read_text(encoding="utf-8") if log.exists() else ""}


if __name__ == "__main__":
    # What the children will need is imported once, before they are forked.
    with contextlib.redirect_stdout(sys.stderr):
        main(["-q", "-C", sys.argv[1], "check", "--jobs", "1"])
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), Path(sys.argv[2]))), flush=True)
