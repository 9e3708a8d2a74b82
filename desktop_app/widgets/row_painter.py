"""How a row of a table looks: ground, hairline, the bar of the focused row, text, chip or tick."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.widgets.chips import ChipText, paint_chip
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.table_model import CHIP_ROLE, STYLE_ROLE
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex


def paint_ground(
    painter: QPainter, area: QRect, *, selected: bool, first: bool, last: bool = False
) -> None:
    """The ground of a row or cell: the soft accent and its bar when selected, else a hairline.

    `last` is the last row of a short list, which needs no line below it.
    """
    if selected:
        painter.fillRect(area, colour("accent_soft"))
        if first:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), colour("accent"))
    elif not last:
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), colour("line"))


def paint_box(painter: QPainter, inside: QRect, *, on: bool) -> int:
    """Paint the box of a tick at the left; answers where the words begin."""
    side = theme_of().metrics.small_icon + 2
    box = QRect(inside.left(), inside.center().y() - side // 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("accent" if on else "edge"), 1))
    painter.setBrush(colour("accent" if on else "surface"))
    painter.drawRoundedRect(box, SPACE.hair, SPACE.hair)
    if on:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box.topLeft(), pixmap("check", "on_accent", side, ratio))
    painter.restore()
    return box.right() + SPACE.medium


class RowPainter(QStyledItemDelegate):
    """Paints every cell itself: one pass, no style sheet rules per cell."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, area, selected=selected, first=index.column() == 0)
        inside = area.adjusted(SPACE.medium, 0, -SPACE.medium, 0)
        chip = index.data(CHIP_ROLE)
        if isinstance(chip, ChipText):
            if chip.word:
                paint_chip(painter, inside, chip)
            return
        style = index.data(STYLE_ROLE)
        if style == "tick":
            paint_box(painter, inside, on=bool(index.data()))
            return
        face = font(theme_of().metrics.body, bold=style == "bold")
        painter.setFont(face)
        painter.setPen(colour("quiet" if style == "quiet" else "ink"))
        text = QFontMetrics(face).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inside.width()
        )
        side = Qt.AlignmentFlag.AlignRight if style == "number" else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme_of().metrics.row)
