"""The one button that opens and closes the resident's screen, and a quiet word when an answer came.

It says that an evaluation was received, for whichever matter, and never which one was given.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.station.evaluation.ui.screen import NAME
from desktop_app.station.evaluation.ui.turn import ResidentsTurn
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.tokens import SPACE


class ScreenSwitch(QWidget):
    """Stands in the heading of today's list; F11 presses it."""

    def __init__(self, turn: ResidentsTurn, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn = turn
        self._told = QLabel(self)
        self._told.setProperty("role", "small")
        self.button = QPushButton(f"{NAME}  F11", self)
        self.button.setAccessibleName(NAME)
        self.button.setToolTip("打开或关上转向居民的评价屏（F11）")
        self.button.setCheckable(True)
        self.button.setProperty("role", "choice")
        # Like 遮挡: the keyboard stays in the form, and F11 reaches it from everywhere.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        put_icon(self.button, "star")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.medium)
        line.addStretch(1)
        line.addWidget(self._told)
        line.addWidget(self.button)
        self.button.clicked.connect(turn.toggle)
        turn.opened.connect(self._show_open)
        turn.told.connect(self._told.setText)

    @property
    def words(self) -> str:
        """What the clerk is told now, or empty."""
        return self._told.text()

    @Slot(bool)
    def _show_open(self, on: bool) -> None:
        with QSignalBlocker(self.button):
            self.button.setChecked(on)
        if not on:
            self._told.clear()
