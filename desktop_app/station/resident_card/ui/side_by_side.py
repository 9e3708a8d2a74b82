"""Two cards side by side while there is room, one below the other when there is not."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.widgets.forms import ScrollPage
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_LEAST_EMS = 24
"""A card narrower than so many characters of body text is not put beside another."""


class SideBySide(ScrollPage):
    """Both reach the foot of the page; what is higher than the page scrolls."""

    def __init__(self, left: QWidget, right: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(SPACE.large)
        self._line.addWidget(left, 2)
        self._line.addWidget(right, 3)
        self.body.addLayout(self._line, 1)

    @property
    def is_beside(self) -> bool:
        """Whether the two stand side by side now."""
        return self._line.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= 2 * _LEAST_EMS * theme_of().metrics.body + SPACE.large
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
