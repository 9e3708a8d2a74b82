"""报到党员: the tab with the list of employed party members who report here.

One of them in full is `party_page.PartyPage`. What was served in a quarter is for `station/` to
say: whoever knows overrides `served`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.periods import Period
from desktop_app.core.route import Open
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.member import MemberAction, MemberFilter, PartyMember
from desktop_app.ledgers.party.ui import deeds
from desktop_app.ledgers.party.ui.listing import ON_ROW, MemberFilters, MemberTable
from desktop_app.ledgers.party.ui.looks import DEEDS, MemberRow, may_change, row_of
from desktop_app.ledgers.party.ui.sheets import Served
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage

LOOKING = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开"),
    KeyHint("Ctrl+PgDn / PgUp", "下一页 / 上一页"),
)
"""What there is to do where every record belongs to somebody else: at a street."""


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[MemberRow]
    stations: StationNames


class PartyPane(ListPane):
    """The list, and what is done from it."""

    title = "报到党员"
    kinds = frozenset({KIND.name, RESIDENTS.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_change = may_change(desk.actor) and not at_street
        self.new_word = "登记报到" if self._may_change else ""
        self.hints = _hints() if self._may_change else LOOKING
        card = Card(parent=self)
        people = MemberTable(card, may_change=self._may_change, at_street=at_street)
        due = partial(service.last_quarter, desk)
        self.narrowing = MemberFilters(self, due, at_street=at_street)
        self.frame(self.narrowing, people, card, self)
        self.offer_export(KIND.name, desk.actor)
        offer_import(self, self.table, KIND.name, desk.actor)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, MemberFilter):
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_change:
            deeds.open_new(self, self._desk, self._added)

    # --- for whoever may join ------------------------------------------------------------------

    def served(self, _resident: Uid, _quarter: Period) -> Served | None:
        """What somebody served in a quarter; None where nobody knows."""
        return None

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer_stations(answer.stations)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，报到党员会列在这里。"
            return Nothing("还没有站点上报的报到党员。", more)
        more = "居民档案的党员管理类别是“在职党员”的，可以登记报到。"
        return Nothing("还没有在职党员报到。", more, self.new_word)

    def _read(self, wanted: MemberFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        stations = station_names(desk)
        found = service.page(desk, wanted, cursor)
        worded = partial(row_of, stations=stations)
        return _Answer(found.map(worded), stations)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        assert isinstance(row, MemberRow)
        line, desk, done = row.line, self._desk, self.tell_changed
        if action == MemberAction.CHANGE:
            deeds.open_change(self, desk, line.uid, done)
        elif action == MemberAction.RETURN:
            deeds.come_back(self, desk, (line.uid, line.revision, line.number), done)
        else:
            deeds.open_step(self, desk, action, line.uid, done, self.served)

    def _added(self, changed: Changed[PartyMember], sentence: str) -> None:
        """Somebody new is shown whole, so that 亮身份 and the promise are near."""
        self.tell_changed(changed, sentence)
        self.go(Open(KIND.name, changed.value.uid))


def _hints() -> tuple[KeyHint, ...]:
    return (
        KeyHint("F2", "登记报到"),
        *LOOKING,
        *(KeyHint(DEEDS[name].key, DEEDS[name].verb) for name in ON_ROW),
    )
