"""Signing up, in and out at the desk: who, to what, and when it may be. Pure.

What is taken over from a paper sheet afterwards is for `sheet`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.text import clean_line
from desktop_app.ledgers.activities.rules.activity import (
    BEFORE,
    Activity,
    ActivityState,
)
from desktop_app.ledgers.activities.rules.attendance import (
    ABSENT_LIMIT,
    REMARK_LIMIT,
    UNIT_LIMIT,
    Attendance,
    Person,
    Source,
    matching,
)
from desktop_app.ledgers.activities.rules.cleaning import Problems

_SEVERAL = (
    "签到表里有不止一位同名的人，没有保存。",
    "请写上单位（小区）或电话，或在名单里点选那一位。",
)


def checked_person(person: Person, problems: Problems | None = None) -> Person:
    """Somebody as kept: name, unit and phone cleaned; raises `InvalidInput` by itself.

    With `problems` it adds to them instead.
    """
    own = problems or Problems()
    tidy = replace(
        person,
        name=own.name(person.name, "姓名", "name"),
        unit=own.line(person.unit, "单位或小区", "unit", UNIT_LIMIT),
        phone=own.phone(person.phone, "phone"),
        remark=own.line(person.remark, "备注", "remark", REMARK_LIMIT),
    )
    if problems is None:
        own.raise_if_any()
    return tidy


def one_row(rows: Sequence[Attendance], person: Person) -> Attendance | None:
    """The row this person stands on already, if any; `UserError` when it could be several."""
    found = matching(rows, person)
    if len(found) > 1:
        raise UserError(*_SEVERAL, field="name")
    return found[0] if found else None


def new_row(uid: Uid, activity: Activity, person: Person) -> Attendance:
    """A line for somebody who stands on the sheet for the first time."""
    return Attendance(
        uid=uid,
        station=activity.station,
        activity=activity.uid,
        resident=person.resident,
        name=person.name,
        group=person.group or person.usual,
        unit=person.unit,
        phone=person.phone,
        remark=person.remark,
    )


def filled_up(row: Attendance, person: Person) -> Attendance:
    """The row with what was not known before; what stands there already stays."""
    return altered(
        row,
        resident=row.resident or person.resident,
        group=person.group or row.group,
        unit=row.unit or person.unit,
        phone=row.phone or person.phone,
        remark=row.remark or person.remark,
    )


# --- signing up ----------------------------------------------------------------------------------


def refuse_sign_up(activity: Activity) -> None:
    """Raise `UserError` unless people may put their names down now."""
    if activity.state is ActivityState.OPEN:
        return
    said = f"这场活动现在是“{activity.state.label}”，不能报名，没有保存。"
    if activity.meeting:
        raise UserError("会议不需要报名，没有保存。", "请在开会时直接签到。")
    if activity.state is ActivityState.PLANNED:
        raise UserError(said, "请先“开放报名”。")
    if activity.state is ActivityState.RUNNING:
        raise UserError(said, "活动已经开始，请直接签到。")
    raise UserError(said, "请核对是不是选错了活动。")


def signed_up(row: Attendance | None, fresh: Attendance, now: Millis) -> Attendance:
    """The row of somebody who puts the name down; `UserError` when it stands there already."""
    if row is not None:
        raise UserError(
            "这个人已经报过名，没有再记一次。", "同名的两个人，请写上单位或电话。", field="name"
        )
    return altered(fresh, signed_up_at=now)


# --- signing in and out --------------------------------------------------------------------------


def refuse_sign_in(activity: Activity, today: date, last_day: date) -> None:
    """Raise `UserError` unless somebody may sign in now; `last_day` is the day of its end.

    A sheet filled in afterwards has a way of its own, so that 补录 is always marked.
    """
    if activity.state not in BEFORE | {ActivityState.RUNNING}:
        raise UserError(
            f"这场活动现在是“{activity.state.label}”，不能签到，没有保存。",
            "漏签的请用“补录签到表”；选错活动的请重新选。",
        )
    if today < activity.day:
        raise UserError(
            f"这场活动在{activity.day.month}月{activity.day.day}日，今天还不能签到，没有保存。",
            "请核对是不是选错了活动；提前举行的，请先修改活动时间。",
        )
    if today > last_day:
        raise UserError(
            f"这场活动在{activity.day.month}月{activity.day.day}日，已经过了，没有保存。",
            "请用“补录签到表”。",
        )


def signed_in(row: Attendance | None, fresh: Attendance, person: Person, now: Millis) -> Attendance:
    """The row of somebody who arrives now, signed up before or not.

    Raises `UserError` when that person is here already: nobody is counted twice.
    """
    if row is None:
        return altered(fresh, arrived_at=now)
    if row.present:
        raise UserError(
            "这个人已经签到，没有再记一次。", "同名的两个人，请写上单位或电话。", field="name"
        )
    return altered(
        filled_up(row, person), arrived_at=now, absent_reason="", source=Source.SIGNED_IN
    )


def signed_out(row: Attendance, now: Millis) -> Attendance:
    """The row of somebody who leaves now."""
    if row.arrived_at is None:
        raise UserError("这个人还没有签到，不能签退，没有保存。", "请先签到，或补录签到表。")
    if row.left_at is not None:
        raise UserError("这个人已经签退，没有再记一次。", "时间记错了的，请在名单里改。")
    if now < row.arrived_at:
        raise UserError(
            "签退时间早于签到时间，没有保存。", "请检查电脑的日期和时间。", field="left_at"
        )
    return altered(row, left_at=now)


def absent(row: Attendance, reason: str) -> Attendance:
    """The row of somebody who was expected and did not come."""
    if row.present:
        raise UserError(
            "这个人已经签到，不能记为缺席，没有保存。", "签错了的，请先撤销签到。", field="reason"
        )
    why = clean_line(reason, limit=ABSENT_LIMIT, label="缺席原因", field="reason")
    if not why:
        raise UserError("还没有写缺席原因，没有保存。", "不清楚的可以写“未说明”。", field="reason")
    return altered(row, absent_reason=why)
