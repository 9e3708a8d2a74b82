"""Chooses between the two faces: the window (`jinlin`, `jinlin open`) and the command line.

The command line is free of Qt; the two doors through which it reaches a screen are handed to it
from here.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the program; answers the exit status (see `core.errors.ExitStatus`)."""
    try:
        from desktop_app.cli.main import run
        from desktop_app.cli.world import this_process

        words = sys.argv[1:] if arguments is None else arguments
        return run(words, this_process(_open_window, _look_at_screen))
    except KeyboardInterrupt:
        # Before there was anything to stop; `run` itself answers Ctrl+C with the same status.
        return 4


def _open_window(home: Path) -> int:
    from desktop_app.shell.app import run_window

    return run_window(home, sys.argv[:1])


def _look_at_screen() -> list[tuple[str, bool, str]]:
    from desktop_app.shell.self_test import look

    return look(sys.argv[:1])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A frozen program is its own interpreter: where it spawns a process, that begins here.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
