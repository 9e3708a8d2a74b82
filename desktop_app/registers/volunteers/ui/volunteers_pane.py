"""志愿者: the tab with the list of volunteers; new ones are registered on a sheet over it.

Rows are ticked by Space; J lets all who are ticked join a team, Ctrl+P prints their names. One
volunteer in full is `volunteer_page.VolunteerPage`.
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
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.rules.listing import (
    TeamFilter,
    TeamLine,
    VolunteerFilter,
)
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerAction
from desktop_app.registers.volunteers.ui import deeds
from desktop_app.registers.volunteers.ui.deeds import Whom
from desktop_app.registers.volunteers.ui.listing import (
    ON_ROW,
    VolunteerFilters,
    VolunteerTable,
    fits,
)
from desktop_app.registers.volunteers.ui.looks import (
    CHANGE,
    JOIN,
    VOLUNTEER_DEEDS,
    VolunteerRow,
    may_change,
    volunteer_row,
)
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage
from desktop_app.widgets.marked_list import MarkStrip

_A = VolunteerAction
_MOST_TEAMS = 500
_PAPER, _SUMMARY = "volunteers", "volunteer-summary"
_SUM_KEYS = "Ctrl+Shift+P"
LOOKING = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开"),
    KeyHint("Ctrl+PgDn / PgUp", "下一页 / 上一页"),
)
"""What there is to do where every record belongs to somebody else: at a street."""


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[VolunteerRow]
    stations: StationNames
    teams: tuple[TeamLine, ...]


class VolunteersPane(ListPane):
    """The list, and what is done from it."""

    title = "志愿者"
    kinds = frozenset({KIND.name, TEAMS.name, MEMBERSHIPS.name, RESIDENTS.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_change = may_change(desk.actor) and not at_street
        self.new_word = "登记志愿者" if self._may_change else ""
        edition = desk.database.station.edition
        self._prints = may_make(desk.actor, _PAPER, edition)
        self._sums = may_make(desk.actor, _SUMMARY, edition)
        self.hints = _hints(handles=self._may_change, prints=self._prints, sums=self._sums)
        if self._prints:
            paper = plain_button("打印名单", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)
        card = Card(parent=self)
        self.people = VolunteerTable(
            card, may_change=self._may_change, at_street=at_street, prints=self._prints
        )
        self.narrowing = VolunteerFilters(self, at_street=at_street)
        self.frame(self.narrowing, self.people, card, self)
        self.offer_export(KIND.name, desk.actor)
        offer_import(self, self.table, KIND.name, desk.actor)
        self._make_batch(card)
        self.people.marked.connect(self._say_marked)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, VolunteerFilter):
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_change:
            deeds.open_new(self, self._desk, self._added)

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer(answer.stations, answer.teams)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，志愿者会列在这里。"
            return Nothing("还没有站点上报的志愿者。", more)
        more = "先找到居民档案，再登记为志愿者；外来的志愿者也先建一份档案。"
        return Nothing("还没有志愿者。", more, "登记志愿者" if self._may_change else "")

    def _read(self, wanted: VolunteerFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        stations = station_names(desk)
        found = service.page(desk, wanted, cursor)
        living = TeamFilter(disbanded=False)
        teams = tuple(service.teams_page(desk, living, size=_MOST_TEAMS).rows)
        return _Answer(found.map(partial(volunteer_row, stations=stations)), stations, teams)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        desk, whom, done = self._desk, _whom(row), self.tell_changed
        if action == JOIN:
            self._join([row] if not self.people.marks else list(self.people.marks.values()))
        elif action == CHANGE:
            deeds.open_change(self, desk, whom.uid, done)
        elif action == _A.ADD_TRAINING:
            deeds.add_training(self, desk, whom, done)
        elif action == _A.ADD_HONOUR:
            deeds.add_honour(self, desk, whom, done)
        else:
            deeds.take_step(self, desk, action, whom, done)

    def _join(self, rows: list[Any]) -> None:
        """All who are ticked, else the focused one; who has left cannot join and is not asked."""
        fit = [_whom(row) for row in rows if fits(JOIN, row)]
        if fit:
            but: list[Uid] = []
            if len(fit) == 1:
                but = [team.uid for team in service.teams_of(self._desk, fit[0].uid)]
            deeds.join_team(self, self._desk, fit, self._joined, but)

    def _joined(self, changed: Changed[Any], sentence: str) -> None:
        self.people.clear_marks()
        self.tell_changed(changed, sentence)

    def _added(self, changed: Changed[Volunteer], sentence: str) -> None:
        """A new volunteer is shown whole, so that the way into a team is near."""
        self.tell_changed(changed, sentence)
        self.go(Open(KIND.name, changed.value.uid))

    @Slot()
    def _print(self) -> None:
        """Those who are ticked; else the list as it is narrowed now."""
        chosen = self._marked()
        wanted = None if chosen else self.narrowing.wanted()
        self.go(OpenPaper(_PAPER, chosen=chosen, listed=wanted))

    @Slot()
    def _print_summaries(self) -> None:
        self.go(OpenPaper(_SUMMARY, chosen=self._marked()))

    def _marked(self) -> tuple[Uid, ...]:
        return tuple(_whom(row).uid for row in self.people.marks.values())

    # --- with several at once ------------------------------------------------------------------

    def _make_batch(self, card: Card) -> None:
        """The strip above the rows while some are ticked: how many, and what to do with them."""
        deed = VOLUNTEER_DEEDS[JOIN]
        join = plain_button(f"{deed.verb}  {deed.key}", card, icon_name=deed.icon)
        join.setAccessibleName("已选的加入队伍")
        join.clicked.connect(self._join_marked)
        join.setVisible(self._may_change)
        names = plain_button("打印名单  Ctrl+P", card, icon_name="printer")
        names.setAccessibleName("打印已选的名单")
        names.clicked.connect(self._print)
        names.setVisible(self._prints)
        words = f"打印记录汇总  {_SUM_KEYS}"
        sums = plain_button(words, card, icon_name="printer", keys=_SUM_KEYS)
        sums.setAccessibleName("打印已选的志愿服务记录汇总（非证明）")
        sums.clicked.connect(self._print_summaries)
        sums.setVisible(self._sums)
        self.batch = MarkStrip(self.people, (join, names, sums), card)
        column = self.layout()
        assert column is not None
        column.insertWidget(1, self.batch)  # type: ignore[attr-defined]

    @Slot()
    def _join_marked(self) -> None:
        self._join(list(self.people.marks.values()))

    @Slot()
    def _say_marked(self) -> None:
        self.batch.say(f"已选 {len(self.people.marks)} 人")


def _whom(row: object) -> Whom:
    assert isinstance(row, VolunteerRow)
    line = row.line
    return Whom(line.uid, line.revision, line.number, line.name)


def _hints(*, handles: bool, prints: bool, sums: bool) -> tuple[KeyHint, ...]:
    ticks = (KeyHint("空格", "选中这一行，接着下一行"), KeyHint("Ctrl+A", "选中本页全部"))
    letters = (KeyHint(VOLUNTEER_DEEDS[name].key, VOLUNTEER_DEEDS[name].verb) for name in ON_ROW)
    return (
        *((KeyHint("F2", "登记志愿者"),) if handles else ()),
        *LOOKING,
        *(ticks if handles or prints else ()),
        *(letters if handles else ()),
        *((KeyHint("Ctrl+P", "打印已选的名单；没有选的，照现在的筛选"),) if prints else ()),
        *((KeyHint(_SUM_KEYS, "打印已选各人的记录汇总（非证明）"),) if sums else ()),
    )
