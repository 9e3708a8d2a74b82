"""Looks, while a new person is typed, whether there is a file already; never in anybody's way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.rules.meaning import resident_draft
from desktop_app.station.front_desk.rules.text import Came
from desktop_app.station.front_desk.service import Similar
from desktop_app.station.front_desk.ui.form import VisitPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

LOOKS_AFTER_MS = 250


class SimilarSeeker(QTimer):
    """`touch()` after every change of the form; it looks when the typing pauses."""

    def __init__(self, desk: Desk, page: Page, form: VisitPane) -> None:
        super().__init__(page)
        self._desk, self._page, self._form = desk, page, form
        self.setSingleShot(True)
        self.setInterval(LOOKS_AFTER_MS)
        self.timeout.connect(self._look)

    @Slot()
    def touch(self) -> None:
        """Something changed; only of a new person can there be a second file."""
        if self._form.text().came == Came.NEW:
            self.start()

    @Slot()
    def _look(self) -> None:
        draft = resident_draft(self._form.text(), self._desk.today)

        def work(_job: Job) -> Sequence[Similar]:
            return service.similar_people(self._desk, draft)

        self._page.in_background("可能重复", work, self._form.person.set_similar, _ignore)


def _ignore(_fault: Fault) -> None:
    """A hint that could not be looked up is no reason to disturb anybody."""
