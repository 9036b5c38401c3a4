"""Entry of `bilateral` and of `python -m generator`."""

import os
import signal
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command of this process, which Ctrl-C ends without a word as long as the program is being loaded."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and sys.executable:
        # The names of seeds go into files that others have too, to whom the encoding of this terminal means nothing.
        os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding if sys.stdout else "utf-8")
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  # This same program.
    from generator.cli import run

    run()


if __name__ == "__main__":
    run()
