"""What is under way and what came of it: read at arm's length, there until somebody has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.job import Progress
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import focus_order, plain_button, primary_button
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.jobs import Ticket
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

DONE, LATER = "完成", "关闭"
STOPPING = "正在停止…"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do about an outcome: its name for the page and the verb on the button."""

    name: str
    verb: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a headline for across the room, sentences below, the next steps.

    `tone` is ok, info, warn or late.
    """

    tone: str
    headline: str
    sentences: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


class ProgressFace(QWidget):
    """How far the work is, and a button that stops it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ticket: Ticket | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "section")
        self.how_far = QLabel(self)
        self.how_far.setProperty("role", "quiet")
        for label in (self.title, self.how_far):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop = plain_button("取消", self, icon_name="x")
        self.stop.clicked.connect(self._stop)
        EnterKey(self, self.stop)
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addWidget(self.how_far, 1)
        line.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        column.setSpacing(SPACE.medium)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addLayout(line)
        column.addStretch(1)

    def follow(self, ticket: Ticket, *, may_stop: bool = True) -> None:
        """Show this work until it is over."""
        self._ticket = ticket
        self.title.setText(ticket.title)
        self.how_far.clear()
        self.bar.setRange(0, 0)
        self.stop.setVisible(may_stop)
        self.stop.setEnabled(True)
        ticket.progressed.connect(self._progressed)

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        if self.sender() is not self._ticket:
            return
        permille = progress.permille
        self.bar.setRange(0, 0 if permille is None else 1000)
        self.bar.setValue(permille or 0)
        self.how_far.setText(progress.words)

    @Slot()
    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stop.setEnabled(False)
            self.how_far.setText(STOPPING)


class OutcomeFace(QWidget):
    """`closed` is 完成 or Esc; `step_wanted` carries the name of another step."""

    closed = Signal()
    step_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tone = ""
        self._picture = QLabel(self)
        self.headline = QLabel(self)
        self.headline.setProperty("role", "headline")
        self.sentences = QLabel(self)
        for label in (self.headline, self.sentences):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        # File names and numbers are read out on the telephone, or copied.
        self.sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.done = primary_button(DONE, self)
        self.done.setToolTip("关闭（Esc）")
        self._buttons: list[QPushButton] = []
        self._lay_out()
        self.done.clicked.connect(self.closed)
        self._enter = EnterKey(self, self.done)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self.closed)

    @property
    def words(self) -> str:
        """All of it, as it is read out."""
        return f"{self.headline.text()}\n{self.sentences.text()}"

    def show_outcome(self, outcome: Outcome) -> None:
        """Show this."""
        self.tone = outcome.tone
        names = {"ok": "circle-check", "info": "info"}
        side = 2 * theme_of().metrics.icon
        picture = names.get(outcome.tone, "triangle-alert")
        self._picture.setPixmap(pixmap(picture, outcome.tone, side, self.devicePixelRatioF()))
        self._picture.setFixedWidth(side)
        self.headline.setText(outcome.headline)
        self.sentences.setText("\n".join(outcome.sentences))
        self.sentences.setVisible(bool(outcome.sentences))
        self.setAccessibleName(self.words)
        self._offer(outcome.steps)

    def take_keyboard(self) -> None:
        (self._buttons[0] if self._buttons else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, steps: Sequence[Step]) -> None:
        for button in self._buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        self._line.removeWidget(self.done)
        for number, step in enumerate(steps):
            button = plain_button(step.verb, self)
            set_role(button, "" if number else "primary")
            button.clicked.connect(partial(self.step_wanted.emit, step.name))
            self._enter.look_after(button)
            self._line.addWidget(button)
            self._buttons.append(button)
        self.done.setText(LATER if steps else DONE)
        set_role(self.done, "" if steps else "primary")
        self._line.addWidget(self.done)
        focus_order([*self._buttons, self.done])

    def _lay_out(self) -> None:
        self._line = FlowLayout(gap=SPACE.small)
        self._line.addWidget(self.done)
        words = QVBoxLayout()
        words.setSpacing(SPACE.small)
        words.addWidget(self.headline)
        words.addWidget(self.sentences)
        words.addSpacing(SPACE.hair)
        words.addLayout(self._line)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        column.addStretch(1)
        column.addLayout(across)
        column.addStretch(1)
