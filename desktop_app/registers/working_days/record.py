"""A changed working day as a versioned record: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.working_days.fields import FIELDS
from desktop_app.registers.working_days.rules import DayOverride

KIND = RecordKind("working_days", "工作日调整", DayOverride, FIELDS)

KINDS = (KIND,)
