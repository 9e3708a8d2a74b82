"""Operators for the command line, to be looked at; accounts are changed by `jinlin operators`."""

from __future__ import annotations

from desktop_app.core.codec import encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import (
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    cut,
    events,
    member_of,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.picking import pick
from desktop_app.core.rights import Right
from desktop_app.registers.people import service
from desktop_app.registers.people.record import KIND
from desktop_app.registers.people.rules import OperatorLine, Role
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk

_HAS_PIN = Field("has_pin", "有 PIN 码", FieldKind.FLAG)
_LAST_SIGN_IN = Field("last_sign_in", "最近登录", FieldKind.DAY)
_IN_USE, _RETIRED = "在用", "停用"


def row(line: OperatorLine) -> Row:
    """An operator as lists and answers show one."""
    operator = line.operator
    return {
        "name": operator.name,
        "role": operator.role.value,
        "active": operator.active,
        "has_pin": line.has_pin,
        "last_sign_in": encode(line.last_sign_in),
        "uid": operator.uid.hex,
    }


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    role = member_of(Role, query.status)
    if query.status and role is None and query.status not in (_IN_USE, _RETIRED):
        raise refuse_status(KIND.label, [_IN_USE, _RETIRED, *(one.label for one in Role)])
    rows = [
        row(line)
        for line in service.list_operators(desk)
        if (role is None or line.operator.role is role)
        and (
            query.status not in (_IN_USE, _RETIRED)
            or line.operator.active == (query.status == _IN_USE)
        )
    ]
    return cut(pick(rows, query.search, lambda one: (str(one["name"]),)), query)


def _show(desk: Desk, uid: Uid) -> Shown:
    for line in service.list_operators(desk):
        if line.operator.uid == uid:
            plain, hidden = plain_record(KIND, line.operator, desk.database.zone)
            with desk.reading(needs=Right.READ) as connection:
                lines = entries(connection, subject=f"操作员 {line.operator.name}")
            return Shown({**plain, **row(line)}, hidden, (), events(lines))
    raise UserError("没有找到这位操作员。", "有哪些操作员请看 jinlin operators list。")


OPERATORS = Ledger(
    kind=KIND,
    columns=(
        KIND.field("name"),
        KIND.field("role"),
        KIND.field("active"),
        _HAS_PIN,
        _LAST_SIGN_IN,
        Field("uid", "uid"),
    ),
    page=_page,
    show=_show,
    title=lambda operator: f"操作员 {operator.name}",
    elsewhere="操作员请用 jinlin operators add、disable、reset。",
)

LEDGERS = (OPERATORS,)
