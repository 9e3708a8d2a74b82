"""The second person who must agree before complete data leave the station."""

from __future__ import annotations

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.people.service import actor_of
from desktop_app.registers.people.store import SHELF as OPERATORS
from desktop_app.station.reporting.rules.reports import Second
from desktop_app.station.reporting.store import Connection
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.proof import prove_by_password
from desktop_app.storage.session import Desk


def prove_second(desk: Desk, house: House, name: str, password: str) -> Second:
    """Somebody else than who sits there, by password; wrong guesses count like a sign-in's.

    Raises `UserError` for an unknown name, oneself, or somebody who may not answer for the
    station, and `SafetyRefusal` for a wrong password.
    """
    found = house.operator(name)
    with desk.reading(needs=Right.EXPORT) as connection:
        fits = found.uid != desk.actor.uid and may_answer(connection, found.uid)
    if not fits:
        raise UserError(
            f"“{found.name}”不能做这次上报的第二个人，没有导出，数据都在。",
            "要另一位有“维护站点”权限的操作员（站长或社区管理员）。",
            field="second",
        )
    prove_by_password(house, found.uid, password)
    return Second(found.uid, found.name)


def may_answer(connection: Connection, who: Uid) -> bool:
    """Whether an operator is in office and may answer for the station."""
    operator = OPERATORS.get(connection, who)
    return (
        operator is not None
        and not operator.deleted
        and operator.active
        and actor_of(operator).may(Right.MANAGE_STATION)
    )
