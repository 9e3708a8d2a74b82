"""One window per home: a second start knocks at the first window and leaves.

The knock is a file in the home that the first window takes away: no socket, no network library, and
it works wherever the home's own lock works.
"""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.storage.files import remove_file, write_atomic

KNOCK = "window.knock"
PATIENCE_SECONDS = 3.0
_LOOK_EVERY_SECONDS = 0.05
_WHAT = "唤出已打开的窗口"


class Doorbell(QObject):
    """Watches the home for a knock; `rung` comes when another start asks for the window."""

    rung = Signal()

    def __init__(self, home: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._knock = home / KNOCK
        self._watcher = QFileSystemWatcher([str(home)], self)
        self._watcher.directoryChanged.connect(self._look)
        # What a start left behind that found nobody is not for us.
        self._take()

    @Slot()
    def _look(self) -> None:
        if self._knock.exists() and self._take():
            self.rung.emit()

    def _take(self) -> bool:
        try:
            return remove_file(self._knock, what=_WHAT)
        except Fault:
            return False


def knock(home: Path, patience: float = PATIENCE_SECONDS) -> bool:
    """Ask the window that is already open to come to the front; False when nobody answers."""
    path = home / KNOCK
    try:
        write_atomic(path, b"", verify=False, what=_WHAT)
    except Fault:
        return False
    waiting = threading.Event()
    for _ in range(round(patience / _LOOK_EVERY_SECONDS)):
        if not path.exists():
            return True
        waiting.wait(_LOOK_EVERY_SECONDS)
    try:
        remove_file(path, what=_WHAT)
    except Fault:
        return False
    return False
