"""What is being taken in, or what came of it: over the lists, there until somebody has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.core.job import Progress
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.jobs import Ticket
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

STOPPING = "正在停止，手上这一个会先做完，或者完全不收…"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: a headline and sentences; `tone` is ok, info, warn or late."""

    tone: str
    headline: str
    sentences: Sequence[str] = ()


class Strip(Card):
    """`closed` comes when what it says was seen and put away."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._ticket: Ticket | None = None
        self._picture = QLabel(self)
        self.headline = QLabel(self)
        self.headline.setProperty("role", "section")
        self.sentences = QLabel(self)
        for label in (self.headline, self.sentences):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop = plain_button("停止", self, icon_name="x")
        self.put_away = plain_button("关闭", self)
        self.put_away.setToolTip("关闭（Esc）")
        self._lay_out()
        self.stop.clicked.connect(self._stop)
        self.put_away.clicked.connect(self.close_told)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self.close_told)
        self.hide()

    @property
    def words(self) -> str:
        """All it says, or nothing while it is away."""
        if self.isHidden():
            return ""
        return f"{self.headline.text()}\n{self.sentences.text()}"

    @property
    def is_busy(self) -> bool:
        return self._ticket is not None

    def follow(self, ticket: Ticket) -> None:
        """Show this work until it is over."""
        self._ticket = ticket
        self._paint("inbox", "info")
        self.headline.setText(ticket.title)
        self.sentences.setText("")
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.stop):
            widget.show()
        self.stop.setEnabled(True)
        self.put_away.hide()
        self.sentences.show()
        ticket.progressed.connect(self._progressed)
        self.show()

    def tell(self, told: Told) -> None:
        """It came to this."""
        self._ticket = None
        names = {"ok": "circle-check", "info": "info"}
        self._paint(names.get(told.tone, "triangle-alert"), told.tone)
        self.headline.setText(told.headline)
        self.sentences.setText("\n".join(told.sentences))
        self.sentences.setVisible(bool(told.sentences))
        for widget in (self.bar, self.stop):
            widget.hide()
        self.put_away.show()
        self.setAccessibleName(self.words)
        self.show()

    @Slot()
    def close_told(self) -> None:
        """Put what it says away; work under way stays."""
        if self._ticket is None and not self.isHidden():
            self.hide()
            self.closed.emit()

    def _paint(self, name: str, tone: str) -> None:
        side = theme_of().metrics.icon + 8
        self._picture.setPixmap(pixmap(name, tone, side, self.devicePixelRatioF()))
        self._picture.setFixedWidth(side)

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        if self.sender() is not self._ticket:
            return
        permille = progress.permille
        self.bar.setRange(0, 0 if permille is None else 1000)
        self.bar.setValue(permille or 0)
        count = f"{progress.done}/{progress.total}　" if progress.total else ""
        self.sentences.setText(f"{count}{progress.words}")

    @Slot()
    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stop.setEnabled(False)
            self.sentences.setText(STOPPING)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE.hair)
        words.addWidget(self.headline)
        words.addWidget(self.bar)
        words.addWidget(self.sentences)
        across = QHBoxLayout()
        across.setSpacing(SPACE.medium)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        across.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.put_away, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(across)
