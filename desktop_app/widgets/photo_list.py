"""Photos in their order as small pictures, each with its caption below, gone through by keys.

Knows pictures and captions; where they come from and what a key does to them is the pane's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.core.photos import Photo
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex

PICTURE = QSize(224, 168)
"""A small picture at the normal text size."""

NO_CAPTION = "没有说明，按 F2 写"
UNREADABLE = "照片打不开"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PICTURE_ROLE = Qt.ItemDataRole.UserRole + 1
_FILLED = "filled"
_BROKEN_ROLE = Qt.ItemDataRole.UserRole + 2
_BLANK_ROLE = Qt.ItemDataRole.UserRole + 3


class _Photos(QAbstractListModel):
    """The photos of one record; `written` carries a photo's sha256 and its new caption."""

    written = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.photos: tuple[Photo, ...] = ()
        self.pictures: dict[str, QImage | None] = {}
        self.editable = False
        self.captioned = True

    def show_photos(self, photos: Sequence[Photo], *, editable: bool) -> None:
        self.beginResetModel()
        self.photos, self.editable = tuple(photos), editable
        self.endResetModel()

    def add_pictures(self, pictures: Mapping[str, QImage | None]) -> None:
        self.pictures.update(pictures)
        if self.photos:
            self.dataChanged.emit(self.index(0), self.index(len(self.photos) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.photos)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        writable = self.editable and self.captioned
        return found | Qt.ItemFlag.ItemIsEditable if writable else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        photo = self.photos[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return photo.caption
        if role == _PICTURE_ROLE:
            return self.pictures.get(photo.sha256)
        if role == _BROKEN_ROLE:
            return photo.sha256 in self.pictures and self.pictures[photo.sha256] is None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"第 {index.row() + 1} 张　{photo.caption or self.blank}".strip()
        if role == _BLANK_ROLE:
            return self.blank
        return None

    @property
    def blank(self) -> str:
        """What stands in the place of a caption that is not there."""
        return NO_CAPTION if self.captioned else ""

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        photo = self.photos[index.row()]
        words = str(value).strip()
        if words != photo.caption:
            self.written.emit(photo.sha256, words)
        return True


class _Painter(QStyledItemDelegate):
    """Paints a picture and what stands below it; edits that in place. `share` of the usual size."""

    def __init__(self, parent: QObject, share: float) -> None:
        super().__init__(parent)
        self._share = share

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        cell = area.adjusted(SPACE.hair, SPACE.hair, -SPACE.hair, -SPACE.hair)
        painter.fillRect(cell, colour("accent_soft" if chosen else "surface"))
        painter.setPen(colour("accent" if chosen else "line"))
        painter.drawRect(cell.adjusted(0, 0, -1, -1))
        frame = _frame(cell, self._share)
        self._picture(painter, frame, index)
        self._caption(painter, cell, frame, index)
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, index: Index) -> None:
        picture = index.data(_PICTURE_ROLE)
        if isinstance(picture, QImage):
            size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(frame.topLeft(), size)
            place.moveCenter(frame.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture)
            return
        painter.fillRect(frame, colour("raised"))
        painter.setFont(font(theme_of().metrics.small))
        painter.setPen(colour("quiet"))
        words = UNREADABLE if index.data(_BROKEN_ROLE) else "…"
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)

    def _caption(self, painter: QPainter, cell: QRect, frame: QRect, index: Index) -> None:
        sizes = theme_of().metrics
        face = font(sizes.body)
        painter.setFont(face)
        words = str(index.data() or "")
        painter.setPen(colour("ink" if words else "quiet"))
        strip = QRect(frame.left(), frame.bottom() + SPACE.hair, frame.width(), 0)
        strip.setBottom(cell.bottom() - SPACE.hair)
        told = f"{index.row() + 1}　{words or index.data(_BLANK_ROLE)}"
        told = QFontMetrics(face).elidedText(told, Qt.TextElideMode.ElideRight, strip.width())
        painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter, told)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        picture = picture_size(self._share)
        sizes = theme_of().metrics
        around = 2 * (SPACE.hair + SPACE.small)
        return QSize(picture.width() + around, picture.height() + sizes.control + around)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> LineInput:
        editor = LineInput(parent, placeholder="照片说明")
        editor.setAccessibleName(f"第 {index.row() + 1} 张照片的说明")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineInput)
        # Once: Qt asks again whenever a picture arrives, and that must not undo what is typed.
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            editor.set_value(str(index.data() or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineInput)
        model.setData(index, editor.value())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        high = theme_of().metrics.control
        inside = area.adjusted(SPACE.hair, 0, -SPACE.hair, -SPACE.hair)
        editor.setGeometry(inside.left(), inside.bottom() - high, inside.width(), high)


def picture_size(share: float = 1) -> QSize:
    """How large a small picture is in the theme in force, in logical pixels."""
    return PICTURE * (share * theme_of().metrics.body / 14)


def _frame(cell: QRect, share: float) -> QRect:
    size = picture_size(share)
    frame = QRect(cell.left() + SPACE.small, cell.top() + SPACE.small, 0, 0)
    frame.setSize(QSize(cell.width() - 2 * SPACE.small, size.height()))
    return frame


class PhotoList(QListView):
    """All signals carry the photo's sha256: `opened` (Enter), `moved` with -1 or 1 (Alt+Left,
    Alt+Right), `removed` (Del), `written` with the new caption (F2).

    Photos that are not `captioned` are neither written about nor put in another order.
    """

    opened = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)
    written = Signal(str, str)
    focused = Signal()

    def __init__(self, parent: QWidget, *, captioned: bool = True, share: float = 1) -> None:
        super().__init__(parent)
        self.setAccessibleName("照片")
        self._photos = _Photos(self)
        self._photos.captioned = captioned
        self._later: tuple[Sequence[Photo], bool] | None = None
        # Only once the editor is closed: photos shown anew meanwhile would take the keyboard away.
        self._photos.written.connect(self.written, Qt.ConnectionType.QueuedConnection)
        self.setModel(self._photos)
        painter = _Painter(self, share)
        self.setItemDelegate(painter)
        painter.closeEditor.connect(self._edited, Qt.ConnectionType.QueuedConnection)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(SPACE.hair)
        self.setViewportMargins(SPACE.small, 0, SPACE.small, 0)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.doubleClicked.connect(self.open_focused)
        self.selectionModel().currentChanged.connect(self.focused)

    @property
    def photos(self) -> tuple[Photo, ...]:
        return self._photos.photos

    @property
    def broken(self) -> tuple[str, ...]:
        """Photos whose content could not be read."""
        return tuple(sha for sha, picture in self._photos.pictures.items() if picture is None)

    @property
    def pictures(self) -> Mapping[str, QImage | None]:
        """The small pictures that were read, by SHA-256; None for one that cannot be read."""
        return self._photos.pictures

    def missing(self, beside: Sequence[Photo] = ()) -> list[str]:
        """Photos whose small picture has not been read yet, also of those that are `beside`."""
        shown = dict.fromkeys(one.sha256 for one in (*self.photos, *beside))
        return [sha256 for sha256 in shown if sha256 not in self._photos.pictures]

    def show_photos(self, photos: Sequence[Photo], *, editable: bool) -> None:
        """Show these; the focused one stays focused while it is among them."""
        if tuple(photos) == self.photos and editable == self._photos.editable:
            return
        if self.state() == QListView.State.EditingState:
            # A caption is being written; what came meanwhile is shown after it.
            self._later = (photos, editable)
            return
        self._later = None
        sha, at = self.focused_photo(), self.currentIndex().row()
        self._photos.show_photos(photos, editable=editable)
        order = [one.sha256 for one in photos]
        if sha in order:
            at = order.index(sha)
        if order:
            self.setCurrentIndex(self._photos.index(max(0, min(at, len(order) - 1))))
        self.focused.emit()

    @Slot()
    def _edited(self) -> None:
        if self._later is not None:
            photos, editable = self._later
            self.show_photos(photos, editable=editable)

    def add_pictures(self, pictures: Mapping[str, QImage | None]) -> None:
        """Small pictures by sha256; None for one that cannot be read."""
        self._photos.add_pictures(pictures)

    def focused_photo(self) -> str | None:
        """The sha256 of the photo with the keyboard, or None."""
        at = self.currentIndex().row()
        return self.photos[at].sha256 if 0 <= at < len(self.photos) else None

    def height_of_all(self) -> int:
        """How high it must be to show every photo in the width it has, in logical pixels."""
        cell = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex())
        across = max(1, (self.width() - 2 * SPACE.small) // (cell.width() + 2 * SPACE.hair))
        rows = -(-len(self.photos) // across)
        return rows * (cell.height() + 2 * SPACE.hair) + SPACE.small

    def open_focused(self) -> None:
        if sha := self.focused_photo():
            self.opened.emit(sha)

    def edit_focused(self) -> None:
        """Write the caption of the focused photo."""
        if self.focused_photo() is not None and self._photos.editable and self._photos.captioned:
            self.edit(self.currentIndex())

    def move_focused(self, step: int) -> None:
        """Ask for the focused photo to come earlier (-1) or later (1)."""
        sha = self.focused_photo()
        if sha is not None and self._photos.editable and self._photos.captioned:
            self.moved.emit(sha, step)

    def remove_focused(self) -> None:
        sha = self.focused_photo()
        if sha is not None and self._photos.editable:
            self.removed.emit(sha)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            moving = event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (
                Qt.Key.Key_Left,
                Qt.Key.Key_Right,
            )
            if self._photos.captioned and (moving or event.key() == Qt.Key.Key_F2):
                # The window has these keys, too: 返回 and 新建.
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and plain == Qt.KeyboardModifier.AltModifier and self._photos.captioned:
            self.move_focused(step)
        elif event.key() in _ENTER and not plain:
            self.open_focused()
        elif event.key() == Qt.Key.Key_Delete and not plain:
            self.remove_focused()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return
