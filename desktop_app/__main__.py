"""Chooses between the two faces: the window (`jinlin`, `jinlin open`) and the command line."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program; answers the exit status (see `core.errors.ExitStatus`)."""
    from desktop_app.cli.main import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
