"""A pane with pages of rows below filters: what is read, shown, and turned to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.ledgers.three_lists.ui.filters import FilterRow
from desktop_app.ledgers.three_lists.ui.form_pane import FormPane
from desktop_app.ledgers.three_lists.ui.listing import (
    ListSpec,
    Row,
    Surroundings,
    list_table,
    surroundings,
)
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.paging import FIRST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.forms import Card
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.tokens import SPACE


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[Row]
    around: Surroundings


class PagedPane(FormPane):
    """Filter, page and focused line stay as they are while one looks at a record."""

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
        offer_export(
            self, self.table, self.spec.kind, desk.actor, self._reading, self.filters.words
        )
        offer_import(self, self.table, self.spec.kind, desk.actor)

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

    def load(self) -> None:
        self._patience.start()
        work = partial(self._read, self.wanted(), self._cursor)
        self.in_background(f"{self.spec.label}列表", work, self._show, self._show_fault)

    def _reading(self) -> Reading:
        return partial(self._read, self.wanted())

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
