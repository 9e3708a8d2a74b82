"""What a problem came of and what came of it, for the use cases that join ledgers."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.storage.session import Desk


def came_of(desk: Desk, link: str, uids: Sequence[Uid]) -> tuple[Problem, ...]:
    """The problems that came of these requests, visits, activities or resolutions (`link` is one
    of `store.LINKS`), masked, in the order they were raised."""
    with desk.reading(needs=Right.READ) as connection:
        rows = store.linked(connection, link, uids)
    return tuple(altered(one, raiser_phone=mask_phone(one.raiser_phone)) for one in rows)


def served_by(desk: Desk, activity: Uid) -> tuple[Duty, ...]:
    """The duties that an activity served, masked, in the order they were made."""
    with desk.reading(needs=Right.READ) as connection:
        rows = store.served_by(connection, activity)
    return tuple(altered(one, person_phone=mask_phone(one.person_phone)) for one in rows)


def numbers_of(desk: Desk, problems: Sequence[Uid]) -> tuple[str, ...]:
    """The numbers of these problems, in their order; those that are not there are left out."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.PROBLEM_SHELF.many(connection, problems)
    return tuple(found[uid].number for uid in problems if uid in found and not found[uid].deleted)
