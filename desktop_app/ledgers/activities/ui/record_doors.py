"""Where one can go from an activity: its plan to be changed, its papers. Buttons of its head."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.rights import Right
from desktop_app.ledgers.activities.rules.activity import EDITABLE, ActivityState
from desktop_app.ledgers.activities.ui.record_header import ActivityHeader
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.widgets.forms import plain_button

PLAN = "plan"
DOORS = (
    (PLAN, "修改计划", "pencil", "F4"),
    ("sign-in", "打印签到表", "printer", "Ctrl+Shift+P"),
    ("activity", "打印活动总结", "printer", "Ctrl+P"),
    ("brief", "活动简报", "printer", ""),
)
_BEFORE = frozenset({ActivityState.PLANNED, ActivityState.OPEN, ActivityState.CANCELLED})
"""States in which there is nothing to sum up."""


class ActivityDoors(QObject):
    """`wanted` carries `PLAN` or the name of a kind of paper."""

    wanted = Signal(object)

    def __init__(self, header: ActivityHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        for name, verb, icon_name, keys in DOORS:
            button = plain_button(verb, header, icon_name=icon_name, keys=keys)
            button.clicked.connect(partial(self.wanted.emit, name))
            button.hide()
            header.add_secondary(button)
            self._buttons[name] = button

    def offer(self, whole: WholeActivity) -> None:
        """Show the buttons that mean something now."""
        if whole.station:
            # A station's papers are made at the station.
            self.withdraw()
            return
        state = whole.activity.state
        to_change = state in EDITABLE and whole.actor.may(Right.HANDLE)
        for name, button in self._buttons.items():
            meant = {PLAN: to_change, "sign-in": state is not ActivityState.CANCELLED}
            button.setVisible(meant.get(name, state not in _BEFORE))

    def withdraw(self) -> None:
        """Nothing is on the page."""
        for button in self._buttons.values():
            button.hide()
