"""核对码: twenty digits that two people compare by telephone, in numbered groups of four."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop_app.core.wording import Term
from desktop_app.widgets.tokens import SPACE


class CheckCode(QFrame):
    """Shows a code as large as it is read out: group by group, each with its number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "envelope")
        self.setAccessibleName(Term.CHECK_CODE.value)
        # A stop of the Tab key, so that a screen reader can read it out as well.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE.wide, SPACE.medium, SPACE.wide, SPACE.medium)
        self._grid.setHorizontalSpacing(SPACE.wide)
        self._grid.setVerticalSpacing(0)
        self._labels: list[QLabel] = []
        self._code = ""

    @property
    def code(self) -> str:
        return self._code

    def show_code(self, code: str) -> None:
        """Show this code, whose groups are parted by blanks."""
        if code == self._code:
            return
        self._code = code
        self.setAccessibleDescription(code)
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for number, group in enumerate(code.split()):
            which, digits = QLabel(str(number + 1), self), QLabel(group, self)
            which.setProperty("role", "small")
            digits.setProperty("role", "code")
            for row, label in enumerate((which, digits)):
                label.setTextFormat(Qt.TextFormat.PlainText)
                self._grid.addWidget(label, row, number, Qt.AlignmentFlag.AlignHCenter)
            self._labels += [which, digits]
