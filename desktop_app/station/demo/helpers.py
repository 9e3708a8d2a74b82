"""The volunteers and teams of a demo station while they are lived through, and what all parts of
their life share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from desktop_app.core.clock import Millis
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerState
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.station.demo.people import Person
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.words import Sayings
from desktop_app.storage.shelf import Shelf

R = TypeVar("R", bound=Record)
_OLDEST = 82
MOST_KEEN = 5


@dataclass(eq=False)
class Helper:
    """A volunteer. `keen`, 1 to `MOST_KEEN`, is how often beside others; `taken` the days on which
    the person is somewhere already, `serving` while a sign-out is missing; `served` the
    confirmed records, `certified` those a certificate counts."""

    person: Person
    volunteer: Volunteer
    keen: int
    teams: list[Troop] = field(default_factory=list)
    taken: set[date] = field(default_factory=set)
    serving: bool = False
    served: dict[Uid, ServiceRecord] = field(default_factory=dict)
    certified: set[Uid] = field(default_factory=set)

    @property
    def uid(self) -> Uid:
        return self.volunteer.uid

    @property
    def active(self) -> bool:
        return self.volunteer.state is VolunteerState.ACTIVE

    @property
    def file(self) -> Resident:
        assert self.person.resident is not None, "only who has a file is a volunteer"
        return self.person.resident

    def free_on(self, day: date) -> bool:
        return self.active and not self.serving and day not in self.taken


@dataclass(eq=False)
class Troop:
    """A team with the stays that go on, by volunteer."""

    team: Team
    stays: dict[Uid, Membership] = field(default_factory=dict)
    members: dict[Uid, Helper] = field(default_factory=dict)

    def has(self, helper: Helper) -> bool:
        return helper.uid in self.members

    def serves(self, direction: Direction) -> bool:
        return direction in self.team.direction


@dataclass
class Helpers:
    """Everybody who helps, and the teams they are in; `pool` grows with whom the station knows."""

    stage: Stage
    words: Sayings
    issuer: str
    everybody: dict[Uid, Helper] = field(default_factory=dict)
    troops: list[Troop] = field(default_factory=list)
    pool: Sequence[Person] = ()

    def now(self, at: Millis, actor: Actor) -> Moment:
        """A moment of the story, for the rules."""
        now = self.stage.books.moment(at)
        return Moment(now, self.stage.day(now), actor.name, actor.uid)

    def put(self, shelf: Shelf[R], value: R, now: Moment) -> R:
        return self.stage.books.put(shelf, value, now.at)

    def say(self, kind: str) -> str:
        return self.stage.dice.pick(self.words[kind])

    def known(self, day: date) -> Person | None:
        """Somebody whose file says enough for a volunteer and who is none yet; None where the lot
        falls on nobody."""
        if not self.pool:
            return None
        person = self.stage.dice.pick(self.pool)
        file = person.resident
        if file is None or file.uid in self.everybody or not is_told(file):
            return None
        return person if person.age(day) <= _OLDEST else None


def is_told(file: Resident) -> bool:
    """Whether a file says what 志愿者登记表 asks for."""
    sexes = (Gender.MALE, Gender.FEMALE)
    return file.gender in sexes and file.birth is not None and bool(file.phones)


E = TypeVar("E", bound=StrEnum)


def labelled(kind: type[E], label: str) -> E:
    """The member that is called so on screens."""
    return next(one for one in kind if getattr(one, "label", "") == label)


def minute_of(text: str) -> int:
    """`19:30` as a minute of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
