"""A field for several 小区: each is chosen in a box and stands below as a button that drops it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.ids import Uid
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.tokens import SPACE


class AreaPicks(QWidget):
    """`value()` are the uids, in the order in which they were chosen; none means everywhere."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: tuple[Uid, ...] = ()
        self._names: dict[Uid, str] = {}
        self.box = ChoiceBox((), self, placeholder="选一个小区，可再选别的")
        self._below = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._below.setSizePolicy(policy)
        self._flow = FlowLayout(self._below, gap=SPACE.hair)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.hair)
        column.addWidget(self.box)
        column.addWidget(self._below)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self._take)
        self.box.refused.connect(self.refused)
        self._show()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The 小区 there are; their values are uids."""
        self._names = {one.value: one.label for one in choices if isinstance(one.value, Uid)}
        self.box.set_choices(choices)
        self._show()

    def value(self) -> tuple[Uid, ...]:
        return self._chosen

    def set_value(self, uids: Sequence[Uid]) -> None:
        if tuple(uids) != self._chosen:
            self._chosen = tuple(uids)
            self._show()
            self.changed.emit()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    @Slot()
    def _take(self) -> None:
        picked = self.box.value()
        if not isinstance(picked, Uid):
            return
        self.box.set_value(None)
        if picked not in self._chosen:
            self.set_value((*self._chosen, picked))

    @Slot()
    def _drop(self, uid: Uid) -> None:
        self.set_value(tuple(one for one in self._chosen if one != uid))
        self.box.setFocus()

    def _show(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for uid in self._chosen:
            name = self._names.get(uid, "（已撤销的小区）")
            button = QPushButton(name, self._below)
            put_icon(button, "x")
            button.setToolTip(f"去掉“{name}”")
            button.setAccessibleName(f"去掉{name}")
            button.clicked.connect(partial(self._drop, uid))
            self._flow.addWidget(button)
            button.show()
            self._buttons.append(button)
        self._below.setVisible(bool(self._chosen))
