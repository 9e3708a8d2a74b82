"""A matter as a versioned record: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.matters.fields import FIELDS
from desktop_app.registers.matters.rules import Matter

KIND = RecordKind("matters", "事项", Matter, FIELDS)

KINDS = (KIND,)
