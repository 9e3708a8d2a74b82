"""活动签到表: who was at which activity, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.clock_text import parse_clock
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.identity import check_phone
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Lookup, build, given
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_name
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.ledger.attendance import ATTENDANCE_LEDGER, find_activity
from desktop_app.ledgers.activities.record import ATTENDANCE as KIND
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.ledgers.activities.rules.sheet import SheetLine
from desktop_app.ledgers.activities.rules.sheet import moment as moment_of
from desktop_app.registers.residents.sheet import files_of
from desktop_app.sheets.columns import (
    UID,
    columns_of,
    differing,
    known_by,
    likes,
    only_written,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, Out, Several, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_GROUP_WORDS = (
    ("居民", Group.PUBLIC), ("普通群众", Group.PUBLIC), ("中共党员", Group.PARTY),
    ("单位", Group.PARTNER), ("单位代表", Group.PARTNER), ("志愿服务队", Group.VOLUNTEER),
)  # fmt: skip
_CLOCKS = ("arrived_at", "left_at")


def _clock(name: str) -> Any:
    def out(told: Told) -> Out:
        at = getattr(told.record, name)
        return None if at is None else told.zone.local(at).strftime("%H:%M")

    return out


_COLUMNS: tuple[Column, ...] = (
    Column(
        name="activity",
        label="活动编号",
        concept="activity_name",
        words=("活动",),
        required=True,
        width=18,
        out=lambda told: told.beside.number,
    ),
    only_written(Field("activity_called", "活动名称"), out=lambda told: told.beside.name, width=28),
    _column(
        "name",
        "name",
        CellKind.NAME,
        required=True,
        personal=True,
        mask=mask_name,
        check=clean_name,
    ),
    _column("group", "attendee_role", synonyms=_GROUP_WORDS, personal=True),
    _column("unit", "attendee_unit", width=24),
    _column("phone", "phone", personal=True, check=check_phone, width=16),
    _column("arrived_at", "signed_in", CellKind.CLOCK, out=_clock("arrived_at"), width=9),
    _column("left_at", "signed_out", CellKind.CLOCK, out=_clock("left_at"), width=9),
    _column("absent_reason", "absent_reason", width=20),
    only_written(KIND.field("source")),
    _column("remark", "remark", CellKind.TEXT, width=24),
    UID,
)


def _find(lookup: Lookup, text: str) -> Uid:
    """An activity by its number, or by the name that only one has."""
    named = store.SHELF.parts(lookup.connection, ("uid",), "name", [text])
    if len(named) > 1:
        raise UserError("有几场活动都叫这个名称。", "请改写活动编号。")
    return named[0][0] if named else find_activity(lookup, text)


assert ATTENDANCE_LEDGER.adding is not None
assert ATTENDANCE_LEDGER.changing is not None
_ADDING = ATTENDANCE_LEDGER.adding
_AS_TEXT = tuple(Field(name, KIND.field(name).label) for name in _CLOCKS)
_FORM = replace(
    _ADDING.form,
    fields=(*(one for one in _ADDING.form.fields if one.name not in _CLOCKS), *_AS_TEXT),
    required=frozenset({"activity", "name"}),
    finders={**_ADDING.form.finders, "activity": _find},
    not_here={},
)


def _shape(cells: Cells) -> dict[str, Plain]:
    return without(cells, UID.name)


def _time(text: str, name: str) -> tuple[int, int]:
    found = parse_clock(text)
    if found is None:
        raise UserError(f"“{KIND.field(name).label}”不是时间。", "请写成 9:30 的样子。", field=name)
    return found


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Attendance]:
    """One line of the sheet; who has no time and no reason of absence came at the beginning."""
    told = given(values)
    activity = store.to_change(unit.connection, told.pop("activity"))
    arrived, left = (_time(told.pop(name), name) if name in told else None for name in _CLOCKS)
    line = SheetLine(
        absent=told.pop("absent_reason", ""),
        arrived=arrived,
        left=left,
        person=build(Person, told),
    )
    _after, filled, saved = service.enter_lines(unit, activity, [line], single=True)
    if filled.known:
        raise UserError(
            "这个人已经在签到表里，没有重复添加。", "同名的两个人，请写上单位或电话。", field="name"
        )
    return saved


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    told = given(values)
    zone = desk.database.zone
    with desk.reading(needs=Right.READ) as connection:
        row = store.ATTENDANCE_SHELF.need(connection, uid)
        activity = store.SHELF.need(connection, row.activity)
    told |= {
        name: moment_of(activity, _time(told[name], name), zone)
        for name in _CLOCKS
        if name in told and not _same_clock(zone, getattr(row, name), told[name])
    }
    told = {name: value for name, value in told.items() if not _is_text_of(name, value)}
    if told.pop("activity", row.activity) != row.activity:
        raise UserError("签到不能改到另一场活动。", "请移除后在那一场里登记。", field="activity")
    changes = differing(row, told)
    if not changes:
        return row
    assert ATTENDANCE_LEDGER.changing is not None
    return ATTENDANCE_LEDGER.changing.save(desk, uid, revision, changes)


def _is_text_of(name: str, value: object) -> bool:
    """A time that stands in the record already was left as it was written."""
    return name in _CLOCKS and isinstance(value, str)


def _same_clock(zone: Zone, at: Any, text: str) -> bool:
    return at is not None and zone.local(at).strftime("%H:%M") == text


def _joined(connection: Connection, rows: Sequence[Cells]) -> list[Cells]:
    asked = [("", str(row.get("name") or ""), [str(row.get("phone") or "")]) for row in rows]
    return [
        row if uid is None else {**row, "resident": uid.hex}
        for row, uid in zip(rows, files_of(connection, asked), strict=True)
    ]


def _same(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    if "activity" not in row:
        return None
    return _find(lookup, str(row["activity"])), row.get("name")


def _told(connection: Connection, zone: Zone, records: Sequence[Attendance]) -> list[Told]:
    known = store.SHELF.many(connection, list({one.activity for one in records}))
    return [Told(one, zone, {}, known[one.activity]) for one in records]


ATTENDANCE_SHEET = SheetSpec(
    kind=KIND.name,
    title="活动签到表",
    about="谁参加了哪场活动，每行一人；活动写编号，只有一场叫这个名称的也可写名称。",
    columns=_COLUMNS,
    several=Several.SPLIT,
    keys=(UID.name,),
    known=known_by(store.ATTENDANCE_SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    like=likes(store.ATTENDANCE_SHELF, ("activity", "name"), _same, "同一场活动、同名", ("name",)),
    joined=_joined,
    told=_told,
)
