"""Activities and attendance as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.activities.fields import ATTENDANCE_FIELDS, FIELDS
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import Attendance

KIND = RecordKind("activities", "活动", Activity, FIELDS, travels=True)
ATTENDANCE = RecordKind("attendance", "签到", Attendance, ATTENDANCE_FIELDS, travels=True)

KINDS = (KIND, ATTENDANCE)
