"""How far a long step is, how long it will still take, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.core.job import Progress
from desktop_app.station.importing.ui.words import time_left
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.jobs import Ticket
from desktop_app.widgets.tokens import SPACE

STOP, STOPPING = "取消", "正在停止"
_SURE_AFTER_MS = 1_500
"""The first moments of a job tell nothing of how long it takes."""


class ProgressFace(QWidget):
    """Follows one ticket at a time. `stopped` is the press of 取消."""

    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ticket: Ticket | None = None
        self._clock = QElapsedTimer()
        self.title, self.more, self.how_far = QLabel(self), QLabel(self), QLabel(self)
        for label, role in (
            (self.title, "section"),
            (self.more, "quiet"),
            (self.how_far, "quiet"),
        ):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop = plain_button(STOP, self, icon_name="x")
        EnterKey(self, self.stop)
        self.stop.clicked.connect(self.cancel)
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addWidget(self.how_far, 1)
        line.addWidget(self.stop)
        card = Card(parent=self)
        for part in (self.title, self.bar):
            card.body.addWidget(part)
        card.body.addLayout(line)
        card.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def follow(self, ticket: Ticket, title: str, more: str) -> None:
        """Show this work until it is over."""
        self._ticket = ticket
        self._clock.start()
        self.title.setText(title)
        self.more.setText(more)
        self.how_far.clear()
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        ticket.progressed.connect(self._progressed)

    def take_keyboard(self) -> None:
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._ticket is not None and self.stop.isEnabled():
            self._ticket.cancel()
            self.stop.setEnabled(False)
            self.how_far.setText(STOPPING)
            self.stopped.emit()

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        if self.sender() is not self._ticket:
            return
        permille = progress.permille
        self.bar.setRange(0, 0 if permille is None else 1000)
        self.bar.setValue(permille or 0)
        told = [progress.words] if progress.words else []
        if not self.stop.isEnabled():
            # What was written is being taken back.
            self.how_far.setText("，".join((STOPPING, *told)))
            return
        spent = self._clock.elapsed()
        if permille and permille < 1000 and spent > _SURE_AFTER_MS:
            told.append(time_left(spent / permille * (1000 - permille) / 1000))
        self.how_far.setText("，".join(told))
