"""Listens for what others write into the same database: another desk, the command line."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.job import Job
from desktop_app.storage.session import Database
from desktop_app.widgets.jobs import JobRunner

POLL_MILLISECONDS = 3000


class OthersWatch(QObject):
    """`wrote` comes within three seconds after somebody else has written."""

    wrote = Signal()

    def __init__(self, database: Database, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._database, self._runner = database, runner
        self._asking = False
        timer = QTimer(self)
        timer.setInterval(POLL_MILLISECONDS)
        timer.timeout.connect(self._ask)
        timer.start()
        # What was written before is not news: all pages are read after this question.
        self._asking = True
        ticket = runner.start("看看别处的改动", self._look, quick=True)
        ticket.done.connect(self._begun)
        ticket.failed.connect(self._begun)

    @Slot(object)
    def _begun(self, _wrote: object) -> None:
        self._asking = False

    @Slot()
    def _ask(self) -> None:
        if self._asking:
            return
        self._asking = True
        ticket = self._runner.start("看看别处的改动", self._look, quick=True)
        ticket.done.connect(self._answered)
        ticket.failed.connect(self._answered)

    def _look(self, _job: Job) -> bool:
        return self._database.others_wrote()

    @Slot(object)
    def _answered(self, wrote: object) -> None:
        # A failure to look (the server is away for a moment) is told by the next real work.
        self._asking = False
        if wrote is True:
            self.wrote.emit()
