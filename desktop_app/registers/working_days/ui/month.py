"""A month of working days, painted: arrows move, PageUp and PageDown turn, Enter is a wish.

What a day is stands on it in words; colour only repeats it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.wording import weekday
from desktop_app.registers.working_days.rules import MonthDay
from desktop_app.registers.working_days.ui.day import paint_day, word_of
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

WEEK = 7
_WEEKS = 6
_CELL_EMS = 5
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEK,
    Qt.Key.Key_Down: WEEK,
}


class MonthGrid(QWidget):
    """`moved` carries the day the keyboard is on now, `month_wanted` a day of another month;
    `toggled` and `cleared` are what Enter and Delete ask for."""

    moved = Signal(object)
    month_wanted = Signal(object)
    toggled = Signal()
    cleared = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = self._day = today
        self._days: dict[date, MonthDay] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def day(self) -> date:
        """The day the keyboard is on."""
        return self._day

    @property
    def shown(self) -> MonthDay | None:
        """What is known of that day."""
        return self._days.get(self._day)

    def set_month(self, days: Sequence[MonthDay], day: date) -> None:
        """Show a month, with the keyboard on one of its days."""
        self._days = {entry.day: entry for entry in days}
        self._go(day)

    def turn(self, months: int) -> None:
        """The same day so many months on, or the last one there is."""
        month = self._day.month - 1 + months
        year, month = self._day.year + month // 12, month % 12 + 1
        last = monthrange(year, month)[1]
        self.move_to(date(year, month, min(self._day.day, last)))

    def move_to(self, day: date) -> None:
        """Put the keyboard on a day, of whatever month."""
        if day in self._days:
            self._go(day)
        else:
            self.month_wanted.emit(day)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        sizes = theme_of().metrics
        return QSize(WEEK * _CELL_EMS * sizes.body, sizes.header + _WEEKS * self._least_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.move_to(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.move_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggled.emit()
        elif key == Qt.Key.Key_Delete:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self._go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position()) == self._day:
            self.toggled.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        sizes = theme_of().metrics
        painter.setFont(font(sizes.small))
        painter.setPen(colour("quiet"))
        for column in range(WEEK):
            head = QRect(self._left(column), 0, self._left(column + 1) - self._left(column), 0)
            head.setHeight(sizes.header)
            monday = date(2024, 1, 1)
            painter.drawText(
                head.adjusted(SPACE.small, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                weekday(monday + timedelta(days=column)),
            )
        for entry in self._days.values():
            paint_day(painter, self._area(entry.day), entry, is_today=entry.day == self._today)
        if self._day in self._days:
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "edge"), 2))
            painter.drawRect(self._area(self._day).adjusted(1, 1, 0, 0))
        painter.end()

    def _go(self, day: date) -> None:
        self._day = day
        entry = self._days.get(day)
        words = "" if entry is None else word_of(entry) or "上班"
        self.setAccessibleDescription(f"{day.month}月{day.day}日 {weekday(day)} {words}")
        self.update()
        self.moved.emit(day)

    def _area(self, day: date) -> QRect:
        first = day.replace(day=1).weekday()
        place = first + day.day - 1
        row, column = divmod(place, WEEK)
        left, top = self._left(column), self._top(row)
        return QRect(left, top, self._left(column + 1) - left, self._top(row + 1) - top)

    def _left(self, column: int) -> int:
        return (self.width() - 1) * column // WEEK

    def _top(self, row: int) -> int:
        header = theme_of().metrics.header
        return header + (self.height() - header - 1) * row // self._weeks()

    def _weeks(self) -> int:
        """Rows of this month; one that needs five does not leave a sixth empty."""
        first = self._day.replace(day=1)
        days = monthrange(first.year, first.month)[1]
        return -(-(first.weekday() + days) // WEEK)

    def _least_row(self) -> int:
        sizes = theme_of().metrics
        return sizes.section + sizes.small + 3 * SPACE.small

    def _day_at(self, point: QPointF) -> date | None:
        at = point.toPoint()
        return next((day for day in self._days if self._area(day).contains(at)), None)
