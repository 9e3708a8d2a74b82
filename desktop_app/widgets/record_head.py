"""The head of a record's page: its name, how it stands, and what may be done with it now.

One table of deeds says the verb, the icon and the letter of each; the page says which of them are
offered. Knows no ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


class RecordHead(QWidget):
    """`wanted` carries the name of a deed that is offered now, `back` is the way out."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, deeds: Mapping[str, Deed], parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._deeds = dict(deeds)
        self._offered: tuple[str, ...] = ()
        back = plain_button("返回", self, icon_name="chevron-left")
        back.setProperty("role", "plain")
        back.setToolTip("返回（Esc）")
        back.clicked.connect(self.back)
        self._name, self._beside = QLabel(self), QLabel(self)
        self._name.setProperty("role", "title")
        self._beside.setProperty("role", "quiet")
        self.chip = Chip(ChipText(""), self)
        self.buttons = [QPushButton(self) for _ in range(_ON_HEAD)]
        self.more = QPushButton("更多", self)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        # The dots say that there is more; Qt's own little arrow sits in a corner.
        put_icon(self.more, "ellipsis")
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        for number, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._press, number))
        self._lay_out((back, self._name, self.chip, self._beside))
        self.wipe()

    @property
    def offered(self) -> tuple[str, ...]:
        """The deeds that may be done now, in the order of the buttons."""
        return self._offered

    def wipe(self) -> None:
        """Show nothing while the next record is on its way."""
        self._offered = ()
        self._name.clear()
        self._beside.clear()
        for widget in (self.chip, self.more, *self.buttons):
            widget.hide()

    def show_record(
        self, name: str, chip: ChipText, beside: str, offered: Sequence[str], *, first: bool = True
    ) -> None:
        """Show how a record stands and what may be done with it; `first`: the first deed is what
        usually comes next."""
        self._offered = tuple(offered)
        for label, words in ((self._name, name), (self._beside, beside)):
            label.setText(words)
            label.setToolTip(words)
        self.chip.set_text(chip)
        self.chip.show()
        for number, button in enumerate(self.buttons):
            self._fill(button, self._offered[number : number + 1], first=first and number == 0)
        self._menu.clear()
        for deed in self._offered[_ON_HEAD:]:
            one = self._deeds[deed]
            action = self._menu.addAction(icon(one.icon), f"{one.verb}\t{one.key}")
            action.triggered.connect(partial(self.wanted.emit, deed))
        self.more.setVisible(len(self._offered) > _ON_HEAD)
        self._turn()

    @Slot(object)
    def want(self, deed: str) -> None:
        """By its letter: done only while it is offered."""
        if deed in self._offered:
            self.wanted.emit(deed)

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
        for widget in (self.more, *reversed(self.buttons)):
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

    def _fill(self, button: QPushButton, deeds: Sequence[str], *, first: bool) -> None:
        button.setVisible(bool(deeds))
        for deed in deeds:
            one = self._deeds[deed]
            button.setText(f"{one.verb}  {one.key}")
            button.setAccessibleName(one.verb)
            set_role(button, "primary" if first else "")
            put_icon(button, one.icon, "on_accent" if first else "ink")

    @Slot()
    def _press(self, number: int) -> None:
        if number < len(self._offered):
            self.wanted.emit(self._offered[number])
