"""What the three lists have in common: pages of rows, filters above, steps on the focused row.

A list says in `ListSpec` what it lists; its filters and rows come from a subclass.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.three_lists.ui.listing import (
    Row,
)
from desktop_app.ledgers.three_lists.ui.looks import PAPER_OF_LISTS, may_handle
from desktop_app.ledgers.three_lists.ui.paged_pane import PagedPane
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.storage.paging import FIRST, LAST
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.row_actions import RowCommand

PAGING_HINTS = (
    KeyHint("Ctrl+PgDn", "更早一页"),
    KeyHint("Ctrl+PgUp", "更新一页"),
    KeyHint("Ctrl+Home", "最新一页"),
    KeyHint("Ctrl+End", "最早一页"),
)


class ListPane(PagedPane):
    """A list. Filter, page and focused line stay as they are while one looks at a record."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self._add_paper()
        self.hints = self.main_hints()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def take_main_keyboard(self) -> None:
        if self.table.model.rowCount():
            self._focus_list()
        else:
            self._wants_focus = True

    def search_for(self, words: str) -> None:
        self.show_main()
        self.filters.box.set_value(words)

    def start_search(self) -> None:
        self.show_main()
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    def main_hints(self) -> tuple[KeyHint, ...]:
        shown = self.spec.deeds if may_handle(self._desk) else ()
        new = (KeyHint("F2", self.new_word),) if self.new_word else ()
        paper = (KeyHint("Ctrl+P", "打印三张清单"),) if self.tools else ()
        return (
            KeyHint("Ctrl+F", "查找"),
            KeyHint("Enter", "打开"),
            *new,
            *paper,
            *(KeyHint(deed.key, deed.verb) for deed in shown),
            *PAGING_HINTS,
        )

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.filters.changed.connect(partial(self._to, FIRST))
        self.filters.to_list.connect(self.table.view.setFocus)
        table = self.table
        table.opened.connect(self._open)
        table.command.connect(self._command)
        table.newer.connect(self._to_newer)
        table.older.connect(self._to_older)
        table.newest.connect(partial(self._to, FIRST))
        table.oldest.connect(partial(self._to, LAST))
        table.clear_filter.connect(self._clear)
        table.next_step.connect(self._take_next)

    def _add_paper(self) -> None:
        may = self._desk.actor.may(Right.EXPORT) and not self.at_street
        if may and there_is(PAPER_OF_LISTS):
            paper = plain_button("打印清单", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)

    def row(self, uid: str) -> Row | None:
        """The row with this uid, if it is on the page."""
        at = self.table.model.row_of(uid)
        found = None if at is None else self.table.model.rows[at]
        return found if isinstance(found, Row) else None

    @Slot()
    def _print(self) -> None:
        self.go(OpenPaper(PAPER_OF_LISTS, listed=self.wanted()))

    @Slot(object)
    def _open(self, uid: str) -> None:
        row = self.row(uid)
        if row is not None:
            self.go(Open(self.spec.kind, row.uid))

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        row = self.row(command.uid)
        if row is not None:
            self.take_step(row, command.name)
