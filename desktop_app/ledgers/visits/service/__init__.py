"""What is done with visits: register them, take their steps, look at them.

Every function takes a desk first and opens one unit of work or one reading.
"""

from __future__ import annotations

from desktop_app.ledgers.visits.service.handling import (
    act,
    act_in,
    back_in,
    correct,
    evaluate,
    forget_people,
    recount_due,
)
from desktop_app.ledgers.visits.service.reading import (
    History,
    ListFrame,
    clock_doubt,
    counter_counts,
    day_counts,
    figures_between,
    for_editing,
    found,
    get,
    history,
    list_frame,
    listed,
    page,
    read_out,
    reveal,
    today,
    usual_matters,
)
from desktop_app.ledgers.visits.service.registering import (
    UNDO_MINUTES,
    count_only,
    register,
    register_in,
    register_late,
    take_back_in,
)

__all__ = [
    "UNDO_MINUTES",
    "History",
    "ListFrame",
    "act",
    "act_in",
    "back_in",
    "clock_doubt",
    "correct",
    "count_only",
    "counter_counts",
    "day_counts",
    "evaluate",
    "figures_between",
    "for_editing",
    "forget_people",
    "found",
    "get",
    "history",
    "list_frame",
    "listed",
    "page",
    "read_out",
    "recount_due",
    "register",
    "register_in",
    "register_late",
    "reveal",
    "take_back_in",
    "today",
    "usual_matters",
]
