"""What can be printed of one activity as it stands: buttons of its head."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.activities.ui.record_header import ActivityHeader
from desktop_app.widgets.forms import plain_button

PAPERS = (
    ("sign-in", "打印签到表", "Ctrl+Shift+P"),
    ("activity", "打印活动总结", "Ctrl+P"),
    ("brief", "活动简报", ""),
)
_BEFORE = frozenset({ActivityState.PLANNED, ActivityState.OPEN, ActivityState.CANCELLED})
"""States in which there is nothing to sum up."""


class ActivityPapers(QObject):
    """`wanted` carries the name of a kind of paper."""

    wanted = Signal(object)

    def __init__(self, header: ActivityHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        for name, verb, keys in PAPERS:
            button = plain_button(verb, header, icon_name="printer", keys=keys)
            button.clicked.connect(partial(self.wanted.emit, name))
            button.hide()
            header.add_secondary(button)
            self._buttons[name] = button

    def offer(self, state: ActivityState) -> None:
        """Show the buttons that mean something now."""
        for name, button in self._buttons.items():
            about = state not in _BEFORE
            button.setVisible(about or (name == "sign-in" and state is not ActivityState.CANCELLED))

    def withdraw(self) -> None:
        """Nothing is on the page."""
        for button in self._buttons.values():
            button.hide()
