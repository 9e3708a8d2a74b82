"""What a team of volunteers is (志愿服务队; domain 3.2 服务队名册). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.registers.volunteers.rules.words import Direction, TeamKind

NUMBER_SERIES = "T"
"""队伍 in paper numbers: `QR01-T2026A-00003`."""


class TeamAction(LabelledEnum):
    """One step, as the button, the history and the command line call it."""

    FOUND = "found", "成立"
    CHANGE = "change", "修改"
    SET_LEADER = "set_leader", "定队长"
    DISBAND = "disband", "解散"
    RESTORE = "restore", "恢复队伍"


@dataclass(frozen=True, slots=True)
class TeamStep:
    """What was done at one moment, by whom, and what was said."""

    at: Millis
    actor: str
    action: TeamAction
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamForm:
    """What a clerk enters of a team. `organisation` is whose team it is (所属组织)."""

    name: str = ""
    team_kind: TeamKind = TeamKind.NEIGHBOURS
    organisation: str = ""
    founded_on: date | None = None
    direction: tuple[Direction, ...] = ()
    direction_words: str = ""
    compound: Uid | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Team(Record):
    """A team. `leader` and `deputy` are volunteers, members on the day they were named; the roles
    of their memberships say the same. `disbanded_on` is the first day on which there is no such
    team any more; None while there is."""

    number: str
    name: str
    team_kind: TeamKind = TeamKind.NEIGHBOURS
    organisation: str = ""
    leader: Uid | None = None
    deputy: Uid | None = None
    founded_on: date
    direction: tuple[Direction, ...] = ()
    direction_words: str = ""
    compound: Uid | None = None
    disbanded_on: date | None = None
    disband_reason: str = ""
    steps: tuple[TeamStep, ...] = ()
    remark: str = ""

    @property
    def disbanded(self) -> bool:
        return self.disbanded_on is not None


FORM_FIELDS: tuple[str, ...] = tuple(TeamForm.__dataclass_fields__)
