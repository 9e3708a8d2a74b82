"""The door into a list: 导入表格 at its foot, for who may fill it from a spreadsheet.

Whether there is a page to take spreadsheets in, the window knows; without one there is no door.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import IMPORTING, import_for
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.page import Page
from desktop_app.widgets.table_page import PagedTable

WORD = "导入表格…"
OTHER_WAY = "已有 Excel、WPS 表格的不用重录：拖进窗口就能导入。"


def offer_import(page: Page, table: PagedTable, kind: str, actor: Actor) -> None:
    """Put the door at the foot of a list; `kind` is that of its records."""
    if actor.may(Right.HANDLE):
        _Door(page, table, kind)


class _Door(QObject):
    def __init__(self, page: Page, table: PagedTable, kind: str) -> None:
        super().__init__(table)
        self._page, self._kind = page, kind
        self.button = plain_button(WORD, table.foot, icon_name="table-2")
        self.button.setProperty("role", "plain")
        self.button.setToolTip("把 Excel、WPS 或 CSV 表格导入到这里")
        self.button.hide()
        table.foot.add_tool(self.button)
        self.button.clicked.connect(self._go)
        # Where a page leads to, it is told after it was made and before it is filled.
        table.model.modelReset.connect(self._look)
        table.other_way = self._words

    def _words(self) -> str:
        return OTHER_WAY if IMPORTING in self._page.places else ""

    @Slot()
    def _look(self) -> None:
        self.button.setVisible(IMPORTING in self._page.places)

    @Slot()
    def _go(self) -> None:
        self._page.go(import_for(self._kind))
