"""The three lists as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.three_lists.fields import DUTY_FIELDS, OFFER_FIELDS, PROBLEM_FIELDS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem

PROBLEMS = RecordKind("problems", "问题清单", Problem, PROBLEM_FIELDS, travels=True)
OFFERS = RecordKind("offers", "共建清单", Offer, OFFER_FIELDS, travels=True)
DUTIES = RecordKind("duties", "责任清单", Duty, DUTY_FIELDS, travels=True)

KINDS = (PROBLEMS, OFFERS, DUTIES)
