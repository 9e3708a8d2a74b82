"""Cards side by side while there is room for them, one below the other when there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_LEAST_EMS = 28
"""A column narrower than so many characters of body text is not put beside another."""


class Columns(QWidget):
    """Each column is a list of widgets from top to bottom; `shares` divide the width."""

    def __init__(
        self,
        columns: Sequence[Sequence[QWidget]],
        parent: QWidget | None = None,
        *,
        shares: Sequence[int] = (),
        most: int = 0,
    ) -> None:
        super().__init__(parent)
        self._count = len(columns)
        # The most a row may take is kept by a layout around it: of a widget that has a layout, Qt
        # asks the height for all the width there is, whatever the widget's own maximum.
        inside = QWidget(self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside, 1)
        outer.addStretch(0)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE.large)
        for number, widgets in enumerate(columns):
            column = QVBoxLayout()
            column.setSpacing(SPACE.large)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            self._line.addLayout(column, shares[number] if number < len(shares) else 1)
        if most:
            inside.setMaximumWidth(most * self._count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._count * _LEAST_EMS * theme_of().metrics.body
        side_by_side = self.width() >= needed
        wanted = (
            QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        )
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
