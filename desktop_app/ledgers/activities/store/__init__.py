"""Rows of activities and attendance, and the queries of the ledger's lists. Never commits."""

from __future__ import annotations

from desktop_app.ledgers.activities.store.counting import (
    by_state,
    head_counts,
    roll_up,
    tally,
)
from desktop_app.ledgers.activities.store.lists import (
    attached,
    between,
    copies_of,
    kinds_in_use,
    last_of_series,
    lines,
    names_like,
    naming_problem,
    narrowed,
    of_number,
    to_change,
    usual_words,
    whole_between,
)
from desktop_app.ledgers.activities.store.sheets import (
    attendance_lines,
    forget_payloads,
    namesakes,
    naming,
    sheet,
)
from desktop_app.ledgers.activities.store.shelves import ATTENDANCE_SHELF, SHELF, Connection

__all__ = [
    "ATTENDANCE_SHELF",
    "SHELF",
    "Connection",
    "attached",
    "attendance_lines",
    "between",
    "by_state",
    "copies_of",
    "forget_payloads",
    "head_counts",
    "kinds_in_use",
    "last_of_series",
    "lines",
    "names_like",
    "namesakes",
    "naming",
    "naming_problem",
    "narrowed",
    "of_number",
    "roll_up",
    "sheet",
    "tally",
    "to_change",
    "usual_words",
    "whole_between",
]
