"""Agreements as a kind of record: their name in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.agreements.fields import FIELDS
from desktop_app.ledgers.agreements.rules.agreement import Agreement

KIND = RecordKind("agreements", "共建协议", Agreement, FIELDS, travels=True)

KINDS = (KIND,)
