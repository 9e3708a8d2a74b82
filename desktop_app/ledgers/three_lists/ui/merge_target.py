"""Finds the problem that another one repeats. Only finds and shows; merging is a step like any."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter, ProblemLine
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.looks import first_line, problem_chip
from desktop_app.storage.session import Desk
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_finder import SHOWN, RecordFinder


class MergeTarget(RecordFinder):
    """Answers the problem to keep: one of the open ones of the same category, until something is
    typed."""

    def __init__(self, desk: Desk, problem: Problem, parent: QWidget) -> None:
        self._desk, self._problem = desk, problem
        super().__init__("并入哪一条", "编号或描述里的词", parent)

    def lines(self, text: str) -> list[LineItem]:
        wanted = ProblemFilter(category=self._problem.category, open=True)
        if text:
            wanted = ProblemFilter(search=text, open=True)
        found = service.problems_page(self._desk, wanted, size=SHOWN + 1).rows
        return [_item(line) for line in found if line.uid != self._problem.uid]

    def not_found(self, text: str) -> str:
        return "没有找到还在办的同类问题，请换一个编号或词。"


def _item(line: ProblemLine) -> LineItem:
    return LineItem(
        str(line.uid),
        first_line(line.description),
        detail=f"{line.number}　{list_day(line.raised_on)}",
        chip=problem_chip(line.state),
    )
