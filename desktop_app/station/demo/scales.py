"""How large a demo station is. After the volume model: a small station, a busy hall."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.errors import UserError
from desktop_app.registers.people.rules import Role


@dataclass(frozen=True)
class Scale:
    """`days` before today; `today` visits are already there when the window opens.

    `communities` of the sample street lie in its area; `regulars` come several times a month; at
    least `overdue` matters are; `forgotten` is the share of open matters of the last weeks that
    nobody has got round to, and `lingering` of those due today that wait for the afternoon.
    `activities` take place in a year.
    """

    name: str
    station: str
    code: str
    days: int
    visits: int
    residents: int
    communities: int
    roles: tuple[Role, ...]
    regulars: int
    today: int
    overdue: int
    activities: int
    forgotten: float
    lingering: float


_TINY = Scale(
    name="tiny",
    station="青榕雅苑党群服务站",
    code="QR01",
    days=75,
    visits=160,
    residents=110,
    communities=1,
    roles=(Role.LEAD, Role.CLERK, Role.VOLUNTEER),
    regulars=1,
    today=5,
    overdue=2,
    activities=24,
    forgotten=0.02,
    lingering=0.9,
)
_SMALL = Scale(
    name="small",
    station="青榕雅苑党群服务站",
    code="QR01",
    days=730,
    visits=4_000,
    residents=2_100,
    communities=1,
    roles=(Role.LEAD, Role.CLERK, Role.VOLUNTEER, Role.VOLUNTEER, Role.AUDITOR),
    regulars=2,
    today=7,
    overdue=3,
    activities=36,
    forgotten=0.03,
    lingering=0.9,
)
_HALL = Scale(
    name="hall",
    station="云栎街道一站式服务大厅",
    code="YL01",
    days=1826,
    visits=150_000,
    residents=20_000,
    communities=4,
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
)

SCALES = {scale.name: scale for scale in (_SMALL, _HALL)}
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
