"""The list of activities in its card: reads its pages and shows them, or why there is nothing.

What opening a row or an action means is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.activities.ui.filters import ActivityFilters
from desktop_app.ledgers.activities.ui.looks import ActivityRow, row_of
from desktop_app.ledgers.activities.ui.table import ActivityTable
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.storage.paging import FIRST, LAST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.forms import Card
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.page import Page as ScreenPage
from desktop_app.widgets.patience import Patience


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[ActivityRow]
    kinds: tuple[str, ...]
    stations: StationNames


class ActivityList(QWidget):
    """`opened` carries an `ActivityRow`, `wanted` a (row, action) pair; `new_wanted` the button."""

    opened = Signal(object)
    wanted = Signal(object)
    new_wanted = Signal()

    def __init__(
        self, desk: Desk, page: ScreenPage, filters: ActivityFilters, *, may_add: bool
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._filters = desk, page, filters
        self._may_add = may_add
        self._cursor: str | None = FIRST
        self._newer: str | None = None
        self._older: str | None = None
        self._wants_focus = self._is_first = True
        self._next: Callable[[], None] = self.load
        card = Card(parent=self)
        at_street = desk.database.station.is_street
        self.table = ActivityTable(desk.actor, card, at_street=at_street)
        card.add_list(self.table)
        self._patience = Patience(self.table.show_loading, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._connect()
        offer_export(page, self.table, KIND.name, desk.actor, self._reading, filters.words)
        offer_import(page, self.table, KIND.name, desk.actor)

    @Slot()
    def load(self) -> None:
        """Read the page anew; what is on show stays until it comes."""
        wanted = self._filters.wanted()
        if wanted is None:
            return
        self._patience.start()
        work = partial(self._read, wanted, self._cursor)
        self._page.in_background("活动列表", work, self._show, self._show_fault)

    @Slot()
    def begin_anew(self) -> None:
        """Something else is wanted: from the first page on."""
        self._to(FIRST)

    def take_keyboard(self) -> None:
        """Into the list, or into the box while there is nothing to go to."""
        self._wants_focus = not self.table.model.rowCount()
        place = self._filters.box if self._wants_focus else self.table.view
        place.setFocus()

    def _reading(self) -> Reading | None:
        wanted = self._filters.wanted()
        return None if wanted is None else partial(self._read, wanted)

    def _read(self, wanted: ActivityFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        database, stations = self._desk.database, station_names(self._desk)
        worded = partial(
            row_of,
            zone=database.zone,
            today=self._desk.today,
            now=database.clock.now(),
            stations=stations,
        )
        found = service.page(self._desk, wanted, cursor).map(worded)
        return _Answer(found, service.kinds(self._desk), stations)

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        page, words = answer.page, self._filters.words()
        self._filters.set_kinds(answer.kinds)
        self._filters.set_stations(answer.stations)
        self._newer, self._older = page.earlier, page.later
        if page.rows:
            self.table.show_page(page, words)
            self._come_to_next()
        elif words:
            self._next = self._clear
            more = f"现在只显示：{words}"
            self.table.show_nothing("没有符合条件的活动。", more, "清除筛选", words)
        else:
            self._show_none_yet()
        if self._wants_focus and not self._filters.box.value():
            self.take_keyboard()
        self._wants_focus = False

    def _show_none_yet(self) -> None:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，活动会列在这里。"
            self.table.show_nothing("还没有站点上报的活动。", more, "", "")
            return
        self._next = self.new_wanted.emit
        more = "先登记计划，到时签到、记录，照片和总结都从这里来。"
        self.table.show_nothing("还没有登记活动。", more, "新增活动" if self._may_add else "", "")

    def _come_to_next(self) -> None:
        if self._is_first:
            self._is_first = False
            self.table.focus_next(self._desk.database.clock.now())

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    def _connect(self) -> None:
        table = self.table
        table.opened.connect(self._open)
        table.wanted.connect(self.wanted)
        table.newer.connect(partial(self._turn, -1))
        table.older.connect(partial(self._turn, 1))
        table.newest.connect(partial(self._to, FIRST))
        table.oldest.connect(partial(self._to, LAST))
        table.clear_filter.connect(self._clear)
        table.next_step.connect(self._take_next)

    def _to(self, cursor: str | None) -> None:
        self._cursor = cursor
        self.load()

    @Slot()
    def _turn(self, step: int) -> None:
        cursor = self._newer if step < 0 else self._older
        if cursor is not None:
            self._to(cursor)

    @Slot()
    def _clear(self) -> None:
        self._wants_focus = True
        self._filters.clear()

    @Slot()
    def _take_next(self) -> None:
        self._next()

    @Slot(object)
    def _open(self, uid: str) -> None:
        row = self.table.row(uid)
        if row is not None:
            self.opened.emit(row)
