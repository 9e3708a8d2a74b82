"""Looks into the watched folder from time to time, off the window's thread; says what is new."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.service import Look, Print
from desktop_app.widgets.jobs import JobRunner

LOOK_EVERY_MS = 5000


class FolderWatch(QObject):
    """`found` carries the files to be taken in; `trouble` the sentence why the folder cannot be
    looked into, an empty one when it can again."""

    found = Signal(object)
    trouble = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._folder: Path | None = None
        self._before = Look()
        self._tried: set[Print] = set()
        self._known: set[Print] = set()
        self._asking = False
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_now)

    @property
    def folder(self) -> Path | None:
        """The folder that is looked into."""
        return self._folder

    def watch(self, folder: str) -> None:
        """Look into this folder from now on; an empty name stops it."""
        wanted = Path(folder) if folder else None
        if wanted == self._folder:
            return
        self._folder, self._before = wanted, Look()
        self._tried.clear()
        self._known.clear()
        self._say("")
        if wanted is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look_now()

    def try_again(self) -> None:
        """Something was taken in: what did not fit before may fit now."""
        self._tried.clear()

    @Slot()
    def look_now(self) -> None:
        """Look once; while an earlier look has not come back, that one has to do."""
        if self._asking or self._folder is None:
            return
        self._asking = True
        look = partial(self._look, self._folder, self._before, frozenset(self._tried | self._known))
        ticket = self._runner.start(service.WHAT, look, device=True)
        ticket.done.connect(self._seen)
        ticket.failed.connect(self._failed)

    def _look(self, folder: Path, before: Look, tried: frozenset[Print], _job: Job) -> object:
        return folder, service.look(self._desk, folder, before, tried)

    @Slot(object)
    def _seen(self, answer: tuple[Path, Look]) -> None:
        self._asking = False
        folder, look = answer
        if folder != self._folder:
            return
        self._before = look
        self._known |= look.known
        self._say("")
        if look.ready:
            self._tried |= {look.there[path] for path in look.ready}
            self.found.emit(look.ready)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self._asking = False
        self._before = Look()
        self._say(fault.words)

    def _say(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self.trouble.emit(words)
