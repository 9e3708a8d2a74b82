"""What the door's screens share: a card in the middle of an empty window, and password lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.widgets.forms import Card
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


class Door(QWidget):
    """One card in the middle, the station's name on it. Subclasses add to `card.body`."""

    def __init__(self, heading: str, beside: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card("", self)
        # Wide enough for a recovery code in one line, and no wider than an arm's-length glance.
        self.card.setFixedWidth(26 * theme_of().metrics.body + 2 * SPACE.wide)
        self.card.body.setContentsMargins(SPACE.huge, SPACE.huge, SPACE.huge, SPACE.wide)
        self.card.body.setSpacing(SPACE.large)
        head = QVBoxLayout()
        head.setSpacing(SPACE.hair)
        product = QLabel(beside, self)
        product.setProperty("role", "quiet")
        self._heading = QLabel(heading, self)
        self._heading.setProperty("role", "title")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        head.addWidget(product)
        head.addWidget(self._heading)
        self.card.body.addLayout(head)
        law = QLabel(CLASSIFIED, self)
        law.setProperty("role", "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.medium)
        grid.setRowStretch(0, 2)
        grid.addWidget(self.card, 1, 0, Qt.AlignmentFlag.AlignHCenter)
        grid.setRowStretch(2, 3)
        grid.addWidget(law, 3, 0, Qt.AlignmentFlag.AlignHCenter)
