"""Keeps an eye on what is plugged in while the page is seen, off the window's thread.

A stick that does not answer keeps nobody waiting: it is asked in a lane of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.job import Job
from desktop_app.storage import drives as sticks
from desktop_app.storage.drives import Drive
from desktop_app.widgets.jobs import JobRunner

LOOK_EVERY_MS = 2000
_MOST_FILES = 2000
_MOST_ENTRIES = 300
"""Entries of a folder that are looked at: the root of a stick may hold a thousand photos."""


@dataclass(frozen=True, slots=True)
class Plugged:
    """What is plugged in: the drives, and those of their files that the page asked for."""

    drives: tuple[Drive, ...] = ()
    files: tuple[Path, ...] = ()


class DriveWatch(QObject):
    """`changed` carries a `Plugged`, whenever it is another one than before.

    `wanted` says by its name whether a file on a stick is one of ours; it is called in a worker's
    thread.
    """

    changed = Signal(object)

    def __init__(self, runner: JobRunner, parent: QObject, wanted: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._runner, self._wanted = runner, wanted
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_now)
        self.plugged = Plugged()

    @Slot()
    def start(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look_now()

    @Slot()
    def stop(self) -> None:
        """Nobody is looking at the page."""
        self._timer.stop()

    @Slot()
    def look_now(self) -> None:
        """Look once; while an earlier look has not come back, that one has to do."""
        if self._asking:
            return
        self._asking = True
        ticket = self._runner.start("查找 U 盘", self._see, device=True)
        ticket.done.connect(self._seen)
        ticket.failed.connect(self._seen)

    def _see(self, _job: Job) -> Plugged:
        found = tuple(sticks.drives())
        if found == self.plugged.drives:
            # Also as full as before: its files are the same, and a slow stick is left alone.
            return self.plugged
        files = [
            path
            for drive in found
            for path in islice(_near_the_root(drive.path), _MOST_FILES)
            if self._wanted(path.name)
        ]
        return Plugged(found, tuple(files))

    @Slot(object)
    def _seen(self, seen: object) -> None:
        self._asking = False
        if isinstance(seen, Plugged) and seen != self.plugged:
            self.plugged = seen
            self.changed.emit(seen)


def _near_the_root(folder: Path) -> Iterator[Path]:
    """The files of a stick and of its folders, one step down: nobody hides a receipt deeper."""
    try:
        entries = sorted(islice(folder.iterdir(), _MOST_ENTRIES))
        yield from (entry for entry in entries if entry.is_file())
        for below in (entry for entry in entries if entry.is_dir()):
            yield from (one for one in islice(below.iterdir(), _MOST_ENTRIES) if one.is_file())
    except OSError:
        # It was pulled while we looked, or a folder is closed to us.
        return
