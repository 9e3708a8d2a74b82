"""Volunteers and teams with sensible defaults; all of them fictional."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.team import Team, TeamForm
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerForm
from desktop_app.registers.volunteers.rules.words import Direction, Skill
from desktop_app.storage.session import Desk
from tests.registers.residents.people import opened

TODAY = date(2026, 11, 23)


def person(desk: Desk, name: str = "李慧敏", phone: str = "13800005678", **more: Any) -> Resident:
    """A resident whose file has all that a volunteer's form needs."""
    values = {"gender": Gender.FEMALE, "birth": date(1985, 3, 8), **more}
    return opened(desk, name, phone, **values)


def form(resident: Resident | Uid, **more: Any) -> VolunteerForm:
    uid = resident if isinstance(resident, Uid) else resident.uid
    values: dict[str, Any] = {
        "resident": uid,
        "skills": (Skill.MEDICAL,),
        "directions": (Direction.HEALTH, Direction.ELDERLY),
    }
    return VolunteerForm(**{**values, **more})


def volunteer(
    desk: Desk, name: str = "李慧敏", phone: str = "13800005678", **more: Any
) -> Volunteer:
    """One who is registered since the beginning of the year, with a file of her own."""
    values = {"registered_on": date(2026, 1, 5), **more}
    return service.add(desk, form(person(desk, name, phone), **values)).value


def several(desk: Desk, names: Sequence[str]) -> list[Volunteer]:
    return [volunteer(desk, name, f"138{place:08d}") for place, name in enumerate(names)]


def team_form(name: str = "青榕雅苑近邻志愿服务队", **more: Any) -> TeamForm:
    values: dict[str, Any] = {
        "name": name,
        "organisation": "青榕社区党委",
        "founded_on": date(2026, 1, 10),
        "direction": (Direction.PATROL,),
    }
    return TeamForm(**{**values, **more})


def team(desk: Desk, name: str = "青榕雅苑近邻志愿服务队", **more: Any) -> Team:
    return service.found(desk, team_form(name, **more)).value


def joined(desk: Desk, there: Team, person: Volunteer, day: date = date(2026, 2, 1)) -> Membership:
    return service.join(desk, there.uid, person.uid, day).value


def stored(desk: Desk, value: Volunteer) -> Volunteer:
    """The whole volunteer as it is kept."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.SHELF.get(connection, value.uid)
    assert found is not None
    return found


def stored_team(desk: Desk, value: Team) -> Team:
    return service.get_team(desk, value.uid)


def who(desk: Desk, there: Team, day: date = TODAY) -> list[str]:
    return [line.name for line in service.roster(desk, there.uid, day)]
