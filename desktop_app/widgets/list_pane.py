"""A pane that is one paged list: filters above, the table below, read off the window's thread.

Which rows there are and what is done with one is for the subclass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.rights import Actor
from desktop_app.widgets.dated_filters import DatedFilters
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.filter_row import FilterRow
from desktop_app.widgets.forms import Card
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.pane import Pane
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.tokens import SPACE


class RowsOfPage(Protocol):
    """One page of rows, with the cursors of its neighbours (None: there is none)."""

    @property
    def rows(self) -> Sequence[Any]: ...

    @property
    def earlier(self) -> str | None: ...

    @property
    def later(self) -> str | None: ...

    @property
    def total_words(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Nothing:
    """What stands in the place of an empty list: a sentence, more of it, the word on the button."""

    sentence: str
    more: str = ""
    step: str = ""


class ListPane(Pane):
    """A subclass gives `frame` its filters and table, and answers `reading`, `nothing`, `opened`
    and `commanded`. Filter, page and focused row stay as they are while one looks at a record.
    """

    title = ""
    """What it lists, e.g. 共建单位."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._cursor: str | None = None
        self._before: str | None = None
        self._after: str | None = None
        self._wants_focus = False
        self._next: Callable[[], None] = self.load

    def frame(
        self, filters: FilterRow | DatedFilters, table: LongList, card: Card, browser: QWidget
    ) -> None:
        """Put the filters above the table inside `browser`, and listen to both."""
        self.filters, self.table = filters, table
        self._patience = Patience(table.show_loading, self)
        card.add_list(table)
        column = QVBoxLayout(browser)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(filters)
        column.addWidget(card, 1)
        filters.changed.connect(partial(self._to, None))
        filters.to_list.connect(table.view.setFocus)
        table.opened.connect(self.opened)
        table.command.connect(self._command)
        table.newer.connect(partial(self._turn, -1))
        table.older.connect(partial(self._turn, 1))
        table.clear_filter.connect(self._clear)
        table.next_step.connect(self._take_next)

    def offer_export(self, kind: str, actor: Actor) -> None:
        """Offer to write what is listed as a sheet; `kind` is that of the records."""
        offer_export(self, self.table, kind, actor, self.reading, self.filters.words)

    # --- what a subclass says ------------------------------------------------------------------

    def reading(self) -> Reading:
        """What reads a page of what is wanted now, in a worker's thread; it answers what `shown` is
        given."""
        raise NotImplementedError

    def shown(self, answer: Any) -> RowsOfPage:
        """The page of an answer, after showing what else is in it."""
        page: RowsOfPage = answer
        return page

    def nothing(self) -> Nothing:
        """What is said while there is no row at all; its button begins a new record."""
        raise NotImplementedError

    @Slot(object)
    def opened(self, uid: str) -> None:
        """Enter on a row."""

    def commanded(self, action: str, row: Any) -> None:
        """A letter on a row."""

    # --- what the window asks for --------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        self._patience.start()
        work = partial(self.reading(), self._cursor)
        self.in_background(self.title, work, self._show, self._show_fault)

    def search_for(self, words: str) -> None:
        self.filters.box.set_value(words)

    def start_search(self) -> None:
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    def take_keyboard(self) -> None:
        """Into the list, or into the box while there is nothing to go to."""
        self._wants_focus = not self.table.model.rowCount()
        place = self.filters.box if self._wants_focus else self.table.view
        place.setFocus()

    # --- inside --------------------------------------------------------------------------------

    def _show(self, answer: Any) -> None:
        self._patience.stop()
        page = self.shown(answer)
        self._before, self._after = page.earlier, page.later
        words = self.filters.words()
        if page.rows:
            newer, older = page.earlier is not None, page.later is not None
            self.table.show_rows(page.rows, page.total_words, words, newer=newer, older=older)
        elif words:
            self._next = self._clear
            said = f"没有符合条件的{self.title}。"
            self.table.show_nothing(said, f"现在只显示：{words}", "清除筛选", words)
        else:
            self._next = self.start_new
            none = self.nothing()
            self.table.show_nothing(none.sentence, none.more, none.step, "")
        if self._wants_focus and self.filters.box.hasFocus() and not self.filters.box.value():
            self.take_keyboard()
        self._wants_focus = False

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    def _to(self, cursor: str | None) -> None:
        self._cursor = cursor
        self.load()

    @Slot()
    def _turn(self, step: int) -> None:
        cursor = self._before if step < 0 else self._after
        if cursor is not None:
            self._to(cursor)

    @Slot()
    def _clear(self) -> None:
        self._wants_focus = True
        self.filters.clear()

    @Slot()
    def _take_next(self) -> None:
        self._next()

    def row(self, uid: str) -> Any:
        """The row with this uid, or None."""
        at = self.table.model.row_of(uid)
        return None if at is None else self.table.model.rows[at]

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        row = self.row(command.uid)
        if row is not None:
            self.commanded(command.name, row)
