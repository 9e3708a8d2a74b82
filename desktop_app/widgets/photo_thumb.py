"""A photo as a small tile that is pressed: click, space bar or Enter. Its middle is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import RADIUS

THUMB = QSize(72, 54)
"""At the normal text size."""

UNREADABLE = "打不开"


class PhotoThumb(QAbstractButton):
    """`told` is read out; `show_picture` brings the picture, None where it cannot be read."""

    def __init__(self, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.is_broken = False
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_shown(self) -> bool:
        """Whether the picture has come."""
        return self._image is not None

    def show_picture(self, image: QImage | None) -> None:
        self._image, self.is_broken = image, image is None
        self.update()

    def sizeHint(self) -> QSize:
        return THUMB * (theme_of().metrics.body / 14)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        marked = self.hasFocus() or self.isChecked()
        wide = 2.0 if marked else 1.0
        frame = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(shape)
        self._fill(painter)
        painter.restore()
        painter.setPen(QPen(colour("accent" if marked else "line"), wide))
        painter.drawPath(shape)

    def _fill(self, painter: QPainter) -> None:
        if self._image is None:
            painter.fillRect(self.rect(), colour("raised"))
            painter.setFont(font(theme_of().metrics.small))
            painter.setPen(colour("quiet"))
            words = UNREADABLE if self.is_broken else "…"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        painter.drawImage(self.rect(), self._image, _middle(self._image.size(), self.size()))


def _middle(picture: QSize, place: QSize) -> QRect:
    """The part of a picture that fills a place of another shape: its middle."""
    part = place.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    found = QRect(0, 0, part.width(), part.height())
    found.moveCenter(QRect(0, 0, picture.width(), picture.height()).center())
    return found
