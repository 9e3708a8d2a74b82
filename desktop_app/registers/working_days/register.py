"""Changed working days for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import encode
from desktop_app.core.day_text import EARLIEST, LATEST
from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    cut,
    events,
    plain_record,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, altered, given
from desktop_app.core.rights import Right
from desktop_app.registers.working_days import service
from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.rules import DayOverride
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk, Unit

_FORM = Form(KIND.fields, required=frozenset({"day", "is_workday"}))
_WORKS, _RESTS = "上班", "休息"


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[DayOverride]:
    return [service.enter(unit, **given(values))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> DayOverride:
    known = _seen(desk, uid, revision)
    wanted = replace(known, **altered(known, values))
    return service.set_day(desk, wanted.day, wanted.is_workday, wanted.reason).value


def _clear(desk: Desk, uid: Uid, revision: int | None, values: Values) -> None:
    service.clear_day(desk, _seen(desk, uid, revision).day)


def _seen(desk: Desk, uid: Uid, revision: int | None) -> DayOverride:
    known = service.get(desk, uid)
    if revision not in (None, known.revision):
        raise Conflict(KIND.label)
    return known


def _page(desk: Desk, query: Query) -> Rows:
    if query.status not in ("", _WORKS, _RESTS):
        raise refuse_status(KIND.label, [_WORKS, _RESTS])
    found = service.overrides(desk, query.since or EARLIEST, query.until or LATEST)
    rows = [
        {
            **{field.name: encode(getattr(one, field.name)) for field in KIND.fields},
            "uid": one.uid.hex,
        }
        for one in found
        if (not query.status or one.is_workday == (query.status == _WORKS))
        and query.search in one.reason
    ]
    return cut(rows, query)


def _show(desk: Desk, uid: Uid) -> Shown:
    override = service.get(desk, uid)
    plain, hidden = plain_record(KIND, override, desk.database.zone)
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=override.day.isoformat())
    return Shown(plain, hidden, ("clear",), events(lines))


WORKING_DAYS = Ledger(
    kind=KIND,
    columns=(*KIND.fields, Field("uid", "uid")),
    page=_page,
    show=_show,
    title=lambda override: override.day.isoformat(),
    adding=Adding("设置工作日", Right.MANAGE_STATION, _FORM, _enter),
    changing=Changing(
        Form(
            tuple(field for field in KIND.fields if field.name != "day"),
            not_here=dict.fromkeys(("day", "日期"), "日期不能改，请清除后另设一天。"),
        ),
        _save,
    ),
    deeds=(Deed("clear", "恢复国家日历", Form(), _clear),),
)

LEDGERS = (WORKING_DAYS,)
