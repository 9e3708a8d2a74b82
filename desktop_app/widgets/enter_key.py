"""Enter on a button presses it, as people expect; outside sheets Qt leaves that to the space bar.

Only a fresh press without other keys counts: whoever still holds the keys that began the work must
not press what the screen shows when it is done.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Looks after the buttons it is given, for as long as `owner` lives."""

    def __init__(self, owner: QObject, *buttons: QAbstractButton) -> None:
        super().__init__(owner)
        for button in buttons:
            self.look_after(button)

    def look_after(self, button: QAbstractButton) -> None:
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or event.key() not in _ENTER
            or not isinstance(watched, QAbstractButton)
        ):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and not event.isAutoRepeat():
            watched.click()
        return not held
