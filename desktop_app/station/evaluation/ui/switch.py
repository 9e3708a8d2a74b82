"""The clerk's ends of the resident's screen: a button that opens it, a word that an answer came.

The word says that an evaluation was received, for whichever matter, and never which one was given.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.station.evaluation.ui.turn import ResidentsTurn
from desktop_app.widgets.icons import put_icon

OPEN, CLOSE = "开评价屏", "关评价屏"
_KEY = "F11"


class ScreenSwitch(QPushButton):
    """Quiet, since the screen stands open all day; F11 does the same from everywhere."""

    def __init__(self, turn: ResidentsTurn, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTip(f"转向居民的评价屏，有第二台显示器时放在那里（{_KEY}）")
        # Like 遮挡 beside it: the keyboard stays in the form.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "choice")
        put_icon(self, "monitor")
        self.show_open(False)
        self.clicked.connect(turn.toggle)
        turn.opened.connect(self.show_open)

    @Slot(bool)
    def show_open(self, on: bool) -> None:
        """Say what pressing it would do now."""
        verb = CLOSE if on else OPEN
        self.setText(f"{verb}  {_KEY}")
        self.setAccessibleName(verb)


class ReceivedWord(QLabel):
    """已收到评价, until somebody else is asked."""

    def __init__(self, turn: ResidentsTurn, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        turn.told.connect(self.setText)
