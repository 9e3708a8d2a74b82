"""One photo as large as the window allows; the arrows go through all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QVBoxLayout

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.photos import Photo
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
}
_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class PhotoViewer(QDialog):
    """Opens at one photo; Left and Right go on, Enter and Esc close."""

    def __init__(
        self, page: Page, read: Callable[[str], bytes], photos: Sequence[Photo], at: int
    ) -> None:
        """`read` answers the JPEG of a photo by its SHA-256, in a worker's thread."""
        super().__init__(page)
        self.setWindowTitle("看照片")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._content = page, read
        self._photos, self.at = tuple(photos), at
        self._image = QImage()
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ignored = QSizePolicy.Policy.Ignored
        self._picture.setSizePolicy(ignored, ignored)
        self._picture.installEventFilter(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.medium)
        column.addWidget(self._picture, 1)
        column.addWidget(self.words)
        room = page.window().size()
        self.resize(room - QSize(2 * SPACE.huge, 2 * SPACE.huge))
        self._read()

    @property
    def is_shown(self) -> bool:
        """Whether the photo has been read."""
        return not self._image.isNull()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in _LEAVING:
            self.accept()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= self.at + step < len(self._photos):
            self.at += step
            self._read()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # The picture's own size is known only once the layout has given it.
        if event.type() == QEvent.Type.Resize:
            self._paint()
        return False

    def _read(self) -> None:
        photo = self._photos[self.at]
        told = f"{self.at + 1} / {len(self._photos)}"
        self.words.setText(f"{told}　{photo.caption}" if photo.caption else told)
        self._image = QImage()
        content = self._content

        def work(_job: Job) -> QImage:
            return QImage.fromData(content(photo.sha256))

        self._page.in_background("看照片", work, self._show, self._fail)

    def _show(self, image: QImage) -> None:
        if shiboken6.isValid(self):
            self._image = image
            self._paint()

    def _fail(self, fault: Fault) -> None:
        if shiboken6.isValid(self):
            self._picture.setText(fault.words)

    def _paint(self) -> None:
        if self._image.isNull():
            self._picture.clear()
            return
        ratio = self.devicePixelRatioF()
        room = self._picture.size() * ratio
        size = self._image.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(
            self._image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        )
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)
