"""What the three lists have in common: pages of rows, filters above, steps on the focused row.

A list says in `ListSpec` what it lists; its filters and rows come from a subclass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.three_lists.ui.filters import FilterRow
from desktop_app.ledgers.three_lists.ui.form_pane import FormPane
from desktop_app.ledgers.three_lists.ui.listing import (
    ListSpec,
    Row,
    Surroundings,
    list_table,
    surroundings,
)
from desktop_app.ledgers.three_lists.ui.looks import PAPER_OF_LISTS, may_handle
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.paging import FIRST, LAST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.tokens import SPACE

PAGING_HINTS = (
    KeyHint("Ctrl+PgDn", "更早一页"),
    KeyHint("Ctrl+PgUp", "更新一页"),
    KeyHint("Ctrl+Home", "最新一页"),
    KeyHint("Ctrl+End", "最早一页"),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[Row]
    around: Surroundings


class ListPane(FormPane):
    """A list. Filter, page and focused line stay as they are while one looks at a record."""

    spec: ListSpec

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.new_kind = self.spec.kind
        self.at_street = desk.database.station.is_street
        self.kinds = frozenset({self.spec.kind})
        self._cursor: str | None = FIRST
        self._newer: str | None = None
        self._older: str | None = None
        self._wants_focus = False
        self._next: Callable[[], None] = self.load
        self.stepper = Stepper(desk, self)
        self.filters = self.make_filters()
        card = Card(parent=self.main)
        self.table = list_table(self.spec, card, at_street=self.at_street)
        card.add_list(self.table)
        self._patience = Patience(self.table.show_loading, self)
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.filters)
        column.addWidget(card, 1)
        self._add_paper()
        self.hints = self.main_hints()
        self._connect()

    # --- what a list says for itself -----------------------------------------------------------

    def make_filters(self) -> FilterRow:
        """The row above the list."""
        raise NotImplementedError

    def wanted(self) -> Any:
        """What the list is narrowed to."""
        raise NotImplementedError

    def row_of(self, line: Any, around: Surroundings) -> Row:
        """A line in words; in a worker's thread."""
        raise NotImplementedError

    def offer_choices(self, around: Surroundings) -> None:
        """What there is to narrow by now."""

    def take_step(self, row: Row, name: str) -> None:
        """Take the step of that name from a row."""
        raise NotImplementedError

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        self._patience.start()
        work = partial(self._read, self.wanted(), self._cursor)
        self.in_background(f"{self.spec.label}列表", work, self._show, self._show_fault)

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

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, wanted: Any, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        around = surroundings(self._desk)
        worded = partial(self.row_of, around=around)
        return _Answer(self.spec.page(self._desk, wanted, cursor).map(worded), around)

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        page = answer.page
        self._newer, self._older = page.earlier, page.later
        self.filters.set_stations(answer.around.stations)
        self.offer_choices(answer.around)
        words = self.filters.words()
        if page.rows:
            newer, older = page.earlier is not None, page.later is not None
            self.table.show_rows(page.rows, page.total_words, words, newer=newer, older=older)
        elif words:
            self._next = self._clear
            more = f"现在只显示：{words}"
            self.table.show_nothing(self.spec.clear_words, more, "清除筛选", words)
        else:
            self._next = self.start_new
            none = self.spec.none_at_street if self.at_street else self.spec.none
            step = none[2] if self.new_word else ""
            self.table.show_nothing(none[0], none[1], step, words)
        if self._wants_focus:
            self._focus_list()

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    def _focus_list(self) -> None:
        self._wants_focus = False
        place = self.table.view if self.table.model.rowCount() else self.filters.box
        place.setFocus()

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

    def _to(self, cursor: str | None) -> None:
        self._cursor = cursor
        self.load()

    @Slot()
    def _to_newer(self) -> None:
        if self._newer is not None:
            self._to(self._newer)

    @Slot()
    def _to_older(self) -> None:
        if self._older is not None:
            self._to(self._older)

    @Slot()
    def _clear(self) -> None:
        self._wants_focus = True
        self.filters.clear()

    @Slot()
    def _take_next(self) -> None:
        self._next()

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
