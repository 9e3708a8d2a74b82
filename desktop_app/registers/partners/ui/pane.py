"""共建单位: the tab with the list of units; a new one is entered on a sheet over it.

One unit in full is `record.PartnerPage`. How many agreements with a unit hold is for `station/` to
say: whoever knows overrides `count_agreements`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open, OpenPage
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.partners import service
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import Partner, PartnerFilter, PartnerLine
from desktop_app.registers.partners.ui import deeds
from desktop_app.registers.partners.ui.listing import PartnerFilters, PartnerTable
from desktop_app.registers.partners.ui.looks import (
    AGREE,
    CHANGE,
    END,
    KEYS,
    RESUME,
    VERBS,
    PartnerRow,
    WithPartner,
    may_change,
    row_of,
)
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage

AGREEMENTS = "agreements"
"""The kind of record that is drafted from here, by its place in the window."""

LOOKING = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开"),
    KeyHint("Ctrl+PgDn / PgUp", "下一页 / 上一页"),
)
"""What there is to do where every record belongs to somebody else: at a street."""


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[PartnerRow]
    stations: StationNames


class PartnersPane(ListPane):
    """The list, and what is done from it."""

    title = "共建单位"
    kinds = frozenset({KIND.name})

    with_agreements = False
    """Whether `count_agreements` knows."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_change = may_change(desk.actor) and not at_street
        self.new_word = "新增单位" if self._may_change else ""
        self.hints = _hints() if self._may_change else LOOKING
        card = Card(parent=self)
        table = PartnerTable(desk.actor, card, at_street=at_street, agreements=self.with_agreements)
        self.units = PartnerFilters(self, at_street=at_street)
        self.frame(self.units, table, card, self)
        self.offer_export(KIND.name, desk.actor)
        offer_import(self, self.table, KIND.name, desk.actor)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, PartnerFilter):
            self.units.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_change:
            typed = self.units.box.value()
            deeds.open_new(self, self._desk, "" if typed.isascii() else typed, self._added)

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.units.wanted())

    def count_agreements(self, _uids: Sequence[Uid]) -> Mapping[Uid, int] | None:
        """How many agreements with each unit hold now; called in a worker's thread."""
        return None

    def left_to_do(self, _uid: Uid) -> str:
        """In the worker's thread: what else has to be seen to when a unit ends."""
        return ""

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.units.offer_stations(answer.stations)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，共建单位会列在这里。"
            return Nothing("还没有站点上报的共建单位。", more)
        more = "先写下单位和联络员，再草拟共建协议、认领问题。"
        return Nothing("还没有共建单位。", more, "新增单位" if self._may_change else "")

    def _read(self, wanted: PartnerFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        stations = station_names(desk)
        found: Page[PartnerLine] = service.page(desk, wanted, cursor)
        counted = self.count_agreements([line.uid for line in found.rows])
        worded = partial(row_of, today=desk.today, stations=stations, agreements=counted)
        return _Answer(found.map(worded), stations)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        line: PartnerLine = row.line
        if action == AGREE:
            self.go(OpenPage(AGREEMENTS, wanted=WithPartner(line.uid)))
        elif action == CHANGE:
            deeds.open_change(self, self._desk, line.uid, self.tell_changed)
        elif action == END:
            about = (line.uid, line.revision, line.name)
            deeds.open_end(self, self._desk, about, self.tell_changed, self.left_to_do)
        elif action == RESUME:
            deeds.resume(self, self._desk, line.uid, line.revision, self.tell_changed)

    def _added(self, changed: Changed[Partner], sentence: str) -> None:
        """A new unit is shown whole, so that its agreement can be begun there."""
        self.tell_changed(changed, sentence)
        self.go(Open(KIND.name, changed.value.uid))


def _hints() -> tuple[KeyHint, ...]:
    return (
        KeyHint("F2", "新增单位"),
        *LOOKING,
        *(KeyHint(KEYS[name], VERBS[name]) for name in (AGREE, CHANGE, END, RESUME)),
    )
