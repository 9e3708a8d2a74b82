"""A box with a list of records below it, to pick one: what is proposed, then what is searched.

Knows no ledger: a subclass answers the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SHOWN = 8
"""The most lines there are; whoever answers them may leave out one."""
_PAUSE_MS = 150
_OTHERS = 7
"""What a sheet has besides the list, in rows of it."""


class RecordFinder(QWidget):
    """`value()` is the uid of the record picked, or None; `submitted` when it was chosen."""

    changed = Signal()
    submitted = Signal()

    rows_seen = 3

    def __init__(self, name: str, placeholder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = SearchBox(placeholder, self)
        self.list = LineList(name, self)
        self.list.setMinimumHeight(self._rows() * theme_of().metrics.two_line_row)
        self.nothing = QLabel(self)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self._card = Card(parent=self)
        self._card.add_list(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        for widget in (self.box, self.nothing, self._card):
            column.addWidget(widget)
        self.setFocusProxy(self.box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.box.query.connect(self._wait)
        self.box.to_results.connect(self.list.enter)
        self.box.chosen_first.connect(self.list.enter)
        self.list.left_upwards.connect(self.box.setFocus)
        self.list.focused.connect(self._picked)
        self.list.chosen.connect(self._chosen)
        self._find()

    def _rows(self) -> int:
        """So many are seen at once; fewer in a low window, where the buttons matter more."""
        row = theme_of().metrics.two_line_row
        above = self.window().parentWidget()
        room = (self if above is None else above).window().height()
        return max(2, min(self.rows_seen, room // row - _OTHERS))

    def lines(self, text: str) -> Sequence[LineItem]:
        """The lines for what was typed, or for nothing typed; the uid of each is its record's.
        May raise a `Fault`, which is said."""
        raise NotImplementedError

    def not_found(self, text: str) -> str:
        """What is said where there is no line."""
        raise NotImplementedError

    def value(self) -> Uid | None:
        """The record picked."""
        focused = self.list.focused_uid()
        return parse_uid(focused) if focused else None

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)

    @Slot(object)
    def _wait(self, _text: object) -> None:
        # The search is a question to the database: one for a word, not one for each letter.
        self._pause.start()

    @Slot()
    def _find(self) -> None:
        text = self.box.value()
        try:
            found = self.lines(text)[:SHOWN]
        except Fault as fault:
            self._say(fault.words)
            return
        self.list.set_items(found)
        self._say("" if found else self.not_found(text))
        self.changed.emit()

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self._card.setVisible(not words)

    @Slot(object)
    def _picked(self, _uid: object) -> None:
        self.changed.emit()

    @Slot(object)
    def _chosen(self, _uid: object) -> None:
        self.submitted.emit()
