"""The head of a record's page: its name, how it stands, and what may be done with it now.

The page says which deeds are offered, each with its verb, icon and letter; knows no ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

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

from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

_ON_HEAD = 3
"""How many deeds stand on the head; the rest are under 更多, and all of them have their letters."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do with the record: the verb on its button, its icon, its letter or keys."""

    verb: str
    icon: str
    key: str


@dataclass(frozen=True, slots=True)
class PaperButton:
    """A paper of the record: the kind's name, the verb on its button, its keys."""

    kind: str
    verb: str
    keys: str = ""


class RecordHead(QWidget):
    """`wanted` carries the name of a deed that is offered now, `paper_wanted` a kind of paper;
    `correct_wanted` is 更正, `back` the way out."""

    wanted = Signal(object)
    paper_wanted = Signal(object)
    correct_wanted = Signal()
    back = Signal()

    def __init__(self, parent: QWidget, papers: Sequence[PaperButton] = ()) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._deeds: dict[Any, Deed] = {}
        self._others: list[QPushButton] = []
        back = plain_button("返回", self, icon_name="chevron-left")
        back.setProperty("role", "plain")
        back.setToolTip("返回（Esc）")
        back.clicked.connect(self.back)
        self._name, self.due = QLabel(self), QLabel(self)
        self._name.setProperty("role", "title")
        self.due.setProperty("role", "quiet")
        self.chip, self._due_chip = Chip(ChipText(""), self), Chip(ChipText(""), self)
        self.steps = [QPushButton(self) for _ in range(_ON_HEAD)]
        for number, button in enumerate(self.steps):
            button.clicked.connect(partial(self._press, number))
        self.correct = plain_button("更正", self, icon_name="pencil")
        self.correct.setToolTip("更正（E）")
        self.correct.clicked.connect(self.correct_wanted)
        self.papers = {
            paper.kind: plain_button(paper.verb, self, icon_name="printer", keys=paper.keys)
            for paper in papers
        }
        for kind, button in self.papers.items():
            button.clicked.connect(partial(self.paper_wanted.emit, kind))
        self.more = QPushButton("更多", self)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        # The dots say that there is more; Qt's own little arrow sits in a corner.
        put_icon(self.more, "ellipsis")
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self._lay_out((back, self._name, self.chip, self._due_chip, self.due))
        self.wipe()

    @property
    def offered(self) -> tuple[Any, ...]:
        """The names of the deeds that may be done now, in the order of the buttons."""
        return tuple(self._deeds)

    def wipe(self) -> None:
        """Show nothing of any record while the next one is on its way."""
        self._deeds = {}
        self._name.clear()
        self.due.clear()
        shown = (self.chip, self._due_chip, self.more, self.correct)
        for widget in (*shown, *self._others, *self.papers.values(), *self.steps):
            widget.hide()

    def show_record(
        self,
        name: str,
        state: ChipText,
        due: ChipText | str,
        deeds: Mapping[Any, Deed],
        *,
        may_correct: bool = False,
        papers: Collection[str] = (),
        urge: bool = True,
    ) -> None:
        """Show how a record stands and what may be done with it, by name and in order.

        `due` is what stands beside its state. With `urge` the first deed is what usually comes
        next, and asks to be pressed; an ended record needs nothing more.
        """
        self._deeds = dict(deeds)
        self._name.setText(name)
        self._name.setToolTip(name)
        self.chip.set_text(state)
        self.chip.show()
        if isinstance(due, ChipText):
            self._due_chip.set_text(due)
        self._due_chip.setVisible(isinstance(due, ChipText))
        words = "" if isinstance(due, ChipText) else due
        self.due.setText(words)
        self.due.setToolTip(words)
        self.correct.setVisible(may_correct)
        for kind, paper in self.papers.items():
            paper.setVisible(kind in papers)
        self._offer_deeds(urge=urge)
        self._turn()

    def offer(self, button: QPushButton, *, on: bool) -> None:
        """Show or hide a deed that is none of the ledger's own, between 更正 and the steps."""
        if button not in self._others:
            self._others.append(button)
            self._flow.insert_widget(self._flow.count() - len(self.steps), button)
        button.setVisible(on)
        self._turn()

    @Slot(object)
    def want(self, deed: object) -> None:
        """By its letter: done only while it is offered."""
        if deed in self._deeds:
            self.wanted.emit(deed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _offer_deeds(self, *, urge: bool) -> None:
        offered = list(self._deeds.items())
        for number, button in enumerate(self.steps):
            button.setVisible(number < len(offered))
        for number, (button, (_, deed)) in enumerate(zip(self.steps, offered, strict=False)):
            button.setText(f"{deed.verb}  {deed.key}")
            button.setAccessibleName(deed.verb)
            first = urge and number == 0
            set_role(button, "primary" if first else "")
            put_icon(button, deed.icon, "on_accent" if first else "ink")
        self._menu.clear()
        for name, deed in offered[_ON_HEAD:]:
            action = self._menu.addAction(icon(deed.icon), f"{deed.verb}\t{deed.key}")
            action.triggered.connect(partial(self.wanted.emit, name))
        self.more.setVisible(len(offered) > _ON_HEAD)

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
        """The deeds stand beside the name where there is room, else below it."""
        needed = self._about.sizeHint().width() + self._does.sizeHint().width() + SPACE.small
        wide = self.width() >= needed
        self._both.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    @Slot()
    def _press(self, number: int) -> None:
        names = tuple(self._deeds)
        if number < len(names):
            self.wanted.emit(names[number])
