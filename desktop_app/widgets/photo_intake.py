"""Brings photos in: from files, a folder, a drop or the clipboard, one job after another.

Shows how far it is and what was not taken in. What becomes of a picture is for whoever takes it in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job, Progress
from desktop_app.core.photos import PhotoSource, Refusal
from desktop_app.widgets.forms import ScrollPage, plain_button
from desktop_app.widgets.jobs import Ticket
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

CLIPBOARD = "剪贴板里的图片"
STOPPED = "已停止，这一次的照片没有加入。"
_MOST_SEEN = 3
"""So many files are seen at once; the others are scrolled to."""


class Taken(Protocol):
    """What became of pictures: `changed` is None when none was added."""

    @property
    def changed(self) -> Changed[Any] | None: ...

    @property
    def added(self) -> int: ...

    @property
    def refused(self) -> tuple[Refusal, ...]: ...


TakeIn = Callable[[Uid, Sequence[PhotoSource], Job], Taken]
"""Adds pictures to a record; called in a worker's thread."""


class Offered:
    """Pictures as they were dropped or pasted: files, or an image that has no name."""

    def __init__(self, sources: Sequence[PhotoSource], image: QImage | None = None) -> None:
        self._sources, self._image = tuple(sources), image

    def __bool__(self) -> bool:
        return bool(self._sources) or self._image is not None

    def sources(self) -> tuple[PhotoSource, ...]:
        """Ready for the service; an image is encoded here, in the worker's thread."""
        if self._image is None:
            return self._sources
        return (*self._sources, PhotoSource(CLIPBOARD, data=_encoded(self._image)))


def offered_by(mime: QMimeData) -> Offered:
    """What a drop or the clipboard holds; files come before the picture of them."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return offered_files(files)
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return Offered((), None if image.isNull() else image)


def offered_files(paths: Sequence[Path]) -> Offered:
    return Offered([PhotoSource(path.name, path) for path in paths])


def _encoded(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


class PhotoIntake(QWidget):
    """`taken` carries a `Taken` that added something. Hidden while it has nothing to say."""

    taken = Signal(object)

    def __init__(self, take_in: TakeIn, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._take_in, self._page = take_in, page
        self._waiting: list[tuple[Uid, Offered, TakeIn]] = []
        self._ticket: Ticket | None = None
        self.refused: tuple[Refusal, ...] = ()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(240)
        self.how_far = QLabel(self)
        self.how_far.setProperty("role", "quiet")
        self.cancel = plain_button("停止", self, icon_name="x")
        self.cancel.clicked.connect(self._cancel)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def is_busy(self) -> bool:
        return self._ticket is not None

    @property
    def words(self) -> str:
        """What was not taken in, as it is read, or empty."""
        return self._list.text() if self._box.isVisibleTo(self) else ""

    def bring(self, record: Uid, offered: Offered, take_in: TakeIn | None = None) -> None:
        """Take these in, after what is under way; `take_in`, if they go another way than usual."""
        self._waiting.append((record, offered, take_in or self._take_in))
        if self._ticket is None:
            self._next()

    @Slot()
    def forget(self) -> None:
        """What was said has been read, or another record is in front."""
        self.refused = ()
        self._box.hide()
        self.setVisible(self.is_busy)

    def _next(self) -> None:
        record, offered, take_in = self._waiting.pop(0)

        def work(job: Job) -> Taken:
            return take_in(record, offered.sources(), job)

        if not self._waiting and self._ticket is None:
            self.forget()
        self._ticket = self._page.in_background(
            "添加照片", work, self._done, self._failed, quick=False
        )
        self._ticket.progressed.connect(self._progressed)
        self._ticket.cancelled.connect(self._cancelled)
        self._progress_shown(True)
        self.how_far.setText("正在添加照片…")
        self._bar.setRange(0, 0)

    def _done(self, taken: Taken) -> None:
        if not shiboken6.isValid(self):
            # The form they were meant for was closed meanwhile.
            return
        self._say([*self.refused, *taken.refused])
        self._over()
        if taken.changed is not None:
            self.taken.emit(taken)

    def _failed(self, fault: Fault) -> None:
        if not shiboken6.isValid(self):
            return
        self._say([*self.refused, Refusal("没有添加照片", fault.words)])
        self._over()

    @Slot()
    def _cancelled(self) -> None:
        self._waiting.clear()
        self._say([*self.refused, Refusal("添加照片", STOPPED)])
        self._over()

    def _over(self) -> None:
        self._ticket = None
        self._progress_shown(False)
        if self._waiting:
            self._next()

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(progress.permille or 0)
        self.how_far.setText(f"正在添加　{progress.words}")

    @Slot()
    def _cancel(self) -> None:
        if self._ticket is not None:
            self.how_far.setText("正在停止…")
            self._ticket.cancel()

    def _say(self, refused: Sequence[Refusal]) -> None:
        self.refused = tuple(refused)
        self._box.setVisible(bool(refused))
        if refused:
            self._heading.setText(f"{len(refused)} 个没有加入，其余的都在：")
            self._list.setText("\n".join(f"{one.name}　{one.words}" for one in refused))
            line, wide = theme_of().metrics.control, self.width() - 4 * SPACE.medium
            whole = max(len(refused) * line, self._list.heightForWidth(wide))
            self._area.setFixedHeight(min(whole, _MOST_SEEN * line))
        self.setVisible(bool(refused) or self.is_busy)

    def _progress_shown(self, on: bool) -> None:
        self._running.setVisible(on)
        self.setVisible(on or bool(self.refused))

    def _lay_out(self) -> None:
        self._running = QWidget(self)
        line = QHBoxLayout(self._running)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.medium)
        line.addWidget(self._bar)
        line.addWidget(self.how_far, 1)
        line.addWidget(self.cancel)
        self._box = QFrame(self)
        self._box.setProperty("tone", "warn")
        self._heading, self._list = QLabel(self._box), QLabel(self._box)
        self._heading.setProperty("role", "bold")
        self._list.setWordWrap(True)
        self._list.setTextFormat(self._list.textFormat().PlainText)
        area = self._area = ScrollPage(self._box)
        area.body.addWidget(self._list)
        area.body.addStretch(1)
        self.read = QPushButton("知道了", self._box)
        self.read.clicked.connect(self.forget)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.read)
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        inside.setSpacing(SPACE.hair)
        inside.addLayout(head)
        inside.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(self._running)
        column.addWidget(self._box)
        self._running.hide()
        self._box.hide()
