"""Finds the request that another one repeats: first those of the same 小区, then what is searched.

Only finds and shows; that the two become one is a step like any other.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.ui.parts import (
    moment_words,
    state_chip,
    who_words,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SHOWN = 8
_ROWS_SEEN = 3
_PAUSE_MS = 150


class MergeTarget(QWidget):
    """A box with a list below it. `value()` is the uid of the request picked, or None."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, desk: Desk, request: Request | RequestLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._request = desk, request
        self._lines: dict[str, RequestLine] = {}
        self.box = SearchBox("编号、姓名或电话尾号", self)
        self.list = LineList("合并到哪一条", self)
        self.list.setMinimumHeight(_ROWS_SEEN * theme_of().metrics.two_line_row)
        self._nothing = QLabel(self)
        self._nothing.setProperty("role", "quiet")
        self._nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        self._card = Card(parent=self)
        self._card.add_list(self.list)
        for widget in (self.box, self._nothing, self._card):
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

    def value(self) -> Uid | None:
        """The request to keep."""
        line = self._lines.get(self.list.focused_uid() or "")
        return None if line is None else line.uid

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)

    @Slot(object)
    def _wait(self, _text: object) -> None:
        # The search is a question to the database: one for a word, not one for each letter.
        self._pause.start()

    @Slot()
    def _find(self) -> None:
        try:
            found = service.page(self._desk, self._wanted(), size=_SHOWN + 1).rows
        except Fault as fault:
            self._say(fault.words)
            return
        lines = [line for line in found if line.uid != self._request.uid and _may_take(line)]
        self._lines = {str(line.uid): line for line in lines[:_SHOWN]}
        self.list.set_items([self._item(line) for line in self._lines.values()])
        self._say("" if lines else "没有找到还在办理、可以并入的诉求，请换一个编号或姓名。")
        self.changed.emit()

    def _wanted(self) -> RequestFilter:
        text = self.box.value()
        if text:
            return RequestFilter(search=text)
        # Several who tell the same live in the same place; without one, what came last and is open.
        return RequestFilter(open=True, compound=self._request.compound)

    def _item(self, line: RequestLine) -> LineItem:
        database = self._desk.database
        return LineItem(
            str(line.uid),
            who_words(line),
            beside=line.title,
            detail=f"{line.number}　{moment_words(line, database.zone, self._desk.today)}",
            chip=state_chip(line.state, line.kind),
        )

    def _say(self, words: str) -> None:
        self._nothing.setText(words)
        self._nothing.setVisible(bool(words))
        self._card.setVisible(not words)

    @Slot(object)
    def _picked(self, _uid: object) -> None:
        self.changed.emit()

    @Slot(object)
    def _chosen(self, _uid: object) -> None:
        self.submitted.emit()


def _may_take(line: RequestLine) -> bool:
    return line.open
