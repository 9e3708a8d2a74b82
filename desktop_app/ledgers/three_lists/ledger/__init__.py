"""The three lists for the command line."""

from __future__ import annotations

from desktop_app.ledgers.three_lists.ledger.duties import DUTY_LEDGER
from desktop_app.ledgers.three_lists.ledger.offers import OFFER_LEDGER
from desktop_app.ledgers.three_lists.ledger.problems import PROBLEM_LEDGER

LEDGERS = (PROBLEM_LEDGER, OFFER_LEDGER, DUTY_LEDGER)
