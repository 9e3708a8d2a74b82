"""Taking people out of the ledger for good, who ask to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.storage.session import Desk


def forget_people(desk: Desk, residents: Sequence[Uid]) -> Changed[int]:
    """Take out of the sheets everything that names these people (个人信息保护法 art. 47).

    The lines stay counted, with their group and times. Answers how many there were. What somebody
    wrote into the text of an activity, and photos, are not found by it. Cannot be undone: ask
    first.
    """
    with desk.unit_of_work("删除签到中的个人信息", needs=Right.ERASE) as unit:
        rows = store.naming(unit.connection, residents)
        store.forget_payloads(unit, [row.uid for row in rows])
        for row in rows:
            store.ATTENDANCE_SHELF.put(unit, _without_person(row))
        unit.about(f"签到 {len(rows)} 行")
    uids = tuple(row.uid for row in rows)
    return Changed(frozenset({ATTENDANCE.name}), uids, len(rows))


def _without_person(row: Attendance) -> Attendance:
    return altered(row, resident=None, name="", unit="", phone="", absent_reason="", remark="")
