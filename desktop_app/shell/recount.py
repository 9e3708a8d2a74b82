"""After the calendar was changed the due days of open matters are counted anew, behind the work.

Registers do not know the ledgers that count with them, so the window brings the two together.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.registers.working_days.record import KIND as WORKING_DAYS
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner

TITLE = "按新日历重算到期日"


def _recounted(desk: Desk, job: Job) -> int:
    return visits.recount_due(desk, job) + requests.recount_due(desk, job)


class DueDays(QObject):
    """`moved` carries the kinds of record that look otherwise now."""

    moved = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner

    def take(self, kinds: frozenset[str]) -> None:
        """Somebody at this desk changed records of these kinds."""
        if self._desk.database.station.is_street:
            # The matters are the stations', and each counts by its own calendar.
            return
        if WORKING_DAYS.name in kinds and self._desk.actor.may(Right.MANAGE_STATION):
            ticket = self._runner.start(TITLE, partial(_recounted, self._desk))
            ticket.done.connect(self._done)

    @Slot(object)
    def _done(self, count: int) -> None:
        if count:
            self.moved.emit(frozenset({VISITS.name, REQUESTS.name}))
