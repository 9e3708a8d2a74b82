"""The row above a list: the search box, a few choices beside it, and in words what they hide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.choices import ChoiceBox
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

ALL: Final = ""
"""The value of a choice that hides nothing."""

_BOX_WIDTHS = 200, 340
_CHOICE_WIDTH = 126


class FilterRow(QWidget):
    """`changed` tells that the list is wanted otherwise; `to_list` that the keyboard goes there.

    `choices` stand behind the box under the names they are read out by; each has a choice whose
    value is `ALL`.
    """

    changed = Signal()
    to_list = Signal()

    def __init__(self, placeholder: str, choices: Mapping[str, ChoiceBox], parent: QWidget) -> None:
        super().__init__(parent)
        self.box = SearchBox(placeholder, self)
        self._choices = dict(choices)
        row = FlowLayout(self, gap=SPACE.small)
        row.addWidget(self.box)
        for name, choice in self._choices.items():
            choice.setParent(self)
            choice.setAccessibleName(name)
            choice.setToolTip(name)
            row.addWidget(choice)
            choice.changed.connect(self._tell)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.box.query.connect(self._tell)
        self.box.to_results.connect(self.to_list)
        self.box.chosen_first.connect(self.to_list)
        self._set_widths()

    def words(self) -> str:
        """What is in force, e.g. “农商行” · 银行; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        said += [
            choice.currentText()
            for choice in self._choices.values()
            if choice.value() not in (None, ALL)
        ]
        return " · ".join(said)

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.put({}, "")

    def put(self, values: Mapping[str, object], search: str) -> None:
        """Choose these by the names of the choices, nothing in the others. Tells `changed` once."""
        self.blockSignals(True)
        self.box.set_value(search)
        for name, choice in self._choices.items():
            choice.set_value(values.get(name, ALL))
        self.blockSignals(False)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_choices"):
            self._set_widths()

    def _set_widths(self) -> None:
        share = theme_of().metrics.body / 14
        choice_width = round(_CHOICE_WIDTH * share)
        for choice in self._choices.values():
            choice.setFixedWidth(choice_width)
        least, most = (round(width * share) for width in _BOX_WIDTHS)
        room = self.width() - len(self._choices) * (choice_width + SPACE.small)
        self.box.setFixedWidth(max(least, min(most, room)))

    @Slot()
    def _tell(self, _text: object = None) -> None:
        self.changed.emit()
