"""Uses the screens of requests as a clerk does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.requests.ui.form import RequestFormPage
from desktop_app.ledgers.requests.ui.page import RequestsPage
from desktop_app.ledgers.requests.ui.record import RequestPage
from desktop_app.widgets.jobs import JobRunner
from tests.driver.typing import type_text
from tests.driver.visits import Seat

NONE = Qt.KeyboardModifier.NoModifier


class RequestsSeat(Seat):
    """The page 诉求."""

    page: RequestsPage

    def __init__(self, page: RequestsPage, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.table, self.filters = page.table, page.filters

    def column(self, title: str) -> list[str]:
        """What a column shows, from top to bottom."""
        model = self.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]

    def wait_for(self, title: str, words: list[str]) -> None:
        """Until a column shows exactly this."""
        self.wait(lambda: self.column(title) == words)

    def focus(self, title: str) -> None:
        """Put the keyboard on the row of this request."""
        rows: Any = self.table.model.rows
        self.table.focus_row(next(row.uid for row in rows if row.line.title == title))
        self.table.view.setFocus()


class RequestSeat(Seat):
    """The page of one request."""

    page: RequestPage

    def __init__(self, page: RequestPage, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.header, self.content = page.header, page.content

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        # A window manager gives the keyboard back when a sheet closes; here there is none.
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)
        super().press(*keys, with_=with_)

    def steps(self) -> list[str]:
        """The step buttons on the page, the first one first."""
        return [one.accessibleName() for one in self.header.steps if one.isVisible()]

    def fact(self, label: str) -> str:
        """What stands beside a label on the page."""
        content = self.content
        cards = (content.person, content.matter, content.handling, content.register)
        return next((words for card in cards if (words := card.words_of(label))), "")

    def course(self) -> list[str]:
        """The steps of its course as they are read out, the latest first."""
        return list(self.content.course.steps)


class FormSeat(Seat):
    """The page 登记诉求."""

    page: RequestFormPage

    def __init__(self, page: RequestFormPage, runner: JobRunner, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.body, self.runner = page.body, runner

    def begin(self, wanted: object = "new") -> None:
        """Come to the form as the window does."""
        self.page.narrow_to(wanted)
        self.come()
        self.settle()

    def settle(self) -> None:
        """Until nothing is being read or kept any more."""
        self.wait(lambda: not self.runner.running)

    def write(self, **words: str) -> None:
        """Type into fields by their names."""
        for name, text in words.items():
            editor: Any = self.body.fields[name].editor
            editor.setFocus()
            editor.selectAll()
            type_text(editor, text)

    def focused(self) -> str:
        """The field with the keyboard, by its label."""
        fields = self.body.fields.values()
        return next((one.label for one in fields if one.editor.hasFocus()), "")
