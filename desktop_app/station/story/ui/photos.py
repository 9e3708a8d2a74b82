"""The photos of the focused chapter, one at a time, read off the window's thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.story import service
from desktop_app.station.story.chapters import Chapter
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card
from desktop_app.widgets.page import Page


class StoryPhotos(Card):
    """Shows the photos of a chapter; `turn` leads from one to the next."""

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__("", page)
        self._page, self._desk = page, desk
        self._chapter: Chapter | None = None
        self._at = 0
        self._image = QImage()
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(QSize(1, 1))
        self._words = QLabel(self)
        self._words.setProperty("role", "quiet")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.body.addWidget(self._picture, 1)
        self.body.addWidget(self._words)

    @property
    def count(self) -> int:
        """How many photos the chapter has."""
        return 0 if self._chapter is None else len(self._chapter.photos)

    @property
    def told(self) -> str:
        """What is written below the photo."""
        return self._words.text()

    @property
    def is_shown(self) -> bool:
        """Whether the photo has been read."""
        return not self._image.isNull()

    def show_chapter(self, chapter: Chapter | None) -> None:
        """Show the first photo of another chapter; nothing when it has none."""
        if chapter == self._chapter:
            return
        self._chapter, self._at = chapter, 0
        self._read()

    def turn(self, step: int) -> None:
        """The next photo, or the one before."""
        if 0 <= self._at + step < self.count:
            self._at += step
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _read(self) -> None:
        self._image = QImage()
        self._picture.clear()
        self._words.clear()
        if self._chapter is None or not self.count:
            return
        photo = self._chapter.photos[self._at]
        told = f"{self._at + 1} / {self.count}"
        self._words.setText(f"{told}　{photo.caption}" if photo.caption else told)
        self._picture.setAccessibleName(f"照片 {told} {photo.caption}".strip())
        work = partial(_load, self._desk, self._chapter, photo.sha256)
        self._page.in_background("来龙去脉的照片", work, self._show, self._fail)

    def _show(self, image: QImage) -> None:
        self._image = image
        self._paint()

    def _fail(self, fault: Fault) -> None:
        self._words.setText(fault.words)

    def _paint(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(
            self._image.scaled(
                self._picture.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)


def _load(desk: Desk, chapter: Chapter, sha256: str, _job: Job) -> QImage:
    """In the worker's thread."""
    return QImage.fromData(service.picture(desk, chapter, sha256))
