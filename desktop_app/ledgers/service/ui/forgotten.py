"""What is asked where a sign-out was forgotten on an earlier day: when somebody really stopped."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.tokens import SPACE


def end_on(started_at: Millis, time: tuple[int, int], zone: Zone) -> Millis:
    """The first such time of day after the start: one that is earlier by the clock is on the next
    day, as of a night watch."""
    day = zone.day(started_at)
    end = zone.at(day, *time)
    return end if end > started_at else zone.at(day + timedelta(days=1), *time)


class ForgottenEnd(QFrame):
    """`given` carries the time of day that was typed, `given_up` is Esc."""

    given = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.uid: Uid | None = None
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._told.setProperty("role", "warn")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self.time = TimeInput(self, usual=(17, 0))
        self.field = LabelledField("那天实际几点结束", self.time, self)
        self.save = plain_button("补签退  Enter", self)
        self.save.setAccessibleName("补签退")
        self.leave = plain_button("先不补  Esc", self)
        self.leave.setAccessibleName("先不补")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        buttons.addWidget(self.save)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(self._told)
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.time.submitted.connect(self._give)
        self.save.clicked.connect(self._give)
        self.leave.clicked.connect(self.given_up)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.given_up)
        self.hide()

    def ask(self, uid: Uid, told: str) -> None:
        """Ask it of the record; the keyboard goes where the answer is typed."""
        self.uid = uid
        self._told.setText(told)
        self.time.set_value("")
        self.field.clear_problem()
        self.show()
        self.field.go()

    def refuse(self, words: str) -> None:
        """Say beside the field why it could not be saved."""
        self.field.set_problem(words)
        self.field.go()

    @Slot()
    def _give(self) -> None:
        time = self.time.time()
        if time is None:
            self.refuse("请写几点几分，如 21:30。")
        else:
            self.given.emit(time)
