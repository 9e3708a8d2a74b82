"""Finds the problem that another one repeats. Only finds and shows; merging is a step like any."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter, ProblemLine
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.looks import first_line, problem_chip
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
    """A box with a list below it, of the open problems of the same category until something is
    typed. `value()` is the uid of the problem picked, or None."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, desk: Desk, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._problem = desk, problem
        self._lines: dict[str, ProblemLine] = {}
        self.box = SearchBox("编号或描述里的词", self)
        self.list = LineList("并入哪一条", self)
        self.list.setMinimumHeight(_ROWS_SEEN * theme_of().metrics.two_line_row)
        self._nothing = QLabel(self)
        self._nothing.setProperty("role", "quiet")
        self._nothing.setWordWrap(True)
        self._card = Card(parent=self)
        self._card.add_list(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
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
        """The problem to keep."""
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
        text = self.box.value()
        wanted = ProblemFilter(search=text, open=True)
        if not text:
            wanted = ProblemFilter(category=self._problem.category, open=True)
        try:
            found = service.problems_page(self._desk, wanted, size=_SHOWN + 1).rows
        except Fault as fault:
            self._say(fault.words)
            return
        lines = [line for line in found if line.uid != self._problem.uid][:_SHOWN]
        self._lines = {str(line.uid): line for line in lines}
        self.list.set_items([_item(line) for line in lines])
        self._say("" if lines else "没有找到还在办的同类问题，请换一个编号或词。")
        self.changed.emit()

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


def _item(line: ProblemLine) -> LineItem:
    return LineItem(
        str(line.uid),
        first_line(line.description),
        detail=f"{line.number}　{list_day(line.raised_on)}",
        chip=problem_chip(line.state),
    )
