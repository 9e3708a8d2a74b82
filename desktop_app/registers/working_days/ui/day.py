"""One day of the calendar: the word for what it is, and how it is painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop_app.registers.working_days.rules import MonthDay
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

TODAY = "今天"
_SATURDAY = 5
_SHORT = 2


def word_of(day: MonthDay) -> str:
    """What stands on a day: nothing on an ordinary working day."""
    if day.override is not None:
        return "本站上班" if day.is_workday else "本站休息"
    weekend = day.day.weekday() >= _SATURDAY
    if day.nationally:
        return "调休上班" if weekend else ""
    return "休" if weekend else "放假"


def paint_day(painter: QPainter, area: QRect, entry: MonthDay, *, is_today: bool) -> None:
    """Paint a day into its place: the number, 今天, and its word."""
    sizes = theme_of().metrics
    painter.fillRect(area, colour("surface" if entry.is_workday else "hover"))
    painter.setPen(colour("line"))
    painter.drawRect(area)
    inside = area.adjusted(SPACE.small, SPACE.hair, -SPACE.hair, -SPACE.hair)
    painter.setPen(colour("ink" if entry.is_workday else "quiet"))
    painter.setFont(font(sizes.section, bold=entry.is_workday))
    top = Qt.AlignmentFlag.AlignTop
    painter.drawText(inside, top | Qt.AlignmentFlag.AlignLeft, str(entry.day.day))
    if is_today:
        painter.setFont(font(sizes.small, bold=True))
        painter.setPen(colour("accent"))
        painter.drawText(inside, top | Qt.AlignmentFlag.AlignRight, TODAY)
    _paint_word(painter, inside, entry)


def _paint_word(painter: QPainter, inside: QRect, entry: MonthDay) -> None:
    word = word_of(entry)
    if not word:
        return
    sizes = theme_of().metrics
    face = font(sizes.small, bold=entry.override is not None)
    line = QFontMetrics(face)
    tone = "info" if entry.override else "warn" if len(word) > 1 else "quiet"
    if entry.override:
        side = sizes.small_icon - 2
        picture = pixmap("pencil", tone, side, painter.device().devicePixelRatioF())
        top = inside.bottom() - (line.height() + side) / 2 + 1
        painter.drawPixmap(QPointF(inside.left(), top), picture)
        inside = inside.adjusted(side + 3, 0, 0, 0)
    if line.horizontalAdvance(word) > inside.width():
        # The pencil says 本站, and a weekend that is worked is 调休: the end tells the most.
        word = word[-_SHORT:]
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, word)
