"""What stands in the place of a list that has nothing to show: empty, loading, failed.

Always a sentence and, where there is one, the next step as a button.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.widgets.icons import icon
from desktop_app.widgets.theme import colour, theme_of
from desktop_app.widgets.tokens import SPACE


class StatePane(QWidget):
    """A quiet icon, a sentence, a button. `next_step` is the press of the button."""

    next_step = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._picture = QLabel(self)
        self._sentence = QLabel(self)
        self._more = QLabel(self)
        for label, role in ((self._sentence, "bold"), (self._more, "quiet")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.next_step)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.small)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE.hair)
        column.addWidget(self._sentence)
        column.addWidget(self._more)
        column.addSpacing(SPACE.small)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_empty(self, sentence: str, more: str = "", step: str = "") -> None:
        """Nothing is there yet: `sentence` says so, `step` is the word on the button."""
        self._show("inbox", "quiet", sentence, more, step)

    def show_loading(self, sentence: str = "正在读取…") -> None:
        self._show("hourglass", "quiet", sentence, "", "")

    def show_fault(self, fault: Fault, step: str = "再试一次") -> None:
        self._show("triangle-alert", "warn", fault.sentence, fault.next_step, step)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    @Slot()
    def press(self) -> None:
        """Put the keyboard on the button, if there is one."""
        if self._button.isVisibleTo(self):
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, name: str, tone: str, sentence: str, more: str, step: str) -> None:
        side = theme_of().metrics.icon + 12
        picture = icon(name, tone, side).pixmap(QSize(side, side), self.devicePixelRatioF())
        self._picture.setPixmap(picture)
        self._sentence.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._button.setText(step)
        self._button.setVisible(bool(step))
        shades = self.palette()
        shades.setColor(QPalette.ColorRole.Base, colour("surface"))
        self.setPalette(shades)
        self.show()
        self.raise_()
