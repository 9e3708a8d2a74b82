"""Visits and evaluations as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.visits.fields import EVALUATION_FIELDS, FIELDS
from desktop_app.ledgers.visits.rules.visit import Evaluation, Visit

KIND = RecordKind(
    "visits",
    "来访",
    Visit,
    FIELDS,
    travels=True,
    # 信访渠道告知 is counted and leaves in no other form (信访工作条例; domain 4d).
    withheld=lambda plain: bool(plain["petition"]),
)
EVALUATIONS = RecordKind("evaluations", "评价", Evaluation, EVALUATION_FIELDS, travels=True)
