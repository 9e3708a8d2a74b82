"""Files dragged over a page: a veil says what letting go would do, or why it would do nothing.

Knows no kind of file: the page says of each drop whether it takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


@dataclass(frozen=True, slots=True)
class DropAnswer:
    """What becomes of dropped files: `taken` of them, and the sentence that stands on the veil."""

    taken: tuple[Path, ...]
    words: str


class FileDrop(QFrame):
    """Lies over `page` while files are dragged there.

    `dropped` carries the paths the page takes, `refused` the sentence why it takes none. Files of
    which `judge` says nothing are left to whatever lies below.
    """

    dropped = Signal(object)
    refused = Signal(object)

    def __init__(
        self, page: QWidget, judge: Callable[[tuple[Path, ...]], DropAnswer | None]
    ) -> None:
        super().__init__(page)
        self.setProperty("role", "veil")
        self._page, self._judge = page, judge
        self._picture, self._words = QLabel(self), QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "section")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.medium)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._words)
        column.addStretch(3)
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What the veil says now; empty while nothing is dragged."""
        return "" if self.isHidden() else self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._page:
            return False
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._let_go(event)
        if isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragEnter:
            return self._come(event)
        if isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove:
            event.acceptProposedAction()
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Hide):
            self.hide()
        elif event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _come(self, event: QDragMoveEvent) -> bool:
        files = files_of(event.mimeData())
        if not files:
            return False
        answer = self._judge(files)
        if answer is None:
            return False
        # Also what is refused: only who may let go here can be told why not.
        event.acceptProposedAction()
        tone = "info" if answer.taken else "warn"
        side = 2 * theme_of().metrics.icon
        name = "download" if answer.taken else "ban"
        self._picture.setPixmap(pixmap(name, tone, side, self.devicePixelRatioF()))
        self._words.setText(answer.words)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._cover()
        self.show()
        self.raise_()
        return True

    def _let_go(self, event: QDropEvent) -> bool:
        self.hide()
        files = files_of(event.mimeData())
        answer = self._judge(files) if files else None
        if answer is None:
            return False
        event.acceptProposedAction()
        if answer.taken:
            self.dropped.emit(answer.taken)
        else:
            self.refused.emit(answer.words)
        return True

    def _cover(self) -> None:
        self.setGeometry(self._page.rect())


def files_of(mime: QMimeData) -> tuple[Path, ...]:
    """The files of a drop that lie on a disk."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
