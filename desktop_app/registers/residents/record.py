"""A resident's file as a kind of record: its name in the change log, and its plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.residents.fields import FIELDS
from desktop_app.registers.residents.rules import Resident

KIND = RecordKind("residents", "居民档案", Resident, FIELDS, travels=True)
