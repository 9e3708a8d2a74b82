"""A station of the street as a versioned record: the form the street's change log knows."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.offices.fields import FIELDS
from desktop_app.registers.offices.rules import StationEntry

KIND = RecordKind("stations", "站点", StationEntry, FIELDS)

KINDS = (KIND,)
