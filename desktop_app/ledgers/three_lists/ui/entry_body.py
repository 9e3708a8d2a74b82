"""The fields of a form on their card, in the order one speaks, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ledgers.three_lists.ui.entry_editors import (
    Entry,
    make_editor,
    plain,
    put_raw,
    raw,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import (
    PageTitle,
    ScrollPage,
    field_row,
    focus_order,
    plain_button,
    primary_button,
)
from desktop_app.widgets.tokens import SPACE


class EntryBody(QWidget):
    """`changed` follows every edit; the buttons are `save_button`, `leave_button`, `drop_button`.

    What the fields stand for is for `EntryForm`.
    """

    changed = Signal()

    new_title = ""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.fields: dict[str, LabelledField] = {}
        self.title = PageTitle(self.new_title, self)
        self._note, self._problem = QLabel(self), QLabel(self)
        self.drop_button = plain_button("重新填写", self, icon_name="undo-2")
        self.leave_button = plain_button("返回  Esc", self)
        self.leave_button.setAccessibleName("返回")
        self.save_button = primary_button("保存", self, keys="Ctrl+Enter", icon_name="save")
        self._lay_out()
        self._wire()
        self.say("")

    def rows(self) -> Sequence[Sequence[Entry]]:
        """The fields, row by row."""
        raise NotImplementedError

    def take_keyboard(self) -> None:
        """Where the conversation begins."""
        next(iter(self.fields.values())).go()

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The space around it, where it is a page of its own."""
        self._column.setContentsMargins(left, top, right, bottom)

    def typed(self) -> dict[str, Any]:
        """Everything as it stands in the fields, in plain values."""
        return {name: plain(raw(field)) for name, field in self.fields.items()}

    def put_typed(self, typed: Mapping[str, Any]) -> None:
        """Show what was kept as typed."""
        for name, field in self.fields.items():
            if name in typed:
                put_raw(field, typed[name])

    @property
    def note(self) -> str:
        """What stands above the fields, or empty."""
        return self._note.text()

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    def say(self, words: str) -> None:
        """A quiet sentence above the fields, with the way to begin anew; empty takes it away."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self.drop_button.setVisible(bool(words))

    def show_problems(self, beside: Mapping[str, str], rest: str) -> None:
        """Say what is wrong beside the fields, the rest below; the keyboard goes to the first."""
        for name, field in self.fields.items():
            field.set_problem(beside.get(name, ""))
        self._problem.setText(rest)
        self._problem.setVisible(bool(rest))
        first = next((name for name in self.fields if name in beside), None)
        if first is not None:
            self.fields[first].go()

    def entries(self) -> list[Entry]:
        """All fields, in their order."""
        return [entry for row in self.rows() for entry in row]

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        self.area = ScrollPage(card)
        self.area.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above = QHBoxLayout()
        above.setSpacing(SPACE.medium)
        above.addWidget(self._note, 1)
        above.addWidget(self.drop_button)
        self.area.body.addLayout(above)
        for row in self.rows():
            made = [self._field(entry) for entry in row]
            self.area.body.addLayout(field_row(made, [entry.share for entry in row]))
        self.area.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        foot.setSpacing(SPACE.small)
        self._note.setProperty("role", "quiet")
        self._problem.setProperty("role", "problem")
        for label in (self._note, self._problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        inside.setSpacing(SPACE.medium)
        inside.addWidget(self.area, 1)
        inside.addLayout(foot)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.title)
        column.addWidget(card, 1)
        self._problem.hide()

    def _field(self, entry: Entry) -> LabelledField:
        editor = make_editor(entry, self._desk, self)
        made = LabelledField(
            entry.label, editor, self, key=entry.key, optional=entry.optional, hint=entry.hint
        )
        self.fields[entry.name] = made
        return made

    @Slot()
    def _go_on(self, place: int) -> None:
        """Enter goes to the next field that is asked, at the end to the button."""
        after = [field for field in list(self.fields.values())[place + 1 :] if not field.isHidden()]
        if after:
            after[0].go()
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _wire(self) -> None:
        editors: list[Any] = [field.editor for field in self.fields.values()]
        for place, editor in enumerate(editors):
            editor.changed.connect(self.changed)
            submitted = getattr(editor, "submitted", None)
            if submitted is not None:
                submitted.connect(partial(self._go_on, place))
        focus_order([*self.fields.values(), self.save_button, self.leave_button])
