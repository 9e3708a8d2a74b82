"""A month or a week to walk through by the keyboard.

Arrows move the day, PageUp and PageDown turn, T and Home come back to today, Enter opens or adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.core.wording import weekday
from desktop_app.ledgers.activities.ui.calendar_days import (
    WEEK,
    CalendarDay,
    Read,
    Span,
    span_around,
    turned,
)
from desktop_app.ledgers.activities.ui.calendar_paint import (
    Place,
    head_height,
    paint_day,
    shown_rows,
)
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

_CELL_EMS = 6
_MONDAY = date(2024, 1, 1)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEK,
    Qt.Key.Key_Down: WEEK,
}


class CalendarGrid(QWidget):
    """`moved` carries the day the keyboard is on, `span_wanted` a `Span` that is to be read;
    `entered` (Enter) carries a `CalendarDay`, `opened` the `ActivityRow` somebody clicked on."""

    moved = Signal(object)
    span_wanted = Signal(object)
    entered = Signal(object)
    opened = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = self._day = today
        self._span = span_around(today, by_week=False)
        self._days: dict[date, CalendarDay] = {}
        self._aim: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    @property
    def day(self) -> date:
        """The day the keyboard is on."""
        return self._day

    @property
    def span(self) -> Span:
        """What is shown."""
        return self._span

    @property
    def shown(self) -> CalendarDay | None:
        """What is known of the day the keyboard is on."""
        return self._days.get(self._day)

    def show_span(self, found: Read) -> None:
        """Show what was read for a span, with the keyboard on the day it is about.

        Of days read anew the one that the keyboard has gone to meanwhile keeps it.
        """
        stays = self._aim is None and self._days and found.span.same_days(self._span)
        self._span = found.span
        self._days = {entry.day: entry for entry in found.days}
        self.updateGeometry()
        self._go(self._day if stays else found.span.about)

    def move_to(self, day: date, *, by_week: bool | None = None) -> None:
        """Put the keyboard on a day; one that is not shown is asked for."""
        kind = self._span.by_week if by_week is None else by_week
        if day in self._span and kind == self._span.by_week and self._days:
            self._go(day)
        else:
            self._aim = day
            self.span_wanted.emit(span_around(day, by_week=kind))

    def turn(self, steps: int) -> None:
        """So many months or weeks on."""
        self.move_to(turned(self._from, steps, by_week=self._span.by_week))

    @property
    def _from(self) -> date:
        """Where a key counts from: a day that is still being read, for who presses twice."""
        return self._aim or self._day

    def places(self) -> Iterable[Place]:
        """Every day that is shown, where it stands."""
        for entry in self._days.values():
            yield Place(
                self.area_of(entry.day),
                entry,
                is_today=entry.day == self._today,
                is_outside=entry.day not in self._span,
                by_week=self._span.by_week,
            )

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        sizes = theme_of().metrics
        row = head_height() + sizes.chip + 2
        return QSize(WEEK * _CELL_EMS * sizes.body, sizes.header + self._span.weeks * row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.move_to(self._from + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self.move_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and not place.is_outside:
            self._go(place.entry.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is None:
            return
        at = event.position().toPoint()
        hit = [row for area, row in shown_rows(place) if area.contains(at)]
        if hit:
            self.opened.emit(hit[0])
        elif place.is_outside:
            self.move_to(place.entry.day)
        else:
            self._enter()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            rows = () if place is None else place.entry.rows
            QToolTip.showText(event.globalPos(), "\n".join(row.told for row in rows), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        sizes = theme_of().metrics
        painter.setFont(font(sizes.small))
        painter.setPen(colour("quiet"))
        for column in range(WEEK):
            left, right = _left(self, column), _left(self, column + 1)
            head = QRect(left + SPACE.small, 0, right - left - SPACE.small, sizes.header)
            name = weekday(_MONDAY + timedelta(days=column))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
        for place in self.places():
            paint_day(painter, place)
        if self._day in self._days:
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "edge"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.area_of(self._day).adjusted(1, 1, 0, 0))
        painter.end()

    def _enter(self) -> None:
        if self.shown is not None:
            self.entered.emit(self.shown)

    def _go(self, day: date) -> None:
        self._day, self._aim = day, None
        known = self._days.get(day)
        self.setAccessibleDescription("" if known is None else known.told(self._today))
        self.update()
        self.moved.emit(day)

    def area_of(self, day: date) -> QRect:
        """Where a day stands."""
        row, column = divmod((day - self._span.first).days, WEEK)
        left, top = _left(self, column), _top(self, row)
        return QRect(left, top, _left(self, column + 1) - left, _top(self, row + 1) - top)

    def _place_at(self, point: QPointF) -> Place | None:
        at = point.toPoint()
        return next((place for place in self.places() if place.area.contains(at)), None)


def _left(grid: CalendarGrid, column: int) -> int:
    return (grid.width() - 1) * column // WEEK


def _top(grid: CalendarGrid, row: int) -> int:
    header = theme_of().metrics.header
    return header + (grid.height() - header - 1) * row // grid.span.weeks
