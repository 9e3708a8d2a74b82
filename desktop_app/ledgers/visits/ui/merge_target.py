"""Finds the visit that another one repeats: the same person's first, then whatever is searched.

Only finds and shows; that the two become one is a step like any other.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import Visit, VisitState
from desktop_app.ledgers.visits.ui.parts import (
    matter_words,
    moment_words,
    person_words,
    state_chip,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_finder import SHOWN, RecordFinder


class MergeTarget(RecordFinder):
    """Answers the visit to keep."""

    def __init__(self, desk: Desk, visit: Visit | VisitLine, parent: QWidget) -> None:
        self._desk, self._visit = desk, visit
        super().__init__("合并到哪一条", "编号、姓名或电话尾号", parent)

    def lines(self, text: str) -> list[LineItem]:
        found = service.page(self._desk, self._wanted(text), size=SHOWN + 1).rows
        return [self._item(line) for line in found if self._may_take(line)]

    def not_found(self, text: str) -> str:
        return "没有找到可以合并的登记，请换一个编号或姓名。"

    def _wanted(self, text: str) -> VisitFilter:
        if text:
            return VisitFilter(search=text)
        if self._visit.resident is not None:
            return VisitFilter(residents=(self._visit.resident,))
        # Without a file the same name is the best guess; without a name, what came last.
        return VisitFilter(search=self._visit.name)

    def _may_take(self, line: VisitLine) -> bool:
        return line.uid != self._visit.uid and line.state is not VisitState.MERGED

    def _item(self, line: VisitLine) -> LineItem:
        database = self._desk.database
        return LineItem(
            str(line.uid),
            person_words(line),
            beside=matter_words(line),
            detail=f"{line.number}　{moment_words(line, database.zone, self._desk.today)}",
            chip=state_chip(line.state),
        )
