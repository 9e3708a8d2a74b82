"""Requests and their evaluations as kinds of record: their names in the change log, their form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.requests.fields import EVALUATION_FIELDS, FIELDS
from desktop_app.ledgers.requests.rules.request import Request, RequestEvaluation

KIND = RecordKind(
    "requests",
    "诉求",
    Request,
    FIELDS,
    travels=True,
    # 信访渠道告知 is counted and leaves in no other form (信访工作条例; domain 4d).
    withheld=lambda plain: bool(plain["petition"]),
)
EVALUATIONS = RecordKind(
    "request_evaluations", "诉求评价", RequestEvaluation, EVALUATION_FIELDS, travels=True
)
