"""事由: a few lines of text in which Enter goes on, as everywhere in the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.inputs import TextInput

PLACEHOLDER = "一句话写清来意；Shift+Enter 换行"


class SummaryInput(TextInput):
    """`submitted` is Enter outside a composition; Shift+Enter breaks the line."""

    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, placeholder=PLACEHOLDER, lines=1, most=4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not self.is_composing:
                self.submitted.emit()
            return
        super().keyPressEvent(event)
