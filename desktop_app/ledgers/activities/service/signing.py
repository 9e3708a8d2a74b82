"""At the door: putting names down, signing in and out, one line of the sheet put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.ledgers.activities.rules.sheet import corrected, person_of
from desktop_app.ledgers.activities.rules.signing import (
    absent,
    checked_person,
    new_row,
    one_row,
    refuse_sign_in,
    refuse_sign_up,
    signed_in,
    signed_out,
    signed_up,
)
from desktop_app.ledgers.activities.rules.steps import refuse_unless_editable, started
from desktop_app.ledgers.activities.service.parts import count, moment, put_back
from desktop_app.ledgers.activities.service.people import candidates, known
from desktop_app.storage.session import Desk, Unit


def sign_up(desk: Desk, activity: Uid, person: Person) -> Changed[Attendance]:
    """Put somebody's name down while 报名 is open."""
    with desk.unit_of_work("活动报名", needs=Right.REGISTER) as unit:
        about = store.to_change(unit.connection, activity)
        refuse_sign_up(about)
        who = known(unit, checked_or_of_file(person))
        row = one_row(candidates(unit, about, who), who.person)
        fresh = new_row(unit.new_uid(), about, who.person)
        saved = store.ATTENDANCE_SHELF.put(unit, signed_up(row, fresh, unit.now))
        unit.about(about.number)
    return changed(ATTENDANCE.name, saved.uid, saved, undo=Undo("撤销报名", _taking_back(saved)))


def sign_in(desk: Desk, activity: Uid, person: Person) -> Changed[Attendance]:
    """Somebody is here, now; the first one begins the activity.

    `person` is a resident's file or a written name. Who has signed up before is found on the sheet.
    Raises `UserError` when that person is here already, or when the activity is not today.
    """
    with desk.unit_of_work("活动签到", needs=Right.REGISTER) as unit:
        about = store.to_change(unit.connection, activity)
        refuse_sign_in(about, unit.zone.day(unit.now), unit.zone.day(about.ends_at))
        who = known(unit, checked_or_of_file(person))
        row = one_row(candidates(unit, about, who), who.person)
        return _arrived(unit, about, row, who.person)


def sign_in_line(desk: Desk, line: Uid) -> Changed[Attendance]:
    """Somebody who stands on the sheet is here, now."""
    with desk.unit_of_work("活动签到", needs=Right.REGISTER) as unit:
        about, row = of_line(unit, line)
        refuse_sign_in(about, unit.zone.day(unit.now), unit.zone.day(about.ends_at))
        return _arrived(unit, about, row, Person(name=row.name))


def _arrived(
    unit: Unit, about: Activity, row: Attendance | None, person: Person
) -> Changed[Attendance]:
    fresh = new_row(unit.new_uid(), about, person)
    saved = store.ATTENDANCE_SHELF.put(unit, signed_in(row, fresh, person, unit.now))
    begun = started(about, moment(unit))
    kinds = {ATTENDANCE.name}
    if begun is not about:
        begun = store.SHELF.put(unit, begun)
        kinds.add(KIND.name)
    unit.about(about.number)
    undo = Undo("撤销签到", _signing_back(row, saved, about, begun))
    return Changed(frozenset(kinds), (saved.uid,), saved, undo)


def sign_out(desk: Desk, line: Uid) -> Changed[Attendance]:
    """Somebody leaves, now."""
    with desk.unit_of_work("活动签退", needs=Right.REGISTER) as unit:
        about, row = of_line(unit, line)
        refuse_unless_editable(about)
        saved = store.ATTENDANCE_SHELF.put(unit, signed_out(row, unit.now))
        unit.about(about.number)
    return changed(ATTENDANCE.name, line, saved, undo=Undo("撤销签退", _line_back(row, saved)))


def mark_absent(desk: Desk, line: Uid, reason: str) -> Changed[Attendance]:
    """Somebody was expected and did not come: 缺席及原因."""
    with desk.unit_of_work("活动缺席", needs=Right.REGISTER) as unit:
        about, row = of_line(unit, line)
        refuse_unless_editable(about)
        saved = store.ATTENDANCE_SHELF.put(unit, absent(row, reason))
        unit.about(about.number)
    return changed(ATTENDANCE.name, line, saved, undo=Undo("撤销缺席", _line_back(row, saved)))


def change_line(
    desk: Desk, line: Uid, revision: int, changes: Mapping[str, Any]
) -> Changed[Attendance]:
    """Put some fields of one line right; `rules.signing.CORRECTABLE` lists which.

    Raises `InvalidInput` for values that cannot be, and `UserError` when the line would then be
    somebody who stands on the sheet already.
    """
    with desk.unit_of_work("更正签到", needs=Right.REGISTER) as unit:
        about, row = of_line(unit, line)
        if row.revision != revision:
            raise Conflict(ATTENDANCE.label)
        refuse_unless_editable(about)
        after = corrected(about, row, changes, unit.now)
        _refuse_taken(unit, about, after)
        saved = store.ATTENDANCE_SHELF.put(unit, after)
        unit.about(about.number)
    return changed(ATTENDANCE.name, line, saved, undo=Undo("撤销更正", _line_back(row, saved)))


def _refuse_taken(unit: Unit, about: Activity, row: Attendance) -> None:
    who = known(unit, person_of(row))
    others = [one for one in candidates(unit, about, who) if one.uid != row.uid]
    if one_row(others, who.person) is not None:
        raise UserError(
            "改后和签到表里的另一行是同一个人，没有保存。",
            "重复的一行请移除；同名的两个人，请写上单位或电话。",
            field="name",
        )


def remove_line(desk: Desk, line: Uid, revision: int) -> Changed[Attendance]:
    """Take somebody off the sheet who does not belong there."""
    with desk.unit_of_work("移除签到", needs=Right.REGISTER) as unit:
        about, row = of_line(unit, line)
        if row.revision != revision:
            raise Conflict(ATTENDANCE.label)
        refuse_unless_editable(about)
        gone = store.ATTENDANCE_SHELF.remove(unit, row)
        unit.about(about.number)
    return changed(ATTENDANCE.name, line, gone, undo=Undo("撤销移除", _line_back(row, gone)))


def of_line(unit: Unit, line: Uid) -> tuple[Activity, Attendance]:
    """A line of a sheet and its activity, which stays locked until the unit ends."""
    row = store.ATTENDANCE_SHELF.need(unit.connection, line)
    about = store.to_change(unit.connection, row.activity)
    # Read again: another desk may have been before us at the lock.
    return about, store.ATTENDANCE_SHELF.need(unit.connection, line)


def checked_or_of_file(person: Person) -> Person:
    """A written person checked; of a file only what was written beside it, the name is its own."""
    if person.resident is not None and not person.name.strip():
        return person
    return checked_person(person)


# --- undo ----------------------------------------------------------------------------------------


def _taking_back(saved: Attendance) -> Callable[[Desk], Changed[Attendance]]:
    """Undo of a new line: it goes."""

    def undo(desk: Desk) -> Changed[Attendance]:
        with desk.unit_of_work("撤销报名", needs=Right.REGISTER) as unit:
            about = store.to_change(unit.connection, saved.activity)
            refuse_unless_editable(about)
            gone = store.ATTENDANCE_SHELF.remove(unit, saved)
            unit.about(about.number)
        return changed(ATTENDANCE.name, gone.uid, gone)

    return undo


def _line_back(before: Attendance, saved: Attendance) -> Callable[[Desk], Changed[Attendance]]:
    """Undo of a change: the line as it was."""

    def undo(desk: Desk) -> Changed[Attendance]:
        with desk.unit_of_work("撤销签到的改动", needs=Right.REGISTER) as unit:
            about = store.to_change(unit.connection, saved.activity)
            refuse_unless_editable(about)
            put = store.ATTENDANCE_SHELF.put(unit, altered(before, revision=saved.revision))
            unit.about(about.number)
        return changed(ATTENDANCE.name, put.uid, put)

    return undo


def _signing_back(
    row: Attendance | None, saved: Attendance, about: Activity, begun: Activity
) -> Callable[[Desk], Changed[Attendance]]:
    """Undo of a sign-in; with nobody left who has signed in the activity has not begun either."""

    def undo(desk: Desk) -> Changed[Attendance]:
        with desk.unit_of_work("撤销签到", needs=Right.REGISTER) as unit:
            current = store.to_change(unit.connection, saved.activity)
            refuse_unless_editable(current)
            if row is None:
                gone = store.ATTENDANCE_SHELF.remove(unit, saved)
            else:
                back = altered(row, revision=saved.revision)
                gone = store.ATTENDANCE_SHELF.put(unit, back)
            untouched = begun is not about and current.revision == begun.revision
            if untouched and not sum(count(unit, current).rows.values()):
                put_back(unit, about, begun)
            unit.about(current.number)
        return Changed(frozenset({ATTENDANCE.name, KIND.name}), (gone.uid,), gone)

    return undo
