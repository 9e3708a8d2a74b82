"""Attendance for the command line: lines of a filled sheet, and what is done with one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop_app.core.clock import Millis, Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    plain_value,
    refuse_status,
)
from desktop_app.core.masked_values import masked
from desktop_app.core.plain_entry import Form, Lookup, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.ledger.deeds import PERSON_FIELDS
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.ledgers.activities.rules.cleaning import Clock
from desktop_app.ledgers.activities.rules.listing import AttendanceFilter, AttendanceLine
from desktop_app.ledgers.activities.rules.sheet import CORRECTABLE, SheetLine, moment
from desktop_app.registers.residents.register import find_resident
from desktop_app.storage.session import Desk, Unit


def find_activity(lookup: Lookup, text: str) -> Uid:
    """The activity a text means: its uid or its number."""
    uid = parse_uid(text)
    if uid is None:
        uid = store.of_number(lookup.connection, text.upper())
    if uid is None:
        raise UserError("没有找到这场活动。", "请写编号或 uid，可用 jinlin list activities 查找。")
    return uid


_TIMES = ("arrived_at", "left_at", "absent_reason")
_ADDED = Form(
    (
        ATTENDANCE.field("activity"),
        *PERSON_FIELDS,
        *(ATTENDANCE.field(name) for name in _TIMES),
    ),
    required=frozenset({"activity"}),
    finders={"activity": find_activity, "resident": find_resident},
    not_here={
        word: f"“{field.label}”由程序填写，不能写进文件。"
        for field in ATTENDANCE.fields
        if field.name in ("signed_up_at", "source")
        for word in (field.name, field.label)
    },
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Attendance]:
    """One line of a sheet that was filled in on paper; 补录."""
    told = given(values)
    activity = store.to_change(unit.connection, told.pop("activity"))
    times = {
        name: _clock(told.pop(name), activity, unit.zone, name)
        for name in ("arrived_at", "left_at")
        if name in told
    }
    line = SheetLine(
        absent=told.pop("absent_reason", ""),
        arrived=times.get("arrived_at"),
        left=times.get("left_at"),
        person=build(Person, told),
    )
    _after, filled, saved = service.enter_lines(unit, activity, [line], single=True)
    if filled.known:
        raise UserError(
            "这个人已经在签到表里，没有重复添加。", "同名的两个人，请写上单位或电话。", field="name"
        )
    return saved


def _clock(at: datetime, activity: Activity, zone: Zone, field: str) -> Clock:
    """A moment as the sheet of that activity has it."""
    whole = _moment(at, zone)
    local = zone.local(whole)
    time = (local.hour, local.minute)
    if moment(activity, time, zone) // 60_000 != whole // 60_000:
        raise UserError("这个时间不在活动那天。", "请核对日期。", field=field)
    return time


def _moment(at: datetime, zone: Zone) -> Millis:
    """Without a zone it is the station's time."""
    if at.tzinfo is not None:
        return millis(at)
    return zone.at(at.date(), at.hour, at.minute, at.second)


_CORRECTION = Form(
    tuple(field for field in ATTENDANCE.fields if field.name in CORRECTABLE),
    finders={"resident": find_resident},
    not_here={
        word: f"“{field.label}”不能直接更正。"
        for field in ATTENDANCE.fields
        if field.name not in CORRECTABLE
        for word in (field.name, field.label)
    },
)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Attendance:
    row = service.line(desk, uid)
    zone = desk.database.zone
    told = {
        name: _moment(value, zone) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    return service.change_line(desk, uid, revision or row.revision, altered(row, told)).value


def _sign_in(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Attendance:
    return service.sign_in_line(desk, uid).value


def _sign_out(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Attendance:
    return service.sign_out(desk, uid).value


def _absent(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Attendance:
    return service.mark_absent(desk, uid, values["reason"]).value


def _remove(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Attendance:
    seen = revision or service.line(desk, uid).revision
    return service.remove_line(desk, uid, seen).value


# --- showing --------------------------------------------------------------------------------------

_SHOWN = (
    "name", "group", "unit", "phone", "arrived_at", "left_at", "source", "absent_reason",
)  # fmt: skip
_NUMBER = Field("number", "活动编号")
_ACTIVITY = Field("activity_name", "活动名称")
_DAY = Field("day", "活动日期", FieldKind.DAY)
_PRESENT = {"到场": True, "present": True, "未到": False, "absent": False}


def _page(desk: Desk, query: Query) -> Rows:
    found = service.attendance_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    return Rows(tuple(_row(line, zone) for line in found.rows), found.later, found.total_words)


def _filter(query: Query) -> AttendanceFilter:
    base = AttendanceFilter(search=visible(query.search), since=query.since, until=query.until)
    status = query.status.strip()
    if not status:
        return base
    if status in _PRESENT:
        return replace(base, present=_PRESENT[status])
    group = member_of(Group, status)
    if group is None:
        raise refuse_status(ATTENDANCE.label, ["到场", "未到", *(one.label for one in Group)])
    return replace(base, group=group)


def _row(line: AttendanceLine, zone: Zone) -> Row:
    values: dict[str, Any] = {"number": line.number, "activity_name": line.activity_name}
    values["day"] = plain_value(_DAY, line.day, zone)
    for name in _SHOWN:
        field = ATTENDANCE.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    return {**values, "uid": line.uid.hex, "revision": line.revision}


def _show(desk: Desk, uid: Uid) -> Shown:
    row, activity, lines = service.line_history(desk, uid)
    plain, hidden = plain_record(ATTENDANCE, row, desk.database.zone)
    told: Mapping[str, Any] = {**plain, "number": activity.number, "activity_name": activity.name}
    deeds: tuple[str, ...]
    if row.present:
        deeds = ("sign-out", "remove") if row.left_at is None else ("remove",)
    else:
        deeds = ("sign-in", "absent", "remove")
    return Shown(told, hidden, deeds, events(lines))


ATTENDANCE_LEDGER = Ledger(
    kind=ATTENDANCE,
    columns=(
        _NUMBER,
        _ACTIVITY,
        _DAY,
        *(ATTENDANCE.field(name) for name in _SHOWN),
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    ),
    page=_page,
    show=_show,
    # Whoever it is, and whatever the activity: a line has no number of its own.
    title=lambda row: "签到",
    adding=Adding("补录签到", Right.REGISTER, _ADDED, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=(
        Deed("sign-in", "签到", Form(), _sign_in),
        Deed("sign-out", "签退", Form(), _sign_out),
        Deed(
            "absent",
            "缺席",
            Form((Field("reason", "缺席原因", required=True),), required=frozenset({"reason"})),
            _absent,
        ),
        Deed("remove", "移除", Form(), _remove),
    ),
    reveal=service.read_out,
)
