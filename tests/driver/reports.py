"""Uses the page 报表 as whoever writes the month's report does: by keys, reading what it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.station.period_figures.service.report import ACTIVITIES, VISITS
from desktop_app.station.period_figures.ui.page import ReportsPage
from desktop_app.widgets.charts import ChartView
from desktop_app.widgets.figure_tiles import FigureTile
from tests.driver.typing import press
from tests.driver.visits import Seat

KEY = Qt.Key


class ReportsSeat(Seat):
    """The page 报表; in a window that lists visits and, unless told otherwise, activities."""

    page: ReportsPage

    def __init__(self, page: ReportsPage, qtbot: QtBot, *, with_activities: bool = True) -> None:
        super().__init__(page, qtbot)
        page.places = frozenset({VISITS, ACTIVITIES} if with_activities else {VISITS})

    def come_in(self) -> None:
        """Bring the page to the front and wait until it shows something."""
        self.come()
        self.settle()

    def settle(self) -> None:
        """Until the period chosen is the one on show."""
        page = self.page
        self.wait(lambda: page.report is not None and page.report.period == page.bar.period)

    def press(
        self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        press(self.page, *keys, with_=with_)

    def turn(self, *keys: Qt.Key) -> str:
        """Press keys that choose a period; answers what is on show then."""
        self.press(*keys)
        self.settle()
        return self.period()

    def period(self) -> str:
        assert self.page.report is not None
        return self.page.report.period.label

    def tile(self, name: str) -> FigureTile:
        return self.page.content.tiles[name]

    def figure(self, name: str) -> str:
        """A figure as it is read out: its word and its number."""
        return self.tile(name).accessibleName()

    def small(self, name: str) -> str:
        """What stands below a figure and what is read out after it."""
        return self.tile(name).accessibleDescription()

    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def focused_figure(self) -> str:
        """The name of the figure the keyboard is on."""
        focused = self.focused()
        return focused.line.name if isinstance(focused, FigureTile) else ""

    def go_to(self, name: str) -> None:
        """Put the keyboard on a figure."""
        self.tile(name).setFocus()

    def chart(self, key: str) -> ChartView:
        """A chart of the page, with the keyboard on it."""
        view = self.page.content.charts[key]
        view.setFocus()
        return view

    def charts(self) -> list[str]:
        """The titles of the charts on show."""
        views = self.page.content.charts.values()
        return [view.accessibleName() for view in views if view.isVisibleTo(self.page)]

    def how(self) -> str:
        """The line that says how the figure is counted."""
        return self.page.how.text()

    def button(self, word: str) -> QPushButton | None:
        """A visible button by its word."""
        found = [one for one in self.page.findChildren(QPushButton) if one.isVisible()]
        return next((one for one in found if one.text() == word), None)
