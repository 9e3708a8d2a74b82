"""The photos of a step that is being written down: chosen, pasted or dropped, shown as small tiles.

They are shrunk as they come and kept with the step; until then they are nowhere but in the form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QImageReader,
    QKeyEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource, Picture
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_intake import Offered, PhotoIntake, Taken, offered_by
from desktop_app.widgets.photo_thumb import THUMB, PhotoThumb
from desktop_app.widgets.photo_tools import ADD_KEYS, NOTHING_TO_PASTE, PASTE_KEYS, choose_photos
from desktop_app.widgets.tokens import SPACE

PHOTOS = "photos"
"""What the field is called in a form, and in the faults that blame it."""

STILL_AT_IT = "照片还在处理，没有保存。"


LookAt = Callable[[Uid, Sequence[PhotoSource], Sequence[str], Job], Taken]
"""Makes pictures of what was offered; called in a worker's thread. The texts are the SHA-256 of
those that are here already; the value of what it answers as `changed` are the pictures."""


class StepPhotos(QWidget):
    """`value()` are the pictures, in their order."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, of: Uid, look_at: LookAt, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._of, self._look_at = of, look_at
        self._pictures: list[Picture] = []
        self.thumbs: list[PhotoThumb] = []
        self.intake = PhotoIntake(self._look, page, self)
        self.choose = plain_button("添加照片", self, icon_name="plus", keys=ADD_KEYS)
        self.paste = plain_button("粘贴", self, icon_name="image", keys=PASTE_KEYS)
        self.remove = plain_button("移除", self, icon_name="trash-2")
        self.remove.setProperty("role", "plain")
        self.remove.setToolTip("移除选中的照片（Del）")
        self.remove.hide()
        self._shown = QWidget(self)
        self._flow = FlowLayout(self._shown, gap=SPACE.small)
        self._shown.hide()
        self._lay_out()
        self.setFocusProxy(self.choose)
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._choose)
        self.paste.clicked.connect(self._paste)
        self.remove.clicked.connect(self._remove)
        self.intake.taken.connect(self._take)

    def value(self) -> tuple[Picture, ...]:
        return tuple(self._pictures)

    def settled(self) -> tuple[Picture, ...]:
        """The pictures to be saved; a `UserError` while some are still being read."""
        if self.intake.is_busy:
            raise UserError(STILL_AT_IT, "请稍等片刻再保存。", field=PHOTOS)
        return self.value()

    def bring(self, offered: Offered) -> None:
        """Take in what was chosen, dropped or pasted."""
        if offered:
            self.intake.bring(self._of, offered)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # The form was closed: nobody waits for what is still being read.
            self.intake.cancel.click()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if offered_by(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.bring(offered_by(event.mimeData()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, PhotoThumb):
            watched.setChecked(True)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Delete:
            return False
        self._remove()
        return True

    # --- inside --------------------------------------------------------------------------------

    def _look(self, of: Uid, sources: Sequence[PhotoSource], job: Job) -> Taken:
        """In the worker's thread."""
        return self._look_at(of, sources, [_name(one) for one in tuple(self._pictures)], job)

    @Slot()
    def _choose(self) -> None:
        choose_photos(self, self.bring)

    @Slot()
    def _paste(self) -> None:
        offered = offered_by(QGuiApplication.clipboard().mimeData())
        if offered:
            self.bring(offered)
        else:
            self.refused.emit(NOTHING_TO_PASTE)

    @Slot(object)
    def _take(self, taken: Taken) -> None:
        assert taken.changed is not None, "only told when some can be kept"
        for picture in taken.changed.value:
            self._pictures.append(picture)
            thumb = PhotoThumb(f"照片 {len(self._pictures)}", self._shown)
            thumb.setCheckable(True)
            thumb.setAutoExclusive(True)
            thumb.show_picture(_small(picture))
            thumb.installEventFilter(self)
            self.thumbs.append(thumb)
            self._flow.addWidget(thumb)
            thumb.show()
        self.thumbs[-1].setChecked(True)
        self._told()

    @Slot()
    def _remove(self) -> None:
        place = next((n for n, one in enumerate(self.thumbs) if one.isChecked()), None)
        if place is None:
            return
        del self._pictures[place]
        thumb = self.thumbs.pop(place)
        had_keyboard = thumb.hasFocus()
        self._flow.removeWidget(thumb)
        thumb.hide()
        thumb.deleteLater()
        if self.thumbs:
            after = self.thumbs[min(place, len(self.thumbs) - 1)]
            after.setChecked(True)
            if had_keyboard:
                after.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._told()

    def _told(self) -> None:
        some = bool(self._pictures)
        self._shown.setVisible(some)
        self.remove.setVisible(some)
        self.updateGeometry()
        self.changed.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        for button in (self.choose, self.paste, self.remove):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(line)
        column.addWidget(self.intake)
        column.addWidget(self._shown)


def photo_field(of: Uid, look_at: LookAt, page: Page, parent: QWidget) -> LabelledField:
    """The field of a step's photos, as it stands at the end of every form of a step."""
    editor = StepPhotos(of, look_at, page, parent)
    hint = "可以拖进来；这一步的照片显示在办理过程里。"
    return LabelledField("照片", editor, parent, key="F", optional=True, hint=hint)


def pictures_of(field: LabelledField) -> tuple[Picture, ...]:
    """What that field holds; a `UserError` while some are still being read."""
    assert isinstance(field.editor, StepPhotos)
    return field.editor.settled()


def _name(picture: Picture) -> str:
    return sha256(picture.jpeg).hexdigest()


def _small(picture: Picture) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.jpeg))
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    size.scale(THUMB * 3, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(size)
    return reader.read()
