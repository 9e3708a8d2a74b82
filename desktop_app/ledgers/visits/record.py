"""Visits and evaluations as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.visits.fields import EVALUATION_FIELDS, FIELDS
from desktop_app.ledgers.visits.rules.visit import Evaluation, Visit

KIND = RecordKind("visits", "来访", Visit, FIELDS)
EVALUATIONS = RecordKind("evaluations", "评价", Evaluation, EVALUATION_FIELDS)
