"""The matters to choose from: the usual ones on digit keys, any other by typing a letter or 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.registers.matters.rules import Matter
from desktop_app.station.front_desk.ui.finder import MatterFinder
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.tokens import SPACE

_DIGITS = 9


class MatterBar(QWidget):
    """`changed` follows every choice, `submitted` is Enter on the bar."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._known: Mapping[Uid, Matter] = {}
        self._usual: tuple[Matter, ...] = ()
        self._other: Matter | None = None
        self.bar = ChoiceBar((), self)
        self.field = LabelledField("事项", self.bar, self, key="S")
        self._more = QPushButton("0  其他事项", self)
        self._more.setProperty("role", "plain")
        self._more.setAccessibleName("其他事项")
        self.finder = MatterFinder(over, self)
        self._lay_out()
        self.setFocusProxy(self.bar)
        self._more.clicked.connect(self._open_finder)
        self.finder.chosen.connect(self._choose_other)
        self.bar.changed.connect(self.changed)
        self.bar.submitted.connect(self.submitted)

    @property
    def matter(self) -> Matter | None:
        """The matter chosen."""
        uid = parse_uid(self.value())
        return self._known.get(uid) if uid else None

    def value(self) -> str:
        """The uid of the matter chosen as text, or empty."""
        return str(self.bar.value() or "")

    def set_value(self, text: str) -> None:
        """Choose by uid, with or without a digit key; an empty text takes the choice back."""
        uid = parse_uid(text)
        self._offer(self._known.get(uid) if uid else None)
        self.bar.set_value(text or None)
        self.finder.close_up()

    def set_matters(self, known: Mapping[Uid, Matter], usual: Sequence[Matter]) -> None:
        """What there is to choose from; `usual` get the digit keys."""
        self._known, self._usual = known, tuple(usual)
        self.finder.set_matters(tuple(known.values()))
        self._show_choices()

    @Slot()
    def take_keyboard(self) -> None:
        """Put the keyboard on the bar."""
        self.bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Close the finder; False when it was not open."""
        if not self.finder.is_open:
            return False
        self.finder.close_up()
        self.take_keyboard()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or 0 that the bar has no use for begins to look for another matter."""
        mark = event.text()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and not self.finder.is_open and (mark == "0" or mark.isalpha()):
            self.finder.open_with("" if mark == "0" else mark)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE.hair)
        above = QLabel(self)
        above.setProperty("role", "label")
        beside.addWidget(above)
        beside.addWidget(self._more)
        beside.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.field, 1)
        line.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(line)
        column.addWidget(self.finder)

    def _offer(self, matter: Matter | None) -> None:
        """A matter without a digit key stands on the bar as long as it is the one chosen."""
        other = None if matter in self._usual else matter
        if other != self._other:
            self._other = other
            self._show_choices()

    def _show_choices(self) -> None:
        shown = [*self._usual, *([self._other] if self._other else [])]
        self.bar.set_choices(
            [
                Choice(matter.uid.hex, matter.name, str(number) if number <= _DIGITS else "")
                for number, matter in enumerate(shown, start=1)
            ]
        )

    @Slot()
    def _open_finder(self) -> None:
        self.finder.open_with("")

    @Slot(object)
    def _choose_other(self, matter: Matter) -> None:
        self.set_value(matter.uid.hex)
        self.take_keyboard()
