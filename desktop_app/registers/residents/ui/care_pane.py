"""关爱对象: closed until it is opened on purpose, since it must not be readable at the counter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.wording import Term
from desktop_app.registers.residents.entry_text import ResidentText
from desktop_app.registers.residents.rules import SpecialGroup
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.tokens import SPACE

WHY_CLOSED = "敏感个人信息：只在需要关爱服务时填写，须先告知并取得同意。"


class CarePane(QWidget):
    """`changed` follows every tick."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.opener = plain_button(Term.CARE.value, self)
        self.opener.setProperty("role", "plain")
        self.opener.clicked.connect(self.toggle)
        self._inside = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._inside.setSizePolicy(policy)
        flow = FlowLayout(self._inside, gap=SPACE.medium)
        self.ticks = {group.value: QCheckBox(group.label, self._inside) for group in SpecialGroup}
        for tick in self.ticks.values():
            flow.addWidget(tick)
            tick.toggled.connect(self._ticked)
        why = self._why = QLabel(WHY_CLOSED, self)
        why.setProperty("role", "small")
        why.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        for part in (self.opener, why, self._inside):
            column.addWidget(part)
        self.opener.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._open(False)

    def show_text(self, text: ResidentText) -> None:
        """Tick what a form says, closed."""
        for value, tick in self.ticks.items():
            tick.setChecked(value in text.special_groups)
        self._open(False)

    def into(self, text: ResidentText) -> ResidentText:
        """The form with what is ticked."""
        ticked = tuple(value for value, tick in self.ticks.items() if tick.isChecked())
        return replace(text, special_groups=ticked)

    @property
    def is_open(self) -> bool:
        return not self._inside.isHidden()

    @Slot()
    def toggle(self) -> None:
        """Open or close the list of reasons."""
        self._open(not self.is_open)

    @Slot()
    def _ticked(self) -> None:
        self.changed.emit()

    def _open(self, on: bool) -> None:
        self._inside.setVisible(on)
        self._why.setVisible(on)
        put_icon(self.opener, "chevron-down" if on else "chevron-right")
        self.opener.setToolTip("收起" if on else "展开")
