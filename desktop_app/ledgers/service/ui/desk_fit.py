"""How wide and how high the parts of the desk are, beside the list and in a low window."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ledgers.service.ui.forgotten import ForgottenEnd
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineList
from desktop_app.widgets.theme import theme_of

_LEAST_WIDTH, _WIDTH, _MOST_WIDTH, _SHARE = 272, 316, 396, 36
"""The share is of the page, in percent."""
_LOW_EMS = 30


class FittedCard(Card):
    """A subclass makes the list, the line that counts it, and what asks for a forgotten end."""

    list: LineList
    counts: QLabel
    forgotten: ForgottenEnd

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.fit_beside(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        beside = self.parentWidget()
        if event.type() == QEvent.Type.StyleChange and beside is not None:
            self.fit_beside(beside.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_height()

    def fit_beside(self, room: int) -> None:
        """As wide as its words like, but in a narrow window the list beside it needs the room."""
        share = theme_of().metrics.body / 14
        least, most = round(_LEAST_WIDTH * share), min(round(_WIDTH * share), _MOST_WIDTH)
        self.setFixedWidth(max(min(least, most), min(most, room * _SHARE // 100)) if room else most)

    def fit_height(self) -> None:
        """In a low window the words above go first; while somebody's end is asked for, the list
        of the others."""
        low = self.height() < _LOW_EMS * theme_of().metrics.body
        asking = low and not self.forgotten.isHidden()
        self.heading.setHidden(low)
        self.list.setHidden(asking)
        self.counts.setHidden(asking)
