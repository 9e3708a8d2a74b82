"""What of 三单 and of volunteers should not be forgotten, as quiet words below the day's figures;
F12 goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.route import OpenPage
from desktop_app.station.co_building.service import Reminder, reminders
from desktop_app.station.volunteering.reminders import reminders as of_volunteers
from desktop_app.storage.session import Desk
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

KEY = "F12"
_MOST = 3
"""More would push the day's list away; where one leads, the others can be seen, too."""


class ReminderLine(QWidget):
    """`wanted` carries a `Reminder`. Hidden while there is none."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[Reminder, ...] = ()
        self._buttons: list[QPushButton] = []
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.hair)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What is said now."""
        return tuple(one.words for one in self._shown)

    def show_reminders(self, found: Sequence[Reminder]) -> None:
        """Say these."""
        if tuple(found[:_MOST]) == self._shown:
            return
        self._shown = tuple(found[:_MOST])
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(one, first=not at) for at, one in enumerate(self._shown)]
        self.setVisible(bool(self._shown))

    def set_flat(self, on: bool) -> None:
        """Side by side on one low line, where the day's list has little height."""
        direction = QBoxLayout.Direction
        self._column.setDirection(direction.LeftToRight if on else direction.TopToBottom)

    @Slot()
    def go(self) -> None:
        """F12: to the most pressing one."""
        if self._shown:
            self.wanted.emit(self._shown[0])

    def _button(self, reminder: Reminder, *, first: bool) -> QPushButton:
        button = QPushButton(f"{reminder.words}  {KEY}" if first else reminder.words, self)
        button.setAccessibleName(reminder.words)
        button.setProperty("role", "plain")
        # The counter's Tab order is that of the conversation; the key is the way here.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        put_icon(button, "bell")
        button.clicked.connect(partial(self.wanted.emit, reminder))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


class Reminding(QObject):
    """Reads what there is to remember for a page, and leads where it is seen to."""

    def __init__(self, desk: Desk, page: Page, line: ReminderLine) -> None:
        super().__init__(page)
        self._desk, self._page, self._line = desk, page, line
        line.wanted.connect(self._follow)

    def load(self) -> None:
        """Off the window's thread; a reminder that cannot be read disturbs nobody."""
        self._page.in_background("提醒", self._read, self._show, _ignore)

    def _read(self, _job: Job) -> tuple[Reminder, ...]:
        return most_pressing(reminders(self._desk), of_volunteers(self._desk))

    def _show(self, found: tuple[Reminder, ...]) -> None:
        there = [one for one in found if one.page in self._page.places]
        self._line.show_reminders(there)

    @Slot(object)
    def _follow(self, reminder: Reminder) -> None:
        self._page.go(OpenPage(reminder.page, wanted=reminder.wanted))


def most_pressing(*kinds: Sequence[Reminder]) -> tuple[Reminder, ...]:
    """The first of each kind before the second of any: none is silent because another has much."""
    ranks = zip_longest(*kinds)
    return tuple(one for rank in ranks for one in rank if one is not None)


def _ignore(_fault: Fault) -> None:
    """The counter goes on without it."""
