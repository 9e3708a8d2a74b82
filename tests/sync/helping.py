"""What a station does with its volunteers, as the machine plays it: they come, join a team, serve,
have their hours confirmed, and leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from desktop_app.ledgers.service import service as serving
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from tests.ledgers.service.builders import at, form
from tests.registers.volunteers.helpers import joined, team, volunteer
from tests.sync.houses import House

KINDS = ("teams", "volunteers", "memberships", "service")

One = Callable[[House, str, int, Callable[[Any], bool]], Any]
"""One of a kind's living records that fit, the same for the same draw; None without any."""

_LATEST, _DAYS = date(2026, 11, 20), 60
_NAMES = "一二三四五六七八九"


def help_out(house: House, which: int, one: One) -> str:
    """Somebody leaves a team, or serves, and joins one first where nobody is there."""
    if which % 7 == 0:
        stay: Membership | None = one(house, "memberships", which, lambda it: it.open)
        if stay is not None:
            volunteers.leave(house.desk, stay.uid, stay.revision, house.desk.today, "换一支队伍")
            return "team left"
    who: Volunteer | None = one(house, "volunteers", which, lambda it: it.listed)
    if who is None or which % 3 == 0:
        who = _enlist(house, which, one)
    return _serve(house, who, which, one)


def _enlist(house: House, which: int, one: One) -> Volunteer:
    desk = house.desk
    name = f"郑{_NAMES[which % 9]}{_NAMES[which // 9 % 9]}"
    fresh = volunteer(desk, name, f"139{which:08d}")
    there: Team = one(house, "teams", which, lambda it: not it.disbanded) or team(desk)
    joined(desk, there, fresh)
    return fresh


def _serve(house: House, who: Volunteer, which: int, one: One) -> str:
    """What was written down before is confirmed, or an evening is written down; every other one is
    confirmed at once."""
    desk = house.desk
    waits: ServiceRecord | None = one(
        house, "service", which, lambda it: it.state is ServiceState.TO_CONFIRM
    )
    if waits is None:
        day = _LATEST - timedelta(days=which % _DAYS)
        told = form(who.uid, at(19, day=day), at(21, day=day))
        waits = serving.enter(desk, told).value
        if which % 2 == 0:
            return "hours written down"
    serving.confirm(desk, waits.uid, waits.revision)
    return "hours confirmed"
