"""How volunteers and teams look in lists and on their pages: letters, verbs, chips, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import Gender
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import paper_day
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.volunteers.rules.listing import (
    RosterLine,
    TeamLine,
    VolunteerLine,
)
from desktop_app.registers.volunteers.rules.team import TeamAction
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction, VolunteerState
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

E = TypeVar("E", bound=LabelledEnum)

_V = VolunteerAction
_T = TeamAction

CHANGE, JOIN, LEAVE_TEAM, MERGE, PAPER, REMOVE, OPEN_FILE = (
    "change",
    "join_team",
    "leave_team",
    "merge",
    "paper",
    "remove_entry",
    "open_file",
)

VOLUNTEER_DEEDS: Mapping[str, Deed] = {
    JOIN: Deed("加入队伍", "user-plus", "J"),
    CHANGE: Deed("修改", "pencil", "E"),
    _V.ADD_TRAINING: Deed("记培训", "book-open", "X"),
    _V.ADD_HONOUR: Deed("记表彰", "award", "H"),
    LEAVE_TEAM: Deed("退出队伍", "log-out", "T"),
    _V.PAUSE: Deed("暂停服务", "hourglass", "S"),
    _V.RESUME: Deed("恢复服务", "undo-2", "B"),
    _V.LEAVE: Deed("退出志愿者", "ban", "Q"),
    _V.CANCEL: Deed("注销", "circle-x", "Z"),
    _V.RETURN: Deed("重新在册", "undo-2", "U"),
    OPEN_FILE: Deed("居民档案", "user", "O"),
    PAPER: Deed("看同意书", "image", "K"),
    REMOVE: Deed("移除培训或表彰", "trash-2", "Y"),
    MERGE: Deed("合并", "users", "M"),
}
"""What is done with a volunteer, in the order of the buttons; the letters hold in lists, too."""

ADD_MEMBER = "add_member"
ROSTER = "roster"
"""队伍名册, by its name among the papers."""

TEAM_DEEDS: Mapping[str, Deed] = {
    ADD_MEMBER: Deed("添加队员", "user-plus", "J"),
    _T.SET_LEADER: Deed("定队长", "star", "L"),
    CHANGE: Deed("修改", "pencil", "E"),
    _T.DISBAND: Deed("解散", "ban", "Z"),
    _T.RESTORE: Deed("恢复队伍", "undo-2", "B"),
}
"""What is done with a team."""

_STATE_TONES: Mapping[VolunteerState, tuple[str, str]] = {
    VolunteerState.ACTIVE: ("ok", ""),
    VolunteerState.PAUSED: ("warn", "hourglass"),
    VolunteerState.LEFT: ("quiet", "ban"),
    VolunteerState.CANCELLED: ("quiet", "circle-x"),
}


def state_chip(state: VolunteerState) -> ChipText:
    """Where a volunteer stands."""
    tone, icon = _STATE_TONES[state]
    return ChipText(state.label, tone, icon)


def team_chip(disbanded_on: date | None) -> ChipText:
    """Whether there is such a team."""
    if disbanded_on is None:
        return ChipText("在队", "ok")
    return ChipText("已解散", "quiet", "ban")


def role_chip(role: MemberRole) -> ChipText:
    """What somebody is in a team; nothing is said of a plain member."""
    if role is MemberRole.MEMBER:
        return ChipText("")
    return ChipText(role.label, "info", "star" if role is MemberRole.LEADER else "user-check")


def chip_in_team(stay: RosterLine) -> ChipText | None:
    """What somebody is in a team now, where there is something to say."""
    if stay.left_on is not None or stay.role is MemberRole.MEMBER:
        return None
    return role_chip(stay.role)


def gender_word(gender: Gender) -> str:
    return gender.label if gender in (Gender.MALE, Gender.FEMALE) else ""


def span_words(joined_on: date, left_on: date | None) -> str:
    """From when to when somebody was in a team; the day of leaving counts no more."""
    until = "至今" if left_on is None else f"至 {paper_day(left_on)}"
    return f"{paper_day(joined_on)} {until}"


def labels(members: tuple[LabelledEnum, ...]) -> str:
    return "、".join(member.label for member in members)


def chosen(kind: type[E], values: Sequence[object]) -> tuple[E, ...]:
    """The members whose values these are, in the order of their list."""
    return tuple(member for member in kind if member.value in values)


def may_change(actor: Actor) -> bool:
    """Whether this operator opens the forms: that of a volunteer shows private numbers."""
    return actor.may(Right.HANDLE) and actor.may(Right.REVEAL)


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """A line of the list in words; `station` names whose it is, at a street."""

    line: VolunteerLine
    state: ChipText
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex


def volunteer_row(line: VolunteerLine, stations: StationNames) -> VolunteerRow:
    return VolunteerRow(line, state_chip(line.state), stations.of(line.station))


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A line of the list of teams in words."""

    line: TeamLine
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex

    @property
    def disbanded(self) -> bool:
        return self.line.disbanded_on is not None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member on a day: `hours` served this month and `on_duty` where, as somebody told."""

    line: RosterLine
    hours: str = ""
    on_duty: str = ""

    @property
    def uid(self) -> str:
        return self.line.uid.hex
