"""Rows of the three lists, and the queries of lists, board, matching and figures. Never commits."""

from __future__ import annotations

from desktop_app.ledgers.three_lists.store.board import cards
from desktop_app.ledgers.three_lists.store.counting import (
    count_duties,
    count_problems,
    duties_standing,
    problems_standing,
    roll_up_duties,
    roll_up_problems,
)
from desktop_app.ledgers.three_lists.store.finding import (
    LINKS,
    forget_payloads,
    linked,
    raised_by,
    served_by,
)
from desktop_app.ledgers.three_lists.store.lists import (
    categories_in_use,
    duties_narrowed,
    duty_lines,
    offer_lines,
    offers_narrowed,
    problem_lines,
    problems_narrowed,
    units_in_use,
)
from desktop_app.ledgers.three_lists.store.matching import candidates, past_of
from desktop_app.ledgers.three_lists.store.shelves import (
    DUTY_SHELF,
    OFFER_SHELF,
    PROBLEM_SHELF,
    Connection,
    attached,
    duties_of,
    duties_on,
    merged_into,
    of_number,
    to_change,
)

__all__ = [
    "DUTY_SHELF",
    "LINKS",
    "OFFER_SHELF",
    "PROBLEM_SHELF",
    "Connection",
    "attached",
    "candidates",
    "cards",
    "categories_in_use",
    "count_duties",
    "count_problems",
    "duties_narrowed",
    "duties_of",
    "duties_on",
    "duties_standing",
    "duty_lines",
    "forget_payloads",
    "linked",
    "merged_into",
    "of_number",
    "offer_lines",
    "offers_narrowed",
    "past_of",
    "problem_lines",
    "problems_narrowed",
    "problems_standing",
    "raised_by",
    "roll_up_duties",
    "roll_up_problems",
    "served_by",
    "to_change",
    "units_in_use",
]
