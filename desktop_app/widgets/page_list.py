"""The pages of a document as small pictures at the left: where one is, and the way to another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.widgets.page_pictures import PageKey, PagePictures
from desktop_app.widgets.pdf_pages import PageSize
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import LIGHT, SPACE

Index = QModelIndex | QPersistentModelIndex

_WHO = "small pages"
_SIDE = 112
"""Logical pixels of the longer side of a small picture: enough to tell a table from a photo."""


class _Pages(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sizes: tuple[PageSize, ...] = ()

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        self.beginResetModel()
        self.sizes = tuple(sizes)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"第 {index.row() + 1} 页"
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, pictures: PagePictures, pages: _Pages, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._pages = pictures, pages

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        number = index.row()
        room = QRectF(area.adjusted(0, SPACE.small, 0, -_below()))
        page = _fitted(self._pages.sizes[number], room)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page, QColor(LIGHT.surface))
        image = self._pictures.image(_key(number, self._pages.sizes[number], painter))
        if image is not None:
            painter.drawImage(page, image)
        painter.setPen(QPen(colour("accent" if selected else "soft_edge"), 2 if selected else 1))
        painter.drawRect(page)
        painter.setFont(font(theme_of().metrics.small, bold=selected))
        painter.setPen(colour("accent_strong" if selected else "quiet"))
        words = QRect(area.left(), area.bottom() - _below() + 2, area.width(), _below() - 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        tallest = max((size.height / size.width for size in self._pages.sizes), default=1.0)
        high = _SIDE if tallest >= 1 else round(_SIDE * tallest)
        return QSize(_SIDE + 2 * SPACE.medium, SPACE.small + high + _below())


class PageList(QListView):
    """`chosen` carries the number of the page (from 0) that somebody went to."""

    chosen = Signal(object)

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._pages = _Pages(self)
        self._following = False
        self.setAccessibleName("页列表")
        self.setModel(self._pages)
        self.setItemDelegate(_Painter(pictures, self._pages, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFixedWidth(_SIDE + 4 * SPACE.medium)
        self.selectionModel().currentChanged.connect(self._changed)
        self.verticalScrollBar().valueChanged.connect(self.ask_for_pictures)
        pictures.arrived.connect(self._picture_came)

    def set_sizes(self, sizes: Sequence[PageSize]) -> None:
        """List pages of these sizes."""
        self._pages.show_sizes(sizes)
        self.doItemsLayout()
        self.ask_for_pictures()

    @Slot(object)
    def follow(self, page: int) -> None:
        """Mark the page that is in front, without going anywhere."""
        self._following = True
        self.setCurrentIndex(self._pages.index(page))
        self._following = False

    def keyboardSearch(self, _search: str) -> None:
        return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ask_for_pictures()

    @Slot()
    def ask_for_pictures(self) -> None:
        """Want the small pictures of what is seen of the list now."""
        if not self._pages.sizes:
            return
        height = max(1, self.sizeHintForRow(0))
        top = self.verticalScrollBar().value()
        first = max(0, top // height)
        last = min(len(self._pages.sizes), (top + self.viewport().height()) // height + 2)
        sizes = self._pages.sizes
        wanted = [_key(n, sizes[n], self) for n in range(first, last)]
        self._pictures.want(_WHO, wanted)

    @Slot(QModelIndex, QModelIndex)
    def _changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._following and now.isValid():
            self.chosen.emit(now.row())

    @Slot(object)
    def _picture_came(self, key: PageKey) -> None:
        self.update(self._pages.index(key.page))


def _below() -> int:
    return theme_of().metrics.small + SPACE.medium


def _fitted(size: PageSize, room: QRectF) -> QRectF:
    factor = min(_SIDE / max(size.width, size.height), room.height() / size.height)
    wide, high = size.width * factor, size.height * factor
    return QRectF(room.center().x() - wide / 2, room.top(), wide, high)


def _key(number: int, size: PageSize, device: QWidget | QPainter) -> PageKey:
    screen = device.device() if isinstance(device, QPainter) else device
    wide = _SIDE * min(1.0, size.width / size.height)
    return PageKey(number, max(1, round(wide * screen.devicePixelRatioF())))
