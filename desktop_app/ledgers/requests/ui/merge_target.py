"""Finds the request that another one repeats: first those of the same 小区, then what is searched.

Only finds and shows; that the two become one is a step like any other.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.ui.parts import moment_words, state_chip, who_words
from desktop_app.storage.session import Desk
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_finder import SHOWN, RecordFinder


class MergeTarget(RecordFinder):
    """Answers the request to keep."""

    def __init__(self, desk: Desk, request: Request | RequestLine, parent: QWidget) -> None:
        self._desk, self._request = desk, request
        super().__init__("合并到哪一条", "编号、姓名或电话尾号", parent)

    def lines(self, text: str) -> list[LineItem]:
        # Several who tell the same live in the same place; without one, what came last and is open.
        wanted = RequestFilter(open=True, compound=self._request.compound)
        if text:
            wanted = RequestFilter(search=text)
        found = service.page(self._desk, wanted, size=SHOWN + 1).rows
        return [self._item(line) for line in found if line.uid != self._request.uid and line.open]

    def not_found(self, text: str) -> str:
        return "没有找到还在办理、可以并入的诉求，请换一个编号或姓名。"

    def _item(self, line: RequestLine) -> LineItem:
        database = self._desk.database
        return LineItem(
            str(line.uid),
            who_words(line),
            beside=line.title,
            detail=f"{line.number}　{moment_words(line, database.zone, self._desk.today)}",
            chip=state_chip(line.state, line.kind),
        )
