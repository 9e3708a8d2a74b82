"""An operator as a versioned record: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.people.fields import FIELDS
from desktop_app.registers.people.rules import Operator

KIND = RecordKind("operators", "操作员", Operator, FIELDS)
