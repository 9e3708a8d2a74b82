"""已报告: one key for an urgent matter; whom and under which number, the time goes by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import PhoneInput

URGENT = "紧急事项：先处置、先报告。报告后按 F7 记下报告给谁，时间自动记录。"


class ReportRow(QFrame):
    """Stands in the form while the matter is an urgent one."""

    changed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("tone", "warn")
        self._last = ("", "")
        self.whom = LineInput(self, placeholder="如 社区居委会、110")
        self.phone = PhoneInput(parent=self)
        self.whom_field = LabelledField("已报告", self.whom, self, optional=True)
        self.phone_field = LabelledField("报告电话", self.phone, self, optional=True)
        words = QLabel(URGENT, self)
        words.setProperty("role", "warn")
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        column.addWidget(words)
        column.addLayout(field_row((self.whom_field, self.phone_field), (3, 2)))
        self.whom.changed.connect(self.changed)
        self.phone.changed.connect(self.changed)
        self.whom.submitted.connect(self.phone.setFocus)
        self.phone.submitted.connect(self.finished)

    def show_text(self, whom: str, phone: str) -> None:
        """Show what was typed."""
        self.whom.set_value(whom)
        self.phone.set_value(phone)

    def note(self) -> None:
        """F7: put in the body reported to last time, and the keyboard where it can be changed."""
        if self.isHidden():
            return
        if not self.whom.value():
            self.show_text(*self._last)
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def remember(self) -> None:
        """The next urgent matter will probably be reported to the same body."""
        if self.whom.value():
            self._last = (self.whom.value(), self.phone.value())
