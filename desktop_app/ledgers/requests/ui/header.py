"""The head of a request's page: its number, how it stands, and the steps one may take now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop_app.ledgers.requests.rules.request import Action, Request, RequestKind
from desktop_app.ledgers.requests.ui.parts import ICONS, KEYS, state_chip, verb
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

_BESIDE = 2
"""How many steps stand beside the first one; the rest are under 更多."""


class RequestHeader(QWidget):
    """`step_wanted` carries an `Action`; `correct_wanted` is 更正, `back` the way out.

    `paper_wanted` carries the name of a kind of paper.
    """

    step_wanted = Signal(object)
    correct_wanted = Signal()
    paper_wanted = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._offered: tuple[Action, ...] = ()
        self._others: list[QPushButton] = []
        self._kind = RequestKind.APPEAL
        back = plain_button("返回", self, icon_name="chevron-left")
        back.setProperty("role", "plain")
        back.setToolTip("返回（Esc）")
        back.clicked.connect(self.back)
        self._number = QLabel(self)
        self._number.setProperty("role", "title")
        self.chip = Chip(ChipText(""), self)
        self.due = QLabel(self)
        self.due.setProperty("role", "quiet")
        self._due_chip = Chip(ChipText(""), self)
        self.steps = [QPushButton(self) for _ in range(1 + _BESIDE)]
        self.correct = plain_button("更正", self, icon_name="pencil")
        self.correct.setToolTip("更正（E）")
        self.correct.clicked.connect(self.correct_wanted)
        self.papers = {
            "dispute-slip": plain_button("打印移交单", self, icon_name="printer", keys="Ctrl+P"),
        }
        for name, button in self.papers.items():
            button.clicked.connect(partial(self.paper_wanted.emit, name))
        self.more = QPushButton("更多", self)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        for number, button in enumerate(self.steps):
            button.clicked.connect(partial(self._press, number))
        # The dots say that there is more; Qt's own little arrow sits in a corner.
        put_icon(self.more, "ellipsis")
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self._lay_out((back, self._number, self.chip, self._due_chip, self.due))
        self.wipe()

    @property
    def offered(self) -> tuple[Action, ...]:
        """The steps that may be taken now, in the order of the buttons."""
        return self._offered

    def wipe(self) -> None:
        """Show nothing of anybody while the next request is on its way."""
        self._number.clear()
        self.due.clear()
        self._offered = ()
        papers, others = self.papers.values(), self._others
        hidden = (self.chip, self._due_chip, self.more, self.correct)
        for widget in (*hidden, *others, *papers, *self.steps):
            widget.hide()

    def show_request(
        self,
        request: Request,
        due: ChipText | str,
        offered: tuple[Action, ...],
        *,
        may_correct: bool,
        papers: Collection[str] = (),
    ) -> None:
        """Show how a request stands and what may be done with it."""
        self._offered = offered
        self._kind = request.kind
        self._number.setText(request.number)
        self.chip.set_text(state_chip(request.state, request.kind))
        self.chip.show()
        if isinstance(due, ChipText):
            self._due_chip.set_text(due)
        self._due_chip.setVisible(isinstance(due, ChipText))
        self.due.setText("" if isinstance(due, ChipText) else due)
        self.correct.setVisible(may_correct)
        for name, paper in self.papers.items():
            paper.setVisible(name in papers)
        for number, button in enumerate(self.steps):
            self._fill(button, offered[number : number + 1], first=number == 0 and request.open)
        self._menu.clear()
        for step in offered[1 + _BESIDE :]:
            action = self._menu.addAction(
                icon(ICONS[step]), f"{verb(step, request.kind)}\t{KEYS[step]}"
            )
            action.triggered.connect(partial(self.step_wanted.emit, step))
        self.more.setVisible(len(offered) > 1 + _BESIDE)
        self._turn()

    def offer(self, button: QPushButton, *, on: bool) -> None:
        """Show or hide a deed that is none of the ledger's own, between 更正 and the steps."""
        if button not in self._others:
            self._others.append(button)
            self._flow.insert_widget(self._flow.count() - len(self.steps), button)
        button.setVisible(on)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _lay_out(self, parts: Sequence[QWidget]) -> None:
        about, self._does = QWidget(self), QWidget(self)
        line = QHBoxLayout(about)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        for widget in parts:
            line.addWidget(widget)
        line.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._does.setSizePolicy(policy)
        flow = self._flow = FlowLayout(self._does)
        for widget in (*self.papers.values(), self.more, self.correct, *reversed(self.steps)):
            flow.addWidget(widget)
        self._about = about
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(SPACE.small)
        self._both.addWidget(about, 1)
        self._both.addWidget(self._does)

    def _turn(self) -> None:
        """The steps stand beside the number where there is room, else below it."""
        needed = self._about.sizeHint().width() + self._does.sizeHint().width() + SPACE.small
        wide = self.width() >= needed
        self._both.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _fill(self, button: QPushButton, steps: tuple[Action, ...], *, first: bool) -> None:
        button.setVisible(bool(steps))
        for step in steps:
            said = verb(step, self._kind)
            button.setText(f"{said}  {KEYS[step]}")
            button.setAccessibleName(said)
            # An ended request needs nothing more: no button of it asks to be pressed.
            set_role(button, "primary" if first else "")
            put_icon(button, ICONS[step], "on_accent" if first else "ink")

    @Slot()
    def _press(self, number: int) -> None:
        if number < len(self._offered):
            self.step_wanted.emit(self._offered[number])
