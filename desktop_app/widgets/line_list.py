"""A list of two-line entries: people found by the box, today's visits, parked forms.

Line one tells entries apart (bold, with a quiet end), line two is quiet; a chip at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
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
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.widgets.chips import ChipText, chip_width, paint_chip
from desktop_app.widgets.row_painter import paint_ground
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
_ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class LineItem:
    """One entry: `title` and quiet `beside` in line one, `detail` in line two, `end` at the right.

    `lead` is a short column before both lines (a time, a digit that chooses the entry).
    """

    uid: str
    title: str
    beside: str = ""
    detail: str = ""
    end: str = ""
    chip: ChipText | None = None
    lead: str = ""


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[LineItem, ...] = ()

    def show_items(self, items: Sequence[LineItem]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == _ITEM_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            chip = item.chip.word if item.chip else ""
            words = (item.lead, item.title, item.beside, item.detail, item.end, chip)
            return " ".join(word for word in words if word)
        return None


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(_ITEM_ROLE)
        if not isinstance(item, LineItem):
            return
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        last = index.row() == index.model().rowCount() - 1
        paint_ground(painter, area, selected=selected, first=True, last=last)
        inside = area.adjusted(SPACE.large, 0, -SPACE.large, -1)
        inside = self._paint_lead(painter, inside, item)
        inside = self._paint_end(painter, inside, item)
        self._paint_lines(painter, inside, item)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, theme_of().metrics.two_line_row)

    def _paint_lead(self, painter: QPainter, inside: QRect, item: LineItem) -> QRect:
        if not item.lead:
            return inside
        face = font(theme_of().metrics.small)
        width = QFontMetrics(face).horizontalAdvance(item.lead) + SPACE.medium
        painter.setFont(face)
        painter.setPen(colour("quiet"))
        top = QRect(inside.left(), inside.top(), width, inside.height() // 2 + 4)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, item.lead)
        return inside.adjusted(width, 0, 0, 0)

    def _paint_end(self, painter: QPainter, inside: QRect, item: LineItem) -> QRect:
        if item.chip is not None:
            width = chip_width(item.chip)
            paint_chip(painter, inside.adjusted(inside.width() - width, 0, 0, 0), item.chip)
            inside = inside.adjusted(0, 0, -width - SPACE.small, 0)
        if item.end:
            face = font(theme_of().metrics.small)
            painter.setFont(face)
            painter.setPen(colour("quiet"))
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, end, item.end)
            width = QFontMetrics(face).horizontalAdvance(item.end)
            inside = inside.adjusted(0, 0, -width - SPACE.small, 0)
        return inside

    def _paint_lines(self, painter: QPainter, inside: QRect, item: LineItem) -> None:
        sizes = theme_of().metrics
        big, small = QFontMetrics(font(sizes.body, bold=True)), QFontMetrics(font(sizes.small))
        gap = SPACE.hair if item.detail else 0
        both = big.height() + (gap + small.height() if item.detail else 0)
        top = inside.top() + (inside.height() - both) // 2
        first = QRect(inside.left(), top, inside.width(), big.height())
        title = big.elidedText(item.title, Qt.TextElideMode.ElideRight, first.width())
        painter.setFont(font(sizes.body, bold=True))
        painter.setPen(colour("ink"))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(font(sizes.small))
        painter.setPen(colour("quiet"))
        rest = first.adjusted(big.horizontalAdvance(title) + SPACE.medium, 0, 0, 0)
        beside = small.elidedText(item.beside, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, beside)
        second = QRect(inside.left(), top + big.height() + gap, inside.width(), small.height())
        detail = small.elidedText(item.detail, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, detail)


class LineList(QListView):
    """`chosen` (Enter, click) and `focused` carry a uid; `left_upwards`: Up on the first entry."""

    chosen = Signal(object)
    focused = Signal(object)
    left_upwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._items = _Items(self)
        self.setModel(self._items)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(self._changed)

    def set_items(self, items: Sequence[LineItem], *, select_first: bool = False) -> None:
        """Show these entries; the focused one stays focused while it is among them."""
        uid = self.focused_uid()
        self._items.show_items(items)
        for number, item in enumerate(items):
            if item.uid == uid:
                self.setCurrentIndex(self._items.index(number))
                return
        if select_first and items:
            self.setCurrentIndex(self._items.index(0))

    @property
    def items(self) -> tuple[LineItem, ...]:
        return self._items.items

    def focused_uid(self) -> str | None:
        """The uid of the focused entry, or None."""
        at = self.currentIndex().row()
        return self._items.items[at].uid if 0 <= at < len(self._items.items) else None

    def enter(self) -> None:
        """Take the keyboard and focus the first entry unless one is focused."""
        if not self.currentIndex().isValid() and self._items.items:
            self.setCurrentIndex(self._items.index(0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return

    @Slot()
    def _choose(self) -> None:
        uid = self.focused_uid()
        if uid is not None:
            self.chosen.emit(uid)

    @Slot(QModelIndex, QModelIndex)
    def _changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.focused.emit(self.focused_uid())
