"""How a day of the calendar is painted. Colour only repeats what icon and words say.

Where each entry stands comes back to whoever paints, so that a click finds what it hit.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.activities.ui.calendar_days import CalendarDay
from desktop_app.ledgers.activities.ui.looks import ActivityRow
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import RADIUS, SPACE

TODAY = "今天"
_GAP = 3
_SHORT = 2
_BLOCK_LINES = 3

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Place:
    """A day on the screen and what is known of it."""

    area: QRect
    entry: CalendarDay
    is_today: bool
    is_outside: bool
    by_week: bool


def paint_day(painter: QPainter, place: Place) -> None:
    """Paint a day: its number, what it is, and its activities as far as they fit."""
    usual = place.entry.is_workday and not place.is_outside
    painter.fillRect(place.area, colour("surface" if usual else "raised"))
    painter.setPen(colour("line"))
    painter.drawRect(place.area)
    rows = shown_rows(place)
    _paint_head(painter, place, len(place.entry.rows) - len(rows))
    for area, row in rows:
        (_paint_block if place.by_week else _paint_chip)(painter, area, row)


def shown_rows(place: Place) -> list[tuple[QRect, ActivityRow]]:
    """The activities that fit, each with its place; of the others the head says how many."""
    inside, high = _body(place), _entry_height(by_week=place.by_week)
    step = high + _GAP
    room = max(0, (inside.height() + _GAP) // step)
    return [
        (QRect(inside.left(), inside.top() + number * step, inside.width(), high), row)
        for number, row in enumerate(place.entry.rows[:room])
    ]


def more_words(hidden: int) -> str:
    """How many activities of a day found no room; empty when all did."""
    return f"还有 {hidden} 场" if hidden else ""


def head_height() -> int:
    """The line with the number of the day."""
    return QFontMetrics(font(theme_of().metrics.body, bold=True)).height() + SPACE.hair


def _paint_head(painter: QPainter, place: Place, hidden: int) -> None:
    """The number, 今天 and what the day is from the left, 还有 n 场 at the right."""
    sizes, entry = theme_of().metrics, place.entry
    head = QRect(place.area.left(), place.area.top(), place.area.width(), head_height())
    head = head.adjusted(SPACE.small, 1, -SPACE.small, 0)
    number = str(entry.day.day)
    if place.is_outside and entry.day.day == 1:
        number = f"{entry.day.month}月1日"
    face = font(sizes.body, bold=entry.is_workday and not place.is_outside)
    tone = "accent" if place.is_today else "quiet" if place.is_outside else "ink"
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(head, _LEFT, number)
    head.setLeft(head.left() + QFontMetrics(face).horizontalAdvance(number) + SPACE.hair)
    line = QFontMetrics(font(sizes.small))
    painter.setFont(font(sizes.small))
    more = more_words(hidden)
    painter.setPen(colour("quiet"))
    painter.drawText(head, _RIGHT, _cut(line, more, head.width()))
    head.setRight(head.right() - line.horizontalAdvance(more))
    for word, shade in ((TODAY if place.is_today else "", tone), (entry.rest, "warn")):
        # Where there is little room, the end tells the most: 调休上班 is 上班.
        fits = [one for one in (word, word[-_SHORT:]) if _wide(line, one) <= head.width()]
        if word and fits:
            painter.setPen(colour("quiet" if place.is_outside else shade))
            painter.drawText(head, _LEFT, fits[0])
            head.setLeft(head.left() + _wide(line, fits[0]))


def _wide(line: QFontMetrics, word: str) -> int:
    return line.horizontalAdvance(word) + SPACE.hair


def _paint_chip(painter: QPainter, area: QRect, row: ActivityRow) -> None:
    """One line: icon, time, name."""
    inside = _paint_ground(painter, area, row)
    sizes = theme_of().metrics
    small = font(sizes.small)
    line = QFontMetrics(small)
    time = row.span.partition("–")[0]
    painter.setFont(small)
    painter.setPen(colour(_ink(row)))
    wide = line.horizontalAdvance(time) + SPACE.hair
    if line.horizontalAdvance(row.line.name[:_SHORT]) + wide > inside.width():
        # Where there is room for hardly a word, the name says more than the hour.
        wide = 0
    else:
        painter.drawText(inside, _LEFT, time)
    rest = inside.adjusted(wide, 0, 0, 0)
    painter.drawText(rest, _LEFT, _cut(line, row.line.name, rest.width()))


def _paint_block(painter: QPainter, area: QRect, row: ActivityRow) -> None:
    """Three lines: time and state, name, place and people."""
    inside = _paint_ground(painter, area, row, lines=_BLOCK_LINES)
    sizes, high = theme_of().metrics, _line_height()
    small, bold = QFontMetrics(font(sizes.small)), QFontMetrics(font(sizes.small, bold=True))
    first = QRect(inside.left(), area.top() + SPACE.hair, inside.width(), high)
    painter.setFont(font(sizes.small))
    painter.setPen(colour(row.chip.tone))
    word = row.chip.word
    if small.horizontalAdvance(row.span + word) + SPACE.small > first.width():
        word = ""
    painter.drawText(first, _RIGHT, word)
    painter.setPen(colour("ink"))
    painter.drawText(first, _LEFT, row.span)
    left = area.left() + SPACE.small
    second = QRect(left, first.top() + high, area.right() - SPACE.small - left, high)
    painter.setPen(colour(_ink(row)))
    painter.setFont(font(sizes.small, bold=True))
    painter.drawText(second, _LEFT, _cut(bold, row.line.name, second.width()))
    third = second.translated(0, high)
    told = " · ".join(filter(None, (row.place, row.people)))
    painter.setPen(colour("quiet"))
    painter.setFont(font(sizes.small))
    painter.drawText(third, _LEFT, _cut(small, told, third.width()))


def _paint_ground(painter: QPainter, area: QRect, row: ActivityRow, lines: int = 1) -> QRect:
    """The soft ground and the icon of the state; answers what is left of the first line."""
    tone = row.chip.tone
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("hover" if tone == "quiet" else f"{tone}_soft"))
    painter.drawRoundedRect(QRectF(area), RADIUS - 2, RADIUS - 2)
    side = theme_of().metrics.small_icon - 2
    first = area.height() if lines == 1 else _line_height() + 2 * SPACE.hair
    picture = pixmap(row.chip.icon or "clock-alert", tone, side, _ratio(painter))
    top = area.top() + (first - side) / 2
    painter.drawPixmap(QPointF(area.left() + SPACE.hair + 1, top), picture)
    painter.restore()
    return area.adjusted(side + SPACE.small + 2, 0, -SPACE.hair, 0)


def _ink(row: ActivityRow) -> str:
    return "quiet" if row.line.state is ActivityState.CANCELLED else "ink"


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()


def _cut(line: QFontMetrics, words: str, width: int) -> str:
    return line.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width))


def _line_height() -> int:
    return QFontMetrics(font(theme_of().metrics.small)).height()


def _entry_height(*, by_week: bool) -> int:
    if by_week:
        return _BLOCK_LINES * _line_height() + 2 * SPACE.hair
    return theme_of().metrics.chip


def _body(place: Place) -> QRect:
    """What is left of a day below its number."""
    return place.area.adjusted(SPACE.hair, head_height(), -SPACE.hair + 1, -2)
