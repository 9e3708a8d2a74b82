"""A table that shows all its rows: as high as they are, scrolled in itself beyond a dozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of

_MOST_ROWS = 12


class WholeTable(PagedTable):
    """A part of a page, among others; it has no foot and turns no pages."""

    def __init__(
        self,
        columns: Sequence[Column],
        uid: Callable[[object], str],
        parent: QWidget,
        name: str,
        actions: Sequence[RowAction] = (),
    ) -> None:
        super().__init__(columns, uid, parent, name=name, actions=actions)
        self.foot.hide()

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show these, and be as high as they need."""
        self.set_rows(rows)
        sizes = theme_of().metrics
        self.setFixedHeight(sizes.header + min(len(rows), _MOST_ROWS) * sizes.row + 2)
