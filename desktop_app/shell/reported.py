"""Keeps the window's word on the reporting true: after what is saved, and when a day has passed."""

from __future__ import annotations

import importlib

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.job import Job
from desktop_app.station.reporting.ui.standing_word import StandingWord, standing_word
from desktop_app.storage.home import Edition
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner

AFTER_SAVING_MS = 1500
"""Somebody at the counter saves again and again; the word may be a moment old."""

NOW_AND_THEN_MS = 20 * 60 * 1000
_PAGE = "desktop_app.station.reporting.ui.page"


class ReportedWatch(QObject):
    """`told` carries a `StandingWord`. A street reports to nobody here: it says nothing."""

    told = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._asking = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_SAVING_MS)
        self._soon.timeout.connect(self._ask)
        self._slowly = QTimer(self)
        self._slowly.setInterval(NOW_AND_THEN_MS)
        self._slowly.timeout.connect(self._ask)

    def start(self) -> None:
        """Look in a moment, and from now on."""
        if self._desk.database.station.edition == Edition.STATION:
            self._slowly.start()
            # Not at once: the front desk comes first, in the same lane.
            self._soon.start()

    @Slot()
    def look_soon(self) -> None:
        """Something was saved."""
        if self._slowly.isActive():
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        ticket = self._runner.start("上报情况", self._read, quick=True)
        ticket.done.connect(self._answered)
        ticket.failed.connect(self._answered)

    def _read(self, job: Job) -> StandingWord:
        """In the worker's thread, where the page is loaded, too: the first visit need not wait."""
        word = standing_word(self._desk, job)
        importlib.import_module(_PAGE)
        return word

    @Slot(object)
    def _answered(self, word: object) -> None:
        # A database that cannot be read at the moment is told by the next real work.
        self._asking = False
        if isinstance(word, StandingWord):
            self.told.emit(word)
        if self._again:
            self._ask()
