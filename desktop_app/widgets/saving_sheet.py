"""A sheet with fields that saves: problems beside the fields, Esc loses nothing at the first press.

What is asked and what is saved is for its subclasses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import bind_keys, focus_order

SAVE_KEYS = "Ctrl+Enter"


class SavingSheet(Sheet):
    """`taken` carries the `Changed`, once, after it is saved and the sheet is closed."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, title: str, text: str, verb: str) -> None:
        save = Answer("yes", f"{verb}  {SAVE_KEYS}", role="primary")
        super().__init__(parent, title, text, (CANCEL, save))
        self.button("yes").setAccessibleName(verb)
        bind_keys(self.button("yes"), SAVE_KEYS)
        self.fields: dict[str, LabelledField] = {}
        self._warned = False
        self._untouched: list[object] = []
        self._note = QLabel(self)
        self._note.setProperty("role", "problem")
        self._note.setWordWrap(True)
        self._note.hide()

    @property
    def note(self) -> str:
        """What stands below the fields when no field is to blame, or empty."""
        return self._note.text()

    def add_field(self, name: str, field: LabelledField) -> LabelledField:
        """Take a field in under the name the faults call it; its place is the subclass's."""
        self.fields[name] = field
        return field

    def wire(self, column: QVBoxLayout, *, one_by_one: bool = False) -> None:
        """All fields are there and filled: wire them, go to the first. The note ends `column`.

        Enter in a field saves; in a long form, `one_by_one`, it goes on to the next field.
        """
        column.addWidget(self._note)
        yes = self.button("yes")
        fields = list(self.fields.values())
        for number, field in enumerate(fields, start=1):
            editor: Any = field.editor
            editor.changed.connect(self._calm)
            asks = one_by_one and isinstance(editor, QComboBox)
            line = editor.lineEdit() if asks else editor
            if hasattr(line, "submitted"):
                goes_on = one_by_one and number < len(fields)
                line.submitted.connect(fields[number].go if goes_on else yes.click)
        editors = [field.editor for field in self.fields.values()]
        focus_order([*editors, yes, self.button(CANCEL.name)])
        editors[0].setFocus()
        self._untouched = self._typed()

    def save(self) -> Changed[Any]:
        """Save what the fields say. Faults it raises are shown and keep the sheet open."""
        raise NotImplementedError

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
            return
        self._answer = CANCEL.name
        self._say("")
        try:
            changed = self.save()
        except Fault as fault:
            self._show(fault)
            return
        self._answer = "yes"
        super().accept()
        self.taken.emit(changed)

    def reject(self) -> None:
        if self._typed() != self._untouched and not self._warned:
            self._warned = True
            self._say(f"填写的内容还没有保存。再按一次 Esc 放弃，或按 {SAVE_KEYS} 保存。")
            return
        super().reject()

    def _typed(self) -> list[object]:
        editors: list[Any] = [field.editor for field in self.fields.values()]
        return [editor.value() for editor in editors]

    def _show(self, fault: Fault) -> None:
        """Each problem beside its field; what belongs to no field below them."""
        problems: Sequence[Fault] = fault.problems if isinstance(fault, InvalidInput) else (fault,)
        blamed = [problem for problem in problems if problem.field in self.fields]
        for problem in blamed:
            self.fields[problem.field or ""].set_problem(problem.words)
        self._say("".join(problem.words for problem in problems if problem not in blamed))
        if blamed:
            _go_to(self.fields[blamed[0].field or ""])

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))

    @Slot()
    def _calm(self) -> None:
        self._warned = False
        self._say("")


def _go_to(field: LabelledField) -> None:
    """Put the keyboard there, and the field into sight where the form scrolls."""
    field.go()
    above = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(field)
