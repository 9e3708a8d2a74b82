"""共建单位 as a versioned record: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.partners.fields import FIELDS
from desktop_app.registers.partners.rules import Partner

KIND = RecordKind("partners", "共建单位", Partner, FIELDS, travels=True)
