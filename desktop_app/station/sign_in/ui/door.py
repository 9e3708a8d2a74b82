"""What the door's screens share: a card in the middle of an empty window, and password lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets.forms import Card, ScrollPage
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.notify import CLASSIFIED
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

PRODUCT = "近邻台"


class SecretInput(LineInput):
    """A line whose letters are not shown and which no input method gets to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, chinese=False)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def secret(self) -> str:
        """Exactly what was typed: spaces belong to a password."""
        return self.text()


class Door(ScrollPage):
    """One card in the middle, the station's name on it. Subclasses add to `card.body`."""

    def __init__(self, heading: str, beside: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card("", self)
        self.card.body.setContentsMargins(SPACE.huge, SPACE.medium, SPACE.huge, SPACE.small)
        self.card.body.setSpacing(SPACE.large)
        self.card.body.addLayout(self._head(heading, beside))
        law = QLabel(CLASSIFIED, self)
        law.setProperty("role", "small")
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        self.body.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.medium)
        self.body.addStretch(2)
        self.body.addLayout(middle)
        self.body.addStretch(3)
        self.body.addWidget(law, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()

    def set_heading(self, heading: str) -> None:
        """Call the screen something else."""
        self._heading.setText(heading)

    def add_foot(self, *buttons: QPushButton) -> None:
        """Rarer ways out, quiet and in the middle below the primary button."""
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in buttons:
            button.setProperty("role", "plain")
            foot.addWidget(button)
        foot.addStretch(1)
        self.card.body.addLayout(foot)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "card"):
            self._fit()

    def _fit(self) -> None:
        # No wider than a glance at arm's length takes in; sentences below fields wrap.
        self.card.setFixedWidth(28 * theme_of().metrics.body + 2 * SPACE.huge)

    def _head(self, heading: str, beside: str) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(SPACE.hair)
        self._heading = QLabel(heading, self)
        for label, role in ((QLabel(beside, self), "quiet"), (self._heading, "title")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            head.addWidget(label)
        return head
