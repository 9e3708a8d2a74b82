"""How the roster grid is painted: cells with names and holes, days above, posts at the left.

Colour only repeats what words and icons say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.core.ids import Uid
from desktop_app.core.wording import weekday
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.ledgers.posts.ui.roster_rows import GridCell, GridRow, Someone
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import RADIUS, SPACE

Index = QModelIndex | QPersistentModelIndex

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
DAY_ROLE = Qt.ItemDataRole.UserRole + 3
TODAY = "今天"
MOST_LINES = 6
"""So many names and holes stand in a cell; of more it says how many."""

_PAD = 5
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignCenter


def line_height() -> int:
    """One name."""
    return QFontMetrics(font(theme_of().metrics.small)).height() + 3


def cell_height(row: GridRow) -> int:
    """How high a line of the grid is: its fullest cell, and room for the name of the post."""
    lines = max((_lines_of(cell) for cell in row.cells), default=0)
    return max(2, min(lines, MOST_LINES)) * line_height() + 2 * _PAD


def _lines_of(cell: GridCell) -> int:
    return len(cell.people) + (1 if cell.holes else 0)


class CellPainter(QStyledItemDelegate):
    """Paints a cell: its ground, who is in it, what is missing.

    While a name is dragged, `away` is its shift, and `drops` are the cells (line, day) that it may
    go to: "yes", or "over" where it is held.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.drops: Mapping[tuple[int, int], str] = {}
        self.away: Uid | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        view: QWidget = option.widget  # type: ignore[attr-defined]
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, GridCell):
            return
        today = cell.day == index.data(DAY_ROLE)
        painter.save()
        if cell.slot is None:
            painter.fillRect(area, colour("raised"))
        elif today:
            painter.fillRect(area, colour("info_soft"))
        painter.setPen(colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        drop = self.drops.get((index.row(), index.column()), "")
        if drop:
            _paint_drop(painter, area, over=drop == "over")
        self._paint_people(painter, area, cell)
        if state & QStyle.StateFlag.State_Selected and not self.drops:
            there = view.hasFocus()
            painter.setPen(QPen(colour("accent" if there else "edge"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, 0)

    def _paint_people(self, painter: QPainter, area: QRect, cell: GridCell) -> None:
        shown, line = _shown(cell, area), _first_line(area)
        high = line.height()
        for one in shown:
            painter.setOpacity(0.4 if self.away is not None and one.shift == self.away else 1.0)
            _paint_someone(painter, line, one)
            line = line.translated(0, high)
        painter.setOpacity(1.0)
        if len(shown) < len(cell.people):
            _write(painter, line, f"还有 {len(cell.people) - len(shown)} 人", "quiet")
            line = line.translated(0, high)
        if cell.holes:
            _paint_hole(painter, line, cell)


def _first_line(area: QRect) -> QRect:
    inside = area.adjusted(_PAD, _PAD, -_PAD, -_PAD)
    return QRect(inside.left(), inside.top(), inside.width(), line_height())


def _shown(cell: GridCell, area: QRect) -> tuple[Someone, ...]:
    """Those for whom there is a line."""
    room = max(1, (area.height() - 2 * _PAD) // line_height())
    hole = 1 if cell.holes else 0
    if len(cell.people) + hole > room:
        return cell.people[: max(0, room - hole - 1)]
    return cell.people


def line_of(cell: GridCell, area: QRect, who: Someone) -> QRect:
    """The line of somebody who is shown in a cell that is painted there."""
    return _first_line(area).translated(0, line_height() * _shown(cell, area).index(who))


def someone_at(cell: GridCell, area: QRect, place: QPoint) -> Someone | None:
    """Whose name stands at a place of a cell that is painted there."""
    shown = _shown(cell, area)
    return next((one for one in shown if line_of(cell, area, one).contains(place)), None)


def _paint_drop(painter: QPainter, area: QRect, *, over: bool) -> None:
    """A dragged name may go here, or would go here now."""
    inside = area.adjusted(2, 2, -3, -3)
    if over:
        painter.fillRect(inside, colour("surface"))
    style = Qt.PenStyle.SolidLine if over else Qt.PenStyle.DashLine
    painter.setPen(QPen(colour("accent"), 2 if over else 1, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inside)


def _paint_someone(painter: QPainter, area: QRect, one: Someone) -> None:
    """The name with its mark: icon and word, or one of both where there is no room for more."""
    sizes = theme_of().metrics
    small = QFontMetrics(font(sizes.small))
    if one.tone in ("info", "warn"):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{one.tone}_soft"))
        ground = QRectF(area).adjusted(-3, 1, 3, -1)
        painter.drawRoundedRect(ground, RADIUS - 2, RADIUS - 2)
        painter.restore()
    rest, room = area, area.width() - small.horizontalAdvance(one.name)
    # That all were there is the rule: the tick says it, and the sentence below the grid.
    word = "" if one.state is ShiftState.DONE and one.tone == "ok" else one.mark
    side, wide = sizes.small_icon - 3, small.horizontalAdvance(word) + SPACE.hair
    if word and wide <= room:
        _write(painter, rest, word, one.tone, _RIGHT)
        rest, room = rest.adjusted(0, 0, -wide, 0), room - wide
        word = ""
    if one.icon and (word or one.tone == "ok" or side + SPACE.hair <= room):
        ratio = painter.device().devicePixelRatioF()
        top = area.top() + (area.height() - side) / 2
        painter.drawPixmap(QPointF(area.left(), top), pixmap(one.icon, one.tone, side, ratio))
        rest = rest.adjusted(side + SPACE.hair, 0, 0, 0)
    _write(painter, rest, one.name, "quiet" if one.tone == "late" else "ink")


def _paint_hole(painter: QPainter, area: QRect, cell: GridCell) -> None:
    """缺N on a ground of its own; quiet where it is too late to find anybody."""
    words = cell.hole_words
    if cell.over:
        _write(painter, area, words, "quiet")
        return
    small = QFontMetrics(font(theme_of().metrics.small))
    side = theme_of().metrics.small_icon - 3
    wide = min(area.width(), small.horizontalAdvance(words) + side + 3 * SPACE.hair)
    ground = QRectF(area.left() - 2, area.top() + 1, wide, area.height() - 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("warn"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(colour("warn_soft"))
    painter.drawRoundedRect(ground, RADIUS - 2, RADIUS - 2)
    painter.restore()
    ratio = painter.device().devicePixelRatioF()
    top = area.top() + (area.height() - side) / 2
    painter.drawPixmap(QPointF(area.left() + 2, top), pixmap("user-plus", "warn", side, ratio))
    _write(painter, area.adjusted(side + SPACE.hair + 2, 0, 0, 0), words, "warn", bold=True)


def _write(
    painter: QPainter,
    area: QRect,
    words: str,
    tone: str,
    where: Qt.AlignmentFlag = _LEFT,
    *,
    bold: bool = False,
) -> None:
    face = font(theme_of().metrics.small, bold=bold)
    painter.setFont(face)
    painter.setPen(colour(tone))
    cut = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.drawText(area, where, cut)


class DayHeader(QHeaderView):
    """The days above: weekday and day, 今天 said in words."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.today = today

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        day = self.model().headerData(section, Qt.Orientation.Horizontal, DAY_ROLE)
        if not isinstance(day, date):
            return
        now, free = day == self.today, day.weekday() > 4
        painter.save()
        painter.fillRect(area, colour("info_soft" if now else "raised" if free else "surface"))
        painter.setPen(colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        words = f"{TODAY if now else weekday(day)} {day.day}日"
        face = font(theme_of().metrics.small, bold=now)
        painter.setFont(face)
        painter.setPen(colour("info" if now else "quiet"))
        painter.drawText(area, _CENTRE, words)
        painter.restore()


class PostHeader(QHeaderView):
    """The posts at the left: name, and below it the hours and how many are needed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        row = self.model().headerData(section, Qt.Orientation.Vertical, ROW_ROLE)
        if not isinstance(row, GridRow):
            return
        painter.save()
        painter.fillRect(area, colour("surface"))
        painter.setPen(colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        inside = area.adjusted(SPACE.medium, _PAD, -_PAD, 0)
        line = QRect(inside.left(), inside.top(), inside.width(), line_height())
        _write(painter, line, row.name, "ink", bold=True)
        below = line.translated(0, line_height())
        _write(painter, below, f"{row.hours} {row.quota}人", "quiet")
        painter.restore()
