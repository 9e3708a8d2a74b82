"""Long work as its worker sees it: it says how far it is and asks whether to go on.

The window (`widgets/jobs.py`) and the command line both hand such a `Job` to a service function.
No thread, no Qt and no screen in here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """Raised inside the work when somebody asked it to stop; what was committed stays."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` (None: nobody knows), and words such as 第 3 个文件."""

    done: int
    total: int | None = None
    words: str = ""

    @property
    def permille(self) -> int | None:
        """0…1000 for a bar, or None while the total is unknown."""
        if not self.total:
            return None
        return max(0, min(1000, self.done * 1000 // self.total))


_BREATH = 0.002
"""Seconds: less than anybody notices, and time enough for another thread to wake up."""


def _say_nothing(_: Progress) -> None:
    return None


class Job:
    """One piece of long work: `title` in words, progress out, a request to stop in.

    The work calls `progress()` every few dozen milliseconds; that is also where a request to stop
    takes effect, between two short transactions and never in the middle of one.
    """

    def __init__(self, title: str, on_progress: Callable[[Progress], None] = _say_nothing) -> None:
        self.title = title
        self._on_progress = on_progress
        self._stop = threading.Event()

    def listen(self, on_progress: Callable[[Progress], None]) -> None:
        """Send progress there from now on; for runners, before the work begins."""
        self._on_progress = on_progress

    def progress(self, done: int, total: int | None = None, words: str = "") -> None:
        """Tell how far the work is. Raises `Cancelled` when it should stop."""
        self.check()
        self._on_progress(Progress(done, total, words))

    def breathe(self) -> None:
        """Between two transactions: whoever waits for the writer has it now. A lock that is let go
        and taken again at once is hardly ever had by another thread."""
        self._stop.wait(_BREATH)
        self.check()

    def check(self) -> None:
        """Raise `Cancelled` when somebody asked to stop."""
        if self._stop.is_set():
            raise Cancelled(self.title)

    def afterwards(self, title: str) -> Job:
        """What must follow though this was stopped, to leave nothing behind: it is told to whoever
        listens here, and nobody stops it."""
        return Job(title, self._on_progress)

    def cancel(self) -> None:
        """Ask the work to stop at its next `progress()` or `check()`. From any thread."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()
