"""How large a demo station is. After the volume model: a small one, a middle one, a busy hall."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import UserError
from desktop_app.registers.people.rules import Role

_MET_IN_LESS, _MET_IN_MORE = 0.8, 0.4
_FEWEST_LINES, _FEWEST_REQUESTS = 20, 24
_FEWEST_VOLUNTEERS, _FEWEST_SERVICES = 12, 60


@dataclass(frozen=True)
class Scale:
    """`days` before today; `today` visits are already there when the window opens.

    `regulars` come several times a month; at least `overdue` matters are; `forgotten` is the share
    of open matters of the last weeks that nobody has got round to, and `lingering` of those due
    today that wait for the afternoon. `activities` take place in a year. In all the days there are
    so many `agreements` (at least), lines of the three lists and `requests`, more or less.
    """

    name: str
    days: int
    visits: int
    residents: int
    roles: tuple[Role, ...]
    regulars: int
    today: int
    overdue: int
    activities: int
    forgotten: float
    lingering: float
    agreements: int
    list_items: int
    requests: int
    volunteers: int
    teams: int
    services: int
    reports: int

    def over(self, days: int) -> Scale:
        """The same station after another time: as busy, with as many people met by then."""
        share = days / self.days
        # Most people are met in the first years.
        met = share ** (_MET_IN_LESS if share < 1 else _MET_IN_MORE)
        return replace(
            self,
            days=days,
            visits=max(2 * self.today, round(self.visits * share)),
            residents=round(self.residents * met),
            agreements=max(2, round(self.agreements * met)),
            list_items=max(_FEWEST_LINES, round(self.list_items * share)),
            requests=max(_FEWEST_REQUESTS, round(self.requests * share)),
            volunteers=max(_FEWEST_VOLUNTEERS, round(self.volunteers * met)),
            services=max(_FEWEST_SERVICES, round(self.services * share)),
            reports=round(self.reports * met),
        )


_TINY = Scale(
    name="tiny",
    days=75,
    visits=160,
    residents=110,
    roles=(Role.LEAD, Role.CLERK, Role.VOLUNTEER),
    regulars=1,
    today=5,
    overdue=2,
    activities=24,
    forgotten=0.02,
    lingering=0.9,
    agreements=5,
    list_items=24,
    requests=36,
    volunteers=16,
    teams=1,
    services=90,
    reports=4,
)
_SMALL = Scale(
    name="small",
    days=730,
    visits=4_000,
    residents=2_100,
    roles=(Role.LEAD, Role.CLERK, Role.VOLUNTEER, Role.VOLUNTEER, Role.AUDITOR),
    regulars=2,
    today=7,
    overdue=3,
    activities=36,
    forgotten=0.03,
    lingering=0.9,
    agreements=3,
    list_items=45,
    requests=120,
    volunteers=40,
    teams=1,
    services=900,
    reports=8,
)
_MIDDLE = Scale(
    name="middle",
    days=1096,
    visits=18_750,
    residents=5_000,
    roles=(Role.LEAD, Role.CLERK, Role.CLERK, Role.VOLUNTEER, Role.VOLUNTEER, Role.AUDITOR),
    regulars=6,
    today=13,
    overdue=4,
    activities=72,
    forgotten=0.02,
    lingering=0.7,
    agreements=8,
    list_items=120,
    requests=600,
    volunteers=120,
    teams=3,
    services=4_000,
    reports=12,
)
_HALL = Scale(
    name="hall",
    days=1826,
    visits=150_000,
    residents=20_000,
    roles=(
        Role.LEAD,
        Role.CLERK,
        Role.CLERK,
        Role.CLERK,
        Role.VOLUNTEER,
        Role.VOLUNTEER,
        Role.COMMUNITY,
        Role.AUDITOR,
        Role.LEAD,
    ),
    regulars=18,
    today=38,
    overdue=6,
    activities=144,
    forgotten=0.01,
    lingering=0.35,
    agreements=20,
    list_items=300,
    requests=2_000,
    volunteers=400,
    teams=8,
    services=19_500,
    reports=24,
)

SCALES = {scale.name: scale for scale in (_SMALL, _MIDDLE, _HALL)}
"""What the command line offers."""

_ALL = {**SCALES, _TINY.name: _TINY}


def scale_named(name: str) -> Scale:
    """The scale of that name; `tiny` is for tests and not announced. Raises `UserError`."""
    if name not in _ALL:
        known = "、".join(SCALES)
        raise UserError(
            f"没有叫“{name}”的演示规模，没有新建。", f"请在 {known} 中选一个。", field="scale"
        )
    return _ALL[name]
