"""One team in full: what it is, who is in it, who was, and its course.

What it served is in ledgers; whoever may join them adds cards (`add_cards`) and reads for them
(`read_beyond`): see `station/volunteering`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.places import service as places
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import MEMBERSHIPS, VOLUNTEERS
from desktop_app.registers.volunteers.record import TEAMS as KIND
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.team import Team, TeamAction
from desktop_app.registers.volunteers.rules.team_steps import allowed
from desktop_app.registers.volunteers.service import TeamHistory
from desktop_app.registers.volunteers.ui import deeds
from desktop_app.registers.volunteers.ui.course import team_course
from desktop_app.registers.volunteers.ui.facts import team_facts
from desktop_app.registers.volunteers.ui.looks import (
    ADD_MEMBER,
    CHANGE,
    ROSTER,
    TEAM_DEEDS,
    chip_in_team,
    gender_word,
    labels,
    may_change,
    span_words,
    team_chip,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.record_head import PaperButton
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of, paper_hints, printable
from desktop_app.widgets.theme import theme_of

_MOST_NOW, _MOST_BEFORE = 9, 4
_PAPERS = (PaperButton(ROSTER, "打印名册", "Ctrl+P"),)


@dataclass(frozen=True, slots=True)
class WholeTeam:
    """What the page shows: the team with its history, who is in it today, names of its places, and
    what a subclass read `beyond` it."""

    history: TeamHistory
    members: tuple[RosterLine, ...]
    compound: str
    station: str
    beyond: object

    @property
    def team(self) -> Team:
        return self.history.team

    @property
    def before(self) -> list[RosterLine]:
        """Stays that are over; such as count no day are none."""
        there = {one.uid for one in self.members}
        return [
            stay
            for stay in self.history.stays
            if stay.uid not in there and stay.left_on is not None and stay.left_on > stay.joined_on
        ]


class TeamPage(RecordPage):
    """Shows the team it was told to by `open_record`."""

    title = "志愿队伍详情"
    kinds = frozenset({KIND.name, MEMBERSHIPS.name, VOLUNTEERS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint("Tab", "到队员，Enter 打开"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *paper_hints(_PAPERS),
        *(KeyHint(deed.key, deed.verb) for deed in TEAM_DEEDS.values()),
    )
    papers = _PAPERS

    whole: WholeTeam | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, TEAM_DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self.facts = FactsCard("队伍", self)
        self.remark = FactsCard("备注", self)
        self.remark.set_foot(foot_of(self.reveal))
        self.now, self.now_card = self._people("现在的队员")
        self.past, self.past_card = self._people("以前的队员")
        self.course = CourseCard("经过", self)
        left, right = self.add_cards()
        columns = (
            [self.now_card, *left, self.past_card],
            [self.facts, *right, self.remark, self.course],
        )
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- for whoever may join ------------------------------------------------------------------

    def add_cards(self) -> tuple[list[QWidget], list[QWidget]]:
        """Cards for what is beyond the register: in the left column and in the right one."""
        return [], []

    def read_beyond(self, _team: Uid) -> object:
        """What those cards show; called in a worker's thread."""
        return None

    def show_beyond(self, beyond: object) -> None:
        """Show it."""

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholeTeam]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeTeam:
        """In the worker's thread."""
        desk = self._desk
        history = service.team_history(desk, uid)
        team = history.team
        names = {one.uid: one.name for one in places.compounds(desk)}
        return WholeTeam(
            history,
            service.roster(desk, uid),
            "" if team.compound is None else names.get(team.compound, "（已撤销的小区）"),
            station_names(desk).owner(team.station),
            self.read_beyond(uid),
        )

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        team = whole.team
        chip = team_chip(team.disbanded_on)
        beside = "　".join((team.number, f"{len(whole.members)} 人"))
        deeds = self.named(self._offered(team))
        papers = printable(self, self._desk.actor, self._desk.database.station.edition)
        self.head.show_record(
            team.name, chip, beside, deeds, papers=papers, urge=not team.disbanded
        )
        self.facts.show_facts(team_facts(team, whole.compound, whole.station))
        self._show_people(self.now, whole.members, _MOST_NOW)
        self._show_people(self.past, whole.before, _MOST_BEFORE)
        self.now_card.setVisible(bool(whole.members))
        self.past_card.setVisible(bool(whole.before))
        self.show_uncovered(None)
        names = {one.number: one.name for one in whole.history.stays if one.name}
        zone, today = self._desk.database.zone, self._desk.today
        self.course.show_course(team_course(team, zone, today, names))
        self.show_beyond(whole.beyond)
        self.setAccessibleName(f"志愿队伍 {team.name} {chip.word}")

    def uncovering(self) -> Callable[[Job], str] | None:
        whole = self.whole
        if whole is None or not whole.team.remark or not self._desk.actor.may(Right.REVEAL):
            return None
        return partial(_uncover, self._desk, whole.team.uid)

    def show_uncovered(self, answer: str | None) -> None:
        if self.whole is not None:
            there = bool(self.whole.team.remark)
            self.remark.show_facts([Fact("备注", (answer or "已遮挡") if there else "")])

    def _people(self, title: str) -> tuple[LineList, Card]:
        card = Card(title, self)
        people = LineList(title, card)
        people.chosen.connect(self._open_volunteer)
        card.add_list(people)
        return people, card

    def _show_people(self, people: LineList, stays: Sequence[RosterLine], most: int) -> None:
        people.set_items([_item(stay) for stay in stays])
        people.setFixedHeight(min(most, len(stays)) * theme_of().metrics.two_line_row)

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, team: Team) -> tuple[str, ...]:
        if self._at_street or not may_change(self._desk.actor):
            return ()
        fits: set[str] = {str(one.value) for one in allowed(team)}
        if not team.disbanded:
            fits.add(ADD_MEMBER)
        return tuple(name for name in TEAM_DEEDS if name in fits)

    @Slot(object)
    def do(self, deed: str) -> None:
        if self.whole is None:
            return
        team, desk, done = self.whole.team, self._desk, self.tell_changed
        if deed == ADD_MEMBER:
            deeds.add_member(self, desk, team.uid, done)
        elif deed == TeamAction.SET_LEADER:
            deeds.set_leader(self, desk, team.uid, done)
        elif deed == CHANGE:
            deeds.open_change_team(self, desk, team.uid, done)
        elif deed == TeamAction.DISBAND:
            deeds.disband(self, desk, team.uid, done)
        elif deed == TeamAction.RESTORE:
            deeds.restore(self, desk, team.uid, team.revision, team.name, done)

    @Slot(object)
    def _open_volunteer(self, uid: object) -> None:
        found = parse_uid(str(uid))
        whole = self.whole
        if found is None or whole is None:
            return
        stays = {stay.uid: stay.volunteer for stay in (*whole.members, *whole.history.stays)}
        self.go(Open(VOLUNTEERS.name, stays[found]))


def _item(stay: RosterLine) -> LineItem:
    return LineItem(
        stay.uid.hex,
        stay.name or stay.number,
        beside=" ".join(filter(None, (gender_word(stay.gender), stay.phone))),
        detail=" · ".join(
            filter(
                None,
                (span_words(stay.joined_on, stay.left_on), stay.left_reason, labels(stay.skills)),
            )
        ),
        chip=chip_in_team(stay),
    )


def _uncover(desk: Desk, team: Uid, _job: Job) -> str:
    return service.reveal_team(desk, team, "remark")
