"""A short list whose lines are ticked: when, the name, a quiet remark, each in its own column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.widgets.row_painter import paint_box, paint_ground
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
_TICK_ROLE = Qt.ItemDataRole.UserRole + 1
_WIDEST = "12月28日 周一 00:00"


@dataclass(frozen=True, slots=True)
class Tick:
    """One line, and whether it is ticked to begin with."""

    uid: str
    when: str
    name: str
    remark: str
    on: bool

    @property
    def told(self) -> str:
        return f"{self.when} {self.name}（{self.remark}）"


class TickList(QListWidget):
    """Arrows move, Space or a click ticks. `ticked` follows every change."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("上月的活动")
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._turn)

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these lines, the keyboard on the first."""
        self.clear()
        for tick in ticks:
            item = QListWidgetItem(tick.told, self)
            item.setData(_TICK_ROLE, tick)
            item.setCheckState(_state(tick.on))
        if ticks:
            self.setCurrentRow(0)
        self.ticked.emit()

    def lines(self) -> list[tuple[bool, str]]:
        """Every line in words, and whether it is ticked."""
        return [(_is_on(item), item.text()) for item in self._items()]

    def chosen(self) -> set[str]:
        """The uids that are ticked."""
        return {item.data(_TICK_ROLE).uid for item in self._items() if _is_on(item)}

    @Slot()
    def tick_all(self) -> None:
        """All of them; none when all were ticked."""
        on = len(self.chosen()) < self.count()
        for item in self._items():
            item.setCheckState(_state(on))
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentItem())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return

    @Slot(QListWidgetItem)
    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            item.setCheckState(_state(not _is_on(item)))
            self.ticked.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def editorEvent(self, *_event: object) -> bool:
        # Space and clicks are the list's own: the style's box is not where ours is painted.
        return False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, theme_of().metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tick = index.data(_TICK_ROLE)
        if not isinstance(tick, Tick):
            return
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, area, selected=selected, first=True)
        inside = area.adjusted(SPACE.medium, 0, -SPACE.small, 0)
        inside.setLeft(paint_box(painter, inside, on=_checked(index)))
        body, small = font(theme_of().metrics.body), font(theme_of().metrics.small)
        bold = font(theme_of().metrics.body, bold=True)
        when = QRect(inside)
        when.setWidth(QFontMetrics(body).horizontalAdvance(_WIDEST) + SPACE.small)
        remark = QFontMetrics(small).horizontalAdvance(tick.remark)
        name = inside.adjusted(when.width() + SPACE.medium, 0, -remark - SPACE.medium, 0)
        for face, shade, place, words in (
            (body, "ink", when, tick.when),
            (bold, "ink", name, tick.name),
        ):
            painter.setFont(face)
            painter.setPen(colour(shade))
            cut = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.setFont(small)
        painter.setPen(colour("quiet"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, right, tick.remark)


def _checked(index: Index) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked
