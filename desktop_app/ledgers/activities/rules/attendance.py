"""Who takes part in an activity: one record a person and activity, and who counts as the same.

Pure. A line of the sign-in sheet is such a record: signed up, arrived, left, or absent with a
reason. How they are added up is for `counting`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.ledgers.activities.rules.activity import Group

UNIT_LIMIT = 100
REMARK_LIMIT = 500
ABSENT_LIMIT = 200


class Source(LabelledEnum):
    """How it became known that somebody was there (志愿服务记录: 时长来源)."""

    SIGNED_IN = "signed_in", "签到"
    LATE = "late", "补录"
    IMPORTED = "imported", "导入"


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """One person at one activity.

    `name`, `unit` (单位或小区) and `phone` are as written at the time; `resident` links a file
    where there is one. `signed_up_at`, `arrived_at` and `left_at` are None for what has not
    happened or was not written down; who arrived has been there. `absent_reason` is only for who
    was expected and did not come.
    """

    activity: Uid
    resident: Uid | None = None
    name: str = ""
    group: Group = Group.PUBLIC
    unit: str = ""
    phone: str = ""
    signed_up_at: Millis | None = None
    arrived_at: Millis | None = None
    left_at: Millis | None = None
    source: Source = Source.SIGNED_IN
    absent_reason: str = ""
    remark: str = ""

    @property
    def present(self) -> bool:
        return self.arrived_at is not None

    @property
    def minutes(self) -> int | None:
        """Whole minutes from arrival to leaving; None while one of them is not known."""
        if self.arrived_at is None or self.left_at is None:
            return None
        return (self.left_at - self.arrived_at) // 60_000


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as the box or a sheet gives them.

    `resident` with everything else empty is filled in from the file. `group` is what somebody
    said; None leaves it as it stands on the sheet, and makes a new line `usual`: what the file
    knows, otherwise 群众.
    """

    resident: Uid | None = None
    name: str = ""
    group: Group | None = None
    usual: Group = Group.PUBLIC
    unit: str = ""
    phone: str = ""
    remark: str = ""


def may_be_same(row: Attendance, person: Person) -> bool:
    """Whether a row and somebody may be one person: nothing that is known of both differs.

    Two files are two people (a merged file is asked for under the file it is part of). Otherwise
    the name decides, with phone and unit where both sides have them: two 张伟 of different units
    are two, 张伟 without a unit may be either.
    """
    if row.resident is not None and person.resident is not None:
        return row.resident == person.resident
    return (
        row.name == person.name
        and _agree(row.phone, person.phone)
        and _agree(row.unit, person.unit)
    )


def matching(rows: Iterable[Attendance], person: Person) -> list[Attendance]:
    """The rows that may be this person; rows of the very file alone when there are any."""
    found = [row for row in rows if not row.deleted and may_be_same(row, person)]
    exact = [row for row in found if row.resident is not None and row.resident == person.resident]
    return exact or found


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other
