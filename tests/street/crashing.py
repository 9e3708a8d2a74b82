"""Takes files in and is killed on the way, at every sort of moment; run as a process of its own.

`python -m tests.street.crashing BACKEND ADDRESS FOLDER`: each bundle in FOLDER is taken in by a
fork that is killed at another of the moments there are: before a statement, before a commit, before
and after the receipt takes its name. Prints how each fork ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Actor, Right
from desktop_app.storage import files
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.service import take_in
from tests.stations import KEY, MONDAY_MORNING, ON_SERVER

CLERK = Actor(None, "陈立", "街道", frozenset(Right))


class Moments:
    """Counts the moments of a run, and ends the process at the one that was asked for."""

    def __init__(self, kill_at: int) -> None:
        self.passed = 0
        self._kill_at = kill_at
        sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: self.passes())
        sa.event.listen(sa.Engine, "commit", lambda *_: self.passes())
        rename = files._rename

        def renamed(*arguments: Any) -> None:
            self.passes()
            rename(*arguments)
            self.passes()

        vars(files)["_rename"] = renamed

    def passes(self) -> None:
        self.passed += 1
        if self.passed == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def open_desk(backend: str, address: str) -> Desk:
    """A seat at the street's database."""
    clock = FixedClock(MONDAY_MORNING)
    if backend == "sqlite":
        return Desk(open_file(Path(address), KEY, clock), CLERK)
    return Desk(open_server(address, ON_SERVER, clock), CLERK)


def forked(work: Callable[[], int]) -> int:
    """What a fork answered, or -9 when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    said = os.read(reading, 100)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else int(said)


def main(backend: str, address: str, folder: Path) -> None:
    catalog.table_modules()
    paths = sorted(folder.glob("*.jlb"))

    def taking(path: Path, kill_at: int) -> Callable[[], int]:
        def take() -> int:
            moments = Moments(kill_at)
            desk = open_desk(backend, address)
            take_in(desk, [path], folder / "receipts")
            desk.database.close()
            return moments.passed

        return take

    # Not in a fork: whatever this has to compile, every fork finds compiled.
    total = taking(paths[0], 0)()
    for place, path in enumerate(paths[1:]):
        at = 1 + place * (total - 1) // max(1, len(paths) - 2)
        sys.stdout.write(f"{path.name} {at} {total} {forked(taking(path, at))}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
