"""The list of residents with its title and filters: reads its pages and shows them.

What opening somebody or an action means is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents import listing
from desktop_app.registers.residents.listing import ResidentFilter
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.ui.filters import ResidentFilters
from desktop_app.registers.residents.ui.table import ResidentRow, ResidentTable, row_of
from desktop_app.storage.paging import FIRST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.forms import Card, PageTitle
from desktop_app.widgets.page import Page as ScreenPage
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.tokens import SPACE

NOBODY_KNOWN = "还没有站点上报过“完整资料”，这里查不到人。"
NOBODY_KNOWN_WHY = (
    "日常上报里的姓名和号码是遮挡的，不列在这里。"
    "确有需要时，请站点写明原因、由两人确认，再上报一次“完整资料”。"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[ResidentRow]
    stations: StationNames


class ResidentList(QWidget):
    """`opened` carries a `PersonLine`, `wanted` a (line, action) pair; `new_wanted` the button."""

    opened = Signal(object)
    wanted = Signal(object)
    new_wanted = Signal()

    def __init__(self, desk: Desk, page: ScreenPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._may_add = desk.actor.may(Right.REGISTER)
        self._cursor: str | None = FIRST
        self._before: str | None = None
        self._after: str | None = None
        self._wants_focus = False
        self._next: Callable[[], None] = self.load
        self.title = PageTitle("居民", self, action="新建档案", icon_name="user-plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("新建档案  F2")
        self.title.action.setVisible(self._may_add)
        self._at_street = desk.database.station.is_street
        self.filters = ResidentFilters(self, at_street=self._at_street)
        card = Card(parent=self)
        self.table = ResidentTable(desk.actor, card, at_street=self._at_street)
        card.add_list(self.table)
        self._patience = Patience(self.table.show_loading, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.filters)
        column.addWidget(card, 1)
        self._connect()
        offer_export(page, self.table, KIND.name, desk.actor, self._reading, self.filters.words)

    @Slot()
    def load(self) -> None:
        """Read the page anew; what is on show stays until it comes."""
        self._patience.start()
        work = partial(self._read, self.filters.wanted(), self._cursor)
        self._page.in_background("居民列表", work, self._show, self._show_fault)

    def take_keyboard(self) -> None:
        """Into the list, or into the box while there is nothing to go to."""
        self._wants_focus = not self.table.model.rowCount()
        place = self.filters.box if self._wants_focus else self.table.view
        place.setFocus()

    def search(self) -> None:
        """Into the box."""
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    def _reading(self) -> Reading:
        return partial(self._read, self.filters.wanted())

    def _read(self, wanted: ResidentFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        stations = station_names(self._desk)
        worded = partial(row_of, today=self._desk.today, stations=stations)
        return _Answer(listing.page(self._desk, wanted, cursor).map(worded), stations)

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        page = answer.page
        self.filters.set_stations(answer.stations)
        self._before, self._after = page.earlier, page.later
        words = self.filters.words()
        if page.rows:
            self.table.show_page(page, words)
        elif words:
            self._next = self._clear
            more = f"现在只显示：{words}"
            self.table.show_nothing("没有符合条件的居民。", more, "清除筛选", words)
        else:
            self._show_none_yet()
        if self._wants_focus and self.filters.box.hasFocus() and not self.filters.box.value():
            self.take_keyboard()
        self._wants_focus = False

    def _show_none_yet(self) -> None:
        if self._at_street:
            self.table.show_nothing(NOBODY_KNOWN, NOBODY_KNOWN_WHY, "", "")
            return
        self._next = self.new_wanted.emit
        more = "新来访人在前台登记时会自动建档，也可以在这里先建。"
        self.table.show_nothing("还没有居民档案。", more, "新建档案" if self._may_add else "", "")

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    def _connect(self) -> None:
        self.title.action.clicked.connect(self.new_wanted)
        self.filters.changed.connect(partial(self._to, FIRST))
        self.filters.to_list.connect(self.table.view.setFocus)
        table = self.table
        table.opened.connect(self._open)
        table.command.connect(self._take)
        table.newer.connect(partial(self._turn, -1))
        table.older.connect(partial(self._turn, 1))
        table.clear_filter.connect(self._clear)
        table.next_step.connect(self._take_next)

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
        self.filters.clear()
        self.filters.box.setFocus()

    @Slot()
    def _take_next(self) -> None:
        self._next()

    def _line(self, uid: str) -> PersonLine | None:
        row = self.table.row(uid)
        return None if row is None else row.listed.line

    @Slot(object)
    def _open(self, uid: str) -> None:
        line = self._line(uid)
        if line is not None:
            self.opened.emit(line)

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        line = self._line(command.uid)
        if line is not None:
            self.wanted.emit((line, command.name))
