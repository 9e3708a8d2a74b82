"""What the window says without asking: undo, progress and warnings. Nothing in here blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from desktop_app.core.job import Progress
from desktop_app.widgets.icons import icon
from desktop_app.widgets.jobs import JobRunner, Ticket
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

UNDO_SECONDS = 10
_UNDO = "撤销  Ctrl+Z"
_STEP_KEYS = "Ctrl+Shift+O"
CLASSIFIED = "非涉密系统，严禁录入涉密信息"


class UndoStrip(QFrame):
    """已登记 … [撤销 Ctrl+Z], for ten seconds. `gone` tells that the chance has passed or was used.

    It lies over the status strip, `above_foot` pixels over the lower end of `parent`, where it
    covers no button of the page. Ctrl+Z works while it stands, unless the field with the keyboard
    has something of its own to undo.
    """

    gone = Signal()

    def __init__(self, parent: QWidget, *, above_foot: int = SPACE.hair) -> None:
        super().__init__(parent)
        self.setProperty("role", "undo")
        self._above_foot = above_foot
        self._home = parent
        parent.installEventFilter(self)
        self._undo: Callable[[], None] | None = None
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(_UNDO, self)
        # A strip that comes and goes must not take the keyboard out of the form.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.undo)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.large, SPACE.hair, SPACE.hair, SPACE.hair)
        line.setSpacing(SPACE.large)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(UNDO_SECONDS * 1000)
        self._timer.timeout.connect(self.withdraw)
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self._shortcut.activated.connect(self.undo)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the strip says now."""
        return self._sentence.text()

    @property
    def seconds_left(self) -> float:
        """How long the offer still stands; 0 when there is none."""
        return max(0, self._timer.remainingTime()) / 1000

    def offer(
        self, sentence: str, undo: Callable[[], None] | None = None, *, step: str = ""
    ) -> None:
        """Say what was done; with `undo` offer to take it back. Replaces an earlier offer.

        With `step` it is no taking back that is offered, but a next step of that name.
        """
        self._undo = undo
        self._sentence.setText(sentence)
        self._button.setText(f"{step}  {_STEP_KEYS}" if step else _UNDO)
        self._button.setVisible(undo is not None)
        self._shortcut.setEnabled(undo is not None)
        self._shortcut.setKey(
            QKeySequence(_STEP_KEYS) if step else QKeySequence(QKeySequence.StandardKey.Undo)
        )
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        """In the middle, over the status strip."""
        self.ensurePolished()
        self._line.activate()
        size = self.sizeHint()
        width = min(max(size.width(), 360), self._home.width() - 2 * SPACE.wide)
        left = (self._home.width() - width) // 2
        top = self._home.height() - size.height() - self._above_foot
        self.setGeometry(left, top, width, size.height())

    @Slot()
    def undo(self) -> None:
        """Take back what was offered, once."""
        undo = self._undo
        self.withdraw()
        if undo is not None:
            undo()

    @Slot()
    def withdraw(self) -> None:
        """The chance is over."""
        self._timer.stop()
        self._undo = None
        self._shortcut.setEnabled(False)
        if not self.isHidden():
            self.hide()
            self.gone.emit()


class StatusStrip(QFrame):
    """The strip at the foot of the window: the running job, when was last saved, 上报, and the law.

    It follows a `JobRunner`: only long jobs show, the oldest first.
    """

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._runner = runner
        self._job = self._label()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = QPushButton("取消", self)
        self._cancel.setProperty("role", "plain")
        self._cancel.clicked.connect(self._cancel_job)
        self._saved, self._reported = self._label(), self._label()
        law = self._label()
        law.setText(CLASSIFIED)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        line.setSpacing(SPACE.medium)
        for widget in (self._job, self._bar, self._cancel):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self._saved, self._reported, law):
            line.addWidget(widget)
        self._show_job()
        runner.started.connect(self._started)
        runner.finished.connect(self._show_job)

    def set_saved(self, words: str) -> None:
        """When the last change was saved, e.g. 14:05 已保存."""
        self._saved.setText(words)
        self._saved.setVisible(bool(words))

    def set_reported(self, words: str, *, waiting: bool = False) -> None:
        """How the report to the street stands, e.g. 10月已上报."""
        self._reported.setText(words)
        set_role(self._reported, "warn" if waiting else "small")
        self._reported.setVisible(bool(words))

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "small")
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _shown(self) -> Ticket | None:
        return next((ticket for ticket in self._runner.running if not ticket.is_quick), None)

    @Slot(object)
    def _started(self, ticket: Ticket) -> None:
        ticket.progressed.connect(self._progressed)
        self._show_job()

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        shown = self._shown()
        if shown is None or self.sender() is not shown:
            return
        permille = progress.permille
        self._bar.setRange(0, 0 if permille is None else 1000)
        self._bar.setValue(permille or 0)
        self._job.setText(f"{shown.title}　{progress.words}" if progress.words else shown.title)

    @Slot()
    def _show_job(self, _ticket: object = None) -> None:
        shown = self._shown()
        for widget in (self._job, self._bar, self._cancel):
            widget.setVisible(shown is not None)
        self.setFixedHeight(theme_of().metrics.control)
        if shown is not None:
            self._job.setText(shown.title)
            self._bar.setRange(0, 0)

    @Slot()
    def _cancel_job(self) -> None:
        shown = self._shown()
        if shown is not None:
            shown.cancel()
            self._job.setText(f"{shown.title}　正在停止…")


class Banner(QFrame):
    """A warning across the top that stays until its reason is gone: read-only, disk full, clock.

    `pressed` is the button with the next step.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.pressed)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.large, SPACE.small, SPACE.large, SPACE.small)
        line.setSpacing(SPACE.medium)
        line.addWidget(self._picture)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the banner says now."""
        return self._sentence.text()

    def warn(self, sentence: str, *, tone: str = "warn", step: str = "") -> None:
        """Show a sentence; `tone` is warn, late, info or ok, `step` the verb on the button."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        name = {"info": "info", "ok": "circle-check"}.get(tone, "triangle-alert")
        side = theme_of().metrics.icon
        self._picture.setPixmap(icon(name, tone).pixmap(side, side))
        self._sentence.setText(sentence)
        self._button.setText(step)
        self._button.setVisible(bool(step))
        self.show()

    @Slot()
    def withdraw(self) -> None:
        """The reason is gone."""
        self.hide()
