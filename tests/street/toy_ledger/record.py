"""A lost thing as a kind of record. One whose note says 保密 never leaves the station."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from tests.street.toy_ledger.fields import FIELDS
from tests.street.toy_ledger.rules import LostThing

KIND = RecordKind(
    "lost_things",
    "失物",
    LostThing,
    FIELDS,
    travels=True,
    withheld=lambda plain: plain["note"] == "保密",
)
