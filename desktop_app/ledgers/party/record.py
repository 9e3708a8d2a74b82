"""A 报到 as a versioned record: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.party.fields import FIELDS
from desktop_app.ledgers.party.rules.member import PartyMember

KIND = RecordKind("party", "在职党员报到", PartyMember, FIELDS, travels=True)
