"""Uses the page 总览 as a street's clerk does: by keys, reading what it shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.street.overview.ui.page import INBOX, OverviewPage
from desktop_app.widgets.figure_tiles import FigureTile
from tests.driver.typing import press
from tests.driver.visits import Seat


class OverviewSeat(Seat):
    """The page 总览 in a window that lists visits and activities and takes bundles in."""

    page: OverviewPage

    def __init__(self, page: OverviewPage, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        page.places = frozenset({"visits", "activities", INBOX})

    def come_in(self) -> None:
        """Bring the page to the front and wait until it shows something."""
        self.come()
        self.settle()

    def settle(self) -> None:
        """Until the period and the parts chosen are those on show."""
        page = self.page
        by, _ = page.content.parts.wanted
        self.wait(
            lambda: (
                page.report is not None
                and page.report.period == page.bar.period
                and page.report.parts.by is by
                and not page._runner.running
            )
        )

    def press(
        self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        press(self.page, *keys, with_=with_)

    def figure(self, name: str) -> str:
        """A figure as it is read out: its word and its number."""
        return self.page.content.tiles[name].accessibleName()

    def rows(self) -> list[list[str]]:
        """The table of parts as it is read."""
        table = self.page.content.parts.table
        return [] if table is None else _cells(table.model)

    def waiting(self) -> list[list[str]]:
        """The list of who has not reported."""
        return _cells(self.page.content.waiting.model)

    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def stops(self, count: int) -> list[str]:
        """What Tab comes to, as it is read out, so many times."""
        found = []
        for _ in range(count):
            self.press(Qt.Key.Key_Tab)
            focused = self.focused()
            assert focused is not None
            name = "figure" if isinstance(focused, FigureTile) else focused.accessibleName()
            found.append(name or getattr(focused, "text", str)())
        return found


def _cells(model: Any) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
