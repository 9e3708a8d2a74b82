"""联系电话: up to five numbers, each with whose it is; one is asked for, more on demand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.registers.residents.entry_text import PhoneText, ResidentText
from desktop_app.registers.residents.rules import PHONES_LIMIT
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import PhoneInput

MORE, REMOVE = "再加一个电话", "去掉"


class PhoneRow(QWidget):
    """One number. Rows are made once, so that Tab goes through them in their order."""

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        mark = "" if place == 1 else f"（{place}）"
        self.number = PhoneInput(parent=self)
        self.whose = LineInput(self, placeholder="本人")
        self.number_field = LabelledField(
            f"联系电话{mark}", self.number, self, key="D" if place == 1 else "", optional=True
        )
        self.whose_field = LabelledField(f"是谁的{mark}", self.whose, self, optional=True)
        # The first number stays; at its end stands the way to one more.
        first = place == 1
        self.button = plain_button(
            MORE if first else REMOVE, self, icon_name="plus" if first else "x"
        )
        self.button.setProperty("role", "plain")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.large)
        line.addWidget(self.number_field, 4, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.whose_field, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)

    @property
    def text(self) -> PhoneText:
        return PhoneText(number=self.number.text(), whose=self.whose.text())

    def show_phone(self, phone: PhoneText) -> None:
        self.number.set_value(phone.number)
        self.whose.set_value(phone.whose)


class PhonesPane(QWidget):
    """`changed` follows every edit; `left_number` when the keyboard leaves a number."""

    changed = Signal()
    left_number = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = [PhoneRow(place, self) for place in range(1, PHONES_LIMIT + 1)]
        self._shown = 1
        self.more = self.rows[0].button
        self.more.clicked.connect(self.add_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        for place, row in enumerate(self.rows):
            column.addWidget(row)
            row.number.changed.connect(self.changed)
            row.whose.changed.connect(self.changed)
            row.number.editingFinished.connect(self.left_number)
            if place:
                row.button.clicked.connect(partial(self._remove, place))
                row.button.setMinimumWidth(self.more.sizeHint().width())
        self._show_rows()

    def show_text(self, text: ResidentText) -> None:
        """Show the numbers of a form."""
        self._put(list(text.phones[:PHONES_LIMIT]))

    def into(self, text: ResidentText) -> ResidentText:
        """The form with these numbers; rows that say nothing are left out."""
        typed = tuple(row.text for row in self.rows[: self._shown])
        return replace(text, phones=tuple(one for one in typed if one != PhoneText()))

    def editors(self) -> list[QWidget]:
        """What takes the keyboard here, in order."""
        return [editor for row in self.rows for editor in (row.number, row.whose)]

    @property
    def fields(self) -> dict[str, LabelledField]:
        """Where a problem of the numbers is said."""
        return {"phones": self.rows[0].number_field}

    @Slot()
    def add_row(self) -> None:
        """Ask for one more number."""
        self._shown = min(self._shown + 1, PHONES_LIMIT)
        self._show_rows()
        self.rows[self._shown - 1].number.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _remove(self, place: int) -> None:
        left = [row.text for row in self.rows[: self._shown]]
        left.pop(place)
        self._put(left)
        self.rows[place - 1].number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put(self, phones: list[PhoneText]) -> None:
        self._shown = max(1, len(phones))
        for place, row in enumerate(self.rows):
            row.show_phone(phones[place] if place < len(phones) else PhoneText())
        self._show_rows()

    def _show_rows(self) -> None:
        for place, row in enumerate(self.rows):
            row.setVisible(place < self._shown)
        self.more.setEnabled(self._shown < PHONES_LIMIT)
