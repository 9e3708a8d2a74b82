"""The head of an activity's page: its name, how it stands, and what is done next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ledgers.activities.rules.activity import Action
from desktop_app.ledgers.activities.ui.looks import state_chip
from desktop_app.ledgers.activities.ui.record_looks import (
    ICONS,
    VERBS,
    WholeActivity,
    about_words,
    steps_for,
)
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import bind_keys, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

NEXT_KEY = "F9"
_MOST_BESIDE = 3


class ActivityHeader(QWidget):
    """`step_wanted` carries an `Action` (记录 means: go there); `back` is the way out.

    Buttons that belong to the whole activity and are no step of it, such as printing, go into the
    second row by `add_secondary()`.
    """

    step_wanted = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._first: Action | None = None
        self._others: tuple[Action, ...] = ()
        self._quiet = False
        leave = plain_button("返回", self, icon_name="chevron-left")
        leave.setProperty("role", "plain")
        leave.setToolTip("返回（Esc）")
        leave.clicked.connect(self.back)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._about = QLabel(self)
        self._about.setProperty("role", "quiet")
        for label in (self._title, self._about):
            label.setTextFormat(self._title.textFormat().PlainText)
            label.setWordWrap(True)
        self.chip = Chip(ChipText(""), self)
        self.next = QPushButton(self)
        bind_keys(self.next, NEXT_KEY)
        self.next.clicked.connect(self._press_next)
        self.beside = [QPushButton(self) for _ in range(_MOST_BESIDE)]
        for number, button in enumerate(self.beside):
            button.clicked.connect(partial(self._press, number))
        self._lay_out(leave)
        self.wipe()

    @property
    def offered(self) -> tuple[Action, ...]:
        """The steps on the buttons, the next one first."""
        return (*([self._first] if self._first else ()), *self._others)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def about(self) -> str:
        """The quiet line below the name."""
        return self._about.text()

    def add_secondary(self, button: QPushButton) -> None:
        """Put a button of the whole activity into the second row, such as 打印签到表."""
        self._secondary.addWidget(button)

    def wipe(self) -> None:
        """Show nothing of the activity before while the next one is on its way."""
        self._title.clear()
        self._about.clear()
        self._first, self._others = None, ()
        for widget in (self.chip, self.next, *self.beside):
            widget.hide()

    def show_whole(self, whole: WholeActivity) -> None:
        """Show how an activity stands and what may be done with it."""
        activity = whole.activity
        self._title.setText(activity.name)
        self._about.setText(about_words(activity, whole.zone, whole.station))
        self.chip.set_text(state_chip(activity.state))
        self.chip.show()
        self._first, self._others = steps_for(whole)
        self._fill()

    def set_quiet(self, on: bool) -> None:
        """Let the next step stand back: something on the page is to be saved first."""
        if on != self._quiet:
            self._quiet = on
            self._fill()

    def _fill(self) -> None:
        self.next.setVisible(self._first is not None)
        if self._first is not None:
            verb = VERBS[self._first]
            self.next.setText(f"{verb}  {NEXT_KEY}")
            self.next.setAccessibleName(verb)
            set_role(self.next, "" if self._quiet else "primary")
            put_icon(self.next, ICONS[self._first], "ink" if self._quiet else "on_accent")
        for number, button in enumerate(self.beside):
            button.setVisible(number < len(self._others))
            for step in self._others[number : number + 1]:
                button.setText(VERBS[step])
                put_icon(button, ICONS[step])

    def _lay_out(self, leave: QPushButton) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(SPACE.small)
        upper.addWidget(leave)
        upper.addWidget(self._title, 1)
        for button in (*reversed(self.beside), self.next):
            upper.addWidget(button)
        lower = QHBoxLayout()
        lower.setSpacing(SPACE.medium)
        lower.addWidget(self.chip)
        lower.addWidget(self._about, 1)
        place = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        place.setSizePolicy(policy)
        self._secondary = FlowLayout(place)
        lower.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(upper)
        column.addLayout(lower)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @Slot()
    def _press_next(self) -> None:
        if self._first is not None:
            self.step_wanted.emit(self._first)

    @Slot()
    def _press(self, number: int) -> None:
        if number < len(self._others):
            self.step_wanted.emit(self._others[number])
