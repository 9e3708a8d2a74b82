"""队伍: the tab with the teams at the left, and at the right who is in the focused one on a day.

What members served and who is on duty now is for `station/` to say: see `serving.py`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import MEMBERSHIPS, VOLUNTEERS
from desktop_app.registers.volunteers.record import TEAMS as KIND
from desktop_app.registers.volunteers.rules.listing import TeamFilter
from desktop_app.registers.volunteers.rules.team import Team, TeamAction
from desktop_app.registers.volunteers.ui import deeds
from desktop_app.registers.volunteers.ui.looks import (
    ADD_MEMBER,
    CHANGE,
    LEAVE_TEAM,
    ROSTER,
    TEAM_DEEDS,
    VOLUNTEER_DEEDS,
    MemberRow,
    TeamRow,
    may_change,
)
from desktop_app.registers.volunteers.ui.members_card import MembersCard
from desktop_app.registers.volunteers.ui.serving import NothingKnown, Serving
from desktop_app.registers.volunteers.ui.teams_listing import TeamFilters, TeamTable
from desktop_app.registers.volunteers.ui.volunteers_pane import LOOKING
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export_of_rows
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage
from desktop_app.widgets.tokens import SPACE

_SHARES = 5, 8
_PAUSE_MS = 60
"""Between the focused team and its members: whoever holds an arrow key down reads none of them."""


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[TeamRow]
    stations: StationNames


class TeamsPane(ListPane):
    """The teams, the members of the focused one, and what is done with both."""

    title = "志愿队伍"
    kinds = frozenset({KIND.name, MEMBERSHIPS.name, VOLUNTEERS.name})

    serving: Serving = NothingKnown()

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_change = may_change(desk.actor) and not at_street
        self.new_word = "新增队伍" if self._may_change else ""
        self.hints = _hints() if self._may_change else LOOKING
        if may_make(desk.actor, ROSTER, desk.database.station.edition):
            roster = plain_button("打印名册", self, icon_name="printer", keys="Ctrl+P")
            roster.clicked.connect(partial(self._wanted, ROSTER))
            self.tools.append(roster)
            self.hints = (*self.hints, KeyHint("Ctrl+P", "打印这支队伍的名册（照看的那一天）"))
        card = Card(parent=self)
        table = TeamTable(card, may_change=self._may_change, at_street=at_street)
        self.narrowing = TeamFilters(self, at_street=at_street)
        self.frame(self.narrowing, table, card, self)
        self.offer_export(KIND.name, desk.actor)
        self.members = MembersCard(
            self._today, self, may_change=self._may_change, with_service=self.serving.knows
        )
        offer_export_of_rows(self, self.members.table, MEMBERSHIPS.name, desk.actor, keys="")
        self._beside(card)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read_members)
        table.focused.connect(self._team_focused)
        self.members.wanted.connect(self._wanted)
        self.members.leaving.connect(self._leaving)
        self.members.opened.connect(self._open_volunteer)
        self.members.day_changed.connect(self._pause.start)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, TeamFilter):
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_change:
            deeds.open_new_team(self, self._desk, self._added)

    # --- the teams -----------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer_stations(answer.stations)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，志愿队伍会列在这里。"
            return Nothing("还没有站点上报的志愿队伍。", more)
        more = "先写下队伍，再从志愿者里添加队员、定队长。"
        return Nothing("还没有志愿队伍。", more, "新增队伍" if self._may_change else "")

    def _read(self, wanted: TeamFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread."""
        stations = station_names(self._desk)
        found = service.teams_page(self._desk, wanted, cursor)
        return _Answer(
            found.map(lambda line: TeamRow(line, stations.owner(line.station))), stations
        )

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        line = row.line
        desk, done = self._desk, self.tell_changed
        if action == ROSTER:
            day = self.members.looked_at()
            if day is not None:
                self.go(OpenPaper(ROSTER, about=line.uid, until=day))
        elif action == ADD_MEMBER:
            deeds.add_member(self, desk, line.uid, done)
        elif action == TeamAction.SET_LEADER:
            deeds.set_leader(self, desk, line.uid, done)
        elif action == CHANGE:
            deeds.open_change_team(self, desk, line.uid, done)
        elif action == TeamAction.DISBAND:
            deeds.disband(self, desk, line.uid, done)
        elif action == TeamAction.RESTORE:
            deeds.restore(self, desk, line.uid, line.revision, line.name, done)

    def _added(self, changed: Changed[Team], sentence: str) -> None:
        self.tell_changed(changed, sentence)
        self.go(Open(KIND.name, changed.value.uid))

    # --- its members ---------------------------------------------------------------------------

    def _focused_team(self) -> TeamRow | None:
        uid = self.table.focused_uid()
        row = None if uid is None else self.row(uid)
        assert row is None or isinstance(row, TeamRow)
        return row

    @Slot(object)
    def _team_focused(self, _uid: object) -> None:
        team = self._focused_team()
        if team is None:
            self._pause.stop()
            self.members.wipe()
            return
        self.members.show_team(team)
        self._pause.start()

    @Slot()
    def _read_members(self) -> None:
        team, day = self._focused_team(), self.members.looked_at()
        if team is not None and day is not None:
            work = partial(self._members_of, team.line.uid, day)
            shown = partial(self._show_members, team.line.uid, day)
            self.in_background("队员", work, shown, self.members.show_fault)

    def _members_of(self, team: Uid, day: date, _job: Job) -> list[MemberRow]:
        """In the worker's thread: who is in it, what they served that month, who is serving now."""
        desk = self._desk
        lines = service.roster(desk, team, day)
        hours: Any = {}
        on_duty: Any = {}
        if self.serving.knows and lines:
            people = [line.volunteer for line in lines]
            first = day.replace(day=1)
            last = day.replace(day=monthrange(day.year, day.month)[1])
            hours = self.serving.hours(desk, team, people, first, last)
            on_duty = self.serving.on_duty(desk, people) if day == desk.today else {}
        return [
            MemberRow(line, hours.get(line.volunteer, ""), on_duty.get(line.volunteer, ""))
            for line in lines
        ]

    def _show_members(self, team: Uid, day: date, rows: list[MemberRow]) -> None:
        focused = self._focused_team()
        if focused is not None and focused.line.uid == team:
            self.members.show_members(rows, day)

    @Slot(object)
    def _wanted(self, deed: str) -> None:
        team = self._focused_team()
        if team is not None:
            self.commanded(deed, team)

    @Slot(object)
    def _leaving(self, row: MemberRow) -> None:
        deeds.leave_team(self, self._desk, [row.line], self.tell_changed)

    @Slot(object)
    def _open_volunteer(self, uid: Uid) -> None:
        self.go(Open(VOLUNTEERS.name, uid))

    # --- inside --------------------------------------------------------------------------------

    def _beside(self, card: Card) -> None:
        """The members stand at the right of the teams."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(card)
        row = QHBoxLayout()
        row.setSpacing(SPACE.large)
        row.addWidget(card, _SHARES[0])
        row.addWidget(self.members, _SHARES[1])
        column.addLayout(row, 1)

    def _today(self) -> date:
        return self._desk.today


def _hints() -> tuple[KeyHint, ...]:
    leave = VOLUNTEER_DEEDS[LEAVE_TEAM]
    return (
        KeyHint("F2", "新增队伍"),
        *LOOKING,
        KeyHint("Tab", "到右边的队员"),
        *(KeyHint(deed.key, deed.verb) for deed in TEAM_DEEDS.values()),
        KeyHint(leave.key, "让这名队员退出队伍"),
    )
