"""A table that shows all its rows: as high as they are, scrolled in itself beyond a dozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of

_MOST_ROWS = 12


class WholeTable(PagedTable):
    """A part of a page, among others; it has no foot, turns no pages and covers no figure."""

    def __init__(
        self,
        columns: Sequence[Column],
        uid: Callable[[object], str],
        parent: QWidget,
        name: str,
        actions: Sequence[RowAction] = (),
    ) -> None:
        super().__init__(columns, uid, parent, name=name, actions=actions, actions_on_row=False)
        self.foot.hide()

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show these, and be as high as they need."""
        self.set_rows(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        sizes, view = theme_of().metrics, self.view
        high = sizes.header + min(self.model.rowCount(), _MOST_ROWS) * sizes.row + 2
        if view.horizontalHeader().length() > view.viewport().width():
            high += view.horizontalScrollBar().sizeHint().height()
        if high != self.height():
            self.setFixedHeight(high)
