"""The head of a record's page: its number, how it stands, and what one may do with it now."""

from __future__ import annotations

from collections.abc import Sequence
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

from desktop_app.ledgers.three_lists.ui.looks import Deed
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

_BESIDE = 2
"""How many steps stand beside the first one; the rest are under 更多."""


class RecordHeader(QWidget):
    """`wanted` carries the name of a deed, `correct_wanted` is 更正, `back` the way out; `paper`
    carries the name of a kind of paper."""

    wanted = Signal(str)
    correct_wanted = Signal()
    paper = Signal(str)
    back = Signal()

    def __init__(self, parent: QWidget, papers: Sequence[tuple[str, str, str]] = ()) -> None:
        """`papers` are kinds of paper: name, verb, keys."""
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._deeds: tuple[Deed, ...] = ()
        back = plain_button("返回", self, icon_name="chevron-left")
        back.setProperty("role", "plain")
        back.setToolTip("返回（Esc）")
        back.clicked.connect(self.back)
        self._number = QLabel(self)
        self._number.setProperty("role", "title")
        self.chip, self._due_chip = Chip(ChipText(""), self), Chip(ChipText(""), self)
        self.due = QLabel(self)
        self.due.setProperty("role", "quiet")
        self.steps = [QPushButton(self) for _ in range(1 + _BESIDE)]
        for number, button in enumerate(self.steps):
            button.clicked.connect(partial(self._press, number))
        self.correct = plain_button("更正", self, icon_name="pencil")
        self.correct.setToolTip("更正（E）")
        self.correct.clicked.connect(self.correct_wanted)
        self.papers = {
            name: plain_button(verb, self, icon_name="printer", keys=keys)
            for name, verb, keys in papers
        }
        for name, button in self.papers.items():
            button.clicked.connect(partial(self.paper.emit, name))
        self.more = QPushButton("更多", self)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        put_icon(self.more, "ellipsis")
        # The dots say that there is more; Qt's own little arrow sits in a corner.
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self._lay_out((back, self._number, self.chip, self._due_chip, self.due))
        self.wipe()

    @property
    def offered(self) -> tuple[str, ...]:
        """The names of what may be done now, in the order of the buttons."""
        return tuple(deed.name for deed in self._deeds)

    def wipe(self) -> None:
        """Show nothing of any record while the next one is on its way."""
        self._number.clear()
        self.due.clear()
        self._deeds = ()
        others = (self.chip, self._due_chip, self.more, self.correct)
        for widget in (*others, *self.papers.values(), *self.steps):
            widget.hide()

    def show_record(
        self,
        number: str,
        state: ChipText,
        due: ChipText | str,
        deeds: Sequence[Deed],
        *,
        may_correct: bool,
        papers: Sequence[str] = (),
        urge: bool = True,
    ) -> None:
        """Show how a record stands; with `urge` the first step asks to be pressed."""
        self._deeds = tuple(deeds)
        self._number.setText(number)
        self.chip.set_text(state)
        self.chip.show()
        if isinstance(due, ChipText):
            self._due_chip.set_text(due)
        self._due_chip.setVisible(isinstance(due, ChipText))
        self.due.setText("" if isinstance(due, ChipText) else due)
        self.correct.setVisible(may_correct)
        for name, button in self.papers.items():
            button.setVisible(name in papers)
        for place, button in enumerate(self.steps):
            self._fill(button, self._deeds[place : place + 1], first=place == 0 and urge)
        self._menu.clear()
        for deed in self._deeds[1 + _BESIDE :]:
            action = self._menu.addAction(icon(deed.icon), f"{deed.verb}\t{deed.key}")
            action.triggered.connect(partial(self.wanted.emit, deed.name))
        self.more.setVisible(len(self._deeds) > 1 + _BESIDE)
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
        flow = FlowLayout(self._does)
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

    def _fill(self, button: QPushButton, deeds: tuple[Deed, ...], *, first: bool) -> None:
        button.setVisible(bool(deeds))
        for deed in deeds:
            button.setText(f"{deed.verb}  {deed.key}")
            button.setAccessibleName(deed.verb)
            set_role(button, "primary" if first else "")
            put_icon(button, deed.icon, "on_accent" if first else "ink")

    @Slot()
    def _press(self, number: int) -> None:
        if number < len(self._deeds):
            self.wanted.emit(self._deeds[number].name)
