"""Rows of requests and evaluations, and the queries of the ledger's lists. Never commits."""

from __future__ import annotations

from desktop_app.ledgers.requests.store.counting import (
    count_closed,
    count_open,
    count_petitions,
    count_registered,
    roll_up,
    standing,
)
from desktop_app.ledgers.requests.store.finding import (
    LINKS,
    attached,
    categories_in_use,
    forget_payloads,
    is_evaluated,
    linked,
    merged_into,
    naming,
    of_external_number,
    of_number,
    on_list,
    with_limit,
)
from desktop_app.ledgers.requests.store.lists import lines, narrowed
from desktop_app.ledgers.requests.store.shelves import (
    EVALUATION_SHELF,
    SHELF,
    Connection,
    Query,
)

__all__ = [
    "EVALUATION_SHELF",
    "LINKS",
    "SHELF",
    "Connection",
    "Query",
    "attached",
    "categories_in_use",
    "count_closed",
    "count_open",
    "count_petitions",
    "count_registered",
    "forget_payloads",
    "is_evaluated",
    "lines",
    "linked",
    "merged_into",
    "naming",
    "narrowed",
    "of_external_number",
    "of_number",
    "on_list",
    "roll_up",
    "standing",
    "with_limit",
]
