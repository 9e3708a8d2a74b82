"""What lists, pickers and rosters show of volunteers and teams. Pure.

Telephones are masked here already: nothing of this can be dialled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.rules.words import Direction, MemberRole, Skill, TeamKind

INSURANCE_DAYS = 30
BIRTHDAY_DAYS = 7
"""How far ahead the counter is reminded; today is the first of these days."""


class Soon(LabelledEnum):
    """What is near at hand of somebody who is 在册."""

    INSURANCE = "insurance", f"保险{INSURANCE_DAYS}天内到期"
    BIRTHDAY = "birthday", f"{BIRTHDAY_DAYS}天内过生日"


@dataclass(frozen=True, slots=True)
class VolunteerName:
    """Whom a uid means; `phone` is masked. What was erased has a number and no name. `uid` and
    `number` are those of the volunteer it was merged into, if it was."""

    uid: Uid
    number: str
    name: str
    gender: Gender
    phone: str


@dataclass(frozen=True, slots=True)
class Fitness:
    """What decides whether somebody may take a post; `insured_until` is the last insured day."""

    uid: Uid
    number: str
    name: str
    birth: date | None
    state: VolunteerState
    insured_until: date | None


@dataclass(frozen=True, kw_only=True)
class VolunteerFilter:
    """Narrows the list of volunteers; everything given must hold.

    `search` is a number, part of a name by characters, pinyin or initials, or the end of a
    telephone. `team`: who is in it today. `soon`: of whom the counter is reminded. `chosen` are
    just these volunteers; none means all, as of `stations`, which are codes, for a street.
    """

    search: str = ""
    state: VolunteerState | None = None
    team: Uid | None = None
    direction: Direction | None = None
    skill: Skill | None = None
    soon: Soon | None = None
    chosen: tuple[Uid, ...] = ()
    stations: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it narrows to beside a team, as paper says it; empty for everything."""
        told = (self.state, self.direction, self.skill, self.soon)
        said = [one.label for one in told if one is not None]
        return "、".join([*said, *([f"“{self.search}”"] if self.search else [])])


@dataclass(frozen=True, slots=True)
class VolunteerLine:
    """One line of the list or of the box; `age` in whole years today, None when not known; `teams`
    are the names of today's teams; `phone` is masked."""

    uid: Uid
    revision: int
    number: str
    name: str
    gender: Gender
    age: int | None
    address: str
    phone: str
    teams: str
    state: VolunteerState
    registered_on: date
    station: str
    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TeamFilter:
    """Narrows the list of teams. `search` is a number or part of the name; `disbanded` True: only
    those that were, False: only those that were not."""

    search: str = ""
    kind: TeamKind | None = None
    compound: Uid | None = None
    disbanded: bool | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One line of the list of teams; `members` are counted today."""

    uid: Uid
    revision: int
    number: str
    name: str
    team_kind: TeamKind
    organisation: str
    leader: str
    members: int
    founded_on: date
    disbanded_on: date | None
    station: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One member of a team on a day; `uid` and `revision` are those of the membership."""

    uid: Uid
    revision: int
    team: Uid
    team_name: str
    volunteer: Uid
    number: str
    name: str
    gender: Gender
    phone: str
    skills: tuple[Skill, ...]
    joined_on: date
    left_on: date | None
    left_reason: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody's birthday within a span of days, and how old the person becomes."""

    uid: Uid
    number: str
    name: str
    day: date
    age: int


@dataclass(frozen=True, slots=True)
class Expiring:
    """Somebody whose insurance runs out; `until` is its last day."""

    uid: Uid
    number: str
    name: str
    until: date
