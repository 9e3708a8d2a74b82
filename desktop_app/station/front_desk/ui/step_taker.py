"""Takes the steps of today's list: at once where nothing is to be asked, else by a small sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.ui.steps import QUESTIONS, StepSheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page


class StepTaker(QObject):
    """One step at a time; the page tells what was done."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    @Slot(object)
    def begin(self, wanted: tuple[VisitLine, Action]) -> None:
        """Somebody asked for a step of a line."""
        line, action = wanted
        if action not in QUESTIONS:
            self._take(line, action, None, StepDetails())
            return
        # The number and not the name: a sheet stands in the middle of the screen.
        sheet = StepSheet(self._page, action, line.matter_name or line.number)
        sheet.given.connect(partial(self._take, line, action, sheet))
        sheet.open()

    def _take(
        self, line: VisitLine, action: Action, sheet: StepSheet | None, details: StepDetails
    ) -> None:
        def work(_job: Job) -> Changed[Visit]:
            return service.take_step(self._desk, line, action, details)

        self._page.in_background(
            action.label,
            work,
            partial(self._done, line, action, sheet),
            partial(self._refused, sheet),
        )

    def _done(
        self,
        line: VisitLine,
        action: Action,
        sheet: StepSheet | None,
        changed: Changed[Visit],
    ) -> None:
        if sheet is not None:
            sheet.accept_step()
        what = " ".join(filter(None, (line.matter_name, line.number)))
        self._page.tell_changed(changed, f"{action.label} {what}")

    def _refused(self, sheet: StepSheet | None, fault: Fault) -> None:
        if sheet is not None:
            sheet.refuse_step(fault)
        else:
            self._page.say_fault(fault)
